"""A pack from anywhere is a pack or findings, each with its key and its reason."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.prompt import Depth, Gather, Kind, Stage
from mother_bond.library.editor import edit
from mother_bond.library.pack import LONGEST_TEXT, Finding, read_pack

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = frozenset({"S2.13", "E24"})
FIRST = "owing.mother.notice.01"
GONE = "(gone)"
Way = tuple[str | int, ...]


def question(number: int, **more: object) -> dict[str, object]:
    return {
        "id": f"owing.mother.notice.{number:02}",
        "role": "mother",
        "stage": "notice",
        "depth": "light",
        "text": "What did {they} {bring|brings}?",
        "help": "One thing is enough.",
        "sources": ["S2.13"],
    } | more


def good() -> dict[str, Any]:
    return {
        "format": 1,
        "cause": "owing",
        "name": "What is owed",
        "kind": "cause",
        "sources": ["S2.13", "E24"],
        "about": {"mother": "From one side.", "child": "From the other."},
        "way-in": {"mother": "I gave.", "child": "I owe."},
        "prompt": [question(1), question(2)],
    }


def changed(way: Way, value: object) -> dict[str, Any]:
    raw: Any = copy.deepcopy(good())
    place = raw
    for step in way[:-1]:
        place = place[step]
    if value == GONE:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    return dict(raw)


def findings(raw: dict[str, Any]) -> list[Finding]:
    pack, found = read_pack(raw, KNOWN)
    assert (pack is None) == bool(found)
    return found


def one_of(kind: type[Any]) -> str:
    return m.PACK_ONE_OF.format(known=", ".join(str(known) for known in kind))


def where(key: str) -> str:
    return f"prompt 1 ({FIRST}), {key}"


FAULTS: list[tuple[Way, object, str, str]] = [
    (("format",), 2, "format", m.PACK_FORMAT.format(known=1)),
    (("format",), GONE, "format", m.PACK_FORMAT.format(known=1)),
    (("cause",), "What Is Owed", "cause", m.PACK_SLUG),
    (("name",), GONE, "name", m.PACK_TEXT),
    (("name",), "  ", "name", m.PACK_TEXT),
    (("name",), 7, "name", m.PACK_TEXT),
    (("kind",), "reason", "kind", one_of(Kind)),
    (("sources",), [], "sources", m.PACK_SOURCES),
    (("sources",), "S2.13", "sources", m.PACK_SOURCES),
    (("sources",), ["S9.99"], "sources", m.PACK_SOURCE_UNKNOWN.format(what="S9.99")),
    (("about",), "one text", "about", m.PACK_BOTH_ROLES),
    (("about", "child"), GONE, "about, child", m.PACK_TEXT),
    (("about", "father"), "From a third.", "about, father", m.PACK_KEY_UNKNOWN),
    (("way-in",), GONE, "way-in", m.PACK_BOTH_ROLES),
    (("way_in",), {}, "way_in", m.PACK_KEY_UNKNOWN),
    (("prompt",), GONE, "prompt", m.PACK_NO_PROMPTS),
    (("prompt",), [], "prompt", m.PACK_NO_PROMPTS),
    (("prompt", 0), "What?", "prompt 1", m.PACK_NOT_A_TABLE),
    (("prompt", 0, "role"), "father", where("role"), one_of(Role)),
    (("prompt", 0, "stage"), "end", where("stage"), one_of(Stage)),
    (("prompt", 0, "depth"), GONE, where("depth"), one_of(Depth)),
    (("prompt", 0, "gather"), "hopes", where("gather"), one_of(Gather)),
    (("prompt", 0, "not-when"), ["gone"], where("not-when"), one_of(Contact)),
    (("prompt", 0, "text"), "", where("text"), m.PACK_TEXT),
    (("prompt", 0, "help"), GONE, where("help"), m.PACK_TEXT),
    (("prompt", 0, "text"), "a" * (LONGEST_TEXT + 1), where("text"), m.PACK_TOO_LONG.format(most=LONGEST_TEXT)),
    (("prompt", 0, "text"), "What \x1b[31mnow?", where("text"), m.PACK_CONTROL),
    (("prompt", 0, "text"), "What \u202enow?", where("text"), m.PACK_CONTROL),
    (("prompt", 0, "text"), "How is {nmae}?", where("text"), m.PACK_PLACEHOLDER.format(what="{nmae}")),
    (("prompt", 0, "help"), "A loose { here.", where("help"), m.PACK_PLACEHOLDER.format(what="{")),
    (("prompt", 0, "sources"), GONE, where("sources"), m.PACK_SOURCES),
    (("prompt", 0, "sources"), ["me"], where("sources"), m.PACK_SOURCE_UNKNOWN.format(what="me")),
    (("prompt", 0, "colour"), "blue", where("colour"), m.PACK_KEY_UNKNOWN),
    (("prompt", 0, "pair"), "owing.child.tend.01", f"{FIRST}, pair", m.PACK_PAIR.format(pair="owing.child.tend.01")),
    (("prompt", 1, "id"), FIRST, FIRST, m.PACK_TWICE),
]
WRONG_IDS = ("owing.mother.notice", "other.mother.notice.01", "owing.child.notice.01", "owing.mother.tend.01")


@pytest.mark.parametrize(("way", "value", "key", "reason"), FAULTS, ids=lambda value: repr(value)[:40])
def test_each_kind_of_fault_is_named_by_key_and_reason(way: Way, value: object, key: str, reason: str) -> None:
    assert Finding(key, reason) in findings(changed(way, value))


@pytest.mark.parametrize("wrong", WRONG_IDS)
def test_an_id_says_cause_role_and_stage(wrong: str) -> None:
    found = findings(changed(("prompt", 0, "id"), wrong))
    assert found == [Finding(f"prompt 1 ({wrong}), id", m.PACK_ID.format(like="owing.mother.notice.01"))]


def test_a_source_that_is_no_text_is_a_finding() -> None:
    assert [found.key for found in findings(changed(("sources",), [["S2.13"]]))] == ["sources"]


def test_every_fault_of_a_pack_is_named_at_once() -> None:
    raw = good() | {"format": 9, "name": "", "kind": "reason"}
    raw["prompt"][1]["depth"] = "shallow"
    assert [found.key for found in findings(raw)] == [
        "format",
        "kind",
        "prompt 2 (owing.mother.notice.02), depth",
        "name",
    ]


def test_what_a_good_pack_says_is_what_is_read() -> None:
    raw = good()
    raw["prompt"][1] |= {"not-when": ["died"], "gather": "needs", "pair": FIRST, "depth": "deep", "text": " So?\n"}
    pack, found = read_pack(raw, KNOWN)
    assert pack is not None
    assert not found
    first, second = pack.prompts
    assert (first.id, first.not_when, first.gather, first.pair) == (FIRST, frozenset(), None, None)
    assert (second.not_when, second.gather, second.pair) == (frozenset({Contact.DIED}), Gather.NEEDS, FIRST)
    assert (second.depth, second.text, second.cause) == (Depth.DEEP, "So?", "owing")
    assert (pack.kind, pack.way_in[Role.CHILD], pack.about[Role.MOTHER]) == (Kind.CAUSE, "I owe.", "From one side.")


@pytest.mark.parametrize("kind", ["loop", "guard"])
def test_only_a_cause_needs_a_way_in_sentence(kind: str) -> None:
    raw = changed(("way-in",), GONE) | {"kind": kind}
    assert findings(raw) == []


def test_findings_come_in_the_same_order_each_time(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("".join(f"strange-{n} = 1\n" for n in range(9)))
    said = [
        subprocess.run(
            [sys.executable, "-m", "mother_bond", "prompts", "check", str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]


WORDS = ["format", "cause", "name", "kind", "sources", "about", "way-in", "prompt", "mother", "child", "light", "guard"]
KEYS = st.sampled_from([*WORDS, *question(1), "not-when", "gather", "pair"]) | st.text(max_size=5)
LEAVES = (
    st.text(max_size=20)
    | st.sampled_from([*WORDS, FIRST, "notice", "died", "S2.13"])
    | st.integers()
    | st.booleans()
    | st.floats()
    | st.dates()
    | st.times()
    | st.datetimes()
)
TOML = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)


def ways(value: Any, way: Way = ()) -> list[Way]:
    """Every place in a pack."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in inner for place in ((*way, key), *ways(item, (*way, key)))]


@given(st.dictionaries(KEYS, TOML, max_size=10))
def test_whatever_a_file_says_it_is_a_pack_or_findings(raw: dict[str, Any]) -> None:
    assert findings(raw)


@given(st.sampled_from(ways(good())), TOML)
def test_a_good_pack_with_anything_in_any_place_is_a_pack_or_findings(way: Way, value: object) -> None:
    pack, found = read_pack(changed(way, value), KNOWN)
    assert (pack is None) == bool(found)
    assert all(finding.key and finding.reason for finding in found)
    assert pack is None or list(edit(pack))
