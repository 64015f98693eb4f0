"""How a command comes by the key of an encrypted journal: kept open for a while, or by the passphrase."""

from typing import TYPE_CHECKING, TypeVar

from mother_bond import messages as m

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from mother_bond.actions.begin import Details
    from mother_bond.storage.keys import Stamp
    from mother_bond.storage.store import Store
    from mother_bond.storage.unlocked import Unlocked

T = TypeVar("T")
TRIES = 3


def opened(path: "Path") -> "Store":
    """The open journal at `path`, after the passphrase where it is needed; what was sealed meanwhile has joined it."""
    from mother_bond.errors import DamagedError
    from mother_bond.storage import keys

    left, file = keys.left_over(path), keys.stamp(path)
    try:
        store, key = _opened(path)
    except DamagedError:
        if _same(file, keys.stamp(path)):
            raise
        return opened(path)  # while we waited, another window put another file in its place
    if left and _same(file, keys.stamp(path)):
        keys.clear(left)
    if key and _is_waiting(path):
        _fold_in(store, key)
    return store


def _opened(path: "Path") -> "tuple[Store, bytes | None]":
    """The open journal, and its key."""
    from mother_bond.errors import DamagedError
    from mother_bond.storage import keys
    from mother_bond.storage.store import open_store

    kept = _kept(path)
    if kept:
        try:
            return open_store(path, kept.database), kept.key
        except DamagedError:  # unless a change of keys was cut off, and the key that is kept is the old one
            if not keys.coming(path).exists():
                raise
    key = key_of(path)
    if key is None:
        return open_store(path), None
    from mother_bond.storage.keyfile import derived

    return open_store(path, derived(key, "db")), key


def _kept(path: "Path") -> "Unlocked | None":
    """The key of an encrypted journal that is open for a while."""
    from mother_bond.storage import keys

    name = keys.name(path) if keys.encrypted(path) else None
    if name is None:
        return None
    import time

    from mother_bond.storage import unlocked

    return unlocked.recall(name, time.time())


def _same(one: "Stamp | None", other: "Stamp | None") -> bool:
    """Whether it is the same file, written to or not."""
    return (one or ())[:2] == (other or ())[:2]


def _is_waiting(path: "Path") -> bool:
    """Whether anything that was sealed waits to join the journal."""
    try:
        return any(place.suffix == ".sealed" for place in path.resolve().with_name("sealed").iterdir())
    except OSError:
        return False


def key_of(path: "Path") -> bytes | None:
    """The key of the journal at `path`, asking for the passphrase; None for a plain one.

    Raises `LockedError` after three wrong passphrases, or with nobody to ask.
    """
    from mother_bond.storage import keys

    if not keys.encrypted(path):
        return None
    keys.load(path)  # what is wrong with it is told before anybody is asked
    from mother_bond.actions import locking
    from mother_bond.terminal.secret import ask

    locking.check_encrypted(path)
    return patiently(lambda: locking.by_passphrase(path, ask(m.ASK_PASSPHRASE)))[1]


def _fold_in(store: "Store", key: bytes) -> None:
    from mother_bond.actions.sealed import fold_in
    from mother_bond.terminal.output import talk

    done = fold_in(store, key)
    if done.sessions:
        talk(m.SEALED_IN.format(n=m.count(done.sessions, m.ENTRY_WORD)))
    for problem in done.problems:
        talk(problem)
        talk(m.SEALED_CANNOT_HINT)


def patiently(attempt: "Callable[[], T]") -> T:
    """Try three times, with a pause that grows: a slip is forgiven, guessing takes long."""
    import time

    from mother_bond.errors import LockedError
    from mother_bond.terminal.output import talk
    from mother_bond.terminal.secret import can_ask, unseen

    with unseen():
        for number in range(1, TRIES):
            try:
                return attempt()
            except LockedError as error:
                if not can_ask():
                    raise
                talk(error.message)
                time.sleep(2**number)
        return attempt()


def show_code(code: str) -> None:
    """Show a recovery code, and wait until it was written down."""
    from mother_bond.terminal.output import talk
    from mother_bond.terminal.secret import can_ask, wait_for_enter

    for line in ("", m.CODE_IS, "", f"    {code}", "", m.CODE_ABOUT, ""):
        talk(line)
    if can_ask():
        wait_for_enter(m.CODE_WRITTEN_DOWN)


def sealed_sheet(details: "Details | None" = None) -> "AbstractContextManager[Store]":
    """A store for writing without opening the journal. Raises `UsageError` where that is not encrypted."""
    from contextlib import closing

    from mother_bond import paths
    from mother_bond.actions import locking
    from mother_bond.actions.sealed import sheet

    locking.check_encrypted(paths.journal())
    return closing(sheet(paths.journal(), details))


def refuse_beside_sealed(options: "dict[str, object]") -> None:
    """Raise `UsageError` for an option that would need the journal to be open."""
    from mother_bond.errors import UsageError

    for name, value in options.items():
        if value:
            raise UsageError(m.SEALED_OPTION.format(option=name), m.SEALED_OPTION_HINT)
