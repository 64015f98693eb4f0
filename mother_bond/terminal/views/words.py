"""The writer's own words: what comes back, what was used how often, and passages worth reading again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.terminal.views.days import friendly_day, spoken_day
from mother_bond.wording.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.words import OwnWords
    from mother_bond.domain.words import Returning, Side, WordUse


def as_plain(result: OwnWords) -> Iterator[str]:
    """Sentences, to be read out or piped."""
    if not result.themes and not result.uses:
        yield m.WORDS_NOTHING
        return
    for theme in result.themes:
        yield theme.name
        yield from (f"  {_returning(one)}" for one in theme.returning)
        for passage in theme.passages:
            yield f"  {passage.ref}, {spoken_day(passage.day)}: {one_line(passage.text)}"
        yield ""
    yield from _uses(result)


def as_screen(result: OwnWords, console: Console) -> None:
    """The same with room to read: early beside late, one under the other."""
    from rich.padding import Padding
    from rich.text import Text

    if not result.themes and not result.uses:
        console.print(Text(m.WORDS_NOTHING))
        return
    for theme in result.themes:
        console.print(Text(theme.name, "bold"))
        for one in theme.returning:
            console.print(Padding(Text(_returning(one)), (0, 0, 0, 2)))
        for passage in theme.passages:
            console.print(Padding(Text(f"{friendly_day(passage.day)}  {passage.ref}", "dim"), (0, 0, 0, 2)))
            console.print(Padding(Text(visible(passage.text)), (0, 0, 0, 4)))
        console.print()
    for line in _uses(result):
        console.print(Text(line))


def _returning(one: Returning) -> str:
    return m.WORDS_RETURN.format(
        phrase=one_line(one.phrase),
        times=one.times,
        sessions=m.count(one.sessions, m.ENTRY_WORD),
        first=friendly_day(one.first_day),
        last=friendly_day(one.last_day),
    )


def _uses(result: OwnWords) -> Iterator[str]:
    yield m.WORDS_USED if result.uses else m.WORDS_TOO_FEW.format(n=result.pooled)
    for use in result.uses:
        yield f"  {_use(use)}"
    if result.uses:
        yield m.WORDS_ABOUT


def _use(use: WordUse) -> str:
    kind = m.STAGES[use.stage] if use.stage else m.WORDS_NOTES
    return m.WORDS_USE.format(kind=kind, name=use.name, early=_side(use.early), late=_side(use.late))


def _side(side: Side) -> str:
    return m.WORDS_SIDE.format(
        times=side.times,
        words=side.words,
        first=friendly_day(side.first_day),
        last=friendly_day(side.last_day),
    )
