"""Backups made while another process writes, each brought back and held against what had been acknowledged.

`python tests/bench/restores.py [--times 500] [--encrypted]` prints how many were made and how many were not whole.
"""

from __future__ import annotations

import argparse
import os
import select
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mother_bond import paths
from mother_bond.domain.bond import Bond, Role
from mother_bond.errors import MotherBondError
from mother_bond.storage import backups, bonds, keyfile, keys
from mother_bond.storage.store import create, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 300
"""Notes in the journal; from then on the oldest is written anew."""

PASSPHRASE = "four quiet words here"
WRITER = """
import sys, time
from pathlib import Path
from mother_bond.clock import new_id
from mother_bond.domain.entry import Answer, Session
from mother_bond.storage import bonds, sessions
from mother_bond.storage.store import open_store
key = sys.stdin.readline().strip()
store = open_store(Path(sys.argv[1]), bytes.fromhex(key) if key else None)
most, bond, number, slots = int(sys.argv[2]), bonds.all_bonds(store)[0], 0, {}
while True:
    number += 1
    text = f"note {number} " + "of tea and rain " * 40
    at = f"2026-11-{number % 28 + 1:02}T21:00:00+00:00"
    with store.writing() as db:
        if number <= most:
            answers = tuple(Answer(new_id(), n, text, at) for n in (1, 2, 3))
            slots[number % most] = new_id()
            sessions.start(store, Session(slots[number % most], "", bond, at, at[:10], seconds=number, answers=answers))
        else:  # so that the journal does not outgrow whoever backs it up
            db.execute("UPDATE session SET seconds = ? WHERE id = ?", (number, slots[number % most]))
            db.execute("UPDATE answer SET text = ? WHERE session_id = ?", (text, slots[number % most]))
        bonds.set_setting(store, "last", str(number))
    print(number, flush=True)
    time.sleep(0.003)
"""


class Tally(NamedTuple):
    """How many backups were made and brought back, how many entries the last one had, and what was wrong."""

    times: int
    entries: int
    faults: tuple[str, ...]


def prepare(home: Path, *, encrypted: bool) -> bytes | None:
    """A journal with one bond; the result is its key."""
    os.environ[paths.HOME_VARIABLE] = str(home)
    path, key = home / "journal.db", None
    if encrypted:
        made = keyfile.make(PASSPHRASE)
        key = keyfile.derived(made.key, "db")
    with closing(create(path, key)) as store:
        bonds.put(store, Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.CHILD, "Mum", "Mum"))
    if encrypted:
        keys.save(path, made.file)
    return key


class Writer:
    """Another process that writes without a pause, and says what is safe."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        command = [sys.executable, "-c", WRITER, str(path), str(MOST)]
        root = str(Path(__file__).resolve().parents[2])
        env = os.environ | {"PYTHONPATH": root}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        _stream(self.process.stdin).write(f"{key.hex() if key else ''}\n")
        _stream(self.process.stdin).flush()
        self.out = _stream(self.process.stdout)
        self.rest, self.number = b"", 0

    def acknowledged(self) -> int:
        """The number of the last note that is known to be safe."""
        while select.select([self.out], [], [], 0)[0]:
            chunk = os.read(self.out.fileno(), 65536)
            assert chunk, "the writer has ended"
            *lines, self.rest = (self.rest + chunk).split(b"\n")
            self.number = int(lines[-1]) if lines else self.number
        return self.number

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        self.out.close()
        _stream(self.process.stdin).close()


def _stream(found: IO[str] | None) -> IO[str]:
    assert found
    return found


@contextmanager
def writing(path: Path, key: bytes | None) -> Iterator[Writer]:
    """A writer at work."""
    writer = Writer(path, key)
    try:
        while not writer.acknowledged():
            assert writer.process.poll() is None
        yield writer
    finally:
        writer.stop()


def restores(home: Path, times: int, *, encrypted: bool = False) -> Tally:
    """Make so many backups while another process writes; bring each back into a new file and look at it there."""
    key = prepare(home, encrypted=encrypted)
    path, entries = home / "journal.db", 0
    faults: list[str] = []
    with writing(path, key) as writer, closing(open_store(path, key)) as store:
        for _ in range(times):
            before = writer.acknowledged()
            try:
                made = backups.make(store.connection, path, key, backups.Why.ASKED)
                with backups.fresh_file(home, "back.db") as fresh:
                    entries = backups.fetch(made.path, key, fresh).entries
                    faults += _faults(fresh, key, before)
            except MotherBondError as error:
                faults.append(type(error).__name__)
            else:
                faults += [] if made.verified and made.entries == entries else ["the note says something else"]
                backups.remove(made)
    faults += [f"{file.name} was left behind" for file in [*home.glob(".new-*"), *backups.folder(path).glob("*.db")]]
    return Tally(times, entries, tuple(faults))


def _faults(file: Path, key: bytes | None, before: int) -> Iterator[str]:
    """What is wrong with a journal that was brought back."""
    with closing(open_store(file, key)) as store:
        numbers = [row[0] for row in store.rows("SELECT seconds FROM session ORDER BY seconds")]
        last = int(bonds.setting(store, "last") or 0)
        if numbers != list(range(max(0, last - MOST) + 1, last + 1)):
            yield "a gap"
        if last < before:
            yield f"{before - last} acknowledged notes missing"
        whole = (
            "SELECT count(*) FROM answer JOIN session ON session.id = session_id WHERE text LIKE 'note '||seconds||' %'"
        )
        if store.value(whole) != 3 * len(numbers):
            yield "half a note"
        if store.value("PRAGMA integrity_check") != "ok":
            yield "damaged"
        with store.writing() as db:
            db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")


def main() -> int:
    """Count, and print; 1 when a backup was not whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--encrypted", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mother-bond-restores-") as folder:
        tally = restores(Path(folder) / "home", chosen.times, encrypted=chosen.encrypted)
    print(f"{tally.times} backups made and brought back while another process wrote")
    print(f"entries in the last: {tally.entries}")
    print(f"not whole: {len(tally.faults)}", *tally.faults, sep="\n")
    return int(bool(tally.faults))


if __name__ == "__main__":
    raise SystemExit(main())
