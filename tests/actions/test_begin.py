"""Setting up a bond, and the way-in page."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions.begin import Details, ask_details, begin, sentences, way_in, way_in_is_old
from mother_bond.actions.bonds import find
from mother_bond.actions.desk import Said
from mother_bond.bundled import Library
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.domain.prompt import CAUSES
from mother_bond.errors import ExistsError, UsageError
from mother_bond.storage import past
from mother_bond.storage.bonds import all_bonds
from mother_bond.storage.store import Store
from tests.desks import TODAY, Line, ScriptedDesk, all_sessions, at_nine, the_session

STRANGE_NAMES = (
    "O'Neill",
    'Ann "Nan"',
    "100%",
    "[bold]Ann[/]",
    "{name}",
    "שרה",
    "نور\u200c",
    "é",
    "👩‍👧",
    "; DROP TABLE bond",
)


# --- the questions -----------------------------------------------------------------------


def test_a_mother_is_asked_five_things(store: Store) -> None:
    desk = ScriptedDesk("mother", "Daniel", "my son", "he", "little")
    assert ask_details(desk, Details()) == Details(Role.MOTHER, "Daniel", "my son", They.HE, Contact.LITTLE)
    assert [asked.kind for asked in desk.asked] == ["pick", "line", "line", "pick", "pick"]


def test_a_child_who_passes_what_can_be_passed_has_a_mother_called_she(store: Store) -> None:
    desk = ScriptedDesk("child", "Mum", Said.SKIP, Said.SKIP, Said.SKIP)
    assert ask_details(desk, Details()) == Details(Role.CHILD, "Mum", "Mum", They.SHE, Contact.UNSAID)


def test_a_mother_who_passes_the_pronoun_is_given_they(store: Store) -> None:
    details = ask_details(ScriptedDesk("mother", "Sam", Said.SKIP, Said.SKIP, Said.SKIP), Details())
    assert details == Details(Role.MOTHER, "Sam", "Sam", They.THEY, Contact.UNSAID)


def test_what_is_known_is_not_asked(store: Store) -> None:
    desk = ScriptedDesk("Mum", "died")
    known = Details(Role.CHILD, call="Mam", they=They.SHE)
    assert ask_details(desk, known) == Details(Role.CHILD, "Mum", "Mam", They.SHE, Contact.DIED)
    assert [asked.kind for asked in desk.asked] == ["line", "pick"]
    assert desk.asked[0].question == m.ASK_NAME["child"]


@pytest.mark.parametrize(
    "script", [(Said.SKIP,), (Said.ENOUGH,), ("mother", Said.ENOUGH), ("mother", "D", Said.ENOUGH)]
)
def test_whoever_leaves_before_there_is_a_name_leaves_nothing(script: tuple[Line, ...]) -> None:
    assert ask_details(ScriptedDesk(*script), Details()) is None


def test_a_name_that_cannot_be_kept_is_asked_for_again_with_the_reason() -> None:
    desk = ScriptedDesk("mother", "", "a\x1b[2Jb", "x" * 81, "Ann", "my one", "she", "unsaid")
    details = ask_details(desk, Details())
    assert details is not None
    assert details.name == "Ann"
    reasons = (m.NAME_EMPTY, m.NAME_CONTROL, m.NAME_LONG)
    assert [told.partition(" " + m.NAME_HINT)[0] for told in desk.told] == [
        reason.format(what=m.NAME_WHAT, most=80) for reason in reasons
    ]


# --- the bond ----------------------------------------------------------------------------


def test_a_new_bond_is_kept_and_is_the_one_that_is_written_about(store: Store, bond: Bond) -> None:
    made = begin(store, Details(Role.CHILD, "Mum"))
    assert all_bonds(store) == [bond, made]
    assert find(store, None) == made
    assert (made.call, made.they, made.contact) == ("Mum", They.SHE, Contact.UNSAID)


def test_a_bond_is_not_made_twice(store: Store, bond: Bond) -> None:
    with pytest.raises(ExistsError):
        begin(store, Details(Role.MOTHER, " Daniel "))
    assert begin(store, Details(Role.CHILD, "Daniel")).role is Role.CHILD
    assert len(all_bonds(store)) == 2


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_strange_names_are_kept_to_the_letter(store: Store, name: str) -> None:
    made = begin(store, Details(Role.MOTHER, name, name))
    assert (made.name, made.call) == (name, name)
    assert all_bonds(store) == [made]
    assert find(store, name) == made


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "a\x1b[31mb", "a\u2028b", "\ud800", "x" * 81])
def test_what_is_no_name_is_refused_and_nothing_is_kept(store: Store, name: str) -> None:
    with pytest.raises(UsageError):
        begin(store, Details(Role.MOTHER, name))
    assert all_bonds(store) == []


@given(st.text(max_size=90) | st.text("Aaé\u0301: '%-", max_size=8))
def test_any_name_is_refused_or_found_again_as_it_was_typed(store: Store, name: str) -> None:
    store.connection.execute("DELETE FROM bond")
    try:
        made = begin(store, Details(Role.MOTHER, name))
    except UsageError:
        return
    assert find(store, name) == made
    assert find(store, f"mother:{name}") == made


# --- the way-in page ---------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_the_page_has_a_sentence_for_each_of_the_eleven_causes(library: Library, role: Role) -> None:
    assert [cause for cause, _ in sentences(library, role)] == list(CAUSES)
    assert len({sentence for _, sentence in sentences(library, role)}) == 11


def test_the_page_is_kept_as_it_was_marked(store: Store, library: Library, bond: Bond) -> None:
    marks = "123-1231231"
    desk = ScriptedDesk(*[Said.SKIP if mark == "-" else mark for mark in marks])
    page = way_in(store, library, bond, desk, TODAY, lambda: at_nine(TODAY))
    expected = {cause: int(mark) for cause, mark in zip(CAUSES, marks, strict=True) if mark != "-"}
    assert page.now == expected == the_session(store).way_in
    assert (the_session(store).kind, page.earlier) == ("way-in", {})


def test_a_page_that_is_left_half_way_keeps_what_was_marked(store: Store, library: Library, bond: Bond) -> None:
    page = way_in(store, library, bond, ScriptedDesk("3", "1", Said.ENOUGH), TODAY)
    assert page.now == the_session(store).way_in == {CAUSES[0]: 3, CAUSES[1]: 1}


def test_a_page_whose_window_is_closed_keeps_what_was_marked(store: Store, library: Library, bond: Bond) -> None:
    with pytest.raises(KeyboardInterrupt):
        way_in(store, library, bond, ScriptedDesk("3", "1", KeyboardInterrupt()), TODAY)
    assert past.latest_way_in(store, bond.id)[1] == {CAUSES[0]: 3, CAUSES[1]: 1}


def test_an_empty_page_is_not_kept(store: Store, library: Library, bond: Bond) -> None:
    assert way_in(store, library, bond, ScriptedDesk(otherwise=Said.SKIP), TODAY).now == {}
    assert all_sessions(store) == []


def test_both_pages_stand_side_by_side(store: Store, library: Library, bond: Bond) -> None:
    way_in(store, library, bond, ScriptedDesk("3", "1"), TODAY, lambda: at_nine(TODAY))
    later = TODAY + timedelta(days=92)
    page = way_in(store, library, bond, ScriptedDesk("1", "2"), later, lambda: at_nine(later))
    assert (page.earlier_day, page.earlier) == ("2026-11-20", {CAUSES[0]: 3, CAUSES[1]: 1})
    assert page.now == {CAUSES[0]: 1, CAUSES[1]: 2}


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True), (400, True)])
def test_a_page_is_offered_again_after_three_months(
    store: Store, library: Library, bond: Bond, days: int, old: bool
) -> None:
    assert not way_in_is_old(store, bond, TODAY)
    way_in(store, library, bond, ScriptedDesk("3"), TODAY, lambda: at_nine(TODAY))
    assert way_in_is_old(store, bond, TODAY + timedelta(days=days)) is old
