"""A passphrase as it is typed: seen by nobody, and never read from where words are expected."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.errors import LockedError
from mother_bond.terminal.output import talk

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 4096


def can_ask() -> bool:
    """Whether somebody is at a terminal who can be asked without the letters being seen."""
    return sys.stdin.isatty()


@contextmanager
def unseen() -> Iterator[None]:
    """Show nothing of what is typed, also between two askings, while a passphrase is tried and found wrong.

    What was typed ahead is dropped when it ends in refusal: the shell would take it for a command, and keep it.
    """
    try:
        import termios
    except ImportError:  # on Windows, where nothing is shown but what is asked for
        yield
        return
    try:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
    except (OSError, ValueError, termios.error):  # nobody is there to be asked
        yield
        return
    silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    how = termios.TCSAFLUSH
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
        yield
        how = termios.TCSADRAIN
    finally:
        with suppress(termios.error):  # a terminal that has gone
            termios.tcsetattr(terminal, how, before)


def ask(question: str) -> str:
    """What was typed, without the line's end; nothing of it is shown. Raises `LockedError` with nobody to ask."""
    if not can_ask():
        raise LockedError(m.LOCKED, m.LOCKED_HINT)
    from getpass import getpass

    try:
        return getpass(question + " ", stream=sys.stderr)
    except UnicodeDecodeError:  # typed in another encoding than the terminal's
        raise LockedError(m.PASSPHRASE_WRONG, m.PASSPHRASE_WRONG_HINT) from None


def ask_new(*, needed: bool = True) -> str:
    """A new passphrase, typed twice; Enter alone is none at all, where none is `needed`.

    Raises `LockedError` when it is too short, or the two differ, three times over.
    """
    from mother_bond.storage.keyfile import check_passphrase

    talk(m.PASSPHRASE_ADVICE)
    with unseen():
        for _ in range(3):
            first = ask(m.ASK_PASSPHRASE_NEW if needed else m.ASK_PASSPHRASE_OR_NONE)
            if not first and not needed:
                return ""
            try:
                check_passphrase(first)
            except LockedError as error:
                talk(error.message)
                continue
            if ask(m.ASK_PASSPHRASE_AGAIN) == first:
                return first
            talk(m.PASSPHRASE_DIFFER)
        raise LockedError(m.PASSPHRASE_NOT_SET, m.PASSPHRASE_AGAIN_HINT)


def first_line() -> str:
    """A passphrase handed in by another program, as the first line of standard input."""
    return sys.stdin.buffer.readline(LONGEST_LINE).decode(errors="surrogateescape").rstrip("\r\n")


def wait_for_enter(question: str) -> None:
    """Wait until somebody who was shown something is done with it; the result's own stream stays clean."""
    sys.stderr.write(question + " ")
    sys.stderr.flush()
    sys.stdin.readline()
