"""What an action needs of whoever sits at the keyboard: to be told things, and to be asked.

The terminal gives two of these, one for people at a screen and one that reads plain lines; tests
give a third. An action never knows which.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mother_bond.domain.measure import Measure


class Tone(StrEnum):
    """How something is said; a desk without colour may ignore it."""

    PLAIN = "plain"
    TITLE = "title"
    QUIET = "quiet"
    WORDS = "words"


class Said(StrEnum):
    """What kind of reply it was."""

    GIVEN = "given"
    SKIP = "skip"
    OTHER_QUESTION = "other"
    OTHER_THEME = "theme"
    WHY = "why"
    HELP = "help"
    FEELINGS = "feelings"
    ENOUGH = "enough"


class Reply(NamedTuple):
    """A reply; `text` is what was written, chosen or left standing, `number` a point on a scale."""

    said: Said
    text: str = ""
    number: int = 0


class Ask(NamedTuple):
    """A question to be answered in writing.

    `keep` is called with the text while it is being typed; `draft` is what was there already;
    one that is only `suggested` gives way to what is written instead of being added to;
    `walking` says whether another question, another theme and the reason can be asked for.
    """

    question: str
    heading: str = ""
    draft: str = ""
    keep: Callable[[str], None] | None = None
    walking: bool = False
    suggested: bool = False


class Desk(Protocol):
    """Whoever sits at the keyboard."""

    def tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Say something that needs no reply."""

    def pick(self, question: str, options: Sequence[tuple[str, str]], default: str | None = None) -> Reply:
        """Have one of `options` (key, label) chosen; the reply's text is the key."""

    def scale(self, question: str, measure: Measure) -> Reply:
        """Have a point on a scale marked."""

    def line(self, question: str, default: str = "") -> Reply:
        """Ask for a single line, such as a name."""

    def write(self, ask: Ask) -> Reply:
        """Ask for an answer in writing."""
