"""Gather what a reflection summary holds. No answer of the writer is taken twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond.actions.patterns import PASSAGE_CAUSES, changes
from mother_bond.bundled import measures
from mother_bond.domain.prompt import Gather, Pack
from mother_bond.errors import BadFileError
from mother_bond.export.measured import Marked
from mother_bond.export.shape import AS_USUAL, Shape
from mother_bond.export.summary import Part, Passed, Period, document
from mother_bond.patterns.passages import Passage, early_and_late, own_questions, passage
from mother_bond.storage import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mother_bond.actions.patterns import Changes
    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Answer, Session, Step
    from mother_bond.export.document import Document
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store

MOST_GATHERED = 12


def summary(
    store: Store, library: Library, about: Iterable[Bond], meant: Which, made: date, shape: Shape = AS_USUAL
) -> Document:
    """The reflection summary of these bonds."""
    return document(parts(store, library, about, meant, shape), made, shape)


def parts(store: Store, library: Library, about: Iterable[Bond], meant: Which, shape: Shape) -> tuple[Part, ...]:
    """What is told of each of these bonds; of words to be handed over only those the writer marked."""
    shared = shape.redact and shape.words
    return tuple(_part(store, library, bond, meant._replace(bond=bond.id), shared=shared) for bond in about)


def _part(store: Store, library: Library, bond: Bond, meant: Which, *, shared: bool) -> Part:
    """What is told of one bond; with `shared` every answer that may be handed on, whole, and no other."""
    counted = changes(store, library, meant, bond.name)
    gathered = _Gathered(library, shared=shared)
    for session in look.stream(store, meant):
        gathered.add(session)
    names = {walked.cause: walked.name for walked in counted.walked}
    passages = gathered.passages if shared else early_and_late(gathered.passages, list(names)[:PASSAGE_CAUSES])
    most = None if shared else -MOST_GATHERED
    words = tuple(
        (names.get(p.cause or "", ""), Passed(gathered.asked.get(p.ref, ""), p.text, p.day)) for p in passages
    )
    return Part(
        bond=bond,
        period=Period(counted.first_day, counted.last_day, counted.sessions, counted.days),
        themes=tuple((walked.name, walked.sessions, walked.last_day) for walked in counted.walked),
        courses=_marked(counted, gathered.marks),
        words=words,
        steps=tuple(gathered.steps),
        needs=tuple(gathered.needs[most:]),
        questions=tuple(gathered.questions[most:]),
        counted=(len(gathered.needs), len(gathered.questions)),
        said=counted.statements,
    )


def _marked(counted: Changes, marks: dict[str, list[tuple[str, int]]]) -> tuple[Marked, ...]:
    """Each course with the words at its ends and its marks; what is off the scale is passed over, as in the course."""
    ends = {measure.id: measure for measure in measures()}
    return tuple(
        Marked(
            course,
            ends[course.measure].low,
            ends[course.measure].high,
            tuple((day, value) for day, value in marks[course.measure] if 1 <= value <= course.highest),
        )
        for course in counted.courses
    )


class _Gathered:
    """Answers by the section of the summary they belong to; with `shared` only those that may be handed on."""

    def __init__(self, library: Library, *, shared: bool) -> None:
        self.shared = shared
        self.passages: list[Passage] = []
        self.kind = {prompt.id: prompt.gather for pack in _usable(library) for prompt in pack.prompts if prompt.gather}
        self.needs: list[Passed] = []
        self.questions: list[Passed] = []
        self.steps: list[tuple[str, Step]] = []
        self.asked: dict[str, str] = {}
        self.marks: dict[str, list[tuple[str, int]]] = {}

    def add(self, session: Session) -> None:
        if session.step:
            self.steps.append((session.day, session.step))
        for measure, value in session.checkin.items():
            self.marks.setdefault(measure, []).append((session.day, value))
        for answer in session.answers:
            if self.shared and not answer.shared:
                continue
            kind = self.kind.get(answer.prompt or "")
            if kind is Gather.NEEDS:
                self.needs.append(Passed(answer.question or "", answer.text, session.day))
            elif kind is Gather.QUESTIONS:
                self.questions.append(Passed(answer.question or "", answer.text, session.day))
            elif self.shared:
                self._take(session, answer, answer.text)
            elif session.cause:
                asked, words = own_questions(answer.text), passage(answer.text)
                self.questions += [Passed("", text, session.day) for text in asked]
                if words and words not in asked:
                    self._take(session, answer, words)

    def _take(self, session: Session, answer: Answer, words: str) -> None:
        ref = f"{session.ref}.{answer.position}"
        self.asked[ref] = answer.question or ""
        self.passages.append(Passage(ref, session.day, session.cause, words))


def _usable(library: Library) -> Iterator[Pack]:
    """Every pack that can be read; a broken pack of the writer's own must not stop a summary."""
    for slug in library.slugs:
        try:
            yield library.pack(slug)
        except BadFileError:
            continue
