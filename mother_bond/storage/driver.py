"""Which SQLite we speak to, and its errors in our own words.

`sqlcipher3` carries a current SQLite without the WAL-reset bug of versions up to 3.51.2; where it
has no wheel the standard library's `sqlite3` serves. Its exceptions are not those of `sqlite3`, so
only the driver's own are caught, and only in this package.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.errors import BusyError, CannotWriteError, DamagedError, MotherBondError, NoEncryptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from sqlcipher3 import dbapi2 as _driver
except ImportError:  # no wheel for this platform
    import sqlite3 as _driver

driver: Any = _driver
Error: type[Exception] = driver.Error

_SAYS: tuple[tuple[int, type[MotherBondError], str, str], ...] = (
    (5, BusyError, m.STORE_BUSY, m.STORE_BUSY_HINT),
    (6, BusyError, m.STORE_BUSY, m.STORE_BUSY_HINT),
    (8, CannotWriteError, m.STORE_READ_ONLY, m.STORE_READ_ONLY_HINT),
    (10, CannotWriteError, m.STORE_DISK, m.STORE_DISK_HINT),
    (11, DamagedError, m.STORE_DAMAGED, m.STORE_DAMAGED_HINT),
    (13, CannotWriteError, m.STORE_FULL, m.STORE_FULL_HINT),
    (14, CannotWriteError, m.STORE_CANNOT_OPEN, m.STORE_READ_ONLY_HINT),
    (23, CannotWriteError, m.STORE_READ_ONLY, m.STORE_READ_ONLY_HINT),
    (26, DamagedError, m.STORE_NOT_A_JOURNAL, m.STORE_DAMAGED_HINT),
)


@contextmanager
def speaking_plainly() -> Iterator[None]:
    """Turn the driver's errors for busy, full, forbidden and damaged files into ours."""
    try:
        yield
    except UnicodeDecodeError:  # a bit flipped in the form itself
        raise DamagedError(m.STORE_DAMAGED, m.STORE_DAMAGED_HINT) from None
    except Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if "decode to UTF-8" in str(error):  # a bit flipped in the words themselves
            raise DamagedError(m.STORE_DAMAGED, m.STORE_DAMAGED_HINT) from None
        for known, kind, message, hint in _SAYS:
            if code == known:
                raise kind(message, hint) from None
        raise


def can_encrypt() -> bool:
    """Whether this installation can open and make encrypted journals."""
    from importlib.util import find_spec

    return driver.__name__ != "sqlite3" and find_spec("cryptography") is not None


def connect(path: str, key: bytes | None = None, *, uri: bool = False) -> Any:
    """A connection in autocommit mode that waits up to thirty seconds for its turn; with a key, to an encrypted file.

    Raises `NoEncryptionError` where a key is given and this installation cannot use it.
    """
    if key and driver.__name__ == "sqlite3":
        raise NoEncryptionError(m.ENCRYPTION_MISSING, m.ENCRYPTION_MISSING_HINT)
    connection = driver.connect(path, timeout=30, isolation_level=None, uri=uri)
    connection.row_factory = driver.Row
    if key:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write over the screen
        connection.execute(f"PRAGMA key = {spelled(key)}")
    return connection


def spelled(key: bytes | None) -> str:
    """A key as SQLCipher takes a raw one, or the word for none."""
    return f"\"x'{key.hex()}'\"" if key else "''"
