"""Look over the journal and what lies around it, and mend what can be mended."""

from __future__ import annotations

import os
import shutil
import stat
import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock, paths
from mother_bond import messages as m
from mother_bond.errors import DamagedError, KeyFileError, LockedError, MotherBondError
from mother_bond.storage import backups, health, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mother_bond.storage.keyfile import KeyFile
    from mother_bond.storage.store import Store

    Cure = Callable[[], object]
    Findings = Iterator[tuple["Found", Cure | None]]

LEFT_OVER = 3600
"""Seconds after which a temporary file is nobody's any more."""

OLD = timedelta(days=7)
"""How much older than the newest entry a backup may be."""

ROOM = 16 * 1024 * 1024
MIB = 1024 * 1024
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.davfs2"} | {
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "ceph",
    "glusterfs",
    "fuse.glusterfs",
}
SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}


class State(StrEnum):
    """How something was found."""

    WELL = "well"
    MIND = "mind"
    MENDED = "mended"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


class Found(NamedTuple):
    """One thing that was looked at, in a sentence."""

    about: str
    state: State
    text: str
    mendable: bool = False


class Checkup(NamedTuple):
    """Everything that was looked at."""

    items: tuple[Found, ...]

    @property
    def damaged(self) -> bool:
        """Whether the journal is."""
        return any(found.state is State.DAMAGED for found in self.items)


class Place(NamedTuple):
    """A journal: open, or with the reason why it is not."""

    path: Path
    store: Store | None
    trouble: MotherBondError | None


def examine(place: Place, *, mend: bool = False) -> Checkup:
    """Look at everything; with `mend`, put right what can be."""
    checks = (_journal, _backup, _keys, _permissions, _leftovers, _room, _clock, _folder, _sqlite)
    items: list[Found] = []
    for check in checks:
        with suppress(DamagedError):  # which the first of them has told
            items += [_after(found, cure, mend=mend) for found, cure in check(place)]
    return Checkup(tuple(items))


def _after(found: Found, cure: Cure | None, *, mend: bool) -> Found:
    if cure is None or not mend:
        return found._replace(mendable=cure is not None)
    try:
        cure()
    except (MotherBondError, OSError):
        return found
    return found._replace(state=State.MENDED)


# --- the journal and its copies ----------------------------------------------------------


def _journal(place: Place) -> Findings:
    if place.store is None:
        if isinstance(place.trouble, DamagedError):
            yield Found("journal", State.DAMAGED, f"{place.trouble.message} {m.DOCTOR_RESTORE}"), None
        else:
            yield Found("journal", State.UNKNOWN, m.DOCTOR_LOCKED), None
        return
    found = health.faults(place.store)
    if found.journal:
        yield Found("journal", State.DAMAGED, f"{m.STORE_DAMAGED} {m.DOCTOR_RESTORE}"), None
    elif found.in_index:
        yield Found("index", State.MIND, m.DOCTOR_INDEX), partial(health.rebuild_index, place.store)
    else:
        entries = backups.span(place.store.connection).entries
        yield Found("journal", State.WELL, m.DOCTOR_SOUND.format(entries=m.count(entries, m.ENTRY_WORD))), None


def _backup(place: Place) -> Findings:
    newest = next((backup for backup in backups.listed(backups.folder(place.path)) if backup.verified), None)
    held = None
    with suppress(DamagedError):
        held = backups.span(place.store.connection) if place.store else None
    cure = partial(_back_up, place.store) if place.store else None
    if newest is None:
        empty = held is not None and not held.entries
        said = m.DOCTOR_BACKUP_EMPTY if empty else m.DOCTOR_BACKUP_NONE
        yield Found("backup", State.WELL if empty else State.MIND, said), None if empty else cure
        return
    when = datetime.fromisoformat(newest.at)
    said = m.DOCTOR_BACKUP.format(day=clock.long_day(when.date()), time=f"{when:%H:%M}")
    if not backups.intact(newest):
        yield Found("backup", State.MIND, m.DOCTOR_BACKUP_CHANGED.format(name=newest.name)), cure
    elif held and held.last and date.fromisoformat(held.last) - when.date() > OLD:
        yield Found("backup", State.MIND, f"{said} {m.DOCTOR_BACKUP_OLD}"), cure
    else:
        yield Found("backup", State.WELL, said), None


def _back_up(store: Store) -> None:
    backups.make(store.connection, store.path, store.key, backups.Why.ASKED)


def _keys(place: Place) -> Findings:
    """Whether the key file of an encrypted journal is in both its places."""
    if place.store and not place.store.key:
        return
    first, second = _read_keys(keys.beside(place.path)), _read_keys(paths.second_keys())
    if first and first == second:
        yield Found("keys", State.WELL, m.DOCTOR_KEYS), None
    elif first:
        said = m.DOCTOR_KEYS_SECOND.format(file=paths.second_keys())
        yield Found("keys", State.MIND, said), partial(keys.write, paths.second_keys(), first)
    elif second:
        said = m.DOCTOR_KEYS_FIRST.format(file=keys.beside(place.path))
        yield Found("keys", State.MIND, said), partial(keys.write, keys.beside(place.path), second)
    else:
        yield from _keys_of_backups(place.path)


