"""What was saved, bonds, steps, what lies in the trash, and other short results."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.actions.begin import WayInPage
from mother_bond.actions.bonds import BondLine
from mother_bond.actions.change import Changed, InTrash
from mother_bond.actions.data import TakenIn
from mother_bond.actions.lists import Lines
from mother_bond.actions.locking import Done, Opened
from mother_bond.actions.steps import TakenStep
from mother_bond.clock import short_day
from mother_bond.domain.bond import Bond
from mother_bond.terminal.output import talk
from mother_bond.terminal.views import lines as line_view
from mother_bond.wording.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


def as_plain(result: Any) -> Iterator[str]:
    """A line or a few."""
    match result:
        case Changed(done):
            yield done
        case Opened(said) | Done(said):
            yield said
        case Bond():
            yield _bond(result)
        case InTrash():
            yield from _in_trash(result)
        case TakenIn():
            yield from _taken_in(result)
        case WayInPage():
            yield from _way_in(result)
        case TakenStep():
            yield _step(result)
        case tuple():
            for item in result:
                yield _bond_line(item) if isinstance(item, BondLine) else _step(item)


def as_screen(result: Any, console: Console) -> None:
    """The same, wrapped to the screen."""
    from rich.text import Text

    for line in as_plain(result):
        console.print(Text(line))


def _in_trash(trash: InTrash) -> Iterator[str]:
    """A line each, with the day on which it is purged."""
    named = [line.ref for line in trash.lines] + list(trash.answers)
    shown = [*line_view.as_plain(Lines(trash.lines))] if trash.lines else []
    shown += [m.TRASH_ANSWER.format(ref=ref) for ref in trash.answers]
    for ref, line in zip(named, shown, strict=True):
        day = trash.goes.get(ref)
        yield line + (m.TRASH_GOES.format(day=short_day(date.fromisoformat(day))) if day else "")
    if not shown:
        talk(m.TRASH_EMPTY)


def _bond(bond: Bond) -> str:
    return m.BOND_LINE.format(
        who=one_line(bond.name if bond.call == bond.name else f"{bond.name}, {bond.call}"),
        role=m.ROLE_WORDS[bond.role],
        they=bond.they,
        contact=m.CONTACT_WORDS[bond.contact],
        away=m.BOND_AWAY if bond.put_away else "",
    )


def _bond_line(line: BondLine) -> str:
    mark = "*" if line.current else " "
    return f"{mark} {_bond(line.bond)} · {m.count(line.sessions, m.ENTRY_WORD)}"


def _step(taken: TakenStep) -> str:
    state = dict(m.STEP_STATES)[taken.step.state]
    return f"{taken.ref}  {taken.day}  {one_line(taken.bond)}  {state}  {one_line(taken.step.plan)}"


def _taken_in(result: TakenIn) -> Iterator[str]:
    yield m.IMPORTED.format(added=m.count(result.added, m.ENTRY_WORD), already=result.already)
    if result.differing:
        yield m.IMPORT_DIFFERING.format(n=result.differing)
    if result.unknown:
        yield m.IMPORT_UNKNOWN.format(keys=", ".join(result.unknown))
    yield from result.left_out


def _way_in(page: WayInPage) -> Iterator[str]:
    if not page.now:
        yield m.WAY_IN_NOTHING
        return
    for cause, sentence in page.sentences:
        now = m.MARK_WORDS.get(page.now.get(cause, 0), m.NOT_MARKED)
        before = page.earlier.get(cause)
        earlier = m.WAY_IN_BEFORE.format(mark=m.MARK_WORDS[before]) if before else ""
        yield f"{sentence} {now}{earlier}"
    if page.earlier_day:
        yield m.WAY_IN_EARLIER.format(day=short_day(date.fromisoformat(page.earlier_day)))
