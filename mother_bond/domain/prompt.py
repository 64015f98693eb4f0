"""Causes of distance and the questions that belong to them."""

from enum import StrEnum
from typing import NamedTuple

from mother_bond.domain.bond import Contact, Role

CAUSES = (
    "invisible-constancy",
    "individuation",
    "safest-place",
    "self-erasure",
    "emotional-debt",
    "culture-of-self",
    "generational-wounds",
    "life-transitions",
    "communication-styles",
    "unresolved-conflict",
    "outside-stress",
)
"""The eleven causes, in the order in which they come round when nothing else decides."""

LOOP = "pursuit-and-distance"
GUARD = "protective-distance"
SLUGS = (*CAUSES, LOOP, GUARD)


class Kind(StrEnum):
    """What sort of theme a pack is about."""

    CAUSE = "cause"
    LOOP = "loop"
    GUARD = "guard"


class Stage(StrEnum):
    """The three stages of a walk, in order."""

    NOTICE = "notice"
    LOOK_AGAIN = "look-again"
    TEND = "tend"


class Depth(StrEnum):
    """How much a question may stir up."""

    LIGHT = "light"
    MIDDLE = "middle"
    DEEP = "deep"


class Gather(StrEnum):
    """The section of a summary in which an answer is gathered."""

    NEEDS = "needs"
    QUESTIONS = "questions"


class Prompt(NamedTuple):
    """One question for one role at one stage; `not_when` names where it must not be shown."""

    id: str
    cause: str
    role: Role
    stage: Stage
    depth: Depth
    text: str
    help: str
    sources: tuple[str, ...]
    not_when: frozenset[Contact] = frozenset()
    gather: Gather | None = None
    pair: str | None = None


class Pack(NamedTuple):
    """A cause as it is read about, and its questions in the order of the file."""

    cause: str
    name: str
    kind: Kind
    sources: tuple[str, ...]
    about: dict[Role, str]
    way_in: dict[Role, str]
    prompts: tuple[Prompt, ...]
