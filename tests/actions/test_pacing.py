"""Many evenings in a row: what is asked when, end to end, on a real journal, and years of them by the rules alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond.actions.desk import Reply, Said
from mother_bond.actions.tonight import MOST_LENIENT, Tonight
from mother_bond.bundled import Library, closings
from mother_bond.domain.bond import Bond, Contact, Role
from mother_bond.domain.prompt import CAUSES, GUARD, LOOP, SLUGS, Depth, Prompt
from mother_bond.library.choose import Past, choose_prompts
from mother_bond.library.render import fill
from mother_bond.storage.store import Store
from tests.desks import TODAY, Asked, Line, ScriptedDesk, answers_all, new_bond, sit

EVENINGS = 40
YEAR = 365
EIGHT_WEEKS, FOUR_WEEKS, FORTNIGHT = timedelta(weeks=8), timedelta(weeks=4), timedelta(days=14)
TIMES_A_YEAR = 18
"""How often, at least, every theme the writer is open to comes round in a year of daily sittings."""


class Evening(NamedTuple):
    """What one of the evenings was about, and how it was closed."""

    day: date
    cause: str | None
    prompts: list[Prompt]
    marks: dict[str, int] = {}  # noqa: RUF012 - never changed
    closings: tuple[str, ...] = ()


def unevenly(seed: int) -> Callable[[Asked], Line]:
    """A writer whose mood, whose debts and whose patience go up and down."""
    chance = Random(seed)

    def writer(asked: Asked) -> Line:
        if asked.measure:
            return chance.randint(1, asked.measure.highest)
        if asked.ask and asked.ask.walking and chance.random() < 0.3:
            return chance.choice((Said.OTHER_QUESTION, Said.SKIP, Said.WHY))
        return _words(asked)

    return writer


def _words(asked: Asked) -> Line:
    return "some words of mine" if asked.ask else Said.SKIP


def evenings(
    store: Store,
    library: Library,
    role: Role,
    contact: Contact,
    writer: Callable[[Asked], Line],
    days: int = EVENINGS,
) -> list[Evening]:
    """So many days, an evening each; the prompts are those that were answered."""
    bond = new_bond(store, role, contact)
    by_text = {fill(p.text, bond): p for pack in library.packs() for p in pack.prompts if p.role is role}
    known = {fill(closing.text, bond): closing.id for closing in closings()}
    found = []
    for n in range(days):
        day, desk = TODAY + timedelta(days=n), ScriptedDesk(otherwise=writer)
        session = sit(store, library, bond, desk, day).session
        assert session is not None
        questions = [answer.question or "" for answer in session.answers]
        ends = tuple(known[text] for text in (*desk.told, *questions) if text in known)
        prompts = [by_text[q] for q in questions if q in by_text]
        found.append(Evening(day, session.cause, prompts, dict(session.checkin), ends))
    return found


@pytest.mark.parametrize(
    ("role", "contact", "writer"),
    [(Role.MOTHER, Contact.IN_TOUCH, answers_all), (Role.CHILD, Contact.NONE_MY_CHOICE, unevenly(7))],
)
def test_forty_evenings_keep_the_pace(
    store: Store, library: Library, role: Role, contact: Contact, writer: Callable[[Asked], Line]
) -> None:
    past = evenings(store, library, role, contact, writer)
    deep = [[p for p in evening.prompts if p.depth is Depth.DEEP] for evening in past]
    asked = [prompt.id for evening in past for prompt in evening.prompts]
    in_a_row = [len(list(same)) for cause, same in groupby(evening.cause for evening in past) if cause]
    assert max(map(len, deep)) == 1
    assert not any(one and next_one for one, next_one in pairwise(deep))
    assert max(in_a_row) <= 3
    assert len(asked) == len(set(asked)) > EVENINGS
    assert GUARD not in {evening.cause for evening in past}


def test_a_question_comes_round_again_after_eight_weeks(store: Store, library: Library) -> None:
    bond = new_bond(store)
    days: dict[str, list[date]] = {}
    for n in range(0, 75, 5):
        desk = ScriptedDesk(otherwise=answers_all)
        sit(store, library, bond, desk, TODAY + timedelta(days=n), cause="safest-place")
        for question in set(desk.walked):
            days.setdefault(question, []).append(TODAY + timedelta(days=n))
    apart = [later - earlier for found in days.values() for earlier, later in pairwise(found)]
    assert apart
    assert min(apart) >= timedelta(days=56)


def test_what_was_asked_of_one_bond_is_news_to_another(store: Store, library: Library) -> None:
    first, second = new_bond(store), new_bond(store)
    walks = []
    for bond in (first, second):
        desk = ScriptedDesk(otherwise=answers_all)
        sit(store, library, bond, desk)
        walks.append([question.replace(bond.name, "X") for question in desk.walked])
    assert walks[0] == walks[1]


def test_the_same_past_gives_the_same_evening(store: Store, library: Library) -> None:
    courses = []
    for _ in range(2):
        bond, writer = new_bond(store), unevenly(3)
        desks = [ScriptedDesk(otherwise=writer) for _ in range(4)]
        for n, desk in enumerate(desks):
            sit(store, library, bond._replace(name="Sam"), desk, TODAY + timedelta(days=n))
        courses.append([asked.question for desk in desks for asked in desk.asked])
    assert courses[0] == courses[1]
    assert len(courses[0]) > 40


def always_low(asked: Asked) -> Line:
    """A writer whose mood is at its lowest every evening, and who answers all the same."""
    return 1 if asked.measure else _words(asked)


@pytest.mark.parametrize("contact", [Contact.IN_TOUCH, Contact.NONE_THEIR_CHOICE, Contact.DIED])
def test_forty_low_evenings_are_never_without_a_question_or_with_a_deep_one(
    store: Store, library: Library, contact: Contact
) -> None:
    kept = evenings(store, library, Role.CHILD, contact, always_low)
    assert all(evening.prompts for evening in kept)
    assert not [p.id for evening in kept for p in evening.prompts if p.depth is Depth.DEEP]


# --- a year of them ----------------------------------------------------------------------


@cache
def shipped() -> Library:
    return Library(Path("no such folder"))


class Night(NamedTuple):
    """What the rules chose for one day, how far they had to give way for it, and the past they chose from."""

    day: date
    cause: str
    prompts: tuple[Prompt, ...]
    lenient: int
    mood: int
    before: Past


def by_the_rules(
    bond: Bond,
    marks: Callable[[int], Mapping[str, int]],
    days: int = YEAR,
    minutes: int = 10,
    way_in: Mapping[str, int] | None = None,
) -> Iterator[Night]:
    """A sitting a day without a journal; everything is answered."""
    past = Past(way_in=way_in or {})
    for n in range(days):
        today, checkin = TODAY + timedelta(days=n), marks(n)
        tonight = Tonight(shipped(), bond, past, checkin, today, minutes=minutes, again=False)
        found = tonight.by_the_rules(frozenset())
        assert found is not None, today
        (cause, *_), prompts = found
        yield Night(today, cause, prompts, tonight.lenient, checkin["mood"], past)
        day = today.isoformat()
        past = past._replace(
            shown={**past.shown, **{prompt.id: day for prompt in prompts}},
            last_deep=day if any(prompt.depth is Depth.DEEP for prompt in prompts) else past.last_deep,
            walked={**past.walked, cause: day},
            walks={**past.walks, cause: past.walks.get(cause, 0) + 1},
            recent=((cause, day), *past.recent)[:10],
            checkins=(checkin, *past.checkins)[:60],
        )


def in_good_heart(number: int) -> dict[str, int]:
    return {"mood": 5, "owed": 3, "room": 5}


def low_every_third(number: int) -> dict[str, int]:
    return {"mood": 2 if number % 3 == 2 else 5, "owed": 3, "room": 5}


def bond_of(role: Role, contact: Contact) -> Bond:
    return Bond("1", role, "Daniel", "my son", contact=contact)


def able(bond: Bond) -> set[str]:
    """The themes that may come round by themselves."""
    return set(SLUGS) - {GUARD} - ({LOOP} if bond.contact is Contact.DIED else set())


def free(night: Night, bond: Bond) -> set[Depth]:
    """How deep the questions go that are not resting, of every theme that may come round by itself."""
    return {
        prompt.depth
        for cause in able(bond)
        for prompt in shipped().pack(cause).prompts
        if prompt.role is bond.role and bond.contact not in prompt.not_when
        if night.day - date.fromisoformat(night.before.shown.get(prompt.id, "2000-01-01")) >= EIGHT_WEEKS
    }


def come_back(days: list[tuple[date, list[str]]]) -> list[tuple[date, timedelta]]:
    """For everything that came twice: the day, and how long it had rested."""
    last: dict[str, date] = {}
    found = []
    for day, ids in days:
        found += [(day, day - last[name]) for name in ids if name in last]
        last |= dict.fromkeys(ids, day)
    return found


def deep(prompts: list[Prompt] | tuple[Prompt, ...]) -> int:
    return sum(prompt.depth is Depth.DEEP for prompt in prompts)


def longest(causes: list[str | None]) -> int:
    return max(len(list(same)) for cause, same in groupby(causes) if cause)


def keeps_the_pace(year: list[Evening]) -> None:
    """Everything that is promised of a year of sittings in good heart."""
    times = Counter(evening.cause for evening in year)
    dives = [deep(evening.prompts) for evening in year]
    assert all(evening.prompts for evening in year)
    assert all(rested >= EIGHT_WEEKS for _, rested in come_back([(e.day, [p.id for p in e.prompts]) for e in year]))
    assert set(times) == set(SLUGS) - {GUARD}
    assert min(times.values()) >= TIMES_A_YEAR
    assert max(dives) == 1
    assert not any(one and two for one, two in pairwise(dives))
    assert longest([evening.cause for evening in year]) <= 3


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_a_year_of_evenings_keeps_the_pace_closes_anew_and_goes_by_the_rules_alone(
    store: Store, library: Library, role: Role
) -> None:
    store.connection.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug on this one
    year = evenings(store, library, role, Contact.IN_TOUCH, answers_all, YEAR)
    keeps_the_pace(year)
    assert {len(evening.closings) for evening in year} == {3}
    assert all(rested >= FORTNIGHT for _, rested in come_back([(e.day, list(e.closings)) for e in year]))
    nights = by_the_rules(bond_of(role, Contact.IN_TOUCH), lambda n: year[n].marks)
    assert [evening.prompts for evening in year] == [list(night.prompts) for night in nights]


class LowEveryThird:
    """A writer whose every third evening is low, and who answers everything all the same."""

    def __init__(self) -> None:
        self.evening = -1

    def __call__(self, asked: Asked) -> Line:
        if asked.measure and asked.measure.id == "mood":
            self.evening += 1
        low = self.evening % 3 == 2 and asked.measure and asked.measure.id in ("mood", "mood-after")
        return 2 if low else answers_all(asked)


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", [contact for contact in Contact if contact is not Contact.IN_TOUCH])
@pytest.mark.parametrize("mood", ["good", "low every third"])
def test_a_year_with_any_contact_is_never_without_a_question_and_goes_by_the_rules_alone(
    store: Store, library: Library, role: Role, contact: Contact, mood: str
) -> None:
    store.connection.execute("PRAGMA synchronous = OFF")
    writer = LowEveryThird() if mood == "low every third" else answers_all
    year = evenings(store, library, role, contact, writer, YEAR)
    assert all(evening.prompts for evening in year)
    assert GUARD not in {evening.cause for evening in year}
    assert all(rested >= FORTNIGHT for _, rested in come_back([(e.day, list(e.closings)) for e in year]))
    nights = by_the_rules(bond_of(role, contact), lambda n: year[n].marks)
    assert [evening.prompts for evening in year] == [list(night.prompts) for night in nights]


MOODS = {"good": in_good_heart, "low every third": low_every_third}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
@pytest.mark.parametrize("mood", MOODS)
def test_a_year_by_the_rules_brings_every_theme_round_and_nothing_back_early(
    role: Role, contact: Contact, mood: str
) -> None:
    bond = bond_of(role, contact)
    year = list(by_the_rules(bond, MOODS[mood]))
    times = Counter(night.cause for night in year)
    assert set(times) == able(bond)
    assert min(times.values()) >= TIMES_A_YEAR
    assert all(night.prompts for night in year)
    dives = [deep(night.prompts) for night in year]
    assert max(dives) == 1
    assert not any(one and two for one, two in pairwise(dives))
    assert not any(deep(night.prompts) for night in year if night.mood <= 2)
    gave_way = {night.day for night in year if night.lenient == MOST_LENIENT}
    for day, rested in come_back([(night.day, [p.id for p in night.prompts]) for night in year]):
        assert rested >= (FOUR_WEEKS if day in gave_way else EIGHT_WEEKS)
    assert len(gave_way) <= 3


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
def test_the_rules_give_way_only_where_no_theme_has_a_question_left(role: Role, contact: Contact) -> None:
    bond = bond_of(role, contact)
    low = list(by_the_rules(bond, lambda _: {"mood": 1, "owed": 3, "room": 5}))
    gave_way = [night for night in (*low, *by_the_rules(bond, in_good_heart)) if night.lenient]
    assert gave_way
    for night in gave_way:
        left = {Depth.LIGHT, Depth.MIDDLE} if night.lenient == MOST_LENIENT else {Depth.LIGHT}
        assert not left & free(night, bond), night.day


@pytest.mark.parametrize(("days", "left"), [(56, True), (28, True), (27, False)])
def test_where_everything_rests_what_was_asked_four_weeks_ago_may_come_back(days: int, left: bool) -> None:
    day = (TODAY - timedelta(days=days)).isoformat()
    past = Past(shown={prompt.id: day for pack in shipped().packs() for prompt in pack.prompts})
    bond = bond_of(Role.MOTHER, Contact.IN_TOUCH)
    tonight = Tonight(shipped(), bond, past, {"mood": 5}, TODAY, minutes=10, again=False)
    assert (tonight.by_the_rules(frozenset()) is not None) == left


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
@pytest.mark.parametrize("mood", MOODS)
def test_a_fourth_sitting_on_a_theme_comes_only_where_no_other_has_more_than_one_question_left(
    role: Role, contact: Contact, mood: str
) -> None:
    bond = bond_of(role, contact)
    for night in by_the_rules(bond, MOODS[mood]):
        if [cause for cause, _ in night.before.recent[:3]] != [night.cause] * 3:
            continue
        limit = Depth.LIGHT if night.mood <= 2 else Depth.MIDDLE
        for cause in able(bond) - {night.cause}:
            if night.before.walks.get(cause, 0) > 1:
                pack = shipped().pack(cause)
                left = choose_prompts(pack, night.before, bond, night.day, minutes=10, limit=limit)
                assert len(left) <= 1, (night.day, cause)


def test_after_three_in_a_row_another_theme_comes_though_it_has_one_question_left() -> None:
    bond, day = bond_of(Role.MOTHER, Contact.IN_TOUCH), (TODAY - timedelta(days=1)).isoformat()
    shown: dict[str, str] = {}
    for cause in able(bond) - {"safest-place"}:
        lights = [p for p in shipped().pack(cause).prompts if p.role is bond.role and p.depth is Depth.LIGHT]
        shown |= {p.id: day for p in shipped().pack(cause).prompts if p is not lights[0]}
    past = Past(
        shown=shown,
        walked=dict.fromkeys(able(bond), day),
        walks=dict.fromkeys(able(bond), 3),
        recent=(("safest-place", day),) * 3,
    )
    found = Tonight(shipped(), bond, past, {"mood": 5}, TODAY, minutes=10, again=False).by_the_rules(frozenset())
    assert found is not None
    assert found.theme.cause != "safest-place"
    assert len(found.prompts) == 1


@given(
    st.sampled_from(Role),
    st.sampled_from(Contact),
    st.sampled_from((5, 10, 20)),
    st.lists(st.fixed_dictionaries({"mood": st.integers(1, 7), "owed": st.integers(1, 7)}), min_size=5, max_size=11),
)
@settings(max_examples=settings().max_examples // 2)
def test_however_the_days_are_there_is_always_something_to_ask_and_the_pace_is_kept(
    role: Role, contact: Contact, minutes: int, days: list[dict[str, int]]
) -> None:
    bond = bond_of(role, contact)
    past = list(by_the_rules(bond, lambda n: days[n % len(days)], 100, minutes))
    assert all(night.prompts for night in past)
    assert {night.cause for night in past} <= able(bond)
    dives = [deep(night.prompts) for night in past]
    assert max(dives) <= 1
    assert not any(one and two for one, two in pairwise(dives))
    assert not any(deep(night.prompts) for night in past if night.mood <= 2)
    gave_way = {night.day for night in past if night.lenient == MOST_LENIENT}
    for day, rested in come_back([(night.day, [p.id for p in night.prompts]) for night in past]):
        assert rested >= (FOUR_WEEKS if day in gave_way else EIGHT_WEEKS)


@pytest.mark.parametrize("role", Role)
def test_a_theme_that_is_not_me_never_comes_round_and_the_others_do(role: Role) -> None:
    bond, not_me = bond_of(role, Contact.IN_TOUCH), CAUSES[:5]
    year = list(by_the_rules(bond, in_good_heart, way_in=dict.fromkeys(not_me, 1)))
    times = Counter(night.cause for night in year)
    assert set(times) == able(bond) - set(not_me)
    assert min(times.values()) >= TIMES_A_YEAR
    assert all(night.prompts for night in year)


def test_the_breath_after_enough_is_another_one_the_next_evening(store: Store, library: Library) -> None:
    bond = new_bond(store)
    ends = []
    for n in range(2):
        desk = ScriptedDesk(4, 4, 4, 4, *[4] * 2 * n, Reply(Said.ENOUGH, "so far"))
        sit(store, library, bond, desk, TODAY + timedelta(days=n))
        ends.append(desk.told[-1])
    assert set(ends) <= {closing.text for closing in closings() if closing.part == "breath"}
    assert ends[0] != ends[1]
