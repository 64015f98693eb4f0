"""bonds."""

from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, journal
from mother_bond.cli.options import JsonOption, PlainOption, family

app = family()
bonds_app = typer.Typer(rich_markup_mode=None, invoke_without_command=True, help=m.HELP["bonds"])
app.add_typer(bonds_app, name="bonds")
NameArgument = Annotated[str, typer.Argument(help=m.ARGUMENT_BOND)]


@bonds_app.callback()
def bonds(ctx: typer.Context, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    if ctx.invoked_subcommand is not None:
        return
    from mother_bond.actions import bonds as act
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(act.listed(store), keeping)


@bonds_app.command("use", help=m.HELP_BONDS_USE)
def use(name: NameArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import bonds as act
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(act.choose(store, name), keeping)


@bonds_app.command("put-away", help=m.HELP_BONDS_AWAY)
def put_away(name: NameArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    from mother_bond.actions import bonds as act
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(act.put_away(store, name), keeping)


@bonds_app.command("change", help=m.HELP_BONDS_CHANGE)
def change(
    name: NameArgument,
    new_name: Annotated[str | None, typer.Option("--name", help=m.OPTION_NAME)] = None,
    call: Annotated[str | None, typer.Option(help=m.OPTION_CALL)] = None,
    they: Annotated[str | None, typer.Option(help=m.OPTION_THEY)] = None,
    contact: Annotated[str | None, typer.Option(help=m.OPTION_CONTACT)] = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import bonds as act
    from mother_bond.cli.values import CONTACTS, THEYS, one_of
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        changed = act.change(
            store,
            name,
            name=new_name,
            call=call,
            they=one_of(THEYS, they, "--they"),
            contact=one_of(CONTACTS, contact, "--contact"),
        )
        show(changed, keeping)
