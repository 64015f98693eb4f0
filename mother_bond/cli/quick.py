"""The commands that are run most, found without Typer, whose import alone costs more than all they do.

Only a command line made of exactly what `SHAPES` lists is taken. Anything else, from `--help` to a
slip of the finger, is left to Typer, which has the same commands; a test holds the two together.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from mother_bond import messages as m
from mother_bond.cli import COMMANDS


class Shape(NamedTuple):
    """A command as it may be typed: its function in `lists`, its options with a value, whether words follow."""

    function: str
    options: dict[str, str]
    words: bool = False


_MANY = {name: name.lstrip("-") for name in ("--number", "--bond", "--cause", "--since", "--until")} | {"-n": "number"}
COMPLETE_VARIABLES = ("_MOTHER_BOND_COMPLETE", "_BOND_COMPLETE")
_FLAGS = {"--plain": "plain", "--json": "json"}
SHAPES = {
    "list": Shape("list_entries", _MANY),
    "search": Shape("search_entries", _MANY, words=True),
    "on-this-day": Shape("entries_on_day", {"--date": "date", "--bond": "bond"}),
}


def completing() -> str | None:
    """The variable by which a shell asks what a word can become, if one is asking."""
    from os import environ

    own = f"_{m.NAME.replace('-', '_').upper()}_COMPLETE"
    return next((name for name in (*COMPLETE_VARIABLES, own) if name in environ), None)


def find(arguments: list[str]) -> Callable[[], None] | None:
    """What to call for this command line, or None when it is for Typer to read.

    Raises `UsageError` for a command there is not.
    """
    if completing():
        return None
    if not arguments:
        from mother_bond.cli.evening import tonight

        return tonight
    if arguments == ["--version"]:
        from mother_bond import __version__

        return partial(print, __version__)
    if arguments in (["--help"], ["-h"]):
        from mother_bond.cli.front import page

        return partial(print, page(), end="")
    if arguments and arguments[0] not in COMMANDS:
        from mother_bond.cli.front import refuse_unknown

        refuse_unknown(arguments[0])
    shape = SHAPES.get(arguments[0]) if arguments else None
    values = _read(shape, arguments[1:]) if shape else None
    if shape is None or values is None:
        return None
    from mother_bond.cli import lists

    return partial(getattr(lists, shape.function), **values)


def _read(shape: Shape, arguments: list[str]) -> dict[str, object] | None:
    values: dict[str, object] = {}
    words: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-"):
            words.append(word)
        elif word in _FLAGS:
            values[_FLAGS[word]] = True
        elif word in shape.options:
            given = next(rest, "-")
            if given.startswith("-"):
                return None
            values[shape.options[word]] = given
        else:
            return None
    if bool(words) is not shape.words:
        return None
    number = values.get("number", "0")
    if not (isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if "number" in values:
        values["number"] = int(number)
    return values | ({"words": words} if words else {})
