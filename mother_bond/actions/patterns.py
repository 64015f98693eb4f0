"""What changed, as far as counting goes: sessions, themes, the course of the check-ins, steps, words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.bundled import Library, measures
from mother_bond.errors import BadFileError, NotFoundError
from mother_bond.patterns.course import Course, course
from mother_bond.patterns.passages import Passage, early_and_late, passage
from mother_bond.storage import look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mother_bond.domain.entry import Session, StepState
    from mother_bond.domain.line import EntryKind
    from mother_bond.domain.measure import Measure
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store

PASSAGE_CAUSES = 2


class Walked(NamedTuple):
    """A theme, how many sessions it had, and the day of the last."""

    cause: str
    name: str
    sessions: int
    last_day: str


class Changes(NamedTuple):
    """Everything that can be counted about what was written on one bond, named by its name."""

    bond: str
    sessions: int
    kinds: dict[EntryKind, int]
    days: int
    first_day: str | None
    last_day: str | None
    walked: tuple[Walked, ...]
    courses: tuple[Course, ...]
    steps: dict[StepState, int]
    passages: tuple[Passage, ...]


def changes(store: Store, library: Library, meant: Which, bond: str) -> Changes:
    """Count what was written in the sessions that are meant."""
    tally = _Tally(measures())
    for session in look.stream(store, meant):
        tally.add(session)
    walked = tuple(
        Walked(cause, theme_name(library, cause), count, tally.last_walk[cause])
        for cause, count in tally.causes.most_common()
    )
    most = [w.cause for w in walked[:PASSAGE_CAUSES]]
    return Changes(
        bond=bond,
        sessions=sum(tally.kinds.values()),
        kinds=dict(tally.kinds),
        days=len(tally.days),
        first_day=min(tally.days, default=None),
        last_day=max(tally.days, default=None),
        walked=walked,
        courses=tally.courses(),
        steps=dict(tally.steps),
        passages=early_and_late(tally.passages, most),
    )


def theme_name(library: Library, cause: str) -> str:
    """The plain name of a theme, or its slug when there is no pack for it any more."""
    try:
        return library.pack(cause).name
    except (NotFoundError, BadFileError):
        return cause


class _Tally:
    """Counts sessions one by one, so that a long journal never lies in memory."""

    def __init__(self, asked: Iterable[Measure]) -> None:
        self.measures = tuple(asked)
        self.kinds: Counter[EntryKind] = Counter()
        self.causes: Counter[str] = Counter()
        self.last_walk: dict[str, str] = {}
        self.days: set[str] = set()
        self.marks: dict[str, list[tuple[str, int]]] = {}
        self.steps: Counter[StepState] = Counter()
        self.passages: list[Passage] = []

    def add(self, session: Session) -> None:
        self.kinds[session.kind] += 1
        self.days.add(session.day)
        if session.cause:
            self.causes[session.cause] += 1
            self.last_walk[session.cause] = session.day
        for measure, value in session.checkin.items():
            self.marks.setdefault(measure, []).append((session.day, value))
        if session.step:
            self.steps[session.step.state] += 1
        for answer in session.answers:
            text = passage(answer.text) if session.cause else None
            if text:
                self.passages.append(Passage(f"{session.ref}.{answer.position}", session.day, session.cause, text))

    def courses(self) -> tuple[Course, ...]:
        return tuple(
            course(measure.id, measure.name, self.marks[measure.id], measure.highest, measure.words)
            for measure in self.measures
            if measure.id in self.marks and not measure.closing
        )
