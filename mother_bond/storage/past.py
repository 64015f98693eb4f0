"""What choosing needs to know of a bond, and what a greeting shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mother_bond.domain.entry import Step, StepState
from mother_bond.library.along import Walked
from mother_bond.library.choose import Past

if TYPE_CHECKING:
    from mother_bond.storage.store import Store

_COUNTED = 3
_RECENT = 10
_HEAVY_FALL = 2
_LATEST = (
    "SELECT * FROM session WHERE bond_id = ? AND trashed_at IS NULL AND progress IS NULL"
    " ORDER BY day DESC, at DESC LIMIT 60"
)
"""Looking further back would cost more the longer the journal is, and would not change a choice."""


def past(store: Store, bond_id: str, causes: tuple[str, ...]) -> Past:
    """The past of a bond as the rules of choosing see it. Its cost does not grow with the journal."""
    walked, walks = _walks(store, bond_id, causes)
    recent = store.rows(
        f"SELECT cause, day FROM ({_LATEST}) s WHERE cause IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM answer a WHERE a.session_id = s.id AND a.prompt IS NOT NULL) LIMIT ?",
        bond_id,
        _RECENT,
    )
    shown = {row["prompt"]: row for row in store.rows("SELECT * FROM shown WHERE bond_id = ?", bond_id)}
    for prompt, row in shown.items():  # also a theme that was left for another one after a question or two
        cause = prompt.partition(".")[0]
        if cause in causes:
            walked[cause] = max(walked.get(cause, ""), row["day"])
    checkins = last_checkins(store, bond_id)
    return Past(
        shown={prompt: row["day"] for prompt, row in shown.items()},
        last_deep=max((row["day"] for row in shown.values() if row["depth"] == "deep"), default=None),
        walked=walked,
        walks=walks,
        recent=tuple((row["cause"], row["day"]) for row in recent),
        checkins=tuple(checkins),
        way_in=latest_way_in(store, bond_id)[1],
        heavy=bool(checkins) and _heavy(checkins[0]),
    )


def _heavy(checkin: dict[str, int]) -> bool:
    """Whether mood fell by two points or more over a sitting."""
    return checkin.get("mood", 0) - checkin.get("mood-after", 7) >= _HEAVY_FALL


def _walks(store: Store, bond_id: str, causes: tuple[str, ...]) -> tuple[dict[str, str], dict[str, int]]:
    days: dict[str, str] = {}
    counts: dict[str, int] = {}
    for cause in causes:
        rows = store.rows(
            "SELECT day FROM session WHERE bond_id = ? AND cause = ? AND progress IS NULL AND trashed_at IS NULL"
            " ORDER BY day DESC LIMIT ?",
            bond_id,
            cause,
            _COUNTED,
        )
        found = [row["day"] for row in rows]
        if found:
            days[cause], counts[cause] = found[0], len(found)
    return days, counts


def last_checkins(store: Store, bond_id: str) -> list[dict[str, int]]:
    """The check-ins of the last sessions of a bond, newest first."""
    found: dict[str, dict[str, int]] = {}
    sql = f"SELECT s.id, c.measure, c.value FROM ({_LATEST}) s JOIN checkin c ON c.session_id = s.id"
    for row in store.rows(f"{sql} ORDER BY s.day DESC, s.at DESC", bond_id):
        found.setdefault(row["id"], {})[row["measure"]] = row["value"]
    return list(found.values())


def marked_since(store: Store, bond_id: str, day: str) -> set[str]:
    """The measures that were marked for this bond on `day` or later."""
    sql = (
        "SELECT DISTINCT c.measure FROM session s JOIN checkin c ON c.session_id = s.id"
        " WHERE s.bond_id = ? AND s.day >= ? AND s.trashed_at IS NULL"
    )
    return {row["measure"] for row in store.rows(sql, bond_id, day)}


def paths(store: Store, bond_id: str) -> dict[str, Walked]:
    """How far each path was walked with this bond, by its theme, the one walked last at the end.

    What counts is the order of writing, so that a sitting put down for an earlier day does not set a path back.
    """
    sql = (
        "SELECT path, day FROM session WHERE bond_id = ? AND path IS NOT NULL AND trashed_at IS NULL"
        " AND progress IS NULL ORDER BY id"
    )
    found: dict[str, Walked] = {}
    for row in store.rows(sql, bond_id):
        cause, _, part = row["path"].rpartition(".")
        found.pop(cause, None)
        found[cause] = Walked(int(part), row["day"])
    return found


def latest_way_in(store: Store, bond_id: str) -> tuple[str | None, dict[str, int]]:
    """The day and the marks of the last way-in page, if one was ever filled in."""
    sql = (
        "SELECT s.id, s.day FROM way_in w CROSS JOIN session s ON s.id = w.session_id"
        " WHERE s.bond_id = ? AND s.trashed_at IS NULL ORDER BY s.day DESC, s.at DESC LIMIT 1"
    )
    page = store.one(sql, bond_id)
    if page is None:
        return None, {}
    marks = store.rows("SELECT cause, mark FROM way_in WHERE session_id = ? ORDER BY rowid", page["id"])
    return page["day"], {row["cause"]: row["mark"] for row in marks}


def steps(store: Store, bond_id: str | None, state: StepState | None = None) -> list[tuple[Any, Step]]:
    """Steps with the row of the session they were taken on in, oldest first."""
    sql = (
        "SELECT t.*, s.ref, s.day, s.bond_id, b.name AS bond FROM step t CROSS JOIN session s ON s.id = t.session_id"
        " JOIN bond b ON b.id = s.bond_id WHERE s.trashed_at IS NULL AND (?1 IS NULL OR s.bond_id = ?1)"
        " AND (?2 IS NULL OR t.state = ?2) ORDER BY t.at, s.id"
    )
    return [
        (row, Step(row["plan"], StepState(row["state"]), row["at"], row["state_at"], row["practice"]))
        for row in store.rows(sql, bond_id, state)
    ]
