"""What stands around the questions: measures, practices, closings."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.bundled import closings, measures, practices
from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role
from mother_bond.domain.measure import Part
from mother_bond.domain.prompt import GUARD, SLUGS
from mother_bond.library.rest import a_week_before, choose_closings, choose_practices, measures_to_ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.domain.measure import Closing

DAILY = ("nearness", "owed", "room", "mood")
NEEDS_CONTACT = {"contact", "after"}


def a_bond(contact: Contact = Contact.IN_TOUCH, role: Role = Role.MOTHER) -> Bond:
    return Bond("1", role, "Daniel", "my son", contact=contact)


def asked(marked: set[str] | None = None, contact: Contact = Contact.IN_TOUCH, *, first: bool = False) -> list[str]:
    return list(measures_to_ask(measures(), a_bond(contact), marked or set(), first=first))


def test_a_first_evening_asks_the_daily_four_alone() -> None:
    assert asked(first=True) == list(DAILY)


def test_two_weekly_ones_are_asked_at_once_in_their_order() -> None:
    assert asked() == [*DAILY, "wished", "warmth"]
    assert asked({"wished", "warmth"}) == [*DAILY, "strain", "kind"]


def test_a_measure_that_follows_another_is_asked_with_it() -> None:
    assert asked({"wished", "warmth", "strain", "kind"}) == [*DAILY, "contact", "after"]
    assert asked({"wished", "warmth", "strain", "kind", "contact"}) == list(DAILY)


@pytest.mark.parametrize("contact", sorted(NO_CONTACT))
def test_contact_is_not_asked_about_where_there_is_none(contact: Contact) -> None:
    everything = {measure.id for measure in measures()} - NEEDS_CONTACT
    assert not NEEDS_CONTACT & set(asked(everything, contact))


@pytest.mark.parametrize("contact", Contact)
def test_a_week_of_evenings_asks_each_weekly_measure_once(contact: Contact) -> None:
    marks: dict[str, date] = {}
    times: Counter[str] = Counter()
    for number in range(14):
        today = date(2026, 11, 20) + timedelta(days=number)
        recent = {name for name, day in marks.items() if day.isoformat() >= a_week_before(today)}
        tonight = asked(recent, contact)
        marks |= dict.fromkeys(tonight, today)
        times.update(tonight)
    out = {measure.id for measure in measures() if contact in measure.not_when}
    assert out >= (NEEDS_CONTACT if contact in NO_CONTACT else set())
    weekly = {measure.id for measure in measures() if measure.weekly} - out
    assert {name: times[name] for name in weekly} == dict.fromkeys(weekly, 2)
    assert {name: times[name] for name in DAILY} == dict.fromkeys(DAILY, 14)


def test_a_week_is_seven_days_with_today() -> None:
    assert a_week_before(date(2026, 11, 20)) == "2026-11-14"


def test_the_mood_at_the_end_is_not_part_of_the_check_in() -> None:
    everything = {measure.id for measure in measures() if measure.weekly}
    assert "mood-after" not in asked(everything)


@pytest.mark.parametrize("contact", Contact)
@pytest.mark.parametrize("cause", SLUGS)
def test_every_theme_has_practices_for_every_contact(cause: str, contact: Contact) -> None:
    chosen = choose_practices(practices(), cause, a_bond(contact), {})
    assert chosen
    assert all(cause in practice.causes or not practice.causes for practice in chosen)
    assert contact not in NO_CONTACT or not any(practice.needs_contact for practice in chosen)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
def test_the_guard_never_offers_a_step_that_needs_contact(role: Role, contact: Contact) -> None:
    chosen = choose_practices(practices(), GUARD, a_bond(contact, role), {})
    assert {practice.id for practice in chosen} >= {"outside-help", "self-kindness"}
    assert not any(practice.needs_contact for practice in chosen)


def test_a_practice_of_the_theme_comes_before_one_that_fits_all() -> None:
    kinds = [bool(practice.causes) for practice in choose_practices(practices(), "emotional-debt", a_bond(), {})]
    assert kinds == sorted(kinds, reverse=True)
    assert {True, False} == set(kinds)


def test_what_was_taken_on_least_comes_first() -> None:
    first, second, *_ = choose_practices(practices(), "emotional-debt", a_bond(), {})
    again = choose_practices(practices(), "emotional-debt", a_bond(), {first.id: 2, second.id: 1})
    assert [practice.id for practice in again[-2:]] == [second.id, first.id]


def test_one_closing_for_each_part_in_the_order_of_the_parts() -> None:
    chosen = choose_closings(closings(), {}, light=False, parts=tuple(Part))
    assert [closing.part for closing in chosen] == [Part.BREATH, Part.KIND_LINE, Part.NEXT_THING]
    assert [c.part for c in choose_closings(closings(), {}, light=False, parts=(Part.BREATH,))] == [Part.BREATH]


@pytest.mark.parametrize("light", [True, False])
def test_evening_after_evening_every_closing_comes_round_before_one_returns(light: bool) -> None:
    able = {closing.id for closing in closings() if closing.light or not light}
    most = max(Counter(closing.part for closing in closings() if closing.id in able).values())
    shown: dict[str, str] = {}
    for number in range(most):
        day = (date(2026, 11, 20) + timedelta(days=number)).isoformat()
        tonight = choose_closings(closings(), shown, light=light, parts=tuple(Part))
        assert all(c.light for c in tonight) or not light
        shown |= {closing.id: day for closing in tonight}
    assert set(shown) == able


def test_on_a_heavy_evening_a_light_closing_returns_before_another_is_shown() -> None:
    shown = {closing.id: "2026-11-20" for closing in closings() if closing.light}
    assert all(closing.light for closing in choose_closings(closings(), shown, light=True, parts=tuple(Part)))
    assert not any(closing.light for closing in choose_closings(closings(), shown, light=False, parts=tuple(Part)))


# --- a year of closings --------------------------------------------------------------------------


def a_year(light: Callable[[int], bool], sittings: int = 1, days: int = 365) -> list[tuple[date, tuple[Closing, ...]]]:
    """The closings of daily sittings, so many a day; every one of them was seen."""
    every, shown = closings(), dict[str, str]()
    found = []
    for number in range(days * sittings):
        day = date(2026, 11, 20) + timedelta(days=number // sittings)
        tonight = choose_closings(every, shown, light=light(number), parts=tuple(Part))
        found.append((day, tonight))
        shown |= {closing.id: day.isoformat() for closing in tonight}
    return found


def shortest_rest(year: list[tuple[date, tuple[Closing, ...]]]) -> timedelta:
    """How soon a closing came back at the soonest."""
    last: dict[str, date] = {}
    rested = []
    for day, tonight in year:
        rested += [day - last[closing.id] for closing in tonight if closing.id in last]
        last |= {closing.id: day for closing in tonight}
    return min(rested)


def whole(tonight: tuple[Closing, ...], light: bool) -> bool:
    """Whether every part is there, and all is light where it is to be."""
    return [closing.part for closing in tonight] == list(Part) and all(c.light for c in tonight if light)


EVENINGS: dict[str, Callable[[int], bool]] = {
    "light every time": lambda number: True,
    "never light": lambda number: False,
    "light every other time": lambda number: number % 2 == 0,
    "light for a fortnight, then not": lambda number: number // 14 % 2 == 0,
    "one light in twenty": lambda number: number % 20 == 0,
}


@pytest.mark.parametrize("evenings", EVENINGS)
def test_in_a_year_of_daily_sittings_no_closing_returns_within_a_fortnight(evenings: str) -> None:
    light = EVENINGS[evenings]
    year = a_year(light)
    assert all(whole(tonight, light(number)) for number, (_, tonight) in enumerate(year))
    assert shortest_rest(year) >= timedelta(days=14)


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_however_light_and_other_evenings_come_no_closing_returns_within_a_fortnight(nights: list[bool]) -> None:
    year = a_year(lambda number: nights[number % len(nights)])
    assert all(whole(tonight, nights[number % len(nights)]) for number, (_, tonight) in enumerate(year))
    assert shortest_rest(year) >= timedelta(days=14)


@pytest.mark.parametrize("evenings", EVENINGS)
def test_with_two_sittings_a_day_each_still_closes_and_no_closing_returns_within_a_week(evenings: str) -> None:
    light = EVENINGS[evenings]
    year = a_year(light, sittings=2)
    assert all(whole(tonight, light(number)) for number, (_, tonight) in enumerate(year))
    assert shortest_rest(year) >= timedelta(days=7)


def test_with_twenty_sittings_a_day_each_still_closes() -> None:
    month = a_year(lambda number: number % 3 == 0, sittings=20, days=30)
    assert all(whole(tonight, number % 3 == 0) for number, (_, tonight) in enumerate(month))
