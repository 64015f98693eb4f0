"""Whether two measures move together, on the same day or one entry later.

Two measures that both drift look linked by chance alone, so the line is taken out of each first;
what is left is correlated, with the effective sample size that the autocorrelation of both leaves,
n (1 − φₓφᵧ) / (1 + φₓφᵧ) (Bartlett 1935; Bayley and Hammersley 1946).
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mother_bond.patterns.series import phi_after_line, without_line

if TYPE_CHECKING:
    from mother_bond.patterns.series import Floats


class Link(NamedTuple):
    """A correlation with its 95 % interval and two-sided p.

    `points` are the points of the second measure that go with one point of the first.
    """

    r: float
    low: float
    high: float
    p: float
    points: float


NO_LINK = Link(0.0, -1.0, 1.0, 1.0, 0.0)


def link(first: Floats, second: Floats) -> Link:
    """How two measures of the same entries move together; `NO_LINK` where one of them does not vary."""
    a, b = without_line(first), without_line(second)
    spread = float(a @ a) * float(b @ b)
    if len(a) < 8 or spread < 1e-9:
        return NO_LINK
    r = float(np.clip((a @ b) / sqrt(spread), -0.999, 0.999))
    both = max(0.0, phi_after_line(first).estimate) * max(0.0, phi_after_line(second).estimate)
    n = float(np.clip(len(a) * (1 - both) / (1 + both), 5.0, len(a)))
    half = 1.959964 / sqrt(max(1.0, n - 3))
    points = float(a @ b) / float(a @ a)
    return Link(
        r, tanh(atanh(r) - half), tanh(atanh(r) + half), student_p(r * sqrt((n - 2) / (1 - r * r)), n - 2), points
    )


def student_p(t: float, degrees: float) -> float:
    """The two-sided p of Student's t, within 0.00003 from three degrees of freedom on (Hill 1970)."""
    from math import erfc, log1p

    a = degrees - 0.5
    b = 48 * a * a
    z2 = a * log1p(t * t / degrees)
    z = sqrt(z2)
    z = z + (z2 * z + 3 * z) / b - (4 * z**7 + 33 * z**5 + 240 * z**3 + 855 * z) / (10 * b * (b + 0.8 * z**4 + 100))
    return erfc(z / sqrt(2))
