from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import signal, stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant
from statsmodels.tsa.stattools import acf

from mother_bond.patterns.series import (
    HIGHEST_PHI,
    Phi,
    as_days,
    contrast_error,
    effective,
    lag_one,
    phi_after_line,
    phi_after_step,
    pooled,
    wide,
    without_line,
)
from tests.bench.claims import drifting, marks
from tests.marks import floats, lists

if TYPE_CHECKING:
    from datetime import date

    from tests.marks import Floats

PHIS = st.floats(-0.5, 0.98)
PAIRS = st.builds(Phi, PHIS, st.floats(0.02, 0.5))
CAREFUL = st.floats(0, HIGHEST_PHI)
GAPS = st.lists(st.integers(0, 40), min_size=5, max_size=60).filter(lambda gaps: any(gaps[1:]))


def powers_apart(n: int, phi: float) -> Floats:
    """The correlations of AR(1): φ to the power of how far two marks lie apart."""
    return np.array([[phi ** abs(i - j) for j in range(n)] for i in range(n)])


# --- autocorrelation ---------------------------------------------------------------------


@given(lists(least=2))
def test_lag_one_is_what_statsmodels_finds(values: list[int]) -> None:
    assume(len(set(values)) > 1)
    assert lag_one(floats(values)) == pytest.approx(acf(values, nlags=1)[1], abs=1e-9)


@given(st.integers(1, 7), st.integers(1, 60))
def test_marks_that_do_not_vary_repeat_nothing(value: int, n: int) -> None:
    assert lag_one(floats([value] * n)) == 0


@given(lists())
def test_an_autocorrelation_is_a_number_within_bounds_and_never_quite_sure(values: list[int]) -> None:
    found = [phi_after_line(floats(values))]
    found += [
        phi_after_step(floats(values), at) for at in (1, len(values) // 2, len(values) - 1) if 0 < at < len(values)
    ]
    for phi in found:
        assert -0.5 <= phi.estimate <= 0.98
        assert 0 < phi.error <= 1


@given(lists(least=3))
def test_a_level_or_a_turned_order_changes_no_autocorrelation(values: list[int]) -> None:
    first = phi_after_line(floats(values)).estimate
    assert phi_after_line(floats(values) + 1).estimate == pytest.approx(first, abs=1e-9)
    assert phi_after_line(floats(values[::-1])).estimate == pytest.approx(first, abs=1e-9)


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6])
def test_on_average_the_autocorrelation_is_the_one_that_is_there(phi: float) -> None:
    rng = np.random.default_rng(11)
    line = np.linspace(-2, 2, 40)
    series = [drifting(rng, 40, phi) for _ in range(1_500)]
    mended = np.mean([phi_after_line(one + line).estimate for one in series])
    stepped = np.mean([phi_after_step(one + np.where(np.arange(40) < 15, 0, 3), 15).estimate for one in series])
    raw = np.mean([lag_one(without_line(one)) for one in series])
    assert mended == pytest.approx(phi, abs=0.03)
    assert stepped == pytest.approx(phi, abs=0.05)
    assert raw < phi - 0.03


def test_a_step_that_is_taken_out_does_not_count_as_autocorrelation() -> None:
    values = marks(drifting(np.random.default_rng(5), 80, 0.0) + np.where(np.arange(80) < 40, -2, 2))
    assert phi_after_step(values, 40).estimate < 0.25
    assert phi_after_line(values).estimate > 0.3


@given(PAIRS, st.floats(0, 3), st.floats(0, 3))
def test_care_only_ever_adds_and_stays_within_bounds(phi: Phi, one: float, more: float) -> None:
    low, high = sorted((one, more))
    assert 0 <= phi.careful(low) <= phi.careful(high) <= HIGHEST_PHI


# --- borrowing ---------------------------------------------------------------------------


def test_measures_that_are_alike_borrow_nearly_everything() -> None:
    own, others = Phi(0.6, 0.25), [Phi(0.3, 0.25)] * 7
    found = pooled(own, [own, *others])
    assert found.estimate == pytest.approx(0.3375, abs=0.04)
    assert found.error < own.error / 2


def test_measures_that_are_far_apart_borrow_nearly_nothing() -> None:
    own = Phi(0.9, 0.02)
    found = pooled(own, [own, Phi(-0.4, 0.02), Phi(0.1, 0.02), Phi(0.5, 0.02)])
    assert found.estimate == pytest.approx(0.9, abs=0.01)
    assert found.error == pytest.approx(0.02, abs=0.002)


@given(PAIRS)
def test_one_measure_alone_has_nobody_to_borrow_from(phi: Phi) -> None:
    assert pooled(phi, [phi]) == pooled(phi, []) == phi


