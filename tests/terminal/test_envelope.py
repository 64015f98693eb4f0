from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.actions.look import Found, Year
from mother_bond.actions.saved import Saved
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.errors import ExitCode
from mother_bond.terminal.envelope import envelope, plain_data
from tests.made import CHARACTERS, noted, sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.storage.store import Store
    from tests.conftest import Ran

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class TwoWords(NamedTuple):
    """A result as an action may give it."""

    text: str
    days: dict[str, date]
    several: frozenset[int] = frozenset()


@given(sessions())
def test_json_gives_every_value_back_and_steers_nothing(session: Session) -> None:
    text = envelope(Found(session))
    assert not STEERING.search(text)
    read = json.loads(text)
    assert list(read) == ["version", "kind", "session", "answer"]
    assert [answer["text"] for answer in read["session"]["answers"]] == [answer.text for answer in session.answers]
    assert read["session"]["bond"]["name"] == session.bond.name
    assert read["session"]["checkin"] == session.checkin
    assert (read["session"]["step"] or {}).get("plan") == (session.step.plan if session.step else None)


@given(st.text(CHARACTERS))
def test_any_text_comes_back_from_json(text: str) -> None:
    assert json.loads(envelope(TwoWords(text, {text: date(2026, 3, 1)})))["text"] == text


def test_a_result_is_an_object_with_version_and_kind() -> None:
    text = envelope(TwoWords("so", {"on": date(2026, 3, 1)}, frozenset({7})))
    assert json.loads(text) == {
        "version": 1,
        "kind": "two-words",
        "text": "so",
        "days": {"on": "2026-03-01"},
        "several": [7],
    }


@pytest.mark.parametrize("items", [(), (TwoWords("a", {}), TwoWords("b", {}))])
def test_several_results_are_a_list_of_items(items: tuple[TwoWords, ...]) -> None:
    read = json.loads(envelope(items))
    assert (read["version"], read["kind"], len(read["items"])) == (1, "list", len(items))


def test_values_are_words_and_not_names_of_ours() -> None:
    session = Session(
        "i", "r", Bond("b", Role.CHILD, "M", "M"), "a", "d", step=Step("p", StepState.LET_GO, "a", "a"),
        answers=(Answer("i", 1, "t", "a"),),
    )  # fmt: skip
    data = plain_data(Found(session, session.answers[0]))
    assert data["session"]["bond"]["role"] == "child"
    assert json.loads(envelope(Saved(session)))["session"]["step"]["state"] == "let-go"
    assert json.loads(envelope(Year(2026, {"2026-03-01": 2}))) == {
        "version": 1,
        "kind": "year",
        "year": 2026,
        "days": {"2026-03-01": 2},
    }


def test_json_is_readable_as_it_is() -> None:
    assert '\n  "text": "“Grüße, мама”",\n' in envelope(TwoWords("“Grüße, мама”", {}))


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["list"], "lines"),
        (["search", "line"], "hits"),
        (["on-this-day", "--date", "2026-03-01"], "that-day"),
        (["calendar", "2026"], "year"),
        (["patterns"], "changes"),
        (["then-and-now"], "list"),
        (["bonds"], "list"),
        (["steps"], "list"),
        (["steps", "offer"], "list"),
        (["causes"], "theme-list"),
        (["causes", "individuation"], "theme-page"),
        (["prompts"], "prompt-list"),
        (["help-now"], "help-now"),
        (["restore"], "in-trash"),
    ],
)
def test_every_result_names_its_kind(
    store: Store, bond: Bond, run: Callable[..., Ran], arguments: list[str], kind: str
) -> None:
    noted(store, bond, "2026-03-01")
    read = json.loads(run(*arguments, "--json").out)
    assert (read["version"], read["kind"]) == (1, kind)


def test_what_was_done_is_said_in_whole_words(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    ref = noted(store, bond, "2026-03-01").ref
    for command in (["edit", ref], ["delete", ref], ["restore", ref]):
        read = json.loads(run(*command, "--json", given="other words").out)
        assert (read["kind"], read["ref"].partition(".")[0]) == ("changed", ref)
        assert "{" not in read["done"]


def test_no_mark_of_ours_is_in_what_was_found(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    noted(store, bond, "2026-03-01", "at the kitchen table")
    [hit] = json.loads(run("search", "kitchen", "--json").out)["hits"]
    assert hit["excerpt"] == "at the kitchen table"


def test_json_may_be_asked_for_before_the_command(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    noted(store, bond, "2026-03-01")
    assert run("--json", "list").out == run("list", "--json").out


@pytest.mark.parametrize("arguments", [["list"], ["show", "zzzz"], ["patterns"]])
def test_an_error_leaves_standard_output_empty(run: Callable[..., Ran], arguments: list[str]) -> None:
    ran = run(*arguments, "--json")
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    assert ran.err


def test_empty_results_are_whole_too(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    expected: dict[tuple[str, ...], dict[str, Any]] = {
        ("list",): {"kind": "lines", "lines": [], "more": False},
        ("search", "moon"): {"kind": "hits", "hits": [], "total": 0},
        ("then-and-now",): {"kind": "list", "items": []},
        ("calendar", "1999"): {"kind": "year", "year": 1999, "days": {}},
    }
    for arguments, read in expected.items():
        assert json.loads(run(*arguments, "--json").out) == {"version": 1} | read
