"""What the program puts out, compared byte for byte with the files in golden/.

Where a change is meant, renew the files and look at the difference before keeping it:

    RENEW_GOLDEN=1 python -m pytest tests/test_golden.py
    git diff tests/golden

`json-keys.txt` is different: renewing only ever adds to it, for keys of the JSON output and of the
interchange format are added and never removed.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond.actions import data
from mother_bond.actions.bonds import find
from mother_bond.actions.gather import summary
from mother_bond.actions.lists import which
from mother_bond.actions.look import show
from mother_bond.actions.saved import Saved
from mother_bond.bundled import demo_journal
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.domain.entry import Answer, Revision, Session, Step, StepState
from mother_bond.export.markdown import render
from mother_bond.storage import bonds
from mother_bond.terminal.envelope import envelope
from tests.made import Plain, fill
from tests.reference import to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

GOLDEN = Path(__file__).parent / "golden"
RENEW = os.environ.get("RENEW_GOLDEN", "") not in {"", "0"}
MADE = date(2026, 11, 20)

WHOLE = Session(
    id="01KM4W2Q3R5S7T9V1X3Z5A7B9C",
    ref="",
    bond=Bond("", Role.MOTHER, "Daniel", "my son", They.HE, Contact.IN_TOUCH),
    at="2026-03-01T21:14:00+01:00",
    day="2026-03-01",
    cause="emotional-debt",
    seconds=655,
    answers=(
        Answer(
            "01KM4W2Q3R5S7T9V1X3Z5A7B9D",
            1,
            "The tea,\nand “the radio” on. \\ \x1b[0m",
            "2026-03-01T21:16:00+01:00",
            "emotional-debt.mother.notice.02",
            "As asked?",
            (Revision("The tea.", "2026-03-02T08:00:00+01:00"),),
        ),
        Answer("01KM4W2Q3R5S7T9V1X3Z5A7B9E", 2, "Grüße, мама 👩‍👦", "2026-03-01T21:20:00+01:00"),
    ),
    checkin={"nearness": 4, "owed": 2, "room": 5, "mood": 4},
    way_in={"individuation": 1, "self-erasure": 3},
    step=Step(
        "When it rings, I will breathe.",
        StepState.DONE,
        "2026-03-01T21:24:00+01:00",
        "2026-03-08T10:00:00+01:00",
        "ask-before-advice",
    ),
)
"""A session that holds everything a session can hold."""


def same(name: str, text: str) -> None:
    """Compare with a golden file, or write it anew."""
    path = GOLDEN / name
    if RENEW:
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text, f"tests/golden/{name} differs; see tests/test_golden.py"


@pytest.fixture
def child(store: Store) -> Store:
    """The made-up year of a grown child, about a bond whose id is known."""
    bonds.put(store, Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.CHILD, "Mum", "Mum", They.SHE, Contact.IN_TOUCH))
    bonds.set_setting(store, "bond", "01HZZZZZZZZZZZZZZZZZZZZZZZ")
    data.take_in(store, demo_journal(Role.CHILD), data.Checked())
    return store


@pytest.mark.parametrize("role", list(Role))
def test_the_reflection_summary_of_a_year(store: Store, library: Library, role: Role) -> None:
    data.take_in(store, demo_journal(role), data.Checked())
    same(f"summary-{role}.md", render(summary(store, library, [find(store, None)], which(None), MADE)))


def test_a_session_that_holds_everything_as_a_line(store: Store) -> None:
    fill(store, [WHOLE])
    same("session.jsonl", "".join(data.lines(store, which(None))))
    same("session.jsonl", to_line(WHOLE) + "\n")


COMMANDS = {
    "list": ["list", "-n", "3"],
    "search": ["search", "bus", "stop", "-n", "2"],
    "show": ["show", "wzj7"],
    "on-this-day": ["on-this-day", "--date", "2026-03-01"],
    "then-and-now": ["then-and-now", "-n", "1"],
    "calendar": ["calendar", "2026"],
    "patterns": ["patterns"],
    "steps": ["steps"],
    "bonds": ["bonds"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_on_plain_lines(child: Store, run: Callable[..., Ran], name: str) -> None:
    same(f"{name}.txt", run(*COMMANDS[name]).out)


def outputs(store: Store, run: Callable[..., Ran], folder: Path) -> Iterator[tuple[str, str]]:
    """Each kind of JSON the program puts out about the made-up year, and a whole session as data."""
    for name in ("list", "search", "show", "on-this-day", "then-and-now", "calendar", "patterns", "steps"):
        yield name, run(*COMMANDS[name], "--json").out
    yield "saved", envelope(Saved(show(store, "wzj7").session, 214)) + "\n"
    lines = [Plain(number=n).line() for n in (1, 2)] + [b"words\n", Plain(number=3).line(letters=[])]
    (folder / "some.jsonl").write_bytes(b"".join(lines))
    yield "import", run("import", "--skip-bad", "--json", str(folder / "some.jsonl")).out
    yield "session", to_line(WHOLE)


@pytest.mark.parametrize("name", ["list", "show", "patterns", "saved", "import"])
def test_a_result_as_json(child: Store, run: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    same(f"{name}.json", dict(outputs(child, run, tmp_path))[name])


BY_NAME = re.compile(r"\.(checkin|way_in|way-in|days|kinds)$|^patterns\.steps$")
"""Where a key is not part of the format but the name of a measure, a theme, a day or a state."""


def keys(value: Any, above: str) -> set[str]:
    """Where each key of a value stands, whatever its place in a list."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item, f"{above}[]")}
    if not isinstance(value, dict) or BY_NAME.search(above):
        return set()
    return {place for key, item in value.items() for place in {f"{above}.{key}", *keys(item, f"{above}.{key}")}}


def test_keys_are_added_and_never_removed(child: Store, run: Callable[..., Ran], tmp_path: Path) -> None:
    found = {key for name, text in outputs(child, run, tmp_path) for key in keys(json.loads(text), name)}
    path = GOLDEN / "json-keys.txt"
    known = set(path.read_text().split()) if path.exists() else set()
    if RENEW:
        path.write_text("\n".join(sorted(known | found)) + "\n")
        known |= found
    assert sorted(known - found) == [], "keys that were put out before are gone"
    assert sorted(found - known) == [], "new keys: renew the golden files, and say so in the documentation"
