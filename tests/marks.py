"""Made-up marks for tests of the findings: any course, courses with something planted, and their check-ins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from mother_bond.patterns.findings import CheckIns, Finding, Statement, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Column = Sequence[float | None]

FIRST_DAY = date(2026, 1, 1)
ALTERNATING = (3, 5)
"""Two marks that, over and over, go nowhere."""


def lists(least: int = 1, most: int = 200) -> SearchStrategy[list[int]]:
    """Marks of one measure: any at all, all the same, or of two values."""
    mark = st.integers(1, 7)
    length = st.integers(least, most)
    same = st.builds(lambda value, n: [value] * n, mark, length)
    two = st.tuples(mark, mark).flatmap(lambda pair: st.lists(st.sampled_from(pair), min_size=least, max_size=most))
    return st.lists(mark, min_size=least, max_size=most) | same | two


def floats(values: Sequence[float]) -> Floats:
    """Marks as the patterns take them."""
    return np.array(values, dtype=np.float64)


def day(number: int) -> str:
    """The day that many days after the first (ISO)."""
    return (FIRST_DAY + timedelta(days=number)).isoformat()


def ref(number: int) -> str:
    """The short id of the entry of that number."""
    return f"r{number:04}"


def checkins(*columns: Column, days: Sequence[str] | None = None) -> CheckIns:
    """Measures "a", "b" … as check-ins, an entry a day from the first one on; None was skipped."""
    many = max(map(len, columns))
    filled = [
        [np.nan if x is None else float(x) for x in column] + [np.nan] * (many - len(column)) for column in columns
    ]
    return CheckIns(
        tuple("abcdefghij"[: len(columns)]),
        tuple(days or map(day, range(many))),
        tuple(map(ref, range(many))),
        np.array(filled, dtype=np.float64).reshape(len(columns), many).T,
    )


def up_to(found: CheckIns, entries: int) -> CheckIns:
    """The first so many entries."""
    return found._replace(days=found.days[:entries], refs=found.refs[:entries], marks=found.marks[:entries])


def noise(n: int, seed: int, spread: float = 1.0) -> Floats:
    """Seeded independent noise."""
    return np.random.default_rng((seed, n)).standard_normal(n) * spread


def on_scale(values: Sequence[float] | Floats) -> list[int]:
    """The nearest marks from 1 to 7."""
    return [int(x) for x in np.clip(np.rint(values), 1, 7)]


def rising(n: int, seed: int = 1, first: float = 2.0, last: float = 6.0, spread: float = 0.8) -> list[int]:
    """Marks along a line from `first` to `last`, with noise."""
    return on_scale(np.linspace(first, last, n) + noise(n, seed, spread))


def stepping(n: int, at: int, seed: int = 1, low: float = 2.5, high: float = 5.5, spread: float = 0.8) -> list[int]:
    """Marks around `low`, and around `high` from the place `at` on."""
    return on_scale(np.where(np.arange(n) < at, low, high) + noise(n, seed, spread))


def level(n: int, seed: int = 1, around: float = 4.0, spread: float = 1.2) -> list[int]:
    """Marks that go nowhere."""
    return on_scale(around + noise(n, seed, spread))


@st.composite
def courses(draw: st.DrawFn, most: int = 260) -> list[int]:
    """Marks in which something is likely to be found: a few stretches, each with a beginning, an end and noise."""
    values: list[int] = []
    for _ in range(draw(st.integers(1, 5))):
        n, first, last = draw(st.integers(5, 90)), draw(st.integers(1, 7)), draw(st.integers(1, 7))
        spread = draw(st.sampled_from((0.0, 0.5, 1.3)))
        values += rising(n, draw(st.integers(0, 99)), first, last, spread)
    return values[:most]


def linked(n: int, lag: int = 0, seed: int = 1, share: float = 0.8) -> tuple[list[int], list[int]]:
    """Two measures of which the second follows the first, on the same entry or `lag` entries later."""
    first = noise(n + lag, seed)
    second = share * first[:n] + np.sqrt(1 - share**2) * noise(n, seed + 1)
    return on_scale(4 + 1.3 * first[lag:]), on_scale(4 + 1.3 * second)


CLAIM = Finding("nearness", Verdict.RISING, 40, day(0), day(39), (), day(39), 1.77, 1.14, 2.36, 0.0004)
SHIFT = CLAIM._replace(verdict=Verdict.SHIFTED, around=("2026-04-27", "2026-05-11"))
LINK = CLAIM._replace(verdict=Verdict.MOVES_WITH, measure="room", other="owed")


def statement(finding: Finding, number: int = 1) -> Statement:
    """A finding with the names of its measures as the check-in has them."""
    names = {"nearness": "nearness", "owed": "owing", "room": "room to be yourself"}
    return Statement(number, names[finding.measure], names[finding.other] if finding.other else None, finding)


def turned(finding: Finding) -> Finding:
    """The same in the other direction."""
    other = {Verdict.RISING: Verdict.FALLING}.get(finding.verdict, finding.verdict)
    points, low, high = finding.points or 0, finding.low or 0, finding.high or 0
    return finding._replace(verdict=other, points=-points, low=-high, high=-low)


def every_statement() -> tuple[Statement, ...]:
    """A statement of every kind there is, in both directions, held and taken back."""
    claims = [CLAIM, SHIFT, SHIFT._replace(around=None, chosen_day="2026-05-01"), LINK, LINK._replace(lag=1)]
    claims += [turned(claim) for claim in claims]
    claims += [claim._replace(taken_back_on=day(79)) for claim in claims]
    rest = [CLAIM._replace(verdict=verdict) for verdict in (Verdict.NOTHING_CLEAR, Verdict.TOO_EARLY)]
    return (*(statement(claim, n) for n, claim in enumerate(claims, 1)), *(statement(one, 0) for one in rest))
