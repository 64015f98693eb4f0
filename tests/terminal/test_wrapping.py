"""Words stay whole at the edge of the window, and every character is found where it is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.layout.controls import UIContent
from prompt_toolkit.utils import get_cwidth

from mother_bond.terminal.wrapping import in_rows, one_row_on, row_at, rows, rows_of

PROSE = "She rang on Sunday, and neither of us hurried."
LINES = st.text(alphabet="ab ,é家👩", max_size=60)
COLUMNS = st.integers(2, 12)


def shown(line: str, columns: int) -> list[str]:
    """What each row shows."""
    return [line[row.start : row.end] for row in rows(line, columns)]


def seen(text: str, columns: int, place: int) -> tuple[list[str], tuple[int, int]]:
    """The rows of a page, each with the room for the cursor after its last letter, and where the cursor is."""
    page = Document(text, place)
    cursor = Point(page.cursor_position_col, page.cursor_position_row)
    content = UIContent(lambda number: [("", page.lines[number] + " ")], page.line_count, cursor)
    content = in_rows(content, page.lines, columns)
    found = ["".join(part for _, part, *_ in content.get_line(at)) for at in range(content.line_count)]
    return found, (content.cursor_position.y, content.cursor_position.x)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (46, [PROSE]),
        (20, ["She rang on Sunday, ", "and neither of us ", "hurried."]),
        (19, ["She rang on Sunday,", "and neither of us ", "hurried."]),
        (5, ["She ", "rang ", "on Su", "nday,", "and n", "eithe", "r of ", "us hu", "rried", "."]),
    ],
)
def test_a_row_ends_between_words(columns: int, expected: list[str]) -> None:
    assert shown(PROSE, columns) == expected


def test_spaces_at_the_edge_begin_no_row() -> None:
    assert shown("abc      def", 4) == ["abc ", "def"]
    assert shown("abcd ", 4) == ["abcd", ""]


@given(line=LINES, columns=COLUMNS)
@example(line="家 家家", columns=3)
def test_no_row_is_too_wide_and_no_word_is_cut_that_fits(line: str, columns: int) -> None:
    folded = rows(line, columns)
    for row in folded:
        assert get_cwidth(line[row.start : row.end]) <= max(columns, 2)
    for row, after in pairwise(folded):
        assert not line[row.end : after.start].strip(" ")
        cut = 0 < after.start < len(line) and " " not in line[after.start - 1 : after.start + 1]
        word = line[: after.start].rpartition(" ")[2] + line[after.start :].partition(" ")[0]
        assert not cut or get_cwidth(word) > columns


@given(text=st.text(alphabet="ab \n,é家👩", max_size=60), columns=COLUMNS, data=st.data())
def test_every_character_is_where_it_is_shown(text: str, columns: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    found, (row, column) = seen(text, columns, place)
    folded = [shown(line, columns) for line in text.split("\n")]
    assert found == [one for *going_on, last in folded for one in (*going_on, last + " ")]
    at = row_at(rows_of(text, columns), place)
    assert row in (at, at + 1)  # the second from a space that is not shown
    assert column <= len(found[row])
    if column and place < len(text) and text[place] != "\n":
        assert found[row][column] == text[place]


def test_a_long_paragraph_stays_in_sight_when_the_next_one_begins() -> None:
    found, cursor = seen(f"{PROSE} {PROSE}\n", 20, 2 * len(PROSE) + 2)
    assert found[-2:] == ["of us hurried. ", " "]
    assert cursor == (len(found) - 1, 0)


@given(text=st.text(alphabet="ab \n家", max_size=60), columns=COLUMNS, data=st.data())
def test_from_the_top_every_row_is_passed_once_on_the_way_down_and_up(
    text: str, columns: int, data: st.DataObject
) -> None:
    place, column, passed = 0, data.draw(st.integers(0, columns)), [0]
    for step in (1, -1):
        while (went := one_row_on(text, place, columns, step, column))[0] != place:
            assert went[1] == column
            assert (went[0] > place) is (step == 1)
            place = went[0]
            passed.append(place)
    assert len(passed) < 2 * sum(len(rows(line, columns)) for line in text.split("\n")) + 1


def test_the_cursor_goes_up_and_down_by_what_is_seen() -> None:
    text = f"{PROSE}\n\nNext."
    place, column = one_row_on(text, len(PROSE) - 2, 20, -1, None)
    assert (text[place:][:6], column) == ("ither ", 6)
    down = [place := one_row_on(text, place, 20, 1, column)[0] for _ in range(4)]
    assert [text[at : at + 2] for at in down] == ["d.", "\nN", "", ""]


@pytest.mark.parametrize(("place", "home", "end"), [(0, 0, 19), (21, 20, 37), (41, 38, 46)])
def test_home_and_end_are_those_of_the_row(place: int, home: int, end: int) -> None:
    found = rows_of(PROSE, 20)
    assert found[row_at(found, place)] == (home, end)
