"""One entry whole, its earlier wordings, and the same question then and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.terminal.output import talk
from mother_bond.terminal.views.days import friendly_day, spoken_day
from mother_bond.wording.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.look import Both, Found
    from mother_bond.domain.entry import Answer, Session, Step

MARK_WORDS = m.MARK_WORDS


def _head(session: Session) -> str:
    theme = session.cause or m.KINDS[session.kind]
    left = f" {m.UNFINISHED}" if session.unfinished else ""
    when = f"{spoken_day(session.day)}, {session.at[11:16]}"
    return f"{session.ref} · {when} · {one_line(session.bond.name)} · {theme}{left}"


def _checkin(session: Session) -> str:
    return ", ".join(f"{measure} {value}" for measure, value in session.checkin.items())


def _step(step: Step) -> str:
    return f"{m.STEP_LABEL}: {visible(step.plan)} ({dict(m.STEP_STATES)[step.state]})"


def _answers(found: Found) -> tuple[Answer, ...]:
    return (found.answer,) if found.answer else found.session.answers


def as_plain(found: Found) -> Iterator[str]:
    """The entry from top to bottom."""
    session = found.session
    yield _head(session)
    if session.checkin and not found.answer:
        yield f"{m.CHECKIN_LABEL}: {_checkin(session)}"
    for answer in _answers(found):
        yield ""
        shared = f" ({m.SHARED_MARK})" if answer.shared else ""
        yield (f"{answer.position}. {visible(answer.question)}" if answer.question else f"{answer.position}.") + shared
        yield from visible(answer.text).split("\n")
    if not found.answer:
        yield from _foot(session)


def _foot(session: Session) -> Iterator[str]:
    if session.way_in:
        yield ""
        yield from (f"{cause}: {MARK_WORDS[mark]}" for cause, mark in session.way_in.items())
    if session.step:
        yield ""
        yield _step(session.step)


def as_screen(found: Found, console: Console) -> None:
    """The entry with room around the words."""
    from rich.padding import Padding
    from rich.text import Text

    session = found.session
    console.print(Text(_head(session), "bold"))
    if session.checkin and not found.answer:
        console.print(Text(_checkin(session), "dim"))
    for answer in _answers(found):
        console.print()
        question = visible(answer.question) if answer.question else ""
        shared = f"  ({m.SHARED_MARK})" if answer.shared else ""
        console.print(Text.assemble((f"{answer.position}  {question}".rstrip(), "italic"), (shared, "dim")))
        console.print(Padding(Text(visible(answer.text)), (0, 0, 0, 3)))
    for line in [] if found.answer else _foot(session):
        console.print(Text(line))


class History:
    """The view of an answer's earlier wordings."""

    @staticmethod
    def as_plain(found: Found) -> Iterator[str]:
        """Every wording, the oldest first, the present one last."""
        for answer in _answers(found):
            yield f"{found.session.ref}.{answer.position} {visible(answer.question or '')}".rstrip()
            for number, revision in enumerate(answer.revisions, 1):
                yield m.REVISION_LINE.format(n=number, day=spoken_day(revision.at[:10]), time=revision.at[11:16])
                yield from visible(revision.text).split("\n")
            yield m.REVISION_NOW if answer.revisions else m.REVISION_ONLY
            yield from visible(answer.text).split("\n")
            yield ""

    @staticmethod
    def as_screen(found: Found, console: Console) -> None:
        """The same, on a screen."""
        from rich.text import Text

        for line in History.as_plain(found):
            console.print(Text(line))


class ThenAndNow:
    """The view of questions that were answered more than once."""

    @staticmethod
    def as_plain(result: tuple[Both, ...]) -> Iterator[str]:
        """Each question with its answers, oldest first."""
        if not result:
            talk(m.THEN_NOTHING)
        for both in result:
            yield visible(both.question)
            for ref, day, text in both.answers:
                yield f"{spoken_day(day)} ({ref}):"
                yield from visible(text).split("\n")
            yield ""

    @staticmethod
    def as_screen(result: tuple[Both, ...], console: Console) -> None:
        """First and last side by side where there is room, one above the other where there is not."""
        from rich.table import Table
        from rich.text import Text

        if not result:
            talk(m.THEN_NOTHING)
        for both in result:
            console.print(Text(visible(both.question), "italic"))
            if console.width >= 72:
                shown = (both.answers[0], both.answers[-1])
                table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), expand=True)
                for _, day, _ in shown:
                    table.add_column(Text(friendly_day(day), "dim"), ratio=1)
                table.add_row(*(Text(visible(text)) for _, _, text in shown))
                table.add_row(*(Text(ref, "cyan") for ref, _, _ in shown))
                console.print(table)
            else:
                for ref, day, text in both.answers:
                    console.print(Text(f"{friendly_day(day)}  {ref}", "dim"))
                    console.print(Text(visible(text)))
            console.print()
