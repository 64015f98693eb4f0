"""How results are put out: for a screen, as plain lines, or as JSON. Data on stdout, talk on stderr."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from mother_bond import paths
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

PLAIN_VARIABLE = "MOTHER_BOND_PLAIN"
WIDEST = 88
"""Columns beyond which lines of text are no longer pleasant to read."""


class Mode(StrEnum):
    """How a result is put out."""

    SCREEN = "screen"
    PLAIN = "plain"
    JSON = "json"


class View(Protocol):
    """A module that can show one kind of result."""

    def as_plain(self, result: Any) -> Iterator[str]:
        """Plain lines."""

    def as_screen(self, result: Any, console: Console) -> None:
        """On a screen."""


class Output:
    """What `--plain` and `--json` asked for, before the command or after it."""

    def __init__(self) -> None:
        self.plain = False
        self.json = False
        self.clears = False

    def ask(self, *, plain: bool, json: bool = False) -> None:
        """Take note of what was asked for."""
        self.plain |= plain
        self.json |= json

    def wants_plain(self) -> bool:
        """Whether lines must be plain whatever they are written to."""
        if self.plain or os.environ.get(PLAIN_VARIABLE, "") not in ("", "0"):
            return True
        if not paths.config().exists():
            return False
        from mother_bond import config

        return config.load(paths.config()).plain

    def sit_down(self) -> None:
        """Take note that words are about to be written here, where the writer may want the screen wiped after."""
        if paths.config().exists():
            from mother_bond import config

            self.clears = config.load(paths.config()).clear

    def clear(self) -> None:
        """Wipe the screen and what was scrolled off it, where something was written and that is wanted."""
        if self.clears and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            sys.stdout.write("\x1b[H\x1b[2J\x1b[3J")
            sys.stdout.flush()

    def mode(self) -> Mode:
        """How to put out a result."""
        if self.json:
            return Mode.JSON
        if not sys.stdout.isatty() or self.wants_plain():
            return Mode.PLAIN
        return Mode.SCREEN


output = Output()
"""The one place that knows; `__main__` makes it anew for each run."""


def show(result: Any, view: View) -> None:
    """Put out a result the way that was asked for; a sitting has come to its end."""
    output.clear()
    mode = output.mode()
    if mode is Mode.JSON:
        from mother_bond.terminal.envelope import envelope

        write(envelope(result))
    elif mode is Mode.PLAIN:
        for line in view.as_plain(result):
            write(line)
    else:
        view.as_screen(result, console())


def write(line: str) -> None:
    """One line of data, which may hold nothing that steers a terminal."""
    sys.stdout.write(visible(line) + "\n")


def write_text(chunks: Iterable[str | bytes]) -> None:
    """An export on standard output; text as UTF-8 whatever the terminal's own encoding is."""
    for chunk in chunks:
        sys.stdout.buffer.write(chunk if isinstance(chunk, bytes) else chunk.encode())
    sys.stdout.buffer.flush()


def talk(line: str) -> None:
    """One line of talk; on a screen it is folded between words."""
    text = visible(line)
    if sys.stderr.isatty() and not output.plain:
        import shutil
        import textwrap

        width = min(shutil.get_terminal_size().columns, WIDEST)
        lines = textwrap.TextWrapper(width, break_on_hyphens=False, break_long_words=False)
        text = "\n".join(map(lines.fill, text.split("\n")))
    sys.stderr.write(text + "\n")


def console() -> Console:
    """A console on which nothing the writer wrote can be markup, emoji codes or colour."""
    from rich.console import Console

    made = Console(markup=False, highlight=False, emoji=False)
    made.width = min(made.width, WIDEST)
    return made
