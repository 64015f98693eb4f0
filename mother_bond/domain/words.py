"""The writer's answers as far as their words go, and what can be counted in them."""

from typing import NamedTuple

from mother_bond.domain.prompt import Stage


class Written(NamedTuple):
    """One answer, or a note (`stage` and `question` None); `ref` is its short id: session, dot, place."""

    text: str
    day: str
    ref: str
    bond: str
    cause: str | None = None
    stage: Stage | None = None
    question: str | None = None

    @property
    def session(self) -> str:
        """The short id of the session it stands in."""
        return self.ref.partition(".")[0]


class WordGroup(NamedTuple):
    """Words that are counted together, in lower case with a straight apostrophe."""

    id: str
    name: str
    words: frozenset[str]
    sources: tuple[str, ...]


class WordLists(NamedTuple):
    """What `data/words.toml` holds: groups, words that may only open a phrase, and words that say nothing alone."""

    groups: tuple[WordGroup, ...]
    openers: frozenset[str]
    small: frozenset[str]


class Side(NamedTuple):
    """One half: how often the words of a group stand among all words, in how many answers, from when to when."""

    times: int
    words: int
    answers: int
    first_day: str
    last_day: str

    @property
    def per_thousand(self) -> float:
        """How many of a thousand words."""
        return 1000 * self.times / self.words


class WordUse(NamedTuple):
    """A group of words in the answers of one stage (None: notes), the earlier half beside the later."""

    stage: Stage | None
    group: str
    name: str
    early: Side
    late: Side


class Returning(NamedTuple):
    """A phrase that stands clearly more often in the answers on `cause` than in the writer's other entries.

    `times` times in `sessions` of the `of_sessions` on that cause; `refs` are the answers, oldest first.
    """

    cause: str
    phrase: str
    times: int
    sessions: int
    of_sessions: int
    first_day: str
    last_day: str
    refs: tuple[str, ...]
