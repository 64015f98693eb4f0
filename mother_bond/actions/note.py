"""A free line or page, with or without a theme."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Desk
from mother_bond.actions.saved import Saved, finished
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
    at = clock.moment(day, begun)
    session, draft = sessions.cut_off_note(store, bond.id, NOTE) or (None, "")
    if session is None:
        new = Session(clock.new_id(), "", bond, at, day.isoformat(), cause)
        session = sessions.start(store, new, NOTE).id

    def keep(text: str) -> None:
        sessions.keep_draft(store, session, None, None, text, now().isoformat())

    reply = desk.write(Ask(m.NOTE_ASK, draft=draft, keep=keep))
    with store.writing():
        if reply.text.strip():
            sessions.add_answer(store, session, Answer(clock.new_id(), 1, reply.text, now().isoformat()))
        return finished(store, session, round((now() - begun).total_seconds()))
