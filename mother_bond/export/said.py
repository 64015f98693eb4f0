"""Findings as sentences, for documents and screens alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.clock import long_day, short_day
from mother_bond.patterns.findings import Finding, Statement, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def sentences(statements: Iterable[Statement]) -> Iterator[str]:
    """Everything that is said, a sentence each: claims by their numbers, then what is not clear or too early."""
    statements = tuple(statements)
    yield from (f"{one.number}. {sentence(one)}" for one in statements if one.number)
    for verdict, words in (
        (Verdict.NOTHING_CLEAR, m.FINDING_NOTHING),
        (Verdict.TOO_EARLY, m.FINDING_TOO_EARLY),
    ):
        names = [one.name for one in statements if one.finding.verdict is verdict]
        if names:
            yield words.format(names=", ".join(names))


def sentence(one: Statement) -> str:
    """One claim in words; one that was taken back says so first."""
    finding = one.finding
    said = _said(one)
    if finding.taken_back_on is None:
        return said
    return m.FINDING_SAID.format(day=_short(finding.said_on), back=_short(finding.taken_back_on), said=said)


def _said(one: Statement) -> str:
    finding = one.finding
    words = {
        "name": one.name,
        "other": one.other_name,
        "n": finding.entries,
        "points": points(abs(finding.points or 0.0)),
        "span": span(finding.low or 0.0, finding.high or 0.0),
        "first": _long(finding.first_day),
        "last": _long(finding.last_day),
        "way": m.FINDING_UP if finding.upwards else m.FINDING_DOWN,
        "higher": m.FINDING_HIGHER if finding.upwards else m.FINDING_LOWER,
        "when": around(finding),
        "day": _long(finding.chosen_day or finding.said_on),
    }
    text = _template(finding).format(**words)
    return text[:1].upper() + text[1:]


def _template(finding: Finding) -> str:
    """The sentence for a claim."""
    if finding.verdict is Verdict.MOVES_WITH:
        return m.FINDING_LINK_LATER if finding.lag else m.FINDING_LINK
    if finding.verdict is not Verdict.SHIFTED:
        return m.FINDING_LINE
    return m.FINDING_AROUND if finding.chosen_day else m.FINDING_SHIFT


def points(number: float) -> str:
    """ "1.4 points", "a point"."""
    rounded = f"{number:.1f}".removesuffix(".0")
    return m.POINT if rounded == "1" else m.POINTS.format(n=rounded)


def span(low: float, high: float) -> str:
    """An interval as it is spoken of: without signs when both ends have the same, as one when they round alike."""
    if round(low, 1) == round(high, 1):
        return m.SPAN_ALIKE.format(n=f"{abs(round(low, 1)):.1f}")
    if low >= 0 or high <= 0:
        small, large = sorted((abs(low), abs(high)))
        return m.SPAN.format(low=f"{small:.1f}", high=f"{large:.1f}")
    return m.SPAN_OVER.format(low=f"{-low:.1f}", high=f"{high:.1f}")


def around(finding: Finding) -> str:
    """ "early May 2026": the part of a month in the middle of the days between which a shift lies."""
    first, last = map(date.fromisoformat, finding.around or (finding.first_day, finding.last_day))
    middle = first + (last - first) / 2
    return m.MONTH_PARTS[min(2, (middle.day - 1) // 10)].format(month=m.MONTHS[middle.month - 1], year=middle.year)


def _long(day: str) -> str:
    return long_day(date.fromisoformat(day))


def _short(day: str) -> str:
    return short_day(date.fromisoformat(day))
