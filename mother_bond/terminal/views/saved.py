"""The line that says a sitting or a note was saved. Kept apart, so that a note is quick to write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.clock import short_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.saved import Saved


def as_plain(result: Saved) -> Iterator[str]:
    """One line."""
    yield saved_line(result)


def as_screen(result: Saved, console: Console) -> None:
    """The same line."""
    from rich.text import Text

    console.print(Text(saved_line(result)))


def saved_line(saved: Saved) -> str:
    """ "Saved for Fri 20 Nov 2026 · 3 answers · 214 words · 11 minutes"."""
    session = saved.session
    if session is None:
        return m.SAVED_NOTHING
    parts = [m.SAVED.format(day=short_day(date.fromisoformat(session.day)))]
    if session.answers:
        parts.append(m.count(len(session.answers), m.ANSWER_WORD))
        parts.append(m.count(saved.words, m.WORD_WORD))
    elif session.checkin:
        parts.append(m.count(len(session.checkin), m.MARK_WORD))
    if saved.minutes is not None:
        parts.append(m.count(saved.minutes, m.MINUTE_WORD))
    return " · ".join([*parts, session.ref])