@given(PAIRS, st.lists(PAIRS, min_size=1, max_size=8))
def test_what_is_borrowed_lies_between_ones_own_and_the_mean_of_all(own: Phi, others: list[Phi]) -> None:
    every = [own, *others]
    mean = float(np.mean([phi.estimate for phi in every]))
    low, high = sorted((own.estimate, mean))
    assert low - 1e-9 <= pooled(own, every).estimate <= high + 1e-9
    assert pooled(own, every).error > 0


# --- lines and errors --------------------------------------------------------------------


@given(lists(least=2))
def test_taking_a_line_out_is_what_scipy_does(values: list[int]) -> None:
    assert without_line(floats(values)) == pytest.approx(signal.detrend(floats(values)), abs=1e-8)


@given(GAPS, st.data())
def test_over_days_the_line_is_that_of_least_squares(gaps: list[int], data: st.DataObject) -> None:
    times = floats(gaps).cumsum()
    values = floats(data.draw(st.lists(st.integers(1, 7), min_size=len(gaps), max_size=len(gaps))))
    line = stats.linregress(times, values)
    assert without_line(values, times) == pytest.approx(values - line.intercept - line.slope * times, abs=1e-7)


@given(lists(least=5, most=40), CAREFUL)
def test_the_error_of_a_contrast_is_its_double_sum(values: list[int], phi: float) -> None:
    assume(len(set(values)) > 1)
    n, residuals = len(values), floats(values) - np.mean(values)
    weights = np.random.default_rng(n).standard_normal(n)
    correlations = powers_apart(n, phi)
    spread = sum(weights[i] * weights[j] * correlations[i, j] for i in range(n) for j in range(n))
    left = max(2.0, n - 2 * correlations.sum() / n)
    error = np.sqrt(spread * (residuals**2).sum() / left)
    assert contrast_error(residuals, weights, phi, 2) == pytest.approx(error, rel=1e-9, abs=1e-9)


@given(GAPS, CAREFUL, st.data())
def test_the_error_of_a_slope_is_that_of_least_squares_under_ar1(
    gaps: list[int], phi: float, data: st.DataObject
) -> None:
    times = floats(gaps).cumsum()
    n = len(times)
    values = floats(data.draw(st.lists(st.integers(1, 7), min_size=n, max_size=n)))
    centred = times - times.mean()
    mine = contrast_error(without_line(values, times), centred / (centred @ centred), phi, 2)
    fit = OLS(values, add_constant(times)).fit()
    correlations = powers_apart(n, phi)
    sigma2 = fit.ssr / max(2.0, n - 2 * correlations.sum() / n)
    inverse = fit.normalized_cov_params
    columns = add_constant(times)
    covariance = sigma2 * inverse @ columns.T @ correlations @ columns @ inverse
    assert mine == pytest.approx(np.sqrt(covariance[1, 1]), rel=1e-6, abs=1e-9)


@given(GAPS, st.data())
def test_without_autocorrelation_it_is_the_error_that_everybody_knows(gaps: list[int], data: st.DataObject) -> None:
    times = floats(gaps).cumsum()
    values = floats(data.draw(st.lists(st.integers(1, 7), min_size=len(gaps), max_size=len(gaps))))
    assume(len(set(values)) > 1)
    centred = times - times.mean()
    mine = contrast_error(without_line(values, times), centred / (centred @ centred), 0.0, 2)
    assert mine == pytest.approx(stats.linregress(times, values).stderr, rel=1e-6, abs=1e-6)


@given(lists(least=10), CAREFUL, CAREFUL)
def test_more_autocorrelation_never_makes_a_level_surer(values: list[int], one: float, more: float) -> None:
    residuals = floats(values) - np.mean(values)
    mean = np.full(len(values), 1 / len(values))
    low, high = sorted((one, more))
    assert contrast_error(residuals, mean, low, 1) <= contrast_error(residuals, mean, high, 1) + 1e-12


# --- small things ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("degrees", "apart"), [(3, 0.025), (4, 0.008), (5, 0.003), (10, 2e-4), (20, 2e-5), (158, 1e-6)]
)
def test_the_wide_point_of_student_is_that_of_scipy(degrees: int, apart: float) -> None:
    assert wide(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), abs=apart)


@given(st.floats(-100, 1e6), st.floats(-100, 1e6))
def test_fewer_degrees_are_never_narrower_and_no_fewer_than_three_are_believed(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert wide(low) >= wide(high) > 1.959
    assert wide(min(low, 3)) == wide(3)


@given(st.integers(1, 500), CAREFUL, CAREFUL)
def test_the_effective_number_of_marks_falls_from_all_of_them(n: int, one: float, more: float) -> None:
    low, high = sorted((one, more))
    assert effective(n, 0.0) == n
    assert 0 < effective(n, high) <= effective(n, low) <= n


@given(st.lists(st.dates(), min_size=1, max_size=9))
def test_days_are_as_far_apart_as_in_the_calendar(days: list[date]) -> None:
    numbers = as_days([day.isoformat() for day in days])
    assert [x - numbers[0] for x in numbers] == [(day - days[0]).days for day in days]
