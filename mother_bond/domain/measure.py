"""What is asked beside the questions: check-in measures, closings, practices, help lines."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role


class Cue(NamedTuple):
    """When the last check-ins say this, a theme is proposed; `because` completes "because …"."""

    cause: str
    because: str
    at_least: int | None = None
    at_most: int | None = None


class Measure(NamedTuple):
    """One item of a check-in on a whole-number scale from 1 to `highest`.

    `words` names every point for a measure that is a choice (contact), otherwise `low` and `high`
    name the ends. A weekly measure is asked when it has not been marked for a week; `after` names
    the measure that must be marked above 1 for this one to be asked. One with `picture` is a
    distance and can be drawn; one with `closing` is asked at the end of a sitting.
    """

    id: str
    name: str
    question: str
    low: str
    high: str
    highest: int = 7
    weekly: bool = False
    words: tuple[str, ...] = ()
    not_when: frozenset[Contact] = frozenset()
    after: str | None = None
    skip: str = ""
    picture: bool = False
    closing: bool = False
    cue: Cue | None = None


class Part(StrEnum):
    """The three parts of a closing, in order."""

    BREATH = "breath"
    KIND_LINE = "kind-line"
    NEXT_THING = "next-thing"


class Closing(NamedTuple):
    """One way to end a sitting; the light ones are for heavy evenings."""

    id: str
    part: Part
    text: str
    light: bool
    sources: tuple[str, ...]


class Act(NamedTuple):
    """A practice as it is for one role.

    `say` are example sentences where it is something said; `notice` are phrases that may come to the
    tongue instead, and how they may be heard.
    """

    what: str
    may_help: str
    plan: str
    smaller: str
    not_now: str
    say: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()


class Practice(NamedTuple):
    """A kind of small act; `causes` is empty when it fits them all."""

    id: str
    name: str
    causes: tuple[str, ...]
    sources: tuple[str, ...]
    needs_contact: bool
    not_when_died: bool
    acts: dict[Role, Act]

    def fits(self, bond: Bond) -> bool:
        """Whether it may be offered for this bond: nothing that needs contact where there is none."""
        if self.needs_contact and bond.contact in NO_CONTACT:
            return False
        return not (self.not_when_died and bond.contact is Contact.DIED)


class Energy(StrEnum):
    """How much goes with a feeling."""

    LOW = "low"
    HIGH = "high"


class Feeling(NamedTuple):
    """A word for a feeling, with its meaning in a plain line."""

    word: str
    energy: Energy
    pleasant: bool
    meaning: str


class HelpLine(NamedTuple):
    """A line to a person, as it stood in its source on the day the list was checked."""

    country: str
    country_name: str
    kind: str
    name: str
    contact: str
    source: str
    verified: bool


class HelpLines(NamedTuple):
    """All help lines, and the day they were last read against their sources."""

    checked: date
    lines: tuple[HelpLine, ...]
