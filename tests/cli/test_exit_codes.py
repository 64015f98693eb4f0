"""Every exit code comes out of the real program, with words on standard error and none lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mother_bond import errors, paths
from mother_bond import messages as m
from mother_bond.errors import ExitCode, MotherBondError
from mother_bond.storage import keys
from mother_bond.storage.driver import connect
from tests.locked import lay
from tests.programs import Terminal, command, on_terminal, program, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Homes, Ran

    Run = Callable[..., Ran]

FAULT = "import mother_bond.actions.lists as lists; lists.recent = lambda *_: 1 // 0"


@pytest.fixture
def begun(run: Run, home: Path, homes: Homes) -> None:
    """A journal with one bond."""
    line = ("begin", "--role", "mother", "--name", "Daniel", "--contact", "little")
    assert homes.lay(home, lambda: run(*line).code, *line) == ExitCode.OK


def refused(
    code: ExitCode, *arguments: str, given: str = "", first: str = "", env: dict[str, str] | None = None
) -> str:
    """What the program says on standard error when it ends with `code`, and nothing else."""
    done = program(*arguments, given=given, first=first, env=env)
    assert (done.code, done.out) == (code, "")
    assert done.err.strip()
    assert "Traceback" not in done.err
    return done.err


def test_0_done(begun: None) -> None:
    assert program("note", given="one line").code == ExitCode.OK
    assert "one line" in program("list").out


def test_1_a_fault_of_the_program(begun: None) -> None:
    said = refused(ExitCode.BUG, "list", first=FAULT)
    assert "(ZeroDivisionError at lists.py:" in said
    assert m.BUG_HINT in said


@pytest.mark.parametrize("line", ["nonsense", "note --nonsense", "reflect --minutes 7"])
def test_2_what_cannot_be_used_on_the_command_line(begun: None, line: str) -> None:
    refused(ExitCode.USAGE, *line.split())


@pytest.mark.parametrize("given", ["a\0b", "\udcff"])
def test_2_an_answer_that_cannot_be_kept(begun: None, given: str) -> None:
    data = given.encode(errors="surrogateescape")
    assert program("note", given=data).code == ExitCode.USAGE
    assert program("list").out == ""


@pytest.mark.parametrize("line", ["list", "note", "reflect --plain"])
def test_3_no_journal(home: Path, line: str) -> None:
    assert m.STORE_NONE in refused(ExitCode.NOT_FOUND, *line.split(), given="words")
    assert not home.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("list --bond Nobody", m.BOND_NONE),
        ("causes nonsense", m.CAUSE_NONE),
        ("note --cause nonsense", m.CAUSE_NONE),
        ("reflect nonsense --plain", m.CAUSE_NONE),
        ("show zzzz", m.ENTRY_NONE),
        ("restore zzzz", m.ENTRY_NONE),
        ("steps take nonsense", m.PRACTICE_NONE),
    ],
)
def test_3_nothing_of_that_name(begun: None, run: Run, line: str, said: str) -> None:
    ran = run(*line.split(), given="words")
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    assert said in ran.err


@pytest.mark.parametrize("found", [b"", b"not a journal " * 400, b"SQLite format 3\0" + bytes(4080)])
def test_4_the_journal_is_damaged(home: Path, found: bytes) -> None:
    home.mkdir()
    paths.journal().write_bytes(found)
    refused(ExitCode.DAMAGED, "note", given="words")
    assert paths.journal().read_bytes() == found


def test_4_another_programs_database(home: Path) -> None:
    home.mkdir()
    with closing(sqlite3.connect(paths.journal())) as other:
        other.execute("CREATE TABLE t (x)")
    assert m.STORE_NOT_A_JOURNAL in refused(ExitCode.DAMAGED, "list")


def test_5_the_journal_is_from_a_newer_version(begun: None) -> None:
    with closing(connect(str(paths.journal()))) as newer:
        newer.execute("PRAGMA user_version = 99")
    for line in ("list", "note", "export -"):
        assert "(form 99;" in refused(ExitCode.NEWER, *line.split(), given="words")


def test_6_it_cannot_be_written(tmp_path: Path, begun: None) -> None:
    (tmp_path / "file").write_text("")
    env = {"MOTHER_BOND_HOME": str(tmp_path / "file" / "home")}
    refused(ExitCode.CANNOT_WRITE, "begin", "--role", "mother", "--name", "Daniel", env=env)
    refused(ExitCode.CANNOT_WRITE, "export", str(tmp_path / "nowhere" / "summary.md"))
    assert (tmp_path / "file").read_text() == ""


@pytest.mark.slow
def test_7_another_window_held_the_journal(begun: None) -> None:
    with closing(connect(str(paths.journal()))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert m.STORE_BUSY in refused(ExitCode.BUSY, "note", given="words")
        other.execute("ROLLBACK")
    assert program("list").out == ""


def test_8_a_file_that_was_handed_in_is_wrong(tmp_path: Path, begun: None) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"format": "mother-bond/1"}\nnonsense\n')
    refused(ExitCode.BAD_FILE, "import", str(bad))
    refused(ExitCode.BAD_FILE, "import", str(tmp_path / "missing.jsonl"))
    done = program("prompts", "check", str(bad))
    assert (done.code, done.err) == (ExitCode.BAD_FILE, "")
    assert str(bad) in done.out


def test_8_a_setting_there_is_not_is_named_before_a_sitting(begun: None) -> None:
    paths.config().write_text("nonsense = 1")
    assert "“nonsense”" in refused(ExitCode.BAD_FILE, "reflect", "--plain", given="3\n")


def test_no_setting_stands_between_a_person_and_a_help_line(begun: None) -> None:
    paths.config().write_text("nonsense = 1")
    assert m.HELP_NOW in program("help-now").out
    on_screen = on_terminal("help-now")
    assert (on_screen.code, m.HELP_NOW in on_screen.out) == (ExitCode.OK, True)


def test_9_a_file_or_a_bond_is_there_already(tmp_path: Path, begun: None) -> None:
    there = tmp_path / "there.md"
    there.write_text("mine")
    refused(ExitCode.EXISTS, "export", str(there))
    assert there.read_text() == "mine"
    assert m.BOND_EXISTS in refused(ExitCode.EXISTS, "begin", "--role", "mother", "--name", "Daniel")


@pytest.fixture
def trashed(begun: None, run: Run) -> str:
    """The short id of an entry in the trash."""
    run("note", given="one line")
    ref = run("list").out[:4]
    assert run("delete", ref).code == ExitCode.OK
    return ref


def test_10_what_cannot_be_undone_was_not_confirmed(trashed: str, run: Run) -> None:
    assert m.PURGE_HINT in refused(ExitCode.UNCONFIRMED, "purge", trashed)
    assert run("restore", trashed).code == ExitCode.OK
    assert "one line" in run("show", trashed).out


def test_10_no_is_the_answer_of_whoever_presses_enter(trashed: str, run: Run) -> None:
    with Terminal("purge") as terminal:
        terminal.expect("›")
        terminal.send("\r")
        assert terminal.end() == ExitCode.UNCONFIRMED
        assert m.PURGE_NOT in terminal.text
    assert run("restore", trashed).code == ExitCode.OK


@pytest.fixture
def locked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encrypted journal, and no key that is kept anywhere."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    lay(home)


@pytest.mark.parametrize("line", ["list", "note", "reflect --plain"])
def test_11_the_journal_is_locked_and_nobody_can_be_asked(locked: None, line: str) -> None:
    said = refused(ExitCode.LOCKED, *line.split(), given="words")
    assert said == f"{m.LOCKED}\n{m.LOCKED_HINT}\n"


def test_11_a_wrong_passphrase(locked: None) -> None:
    assert m.PASSPHRASE_WRONG in refused(ExitCode.LOCKED, "unlock", given="not this one\n")


@pytest.mark.parametrize("content", [None, b"noise"])
def test_12_the_key_file_cannot_be_used(locked: None, content: bytes | None) -> None:
    for place in (keys.beside(paths.journal()), paths.second_keys()):
        place.unlink()
        if content:
            place.write_bytes(content)
    for line in ("list", "unlock", "note --sealed"):
        assert m.KEYS_HINT in refused(ExitCode.KEYS, *line.split(), given="words")


def test_13_encryption_is_not_installed(locked: None) -> None:
    said = refused(
        ExitCode.NO_ENCRYPTION, "unlock", given="words", first="import sys; sys.modules['sqlcipher3'] = None"
    )
    assert said == f"{m.ENCRYPTION_MISSING}\n{m.ENCRYPTION_MISSING_HINT}\n"


def test_130_stopped_with_what_was_written_kept(begun: None) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command("reflect", "--plain"), stdin=pipe, stdout=pipe, stderr=pipe, env=surroundings(None), text=True
    ) as process:
        assert process.stdin
        assert process.stderr
        assert process.stdout
        process.stdin.write("4\n3\n4\n5\nThe jar of plums.\n")
        process.stdin.flush()
        while m.PLAIN_WRITE not in process.stderr.readline():
            assert process.poll() is None
        wait_for_draft("The jar of plums.")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == ExitCode.INTERRUPTED
        assert process.stderr.read() == m.INTERRUPTED + "\n"
        assert process.stdout.read() == ""
    again = program("reflect", "--plain", given="1\n")
    assert m.CUT_OFF_DRAFT in again.err
    assert "The jar of plums." in again.err


def wait_for_draft(text: str) -> None:
    """Wait until a draft is on the disk."""
    from time import monotonic, sleep

    until = monotonic() + 20
    with closing(connect(str(paths.journal()))) as journal:
        while not journal.execute("SELECT 1 FROM draft WHERE text = ?", (text,)).fetchone():
            assert monotonic() < until
            sleep(0.02)


def test_130_the_end_of_the_input_where_a_choice_is_needed(begun: None) -> None:
    with Terminal("reflect") as terminal:
        terminal.expect("very near")
        terminal.expect("›")
        terminal.send("\x03")
        assert terminal.end() == ExitCode.INTERRUPTED
        assert m.INTERRUPTED in terminal.text


def test_every_error_on_purpose_carries_a_code_that_is_not_a_fault() -> None:
    kinds = MotherBondError.__subclasses__()
    assert {kind.code for kind in kinds} == set(ExitCode) - {ExitCode.OK, ExitCode.BUG, ExitCode.INTERRUPTED}
    assert all(kind.__module__ == errors.__name__ for kind in kinds)


def test_every_exit_code_has_its_test_here() -> None:
    numbers = {
        int(name.split("_")[1]) for name in globals() if name.startswith("test_") and name.split("_")[1].isdigit()
    }
    assert numbers == set(ExitCode)
