"""What the writer chooses: whom a summary is for, and whether their words stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.actions.gather import summary
from mother_bond.actions.lists import which
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.entry import Session, Step, StepState
from mother_bond.domain.prompt import Gather
from mother_bond.export.document import Block, Charts, Document, Heading, Quotation, Table
from mother_bond.export.markdown import render
from mother_bond.export.shape import Reader, Shape
from mother_bond.storage import bonds, sessions
from tests.export.demo import MADE, demo_documents
from tests.made import noted

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

MOMENT = "2026-03-02T10:00:00+00:00"
SECRETS = ("aardvark", "buzzard", "chaffinch", "dormouse", "earthworm")
COUNSELLOR = Shape(Reader.COUNSELLOR)


def headings(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Heading)]


def made(store: Store, library: Library, bond: Bond, shape: Shape) -> Document:
    return summary(store, library, [bond], which(None), MADE, shape)


@pytest.fixture
def full(store: Store, bond: Bond, library: Library) -> Bond:
    """A bond with everything a summary can hold, each with a word of its own."""
    prompts = [p for slug in library.slugs for p in library.pack(slug).prompts]
    need, ask = (next(p for p in prompts if p.gather is kind) for kind in (Gather.NEEDS, Gather.QUESTIONS))
    noted(store, bond, "2026-01-01", f"A {SECRETS[0]} walks by.", cause=need.cause, prompt=need.id, question=SECRETS[1])
    noted(
        store, bond, "2026-01-02", f"Where is the {SECRETS[2]}.", cause=ask.cause, prompt=ask.id, question="As asked?"
    )
    long = f"I sat with the tea and looked at the {SECRETS[3]}, and I let it ring until it stopped."
    for day in ("2026-01-03", "2026-03-03"):
        noted(store, bond, day, long, cause="safest-place", checkin={"nearness": 4})
    step = Step(f"When it rings, I will see the {SECRETS[4]}.", StepState.DONE, MOMENT, MOMENT)
    sessions.start(store, Session("01K00000000000000000000001", "", bond, MOMENT, "2026-03-02", step=step))
    return bond


def test_for_oneself_words_come_first_and_counts_last(store: Store, full: Bond, library: Library) -> None:
    assert headings(made(store, library, full, Shape())) == [
        "Daniel (my son)",
        *(m.SUMMARY_WORDS["me"], m.SUMMARY_NEEDS, m.SUMMARY_QUESTIONS),
        *(m.SUMMARY_STEPS, m.SUMMARY_THEMES, m.SUMMARY_COURSE),
    ]


def test_for_a_counsellor_what_it_is_comes_first_and_passages_last(store: Store, full: Bond, library: Library) -> None:
    assert headings(made(store, library, full, COUNSELLOR)) == [
        *(m.SUMMARY_IS, "Daniel (my son)", m.SUMMARY_THEMES, m.SUMMARY_COURSE),
        *(m.SUMMARY_STEPS, m.SUMMARY_NEEDS, m.SUMMARY_QUESTIONS, m.SUMMARY_WORDS["counsellor"]),
    ]


@pytest.mark.parametrize("reader", list(Reader))
def test_without_words_not_one_of_them_is_left(store: Store, full: Bond, library: Library, reader: Reader) -> None:
    whole = render(made(store, library, full, Shape(reader)))
    assert [word for word in SECRETS if word not in whole] == []
    found = made(store, library, full, Shape(reader, words=False))
    assert [word for word in SECRETS if word in repr(found)] == []
    assert not any(isinstance(block, Quotation) for block in found.blocks)
    assert any(isinstance(block, Charts) for block in found.blocks)
    tables = [block for block in found.blocks if isinstance(block, Table)]
    assert Table(m.SUMMARY_STEPS_COUNTED, (("done", "1"),)) in tables
    assert "1 answer about needs and limits, 1 question still open." in render(found)


def test_without_words_the_counts_are_of_all_there_are(store: Store, library: Library, bond: Bond) -> None:
    need = next(p for slug in library.slugs for p in library.pack(slug).prompts if p.gather is Gather.NEEDS)
    for n in range(1, 21):
        noted(store, bond, f"2026-01-{n:02}", "An hour.", cause=need.cause, prompt=need.id)
    assert "20 answers about needs and limits, 0 questions" in render(made(store, library, bond, Shape(words=False)))


@pytest.mark.parametrize("contact", list(Contact))
def test_a_counsellor_reads_where_contact_stands(store: Store, bond: Bond, library: Library, contact: Contact) -> None:
    bonds.put(store, bond._replace(contact=contact))
    told = render(made(store, library, bond._replace(contact=contact), COUNSELLOR))
    assert m.SUMMARY_CONTACT[contact] in told
    assert m.SUMMARY_ROLE[Role.MOTHER] in told
    assert m.SUMMARY_CONTACT[contact] not in render(made(store, library, bond, Shape()))


def test_every_value_of_a_choice_has_its_words() -> None:
    assert set(m.SUMMARY_CONTACT) == set(Contact)
    assert set(m.SUMMARY_ROLE) == set(Role)
    assert set(m.SUMMARY_ABOUT) == set(m.SUMMARY_WORDS) == set(m.SUMMARY_COURSE_ABOUT) == set(Reader)


@pytest.mark.parametrize("role", list(Role))
def test_a_counsellor_is_never_spoken_to_as_the_writer(store: Store, library: Library, role: Role) -> None:
    name = f"{role} for counsellor without words"
    blocks: list[Block] = []
    for block in demo_documents(store, library, role)[name].blocks:
        blocks += [block] if not isinstance(block, Charts | Table) else []
    told = render(Document("A", tuple(blocks)))
    assert not re.search(r"\byours?\b", told, re.I)


def test_nothing_in_it_claims_more_than_was_marked(store: Store, library: Library) -> None:
    for found in demo_documents(store, library).values():
        ours = " ".join(block.text for block in found.blocks if not isinstance(block, Quotation | Table | Charts))
        charts = [chart for block in found.blocks if isinstance(block, Charts) for chart in block.charts]
        told = f"{ours} {' '.join(chart.told + chart.caption for chart in charts)}".lower()
        assert charts
        assert not [w for w in ("because", "rise", "rose", "fell", "better", "worse", "improv", "trend") if w in told]


def test_a_measure_is_drawn_only_when_there_is_enough_of_it(store: Store, bond: Bond, library: Library) -> None:
    for n in range(1, 29):
        marks = {"nearness": 4} | ({"mood": 3} if n < 10 else {}) | ({"owed": 2} if n < 5 else {})
        noted(store, bond, f"2026-01-{n:02}", checkin={**marks, "gone-measure": 2})
    [charts] = [b for b in made(store, library, bond, Shape()).blocks if isinstance(b, Charts)]
    drawn = {chart.name: (len(chart.points), len(chart.line)) for chart in charts.charts}
    assert drawn == {"nearness": (28, 7), "owing": (0, 0), "mood": (9, 0)}
    assert (charts.first, charts.last) == ("2026-01-01", "2026-01-28")
    assert "very far" in charts.charts[0].told
    assert "too early to say" in {c.name: c.caption for c in charts.charts}["mood"]
