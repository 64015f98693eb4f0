from __future__ import annotations

from math import erfc, isfinite, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pymannkendall
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.tools import add_constant

from mother_bond.patterns import trend
from mother_bond.patterns.series import HIGHEST_PHI, Phi, phi_after_line
from mother_bond.patterns.trend import mann_kendall, rank_inflation, rise, trend_p, unrounded_share
from tests.bench.claims import drifting
from tests.marks import floats, level, lists, rising

if TYPE_CHECKING:
    from tests.marks import Floats

CAREFUL = st.floats(0, HIGHEST_PHI)
SURE = Phi(0.0, 0.0)
"""No autocorrelation, without doubt: what is left is plain least squares."""


def in_order(n: int) -> Floats:
    return np.arange(n, dtype=np.float64)


# --- Mann and Kendall --------------------------------------------------------------------


@given(lists(least=2, most=60))
def test_the_plain_test_is_that_of_pymannkendall(values: list[int]) -> None:
    mine, theirs = mann_kendall(floats(values)), pymannkendall.original_test(values)
    assert mine.s == theirs.s
    assert mine.variance == pytest.approx(theirs.var_s, abs=1e-9)
    assert mine.p == pytest.approx(theirs.p, abs=1e-12)


@given(lists(most=60), st.floats(1, 50))
def test_a_wider_variance_only_makes_less_sure(values: list[int], inflation: float) -> None:
    plain, wider = mann_kendall(floats(values)), mann_kendall(floats(values), inflation)
    assert (plain.s, plain.variance) == (wider.s, wider.variance)
    assert plain.p <= wider.p <= 1
    if plain.s:
        assert wider.p == pytest.approx(erfc((abs(plain.s) - 1) / sqrt(2 * plain.variance * inflation)), abs=1e-12)


@given(lists(most=60))
def test_turned_round_a_rise_is_a_fall_as_sure(values: list[int]) -> None:
    there, back = mann_kendall(floats(values)), mann_kendall(floats(values[::-1]))
    upside_down = mann_kendall(8 - floats(values))
    assert there.s == -back.s == -upside_down.s
    assert there.p == pytest.approx(back.p) == pytest.approx(upside_down.p)


@pytest.mark.parametrize(("n", "phi"), [(40, 0.3), (40, 0.6), (80, 0.5)])
def test_the_variance_is_widened_by_what_simulation_finds(n: int, phi: float) -> None:
    rng = np.random.default_rng(17)
    found = [mann_kendall(drifting(rng, n, phi)) for _ in range(4_000)]
    ratio = float(np.var([one.s for one in found])) / found[0].variance
    assert rank_inflation(n, phi) == pytest.approx(ratio, rel=0.12)
    assert ratio > 1.5


@given(st.integers(3, 200), CAREFUL, CAREFUL, st.floats(0.5, 1))
def test_more_autocorrelation_widens_more_and_none_not_at_all(n: int, one: float, more: float, share: float) -> None:
    low, high = sorted((one, more))
    assert rank_inflation(n, 0.0, share) == 1
    assert 1 <= rank_inflation(n, low, share) <= rank_inflation(n, high, share)
    assert rank_inflation(n, high, share) <= rank_inflation(n, high)


@given(lists(least=3), CAREFUL, CAREFUL)
def test_more_autocorrelation_never_makes_a_trend_surer(values: list[int], one: float, more: float) -> None:
    low, high = sorted((one, more))
    assert 0 <= mann_kendall(floats(values)).p <= trend_p(floats(values), low) <= trend_p(floats(values), high) <= 1


@given(lists(least=2))
def test_rounding_is_at_most_half_of_what_varies(values: list[int]) -> None:
    share = unrounded_share(floats(values))
    assert 0.5 <= share <= 1
    if len(set(values)) > 1:
        assert share == pytest.approx(max(0.5, 1 - 1 / (12 * float(np.var(values, ddof=1)))))


