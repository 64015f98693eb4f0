"""A chart as SVG: a dot a mark, a quiet line of medians, the scale's words, the months below.

Every shape has its colours as plain attributes, for a program that prints it, and a class, for a page
that has its own. The text in it is escaped; nothing is loaded.
"""

from __future__ import annotations

import itertools
from datetime import date
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.export.document import Chart

WIDTH, HEIGHT = 300, 126
LEFT, RIGHT, TOP, BOTTOM = 70, 300, 6, 90
MOST_TICKS = 7
SHORT = 62
"""Days below which months say too little, and the first and the last day stand there instead."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_TEXT = 'font-family="Libertinus Serif, serif" font-size="11" fill="#55504a"'


class Tick(NamedTuple):
    """A day on the line below a chart, with what is written there in up to two lines."""

    day: date
    text: str
    below: str = ""


def ticks(first: date, last: date) -> list[Tick]:
    """Few enough days to be labelled: the beginnings of months or years, or the two ends of a short time."""
    if (last - first).days < SHORT:
        ends = [first] if first == last else [first, last]
        return [Tick(day, f"{day.day} {m.MONTHS[day.month - 1][:3]}", str(day.year)) for day in ends]
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    months = range(begin if first.day == 1 else begin + 1, end + 1)
    step = next(step for step in _STEPS if len(months) <= step * MOST_TICKS)
    found = [month for month in months if month % step == 0]
    return [
        Tick(date(month // 12, month % 12 + 1, 1), *_label(month, step, at_start=n == 0))
        for n, month in enumerate(found)
    ]


def _label(month: int, step: int, *, at_start: bool) -> tuple[str, str]:
    year = str(month // 12)
    if step >= 12:
        return year, ""
    return m.MONTHS[month % 12][:3], year if at_start or month % 12 == 0 else ""


def svg(chart: Chart, first: str, last: str, number: int | None = None) -> str:
    """The chart over the days from `first` to `last`; with a `number`, named for a page by ids that end in it."""
    named = ' role="img"' if number is None else f' role="img" aria-labelledby="chart-{number} told-{number}"'
    titles = "" if number is None else _titles(chart, number)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"{named}>{titles}']
    ground = _Ground(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal(), chart.highest)
    parts += _scale(chart, ground)
    parts += _days(ticks(date.fromisoformat(first), date.fromisoformat(last)), ground)
    if chart.line:
        parts.append(_line(chart.line, ground))
    parts += (
        f'<circle class="dot" cx="{ground.x(day):.1f}" cy="{ground.y(value):.1f}" r="2.3" fill="#3d3a36"'
        ' fill-opacity="0.75"/>'
        for day, value in chart.points
    )
    return "".join([*parts, "</svg>"])


def _titles(chart: Chart, number: int) -> str:
    name, told = (escape(visible(text)) for text in (chart.name, chart.told))
    return f'<title id="chart-{number}">{name}</title><desc id="told-{number}">{told}</desc>'


class _Ground(NamedTuple):
    """Where days and values lie."""

    first: int
    last: int
    highest: int

    def x(self, day: str) -> float:
        """How far to the right a day is; a single day stands in the middle."""
        if self.first == self.last:
            return (LEFT + RIGHT) / 2
        part = (date.fromisoformat(day).toordinal() - self.first) / (self.last - self.first)
        return LEFT + 6 + part * (RIGHT - LEFT - 12)

    def y(self, value: int) -> float:
        """How far down a value is; the highest is at the top."""
        return BOTTOM - (value - 1) / max(1, self.highest - 1) * (BOTTOM - TOP)


def _scale(chart: Chart, ground: _Ground) -> Iterator[str]:
    named = dict(enumerate(chart.steps, 1)) if len(chart.steps) == chart.highest else {}
    if not named and len(chart.steps) == 2:
        named = {1: chart.steps[0], chart.highest: chart.steps[1]}
    for value in range(1, chart.highest + 1):
        y = ground.y(value)
        outer = value in (1, chart.highest)
        yield (
            f'<line class="{"edge" if outer else "rule"}" x1="{LEFT}" x2="{RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            f' stroke="{"#a8a198" if outer else "#e4dfd8"}" stroke-width="{1 if outer else 0.75}"/>'
        )
        if value in named:
            word = escape(visible(named[value]))
            yield f'<text x="{LEFT - 7}" y="{y + 3.6:.1f}" text-anchor="end" {_TEXT}>{word}</text>'


def _days(found: list[Tick], ground: _Ground) -> Iterator[str]:
    for tick in found:
        x = ground.x(tick.day.isoformat())
        yield (
            f'<line class="edge" x1="{x:.1f}" x2="{x:.1f}" y1="{BOTTOM + 4}" y2="{BOTTOM + 8}" stroke="#a8a198"'
            ' stroke-width="1"/>'
        )
        for line, text in enumerate((tick.text, tick.below)):
            if text:
                yield f'<text x="{x:.1f}" y="{BOTTOM + 19 + 12 * line}" text-anchor="middle" {_TEXT}>{text}</text>'


def _line(points: tuple[tuple[str, int], ...], ground: _Ground) -> str:
    places = [f"{ground.x(day):.1f} {ground.y(value):.1f}" for day, value in points]
    path = " L".join(place for place, _ in itertools.groupby(places))
    return f'<path class="middle" d="M{path}" fill="none" stroke="#9a6b4a" stroke-width="1.6" stroke-linejoin="round"/>'
