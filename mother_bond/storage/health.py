"""What can be found out about the state of a journal, and how its index is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond.storage.driver import Error, driver

if TYPE_CHECKING:
    from mother_bond.storage.store import Store

BUG_SINCE, BUG_UNTIL = (3, 7, 0), (3, 51, 3)
"""The versions of SQLite that can damage a journal when two windows write at once (the WAL-reset bug)."""


class Faults(NamedTuple):
    """What is wrong: how many things in the journal itself, and whether the index of its words is."""

    journal: int
    in_index: bool


def faults(store: Store) -> Faults:
    """Read every page, every reference and the whole index."""
    db = store.connection
    found = 0
    try:
        said = [row[0] for row in db.execute("PRAGMA integrity_check").fetchall()]
        found += sum(line != "ok" and "fts5" not in line.lower() for line in said)
        found += len(db.execute("PRAGMA foreign_key_check").fetchall())
        if store.key:
            found += len(db.execute("PRAGMA cipher_integrity_check").fetchall())
    except (Error, UnicodeDecodeError):
        found += 1
    return Faults(found, not _index_is_sound(db))


def _index_is_sound(db: Any) -> bool:
    """Whether the index holds the words of the answers, no more and no fewer."""
    try:
        db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")
    except Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF not in (1, 11)  # any other: busy, or not to be written
    return True


def rebuild_index(store: Store) -> None:
    """Make the index of the words anew."""
    with store.writing() as db:
        db.execute("INSERT INTO answer_fts (answer_fts) VALUES ('rebuild')")


def moments(store: Store, since: str) -> list[str]:
    """When the sessions of a day and of those after it were begun."""
    return [row[0] for row in store.rows("SELECT at FROM session WHERE day >= ?", since)]


def sqlite_version() -> str:
    """The version of SQLite that is used."""
    return str(driver.sqlite_version)


def has_bug(version: str) -> bool:
    """Whether that version of SQLite has the bug named above."""
    return BUG_SINCE <= tuple(map(int, version.split("."))) < BUG_UNTIL
