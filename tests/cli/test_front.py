"""What can be said before any command is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import mother_bond
from mother_bond import messages as m
from mother_bond.cli import COMMANDS
from mother_bond.cli.front import WIDTH, page
from mother_bond.errors import ExitCode
from tests.programs import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran

    Run = Callable[..., Ran]


def test_the_page_has_a_line_for_every_command() -> None:
    for name in COMMANDS:
        assert re.search(rf"^  {name} +{re.escape(m.HELP[name].split()[0])} ", page(), re.MULTILINE), name


def test_the_page_has_a_line_for_every_option() -> None:
    for option, text in m.OPTIONS_ALL.items():
        assert re.search(rf"^  {option} +{re.escape(text[:20])}", page(), re.MULTILINE), option


def test_the_lists_on_the_page_fit_a_terminal() -> None:
    rows = [line for line in page().splitlines() if line.startswith("  ")]
    assert len(rows) >= len(COMMANDS) + len(m.OPTIONS_ALL)
    assert max(map(len, rows)) <= WIDTH


def test_the_page_names_the_help_lines_and_how_to_see_more() -> None:
    assert "mother-bond help-now" in page()
    assert "--help" in page()


@pytest.mark.parametrize("asked", [["--help"], ["-h"], ["--plain", "--help"], ["--help", "list"]])
def test_help_is_the_page_however_it_is_asked_for(run: Run, asked: list[str]) -> None:
    ran = run(*asked)
    assert (ran.code, ran.out, ran.err) == (ExitCode.OK, page(), "")


@pytest.mark.parametrize("asked", [["--version"], ["--plain", "--version"], ["--version", "list"]])
def test_the_version_is_the_packages(run: Run, asked: list[str]) -> None:
    ran = run(*asked)
    assert (ran.code, ran.out, ran.err) == (ExitCode.OK, mother_bond.__version__ + "\n", "")


@pytest.mark.parametrize(("typed", "near"), [("serach", "search"), ("lst", "list"), ("on-this-dya", "on-this-day")])
def test_a_slip_is_told_what_may_have_been_meant(run: Run, typed: str, near: str) -> None:
    ran = run(typed)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == f"{m.USAGE_COMMAND_NEAR.format(near=near)}\n{m.USAGE_HINT_ALL}\n"


@pytest.mark.parametrize("before", [[], ["--plain"], ["--bond", "Daniel"]])
def test_a_sentence_in_a_commands_place_is_not_repeated(run: Run, before: list[str]) -> None:
    ran = run(*before, "I miss her so")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == f"{m.USAGE_COMMAND}\n{m.USAGE_HINT_ALL}\n"


def test_the_front_page_needs_no_journal_and_makes_none(home: Path) -> None:
    assert program("--help").code == program("--version").code == program("nonsense").code - 2 == ExitCode.OK
    assert not home.exists()
