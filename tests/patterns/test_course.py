from __future__ import annotations

import itertools
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.patterns.course import Course, Says, course, drawn, medians_of_parts

VALUES = st.lists(st.integers(1, 7), max_size=120)
DAYS = [f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}" for n in range(336)]


def of(values: list[int], highest: int = 7, words: tuple[str, ...] = ()) -> Course:
    return course("nearness", "nearness", list(zip(DAYS, values, strict=False)), highest, words)


@pytest.mark.parametrize(
    ("marks", "says"),
    [(0, Says.COUNT), (1, Says.COUNT), (7, Says.COUNT), (8, Says.TOO_EARLY), (19, Says.TOO_EARLY), (20, Says.COURSE)],
)
def test_how_much_may_be_said_depends_on_how_much_there_is(marks: int, says: Says) -> None:
    assert of([4] * marks).says is says


@given(st.lists(st.integers(1, 7), max_size=7))
def test_seven_marks_are_only_counted(values: list[int]) -> None:
    found = of(values)
    assert found.marks == len(values)
    assert (found.median, found.low, found.high, found.middles, found.counts) == (None, None, None, (), ())


@given(st.lists(st.integers(1, 7), min_size=8, max_size=19))
def test_up_to_nineteen_marks_have_a_middle_and_a_range_and_no_line(values: list[int]) -> None:
    found = of(values)
    assert (found.low, found.median, found.high) == (min(values), median_low(values), max(values))
    assert found.middles == ()


@given(st.lists(st.integers(1, 7), min_size=20, max_size=200))
def test_from_twenty_marks_on_there_is_a_line(values: list[int]) -> None:
    found = of(values)
    assert len(found.middles) == min(24, len(values))
    assert len(drawn(found.middles, found.highest)) == len(found.middles)


@given(st.lists(st.integers(1, 7), min_size=8, max_size=40))
def test_middle_and_range_do_not_depend_on_the_order(values: list[int]) -> None:
    found = [of(order) for order in (values, sorted(values), values[::-1])]
    assert len({(course.median, course.low, course.high) for course in found}) == 1


@given(st.lists(st.integers(1, 4), min_size=8, max_size=40))
def test_a_choice_is_counted_word_by_word(values: list[int]) -> None:
    found = of(values, 4, ("none", "a message", "a call", "in person"))
    assert found.words == ("none", "a message", "a call", "in person")
    assert found.counts == tuple(values.count(point) for point in (1, 2, 3, 4))
    assert sum(found.counts) == found.marks


@given(VALUES)
def test_first_and_last_day_are_those_of_the_marks(values: list[int]) -> None:
    found = of(values)
    assert (found.first_day, found.last_day) == ((DAYS[0], DAYS[len(values) - 1]) if values else (None, None))


@given(st.lists(st.integers(1, 7), min_size=1, max_size=120), st.integers(1, 30))
def test_every_mark_is_in_one_part_and_parts_are_nearly_equal(values: list[int], parts: int) -> None:
    places = medians_of_parts(list(range(len(values))), parts)
    assert len(places) == min(parts, len(values))
    assert list(places) == sorted(places)
    gaps = [later - earlier for earlier, later in itertools.pairwise(places)]
    assert not gaps or max(gaps) - min(gaps) <= 2


@given(st.lists(st.integers(1, 7), min_size=1, max_size=120), st.integers(1, 30))
def test_the_middle_of_a_part_is_a_mark_that_was_made(values: list[int], parts: int) -> None:
    assert set(medians_of_parts(values, parts)) <= set(values)


def test_quarters_of_a_clear_course_are_its_steps() -> None:
    assert medians_of_parts([1] * 5 + [3] * 5 + [5] * 5 + [7] * 5, 4) == (1, 3, 5, 7)


def test_the_lowest_point_of_the_scale_is_at_the_bottom_and_the_highest_at_the_top() -> None:
    assert drawn(range(1, 8), 7) == "▁▂▃▄▅▆▇"
    assert drawn((1, 4), 4) == "▁▇"


@given(st.lists(st.integers(1, 7), min_size=1), st.integers(0, 6))
def test_a_line_has_a_block_for_each_middle_and_never_turns_the_scale_round(values: list[int], at: int) -> None:
    line = drawn(values, 7)
    assert len(line) == len(values)
    assert [a < b for a, b in itertools.pairwise(line)] == [a < b for a, b in itertools.pairwise(values)]
