"""What may be said of a journal's check-ins: a short list of verdicts, each with what it rests on.

A statement is made at a look (see `looks`) and dated with the day of its last mark. A later look
either holds it up, says something else, or takes it back; nothing is withdrawn in silence.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mother_bond.patterns import looks, shift, trend
from mother_bond.patterns.links import link_of_rests, rest
from mother_bond.patterns.series import as_days, phi_after_line, phi_after_step, pooled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from mother_bond.patterns.links import Link, Rest
    from mother_bond.patterns.series import Floats, Phi

    Rows = NDArray[np.intp]


class Verdict(StrEnum):
    """Everything that is ever said of a measure."""

    RISING = "rising"
    FALLING = "falling"
    SHIFTED = "shifted"
    MOVES_WITH = "moves with"
    NOTHING_CLEAR = "nothing clear yet"
    TOO_EARLY = "too early to say"


CLAIMS = frozenset({Verdict.RISING, Verdict.FALLING, Verdict.SHIFTED, Verdict.MOVES_WITH})


class CheckIns(NamedTuple):
    """The check-ins of one bond in the order of time.

    `marks` has a row an entry and a column a measure, NaN where a measure was skipped; `days` (ISO)
    and `refs` (short ids) name the entries.
    """

    measures: tuple[str, ...]
    days: tuple[str, ...]
    refs: tuple[str, ...]
    marks: Floats


class Finding(NamedTuple):
    """A statement about one measure, or about two that move together.

    `points`, `low` and `high` are the effect on the scale and its 95 % interval: for a rise or a fall
    over the whole period, for a shift from before to after, for a link in points of `measure` that go
    with one point of `other`. `lag` is 1 where `measure` is that of the entry after. `around` are the
    first and last day between which a shift lies. `said_on` is the day of the last mark it rests on;
    `taken_back_on` the day of a later look that did not hold it up; `chosen_day` the day before and after
    which the writer asked to look.
    """

    measure: str
    verdict: Verdict
    entries: int
    first_day: str
    last_day: str
    refs: tuple[str, ...]
    said_on: str
    points: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    other: str | None = None
    lag: int = 0
    around: tuple[str, str] | None = None
    taken_back_on: str | None = None
    chosen_day: str | None = None

    @property
    def upwards(self) -> bool:
        """Whether the effect goes up."""
        return (self.points or 0.0) > 0


class Statement(NamedTuple):
    """A finding with the names of its measures; claims are numbered from 1, what claims nothing has 0."""

    number: int
    name: str
    other_name: str | None
    finding: Finding


def findings(checkins: CheckIns) -> tuple[Finding, ...]:
    """Everything that may be said: for each measure earlier statements and the present one, then links."""
    journal = _Journal(checkins)
    changes = [finding for column in range(len(checkins.measures)) for finding in journal.history(column)]
    return (*changes, *_links(checkins))


def before_and_after(checkins: CheckIns, day: str) -> tuple[Finding, ...]:
    """Each measure before `day` (ISO) against from that day on, where there is enough of both.

    The day is the writer's choice, made beforehand; chosen by looking at the course it would promise too much.
    """
    found: list[Finding] = []
    journal = _Journal(checkins)
    share = looks.SINGLE / max(1, sum(len(rows) > 0 for rows in journal.rows))
    for column, rows in enumerate(journal.rows):
        at = sum(checkins.days[row] < day for row in rows)
        if min(at, len(rows) - at) < looks.FEWEST_A_SIDE or len(rows) < looks.SECOND:
            if len(rows):
                found.append(journal.said(column, rows, Verdict.TOO_EARLY))
            continue
        values = checkins.marks[rows, column]
        phi = phi_after_step(values, at)
        p = shift.step_p(values, at, phi.careful(shift.MARGIN))
        verdict = Verdict.SHIFTED if p < share else Verdict.NOTHING_CLEAR
        said = journal.said(column, rows, verdict, p)
        found.append(said._replace(**shift.step(values, at, phi)._asdict(), chosen_day=day))
    return tuple(found)


class _Journal:
    """The check-ins with the entries that hold each measure, and autocorrelations that were found already."""

    def __init__(self, checkins: CheckIns) -> None:
        self.checkins = checkins
        self.rows: list[Rows] = [np.flatnonzero(~np.isnan(column)) for column in checkins.marks.T]
        self._phis: dict[tuple[int, int], tuple[Phi, Phi]] = {}

    def history(self, column: int) -> Iterator[Finding]:
        """The statements about one measure that were taken back, and last what is said of it now."""
        marks = len(self.rows[column])
        if not marks:
            return
        every = [self._at_look(column, look) for look in looks.looks(marks)]
        for earlier, later in pairwise(every):
            if earlier.verdict in CLAIMS and not _holds(earlier, later):
                yield earlier._replace(taken_back_on=later.said_on)
        yield every[-1] if every else self.said(column, self.rows[column], Verdict.TOO_EARLY)

    def said(self, column: int, rows: Rows, verdict: Verdict, p: float | None = None) -> Finding:
        """A statement about these rows of one measure."""
        days, refs = self.checkins.days, self.checkins.refs
        return Finding(
            measure=self.checkins.measures[column],
            verdict=verdict,
            entries=len(rows),
            first_day=days[rows[0]],
            last_day=days[rows[-1]],
            refs=tuple(refs[row] for row in rows),
            said_on=days[rows[-1]],
            p=p,
        )

    def _at_look(self, column: int, look: int) -> Finding:
        """What may be said of a measure when it has `look` marks."""
        rows = self.rows[column][max(0, look - looks.WINDOW) : look]
        values = self.checkins.marks[rows, column]
        if float(values.std()) < 1e-9:
            return self.said(column, rows, Verdict.NOTHING_CLEAR)
        seen = [int(np.searchsorted(other, rows[-1], side="right")) for other in self.rows]
        share = looks.share(look) / sum(count > 0 for count in seen)
        own = self._phi(column, look)
        beside = [self._phi(k, n) for k, n in enumerate(seen) if k != column and n >= looks.FIRST]
        line = pooled(own[0], [own[0], *(phi for phi, _ in beside)])
        level = pooled(own[1], [own[1], *(phi for _, phi in beside)])
        return self._change(column, rows, line, level, share)

    def _phi(self, column: int, marks: int) -> tuple[Phi, Phi]:
        """The autocorrelation of the last window of a measure, after a line and after a step."""
        if (column, marks) not in self._phis:
            rows = self.rows[column][max(0, marks - looks.WINDOW) : marks]
            values = self.checkins.marks[rows, column]
            self._phis[column, marks] = phi_after_line(values), phi_after_step(values, shift.cusum(values)[1])
        return self._phis[column, marks]

    def _change(self, column: int, rows: Rows, line: Phi, level: Phi, share: float) -> Finding:
        """A trend or a shift, whichever is the clearer, if it is clear enough."""
        values = self.checkins.marks[rows, column]
        trend_p = trend.trend_p(values, line.careful(looks.POOLED_MARGIN))
        early = len(values) < looks.SECOND
        shift_p = 1.0 if early else shift.shift_p(values, level.careful(looks.POOLED_MARGIN))
        p = min(1.0, looks.WIDER * min(trend_p, shift_p))
        if p >= share:
            return self.said(column, rows, Verdict.NOTHING_CLEAR, p)
        at = shift.cusum(values)[1]
        line_clear, step_clear = (looks.WIDER * one < share for one in (trend_p, shift_p))
        if step_clear and (not line_clear or shift.fits_better(values, at)):
            effect = shift.step(values, at, level)
            said = self.said(column, rows, Verdict.SHIFTED, p)._replace(around=self._around(rows, at))
        else:
            effect = self._rise(rows, values, line)
            said = self.said(column, rows, Verdict.RISING if effect.points > 0 else Verdict.FALLING, p)
        if effect.low <= 0 <= effect.high:
            return self.said(column, rows, Verdict.NOTHING_CLEAR, p)
        return said._replace(**effect._asdict())

    def _rise(self, rows: Rows, values: Floats, line: Phi) -> trend.Effect:
        """A rise over the days; over the order of the marks where a long silence parts the two."""
        effect = trend.rise(values, as_days([self.checkins.days[row] for row in rows]), line)
        if effect.low <= 0 <= effect.high:
            return trend.rise(values, np.arange(len(values), dtype=np.float64), line)
        return effect

    def _around(self, rows: Rows, at: int) -> tuple[str, str]:
        """The days between which a shift lies: a tenth of the marks to either side, for the place is not sure."""
        margin = max(1, len(rows) // 10)
        first, last = rows[max(0, at - margin)], rows[min(len(rows) - 1, at + margin)]
        return self.checkins.days[first], self.checkins.days[last]


def _holds(earlier: Finding, later: Finding) -> bool:
    return later.verdict in CLAIMS and later.upwards == earlier.upwards


# --- two measures ---------------------------------------------------------------------------

_Key = tuple[int, int, int]


def _links(checkins: CheckIns) -> Iterator[Finding]:
    """Links between measures of the same entries, and of one entry with the next, at each look."""
    said: dict[_Key, Finding] = {}
    gone: list[Finding] = []
    for look in range(looks.THIRD, len(checkins.days) + 1, looks.EVERY):
        found = _links_at(checkins, max(0, look - looks.WINDOW), look)
        for key, earlier in list(said.items()):
            if key not in found or found[key].upwards != earlier.upwards:
                gone.append(said.pop(key)._replace(taken_back_on=checkins.days[look - 1]))
        said |= found
    yield from (*gone, *said.values())


def _links_at(checkins: CheckIns, start: int, end: int) -> dict[_Key, Finding]:
    """The links that stand out among all pairs at once (Benjamini and Hochberg 1995); `end` is the look."""
    tried: list[tuple[_Key, Rows, Link]] = []
    marked = ~np.isnan(checkins.marks[start:end])
    often = np.flatnonzero(marked.sum(axis=0) >= looks.FEWEST_PAIRS).tolist()
    rests: dict[tuple[int, bytes], Rest] = {}

    def rest_of(column: int, rows: Rows) -> Rest:
        known = column, rows.tobytes()
        if known not in rests:
            rests[known] = rest(checkins.marks[rows, column])
        return rests[known]

    for lag in (0, 1):
        for first, second in combinations(often, 2) if lag == 0 else permutations(often, 2):
            rows = np.flatnonzero(marked[: len(marked) - lag, first] & marked[lag:, second]) + start
            if len(rows) >= looks.FEWEST_PAIRS:
                found = link_of_rests(rest_of(first, rows), rest_of(second, rows + lag))
                tried.append(((first, second, lag), rows, found))
    tried.sort(key=lambda one: one[-1].p)
    share = looks.link_share(end)
    clear = max((n for n, one in enumerate(tried, 1) if one[-1].p <= share * n / len(tried)), default=0)
    return {key: _linked(checkins, key, rows, result) for key, rows, result in tried[:clear]}


def _linked(checkins: CheckIns, key: _Key, rows: Rows, result: Link) -> Finding:
    first, second, lag = key
    scale = result.points / result.r
    low, high = sorted((result.low * scale, result.high * scale))
    entries = sorted({*rows.tolist(), *(rows + lag).tolist()})
    return Finding(
        measure=checkins.measures[second],
        other=checkins.measures[first],
        lag=lag,
        verdict=Verdict.MOVES_WITH,
        entries=len(rows),
        first_day=checkins.days[entries[0]],
        last_day=checkins.days[entries[-1]],
        refs=tuple(checkins.refs[row] for row in entries),
        said_on=checkins.days[entries[-1]],
        points=result.points,
        low=low,
        high=high,
        p=result.p,
    )
