"""Bonds, and the few settings that belong to the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mother_bond.domain.bond import Bond, Contact, Role, They

if TYPE_CHECKING:
    from mother_bond.storage.store import Store

COLUMNS = "id, role, name, call, they, contact, put_away"


def from_row(row: Any, prefix: str = "") -> Bond:
    """A bond from a row whose columns may carry a prefix."""
    return Bond(
        id=row[f"{prefix}id"],
        role=Role(row[f"{prefix}role"]),
        name=row[f"{prefix}name"],
        call=row[f"{prefix}call"],
        they=They(row[f"{prefix}they"]),
        contact=Contact(row[f"{prefix}contact"]),
        put_away=bool(row[f"{prefix}put_away"]),
    )


def all_bonds(store: Store) -> list[Bond]:
    """Every bond, oldest first."""
    return [from_row(row) for row in store.rows(f"SELECT {COLUMNS} FROM bond ORDER BY id")]


def put(store: Store, bond: Bond) -> None:
    """Add `bond`, or change the one with its id."""
    with store.writing() as db:
        db.execute(
            f"INSERT INTO bond ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " role = excluded.role, name = excluded.name, call = excluded.call, they = excluded.they,"
            " contact = excluded.contact, put_away = excluded.put_away",
            (bond.id, bond.role, bond.name, bond.call, bond.they, bond.contact, int(bond.put_away)),
        )


def session_counts(store: Store) -> dict[str, int]:
    """How many sessions each bond has, beside those in the trash."""
    sql = "SELECT bond_id, count(*) AS n FROM session WHERE trashed_at IS NULL GROUP BY bond_id"
    return {row["bond_id"]: row["n"] for row in store.rows(sql)}


def setting(store: Store, key: str) -> str | None:
    """A setting of the journal itself."""
    value = store.value("SELECT value FROM setting WHERE key = ?", key)
    return None if value is None else str(value)


def set_setting(store: Store, key: str, value: str) -> None:
    """Keep a setting in the journal."""
    with store.writing() as db:
        db.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))
