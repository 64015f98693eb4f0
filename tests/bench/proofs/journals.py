"""What a journal holds, and what is wrong with it, seen in a copy."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.actions.note import NOTE
from mother_bond.errors import MotherBondError, NotFoundError
from mother_bond.session.table import At, Sitting
from mother_bond.storage.sessions import EDIT_SLOT
from tests.bench.proofs.homes import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.storage.store import Store


@contextmanager
def copied(home: Path) -> Iterator[Store]:
    """A copy of a home's journal as it lies there, so that looking at it mends nothing."""
    with tempfile.TemporaryDirectory(prefix="mother-bond-look-") as folder:
        copy = Path(folder) / "home"
        if home.exists():
            shutil.copytree(home, copy)
        with opened(copy) as store:
            yield store


class Draft(NamedTuple):
    """Text that was being typed: in which session, at what, and whether that session is still open."""

    session: str
    slot: str
    text: str
    progress: str | None


class Written(NamedTuple):
    """An answer: its id, how it is named on a command line, and its text."""

    id: str
    ref: str
    text: str


class Held(NamedTuple):
    """What a journal holds: every text, how many marks of each kind, what is unsound, and which sessions are half."""

    answers: tuple[Written, ...]
    revisions: tuple[str, ...]
    plans: tuple[str, ...]
    drafts: tuple[Draft, ...]
    marks: Counter[str]
    unsound: tuple[str, ...]
    halves: tuple[str, ...]

    @property
    def settled(self) -> str:
        """Every text that is kept and no draft, one after the other."""
        return "\0".join([*(answer.text for answer in self.answers), *self.revisions, *self.plans])

    @property
    def texts(self) -> str:
        """Every text that is kept, one after the other."""
        return "\0".join([self.settled, *(draft.text for draft in self.drafts)])

    def draft_of(self, *, note: bool) -> str:
        """What was being typed in the note, or in the sitting, that was cut off."""
        open_ones = [d.text for d in self.drafts if d.progress and (d.progress == NOTE) is note and not _is_edit(d)]
        return open_ones[0] if open_ones else ""

    def edit_of(self, answer: str) -> str:
        """What was being typed as the new wording of an answer."""
        return next((d.text for d in self.drafts if d.slot == EDIT_SLOT + answer), "")


def _is_edit(draft: Draft) -> bool:
    return draft.slot.startswith(EDIT_SLOT)


def look(home: Path) -> Held:
    """What the journal of a home holds; one that cannot be opened holds nothing and a fault."""
    nothing = Held((), (), (), (), Counter(), (), ())
    try:
        with copied(home) as store:
            return _held(store)
    except NotFoundError:
        return nothing
    except MotherBondError as error:
        return nothing._replace(unsound=(type(error).__name__,))


def _held(store: Store) -> Held:
    drafts = "SELECT session_id, prompt, text, progress FROM draft JOIN session ON session.id = session_id"
    return Held(
        tuple(Written(*row) for row in store.rows(_ANSWERS)),
        tuple(row["text"] for row in store.rows("SELECT text FROM revision")),
        tuple(row["plan"] for row in store.rows("SELECT plan FROM step")),
        tuple(Draft(*row) for row in store.rows(f"{drafts} ORDER BY draft.at DESC")),
        Counter({row["measure"]: row["n"] for row in store.rows(_MARKS)}),
        tuple(unsound(store)),
        tuple(halves(store)),
    )


_ANSWERS = """
SELECT answer.id, ref || '.' || position, text FROM answer JOIN session ON session.id = session_id ORDER BY answer.row
"""
_MARKS = """
SELECT measure, count(*) AS n FROM checkin GROUP BY measure
UNION ALL SELECT 'way-in', count(*) FROM way_in UNION ALL SELECT 'step', count(*) FROM step
"""


def unsound(store: Store) -> list[str]:
    """What is wrong with the file, its references, and its search index."""
    faults = [row[0] for row in store.rows("PRAGMA integrity_check") if row[0] != "ok"]
    faults += [f"reference in {row[0]}" for row in store.rows("PRAGMA foreign_key_check")]
    try:
        with store.writing() as db:
            db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")
    except MotherBondError:
        faults.append("search index")
    return faults


def halves(store: Store) -> Iterator[str]:
    """Sessions of which only a part is there: words without their place, or a place without its words."""
    for row in list(store.rows("SELECT id, progress FROM session")):
        session, progress = row["id"], row["progress"]
        drafts = [r[0] for r in store.rows("SELECT prompt FROM draft WHERE session_id = ?", session)]
        drafts = [slot for slot in drafts if not slot.startswith(EDIT_SLOT)]
        answers = [r["prompt"] for r in store.rows("SELECT prompt FROM answer WHERE session_id = ?", session)]
        places = [r[0] for r in store.rows("SELECT position FROM answer WHERE session_id = ? ORDER BY 1", session)]
        if places != list(range(1, len(places) + 1)):
            yield f"places {places}"
        if progress is None:
            if drafts:
                yield UNREACHED
            if not answers and not store.value(_HOLDS, session):
                yield "a closed session that holds nothing"
        elif progress != NOTE:
            yield from _misplaced(Sitting.from_data(json.loads(progress)), answers, drafts)


UNREACHED = "a draft in a session that is closed"
_HOLDS = """
SELECT EXISTS (SELECT 1 FROM checkin WHERE session_id = ?1) OR EXISTS (SELECT 1 FROM step WHERE session_id = ?1)
OR EXISTS (SELECT 1 FROM way_in WHERE session_id = ?1)
"""


def _misplaced(sitting: Sitting, answers: list[str], drafts: list[str]) -> Iterator[str]:
    """An answer to the question that is still open, or a draft of one that is not."""
    if sitting.at in (At.ASKING, At.CLOSING) and sitting.current in answers:
        yield "an answer whose question is still open"
    here = [sitting.current] if sitting.at in (At.ASKING, At.CLOSING) else []
    steps = [slot for slot in drafts if sitting.at is At.OFFER and slot.startswith("step.")]
    if len(drafts) > 1 or any(slot not in (*here, *steps) for slot in drafts):
        yield f"a draft of another question, at {sitting.at}"
