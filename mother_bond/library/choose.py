"""What to ask next, and why: plain rules over what was asked, said and walked before.

Nothing is drawn by lot: the same past gives the same choice, and the reason can be shown in a
sentence. Pacing follows the writing research the project rests on: no deep question on two days
running, at most one in a sitting, at most three sittings in a row on one theme, light questions on
a low evening and after a heavy one. These are design judgements, not findings.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.domain.bond import Bond, Contact
from mother_bond.domain.prompt import GUARD, LOOP, Depth, Pack, Prompt, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mother_bond.domain.measure import Cue, Measure

AGAIN_AFTER = timedelta(days=56)
"""A question may come back after eight weeks."""

REST_WHEN_ALL_REST = timedelta(weeks=4)
"""Where no theme has a question left, those of four weeks ago may come back."""

IN_A_ROW = 3
GO_ON_WITHIN = timedelta(days=10)
REST = timedelta(days=7)
CUE_REST = timedelta(days=14)
CUE_CHECKINS = 3
LOW_MOOD = 2
NOT_ME = 1

_PER_STAGE = {5: (1, 0, 1), 10: (1, 1, 1), 20: (2, 2, 1)}
_RANK = {Depth.LIGHT: 0, Depth.MIDDLE: 1, Depth.DEEP: 2}
_PICK_ORDER = (Stage.LOOK_AGAIN, Stage.TEND, Stage.NOTICE)


class Why(StrEnum):
    """The rule that chose a theme."""

    ASKED_FOR = "asked-for"
    PATH = "path"
    CUE = "cue"
    GO_ON = "go-on"
    WAY_IN = "way-in"
    NEW = "new"
    LONG_AGO = "long-ago"


class Theme(NamedTuple):
    """A cause and the rule that chose it; `detail` is the cue's sentence or the day of the last walk."""

    cause: str
    why: Why
    detail: str = ""


class Past(NamedTuple):
    """What choosing needs to know of one bond; days are ISO dates, lists are newest first."""

    shown: Mapping[str, str] = {}
    last_deep: str | None = None
    walked: Mapping[str, str] = {}
    walks: Mapping[str, int] = {}
    recent: tuple[tuple[str, str], ...] = ()
    checkins: tuple[Mapping[str, int], ...] = ()
    way_in: Mapping[str, int] = {}
    heavy: bool = False


def choose_theme(
    past: Past,
    bond: Bond,
    slugs: Iterable[str],
    measures: Iterable[Measure],
    today: date,
    declined: frozenset[str] = frozenset(),
) -> Theme | None:
    """The theme for this sitting, or None when every open one has been declined.

    The guard is never proposed: it is there for whoever asks for it.
    """
    able = [slug for slug in slugs if slug not in declined and _may_come(slug, past, bond)]
    open_ones = [slug for slug in able if not _resting(slug, past, today)]
    if not open_ones:
        return _longest_ago(past, able, today)
    return (
        _cue(past, measures, open_ones, today)
        or _go_on(past, open_ones, today)
        or _way_in(past, open_ones)
        or _new(past, open_ones)
        or _longest_ago(past, open_ones, today)
    )


def _may_come(slug: str, past: Past, bond: Bond) -> bool:
    """Whether a theme is ever proposed: not the guard, none that is "not me", no chase after a death."""
    gone = slug == LOOP and bond.contact is Contact.DIED
    return slug != GUARD and not gone and past.way_in.get(slug) != NOT_ME


def _resting(slug: str, past: Past, today: date) -> bool:
    return in_a_row(past, slug) >= IN_A_ROW and _since(past.walked.get(slug), today) < REST


def _longest_ago(past: Past, slugs: list[str], today: date) -> Theme | None:
    if not slugs:
        return None
    slug = min(slugs, key=lambda s: past.walked.get(s, ""))
    day = past.walked.get(slug)
    if day is None:
        return Theme(slug, Why.NEW)
    return Theme(slug, Why.GO_ON if _since(day, today) < REST else Why.LONG_AGO, day)


def in_a_row(past: Past, slug: str) -> int:
    """How many of the latest sittings were on this theme, one after the other."""
    count = 0
    for cause, _ in past.recent:
        if cause != slug:
            break
        count += 1
    return count


def _since(day: str | None, today: date) -> timedelta:
    return today - date.fromisoformat(day) if day else timedelta.max


