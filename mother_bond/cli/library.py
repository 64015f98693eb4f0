"""causes, prompts."""

from pathlib import Path
from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, library
from mother_bond.cli.options import BondOption, CauseOption, JsonOption, PlainOption, family

app = family()
prompts_app = typer.Typer(rich_markup_mode=None, invoke_without_command=True, help=m.HELP["prompts"])
app.add_typer(prompts_app, name="prompts")


@app.command("causes", help=m.HELP["causes"])
def causes(
    cause: Annotated[str | None, typer.Argument(help=m.ARGUMENT_CAUSE)] = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import library as act
    from mother_bond.cli.common import any_bond
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import library as view

    if cause is None:
        show(act.themes(library()), view)
    else:
        bond = any_bond(None)
        show(act.theme(library(), cause, bond.role if bond else None), view)


@prompts_app.callback()
def prompts(
    ctx: typer.Context,
    cause: CauseOption = None,
    role: Annotated[str | None, typer.Option(help=m.OPTION_ROLE)] = None,
    bond: BondOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    if ctx.invoked_subcommand is not None:
        return
    from mother_bond.actions import library as act
    from mother_bond.cli.common import any_bond
    from mother_bond.cli.values import ROLES, one_of
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import library as view

    show(act.prompts(library(), cause, any_bond(bond), one_of(ROLES, role, "--role")), view)


@prompts_app.command("check", help=m.HELP_CHECK)
def check(
    file: Annotated[Path, typer.Argument(help=m.ARGUMENT_PACK)], plain: PlainOption = False, json: JsonOption = False
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import library as act
    from mother_bond.errors import ExitCode
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import library as view

    checked = act.check(file)
    show(checked, view)
    if checked.findings:
        raise typer.Exit(ExitCode.BAD_FILE)
