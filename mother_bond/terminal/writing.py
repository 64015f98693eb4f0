"""The desk for a person at a screen: linear, so that what was written stays above, as on paper."""

from __future__ import annotations

import atexit
import sys
import textwrap
from contextlib import suppress
from typing import TYPE_CHECKING, Any

# prompt_toolkit brings asyncio, and asyncio would load TLS, which nothing here will ever use
sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]

from asyncio import CancelledError, get_running_loop, sleep

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions.desk import Ask, Reply, Said, Tone
from mother_bond.errors import MotherBondError
from mother_bond.terminal.editor import edited
from mother_bond.terminal.output import WIDEST
from mother_bond.terminal.plain import chosen
from mother_bond.terminal.wrapping import one_row_on, row_at, rows_of, show_in_rows
from mother_bond.wording.keepable import unkeepable
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from prompt_toolkit.buffer import Buffer

    from mother_bond.domain.measure import Measure

KEEP_EVERY = 1.0
"""Seconds between two savings of the text that is being typed."""

MARGIN = "  "
_STYLE = Style.from_dict(
    {
        "title": "bold",
        "quiet": "fg:ansibrightblack",
        "words": "italic",
        "plain": "",
        "mark": "fg:ansicyan",
        "bottom-toolbar": "noreverse fg:ansibrightblack",
    }
)
_KEYS = {"c-n": Said.OTHER_QUESTION, "c-t": Said.OTHER_THEME, "c-y": Said.WHY, "c-g": Said.HELP, "c-f": Said.FEELINGS}


def _let_ctrl_s_through() -> None:
    """Between two prompts Ctrl-S would freeze the terminal until Ctrl-Q; it is set back at the end."""
    try:
        import termios
    except ImportError:  # not on Windows, where there is nothing to freeze
        return
    with suppress(termios.error, ValueError):
        screen = sys.stdin.fileno()
        before = termios.tcgetattr(screen)
        during = [before[0] & ~termios.IXON, *before[1:]]
        termios.tcsetattr(screen, termios.TCSANOW, during)
        atexit.register(termios.tcsetattr, screen, termios.TCSANOW, before)


_LINE_KEYS = KeyBindings()


@_LINE_KEYS.add("c-s")
def _as_enter(event: KeyPressEvent) -> None:
    """Ctrl-S goes on from a line as it does from a page."""
    event.current_buffer.validate_and_handle()


def fold(text: str, columns: int) -> list[str]:
    """`text` in lines that fit between the margins, its own line ends kept."""
    width = max(20, min(columns, WIDEST) - 2 * len(MARGIN))
    lines: list[str] = []
    for line in visible(text).split("\n"):
        lines += textwrap.wrap(line, width, break_on_hyphens=False) or [""]
    return lines


