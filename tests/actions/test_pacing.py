"""Many evenings in a row: what is asked when, end to end, on a real journal."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby, pairwise
from random import Random
from typing import NamedTuple

import pytest

from mother_bond.actions.desk import Said
from mother_bond.bundled import Library
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.prompt import GUARD, Depth, Prompt
from mother_bond.library.render import fill
from mother_bond.storage.store import Store
from tests.desks import TODAY, Asked, Line, ScriptedDesk, new_bond, sit

EVENINGS = 40


class Evening(NamedTuple):
    """What one of the evenings was about."""

    day: date
    cause: str | None
    prompts: list[Prompt]


def answers_all(asked: Asked) -> Line:
    """A writer in good heart, who answers everything and takes no step on."""
    return 5 if asked.measure and asked.measure.highest == 7 else 2 if asked.measure else _words(asked)


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
    store: Store, library: Library, role: Role, contact: Contact, writer: Callable[[Asked], Line]
) -> list[Evening]:
    """Forty days, an evening each; the prompts are those that were answered."""
    bond = new_bond(store, role, contact)
    by_text = {fill(p.text, bond): p for pack in library.packs() for p in pack.prompts if p.role is role}
    found = []
    for n in range(EVENINGS):
        day = TODAY + timedelta(days=n)
        session = sit(store, library, bond, ScriptedDesk(otherwise=writer), day).session
        assert session is not None
        questions = [answer.question or "" for answer in session.answers]
        found.append(Evening(day, session.cause, [by_text[q] for q in questions if q in by_text]))
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
