"""Killed while it writes, and written to by many at once: what was acknowledged is there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mother_bond.domain.bond import Bond, Role
from mother_bond.storage import bonds, look
from mother_bond.storage.lines import Which
from mother_bond.storage.search import search
from mother_bond.storage.store import Store, create, exists, open_store

if TYPE_CHECKING:
    from pathlib import Path

DANIEL = Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.MOTHER, "Daniel", "my son")
PER_SITTING = 3

HELPERS = """
import itertools, sys
from contextlib import closing
from pathlib import Path
from mother_bond.clock import new_id
from mother_bond.domain.entry import Answer, Session
from mother_bond.storage import bonds, change, sessions
from mother_bond.storage.store import create, open_store
path = Path(sys.argv[1])

def answer(position, text):
    return Answer(new_id(), position, text, "2026-11-20T21:14:00+00:00")
"""

WRITE_SITTINGS = """
store = open_store(path)
bond = bonds.all_bonds(store)[0]
print("ready", flush=True)
for number in itertools.count(1):
    whole = tuple(answer(n, f"whole{n} " * number) for n in (1, 2, 3))
    sitting = Session(new_id(), "", bond, "2026-11-20T21:14:00+00:00", "2026-11-20", answers=whole)
    sessions.start(store, sitting, "{}")
    print("sitting", sitting.id, flush=True)
    sessions.keep_draft(store, sitting.id, None, None, "begun", "2026-11-20T21:14:00+00:00")
    fourth = answer(4, "added " * number)
    sessions.add_answer(store, sitting.id, fourth)
    print("answer", sitting.id, fourth.id, number, flush=True)
    change.edit(store, fourth.id, "edited " * number, "2026-11-20T21:20:00+00:00")
    print("edit", sitting.id, fourth.id, number, flush=True)
"""

CREATE_AGAIN_AND_AGAIN = """
print("ready", flush=True)
for number in itertools.count(1):
    create(path / str(number) / "journal.db").close()
    print("made", number, flush=True)
"""

WRITE_NOTES = """
print("ready", flush=True)
sys.stdin.readline()
for number in range(25):
    with closing(open_store(path)) as store:
        bond = bonds.all_bonds(store)[0]
        note = Session(new_id(), "", bond, "2026-11-20T21:14:00+00:00", "2026-11-20",
                       answers=(answer(1, f"writer{sys.argv[2]} line{number}"),))
        sessions.start(store, note)
"""


def started(script: str, *arguments: str) -> subprocess.Popen[str]:
    """A program that has said it is ready."""
    command = [sys.executable, "-c", HELPERS + script, *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed_at_random(script: str, path: Path) -> list[list[str]]:
    """What a program acknowledged before it was killed."""
    with started(script, str(path)) as process:
        time.sleep(random.uniform(0.0, 0.12))
        process.kill()
        assert process.stdout is not None
        lines = process.stdout.read().splitlines(keepends=True)
    return [line.split() for line in lines if line.endswith("\n")]


def check_sound(store: Store) -> None:
    """The file and its search index hold together."""
    assert store.value("PRAGMA integrity_check") == "ok"
    assert list(store.rows("PRAGMA foreign_key_check")) == []
    with store.writing() as db:
        db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")


def check_kept(store: Store, acknowledged: list[list[str]]) -> None:
    """Every acknowledged word is there, and no sitting is there by half."""
    kept = {session.id: session for session in look.stream(store, Which())}
    assert all(len(session.answers) >= PER_SITTING for session in kept.values())
    for what, session_id, *rest in acknowledged:
        if what != "sitting":
            found = next(answer for answer in kept[session_id].answers if answer.id == rest[0])
            wordings = [*(revision.text for revision in found.revisions), found.text]
            assert wordings[0] == "added " * int(rest[1])
            assert what == "answer" or wordings[1:] == ["edited " * int(rest[1])]
        assert session_id in kept


def kill_and_look(home: Path, times: int) -> None:
    """Kill a writing program again and again, and find everything it had acknowledged."""
    with closing(create(home / "journal.db")) as store:
        bonds.put(store, DANIEL)
    acknowledged: list[list[str]] = []
    for _ in range(times):
        acknowledged += killed_at_random(WRITE_SITTINGS, home / "journal.db")
        with closing(open_store(home / "journal.db")) as store:
            check_kept(store, acknowledged)
            check_sound(store)
    assert len(acknowledged) > times


def test_whatever_was_acknowledged_is_there_after_a_kill(home: Path) -> None:
    kill_and_look(home, 15)


@pytest.mark.slow
def test_whatever_was_acknowledged_is_there_after_many_kills(home: Path) -> None:
    kill_and_look(home, 150)


def test_a_journal_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    for attempt in range(6):
        folder = tmp_path / str(attempt)
        made = killed_at_random(CREATE_AGAIN_AND_AGAIN, folder)
        cut_off = folder / str(len(made) + 1) / "journal.db"
        assert all(exists(folder / number / "journal.db") for _, number in made)
        if exists(cut_off):
            open_store(cut_off).close()
        with closing(create(cut_off)) as store:
            bonds.put(store, DANIEL)
            check_sound(store)


def test_eight_writers_at_once_lose_nothing(home: Path) -> None:
    with closing(create(home / "journal.db")) as store:
        bonds.put(store, DANIEL)
    writers = [started(WRITE_NOTES, str(home / "journal.db"), str(number)) for number in range(8)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
    assert [writer.returncode for writer in writers] == [0] * 8
    with closing(open_store(home / "journal.db")) as store:
        texts = Counter(session.answers[0].text for session in look.stream(store, Which()))
        assert texts == Counter(f"writer{who} line{number}" for who in range(8) for number in range(25))
        assert search(store, "writer7", Which(), 0)[1] == 25
        check_sound(store)
