from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.exchange.jsonl import FORMAT, from_line
from tests.made import Plain, sessions
from tests.reference import to_line

if TYPE_CHECKING:
    from mother_bond.domain.entry import Session

SPECIFIED = (
    '{"format": "mother-bond/1", "id": "01KM4W2Q3R5S7T9V1X3Z5A7B9C", "at": "2026-03-01T21:14:00+01:00",'
    ' "bond": {"role": "mother", "name": "Daniel", "call": "my son", "they": "he", "contact": "in-touch"},'
    ' "cause": "emotional-debt",'
    ' "checkin": {"nearness": 4, "owed": 2, "room": 5, "mood": 4},'
    ' "answers": [{"prompt": "emotional-debt.mother.notice.02", "question": "…as asked…", "text": "…"}],'
    ' "step": {"practice": "ask-before-advice", "plan": "When …, I will …", "state": "done"}}'
)
"""The example of the specification, with the id it leaves open filled in."""


def read(line: bytes) -> Session:
    session, problem, unknown = from_line(line)
    assert session is not None, problem
    assert not unknown
    return session


@given(sessions())
def test_every_session_comes_back_from_its_line(session: Session) -> None:
    assert read(to_line(session).encode()) == session


@given(sessions())
def test_a_session_is_one_line_that_names_its_format_first(session: Session) -> None:
    line = to_line(session)
    assert "\n" not in line
    assert "\r" not in line
    assert list(json.loads(line))[:3] == ["format", "id", "at"]


def test_the_example_of_the_specification_is_read_whole() -> None:
    session = read(SPECIFIED.encode())
    assert session.bond[1:6] == ("mother", "Daniel", "my son", "he", "in-touch")
    assert (session.day, session.cause, session.answers[0].text) == ("2026-03-01", "emotional-debt", "…")
    assert session.checkin == {"nearness": 4, "owed": 2, "room": 5, "mood": 4}
    assert session.step
    assert (session.step.state, session.step.plan) == ("done", "When …, I will …")


def test_the_example_of_the_specification_keeps_every_value_on_the_way_out() -> None:
    written, given_ = json.loads(to_line(read(SPECIFIED.encode()))), json.loads(SPECIFIED)
    assert given_["answers"][0].items() <= written["answers"][0].items()
    assert given_["step"].items() <= written["step"].items()
    assert {key: written[key] for key in given_ if key not in {"answers", "step"}} == {
        key: value for key, value in given_.items() if key not in {"answers", "step"}
    }


@pytest.mark.parametrize(("role", "they"), [("mother", "they"), ("child", "she")])
def test_only_role_and_name_of_a_bond_are_needed(role: str, they: str) -> None:
    bond = read(Plain().line(bond={"role": role, "name": "Alex"})).bond
    assert bond[1:6] == (role, "Alex", "Alex", they, "unsaid")


def test_the_least_a_line_can_hold_is_format_moment_and_bond() -> None:
    session = read(
        json.dumps({"format": FORMAT, "at": "2026-03-01T21:14:00Z", "bond": {"role": "child", "name": "M"}}).encode()
    )
    assert (session.answers, session.checkin, session.step, session.cause) == ((), {}, None, None)


def without_ids(session: Session) -> bytes:
    data = json.loads(to_line(session))
    del data["id"]
    for answer in data["answers"]:
        del answer["id"]
    return json.dumps(data).encode()


@given(sessions())
def test_missing_ids_come_from_the_contents_alone(session: Session) -> None:
    line = without_ids(session)
    first, again = read(line), read(b"  " + line + b"\r\n")
    assert first == again
    assert len({first.id, *(answer.id for answer in first.answers)}) == 1 + len(first.answers)
    assert read(to_line(first).encode()) == first


@given(sessions(), sessions())
def test_other_contents_have_other_ids(one: Session, other: Session) -> None:
    lines = without_ids(one), without_ids(other)
    assert (read(lines[0]).id == read(lines[1]).id) == (lines[0] == lines[1])


