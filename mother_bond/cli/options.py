"""Options that mean the same wherever they stand."""

from typing import Annotated

import typer

from mother_bond import messages as m

PlainOption = Annotated[bool, typer.Option("--plain", help=m.OPTION_PLAIN)]
JsonOption = Annotated[bool, typer.Option("--json", help=m.OPTION_JSON)]
BondOption = Annotated[str | None, typer.Option("--bond", help=m.OPTION_BOND)]
DateOption = Annotated[str | None, typer.Option("--date", help=m.OPTION_DATE)]
CauseOption = Annotated[str | None, typer.Option("--cause", help=m.OPTION_CAUSE)]
SinceOption = Annotated[str | None, typer.Option("--since", help=m.OPTION_SINCE)]
UntilOption = Annotated[str | None, typer.Option("--until", help=m.OPTION_UNTIL)]
NumberOption = Annotated[int, typer.Option("-n", "--number", min=0, max=999_999_999, help=m.OPTION_NUMBER)]
SealedOption = Annotated[bool, typer.Option("--sealed", help=m.OPTION_SEALED)]
EditorOption = Annotated[bool, typer.Option("--editor", help=m.OPTION_EDITOR)]


def family() -> typer.Typer:
    """A family of commands."""
    return typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
