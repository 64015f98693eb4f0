"""Read sessions back: one whole, or many as lines. Nothing here writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond import messages as m
from mother_bond.domain.entry import Answer, Revision, Session, Step, StepState
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.storage import bonds
from mother_bond.storage.sessions import SHORTEST_REF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store


def days_written(store: Store, year: int, which: Which) -> dict[str, int]:
    """How many sessions each day of `year` holds, for the days that hold any."""
    where, values = which.where()
    sql = f"SELECT day, count(*) AS n FROM session s WHERE {where} AND s.day BETWEEN ? AND ? GROUP BY day"
    return {row["day"]: row["n"] for row in store.rows(sql, *values, f"{year}-01-01", f"{year}-12-31")}


LONGEST_ID = 26


def find_ref(store: Store, typed: str) -> str:
    """The session id that `typed` means: a short id, or the end of a long one.

    Raises `NotFoundError` for none, `UsageError` for more than one.
    """
    typed = typed.strip()
    if not (typed.isascii() and typed.isalnum() and SHORTEST_REF <= len(typed) <= LONGEST_ID):
        raise NotFoundError(m.ENTRY_NONE, m.ENTRY_NONE_HINT)
    found = store.value("SELECT id FROM session WHERE ref = ?", typed.lower())
    if found:
        return str(found)
    several = [r["id"] for r in store.rows("SELECT id FROM session WHERE id LIKE ? LIMIT 2", f"%{typed.upper()}")]
    if len(several) > 1:
        raise UsageError(m.ENTRY_SEVERAL, m.ENTRY_SEVERAL_HINT)
    if not several:
        raise NotFoundError(m.ENTRY_NONE, m.ENTRY_NONE_HINT)
    return str(several[0])


def session(store: Store, session_id: str, *, with_trashed: bool = False) -> Session:
    """One session, whole, without the answers in the trash unless they are asked for."""
    head = store.one("SELECT * FROM session WHERE id = ?", session_id)
    if head is None:
        raise NotFoundError(m.ENTRY_NONE, m.ENTRY_NONE_HINT)
    bond = store.one(f"SELECT {bonds.COLUMNS} FROM bond WHERE id = ?", head["bond_id"])
    hide = "" if with_trashed else " AND trashed_at IS NULL"
    answers = store.rows(f"SELECT * FROM answer WHERE session_id = ?{hide} ORDER BY position", session_id)
    earlier = _revisions(store, "WHERE a.session_id = ?", session_id)
    return _session(
        head,
        bonds.from_row(bond),
        tuple(_answer(row, earlier.get(row["id"], ())) for row in answers),
        {
            r["measure"]: r["value"]
            for r in store.rows("SELECT * FROM checkin WHERE session_id = ? ORDER BY rowid", session_id)
        },
        {
            r["cause"]: r["mark"]
            for r in store.rows("SELECT * FROM way_in WHERE session_id = ? ORDER BY rowid", session_id)
        },
        store.one("SELECT * FROM step WHERE session_id = ?", session_id),
    )


def _session(
    head: Any, bond: Bond, answers: tuple[Answer, ...], checkin: dict[str, int], way_in: dict[str, int], step: Any
) -> Session:
    return Session(
        id=head["id"],
        ref=head["ref"],
        bond=bond,
        at=head["at"],
        day=head["day"],
        cause=head["cause"],
        seconds=head["seconds"],
        answers=answers,
        checkin=checkin,
        way_in=way_in,
        step=_step(step) if step else None,
        unfinished=head["progress"] is not None,
        trashed_at=head["trashed_at"],
        path=head["path"],
    )


def _answer(row: Any, revisions: tuple[Revision, ...]) -> Answer:
    return Answer(
        row["id"],
        row["position"],
        row["text"],
        row["at"],
        row["prompt"],
        row["question"],
        revisions,
        row["shared"] == 1,
    )


def _step(row: Any) -> Step:
    return Step(row["plan"], StepState(row["state"]), row["at"], row["state_at"], row["practice"])


def _revisions(store: Store, where: str, *values: object) -> dict[str, tuple[Revision, ...]]:
    """Earlier wordings by answer, oldest first."""
    found: dict[str, list[Revision]] = {}
    sql = f"SELECT r.* FROM revision r JOIN answer a ON a.id = r.answer_id {where} ORDER BY r.row"
    for row in store.rows(sql, *values):
        found.setdefault(row["answer_id"], []).append(Revision(row["text"], row["at"]))
    return {answer_id: tuple(revisions) for answer_id, revisions in found.items()}


_ORDER = "ORDER BY s.day, s.at, s.id"


class _Beside:
    """Rows that belong to sessions, read in the sessions' own order so that nothing is held in memory."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows = rows
        self.row = next(rows, None)

    def of(self, session_id: str) -> Iterator[Any]:
        while self.row is not None and self.row["session_id"] == session_id:
            yield self.row
            self.row = next(self.rows, None)


