"""Backups: the list of them, and what came of making, renewing and bringing back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.backups import Backups, Fetched, Renewed, Restored
from mother_bond.clock import short_day
from mother_bond.storage.backups import Backup, Span
from mother_bond.terminal.output import talk
from mother_bond.terminal.views.days import friendly_day
from mother_bond.wording.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

Result = Backup | Backups | Renewed | Restored


def as_plain(result: Result) -> Iterator[str]:
    """A line a backup, or what was done."""
    match result:
        case Backup():
            yield _made(result)
        case Backups(items):
            for backup in items:
                yield _line(backup)
            if not items:
                talk(m.BACKUP_EMPTY)
        case Renewed(new, gone):
            yield _made(new)
            yield m.BACKUP_RENEWED.format(n=m.count(len(gone), m.BACKUP_WORD))
        case Restored(name, span, kept_as, aside):
            yield m.BACKUP_RESTORED.format(name=one_line(name), held=held(span))
            if kept_as:
                yield m.BACKUP_KEPT.format(name=kept_as)
            if aside:
                yield m.BACKUP_ASIDE.format(name=aside)


def as_screen(result: Result, console: Console) -> None:
    """A table of them, or the same lines wrapped to the screen."""
    from rich.table import Table
    from rich.text import Text

    if not isinstance(result, Backups) or not result.items:
        for line in as_plain(result):
            console.print(Text(line))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head, justify in zip(m.BACKUP_HEAD, ("left", "right", "right", "left"), strict=True):
        table.add_column(head, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for backup in result.items:
        made = f"\n{friendly_day(backup.at[:10])}, {backup.at[11:16]}"
        name = Text.assemble((backup.name.removesuffix(".db"), "cyan"), (made, "dim"))
        entries = "" if backup.entries is None else str(backup.entries)
        table.add_row(name, entries, _size(backup), Text.assemble(_why(backup), (f"\n{_state(backup)}", "dim")))
    console.print(table)


def offer(found: Fetched, present: Span | None, *, there: bool) -> Iterator[str]:
    """What a backup holds, against what the journal does."""
    when = datetime.fromisoformat(found.backup.at)
    name, day = one_line(found.backup.name), short_day(when.date())
    yield m.BACKUP_HOLDS.format(name=name, day=day, time=f"{when:%H:%M}", held=held(found.held))
    if not found.intact:
        yield m.BACKUP_CHANGED
    if present:
        yield m.BACKUP_PRESENT.format(held=held(present))
    else:
        yield m.BACKUP_PRESENT_CLOSED if there else m.BACKUP_PRESENT_NONE


def held(span: Span) -> str:
    """How many entries, and from when to when."""
    if not span.entries or not span.first or not span.last:
        return m.BACKUP_HELD_NONE
    first, last = (short_day(date.fromisoformat(day)) for day in (span.first, span.last))
    return m.BACKUP_HELD.format(entries=m.count(span.entries, m.ENTRY_WORD), first=first, last=last)


def _made(backup: Backup) -> str:
    entries, state = (
        m.count(backup.entries or 0, m.ENTRY_WORD),
        m.BACKUP_ENCRYPTED if backup.encrypted else m.BACKUP_PLAIN,
    )
    return m.BACKUP_MADE.format(entries=entries, state=state, file=backup.file)


def _line(backup: Backup) -> str:
    return m.BACKUP_LINE.format(
        name=backup.name,
        day=backup.at[:10],
        time=backup.at[11:16],
        entries=m.BACKUP_UNSAID if backup.entries is None else m.count(backup.entries, m.ENTRY_WORD),
        size=_size(backup),
        state=_state(backup),
        why=_why(backup),
    )


def _state(backup: Backup) -> str:
    checked = m.BACKUP_VERIFIED if backup.verified else m.BACKUP_UNVERIFIED
    return f"{checked}, {m.BACKUP_ENCRYPTED if backup.encrypted else m.BACKUP_PLAIN}"


def _why(backup: Backup) -> str:
    return m.BACKUP_WHY.get(backup.why or "", m.BACKUP_UNSAID)


def _size(backup: Backup) -> str:
    kilobytes = round(backup.size / 1000)
    return (
        m.BACKUP_SIZE.format(n=round(kilobytes / 1000))
        if kilobytes >= 10_000
        else m.BACKUP_SIZE_SMALL.format(n=kilobytes)
    )
