"""Words stay whole at the edge of the window, and every character is found where it is shown."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import Transformation, TransformationInput
from prompt_toolkit.utils import get_cwidth

from mother_bond.terminal.wrapping import WholeWords, one_row_on, rows

MARGIN = 4
PROSE = "She rang on Sunday, and neither of us hurried."
LINES = st.text(alphabet="ab ,é家👩", max_size=60)
COLUMNS = st.integers(2, 12)


def shown(line: str, columns: int) -> list[str]:
    """What each row shows."""
    return [line[row.start : row.end] for row in rows(line, columns)]


def transformed(line: str, columns: int) -> Transformation:
    """A line as the window is given it."""
    buffer = Buffer(multiline=True)
    buffer.text = line
    control = BufferControl(buffer)
    given_in = TransformationInput(
        control, buffer.document, 0, lambda place: place, [("", line)], columns + MARGIN, 10, lambda _: [("", line)]
    )
    return WholeWords(MARGIN).apply_transformation(given_in)


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
        assert get_cwidth(line[row.start : row.end]) + row.filling <= max(columns, 2)
    for row, after in pairwise(folded):
        assert not line[row.end : after.start].strip(" ")
        cut = 0 < after.start < len(line) and " " not in line[after.start - 1 : after.start + 1]
        word = line[: after.start].rpartition(" ")[2] + line[after.start :].partition(" ")[0]
        assert not cut or get_cwidth(word) > columns


@given(line=LINES, columns=COLUMNS)
def test_every_character_is_where_it_is_shown(line: str, columns: int) -> None:
    made = transformed(line, columns)
    display = "".join(text for _, text, *_ in made.fragments)
    hidden = {n for row, after in pairwise(rows(line, columns)) for n in range(row.end, after.start)}
    places = [made.source_to_display(place) for place in range(len(line) + 1)]
    assert places == sorted(places)
    for place, character in enumerate(line):
        if place not in hidden:
            assert display[places[place]] == character
            assert made.display_to_source(places[place]) == place
    assert "".join(character for n, character in enumerate(line) if n not in hidden) == "".join(shown(line, columns))


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


def test_a_window_of_no_width_is_left_alone() -> None:
    assert transformed("some words", -2).fragments == [("", "some words")]
