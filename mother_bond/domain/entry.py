"""What a sitting leaves behind: a session with its answers, check-in and step.

Moments are ISO 8601 text with an offset, days are ISO dates of the writer's own calendar, both
exactly as they were written down.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from mother_bond.domain.bond import Bond
from mother_bond.domain.line import EntryKind, kind_of

NOTHING_MARKED: Mapping[str, int] = MappingProxyType({})


class StepState(StrEnum):
    """How a step the writer took on stands."""

    RESTING = "resting"
    DONE = "done"
    LET_GO = "let-go"


class Revision(NamedTuple):
    """An earlier wording of an answer, and when it was replaced."""

    text: str
    at: str


class Answer(NamedTuple):
    """Words of the writer, with the question as it was asked (None for a note).

    `shared` says that the writer marked it as all right to hand on.
    """

    id: str
    position: int
    text: str
    at: str
    prompt: str | None = None
    question: str | None = None
    revisions: tuple[Revision, ...] = ()
    shared: bool = False


class Step(NamedTuple):
    """A small act the writer took on, in their own words."""

    plan: str
    state: StepState
    at: str
    state_at: str
    practice: str | None = None


class Session(NamedTuple):
    """One sitting, whole.

    `ref` is the short id that is typed; it never changes. `path` is the part of a path that it was, as
    in "emotional-debt.3".
    """

    id: str
    ref: str
    bond: Bond
    at: str
    day: str
    cause: str | None = None
    seconds: int | None = None
    answers: tuple[Answer, ...] = ()
    checkin: Mapping[str, int] = NOTHING_MARKED
    way_in: Mapping[str, int] = NOTHING_MARKED
    step: Step | None = None
    unfinished: bool = False
    trashed_at: str | None = None
    path: str | None = None

    @property
    def kind(self) -> EntryKind:
        """What the session holds most of."""
        return kind_of(
            prompted=any(a.prompt for a in self.answers),
            cause=self.cause is not None,
            written=bool(self.answers),
            checked=bool(self.checkin),
            stepped=self.step is not None,
            way_in=bool(self.way_in),
        )
