"""Help lines: short, plain, and readable in a hurry."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.clock import long_day
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.help_now import HelpNow


def as_plain(result: HelpNow) -> Iterator[str]:
    """The writer's own lines, then a country after the other."""
    yield m.HELP_NOW
    yield from (visible(line) for line in result.own)
    for country, lines in groupby(result.lines, key=lambda line: line.country_name):
        yield ""
        yield country
        for line in lines:
            doubt = "" if line.verified else m.HELP_UNVERIFIED
            yield f"  {m.HELP_KINDS[line.kind]}: {line.name}, {line.contact}{doubt}"
    yield ""
    yield m.HELP_CHECKED.format(day=long_day(result.checked))
    if result.old:
        yield m.HELP_OLD
    yield m.HELP_TRACE


def as_screen(result: HelpNow, console: Console) -> None:
    """The same on a screen."""
    from rich.text import Text

    for line in as_plain(result):
        console.print(Text(line, "" if line.startswith(" ") or not line else "bold" if len(line) < 40 else ""))
