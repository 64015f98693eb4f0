"""What is written is where it belongs and nowhere else, and whatever is made is for its owner alone."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.cli import COMMANDS
from mother_bond.errors import ExitCode
from tests.cli.test_network import ALONE
from tests.programs import READING, SITTING, Terminal, program, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

    Run = Callable[..., Ran]

WORD = "quincejam"
EDITOR = """
import os, pathlib, sys
path = pathlib.Path(sys.argv[-1])
path.write_text("{word} in the editor")
seen = [pathlib.Path(f"/proc/{{pid}}/{{what}}").read_bytes() for pid in (os.getpid(), os.getppid())
        for what in ("cmdline", "environ", "comm")]
pathlib.Path({seen!r}).write_bytes(b" ".join(seen))
"""
FAULT = "import mother_bond.actions.note as note\ndef add(*words): raise {kind}({what})\nnote.add = add"
FAULTY_EDITOR = """
import mother_bond.terminal.writing as writing
def edited(text, home): raise ValueError(text)
writing.edited = edited
"""
CRASH = "import os, mother_bond.cli.quick as quick\nquick.find = lambda arguments: os.abort()"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's whole world below one folder, which is also where the program is started."""
    folder = tmp_path / "user"
    folder.mkdir(mode=0o700)
    for name in ("HOME", "TMPDIR", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(folder))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.chdir(folder)
    return folder


def holding(word: str, *folders: Path) -> set[str]:
    """The names of the files in which a word stands."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.name for path in found if word.encode() in path.read_bytes()}


# --- one place ---------------------------------------------------------------------------


def test_what_is_written_is_in_the_journal_and_nowhere_else(run: Run, user: Path, home: Path) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    editor = user / "editor.py"
    editor.write_text(EDITOR.format(word=WORD, seen=str(user / "seen")))
    done = [
        program("note", given=f"{WORD} on a pipe"),
        program("reflect", "--plain", given=SITTING.replace("plums", WORD)),
        program("search", given=f"{WORD}\n"),
        program("note", "--editor", env={"EDITOR": f"{sys.executable} {editor}"}),
    ]
    assert [ran.code for ran in done] == [ExitCode.OK] * 4
    assert done[2].out.count(WORD) == 2
    assert WORD not in done[0].err + done[1].err + done[3].out + done[3].err
    assert all(name.startswith("journal") for name in holding(WORD, home))
    assert holding(WORD, user) == {"editor.py"}
    assert WORD.encode() not in (user / "seen").read_bytes()


def test_what_is_written_at_a_screen_sets_no_title_and_leaves_no_file(run: Run, user: Path, home: Path) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    with Terminal("note") as terminal:
        terminal.answer(f"{WORD} at a screen")
        assert terminal.end() == ExitCode.OK
    assert "\x1b]" not in terminal.seen
    assert all(name.startswith("journal") for name in holding(WORD, home))
    assert holding(WORD, user) == set()


# --- faults ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ValueError", "MemoryError", "RecursionError", "UnicodeDecodeError.mro()[1]"])
def test_a_fault_of_ours_shows_its_kind_and_place_and_no_words(run: Run, user: Path, kind: str) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    done = program("note", given=WORD, first=FAULT.format(kind=kind, what="words"))
    assert (done.code, done.out) == (ExitCode.BUG, "")
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 2
    assert done.err.endswith(m.BUG_HINT + "\n")
    assert WORD not in done.err
    assert holding(WORD, user) == set()


@pytest.mark.parametrize("first", ["import mother_bond.__main__ as here\nhere.run = lambda words: 1 / 0"])
def test_not_even_a_fault_outside_of_all_that_shows_a_traceback(first: str) -> None:
    done = program("list", first=first)
    assert done.code == ExitCode.BUG
    assert "ZeroDivisionError" in done.err
    assert "Traceback" not in done.err


def test_a_fault_beside_the_writing_ends_it_without_a_traceback(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    with Terminal("note", first=FAULTY_EDITOR) as terminal:
        terminal.expect("Ctrl-S go on")
        terminal.send(f"{WORD} ")
        terminal.expect(WORD)
        terminal.send("\x18")
        assert terminal.end() == ExitCode.BUG
    assert "ValueError at " in terminal.text
    assert "Traceback" not in terminal.text
    assert WORD not in terminal.text.partition("Something went wrong")[2]


def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    pattern = Path("/proc/sys/kernel/core_pattern")
    if not pattern.exists() or not pattern.read_text().startswith("core"):
        pytest.skip("images are not put into the working folder here")

    def crash(folder: str, first: str, run: str) -> list[Path]:
        (tmp_path / folder).mkdir()
        script = f'ulimit -c unlimited && cd {tmp_path / folder} && exec "$@"'
        code = f"{first}\nimport sys\nfrom mother_bond.__main__ import main, run\n{run}"
        env = surroundings({"PYTHONPATH": str(Path(__file__).parents[1])})
        ran = subprocess.run(["bash", "-c", script, "bash", sys.executable, "-c", code], env=env, check=False)
        assert ran.returncode == -6
        return list((tmp_path / folder).iterdir())

    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("images of memory are off already")
    assert crash("without", CRASH, "run([])") != []
    assert crash("with", CRASH, "main()") == []


# --- for its owner alone -----------------------------------------------------------------

WRITING = (
    ("begin --role mother --name Daniel", ""),
    ("begin --role child --name Mum", ""),
    ("note", "words of mine"),
    ("note --date 2024-05-01", "more words"),
    ("reflect --plain", SITTING),
    ("check-in --plain", "4\n5\n4\n4\n"),
    ("way-in --plain", "1\n" * 11),
    ("steps take self-kindness --plain", ".\n"),
    ("edit REF", "other words"),
    ("share REF", ""),
    ("delete REF", ""),
    ("export summary.md", ""),
    ("export summary.html", ""),
    ("export all.jsonl", ""),
    ("export summary.md --force", ""),
    ("import all.jsonl", ""),
    ("purge REF --yes", ""),
    ("demo child", ""),
    ("list", ""),
)


def test_whatever_the_umask_files_are_for_their_owner_alone(run: Run, user: Path, home: Path) -> None:
    ref, before = "", os.umask(0)
    try:
        for line, given in WRITING:
            done = run(*line.replace("REF", ref).split(), given=given)
            assert done.code == ExitCode.OK, (line, done)
            ref = ref or (run("search", "mine").out[:4] if line == "note" else "")
    finally:
        os.umask(before)
    made = [path for folder in (home, user) for path in folder.rglob("*")]
    assert {"journal.db", "summary.html", "all.jsonl"} <= {path.name for path in made}
    assert [path for path in [home, *made] if path.stat().st_mode & 0o077] == []


def test_the_program_itself_closes_what_it_makes_and_its_memory() -> None:
    look = """
