"""Words that stay whole at the edge of the window while they are typed.

prompt_toolkit breaks a line wherever the window ends. Spaces that are only shown, never kept, fill the line up before
a word that would be cut, so that the break falls before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput

_TOKEN = re.compile(" +|[^ ]+")


class Row(NamedTuple):
    """Which characters of a line one row shows, and how many spaces fill it up; spaces after `end` are not shown."""

    start: int
    end: int
    filling: int


def _columns(text: str) -> int:
    """How wide a text is shown; a control character is shown as two."""
    return get_cwidth(text) if text.isprintable() else sum(Char(character).width for character in text)


@lru_cache(maxsize=256)
def rows(line: str, columns: int) -> tuple[Row, ...]:
    """The rows in which a line is shown in a window of so many columns; a word wider than that is cut."""
    found: list[Row] = []
    start, used = 0, 0

    def break_at(end: int, following: int) -> None:
        nonlocal start, used
        found.append(Row(start, end, columns - used))
        start, used = following, 0

    for token in _TOKEN.finditer(line):
        at, width = token.start(), _columns(token[0])
        if token[0][0] == " ":
            shown = min(width, columns - used)
            used += shown
            if shown < width:
                break_at(at + shown, token.end())
            continue
        if used + width > columns and used and width <= columns:
            break_at(at, at)
        if used + width <= columns:
            used += width
            continue
        for place, character in enumerate(token[0], at):
            if used + _columns(character) > columns:
                break_at(place, place)
            used += _columns(character)
    return (*found, Row(start, len(line), 0))


def one_row_on(text: str, place: int, columns: int, step: int, wanted: int | None) -> tuple[int, int]:
    """Where the cursor comes to one row up (-1) or down (1), and the column it is held to: `wanted`, or its own."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for line in text.split("\n"):
        folded = rows(line, columns)
        # the end of a row that goes on is the beginning of the next
        spans += [(begin + row.start, begin + max(row.start, row.end - (row is not folded[-1]))) for row in folded]
        begin += len(line) + 1
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    column = _columns(text[spans[at][0] : place]) if wanted is None else wanted
    if not 0 <= at + step < len(spans):
        return place, column
    start, end = spans[at + step]
    fits = (there for there in range(start, end) if _columns(text[start : there + 1]) > column)
    return next(fits, end), column


class WholeWords(Processor):
    """Shows the lines of a buffer with every word whole; `margin` is what stands before each row."""

    def __init__(self, margin: int) -> None:
        self.margin = margin

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The fragments of a line with the rows filled up, and where each character is found in them."""
        characters = explode_text_fragments(transformation_input.fragments)
        columns = transformation_input.width - self.margin
        if columns < 1:
            return Transformation(transformation_input.fragments)
        folded = rows("".join(text for _, text, *_ in characters), columns)
        shown: StyleAndTextTuples = []
        begins: list[int] = []
        for row in folded:
            begins.append(len(shown))
            shown += characters[row.start : row.end]
            shown += [("", " ")] * row.filling

        def to_display(place: int) -> int:
            at = bisect_right(folded, place, key=lambda row: row.start) - 1
            last = at == len(folded) - 1
            return begins[at] + place - folded[at].start if last or place < folded[at].end else begins[at + 1]

        def to_source(place: int) -> int:
            at = bisect_right(begins, place) - 1
            last = at == len(folded) - 1
            there = folded[at].start + place - begins[at]
            return there if last else min(there, folded[at].end)

        return Transformation(shown, to_display, to_source)
