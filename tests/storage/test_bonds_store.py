"""Bonds and settings as they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.storage import bonds, change
from tests.made import NAMES, noted

if TYPE_CHECKING:
    from mother_bond.storage.store import Store

MUM = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, "Mum", "Mum", They.SHE, Contact.NONE_THEIR_CHOICE)


@given(
    st.builds(
        Bond, st.just(MUM.id), st.sampled_from(Role), NAMES, NAMES, st.sampled_from(They), st.sampled_from(Contact)
    ),
    st.booleans(),
)
def test_every_bond_is_kept_exactly_and_can_be_changed(store: Store, bond: Bond, put_away: bool) -> None:
    bonds.put(store, MUM)
    bonds.put(store, bond._replace(put_away=put_away))
    assert bonds.all_bonds(store) == [bond._replace(put_away=put_away)]


@pytest.mark.parametrize("name", ["O'Brien", '"Bee"', "50% Ann", "a; DROP TABLE bond", "Zoë", "[b]M[/b]"])
def test_names_with_quotes_or_percent_signs_break_nothing(store: Store, name: str) -> None:
    bonds.put(store, MUM._replace(name=name, call=name))
    bonds.set_setting(store, name, name)
    assert bonds.all_bonds(store)[0].name == name
    assert bonds.setting(store, name) == name


def test_bonds_stand_in_the_order_in_which_they_were_made(store: Store, bond: Bond) -> None:
    bonds.put(store, MUM)
    bonds.put(store, bond._replace(put_away=True))
    assert [(found.id, found.put_away) for found in bonds.all_bonds(store)] == [(MUM.id, False), (bond.id, True)]


def test_two_bonds_of_one_role_and_name_are_refused(store: Store, bond: Bond) -> None:
    with pytest.raises(Exception, match="UNIQUE"):
        bonds.put(store, bond._replace(id=MUM.id))
    bonds.put(store, bond._replace(id=MUM.id, role=Role.CHILD))
    assert len(bonds.all_bonds(store)) == 2


def test_sessions_are_counted_beside_those_in_the_trash(store: Store, bond: Bond) -> None:
    bonds.put(store, MUM)
    kept = [noted(store, bond, day) for day in ("2026-11-18", "2026-11-19", "2026-11-20")]
    change.trash(store, change.Target(kept[0].id), kept[0].at)
    assert bonds.session_counts(store) == {bond.id: 2}


def test_settings_are_kept_and_changed(store: Store) -> None:
    assert bonds.setting(store, "bond") is None
    bonds.set_setting(store, "bond", "one")
    bonds.set_setting(store, "bond", "two")
    assert bonds.setting(store, "bond") == "two"
