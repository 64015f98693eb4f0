"""`patterns` in all its forms, over the made-up year of a grown child."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import messages as m
from mother_bond.bundled import demo_journal
from mother_bond.domain.bond import Role
from mother_bond.errors import ExitCode
from mother_bond.patterns.findings import CLAIMS, Verdict
from tests.marks import day
from tests.programs import on_terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Homes, Ran

    Run = Callable[..., Ran]

FORMS = {
    "patterns": "changes",
    "patterns nearness": "measure-page",
    "patterns why 1": "why",
    "patterns --around 2026-05-01": "around",
}
"""Every form, and the kind of its result."""

TALK = {"patterns --around 2026-05-01": "For Friday 1 May 2026.\n"}


@pytest.fixture
def child(run: Run, home: Path, homes: Homes) -> Run:
    """The program, with the made-up year taken in."""
    assert homes.lay(home, lambda: run("import", str(demo_journal(Role.CHILD))).code, "child") == ExitCode.OK
    return run


@pytest.fixture
def empty(run: Run, home: Path, homes: Homes) -> Run:
    """The program, with a bond about which nothing was written."""
    line = ("begin", "--role", "mother", "--name", "Daniel")
    assert homes.lay(home, lambda: run(*line).code, *line) == ExitCode.OK
    return run


def strictly(text: str) -> Any:
    """JSON as it is written down, which knows no NaN and no infinity."""

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


def findings_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every finding, however deep it lies."""
    if isinstance(value, dict):
        if "verdict" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from findings_in(item)


# --- each form, each way -------------------------------------------------------------------


@pytest.mark.parametrize("line", FORMS)
def test_every_form_is_told_in_plain_lines(child: Run, line: str) -> None:
    ran = child(*line.split(), "--plain")
    assert (ran.code, ran.err) == (ExitCode.OK, TALK.get(line, ""))
    assert ran.out.endswith("\n")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u259f●]", ran.out)
    for claim in (said.lower() for said in ran.out.splitlines() if "somewhere between" in said):
        assert [word for word in ("because", "better", "worse", "improv", "nan", "none", "!") if word in claim] == []


@pytest.mark.parametrize(("line", "kind"), FORMS.items())
def test_every_form_is_json_with_every_number(child: Run, line: str, kind: str) -> None:
    ran = child(*line.split(), "--json")
    result = strictly(ran.out)
    assert (ran.code, ran.err, result["version"], result["kind"]) == (ExitCode.OK, TALK.get(line, ""), 1, kind)
    listed = {entry["ref"]: entry["day"] for entry in json.loads(child("list", "-n", "0", "--json").out)["lines"]}
    found = list(findings_in(result))
    assert found
    for finding in found:
        assert finding["entries"] == len(finding["refs"]) == len(set(finding["refs"]) & set(listed))
        assert [listed[ref] for ref in finding["refs"]] == sorted(listed[ref] for ref in finding["refs"])
        numbers = [finding[name] for name in ("points", "low", "high", "p")]
        assert all(isinstance(x, float) and isfinite(x) for x in numbers if x is not None)
        assert None not in numbers or finding["verdict"] not in CLAIMS
        assert finding["verdict"] in set(Verdict)


@pytest.mark.parametrize("line", FORMS)
def test_every_form_fits_a_terminal(child: Run, line: str) -> None:
    ran = on_terminal(*line.split(), env={"COLUMNS": "60", "NO_COLOR": "1"})
    assert ran.code == ExitCode.OK
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", ran.out).splitlines()
    assert max(map(len, shown)) <= 60
    assert any(shown)


def test_the_lines_say_what_the_data_says(child: Run) -> None:
    data = strictly(child("patterns", "--json").out)
    claims = [one for one in data["statements"] if one["number"]]
    assert claims
    said = child("patterns").out.splitlines()
    for number, claim in enumerate(claims, 1):
        assert claim["number"] == number
        (line,) = (line for line in said if line.startswith(f"{number}. "))
        assert f"({claim['finding']['entries']} marks; somewhere between " in line
        assert claim["name"] in line.lower()


def test_why_lists_the_entries_behind_a_claim_oldest_first(child: Run) -> None:
    data = strictly(child("patterns", "why", "1", "--json").out)
    finding = data["statement"]["finding"]
    lines = child("patterns", "why", "1").out.splitlines()
    assert lines[1] == ""
    assert [line[:4] for line in lines[2:]] == finding["refs"] == [line["ref"] for line in data["lines"]]
    assert [line[6:16] for line in lines[2:]] == [line["day"] for line in data["lines"]]
    assert child("patterns").out.splitlines().count(f"1. {lines[0]}") == 1
    assert child("show", finding["refs"][0]).code == ExitCode.OK


def test_why_alone_is_about_the_first(child: Run) -> None:
    assert child("patterns", "why").out == child("patterns", "why", "1").out


def test_a_measure_goes_by_its_id_and_by_its_name(child: Run) -> None:
    assert child("patterns", "room").out == child("patterns", "Room to be yourself").out
    assert child("patterns", "owed").out == child("patterns", "owing").out != child("patterns", "room").out


