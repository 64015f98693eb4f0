"""A journal out as data, and in again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.errors import BadFileError
from mother_bond.exchange import jsonl
from mother_bond.storage import bonds, interchange, look, sessions

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Answer, Session
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store

MOST_PROBLEMS = 20
MOST_KEPT = 1_000
"""Faults of a file that are remembered one by one: a file of nothing else must not fill the memory."""
Tick = Callable[[int], None]


class TakenIn(NamedTuple):
    """What an import did: sessions added, those that were there already, lines left out, unknown keys."""

    added: int
    already: int
    differing: int
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]


def lines(store: Store, meant: Which, tick: Tick = lambda _: None) -> Iterator[str]:
    """Every session that is meant in the interchange format, oldest first, many lines at a time."""
    done = 0
    for number, text in interchange.lines(store, meant):
        yield text
        done += number
        tick(done)


class Checked(NamedTuple):
    """A file that may be taken in: the lines that are left out of it, and keys that are not known."""

    left_out: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def check(path: Path, *, skip_bad: bool) -> Checked:
    """Read a file to its end before anything of it is taken in.

    Raises `BadFileError` naming line, key and reason of what is wrong, unless `skip_bad`.
    """
    problems, count, unknown = _check(path)
    if problems and not skip_bad:
        listed = "\n".join(problems[:MOST_PROBLEMS])
        more = m.IMPORT_MORE.format(n=count - MOST_PROBLEMS) if count > MOST_PROBLEMS else ""
        raise BadFileError(m.IMPORT_BAD.format(n=count, listed=listed + more), m.IMPORT_BAD_HINT)
    if count > len(problems):
        problems.append(m.IMPORT_MORE.format(n=count - len(problems)).strip())
    return Checked(tuple(problems), tuple(sorted(unknown)))


def take_in(store: Store, path: Path, checked: Checked, tick: Tick = lambda _: None) -> TakenIn:
    """Take every sound line of a checked file into the journal, in one transaction.

    Sessions whose id is there already are left as they are, so that reading a file twice changes nothing.
    """
    added = already = differing = 0
    with store.writing():
        keeper = Keeper(store)
        for number, session in enumerate(_good(path), 1):
            kept = keeper.keep(session)
            added += kept is None
            already += kept is not None
            differing += kept is False
            if not number % 1000:
                tick(number)
    return TakenIn(added, already, differing, checked.left_out, checked.unknown)


def _open(path: Path) -> BinaryIO:
    if path.exists() and not path.is_file():  # it is read twice, which a pipe cannot be
        raise BadFileError(m.FILE_NOT_A_FILE.format(file=path), m.FILE_NOT_A_FILE_HINT)
    try:
        return path.open("rb")
    except OSError:
        raise BadFileError(m.FILE_UNREADABLE.format(file=path), m.FILE_UNREADABLE_HINT) from None


def _rows(path: Path) -> Iterator[tuple[int, bytes]]:
    with _open(path) as file:
        number = 0
        while line := file.readline(jsonl.LONGEST_LINE + 1):
            number += 1
            if line.strip():
                yield number, line
            while len(line) > jsonl.LONGEST_LINE and not line.endswith(b"\n"):
                line = file.readline(jsonl.LONGEST_LINE + 1)


def _check(path: Path) -> tuple[list[str], int, set[str]]:
    """What is wrong, line by line, as far as it is kept; how many lines that are; and keys that are not known."""
    problems: list[str] = []
    count, strange = 0, set[str]()
    for number, line in _rows(path):
        _, problem, unknown = jsonl.from_line(line)
        if len(strange) < MOST_KEPT:
            strange |= unknown
        if problem:
            count += 1
            if len(problems) < MOST_KEPT:
                key = f", {problem.key}" if problem.key else ""
                problems.append(m.IMPORT_PROBLEM.format(line=number, key=key, reason=problem.reason))
    return problems, count, strange


def _good(path: Path) -> Iterator[Session]:
    for _, line in _rows(path):
        session, _, _ = jsonl.from_line(line)
        if session:
            yield session


class Keeper:
    """Puts sessions into the journal, finding or making their bonds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.bonds = {(bond.role, bond.name): bond for bond in bonds.all_bonds(store)}

    def bond(self, named: Bond) -> Bond:
        """The bond of that role and name, made if there is none."""
        known = self.bonds.get((named.role, named.name))
        if known is None:
            known = named._replace(id=clock.new_id())
            bonds.put(self.store, known)
            if not self.bonds:
                bonds.set_setting(self.store, "bond", known.id)
            self.bonds[known.role, known.name] = known
        return known

    def keep(self, session: Session) -> bool | None:
        """None when the session was added; otherwise whether the one that is there says the same."""
        if sessions.has_session(self.store, session.id):
            there = look.session(self.store, session.id)
            places = tuple(answer._replace(position=n) for n, answer in enumerate(there.answers, 1))
            same = session._replace(
                ref=there.ref, bond=there.bond, unfinished=there.unfinished, trashed_at=there.trashed_at
            )
            return there._replace(answers=places) == same
        answers = tuple(self._free(answer) for answer in session.answers)
        kept = session._replace(bond=self.bond(session.bond), answers=answers)
        sessions.start(self.store, kept)
        for answer in answers:
            if answer.prompt:
                sessions.show_prompt(self.store, kept.bond.id, answer.prompt, kept.day, "light")
        return None

    def _free(self, answer: Answer) -> Answer:
        return answer._replace(id=clock.new_id()) if sessions.has_answer(self.store, answer.id) else answer
