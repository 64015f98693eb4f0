"""Lists of entries: recent ones, search results, one day of every year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.lists import Hits, Lines, ThatDay
from mother_bond.storage.lines import END, FOUND
from mother_bond.terminal.output import talk
from mother_bond.wording.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.text import Text

    from mother_bond.domain.line import Line

Result = Lines | Hits | ThatDay
LONGEST_EXCERPT = 100


def _rows(result: Result) -> Iterator[tuple[Line, str, str]]:
    """Each line with its id and excerpt."""
    if isinstance(result, Hits):
        for hit in result.hits:
            yield hit.line, f"{hit.line.ref}.{hit.position}", hit.excerpt
    else:
        for line in result.lines:
            yield line, line.ref, line.excerpt


def _label(line: Line) -> str:
    label = line.cause or m.KINDS[line.kind]
    return f"{label} {m.UNFINISHED}" if line.unfinished else label


def _tell_rest(result: Result) -> None:
    if isinstance(result, Hits):
        if not result.hits:
            talk(m.NOTHING_FOUND)
        elif len(result.hits) < result.total:
            talk(m.FOUND_MORE.format(shown=len(result.hits), total=result.total))
    elif not result.lines:
        talk(m.NOTHING_HERE)
    elif isinstance(result, Lines) and result.more:
        talk(m.MORE_ENTRIES)


def short(line: Line) -> str:
    """The first words of an entry, in one line."""
    return _shortened(line.excerpt)


def _shortened(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= LONGEST_EXCERPT else words[:LONGEST_EXCERPT].rstrip() + "…"


def as_plain(result: Result) -> Iterator[str]:
    """One entry a line: id, day, bond, theme or kind, first words."""
    for line, ref, excerpt in _rows(result):
        words = _shortened(excerpt.replace(FOUND, "").replace(END, ""))
        yield f"{ref}  {line.day}  {one_line(line.bond)}  {_label(line)}  {words}".rstrip()
    _tell_rest(result)


def as_screen(result: Result, console: Console) -> None:
    """A table without lines, that breathes."""
    from rich.table import Table
    from rich.text import Text

    from mother_bond.terminal.views.days import friendly_day

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    bonds = {line.bond for line, _, _ in _rows(result)}
    for line, ref, excerpt in _rows(result):
        head = _label(line) if len(bonds) == 1 else f"{one_line(line.bond)} · {_label(line)}"
        cell = Text(head + "\n", style="bold", overflow="ellipsis", no_wrap=True)
        cell.append_text(_marked(excerpt))
        table.add_row(Text(ref, style="cyan"), Text(friendly_day(line.day), style="dim"), cell)
    console.print(table)
    _tell_rest(result)


def _marked(excerpt: str) -> Text:
    from rich.text import Text

    text = Text(style="not bold")
    for part in excerpt.split(FOUND):
        found, _, rest = part.rpartition(END)
        text.append(one_line(found) + (" " if found.endswith(" ") else ""), style="bold underline")
        text.append(_loose(rest))
    return text


def _loose(text: str) -> str:
    """One line that keeps a space at either end, so that what was found does not stick to it."""
    if not text:
        return ""
    return (" " if text[:1].isspace() else "") + one_line(text) + (" " if text[-1:].isspace() else "")
