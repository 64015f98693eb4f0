"""The whole command line. Only the module of the command that was typed is imported at all."""

from functools import cache
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mother_bond import messages as m
from mother_bond.cli import COMMANDS
from mother_bond.cli.front import page, refuse_unknown


@cache
def _only(family: typer.Typer, name: str) -> Any:
    """One command of a family: building the others would cost more than running this one."""
    for group in family.registered_groups:
        if group.name == name:
            return typer.main.get_group_from_info(
                group, pretty_exceptions_short=True, suggest_commands=True, rich_markup_mode=None
            )
    info = next(command for command in family.registered_commands if command.name == name)
    return typer.main.get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)


class Commands(TyperGroup):
    """A group that imports a command only when it is wanted."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        if self.commands[cmd_name] is None:
            from importlib import import_module

            family = import_module(f"mother_bond.cli.{COMMANDS[cmd_name]}").app
            self.commands[cmd_name] = _only(family, cmd_name)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed; a wrong one is not repeated, for it may be somebody's words."""
        if not ctx.resilient_parsing:  # a shell asks what a word can become
            refuse_unknown(args[0])
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The page of `mother-bond --help`, which does not need Typer."""
        formatter.write(page())


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from mother_bond import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def today(
    ctx: typer.Context,
    bond: Annotated[str | None, typer.Option("--bond", help=m.OPTION_BOND)] = None,
    plain: Annotated[bool, typer.Option("--plain", help=m.OPTION_PLAIN)] = False,
    json: Annotated[bool, typer.Option("--json", help=m.OPTION_JSON)] = False,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, typer.Option("--version", help=m.OPTION_VERSION, callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take note of how to put things out; with no command, do what today asks for."""
    from mother_bond.terminal.output import output

    output.ask(plain=plain, json=json)
    if ctx.invoked_subcommand is None:
        from mother_bond.cli.evening import tonight

        tonight(bond)
