"""Homes with a journal in them, plain or encrypted, and how to get at it."""

from __future__ import annotations

import random
import time
from contextlib import closing, contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from mother_bond.paths import HOME_VARIABLE
from mother_bond.storage import keyfile, keys, unlocked
from mother_bond.storage.driver import can_encrypt
from mother_bond.storage.store import Store, open_store
from tests.bench.proofs.hand import PASSPHRASE, Hand
from tests.programs import Done, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Kind(StrEnum):
    """How a journal is kept."""

    PLAIN = "plain"
    ENCRYPTED = "encrypted"


BEGIN = "begin --role mother --name Daniel --they he --contact in-touch".split()


def kinds() -> tuple[Kind, ...]:
    """The kinds this installation knows."""
    return tuple(Kind) if can_encrypt() else (Kind.PLAIN,)


def prepare(home: Path, kind: Kind) -> Path:
    """A home with a journal of that kind and one bond, open for some hours; the result is the journal."""
    done = run(home, *BEGIN)
    assert done.code == 0, done.err
    if kind is Kind.ENCRYPTED:
        with Hand(home, random.Random(0), "", time.monotonic() + 60, "encrypt") as hand:
            while hand.question():
                hand.terminal.send("\r")
            assert hand.terminal.process.wait(30) == 0, hand.terminal.text
    return home / "journal.db"


def run(home: Path, *arguments: str, given: str = "", first: str = "") -> Done:
    """Run the program in a home; with lines of Python to run `first`."""
    return program(*arguments, given=given, env={HOME_VARIABLE: str(home)}, first=first)


def noted(home: Path, text: str, first: str = "") -> Done:
    """Write a note with a program of its own."""
    unlock(home)
    return run(home, "note", given=text, first=first)


def unlock(home: Path) -> bytes | None:
    """The key of the journal in a home, which is kept open for the programs to come; None for a plain one."""
    journal = home / "journal.db"
    if not keys.encrypted(journal):
        return None
    name = keys.load(journal).journal
    if not unlocked.recall(name, time.time()):
        done = run(home, "unlock", "--for", "6h", given=PASSPHRASE + "\n")
        assert done.code == 0, done.err
    kept = unlocked.recall(name, time.time())
    assert kept
    return keyfile.derived(kept.key, "db")


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    """The journal of a home as the next program would find it; what is done to it stays there."""
    with closing(open_store(home / "journal.db", unlock(home))) as store:
        yield store
