"""Words for feelings, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.feelings import FeelingList


def as_plain(result: FeelingList) -> Iterator[str]:
    """A word a line, with its meaning."""
    for number, group in enumerate(result.groups):
        if number:
            yield ""
        yield m.FEELING_GROUPS[group.energy, group.pleasant]
        for feeling in group.feelings:
            yield f"  {feeling.word}: {feeling.meaning}"


def as_screen(result: FeelingList, console: Console) -> None:
    """The words beside their meanings."""
    from rich.table import Table
    from rich.text import Text

    width = max(len(feeling.word) for group in result.groups for feeling in group.feelings)
    for number, group in enumerate(result.groups):
        if number:
            console.print()
        console.print(Text(m.FEELING_GROUPS[group.energy, group.pleasant], "bold"))
        table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
        table.add_column(style="cyan", no_wrap=True, min_width=width)
        table.add_column()
        for feeling in group.feelings:
            table.add_row(feeling.word, feeling.meaning)
        console.print(table)