class ScreenDesk:
    """Questions and writing with prompt_toolkit; nothing typed is kept in any history."""

    def __init__(self) -> None:
        self._session: PromptSession[str] = PromptSession(history=DummyHistory(), style=_STYLE)
        show_in_rows(self._session, len(MARGIN * 2))
        self._line: PromptSession[str] = PromptSession(history=DummyHistory(), style=_STYLE)
        _let_ctrl_s_through()

    def tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Say something, with room above a title and around the writer's own words."""
        self._print(text, tone, room=tone is Tone.TITLE)

    def _print(self, text: str, tone: Tone = Tone.PLAIN, *, room: bool = True) -> None:
        columns = self._session.output.get_size().columns
        indent = MARGIN * 2 if tone is Tone.WORDS else MARGIN
        before = "\n" if room else ""
        body = "\n".join(f"{indent}{line}".rstrip() for line in fold(text, columns))
        print_formatted_text(
            FormattedText([(f"class:{tone.value}", before + body)]), style=_STYLE, output=self._session.output
        )

    def pick(self, question: str, options: Sequence[tuple[str, str]], default: str | None = None) -> Reply:
        """A choice by number or by its first letters; Enter alone takes the default, or skips."""
        self._print(question)
        listed = [f"{number} {label}" for number, (_, label) in enumerate(options, 1)]
        short = " · ".join(listed)
        if len(short) <= 70:
            self.tell(short, Tone.QUIET)
        else:
            for line in listed:
                self.tell(line, Tone.QUIET)
        while True:
            reply = self._one_line()
            if reply.said is Said.SKIP and default is not None:
                return Reply(Said.GIVEN, default)
            if reply.said is not Said.GIVEN:
                return reply
            key = chosen(reply.text, options)
            if key is not None:
                return Reply(Said.GIVEN, key)
            self.tell(m.PICK_AGAIN.format(n=len(options)), Tone.QUIET)

    def scale(self, question: str, measure: Measure) -> Reply:
        """A point on a scale; Enter alone skips it."""
        if measure.words:
            reply = self.pick(question, [(str(n), word) for n, word in enumerate(measure.words, 1)])
            return Reply(Said.GIVEN, number=int(reply.text)) if reply.said is Said.GIVEN else reply
        self._print(question)
        ends = m.SCALE_PICTURE if measure.picture else m.SCALE_LINE
        skip = m.SCALE_SKIP.format(skip=measure.skip) if measure.skip else ""
        self.tell(ends.format(low=measure.low, high=measure.high, highest=measure.highest) + " " + skip, Tone.QUIET)
        while True:
            reply = self._one_line()
            if reply.said is not Said.GIVEN:
                return reply
            if reply.text == measure.skip:
                return Reply(Said.SKIP)
            if reply.text in {str(n) for n in range(1, measure.highest + 1)}:
                return Reply(Said.GIVEN, number=int(reply.text))
            self.tell(m.SCALE_AGAIN.format(highest=measure.highest), Tone.QUIET)

    def line(self, question: str, default: str = "") -> Reply:
        """A single line; Enter alone takes the default."""
        self._print(f"{question} [{default}]" if default else question)
        reply = self._one_line()
        return Reply(Said.GIVEN, default) if reply.said is Said.SKIP and default else reply

    @staticmethod
    def _prompt(
        session: PromptSession[str], beside: Callable[[], Coroutine[Any, Any, None]] | None = None, **how: Any
    ) -> str:
        """What was typed at a prompt, while something runs `beside` it; `EOFError` when Ctrl-D was all that was.

        Raises `KeyboardInterrupt` when it was stopped, or the terminal has gone: that says nothing about enough.
        """

        def hand_over(_loop: object, context: dict[str, Any]) -> None:
            """A fault in what runs here ends the prompt, to be met where all faults are."""
            if session.app.is_running and not session.app.is_done:
                session.app.exit(exception=context.get("exception") or RuntimeError())

        def start() -> None:
            get_running_loop().set_exception_handler(hand_over)
            if beside:
                session.app.create_background_task(beside())

        try:
            return session.prompt(
                [("class:mark", f"{MARGIN}› ")],
                pre_run=start,
                set_exception_handler=False,  # its own shows a traceback
                handle_sigint=False,  # its own is a key in a queue, and left there by whoever has just pressed Enter
                **how,
            )
        except CancelledError:  # asyncio's own handler, in the instant in which it is set up
            raise KeyboardInterrupt from None
        except EOFError:
            if session.app.input.closed:
                raise KeyboardInterrupt from None
            raise

    def _one_line(self) -> Reply:
        try:
            text = self._prompt(self._line, key_bindings=_LINE_KEYS).strip()
        except EOFError:
            return Reply(Said.ENOUGH)
        if text in ("/skip", "/enough"):
            return Reply(Said(text[1:]))
        return Reply(Said.GIVEN, text) if text else Reply(Said.SKIP)

    def write(self, ask: Ask) -> Reply:
        """Several lines; Enter is a new line, Ctrl-S goes on, and the text is kept as it grows."""
        if ask.heading:
            self._print(ask.heading, Tone.QUIET)
        self._print(ask.question, room=not ask.heading)
        while True:
            reply = self._writing(ask)
            fault = unkeepable(reply.text)
            if fault is None:
                return reply
            self.tell(m.TEXT_REFUSED.format(reason=fault), Tone.QUIET)
            ask = ask._replace(draft=_keepable(reply.text))

    def _writing(self, ask: Ask) -> Reply:
        kept = ask.draft

        def keep_now() -> None:
            nonlocal kept
            text = _keepable(self._session.default_buffer.text)
            if ask.keep and text != kept:
                ask.keep(text)
                kept = text

        async def keep_on() -> None:
            while True:
                await sleep(KEEP_EVERY)
                with suppress(MotherBondError):  # a disk that refuses is told of when the answer is saved
                    keep_now()

        try:
            said = self._prompt(
                self._session,
                multiline=True,
                default=ask.draft,
                prompt_continuation=MARGIN * 2,
                key_bindings=self._bindings(keep_now, walking=ask.walking),
                bottom_toolbar=lambda: self._toolbar(walking=ask.walking),
                beside=keep_on,
            )
        except (KeyboardInterrupt, OSError):  # stopped, or the terminal has gone
            keep_now()
            raise
        text = self._session.default_buffer.text.rstrip("\n")
        if said == Said.GIVEN and not text.strip():
            return Reply(Said.SKIP)
        return Reply(Said(said), text)

    def _toolbar(self, *, walking: bool) -> FormattedText:
        """The keys there are, in as many lines as the window needs."""
        columns = self._session.output.get_size().columns
        lines = [MARGIN]
        for key in m.KEYS_WALKING if walking else m.KEYS:
            longer = f"{lines[-1]} · {key}" if lines[-1].strip() else MARGIN + key
            if len(longer) < columns:
                lines[-1] = longer
            else:
                lines.append(MARGIN + key)
        return FormattedText([("class:bottom-toolbar", "\n".join(lines))])

    def _bindings(self, keep_now: Callable[[], None], *, walking: bool) -> KeyBindings:
        keys = KeyBindings()

        def leave(said: Said) -> Callable[[KeyPressEvent], None]:
            return lambda event: event.app.exit(result=said.value)

        for key in ("c-s", "f2"):
            keys.add(key)(leave(Said.GIVEN))
        keys.add("escape", "enter")(leave(Said.GIVEN))
        keys.add("c-d")(leave(Said.ENOUGH))
        for key, said in _KEYS.items() if walking else ():
            keys.add(key)(leave(said))

        keys.add("up")(lambda event: self._go_one_row(event.current_buffer, -1))
        keys.add("down")(lambda event: self._go_one_row(event.current_buffer, 1))
        keys.add("home")(lambda event: self._go_in_row(event.current_buffer, 0))
        keys.add("end")(lambda event: self._go_in_row(event.current_buffer, 1))
        keys.add("enter")(lambda event: event.current_buffer.insert_text("\n"))  # without the indent of the line above

        @keys.add("c-x")
        def _editor(event: KeyPressEvent) -> None:
            async def go() -> None:
                await run_in_terminal(lambda: self._in_editor(keep_now))

            event.app.create_background_task(go())

        return keys

    def _go_one_row(self, buffer: Buffer, step: int) -> None:
        place, column = one_row_on(buffer.text, buffer.cursor_position, self._columns, step, buffer.preferred_column)
        buffer.cursor_position = place
        buffer.preferred_column = column  # so that short rows on the way do not draw it to the left

    def _go_in_row(self, buffer: Buffer, to: int) -> None:
        found = rows_of(buffer.text, self._columns)
        buffer.cursor_position = found[row_at(found, buffer.cursor_position)][to]

    @property
    def _columns(self) -> int:
        """How wide the rows of a page are."""
        return max(1, self._session.output.get_size().columns - len(MARGIN * 2))

    def _in_editor(self, keep_now: Callable[[], None]) -> None:
        buffer = self._session.default_buffer
        try:
            with edited(_keepable(buffer.text), paths.home()) as text:
                buffer.text = text
                buffer.cursor_position = len(text)
                keep_now()
        except MotherBondError as error:
            self.tell(f"{error.message} {error.hint}")


def _keepable(text: str) -> str:
    """`text` without what cannot be kept: bytes that were no text, and NULs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
