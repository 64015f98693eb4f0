"""Along a path: which part comes next, what it asks of this bond, and when it waits."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.bundled import Library, practices, theme_path
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.domain.path import PathPart, ThemePath
from mother_bond.domain.prompt import SLUGS, Depth, Pack, Prompt, Stage
from mother_bond.library.along import Walked, following, latest, prompts_of, waits
from mother_bond.library.choose import Past, choose_prompts, deepest
from mother_bond.library.rest import choose_practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = date(2026, 11, 20)
DEBT, OWN, SAFE = "emotional-debt", "individuation", "safest-place"
EIGHT_WEEKS = timedelta(weeks=8)


@cache
def shipped() -> Library:
    return Library(Path("no such folder"))


@cache
def paths() -> tuple[ThemePath, ...]:
    """Every path that ships."""
    return tuple(path for slug in SLUGS for role in Role if (path := theme_path(slug, role)))


class On(NamedTuple):
    """One part of a path that ships, as one bond would walk it."""

    path: ThemePath
    number: int
    bond: Bond

    @property
    def part(self) -> PathPart:
        return self.path.parts[self.number - 1]

    @property
    def pack(self) -> Pack:
        return shipped().pack(self.path.cause)

    @property
    def named(self) -> list[Prompt]:
        """The questions the part names, in their order."""
        own = {prompt.id: prompt for prompt in self.pack.prompts}
        return [own[prompt_id] for prompt_id in self.part.prompts]

    @property
    def beside(self) -> list[Prompt]:
        """The questions of the theme that no part of the path names."""
        on_path = {prompt_id for part in self.path.parts for prompt_id in part.prompts}
        return [prompt for prompt in self.pack.prompts if prompt.id not in on_path]

    def open_to(self, prompt: Prompt) -> bool:
        """Whether this bond is ever asked a question."""
        return prompt.role is self.bond.role and self.bond.contact not in prompt.not_when

    def asks(self, past: Past, today: date = TODAY) -> tuple[Prompt, ...]:
        return prompts_of(self.path, self.number, self.pack, past, self.bond, today)


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def a_bond(contact: Contact = Contact.IN_TOUCH, role: Role = Role.MOTHER) -> Bond:
    return Bond("1", role, "Daniel", "my son", They.HE, contact)


def every_part() -> Iterator[On]:
    """Every part of every path, for everybody."""
    for path in paths():
        for contact in Contact:
            yield from (On(path, n, a_bond(contact, path.role)) for n in range(1, len(path.parts) + 1))


@st.composite
def ons(draw: st.DrawFn) -> On:
    path = draw(st.sampled_from(paths()))
    return On(path, draw(st.integers(1, len(path.parts))), a_bond(draw(st.sampled_from(Contact)), path.role))


@st.composite
def pasts(draw: st.DrawFn, on: On) -> Past:
    """A past in which many of the theme's questions were asked, lately or long ago."""
    likely = draw(st.integers(0, 10))
    shown = {
        prompt.id: ago(draw(st.sampled_from((1, 20, 55, 56, 90))))
        for prompt in on.pack.prompts
        if draw(st.integers(0, 10)) < likely
    }
    last_deep = draw(st.none() | st.integers(0, 5).map(ago))
    return Past(shown=shown, last_deep=last_deep, heavy=draw(st.booleans()))


def rests(prompt: Prompt, past: Past) -> bool:
    day = past.shown.get(prompt.id)
    return day is not None and TODAY - date.fromisoformat(day) < EIGHT_WEEKS


def goes_deep(prompts: tuple[Prompt, ...]) -> bool:
    return any(prompt.depth is Depth.DEEP for prompt in prompts)


# --- which part --------------------------------------------------------------------------------


@pytest.mark.parametrize(("walked", "number"), [(None, 1), (1, 2), (2, 3), (3, 1), (4, 1), (99, 1)])
def test_the_next_part_follows_and_after_the_last_the_path_begins_again(walked: int | None, number: int) -> None:
    path = paths()[0]._replace(parts=paths()[0].parts[:3])
    assert following(path, None if walked is None else Walked(walked, "2026-11-01")) == number


