"""The key of a journal that was unlocked for a while: kept where the system keeps it from others, and dropped in time.

That place is the user's runtime folder (memory, not disk, on most systems); where there is none, the system's own
keyring, if the extra of that name is installed. A small process of its own takes the file away when its time is over.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from mother_bond import messages as m
from mother_bond.errors import UsageError
from mother_bond.paths import write_private

_FOLDER: Final = "mother-bond"
_WAIT: Final = (  # until the clock says so, or as much time has passed: somebody may set the clock back
    "import os,sys,time\n"
    "path,until=sys.argv[1],float(sys.argv[2])\n"
    "end=time.monotonic()+until-time.time()\n"
    "left=lambda: min(until-time.time(),end-time.monotonic())\n"
    "while os.path.exists(path) and left()>0: time.sleep(max(.1,min(15,left())))\n"
    "try:\n"
    "  mine=float(open(path).read().split()[1])<=until\n"
    "except Exception: sys.exit()\n"
    "if mine: os.unlink(path)\n"
)


class Unlocked(NamedTuple):
    """A key, the one of the database that follows from it, and until when (seconds since 1970) they may be used.

    Both are kept, because to derive the one from the other would cost every command a tenth of its time.
    """

    key: bytes
    database: bytes
    until: float


def runtime_folder() -> Path | None:
    """The folder that the system keeps for this user alone while they are logged in, or None."""
    named = os.environ.get("XDG_RUNTIME_DIR")
    if not named or os.name != "posix":
        return None
    folder = Path(named)
    if not folder.is_absolute():
        return None
    try:
        found = folder.stat()
    except OSError:
        return None
    private = found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder / _FOLDER if private and folder.is_dir() and not folder.is_symlink() else None


def remember(journal: str, key: bytes, now: float, until: float) -> None:
    """Keep the key of a journal until then. Raises `UsageError` where no place is safe enough."""
    from mother_bond.storage.keyfile import derived

    content = f"{now} {until} {key.hex()} {derived(key, 'db').hex()}\n"
    folder = runtime_folder()
    if folder:
        import subprocess

        place = folder / f"{journal}.key"
        write_private(place, content.encode())
        subprocess.Popen(  # noqa: S603 - our own Python, with nothing in its arguments but a name and a time
            [sys.executable, "-I", "-S", "-c", _WAIT, str(place), str(until)],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        return
    ring = _keyring()
    if ring is None:
        raise UsageError(m.UNLOCK_NOWHERE, m.UNLOCK_NOWHERE_HINT)
    ring.set_password(_FOLDER, journal, content)


def recall(journal: str, now: float) -> Unlocked | None:
    """The key, if it is kept and its time is not over; one that is over is dropped."""
    content = _content(journal)
    if content is None:
        return None
    try:
        since, until, key, database = content.split()
        kept, begun = Unlocked(bytes.fromhex(key), bytes.fromhex(database), float(until)), float(since)
    except ValueError:
        forget(journal)
        return None
    if begun <= now < kept.until and len(kept.key) == len(kept.database) == 32:
        return kept
    forget(journal)
    return None


def forget(journal: str) -> bool:
    """Drop the key at once; whether there was one."""
    folder, found = runtime_folder(), False
    if folder:
        with suppress(FileNotFoundError):
            (folder / f"{journal}.key").unlink()
            found = True
    elif ring := _keyring():
        with suppress(Exception):  # each system's keyring has errors of its own for "not there"
            ring.delete_password(_FOLDER, journal)
            found = True
    return found


def _content(journal: str) -> str | None:
    folder = runtime_folder()
    if folder:
        try:
            handle = os.open(folder / f"{journal}.key", os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return None
        with os.fdopen(handle, "rb") as file:
            private = os.fstat(file.fileno()).st_uid == os.getuid()
            return file.read(4096).decode("ascii", "replace") if private else None
    ring = _keyring()
    return ring.get_password(_FOLDER, journal) if ring else None


def _keyring() -> Any | None:
    """The system's keyring, if the extra is installed and there is a real one behind it."""
    from importlib.util import find_spec

    if find_spec("keyring") is None:
        return None
    import keyring
    from keyring.backends import fail

    return None if isinstance(keyring.get_keyring(), fail.Keyring) else keyring
