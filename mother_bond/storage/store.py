"""Open a journal, or make one, and hold it for reading and for short writes."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.errors import CannotWriteError, DamagedError, NewerError, NotFoundError
from mother_bond.paths import make_private_folder, name_new_file
from mother_bond.storage.driver import Error, connect, speaking_plainly
from mother_bond.storage.migrations import APPLICATION_ID, VERSION, apply

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_FREE = 4 * 1024 * 1024
"""Bytes that must be free before anything is written: below this even SQLite's log may not fit."""


class Store:
    """An open journal. Reads go through `rows` and `one`; every write through `writing`."""

    def __init__(self, connection: Any, path: Path) -> None:
        self.connection = connection
        self.path = path

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
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the journal; SQLite folds its log into the file."""
        self.connection.close()

    def _check_space(self) -> None:
        if shutil.disk_usage(self.path.resolve().parent).free < LEAST_FREE:
            raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)


def exists(path: Path) -> bool:
    """Whether there is a journal at `path`, sound or not; one that may not be looked for is for opening to tell."""
    try:
        return path.exists()
    except OSError:
        return True


def create(path: Path) -> Store:
    """Make a new journal at `path`, whole at once, or open the one another program just made.

    Raises `CannotWriteError` where the folder cannot be made or written.
    """
    fresh = path.with_name(f".new-{os.urandom(4).hex()}-{path.name}")
    try:
        make_private_folder(path.parent)
        if shutil.disk_usage(path.parent).free < LEAST_FREE:
            raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        fresh.chmod(0o600)  # whatever the umask
        try:
            with speaking_plainly(), closing(connect(str(fresh))) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                apply(connection)
            with suppress(FileExistsError):
                name_new_file(fresh, path)
        finally:
            for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
                leftover.unlink(missing_ok=True)
    except OSError:
        raise CannotWriteError(m.STORE_NO_FOLDER.format(folder=path.parent), m.STORE_READ_ONLY_HINT) from None
    return open_store(path)


def open_store(path: Path) -> Store:
    """Open the journal at `path`, bringing an older one up to date.

    Raises `NotFoundError` where there is none, `DamagedError` for an empty, foreign or broken file,
    `NewerError` for one from a newer program, `CannotWriteError` where it may not be read.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise NotFoundError(m.STORE_NONE, m.STORE_NONE_HINT) from None
    except OSError:
        raise CannotWriteError(m.STORE_CANNOT_OPEN, m.STORE_READ_ONLY_HINT) from None
    if size == 0:
        raise DamagedError(m.STORE_EMPTY, m.STORE_DAMAGED_HINT)
    connection = _connect(path)
    try:
        with speaking_plainly():
            _make_ready(connection, path)
    except BaseException:
        connection.close()
        raise
    return Store(connection, path)


def _make_ready(connection: Any, path: Path) -> None:
    """Check that it is a journal of ours, bring it up to date, and set how it is written."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DamagedError(m.STORE_NOT_A_JOURNAL, m.STORE_DAMAGED_HINT)
    if version > VERSION:
        raise NewerError(m.STORE_NEWER.format(theirs=version, ours=VERSION), m.STORE_NEWER_HINT)
    if version < VERSION:
        _keep_copy(connection, path.resolve(), version)
        apply(connection)
    for setting in ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA secure_delete = ON")  # what is replaced or taken out is overwritten


def _keep_copy(connection: Any, path: Path, version: int) -> None:
    """Keep the journal as it stands before its form changes, beside it; one that is there already stays."""
    copy = path.with_name(f"{path.stem}-form-{version}{path.suffix}")
    if copy.exists():
        return
    fresh = path.with_name(f".new-{os.urandom(4).hex()}-{copy.name}")
    try:
        if shutil.disk_usage(path.parent).free < path.stat().st_size + LEAST_FREE:
            raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        fresh.chmod(0o600)  # whatever the umask
        with closing(connect(str(fresh))) as target:
            connection.backup(target)
        with suppress(FileExistsError):
            name_new_file(fresh, copy)
    except OSError:
        raise CannotWriteError(m.STORE_NO_FOLDER.format(folder=path.parent), m.STORE_READ_ONLY_HINT) from None
    except Error:  # the driver's backup tells no code; nothing but the new file is written here
        raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT) from None
    finally:
        for leftover in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
            leftover.unlink(missing_ok=True)


def copies(path: Path) -> list[Path]:
    """The copies of the journal at `path` that were kept before its form changed."""
    return sorted(path.resolve().parent.glob(f"{path.stem}-form-*{path.suffix}"))


def _connect(path: Path) -> Any:
    """Connect and read once; on a read-only folder fall back to reading the file as it stands.

    That fallback would miss what is still in the log, so it is used only when the log is empty.
    """
    with speaking_plainly():
        connection = connect(str(path))
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except Error as error:
            log = Path(f"{path.resolve()}-wal")
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in (8, 10, 14) or (log.exists() and log.stat().st_size):
                raise
            connection = connect(path.absolute().as_uri() + "?immutable=1", uri=True)
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        return connection
