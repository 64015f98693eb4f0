"""A desk with a script: what a test says in the writer's place, and what it was told and asked there."""

import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from mother_bond import clock
from mother_bond.actions.desk import Ask, Reply, Said, Tone
from mother_bond.actions.reflect import Wish, reflect
from mother_bond.actions.saved import Saved
from mother_bond.bundled import Library
from mother_bond.domain.bond import Bond, Contact, Role
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.domain.measure import Measure
from mother_bond.storage import bonds, look, sessions
from mother_bond.storage.store import Store

TODAY = date(2026, 11, 20)


class Asked(NamedTuple):
    """A question as the desk was asked it: which kind (pick, scale, line, write), and its particulars."""

    kind: str
    question: str
    keys: tuple[str, ...] = ()
    measure: Measure | None = None
    ask: Ask | None = None

    @property
    def draft(self) -> str:
        return self.ask.draft if self.ask else ""


class Typed(NamedTuple):
    """Text that was being written, and kept as a draft, when `then` happened."""

    text: str
    then: Said | BaseException


Line = int | str | Said | Reply | Typed | BaseException | Callable[[Asked], "Line"]
"""One line of a script: a number on a scale, a key or a text, a key that was pressed, or what went wrong."""


class ScriptedDesk:
    """Replies with its script, line by line, and with `otherwise` when that has come to its end."""

    def __init__(self, *script: Line, otherwise: Line = Said.ENOUGH) -> None:
        self.script = deque(script)
        self.otherwise = otherwise
        self.told: list[str] = []
        self.asked: list[Asked] = []

    @property
    def walked(self) -> list[str]:
        """The questions of a theme that were shown."""
        return [asked.question for asked in self.asked if asked.ask and asked.ask.walking]

    @property
    def scales(self) -> list[str]:
        """The measures that were asked."""
        return [asked.measure.id for asked in self.asked if asked.measure]

    def tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.told.append(text)

    def pick(self, question: str, options: Sequence[tuple[str, str]], default: str | None = None) -> Reply:
        reply = self._reply(Asked("pick", question, tuple(key for key, _ in options)))
        return Reply(Said.GIVEN, default) if reply.said is Said.SKIP and default else reply

    def scale(self, question: str, measure: Measure) -> Reply:
        return self._reply(Asked("scale", question, measure=measure))

    def line(self, question: str, default: str = "") -> Reply:
        reply = self._reply(Asked("line", question))
        return Reply(Said.GIVEN, default) if reply.said is Said.SKIP and default else reply

    def write(self, ask: Ask) -> Reply:
        return self._reply(Asked("write", ask.question, ask=ask))

    def _reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        assert len(self.asked) < 300, "the sitting does not end"
        return _said(self.script.popleft() if self.script else self.otherwise, asked)


def _said(line: Line, asked: Asked) -> Reply:
    match line:
        case Reply():
            return line
        case Typed(text, then):
            assert asked.ask is not None
            assert asked.ask.keep is not None
            asked.ask.keep(text)
            return _said(Reply(then, text) if isinstance(then, Said) else then, asked)
        case BaseException():
            raise line
        case Said():
            return Reply(line, "" if line is Said.SKIP else asked.draft)
        case int():
            assert asked.kind == "scale", f"a number was given to: {asked.question}"
            return Reply(Said.GIVEN, number=line)
        case str():
            assert asked.kind != "scale", f"a text was given to: {asked.question}"
            assert asked.kind != "pick" or line in asked.keys, f"{line} is none of {asked.keys}"
            return Reply(Said.GIVEN, line)
    return _said(line(asked), asked)


def answers_all(asked: Asked) -> Line:
    """A writer in good heart, who answers everything and takes no step on."""
    if asked.measure:
        return 5 if asked.measure.highest == 7 else 2
    return "some words of mine" if asked.ask else Said.SKIP


def at_nine(day: date) -> datetime:
    """Nine in the evening of a day."""
    return datetime.combine(day, time(21), UTC)


def sit(
    store: Store, library: Library, bond: Bond, desk: ScriptedDesk, day: date = TODAY, **wish: int | str | bool
) -> Saved:
    """One sitting on `day`, at nine in the evening."""
    return reflect(store, library, bond, desk, Wish(day, **wish), now=lambda: at_nine(day))  # type: ignore[arg-type]


def new_bond(store: Store, role: Role = Role.MOTHER, contact: Contact = Contact.IN_TOUCH) -> Bond:
    """One more bond, with a past of its own: none."""
    made = Bond(clock.new_id(), role, f"Sam {clock.new_id()}", "my one", contact=contact)
    bonds.put(store, made)
    return made


def sat_before(store: Store, library: Library, bond: Bond, cause: str, day: date, prompt: str | None = None) -> None:
    """An earlier sitting on a theme, at the length it is needed: one answer."""
    first = next(p for p in library.pack(cause).prompts if p.role is bond.role)
    answer = Answer(clock.new_id(), 1, "words from before", at_nine(day).isoformat(), prompt or first.id, first.text)
    whole = Session(clock.new_id(), "", bond, at_nine(day).isoformat(), day.isoformat(), cause, answers=(answer,))
    sessions.start(store, whole)


def took_before(store: Store, bond: Bond, day: date, practice: str | None = None) -> Session:
    """A step that was taken on, and is still resting."""
    at = at_nine(day).isoformat()
    step = Step("When the kettle boils, I will wait.", StepState.RESTING, at, at, practice)
    return sessions.start(store, Session(clock.new_id(), "", bond, at, day.isoformat(), step=step))


def marked_before(store: Store, bond: Bond, day: date, **checkin: int) -> None:
    """An earlier check-in; a hyphen in a measure is written as an underscore."""
    marks = {measure.replace("_", "-"): value for measure, value in checkin.items()}
    at = at_nine(day).isoformat()
    sessions.start(store, Session(clock.new_id(), "", bond, at, day.isoformat(), checkin=marks))


def all_sessions(store: Store, bond: Bond | None = None) -> list[Session]:
    """Every session there is, oldest first, with what lies in the trash."""
    ids = store.rows("SELECT id FROM session WHERE ?1 IS NULL OR bond_id = ?1 ORDER BY row", bond.id if bond else None)
    return [look.session(store, row["id"], with_trashed=True) for row in list(ids)]


def the_session(store: Store, bond: Bond | None = None) -> Session:
    """The only session there is."""
    (session,) = all_sessions(store, bond)
    return session


def texts(store: Store, bond: Bond | None = None) -> list[str]:
    """Every text in the journal, oldest first."""
    return [answer.text for session in all_sessions(store, bond) for answer in session.answers]


def drafts(store: Store, bond: Bond | None = None) -> list[str]:
    """Every text that is kept as a draft."""
    sql = "SELECT text FROM draft d JOIN session s ON s.id = d.session_id WHERE ?1 IS NULL OR s.bond_id = ?1"
    return [row["text"] for row in store.rows(sql, bond.id if bond else None)]


def anew(path: Path) -> Store:
    """The journal as another program would find it now."""
    from mother_bond.storage.store import open_store

    return open_store(path)


class Done(NamedTuple):
    """What the program did, in a process of its own."""

    code: int
    out: str
    err: str


def program(*arguments: str, given: bytes = b"") -> Done:
    """Run the program as it is installed, with `given` on standard input."""
    command = [sys.executable, "-m", "mother_bond", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())
