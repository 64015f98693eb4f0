"""The reflection summary as a neutral document: for keeping, or for taking to somebody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.clock import long_day
from mother_bond.domain.entry import Step, StepState
from mother_bond.export.document import Block, Document, Heading, Paragraph, Quotation, Table
from mother_bond.patterns.course import Course, Says, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.domain.bond import Bond


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
    """The summary of one bond; themes are (name, sessions, last day)."""

    bond: Bond
    period: Period
    themes: tuple[tuple[str, int, str], ...]
    courses: tuple[Course, ...]
    words: tuple[tuple[str, Passed], ...]
    steps: tuple[tuple[str, Step], ...]
    needs: tuple[Passed, ...]
    questions: tuple[Passed, ...]


def document(parts: tuple[Part, ...], made: date) -> Document:
    """The whole summary."""
    blocks: list[Block] = [Paragraph(m.SUMMARY_ABOUT.format(day=long_day(made)))]
    for part in parts:
        blocks += _part(part)
    blocks.append(Paragraph(m.SUMMARY_END))
    return Document(m.SUMMARY_TITLE, tuple(blocks))


def day_text(day: str | None) -> str:
    """An ISO day in words."""
    return long_day(date.fromisoformat(day)) if day else ""


def _part(part: Part) -> Iterator[Block]:
    bond = part.bond
    yield Heading(bond.name if bond.call == bond.name else f"{bond.name} ({bond.call})")
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
    if part.themes:
        yield Heading(m.SUMMARY_THEMES, 2)
        yield Table(m.SUMMARY_THEMES_HEAD, tuple((n, str(c), day_text(d)) for n, c, d in part.themes))
    yield from _courses(part.courses)
    if part.words:
        yield Heading(m.SUMMARY_WORDS, 2)
        for theme, passed in part.words:
            yield Quotation(passed.text, passed.question, f"{theme}, {day_text(passed.day)}")
    yield from _steps(part.steps)
    yield from _quoted(m.SUMMARY_NEEDS, part.needs)
    yield from _quoted(m.SUMMARY_QUESTIONS, part.questions)


def _courses(courses: tuple[Course, ...]) -> Iterator[Block]:
    if not courses:
        return
    yield Heading(m.SUMMARY_COURSE, 2)
    yield Paragraph(m.COURSE_ABOUT)
    yield Table(m.SUMMARY_COURSE_HEAD, tuple(course_row(course) for course in courses))


def course_row(course: Course) -> tuple[str, str, str, str, str]:
    """A measure as name, number of marks, median, range and line; what cannot be said yet is said so."""
    if course.says is Says.COUNT:
        return (course.name, str(course.marks), "", "", m.TOO_FEW)
    if course.words:
        counts = ", ".join(f"{word} {n}" for word, n in zip(course.words, course.counts, strict=True) if n)
        return (course.name, str(course.marks), "", "", counts)
    line = drawn(course.middles, course.highest) if course.middles else m.TOO_EARLY
    return (course.name, str(course.marks), str(course.median), f"{course.low}–{course.high}", line)


def _steps(steps: tuple[tuple[str, Step], ...]) -> Iterator[Block]:
    if not steps:
        return
    yield Heading(m.SUMMARY_STEPS, 2)
    states = dict(m.STEP_STATES)
    rows = tuple((day_text(day), step.plan, states[StepState(step.state)]) for day, step in steps)
    yield Table(m.SUMMARY_STEPS_HEAD, rows)


def _quoted(heading: str, passages: tuple[Passed, ...]) -> Iterator[Block]:
    if not passages:
        return
    yield Heading(heading, 2)
    for passed in passages:
        yield Quotation(passed.text, passed.question, day_text(passed.day))
