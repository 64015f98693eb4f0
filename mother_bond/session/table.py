"""Where a sitting stands, what can happen there, and where that leads: all of it in one table.

A pair of state and event that is not in `TABLE` cannot happen and raises `UnlistedError`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class At(StrEnum):
    """Where a sitting stands."""

    STEP = "step"
    CHECK_IN = "check-in"
    THEME = "theme"
    ASKING = "asking"
    OFFER = "offer"
    CLOSING = "closing"
    MOOD = "mood"
    DONE = "done"


class Event(StrEnum):
    """What can happen in a sitting."""

    GO = "go"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    OTHER_QUESTION = "other-question"
    OTHER_THEME = "other-theme"
    NOTHING_LEFT = "nothing-left"
    ENOUGH = "enough"


class UnlistedError(LookupError):
    """An event that cannot happen in that state: a fault of the program, never of the writer."""


TABLE: dict[tuple[At, Event], At] = {
    (At.STEP, Event.ANSWERED): At.STEP,
    (At.STEP, Event.SKIPPED): At.STEP,
    (At.STEP, Event.NOTHING_LEFT): At.CHECK_IN,
    (At.STEP, Event.ENOUGH): At.DONE,
    (At.CHECK_IN, Event.ANSWERED): At.CHECK_IN,
    (At.CHECK_IN, Event.SKIPPED): At.CHECK_IN,
    (At.CHECK_IN, Event.NOTHING_LEFT): At.THEME,
    (At.CHECK_IN, Event.ENOUGH): At.DONE,
    (At.THEME, Event.GO): At.ASKING,
    (At.THEME, Event.NOTHING_LEFT): At.CLOSING,
    (At.THEME, Event.ENOUGH): At.DONE,
    (At.ASKING, Event.ANSWERED): At.ASKING,
    (At.ASKING, Event.SKIPPED): At.ASKING,
    (At.ASKING, Event.OTHER_QUESTION): At.ASKING,
    (At.ASKING, Event.OTHER_THEME): At.THEME,
    (At.ASKING, Event.NOTHING_LEFT): At.OFFER,
    (At.ASKING, Event.ENOUGH): At.DONE,
    (At.OFFER, Event.ANSWERED): At.CLOSING,
    (At.OFFER, Event.SKIPPED): At.CLOSING,
    (At.OFFER, Event.NOTHING_LEFT): At.CLOSING,
    (At.OFFER, Event.ENOUGH): At.DONE,
    (At.CLOSING, Event.ANSWERED): At.CLOSING,
    (At.CLOSING, Event.SKIPPED): At.CLOSING,
    (At.CLOSING, Event.NOTHING_LEFT): At.MOOD,
    (At.CLOSING, Event.ENOUGH): At.DONE,
    (At.MOOD, Event.ANSWERED): At.DONE,
    (At.MOOD, Event.SKIPPED): At.DONE,
    (At.MOOD, Event.NOTHING_LEFT): At.DONE,
    (At.MOOD, Event.ENOUGH): At.DONE,
}

_QUEUES = {At.STEP: "steps", At.CHECK_IN: "measures", At.ASKING: "prompts", At.CLOSING: "closings"}


class Sitting(NamedTuple):
    """A sitting in progress: where it stands and what is still to come, all of it plain data.

    `steps`, `measures`, `prompts` and `closings` are queues of ids whose first is the current one;
    `asked` counts the questions that are behind. `declined` holds causes and prompts that were
    turned down this evening; `part` is the number of the part of a path that it is, or 0.
    """

    at: At
    minutes: int
    steps: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    cause: str | None = None
    why: str = ""
    detail: str = ""
    prompts: tuple[str, ...] = ()
    asked: int = 0
    closings: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    part: int = 0

    @property
    def current(self) -> str | None:
        """The id at the head of the queue of this state."""
        queue = _QUEUES.get(self.at)
        waiting = getattr(self, queue) if queue else ()
        return waiting[0] if waiting else None

    def as_data(self) -> dict[str, Any]:
        """The sitting as JSON can hold it."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in self._asdict().items()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Sitting:
        """A sitting from what `as_data` gave."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**{**values, "at": At(data["at"])})


def advance(sitting: Sitting, event: Event) -> Sitting:
    """The sitting after `event`: the queue of its state moves on, and an empty queue ends the state.

    Raises `UnlistedError` for a pair that is not in the table.
    """
    following = TABLE.get((sitting.at, event))
    if following is None:
        raise UnlistedError(f"{event} at {sitting.at}")
    queue = _QUEUES.get(sitting.at)
    if queue and event in (Event.ANSWERED, Event.SKIPPED):
        asked = sitting.asked + (1 if sitting.at is At.ASKING else 0)
        sitting = sitting._replace(asked=asked, **{queue: getattr(sitting, queue)[1:]})
    return settle(sitting._replace(at=following))


def settle(sitting: Sitting) -> Sitting:
    """Pass over states whose queue is empty."""
    while sitting.at in _QUEUES and sitting.current is None:
        sitting = sitting._replace(at=TABLE[sitting.at, Event.NOTHING_LEFT])
    return sitting