def _keys_of_backups(journal: Path) -> Findings:
    """With no key file left in either place: the one that lies with the newest encrypted backup."""
    for backup in backups.listed(backups.folder(journal)):
        file = _read_keys(backups.keys_of(backup.path)) if backup.encrypted else None
        if file:
            said = m.DOCTOR_KEYS_LOST.format(name=backup.name)
            yield Found("keys", State.MIND, said), partial(keys.save, journal, file)
            return
    if keys.encrypted(journal):
        yield Found("keys", State.DAMAGED, m.DOCTOR_KEYS_NONE), None


def _read_keys(file: Path) -> KeyFile | None:
    try:
        return keys.read(file)
    except KeyFileError:
        return None


# --- files and folders -------------------------------------------------------------------


def _permissions(place: Place) -> Findings:
    if os.name != "posix":
        return
    there = list(_ours(place.path))
    open_ones = [path for path in there if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        named = ", ".join(path.name for path in open_ones)
        yield Found("permissions", State.MIND, m.DOCTOR_OPEN.format(files=named)), partial(_close, open_ones)
    else:
        yield Found("permissions", State.WELL, m.DOCTOR_PRIVATE), None


def _ours(journal: Path) -> Iterator[Path]:
    """The journal, its log and its keys, the backups, and the folders they are in."""
    real, kept = journal.resolve(), backups.folder(journal)
    files = {*real.parent.glob("journal*"), keys.beside(journal), keys.coming(journal), paths.second_keys()}
    files |= {real.parent, journal.parent, kept, *(kept.iterdir() if kept.is_dir() else ())}
    yield from sorted(path for path in files if path.exists())


def _close(files: list[Path]) -> None:
    for path in files:
        path.chmod(0o700 if path.is_dir() else 0o600)


def _leftovers(place: Place) -> Findings:
    folders = {place.path.parent, place.path.resolve().parent, backups.folder(place.path)}
    left = [path for folder in folders for path in folder.glob(".new-*") if _is_old(path)]
    if left:
        said = m.DOCTOR_LEFT.format(n=m.count(len(left), m.FILE_WORD))
        yield Found("leftovers", State.MIND, said), partial(_remove, left)
    for path in sorted(place.path.parent.glob("writing-*.txt")):
        if _is_old(path):
            yield Found("leftovers", State.MIND, m.DOCTOR_WRITING.format(file=path)), None


def _is_old(path: Path) -> bool:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > LEFT_OVER
    return False


def _remove(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)


def _room(place: Place) -> Findings:
    free, size = shutil.disk_usage(place.path.resolve().parent).free, place.path.stat().st_size
    scarce = free < 2 * size + ROOM
    said = (m.DOCTOR_SCARCE if scarce else m.DOCTOR_ROOM).format(free=free // MIB, size=max(1, size // MIB))
    yield Found("room", State.MIND if scarce else State.WELL, said), None


def _clock(place: Place) -> Findings:
    """Entries that were begun later than now: this machine's clock is behind, or was ahead."""
    if place.store is None:
        return
    now = clock.now()
    since = (now.date() - timedelta(days=2)).isoformat()
    ahead = [at for at in health.moments(place.store, since) if datetime.fromisoformat(at) > now + timedelta(minutes=5)]
    if ahead:
        said = m.DOCTOR_AHEAD.format(entries=m.count(len(ahead), m.ENTRY_WORD), today=clock.long_day(now.date()))
        yield Found("clock", State.MIND, said), None
    else:
        yield Found("clock", State.WELL, m.DOCTOR_CLOCK), None


def _folder(place: Place) -> Findings:
    real = place.path.resolve().parent
    kind, service = network(real, _mounts()), synced(real)
    if kind:
        yield Found("folder", State.MIND, m.DOCTOR_NETWORK.format(kind=kind)), None
    if service:
        yield Found("folder", State.MIND, m.DOCTOR_SYNCED.format(service=service)), None
    if not kind and not service:
        yield Found("folder", State.WELL, m.DOCTOR_LOCAL), None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def network(folder: Path, mounts: str) -> str | None:
    """The kind of network file system a folder is on, by the lines of /proc/mounts; None for any other."""
    if str(folder).startswith("\\\\"):
        return "UNC"
    found, kind = "", ""
    for line in mounts.splitlines():
        _, at, named, *_ = [*line.split(" "), "", "", ""]
        at = at.replace("\\040", " ")
        if (folder == Path(at) or folder.is_relative_to(at)) and len(at) >= len(found):
            found, kind = at, named
    return kind if kind in NETWORK else None


def synced(folder: Path) -> str | None:
    """The service that carries a folder to other machines, as far as its name or a mark in it tells."""
    if any((above / ".stfolder").exists() for above in (folder, *folder.parents)):
        return "Syncthing"
    for part in folder.parts:
        name = part.lower()
        for known, service in SYNCED.items():
            if name == known or name.startswith((f"{known} ", f"{known}-")):
                return service
    return None


def _sqlite(place: Place) -> Findings:  # noqa: ARG001 - as the others
    version = health.sqlite_version()
    has_bug = health.has_bug(version)
    said = (m.DOCTOR_SQLITE_BUG if has_bug else m.DOCTOR_SQLITE).format(version=version)
    yield Found("sqlite", State.MIND if has_bug else State.WELL, said), None


def place_of(path: Path, opened: Callable[[], Store]) -> Place:
    """The journal at `path`, as far as it opens.

    Raises `NotFoundError` where there is none, and whatever else is no matter of the journal itself.
    """
    try:
        return Place(path, opened(), None)
    except (DamagedError, LockedError, KeyFileError) as trouble:
        return Place(path, None, trouble)