def test_every_path_is_walked_from_its_first_part_to_its_last() -> None:
    for path in paths():
        walked: Walked | None = None
        numbers = []
        for _ in path.parts:
            walked = Walked(following(path, walked), "2026-11-01")
            numbers.append(walked.part)
        assert numbers == list(range(1, len(path.parts) + 1))
        assert following(path, walked) == 1


def test_there_is_a_path_for_every_theme_from_both_sides() -> None:
    assert [(path.cause, path.role) for path in paths()] == [(slug, role) for slug in SLUGS for role in Role]
    assert theme_path("a-theme-of-my-own", Role.MOTHER) is None


@pytest.mark.parametrize(
    ("walked", "cause"),
    [
        ({}, None),
        ({OWN: (2, 9)}, OWN),
        ({OWN: (2, 9), DEBT: (5, 7), SAFE: (1, 3)}, SAFE),
        ({OWN: (2, 9), SAFE: (8, 3)}, OWN),
        ({OWN: (8, 1), SAFE: (8, 3)}, None),
        ({OWN: (2, 9), "a-theme-that-is-gone": (1, 1)}, OWN),
        ({"a-theme-that-is-gone": (1, 1)}, None),
    ],
)
def test_the_path_one_is_on_is_the_last_that_has_parts_left(
    walked: dict[str, tuple[int, int]], cause: str | None
) -> None:
    lengths = dict.fromkeys((OWN, SAFE, DEBT), 8)
    assert latest({slug: Walked(part, ago(days)) for slug, (part, days) in walked.items()}, lengths) == cause


# --- what a part asks --------------------------------------------------------------------------


def test_every_part_asks_its_questions_of_everybody_who_may_be_asked_them() -> None:
    for on in every_part():
        prompts = on.asks(Past())
        assert prompts
        assert [p for p in prompts if p in on.named] == [p for p in on.named if on.open_to(p)]
        if all(map(on.open_to, on.named)):
            assert list(prompts) == on.named


@given(ons(), st.data())
def test_whatever_was_asked_before_a_part_asks_something_that_fits_and_nothing_twice(
    on: On, data: st.DataObject
) -> None:
    prompts = on.asks(data.draw(pasts(on)))
    assert prompts
    assert all(map(on.open_to, prompts))
    assert set(prompts) <= set(on.pack.prompts)
    assert len({prompt.id for prompt in prompts}) == len(prompts) <= len(on.named)


@given(ons(), st.data())
def test_nothing_that_rests_is_asked_while_something_else_is_left(on: On, data: st.DataObject) -> None:
    past = data.draw(pasts(on))
    stages = {prompt.stage for prompt in on.named}
    stand_ins = [p for p in on.beside if p.stage in stages and p.depth is not Depth.DEEP]
    left = [p for p in (*on.named, *stand_ins) if on.open_to(p) and not rests(p, past)]
    prompts = on.asks(past)
    assert {rests(prompt, past) for prompt in prompts} == {not left}
    assert left or list(prompts) == [p for p in on.named if on.open_to(p)]


@given(ons(), st.data())
def test_what_gives_way_gives_way_to_its_own_stage_to_nothing_deep_and_to_nothing_of_another_part(
    on: On, data: st.DataObject
) -> None:
    prompts = on.asks(data.draw(pasts(on)))
    stages = iter([prompt.stage for prompt in on.named])
    assert all(prompt.stage in stages for prompt in prompts), "the stages are not those of the part in their order"
    others = [prompt for prompt in prompts if prompt not in on.named]
    assert all(prompt.depth is not Depth.DEEP and prompt in on.beside for prompt in others)


def test_every_part_can_be_walked_when_all_its_questions_were_asked_yesterday() -> None:
    for on in every_part():
        prompts = on.asks(Past(shown={prompt.id: ago(1) for prompt in on.pack.prompts}))
        assert list(prompts) == [p for p in on.named if on.open_to(p)]


