"""Whether a measure moved from one level to another and stayed there.

The statistic is the largest cumulative sum of deviations from the mean (CUSUM; Page 1955, Taylor
2000), in standard deviations. It is held against seeded simulations of AR(1) series as long as this
one, whose autocorrelation is that which is left when the best step is taken out, with a margin:
otherwise the step itself would count as autocorrelation and hide.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from mother_bond.patterns.links import student_p
from mother_bond.patterns.series import HIGHEST_PHI, contrast_error, effective, phi_after_step, wide, without_line
from mother_bond.patterns.trend import INTERVAL_MARGIN, Effect

if TYPE_CHECKING:
    from mother_bond.patterns.series import Floats, Phi

MARGIN = 0.6
SIMULATED = 4_000
_GRID = 0.05
_TRIM = 0.1
_FEWEST = 3
_CLEARLY = 0.9


def cusum(values: Floats) -> tuple[float, int]:
    """The largest CUSUM in standard deviations over √n, and the place of the first mark after the step.

    Steps within the first and last tenth (at least three marks) are not looked for, so there must be six marks.
    """
    n = len(values)
    spread = float(values.std(ddof=1))
    trim = max(_FEWEST, int(np.ceil(_TRIM * n)))
    sums = np.abs(np.cumsum(values - values.mean())[trim - 1 : n - trim])
    at = int(sums.argmax())
    return (float(sums[at]) / (spread * np.sqrt(n)) if spread > 1e-9 else 0.0), at + trim


@cache
def _null(n: int, phi: float) -> Floats:
    """The statistic over simulated AR(1) series of n marks in which nothing shifts, in order."""
    rng = np.random.default_rng((n, round(phi * 100)))
    series = rng.standard_normal((n, SIMULATED))
    scale = np.sqrt(1 - phi * phi)
    for i in range(1, n):
        series[i] = phi * series[i - 1] + scale * series[i]
    trim = max(_FEWEST, int(np.ceil(_TRIM * n)))
    sums = np.abs(np.cumsum(series - series.mean(axis=0), axis=0)[trim - 1 : n - trim]).max(axis=0)
    return np.sort(sums / (series.std(axis=0, ddof=1) * np.sqrt(n)))


def shift_p(values: Floats, phi: float) -> float:
    """The p of a lasting shift, held against series of autocorrelation `phi` (to the nearest 0.05)."""
    statistic, _ = cusum(values)
    null = _null(len(values), round(min(round(phi / _GRID) * _GRID, HIGHEST_PHI), 2))
    above = len(null) - int(np.searchsorted(null, statistic, side="left"))
    return (above + 1) / (len(null) + 1)


def alone(values: Floats) -> float:
    """The p of a shift in one measure by itself, with its own careful autocorrelation."""
    return shift_p(values, phi_after_step(values, cusum(values)[1]).careful(MARGIN))


def fits_better(values: Floats, at: int) -> bool:
    """Whether a step at the place `at` leaves clearly less unexplained than a straight line does.

    Clearly, because the place of the step was looked for and that of a line was not.
    """
    step_left, line_left = _around_sides(values, at), without_line(values)
    return float(step_left @ step_left) < _CLEARLY * float(line_left @ line_left)


def step_p(values: Floats, at: int, phi: float) -> float:
    """The two-sided p of a step at a place that was chosen beforehand."""
    weights = _sides(len(values), at)
    error = contrast_error(_around_sides(values, at), weights, phi, 2)
    degrees = max(3.0, effective(len(values), phi) - 2)
    points = float(weights @ values)
    return student_p(points / error, degrees) if error > 1e-9 else float(abs(points) < 1e-9)


def _sides(n: int, at: int) -> Floats:
    return np.where(np.arange(n) < at, -1.0 / at, 1.0 / (n - at))


def _around_sides(values: Floats, at: int) -> Floats:
    return np.concatenate([values[:at] - values[:at].mean(), values[at:] - values[at:].mean()])


def step(values: Floats, at: int, phi: Phi) -> Effect:
    """How far the mean after the place `at` lies from the mean before, with its interval under AR(1)."""
    weights = _sides(len(values), at)
    careful = phi.careful(INTERVAL_MARGIN)
    points = float(weights @ values)
    error = contrast_error(_around_sides(values, at), weights, careful, 2)
    half = wide(effective(len(values), careful) - 2) * error
    return Effect(points, points - half, points + half)
