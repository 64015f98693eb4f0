"""The reflection summary as a neutral document: for keeping, or for taking to somebody.

For oneself it opens with one's own words, and what was counted comes last. For a counsellor it opens
with what it is and is not; counts come before words, and the writer's passages last, so that nobody
has to hand them over to be heard.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.clock import long_day
from mother_bond.domain.entry import Step, StepState
from mother_bond.export.document import Block, Charts, Document, Heading, Paragraph, Quotation, Table
from mother_bond.export.measured import chart
from mother_bond.export.said import sentences
from mother_bond.export.shape import AS_USUAL, Reader, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mother_bond.domain.bond import Bond
    from mother_bond.export.measured import Marked
    from mother_bond.patterns.findings import Statement


class Passed(NamedTuple):
    """Words of the writer that are taken into the summary."""

    question: str
    text: str
    day: str


class Period(NamedTuple):
    """What the summary is about: from the first to the last day on which something was written."""

    first_day: str | None
    last_day: str | None
    sessions: int
    days: int


class Part(NamedTuple):
    """The summary of one bond; themes are (name, sessions, last day), `counted` all needs and questions there are."""

    bond: Bond
    period: Period
    themes: tuple[tuple[str, int, str], ...]
    courses: tuple[Marked, ...]
    words: tuple[tuple[str, Passed], ...]
    steps: tuple[tuple[str, Step], ...]
    needs: tuple[Passed, ...]
    questions: tuple[Passed, ...]
    counted: tuple[int, int] = (0, 0)
    said: tuple[Statement, ...] = ()


def document(parts: tuple[Part, ...], made: date, shape: Shape = AS_USUAL) -> Document:
    """The whole summary."""
    blocks = [*_opening(made, shape)]
    for part in parts:
        blocks += _part(part, shape)
    blocks.append(Paragraph(m.SUMMARY_END_SHARED if shape.redact else m.SUMMARY_END))
    return Document(m.SUMMARY_TITLE, tuple(blocks), made.isoformat())


def day_text(day: str | None) -> str:
    """An ISO day in words."""
    return long_day(date.fromisoformat(day)) if day else ""


def _opening(made: date, shape: Shape) -> Iterator[Block]:
    own = shape.reader is Reader.ME
    about = m.SUMMARY_ABOUT_COUNTS if own and not shape.words else m.SUMMARY_ABOUT[shape.reader]
    yield Paragraph(about.format(day=long_day(made)))
    if shape.theme:
        yield Paragraph(m.SUMMARY_CAUSE.format(name=shape.theme))
    if shape.redact:
        yield Paragraph(m.SUMMARY_REDACTED)
    if not own:
        yield Heading(m.SUMMARY_IS)
        yield from map(Paragraph, m.SUMMARY_IS_LINES)
        picked = m.SUMMARY_IS_SHARED if shape.redact else m.SUMMARY_IS_WORDS
        yield Paragraph(picked if shape.words else m.SUMMARY_IS_COUNTS)


def _part(part: Part, shape: Shape) -> Iterator[Block]:
    bond = part.bond
    yield Heading(bond.name if bond.call == bond.name else f"{bond.name} ({bond.call})")
    if shape.reader is Reader.COUNSELLOR:
        yield Paragraph(f"{m.SUMMARY_ROLE[bond.role]} {m.SUMMARY_CONTACT[bond.contact]}")
    period = part.period
    if not period.sessions:
        yield Paragraph(m.SUMMARY_NOTHING)
        return
    yield Paragraph(
        m.SUMMARY_PERIOD.format(
            first=day_text(period.first_day),
            last=day_text(period.last_day),
            sessions=m.count(period.sessions, m.ENTRY_WORD),
            days=m.count(period.days, m.DAY_WORD),
        )
    )
    for section in _ORDER[shape.reader]:
        yield from section(part, shape)


def _themes(part: Part, _: Shape) -> Iterator[Block]:
    if part.themes:
        yield Heading(m.SUMMARY_THEMES, 2)
        yield Table(m.SUMMARY_THEMES_HEAD, tuple((n, str(c), day_text(d)) for n, c, d in part.themes))


def _courses(part: Part, shape: Shape) -> Iterator[Block]:
    if not part.courses:
        return
    days = [day for marked in part.courses for day, _ in marked.points]
    charts = tuple(map(chart, part.courses))
    yield Heading(m.SUMMARY_COURSE, 2)
    yield Paragraph(m.SUMMARY_COURSE_ABOUT[shape.reader])
    key = m.SUMMARY_COURSE_KEY if any(drawn.line for drawn in charts) else ""
    for sentence in sentences(part.said):
        yield Paragraph(sentence)
    yield Charts(m.SUMMARY_COURSE_HEAD, charts, min(days, default=""), max(days, default=""), key)


def _words(part: Part, shape: Shape) -> Iterator[Block]:
    if shape.words and part.words:
        yield Heading((m.SUMMARY_SHARED if shape.redact else m.SUMMARY_WORDS)[shape.reader], 2)
        for theme, passed in part.words:
            day = day_text(passed.day)
            yield Quotation(passed.text, passed.question, f"{theme}, {day}" if theme else day)


def _steps(part: Part, shape: Shape) -> Iterator[Block]:
    if not part.steps:
        return
    yield Heading(m.SUMMARY_STEPS, 2)
    if shape.words and not shape.redact:
        states = dict(m.STEP_STATES)
        rows = tuple((day_text(day), step.plan, states[StepState(step.state)]) for day, step in part.steps)
        yield Table(m.SUMMARY_STEPS_HEAD, rows)
    else:
        found = [step.state for _, step in part.steps]
        counts = ((said, found.count(StepState(state))) for state, said in m.STEP_STATES)
        yield Table(m.SUMMARY_STEPS_COUNTED, tuple((said, str(n)) for said, n in counts if n))


def _gathered(part: Part, shape: Shape) -> Iterator[Block]:
    if shape.words:
        first, second = (m.SUMMARY_NEEDS, part.needs), (m.SUMMARY_QUESTIONS, part.questions)
        for heading, passages in (first, second):
            if passages:
                yield Heading(heading, 2)
            for passed in passages:
                yield Quotation(passed.text, passed.question, day_text(passed.day))
    elif any(part.counted):
        needs, questions = part.counted
        yield Paragraph(
            m.SUMMARY_COUNTED.format(needs=m.count(needs, m.ANSWER_WORD), questions=m.count(questions, m.QUESTION_WORD))
        )


_ORDER: dict[Reader, tuple[Callable[[Part, Shape], Iterator[Block]], ...]] = {
    Reader.ME: (_words, _gathered, _steps, _themes, _courses),
    Reader.COUNSELLOR: (_themes, _courses, _steps, _gathered, _words),
}
"""The sections of a bond in the order in which they are read."""
