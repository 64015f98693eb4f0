"""A measure's course as a chart: its row, its caption, what is told of it, and the points to draw."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.clock import long_day
from mother_bond.export.document import Chart
from mother_bond.patterns.course import Course, Says, drawn, medians_of_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_RUNS, LEAST_MARKS = 12, 4
"""A drawn line has the medians of at most so many runs, of at least so many marks each; finer would draw noise."""


class Marked(NamedTuple):
    """The course of a measure with the words at its ends and every mark, (ISO day, value), oldest first."""

    course: Course
    low: str
    high: str
    points: tuple[tuple[str, int], ...]


def chart(marked: Marked) -> Chart:
    """The measure as a chart; below the fewest marks that say anything there is nothing to draw."""
    course = marked.course
    few = course.says is Says.COUNT
    caption = caption_of(course)
    line = () if few or course.words or not course.middles else medians(marked.points)
    return Chart(
        name=course.name,
        caption=caption,
        told=caption if few else _told(marked, caption, line),
        row=course_row(course),
        highest=course.highest,
        steps=course.words or (marked.low, marked.high),
        points=() if few else marked.points,
        line=line,
    )


def course_row(course: Course) -> tuple[str, str, str, str, str]:
    """A measure as name, number of marks, median, range and line; what cannot be said yet is said so."""
    if course.says is Says.COUNT:
        return (course.name, str(course.marks), "", "", m.TOO_FEW)
    if course.words:
        return (course.name, str(course.marks), "", "", _counts(course))
    line = drawn(course.middles, course.highest) if course.middles else m.TOO_EARLY
    return (course.name, str(course.marks), str(course.median), f"{course.low}–{course.high}", line)


def caption_of(course: Course) -> str:
    """What can be said of a measure, in one sentence."""
    marks = m.count(course.marks, m.MARK_WORD)
    if course.says is Says.COUNT:
        return m.CHART_FEW.format(marks=marks)
    if course.words:
        return m.CHART_WORDS.format(marks=marks, counts=_counts(course))
    said = m.CHART_COURSE if course.middles else m.CHART_EARLY
    return said.format(marks=marks, median=course.median, low=course.low, high=course.high)


def medians(points: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The median of each run of marks, on the day that lies in the middle of the run."""
    runs = max(1, min(MOST_RUNS, len(points) // LEAST_MARKS))
    values = medians_of_parts([value for _, value in points], runs)
    bounds = [round(n * len(points) / len(values)) for n in range(len(values) + 1)]
    return tuple(
        (_between(points[a][0], points[b - 1][0]), value)
        for (a, b), value in zip(itertools.pairwise(bounds), values, strict=True)
    )


def _counts(course: Course) -> str:
    return ", ".join(f"{word} {n}" for word, n in zip(course.words, course.counts, strict=True) if n)


def _between(first: str, last: str) -> str:
    middle = (date.fromisoformat(first).toordinal() + date.fromisoformat(last).toordinal()) // 2
    return date.fromordinal(middle).isoformat()


def _told(marked: Marked, caption: str, line: Sequence[tuple[str, int]]) -> str:
    told = m.CHART_TOLD.format(
        first=long_day(date.fromisoformat(marked.points[0][0])),
        last=long_day(date.fromisoformat(marked.points[-1][0])),
        low=marked.low,
        high=marked.high,
        highest=marked.course.highest,
        caption=caption,
    )
    middles = m.CHART_LINE.format(middles=", ".join(str(value) for _, value in line)) if line else ""
    return f"{told} {middles}".strip()
