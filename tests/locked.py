"""An encrypted journal of every kind of entry, made once at a small cost and copied; and how it is looked into."""

from __future__ import annotations

import functools
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mother_bond import paths
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.domain.entry import Answer, Revision, Session, Step, StepState
from mother_bond.storage import bonds, change, keyfile, keys, sessions
from mother_bond.storage.store import Store, create
from tests.made import held

PASSPHRASE, ANOTHER = "plum jars by post", "rain on the tin roof"
CHEAP: dict[str, Any] = {"kdf": "argon2id", "iterations": 1, "lanes": 1, "memory": 8}
CHEAPLY = f"import mother_bond.storage.keyfile as keyfile; keyfile.ARGON = {CHEAP!r}"
"""Python with which a process makes its key files at a small cost."""

DANIEL = Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.MOTHER, "Daniel", "my son", They.HE, Contact.IN_TOUCH)
MUM = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, "Mum", "Mum", They.SHE, Contact.LITTLE)
AWAY = Bond("01HZZZZZZZZZZZZZZZZZZZZZZX", Role.MOTHER, "Ana", "my daughter", They.SHE, Contact.DIED, put_away=True)
MARKER = "quincemarmalade"
"""A word that stands in every answer, and so would be found in any file that is not encrypted."""

HARD = (
    "lines\nand\r\nmore\ttabs\u2028another\u2029kind\x85and\x0bone\x0cmore\x1c\x1d\x1e",
    '\'; DROP TABLE answer; -- "%s" {curly} \\ \x7f\x1b[31m',
    "é e\u0301 \u202eright to left\u202c \u0627\u0644\u0623\u0645 \U0001f469\u200d\U0001f467 \ufeff\ufffe\ufffd",
    "long " * 5000,
)
AT = "2026-11-01T21:14:00+01:00"


class Kit(NamedTuple):
    """What a journal is laid out from: its files by name, its key, its code, and everything it holds."""

    files: dict[str, bytes]
    key: bytes
    code: str
    dump: dict[str, Any]


def fill(store: Store) -> None:
    """Everything a journal can hold, with hard texts."""
    for bond in (DANIEL, MUM, AWAY):
        bonds.put(store, bond)
    bonds.set_setting(store, "bond", DANIEL.id)
    step = Step(f"call {MARKER}", StepState.DONE, AT, AT, "self-kindness")
    for number, text in enumerate(HARD):
        words = f"{MARKER} {text}"
        revision = Revision(f"{MARKER} before {text}", AT)
        answers = tuple(
            Answer(f"01K0000000000000000000{number:02}{place:02}", place, words, AT, prompt, prompt, revisions, shared)
            for place, prompt, revisions, shared in ((1, "a.mother.notice.01", (revision,), True), (2, None, (), False))
        )
        session = Session(
            f"01J00000000000000000000{number:03}", "", (DANIEL, MUM)[number % 2], AT, AT[:10], "emotional-debt", 90,
            answers, {"closeness": number + 1}, {"emotional-debt": 2}, step, path="emotional-debt.3",
        )  # fmt: skip
        sessions.start(store, session, "{}" if number == 3 else None)
        sessions.keep_draft(store, session.id, "a.mother.tend.01", f"{MARKER}?", f"half {words}", AT)
        sessions.keep_draft(store, session.id, sessions.EDIT_SLOT + answers[0].id, None, f"edit {words}", AT)
        sessions.show_prompt(store, DANIEL.id, f"a.mother.notice.{number:02}", AT[:10], "deep")
    change.edit(store, "01K00000000000000000000101", f"{MARKER} edited", AT)
    change.trash(store, change.Target("01J00000000000000000000002"), AT)
    change.trash(store, change.Target("01J00000000000000000000001", "01K00000000000000000000102"), AT)


def dump(store: Store) -> dict[str, Any]:
    """Every row of every table, the form, and what the index finds."""
    names = [row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    assert set(held(store)) <= set(names)
    tables = {name: [tuple(row) for row in store.rows(f'SELECT * FROM "{name}"')] for name in names if _plain(name)}
    for table in ("answer", "session", "draft", "revision"):
        assert tables[table]
    found = "SELECT rowid FROM answer_fts WHERE answer_fts MATCH ? ORDER BY rowid"
    return tables | {
        "form": sorted(tuple(row) for row in store.rows("SELECT type, name, sql FROM sqlite_master")),
        "index": [[row[0] for row in store.rows(found, word)] for word in (MARKER, "edited", "DROP", "long")],
        "stamps": [store.value(f"PRAGMA {stamp}") for stamp in ("application_id", "user_version")],
    }


def _plain(name: str) -> bool:
    return "_fts" not in name and not name.startswith("sqlite_")


@functools.cache
def kit(encrypted: bool) -> Kit:
    """A journal, made once for all the tests of a process."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyfile, "ARGON", CHEAP)
        patch.setenv(paths.HOME_VARIABLE, folder)
        made = keyfile.make(PASSPHRASE)
        with closing(create(paths.journal(), keyfile.derived(made.key, "db") if encrypted else None)) as store:
            fill(store)
            rows = dump(store)
        if encrypted:
            keys.save(paths.journal(), made.file)
        files = {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}
        return Kit(files, made.key, made.code, rows)


def lay(home: Path, *, encrypted: bool = True) -> Kit:
    """Lay the journal out in a home."""
    made = kit(encrypted)
    for name, content in made.files.items():
        paths.write_private(home / name, content)
    return made


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files that are made in this test cost next to nothing."""
    monkeypatch.setattr(keyfile, "ARGON", CHEAP)


def lying_open(home: Path) -> list[Path]:
    """The files below a home in which a word of the journal can be read."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path for path in files if MARKER.encode() in path.read_bytes()]


def snapshot(home: Path) -> dict[str, bytes]:
    """Every file below a home."""
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
