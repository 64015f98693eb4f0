"""Change what was written: edit, put in the trash, take out again, purge for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond.storage.sessions import DRAFT_FOR, EDIT_SLOT

if TYPE_CHECKING:
    from mother_bond.storage.store import Store


class Target(NamedTuple):
    """What a command is about: a whole session, or one answer of it."""

    session_id: str
    answer_id: str | None = None


def edit(store: Store, answer_id: str, text: str, at: str) -> None:
    """Give an answer a new wording and keep the old one as a revision; new words are private until marked again."""
    with store.writing() as db:
        db.execute(
            "INSERT INTO revision (answer_id, text, at) SELECT id, text, ? FROM answer WHERE id = ?", (at, answer_id)
        )
        db.execute("UPDATE answer SET text = ?, shared = NULL WHERE id = ?", (text, answer_id))


def share(store: Store, target: Target, *, shared: bool) -> None:
    """Mark an answer, or every answer of a session, as all right to hand on, or as private again."""
    where, row_id = ("id", target.answer_id) if target.answer_id else ("session_id", target.session_id)
    with store.writing() as db:
        db.execute(f"UPDATE answer SET shared = ? WHERE {where} = ?", (1 if shared else None, row_id))


def trash(store: Store, target: Target, at: str | None) -> None:
    """Put the target in the trash (at a moment), or take it out again (None)."""
    table, row_id = ("answer", target.answer_id) if target.answer_id else ("session", target.session_id)
    with store.writing() as db:
        db.execute(f"UPDATE {table} SET trashed_at = ? WHERE id = ?", (at, row_id))


class Lying(NamedTuple):
    """Something in the trash, and since when."""

    target: Target
    since: str


def lying(store: Store) -> list[Lying]:
    """Everything in the trash, the longest there first."""
    sql = (
        "SELECT id AS session_id, NULL AS answer_id, trashed_at FROM session WHERE trashed_at IS NOT NULL UNION ALL"
        " SELECT session_id, id, trashed_at FROM answer WHERE trashed_at IS NOT NULL ORDER BY 3"
    )
    return [Lying(Target(row["session_id"], row["answer_id"]), row["trashed_at"]) for row in store.rows(sql)]


def in_trash(store: Store) -> list[Target]:
    """The same without its days."""
    return [target for target, _ in lying(store)]


def purge(store: Store, targets: list[Target]) -> bool:
    """Take the targets out of the journal for good, overwriting their place in the file.

    The result is whether the log was emptied as well: while another window reads, it holds what was there before.
    """
    with store.writing() as db:
        for target in targets:
            if target.answer_id:
                _purge_answers(db, "id = ?", target.answer_id)
                continue
            _purge_answers(db, "session_id = ?", target.session_id)
            for table in ("checkin", "way_in", "step", "draft"):
                db.execute(f"DELETE FROM {table} WHERE session_id = ?", (target.session_id,))
            db.execute("DELETE FROM session WHERE id = ?", (target.session_id,))
        # made anew: a merged index may keep the words it was told to forget
        db.execute("INSERT INTO answer_fts (answer_fts) VALUES ('rebuild')")
    with store.impatient():
        return not store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def _purge_answers(db: Any, where: str, value: str) -> None:
    for sql in (
        f"DELETE FROM draft WHERE {DRAFT_FOR} IN (SELECT '{EDIT_SLOT}' || id FROM answer WHERE {where})",
        f"DELETE FROM revision WHERE answer_id IN (SELECT id FROM answer WHERE {where})",
        f"DELETE FROM answer WHERE {where}",
    ):
        db.execute(sql, (value,))
