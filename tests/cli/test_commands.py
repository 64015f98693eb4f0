"""Every command there is: named alike everywhere, with help that holds, and with manners about words."""

from __future__ import annotations

import json
import re
import shlex
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.cli import COMMANDS
from mother_bond.domain.prompt import CAUSES, GUARD, LOOP
from mother_bond.errors import ExitCode
from mother_bond.library.render import address
from tests.programs import command_tree, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran

    Run = Callable[..., Ran]

SENTENCE = "I said nothing to her"


TREE = command_tree()
PATHS = [" ".join(path) for path in TREE]


def example(path: str) -> str:
    """The example in a command's help."""
    (line,) = re.findall(r"^Example: (mother-bond .+)$", TREE[tuple(path.split())].help, re.MULTILINE)
    return str(line)


# --- the names ---------------------------------------------------------------------------


def test_the_commands_the_front_page_and_the_help_name_the_same() -> None:
    grouped = [name for names in m.COMMAND_GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(COMMANDS) == sorted(m.HELP)


def test_every_module_holds_the_commands_it_is_said_to_hold() -> None:
    for module in set(COMMANDS.values()):
        family = import_module(f"mother_bond.cli.{module}").app
        names = {info.name for info in family.registered_commands + family.registered_groups}
        assert names == {name for name, where in COMMANDS.items() if where == module}


def test_nothing_is_listed_that_is_not_there_yet() -> None:
    later = {"letters", "browse", "sync"}
    assert later.isdisjoint(COMMANDS)


# --- help --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
def test_every_help_works_and_holds_its_example(run: Run, path: str) -> None:
    ran = run(*path.split(), "--help")
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert f"Example: mother-bond {path}" in " ".join(ran.out.split())
    assert run(*path.split(), "-h") == ran


@pytest.mark.parametrize("path", PATHS)
def test_every_option_and_argument_is_explained(path: str) -> None:
    for param in TREE[tuple(path.split())].params:
        assert param.help, param.name


@pytest.mark.parametrize("path", PATHS)
def test_every_example_can_be_typed(path: str) -> None:
    typed = shlex.split(example(path).partition(" >>")[0])[1:]
    command, rest = TREE[tuple(path.split())], typed[len(path.split()) :]
    if hasattr(command, "list_commands") and rest and rest[0] in command.list_commands(None):
        command, rest = command.get_command(None, rest[0]), rest[1:]
    assert command.make_context(path, rest).params is not None


def test_every_theme_and_practice_in_an_example_is_one_there_is(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel", "--contact", "in-touch")
    slugs = set(CAUSES) | {LOOP, GUARD}
    known = {item["id"] for item in json.loads(run("steps", "offer", "--json").out)["items"]}
    for path in PATHS:
        words = set(re.findall(r"(?<!-)\b[a-z]+(?:-[a-z]+)+\b(?!\.)", example(path)))
        assert words <= slugs | known | set(COMMANDS) | {"mother-bond", "in-touch", "let-go", "put-away", "my-pack"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_plain_and_every_result_can_be_json(name: str) -> None:
    options = {opt for param in TREE[(name,)].params for opt in param.opts}
    assert ("--plain" in options) == (name != "completion")
    assert ("--json" in options) == (name not in {"completion", "purge", "export", "demo"})


# --- words on the command line -----------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        *("note", "help-now", "list", "patterns", "check-in", "show k7fm", "reflect emotional-debt", "way-in"),
        *("bonds", "steps", "bonds use Daniel", "--plain"),
        *("list -n", "calendar", "reflect --minutes", "restore k7fm --revision"),
        *("begin --role", "completion", "demo", "causes", "show", "edit", "history", "note --cause", "note --bond"),
        *("on-this-day --date", "export - --format", "then-and-now --number", "reflect", "bonds use"),
    ],
)
def test_a_sentence_on_the_command_line_is_not_repeated(run: Run, before: str) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    ran = run(*before.split(), SENTENCE)
    assert SENTENCE not in ran.out + ran.err
    assert ran.code in (ExitCode.USAGE, ExitCode.NOT_FOUND, ExitCode.OK)


def test_more_words_than_a_note_takes_are_kept_nowhere(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    ran = run("note", SENTENCE, given="words from standard input")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err == f"{m.USAGE_EXTRA}\n{m.USAGE_HINT.format(command='note')}\n"
    assert run("list").out == ""


@pytest.mark.parametrize("line", ["note --nonsense", "show", "bonds use", "steps take", "import"])
def test_what_cannot_be_read_ends_with_where_to_look(run: Run, line: str) -> None:
    ran = run(*line.split())
    path = " ".join(word for word in line.split() if not word.startswith("-"))
    assert ran.code == ExitCode.USAGE
    assert ran.err.endswith(m.USAGE_HINT.format(command=path) + "\n")


# --- a fault of ours ---------------------------------------------------------------------


@pytest.mark.parametrize("line", ["list", "--plain list"])
def test_a_fault_of_ours_says_its_kind_and_place_and_no_word(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SENTENCE)

    run("begin", "--role", "mother", "--name", "Daniel")
    monkeypatch.setattr("mother_bond.actions.lists.recent", fail)
    ran = run(*line.split())
    assert (ran.code, ran.out) == (ExitCode.BUG, "")
    assert re.search(r"\(RuntimeError at \w+\.py:\d+\)", ran.err)
    assert SENTENCE not in ran.err
    assert "Traceback" not in ran.err


def test_a_fault_of_ours_names_a_line_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    monkeypatch.setattr("mother_bond.actions.lists.Which", None)
    assert "(TypeError at lists.py:" in run("list").err


# --- with nothing after it ---------------------------------------------------------------


def test_alone_without_a_journal_it_says_how_to_begin(run: Run, home: Path) -> None:
    ran = run()
    today = clock.long_day(clock.now().date())
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert ran.out == m.INVITE_NEW.format(day=today) + "\n"
    assert not home.exists()


def test_alone_with_a_journal_it_says_how_to_answer(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel", "--call", "my son")
    ran = run()
    today = clock.long_day(clock.now().date())
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert ran.out == m.INVITE.format(day=today, who=f"Daniel, {address('my son')}") + "\n"
    assert run("list").out == ""


def test_the_invitations_own_lines_work_as_they_stand(run: Run) -> None:
    for line in re.findall(r"mother-bond (begin .+)|\(or (--role .+)\)", m.INVITE_NEW):
        assert run("begin", *shlex.split((line[0] or line[1]).removeprefix("begin "))).code == ExitCode.OK
    assert run("bonds").out.count("\n") == 2
    assert run("reflect", "--plain", given="3\n/enough\n").code == ExitCode.OK
    assert run("note", given="a line").code == ExitCode.OK


def test_alone_with_lines_on_standard_input_it_sets_up_and_begins() -> None:
    done = program(given="1\nDaniel\nmy son\n2\n1\n2\n3\n/enough\n")
    assert done.code == ExitCode.OK
    assert m.WELCOME in done.err
    assert " Daniel, your son." in done.err
    assert "Daniel, my son · you are the mother · he · in touch" in program("bonds").out
    assert "check-in" in program("list").out


def test_alone_with_the_first_question_left_nothing_is_made(home: Path) -> None:
    done = program("--plain", given="")
    assert (done.code, done.out) == (ExitCode.OK, "")
    assert m.LEFT_AGAIN in done.err
    assert not home.exists()


def test_the_bond_can_be_named_before_any_command(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    run("begin", "--role", "child", "--name", "Mum")
    assert "about Daniel." in run("--bond", "Daniel").out
    assert run("--bond", "Nobody").code == ExitCode.NOT_FOUND
