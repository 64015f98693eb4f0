"""A free line or page, with or without a theme."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Desk
from mother_bond.actions.saved import Saved, finished
from mother_bond.actions.saving import save_patiently
from mother_bond.domain.entry import Answer, Session
from mother_bond.storage import sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

NOTE = json.dumps({"note": True})
"""The progress of a note that is being typed."""


def add(store: Store, bond: Bond, text: str, day: date, cause: str | None = None) -> Saved:
    """Keep a note whose text is already there; an empty one is not kept."""
    if not text.strip():
        return Saved(None)
    at = clock.moment(day, clock.now())
    answer = Answer(clock.new_id(), 1, text, at)
    session = Session(clock.new_id(), "", bond, at, day.isoformat(), cause, answers=(answer,))
    return Saved(sessions.start(store, session), len(text.split()))


def write(
    store: Store,
    bond: Bond,
    desk: Desk,
    day: date,
    cause: str | None = None,
    now: Callable[[], datetime] = clock.now,
) -> Saved:
    """Ask for a note; what is being typed is kept as a draft, and a note that was cut off comes back."""
    begun = now()
    sheet = _Sheet(store, Session(clock.new_id(), "", bond, clock.moment(day, begun), day.isoformat(), cause))
    draft = sheet.take_up()
    reply = desk.write(Ask(m.NOTE_ASK, draft=draft, keep=lambda text: sheet.keep(text, now().isoformat())))
    if not reply.text.strip():
        return sheet.clear()
    seconds = clock.seconds_since(begun, now())
    return save_patiently(desk, lambda: sheet.hand_in(reply.text, now().isoformat(), seconds))


class _Sheet:
    """The session a note will be; it is in the journal only once there is something on it."""

    def __init__(self, store: Store, session: Session) -> None:
        self.store, self.session = store, session

    def take_up(self) -> str:
        """The text of a note that was cut off, which this one goes on with."""
        cut = sessions.cut_off_note(self.store, self.session.bond.id, NOTE)
        if cut is None:
            return ""
        self.session = self.session._replace(id=cut[0])
        return cut[1]

    def lay_out(self) -> None:
        """See that the session is there and open: another window may have finished or left it."""
        if sessions.is_unfinished(self.store, self.session.id):
            return
        if sessions.has_session(self.store, self.session.id):
            self.session = self.session._replace(id=clock.new_id())
        sessions.start(self.store, self.session, NOTE)

    def keep(self, text: str, at: str) -> None:
        """Keep what is being typed."""
        with self.store.impatient(), self.store.writing():
            self.lay_out()
            sessions.keep_draft(self.store, self.session.id, None, None, text, at)

    def hand_in(self, text: str, at: str, seconds: int) -> Saved:
        """Make an entry of it."""
        with self.store.writing():
            self.lay_out()
            place = sessions.next_position(self.store, self.session.id)
            sessions.add_answer(self.store, self.session.id, Answer(clock.new_id(), place, text, at))
            return finished(self.store, self.session.id, seconds)

    def clear(self) -> Saved:
        """Everything was deleted again: leave nothing behind."""
        sessions.drop_draft(self.store, self.session.id)
        if sessions.is_unfinished(self.store, self.session.id):
            return finished(self.store, self.session.id, None)
        return Saved(None)


def is_cut_off(store: Store, bond: Bond) -> bool:
    """Whether a note about this bond was cut off while it was typed."""
    return sessions.cut_off_note(store, bond.id, NOTE) is not None
