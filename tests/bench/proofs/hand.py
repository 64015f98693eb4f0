"""Somebody at a pseudo-terminal who types at random, and knows what they typed, when, and what was acknowledged."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

from mother_bond import messages as m
from mother_bond.bundled import closings, measures
from mother_bond.domain.measure import Part
from mother_bond.errors import ExitCode
from mother_bond.paths import HOME_VARIABLE
from tests.programs import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random


GO_ON, ENOUGH, ANOTHER, THEME, NUDGE, WHY, FEELINGS = "\x13\x04\x0e\x14\x07\x19\x06"
LEAVING = GO_ON * 8 + ANOTHER + THEME + NUDGE + WHY + FEELINGS + ENOUGH
STAYING = (NUDGE, WHY, FEELINGS)
"""Keys after which the same question is there again, with the same words."""

OPENS, CLOSES, DRAWN = "\x1b[?2004h", "\x1b[?2004l", "\x1b[?25h"
TOOLBAR, WALKING = m.KEYS[0].partition(" (")[0], m.KEYS_WALKING[-1]
_STEERING = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])")
_WORDS = "plums kettle stairs garden letter Tuesday sie — café naïve שלום 🙂 quiet wool harbour bread".split()


AT_ONCE = 10
"""Seconds within which a program must be gone, on a machine with two dozen others that may be at a passphrase."""

PASSPHRASE = "plums on the kitchen table"


class OverError(Exception):
    """The moment that was set has come."""


class Way(NamedTuple):
    """One end a window may come to, what does it, and which codes a program may leave with.

    Where the terminal is the program's `own`, its keys and its end are signals to it, as in a shell; where it is not,
    as after `setsid`, there is nothing more to read, and that is all.
    """

    name: str
    do: Callable[[Terminal], None]
    codes: tuple[int, ...]
    own: bool = False


def send(number: signal.Signals, terminal: Terminal) -> None:
    """Send the program a signal."""
    terminal.process.send_signal(number)


def press_ctrl_c(terminal: Terminal) -> None:
    """Press the key."""
    terminal.send("\x03")


def go_away(terminal: Terminal) -> None:
    """Take the terminal away, as a line that drops does: no signal of ours."""
    while terminal._read(0):
        pass
    os.close(terminal.screen)
    terminal.screen = os.open(os.devnull, os.O_RDWR)


KILLED = Way("killed", partial(send, signal.SIGKILL), (-signal.SIGKILL,))
STOPPED = (ExitCode.INTERRUPTED, -signal.SIGINT)
"""As the program says it, and as Python does before the program has begun and after it is done; one to a shell."""

WAYS = (
    Way("window closed (SIGHUP)", partial(send, signal.SIGHUP), (-signal.SIGHUP,)),
    Way("machine shut down (SIGTERM)", partial(send, signal.SIGTERM), (-signal.SIGTERM,)),
    KILLED,
    Way("Ctrl-C, the key", press_ctrl_c, STOPPED, own=True),
    Way("SIGINT, the signal", partial(send, signal.SIGINT), STOPPED),
    Way("terminal gone", go_away, (-signal.SIGHUP,), own=True),
    Way("terminal gone, no signal heard", go_away, (ExitCode.INTERRUPTED,)),
)
"""Every end that is tried."""

_OWN = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"


class Question(NamedTuple):
    """What was shown since the last reply, and where to reply: on a line, on a page, on a page of a walk."""

    text: str
    page: bool
    walking: bool


class Page:
    """What was typed at one question: on top of what, when, and whether it was handed in and acknowledged."""

    def __init__(self, start: str) -> None:
        self.start = start
        self.typed: list[tuple[float, str]] = []
        self.key = ""
        self.acknowledged = False

    @property
    def handed_in(self) -> bool:
        """Whether a key was pressed that leads on."""
        return self.key not in ("", *STAYING)

    def until(self, moment: float) -> str:
        """The words as they stood at a moment, without the blanks at their ends."""
        return (self.start + "".join(text for when, text in self.typed if when <= moment)).strip()

    @property
    def text(self) -> str:
        """All of the words."""
        return self.until(float("inf"))

    def missing(self, kept: str, end: float) -> float:
        """Of how many seconds of typing before `end` something is not in `kept`."""
        return next((end - when for when, _ in self.typed if self.until(when) not in kept), 0.0)


def plainly(shown: str) -> str:
    """What was shown, without what steers a terminal, on one line."""
    return " ".join(_STEERING.sub("", shown).split())


class Hand:
    """A writer at the program; replies are by chance, and every text is one of its own."""

    def __init__(
        self,
        home: Path,
        rng: Random,
        name: str,
        until: float,
        *arguments: str,
        env: dict[str, str] | None = None,
        way: Way = KILLED,
    ) -> None:
        self.rng, self.name, self.until, self.way = rng, name, until, way
        env = {HOME_VARIABLE: str(home)} | (env or {})
        self.terminal = Terminal(*arguments, env=env, first=_OWN if way.own else "")
        self.read_to = 0
        self.pages: list[Page] = []
        self.page: Page | None = None
        self.marked: str | None = None
        self.marks: Counter[str] = Counter()
        self.haste = 0.0
        self.faults: list[str] = []
        self.start = ""
        """What is on the next page already."""

        self.lines = dict(_LINES)
        """Replies to choose among, by the words of a question; to any other, Enter alone."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.__exit__()

    # --- reading ---------------------------------------------------------------------------

    def _read(self, seconds: float) -> bool:
        """Whether there was something to read within so many seconds, as long as the moment has not come."""
        read = self.terminal._read(min(seconds, self.until - time.monotonic()))
        if time.monotonic() >= self.until:
            raise OverError
        return read

    def question(self) -> Question | None:
        """Read on until something is asked; None when the program has ended."""
        while True:
            shown = self.terminal.seen[self.read_to :]
            opens = shown.find(OPENS)
            if opens >= 0 and shown.count(DRAWN, opens) > 1:  # once before, once after it knows where the cursor is
                self.read_to += len(shown)
                self._acknowledge()
                keys = shown[opens:]
                return Question(plainly(shown[:opens].rpartition(CLOSES)[2]), TOOLBAR in keys, WALKING in keys)
            if opens < 0 and (secret := next((s for asked, s in _SECRETS if plainly(shown).endswith(asked)), None)):
                self.read_to += len(shown)
                self.terminal.send(secret)
            elif not self._read(30):
                self._last_words()
                return None

    def _last_words(self) -> None:
        """What was shown after the last reply: a question or the line that says it is saved acknowledges that."""
        _, left, shown = self.terminal.seen[self.read_to :].partition(CLOSES)
        said = plainly(shown)
        for aside in _ASIDES:
            said = said.replace(aside, "")
        if left and said.strip():
            self._acknowledge()

    def _acknowledge(self) -> None:
        if self.page and self.page.handed_in:
            self.page.acknowledged, self.page = True, None
        if self.marked:
            self.marks[self.marked] += 1
            self.marked = None

    # --- replying --------------------------------------------------------------------------

    def pause(self, seconds: float) -> None:
        """Look at the screen for a while."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._read(left) and self.terminal.process.poll() is not None:
                return

    def hand_in(self, keys: str) -> None:
        """Press what hands a reply in; with some haste the moment that was set comes right after it."""
        if self.rng.random() < (self.haste if self.page else self.haste / 5):
            self.until = min(self.until, time.monotonic() + self.rng.uniform(0, 0.04))
        self.terminal.send(keys)

    def reply(self, question: Question) -> None:
        """Write on the page, or choose a line."""
        if question.page:
            self._write(LEAVING if question.walking else GO_ON * 9 + ENOUGH)
            return
        self.marked, answer = self._line(question.text)
        self.pause(self.rng.uniform(0, 0.15))
        self.hand_in(answer + "\r")

    def _line(self, asked: str) -> tuple[str | None, str]:
        """What a line is a mark of, if of anything, and what to say on it."""
        for measure, words in _SCALES:
            if words in asked:
                mark = str(self.rng.randint(1, 4)) if self.rng.random() < 0.8 else ""
                return (measure if mark else None), mark
        if _WAY_IN.search(asked):
            return "way-in", str(self.rng.randint(1, 3))
        if m.OFFER_ASK in asked:
            answer = self.rng.choice(["1", "2", "2", "", "4"])
            return ("step" if answer == "1" else None), answer
        answer = next((self.rng.choice(answers) for words, answers in self.lines.items() if words in asked), "")
        if m.CUT_OFF_ASK in asked and answer == "2":
            self.start = ""
        return None, answer

    def _write(self, keys: str) -> None:
        if self.page is None or self.page.handed_in:
            self.page = Page(self.start)
            self.pages.append(self.page)
            self.start = ""
        page = self.page
        pieces = 0 if self.rng.random() < 0.15 else self.rng.choice([2, 5, 10, 40])
        for _ in range(pieces):
            self._type(page, self._piece(len(page.typed)))
            self.pause(self.rng.expovariate(15))
        page.key = self.rng.choice(keys)
        self.hand_in(page.key)

    def _piece(self, number: int) -> str:
        """Some letters that no other page has; they end with one that is no blank."""
        if number == 0:
            return f"{self.name}-{len(self.pages)} "
        words = " ".join(self.rng.choices(_WORDS, k=self.rng.choice([1, 1, 1, 2])))
        return f"{words}{self.rng.choice([' ', ' ', ', ', chr(10)])}{number}"

    def _type(self, page: Page, text: str) -> None:
        pasted = self.rng.random() < 0.05
        keys = f"\x1b[200~{text}\x1b[201~" if pasted else text.replace("\n", "\r")
        self.terminal.send(keys)
        page.typed.append((time.monotonic(), text))

    # --- the end ---------------------------------------------------------------------------

    def kill(self) -> float:
        """Bring the window to its end, read what it had still shown; the moment it happened."""
        self._wait_until_it_has_begun()
        begun = bool(self.terminal.seen)
        moment = time.monotonic()
        self.way.do(self.terminal)
        while self.terminal.process.poll() is None and time.monotonic() < moment + AT_ONCE:
            if not self.terminal._read(0.05):  # what it says last must have somewhere to go
                time.sleep(0.01)
        self._see_how_it_ended(begun=begun)
        while self.terminal._read(5):
            pass
        self._last_words()
        return moment

    def _wait_until_it_has_begun(self) -> None:
        """Where the terminal is to be the program's own, wait until it is, or the program is done already."""
        terminal = self.terminal
        while self.way.own and not os.tcgetpgrp(terminal.screen) and terminal.process.poll() is None:
            time.sleep(0.001)

    def _see_how_it_ended(self, *, begun: bool) -> None:
        """Whether the program is gone, with a code that is documented; it may have been done just before."""
        code = self.terminal.process.poll()
        if code is None:
            self.terminal.process.kill()
            self.terminal.process.wait()
            self.faults.append(f"still there {AT_ONCE} s after: {self.way.name}")
        elif begun and code not in (0, *self.way.codes):
            self.faults.append(f"code {code} after: {self.way.name}")


