"""steps."""

from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output, journal, named_bond
from mother_bond.cli.options import BondOption, DateOption, JsonOption, PlainOption, family

app = family()
steps_app = typer.Typer(rich_markup_mode=None, invoke_without_command=True, help=m.HELP["steps"])
app.add_typer(steps_app, name="steps")
EntryArgument = Annotated[str, typer.Argument(help=m.ARGUMENT_ENTRY)]


@steps_app.callback()
def steps(ctx: typer.Context, bond: BondOption = None, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    if ctx.invoked_subcommand is not None:
        return
    from mother_bond.actions import steps as act
    from mother_bond.terminal.output import show, talk
    from mother_bond.terminal.views import keeping

    with journal() as store:
        taken = act.taken(store, named_bond(store, bond))
        show(taken, keeping)
        if not taken:
            talk(m.STEPS_NONE)


@steps_app.command("offer", help=m.HELP_STEPS_OFFER)
def offer(
    practice: Annotated[str | None, typer.Argument(help=m.ARGUMENT_PRACTICE)] = None,
    bond: BondOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import steps as act
    from mother_bond.actions.bonds import find
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import practices as view

    with journal() as store:
        about = find(store, bond)
        show(act.find(about, practice) if practice else act.offered(about), view)


@steps_app.command("take", help=m.HELP_STEPS_TAKE)
def take(
    practice: Annotated[str, typer.Argument(help=m.ARGUMENT_PRACTICE)],
    bond: BondOption = None,
    date: DateOption = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond.actions import steps as act
    from mother_bond.actions.bonds import find
    from mother_bond.actions.saved import Saved
    from mother_bond.cli.common import desk, the_day
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import saved as view

    with journal() as store:
        session = act.take(store, find(store, bond), desk(), practice, the_day(date))
        show(Saved(session), view)


def _mark(entry: str, state: str) -> None:
    from mother_bond.actions import steps as act
    from mother_bond.domain.entry import StepState
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import keeping

    with journal() as store:
        show(act.mark(store, entry, StepState(state)), keeping)


@steps_app.command("done", help=m.HELP_STEPS_DONE)
def done(entry: EntryArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    _mark(entry, "done")


@steps_app.command("let-go", help=m.HELP_STEPS_LET_GO)
def let_go(entry: EntryArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    _mark(entry, "let-go")


@steps_app.command("rest", help=m.HELP_STEPS_REST)
def rest(entry: EntryArgument, plain: PlainOption = False, json: JsonOption = False) -> None:
    ask_output(plain, json)
    _mark(entry, "resting")
