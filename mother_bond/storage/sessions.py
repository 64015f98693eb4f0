"""Write sessions, piece by piece: each call is durable when it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mother_bond.domain.entry import Answer, Session, Step, StepState
    from mother_bond.storage.store import Store

SHORTEST_REF = 4
EDIT_SLOT = "edit."
"""Before an answer's id: the draft of a new wording of it, which outlives the sitting it is about."""

_NO_EDIT = f"prompt NOT LIKE '{EDIT_SLOT}%'"


def start(store: Store, session: Session, progress: str | None = None) -> Session:
    """Add a session, and give it its short id, with everything it already holds.

    The short id is the end of the long one, as long as it must be to be the only one, and stays.
    """
    with store.writing() as db:
        ref = session.ref or free_ref(store, session.id)
        db.execute(
            "INSERT INTO session (id, ref, bond_id, cause, at, day, seconds, path, progress)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(session.id, ref, session.bond.id, session.cause, session.at, session.day, session.seconds),
                *(session.path, progress),
            ),
        )
        for answer in session.answers:
            add_answer(store, session.id, answer)
        for measure, value in session.checkin.items():
            mark(store, session.id, measure, value)
        for cause, value in session.way_in.items():
            mark_sentence(store, session.id, cause, value)
        if session.step:
            take_step(store, session.id, session.step)
    return session._replace(ref=ref)


def free_ref(store: Store, session_id: str) -> str:
    """The shortest end of `session_id` that no other session uses."""
    tail = session_id.lower()
    for length in range(SHORTEST_REF, len(tail) + 1):
        ref = tail[-length:]
        if not store.one("SELECT 1 FROM session WHERE ref = ?", ref):
            return ref
    return tail


def add_answer(store: Store, session_id: str, answer: Answer) -> None:
    """Keep an answer, and drop the draft it grew from."""
    with store.writing() as db:
        db.execute(
            "INSERT INTO answer (id, session_id, position, prompt, question, text, at, shared)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(answer.id, session_id, answer.position, answer.prompt, answer.question, answer.text, answer.at),
                1 if answer.shared else None,
            ),
        )
        for revision in answer.revisions:
            db.execute(
                "INSERT INTO revision (answer_id, text, at) VALUES (?, ?, ?)", (answer.id, revision.text, revision.at)
            )
        drop_draft(store, session_id, answer.prompt or "")


def next_position(store: Store, session_id: str) -> int:
    """The place of the next answer; places of answers in the trash stay theirs."""
    return int(store.value("SELECT coalesce(max(position), 0) + 1 FROM answer WHERE session_id = ?", session_id))


def mark(store: Store, session_id: str, measure: str, value: int) -> None:
    """Keep one item of a check-in."""
    with store.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO checkin (session_id, measure, value) VALUES (?, ?, ?)", (session_id, measure, value)
        )


def mark_sentence(store: Store, session_id: str, cause: str, mark: int) -> None:
    """Keep how one sentence of the way-in page was marked."""
    with store.writing() as db:
        db.execute("INSERT INTO way_in (session_id, cause, mark) VALUES (?, ?, ?)", (session_id, cause, mark))


def take_step(store: Store, session_id: str, step: Step) -> None:
    """Keep a step the writer took on in this session."""
    with store.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO step (session_id, practice, plan, state, at, state_at) VALUES (?, ?, ?, ?, ?, ?)",
            (session_id, step.practice, step.plan, step.state, step.at, step.state_at),
        )


def mark_step(store: Store, session_id: str, state: StepState, at: str) -> None:
    """Keep how a step went."""
    with store.writing() as db:
        db.execute("UPDATE step SET state = ?, state_at = ? WHERE session_id = ?", (state, at, session_id))


def keep_progress(store: Store, session_id: str, progress: str, cause: str | None, path: str | None) -> None:
    """Keep where a sitting stands, so that the next run can go on; `path` is the part of a path it is."""
    with store.writing() as db:
        db.execute(
            "UPDATE session SET progress = ?, cause = ?, path = ? WHERE id = ?", (progress, cause, path, session_id)
        )


