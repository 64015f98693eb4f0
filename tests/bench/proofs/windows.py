"""Two windows on one sitting, one note, or one answer that is being changed, each opened and shut at random."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.proofs.hand import Hand, OverError
from tests.bench.proofs.homes import Kind, prepare
from tests.bench.proofs.journals import UNREACHED, Held, look
from tests.bench.proofs.table import Job, Row, at_once, none

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS, QUICK_SECONDS = 600, 20
ROUND = (8, 40)
"""Seconds after which both windows are shut, and the journal is looked at: at least, at most."""

KEPT_WITHIN = 2.0
"""Seconds after which what was typed must be safe."""


class Pair(NamedTuple):
    """Two windows on one journal, for some seconds."""

    home: Path
    kind: Kind
    seconds: float
    seed: int


class Window(NamedTuple):
    """What one window was there for: pages that were acknowledged, words that should be kept, exit codes."""

    acknowledged: list[str]
    typed: list[str]
    codes: list[str]


class Tally(NamedTuple):
    """What came of a pair of windows."""

    acknowledged: int
    typed: int
    lost: list[str]
    typed_lost: list[str]
    unreached: int
    unsound: list[str]


def window(home: Path, rng: random.Random, name: str, until: float, *arguments: str) -> Window:
    """Open the program, write, shut the window or come to an end, and open it again, until the round is over."""
    found = Window([], [], [])
    lives = 0
    while (now := time.monotonic()) < until:
        lives += 1
        end = min(until, now + rng.uniform(1, ROUND[1]))
        with Hand(home, rng, f"{name}-{lives}", end, *arguments) as hand:
            killed = None
            try:
                while question := hand.question():
                    hand.reply(question)
            except OverError:
                killed = hand.kill()
            code = hand.terminal.process.wait(60)
        if killed is None and code:
            found.codes.append(f"{' '.join(arguments)} ended with {code}")
        found.acknowledged.extend(page.text for page in hand.pages if page.acknowledged and page.text)
        if killed is not None and hand.page:
            found.typed.append(hand.page.until(killed - KEPT_WITHIN))
    return found


def _what_to_do(rng: random.Random, held: Held) -> list[str]:
    """A command for both windows."""
    what = rng.choice(["reflect"] * 3 + ["edit", "note"]) if held.answers else "reflect"
    if what == "edit":
        return ["edit", rng.choice(held.answers).ref]
    return ["note"] if what == "note" else ["reflect", "--again"]


def together(pair: Pair) -> Tally:
    """Open two windows at a time, shut them both, and see what is there, until the time is up."""
    prepare(pair.home, pair.kind)
    rng = random.Random(pair.seed)
    found: list[Window] = []
    end = time.monotonic() + pair.seconds
    rounds = 0
    while (left := end - time.monotonic()) > 1:
        rounds += 1
        until = time.monotonic() + min(left, rng.uniform(*ROUND))
        what = _what_to_do(rng, look(pair.home))
        with ThreadPoolExecutor(2) as pool:
            both = [
                pool.submit(window, pair.home, random.Random(rng.random()), f"{rounds}{which}", until, *what)
                for which in "ab"
            ]
            found += [one.result() for one in both]
    return _tally(look(pair.home), found)


def _tally(held: Held, found: list[Window]) -> Tally:
    acknowledged = [text for window in found for text in window.acknowledged]
    typed = [text for window in found for text in window.typed if text]
    return Tally(
        len(acknowledged),
        len(typed),
        [text for text in acknowledged if text not in held.texts],
        [text for text in typed if text not in held.texts],
        held.halves.count(UNREACHED),
        [*held.unsound, *(code for window in found for code in window.codes)],
    )


def windows(job: Job) -> Iterator[Row]:
    """Several pairs of windows at once, each on a journal of its own."""
    pairs = [
        Pair(job.work / str(number) / "home", job.kind, job.size(SECONDS, QUICK_SECONDS), job.seed + number)
        for number in range(4)
    ]
    for pair in pairs:
        pair.home.parent.mkdir()
    found = at_once(together, pairs, len(pairs))
    acknowledged = sum(tally.acknowledged for tally in found)
    yield Row(f"answers acknowledged in {len(pairs)} × 2 windows", str(acknowledged), "some", acknowledged > 0)
    yield none("of these overwritten", sum(len(tally.lost) for tally in found))
    typed = sum(tally.typed for tally in found)
    lost = sum(len(tally.typed_lost) for tally in found)
    yield none(f"of {typed} windows shut while typing, words older than 2 s lost", lost)
    yield none("drafts that no sitting leads back to", sum(tally.unreached for tally in found))
    faults = Counter(fault for tally in found for fault in tally.unsound)
    yield none("unsound files and programs that failed", sum(faults.values()))
    for fault, times in faults.items():
        yield Row(f"  {fault}", str(times), "", kept=False)
