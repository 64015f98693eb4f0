"""Whether a measure moved from one level to another and stayed there.

The statistic is the largest cumulative sum of deviations from the mean (CUSUM; Page 1955, Taylor
2000), in standard deviations. It is held against seeded simulations of AR(1) series as long as this
one, whose autocorrelation is that which is left when the best step is taken out, with a margin:
otherwise the step itself would count as autocorrelation and hide.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from mother_bond.patterns.links import student_p
from mother_bond.patterns.series import HIGHEST_PHI, contrast_error, effective, phi_after_step, wide, without_line
from mother_bond.patterns.trend import INTERVAL_MARGIN, Effect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mother_bond.patterns.series import Floats, Phi

    Noise = NDArray[np.float32]

MARGIN = 0.7
SIMULATED = 640_000
"""Marks that are simulated for a length and a φ, in as many series as they make: 16 000 of 40, 4 000 of 160."""

SMALLEST = 1e-6
"""Below this one p is not told from another."""

_SEED = 10
"""With it p from 0.01 down to 0.0003 lies within a fifth of that among 400 000 series, and rather above (φ to 0.6)."""

_GRID = 0.05
_TRIM = 0.1
_FAR = 0.05
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
def _noise() -> Noise:
    """Seeded independent noise, the same for every length and φ: to draw it costs more than to use it."""
    return np.random.default_rng(_SEED).standard_normal(SIMULATED, dtype=np.float32)


@cache
def _null(n: int, phi: float) -> Floats:
    """The statistic over simulated AR(1) series of n marks in which nothing shifts, in order."""
    series = SIMULATED // n
    noise = _noise()[: n * series].reshape(n, series)
    scale, repeat = np.float32(np.sqrt(1 - phi * phi)), np.float32(phi)
    level = noise[0]
    squares = level**2
    sums = np.empty_like(noise)
    sums[0] = level
    for i in range(1, n):
        level = repeat * level + scale * noise[i]
        squares += level**2
        np.add(sums[i - 1], level, out=sums[i])
    mean = sums[-1] / np.float32(n)
    trim = max(_FEWEST, int(np.ceil(_TRIM * n)))
    inner = sums[trim - 1 : n - trim]
    inner -= np.arange(trim, n - trim + 1, dtype=np.float32)[:, None] * mean
    largest = np.maximum(inner.max(axis=0), -inner.min(axis=0))
    return np.sort(largest / np.sqrt((squares - n * mean**2) * n / (n - 1))).astype(np.float64)


def _distance(statistic: Floats, n: int) -> Floats:
    """−log(1 − r²), where r² is the share of the variance that a step in the middle with this CUSUM would take up."""
    return -np.log1p(-np.minimum(4 * statistic**2 / (n - 1), 1 - 1e-9))


@cache
def _tail(n: int, phi: float) -> tuple[float, float]:
    """Where the highest twentieth of the simulated series begins, and how far beyond they lie in the mean."""
    high = _distance(_null(n, phi)[-round(_FAR * (SIMULATED // n)) :], n)
    return float(high[0]), float(high.mean() - high[0])


def shift_p(values: Floats, phi: float) -> float:
    """The p of a lasting shift, held against series of autocorrelation `phi` (to the nearest 0.05).

    It is counted among the simulated series; in their highest twentieth, where counting is too coarse, the
    distance is taken to fall off exponentially, as for independent marks it does (a beta distribution of r²).
    """
    statistic, n = cusum(values)[0], len(values)
    near = round(min(round(phi / _GRID) * _GRID, HIGHEST_PHI), 2)
    start, beyond = _tail(n, near)
    at = float(_distance(np.array([statistic]), n)[0])
    if at > start:
        return max(SMALLEST, _FAR * exp((start - at) / beyond))
    null = _null(n, near)
    return (len(null) - int(np.searchsorted(null, statistic, side="left"))) / len(null)


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
