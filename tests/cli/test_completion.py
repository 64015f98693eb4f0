"""What the shells are told when somebody presses Tab."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.cli import COMMANDS
from mother_bond.errors import ExitCode
from tests.programs import program, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

    Run = Callable[..., Ran]


@pytest.mark.parametrize("shell", m.SHELLS)
def test_a_completion_script_is_printed_for_both_names(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    for name, variable in (("mother-bond", "_MOTHER_BOND_COMPLETE"), ("bond", "_BOND_COMPLETE")):
        assert re.search(rf"{variable}=complete_{shell}\b.*?\b{name}\b|{variable}=complete_{shell} \$1", ran.out)
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=ran.out.encode(), check=False).returncode == 0


def completed(*words: str, shell: str = "bash", variable: str = "_MOTHER_BOND_COMPLETE") -> list[str]:
    """What the program answers to the shell for the last of these words."""
    env = {variable: f"complete_{shell}", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    env |= {"_TYPER_COMPLETE_ARGS": " ".join(words), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = program(env=env)
    assert (done.code, done.err) == (ExitCode.OK, "")
    return done.out.split("\n")[:-1] if done.out.endswith("\n") else done.out.split("\n")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("mother-bond re", "reflect restore recover"),
        ("mother-bond ", " ".join(COMMANDS)),
        ("mother-bond bonds p", "put-away"),
        ("mother-bond steps ", "offer take done let-go rest"),
        ("mother-bond reflect --mi", "--minutes"),
        ("mother-bond list --s", "--since"),
    ],
)
def test_bash_is_told_what_a_word_can_become(words: str, wanted: str, home: Path) -> None:
    assert completed(*words.split(" ")) == wanted.split()
    assert not home.exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_zsh_and_fish_are_told_too_with_what_each_does(shell: str) -> None:
    told = "\n".join(completed("mother-bond", "re", shell=shell))
    assert "reflect" in told
    assert "restore" in told
    assert "A guided sitting" in told


def test_the_short_name_is_completed_too() -> None:
    assert set(completed("bond", "re", variable="_BOND_COMPLETE")) == {"recover", "reflect", "restore"}


def test_a_word_that_is_no_command_is_completed_to_nothing_and_quietly() -> None:
    assert completed("mother-bond", "nonsense", "x") == [""]


@pytest.mark.parametrize("name", ["mother-bond", "bond"])
def test_the_script_works_in_a_real_bash(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "script").write_text(run("completion", "bash").out)
    function = f"_{name.replace('-', '_')}_completion"
    lines = (
        f'source {tmp_path}/script; COMP_WORDS=({name} re); COMP_CWORD=1; {function} {name}; echo "${{COMPREPLY[@]}}"'
    )
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "--norc", "-c", lines], capture_output=True, env=surroundings({"PATH": path}), check=True
    )
    assert (sorted(ran.stdout.decode().split()), ran.stderr) == (["recover", "reflect", "restore"], b"")