def stream(store: Store, which: Which) -> Iterator[Session]:
    """Every session that is meant, whole, oldest first, a few in memory at a time."""
    where, values = which.where()
    by_id = {bond.id: bond for bond in bonds.all_bonds(store)}

    def beside(table: str, columns: str, extra: str = "", order: str = "") -> _Beside:
        joined = f"SELECT {columns} FROM session s JOIN {table} x ON x.session_id = s.id"
        return _Beside(store.rows(f"{joined} WHERE {where}{extra} {_ORDER}{order}", *values))

    answers = beside("answer", "x.*", " AND x.trashed_at IS NULL", ", x.position")
    checkins, ways, steps = (beside(table, "x.*", order=", x.rowid") for table in ("checkin", "way_in", "step"))
    earlier = _revisions(store, "")
    for head in store.rows(f"SELECT s.* FROM session s WHERE {where} {_ORDER}", *values):
        session_id = head["id"]
        yield _session(
            head,
            by_id[head["bond_id"]],
            tuple(_answer(row, earlier.get(row["id"], ())) for row in answers.of(session_id)),
            {row["measure"]: row["value"] for row in checkins.of(session_id)},
            {row["cause"]: row["mark"] for row in ways.of(session_id)},
            next(iter(list(steps.of(session_id))), None),
        )


class Mark(NamedTuple):
    """One mark of a check-in, with the short id, the day and the moment of its entry."""

    ref: str
    day: str
    at: str
    measure: str
    value: int


def marks(store: Store, which: Which) -> Iterator[Mark]:
    """Every mark of the sessions that are meant, oldest first."""
    where, values = which.where()
    joined = "session s JOIN checkin c ON c.session_id = s.id"
    sql = f"SELECT s.ref, s.day, s.at, c.measure, c.value FROM {joined} WHERE {where} {_ORDER}, c.rowid"
    for rows in store.batches(sql, *values):
        yield from map(Mark._make, rows)


def answered_again(
    store: Store, which: Which, prompt: str | None
) -> dict[tuple[str, str | None, str], list[tuple[str, str, str, str]]]:
    """Answers (short id, day, text, question) by question, theme and bond, where there is more than one."""
    where, values = which.where()
    only = " AND a.prompt = ?" if prompt else ""
    sql = (
        "SELECT a.prompt, s.cause, s.bond_id, s.ref || '.' || a.position AS ref, s.day, a.text,"
        " coalesce(a.question, '') AS question"
        " FROM answer a JOIN session s ON s.id = a.session_id WHERE a.trashed_at IS NULL AND a.prompt IN"
        f" (SELECT prompt FROM answer GROUP BY prompt HAVING count(*) > 1) AND {where}{only} ORDER BY s.day, s.at"
    )
    found: dict[tuple[str, str | None, str], list[tuple[str, str, str, str]]] = {}
    for row in store.rows(sql, *values, *([prompt] if prompt else [])):
        answer = (row["ref"], row["day"], row["text"], row["question"])
        found.setdefault((row["prompt"], row["cause"], row["bond_id"]), []).append(answer)
    return {key: answers for key, answers in found.items() if len(answers) > 1}


class Unfinished(NamedTuple):
    """A sitting that was cut off: its session, and where it stood."""

    session: Session
    progress: dict[str, Any]


def unfinished(store: Store, bond_id: str) -> Unfinished | None:
    """The latest sitting of this bond that was cut off, if there is one."""
    sql = (
        "SELECT id, progress FROM session WHERE bond_id = ? AND progress IS NOT NULL AND trashed_at IS NULL"
        " AND json_extract(progress, '$.at') IS NOT NULL ORDER BY at DESC LIMIT 1"
    )
    row = store.one(sql, bond_id)
    return Unfinished(session(store, row["id"]), json.loads(row["progress"])) if row else None
