"""causes, paths, prompts, feelings."""

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


@app.command("paths", help=m.HELP["paths"])
def paths(
    cause: Annotated[str | None, typer.Argument(help=m.ARGUMENT_CAUSE)] = None,
    role: Annotated[str | None, typer.Option(help=m.OPTION_ROLE)] = None,
    bond: BondOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import paths as act
    from mother_bond.cli.common import any_bond, walked_paths
    from mother_bond.cli.values import ROLES, one_of
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import paths as view

    about = any_bond(bond)
    side = one_of(ROLES, role, "--role") or (about.role if about else None)
    walked = walked_paths(about) if about and about.role is side else {}
    if cause is None:
        show(act.path_list(library(), side, walked), view)
    else:
        from mother_bond.domain.bond import Role

        library().pack(cause)
        pages = tuple(act.path_page(cause, one, walked) for one in ((side,) if side else Role))
        show(act.PathPages(pages), view)


@app.command("feelings", help=m.HELP["feelings"])
def feelings(plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions.feelings import feeling_list
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import feelings as view

    show(feeling_list(), view)


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
    file: Annotated[Path | None, typer.Argument(help=m.ARGUMENT_PACK)] = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import library as act
    from mother_bond.errors import ExitCode
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import library as view

    checked = act.check(library(), file) if file else act.check_all(library())
    show(checked, view)
    if checked.wrong:
        raise typer.Exit(ExitCode.BAD_FILE)
