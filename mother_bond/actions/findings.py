"""What may be said of the check-ins of one bond, claim by claim, and the entries each rests on."""

from __future__ import annotations

import os
from datetime import date, datetime
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

# read when numpy is imported; for arrays as short as ours its threads cost more than they save
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from mother_bond import messages as m
from mother_bond.bundled import measures
from mother_bond.errors import NotFoundError
from mother_bond.patterns.course import Course, course
from mother_bond.patterns.findings import CLAIMS, CheckIns, Finding, Statement, before_and_after, findings
from mother_bond.storage import lines, look

if TYPE_CHECKING:
    from mother_bond.domain.line import Line
    from mother_bond.domain.measure import Measure
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store

FEWEST_IN_A_GROUP = 5
_PARTS_OF_DAY = (5, 12, 18, 24)


class Statements(NamedTuple):
    """Everything that may be said now, and what was said before and taken back."""

    statements: tuple[Statement, ...]

    @property
    def claims(self) -> tuple[Statement, ...]:
        """Those that claim something, taken back or not."""
        return tuple(one for one in self.statements if one.number)


class Group(NamedTuple):
    """Marks of one weekday (0 is Monday) or one part of the day (0 is the night): how many, and their median."""

    place: int
    marks: int
    median: int | None


class MeasurePage(NamedTuple):
    """One measure by itself: its course, what is said of it, and how its marks lie over week and day."""

    course: Course
    low: str
    high: str
    statements: tuple[Statement, ...]
    weekdays: tuple[Group, ...]
    parts_of_day: tuple[Group, ...]


class Why(NamedTuple):
    """One claim, and the entries behind it, oldest first."""

    statement: Statement
    lines: tuple[Line, ...]


class Around(NamedTuple):
    """Every measure before a day against from that day on."""

    day: str
    statements: tuple[Statement, ...]


def statements(store: Store, meant: Which) -> Statements:
    """Everything that may be said of the check-ins that are meant."""
    return Statements(_numbered(findings(_checkins(list(look.marks(store, meant))))))


def around(store: Store, meant: Which, day: date) -> Around:
    """What was before a day the writer names, and what came from that day on."""
    found = before_and_after(_checkins(list(look.marks(store, meant))), day.isoformat())
    return Around(day.isoformat(), _numbered(found))


def why(store: Store, meant: Which, number: int) -> Why:
    """The claim of that number with its entries.

    Raises `NotFoundError` where there is no claim of that number.
    """
    claims = statements(store, meant).claims
    if not 1 <= number <= len(claims):
        raise NotFoundError(m.CLAIM_NONE.format(n=len(claims)), m.CLAIM_NONE_HINT)
    claim = claims[number - 1]
    return Why(claim, tuple(lines.by_refs(store, claim.finding.refs)))


def measure_page(store: Store, meant: Which, named: str) -> MeasurePage:
    """One measure by its id or its name.

    Raises `NotFoundError` for one there is not, or that holds no marks.
    """
    wanted = named.strip().casefold()
    measure = next((x for x in _scales() if wanted in (x.id, x.name.casefold())), None)
    marks = list(look.marks(store, meant))
    own = [mark for mark in marks if measure and mark.measure == measure.id and 1 <= mark.value <= measure.highest]
    if measure is None or not own:
        raise NotFoundError(m.MEASURE_NONE, m.MEASURE_NONE_HINT.format(known=", ".join(x.id for x in _scales())))
    said = _numbered(findings(_checkins(marks)))
    return MeasurePage(
        course(measure.id, measure.name, [(mark.day, mark.value) for mark in own], measure.highest, measure.words),
        measure.low,
        measure.high,
        tuple(one for one in said if measure.id in (one.finding.measure, one.finding.other)),
        _groups([date.fromisoformat(mark.day).weekday() for mark in own], own, 7),
        _groups([_part_of_day(mark.at) for mark in own], own, 4),
    )


def _scales() -> tuple[Measure, ...]:
    """The measures of which more is said than counts: all but those in words and the mood at the end."""
    return tuple(measure for measure in measures() if not measure.words and not measure.closing)


def _numbered(found: tuple[Finding, ...]) -> tuple[Statement, ...]:
    names = {measure.id: measure.name for measure in measures()}
    made: list[Statement] = []
    number = 0
    for finding in found:
        number += finding.verdict in CLAIMS
        made.append(
            Statement(
                number if finding.verdict in CLAIMS else 0,
                names[finding.measure],
                names[finding.other] if finding.other else None,
                finding,
            )
        )
    return tuple(made)


def _checkins(marks: list[look.Mark]) -> CheckIns:
    """Marks as a table of entries by measures; marks that are not on their scale are passed over."""
    scales = {measure.id: measure for measure in _scales()}
    kept = [mark for mark in marks if mark.measure in scales and 1 <= mark.value <= scales[mark.measure].highest]
    places = {name: n for n, name in enumerate(name for name in scales if any(mark.measure == name for mark in kept))}
    rows = {ref: n for n, ref in enumerate(dict.fromkeys(mark.ref for mark in kept))}
    table = np.full((len(rows), len(places)), np.nan)
    days: dict[str, str] = {}
    for mark in kept:
        table[rows[mark.ref], places[mark.measure]] = mark.value
        days[mark.ref] = mark.day
    return CheckIns(tuple(places), tuple(days.values()), tuple(rows), table)


def _groups(places: list[int], marks: list[look.Mark], many: int) -> tuple[Group, ...]:
    """The marks by place; a median is given from a handful on."""
    by_place: list[list[int]] = [[] for _ in range(many)]
    for place, mark in zip(places, marks, strict=True):
        by_place[place].append(mark.value)
    return tuple(
        Group(place, len(values), median_low(values) if len(values) >= FEWEST_IN_A_GROUP else None)
        for place, values in enumerate(by_place)
    )


def _part_of_day(at: str) -> int:
    hour = datetime.fromisoformat(at).hour
    return next(place for place, until in enumerate(_PARTS_OF_DAY) if hour < until)
