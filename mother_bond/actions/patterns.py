"""What changed, as far as counting goes: sessions, themes, the course of the check-ins, steps, words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.actions.findings import statements
from mother_bond.bundled import Library, measures
from mother_bond.errors import BadFileError, NotFoundError
from mother_bond.patterns.course import COUNT_ONLY, Course, course
from mother_bond.patterns.passages import Passage, early_and_late, passage
from mother_bond.storage import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mother_bond.domain.entry import Session, StepState
    from mother_bond.domain.line import EntryKind
    from mother_bond.domain.measure import Measure
    from mother_bond.patterns.findings import Statement
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store

PASSAGE_CAUSES = 2
WEEKS_SHOWN = 48
STEPS_SHOWN = 3
GAP_OVER = 20
"""The latest entries over which nearness is held against what was wished for."""


class Walked(NamedTuple):
    """A theme, how many sessions it had, and the day of the last."""

    cause: str
    name: str
    sessions: int
    last_day: str


class Weeks(NamedTuple):
    """How many sessions each theme had in each week, oldest first; weeks begin on `first_monday` (ISO)."""

    first_monday: str
    themes: tuple[tuple[str, tuple[int, ...]], ...]


class StepAfter(NamedTuple):
    """A step, and the short id of the first entry that was written after it was taken on."""

    day: str
    plan: str
    state: StepState
    next_ref: str | None


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
    statements: tuple[Statement, ...] = ()
    weeks: Weeks | None = None
    gap: tuple[int, int] | None = None
    steps_after: tuple[StepAfter, ...] = ()


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
        passages=early_and_late(tally.passages(most), most),
        statements=statements(store, meant).statements,
        weeks=tally.weeks([w.cause for w in walked], {w.cause: w.name for w in walked}),
        gap=tally.gap(),
        steps_after=tuple(tally.steps_after[-STEPS_SHOWN:]),
    )


def theme_name(library: Library, cause: str) -> str:
    """The plain name of a theme, or its slug when there is no pack for it any more."""
    try:
        return library.name(cause)
    except (NotFoundError, BadFileError):
        return cause


def _monday(day: str) -> date:
    at = date.fromisoformat(day)
    return at - timedelta(days=at.weekday())


class _Tally:
    """Counts sessions one by one, so that a long journal never lies in memory."""

    def __init__(self, asked: Iterable[Measure]) -> None:
        self.measures = tuple(asked)
        self.highest = {measure.id: measure.highest for measure in self.measures}
        self.kinds: Counter[EntryKind] = Counter()
        self.causes: Counter[str] = Counter()
        self.last_walk: dict[str, str] = {}
        self.days: set[str] = set()
        self.marks: dict[str, list[tuple[str, int]]] = {}
        self.steps: Counter[StepState] = Counter()
        self.written: list[Passage] = []
        self.walks: list[tuple[str, str]] = []
        self.gaps: list[int] = []
        self.steps_after: list[StepAfter] = []

    def add(self, session: Session) -> None:
        if session.answers:
            self.steps_after = [s if s.next_ref else s._replace(next_ref=session.ref) for s in self.steps_after]
        self.kinds[session.kind] += 1
        self.days.add(session.day)
        if session.cause:
            self.causes[session.cause] += 1
            self.last_walk[session.cause] = session.day
            self.walks.append((session.day, session.cause))
        for measure, value in session.checkin.items():
            self.marks.setdefault(measure, []).append((session.day, value))
        if session.step:
            self.steps[session.step.state] += 1
            self.steps_after.append(StepAfter(session.day, session.step.plan, session.step.state, None))
        near, wished = self._on_scale(session, "nearness"), self._on_scale(session, "wished")
        if near and wished:
            self.gaps.append(near - wished)
        if session.cause:
            self.written += [
                Passage(f"{session.ref}.{answer.position}", session.day, session.cause, answer.text)
                for answer in session.answers
            ]

    def _on_scale(self, session: Session, named: str) -> int | None:
        """The mark of that measure, unless it was skipped or is not on its scale."""
        value = session.checkin.get(named, 0)
        return value if 1 <= value <= self.highest.get(named, 0) else None

    def passages(self, causes: Iterable[str]) -> Iterator[Passage]:
        """What is worth reading again in the answers on these themes; to cut every answer would take long."""
        wanted = frozenset(causes)
        for one in self.written:
            text = passage(one.text) if one.cause in wanted else None
            if text:
                yield one._replace(text=text)

    def gap(self) -> tuple[int, int] | None:
        """The middle of nearness less wished nearness over the latest entries, and over how many of them."""
        latest = self.gaps[-GAP_OVER:]
        return (median_low(latest), len(latest)) if len(latest) >= COUNT_ONLY else None

    def weeks(self, causes: list[str], names: dict[str, str]) -> Weeks | None:
        """The last year of walks, by week."""
        if not self.walks:
            return None
        last = _monday(max(day for day, _ in self.walks))
        first = max(_monday(min(day for day, _ in self.walks)), last - timedelta(weeks=WEEKS_SHOWN - 1))
        many = (last - first).days // 7 + 1
        rows = {cause: [0] * many for cause in causes}
        for day, cause in self.walks:
            week = (_monday(day) - first).days // 7
            if week >= 0:
                rows[cause][week] += 1
        themes = tuple((names[cause], tuple(row)) for cause, row in rows.items() if any(row))
        return Weeks(first.isoformat(), themes)

    def courses(self) -> tuple[Course, ...]:
        return tuple(
            course(measure.id, measure.name, self.marks[measure.id], measure.highest, measure.words)
            for measure in self.measures
            if measure.id in self.marks and not measure.closing
        )
