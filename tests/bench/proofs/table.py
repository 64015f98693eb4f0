"""What a proof is given, and the rows it gives back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.proofs.homes import Kind

Task = TypeVar("Task")
Found = TypeVar("Found")


class Job(NamedTuple):
    """What a proof is to do: where it may write, how much, on which kind of journal, and the seed of its chance."""

    work: Path
    quick: bool
    kind: Kind
    seed: int

    def size(self, whole: int, quick: int) -> int:
        """How many times: in the whole proof, and in the quick one."""
        return quick if self.quick else whole


class Row(NamedTuple):
    """One figure beside its goal; `kept` is None where it could not be taken here."""

    what: str
    found: str
    goal: str
    kept: bool | None

    def __str__(self) -> str:
        word = {True: "", False: "MISSED", None: "skipped"}[self.kept]
        return f"{self.what:<58}{self.found:>24}  {self.goal:<24}{word}".rstrip()


Proof = Callable[[Job], Iterator[Row]]


def none(what: str, count: int) -> Row:
    """A row for something of which there must be none."""
    return Row(what, str(count), "0", count == 0)


def skipped(what: str, why: str) -> Row:
    """A row for what cannot be tried on this machine."""
    return Row(what, why, "", None)


def at_once(do: Callable[[Task], Found], tasks: list[Task], each: int = 1) -> list[Found]:
    """Do every task, `each` of them at a time for every core, in processes of their own."""
    with ProcessPoolExecutor(min(len(tasks), each * (os.cpu_count() or 1))) as pool:
        return list(pool.map(do, tasks))
