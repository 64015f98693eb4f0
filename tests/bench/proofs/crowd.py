"""Many writers of notes at the same time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.actions.note import add
from mother_bond.errors import MotherBondError
from mother_bond.storage import bonds
from tests.bench.proofs.homes import noted, opened, prepare
from tests.bench.proofs.journals import look
from tests.bench.proofs.table import Job, Row, at_once, none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WRITERS, NOTES, QUICK_NOTES = 8, 200, 5


class Writer(NamedTuple):
    """One of those who write: in which home, and what."""

    home: Path
    texts: tuple[str, ...]


def by_program(writer: Writer) -> int:
    """Write every note with a program of its own; how many were refused."""
    return sum(noted(writer.home, text).code != 0 for text in writer.texts)


def by_one(writer: Writer) -> int:
    """Write every note from one program that stays open, as fast as it can; how many were refused."""
    refused = 0
    with opened(writer.home) as store:
        bond = bonds.all_bonds(store)[0]
        for text in writer.texts:
            try:
                add(store, bond, text, date(2026, 11, 20))
            except MotherBondError:
                refused += 1
    return refused


def crowd(job: Job) -> Iterator[Row]:
    """Eight writers at once, each with a program for every note, and each with one that stays open."""
    ways: dict[str, Callable[[Writer], int]] = {"a program for every note": by_program, "one program each": by_one}
    for name, way in ways.items():
        home = job.work / way.__name__ / "home"
        prepare(home, job.kind)
        each = job.size(NOTES, QUICK_NOTES)
        writers = [Writer(home, tuple(f"writer {who}, line {n}" for n in range(each))) for who in range(WRITERS)]
        refused = sum(at_once(way, writers, WRITERS))
        held = look(home)
        wanted = Counter(chain.from_iterable(writer.texts for writer in writers))
        kept = Counter(answer.text for answer in held.answers)
        whole = f"{WRITERS} writers, {name}: notes kept, once each"
        yield Row(whole, str((kept & wanted).total()), str(wanted.total()), kept == wanted)
        yield none("of these refused", refused)
        yield none("unsound afterwards", len(held.unsound + held.halves))
