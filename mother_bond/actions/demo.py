"""A made-up journal in a temporary folder, to look around in."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import paths
from mother_bond.actions.data import Checked, take_in
from mother_bond.bundled import demo_journal
from mother_bond.storage import bonds
from mother_bond.storage.store import create

if TYPE_CHECKING:
    from mother_bond.domain.bond import Role


class Demo(NamedTuple):
    """Where the made-up journal lies, whose it is, and how many sessions it holds."""

    variable: str
    folder: Path
    name: str
    sessions: int


def make(role: Role) -> Demo:
    """Make the journal of that role in a new folder that only this user can read."""
    folder = Path(tempfile.mkdtemp(prefix="mother-bond-demo-"))
    with closing(create(folder / "journal.db")) as store:
        taken = take_in(store, demo_journal(role), Checked())
        name = bonds.all_bonds(store)[0].name
    return Demo(paths.HOME_VARIABLE, folder, name, taken.added)
