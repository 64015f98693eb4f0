"""A year of use of an encrypted journal, and then every byte it left behind: none of them may be what was written."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from mother_bond import paths
from mother_bond.actions import locking
from mother_bond.storage.keyfile import derived
from mother_bond.storage.store import open_store
from tests.bench.proofs.homes import BEGIN, Kind
from tests.bench.proofs.table import Row
from tests.programs import Done, Terminal, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.proofs.table import Job

RUN = 8
"""Bytes in a row that count as a trace."""

PASSPHRASE = "four quiet words here"
NAME, CALL = "Zdenislava", "my faraway one"
LETTERS = "abcdefghijklmnoprstuvwyzäöéčž"
EDITOR = "import os, pathlib, sys\npathlib.Path(sys.argv[1]).write_text(os.environ['WORDS'], 'utf-8')\n"


class Machine(NamedTuple):
    """A user's folders on a machine of their own."""

    home: Path
    user: Path
    temporary: Path
    runtime: Path

    @property
    def env(self) -> dict[str, str]:
        """The surroundings of a program there."""
        return {
            paths.HOME_VARIABLE: str(self.home),
            "HOME": str(self.user),
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "HISTFILE": str(self.user / ".bash_history"),
        }


def traces(job: Job) -> Iterator[Row]:
    """Use a journal for a year, and look for every eight bytes of what was written, of names, of questions answered."""
    if job.kind is Kind.PLAIN:
        return
    machine = Machine(*(job.work / name for name in ("home", "user", "tmp", "run")))
    for folder in machine:
        folder.mkdir(mode=0o700)
    written = [*_year(machine, random.Random(job.seed), job.size(365, 12)), NAME, CALL]
    runs = {run for text in written for run in _runs(text.encode())}
    files = [path for folder in machine for path in folder.rglob("*") if path.is_file()]
    found = Counter(path.suffix for path in files for run in _runs(path.read_bytes()) if run in runs)
    size = sum(path.stat().st_size for path in files)
    yield Row("files, and bytes in them", f"{len(files)}, {size:,}", "", True)
    yield Row("different runs of eight bytes that were written", f"{len(runs):,}", "", len(runs) > 1000)
    yield Row("of them found anywhere", f"{sum(found.values())} {dict(found) or ''}".strip(), "0", not found)


def _runs(data: bytes) -> Iterator[bytes]:
    return (data[place : place + RUN] for place in range(len(data) - RUN + 1))


def _year(machine: Machine, rng: random.Random, days: int) -> list[str]:
    """Use every way to write on so many days; what was written, and the questions that were answered."""
    with patch.dict(os.environ, machine.env):
        locking.make_encrypted(paths.journal(), PASSPHRASE, lambda _: None).close()
    _done(machine, "unlock", "--for", "24h", given=PASSPHRASE + "\n")
    begin = [NAME if word == "Daniel" else word for word in BEGIN]
    _done(machine, *begin, "--call", CALL)
    written: list[str] = []
    for number in range(days):
        day = date(2025, 11, 21) + timedelta(days=number)
        written += [_text(rng) for _ in range(3)]
        _write(machine, rng, number, day.isoformat(), written[-3:])
    _done(machine, "backup")
    return written + _questions(machine)


def _write(machine: Machine, rng: random.Random, number: int, day: str, texts: list[str]) -> None:
    first, second, third = texts
    if number % 3:
        _done(machine, "note", "--date", day, given=first)
    else:
        answers = f"4\n5\n4\n4\n{first}\n.\n{second}\n.\n{third}\n.\n/enough\n"
        _done(machine, "reflect", "--plain", "--date", day, given=answers)
    if number % 5 == 1:
        _done(machine, "note", "--sealed", "--date", day, given=second)
    if number % 7 == 2:
        _edit_with(machine, third, day)
    if number % 10 == 3:
        _cut_off(machine, second)
    if number % 11 == 4:
        _throw_away(machine)


def _edit_with(machine: Machine, text: str, day: str) -> None:
    editor = machine.user / "editor.py"
    editor.write_text(EDITOR)
    env = machine.env | {"EDITOR": f"{sys.executable} {editor}", "WORDS": text}
    done = program("note", "--editor", "--date", day, env=env)
    assert done.code == 0, done.err


def _cut_off(machine: Machine, text: str) -> None:
    """A window that is killed while somebody types."""
    with Terminal("note", env=machine.env) as terminal:
        terminal.expect("Ctrl-S")
        terminal.send(text)
        until = time.monotonic() + 1.5
        while (left := until - time.monotonic()) > 0:
            terminal._read(left)


def _throw_away(machine: Machine) -> None:
    lines = _done(machine, "list", "--plain", "-n", "3").out.splitlines()
    ref = lines[-1].split()[0]
    _done(machine, "delete", ref)
    _done(machine, "purge", ref, "--yes")


def _questions(machine: Machine) -> list[str]:
    with patch.dict(os.environ, machine.env):
        _, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
        with closing(open_store(paths.journal(), derived(key, "db"))) as store:
            return [row[0] for row in store.rows("SELECT DISTINCT question FROM answer WHERE question IS NOT NULL")]


def _text(rng: random.Random) -> str:
    words = ("".join(rng.choices(LETTERS, k=rng.randint(3, 9))) for _ in range(rng.randint(8, 60)))
    return " ".join(words)


def _done(machine: Machine, *arguments: str, given: str = "") -> Done:
    done = program(*arguments, given=given, env=machine.env)
    assert done.code == 0, (arguments[0], done.err)
    return done
