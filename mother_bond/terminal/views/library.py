"""Themes to read about, questions, and what is wrong with a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.actions.library import CheckedFile, CheckedLibrary, PromptList, ThemeList, ThemePage
from mother_bond.wording.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

Result = ThemeList | ThemePage | PromptList | CheckedFile | CheckedLibrary


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
    else:
        for checked in result.files if isinstance(result, CheckedLibrary) else (result,):
            yield from _findings(checked)


def _findings(result: CheckedFile) -> Iterator[str]:
    for finding in result.findings:
        where = f"{visible(result.file)}: {visible(finding.key)}".removesuffix(": ")
        yield f"{where}: {visible(finding.reason)} [{finding.rule}]"
    if not result.findings:
        fine = m.CHECK_FINE if result.prompts else m.CHECK_FINE_DATA
        yield fine.format(file=visible(result.file), n=result.prompts)


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
