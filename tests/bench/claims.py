"""How often the findings are wrong, and how often they find what is there: seeded simulation, beside the goals.

`python tests/bench/claims.py` runs 2 000 journals a cell on all cores; `--quick` a few hundred, as CI does.
Series are ordinal, 1 to 7, with a standard deviation of about 1.3 and autocorrelation φ. "gaps" are
written in bursts with silences of 5 to 20 days between, "bad days" more likely when the measure is low,
and both are drawn from a day-by-day series whose autocorrelation is φ from one day to the next.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mother_bond.patterns import looks, shift, trend
from mother_bond.patterns.findings import CLAIMS, CheckIns, findings
from mother_bond.patterns.links import link
from mother_bond.patterns.series import phi_after_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED = 20_261_121
ALPHA = 0.05
PHIS = (0.0, 0.3, 0.6)
MEASURES = 6
SPREAD = 1.3
A_YEAR = 365
KINDS = ("daily", "gaps", "missing", "bad days", "coarse")


class Cell(NamedTuple):
    """One row of the table: what is counted, and the goal it is held to (at most, or at least)."""

    name: str
    one: Callable[[np.random.Generator], bool]
    most: float | None = None
    least: float | None = None


class Result(NamedTuple):
    """A row with its rate."""

    name: str
    rate: float
    most: float | None
    least: float | None

    @property
    def reached(self) -> bool:
        return (self.most is None or self.rate <= self.most) and (self.least is None or self.rate >= self.least)


# --- series ------------------------------------------------------------------------------------


def drifting(rng: np.random.Generator, n: int, phi: float) -> Floats:
    """An AR(1) series of variance 1."""
    noise = rng.standard_normal(n)
    series = np.empty(n)
    series[0] = noise[0]
    for i in range(1, n):
        series[i] = phi * series[i - 1] + np.sqrt(1 - phi * phi) * noise[i]
    return series


def marks(latent: Floats, spread: float = SPREAD) -> Floats:
    """A series as marks from 1 to 7."""
    return np.clip(np.rint(4 + spread * latent), 1, 7)


def written(rng: np.random.Generator, n: int, phi: float, kind: str) -> Floats:
    """`n` marks as they are written in one of `KINDS`, with nothing happening."""
    if kind == "daily":
        return marks(drifting(rng, n, phi))
    if kind == "coarse":
        return marks(drifting(rng, n, phi), 0.6)
    latent = drifting(rng, 8 * n, phi)
    if kind == "missing":
        return marks(latent[rng.random(8 * n) < 0.75][:n])
    if kind == "bad days":
        return marks(latent[rng.random(8 * n) < 1 / (1 + np.exp(latent))][:n])
    days: list[int] = []
    at = 0
    while len(days) < n:
        burst = int(rng.integers(3, 10))
        days += range(at, at + burst)
        at += burst + int(rng.integers(5, 21))
    return marks(drifting(rng, at + 1, phi)[days[:n]])


# --- one journal at a time -----------------------------------------------------------------------


def trend_alarm(rng: np.random.Generator, n: int, phi: float, kind: str) -> bool:
    return trend.alone(written(rng, n, phi, kind)) < ALPHA


def trend_found(rng: np.random.Generator, n: int, phi: float) -> bool:
    return trend.alone(marks(drifting(rng, n, phi) + np.linspace(-1, 1, n))) < ALPHA


def shift_alarm(rng: np.random.Generator, n: int, phi: float, kind: str) -> bool:
    return shift.alone(written(rng, n, phi, kind)) < ALPHA


def shift_found(rng: np.random.Generator, n: int, phi: float) -> bool:
    at = int(rng.integers(round(0.3 * n), round(0.7 * n)))
    return shift.alone(marks(drifting(rng, n, phi) + np.where(np.arange(n) < at, -1.0, 1.0))) < ALPHA


def link_alarm(rng: np.random.Generator, n: int, phi: float, drift: float) -> bool:
    line = drift * np.linspace(-0.5, 0.5, n)
    return link(marks(drifting(rng, n, phi) + line), marks(drifting(rng, n, phi) + line)).p < ALPHA


def link_found(rng: np.random.Generator, n: int, phi: float) -> bool:
    one = drifting(rng, n, phi)
    return link(marks(one), marks(0.5 * one + np.sqrt(0.75) * drifting(rng, n, phi))).p < ALPHA


def slope_covered(rng: np.random.Generator, n: int, phi: float) -> bool:
    values = marks(drifting(rng, n, phi))
    effect = trend.rise(values, np.arange(n, dtype=np.float64), phi_after_line(values))
    return effect.low <= 0 <= effect.high


def claims(rng: np.random.Generator, phis: tuple[float, ...], step: float, n: int = looks.THIRD) -> bool:
    """Whether a year's journal of `n` entries and six measures hears any claim at all, at whichever of its looks."""
    latent = np.stack([drifting(rng, n, phi) for phi in phis], axis=1)
    at = int(rng.integers(n // 4, 3 * n // 4))
    latent[:, 0] += step * (np.arange(n) >= at)
    days = tuple((date(2026, 1, 1) + timedelta(days=i * (A_YEAR // n))).isoformat() for i in range(n))
    names = tuple(f"measure {k}" for k in range(len(phis)))
    return any(f.verdict in CLAIMS for f in findings(CheckIns(names, days, days, marks(latent - step / 2))))


# --- the table ------------------------------------------------------------------------------------


def cells() -> Iterator[Cell]:
    """Every row, with its goal."""
    for kind, phi, n in product(KINDS, PHIS, (20, 40, 80, 160)):
        yield Cell(
            f"trend, nothing there: {kind}, φ {phi}, n {n}",
            partial(trend_alarm, n=n, phi=phi, kind=kind),
            most=0.07 if n < 40 else 0.055,
        )
    for phi, n, least in ((0.0, 40, 0.8), (0.3, 40, 0.55), (0.3, 80, 0.9)):
        yield Cell(f"trend, a rise of 2 SD: φ {phi}, n {n}", partial(trend_found, n=n, phi=phi), least=least)
    for kind, phi, n in product(KINDS, PHIS, (40, 80, 160)):
        yield Cell(
            f"shift, nothing there: {kind}, φ {phi}, n {n}",
            partial(shift_alarm, n=n, phi=phi, kind=kind),
            most=0.06 if phi <= 0.3 else 0.1,
        )
    yield Cell("shift, a step of 2 SD: φ 0.3, n 40", partial(shift_found, n=40, phi=0.3), least=0.85)
    for drift, phi, n in product((0.0, 1.5), PHIS, (40, 80, 160)):
        yield Cell(
            f"link, unrelated, drift {drift} SD: φ {phi}, n {n}",
            partial(link_alarm, n=n, phi=phi, drift=drift),
            most=0.06,
        )
    for n, least in ((40, 0.8), (80, 0.97)):
        yield Cell(f"link of 0.5: φ 0.3, n {n}", partial(link_found, n=n, phi=0.3), least=least)
    for phi, n in product(PHIS, (20, 40, 80, 160)):
        yield Cell(f"slope, interval covers: φ {phi}, n {n}", partial(slope_covered, n=n, phi=phi), least=0.9)
    for phi, least in zip(PHIS, (0.9, 0.7, 0.45), strict=True):
        same = (phi,) * MEASURES
        yield Cell(f"whole journal, nothing there: φ {phi}", partial(claims, phis=same, step=0.0), most=0.1)
        yield Cell(f"whole journal, one shift of 1.5 SD: φ {phi}", partial(claims, phis=same, step=1.5), least=least)
        daily = partial(claims, phis=same, step=0.0, n=A_YEAR)
        yield Cell(f"whole journal, daily, nothing there: φ {phi}", daily, most=0.1)
    mixed = (0.0, 0.0, 0.3, 0.3, 0.6, 0.6)
    yield Cell("whole journal, nothing there: φ 0 to 0.6", partial(claims, phis=mixed, step=0.0), most=0.1)


def run(number: int, journals: int) -> Result:
    """One row, from its own seed."""
    cell = list(cells())[number]
    rng = np.random.default_rng((SEED, number))
    return Result(cell.name, sum(cell.one(rng) for _ in range(journals)) / journals, cell.most, cell.least)


def table(journals: int, numbers: list[int] | None = None) -> Iterator[Result]:
    """Every row (or those of these numbers), on all cores."""
    every = numbers if numbers is not None else list(range(len(list(cells()))))
    with ProcessPoolExecutor() as workers:
        yield from workers.map(partial(run, journals=journals), every)


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="200 journals a cell, goals widened by chance")
    parser.add_argument("--journals", type=int, default=2_000)
    given = parser.parse_args()
    journals = 200 if given.quick else given.journals
    missed = 0
    for result in table(journals):
        goal = f"≤ {result.most}" if result.most is not None else f"≥ {result.least}"
        word = "" if result.reached else "  missed"
        missed += not result.reached
        sys.stdout.write(f"{result.name:<58} {result.rate:6.3f}   {goal}{word}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{journals} journals a cell, {missed} goals missed.\n")
    return int(bool(missed) and not given.quick)


if __name__ == "__main__":
    raise SystemExit(main())
