"""Back the journal up, by hand and by itself; bring a backup back; leave only what is new."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock, config, paths
from mother_bond import messages as m
from mother_bond.actions.change import Changed, changed, overdue
from mother_bond.actions.data import Keeper
from mother_bond.actions.look import show
from mother_bond.errors import DamagedError, LockedError, MotherBondError, NotFoundError
from mother_bond.storage import backups, change, keys, swap
from mother_bond.storage.backups import Backup, Span, Why
from mother_bond.storage.sealed import add_missing
from mother_bond.storage.store import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.storage.change import Target
    from mother_bond.storage.keyfile import KeyFile


class Backups(NamedTuple):
    """Every backup there is, the newest first."""

    items: tuple[Backup, ...]


class Renewed(NamedTuple):
    """A new backup, and the names of the older ones that it took the place of."""

    new: Backup
    gone: tuple[str, ...]


class StillHeld(NamedTuple):
    """Where purged words still are, or may be: backups, and journals that were set aside."""

    backups: tuple[Path, ...]
    aside: tuple[Path, ...]


class Restored(NamedTuple):
    """What was brought back: which backup, what it holds, and where the journal of before is now."""

    name: str
    held: Span
    kept_as: str | None
    aside: str | None


class Fetched(NamedTuple):
    """A backup that was copied beside the journal and checked there, its key, and whether no byte of it changed."""

    backup: Backup
    fresh: Path
    key: bytes | None
    held: Span
    intact: bool


def listed() -> Backups:
    """Every backup."""
    return Backups(tuple(backups.listed(paths.backups())))


def make(store: Store, why: Why = Why.ASKED) -> Backup:
    """Back the journal up now."""
    return backups.make(store.connection, store.path, store.key, why)


def before(store: Store, why: Why) -> None:
    """Back the journal up before something happens to it, unless there is nothing in it yet."""
    if backups.span(store.connection).entries or change.in_trash(store):
        make(store, why)


def renew(store: Store) -> Renewed:
    """A new backup, and none of the older ones any more."""
    old = listed().items
    new = make(store, Why.RENEW)
    drop(list(old))
    return Renewed(new, tuple(backup.name for backup in old))


def plain_ones() -> list[Backup]:
    """The backups that can be read without a key."""
    return [backup for backup in listed().items if not backup.encrypted]


def drop(held: list[Backup]) -> int:
    """Take backups away, and say how many they were."""
    for backup in held:
        backups.remove(backup)
    return len(held)


def still_holding(store: Store, targets: list[Target]) -> StillHeld:
    """The files in which purged words still are, or may be."""
    held = tuple(backup.path for backup in listed().items if backups.holds(backup, store.key, targets))
    return StillHeld(held, tuple(backups.aside(store.path)))


def once_a_day(store: Store) -> int:
    """At the end of the first command of a day that wrote: purge what lay in the trash for its time, and back up.

    Purged first, so that the backup does not hold it. Whatever goes wrong waits for the next time, and is for
    `doctor` to tell. The result is how many things were purged.
    """
    today, gone = clock.now(), 0
    with suppress(Exception):  # the command itself is done
        targets = change.in_trash(store) and overdue(store, config.load(paths.config()).trash_days, today.date())
        if targets:
            change.purge(store, targets)
            gone = len(targets)
    with suppress(Exception):  # the command itself is done
        before(store, Why.DAY)
        backups.thin(backups.folder(store.path), today)
    return gone


# --- bringing one back -------------------------------------------------------------------


def find(named: str | None) -> Backup:
    """A backup by its name or its path; the newest that is as it was when it was checked where none is named.

    Raises `NotFoundError`.
    """
    if named is None:
        for backup in listed().items:
            if backups.intact(backup):
                return backup
        raise NotFoundError(m.BACKUP_NONE_YET, m.BACKUP_NONE_YET_HINT)
    folder = paths.backups()
    known = [path for path in (folder / named, folder / f"{named}.db") if path.is_file()]
    return backups.described(known[0] if known else Path(named))


def held(store: Store) -> Span | None:
    """What the journal holds; None where it is too damaged to be read."""
    try:
        return backups.span(store.connection)
    except DamagedError:
        return None


def fits(backup: Backup, key: bytes) -> bool:
    """Whether that key opens a backup."""
    return backups.opens(backup.path, key)


def unlocked(backup: Backup, files: list[KeyFile], typed: str) -> tuple[bytes, KeyFile]:
    """The key of an encrypted backup, by its passphrase or its recovery code, and the key file that holds it.

    Raises `LockedError` where neither opens it.
    """
    from mother_bond.storage import keyfile

    wrong = LockedError(m.PASSPHRASE_WRONG, m.PASSPHRASE_WRONG_HINT)
    for file in files:
        for way in (keyfile.by_passphrase, keyfile.by_code):
            with suppress(LockedError):
                key = keyfile.derived(way(file, typed), "db")
                if backups.opens(backup.path, key):
                    return key, file
    raise wrong


def key_files(backup: Backup) -> list[KeyFile]:
    """The key files that may open an encrypted backup. Raises `KeyFileError` where there is none."""
    found = []
    for place in (backups.keys_of(backup.path), backup.path.with_name("keys.json")):
        with suppress(MotherBondError):
            found.append(keys.read(place))
    return found or [keys.read(backups.keys_of(backup.path))]


@contextmanager
def fetched(backup: Backup, key: bytes | None, journal: Path) -> Iterator[Fetched]:
    """A backup copied beside the journal and checked there; gone again unless it was put in place."""
    paths.make_private_folder(journal.parent)
    with backups.fresh_file(journal.resolve().parent, "journal.db") as fresh:
        yield Fetched(backup, fresh, key, backups.fetch(backup.path, key, fresh), backups.intact(backup))


def put_back(found: Fetched, journal: Path, store: Store | None, file: KeyFile | None) -> Restored:
    """Put a fetched backup in the journal's place; `file` is its key file, where that is not the journal's already.

    The journal of before is backed up first; one that cannot be opened, or not be copied, is set aside.
    Raises `BusyError` while another window has the journal open.
    """
    kept = aside = None
    if store:
        store.close()
        with suppress(DamagedError), swap.alone(journal, store.key) as connection:
            kept = backups.make(connection, journal, store.key, Why.RESTORE).name
            _put_in_place(found, journal, file)
    if kept is None:
        aside = backups.set_aside(journal, clock.now())
        _put_in_place(found, journal, file)
    if file:
        keys.promote(journal)
    elif found.key is None:
        keys.remove(journal)
    with closing(open_store(journal, found.key)) as opened:
        return Restored(found.backup.name, backups.span(opened.connection), kept, aside.name if aside else None)


def bring_back(store: Store, backup: Backup, key: bytes | None, typed: str) -> Changed:
    """Take one entry, or one answer ("k7fm.2"), out of a backup and back into the journal; all else stays as it is.

    Raises `NotFoundError` where the backup has none of that name.
    """
    with fetched(backup, key, store.path) as copy, closing(open_store(copy.fresh, key)) as other:
        found = show(other, typed, with_trashed=True)
    session = found.session._replace(ref="", trashed_at=None, unfinished=False)
    if found.answer:
        session = session._replace(answers=(found.answer,), checkin={}, way_in={}, step=None)
    with store.writing():
        keeper = Keeper(store)
        done = keeper.keep(session) is None or add_missing(store, session)
    return changed(m.DONE_BROUGHT_BACK if done else m.DONE_THERE_ALREADY, typed)


def _put_in_place(found: Fetched, journal: Path, file: KeyFile | None) -> None:
    if file:
        keys.write(keys.coming(journal), file)
    swap.put_in_place(journal, found.fresh)
