"""Everyday manners: data and talk apart, colour only where it is wanted, pipes, dates, completion, no network."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from mother_bond import clock, paths
from mother_bond import messages as m
from mother_bond.errors import ExitCode
from mother_bond.terminal import output
from mother_bond.terminal.output import Mode, Output
from tests.programs import (
    READING,
    SITTING,
    STEERING,
    Done,
    Terminal,
    command,
    on_terminal,
    program,
    surroundings,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Homes, Ran

    Run = Callable[..., Ran]

SCREENS = ("list", "search café", "patterns", "causes", "help-now", "show REF", "calendar 2024")


# --- data and talk -----------------------------------------------------------------------


@pytest.mark.parametrize(("line", "kind"), READING.items())
def test_json_is_all_there_is_on_standard_output(
    run: Run, kept: Callable[[str], list[str]], line: str, kind: str
) -> None:
    ran = run(*kept(line), "--json")
    result = json.loads(ran.out)
    assert (result["version"], result["kind"]) == (1, kind)
    again = run("--json", *kept(line)).out
    assert re.sub(r"\d+ MB", "", again) == re.sub(r"\d+ MB", "", ran.out)  # `doctor` says how much room is left


def test_nothing_on_a_pipe_can_steer_a_terminal(
    run: Run, kept: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    for line in [*READING, *(f"{line} --json" for line in READING), "export -", "completion bash", "show --help"]:
        ran = run(*kept(line))
        assert ran.out or line == "then-and-now", line
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.out + ran.err), line


def test_an_export_as_data_holds_no_bare_escape(run: Run, kept: Callable[[str], list[str]]) -> None:
    lines = run("export", "-", "--format", "jsonl").out
    assert "\\u001b[31mred" in lines
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", lines)


def test_text_that_looks_like_markup_is_shown_as_it_was_written(run: Run, kept: Callable[[str], list[str]]) -> None:
    shown = run(*kept("show REF")).out
    assert "[bold]markup[/]" in shown
    assert ":smile:" in shown
    assert "␛[31mred" in shown


@pytest.mark.parametrize("line", ["list", "search nowhere", "on-this-day", "steps", "then-and-now", "restore"])
def test_that_there_is_nothing_is_talk_and_not_data(run: Run, line: str) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    ran = run(*line.split())
    assert (ran.code, ran.out) == (ExitCode.OK, "")
    assert len(ran.err.splitlines()) == 1
    assert json.loads(run(*line.split(), "--json").out)["version"] == 1


def test_a_sitting_asks_on_standard_error_and_puts_out_one_line(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    done = program("reflect", "--plain", given=SITTING)
    assert done.code == ExitCode.OK
    assert re.fullmatch(r"Saved for .+ · 1 answer · 4 words · \d+ minutes? · \w{4}\n", done.out)
    assert m.PLAIN_WRITE in done.err
    assert "Saved" not in done.err


def test_a_sitting_can_put_out_json(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    done = program("--json", "reflect", "--plain", given=SITTING)
    assert json.loads(done.out)["session"]["answers"][0]["text"] == "The jar of plums."


@pytest.mark.parametrize("line", ["delete REF", "edit REF", "bonds change Daniel --contact little", "steps offer"])
def test_what_was_done_is_said_once_and_on_standard_output(
    run: Run, kept: Callable[[str], list[str]], line: str
) -> None:
    ran = run(*kept(line), given="other words")
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert ran.out.endswith("\n")


# --- plain and colour --------------------------------------------------------------------


def codes(done: Done) -> set[str]:
    """Every sequence that steers a terminal."""
    return set(re.findall(r"\x1b(?:\[[0-9;?]*[A-Za-z]|.)", done.out))


def test_a_screen_has_colour_where_nobody_minds(kept: Callable[[str], list[str]]) -> None:
    assert "\x1b[36m" in codes(on_terminal("list"))


@pytest.mark.parametrize("line", SCREENS)
def test_no_color_leaves_only_weight_and_slant(kept: Callable[[str], list[str]], line: str) -> None:
    done = on_terminal(*kept(line), env={"NO_COLOR": "1"})
    assert done.code == ExitCode.OK
    assert codes(done) <= {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[4m", "\x1b[1;4m"}


@pytest.mark.parametrize("line", SCREENS[:3])
def test_a_dumb_terminal_is_steered_by_nothing(kept: Callable[[str], list[str]], line: str) -> None:
    done = on_terminal(*kept(line), env={"TERM": "dumb"})
    assert (done.code, codes(done)) == (ExitCode.OK, set())


@pytest.mark.parametrize(
    ("before", "after", "env"),
    [
        (["--plain"], [], {}),
        ([], ["--plain"], {}),
        ([], [], {"MOTHER_BOND_PLAIN": "1"}),
        (["--plain"], ["--plain"], {"MOTHER_BOND_PLAIN": "0"}),
    ],
)
def test_plain_on_a_terminal_is_what_a_pipe_gets(
    run: Run, kept: Callable[[str], list[str]], before: list[str], after: list[str], env: dict[str, str]
) -> None:
    plainly = run("list")
    assert on_terminal(*before, "list", *after, env=env).out == plainly.out + plainly.err


def test_the_setting_plain_is_as_good_as_the_option(run: Run, kept: Callable[[str], list[str]]) -> None:
    paths.config().write_text("plain = true")
    assert on_terminal("list").out == run("list").out


@pytest.mark.parametrize("value", ["", "0"])
def test_the_variable_for_plain_can_be_empty_or_nought(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(output.PLAIN_VARIABLE, value)
    assert not Output().wants_plain()


def test_what_was_asked_for_before_the_command_is_not_taken_back_after_it() -> None:
    asked = Output()
    asked.ask(plain=True, json=True)
    asked.ask(plain=False, json=False)
    assert asked.wants_plain()
    assert asked.mode() is Mode.JSON


def test_each_run_begins_with_nothing_asked_for(run: Run) -> None:
    assert run("--json", "causes").out.startswith("{")
    assert not run("causes").out.startswith("{")


@pytest.mark.parametrize("env", [{"MOTHER_BOND_PLAIN": "1"}, {"TERM": "dumb"}], ids=str)
@pytest.mark.parametrize("begun", [False, True])
def test_alone_on_a_terminal_it_asks_also_where_lines_must_be_plain(run: Run, env: dict[str, str], begun: bool) -> None:
    if begun:
        run("begin", "--role", "mother", "--name", "Daniel")
    with Terminal(env=env) as terminal:
        terminal.expect("how near does Daniel feel" if begun else m.PROTECT_ASK, seconds=8)
        assert "\x1b" not in terminal.seen


# --- letters, pipes, closed streams ------------------------------------------------------


def test_accents_come_through_where_the_language_is_c(run: Run, kept: Callable[[str], list[str]]) -> None:
    for line in ("list", "search café", "export - --format jsonl", "list --json"):
        done = program(*line.split(), env={"LANG": "C", "LC_ALL": "C"})
        assert (done.code, done.err) == (ExitCode.OK, "")
        assert "café" in done.out
    assert program("note", given="naïve", env={"LANG": "C", "LC_ALL": "C"}).code == ExitCode.OK
    assert "naïve" in run("list").out


def test_letters_a_terminal_does_not_have_are_escaped_and_never_a_fault(kept: Callable[[str], list[str]]) -> None:
    done = program("search", "markup", env={"PYTHONIOENCODING": "ascii"})
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert "caf\\xe9" in done.out


def test_an_export_is_utf_8_whatever_the_terminal_is(kept: Callable[[str], list[str]]) -> None:
    done = program("export", "-", "--format", "jsonl", env={"PYTHONIOENCODING": "latin-1"})
    assert json.loads(done.out.splitlines()[0])["answers"][0]["text"] == STEERING


PIPED = ("--version", "--help", "list --help", "list", "list --json", "show REF", "prompts", "completion bash")


@pytest.mark.parametrize("line", [*PIPED, "export - --format jsonl"])
def test_a_reader_that_has_gone_is_no_fault(kept: Callable[[str], list[str]], line: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        command(*kept(line)), stdout=writing, stderr=subprocess.PIPE, env=surroundings(None), check=False
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (ExitCode.OK, b"")


def test_a_note_is_kept_whoever_reads_that_it_was(run: Run, kept: Callable[[str], list[str]]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(command("note"), input=b"kept", stdout=writing, env=surroundings(None), check=False)
    os.close(writing)
    assert ran.returncode == ExitCode.OK
    assert "kept" in run("list", "-n", "1").out


@pytest.mark.parametrize("line", ["list -n 0", "export - --format jsonl", "list -n 0 --json"])
def test_the_first_line_of_much_can_be_taken(run: Run, home: Path, homes: Homes, tmp_path: Path, line: str) -> None:
    bond = {"role": "mother", "name": "Daniel"}
    one = {"format": "mother-bond/1", "at": "2024-03-01T21:14:00+01:00", "bond": bond, "answers": [{"text": "w" * 99}]}
    (tmp_path / "many.jsonl").write_text((json.dumps(one) + "\n") * 1500)
    assert homes.lay(home, lambda: run("import", str(tmp_path / "many.jsonl")).code, "many") == ExitCode.OK
    script = '"$@" | head -n 1; echo "${PIPESTATUS[0]}"'
    ran = subprocess.run(
        ["bash", "-c", script, "bash", *command(*line.split())], capture_output=True, env=surroundings(None), check=True
    )
    assert (ran.stdout.decode().splitlines()[1:], ran.stderr) == (["0"], b"")


def closed(what: str, *arguments: str) -> Done:
    """Run the program with a stream closed, as in `mother-bond <&-`."""
    ran = subprocess.run(
        ["sh", "-c", f'exec "$@" {what}', "sh", *command(*arguments)],
        capture_output=True,
        env=surroundings(None),
        check=False,
        timeout=60,
    )
    return Done(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def test_alone_with_standard_input_closed_it_prints_the_invitation(run: Run) -> None:
    done = closed("<&-")
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert "There is no journal here yet." in done.out
    run("begin", "--role", "mother", "--name", "Daniel")
    done = closed("<&-")
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert "Tonight's page is open, about Daniel" in done.out


def test_alone_with_a_silent_pipe_it_prints_the_invitation(run: Run) -> None:
    reading, writing = os.pipe()
    ran = subprocess.run(command(), stdin=reading, capture_output=True, env=surroundings(None), check=False)
    os.close(reading)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (ExitCode.OK, b"")
    assert b"To begin, in a terminal: mother-bond" in ran.stdout


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("note", ExitCode.OK),
        ("reflect --plain", ExitCode.OK),
        ("check-in", ExitCode.OK),
        ("way-in", ExitCode.OK),
        ("begin", ExitCode.OK),
        ("edit REF", ExitCode.USAGE),
        ("purge", ExitCode.UNCONFIRMED),
    ],
)
def test_standard_input_that_is_closed_is_at_its_end(
    run: Run, kept: Callable[[str], list[str]], line: str, code: ExitCode
) -> None:
    before = run("export", "-", "--format", "jsonl").out
    done = closed("<&-", *kept(line))
    assert done.code == code
    assert "inside the program" not in done.err
    assert run("export", "-", "--format", "jsonl").out == before


@pytest.mark.parametrize("what", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("line", "code"), [("list", ExitCode.OK), ("nonsense", ExitCode.USAGE)])
def test_closed_output_is_no_fault(kept: Callable[[str], list[str]], what: str, line: str, code: ExitCode) -> None:
    assert closed(what, line).code == code


# --- days --------------------------------------------------------------------------------

DATED = (
    *("note --date", "check-in --date", "reflect --date", "way-in --date", "steps take self-kindness --date"),
    *("on-this-day --date", "list --since", "list --until", "search café --since", "export - --since"),
    *("patterns --until",),
)


@pytest.mark.parametrize("line", DATED)
def test_a_day_that_was_named_is_said_back_in_full(run: Run, kept: Callable[[str], list[str]], line: str) -> None:
    ran = run("--plain", *line.split(), "2024-05-01", given="words\n")
    assert ran.code == ExitCode.OK
    assert m.DATE_IS.format(day="Wednesday 1 May 2024") in ran.err.splitlines()


@pytest.mark.parametrize("line", DATED)
def test_a_day_that_is_unclear_is_refused_and_nothing_is_kept(
    run: Run, kept: Callable[[str], list[str]], line: str
) -> None:
    before = run("export", "-", "--format", "jsonl").out
    for words in ("3/4/2024", "2999-01-01", "sometime soon", "last week", "2024-02-30", "1850-01-01", ""):
        ran = run("--plain", *line.split(), words, given="words\n")
        assert (ran.code, ran.out) == (ExitCode.USAGE, ""), words
        assert ran.err.endswith(m.DATE_HINT + "\n")
    assert run("export", "-", "--format", "jsonl").out == before


def test_both_readings_of_an_unclear_day_are_named(run: Run, kept: Callable[[str], list[str]]) -> None:
    assert "Monday 4 March 2024 or Wednesday 3 April 2024" in run("list", "--since", "3/4/2024").err


def test_yesterday_is_said_back_as_the_day_it_was(run: Run, kept: Callable[[str], list[str]]) -> None:
    from datetime import timedelta

    before = clock.now().date()
    said = run("note", "--date", "yesterday", given="words").err
    days = {m.DATE_IS.format(day=clock.long_day(day - timedelta(days=1))) for day in (before, clock.now().date())}
    assert said.strip() in days
