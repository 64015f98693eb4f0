"""Backups: copies of the journal that were checked, each as private as the journal itself.

A backup is up to three files of one name, in the folder `backups` beside the journal: the copy; the key file, where
it is encrypted; and a note that says why it was made and what its bytes add up to. The note is written last, after
the copy was opened again and held against the journal: without it, a copy counts as nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mother_bond import clock, paths
from mother_bond import messages as m
from mother_bond.errors import BusyError, CannotWriteError, DamagedError, NewerError, NotFoundError
from mother_bond.storage import keys, swap
from mother_bond.storage.driver import Error, connect, speaking_plainly
from mother_bond.storage.migrations import APPLICATION_ID, VERSION
from mother_bond.storage.store import LEAST_FREE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.storage.change import Target

NAME: Final = re.compile(r"journal-(\d{8}-\d{6})(-\d+)?\.db")
PAGES: Final = 1024
DEADLINE: Final = 60.0
"""Seconds after which a copy is given up: SQLite itself would go on asking for ever."""

DAYS, WEEKS, MONTHS = 7, 5, 12
STAYS: Final = timedelta(days=30)
"""How long one that was made before a change stays, whatever else there is."""
_PLAIN: Final = b"SQLite format 3\0"


class Why(StrEnum):
    """What a backup was made for; each but the first is made before something happens, or was asked for."""

    DAY = "day"
    ASKED = "asked"
    FORM = "form"
    IMPORT = "import"
    PURGE = "purge"
    KEY = "key"
    RESTORE = "restore"
    RENEW = "renew"


class Backup(NamedTuple):
    """A backup as it lies there; what only its note can say is None without one."""

    name: str
    file: str
    at: str
    size: int
    encrypted: bool
    verified: bool
    why: str | None
    entries: int | None

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.file)


class Span(NamedTuple):
    """How many entries a journal holds, and from which day to which."""

    entries: int
    first: str | None
    last: str | None


def folder(journal: Path) -> Path:
    """The folder of the backups of the journal at that path."""
    return journal.parent / paths.backups().name


def keys_of(backup: Path) -> Path:
    """The key file of an encrypted backup."""
    return backup.with_suffix(".keys.json")


def note_of(backup: Path) -> Path:
    """The note that says that a backup was checked."""
    return backup.with_suffix(".json")


def make(connection: Any, path: Path, key: bytes | None, why: str) -> Backup:
    """Back up the journal at `path`, as the connection to it sees it now.

    Raises `CannotWriteError` where there is no room or no permission, `DamagedError` where the copy does not hold
    what the journal does, `BusyError` where it takes too long. Nothing is left behind then.
    """
    place = folder(path)
    file = keys.load(path) if key else None
    try:
        paths.make_private_folder(place)
        with fresh_file(place, "journal.db") as fresh:
            held = copy(connection, fresh, key)
            note = {"why": str(why), "entries": held.entries, "size": fresh.stat().st_size, "sha256": _sum(fresh)}
            backup = _name(fresh, place, clock.now())
        if file:
            keys.write(keys_of(backup), file)
        _write_note(backup, note)
    except OSError:
        raise CannotWriteError(m.STORE_NO_FOLDER.format(folder=place), m.STORE_READ_ONLY_HINT) from None
    return described(backup)


@contextmanager
def fresh_file(place: Path, name: str) -> Iterator[Path]:
    """A new, empty file that only its owner can read, with a name that is nobody's; gone afterwards if it still is."""
    fresh = place / f".new-{os.urandom(4).hex()}-{name}"
    try:
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        fresh.chmod(0o600)  # whatever the umask
        yield fresh
    finally:
        for leftover in (fresh, *(Path(f"{fresh}{end}") for end in ("-journal", "-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def copy(connection: Any, fresh: Path, key: bytes | None) -> Span:
    """Copy a journal into the empty file `fresh`, open it there and hold it against the journal; what it holds.

    All is read in one transaction, so that what others write meanwhile is either in both or in neither.
    """
    if connection.in_transaction:  # SQLite would wait for it to end, and for ever
        raise BusyError(m.STORE_BUSY, m.STORE_BUSY_HINT)
    until = time.monotonic() + DEADLINE

    def check_time(*_: int) -> None:
        if time.monotonic() > until:
            raise BusyError(m.STORE_BUSY, m.STORE_BUSY_HINT)

    with speaking_plainly():
        connection.execute("BEGIN")
        try:
            expected, held = swap.counts(connection), span(connection)
            # SQLCipher gives a page's size as text
            pages, size = (
                int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
            )
            if shutil.disk_usage(fresh.parent).free < pages * size + LEAST_FREE:
                raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)
            with closing(connect(str(fresh), key)) as target:
                _copy_pages(connection, target, check_time)
                target.execute(
                    "PRAGMA journal_mode = DELETE"
                )  # one file, that can be read where nothing can be written
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    swap.check(fresh, key, expected)
    _sync(fresh)
    return held


def _copy_pages(connection: Any, target: Any, check_time: Any) -> None:
    try:
        connection.backup(target, pages=PAGES, progress=check_time, sleep=0.05)
    except Error as error:  # the driver's backup tells no code
        if "malformed" in str(error) or "not a database" in str(error):
            raise DamagedError(m.STORE_DAMAGED, m.STORE_DAMAGED_HINT) from None
        raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT) from None


def span(connection: Any) -> Span:
    """What there is in a journal, beside the trash."""
    with speaking_plainly():
        sql = "SELECT count(*), min(day), max(day) FROM session WHERE trashed_at IS NULL"
        return Span(*connection.execute(sql).fetchone())


def _name(fresh: Path, place: Path, now: datetime) -> Path:
    """Give a finished copy the name of this moment, or the next free one after it."""
    for number in range(1, 1000):
        path = place / f"journal-{now:%Y%m%d-%H%M%S}{f'-{number}' * (number > 1)}.db"
        with suppress(FileExistsError):
            paths.name_new_file(fresh, path)
            paths.sync_folder(place)
            return path
    raise FileExistsError


def _write_note(backup: Path, note: dict[str, object]) -> None:
    import json

    paths.write_private(note_of(backup), (json.dumps(note) + "\n").encode())


def _note(backup: Path) -> dict[str, Any]:
    import json

    try:
        found = json.loads(note_of(backup).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _sum(file: Path) -> str:
    import hashlib

    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


# --- what there is -----------------------------------------------------------------------


def described(path: Path) -> Backup:
    """The backup in that file, wherever it lies. Raises `NotFoundError` where there is none."""
    try:
        found = path.stat()
        with path.open("rb") as file:
            begins = file.read(len(_PLAIN))
    except OSError:
        raise NotFoundError(m.BACKUP_NONE, m.BACKUP_NONE_HINT) from None
    note, named = _note(path), NAME.fullmatch(path.name)
    at = _moment(named[1]) if named else None
    why, entries = note.get("why"), note.get("entries")
    return Backup(
        path.name,
        str(path),
        (at or datetime.fromtimestamp(int(found.st_mtime))).isoformat(),
        found.st_size,
        encrypted=begins != _PLAIN,
        verified=note.get("size") == found.st_size,
        why=why if isinstance(why, str) else None,
        entries=entries if isinstance(entries, int) else None,
    )


def _moment(figures: str) -> datetime | None:
    try:
        return datetime.fromisoformat(figures.replace("-", "T"))
    except ValueError:
        return None


def listed(place: Path) -> list[Backup]:
    """Every backup in a folder, the newest first."""
    found = []
    for path in place.glob("journal-*.db"):
        if NAME.fullmatch(path.name):
            with suppress(NotFoundError):
                found.append(described(path))
    return sorted(found, key=lambda backup: (backup.at, len(backup.name), backup.name), reverse=True)


def made_on(place: Path, day: date) -> bool:
    """Whether there is a checked backup of that day."""
    return any(note_of(path).exists() for path in place.glob(f"journal-{day:%Y%m%d}-*.db"))


def intact(backup: Backup) -> bool:
    """Whether a backup that was checked still is, to the last byte, what was checked."""
    try:
        return backup.verified and _note(backup.path).get("sha256") == _sum(backup.path)
    except OSError:
        return False


def holds(backup: Backup, key: bytes | None, targets: list[Target]) -> bool:
    """Whether what was purged is still in a backup; also where that cannot be told."""
    try:
        with closing(reading(backup.path, key if backup.encrypted else None)) as connection:
            for target in targets:
                table, row_id = ("answer", target.answer_id) if target.answer_id else ("session", target.session_id)
                if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone():
                    return True
    except Error:
        return True
    return False


# --- fewer, and back ---------------------------------------------------------------------


def thin(place: Path, now: datetime) -> list[Backup]:
    """Take away what is no longer needed; the result is what went.

    The newest of each of the last seven days, five weeks and twelve months that have one stay; so does whatever was
    made before a change in the last thirty days, and whatever was never checked.
    """
    found = [backup for backup in listed(place) if backup.verified]
    kept = {backup for backup in found if backup.why != Why.DAY and now.replace(tzinfo=None) - _when(backup) < STAYS}
    for spelled, most in (("%Y%m%d", DAYS), ("%G%V", WEEKS), ("%Y%m", MONTHS)):
        newest: dict[str, Backup] = {}
        for backup in found:
            newest.setdefault(_when(backup).strftime(spelled), backup)
        kept |= set(list(newest.values())[:most])
    gone = [backup for backup in found if backup not in kept]
    for backup in gone:
        remove(backup)
    return gone


def _when(backup: Backup) -> datetime:
    return datetime.fromisoformat(backup.at)


def remove(backup: Backup) -> None:
    """Take a backup away: first the note, so that no half of it counts. Raises `CannotWriteError`."""
    try:
        for file in (note_of(backup.path), backup.path, keys_of(backup.path)):
            file.unlink(missing_ok=True)
    except OSError:
        raise CannotWriteError(m.FILE_UNWRITABLE.format(file=backup.file), m.FILE_UNWRITABLE_HINT) from None


def reading(path: Path, key: bytes | None) -> Any:
    """A connection that only reads, and leaves no file beside what it reads."""
    log = Path(f"{path}-wal")
    alone = "?immutable=1" if not (log.exists() and log.stat().st_size) else "?mode=ro"
    return connect(path.resolve().as_uri() + alone, key, uri=True)


def opens(path: Path, key: bytes | None) -> bool:
    """Whether that key (or none) opens the file."""
    try:
        with closing(reading(path, key)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except Error:
        return False
    return True


def fetch(backup: Path, key: bytes | None, fresh: Path) -> Span:
    """Copy a backup into the empty file `fresh` and check it there.

    Raises `DamagedError` for one that is damaged or no journal, `NewerError` for one of a newer program.
    """
    with speaking_plainly(), closing(reading(backup, key)) as connection:
        version, stamp = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")
        )
        if stamp != APPLICATION_ID:
            raise DamagedError(m.BACKUP_NOT_ONE, m.BACKUP_DAMAGED_HINT)
        if version > VERSION:
            raise NewerError(m.STORE_NEWER.format(theirs=version, ours=VERSION), m.STORE_NEWER_HINT)
        return copy(connection, fresh, key)


def set_aside(journal: Path, now: datetime) -> Path | None:
    """Give a journal that cannot be opened another name, with its log and its key file; never delete it."""
    path = journal.resolve()
    aside = path.with_name(f"journal-damaged-{now:%Y%m%d-%H%M%S}.db")
    there = [end for end in ("", "-wal", "-shm") if Path(f"{path}{end}").exists()]
    try:
        for place in (paths.second_keys(), keys.beside(path)):
            if there and place.exists():
                paths.write_private(keys_of(aside), place.read_bytes())
        for end in there:
            Path(f"{path}{end}").rename(f"{aside}{end}")
    except OSError:
        raise CannotWriteError(m.STORE_NO_FOLDER.format(folder=path.parent), m.STORE_READ_ONLY_HINT) from None
    return aside if there else None


def aside(journal: Path) -> list[Path]:
    """What was set aside, and may still hold words."""
    return sorted(journal.resolve().parent.glob("journal-damaged-*.db"))
