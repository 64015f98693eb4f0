"""A page that is shown by rows while it is written: words stay whole, and the window scrolls row by row.

prompt_toolkit breaks a line wherever the window ends, and scrolls by whole lines, so that a long paragraph would be out
of sight with one Enter. Here each row is a line of its own to it; the text itself is as it was typed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout.controls import BufferControl, UIContent
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import StyleAndTextTuples

_TOKEN = re.compile(" +|[^ ]+")


class Row(NamedTuple):
    """Which characters one row shows; spaces between its end and the next row's start are not shown."""

    start: int
    end: int


def _columns(text: str) -> int:
    """How wide a text is shown; a control character is shown as two."""
    return get_cwidth(text) if text.isprintable() else sum(Char(character).width for character in text)


@lru_cache(maxsize=4096)
def rows(line: str, columns: int) -> tuple[Row, ...]:
    """The rows in which a line is shown in a window of so many columns; a word wider than that is cut."""
    found: list[Row] = []
    start, used = 0, 0

    def break_at(end: int, following: int) -> None:
        nonlocal start, used
        found.append(Row(start, end))
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
    return (*found, Row(start, len(line)))


def rows_of(text: str, columns: int) -> list[Row]:
    """The rows of a whole text; where a line goes on, the last character of a row is the last place in it."""
    found: list[Row] = []
    begin = 0
    for line in text.split("\n"):
        *going_on, last = rows(line, columns)
        found += [Row(begin + row.start, begin + max(row.start, row.end - 1)) for row in going_on]
        found.append(Row(begin + last.start, begin + last.end))
        begin += len(line) + 1
    return found


def row_at(found: Sequence[Row], place: int) -> int:
    """In which row the cursor is shown."""
    return bisect_right(found, place, key=lambda row: row.start) - 1


def one_row_on(text: str, place: int, columns: int, step: int, wanted: int | None) -> tuple[int, int]:
    """Where the cursor comes to one row up (-1) or down (1), and the column it is held to: `wanted`, or its own."""
    found = rows_of(text, columns)
    at = row_at(found, place)
    column = _columns(text[found[at].start : place]) if wanted is None else wanted
    if not 0 <= at + step < len(found):
        return place, column
    start, end = found[at + step]
    fits = (there for there in range(start, end) if _columns(text[start : there + 1]) > column)
    return next(fits, end), column


def in_rows(content: UIContent, lines: Sequence[str], columns: int) -> UIContent:
    """The same content with a line for each row of `lines`."""
    places = [(number, row) for number, line in enumerate(lines) for row in rows(line, columns)]
    last = {number: at for at, (number, _) in enumerate(places)}

    def get_line(at: int) -> StyleAndTextTuples:
        number, row = places[at]
        characters = explode_text_fragments(content.get_line(number))
        return characters[row.start :] if last[number] == at else characters[row.start : row.end]

    cursor = content.cursor_position
    folded = rows(lines[cursor.y], columns)
    at = row_at(folded, cursor.x)
    hidden = at < len(folded) - 1 and cursor.x >= folded[at].end
    here = Point(0, at + 1) if hidden else Point(cursor.x - folded[at].start, at)
    above = last[cursor.y] + 1 - len(folded)
    return UIContent(get_line, len(places), Point(here.x, above + here.y), show_cursor=content.show_cursor)


def show_in_rows(session: PromptSession[str], margin: int) -> None:
    """Have a prompt show what is typed in rows; `margin` is how many columns stand before each."""
    control = session.layout.current_control
    assert isinstance(control, BufferControl)
    by_lines = control.create_content

    def create_content(width: int, height: int, **how: bool) -> UIContent:
        content = by_lines(width, height, **how)
        columns = width - margin
        return in_rows(content, control.buffer.document.lines, columns) if columns > 0 else content

    replaced: Any = create_content  # the session makes its own control, and takes no other
    control.create_content = replaced  # type: ignore[method-assign]
