"""Sessions at a pseudo-terminal, killed at random moments again and again."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.proofs.hand import GO_ON, Hand, OverError, Page
from tests.bench.proofs.homes import Kind, prepare
from tests.bench.proofs.journals import look
from tests.bench.proofs.table import Job, Row, at_once, none

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS, QUICK_KILLS = 1_000, 12
ENDINGS, QUICK_ENDINGS = 200, 8
WAYS = (signal.SIGHUP, signal.SIGTERM, signal.SIGKILL)
"""A window that is closed, a machine that shuts down, no warning at all. Ctrl-C is a key, and tested as one."""
PER_JOURNAL = 25
MOST_MISSING = 2.0
"""Seconds of typing that a kill may cost."""

LOCKED = {"XDG_RUNTIME_DIR": ""}
"""With these surroundings no journal is open: the passphrase is asked for."""

AT_SCREEN = 3
"""Sessions at once for every core; a writer mostly thinks."""


class Series(NamedTuple):
    """One journal, how often a session in it is to be ended, after how many seconds at the latest, and by what.

    A `linked` one lies in a folder that a service may carry elsewhere, behind a link.
    """

    home: Path
    kind: Kind
    kills: int
    longest: float
    seed: int
    by: tuple[signal.Signals, ...] = (signal.SIGKILL,)
    linked: bool = False


class Tally(NamedTuple):
    """What came of the kills of one journal; `missing` is in seconds of typing."""

    kills: int = 0
    acknowledged: int = 0
    lost: tuple[str, ...] = ()
    unsettled: int = 0
    faults: tuple[str, ...] = ()
    missing: tuple[float, ...] = ()


class Account:
    """What the writer of one journal was promised."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.rng = random.Random(series.seed)
        self.promised: list[Page] = []
        self.marks: Counter[str] = Counter()
        self.held = look(series.home)
        self.faults: list[str] = []
        self.missing: list[float] = []
        self.lives = 0

    def one_kill(self) -> None:
        """Sit down, more than once if there is time, until the moment comes; then see what is there."""
        rng = self.rng
        until = time.monotonic() + rng.uniform(0, 0.5 if rng.random() < 0.1 else self.series.longest)
        while not self._sit_down(until):
            self.held = look(self.series.home)

    def _sit_down(self, until: float) -> bool:
        """One session; whether it was killed."""
        self.lives += 1
        arguments, start = self._what_to_do()
        with Hand(
            self.series.home, self.rng, f"{self.series.home.parent.name}-{self.lives}", until, *arguments
        ) as hand:
            hand.start, hand.haste = start, 0.15
            killed = None
            try:
                while question := hand.question():
                    hand.reply(question)
            except OverError:
                killed = hand.kill(self.rng.choice(self.series.by))
            code = hand.terminal.process.wait(30)
        if killed is None and code:
            self.faults.append(f"{' '.join(arguments)} ended with {code}")
        self.held = look(self.series.home)
        self._compare(hand, killed)
        return killed is not None

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
        self.promised += [page for page in hand.pages if page.acknowledged and page.text]
        self.marks += hand.marks
        self.faults += [*self.held.unsound, *self.held.halves]
        page = hand.pages[-1] if hand.pages else None
        if killed is not None and page and not page.acknowledged:
            self.missing.append(page.missing(self.held.texts, killed))
        self.faults += [f"{name} marked and gone" for name, n in self.marks.items() if self.held.marks[name] < n]
        texts = Counter(answer.text for answer in self.held.answers)
        self.faults += ["an answer kept twice" for n in texts.values() if n > 1]

    def tally(self) -> Tally:
        """What came of it all."""
        held = self.held
        lost = tuple(page.text for page in self.promised if page.text not in held.texts)
        went_on = [page for page in self.promised if page.key == GO_ON and page.text in held.texts]
        unsettled = sum(page.text not in held.settled for page in went_on)
        return Tally(0, len(self.promised), lost, unsettled, tuple(self.faults), tuple(self.missing))


def killed_often(series: Series) -> Tally:
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
        if account.tally().lost:
            break
    return account.tally()._replace(kills=series.kills)


def kills(job: Job) -> Iterator[Row]:
    """Kill, look, and go on, in many journals at once."""
    total, each = job.size(KILLS, QUICK_KILLS), job.size(PER_JOURNAL, 2)
    yield from _account_for(job, total, _series(job, total // each, each))


def endings(job: Job) -> Iterator[Row]:
    """The same with other ends a window may come to, on a journal behind a link in a folder that is synced."""
    total, each = job.size(ENDINGS, QUICK_ENDINGS), job.size(PER_JOURNAL, 2)
    tasks = [task._replace(by=WAYS, linked=True) for task in _series(job, total // each, each)]
    yield from _account_for(job, total, tasks)


def _series(job: Job, number: int, each: int) -> list[Series]:
    return [
        Series(job.work / str(one) / "home", job.kind, each, job.size(10, 6), job.seed + one) for one in range(number)
    ]


def _account_for(job: Job, total: int, tasks: list[Series]) -> Iterator[Row]:
    for task in tasks:
        task.home.parent.mkdir()
    found = at_once(killed_often, tasks, AT_SCREEN)
    faults = Counter(fault for tally in found for fault in tally.faults)
    most = max((seconds for tally in found for seconds in tally.missing), default=0.0)
    acknowledged = sum(tally.acknowledged for tally in found)
    yield Row("sessions ended", str(sum(tally.kills for tally in found)), str(total), kept=True)
    yield Row("answers acknowledged", str(acknowledged), "some", job.quick or acknowledged > 0)
    yield none("of these lost", sum(len(tally.lost) for tally in found))
    yield none("of these kept, but still as a draft", sum(tally.unsettled for tally in found))
    yield none("half sessions, unsound files, sessions that would not open", sum(faults.values()))
    yield Row("seconds of typing missing, at most", f"{most:.2f}", f"{MOST_MISSING:g}", most <= MOST_MISSING)
    for fault, times in faults.items():
        yield Row(f"  {fault}", str(times), "", kept=False)