def test_rounding_hides_as_much_autocorrelation_as_is_put_back() -> None:
    rng = np.random.default_rng(2)
    series = [4 + 1.3 * drifting(rng, 160, 0.6) for _ in range(300)]
    whole = np.mean([phi_after_line(np.rint(one)).estimate for one in series])
    shares = np.mean([unrounded_share(np.rint(one)) for one in series])
    assert whole < 0.59
    assert whole / shares == pytest.approx(0.6, abs=0.02)


@given(lists(least=3))
def test_a_trend_by_itself_has_a_p_whatever_the_marks(values: list[int]) -> None:
    p = trend.alone(floats(values))
    assert 0 <= p <= 1
    assert trend.alone(floats(values) + 1) == pytest.approx(p, abs=1e-9)
    assert trend.alone(floats(values[::-1])) == pytest.approx(p, abs=1e-9)


def test_a_rise_is_found_and_marks_that_go_nowhere_are_let_be() -> None:
    assert trend.alone(floats(rising(40))) < 0.001
    assert trend.alone(floats(level(40))) > 0.2


# --- the rise in points ------------------------------------------------------------------


@st.composite
def over_days(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Marks and their days: some days hold several, some weeks none."""
    gaps = draw(
        st.lists(st.sampled_from((0, 1, 1, 2, 7, 40)), min_size=8, max_size=80).filter(lambda gaps: any(gaps[1:]))
    )
    values = draw(lists(len(gaps), len(gaps)))
    return floats(values), floats(gaps).cumsum() + 20_000


@given(over_days())
def test_a_rise_is_the_slope_of_least_squares_from_the_first_day_to_the_last(
    course: tuple[Floats, Floats],
) -> None:
    values, times = course
    found = rise(values, times, SURE)
    assert found.points == pytest.approx(stats.linregress(times, values).slope * (times[-1] - times[0]), abs=1e-6)


@given(over_days())
def test_without_autocorrelation_the_interval_is_the_one_that_everybody_knows(
    course: tuple[Floats, Floats],
) -> None:
    values, times = course
    assume(len(values) >= 14)
    found = rise(values, times, SURE)
    low, high = OLS(values, add_constant(times - times[0])).fit().conf_int()[1] * (times[-1] - times[0])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.002)


@given(over_days(), st.builds(Phi, st.floats(-0.5, 0.98), st.floats(0.02, 0.4)))
def test_a_rise_lies_in_its_interval_and_turns_with_time(course: tuple[Floats, Floats], phi: Phi) -> None:
    values, times = course
    found = rise(values, times, phi)
    assert all(map(isfinite, found))
    assert found.low <= found.points <= found.high
    turned = rise(values[::-1], (times[0] + times[-1] - times)[::-1], phi)
    assert turned == pytest.approx((-found.points, -found.high, -found.low), abs=1e-6)
    assert rise(values + 1, times, phi) == pytest.approx(found, abs=1e-6)
    assert rise(8 - values, times, phi) == pytest.approx((-found.points, -found.high, -found.low), abs=1e-6)


@given(lists(least=2))
def test_on_one_single_day_the_order_is_what_counts(values: list[int]) -> None:
    same_day = np.full(len(values), 20_000.0)
    assert rise(floats(values), same_day, SURE) == rise(floats(values), in_order(len(values)), SURE)


@pytest.mark.parametrize("phi", [0.0, 0.4])
def test_a_rise_without_noise_is_known_exactly(phi: float) -> None:
    values = np.linspace(2, 5, 60)
    assert rise(values, in_order(60), Phi(phi, 0.1)) == pytest.approx((3, 3, 3), abs=1e-9)


def test_more_autocorrelation_leaves_more_room() -> None:
    values, times = floats(level(80)), in_order(80)
    wide = [rise(values, times, Phi(phi, 0.0)) for phi in (0.0, 0.3, 0.6, 0.9)]
    widths = [one.high - one.low for one in wide]
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]
