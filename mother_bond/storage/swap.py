"""Put another file in the journal's place: encrypted, plain again, under a new key, or from a backup.

The new file is made whole beside the old one and takes its name in one step. While that goes on the old one is held
for ourselves alone and without a log, so that nobody can add to it unseen; a window that had it open finds out when
it next writes (`Store.writing`). Killed at any moment, there is the old file or the new one.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.errors import BusyError, CannotWriteError, DamagedError
from mother_bond.paths import sync_folder
from mother_bond.storage import keys
from mother_bond.storage.driver import Error, connect, speaking_plainly, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAIT = 5000
"""Milliseconds for another window to be done with what it is writing."""


def rewrite(path: Path, key: bytes | None, new_key: bytes | None, ready: Callable[[], None] = lambda: None) -> None:
    """Rewrite the journal at `path` under another key; None is no key.

    `ready` is called when nobody else can read or write the journal, before anything is changed.
    Raises `BusyError` while another window has it open, `CannotWriteError` for want of room.
    """
    path = path.resolve()
    fresh = _new_name(path)
    with alone(path, key) as connection:
        try:
            _check_room(path)
            ready()
            os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            fresh.chmod(0o600)  # whatever the umask
            _copy(connection, fresh, new_key)
            check(fresh, new_key, counts(connection))
            put_in_place(path, fresh)
        finally:
            for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
                leftover.unlink(missing_ok=True)


@contextmanager
def alone(path: Path, key: bytes | None) -> Iterator[Any]:
    """A connection that nobody else can read or write beside, to a journal without a log.

    Raises `BusyError` while another window has the journal open, or when one has just put another file in its place.
    """
    which = _file(path)
    with speaking_plainly(), closing(connect(str(path), key)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {WAIT}")
        connection.execute("PRAGMA main.locking_mode = EXCLUSIVE")
        try:
            mode = connection.execute("PRAGMA main.journal_mode = DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except Error as error:
            _check_place(path, which)
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (5, 6):
                raise BusyError(m.STORE_IN_USE, m.STORE_IN_USE_HINT) from None
            raise
        if mode != "delete":
            raise BusyError(m.STORE_IN_USE, m.STORE_IN_USE_HINT)
        _check_place(path, which)
        yield connection


def put_in_place(path: Path, fresh: Path) -> None:
    """Give the whole, checked file `fresh` the name of the journal, and overwrite what had it.

    To be called while the journal is held `alone`, or where there is none.
    """
    path = path.resolve()
    with open(fresh, "rb+") as file:  # noqa: PTH123 - both are held open across the change of names
        os.fsync(file.fileno())
    old = path.open("rb+") if path.exists() else None
    try:
        fresh.replace(path)
        sync_folder(path.parent)
        if old:
            _overwrite(old)
    except OSError:
        raise CannotWriteError(m.STORE_NO_FOLDER.format(folder=path.parent), m.STORE_READ_ONLY_HINT) from None
    finally:
        if old:
            old.close()


def counts(connection: Any) -> dict[str, int]:
    """How many rows each table of a journal holds, without those the index keeps for itself."""
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = [row[0] for row in named if not row[0].startswith("sqlite_") and "_fts_" not in row[0]]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def check(path: Path, key: bytes | None, expected: dict[str, int]) -> None:
    """Open a copy of a journal and hold it against what it must contain. Raises `DamagedError` where it does not."""
    with speaking_plainly(), closing(connect(str(path), key)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if key:
            sound = sound and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
        connection.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")
        if not sound or counts(connection) != expected:
            raise DamagedError(m.STORE_DAMAGED, m.STORE_DAMAGED_HINT)


def _copy(connection: Any, fresh: Path, new_key: bytes | None) -> None:
    connection.execute(f"ATTACH DATABASE ? AS fresh KEY {spelled(new_key)}", (str(fresh),))
    connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
    for stamp in ("application_id", "user_version"):  # which the export leaves behind
        value = connection.execute(f"PRAGMA main.{stamp}").fetchone()[0]
        connection.execute(f"PRAGMA fresh.{stamp} = {value}")
    connection.execute("DETACH DATABASE fresh")


def _file(path: Path) -> tuple[int, ...]:
    return (keys.stamp(path) or ())[:2]


def _check_place(path: Path, which: tuple[int, ...]) -> None:
    if _file(path) != which:
        raise BusyError(m.STORE_REPLACED, m.STORE_REPLACED_HINT)


def _check_room(path: Path) -> None:
    if shutil.disk_usage(path.parent).free < 2 * path.stat().st_size + 4 * 1024 * 1024:
        raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)


def _overwrite(file: Any) -> None:
    """Zeros over a file that has lost its name; what a disk keeps beneath is out of our hands."""
    with suppress(OSError):
        left = os.fstat(file.fileno()).st_size
        file.seek(0)
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
        file.flush()
        os.fsync(file.fileno())


def _new_name(path: Path) -> Path:
    return path.with_name(f"{keys.FRESH}{os.urandom(4).hex()}-{path.name}")
