"""Read sessions back: one whole, or many as lines. Nothing here writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mother_bond import messages as m
from mother_bond.domain.entry import Answer, Line, Revision, Session, Step, StepState, kind_of
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.storage import bonds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

EXCERPT = 240
"""Characters of the first answer that a line of a list is given."""

_LINE = f"""
SELECT s.ref, s.day, s.cause, s.progress IS NOT NULL AS unfinished, s.trashed_at, b.name AS bond,
  (SELECT count(*) FROM answer a WHERE a.session_id = s.id AND a.trashed_at IS NULL) AS answers,
  (SELECT substr(a.text, 1, {EXCERPT}) FROM answer a WHERE a.session_id = s.id AND a.trashed_at IS NULL
     ORDER BY a.position LIMIT 1) AS excerpt,
  EXISTS (SELECT 1 FROM answer a WHERE a.session_id = s.id AND a.prompt IS NOT NULL) AS prompted,
  EXISTS (SELECT 1 FROM checkin c WHERE c.session_id = s.id) AS checked,
  (SELECT plan FROM step t WHERE t.session_id = s.id) AS plan,
  EXISTS (SELECT 1 FROM way_in w WHERE w.session_id = s.id) AS way_in
FROM session s JOIN bond b ON b.id = s.bond_id
"""


@dataclass(frozen=True, slots=True)
class Which:
    """Which sessions are meant; None means any."""

    bond: str | None = None
    cause: str | None = None
    since: str | None = None
    until: str | None = None
    trashed: bool = False

    def where(self) -> tuple[str, list[object]]:
        """The condition on `s`, and its values."""
        parts = ["s.trashed_at IS NOT NULL" if self.trashed else "s.trashed_at IS NULL"]
        values: list[object] = []
        for value, sql in (
            (self.bond, "s.bond_id = ?"),
            (self.cause, "s.cause = ?"),
            (self.since, "s.day >= ?"),
            (self.until, "s.day <= ?"),
        ):
            if value is not None:
                parts.append(sql)
                values.append(value)
        return " AND ".join(parts), values


def _line(row: Any) -> Line:
    return Line(
        ref=row["ref"],
        day=row["day"],
        bond=row["bond"],
        kind=kind_of(
            prompted=bool(row["prompted"]),
            cause=row["cause"] is not None,
            written=bool(row["answers"]),
            checked=bool(row["checked"]),
            stepped=row["plan"] is not None,
            way_in=bool(row["way_in"]),
        ),
        cause=row["cause"],
        answers=row["answers"],
        excerpt=row["excerpt"] or row["plan"] or "",
        unfinished=bool(row["unfinished"]),
        trashed_at=row["trashed_at"],
    )


def recent(store: Store, which: Which, limit: int) -> list[Line]:
    """The newest sessions first, at most `limit` (0 for all)."""
    where, values = which.where()
    order = "ORDER BY s.trashed_at DESC" if which.trashed else "ORDER BY s.day DESC, s.at DESC, s.id DESC"
    return [_line(row) for row in store.rows(f"{_LINE} WHERE {where} {order} LIMIT ?", *values, limit or -1)]


def on_month_day(store: Store, month_day: str, which: Which) -> list[Line]:
    """The sessions of every year on `month_day` ("11-20"), newest first."""
    where, values = which.where()
    sql = f"{_LINE} WHERE substr(s.day, 6) = ? AND {where} ORDER BY s.day DESC, s.at DESC"
    return [_line(row) for row in store.rows(sql, month_day, *values)]


def lines_of(store: Store, rows: list[int]) -> dict[int, Line]:
    """The lines of the sessions with these row numbers."""
    marks = ", ".join("?" * len(rows))
    found = store.rows(f"{_LINE.replace('SELECT', 'SELECT s.row,', 1)} WHERE s.row IN ({marks})", *rows)
    return {row["row"]: _line(row) for row in found}


def days_written(store: Store, year: int, which: Which) -> dict[str, int]:
    """How many sessions each day of `year` holds, for the days that hold any."""
    where, values = which.where()
    sql = f"SELECT day, count(*) AS n FROM session s WHERE {where} AND s.day BETWEEN ? AND ? GROUP BY day"
    return {row["day"]: row["n"] for row in store.rows(sql, *values, f"{year}-01-01", f"{year}-12-31")}


def find_ref(store: Store, typed: str) -> str:
    """The session id that `typed` means: a short id, or the end of a long one.

    Raises `NotFoundError` for none, `UsageError` for more than one.
    """
    typed = typed.strip()
    found = store.value("SELECT id FROM session WHERE ref = ?", typed.lower())
    if found:
        return str(found)
    if not typed.isalnum() or len(typed) < 4:
        raise NotFoundError(m.ENTRY_NONE, m.ENTRY_NONE_HINT)
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
    )


def _answer(row: Any, revisions: tuple[Revision, ...]) -> Answer:
    return Answer(row["id"], row["position"], row["text"], row["at"], row["prompt"], row["question"], revisions)


def _step(row: Any) -> Step:
    return Step(row["plan"], StepState(row["state"]), row["at"], row["state_at"], row["practice"])


def _revisions(store: Store, where: str, *values: object) -> dict[str, tuple[Revision, ...]]:
    """Earlier wordings by answer, oldest first."""
    found: dict[str, tuple[Revision, ...]] = {}
    sql = f"SELECT r.* FROM revision r JOIN answer a ON a.id = r.answer_id {where} ORDER BY r.row"
    for row in store.rows(sql, *values):
        found[row["answer_id"]] = (*found.get(row["answer_id"], ()), Revision(row["text"], row["at"]))
    return found


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


def answered_again(
    store: Store, which: Which, prompt: str | None
) -> dict[tuple[str, str | None], list[tuple[str, str, str, str]]]:
    """Answers (short id, day, text, question) to each question that has more than one, oldest first."""
    where, values = which.where()
    only = " AND a.prompt = ?" if prompt else ""
    sql = (
        "SELECT a.prompt, s.cause, s.ref || '.' || a.position AS ref, s.day, a.text,"
        " coalesce(a.question, '') AS question"
        " FROM answer a JOIN session s ON s.id = a.session_id WHERE a.trashed_at IS NULL AND a.prompt IN"
        f" (SELECT prompt FROM answer GROUP BY prompt HAVING count(*) > 1) AND {where}{only} ORDER BY s.day, s.at"
    )
    found: dict[tuple[str, str | None], list[tuple[str, str, str, str]]] = {}
    for row in store.rows(sql, *values, *([prompt] if prompt else [])):
        answer = (row["ref"], row["day"], row["text"], row["question"])
        found.setdefault((row["prompt"], row["cause"]), []).append(answer)
    return {key: answers for key, answers in found.items() if len(answers) > 1}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sitting that was cut off: its session, and where it stood."""

    session: Session
    progress: dict[str, Any]


def unfinished(store: Store, bond_id: str) -> Unfinished | None:
    """The latest sitting of this bond that was cut off, if there is one."""
    sql = (
        "SELECT id, progress FROM session WHERE bond_id = ? AND progress IS NOT NULL AND trashed_at IS NULL"
        " ORDER BY at DESC LIMIT 1"
    )
    row = store.one(sql, bond_id)
    return Unfinished(session(store, row["id"]), json.loads(row["progress"])) if row else None