def asked(number: int, stage: Stage, depth: Depth, *not_when: Contact) -> Prompt:
    name = f"own.mother.{stage}.{number:02}"
    return Prompt(name, "own", Role.MOTHER, stage, depth, "What?", "One.", ("E24",), frozenset(not_when))


A, B, C = (asked(n, Stage.NOTICE, Depth.LIGHT) for n in (1, 2, 3))
DEEP = asked(4, Stage.NOTICE, Depth.DEEP)


def chosen(
    of: tuple[Prompt, ...], part: tuple[Prompt, ...], past: Past, contact: Contact, later: tuple[Prompt, ...] = ()
) -> tuple[Prompt, ...]:
    """What the first part of a path of two asks, when the pack is made of these questions."""
    pack = shipped().pack(DEBT)._replace(cause="own", prompts=of)
    parts = tuple(PathPart("A part", tuple(p.id for p in prompts), "self-kindness") for prompts in (part, later))
    path = ThemePath("own", Role.MOTHER, "A path", "About it.", parts)
    return prompts_of(path, 1, pack, past, a_bond(contact), TODAY)


@pytest.mark.parametrize(
    ("part", "resting", "prompts"),
    [
        ((A, B), (), (A, B)),
        ((A, B), (A,), (C, B)),
        ((A, B), (B,), (A, C)),
        ((A, B), (A, B), (C,)),
        ((A, B), (A, C), (B,)),
        ((A, B), (A, B, C), (A, B)),
        ((DEEP, A), (), (DEEP, A)),
        ((A,), (A, B, C), (A,)),
    ],
)
def test_what_rests_gives_way_while_there_is_another(
    part: tuple[Prompt, ...], resting: tuple[Prompt, ...], prompts: tuple[Prompt, ...]
) -> None:
    past = Past(shown={prompt.id: ago(10) for prompt in resting})
    assert chosen((A, B, C, DEEP), part, past, Contact.IN_TOUCH) == prompts


@pytest.mark.parametrize(("resting", "prompts"), [((A,), (B,)), ((A, B), (A, B))])
def test_what_rests_takes_nothing_from_a_part_that_is_still_to_come(
    resting: tuple[Prompt, ...], prompts: tuple[Prompt, ...]
) -> None:
    past = Past(shown={prompt.id: ago(10) for prompt in resting})
    assert chosen((A, B, C), (A, B), past, Contact.IN_TOUCH, later=(C,)) == prompts


def test_what_is_never_asked_of_this_bond_is_not_asked_even_where_nothing_is_left() -> None:
    closed = asked(5, Stage.NOTICE, Depth.LIGHT, Contact.DIED)
    past = Past(shown={A.id: ago(1), closed.id: ago(1)})
    assert chosen((A, closed), (closed, A), past, Contact.DIED) == (A,)
    assert chosen((A, closed), (closed, A), past, Contact.IN_TOUCH) == (closed, A)


def test_a_part_of_which_the_pack_knows_nothing_asks_nothing() -> None:
    assert chosen((A, B), (DEEP,), Past(), Contact.IN_TOUCH) == ()


def test_the_practice_of_a_part_stands_first_wherever_it_fits_the_bond() -> None:
    known = {practice.id: practice for practice in practices()}
    unfit = 0
    for on in every_part():
        offers = choose_practices(practices(), on.path.cause, on.bond, {on.part.practice: 9}, on.part.practice)
        assert all(practice.fits(on.bond) for practice in offers)
        fits = known[on.part.practice].fits(on.bond)
        assert (offers[0].id == on.part.practice) == fits
        unfit += not fits
    assert unfit


