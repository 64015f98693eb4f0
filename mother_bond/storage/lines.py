"""Sessions as lines of a list, quick to import and to read. Nothing here writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond.domain.line import Line, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.storage.store import Store

FOUND, END = "\ue000", "\ue001"
"""Private-use characters around what was found, for the view to mark."""

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


_HOLDS = (
    "(s.progress IS NULL OR EXISTS (SELECT 1 FROM answer h WHERE h.session_id = s.id)"
    " OR EXISTS (SELECT 1 FROM checkin h WHERE h.session_id = s.id)"
    " OR EXISTS (SELECT 1 FROM step h WHERE h.session_id = s.id)"
    " OR EXISTS (SELECT 1 FROM way_in h WHERE h.session_id = s.id))"
)
"""A sitting that was only just begun holds nothing yet and is not shown."""


class Which(NamedTuple):
    """Which sessions are meant; None means any."""

    bond: str | None = None
    cause: str | None = None
    since: str | None = None
    until: str | None = None
    trashed: bool = False

    def where(self) -> tuple[str, list[object]]:
        """The condition on `s`, and its values."""
        parts = ["s.trashed_at IS NOT NULL" if self.trashed else "s.trashed_at IS NULL", _HOLDS]
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


def by_refs(store: Store, refs: tuple[str, ...]) -> Iterator[Line]:
    """The sessions with these short ids, in this order."""
    for start in range(0, len(refs), 500):
        part = refs[start : start + 500]
        marks = ", ".join("?" * len(part))
        found = {row["ref"]: _line(row) for row in store.rows(f"{_LINE} WHERE s.ref IN ({marks})", *part)}
        yield from (found[ref] for ref in part if ref in found)


def lines_of(store: Store, rows: list[int]) -> dict[int, Line]:
    """The lines of the sessions with these row numbers."""
    marks = ", ".join("?" * len(rows))
    found = store.rows(f"{_LINE.replace('SELECT', 'SELECT s.row,', 1)} WHERE s.row IN ({marks})", *rows)
    return {row["row"]: _line(row) for row in found}
