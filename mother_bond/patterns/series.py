"""How much each mark of a measure repeats the one before, and what that leaves to be said.

Marks of one person are not independent: tonight resembles yesterday. Every claim here is held
against a series that only drifts by itself (a first-order autoregression, AR(1)), whose
autocorrelation is estimated with a margin, because taking it too small is what makes false claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HIGHEST_PHI = 0.95


class Phi(NamedTuple):
    """A first-order autocorrelation: the estimate, and its standard error."""

    estimate: float
    error: float

    def careful(self, margin: float) -> float:
        """The estimate with `margin` standard errors added, from 0 to `HIGHEST_PHI`."""
        return float(np.clip(self.estimate + margin * self.error, 0.0, HIGHEST_PHI))


def lag_one(residuals: Floats) -> float:
    """The autocorrelation of `residuals` at lag one; 0 where they do not vary."""
    centred = residuals - residuals.mean()
    square = float(centred @ centred)
    return float(centred[1:] @ centred[:-1]) / square if square > 1e-12 else 0.0


def phi_after_line(values: Floats, times: Floats | None = None) -> Phi:
    """The autocorrelation that is left when a straight line is taken out, its small-sample bias mended.

    A fitted line makes the estimate too small by about (2 + 4φ) / n (Kendall 1954; Marriott and Pope 1954).
    """
    return phi_of_rest(without_line(values, times))


def phi_of_rest(rest: Floats) -> Phi:
    """As `phi_after_line`, of what is left when the line is out already."""
    return _mended(lag_one(rest), len(rest), 2, 4)


def phi_after_step(values: Floats, at: int) -> Phi:
    """The autocorrelation that is left when each side of the place `at` is centred, its bias mended likewise."""
    left, right = values[:at], values[at:]
    residuals = np.concatenate([left - left.mean(), right - right.mean()])
    return _mended(lag_one(residuals), len(values), 3, 5)


def _mended(raw: float, n: int, constant: float, factor: float) -> Phi:
    phi = float(np.clip((raw + constant / n) / (1 - factor / n), -0.5, 0.98)) if n > factor + 1 else 0.0
    return Phi(phi, float(np.sqrt(max(1 - min(abs(phi), 0.97) ** 2, 0.05) / n)))


def pooled(own: Phi, every: Sequence[Phi]) -> Phi:
    """`own` drawn towards the mean of all the measures of one person, as far as they are alike.

    Empirical Bayes: the more the measures differ beyond what chance would give, the less is borrowed.
    """
    if len(every) < 2:
        return own
    estimates = np.array([phi.estimate for phi in every])
    errors = np.array([phi.error for phi in every]) ** 2
    between = max(0.0, float(estimates.var(ddof=1)) - float(errors.mean())) + 0.005
    weight = between / (between + own.error**2)
    error = weight * own.error**2 + (1 - weight) ** 2 * float(errors.mean()) / len(every)
    return Phi(weight * own.estimate + (1 - weight) * float(estimates.mean()), float(np.sqrt(error)))


def without_line(values: Floats, times: Floats | None = None) -> Floats:
    """What is left of `values` when their least-squares line over `times` (or over their order) is taken out."""
    at = np.arange(len(values), dtype=np.float64) if times is None else times
    at = at - at.mean()
    square = float(at @ at)
    centred: Floats = values - values.mean()
    return centred - (float(at @ values) / square) * at if square > 0 else centred


def contrast_error(residuals: Floats, weights: Floats, phi: float, fitted: int) -> float:
    """The standard error of Σ weights · values under AR(1), from the residuals of a fit with `fitted` columns.

    Var = σ² Σᵢⱼ wᵢ wⱼ φ^|i−j|; σ² is taken from the residual sum of squares over the degrees of
    freedom that autocorrelation leaves.
    """
    n = len(residuals)
    powers = phi ** np.arange(1, n)
    apart = np.array([weights[: n - k] @ weights[k:] for k in range(1, n)])
    spread = float(weights @ weights + 2 * (apart @ powers))
    inflation = 1 + 2 * float(((n - np.arange(1, n)) * powers).sum()) / n
    left = max(2.0, n - fitted * inflation)
    return float(np.sqrt(max(0.0, spread) * float(residuals @ residuals) / left))


def effective(n: int, phi: float) -> float:
    """The effective sample size of n marks with autocorrelation φ: n (1 − φ) / (1 + φ)."""
    return n * (1 - phi) / (1 + phi)


def wide(degrees: float) -> float:
    """The 97.5 % point of Student's t for `degrees` of freedom, by its expansion around the normal one.

    Within 0.003 from five degrees on, within 0.03 at three; fewer count as three.
    """
    z = 1.959964
    d = max(degrees, 3.0)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / d + second / d**2 + third / d**3


def as_days(days: Sequence[str]) -> Floats:
    """ISO days as numbers of days."""
    return np.array(days, dtype="datetime64[D]").astype(np.float64)