def test_a_made_up_id_sorts_by_its_moment() -> None:
    days = ["1969-12-31", "2001-02-03", "2026-03-01", "2099-01-01"]
    ids = [read(Plain(day=day).line(id=None)).id for day in days]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("changed", "unknown"),
    [
        ({"weather": "wet"}, {"weather"}),
        ({"bond": {"role": "mother", "name": "D", "age": 30}}, {"age"}),
        ({"answers": [{"text": "a", "mood": 1}, {"text": "b", "tags": []}]}, {"mood", "tags"}),
        ({"step": {"plan": "rest", "why": "so"}}, {"why"}),
        ({"answers": [{"text": "a", "revisions": [{"text": "b", "at": "2026-03-01T10:00:00Z", "by": "me"}]}]}, {"by"}),
        ({"My own words": 1}, {"?"}),
        ({"\x1b[31m": 1}, {"?"}),
        ({"\ud800": 1}, {"?"}),
        ({"x" * 41: 1}, {"?"}),
    ],
)
def test_unknown_keys_are_named_and_only_when_they_look_like_keys(changed: dict[str, Any], unknown: set[str]) -> None:
    session, problem, found = from_line(Plain().line(**changed))
    assert (session is not None, problem, found) == (True, None, unknown)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**300, 10**400)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["\0", "\ud800", "", " ", "2026-03-01T21:14:00", "x" * 90, "9" * 26]),
    lambda deeper: (
        st.lists(deeper, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=8), deeper, max_size=3)
    ),
    max_leaves=8,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [place for key in keys for place in [(value, key), *places(value[key])]]


@given(sessions(), ANYTHING, st.data())
def test_a_line_bent_anywhere_never_raises(session: Session, value: Any, data: st.DataObject) -> None:
    bent = json.loads(to_line(session))
    container, key = data.draw(st.sampled_from(places(bent)))
    container[key] = value
    found, problem, _ = from_line(json.dumps(bent).encode())
    assert (found is None) != (problem is None)


@given(ANYTHING)
def test_any_json_never_raises(value: Any) -> None:
    session, problem, _ = from_line(json.dumps(value).encode())
    assert session is None
    assert problem


@given(st.binary())
@example(b"\xef\xbb\xbf{}")
@example(b"\xff\xfe")
@example(b"{" * 100_000)
@example(b"[" * 100_000)
@example(b'{"format":' + b"9" * 100_000 + b"}")
@example(b'{"format":NaN}')
@example(b'{"format":"mother-bond/1","at":1e999}')
def test_junk_never_raises(line: bytes) -> None:
    session, problem, _ = from_line(line)
    assert session is None
    assert problem


@given(sessions(), st.data())
def test_half_a_line_is_refused(session: Session, data: st.DataObject) -> None:
    line = to_line(session).encode()
    _, problem, _ = from_line(line[: data.draw(st.integers(0, len(line) - 1))])
    assert problem
    assert problem.reason in {m.LINE_NOT_JSON, m.LINE_NOT_UTF8}


@pytest.mark.parametrize(
    "key", ["format", "at", "id", "cause", "seconds", "bond", "answers", "checkin", "step", "more"]
)
def test_deep_nesting_never_raises(key: str) -> None:
    line = json.dumps(Plain().data(**{key: "HERE"})).encode()
    limit = sys.getrecursionlimit()
    for depth in (*range(limit - 80, limit + 10), 50_000):
        session, problem, _ = from_line(line.replace(b'"HERE"', b"[" * depth + b"]" * depth))
        assert session or problem


@pytest.mark.parametrize("key", ["role", "they", "contact", "name"])
def test_deep_nesting_in_a_bond_never_raises(key: str) -> None:
    line = json.dumps(Plain().data(bond={"role": "mother", "name": "D", key: "HERE"})).encode()
    limit = sys.getrecursionlimit()
    for depth in range(limit - 80, limit + 10):
        _, problem, _ = from_line(line.replace(b'"HERE"', b"[" * depth + b"]" * depth))
        assert problem


def test_of_two_equal_keys_the_last_one_counts() -> None:
    line = Plain().line().replace(b'"answers"', b'"answers": [{"text": 5}], "answers"', 1)
    assert read(line).answers[0].text == "Tea, and the radio on."


def test_a_line_of_65_megabytes_is_refused() -> None:
    session, problem, _ = from_line(b" " * (65 * 2**20))
    assert session is None
    assert problem
    assert problem.key == ""


@pytest.mark.parametrize(
    "at",
    [
        "2026-W09-7T21:14:00+01:00",
        "2026-03-01 21:14:00+01:00",
        "20260301T211400+0100",
        "2026-03-01T21+01:00",
        "2026-03-01T2114+01:00",
        "2026-03-01T21:14:00",
        "2026-03-01",
        "2026-02-30T21:14:00+01:00",
        "2026-03-01T21:14:00+01:00 about nine",
        "２０２６-03-01T21:14:00+01:00",
        "",
        1_772_396_040,
    ],
)
def test_a_moment_is_a_calendar_day_a_time_and_an_offset(at: object) -> None:
    assert from_line(Plain().line(at=at))[:2] == (None, ("at", m.LINE_MOMENT))
