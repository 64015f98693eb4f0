"""What is found without Typer is what Typer would have found."""

from __future__ import annotations

import inspect
import shlex
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.cli import COMMANDS, lists, quick
from mother_bond.cli.app import app
from mother_bond.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Homes, Ran

NAMES = st.sampled_from(sorted(quick.SHAPES))
LETTERS = "ab1é-\"' *\u202e"
USUAL = "5", "0", "007", "Daniel", "2026-11-20", "", " ", "x y", "1_0", "٣", "+1", "9" * 9
VALUES = st.sampled_from(USUAL) | st.text(LETTERS, max_size=4)
KNOWN = st.sampled_from(["-n", "--number", "--bond", "--cause", "--since", "--until", "--date", "--plain", "--json"])
JUNK = st.sampled_from(
    ["--help", "-h", "--", "-", "-n5", "--number=3", "--num", "--plain=1", "--no-plain", "--version", "-np", "-1"]
)
SPOILT = "--help", "-h", "--num", "--no-plain", "--version", "-np", "--nonsense", "--bond=x", "-z"


def typers(name: str) -> Any:
    """The command of that name as Typer knows it."""
    group: Any = typer.main.get_command(app)
    return group.get_command(None, name)


def as_typer_reads(name: str, arguments: list[str]) -> dict[str, Any]:
    """The values Typer would call the command with."""
    read: dict[str, Any] = typers(name).make_context(name, list(arguments)).params
    return read | ({"words": list(read["words"])} if "words" in read else {})


def as_quick_calls(call: partial[None]) -> dict[str, Any]:
    """The values the function would be called with, its own defaults among them."""
    bound = inspect.signature(call.func).bind(**call.keywords)
    bound.apply_defaults()
    return dict(bound.arguments)


def found(name: str, arguments: list[str]) -> partial[None] | None:
    call = quick.find([name, *arguments])
    assert call is None or isinstance(call, partial)
    return call


@pytest.mark.parametrize("name", quick.SHAPES)
def test_the_shapes_are_the_options_of_the_typer_commands(name: str) -> None:
    shape, params = quick.SHAPES[name], [p for p in typers(name).params if p.param_type_name == "option"]
    assert shape.options == {opt: p.name for p in params if not p.is_flag for opt in p.opts}
    assert {opt: p.name for p in params if p.is_flag for opt in p.opts} == {"--plain": "plain", "--json": "json"}
    assert shape.words == any(p.param_type_name == "argument" for p in typers(name).params)


@pytest.mark.parametrize("name", quick.SHAPES)
def test_both_have_the_same_defaults(name: str) -> None:
    words = ["word"] if quick.SHAPES[name].words else []
    call = found(name, words)
    assert call is not None
    assert as_quick_calls(call) == as_typer_reads(name, words)


@given(NAMES, st.lists(KNOWN | VALUES | JUNK, max_size=7))
def test_what_quick_takes_typer_reads_alike(name: str, arguments: list[str]) -> None:
    call = found(name, arguments)
    if call is not None:
        assert as_quick_calls(call) == as_typer_reads(name, arguments)


@given(NAMES, st.data())
def test_quick_takes_every_plain_command_line(name: str, data: st.DataObject) -> None:
    shape = quick.SHAPES[name]
    parts = [[option, "7" if shape.options[option] == "number" else "x"] for option in shape.options]
    parts += [["--plain"], ["--json"]]
    picked = data.draw(st.lists(st.sampled_from(parts), max_size=5))
    words = [[word] for word in data.draw(st.lists(st.sampled_from(["tea", "'a b'", "NOT"]), min_size=1))]
    arguments = [word for part in data.draw(st.permutations(picked + words * shape.words)) for word in part]
    assert found(name, arguments) is not None


@given(NAMES, st.lists(KNOWN | VALUES, max_size=5), st.sampled_from(SPOILT), st.data())
def test_help_and_unknown_options_are_left_to_typer(name: str, known: list[str], odd: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(known)))
    assert found(name, [*known[:at], odd, *known[at:]]) is None


@pytest.mark.parametrize("line", ["note", "show k7fm", "--plain list", "--json list", "--bond Daniel", "--version x"])
def test_everything_else_is_left_to_typer(line: str) -> None:
    assert quick.find(shlex.split(line)) is None


def test_every_shape_names_a_function_and_a_command() -> None:
    for name, shape in quick.SHAPES.items():
        assert name in COMMANDS
        assert callable(getattr(lists, shape.function))


@given(st.text(min_size=1).filter(lambda typed: typed not in COMMANDS and not typed.startswith("-")))
def test_no_word_but_a_command_is_taken_and_none_is_repeated(typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        quick.find([typed])
    assert refused.value.message in {m.USAGE_COMMAND, *(m.USAGE_COMMAND_NEAR.format(near=name) for name in COMMANDS)}
    assert refused.value.hint == m.USAGE_HINT_ALL


@pytest.fixture
def written(run: Callable[..., Ran], home: Path, homes: Homes) -> Callable[..., Ran]:
    """A small journal, and the program to look at it with."""

    def make() -> None:
        run("begin", "--role", "mother", "--name", "Daniel")
        run("begin", "--role", "child", "--name", "Mum")
        for bond, day, text in (("Daniel", "2024-11-20", "a long call"), ("Mum", "2025-11-20", "tea, not a call")):
            assert run("note", "--bond", bond, "--date", day, given=text).code == 0

    homes.lay(home, make, "written")
    return run


@pytest.mark.parametrize(
    "line",
    [
        "list -n 1 --bond Daniel",
        "list --number 0 --until 2025-01-01 --json",
        "search call -n 1",
        "search 'long call' --bond Mum",
        "search call NOT tea --json",
        "on-this-day --date 2025-11-20",
        "on-this-day --bond Mum --date 2025-11-20 --json",
        "list --bond Nobody",
        "list --since 1/2/2026",
        "search '*'",
    ],
)
def test_both_ways_put_out_the_same(written: Callable[..., Ran], line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly = written(*shlex.split(line))
    monkeypatch.setattr(quick, "find", lambda _: None)
    assert written(*shlex.split(line)) == quickly


@pytest.mark.parametrize("digits", [20, 5000])
@pytest.mark.parametrize("line", ["list", "search call", "--plain list", "then-and-now"])
def test_a_number_too_large_to_count_to_is_no_fault_of_the_program(
    written: Callable[..., Ran], line: str, digits: int
) -> None:
    assert written(*line.split(), "-n", "9" * digits).code in (ExitCode.OK, ExitCode.USAGE)
