"""The program opens no network connection, ever."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.cli import COMMANDS
from mother_bond.errors import ExitCode
from tests.programs import READING, RUN_LINES, SITTING, Terminal, command, program, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran

    Run = Callable[..., Ran]

ALONE = """
import os, sys
def hook(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        os.write(2, ("reached for the network: " + event + chr(10)).encode())
        os._exit(99)
sys.addaudithook(hook)
"""


def every_reading_line(kept: Callable[[str], list[str]]) -> str:
    """A line for each way to read that ends well."""
    lines = [line for line in READING if "check" not in line]
    lines += [
        "export -",
        *(f"export - --format {kind}" for kind in ("jsonl", "html")),
        "list --since yesterday",
        "completion bash",
        "demo child",
    ]
    lines += [f"{path} --help" for path in COMMANDS]
    return "\n".join(shlex.join(kept(line)) for line in lines)


def test_the_watch_for_the_network_works() -> None:
    code = f"{ALONE}\nimport socket; socket.socket()"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 99


def test_nothing_that_reads_reaches_for_the_network(kept: Callable[[str], list[str]], tmp_path: Path) -> None:
    done = program(first=ALONE + RUN_LINES, env={"LINES_TO_RUN": every_reading_line(kept), "TMPDIR": str(tmp_path)})
    assert (done.code, done.err.count("network")) == (0, 0)


def test_a_whole_sitting_never_reaches_for_the_network(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel", "--contact", "in-touch")
    done = program(
        "reflect", "--plain", given="3\n4\n5\n4\n" + "Words.\n.\n" * 3 + "1\n" + "Words.\n.\n" * 2 + "5\n", first=ALONE
    )
    assert done.code == ExitCode.OK
    assert "5 answers" in done.out


def traced(tmp_path: Path, *arguments: str, given: bytes) -> str:
    """The calls a whole process makes for the network, by way of strace."""
    log = tmp_path / "calls"
    trace = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log)]
    if not shutil.which("strace") or subprocess.run([*trace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace is not there, or may not watch")
    ran = subprocess.run(
        [*trace, *command(*arguments)], input=given, capture_output=True, env=surroundings(None), check=False
    )
    assert ran.returncode == ExitCode.OK
    return "".join(line for line in log.read_text().splitlines() if "SIG" not in line and "exited" not in line)


@pytest.mark.parametrize("line", ["reflect --plain", "begin --role child --name Mum"])
def test_the_system_is_never_asked_for_a_socket(run: Run, tmp_path: Path, line: str) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    assert traced(tmp_path, *line.split(), given=SITTING.encode()) == ""


def test_a_sitting_on_a_screen_asks_for_no_socket_that_leaves_the_machine(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    with Terminal("reflect", first=ALONE.replace("socket.", "socket.connect")) as terminal:
        terminal.expect("very near")
        terminal.expect("›")
        terminal.send("\x04")
        assert terminal.end() == ExitCode.OK
        assert m.FOOT in terminal.text
