"""Practices that can be taken on: all that fit, or one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.steps import PracticeFor
from mother_bond.wording.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


def as_plain(result: PracticeFor | tuple[PracticeFor, ...]) -> Iterator[str]:
    """A practice a paragraph, or one in full."""
    if isinstance(result, PracticeFor):
        yield f"{result.id}  {result.name}"
        yield from map(one_line, _whole(result))
        return
    for act in result:
        yield f"{act.id}  {act.name}"
        yield f"  {one_line(act.what)}"
        yield f"  {one_line(act.plan)}"


def as_screen(result: PracticeFor | tuple[PracticeFor, ...], console: Console) -> None:
    """The same with room to read."""
    from rich.padding import Padding
    from rich.text import Text

    if isinstance(result, PracticeFor):
        console.print(Text.assemble((result.name, "bold"), "  ", (result.id, "cyan")))
        for line in _whole(result):
            quoted = line.startswith(("“", "·"))
            console.print(Padding(Text(visible(line), "italic" if quoted else ""), (0 if quoted else 1, 0, 0, 2)))
        return
    for act in result:
        console.print(Text.assemble((act.name, "bold"), "  ", (act.id, "cyan")))
        console.print(Padding(Text(visible(act.what)), (0, 0, 0, 2)))
        console.print(Padding(Text(visible(act.plan), "italic"), (0, 0, 1, 2)))
    console.print(Text(m.STEPS_FOOT, "dim"))


def _whole(act: PracticeFor) -> Iterator[str]:
    """Everything there is to say of a practice; phrases to notice never stand without when not to."""
    yield act.what
    yield m.STEP_WHY.format(text=act.may_help)
    yield m.STEP_PLAN.format(text=act.plan)
    yield m.STEP_SMALLER.format(text=act.smaller)
    if act.say:
        yield m.STEP_SAY
        yield from (f"“{say}”" for say in act.say)
    if act.notice:
        yield m.STEP_NOTICE
        yield from (f"· {notice}" for notice in act.notice)
    yield m.STEP_NOT_NOW.format(text=act.not_now)
