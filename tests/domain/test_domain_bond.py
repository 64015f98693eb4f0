"""The frozen values every room speaks in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.domain.bond import LONGEST_NAME, NO_CONTACT, Bond, Contact, Role, They, clean_name
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.domain.line import EntryKind, kind_of
from mother_bond.domain.measure import Act, Practice
from mother_bond.domain.prompt import CAUSES, GUARD, LOOP, SLUGS
from mother_bond.errors import ExitCode, UsageError

BOND = Bond("1", Role.CHILD, "Mum", "Mum")
AT = "2026-11-20T21:14:00+00:00"


def refused(text: str) -> str:
    with pytest.raises(UsageError) as caught:
        clean_name(text, "The name")
    assert (caught.value.code, caught.value.hint) == (ExitCode.USAGE, m.NAME_HINT)
    return caught.value.message


@pytest.mark.parametrize("name", ["M", "O'Neill", "100% Ana", 'the "boss"', "Zoë", "李", "{they}", "[red]", "a" * 80])
def test_a_name_is_kept_to_the_letter(name: str) -> None:
    assert clean_name(f"  {name}\n", "The name") == name


def test_a_name_is_composed_so_that_it_is_found_again() -> None:
    assert clean_name("Zoe\u0308", "The name") == "Zoë"


@pytest.mark.parametrize("name", ["", "  ", "\n\t"])
def test_an_empty_name_is_refused(name: str) -> None:
    assert refused(name) == m.NAME_EMPTY.format(what="The name")


def test_a_name_has_at_most_eighty_characters() -> None:
    assert refused("a" * (LONGEST_NAME + 1)) == m.NAME_LONG.format(what="The name", most=80)


@pytest.mark.parametrize("held", ["\x00", "\x1b", "\n", "\t", "\x9b", "\u2028", "\u2029", "\ud800"])
def test_a_name_with_a_control_character_is_refused(held: str) -> None:
    assert refused(f"An{held}a") == m.NAME_CONTROL.format(what="The name")


@given(st.text(st.integers(0, 0x10FFFF).map(chr), max_size=90))
def test_a_name_that_is_taken_is_one_line_and_taken_again_as_it_is(text: str) -> None:
    try:
        name = clean_name(text, "The name")
    except UsageError:
        return
    assert clean_name(name, "The name") == name
    assert name.splitlines() == [name]
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in name)


def test_a_bond_begins_with_nothing_assumed() -> None:
    assert (BOND.they, BOND.contact, BOND.put_away) == (They.THEY, Contact.UNSAID, False)


def test_no_contact_is_where_it_ended_or_was_ended() -> None:
    assert {"none-my-choice", "none-their-choice", "died"} == NO_CONTACT


def test_there_are_eleven_causes_a_loop_and_a_guard() -> None:
    assert len(CAUSES) == 11
    assert (*CAUSES, LOOP, GUARD) == SLUGS
    assert len(set(SLUGS)) == 13


@pytest.mark.parametrize("needs_contact", [True, False])
@pytest.mark.parametrize("not_when_died", [True, False])
@pytest.mark.parametrize("contact", Contact)
def test_a_practice_fits_where_what_it_needs_is_there(
    needs_contact: bool, not_when_died: bool, contact: Contact
) -> None:
    act = Act("What.", "It may.", "When a, I will b.", "When a, I will c.", "Not now.")
    practice = Practice("p", "P", (), (), needs_contact, not_when_died, dict.fromkeys(Role, act))
    hindered = (needs_contact and contact in NO_CONTACT) or (not_when_died and contact is Contact.DIED)
    assert practice.fits(BOND._replace(contact=contact)) is not hindered


ASKED = Answer("a", 1, "Words.", AT, "emotional-debt.child.notice.01", "What?")
FREE = Answer("b", 1, "Words.", AT)
STEP = Step("When …, I will …", StepState.RESTING, AT, AT)


@pytest.mark.parametrize(
    ("session", "kind"),
    [
        (Session("s", "r", BOND, AT, "2026-11-20", way_in={"individuation": 2}), EntryKind.WAY_IN),
        (Session("s", "r", BOND, AT, "2026-11-20", answers=(FREE, ASKED), step=STEP), EntryKind.REFLECTION),
        (Session("s", "r", BOND, AT, "2026-11-20", cause="individuation"), EntryKind.REFLECTION),
        (Session("s", "r", BOND, AT, "2026-11-20", cause="individuation", answers=(FREE,)), EntryKind.NOTE),
        (Session("s", "r", BOND, AT, "2026-11-20", answers=(FREE,), checkin={"mood": 4}), EntryKind.NOTE),
        (Session("s", "r", BOND, AT, "2026-11-20", step=STEP), EntryKind.STEP),
        (Session("s", "r", BOND, AT, "2026-11-20", checkin={"mood": 4}), EntryKind.CHECK_IN),
        (Session("s", "r", BOND, AT, "2026-11-20", checkin={"mood": 4}, step=STEP), EntryKind.CHECK_IN),
    ],
)
def test_an_entry_is_called_after_what_it_holds_most_of(session: Session, kind: EntryKind) -> None:
    assert session.kind is kind


@given(
    st.fixed_dictionaries({k: st.booleans() for k in ("prompted", "cause", "written", "checked", "stepped", "way_in")})
)
def test_every_entry_has_a_kind_with_a_word(held: dict[str, bool]) -> None:
    assert kind_of(**held).value in m.KINDS
