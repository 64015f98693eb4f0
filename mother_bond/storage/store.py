"""Open a journal, or make one, and hold it for reading and for short writes."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.errors import BusyError, CannotWriteError, DamagedError, LockedError, NewerError, NotFoundError
from mother_bond.paths import make_private_folder, name_new_file
from mother_bond.storage import keys
from mother_bond.storage.driver import Error, connect, speaking_plainly
from mother_bond.storage.migrations import APPLICATION_ID, VERSION, apply

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_FREE = 4 * 1024 * 1024
"""Bytes that must be free before anything is written: below this even SQLite's log may not fit."""


class Store:
    """An open journal. Reads go through `rows` and `one`; every write through `writing`."""

    def __init__(self, connection: Any, path: Path, key: bytes | None, file: tuple[int, int] | None) -> None:
        self.connection = connection
        self.path = path
        self.key = key
        self._file = file

    def rows(self, sql: str, *args: object) -> Iterator[Any]:
        """The rows of a query, one by one."""
        with speaking_plainly():
            for row in self.connection.execute(sql, args):  # noqa: UP028 - would close the cursor, after the journal
                yield row

    def batches(self, sql: str, *args: object, size: int = 400) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query as plain tuples, many at a time."""
        with speaking_plainly():
            cursor = self.connection.cursor()
            cursor.row_factory = None
            cursor.execute(sql, args)
            while rows := cursor.fetchmany(size):
                yield rows

    def one(self, sql: str, *args: object) -> Any | None:
        """The first row of a query, or None."""
        with speaking_plainly():
            return self.connection.execute(sql, args).fetchone()

    def value(self, sql: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, *args)
        return row[0] if row else None

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Wait for the write lock for a moment only: for what can as well be written a second later."""
        self.connection.execute("PRAGMA busy_timeout = 200")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA busy_timeout = 30000")

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A short transaction that takes the write lock at once: all of it lands, or none.

        Inside another `writing` it becomes part of that one.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        self._check_space()
        with speaking_plainly():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._check_place()
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the journal; SQLite folds its log into the file."""
        self.connection.close()

    def _check_place(self) -> None:
        """In another window, the journal may have been encrypted, or brought back from a backup."""
        if _file(self.path) != self._file:
            raise BusyError(m.STORE_REPLACED, m.STORE_REPLACED_HINT)

    def _check_space(self) -> None:
        if shutil.disk_usage(self.path.resolve().parent).free < LEAST_FREE:
            raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)


def _file(path: Path) -> tuple[int, int] | None:
    """Which file is at `path` at the moment."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def exists(path: Path) -> bool:
    """Whether there is a journal at `path`, sound or not; one that may not be looked for is for opening to tell."""
    try:
        return path.exists()
    except OSError:
        return True


def check_room_for_one(path: Path) -> None:
    """Make sure that no new journal takes the place of one that is gone.

    Raises `DamagedError` where a key file, or its second copy, is waiting for it, `NotFoundError` where only backups
    of it are left.
    """
    if exists(path):
        return
    if keys.beside(path).exists():
        raise DamagedError(m.KEYS_WITHOUT_JOURNAL, m.KEYS_WITHOUT_JOURNAL_HINT)
    from mother_bond.storage import backups  # which imports this module, and is needed only here

    folder = backups.folder(path)
    if backups.listed(folder):
        raise NotFoundError(m.STORE_GONE, m.STORE_GONE_HINT.format(folder=folder))
    second = paths.second_keys()
    if path == paths.journal() and second.exists():  # it is of no other journal, such as a made-up one
        raise DamagedError(m.KEYS_SECOND_ALONE, m.KEYS_SECOND_ALONE_HINT.format(file=second))


def create(path: Path, key: bytes | None = None) -> Store:
    """Make a new journal at `path`, whole at once, or open the one another program just made; encrypted, with a key.

    Raises `CannotWriteError` where the folder cannot be made or written, and what `check_room_for_one` does where
    something of a journal that is gone is left.
    """
    check_room_for_one(path)
    fresh = path.with_name(f".new-{os.urandom(4).hex()}-{path.name}")
    try:
        make_private_folder(path.parent)
        if shutil.disk_usage(path.parent).free < LEAST_FREE:
            raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        fresh.chmod(0o600)  # whatever the umask
        try:
            with speaking_plainly(), closing(connect(str(fresh), key)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                apply(connection)
            with suppress(FileExistsError):
                name_new_file(fresh, path)
        finally:
            for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
                leftover.unlink(missing_ok=True)
    except OSError:
        raise CannotWriteError(m.STORE_NO_FOLDER.format(folder=path.parent), m.STORE_READ_ONLY_HINT) from None
    return open_store(path, key)


def open_store(path: Path, key: bytes | None = None) -> Store:
    """Open the journal at `path`, bringing an older one up to date; `key` opens an encrypted one.

    Raises `NotFoundError` where there is none, `DamagedError` for an empty, foreign or broken file or a key file alone,
    `LockedError` for an encrypted one without a key, `NewerError` for one from a newer program,
    `CannotWriteError` where it may not be read.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        check_room_for_one(path)
        raise NotFoundError(m.STORE_NONE, m.STORE_NONE_HINT) from None
    except OSError:
        raise CannotWriteError(m.STORE_CANNOT_OPEN, m.STORE_READ_ONLY_HINT) from None
    if size == 0:
        raise DamagedError(m.STORE_EMPTY, m.STORE_DAMAGED_HINT)
    if key is None and keys.encrypted(path):
        raise LockedError(m.LOCKED, m.LOCKED_HINT)
    file = _file(path)
    connection = _connect(path, key)
    try:
        with speaking_plainly():
            _make_ready(connection, path, key)
    except BaseException:
        connection.close()
        raise
    return Store(connection, path, key, file)


def fits(path: Path, key: bytes) -> bool:
    """Whether that key opens the encrypted journal at `path`."""
    try:
        with closing(_connect(path, key)):
            return True
    except DamagedError:
        return False


def _make_ready(connection: Any, path: Path, key: bytes | None) -> None:
    """Check that it is a journal of ours, bring it up to date, and set how it is written."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DamagedError(m.STORE_NOT_A_JOURNAL, m.STORE_DAMAGED_HINT)
    if version > VERSION:
        raise NewerError(m.STORE_NEWER.format(theirs=version, ours=VERSION), m.STORE_NEWER_HINT)
    if version < VERSION:
        from mother_bond.storage import backups

        backups.make(connection, path, key, backups.Why.FORM)
        apply(connection)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":  # as a change of keys leaves it
        connection.execute("PRAGMA journal_mode = WAL")
    for setting in ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA secure_delete = ON")  # what is replaced or taken out is overwritten


def _connect(path: Path, key: bytes | None) -> Any:
    """Connect and read once; on a read-only folder fall back to reading the file as it stands.

    That fallback would miss what is still in the log, so it is used only when the log is empty.
    """
    with speaking_plainly():
        connection = connect(str(path), key)
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except Error as error:
            log = Path(f"{path.resolve()}-wal")
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in (8, 10, 14) or (log.exists() and log.stat().st_size):
                raise
            connection = connect(path.absolute().as_uri() + "?immutable=1", key, uri=True)
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        return connection
