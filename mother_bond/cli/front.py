"""What can be said before any command is known: the front page, and that there is no such command."""

from textwrap import wrap

from mother_bond import messages as m
from mother_bond.cli import COMMANDS
from mother_bond.errors import UsageError

WIDTH = 78


def refuse_unknown(typed: str) -> None:
    """Raise `UsageError` for a command there is not, without repeating it: it may be somebody's words."""
    if typed in COMMANDS or typed.startswith("-"):
        return
    from difflib import get_close_matches

    near = get_close_matches(typed, COMMANDS, n=1)
    message = m.USAGE_COMMAND_NEAR.format(near=near[0]) if near else m.USAGE_COMMAND
    raise UsageError(message, m.USAGE_HINT_ALL)


def page() -> str:
    """The text of `mother-bond --help`."""
    lines = [m.HELP_ALL]
    for heading, names in m.COMMAND_GROUPS.items():
        lines += [f"{heading}:", *_listed({name: m.HELP[name].split("\n", 1)[0] for name in names}), ""]
    lines += [m.OPTIONS_HEADING, *_listed(m.OPTIONS_ALL), "", m.HELP_ALL_FOOT]
    return "\n".join(lines) + "\n"


def _listed(rows: dict[str, str]) -> list[str]:
    indent = max(map(len, rows)) + 4
    lines: list[str] = []
    for name, text in rows.items():
        first, *rest = wrap(text, WIDTH - indent)
        lines += [f"  {name:<{indent - 2}}{first}", *(" " * indent + line for line in rest)]
    return lines
