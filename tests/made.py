"""Made-up sessions and journals for property tests: any text, any bond, every kind of entry."""

from __future__ import annotations

import functools
import json
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from mother_bond.clock import encode_id
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.domain.entry import Answer, Revision, Session, Step, StepState
from mother_bond.storage import bonds as store_bonds
from mother_bond.storage import sessions as store_sessions
from mother_bond.storage.store import Store, create, open_store

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from mother_bond.domain.measure import Act

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
MARKUP = " \t\n\r#*_-=+>`~[](){}<>!|&;:.\\/$\"'ab1é\u00a0\u202e\u2066\x1b\x07\x7f\x9b"
"""Characters with which terminals, Markdown, HTML and Rich could be steered."""


@functools.cache
def texts(most: int = 60) -> SearchStrategy[str]:
    """Any text that is not blank: whatever characters there are, and with many that could be markup."""
    anything = st.text(CHARACTERS, min_size=1, max_size=most) | st.text(MARKUP, min_size=1, max_size=most)
    return anything.filter(lambda text: bool(text.strip()))


NAMES = texts(12)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1), timezones=OFFSETS).map(lambda at: at.isoformat())
IDS = st.builds(encode_id, st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
SLUGS = st.lists(st.text("az09", min_size=1, max_size=3), min_size=1, max_size=3).map("-".join)
BONDS = st.builds(
    Bond,
    st.just(""),
    st.sampled_from(Role),
    NAMES,
    NAMES,
    st.sampled_from(They),
    st.sampled_from(Contact),
    st.just(value=False),
)
REVISIONS = st.lists(st.builds(Revision, texts(), MOMENTS), max_size=2).map(tuple)
STEPS = st.builds(Step, texts(), st.sampled_from(StepState), MOMENTS, MOMENTS, st.none() | SLUGS)


# made once: to put a strategy together takes longer than to draw from it
ID_LISTS = st.lists(IDS, max_size=3, unique=True)
CAUSES = st.none() | SLUGS
PARTS = st.none() | st.builds("{}.{}".format, SLUGS, st.integers(1, 99))
SECONDS = st.none() | st.integers(0, 10**8 - 1)
QUESTIONS = st.none() | texts(20)
STEPS_TAKEN = st.none() | STEPS
SHARED = st.booleans()
CHECKINS, WAY_INS = (st.dictionaries(SLUGS, st.integers(1, highest), max_size=3) for highest in (7, 3))


@st.composite
def sessions(draw: DrawFn, bonds: SearchStrategy[Bond] = BONDS) -> Session:
    """A whole session as `from_line` gives it: a bond without an id, answers numbered from 1."""
    ids = draw(ID_LISTS)
    at = draw(MOMENTS)
    return Session(
        id=draw(IDS),
        ref="",
        bond=draw(bonds),
        at=at,
        day=at[:10],
        cause=draw(CAUSES),
        path=draw(PARTS),
        seconds=draw(SECONDS),
        answers=tuple(
            Answer(
                answer_id,
                position,
                draw(texts()),
                draw(MOMENTS),
                draw(QUESTIONS),
                draw(QUESTIONS),
                draw(REVISIONS),
                draw(SHARED),
            )
            for position, answer_id in enumerate(ids, 1)
        ),
        checkin=draw(CHECKINS),
        way_in=draw(WAY_INS),
        step=draw(STEPS_TAKEN),
    )


BOND_LISTS = st.lists(BONDS, min_size=1, max_size=2, unique_by=lambda bond: (bond.role, bond.name))


@st.composite
def journals(draw: DrawFn) -> list[Session]:
    """Sessions of a few bonds, as one journal can hold them: no id twice."""
    bonds = draw(BOND_LISTS)
    found = draw(st.lists(sessions(st.sampled_from(bonds)), min_size=1, max_size=4))
    numbers = iter(range(1000))

    def fresh() -> str:
        return encode_id(1_700_000_000_000, next(numbers).to_bytes(10, "big"))

    return [
        session._replace(id=fresh(), answers=tuple(answer._replace(id=fresh()) for answer in session.answers))
        for session in found
    ]


def act_texts(act: Act) -> dict[str, str]:
    """Every text of a practice as it is for one role, by the name of its part."""
    lists = {f"{part} {n}": text for part in ("say", "notice") for n, text in enumerate(getattr(act, part), 1)}
    return {part: text for part, text in act._asdict().items() if isinstance(text, str)} | lists


@functools.cache
def _empty() -> bytes:
    """A journal in which there is nothing."""
    with tempfile.TemporaryDirectory() as folder:
        create(Path(folder) / "empty.db").close()
        return (Path(folder) / "empty.db").read_bytes()


class Shelf:
    """Empty journals, quickly: made once and copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        folder.mkdir(parents=True, exist_ok=True)

    def new(self) -> Store:
        """An open, empty journal that no other test has touched."""
        self.made += 1
        path = self.folder / f"{self.made}.db"
        path.write_bytes(_empty())
        return open_store(path)


def fill(store: Store, found: list[Session]) -> list[Session]:
    """Put sessions into a journal, with bonds that have ids; the result has the short ids."""
    known: dict[tuple[Role, str], Bond] = {}
    kept = []
    with store.writing():
        for session in found:
            key = (session.bond.role, session.bond.name)
            if key not in known:
                known[key] = session.bond._replace(id=encode_id(len(known), bytes(10)))
                store_bonds.put(store, known[key])
            kept.append(store_sessions.start(store, session._replace(bond=known[key])))
    return kept


TABLES = ("bond", "session", "answer", "revision", "checkin", "way_in", "step", "draft", "shown", "setting")


def held(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a journal."""
    return {table: [tuple(row) for row in store.rows(f"SELECT * FROM {table} ORDER BY rowid")] for table in TABLES}


class Plain(NamedTuple):
    """A session of one answer in the interchange format, to be bent into something else."""

    text: str = "Tea, and the radio on."
    day: str = "2026-03-01"
    number: int = 1

    def data(self, **changed: Any) -> dict[str, Any]:
        """As an object of JSON, with these keys changed."""
        return {
            "format": "mother-bond/1",
            "id": f"01K{self.number:023}",
            "at": f"{self.day}T21:14:00+00:00",
            "bond": {"role": "mother", "name": "Daniel", "call": "my son", "they": "he", "contact": "in-touch"},
            "answers": [{"text": self.text}],
        } | changed

    def line(self, **changed: Any) -> bytes:
        """As a line of a file."""
        return json.dumps(self.data(**changed)).encode() + b"\n"


def noted(
    store: Store,
    bond: Bond,
    day: str,
    text: str = "A line.",
    *,
    cause: str | None = None,
    prompt: str | None = None,
    question: str | None = None,
    checkin: dict[str, int] | None = None,
) -> Session:
    """Keep a session of one answer, written at nine in the evening of `day`."""
    number = int(store.value("SELECT count(*) FROM session"))
    made = encode_id(date.fromisoformat(day).toordinal(), (number * 7919).to_bytes(10, "big"))
    at = f"{day}T21:00:00+00:00"
    answer = Answer(encode_id(1, number.to_bytes(10, "big")), 1, text, at, prompt, question)
    return store_sessions.start(
        store, Session(made, "", bond, at, day, cause, answers=(answer,), checkin=checkin or {})
    )
