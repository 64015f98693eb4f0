"""Lines to a person: the writer's own first, then those of their country."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.bundled import help_lines

if TYPE_CHECKING:
    from mother_bond.domain.measure import HelpLine

OLD_AFTER = timedelta(days=365)


class HelpNow(NamedTuple):
    """The lines in the order in which they are shown; `old` when the list was checked over a year ago."""

    own: tuple[str, ...]
    lines: tuple[HelpLine, ...]
    checked: date
    old: bool


def help_now(country: str, own: tuple[str, ...], today: date) -> HelpNow:
    """Every help line, those of `country` (as in "GB") first."""
    known = help_lines()
    first = country.strip().upper()
    lines = sorted(known.lines, key=lambda line: (line.country != first, line.country == "*"))
    return HelpNow(own, tuple(lines), known.checked, today - known.checked > OLD_AFTER)