# --- when it waits -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("past", "mood", "rests_tonight"),
    [
        (Past(), 5, False),
        (Past(), None, False),
        (Past(), 3, False),
        (Past(), 2, True),
        (Past(), 1, True),
        (Past(last_deep=ago(0)), 5, True),
        (Past(last_deep=ago(1)), 5, True),
        (Past(last_deep=ago(1)), None, True),
        (Past(last_deep=ago(2)), 5, False),
        (Past(last_deep=ago(2)), 2, True),
        (Past(heavy=True), 6, True),
    ],
)
def test_a_deep_part_waits_after_a_deep_question_and_on_a_low_or_heavy_evening(
    past: Past, mood: int | None, rests_tonight: bool
) -> None:
    assert waits((A, DEEP), past, mood, TODAY) is rests_tonight
    assert not waits((A, B), past, mood, TODAY)


@given(ons(), st.data(), st.none() | st.integers(1, 7))
def test_a_part_waits_for_no_other_reason(on: On, data: st.DataObject, mood: int | None) -> None:
    past = data.draw(pasts(on))
    prompts = on.asks(past)
    after_a_deep_one = past.last_deep is not None and past.last_deep >= ago(1)
    low = mood is not None and mood <= 2
    assert waits(prompts, past, mood, TODAY) == (goes_deep(prompts) and (after_a_deep_one or low or past.heavy))


# --- a whole path, a day at a time -------------------------------------------------------------


class Day(NamedTuple):
    """A day on a path: the part that was walked, or None where it waited, and what was asked."""

    part: int | None
    prompts: tuple[Prompt, ...]


def walk(path: ThemePath, contact: Contact, mood: Callable[[int], int | None], most: int = 60) -> list[Day]:
    """Every day the next part, or what the evening's rules ask of the theme where that waits; all is answered."""
    bond, past = a_bond(contact, path.role), Past()
    walked: Walked | None = None
    days: list[Day] = []
    while len(days) < most and (walked is None or walked.part < len(path.parts)):
        today = TODAY + timedelta(days=len(days))
        number, mark = following(path, walked), mood(len(days))
        on = On(path, number, bond)
        prompts = on.asks(past, today)
        assert prompts
        if waits(prompts, past, mark, today):
            limit = deepest(past, path.cause, mark, today)
            prompts = choose_prompts(on.pack, past, bond, today, minutes=10, limit=limit)
            days.append(Day(None, prompts))
        else:
            walked = Walked(number, today.isoformat())
            days.append(Day(number, prompts))
        past = past._replace(
            shown={**past.shown, **{prompt.id: today.isoformat() for prompt in prompts}},
            last_deep=today.isoformat() if goes_deep(prompts) else past.last_deep,
            walks={path.cause: past.walks.get(path.cause, 0) + 1},
        )
    return days


@given(
    st.sampled_from(paths()),
    st.sampled_from(Contact),
    st.lists(st.none() | st.integers(1, 7), min_size=1, max_size=20),
)
def test_a_path_walked_day_by_day_never_goes_deep_on_two_days_running(
    path: ThemePath, contact: Contact, moods: list[int | None]
) -> None:
    days = walk(path, contact, lambda number: moods[number % len(moods)])
    deep = [sum(prompt.depth is Depth.DEEP for prompt in day.prompts) for day in days]
    assert max(deep) <= 1
    assert not any(one and two for one, two in pairwise(deep))
    for number, count in enumerate(deep):
        assert not count or (moods[number % len(moods)] or 7) > 2


def test_in_good_heart_a_path_takes_as_many_days_as_it_has_parts() -> None:
    deep = 0
    for path in paths():
        for contact in Contact:
            days = walk(path, contact, lambda _: 5)
            assert [day.part for day in days] == list(range(1, len(path.parts) + 1))
            deep += sum(goes_deep(day.prompts) for day in days)
    assert deep


def test_on_low_days_alone_the_path_waits_at_its_first_deep_part() -> None:
    for path in paths():
        numbers = range(1, len(path.parts) + 1)
        first = next(number for number in numbers if goes_deep(tuple(On(path, number, a_bond()).named)))
        days = walk(path, Contact.IN_TOUCH, lambda _: 1, most=len(path.parts))
        assert [day.part for day in days] == [*range(1, first), *[None] * (len(path.parts) - first + 1)]
