from __future__ import annotations

from math import isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import signal, stats

from mother_bond.patterns.links import NO_LINK, link, student_p
from mother_bond.patterns.series import phi_after_line
from tests.marks import floats, level, linked, lists, rising

if TYPE_CHECKING:
    from tests.marks import Floats


@st.composite
def pairs(draw: st.DrawFn, least: int = 8) -> tuple[list[int], list[int]]:
    """Two measures of the same entries, which may have to do with each other."""
    first = draw(lists(least))
    second = draw(lists(len(first), len(first)))
    if draw(st.booleans()):
        second = [
            a if take else b
            for a, b, take in zip(
                first, second, draw(st.lists(st.booleans(), min_size=len(first), max_size=len(first))), strict=True
            )
        ]
    return first, second


def without_lines(first: list[int], second: list[int]) -> tuple[Floats, Floats]:
    return signal.detrend(floats(first)), signal.detrend(floats(second))


def varies(values: Floats) -> bool:
    return float(values @ values) > 1e-6


@given(pairs())
def test_a_link_is_pearsons_between_what_scipy_leaves_without_a_line(both: tuple[list[int], list[int]]) -> None:
    first, second = without_lines(*both)
    assume(varies(first) and varies(second))
    found = link(*map(floats, both))
    assert found.r == pytest.approx(np.clip(stats.pearsonr(first, second).statistic, -0.999, 0.999), abs=1e-7)
    assert found.points == pytest.approx(stats.linregress(first, second).slope, abs=1e-6)


@given(pairs())
def test_where_marks_repeat_nothing_p_and_interval_are_those_of_scipy(both: tuple[list[int], list[int]]) -> None:
    first, second = without_lines(*both)
    assume(varies(first) and varies(second))
    assume(min(phi_after_line(floats(one)).estimate for one in both) <= 0)
    assume(len(first) >= 12)
    plain = stats.pearsonr(first, second)
    assume(abs(plain.statistic) < 0.99)
    room = plain.confidence_interval()
    found = link(*map(floats, both))
    assert found.p == pytest.approx(plain.pvalue, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((room.low, room.high), abs=1e-6)


@given(pairs())
def test_marks_that_repeat_leave_fewer_to_be_sure_by(both: tuple[list[int], list[int]]) -> None:
    first, second = without_lines(*both)
    assume(varies(first) and varies(second))
    found = link(*map(floats, both))
    product = float(np.prod([max(0.0, phi_after_line(floats(one)).estimate) for one in both]))
    n = min(max(5.0, len(first) * (1 - product) / (1 + product)), len(first))
    p = 2 * stats.t.sf(abs(found.r) * sqrt((n - 2) / (1 - found.r**2)), n - 2)
    assert found.p == pytest.approx(p, abs=3e-5)
    assert np.arctanh(found.high) - np.arctanh(found.r) == pytest.approx(1.959964 / sqrt(max(1, n - 3)), abs=1e-6)


@given(pairs(least=1))
def test_a_link_is_a_number_whatever_the_marks(both: tuple[list[int], list[int]]) -> None:
    found = link(*map(floats, both))
    assert all(map(isfinite, found))
    assert -1 <= found.low <= found.r <= found.high <= 1
    assert 0 <= found.p <= 1


@given(pairs())
def test_a_link_has_no_direction_and_no_level(both: tuple[list[int], list[int]]) -> None:
    first, second = map(floats, both)
    found, back = link(first, second), link(second, first)
    assert found[:4] == pytest.approx(back[:4], abs=1e-6)
    assert link(first + 1, second) == pytest.approx(found, abs=1e-6)
    turned = link(8 - first, second)
    assert (turned.r, turned.points) == pytest.approx((-found.r, -found.points), abs=1e-6)
    reversed_in_time = link(first[::-1], second[::-1])
    assert reversed_in_time == pytest.approx(found, abs=1e-6)


@given(lists(8), st.integers(1, 7))
def test_with_a_measure_that_does_not_vary_nothing_moves(values: list[int], same: int) -> None:
    assert link(floats(values), floats([same] * len(values))) == NO_LINK
    assert link(floats([same] * len(values)), floats(values)) == NO_LINK


@given(lists(1, 7))
def test_seven_entries_are_too_few_for_a_link(values: list[int]) -> None:
    assert link(floats(values), floats(values)) == NO_LINK


def test_a_link_is_found_and_a_drift_in_common_is_none() -> None:
    assert link(*map(floats, linked(80))).p < 1e-6
    up, also_up = floats(rising(80)), floats(rising(80, seed=5))
    assert stats.pearsonr(up, also_up).pvalue < 1e-6
    assert link(up, also_up).p > 0.05
    assert link(floats(level(80)), floats(level(80, seed=5))).p > 0.05


@pytest.mark.parametrize(("degrees", "apart"), [(3, 3e-5), (4, 3e-6), (5, 5e-7), (10, 1e-8), (78, 1e-12)])
def test_students_p_is_that_of_scipy(degrees: int, apart: float) -> None:
    for t in np.linspace(0, 12, 121):
        assert student_p(float(t), degrees) == pytest.approx(2 * stats.t.sf(t, degrees), abs=apart)


@given(st.floats(-1e6, 1e6), st.floats(3, 1e5))
def test_students_p_is_two_sided_and_from_nought_to_one(t: float, degrees: float) -> None:
    assert 0 <= student_p(t, degrees) <= 1
    assert student_p(t, degrees) == student_p(-t, degrees)
    assert student_p(0, degrees) == 1
