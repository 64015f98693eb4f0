"""What is asked next: one test a rule, and a year of evenings under all of them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import clock
from mother_bond.bundled import Library, measures
from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role, They
from mother_bond.domain.entry import Session
from mother_bond.domain.prompt import CAUSES, GUARD, LOOP, SLUGS, Depth, Pack, Prompt, Stage
from mother_bond.library.choose import (
    Past,
    Theme,
    Why,
    choose_prompts,
    choose_theme,
    deepest,
    deepest_wished,
    may_ask,
    next_prompt,
)
from mother_bond.storage import past as storage_past
from mother_bond.storage import sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mother_bond.storage.store import Store

TODAY = date(2026, 11, 20)
DEBT, OWN, SAFE = "emotional-debt", "individuation", "safest-place"
RANK = list(Depth)


@cache
def shipped() -> Library:
    return Library(Path("no such folder"))


MEASURES = measures()


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def a_bond(contact: Contact = Contact.IN_TOUCH, role: Role = Role.MOTHER) -> Bond:
    return Bond("1", role, "Daniel", "my son", They.HE, contact)


def theme(past: Past, contact: Contact = Contact.IN_TOUCH, declined: frozenset[str] = frozenset()) -> Theme | None:
    return choose_theme(past, a_bond(contact), SLUGS, MEASURES, TODAY, declined)


def row(cause: str, *days: int) -> tuple[tuple[str, str], ...]:
    return tuple((cause, ago(day)) for day in days)


# --- which theme -------------------------------------------------------------------------------


def test_with_nothing_known_the_first_cause_is_new() -> None:
    assert theme(Past()) == Theme("invisible-constancy", Why.NEW)


def test_a_cue_of_three_checkins_decides_before_everything_else() -> None:
    past = Past(checkins=({"owed": 5}, {"owed": 6}, {"owed": 7}), recent=row(SAFE, 1), walked={SAFE: ago(1)})
    because = "the question of owing has come up in your last three check-ins"
    assert theme(past) == Theme(DEBT, Why.CUE, because)


def test_a_cue_may_be_a_low_mark() -> None:
    chosen = theme(Past(checkins=({"room": 3}, {"room": 1}, {"room": 2})))
    assert chosen is not None
    assert (chosen.cause, chosen.why) == (OWN, Why.CUE)


@pytest.mark.parametrize("marks", [(5, 5), (5, 4, 5), (4, 7, 7), (7, 7, 4)])
def test_two_checkins_or_one_mark_below_are_no_cue(marks: tuple[int, ...]) -> None:
    chosen = theme(Past(checkins=tuple({"owed": mark} for mark in marks)))
    assert chosen is not None
    assert chosen.why is Why.NEW


def test_a_weekly_measure_speaks_through_its_own_last_three_marks() -> None:
    checkins = tuple({"mood": 5, "strain": 7} if day % 7 == 0 else {"mood": 5} for day in range(21))
    chosen = theme(Past(checkins=checkins))
    assert chosen is not None
    assert (chosen.cause, chosen.why) == ("unresolved-conflict", Why.CUE)


def test_three_weekly_marks_reach_the_choice_through_a_journal_kept_daily(store: Store, bond: Bond) -> None:
    for day in range(21):
        checkin = {"mood": 5, "strain": 7} if day % 7 == 0 else {"mood": 5}
        at = f"{ago(day)}T21:00:00+00:00"
        sessions.start(store, Session(clock.new_id(), "", bond, at, ago(day), checkin=checkin))
    chosen = theme(storage_past.past(store, bond.id, SLUGS))
    assert chosen is not None
    assert (chosen.cause, chosen.why) == ("unresolved-conflict", Why.CUE)


@pytest.mark.parametrize(("days", "speaks"), [(13, False), (14, True)])
def test_a_cue_rests_two_weeks_after_its_theme_was_walked(days: int, speaks: bool) -> None:
    chosen = theme(Past(checkins=({"owed": 6},) * 3, walked={DEBT: ago(days)}))
    assert chosen is not None
    assert (chosen.why is Why.CUE) == speaks


@pytest.mark.parametrize(("days", "goes_on"), [(10, True), (11, False)])
def test_a_theme_that_was_begun_goes_on_within_ten_days(days: int, goes_on: bool) -> None:
    chosen = theme(Past(recent=row(SAFE, days), walked={SAFE: ago(days)}, way_in={OWN: 3}))
    assert chosen == (Theme(SAFE, Why.GO_ON, ago(days)) if goes_on else Theme(OWN, Why.WAY_IN))


def test_three_sittings_in_a_row_are_enough_for_one_theme() -> None:
    chosen = theme(Past(recent=row(SAFE, 1, 2, 3), walked={SAFE: ago(1)}))
    assert chosen == Theme("invisible-constancy", Why.NEW)


@pytest.mark.parametrize(("days", "open_again"), [(6, False), (7, True)])
def test_after_three_in_a_row_a_theme_rests_for_a_week(days: int, open_again: bool) -> None:
    walked = {slug: ago(8) for slug in SLUGS} | {SAFE: ago(days)}
    others = frozenset(SLUGS) - {SAFE, OWN}
    past = Past(recent=row(SAFE, days, days + 1, days + 2), walked=walked | {OWN: ago(1)})
    chosen = theme(past, declined=others)
    assert chosen is not None
    assert chosen.cause == (SAFE if open_again else OWN)


def test_the_way_in_page_orders_what_was_not_walked() -> None:
    marks = {OWN: 2, SAFE: 3, DEBT: 3, "outside-stress": 1}
    assert theme(Past(way_in=marks)) == Theme(SAFE, Why.WAY_IN)
    assert theme(Past(way_in=marks, walked={SAFE: ago(20)})) == Theme(DEBT, Why.WAY_IN)
    assert theme(Past(way_in=marks, walked={SAFE: ago(20), DEBT: ago(30)})) == Theme(OWN, Why.WAY_IN)


def test_what_is_new_comes_in_the_order_of_the_causes_and_the_loop_last() -> None:
    walked: dict[str, str] = {}
    for slug in (*CAUSES, LOOP):
        assert theme(Past(walked=walked)) == Theme(slug, Why.NEW)
        walked[slug] = ago(30)


def test_when_all_was_walked_the_longest_ago_comes_round() -> None:
    walked = {slug: ago(20 + n) for n, slug in enumerate(SLUGS)} | {DEBT: ago(90)}
    assert theme(Past(walked=walked)) == Theme(DEBT, Why.LONG_AGO, ago(90))


def test_a_declined_theme_is_not_proposed_again_that_evening() -> None:
    past = Past(recent=row(SAFE, 1), walked={SAFE: ago(1)})
    assert theme(past, declined=frozenset({SAFE})) == Theme("invisible-constancy", Why.NEW)
    assert theme(past, declined=frozenset(SLUGS)) is None


def test_a_theme_of_yesterday_is_called_neither_new_nor_long_ago() -> None:
    past = Past(recent=row(SAFE, 1, 2, 3), walked={SAFE: ago(1)})
    chosen = theme(past, declined=frozenset(SLUGS) - {SAFE})
    assert chosen is None or chosen.why is Why.GO_ON


@pytest.mark.parametrize("way_in", [{}, dict.fromkeys(CAUSES, 1)])
def test_after_a_death_the_loop_is_never_proposed(way_in: dict[str, int]) -> None:
    left = frozenset() if way_in else frozenset(CAUSES)
    assert theme(Past(way_in=way_in), Contact.DIED, declined=left) is None
    assert theme(Past(way_in=way_in), declined=left) == Theme(LOOP, Why.NEW)


DAYS = st.integers(0, 100).map(ago)
PASTS = st.builds(
    Past,
    walked=st.dictionaries(st.sampled_from(SLUGS), DAYS),
    recent=st.lists(st.tuples(st.sampled_from(SLUGS), DAYS), max_size=6).map(tuple),
    checkins=st.lists(
        st.dictionaries(st.sampled_from(["owed", "room", "strain", "mood"]), st.integers(1, 7)), max_size=5
    ).map(tuple),
    way_in=st.dictionaries(st.sampled_from(CAUSES), st.integers(1, 3)),
)


@given(PASTS, st.sampled_from(Contact), st.frozensets(st.sampled_from(SLUGS)))
def test_whatever_went_before_the_guard_and_what_is_not_me_are_never_proposed(
    past: Past, contact: Contact, declined: frozenset[str]
) -> None:
    chosen = theme(past, contact, declined)
    not_me = {slug for slug, mark in past.way_in.items() if mark == 1}
    assert chosen is None or chosen.cause not in {GUARD} | not_me | declined
    assert chosen == theme(past, contact, declined)


# --- how deep ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("past", "mood", "depth"),
    [
        (Past(walks={DEBT: 5}), None, Depth.DEEP),
        (Past(walks={DEBT: 2}), 3, Depth.DEEP),
        (Past(walks={DEBT: 5}), 2, Depth.LIGHT),
        (Past(walks={DEBT: 5}, heavy=True), 6, Depth.LIGHT),
        (Past(walks={OWN: 5}), 6, Depth.LIGHT),
        (Past(walks={DEBT: 1}), 6, Depth.MIDDLE),
        (Past(walks={DEBT: 5}, last_deep=ago(1)), 6, Depth.MIDDLE),
        (Past(walks={DEBT: 5}, last_deep=ago(0)), 6, Depth.MIDDLE),
        (Past(walks={DEBT: 5}, last_deep=ago(2)), 6, Depth.DEEP),
    ],
)
def test_how_deep_a_sitting_may_go(past: Past, mood: int | None, depth: Depth) -> None:
    assert deepest(past, DEBT, mood, TODAY) is depth


@pytest.mark.parametrize(
    ("limit", "mood", "depth"),
    [
        (Depth.LIGHT, 5, Depth.MIDDLE),
        (Depth.LIGHT, None, Depth.MIDDLE),
        (Depth.LIGHT, 2, Depth.LIGHT),
        (Depth.MIDDLE, 5, Depth.MIDDLE),
        (Depth.DEEP, 5, Depth.DEEP),
    ],
)
def test_another_question_that_was_asked_for_may_be_less_light(limit: Depth, mood: int | None, depth: Depth) -> None:
    assert deepest_wished(limit, mood) is depth


# --- which questions ---------------------------------------------------------------------------


def asked(number: int, stage: Stage, depth: Depth, role: Role = Role.MOTHER, *not_when: Contact) -> Prompt:
    name = f"own.{role}.{stage}.{number:02}"
    return Prompt(name, "own", role, stage, depth, "What?", "One.", ("E24",), frozenset(not_when))


def pack(*prompts: Prompt) -> Pack:
    return shipped().pack(DEBT)._replace(cause="own", prompts=prompts)


def following(
    of: Pack,
    past: Past | None = None,
    limit: Depth = Depth.DEEP,
    taken: tuple[Prompt, ...] = (),
    **more: frozenset[str],
) -> Prompt | None:
    return next_prompt(of, past or Past(), a_bond(), TODAY, Stage.NOTICE, limit, taken, **more)


@pytest.mark.parametrize(("days", "may"), [(0, False), (55, False), (56, True)])
def test_a_question_rests_for_eight_weeks(days: int, may: bool) -> None:
    prompt = asked(1, Stage.NOTICE, Depth.LIGHT)
    assert may_ask(prompt, a_bond(), Past(shown={prompt.id: ago(days)}), TODAY) == may


def test_a_question_is_for_its_role_and_its_contact_alone() -> None:
    prompt = asked(1, Stage.NOTICE, Depth.LIGHT, Role.CHILD, Contact.DIED)
    assert may_ask(prompt, a_bond(role=Role.CHILD), Past(), TODAY)
    assert not may_ask(prompt, a_bond(role=Role.MOTHER), Past(), TODAY)
    assert not may_ask(prompt, a_bond(Contact.DIED, Role.CHILD), Past(), TODAY)


def test_what_was_never_asked_comes_before_what_was_and_then_the_longest_ago() -> None:
    one, two, three = (asked(n, Stage.NOTICE, Depth.LIGHT) for n in (1, 2, 3))
    assert following(pack(one, two, three), Past(shown={one.id: ago(90), two.id: ago(60)})) == three
    assert following(pack(one, two), Past(shown={one.id: ago(60), two.id: ago(90)})) == two


def test_the_deepest_allowed_comes_first() -> None:
    of = pack(*(asked(n, Stage.NOTICE, depth) for n, depth in enumerate(Depth)))
    for limit in Depth:
        found = following(of, limit=limit)
        assert found is not None
        assert found.depth is limit


def test_one_deep_question_is_enough_for_a_sitting() -> None:
    deep, other, light = (asked(n, Stage.NOTICE, d) for n, d in ((1, Depth.DEEP), (2, Depth.DEEP), (3, Depth.LIGHT)))
    assert following(pack(deep, other, light), taken=(deep,)) == light
    assert following(pack(deep, other), taken=(deep,)) is None


def test_another_question_is_none_of_those_taken_or_declined() -> None:
    one, two, three = (asked(n, Stage.NOTICE, Depth.LIGHT) for n in (1, 2, 3))
    assert following(pack(one, two, three), taken=(one,), declined=frozenset({two.id})) == three
    assert following(pack(one, two), taken=(one,), declined=frozenset({two.id})) is None


@pytest.mark.parametrize(
    ("minutes", "stages"),
    [
        (5, [Stage.NOTICE, Stage.TEND]),
        (10, [Stage.NOTICE, Stage.LOOK_AGAIN, Stage.TEND]),
        (20, [Stage.NOTICE, Stage.NOTICE, Stage.LOOK_AGAIN, Stage.LOOK_AGAIN, Stage.TEND]),
    ],
)
def test_the_time_there_is_decides_how_many_questions(minutes: int, stages: list[Stage]) -> None:
    chosen = choose_prompts(shipped().pack(DEBT), Past(), a_bond(), TODAY, minutes=minutes, limit=Depth.DEEP)
    assert [prompt.stage for prompt in chosen] == stages
    assert len({prompt.id for prompt in chosen}) == len(stages)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
@pytest.mark.parametrize("limit", Depth)
def test_every_theme_has_a_whole_first_evening_for_everybody(role: Role, contact: Contact, limit: Depth) -> None:
    bond = a_bond(contact, role)
    for of in shipped().packs():
        chosen = choose_prompts(of, Past(), bond, TODAY, minutes=10, limit=limit)
        assert [prompt.stage for prompt in chosen] == list(Stage), of.cause
        assert all(RANK.index(prompt.depth) <= RANK.index(limit) for prompt in chosen)
        assert sum(prompt.depth is Depth.DEEP for prompt in chosen) <= 1
        assert all(contact not in prompt.not_when and prompt.role is role for prompt in chosen)


def test_the_one_deep_question_is_asked_from_a_distance() -> None:
    of = pack(*(asked(n, stage, depth) for stage in Stage for n, depth in enumerate((Depth.MIDDLE, Depth.DEEP))))
    chosen = choose_prompts(of, Past(), a_bond(), TODAY, minutes=10, limit=Depth.DEEP)
    assert [prompt.stage for prompt in chosen if prompt.depth is Depth.DEEP] == [Stage.LOOK_AGAIN]


def test_within_a_stage_the_lighter_question_comes_first() -> None:
    chosen = choose_prompts(shipped().pack(DEBT), Past(), a_bond(), TODAY, minutes=20, limit=Depth.DEEP)
    for _, here in groupby(chosen, key=lambda prompt: prompt.stage):
        ranks = [RANK.index(prompt.depth) for prompt in here]
        assert ranks == sorted(ranks)


# --- many evenings -----------------------------------------------------------------------------


class Evening(NamedTuple):
    """What one evening was about; no theme when nothing was left to ask."""

    day: date
    theme: Theme | None
    prompts: tuple[Prompt, ...]
    before: Past


def live(bond: Bond, minutes: int, marks: Callable[[int], Mapping[str, int]], days: int = 365) -> list[Evening]:
    """Sittings on so many days running; every question is answered."""
    past, evenings = Past(), []
    for number in range(days):
        today = TODAY + timedelta(days=number)
        checkin = marks(number)
        past = past._replace(checkins=(checkin, *past.checkins)[:5])
        chosen, prompts = sit(past, bond, today, minutes, checkin.get("mood"))
        evenings.append(Evening(today, chosen, prompts, past))
        if chosen:
            day, cause = today.isoformat(), chosen.cause
            past = past._replace(
                shown={**past.shown, **{prompt.id: day for prompt in prompts}},
                last_deep=day if any(prompt.depth is Depth.DEEP for prompt in prompts) else past.last_deep,
                walked={**past.walked, cause: day},
                walks={**past.walks, cause: past.walks.get(cause, 0) + 1},
                recent=((cause, day), *past.recent)[:10],
            )
    return evenings


def sit(past: Past, bond: Bond, today: date, minutes: int, mood: int | None) -> tuple[Theme | None, tuple[Prompt, ...]]:
    """The first theme that still has questions, as an evening finds it."""
    declined: frozenset[str] = frozenset()
    while chosen := choose_theme(past, bond, SLUGS, MEASURES, today, declined):
        limit = deepest(past, chosen.cause, mood, today)
        prompts = choose_prompts(shipped().pack(chosen.cause), past, bond, today, minutes=minutes, limit=limit)
        if prompts:
            return chosen, prompts
        declined |= {chosen.cause}
    return None, ()


def calm(number: int) -> dict[str, int]:
    return {"mood": 4 + number % 3, "owed": 2, "room": 5}


def no_question_comes_back_early(evenings: list[Evening]) -> bool:
    days: dict[str, date] = {}
    for evening in evenings:
        for prompt in evening.prompts:
            if prompt.id in days and evening.day - days[prompt.id] < timedelta(weeks=8):
                return False
            days[prompt.id] = evening.day
    return True


def longest_run(evenings: list[Evening]) -> int:
    causes = [evening.theme.cause if evening.theme else None for evening in evenings]
    return max(len(list(run)) for cause, run in groupby(causes) if cause)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("minutes", [5, 10])
def test_a_year_of_evenings_repeats_no_question_early_and_brings_every_theme_round(role: Role, minutes: int) -> None:
    evenings = live(a_bond(Contact.IN_TOUCH, role), minutes, calm)
    times = Counter(evening.theme.cause for evening in evenings if evening.theme)
    assert no_question_comes_back_early(evenings)
    assert all(evening.prompts for evening in evenings)
    assert set(times) == set(SLUGS) - {GUARD}
    assert min(times.values()) >= 20
    assert longest_run(evenings) <= 3


@pytest.mark.parametrize("role", Role)
def test_within_six_weeks_every_theme_was_met(role: Role) -> None:
    evenings = live(a_bond(Contact.UNSAID, role), 10, calm, days=42)
    assert {evening.theme.cause for evening in evenings if evening.theme} == set(SLUGS) - {GUARD}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", sorted(NO_CONTACT))
@pytest.mark.parametrize("minutes", [5, 10, 20])
def test_a_year_without_contact_asks_nothing_that_needs_it(role: Role, contact: Contact, minutes: int) -> None:
    evenings = live(a_bond(contact, role), minutes, calm)
    themes = {evening.theme.cause for evening in evenings if evening.theme}
    assert not any(contact in prompt.not_when for evening in evenings for prompt in evening.prompts)
    assert themes == set(CAUSES) | (set() if contact is Contact.DIED else {LOOP})
    assert no_question_comes_back_early(evenings)
    assert longest_run(evenings) <= 4


@pytest.mark.parametrize("contact", [Contact.IN_TOUCH, Contact.DIED])
@pytest.mark.parametrize("minutes", [5, 10, 20])
def test_in_a_year_the_reason_that_is_given_is_true(contact: Contact, minutes: int) -> None:
    for evening in live(a_bond(contact), minutes, calm):
        if evening.theme is None:
            continue
        cause, why, detail = evening.theme
        before = evening.before
        assert (why in {Why.NEW, Why.WAY_IN}) == (cause not in before.walked), evening.day
        assert why not in {Why.GO_ON, Why.LONG_AGO} or before.walked[cause] == detail
        assert why is not Why.LONG_AGO or evening.day - date.fromisoformat(detail) >= timedelta(days=7), evening.day


@given(
    st.sampled_from(Role),
    st.sampled_from(Contact),
    st.sampled_from([5, 10, 20]),
    st.lists(
        st.fixed_dictionaries({"mood": st.integers(1, 7), "owed": st.integers(1, 7), "room": st.integers(1, 7)}),
        min_size=7,
        max_size=7,
    ),
)
def test_however_the_days_are_the_pace_is_kept(
    role: Role, contact: Contact, minutes: int, week: list[dict[str, int]]
) -> None:
    evenings = live(a_bond(contact, role), minutes, lambda number: week[number % 7], days=35)
    deep = [sum(prompt.depth is Depth.DEEP for prompt in evening.prompts) for evening in evenings]
    assert max(deep) <= 1
    assert not any(one and two for one, two in pairwise(deep))
    assert longest_run(evenings) <= 3
    for number, evening in enumerate(evenings):
        if week[number % 7]["mood"] <= 2:
            assert {prompt.depth for prompt in evening.prompts} <= {Depth.LIGHT}
