"""help-now, demo, completion."""

from typing import Annotated

import typer

from mother_bond import messages as m
from mother_bond.cli.common import ask_output
from mother_bond.cli.options import JsonOption, PlainOption, family

app = family()


@app.command("help-now", help=m.HELP["help-now"])
def help_now(
    country: Annotated[str | None, typer.Option(help=m.OPTION_COUNTRY)] = None,
    plain: PlainOption = False,
    json: JsonOption = False,
) -> None:
    ask_output(plain, json)
    from mother_bond import clock, config, paths
    from mother_bond.actions.help_now import help_now as act
    from mother_bond.errors import MotherBondError
    from mother_bond.terminal.output import show
    from mother_bond.terminal.views import help_lines

    try:
        settings = config.load(paths.config())
    except MotherBondError:  # a broken setting must never stand between a person and a help line
        settings = config.Config()
        ask_output(plain=True)
    show(act(country or settings.country, settings.help, clock.now().date()), help_lines)


@app.command("demo", help=m.HELP["demo"])
def demo(role: Annotated[str, typer.Argument(help=m.ARGUMENT_DEMO)] = "mother", plain: PlainOption = False) -> None:
    ask_output(plain)
    from shlex import quote

    from mother_bond.actions.demo import make
    from mother_bond.cli.values import ROLES, one_of
    from mother_bond.terminal.output import talk, write

    made = make(one_of(ROLES, role, m.ARGUMENT_DEMO_NAME) or ROLES.MOTHER)
    write(m.DEMO_SET.format(variable=made.variable, folder=quote(str(made.folder))))
    talk(m.DEMO_READY.format(name=made.name, sessions=made.sessions))


@app.command("completion", help=m.HELP["completion"])
def completion(shell: Annotated[str, typer.Argument(help=m.ARGUMENT_SHELL)]) -> None:
    from typer._completion_shared import get_completion_script

    from mother_bond.errors import UsageError
    from mother_bond.terminal.output import write

    if shell not in m.SHELLS:
        raise UsageError(m.VALUE_ONE_OF.format(option=m.ARGUMENT_SHELL_NAME, known=", ".join(m.SHELLS)), "")
    ours = ("mother-bond", "bond")
    for name in ours if m.NAME in ours else (m.NAME,):
        variable = f"_{name.replace('-', '_').upper()}_COMPLETE"
        write(get_completion_script(prog_name=name, complete_var=variable, shell=shell))
