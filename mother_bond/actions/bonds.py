"""Which bond is meant, and what is changed about one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.domain.bond import clean_name
from mother_bond.errors import ExistsError, NotFoundError, UsageError
from mother_bond.storage import bonds

if TYPE_CHECKING:
    from mother_bond.domain.bond import Bond, Contact, They
    from mother_bond.storage.store import Store


class BondLine(NamedTuple):
    """A bond in the list of bonds."""

    bond: Bond
    current: bool
    sessions: int


def listed(store: Store) -> tuple[BondLine, ...]:
    """Every bond, with how many sessions it has."""
    current = bonds.setting(store, "bond")
    counts = bonds.session_counts(store)
    return tuple(BondLine(bond, bond.id == current, counts.get(bond.id, 0)) for bond in bonds.all_bonds(store))


def find(store: Store, named: str | None) -> Bond:
    """The bond with that name (or the one that is written about when None).

    A name is matched to the letter first and then whatever its capitals; the role may stand before
    it ("child:Ruth"), and what the writer calls the other will do as well.
    Raises `NotFoundError` for none, `UsageError` where two bonds share the name.
    """
    known = bonds.all_bonds(store)
    if named is None:
        current = bonds.setting(store, "bond")
        usable = [b for b in known if b.id == current] or [b for b in known if not b.put_away]
        if not usable:
            raise NotFoundError(m.BOND_NO_ONE, m.BOND_NO_ONE_HINT)
        return usable[0]
    typed = _plain(named)
    role, rest = (_plain(part) for part in typed.partition(":")[::2])
    for found in (
        [b for b in known if _plain(b.name) == typed],
        [b for b in known if (b.role, _plain(b.name)) == (role, rest)],
        [b for b in known if _plain(b.name).casefold() == typed.casefold()],
        [b for b in known if (b.role, _plain(b.name).casefold()) == (role, rest.casefold())],
        [b for b in known if _plain(b.call).casefold() == typed.casefold()],
    ):
        if len(found) > 1:
            raise UsageError(m.BOND_SEVERAL, m.BOND_SEVERAL_HINT)
        if found:
            return found[0]
    raise NotFoundError(m.BOND_NONE, m.BOND_NONE_HINT)


def _plain(name: str) -> str:
    """A name as it is compared: however its accents were typed, without white space around it."""
    return unicodedata.normalize("NFC", name).strip()


def choose(store: Store, named: str) -> Bond:
    """Make a bond the one that is written about, and take it out if it was put away."""
    bond = find(store, named)._replace(put_away=False)
    with store.writing():
        bonds.put(store, bond)
        bonds.set_setting(store, "bond", bond.id)
    return bond


def put_away(store: Store, named: str) -> Bond:
    """Offer a bond no longer for new entries; everything written stays."""
    bond = find(store, named)._replace(put_away=True)
    with store.writing():
        bonds.put(store, bond)
        if bonds.setting(store, "bond") == bond.id:
            rest = [b for b in bonds.all_bonds(store) if not b.put_away]
            bonds.set_setting(store, "bond", rest[0].id if rest else "")
    return bond


def change(
    store: Store, named: str, *, name: str | None, call: str | None, they: They | None, contact: Contact | None
) -> Bond:
    """Change what is known of a bond. Entries keep the questions as they were asked.

    Raises `ExistsError` when another bond of that role has the new name.
    """
    old = find(store, named)
    bond = old._replace(
        name=clean_name(name, m.NAME_WHAT) if name is not None else old.name,
        call=clean_name(call, m.CALL_WHAT) if call is not None else old.call,
        they=they or old.they,
        contact=contact or old.contact,
    )
    with store.writing():
        if any((b.role, b.name) == (bond.role, bond.name) for b in bonds.all_bonds(store) if b.id != bond.id):
            raise ExistsError(m.BOND_EXISTS, m.BOND_EXISTS_HINT)
        bonds.put(store, bond)
    return bond
