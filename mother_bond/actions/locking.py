"""The passphrase of a journal: set it, change it, take it away, do without it; open and close for a while.

A new key file lies beside the old one (`keys.coming`) from when nobody else can read the journal until that has its
key, and whichever of the two fits is the one that counts: killed at any moment, there is a journal that opens.
"""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.backups import before
from mother_bond.actions.sealed import fold_in
from mother_bond.errors import (
    BusyError,
    DamagedError,
    KeyFileError,
    LockedError,
    NoEncryptionError,
    NotFoundError,
    UsageError,
)
from mother_bond.storage import keyfile, keys, sealed, swap, unlocked
from mother_bond.storage.backups import Why
from mother_bond.storage.driver import can_encrypt
from mother_bond.storage.store import check_room_for_one, create, exists, fits, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.storage.keyfile import KeyFile
    from mother_bond.storage.store import Store

    ShowCode = Callable[[str], None]
    """Shows the writer a recovery code, which is kept nowhere else."""

LONGEST_MINUTES = 24 * 60


class Done(NamedTuple):
    """What was done to the journal, in a sentence."""

    done: str


class Opened(NamedTuple):
    """Whether a journal is open, in a sentence, and until when (a moment of this machine's day)."""

    state: str
    until: str | None


def make_encrypted(path: Path, passphrase: str, show_code: ShowCode) -> Store:
    """A new journal under a passphrase.

    Raises `NoEncryptionError` where encryption is not installed, `LockedError` for a passphrase that is too short,
    what `check_room_for_one` does where something of a journal that is gone is left, `BusyError` where another window
    has just made one.
    """
    if exists(path):
        raise BusyError(m.STORE_IN_USE, m.STORE_IN_USE_HINT)
    check_room_for_one(path)
    made = _made(passphrase, show_code)
    keys.write(keys.coming(path), made.file)
    store = create(path, keyfile.derived(made.key, "db"))
    keys.promote(path, made.file)
    return store


def encrypt(path: Path, passphrase: str, show_code: ShowCode) -> Done:
    """Encrypt a plain journal in its place, and back it up so: a backup of before would be a plain one.

    Raises `UsageError` for one that is encrypted already.
    """
    check_plain(path)
    _check_alone(path, None)
    made = _made(passphrase, show_code)
    _rewrite(path, None, made)
    _put_in_order(path, made.key)
    return Done(m.DONE_ENCRYPTED)


def decrypt(path: Path, file: KeyFile, key: bytes) -> Done:
    """Make an encrypted journal, opened by `by_passphrase`, a plain one again."""
    _put_in_order(path, key)
    swap.rewrite(path, keyfile.derived(key, "db"), None)
    _join(path, None, key)
    keys.remove(path)
    unlocked.forget(file.journal)
    return Done(m.DONE_DECRYPTED)


def set_passphrase(path: Path, file: KeyFile, key: bytes, new: str) -> Done:
    """Wrap the same key by another passphrase; the recovery code stays good."""
    keys.save(path, keyfile.with_passphrase(file, key, keyfile.check_passphrase(new)))
    unlocked.forget(file.journal)
    return Done(m.DONE_PASSPHRASE)


def rotate(path: Path, file: KeyFile, key: bytes, passphrase: str, show_code: ShowCode) -> Done:
    """A new key and a new recovery code under a passphrase: no earlier key file opens the journal any more."""
    _put_in_order(path, key)
    _check_alone(path, key)
    made = _made(passphrase, show_code)
    _rewrite(path, key, made)
    unlocked.forget(file.journal)
    _join(path, keyfile.derived(made.key, "db"), key)
    return Done(m.DONE_ROTATED)


def by_passphrase(path: Path, passphrase: str) -> tuple[KeyFile, bytes]:
    """The key file that counts, and its key.

    Raises `LockedError` for a wrong passphrase, `KeyFileError` where no key file can be used, or the key does not
    fit the journal.
    """
    return _opened(path, lambda file: keyfile.by_passphrase(file, passphrase))


def by_code(path: Path, code: str) -> tuple[KeyFile, bytes]:
    """The same by the recovery code. Raises `LockedError` for one with a slip in it, or of another journal."""
    return _opened(path, lambda file: keyfile.by_code(file, code))


