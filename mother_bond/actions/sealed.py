"""Write without opening the journal, and take in what was written so."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.actions.begin import Details, begin
from mother_bond.actions.data import Keeper
from mother_bond.domain.bond import Role
from mother_bond.errors import BusyError, CannotWriteError, DamagedError, LockedError
from mother_bond.exchange import jsonl
from mother_bond.storage import bonds, sealed

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Session
    from mother_bond.storage.store import Store


class FoldedIn(NamedTuple):
    """How many sessions joined the journal, and what could not be opened and stays where it is."""

    sessions: int
    problems: tuple[str, ...] = ()


def sheet(journal: Path, details: Details | None = None) -> Store:
    """A store that seals whatever is written to it, with one bond: the one that is told, or nobody yet."""
    sealed.public_key(journal)  # what is wrong with it is told before anything is asked
    place, known = sealed.new_place(journal), details is not None

    def after(lines: str) -> None:
        if lines:
            sealed.put(place, _public(journal), json.dumps({"bond": known, "lines": lines}))
        else:
            place.unlink(missing_ok=True)

    store = sealed.SealedStore(sealed.folder(journal), after)
    begin(store, details or Details(Role.CHILD, m.SEALED_NOBODY))
    return store


def fold_in(store: Store, key: bytes) -> FoldedIn:
    """Take everything that waits into the open journal; each file goes once what it held is safe."""
    added, problems = 0, []
    for place in sealed.waiting(store.path):
        try:
            held = _sessions(sealed.take(place, key))
        except DamagedError as error:
            if place.exists():  # another window may just have taken it in
                problems.append(error.message)
            continue
        try:
            added += _joined(store, held)
        except (BusyError, CannotWriteError) as error:  # it can wait, and the journal can be read
            problems.append(error.message)
            continue
        with suppress(OSError):
            place.unlink()
    with suppress(OSError):  # there may be more in it by now
        sealed.folder(store.path).rmdir()
    return FoldedIn(added, tuple(problems))


def _joined(store: Store, held: list[tuple[Session, bool]]) -> int:
    """Put sessions into the journal, all or none; how many were new, or had gone on since they were put there."""
    added = 0
    with store.writing():
        keeper = Keeper(store)
        for session, known in held:
            kept = keeper.keep(session._replace(bond=_meant(store, session.bond, known=known)))
            added += kept is None or (kept is False and sealed.add_missing(store, session))
    return added


def _public(journal: Path) -> bytes:
    """The key to seal to now. Raises `BusyError` while another window changes it: that can be waited for."""
    try:
        return sealed.public_key(journal)
    except LockedError:
        raise BusyError(m.STORE_BUSY, m.STORE_BUSY_HINT) from None


def _sessions(text: str) -> list[tuple[Session, bool]]:
    """The sessions in what was sealed, and whether the writer said whom they are about. Raises `DamagedError`."""
    try:
        held = json.loads(text)
        lines, known = held["lines"].removesuffix("\n").split("\n"), held["bond"] is True
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedError(m.SEALED_STRANGE, m.SEALED_CANNOT_HINT) from None
    read = [jsonl.from_line(line.encode()) for line in lines]
    if not all(session for session, _, _ in read):
        raise DamagedError(m.SEALED_STRANGE, m.SEALED_CANNOT_HINT)
    return [(session, known) for session, _, _ in read if session]


def _meant(store: Store, named: Bond, *, known: bool) -> Bond:
    """The bond of the journal that is meant: of that name, or else of that role, or the one that is written about."""
    held = bonds.all_bonds(store)
    if not held:
        return named
    usual = [bond for bond in held if bond.id == bonds.setting(store, "bond")] + held
    if known:
        same = [bond for bond in usual if (bond.role, bond.name) == (named.role, named.name)]
        usual = same + [bond for bond in usual if bond.role == named.role] + usual
    return usual[0]
