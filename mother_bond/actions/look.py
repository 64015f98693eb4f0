"""Look back: single entries, a year of days, and the same question then and now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.errors import NotFoundError
from mother_bond.storage import look

if TYPE_CHECKING:
    from mother_bond.domain.entry import Answer, Session
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store


class Year(NamedTuple):
    """A year of days, with the number of sessions on each that has any."""

    year: int
    days: dict[str, int]


class Both(NamedTuple):
    """One question and its answers, oldest first, with the short id and the day of each."""

    question: str
    prompt: str
    cause: str | None
    answers: tuple[tuple[str, str, str], ...]


class Found(NamedTuple):
    """One entry, or one answer of it."""

    session: Session
    answer: Answer | None = None


def calendar(store: Store, year: int, meant: Which) -> Year:
    """A year of days."""
    return Year(year, look.days_written(store, year, meant))


def show(store: Store, typed: str, *, with_trashed: bool = False) -> Found:
    """One entry by its short id, or one answer of it ("k7fm.2").

    Raises `NotFoundError` where there is none, or it lies in the trash.
    """
    ref, _, position = typed.partition(".")
    session = look.session(store, look.find_ref(store, ref), with_trashed=with_trashed)
    if session.trashed_at and not with_trashed:
        raise NotFoundError(m.ENTRY_TRASHED, m.ENTRY_TRASHED_HINT)
    if not position:
        return Found(session)
    answer = next((a for a in session.answers if str(a.position) == position), None)
    if answer is None:
        raise NotFoundError(m.ANSWER_NONE, m.ENTRY_NONE_HINT)
    return Found(session, answer)


def then_and_now(store: Store, meant: Which, prompt: str | None, least: timedelta) -> tuple[Both, ...]:
    """Questions that were answered more than once, at least `least` apart, the longest span first."""
    found = look.answered_again(store, meant, prompt)
    spans = []
    for (question_id, cause, _), answers in found.items():
        first, last = date.fromisoformat(answers[0][1]), date.fromisoformat(answers[-1][1])
        if last - first >= least:
            latest_question = answers[-1][3]
            both = Both(latest_question, question_id, cause, tuple(a[:3] for a in answers))
            spans.append((last - first, both))
    return tuple(both for _, both in sorted(spans, key=lambda pair: pair[0], reverse=True))
