"""Write sessions, piece by piece: each call is durable when it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mother_bond.clock import new_id

if TYPE_CHECKING:
    from mother_bond.domain.entry import Answer, Session, Step, StepState
    from mother_bond.storage.store import Store

SHORTEST_REF = 4
EDIT_SLOT = "edit."
"""Before an answer's id: the draft of a new wording of it, which outlives the sitting it is about."""

BESIDE = "#"
"""Before a number, after what a draft is for: a draft for the same by another window."""

DRAFT_FOR = f"substr(prompt, 1, instr(prompt || '{BESIDE}', '{BESIDE}') - 1)"
_NO_EDIT = f"prompt NOT LIKE '{EDIT_SLOT}%'"

_left: WeakKeyDictionary[Store, dict[tuple[str, str], str]] = WeakKeyDictionary()
"""How each window, by its open journal, last read or wrote a draft; one that reads otherwise is another window's."""


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
    """Keep an answer, and drop the draft it grew from, with any other whose words it holds."""
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
        drop_draft(store, session_id, answer.prompt or "", answer.text)


def next_position(store: Store, session_id: str) -> int:
    """The place of the next answer; places of answers in the trash stay theirs."""
    return int(store.value("SELECT coalesce(max(position), 0) + 1 FROM answer WHERE session_id = ?", session_id))


def mark(store: Store, session_id: str, measure: str, value: int) -> None:
    """Keep one item of a check-in; beside another mark of it, by another window, in a session of its own."""
    marked = "SELECT value FROM checkin x WHERE x.session_id = {} AND x.measure = ?"
    with store.writing() as db:
        there = store.value(marked.format("?"), session_id, measure)
        if there == value:
            return
        if there is not None:
            session_id = _beside(store, session_id, marked.format("s.id"), measure)
        db.execute("INSERT INTO checkin (session_id, measure, value) VALUES (?, ?, ?)", (session_id, measure, value))


def mark_sentence(store: Store, session_id: str, cause: str, mark: int) -> None:
    """Keep how one sentence of the way-in page was marked."""
    with store.writing() as db:
        db.execute("INSERT INTO way_in (session_id, cause, mark) VALUES (?, ?, ?)", (session_id, cause, mark))


def take_step(store: Store, session_id: str, step: Step) -> None:
    """Keep a step the writer took on in this session; beside one that is there already, in a session of its own."""
    with store.writing() as db:
        if store.one("SELECT 1 FROM step WHERE session_id = ?", session_id):
            session_id = _beside(store, session_id, "SELECT 1 FROM step x WHERE x.session_id = s.id")
        db.execute(
            "INSERT INTO step (session_id, practice, plan, state, at, state_at) VALUES (?, ?, ?, ?, ?, ?)",
            (session_id, step.practice, step.plan, step.state, step.at, step.state_at),
        )


def _beside(store: Store, session_id: str, taken: str, *values: object) -> str:
    """A session of the same bond and moment as another, in which what is `taken` there has a place; made if need be."""
    same = "FROM session s JOIN session o ON o.bond_id = s.bond_id AND o.day = s.day AND o.at = s.at WHERE o.id = ?"
    sql = (
        f"SELECT s.id {same} AND s.id != o.id AND s.progress IS NULL AND s.trashed_at IS NULL AND NOT EXISTS ({taken})"
    )
    found = store.value(f"{sql} ORDER BY s.id LIMIT 1", session_id, *values)
    if found:
        return str(found)
    fresh = new_id()
    copied = "INSERT INTO session (id, ref, bond_id, at, day) SELECT ?, ?, bond_id, at, day FROM session WHERE id = ?"
    with store.writing() as db:
        db.execute(copied, (fresh, free_ref(store, fresh), session_id))
    return fresh


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
    """Keep the text that is being typed in answer to a prompt (None for a note), beside that of another window."""
    with store.writing() as db:
        there = _drafts(store, session_id, prompt or "")
        own = [slot for slot, (_, is_own) in there.items() if is_own]
        free = [prompt or "", *(f"{prompt or ''}{BESIDE}{number}" for number in range(2, len(there) + 2))]
        slot = own[0] if own else next(slot for slot in free if slot not in there)
        db.execute(
            "INSERT OR REPLACE INTO draft (session_id, prompt, question, text, at) VALUES (?, ?, ?, ?, ?)",
            (session_id, slot, question, text, at),
        )
    _leave(store, session_id, slot, text)


