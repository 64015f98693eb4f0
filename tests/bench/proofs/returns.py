"""Backups made while writing goes on, each brought back and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.proofs.homes import Kind
from tests.bench.proofs.table import Row
from tests.bench.restores import restores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.proofs.table import Job


def returns(job: Job) -> Iterator[Row]:
    """So many backups, and how many of them were whole when they were brought back."""
    times = job.size(500, 8)
    tally = restores(job.work / "home", times, encrypted=job.kind is Kind.ENCRYPTED)
    whole = tally.times - len(tally.faults)
    yield Row("backups made while writing went on, brought back whole", f"{whole}", f"{times}", whole == times)
