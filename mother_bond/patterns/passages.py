"""The writer's own words worth reading again: an early and a late passage on the same theme.

Nothing is scored. A passage is taken whole when it is short enough to be read in a breath, is
never cut inside a sentence, and is chosen by its place in time alone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST_WORDS = 12
MOST_WORDS = 70
APART = timedelta(days=28)


class Passage(NamedTuple):
    """A few sentences of the writer, with the short id and the day of where they stand."""

    ref: str
    day: str
    cause: str | None
    text: str


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
    """For each cause the earliest and the latest passage, when at least four weeks lie between."""
    by_cause: dict[str, list[Passage]] = {}
    for one in written:
        if one.cause:
            by_cause.setdefault(one.cause, []).append(one)
    chosen: list[Passage] = []
    for cause in causes:
        found = by_cause.get(cause, [])
        if found and date.fromisoformat(found[-1].day) - date.fromisoformat(found[0].day) >= APART:
            chosen += [found[0], found[-1]]
    return tuple(chosen)


def own_questions(text: str) -> list[str]:
    """The sentences of `text` that the writer ended with a question mark."""
    sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
    return [s for s in sentences if s.endswith("?") and 3 <= len(s.split()) <= 40]
