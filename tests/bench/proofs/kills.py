"""Sessions at a pseudo-terminal, killed at random moments again and again."""

from __future__ import annotations

import random
import time
from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.proofs.hand import GO_ON, KILLED, WAYS, Hand, OverError, Page, Way
from tests.bench.proofs.homes import Kind, prepare
from tests.bench.proofs.journals import look
from tests.bench.proofs.table import Job, Row, at_once, none

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS, QUICK_KILLS = 1_000, 12
ENDINGS, QUICK_ENDINGS = 300, 8
PER_JOURNAL = 25
MOST_MISSING = 2.0
"""Seconds of typing that a kill may cost."""

LOCKED = {"XDG_RUNTIME_DIR": ""}
"""With these surroundings no journal is open: the passphrase is asked for."""

BEHIND_PASSPHRASE = 0.2
"""How many of the sessions on an encrypted journal begin with it."""

AT_SCREEN = 3
"""Sessions at once for every core; a writer mostly thinks."""


class Series(NamedTuple):
    """One journal, how often a session in it is to be ended, after how many seconds at the latest, and how, by turns.

    A `linked` one lies in a folder that a service may carry elsewhere, behind a link.
    """

    home: Path
    kind: Kind
    kills: int
    longest: float
    seed: int
    by: tuple[Way, ...] = (KILLED,)
    linked: bool = False


class Tally(NamedTuple):
    """What came of sessions that ended in some way; `missing` is in seconds of typing, at most."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsettled: int = 0
    faults: tuple[str, ...] = ()
    missing: float = 0.0

    def and_(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.kills + other.kills,
            self.acknowledged + other.acknowledged,
            self.lost + other.lost,
            self.unsettled + other.unsettled,
            self.faults + other.faults,
            max(self.missing, other.missing),
        )


class Account:
    """What the writer of one journal was promised, by the way in which each session came to its end."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.rng = random.Random(series.seed)
        self.way = series.by[0]
        self.kills: Counter[str] = Counter()
        self.promised: list[tuple[str, Page]] = []
        self.marks: Counter[str] = Counter()
        self.held = look(series.home)
        self.faults: list[tuple[str, str]] = []
        self.missing: list[tuple[str, float]] = []
        self.lives = 0

    def one_kill(self) -> None:
        """Sit down, more than once if there is time, until the moment comes; then see what is there."""
        rng = self.rng
        self.way = self.series.by[self.kills.total() % len(self.series.by)]
        until = time.monotonic() + rng.uniform(0, 0.5 if rng.random() < 0.1 else self.series.longest)
        while not self._sit_down(until):
            pass
        self.kills[self.way.name] += 1

    def _sit_down(self, until: float) -> bool:
        """One session; whether it was killed."""
        self.lives += 1
        arguments, start = self._what_to_do()
        name = f"{self.series.home.parent.name}-{self.lives}"
        locked = self.series.kind is Kind.ENCRYPTED and self.rng.random() < BEHIND_PASSPHRASE
        env = LOCKED if locked else None
        with Hand(self.series.home, self.rng, name, until, *arguments, env=env, way=self.way) as hand:
            hand.start, hand.haste = start, 0.15
            killed = None
            try:
                while question := hand.question():
                    hand.reply(question)
            except OverError:
                killed = hand.kill()
            code = hand.terminal.process.wait(30)
        if killed is None and code:
            self._fault(f"{' '.join(arguments)} ended with {code}")
        self._fault(*hand.faults)
        self.held = look(self.series.home)
        self._compare(hand, killed)
        return killed is not None

    def _fault(self, *faults: str) -> None:
        self.faults += [(self.way.name, fault) for fault in faults]

    def _what_to_do(self) -> tuple[list[str], str]:
        """A command, and the words its page opens with."""
        what = self.rng.choice(["", "", "", "reflect", "reflect", "reflect", "note", "edit"])
        if what == "note" and self.held.answers:
            return ["note"], self.held.draft_of(note=True)
        if what == "edit" and self.held.answers:
            answer = self.rng.choice(self.held.answers)
            return ["edit", answer.ref], self.held.edit_of(answer.id) or answer.text
        begun = bool(self.held.answers)
        return ["reflect", "--again"] if what == "reflect" and begun else [], self.held.draft_of(note=False)

    def _compare(self, hand: Hand, killed: float | None) -> None:
        """Note what was promised, and how much of the typing at the very end is missing."""
        self.promised += [(self.way.name, page) for page in hand.pages if page.acknowledged and page.text]
        self.marks += hand.marks
        self._fault(*self.held.unsound, *self.held.halves)
        page = hand.pages[-1] if hand.pages else None
        if killed is not None and page and not page.acknowledged:
            self.missing.append((self.way.name, page.missing(self.held.texts, killed)))
        self._fault(*(f"{name} marked and gone" for name, n in self.marks.items() if self.held.marks[name] < n))
        texts = Counter(answer.text for answer in self.held.answers)
        self._fault(*("an answer kept twice" for n in texts.values() if n > 1))

    def lost(self) -> list[str]:
        """The ways after which something that was acknowledged is not there any more."""
        return [way for way, page in self.promised if page.text not in self.held.texts]

    def tally(self, way: str) -> Tally:
        """What came of the sessions that ended in one way."""
        held, promised = self.held, [page for of, page in self.promised if of == way]
        went_on = [page for page in promised if page.key == GO_ON and page.text in held.texts]
        return Tally(
            self.kills[way],
            len(promised),
            self.lost().count(way),
            sum(page.text not in held.settled for page in went_on),
            tuple(fault for of, fault in self.faults if of == way),
            max((seconds for of, seconds in self.missing if of == way), default=0.0),
        )


