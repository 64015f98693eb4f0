"""What stands around the questions: measures to ask, a practice to offer, a way to close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.measure import Closing, Measure, Part, Practice

WEEK = timedelta(days=7)
WEEKLY_AT_ONCE = 2


def measures_to_ask(
    measures: Iterable[Measure], bond: Bond, marked_this_week: set[str], *, first: bool
) -> tuple[str, ...]:
    """The daily items, and a few of those weekly ones that were not marked for a week.

    No weekly ones on a first evening: nobody wants to meet ten scales before a question.
    """
    asked: list[str] = []
    weekly_left = 0 if first else WEEKLY_AT_ONCE
    for measure in measures:
        if measure.closing or bond.contact in measure.not_when:
            continue
        if measure.after:
            if measure.after in asked:
                asked.append(measure.id)
        elif not measure.weekly:
            asked.append(measure.id)
        elif weekly_left and measure.id not in marked_this_week:
            asked.append(measure.id)
            weekly_left -= 1
    return tuple(asked)


def choose_practices(
    practices: Iterable[Practice], cause: str, bond: Bond, taken: Mapping[str, int], first: str = ""
) -> tuple[Practice, ...]:
    """The practices that fit a theme and a bond: the one named `first`, then those taken on least often."""
    fitting = [p for p in practices if p.fits(bond) and (cause in p.causes or not p.causes)]
    return tuple(sorted(fitting, key=lambda p: (p.id != first, taken.get(p.id, 0), not p.causes)))


def choose_closings(
    closings: Iterable[Closing], shown: Mapping[str, str], *, light: bool, parts: Iterable[Part]
) -> tuple[Closing, ...]:
    """One closing for each part, the one that was shown longest ago; light ones on a heavy evening."""
    able = [c for c in closings if c.light or not light]
    return tuple(min((c for c in able if c.part is part), key=lambda c: (shown.get(c.id, ""), c.id)) for part in parts)


def a_week_before(today: date) -> str:
    """The first day that still counts as this week."""
    return (today - WEEK + timedelta(days=1)).isoformat()
