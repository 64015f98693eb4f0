"""Lists of entries: recent ones, those in which words stand, those of one day of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.storage import lines as store_lines
from mother_bond.storage.lines import Which

if TYPE_CHECKING:
    from datetime import date

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.line import Line
    from mother_bond.storage.search import Hit
    from mother_bond.storage.store import Store


class Lines(NamedTuple):
    """A list of entries, newest first; `more` says that there are others."""

    lines: tuple[Line, ...]
    more: bool = False


class Hits(NamedTuple):
    """What a search found, newest first, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class ThatDay(NamedTuple):
    """What was written on one day of the year, in every year."""

    day: date
    lines: tuple[Line, ...]


def which(bond: Bond | None, cause: str | None = None, since: date | None = None, until: date | None = None) -> Which:
    """The sessions that are meant."""
    return Which(
        bond.id if bond else None,
        cause,
        since.isoformat() if since else None,
        until.isoformat() if until else None,
    )


def recent(store: Store, meant: Which, limit: int) -> Lines:
    """The newest entries, at most `limit` (0 for all)."""
    lines = store_lines.recent(store, meant, limit + 1 if limit else 0)
    return Lines(tuple(lines[:limit] if limit else lines), bool(limit) and len(lines) > limit)


def search(store: Store, typed: str, meant: Which, limit: int) -> Hits:
    """The newest answers in which the words stand."""
    from mother_bond.storage.search import search as found

    hits, total = found(store, typed, meant, limit)
    return Hits(tuple(hits), total)


def on_this_day(store: Store, day: date, meant: Which) -> ThatDay:
    """What was written on this day of the year."""
    return ThatDay(day, tuple(store_lines.on_month_day(store, day.isoformat()[5:], meant)))
