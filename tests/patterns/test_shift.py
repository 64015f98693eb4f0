from __future__ import annotations

from math import isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from mother_bond.patterns import shift
from mother_bond.patterns.series import HIGHEST_PHI, Phi, without_line
from mother_bond.patterns.shift import cusum, fits_better, shift_p, step, step_p
from tests.bench.claims import drifting
from tests.marks import floats, level, lists, on_scale, rising, stepping

if TYPE_CHECKING:
    from tests.marks import Floats

FEWEST = 6
"""Three marks on either side are the fewest between which a shift is looked for."""

SURE = Phi(0.0, 0.0)
CAREFUL = st.floats(0, HIGHEST_PHI)
PHIS = st.builds(Phi, st.floats(-0.5, 0.98), st.floats(0.02, 0.4))


def slowly(values: list[int]) -> tuple[float, int]:
    """The largest CUSUM and its place, added up one by one."""
    n, mean = len(values), sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    trim = max(3, -(-n // 10))
    best, place = -1.0, 0
    for at in range(trim, n - trim + 1):
        total = abs(sum(value - mean for value in values[:at]))
        if total > best + 1e-9:
            best, place = total, at
    return (best / (spread * sqrt(n)) if spread > 1e-9 else 0.0), place


@st.composite
def cut(draw: st.DrawFn, side: int = 1) -> tuple[Floats, int]:
    """Marks, and a place with at least so many of them on either side."""
    values = draw(lists(max(2 * side, 3)))
    return floats(values), draw(st.integers(side, len(values) - side))


# --- the statistic -----------------------------------------------------------------------


@given(lists(FEWEST))
def test_the_largest_sum_is_the_one_a_slow_loop_finds(values: list[int]) -> None:
    statistic, place = cusum(floats(values))
    slow, first = slowly(values)
    assert statistic == pytest.approx(slow, abs=1e-9)
    if statistic > 1e-6:
        sums = np.abs(np.cumsum(floats(values) - np.mean(values)))
        assert sums[place - 1] == pytest.approx(sums[first - 1], abs=1e-9)


@given(lists(FEWEST))
def test_neither_a_level_nor_the_direction_of_time_or_scale_changes_how_much_stands_out(values: list[int]) -> None:
    first = cusum(floats(values))[0]
    for other in (floats(values) + 1, 8 - floats(values), floats(values[::-1])):
        assert cusum(other)[0] == pytest.approx(first, abs=1e-9)


@given(st.integers(20, 160), st.floats(0.15, 0.85), st.tuples(st.integers(1, 7), st.integers(1, 7)))
def test_a_step_without_noise_is_found_where_it_is(n: int, share: float, levels: tuple[int, int]) -> None:
    assume(levels[0] != levels[1])
    at = round(share * n)
    assert cusum(floats([levels[0]] * at + [levels[1]] * (n - at)))[1] == at


@pytest.mark.parametrize("n", [20, 40, 160])
def test_a_step_in_the_first_or_last_tenth_is_not_looked_for(n: int) -> None:
    edge = max(3, n // 10)
    for at in range(1, edge):
        assert cusum(floats([1] * at + [7] * (n - at)))[1] == edge
        assert cusum(floats([1] * (n - at) + [7] * at))[1] == n - edge


# --- what is held against it -------------------------------------------------------------


@pytest.mark.parametrize("quantile", [0.5, 0.9, 0.95, 0.99])
def test_without_autocorrelation_it_is_the_bridge_of_kolmogorov(quantile: float) -> None:
    simulated = float(np.quantile(shift._null(160, 0.0), quantile))
    assert simulated == pytest.approx(stats.kstwobign.ppf(quantile), rel=0.07)


@pytest.mark.parametrize("phi", [0.3, 0.6])
def test_autocorrelation_stretches_the_bridge_by_as_much_as_it_should(phi: float) -> None:
    stretched, plain = (float(np.median(shift._null(160, value))) for value in (phi, 0.0))
    assert stretched / plain == pytest.approx(sqrt((1 + phi) / (1 - phi)), rel=0.1)


def test_the_same_marks_have_the_same_p_whenever_they_are_looked_at() -> None:
    values = floats(stepping(40, 20, spread=2))
    first = shift_p(values, 0.31)
    shift._null.cache_clear()
    assert shift_p(values, 0.31) == shift_p(values, 0.29) == first


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
def test_where_nothing_shifts_a_p_below_a_tenth_comes_one_time_in_ten(phi: float) -> None:
    rng = np.random.default_rng(23)
    found = [shift_p(drifting(rng, 40, phi), phi) for _ in range(1_000)]
    assert np.mean([p < 0.1 for p in found]) == pytest.approx(0.1, abs=0.03)


@given(lists(FEWEST), CAREFUL)
def test_a_p_is_never_nought_whatever_the_marks(values: list[int], phi: float) -> None:
    assert 0 < shift_p(floats(values[:40]), phi) <= 1
    assert 0 < shift.alone(floats(values[:40])) <= 1


def test_the_plainest_step_has_the_smallest_p_there_is() -> None:
    assert shift_p(floats([1] * 80 + [7] * 80), 0.0) == shift.SMALLEST


@pytest.mark.parametrize(("n", "phi"), [(40, 0.0), (40, 0.3), (80, 0.3)])
def test_a_p_too_small_to_be_counted_comes_as_often_as_it_says(n: int, phi: float) -> None:
    rng = np.random.default_rng((31, n))
    series = rng.standard_normal((n, 12_000))
    for i in range(1, n):
        series[i] = phi * series[i - 1] + sqrt(1 - phi * phi) * series[i]
    found = np.array([shift_p(values, phi) for values in series.T])
    assert np.mean(found < 0.01) == pytest.approx(0.01, abs=0.003)
    assert np.mean(found < 0.001) == pytest.approx(0.001, abs=0.001)


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.8, HIGHEST_PHI])
def test_more_never_has_a_greater_p_also_where_counting_ends(phi: float) -> None:
    rng = np.random.default_rng(5)
    courses = [rng.standard_normal(40) + step * (np.arange(40) >= 20) for step in np.linspace(0, 6, 300)]
    found = sorted((cusum(values)[0], shift_p(values, phi)) for values in courses)
    ps = [p for _, p in found]
    assert ps == sorted(ps, reverse=True)
    assert max(np.diff(-np.log(ps))) < 1.5


def test_a_length_or_an_autocorrelation_leaves_nothing_behind_for_the_next() -> None:
    alone = {}
    for n, phi in ((40, 0.3), (80, 0.0), (40, 0.6)):
        shift._noise.cache_clear()
        shift._null.cache_clear()
        alone[n, phi] = shift._null(n, phi)
    for n, phi in (*alone, *alone):
        shift._null.cache_clear()
        assert np.array_equal(shift._null(n, phi), alone[n, phi])


def test_a_step_is_found_and_marks_that_go_nowhere_are_let_be() -> None:
    assert shift.alone(floats(stepping(40, 20))) < 0.005
    assert shift.alone(floats(level(40))) > 0.2


# --- the step in points ------------------------------------------------------------------


@given(cut(side=8))
def test_without_autocorrelation_a_step_is_that_of_two_groups(course: tuple[Floats, int]) -> None:
    values, at = course
    before, after = values[:at], values[at:]
    assume(len(set(before)) > 1 and len(set(after)) > 1)
    plain = stats.ttest_ind(after, before)
    room = plain.confidence_interval()
    assert step(values, at, SURE).points == pytest.approx(after.mean() - before.mean(), abs=1e-9)
    assert step(values, at, SURE) == pytest.approx((after.mean() - before.mean(), room.low, room.high), abs=0.002)
    assert step_p(values, at, 0.0) == pytest.approx(plain.pvalue, abs=1e-6)


@given(cut(), PHIS)
def test_a_step_lies_in_its_interval_and_turns_with_time(course: tuple[Floats, int], phi: Phi) -> None:
    values, at = course
    found = step(values, at, phi)
    assert all(map(isfinite, found))
    assert found.low <= found.points <= found.high
    turned = pytest.approx((-found.points, -found.high, -found.low), abs=1e-6)
    assert step(values[::-1], len(values) - at, phi) == turned
    assert step(8 - values, at, phi) == turned
    assert step(values + 1, at, phi) == pytest.approx(found, abs=1e-6)


@given(cut(side=20), CAREFUL, CAREFUL)
def test_more_autocorrelation_never_makes_the_middle_step_surer(
    course: tuple[Floats, int], one: float, more: float
) -> None:
    values, _ = course
    low, high = sorted((one, more))
    at = len(values) // 2
    assert 0 <= step_p(values, at, low) <= 1
    if abs(step(values, at, SURE).points) > 1e-9:
        assert step_p(values, at, low) <= step_p(values, at, high) + 0.02


def test_a_step_without_noise_could_not_be_surer() -> None:
    values = floats([2] * 25 + [5] * 25)
    assert step(values, 25, SURE) == pytest.approx((3, 3, 3))
    assert step_p(values, 25, 0.3) < 0.001
    assert step_p(floats([4] * 50), 25, 0.3) == 1


def test_where_two_halves_are_alike_nothing_is_seen_in_it() -> None:
    values = floats(on_scale(np.tile([3, 5, 4, 4], 10)))
    assert step(values, 20, SURE).points == pytest.approx(0)
    assert step_p(values, 20, 0.0) == pytest.approx(1)


# --- a step or a line ------------------------------------------------------------------------


@pytest.mark.parametrize("n", [40, 80, 160])
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_step_fits_a_step_and_a_line_a_line(n: int, seed: int) -> None:
    for values, better in ((stepping(n, n // 2, seed), True), (rising(n, seed), False), (level(n, seed), False)):
        course = floats(values)
        assert fits_better(course, cusum(course)[1]) == better


@given(cut(side=3))
def test_which_of_the_two_fits_has_no_direction(course: tuple[Floats, int]) -> None:
    values, at = course
    left = [values[:at] - values[:at].mean(), values[at:] - values[at:].mean(), without_line(values)]
    of_step, of_line = sum(float(part @ part) for part in left[:2]), float(left[2] @ left[2])
    better = fits_better(values, at)
    assert better <= (of_step < of_line)
    assume(abs(of_step - shift._CLEARLY * of_line) > 1e-6)
    assert fits_better(values + 1, at) == fits_better(8 - values, at) == better
    assert fits_better(values[::-1], len(values) - at) == better
