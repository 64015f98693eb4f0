"""What the commands share: how to put things out, the open journal, the desk. Typer is not needed for it."""

from typing import TYPE_CHECKING

from mother_bond import messages as m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from mother_bond.actions.desk import Desk
    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.library.along import Walked
    from mother_bond.storage.store import Store

LONGEST_DAY = 100
"""Characters of a day in words: the time it takes to read one grows faster than its length."""


def ask_output(plain: bool, json: bool = False) -> None:
    """Take note of how this command's result is to be put out."""
    from mother_bond.terminal.output import output

    output.ask(plain=plain, json=json)


def journal() -> "AbstractContextManager[Store]":
    """The open journal, which must exist."""
    from mother_bond import paths
    from mother_bond.cli.unlocking import opened

    return used(opened(paths.journal()))


def journal_or_new() -> "AbstractContextManager[Store]":
    """The open journal, made if there is none."""
    from mother_bond import paths
    from mother_bond.cli.unlocking import opened
    from mother_bond.storage.store import create, exists

    path = paths.journal()
    return used(opened(path) if exists(path) else create(path))


def used(store: "Store") -> "AbstractContextManager[Store]":
    """A journal for as long as a command works with it; one that was written to is backed up once a day."""
    from contextlib import closing, contextmanager

    @contextmanager
    def until_done() -> "Iterator[Store]":
        with closing(store):
            yield store
            if store.connection.total_changes:
                _end_of_writing(store)

    return until_done()


def _end_of_writing(store: "Store") -> None:
    from mother_bond.clock import now
    from mother_bond.storage import backups

    if backups.made_on(backups.folder(store.path), now().date()):
        return
    from mother_bond.actions.backups import once_a_day

    purged = once_a_day(store)
    if purged:
        from mother_bond.terminal.output import talk

        talk(m.TRASH_EMPTIED.format(n=m.count(purged, m.THING_WORD)))


def named_bond(store: "Store", named: str | None) -> "Bond | None":
    """The bond of that name, or None when none was named: looking back is across all bonds."""
    if named is None:
        return None
    from mother_bond.actions.bonds import find

    return find(store, named)


def library() -> "Library":
    """The question packs."""
    from mother_bond import paths
    from mother_bond.bundled import Library

    return Library(paths.own_prompts())


def desk() -> "Desk":
    """Whoever sits at the keyboard: a person at a screen, or a stream of plain lines."""
    from mother_bond.terminal.output import output

    output.sit_down()
    if at_screen():
        from mother_bond.terminal.writing import ScreenDesk

        return ScreenDesk()
    from mother_bond.terminal.plain import PlainDesk

    return PlainDesk()


def at_screen() -> bool:
    """Whether both ends are a terminal that can be drawn on, and plain lines were not asked for."""
    import os
    import sys

    from mother_bond.terminal.output import output

    able = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return able and not output.wants_plain()


def agreed(question: str, choices: "Sequence[tuple[str, str]]", *, sure: bool) -> None:
    """Have what cannot be undone confirmed. Raises `UnconfirmedError` where it is not, or nobody can be asked."""
    import sys

    from mother_bond.actions.desk import Said
    from mother_bond.errors import UnconfirmedError

    if sure:
        return
    if not sys.stdin.isatty():
        raise UnconfirmedError(question, m.CONFIRM_HINT)
    reply = desk().pick(question, choices, "no")
    if reply.said is not Said.GIVEN or reply.text != "yes":
        raise UnconfirmedError(m.UNCONFIRMED, "")


def the_day(words: str | None) -> "date":
    """The day an entry is for; one that was named is said back in full."""
    from mother_bond import clock

    today = clock.now().date()
    if words is None:
        return today
    from mother_bond.errors import UsageError
    from mother_bond.terminal.output import talk

    if len(words) > LONGEST_DAY:
        raise UsageError(m.DATE_UNREADABLE, m.DATE_HINT)
    day = clock.resolve_day(words, today)
    talk(m.DATE_IS.format(day=clock.long_day(day)))
    return day


def optional_day(words: str | None) -> "date | None":
    """A day, if one was named."""
    return the_day(words) if words is not None else None


def ticking() -> "Callable[[int], None]":
    """A counter for what takes long: a line of talk a second, when somebody is there to see it."""
    import sys
    import time

    from mother_bond.terminal.output import talk

    told = time.monotonic()

    def tick(number: int) -> None:
        nonlocal told
        if sys.stderr.isatty() and time.monotonic() - told > 1:
            told = time.monotonic()
            talk(m.PROGRESS.format(n=number))

    return tick


def walked_paths(bond: "Bond") -> "dict[str, Walked]":
    """How far each path was walked with a bond."""
    from mother_bond.storage import past

    with journal() as store:
        return past.paths(store, bond.id)


def any_bond(named: str | None) -> "Bond | None":
    """The bond that is written about, or None where there is no journal yet and none was named."""
    from mother_bond import paths
    from mother_bond.actions.bonds import find
    from mother_bond.storage.bonds import all_bonds
    from mother_bond.storage.store import exists

    if named is None and not exists(paths.journal()):
        return None
    with journal() as store:
        return find(store, named) if named or all_bonds(store) else None