def _leave(store: Store, session_id: str, slot: str, text: str) -> None:
    """Remember how this window left a draft."""
    _left.setdefault(store, {})[session_id, slot] = text


def _drafts(store: Store, session_id: str, prompt: str) -> dict[str, tuple[str, bool]]:
    """Every draft for `prompt` by its place: its text, and whether it is this window's own."""
    left = _left.get(store, {})
    sql = f"SELECT prompt, text FROM draft WHERE session_id = ? AND {DRAFT_FOR} = ?"
    return {
        row["prompt"]: (
            row["text"],
            left.get((session_id, row["prompt"])) == row["text"],
        )
        for row in store.rows(sql, session_id, prompt)
    }


def draft(store: Store, session_id: str, prompt: str | None = None) -> tuple[str | None, str | None, str] | None:
    """The prompt, question and text of the latest draft for `prompt`, or of the latest one that is no edit."""
    row = store.one(
        f"SELECT prompt AS slot, nullif({DRAFT_FOR}, '') AS prompt, question, text FROM draft WHERE session_id = ?1"
        f" AND ({DRAFT_FOR} = ?2 OR (?2 IS NULL AND {_NO_EDIT})) ORDER BY at DESC LIMIT 1",
        session_id,
        prompt,
    )
    if row is None:
        return None
    _leave(store, session_id, row["slot"], row["text"])
    return row["prompt"], row["question"], row["text"]


def drop_draft(store: Store, session_id: str, prompt: str = "", within: str = "") -> None:
    """Forget this window's draft for `prompt`, and any other whose words stand `within` an answer."""
    with store.writing() as db:
        for slot, (text, is_own) in _drafts(store, session_id, prompt).items():
            if is_own or text in within:
                db.execute("DELETE FROM draft WHERE session_id = ? AND prompt = ?", (session_id, slot))


def _keep_what_is_left(store: Store, session_id: str) -> None:
    """Words that another window was typing, or had left, become answers of the session that ends."""
    from mother_bond.domain.entry import Answer

    sql = f"SELECT prompt AS slot, {DRAFT_FOR} AS prompt, question, text, at FROM draft"
    with store.writing() as db:
        for row in list(store.rows(f"{sql} WHERE session_id = ? AND {_NO_EDIT} ORDER BY at", session_id)):
            db.execute("DELETE FROM draft WHERE session_id = ? AND prompt = ?", (session_id, row["slot"]))
            if row["text"].strip():
                place, prompt = next_position(store, session_id), row["prompt"] if row["question"] else None
                add_answer(store, session_id, Answer(new_id(), place, row["text"], row["at"], prompt, row["question"]))


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
        _keep_what_is_left(store, session_id)
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
        "SELECT s.id, d.prompt AS slot, d.text FROM session s JOIN draft d ON d.session_id = s.id"
        " WHERE s.bond_id = ? AND s.progress = ? AND s.trashed_at IS NULL ORDER BY s.at DESC, d.at DESC LIMIT 1",
        bond_id,
        progress,
    )
    if row is None:
        return None
    _leave(store, row["id"], row["slot"], row["text"])
    return row["id"], row["text"]


def is_unfinished(store: Store, session_id: str) -> bool:
    """Whether a session is there and still open."""
    return store.one("SELECT 1 FROM session WHERE id = ? AND progress IS NOT NULL", session_id) is not None


def has_session(store: Store, session_id: str) -> bool:
    """Whether a session with this id is in the journal, in the trash or not."""
    return store.one("SELECT 1 FROM session WHERE id = ?", session_id) is not None


def has_answer(store: Store, answer_id: str) -> bool:
    """Whether an answer with this id is in the journal, in the trash or not."""
    return store.one("SELECT 1 FROM answer WHERE id = ?", answer_id) is not None
