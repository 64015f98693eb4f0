"""A sitting that is stopped, or whose terminal goes away: the program ends, and what was typed is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from asyncio import CancelledError
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import pytest

from mother_bond import messages as m
from mother_bond.errors import ExitCode
from mother_bond.terminal.writing import ScreenDesk
from tests.desks import drafts, the_session
from tests.programs import SAVE, Terminal, command, surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

HEARING = "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""What a shell starts in the background is deaf to Ctrl-C, and so may be these tests."""

STOPPED_WITH_ENTER = f"""{HEARING}
from prompt_toolkit.buffer import Buffer
taken = Buffer.validate_and_handle
Buffer.validate_and_handle = lambda self: (taken(self), os.kill(os.getpid(), signal.SIGINT))
"""
STOPPED_WITH_SAVE = f"""{HEARING}
from prompt_toolkit.application import Application
left = Application.exit
def leave(self, **how):
    left(self, **how)
    if how.get("result") == "given":
        os.kill(os.getpid(), signal.SIGINT)
Application.exit = leave
"""
"""A signal that arrives while a reply is taken in: a redrawing long, some ten milliseconds."""

DEAF = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
HELD = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"


def check_in(terminal: Terminal, marks: int = 4) -> None:
    """Mark so many measures."""
    for _ in range(marks):
        terminal.expect("›")
        terminal.send("4\r")


def begin_to_write(terminal: Terminal) -> None:
    """Check in, and type half a sentence."""
    check_in(terminal)
    terminal.expect("Ctrl-S go on")
    terminal.send("half a sentence")
    terminal.expect("sentence")


def go_away(terminal: Terminal) -> int:
    """Take the terminal away; the program's exit code, within five seconds."""
    os.close(terminal.screen)
    terminal.screen = os.open(os.devnull, os.O_RDWR)
    return terminal.process.wait(5)


def test_a_stop_while_enter_is_taken_in_is_not_passed_over(store: Store, bond: Bond) -> None:
    with Terminal("reflect", first=STOPPED_WITH_ENTER) as terminal:
        check_in(terminal, 1)
        assert terminal.end() == ExitCode.INTERRUPTED
        assert m.INTERRUPTED in " ".join(terminal.text.split())
    assert the_session(store).unfinished


def test_a_stop_while_an_answer_is_handed_in_keeps_every_letter(store: Store, bond: Bond) -> None:
    with Terminal("reflect", first=STOPPED_WITH_SAVE) as terminal:
        begin_to_write(terminal)
        terminal.send(SAVE)
        assert terminal.end() == ExitCode.INTERRUPTED
    assert drafts(store) == ["half a sentence"]


@pytest.mark.parametrize("first", ["", f"{HELD}\n{DEAF}"], ids=["setsid", "nohup"])
def test_a_terminal_that_goes_away_unheard_keeps_every_letter(store: Store, bond: Bond, first: str) -> None:
    with Terminal("reflect", first=first) as terminal:
        begin_to_write(terminal)
        assert go_away(terminal) == ExitCode.INTERRUPTED
    assert drafts(store) == ["half a sentence"]


def test_a_terminal_that_goes_away_does_not_say_enough(store: Store, bond: Bond) -> None:
    with Terminal("reflect") as terminal:
        check_in(terminal, 1)
        terminal.expect("›")
        assert go_away(terminal) == ExitCode.INTERRUPTED
    assert the_session(store).unfinished


@pytest.mark.parametrize("arguments", ["reflect --plain", "encrypt"])
def test_a_terminal_that_goes_away_ends_a_program_that_reads_lines(bond: Bond, arguments: str) -> None:
    with Terminal(*arguments.split()) as terminal:
        terminal.expect("very near" if "plain" in arguments else m.ASK_PASSPHRASE_NEW)
        assert go_away(terminal) == ExitCode.INTERRUPTED


def test_a_terminal_that_hangs_up_ends_the_program_at_once(bond: Bond) -> None:
    with Terminal("reflect", first=HELD) as terminal:
        terminal.expect("›")
        assert go_away(terminal) == -1


def test_ctrl_c_in_an_editor_is_the_editors_own(
    store: Store, bond: Bond, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nkill -INT $PPID\nsleep 0.2\nkill -INT $PPID\nsleep 0.2\necho 'as changed' > \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    with Terminal("reflect", env={"VISUAL": str(editor)}, first=HEARING) as terminal:
        begin_to_write(terminal)
        terminal.send("\x18")
        terminal.expect("as changed")
        terminal.send(SAVE)
        terminal.expect("2 of 3")
    assert [answer.text for answer in the_session(store).answers] == ["as changed"]


def test_a_stop_in_asyncios_first_instant_is_one() -> None:
    def prompt(*_: object, **__: object) -> NoReturn:
        raise CancelledError

    with pytest.raises(KeyboardInterrupt):
        ScreenDesk._prompt(SimpleNamespace(prompt=prompt))  # type: ignore[arg-type]


def test_a_stop_before_the_command_begins_is_no_fault() -> None:
    early = f"""{HEARING}
import mother_bond.__main__ as it
it._typed_name = lambda: os.kill(os.getpid(), signal.SIGINT) or "?"
"""
    with Terminal("causes", first=early) as terminal:
        assert terminal.end() == ExitCode.INTERRUPTED
        assert m.INTERRUPTED in " ".join(terminal.text.split())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_a_disk_that_refuses_a_result_is_one_code_and_no_other() -> None:
    with open("/dev/full", "w") as full:
        line = command("causes")
        ran = subprocess.run(line, stdout=full, stderr=subprocess.DEVNULL, env=surroundings(None), check=False)
    assert ran.returncode == ExitCode.CANNOT_WRITE
