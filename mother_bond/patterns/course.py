"""The course of one measure: its middle, its range, and a line, each only once there is enough of it.

Fewer than 8 marks are only counted; up to 19 give a median and a range, with "too early to say";
from 20 on the line is shown as well. Whether it rises or falls is not claimed here.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNT_ONLY = 8
TOO_EARLY = 20
LINE_POINTS = 24
_BLOCKS = "▁▂▃▄▅▆▇"


class Says(StrEnum):
    """How much may be said."""

    COUNT = "count"
    TOO_EARLY = "too early to say"
    COURSE = "course"


class Course(NamedTuple):
    """Marks of one measure in the order of time; `middles` and `quarters` are medians of equal runs."""

    measure: str
    name: str
    marks: int
    highest: int
    says: Says
    median: int | None = None
    low: int | None = None
    high: int | None = None
    middles: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    first_day: str | None = None
    last_day: str | None = None
    words: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()


def course(
    measure: str, name: str, marks: Sequence[tuple[str, int]], highest: int = 7, words: Sequence[str] = ()
) -> Course:
    """The course of `marks`, pairs of day and value, oldest first; what is not from 1 to `highest` is passed over."""
    marks = [(day, value) for day, value in marks if 1 <= value <= highest]
    values = [value for _, value in marks]
    days = (marks[0][0], marks[-1][0]) if marks else (None, None)
    says = Says.COUNT if len(values) < COUNT_ONLY else Says.TOO_EARLY if len(values) < TOO_EARLY else Says.COURSE
    if says is Says.COUNT:
        return Course(measure, name, len(values), highest, says, first_day=days[0], last_day=days[1])
    counts = tuple(values.count(point) for point in range(1, highest + 1)) if words else ()
    return Course(
        measure,
        name,
        len(values),
        highest,
        says,
        median=median_low(values),
        low=min(values),
        high=max(values),
        middles=medians_of_parts(values, LINE_POINTS) if says is Says.COURSE else (),
        quarters=medians_of_parts(values, 4) if says is Says.COURSE else (),
        first_day=days[0],
        last_day=days[1],
        words=tuple(words),
        counts=counts,
    )


def medians_of_parts(values: Sequence[int], parts: int) -> tuple[int, ...]:
    """The medians of `values` cut into at most `parts` runs of nearly equal length."""
    parts = min(parts, len(values))
    bounds = [round(n * len(values) / parts) for n in range(parts + 1)]
    return tuple(median_low(values[a:b]) for a, b in itertools.pairwise(bounds))


def drawn(middles: Sequence[int], highest: int) -> str:
    """The middles as a line of blocks, the lowest point of the scale at the bottom."""
    top = len(_BLOCKS) - 1
    return "".join(_BLOCKS[round((value - 1) * top / max(1, highest - 1))] for value in middles)
