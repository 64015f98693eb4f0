"""What encryption costs: commands on an open encrypted journal beside the same on a plain one, and opening it."""

from __future__ import annotations

import os
import subprocess
import time
from statistics import median
from typing import TYPE_CHECKING

from mother_bond.paths import HOME_VARIABLE
from tests.bench.proofs.hand import PASSPHRASE
from tests.bench.proofs.homes import Kind, noted, prepare, unlock
from tests.bench.proofs.table import Row
from tests.programs import command, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bench.proofs.table import Job

LINES = ("list -n 5", "search plums", "note", "on-this-day")
MOST = 1.25


def costs(job: Job) -> Iterator[Row]:
    """Medians of CPU time, taken in turn, over journals of the same notes; and the wall time of `unlock`."""
    if job.kind is Kind.PLAIN:
        return
    homes = {kind: job.work / kind for kind in Kind}
    for kind, home in homes.items():
        prepare(home, kind)
        for number in range(job.size(100, 10)):
            noted(home, f"The jar of plums, number {number}.")
    times = job.size(25, 5)
    for line in LINES:
        taken: dict[Kind, list[float]] = {kind: [] for kind in Kind}
        for _ in range(times):
            for kind, home in homes.items():
                taken[kind].append(_spent(home, line)[0])
        ratio = median(taken[Kind.ENCRYPTED]) / median(taken[Kind.PLAIN])
        yield Row(f"{line}, encrypted and open against plain", f"{ratio:.2f}", f"{MOST} at most", ratio <= MOST)
    unlock(homes[Kind.ENCRYPTED])
    wall = median(_spent(homes[Kind.ENCRYPTED], "unlock --for 1h", PASSPHRASE + "\n")[1] for _ in range(times))
    yield Row("unlock with the passphrase, wall seconds", f"{wall:.2f}", "0.2 to 1.0", 0.2 <= wall <= 1.0)


def _spent(home: Path, line: str, given: str = "one more line\n") -> tuple[float, float]:
    """CPU and wall seconds of one program."""
    before, begun = os.times(), time.monotonic()
    subprocess.run(
        command(*line.split()),
        input=given.encode(),
        env=surroundings({HOME_VARIABLE: str(home)}),
        capture_output=True,
        check=True,
    )
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, time.monotonic() - begun
