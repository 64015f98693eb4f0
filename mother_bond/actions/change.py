"""Edit, delete, restore and purge what was written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Desk, Said
from mother_bond.actions.look import Found, show
from mother_bond.actions.saving import save_patiently
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.storage import change, look, sessions
from mother_bond.storage.change import Target
from mother_bond.storage.lines import Which, recent

if TYPE_CHECKING:
    from mother_bond.domain.entry import Answer
    from mother_bond.domain.line import Line
    from mother_bond.storage.store import Store


class Changed(NamedTuple):
    """What was done, to which entry or answer."""

    done: str
    ref: str


def changed(done: str, ref: str) -> Changed:
    """What was done, said of the entry or answer it was done to."""
    return Changed(done.format(ref=ref), ref)


class InTrash(NamedTuple):
    """What lies in the trash: whole entries, and single answers of others ("k7fm.2"); and the day each is purged."""

    lines: tuple[Line, ...]
    answers: tuple[str, ...]
    goes: dict[str, str]


class Purged(NamedTuple):
    """How many things are gone for good, and whether the log of the journal was emptied of them too."""

    number: int
    log_emptied: bool


def the_answer(store: Store, typed: str) -> tuple[str, Answer]:
    """The one answer that is meant, with how to name it.

    Raises `UsageError` when an entry of several answers was named.
    """
    found = show(store, typed)
    answers = (found.answer,) if found.answer else found.session.answers
    if not answers:
        raise NotFoundError(m.ANSWERS_NONE, m.ENTRY_NONE_HINT)
    if len(answers) > 1:
        raise UsageError(m.ANSWER_WHICH.format(ref=found.session.ref, n=len(answers)), m.ANSWER_WHICH_HINT)
    answer = answers[0]
    return f"{found.session.ref}.{answer.position}", answer


def edit(store: Store, typed: str, text: str) -> Changed:
    """Give an answer a new wording; the old one is kept as a revision, and the same text changes nothing.

    Raises `UsageError` for an empty one: taking words away is what `delete` is for.
    """
    ref, answer = the_answer(store, typed)
    if text == answer.text:
        return changed(m.DONE_UNCHANGED, ref)
    if not text.strip():
        raise UsageError(m.EDIT_EMPTY, m.EDIT_EMPTY_HINT)
    change.edit(store, answer.id, text, clock.now().isoformat())
    return changed(m.DONE_EDITED, ref)


def edit_at(store: Store, typed: str, desk: Desk) -> Changed:
    """Have an answer changed at the desk; a change that was cut off, or left, is there again the next time."""
    ref, answer = the_answer(store, typed)
    session_id = look.find_ref(store, typed.partition(".")[0])
    slot = sessions.EDIT_SLOT + answer.id
    kept = sessions.draft(store, session_id, slot)

    def keep(text: str) -> None:
        sessions.keep_draft(store, session_id, slot, answer.question, text, clock.now().isoformat())

    reply = desk.write(Ask(answer.question or m.EDIT_NOTE, ref, draft=(kept and kept[2]) or answer.text, keep=keep))
    if reply.said is not Said.GIVEN:
        if reply.text.strip() and reply.text != answer.text:
            keep(reply.text)
            return changed(m.DONE_LEFT, ref)
        sessions.drop_draft(store, session_id, slot)
        return changed(m.DONE_UNCHANGED, ref)

    def save() -> Changed:
        with store.writing():
            done = edit(store, ref, reply.text)
            sessions.drop_draft(store, session_id, slot)
        return done

    return save_patiently(desk, save)


def revise(store: Store, typed: str, number: int) -> Changed:
    """Give an answer an earlier wording back (1 is the oldest); the present one becomes a revision."""
    ref, answer = the_answer(store, typed)
    if not 1 <= number <= len(answer.revisions):
        raise NotFoundError(m.REVISION_NONE.format(n=len(answer.revisions)), m.REVISION_HINT)
    change.edit(store, answer.id, answer.revisions[number - 1].text, clock.now().isoformat())
    return changed(m.DONE_REVISED, ref)


def _target(found: Found) -> Target:
    return Target(found.session.id, found.answer.id if found.answer else None)


def _name(found: Found) -> str:
    return f"{found.session.ref}.{found.answer.position}" if found.answer else found.session.ref


def share(store: Store, typed: str, *, shared: bool) -> Changed:
    """Mark an answer, or all answers of an entry, as all right to hand on, or as private again.

    Raises `NotFoundError` for an entry without an answer.
    """
    found = show(store, typed)
    if not found.answer and not found.session.answers:
        raise NotFoundError(m.ANSWERS_NONE, m.ENTRY_NONE_HINT)
    change.share(store, _target(found), shared=shared)
    return changed(m.DONE_SHARED if shared else m.DONE_PRIVATE, _name(found))


def delete(store: Store, typed: str, trash_days: int = 0) -> Changed:
    """Put an entry, or one answer, in the trash, where it lies for so many days (0 is for ever)."""
    found, at = show(store, typed), clock.now().isoformat()
    change.trash(store, _target(found), at)
    day = goes_on(at, trash_days)
    if day is None:
        return changed(m.DONE_DELETED, _name(found))
    ref = _name(found)
    return Changed(m.DONE_DELETED_UNTIL.format(ref=ref, day=clock.short_day(day)), ref)


def goes_on(since: str, trash_days: int) -> date | None:
    """The day on which something is purged that lies in the trash since a moment."""
    return date.fromisoformat(since[:10]) + timedelta(days=trash_days) if trash_days else None


def restore(store: Store, typed: str) -> Changed:
    """Take an entry, or one answer, out of the trash."""
    found = show(store, typed, with_trashed=True)
    target = _target(found)
    if target not in change.in_trash(store):
        raise NotFoundError(m.NOT_IN_TRASH, m.NOT_IN_TRASH_HINT)
    if found.answer and found.session.trashed_at:
        raise NotFoundError(m.ENTRY_TRASHED, m.ENTRY_TRASHED_HINT)
    change.trash(store, target, None)
    return changed(m.DONE_RESTORED, _name(found))


def trash(store: Store, trash_days: int = 0) -> InTrash:
    """What lies in the trash, where each thing stays for so many days (0 is for ever)."""
    lines = tuple(recent(store, Which(trashed=True), 0))
    since = {line.ref: line.trashed_at or "" for line in lines}
    answers = []
    for target, at in change.lying(store):
        if target.answer_id:
            session = look.session(store, target.session_id, with_trashed=True)
            position = next(a.position for a in session.answers if a.id == target.answer_id)
            answers.append(f"{session.ref}.{position}")
            since[answers[-1]] = at
    goes = {ref: day.isoformat() for ref, at in since.items() if (day := goes_on(at, trash_days))}
    return InTrash(lines, tuple(answers), goes)


def overdue(store: Store, trash_days: int, today: date) -> list[Target]:
    """What has lain in the trash for as long as it stays there."""
    days = ((target, goes_on(at, trash_days)) for target, at in change.lying(store))
    return [target for target, day in days if day and day <= today]


def to_purge(store: Store, typed: str | None) -> list[Target]:
    """What a purge would take: one thing in the trash, or all of it."""
    held = change.in_trash(store)
    if typed is None:
        return held
    target = _target(show(store, typed, with_trashed=True))
    if target not in held:
        raise NotFoundError(m.NOT_IN_TRASH, m.PURGE_FIRST_HINT)
    return [target]


def purge(store: Store, targets: list[Target]) -> Purged:
    """Take the targets out for good."""
    return Purged(len(targets), change.purge(store, targets))
