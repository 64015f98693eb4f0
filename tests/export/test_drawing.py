from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mother_bond.export.document import Chart
from mother_bond.export.drawing import BOTTOM, LEFT, MOST_TICKS, RIGHT, TOP, svg, ticks
from mother_bond.export.measured import LEAST_MARKS, MOST_RUNS, medians

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
SVG = "{http://www.w3.org/2000/svg}"


@given(DAYS, st.integers(0, 40_000))
def test_ticks_are_few_and_lie_in_the_time(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = ticks(first, last)
    assert 1 <= len(found) <= MOST_TICKS
    assert all(first <= tick.day <= last for tick in found)
    assert [tick.day for tick in found] == sorted({tick.day for tick in found})
    assert any(str(tick.day.year) in (tick.text, tick.below) for tick in found)


def test_a_year_has_every_other_month_and_the_year_below_january() -> None:
    found = ticks(date(2025, 11, 2), date(2026, 10, 30))
    assert [(tick.text, tick.below) for tick in found] == [
        *(("Jan", "2026"), ("Mar", ""), ("May", ""), ("Jul", ""), ("Sep", "")),
    ]


def test_a_short_time_has_its_two_ends_and_a_single_day_itself() -> None:
    assert [tick.text for tick in ticks(date(2026, 3, 2), date(2026, 3, 20))] == ["2 Mar", "20 Mar"]
    assert [tick.text for tick in ticks(date(2026, 3, 2), date(2026, 3, 2))] == ["2 Mar"]


POINTS = st.lists(st.tuples(DAYS.map(date.isoformat), st.integers(1, 7)), min_size=1, max_size=60).map(sorted)


@given(POINTS)
def test_every_mark_is_a_dot_inside_the_picture_and_higher_when_it_is_more(points: list[tuple[str, int]]) -> None:
    chart = Chart("a", "b", "c", (), 7, ("low & <", 'high "'), tuple(points), medians(points))
    root = ET.fromstring(svg(chart, points[0][0], points[-1][0], 1))
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in root.iter(f"{SVG}circle")]
    assert len(dots) == len(points)
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in dots)
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    heights = {value: y for (_, y), (_, value) in zip(dots, points, strict=True)}
    assert [heights[v] for v in sorted(heights)] == sorted(heights.values(), reverse=True)
    assert {"low & <", 'high "'} <= {text.text for text in root.iter(f"{SVG}text")}


def test_a_choice_has_its_words_at_every_line() -> None:
    chart = Chart("contact", "", "", (), 3, ("none", "a call", "in person"), (("2026-01-01", 2),))
    assert re.findall(r'text-anchor="end"[^>]*>([^<]*)<', svg(chart, "2026-01-01", "2026-01-01")) == list(chart.steps)


@given(POINTS)
def test_the_line_has_medians_of_enough_marks_in_order(points: list[tuple[str, int]]) -> None:
    line = medians(points)
    assert 1 <= len(line) <= max(1, min(MOST_RUNS, len(points) // LEAST_MARKS))
    assert [day for day, _ in line] == sorted(day for day, _ in line)
    assert {value for _, value in line} <= {value for _, value in points}
    assert points[0][0] <= line[0][0] <= line[-1][0] <= points[-1][0]


def test_a_line_of_equal_marks_is_level() -> None:
    points = [(f"2026-01-{n:02}", 4) for n in range(1, 25)]
    assert {value for _, value in medians(points)} == {4}
    assert len(medians(points)) == 6
