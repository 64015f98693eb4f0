"""Days in words, and a year as a grid."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.clock import long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.look import Year


ROOMY = 68
"""Columns at which there is room for a space between two days."""


def friendly_day(day: str) -> str:
    """ "Fri 20 Nov 2026", of one length."""
    shown = short_day(date.fromisoformat(day))
    return shown if len(shown) == 15 else shown.replace(" ", "  ", 1)


def spoken_day(day: str) -> str:
    """ "Friday 20 November 2026"."""
    return long_day(date.fromisoformat(day))


def as_plain(year: Year) -> Iterator[str]:
    """A month a line, by the days that were written on, to be read out."""
    yield m.CALENDAR_TITLE.format(year=year.year, days=m.count(len(year.days), m.DAY_WORD))
    for month in range(1, 13):
        written = [
            m.CALENDAR_SEVERAL.format(day=int(day[8:]), n=count) if count > 1 else str(int(day[8:]))
            for day, count in sorted(year.days.items())
            if day[5:7] == f"{month:02}"
        ]
        yield f"{m.MONTHS[month - 1]}: {', '.join(written) or m.CALENDAR_NONE}"


def as_screen(year: Year, console: Console) -> None:
    """A month a row and a day a column: a dot for a day, a number for a day that was written on."""
    from rich.text import Text

    console.print(Text(m.CALENDAR_TITLE.format(year=year.year, days=m.count(len(year.days), m.DAY_WORD)), "bold"))
    console.print()
    gap = " " if console.width >= ROOMY else ""
    head = [" "] * 64
    for day in (1, *range(5, 32, 5)):
        head[(day - 1) * (1 + len(gap)) : (day - 1) * (1 + len(gap)) + len(str(day))] = str(day)
    console.print(Text("     " + "".join(head).rstrip(), "dim"))
    for month in range(1, 13):
        row = Text(f"{m.MONTHS[month - 1][:3]}  ")
        for day in range(1, calendar.monthrange(year.year, month)[1] + 1):
            count = year.days.get(f"{year.year}-{month:02}-{day:02}", 0)
            row.append(f"{min(count, 9)}{gap}" if count else f"·{gap}", "bold" if count else "dim")
        console.print(row)
    console.print()
    console.print(Text(m.CALENDAR_KEY, "dim"))
