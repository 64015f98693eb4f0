"""A sitting or a note as it was left. Kept apart, so that a note is quick to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.storage import look, sessions

if TYPE_CHECKING:
    from mother_bond.domain.entry import Session
    from mother_bond.storage.store import Store


class Saved(NamedTuple):
    """A sitting as it was left; `session` is None when nothing was written."""

    session: Session | None
    words: int = 0

    @property
    def minutes(self) -> int | None:
        """Whole minutes, at least one; None when the time was not taken."""
        seconds = self.session.seconds if self.session else None
        return None if seconds is None else max(1, round(seconds / 60))


def finished(store: Store, session_id: str, seconds: int | None) -> Saved:
    """End a session and say what it holds."""
    if not sessions.finish(store, session_id, seconds):
        return Saved(None)
    session = look.session(store, session_id)
    return Saved(session, sum(len(answer.text.split()) for answer in session.answers))