def check_length(minutes: int) -> int:
    """How long a journal may stay open. Raises `UsageError` for what is not between a minute and a day."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise UsageError(m.UNLOCK_LENGTH, m.UNLOCK_LENGTH_HINT)
    return minutes


def unlock(path: Path, file: KeyFile, key: bytes, minutes: int) -> Opened:
    """Keep a journal that was opened by `by_passphrase` open for some minutes."""
    now = clock.now().timestamp()
    unlocked.remember(file.journal, key, now, now + 60 * check_length(minutes))
    return status(path)


def lock(path: Path) -> Opened:
    """Close the journal at once."""
    with suppress(KeyFileError):
        for file in keys.candidates(path):
            unlocked.forget(file.journal)
    return status(path)


def status(path: Path) -> Opened:
    """Whether the journal is encrypted, and open at the moment."""
    if not keys.encrypted(path):
        return Opened(m.STATUS_PLAIN, None)
    found = unlocked.recall(keys.load(path).journal, clock.now().timestamp())
    if found is None:
        return Opened(m.STATUS_LOCKED, None)
    until = datetime.fromtimestamp(found.until).astimezone()
    where = m.KEPT_RUNTIME if unlocked.runtime_folder() else m.KEPT_KEYRING
    return Opened(m.STATUS_OPEN.format(time=until.strftime("%H:%M"), where=where), until.isoformat(timespec="seconds"))


def check_plain(path: Path) -> None:
    """Raises `UsageError` for a journal that is encrypted already, `NoEncryptionError` where none can be."""
    if keys.encrypted(path):
        raise UsageError(m.ENCRYPTED_ALREADY, m.ENCRYPTED_ALREADY_HINT)
    if not can_encrypt():
        raise NoEncryptionError(m.ENCRYPTION_NONE, m.ENCRYPTION_MISSING_HINT)


def check_encrypted(path: Path) -> None:
    """Raises `UsageError` for a plain journal, `NoEncryptionError` for one that this installation cannot open.

    Where there is none, or an empty file, raises what `open_store` does.
    """
    check_room_for_one(path)
    if not exists(path):
        raise NotFoundError(m.STORE_NONE, m.STORE_NONE_HINT)
    if keys.empty(path):
        raise DamagedError(m.STORE_EMPTY, m.STORE_DAMAGED_HINT)
    if not keys.encrypted(path):
        raise UsageError(m.NOT_ENCRYPTED, m.NOT_ENCRYPTED_HINT)
    if not can_encrypt():
        raise NoEncryptionError(m.ENCRYPTION_MISSING, m.ENCRYPTION_MISSING_HINT)


def _put_in_order(path: Path, key: bytes) -> None:
    """Take in what was sealed for this key, and back the journal up under it."""
    with closing(open_store(path, keyfile.derived(key, "db"))) as store:
        fold_in(store, key)
        before(store, Why.KEY)


def _join(path: Path, db_key: bytes | None, key: bytes) -> None:
    """Take in what was sealed for an earlier key while the journal was given another: nothing else opens it."""
    if sealed.waiting(path):
        with closing(open_store(path, db_key)) as store:
            fold_in(store, key)


def _check_alone(path: Path, key: bytes | None) -> None:
    """Raises `BusyError` while another window has the journal open: before a code is shown that would open nothing."""
    with swap.alone(path, key and keyfile.derived(key, "db")):
        pass


def _made(passphrase: str, show_code: ShowCode) -> keyfile.Made:
    made = keyfile.make(keyfile.check_passphrase(passphrase))
    show_code(made.code)
    return made


def _rewrite(path: Path, key: bytes | None, made: keyfile.Made) -> None:
    """Give the journal the new key. Its key file lies there before, and counts after."""
    db_key, new = key and keyfile.derived(key, "db"), keyfile.derived(made.key, "db")
    swap.rewrite(path, db_key, new, ready=lambda: keys.write(keys.coming(path), made.file))
    keys.promote(path, made.file)


def _opened(path: Path, key_of: Callable[[KeyFile], bytes]) -> tuple[KeyFile, bytes]:
    """The key file that counts and its key; what an interrupted change of keys left is put in order."""
    check_encrypted(path)
    failed: LockedError | KeyFileError | None = None
    left = keys.left_over(path)
    for file in keys.candidates(path):
        try:
            key = key_of(file)
        except (LockedError, KeyFileError) as error:
            failed = failed or error
            continue
        if fits(path, keyfile.derived(key, "db")):
            keys.settle(path, file, left)
            return file, key
    raise failed or KeyFileError(m.KEYS_DO_NOT_FIT, m.KEYS_HINT)
