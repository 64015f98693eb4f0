"""Everything the program raises on purpose. Only `__main__` turns these into an exit.

A message never holds words the writer wrote into the journal.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell is told. Documented in README; never renumbered."""

    OK = 0
    BUG = 1
    USAGE = 2
    NOT_FOUND = 3
    DAMAGED = 4
    NEWER = 5
    CANNOT_WRITE = 6
    BUSY = 7
    BAD_FILE = 8
    EXISTS = 9
    UNCONFIRMED = 10
    LOCKED = 11
    KEYS = 12
    NO_ENCRYPTION = 13
    INTERRUPTED = 130


class MotherBondError(Exception):
    """A thing that went wrong, in words for the reader: what, and (as `hint`) what to do."""

    code = ExitCode.BUG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MotherBondError):
    """A value on the command line, or an answer, that cannot be used."""

    code = ExitCode.USAGE


class NotFoundError(MotherBondError):
    """There is no journal, bond, cause or entry of that name."""

    code = ExitCode.NOT_FOUND


class DamagedError(MotherBondError):
    """The journal cannot be read: damaged, empty, or not a journal at all."""

    code = ExitCode.DAMAGED


class NewerError(MotherBondError):
    """The journal was written by a newer version of the program."""

    code = ExitCode.NEWER


class CannotWriteError(MotherBondError):
    """No permission, no space, or a disk that refuses."""

    code = ExitCode.CANNOT_WRITE


class BusyError(MotherBondError):
    """Another program held the journal for longer than we wait."""

    code = ExitCode.BUSY


class BadFileError(MotherBondError):
    """A file that was handed in cannot be used; nothing of it was taken in."""

    code = ExitCode.BAD_FILE


class ExistsError(MotherBondError):
    """Something would be written over."""

    code = ExitCode.EXISTS


class UnconfirmedError(MotherBondError):
    """A thing that cannot be undone was not confirmed."""

    code = ExitCode.UNCONFIRMED


class LockedError(MotherBondError):
    """The journal is encrypted, and neither a passphrase nor a recovery code has opened it."""

    code = ExitCode.LOCKED


class KeyFileError(MotherBondError):
    """The key file is missing, cut off, changed by something else, or of another journal."""

    code = ExitCode.KEYS


class NoEncryptionError(MotherBondError):
    """Encryption is wanted or needed, and what it takes is not installed."""

    code = ExitCode.NO_ENCRYPTION
