"""Whether two measures move together, on the same day or one entry later.

Two measures that both drift look linked by chance alone, so the line is taken out of each first;
what is left is correlated, with the effective sample size that the autocorrelation of both leaves,
n (1 − φₓφᵧ) / (1 + φₓφᵧ) (Bartlett 1935; Bayley and Hammersley 1946).
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.patterns.series import phi_of_rest, without_line

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


class Rest(NamedTuple):
    """What is left of a measure without its line, the sum of its squares, and its autocorrelation, from 0 up."""

    values: Floats
    square: float
    phi: float


NO_LINK = Link(0.0, -1.0, 1.0, 1.0, 0.0)


def link(first: Floats, second: Floats) -> Link:
    """How two measures of the same entries move together; `NO_LINK` where one of them does not vary."""
    return link_of_rests(rest(first), rest(second))


def rest(values: Floats) -> Rest:
    """A measure as a link takes it, to be worked out once for all the measures it is held against."""
    left = without_line(values)
    return Rest(left, float(left @ left), max(0.0, phi_of_rest(left).estimate))


def link_of_rests(first: Rest, second: Rest) -> Link:
    """As `link`, of two measures whose lines are out already."""
    many, spread = len(first.values), first.square * second.square
    if many < 8 or spread < 1e-9:
        return NO_LINK
    product = float(first.values @ second.values)
    r = min(0.999, max(-0.999, product / sqrt(spread)))
    both = first.phi * second.phi
    n = min(many, max(5.0, many * (1 - both) / (1 + both)))
    half = 1.959964 / sqrt(max(1.0, n - 3))
    p = student_p(r * sqrt((n - 2) / (1 - r * r)), n - 2)
    return Link(r, tanh(atanh(r) - half), tanh(atanh(r) + half), p, product / first.square)


def student_p(t: float, degrees: float) -> float:
    """The two-sided p of Student's t, within 0.00003 from three degrees of freedom on (Hill 1970)."""
    from math import erfc, log1p

    a = degrees - 0.5
    b = 48 * a * a
    z2 = a * log1p(t * t / degrees)
    z = sqrt(z2)
    z = z + (z2 * z + 3 * z) / b - (4 * z**7 + 33 * z**5 + 240 * z**3 + 855 * z) / (10 * b * (b + 0.8 * z**4 + 100))
    return erfc(z / sqrt(2))
