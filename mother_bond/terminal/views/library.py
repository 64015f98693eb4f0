"""Themes to read about, questions, practices, and what is wrong with a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.actions.library import CheckedFile, PromptList, ThemeList, ThemePage
from mother_bond.wording.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from mother_bond.actions.steps import PracticeFor

Result = ThemeList | ThemePage | PromptList | CheckedFile


def as_plain(result: Any) -> Iterator[str]:
    """Lines to read from top to bottom."""
    if isinstance(result, ThemeList):
        for theme in result.themes:
            yield f"{theme.cause}  {visible(theme.name)}"
    elif isinstance(result, ThemePage):
        yield visible(result.name)
        for role, text in result.sides:
            yield ""
            yield m.SIDES[role]
            yield visible(text)
    elif isinstance(result, PromptList):
        for prompt in result.prompts:
            yield f"{prompt.id}  {prompt.stage}  {prompt.depth}  {one_line(prompt.question)}"
    elif isinstance(result, CheckedFile):
        yield from _findings(result)


def _findings(result: CheckedFile) -> Iterator[str]:
    for finding in result.findings:
        yield f"{visible(result.file)}: {visible(finding.key)}: {visible(finding.reason)}".replace(": : ", ": ")
    if not result.findings:
        yield m.CHECK_FINE.format(file=visible(result.file), n=result.prompts)


def as_screen(result: Any, console: Console) -> None:
    """The same with room to read."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if isinstance(result, ThemeList):
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for theme in result.themes:
            table.add_row(Text(theme.cause, "cyan"), visible(theme.name))
        console.print(table)
        console.print()
        console.print(Text(m.THEMES_FOOT, "dim"))
    elif isinstance(result, ThemePage):
        console.print(Text(visible(result.name), "bold"))
        for role, text in result.sides:
            console.print()
            console.print(Text(m.SIDES[role], "italic"))
            console.print(Padding(Text(visible(text)), (0, 0, 0, 2)))
    elif isinstance(result, PromptList):
        last = None
        for prompt in result.prompts:
            if (prompt.cause, prompt.stage) != last:
                last = (prompt.cause, prompt.stage)
                console.print()
                console.print(Text(f"{prompt.cause} · {m.STAGES[prompt.stage]}", "bold"))
            console.print(Padding(Text.assemble(visible(prompt.question), (f"  {prompt.depth}", "dim")), (0, 0, 0, 2)))
    else:
        for line in as_plain(result):
            console.print(Text(line))


class Practices:
    """The view of practices that can be taken on."""

    @staticmethod
    def as_plain(result: tuple[PracticeFor, ...]) -> Iterator[str]:
        """A practice a paragraph."""
        for act in result:
            yield f"{act.id}  {act.name}"
            yield f"  {one_line(act.what)}"
            yield f"  {one_line(act.plan)}"

    @staticmethod
    def as_screen(result: tuple[PracticeFor, ...], console: Console) -> None:
        """The same with room to read."""
        from rich.padding import Padding
        from rich.text import Text

        for act in result:
            console.print(Text.assemble((act.name, "bold"), "  ", (act.id, "cyan")))
            console.print(Padding(Text(visible(act.what)), (0, 0, 0, 2)))
            console.print(Padding(Text(visible(act.plan), "italic"), (0, 0, 1, 2)))
