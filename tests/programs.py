"""The real program in a process of its own: on pipes, or on a terminal of 24 by 80."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SAVE = "\x13"
STEERING = "\x1b[31mred\x1b]0;title\x07 \x9b31m [bold]markup[/] \u202eback :smile: café"
"""Words that could do something to a terminal."""

READING = {
    "list": "lines",
    "search café": "hits",
    "on-this-day --date 2024-05-01": "that-day",
    "show REF": "found",
    "history REF.1": "found",
    "calendar 2024": "year",
    "then-and-now": "list",
    "patterns": "changes",
    "patterns --around 2024-05-01": "around",
    "steps": "list",
    "steps offer": "list",
    "steps offer self-kindness": "practice-for",
    "bonds": "list",
    "restore": "in-trash",
    "causes": "theme-list",
    "causes individuation": "theme-page",
    "paths": "path-list",
    "paths individuation": "path-pages",
    "feelings": "feeling-list",
    "prompts": "prompt-list",
    "prompts check": "checked-library",
    "prompts check PACK": "checked-file",
    "help-now": "help-now",
    "backup list": "backups",
    "doctor": "checkup",
}
"""Every way to read, and the kind of its result; REF and PACK are put in by the journal that is read."""

RUN_LINES = """
import os, shlex, sys
from mother_bond.__main__ import run
for line in os.environ["LINES_TO_RUN"].split(chr(10)):
    if code := run(shlex.split(line)):
        sys.exit(f"{line} ended with {code}")
sys.exit()
"""
"""Python that runs one command after another in one process, as long as they end well."""

SITTING = "4\n5\n4\n4\nThe jar of plums.\n.\n\n.\n.\n/enough\n"
"""A sitting in plain lines, with one answer of four words."""

PROGRAM = (sys.executable, "-m", "mother_bond")
_PLANTED = "{first}\nimport sys\nfrom mother_bond.__main__ import main\nmain()"
_STEERING = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])|\r")


class Done(NamedTuple):
    """What a process did."""

    code: int
    out: str
    err: str


def command(*arguments: str, first: str = "") -> list[str]:
    """The program as it is started; with lines of Python to run `first`."""
    start = (sys.executable, "-c", _PLANTED.format(first=first)) if first else PROGRAM
    return [*start, *arguments]


def surroundings(changed: Mapping[str, str] | None) -> dict[str, str]:
    """The environment of a process: this one's, with UTF-8 and without what asks for colour or an editor."""
    out = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "LINES", "EDITOR", "VISUAL"}
    kept = {key: value for key, value in os.environ.items() if key not in out and not key.startswith("LC_")}
    return kept | {"LANG": "C.UTF-8", "TERM": "xterm-256color"} | dict(changed or {})


def program(
    *arguments: str,
    given: str | bytes = b"",
    env: Mapping[str, str] | None = None,
    first: str = "",
) -> Done:
    """Run the program on pipes, with `given` on standard input."""
    data = given.encode() if isinstance(given, str) else given
    ran = subprocess.run(
        command(*arguments, first=first),
        input=data,
        capture_output=True,
        env=surroundings(env),
        timeout=60,
        check=False,
    )
    return Done(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


class Terminal:
    """The program on a terminal that, like a real one, says where its cursor is when it is asked."""

    def __init__(self, *arguments: str, env: Mapping[str, str] | None = None, first: str = "") -> None:
        self.screen, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command(*arguments, first=first),
            stdin=other,
            stdout=other,
            stderr=other,
            env=surroundings(env),
            start_new_session=True,
        )
        os.close(other)
        self.seen = ""
        self._read_to = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.screen)

    @property
    def text(self) -> str:
        """Everything that was shown, without what only steers the terminal."""
        return _STEERING.sub("", self.seen)

    def expect(self, words: str, seconds: float = 30) -> None:
        """Read on until `words` are shown after what was expected before."""
        until = time.monotonic() + seconds
        while (at := self.text.find(words, self._read_to)) < 0:
            if not self._read(until - time.monotonic()):
                msg = f"{words!r} was not shown after {self.text[self._read_to :]!r}"
                raise AssertionError(msg)
        self._read_to = at + len(words)

    def send(self, text: str) -> None:
        """Type."""
        os.write(self.screen, text.encode())

    def answer(self, text: str) -> None:
        """Write an answer once there is room for it, and go on."""
        self.expect("Ctrl-S go on")
        self.send(text)
        self.expect(text[-5:])
        self.send(SAVE)

    def end(self) -> int:
        """Read to the end; the exit code."""
        until = time.monotonic() + 30
        while self._read(until - time.monotonic()):
            pass
        return self.process.wait(5)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.screen], [], [], max(0, seconds))[0]:
            return False
        try:
            read = os.read(self.screen, 65536).decode(errors="replace")
        except OSError:  # Linux says this of a terminal that nobody holds any more
            return False
        if "\x1b[6n" in read:
            self.send("\x1b[1;1R")
        self.seen += read
        return bool(read)


def on_terminal(*arguments: str, env: Mapping[str, str] | None = None) -> Done:
    """Run a command that asks nothing on a terminal; both streams are in `out`, as they were sent."""
    with Terminal(*arguments, env=env) as terminal:
        code = terminal.end()
        return Done(code, terminal.seen.replace("\r\n", "\n"), "")


def command_tree() -> dict[tuple[str, ...], Any]:
    """Every command and sub-command as Typer knows it, by the words that are typed for it."""
    import typer

    from mother_bond.cli.app import app

    def below(path: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        yield path, command
        for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
            yield from below((*path, name), command.get_command(None, name))

    return {path: command for path, command in below((), typer.main.get_command(app)) if path}
