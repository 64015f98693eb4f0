"""The shape of a journal, as numbered steps that are only ever added to.

Each step is a function that says why it is needed; `apply` runs the missing ones in one
transaction of ours (sqlite-utils' own would begin deferred, and two programs that start together
would lock each other out) and stamps the file, so that an up-to-date journal is opened without
importing sqlite-utils at all.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from mother_bond.storage.driver import driver

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 2
APPLICATION_ID = 0x6D6F6264
"""`mobd`, in the header of every journal: tells one from any other SQLite file."""


def m001_first_journal(db: Database) -> None:
    """Everything a first version keeps.

    A session is the unit of all that is written: a guided walk, a note, a check-in, a step or a
    way-in page, told apart by what it holds. `row` columns only tie the search index to its text;
    they mean nothing outside this file. `progress` is set while a session is unfinished.
    """
    text, number = str, int
    db.table("bond").create(
        {"id": text, "role": text, "name": text, "call": text, "they": text, "contact": text, "put_away": number},
        pk="id",
        not_null={"role", "name", "call", "they", "contact", "put_away"},
        defaults={"put_away": 0},
    )
    db.table("bond").create_index(["role", "name"], unique=True)
    db.table("session").create(
        {
            "row": number,
            "id": text,
            "ref": text,
            "bond_id": text,
            "cause": text,
            "at": text,
            "day": text,
            "seconds": number,
            "progress": text,
            "trashed_at": text,
        },
        pk="row",
        not_null={"id", "ref", "bond_id", "at", "day"},
        foreign_keys=[("bond_id", "bond", "id")],
    )
    db.table("session").create_index(["id"], unique=True)
    db.table("session").create_index(["ref"], unique=True)
    db.table("session").create_index(["day", "at", "id"])
    db.table("session").create_index(["bond_id", "day"])
    db.table("session").create_index(["bond_id", "cause", "day"])
    db.execute("CREATE INDEX session_month_day ON session (substr(day, 6), day)")
    db.execute("CREATE INDEX session_unfinished ON session (bond_id) WHERE progress IS NOT NULL")
    db.execute("CREATE INDEX session_trashed ON session (trashed_at) WHERE trashed_at IS NOT NULL")
    db.table("answer").create(
        {
            "row": number,
            "id": text,
            "session_id": text,
            "position": number,
            "prompt": text,
            "question": text,
            "text": text,
            "at": text,
            "trashed_at": text,
        },
        pk="row",
        not_null={"id", "session_id", "position", "text", "at"},
        foreign_keys=[("session_id", "session", "id")],
    )
    db.table("answer").create_index(["id"], unique=True)
    db.table("answer").create_index(["session_id", "position"], unique=True)
    db.table("answer").create_index(["prompt", "at"])
    db.table("answer").enable_fts(["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2")
    db.table("revision").create(
        {"row": number, "answer_id": text, "text": text, "at": text},
        pk="row",
        not_null={"answer_id", "text", "at"},
        foreign_keys=[("answer_id", "answer", "id")],
    )
    db.table("revision").create_index(["answer_id"])
    db.table("checkin").create(
        {"session_id": text, "measure": text, "value": number},
        pk=("session_id", "measure"),
        not_null={"value"},
        foreign_keys=[("session_id", "session", "id")],
    )
    db.table("way_in").create(
        {"session_id": text, "cause": text, "mark": number},
        pk=("session_id", "cause"),
        not_null={"mark"},
        foreign_keys=[("session_id", "session", "id")],
    )
    db.table("step").create(
        {"session_id": text, "practice": text, "plan": text, "state": text, "at": text, "state_at": text},
        pk="session_id",
        not_null={"plan", "state", "at", "state_at"},
        foreign_keys=[("session_id", "session", "id")],
    )
    db.table("draft").create(
        {"session_id": text, "prompt": text, "question": text, "text": text, "at": text},
        pk=("session_id", "prompt"),
        not_null={"text", "at"},
        foreign_keys=[("session_id", "session", "id")],
    )
    db.table("shown").create(
        {"bond_id": text, "prompt": text, "day": text, "depth": text},
        pk=("bond_id", "prompt"),
        not_null={"day"},
        foreign_keys=[("bond_id", "bond", "id")],
    )
    db.table("setting").create({"key": text, "value": text}, pk="key", not_null={"value"})


def m002_paths_and_sharing(db: Database) -> None:
    """Which part of a path a session was, and which answers may be handed on.

    What was walked of a path follows from the former ("emotional-debt.3"); an answer is private
    unless `shared` is 1.
    """
    db.table("session").add_column("path", str)
    db.table("answer").add_column("shared", int)
    db.execute("CREATE INDEX session_on_path ON session (bond_id, path) WHERE path IS NOT NULL")


STEPS = (m001_first_journal, m002_paths_and_sharing)


def apply(connection: Any) -> None:
    """Bring the journal behind `connection` to `VERSION`, wholly or not at all."""
    sqlite_utils = _import_sqlite_utils()
    db = sqlite_utils.Database(connection, execute_plugins=False)
    steps = sqlite_utils.Migrations("mother_bond")
    for step in STEPS:
        steps()(step)
    connection.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(db)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise


def _import_sqlite_utils() -> Any:
    """Import sqlite-utils on our driver, and without the numpy and pandas it would pull in."""
    kept = {name: sys.modules.get(name) for name in ("numpy", "pandas")}
    if driver.__name__ != "sqlite3":
        sys.modules.setdefault("pysqlite3", sys.modules[driver.__name__.partition(".")[0]])
        sys.modules.setdefault("pysqlite3.dbapi2", driver)
    sys.modules.update(dict.fromkeys(kept))  # type: ignore[arg-type]
    try:
        import sqlite_utils
    finally:
        for name, module in kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    return sqlite_utils
