"""Evenings at a real pseudo-terminal of 80 by 24, through every key a writer has."""

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import closing as closed_after
from pathlib import Path

import pexpect
import pytest

from mother_bond import messages as m
from mother_bond.bundled import closings, measures
from mother_bond.domain.bond import Bond
from mother_bond.storage.store import Store
from tests.desks import all_sessions, anew, drafts, texts, the_session

CTRL_C, CTRL_D, CTRL_G, CTRL_N, CTRL_S, CTRL_X, CTRL_Y = "\x03\x04\x07\x0e\x13\x18\x19"
WHERE_IS_THE_CURSOR = r"\x1b\[6n"
"""What a program asks, and every terminal answers."""

SOON = 1.5
"""Seconds after which what was typed must be safe."""


class Screen:
    """The program at a terminal of its own, and somebody who reads and types there."""

    def __init__(self, *arguments: str) -> None:
        ours = {"TERM": "xterm", "LC_ALL": "C.UTF-8"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "mother_bond", *arguments],
            dimensions=(24, 80),
            env={**os.environ, **ours},
            encoding="utf-8",
            timeout=15,
        )
        self.child.delaybeforesend = 0.02

    def sees(self, words: str) -> None:
        """Wait for words; they may be folded over two lines."""
        wanted = r"\s+".join(map(re.escape, words.split(" ")))
        while self.child.expect([WHERE_IS_THE_CURSOR, wanted]) == 0:
            self.child.send("\x1b[12;1R")

    def replies(self, words: str, line: str) -> None:
        """Wait for a question, and reply with one line."""
        self.sees(words)
        self.sees("›")
        self.child.send(line + "\r")

    def writes(self, words: str, text: str) -> None:
        """Wait for a question and for the keys below it, and type."""
        self.sees(words)
        self.sees("Ctrl-S go on")
        self.child.send(text)

    def checks_in(self, *marks: str) -> None:
        """Mark the four scales of a first evening, or pass them with Enter alone."""
        daily = [measure for measure in measures() if not measure.weekly and not measure.closing]
        for measure, mark in zip(daily, marks or [""] * 4, strict=True):
            self.replies(measure.question.partition("{")[0].strip(), mark)

    def ends(self) -> int:
        """Wait for the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.wait()
        return int(self.child.exitstatus)


@pytest.fixture
def screen() -> Iterator[Callable[..., Screen]]:
    """Opens terminals, and sees to it that none stays open."""
    opened: list[Screen] = []

    def open_one(*arguments: str) -> Screen:
        opened.append(Screen(*arguments))
        return opened[-1]

    yield open_one
    for one in opened:
        one.child.close(force=True)


def test_a_whole_first_evening(home: Path, screen: Callable[..., Screen]) -> None:
    at = screen()
    at.replies("Shall this journal have one?", "2")
    at.replies("Who is writing?", "1")
    at.replies("your child's name?", "Daniel [b]")
    at.replies("what do you call", "my son")
    at.replies("Which words", "he")
    at.replies("Where does contact", "we are")
    at.replies("eleven short sentences", "")
    at.checks_in("9\r3", "2", "", "4")
    at.writes("1 of 3", "first line\rsecond line" + CTRL_Y)
    at.writes("because you have not been here yet", "!" + CTRL_S)
    at.writes("2 of 3", CTRL_N)
    at.writes("2 of 3", "two" + CTRL_G)
    at.writes("two", CTRL_S)
    at.writes("3 of 3", CTRL_S)
    at.replies("Take it on?", "1")
    at.writes("Closing", "a kind line" + CTRL_S)
    at.writes(next(closing.text for closing in closings() if closing.part == "next-thing"), "the next" + CTRL_D)
    at.sees("Saved for")
    assert at.ends() == 0
    with closed_after(anew(home / "journal.db")) as store:
        session = the_session(store)
        assert texts(store) == ["first line\nsecond line!", "two", "a kind line", "the next"]
        assert session.checkin == {"nearness": 3, "owed": 2, "mood": 4}
        assert (session.bond.name, session.unfinished, session.step is None) == ("Daniel [b]", False, False)


def test_a_window_killed_in_mid_answer_costs_a_moment_of_typing(
    store: Store, bond: Bond, screen: Callable[..., Screen]
) -> None:
    at = screen("reflect")
    at.checks_in()
    at.writes("1 of 3", "half a sentence")
    typed = time.monotonic()
    while drafts(store) != ["half a sentence"]:
        assert time.monotonic() - typed < SOON
        time.sleep(0.05)
    at.child.kill(signal.SIGKILL)
    again = screen()
    again.replies("was cut off", "")
    again.writes("half a sentence", " and more" + CTRL_S)
    again.writes("2 of 3", CTRL_D)
    assert again.ends() == 0
    assert texts(store) == ["half a sentence and more"]
    assert (drafts(store), the_session(store).unfinished) == ([], False)


def test_a_stop_keeps_every_letter_that_was_typed(store: Store, bond: Bond, screen: Callable[..., Screen]) -> None:
    at = screen("reflect")
    at.checks_in()
    at.writes("1 of 3", "half a sentence")
    at.sees("sentence")
    at.child.send(CTRL_C)
    at.sees(m.INTERRUPTED)
    assert at.ends() == 130
    assert drafts(store) == ["half a sentence"]


def test_a_key_pressed_while_the_journal_is_busy_does_not_freeze_the_screen(
    store: Store, bond: Bond, screen: Callable[..., Screen]
) -> None:
    at = screen("reflect")
    at.checks_in()
    at.writes("1 of 3", "one")
    store.connection.execute("BEGIN IMMEDIATE")
    at.child.send(CTRL_S)
    time.sleep(0.3)
    at.child.send(CTRL_S)
    time.sleep(0.1)
    store.connection.execute("COMMIT")
    at.child.timeout = 3
    at.sees("2 of 3")
    assert texts(store) == ["one"]


def test_words_are_pasted_to_the_letter_what_is_no_text_is_refused_and_the_terminal_is_left_as_it_was(
    store: Store, bond: Bond, screen: Callable[..., Screen]
) -> None:
    pasted = "שלום e\u0301 [bold]x[/bold] \u202e 👩\u200d👧 %s\ttab\n\x1b[31m"
    at = screen("note")
    before = termios.tcgetattr(at.child.child_fd)[:4]
    at.writes("A note", f"\x1b[200~{pasted}\x1b[201~")
    os.write(at.child.child_fd, b"\xff")
    at.child.send(CTRL_S)
    at.sees(m.TEXT_SURROGATE.split(",")[0])
    at.writes("tab", CTRL_S)
    at.sees("Saved for")
    assert at.ends() == 0
    assert texts(store) == [pasted + "?"]
    assert termios.tcgetattr(at.child.child_fd)[:4] == before


def test_an_answer_is_written_in_the_editor_on_a_key(
    store: Store,
    bond: Bond,
    home: Path,
    in_memory: Path,
    monkeypatch: pytest.MonkeyPatch,
    screen: Callable[..., Screen],
) -> None:
    script = home / "editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
        "path.write_text(text + ', in the editor\\n')\nsys.exit('editor' in text)\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    at = screen("note")
    at.writes("A note", "begun here" + CTRL_X)
    at.sees("in the editor")
    assert drafts(store) == ["begun here, in the editor"]
    at.child.send(CTRL_X)
    at.sees(m.EDITOR_FAILED)
    at.writes("in the editor", " and here" + CTRL_S)
    assert at.ends() == 0
    assert texts(store) == ["begun here, in the editor and here"]
    assert len(list(in_memory.glob("writing-*"))) == 1


def test_an_edit_at_the_screen_starts_from_the_words_that_are_there(
    store: Store, bond: Bond, screen: Callable[..., Screen]
) -> None:
    from mother_bond.actions.note import add
    from tests.desks import TODAY

    add(store, bond, "as it was", TODAY)
    at = screen("edit", all_sessions(store)[0].ref)
    at.writes("as it was", " and is" + CTRL_S)
    at.sees("is changed")
    assert at.ends() == 0
    assert texts(store) == ["as it was and is"]