def walk(store: Store, session_id: str, path: str) -> None:
    """Say which part of a path a session was."""
    with store.writing() as db:
        db.execute("UPDATE session SET path = ? WHERE id = ?", (path, session_id))


def keep_draft(store: Store, session_id: str, prompt: str | None, question: str | None, text: str, at: str) -> None:
    """Keep the text that is being typed in answer to a prompt (None for a note)."""
    with store.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO draft (session_id, prompt, question, text, at) VALUES (?, ?, ?, ?, ?)",
            (session_id, prompt or "", question, text, at),
        )


def draft(store: Store, session_id: str, prompt: str | None = None) -> tuple[str | None, str | None, str] | None:
    """The prompt, question and text of the draft for `prompt`, or of the latest one that is no edit."""
    row = store.one(
        "SELECT nullif(prompt, '') AS prompt, question, text FROM draft WHERE session_id = ?1"
        f" AND (prompt = ?2 OR (?2 IS NULL AND {_NO_EDIT})) ORDER BY at DESC LIMIT 1",
        session_id,
        prompt,
    )
    return (row["prompt"], row["question"], row["text"]) if row else None


def drop_draft(store: Store, session_id: str, prompt: str | None = None) -> None:
    """Forget the draft for `prompt`, or every one that is no edit."""
    with store.writing() as db:
        db.execute(
            f"DELETE FROM draft WHERE session_id = ?1 AND (prompt = ?2 OR (?2 IS NULL AND {_NO_EDIT}))",
            (session_id, prompt),
        )


def show_prompt(store: Store, bond_id: str, prompt: str, day: str, depth: str) -> None:
    """Remember that a question was put to the writer, whether or not it is answered."""
    with store.writing() as db:
        db.execute(
            "INSERT INTO shown (bond_id, prompt, day, depth) VALUES (?, ?, ?, ?) ON CONFLICT (bond_id, prompt)"
            " DO UPDATE SET depth = iif(excluded.day < day, depth, excluded.depth), day = max(day, excluded.day)",
            (bond_id, prompt, day, depth),
        )


def finish(store: Store, session_id: str, seconds: int | None) -> bool:
    """End a session. One that holds nothing is taken away again; the result says whether it was kept."""
    with store.writing() as db:
        drop_draft(store, session_id)
        holds = store.value(
            "SELECT EXISTS (SELECT 1 FROM answer WHERE session_id = ?1) OR EXISTS (SELECT 1 FROM checkin WHERE"
            " session_id = ?1) OR EXISTS (SELECT 1 FROM step WHERE session_id = ?1)"
            " OR EXISTS (SELECT 1 FROM way_in WHERE session_id = ?1)",
            session_id,
        )
        if holds:
            db.execute("UPDATE session SET progress = NULL, seconds = ? WHERE id = ?", (seconds, session_id))
        else:
            db.execute("DELETE FROM session WHERE id = ?", (session_id,))
    return bool(holds)


def cut_off_note(store: Store, bond_id: str, progress: str) -> tuple[str, str] | None:
    """The id and the text of a note that was cut off while it was typed."""
    row = store.one(
        "SELECT s.id, d.text FROM session s JOIN draft d ON d.session_id = s.id"
        " WHERE s.bond_id = ? AND s.progress = ? AND s.trashed_at IS NULL ORDER BY s.at DESC LIMIT 1",
        bond_id,
        progress,
    )
    return (row["id"], row["text"]) if row else None


def is_unfinished(store: Store, session_id: str) -> bool:
    """Whether a session is there and still open."""
    return store.one("SELECT 1 FROM session WHERE id = ? AND progress IS NOT NULL", session_id) is not None


def has_session(store: Store, session_id: str) -> bool:
    """Whether a session with this id is in the journal, in the trash or not."""
    return store.one("SELECT 1 FROM session WHERE id = ?", session_id) is not None


def has_answer(store: Store, answer_id: str) -> bool:
    """Whether an answer with this id is in the journal, in the trash or not."""
    return store.one("SELECT 1 FROM answer WHERE id = ?", answer_id) is not None
