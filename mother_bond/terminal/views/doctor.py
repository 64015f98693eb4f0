"""What was found when the journal was looked over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.doctor import Checkup, State
from mother_bond.terminal.output import talk
from mother_bond.wording.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

STYLES = {State.WELL: "dim", State.MIND: "bold", State.MENDED: "", State.DAMAGED: "bold", State.UNKNOWN: "dim"}


def as_plain(result: Checkup) -> Iterator[str]:
    """A line a thing."""
    wide = max(map(len, m.DOCTOR_STATES.values()))
    for found in result.items:
        yield f"{m.DOCTOR_STATES[found.state]:<{wide}}  {one_line(found.text)}"
    _tell_rest(result)


def as_screen(result: Checkup, console: Console) -> None:
    """The same as two columns."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for found in result.items:
        style = STYLES[found.state]
        table.add_row(Text(m.DOCTOR_STATES[found.state], style), Text(one_line(found.text), style))
    console.print(table)
    _tell_rest(result)


def _tell_rest(result: Checkup) -> None:
    if any(found.mendable and found.state is State.MIND for found in result.items):
        talk(m.DOCTOR_MEND)