def test_a_page_of_a_measure_counts_every_mark(child: Run) -> None:
    page = strictly(child("patterns", "nearness", "--json").out)
    for groups in ("weekdays", "parts_of_day"):
        assert sum(group["marks"] for group in page[groups]) == page["course"]["marks"]
    assert [group["place"] for group in page["weekdays"]] == list(range(7))
    assert [group["place"] for group in page["parts_of_day"]] == list(range(4))


def test_around_a_day_every_measure_is_told_of_once(child: Run) -> None:
    data = strictly(child("patterns", "--around", "2026-05-01", "--json").out)
    measures = [one["finding"]["measure"] for one in data["statements"]]
    assert data["day"] == "2026-05-01"
    assert len(measures) == len(set(measures))
    assert {"nearness", "owed", "room", "mood"} <= set(measures)
    for one in data["statements"]:
        chosen = None if one["finding"]["verdict"] == Verdict.TOO_EARLY else "2026-05-01"
        assert one["finding"]["chosen_day"] == chosen


def test_a_time_that_is_cut_out_is_looked_at_by_itself(child: Run) -> None:
    data = strictly(child("patterns", "nearness", "--since", "2026-09-01", "--json").out)
    assert data["course"]["first_day"] >= "2026-09-01"
    assert {one["finding"]["verdict"] for one in data["statements"]} == {Verdict.TOO_EARLY}


# --- what there is not -----------------------------------------------------------------------


@pytest.mark.parametrize("how", [[], ["--plain"], ["--json"]])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("patterns nonsense", m.MEASURE_NONE),
        ("patterns contact", m.MEASURE_NONE),
        ("patterns mood-after", m.MEASURE_NONE),
        ("patterns why 999", "There is no claim of that number"),
    ],
)
def test_a_measure_or_a_claim_there_is_not(child: Run, line: str, said: str, how: list[str]) -> None:
    ran = child(*line.split(), *how)
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    assert said in ran.err


@pytest.mark.parametrize("how", [[], ["--plain"], ["--json"]])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("patterns nearness 3", m.PATTERNS_NUMBER),
        ("patterns words 3", m.PATTERNS_NUMBER),
        ("patterns why --around 2026-05-01", m.PATTERNS_AROUND),
        ("patterns why 1 --around 2026-05-01", m.PATTERNS_AROUND),
        ("patterns nearness --around 2026-05-01", m.PATTERNS_AROUND),
        ("patterns words --around 2026-05-01", m.PATTERNS_AROUND),
    ],
)
def test_what_a_form_has_no_use_for_is_refused_and_not_dropped(
    child: Run, line: str, said: str, how: list[str]
) -> None:
    ran = child(*line.split(), *how)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert said in ran.err


def test_the_ends_of_a_scale_are_named_by_their_numbers(child: Run) -> None:
    assert "1 is very far, 7 is very near; " in child("patterns", "nearness").out


def test_a_number_of_a_claim_is_a_number(child: Run) -> None:
    for number in ("0", "-1", "one"):
        assert child("patterns", "why", number).code == ExitCode.USAGE


@pytest.mark.parametrize("words", ["nonsense", "2026-13-01", "9999-01-01"])
def test_around_a_day_that_cannot_be_read_or_lies_ahead_nothing_is_held(child: Run, words: str) -> None:
    ran = child("patterns", "--around", words)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")


@pytest.mark.parametrize("line", ["patterns", "patterns --around 2026-05-01"])
def test_an_empty_journal_is_told_so_and_is_fine(empty: Run, line: str) -> None:
    ran = empty(*line.split())
    nothing = m.AROUND_NOTHING if "--around" in line else m.CHANGES_NOTHING
    assert (ran.code, ran.out) == (ExitCode.OK, f"{nothing}\n")
    data = strictly(empty(*line.split(), "--json").out)
    assert data["statements"] == []


@pytest.mark.parametrize("line", ["patterns nearness", "patterns why 1"])
def test_an_empty_journal_has_no_measure_and_no_claim(empty: Run, line: str) -> None:
    ran = empty(*line.split())
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    assert ran.err.strip()


def test_with_words_and_no_marks_everything_but_measures_is_told(empty: Run) -> None:
    for number in range(3):
        assert empty("note", "--date", day(number), given="A line.").code == ExitCode.OK
    ran = empty("patterns")
    assert (ran.code, m.FINDINGS in ran.out) == (ExitCode.OK, False)
    assert strictly(empty("patterns", "--json").out)["statements"] == []


def test_where_something_was_written_it_is_not_said_that_nothing_was(empty: Run) -> None:
    empty("note", "--date", day(0), given="A line.")
    assert empty("patterns", "--around", "2026-05-01").out != f"{m.CHANGES_NOTHING}\n"


def test_it_runs_as_it_is_installed(child: Run) -> None:
    for line in FORMS:
        done = program(*line.split())
        assert (done.code, done.out) == (ExitCode.OK, child(*line.split()).out)
