"""Paths: a list of them, and one with its parts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.paths import PathLine, PathList, PathPage, PathPages
from mother_bond.clock import short_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


def as_plain(result: PathList | PathPages) -> Iterator[str]:
    """Lines to read from top to bottom."""
    if isinstance(result, PathList):
        yield m.PATHS_ABOUT
        for role in dict.fromkeys(path.role for path in result.paths):
            yield ""
            yield m.SIDES[role]
            yield from (f"{p.cause}  {p.name} ({_progress(p)})" for p in result.paths if p.role is role)
        return
    for number, page in enumerate(result.pages):
        if number:
            yield ""
        yield f"{page.name} ({m.SIDES[page.role]})"
        yield page.about
        if page.walked:
            yield _walked(page.walked, len(page.parts), page.day)
        for n, part in enumerate(page.parts, 1):
            yield f"{m.PATH_PART.format(n=n, title=part.title)}; {m.PATH_PRACTICE.format(practice=part.practice_name)}"


def as_screen(result: PathList | PathPages, console: Console) -> None:
    """The same with room to read."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if isinstance(result, PathList):
        console.print(Text(m.PATHS_ABOUT))
        for role in dict.fromkeys(path.role for path in result.paths):
            console.print()
            console.print(Text(m.SIDES[role], "italic"))
            table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
            for path in result.paths:
                if path.role is role:
                    table.add_row(Text(path.cause, "cyan"), path.name, Text(_progress(path), "dim"))
            console.print(table)
        console.print()
        console.print(Text(m.PATHS_FOOT, "dim"))
        return
    for number, page in enumerate(result.pages):
        if number:
            console.print()
        console.print(Text.assemble((page.name, "bold"), "  ", (m.SIDES[page.role], "italic")))
        console.print()
        console.print(Padding(Text(page.about), (0, 0, 1, 2)))
        for n, part in enumerate(page.parts, 1):
            console.print(Text.assemble("  ", (m.PATH_PART.format(n=n, title=part.title), _style(page, n))))
            console.print(Padding(Text(m.PATH_PRACTICE.format(practice=part.practice_name), "dim"), (0, 0, 0, 5)))
        if page.walked:
            console.print()
            console.print(Text(_walked(page.walked, len(page.parts), page.day), "dim"))


def _style(page: PathPage, number: int) -> str:
    """The part that is next stands out."""
    return "bold" if page.walked and number == page.walked % len(page.parts) + 1 else ""


def _progress(path: PathLine) -> str:
    return _walked(path.walked, path.parts, path.day) if path.walked else m.count(path.parts, m.PART_WORD)


def _walked(walked: int, parts: int, day: str | None) -> str:
    return m.PATH_WALKED.format(n=walked, of=parts, day=short_day(date.fromisoformat(day or "")))
