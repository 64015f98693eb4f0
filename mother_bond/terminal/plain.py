"""The desk that reads plain lines: for screen readers, pipes and scripts. It needs no terminal.

A written answer is every line up to one that holds a single `.`; a choice or a number is one line.
Who ends those with a `.` line too is understood: from the first one on, such a line is passed over.
Commands begin with a slash and stand alone on a line (`/help` lists them). The end of the input
means "enough for today".
"""

from __future__ import annotations

import sys
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Reply, Said, Tone
from mother_bond.errors import MotherBondError, UsageError
from mother_bond.terminal.reading import decode
from mother_bond.wording.keepable import LONGEST_TEXT
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mother_bond.domain.measure import Measure

END = "."
KEEP_EVERY_LINE = 50_000
MOST_MISREAD = 100
"""Lines that are no answer to what was asked, after which a file or a program at the other end is not read on."""

_COMMANDS = {f"/{said.value}": said for said in Said if said is not Said.GIVEN}


class PlainDesk:
    """Questions on standard error, answers from standard input."""

    def __init__(self) -> None:
        self._ends_with_dot: bool | None = None
        self._after_one_line = False
        self._explained = False
        self._lines_read = 0
        self._misread = 0

    def tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Say something on standard error; a title has a line of room above it."""
        before = "\n" if tone is Tone.TITLE else ""
        sys.stderr.write(before + visible(text) + "\n")
        sys.stderr.flush()

    def pick(self, question: str, options: Sequence[tuple[str, str]], default: str | None = None) -> Reply:
        """A choice by its number, its key or its label; an empty line takes the default or skips."""
        self.tell(question)
        for number, (_, label) in enumerate(options, 1):
            self.tell(f"  {number}. {label}")
        while True:
            reply = self._one_line()
            if reply.said is Said.SKIP and default is not None:
                return Reply(Said.GIVEN, default)
            if reply.said in (Said.SKIP, Said.ENOUGH):
                return reply
            key = chosen(reply.text, options)
            if key is not None:
                return Reply(Said.GIVEN, key)
            self._ask_again(m.PICK_AGAIN.format(n=len(options)))

    def scale(self, question: str, measure: Measure) -> Reply:
        """A point on a scale by its number, or by its word where the points have words."""
        self.tell(question)
        options = [(str(n), word) for n, word in enumerate(measure.words, 1)]
        if options:
            return self._number(self.pick(m.PICK_ONE, options))
        self.tell(m.SCALE_ENDS.format(low=measure.low, high=measure.high, highest=measure.highest))
        if measure.skip:
            self.tell(m.SCALE_SKIP.format(skip=measure.skip))
        while True:
            reply = self._one_line()
            if reply.said in (Said.SKIP, Said.ENOUGH) or reply.text == measure.skip:
                return Reply(Said.SKIP) if reply.text else reply
            number = as_point(reply.text, measure.highest)
            if number:
                return Reply(Said.GIVEN, number=number)
            self._ask_again(m.SCALE_AGAIN.format(highest=measure.highest))

    def _ask_again(self, wanted: str) -> None:
        """Say what is wanted; a person may be mistaken as often as they like."""
        self._misread += 1
        if self._misread > MOST_MISREAD and not sys.stdin.isatty():
            raise UsageError(m.PLAIN_NO_ANSWER.format(line=self._lines_read), m.PLAIN_NO_ANSWER_HINT)
        self.tell(wanted)

    @staticmethod
    def _number(reply: Reply) -> Reply:
        return Reply(Said.GIVEN, number=int(reply.text)) if reply.said is Said.GIVEN else reply

    def line(self, question: str, default: str = "") -> Reply:
        """A single line; an empty one takes the default."""
        self.tell(f"{question} [{default}]" if default else question)
        reply = self._one_line()
        return Reply(Said.GIVEN, default) if reply.said is Said.SKIP and default else reply

    def write(self, ask: Ask) -> Reply:
        """Lines up to a single `.`, or up to the end of the input, after the draft if there is one."""
        if ask.heading:
            self.tell(ask.heading, Tone.TITLE)
        self.tell(ask.question)
        if ask.draft:
            self.tell(m.PLAIN_SUGGESTION if ask.suggested else m.PLAIN_DRAFT)
            self.tell(ask.draft)
        if not self._explained:
            self.tell(m.PLAIN_WRITE)
            self._explained = True
        return self._lines(ask)

    def _lines(self, ask: Ask) -> Reply:
        lines = [ask.draft] if ask.draft and not ask.suggested else []
        first, size, kept = len(lines), len(ask.draft), 0.0
        while (line := self._read()) is not None and line != END:
            said = _COMMANDS.get(line.strip()) if len(lines) == first else None
            if said and (ask.walking or said in (Said.SKIP, Said.ENOUGH)):
                return Reply(said, "" if said is Said.SKIP else ask.draft)
            if said:
                self.tell(m.PLAIN_NOT_HERE)
                continue
            lines.append(line)
            size += len(line) + 1
            if size > LONGEST_TEXT:
                raise UsageError(m.TEXT_TOO_LONG, m.TEXT_HINT)
            # a long text is not written anew for every line of it
            if ask.keep and (size < KEEP_EVERY_LINE or monotonic() - kept > 1):
                with suppress(MotherBondError):  # a disk that refuses is told of when the answer is saved
                    ask.keep("\n".join(lines))
                kept = monotonic()
        text = "\n".join(lines) if lines else ask.draft
        if line is None:
            return Reply(Said.ENOUGH, text)
        return Reply(Said.GIVEN, text) if text.strip() else Reply(Said.SKIP)

    def _one_line(self) -> Reply:
        line = self._read()
        if line is None:
            return Reply(Said.ENOUGH)
        self._after_one_line = True
        text = line.strip()
        said = _COMMANDS.get(text)
        if said in (Said.SKIP, Said.ENOUGH):
            return Reply(said)
        if text == END:  # an empty answer that ends as written ones do: no line of its own follows
            self._after_one_line, self._ends_with_dot = False, True
        return Reply(Said.GIVEN, text) if text and text != END else Reply(Said.SKIP)

    def _read(self) -> str | None:
        """The next line without its end, or None at the end of the input."""
        data = sys.stdin.buffer.readline(LONGEST_TEXT + 2)
        self._lines_read += 1
        line = decode(data, self._lines_read - 1).removesuffix("\n").removesuffix("\r") if data else None
        if self._after_one_line:
            self._after_one_line = False
            if self._ends_with_dot is None:
                self._ends_with_dot = line == END
            if self._ends_with_dot and line == END:
                return self._read()
        return line


def as_point(typed: str, highest: int) -> int:
    """A whole number from 1 to `highest`, or 0 when that is not what was typed."""
    plain = typed.isascii() and typed.isdigit() and len(typed) < 4
    return int(typed) if plain and 1 <= int(typed) <= highest else 0


def chosen(typed: str, options: Sequence[tuple[str, str]]) -> str | None:
    """The key of the option that was meant: by number, key, label, or the beginning of one label."""
    wanted = typed.strip().casefold()
    number = as_point(wanted, len(options))
    if number:
        return options[number - 1][0]
    for key, label in options:
        if wanted in (key.casefold(), label.casefold()):
            return key
    begins = [key for key, label in options if wanted and label.casefold().startswith(wanted)]
    return begins[0] if len(begins) == 1 else None
