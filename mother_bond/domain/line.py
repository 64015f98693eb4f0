"""A session as one line of a list. Kept apart, so that a list is quick to import."""

from enum import StrEnum
from typing import NamedTuple


class EntryKind(StrEnum):
    """What a session holds most of; derived, never stored."""

    REFLECTION = "reflection"
    NOTE = "note"
    CHECK_IN = "check-in"
    STEP = "step"
    WAY_IN = "way-in"


class Line(NamedTuple):
    """A session as one line of a list: enough to recognise it by."""

    ref: str
    day: str
    bond: str
    kind: EntryKind
    cause: str | None
    answers: int
    excerpt: str
    unfinished: bool = False
    trashed_at: str | None = None


def kind_of(*, prompted: bool, cause: bool, written: bool, checked: bool, stepped: bool, way_in: bool) -> EntryKind:
    """What to call a session that holds these things."""
    if way_in:
        return EntryKind.WAY_IN
    if prompted or (cause and not written and not stepped):
        return EntryKind.REFLECTION
    if written:
        return EntryKind.NOTE
    if stepped and not checked:
        return EntryKind.STEP
    return EntryKind.CHECK_IN if checked else EntryKind.NOTE
