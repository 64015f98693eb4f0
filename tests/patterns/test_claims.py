"""The calibration of tests/bench/claims.py with fewer journals: every row of it, goals widened by chance alone."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from mother_bond.patterns.trend import mann_kendall
from tests.bench.claims import PHIS, Result, cells, drifting, marks, table

if TYPE_CHECKING:
    from numpy.random import Generator

JOURNALS = 200
SURE = 3
"""Standard errors of chance by which a rate may lie beyond its goal; with 2 000 journals the table missed none."""


def beyond(result: Result, journals: int = JOURNALS) -> bool:
    """Whether a rate is further beyond its goal than chance would take it."""
    room = [SURE * sqrt(goal * (1 - goal) / journals) for goal in (result.most or 0.0, result.least or 0.0)]
    too_often = result.most is not None and result.rate > result.most + room[0]
    return too_often or (result.least is not None and result.rate < result.least - room[1])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_no_rate_is_beyond_its_goal() -> None:
    results = list(table(JOURNALS))
    for result in results:
        goal = f"≤ {result.most}" if result.most is not None else f"≥ {result.least}"
        print(f"{result.name:<58} {result.rate:6.3f}   {goal}")
    assert len(results) == len(list(cells()))
    assert [result.name for result in results if beyond(result)] == []


def test_every_row_is_held_to_a_goal_on_one_side() -> None:
    for cell in cells():
        assert (cell.most is None) != (cell.least is None), cell.name
    assert len({cell.name for cell in cells()}) == len(list(cells()))


def plain_alarm(rng: Generator, n: int, phi: float) -> bool:
    """What everybody's trend test says where nothing happens."""
    return mann_kendall(marks(drifting(rng, n, phi))).p < 0.05


def test_a_test_that_takes_no_account_of_yesterday_would_be_found_out() -> None:
    rng = np.random.default_rng(3)
    rates = [sum(plain_alarm(rng, 80, phi) for _ in range(JOURNALS)) / JOURNALS for phi in PHIS]
    found = [beyond(Result("", rate, 0.055, None)) for rate in rates]
    assert found == [False, True, True]


def test_a_rate_at_its_goal_passes_and_one_far_from_it_does_not() -> None:
    for most, least, rate, expected in (
        (0.1, None, 0.1, False),
        (0.1, None, 0.16, False),
        (0.1, None, 0.17, True),
        (0.1, None, 0.0, False),
        (None, 0.9, 0.84, False),
        (None, 0.9, 0.83, True),
        (None, 0.9, 1.0, False),
    ):
        assert beyond(Result("", rate, most, least)) == expected, (most, least, rate)
