"""Whether a measure rises or falls over time.

The test is Mann and Kendall's (Mann 1945; Kendall 1975): how often a later mark is above an earlier
one. Its variance is widened for marks that resemble the one before (Hamed and Rao 1998), with the
rank autocorrelation that an AR(1) of the careful φ would have at every lag, 6/π · arcsin(φᵏ/2).
Marks are whole numbers; rounding adds a twelfth to their variance (Sheppard 1898), which hides some
of the autocorrelation at lag one but not its slow decay, and is taken out of it.
"""

from __future__ import annotations

from math import erfc, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mother_bond.patterns.series import HIGHEST_PHI, contrast_error, effective, phi_after_line, wide, without_line

if TYPE_CHECKING:
    from mother_bond.patterns.series import Floats, Phi

MARGIN = 0.85
"""Standard errors by which the autocorrelation is taken higher than it is estimated, in the test of one measure."""

INTERVAL_MARGIN = 0.5


class MannKendall(NamedTuple):
    """Kendall's S, its variance for independent marks with ties, and the sum over pairs' two-sided p."""

    s: float
    variance: float
    p: float


class Effect(NamedTuple):
    """A change in points on the scale, with its 95 % interval."""

    points: float
    low: float
    high: float


def mann_kendall(values: Floats, inflation: float = 1.0) -> MannKendall:
    """The test of Mann and Kendall with a correction for continuity; `inflation` widens its variance."""
    n = len(values)
    s = float(np.triu(np.sign(values[None, :] - values[:, None])).sum())
    _, ties = np.unique(values, return_counts=True)
    variance = float(n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    if variance <= 0 or s == 0:
        return MannKendall(s, variance, 1.0)
    z = (abs(s) - 1) / sqrt(variance * inflation)
    return MannKendall(s, variance, erfc(z / sqrt(2)))


def unrounded_share(values: Floats) -> float:
    """The share of the variance of whole-number marks that is not rounding, from a half to 1."""
    variance = float(values.var(ddof=1))
    return max(0.5, 1 - 1 / (12 * variance)) if variance > 0 else 1.0


def rank_inflation(n: int, phi: float, share: float = 1.0) -> float:
    """By how much AR(1) of φ widens the variance of S over n marks, when `share` of their variance is AR(1)."""
    lags = np.arange(1, n - 2)
    ranks = 6 / np.pi * np.arcsin(share * phi**lags / 2)
    pairs = (n - lags) * (n - lags - 1) * (n - lags - 2)
    return float(1 + 2 / (n * (n - 1) * (n - 2)) * (pairs @ ranks))


def trend_p(values: Floats, phi: float) -> float:
    """The two-sided p of a trend in three marks or more, held against a series of `phi` that only drifts."""
    share = unrounded_share(values)
    return mann_kendall(values, rank_inflation(len(values), min(phi / share, HIGHEST_PHI), share)).p


def alone(values: Floats) -> float:
    """The p of a trend in one measure by itself, with its own careful autocorrelation."""
    return trend_p(values, phi_after_line(values).careful(MARGIN))


def rise(values: Floats, times: Floats, phi: Phi) -> Effect:
    """How far the least-squares line goes from the first day to the last, with its interval under AR(1).

    `times` are days as numbers; where all marks are of one day the line is taken over their order.
    """
    at = times if float(times[-1]) > float(times[0]) else np.arange(len(values), dtype=np.float64)
    centred = at - at.mean()
    square = float(centred @ centred)
    span = float(at[-1] - at[0])
    points = float(centred @ values) / square * span
    careful = phi.careful(INTERVAL_MARGIN)
    error = contrast_error(without_line(values, at), centred / square * span, careful, 2)
    half = wide(effective(len(values), careful) - 2) * error
    return Effect(points, points - half, points + half)