def _cue(past: Past, measures: Iterable[Measure], open_ones: list[str], today: date) -> Theme | None:
    for measure in measures:
        cue = measure.cue
        if cue is None or cue.cause not in open_ones or _since(past.walked.get(cue.cause), today) < CUE_REST:
            continue
        values = [c[measure.id] for c in past.checkins if measure.id in c][:CUE_CHECKINS]
        if len(values) == CUE_CHECKINS and all(_speaks(cue, value) for value in values):
            return Theme(cue.cause, Why.CUE, cue.because)
    return None


def _speaks(cue: Cue, value: int) -> bool:
    return value >= cue.at_least if cue.at_least is not None else value <= (cue.at_most or 0)


def _go_on(past: Past, open_ones: list[str], today: date) -> Theme | None:
    if not past.recent:
        return None
    cause, day = past.recent[0]
    if cause in open_ones and in_a_row(past, cause) < IN_A_ROW and _since(day, today) <= GO_ON_WITHIN:
        return Theme(cause, Why.GO_ON, day)
    return None


def _way_in(past: Past, open_ones: list[str]) -> Theme | None:
    marked = [s for s in open_ones if past.way_in.get(s, NOT_ME) > NOT_ME and s not in past.walked]
    return Theme(max(marked, key=lambda s: past.way_in[s]), Why.WAY_IN) if marked else None


def _new(past: Past, open_ones: list[str]) -> Theme | None:
    fresh = [s for s in open_ones if s not in past.walked]
    return Theme(fresh[0], Why.NEW) if fresh else None


def deepest(past: Past, cause: str, mood: int | None, today: date) -> Depth:
    """How deep this sitting may go."""
    if _low(mood) or past.heavy or past.walks.get(cause, 0) == 0:
        return Depth.LIGHT
    if past.walks[cause] == 1 or too_deep(past, mood, today):
        return Depth.MIDDLE
    return Depth.DEEP


def too_deep(past: Past, mood: int | None, today: date) -> bool:
    """Whether nothing deep is asked today: after a deep question yesterday or today, or on a low evening."""
    return _low(mood) or past.heavy or _since(past.last_deep, today) <= timedelta(days=1)


def _low(mood: int | None) -> bool:
    return mood is not None and mood <= LOW_MOOD


def deepest_wished(limit: Depth, mood: int | None) -> Depth:
    """How deep another question may go that the writer asks for: not only light ones, but on a low evening."""
    return Depth.MIDDLE if limit is Depth.LIGHT and not _low(mood) else limit


def may_ask(prompt: Prompt, bond: Bond, past: Past, today: date) -> bool:
    """Whether a question fits the bond and has not been put to the writer in the last eight weeks."""
    return (
        prompt.role is bond.role
        and bond.contact not in prompt.not_when
        and _since(past.shown.get(prompt.id), today) >= AGAIN_AFTER
    )


def choose_prompts(
    pack: Pack, past: Past, bond: Bond, today: date, *, minutes: int, limit: Depth
) -> tuple[Prompt, ...]:
    """The questions of a sitting in the order of the stages; empty when the pack has none left for now."""
    wanted = dict(zip(Stage, _PER_STAGE[minutes], strict=True))
    chosen: list[Prompt] = []
    for stage in _PICK_ORDER:
        for _ in range(wanted[stage]):
            following = next_prompt(pack, past, bond, today, stage, limit, taken=chosen)
            if following:
                chosen.append(following)
    order = list(Stage)
    return tuple(sorted(chosen, key=lambda p: (order.index(p.stage), _RANK[p.depth])))


def next_prompt(
    pack: Pack,
    past: Past,
    bond: Bond,
    today: date,
    stage: Stage,
    limit: Depth,
    taken: Iterable[Prompt],
    declined: frozenset[str] = frozenset(),
) -> Prompt | None:
    """The best question of a stage beside those `taken`: unasked before asked, then the deepest allowed."""
    taken = tuple(taken)
    if limit is Depth.DEEP and any(p.depth is Depth.DEEP for p in taken):
        limit = Depth.MIDDLE
    out = declined | {p.id for p in taken}
    able = [
        p
        for p in pack.prompts
        if p.stage is stage and p.id not in out and _RANK[p.depth] <= _RANK[limit] and may_ask(p, bond, past, today)
    ]
    return min(able, key=lambda p: (past.shown.get(p.id, ""), -_RANK[p.depth], p.id), default=None)
