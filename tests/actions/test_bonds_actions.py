"""Which bond is meant, and what is changed about one."""

import pytest

from mother_bond.actions import bonds as act
from mother_bond.actions.begin import Details, begin
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.errors import ExistsError, MotherBondError, NotFoundError, UsageError
from mother_bond.storage.bonds import all_bonds
from mother_bond.storage.store import Store
from tests.desks import TODAY, new_bond, sat_before, took_before


def change(store: Store, named: str, name: str | None = None, call: str | None = None) -> Bond:
    """Change name or call."""
    return act.change(store, named, name=name, call=call, they=None, contact=None)


# --- which one ---------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Daniel", "daniel", " DANIEL ", "mother:Daniel", "My Son", "my son"])
def test_a_bond_is_found_however_it_is_named(store: Store, bond: Bond, typed: str) -> None:
    assert act.find(store, typed) == bond


@pytest.mark.parametrize("typed", ["", "Dan", "child:Daniel", "mother:", "Daniel%", "D_niel", "%", "' OR 1=1 --"])
def test_what_names_no_bond_finds_none(store: Store, bond: Bond, typed: str) -> None:
    with pytest.raises(NotFoundError):
        act.find(store, typed)


def test_two_bonds_of_one_name_are_told_apart_by_the_role(store: Store) -> None:
    mother, child = begin(store, Details(Role.MOTHER, "Alex")), begin(store, Details(Role.CHILD, "Alex"))
    with pytest.raises(UsageError):
        act.find(store, "Alex")
    assert act.find(store, "mother:Alex") == mother
    assert act.find(store, "child:alex") == child


def test_two_names_that_differ_in_their_capitals_are_told_apart_by_them(store: Store) -> None:
    upper, lower = begin(store, Details(Role.MOTHER, "Alex")), begin(store, Details(Role.MOTHER, "alex"))
    assert act.find(store, "Alex") == upper
    assert act.find(store, "alex") == lower


def test_a_name_with_a_colon_in_it_is_a_name(store: Store) -> None:
    made = begin(store, Details(Role.CHILD, "Ma: Ruth"))
    assert act.find(store, "Ma: Ruth") == made
    assert act.find(store, "child:Ma: Ruth") == made


def test_a_name_is_found_whichever_way_its_accents_are_typed(store: Store) -> None:
    made = begin(store, Details(Role.MOTHER, "Zoe\u0308"))
    assert act.find(store, "Zo\u00eb") == act.find(store, "Zoe\u0308") == made


def test_without_a_name_the_one_that_is_written_about_is_meant(store: Store, bond: Bond) -> None:
    other = begin(store, Details(Role.CHILD, "Mum"))
    assert act.find(store, None) == other
    assert act.choose(store, "Daniel") == bond == act.find(store, None)


def test_a_journal_without_a_bond_says_so(store: Store) -> None:
    with pytest.raises(NotFoundError):
        act.find(store, None)


def test_every_bond_is_listed_with_its_entries(store: Store, bond: Bond) -> None:
    other = new_bond(store)
    took_before(store, bond, TODAY)
    took_before(store, bond, TODAY)
    lines = act.listed(store)
    assert [(line.bond, line.current, line.sessions) for line in lines] == [(bond, True, 2), (other, False, 0)]


# --- put away ----------------------------------------------------------------------------


def test_a_bond_that_is_put_away_keeps_its_entries_and_makes_way(store: Store, bond: Bond) -> None:
    other = new_bond(store)
    took_before(store, bond, TODAY)
    assert act.put_away(store, "Daniel").put_away
    assert act.find(store, None) == other
    assert act.listed(store)[0].sessions == 1


def test_with_every_bond_put_away_there_is_none_to_write_about(store: Store, bond: Bond) -> None:
    act.put_away(store, "Daniel")
    with pytest.raises(NotFoundError):
        act.find(store, None)
    assert act.choose(store, "Daniel") == bond == act.find(store, None)


# --- changed -----------------------------------------------------------------------------


def test_what_is_not_named_stays_as_it_is(store: Store, bond: Bond) -> None:
    changed = act.change(store, "Daniel", name=None, call=None, they=None, contact=Contact.DIED)
    assert changed == bond._replace(contact=Contact.DIED)
    assert all_bonds(store) == [changed]


def test_everything_may_change_but_the_role_and_the_entries(store: Store, bond: Bond) -> None:
    took_before(store, bond, TODAY)
    changed = act.change(store, "daniel", name="Dana", call="my child", they=They.THEY, contact=Contact.LITTLE)
    assert changed == Bond(bond.id, Role.MOTHER, "Dana", "my child", They.THEY, Contact.LITTLE)
    assert act.listed(store)[0].sessions == 1


def test_entries_keep_the_question_as_it_was_asked(store: Store, bond: Bond) -> None:
    from mother_bond.bundled import Library
    from tests.desks import the_session

    sat_before(store, Library(store.path.parent), bond, "individuation", TODAY)
    before = the_session(store).answers
    change(store, "Daniel", name="Somebody Else")
    assert the_session(store).answers == before
    assert the_session(store).bond.name == "Somebody Else"


def test_a_name_another_bond_of_that_role_has_is_refused(store: Store, bond: Bond) -> None:
    begin(store, Details(Role.MOTHER, "Ann"))
    with pytest.raises(ExistsError):
        change(store, "Ann", name="Daniel")
    begin(store, Details(Role.CHILD, "Mum"))
    assert change(store, "Mum", name="Daniel").name == "Daniel"


def test_a_bond_may_be_given_the_name_it_has(store: Store, bond: Bond) -> None:
    assert change(store, "Daniel", name="Daniel") == bond


@pytest.mark.parametrize("name", ["", " ", "a\x1b[31m", "a\nb", "\0", "x" * 81])
def test_what_is_no_name_changes_nothing(store: Store, bond: Bond, name: str) -> None:
    for call in (False, True):
        with pytest.raises(UsageError):
            change(store, "Daniel", **{"call" if call else "name": name})
    assert all_bonds(store) == [bond]


@pytest.mark.parametrize("name", ["O'Neill", 'A "B"', "50%", "[red]x[/red]", "{call}", "אמא", "a_b", ":warning:"])
def test_strange_names_are_changed_to_and_from(store: Store, bond: Bond, name: str) -> None:
    assert change(store, "Daniel", name=name, call=name).name == name
    assert act.choose(store, name).call == name
    assert act.put_away(store, name).name == name
    assert change(store, name, name="Daniel", call="my son")._replace(put_away=False) == bond


@pytest.mark.parametrize("do", [act.choose, act.put_away, change])
def test_a_bond_there_is_not_cannot_be_changed(store: Store, bond: Bond, do: object) -> None:
    assert callable(do)
    with pytest.raises(MotherBondError):
        do(store, "Nobody")
    assert all_bonds(store) == [bond]