def killed_often(series: Series) -> dict[str, Tally]:
    """Kill sessions in one journal; now and then it is one whose first evening was never finished."""
    if series.linked:
        synced = series.home.parent / "Dropbox" / "journal"
        synced.mkdir(parents=True, mode=0o700)
        series.home.symlink_to(synced, target_is_directory=True)
    if series.seed % 4:
        prepare(series.home, series.kind)
    account = Account(series)
    for _ in range(series.kills):
        account.one_kill()
        if account.lost():
            break
    return {way.name: account.tally(way.name) for way in series.by}


def kills(job: Job) -> Iterator[Row]:
    """Kill, look, and go on, in many journals at once."""
    total, each = job.size(KILLS, QUICK_KILLS), job.size(PER_JOURNAL, 2)
    yield from _account_for(job, total, _series(job, total // each, each))


def endings(job: Job) -> Iterator[Row]:
    """The same with every end a window may come to, on a journal behind a link in a folder that is synced."""
    total, each = job.size(ENDINGS, QUICK_ENDINGS), job.size(PER_JOURNAL, 2)
    tasks = [
        task._replace(by=_from(number * each), linked=True)
        for number, task in enumerate(_series(job, total // each, each))
    ]
    yield from _account_for(job, total, tasks)


def _from(number: int) -> tuple[Way, ...]:
    """The ways in their turn, as they come after so many endings: a few journals have seen them all."""
    first = number % len(WAYS)
    return WAYS[first:] + WAYS[:first]


def _series(job: Job, number: int, each: int) -> list[Series]:
    return [
        Series(job.work / str(one) / "home", job.kind, each, job.size(10, 6), job.seed + one) for one in range(number)
    ]


def _account_for(job: Job, total: int, tasks: list[Series]) -> Iterator[Row]:
    for task in tasks:
        task.home.parent.mkdir()
    found = at_once(killed_often, tasks, AT_SCREEN)
    ways = {way.name: reduce(Tally.and_, (tallies[way.name] for tallies in found)) for way in tasks[0].by}
    whole = reduce(Tally.and_, ways.values())
    yield Row("sessions ended", str(whole.kills), str(total), whole.kills == total)
    yield Row("answers acknowledged", str(whole.acknowledged), "some", job.quick or whole.acknowledged > 0)
    yield none("of these lost", whole.lost)
    yield none("of these kept, but still as a draft", whole.unsettled)
    yield none("half sessions, unsound files, sessions that would not open or end", len(whole.faults))
    yield Row("seconds of typing missing, at most", f"{whole.missing:.2f}", f"{MOST_MISSING:g}", _soon(whole))
    for fault, times in Counter(whole.faults).items():
        yield Row(f"  {fault}", str(times), "", kept=False)
    if len(ways) > 1:
        yield from _by_way(ways)


def _by_way(ways: dict[str, Tally]) -> Iterator[Row]:
    """A line for every way: it was tried, and kept what the whole must keep."""
    yield Row("by way: ended, acknowledged, lost, faults, seconds missing", "", "", kept=True)
    for way, tally in sorted(ways.items()):
        faults = len(tally.faults) + tally.unsettled
        figures = f"{tally.kills}, {tally.acknowledged}, {tally.lost}, {faults}, {tally.missing:.2f}"
        kept = tally.kills > 0 and not tally.lost and not faults and _soon(tally)
        yield Row(f"  {way}", figures, f"some, some, 0, 0, {MOST_MISSING:g}", kept)


def _soon(tally: Tally) -> bool:
    return tally.missing <= MOST_MISSING
