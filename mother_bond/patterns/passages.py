"""The writer's own words worth reading again: an early and a late passage on the same theme, and one between.

Nothing is scored. A passage is taken whole when it is short enough to be read in a breath, is
never cut inside a sentence, and is chosen by its place in time alone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mother_bond.domain.prompt import Stage

FEWEST_WORDS = 12
MOST_WORDS = 70
APART = timedelta(days=28)
A_YEAR = timedelta(days=365)


class Passage(NamedTuple):
    """A few sentences of the writer, with the short id, the day, and the stage of where they stand."""

    ref: str
    day: str
    cause: str | None
    text: str
    stage: Stage | None = None


def passage(text: str) -> str | None:
    """The first sentences of `text` that make up a passage, or None when it is too short for one."""
    sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
    taken: list[str] = []
    count = 0
    for sentence in sentences:
        length = len(sentence.split())
        if taken and count + length > MOST_WORDS:
            break
        taken.append(sentence)
        count += length
    return " ".join(taken) if FEWEST_WORDS <= count <= MOST_WORDS else None


def early_and_late(written: Iterable[Passage], causes: Sequence[str]) -> tuple[Passage, ...]:
    """For each cause an early and a late passage at least four weeks apart, and one between when a year lies there.

    Like is set beside like: the passages are of one stage, the one that reaches furthest through time, and of
    different stages only where no stage reaches four weeks. `written` is what may be shown, oldest first.
    """
    by_cause: dict[str, list[Passage]] = {}
    for one in written:
        if one.cause:
            by_cause.setdefault(one.cause, []).append(one)
    return tuple(one for cause in causes for one in _through_time(by_cause.get(cause, [])))


def _through_time(found: Sequence[Passage]) -> tuple[Passage, ...]:
    by_stage: dict[Stage | None, list[Passage]] = {}
    for one in found:
        by_stage.setdefault(one.stage, []).append(one)
    pool: Sequence[Passage] = max(by_stage.values(), key=_reach, default=[])
    if _reach(pool) < APART:
        pool = found
    reach = _reach(pool)
    if reach < APART:
        return ()
    early, late = pool[0], pool[-1]
    if reach >= A_YEAR:
        after, before = _day(early) + APART, _day(late) - APART
        first, last = after.isoformat(), before.isoformat()
        between = [one for one in pool if first <= one.day <= last]
        middle = min(between, key=lambda one: abs(2 * _days(early, one) - reach), default=None)
        if middle:
            return (early, middle, late)
    return (early, late)


def _day(one: Passage) -> date:
    return date.fromisoformat(one.day)


def _days(one: Passage, other: Passage) -> timedelta:
    return _day(other) - _day(one)


def _reach(found: Sequence[Passage]) -> timedelta:
    """The time from the first to the last."""
    return _days(found[0], found[-1]) if found else timedelta(0)


def own_questions(text: str) -> list[str]:
    """The sentences of `text` that the writer ended with a question mark."""
    sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
    return [s for s in sentences if s.endswith("?") and 3 <= len(s.split()) <= 40]
