"""The summaries of the made-up journals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mother_bond.actions import data
from mother_bond.actions.gather import summary
from mother_bond.actions.lists import which
from mother_bond.bundled import demo_journal
from mother_bond.domain.bond import Role
from mother_bond.export.shape import Reader, Shape
from mother_bond.storage import bonds

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.export.document import Document
    from mother_bond.storage.store import Store

MADE = date(2026, 11, 20)


def demo_documents(store: Store, library: Library, role: Role = Role.MOTHER) -> dict[str, Document]:
    """The made-up year of that role in every shape, by a name for it."""
    data.take_in(store, demo_journal(role), data.Checked())
    about = bonds.all_bonds(store)
    shapes = {
        f"{role}": Shape(),
        f"{role} for counsellor": Shape(Reader.COUNSELLOR),
        f"{role} without words": Shape(words=False),
        f"{role} for counsellor without words": Shape(Reader.COUNSELLOR, words=False),
    }
    return {name: summary(store, library, about, which(None), MADE, shape) for name, shape in shapes.items()}