import mother_bond.__main__ as here, os, resource
def run(words): print(os.umask(0), resource.getrlimit(resource.RLIMIT_CORE)[0]); return 0
here.run = run
"""
    umask, limit = program("list", first=look).out.split()
    assert int(umask) == 0o077
    assert int(limit) <= 1


# --- no network --------------------------------------------------------------------------

RUN_ALL = """
import io, json, os, sys
from mother_bond.__main__ import run
for line, given in json.loads(os.environ["LINES_TO_RUN"]):
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(given.encode())), encoding="utf-8")
    if code := run(line.split()):
        sys.exit(f"{line} ended with {code}")
sys.exit()
"""


@pytest.fixture
def every_line(run: Run, user: Path) -> dict[str, str]:
    """The environment in which `RUN_ALL` runs every command there is, on a journal with a note."""
    for line, given in WRITING[:3]:
        run(*line.split(), given=given)
    ref = run("search", "mine").out[:4]
    reading = [(line, "") for line in READING if "check" not in line and "steps offer " not in line]
    told = [(f"{name} --help", "") for name in COMMANDS]
    lines = [*reading, *told, *WRITING[3:], ("search", "words\n"), ("export - --format html", "")]
    return {"LINES_TO_RUN": json.dumps([(line.replace("REF", ref), given) for line, given in lines])}


def test_no_command_reaches_for_the_network(every_line: dict[str, str]) -> None:
    done = program(first=ALONE + RUN_ALL, env=every_line)
    assert (done.code, "network" in done.err) == (ExitCode.OK, False), done.err[-300:]


@pytest.mark.slow
def test_the_system_is_asked_for_no_socket_by_any_command(every_line: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "calls"
    trace = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log)]
    if not shutil.which("strace") or subprocess.run([*trace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace is not there, or may not watch")
    watched = [*trace, sys.executable, "-c", RUN_ALL]
    ran = subprocess.run(watched, capture_output=True, env=surroundings(every_line), check=False)
    assert ran.returncode == ExitCode.OK, ran.stderr[-300:]
    assert [line for line in log.read_text().splitlines() if "socket" in line or "connect" in line] == []


# --- a name that tells nothing -----------------------------------------------------------


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """The program under another name, by way of a link."""
    link = tmp_path / "pages"
    link.symlink_to(Path(sys.executable).with_name("mother-bond"))
    if not link.exists():
        pytest.skip("not installed")
    return link


def pages_say(link: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    ran = subprocess.run(
        [link, *arguments], capture_output=True, env=surroundings(env), check=False, stdin=subprocess.DEVNULL
    )
    return ran.stdout.decode() + ran.stderr.decode()


@pytest.mark.parametrize(
    "line", ["--help", "note --help", "list", "nonsense", "note --nonsense", "completion bash", ""]
)
def test_started_by_another_name_it_says_that_one(pages: Path, line: str) -> None:
    said = pages_say(pages, *line.split())
    assert "pages" in said
    assert "mother-bond" not in said.replace(str(Path(sys.executable).parents[1]), "")


def test_a_shell_completes_the_other_name(pages: Path) -> None:
    asked = {"_PAGES_COMPLETE": "complete_bash", "COMP_WORDS": "pages check", "COMP_CWORD": "1"}
    assert "check-in" in pages_say(pages, env=asked).split()


def test_a_package_keeps_its_own_name() -> None:
    code = "from mother_bond import messages as m; m.call_it('pages'); print(m.PDF_NEEDS_HINT, m.HELP['note'], m.NAME)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.decode()
    assert "mother-bond[pdf]" in said
    assert "pages note --cause" in said
    assert said.endswith("pages\n")


# --- a screen wiped clean ----------------------------------------------------------------

WIPE = "\x1b[H\x1b[2J\x1b[3J"


@pytest.mark.parametrize(("line", "wiped"), [("clear = true", True), ("clear = false", False), ("", False)])
def test_the_screen_is_wiped_at_the_end_where_that_is_wanted(run: Run, line: str, *, wiped: bool) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    paths.config().write_text(line)
    with Terminal("note") as terminal:
        terminal.answer(f"{WORD} at a screen")
        assert terminal.end() == ExitCode.OK
    left = terminal.seen.rpartition(WIPE)[2]
    assert (WIPE in terminal.seen, WORD not in left) == (wiped, wiped)


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["enough", "stopped"])
def test_it_is_wiped_however_a_sitting_ends(run: Run, key: str) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    paths.config().write_text("clear = true")
    with Terminal("reflect") as terminal:
        terminal.expect("very near")
        terminal.expect("›")
        terminal.send(key)
        assert terminal.end() in (ExitCode.OK, ExitCode.INTERRUPTED)
    assert "Daniel" not in terminal.seen.rpartition(WIPE)[2]
    assert WIPE in terminal.seen


def test_what_is_read_or_piped_is_never_wiped(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    paths.config().write_text("clear = true")
    program("note", given=WORD)
    assert WIPE not in program("reflect", "--plain", given=SITTING).out
    with Terminal("list") as terminal:
        assert terminal.end() == ExitCode.OK
    assert WORD in terminal.seen
    assert WIPE not in terminal.seen


def test_words_to_look_for_can_be_typed_where_no_shell_keeps_them(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    run("note", given=WORD)
    with Terminal("search") as terminal:
        terminal.expect(m.ASK_SEARCH)
        terminal.expect("›")
        terminal.send(WORD + "\r")
        assert terminal.end() == ExitCode.OK
    assert terminal.text.count(WORD) > 1
    assert run("search", given="").code == ExitCode.USAGE