def _plain_words(template: str) -> str:
    return " ".join(template.partition("{")[0].split())


_WAY_IN = re.compile(r"\d+ of \d+ “")
_SCALES = [(measure.id, _plain_words(measure.question)) for measure in measures()]
_SECRETS = [
    *((asked, PASSPHRASE + "\n") for asked in (m.ASK_PASSPHRASE, m.ASK_PASSPHRASE_NEW, m.ASK_PASSPHRASE_AGAIN)),
    (m.ASK_PASSPHRASE_OR_NONE, PASSPHRASE + "\n"),
    (m.CODE_WRITTEN_DOWN, "\n"),
]
"""What is asked without the letters being seen, and what is typed then."""

_LINES = {
    m.CUT_OFF_ASK: ["", "", "", "", "2"],
    m.STEP_HOW: ["1", "2", "3", ""],
    m.OTHER_THEME_ASK: ["", "1", "2", "5", "9"],
    m.ASK_ROLE: ["1"],
    m.ASK_NAME["mother"]: ["Daniel"],
    _plain_words(m.ASK_CALL["mother"]): ["my son"],
    _plain_words(m.ASK_THEY): ["2"],
    _plain_words(m.ASK_CONTACT): ["1", "2", "6"],
    m.WAY_IN_ASK: ["1", "2"],
}

_BREATHS = [" ".join(closing.text.split()) for closing in closings() if closing.part is Part.BREATH]
_ASIDES = ["^C", m.HELP_CARD, m.SOFT_STOP, m.INTERRUPTED, *_BREATHS]
"""What is shown after a reply and promises nothing of it; the first by the terminal itself."""
