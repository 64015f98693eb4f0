"""The commands around a passphrase, in real processes and at a real terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.cli import unlocking
from mother_bond.domain.bond import Role
from mother_bond.errors import DamagedError, ExitCode, LockedError
from mother_bond.storage import keyfile, keys
from mother_bond.storage.store import open_store
from mother_bond.terminal import secret
from tests.locked import ANOTHER, CHEAPLY, MARKER, PASSPHRASE, cheap, dump, kit, lay, lying_open, snapshot
from tests.programs import Terminal, command, program, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran

    Run = Callable[..., Ran]

__all__ = ["cheap"]
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}\b")
NO_PAUSE = f"{CHEAPLY}\nimport time; slept = time.sleep; time.sleep = lambda s: print(f'[waited {{s}}]', flush=True)"
BUSY_SOON = f"{CHEAPLY}\nimport mother_bond.storage.swap as swap; swap.WAIT = 100"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key is kept anywhere."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def answer(terminal: Terminal, *pairs: tuple[str, str]) -> None:
    """Type something at each question."""
    for question, typed in pairs:
        terminal.expect(question)
        terminal.send(typed + "\n")


def set_up(terminal: Terminal) -> None:
    """Answer what is asked about a bond."""
    questions = (m.ASK_ROLE, m.ASK_NAME[Role.MOTHER], m.ASK_CALL[Role.MOTHER], m.ASK_THEY, m.ASK_CONTACT)
    for question, typed in zip(questions, ("1", "Daniel", "my son", "2", "1"), strict=True):
        terminal.expect(question.partition("{")[0][:20])
        terminal.expect("›")
        terminal.send(typed + "\r")


NEW = ((m.ASK_PASSPHRASE_NEW, ANOTHER), (m.ASK_PASSPHRASE_AGAIN, ANOTHER))


def code_in(terminal: Terminal) -> str:
    """The recovery code on the screen, once it is there; and Enter."""
    terminal.expect(m.CODE_WRITTEN_DOWN)
    (found,) = CODE.findall(terminal.text)
    terminal.send("\n")
    return str(found)


def listed(passphrase: str) -> str:
    """What `list` shows to somebody who types that."""
    with Terminal("list", "--plain") as terminal:
        answer(terminal, (m.ASK_PASSPHRASE, passphrase))
        assert terminal.end() == ExitCode.OK, terminal.text
        return terminal.text


# --- the whole way, at full cost -------------------------------------------------------------------


def test_the_first_evening_with_a_passphrase_and_then_without_it(home: Path) -> None:
    """Set up at a terminal, forgotten, recovered by the code: nothing typed is ever seen."""
    with Terminal() as terminal:
        terminal.expect(m.PROTECT_ASK)
        terminal.expect("›")
        terminal.send("\r")
        answer(terminal, (m.ASK_PASSPHRASE_OR_NONE, "short"))
        terminal.expect(m.PASSPHRASE_SHORT.format(n=keyfile.LEAST_CHARACTERS))
        answer(terminal, (m.ASK_PASSPHRASE_OR_NONE, PASSPHRASE), (m.ASK_PASSPHRASE_AGAIN, ANOTHER))
        terminal.expect(m.PASSPHRASE_DIFFER)
        answer(terminal, (m.ASK_PASSPHRASE_OR_NONE, PASSPHRASE), (m.ASK_PASSPHRASE_AGAIN, PASSPHRASE))
        set_up(terminal)
        code = code_in(terminal)
        terminal.expect(m.WAY_IN_ASK[:40])
        terminal.expect("›")
        terminal.send("\x03")
        terminal.end()
        assert not any(word in terminal.text for word in (PASSPHRASE, ANOTHER, "plum jars", "tin roof"))
    assert keys.load(paths.journal()).slots[0].cost == keyfile.ARGON
    with Terminal("recover") as terminal:
        answer(terminal, (m.ASK_CODE, code.lower().replace("-", " ")), *NEW)
        assert terminal.end() == ExitCode.OK, terminal.text
        assert m.DONE_PASSPHRASE[:40] in terminal.text
        assert not any(typed.lower() in terminal.text.lower() for typed in (code, code.replace("-", " "), ANOTHER))
    with Terminal("bonds", "--plain") as terminal:
        answer(terminal, (m.ASK_PASSPHRASE, PASSPHRASE))
        terminal.expect(m.PASSPHRASE_WRONG)
        answer(terminal, (m.ASK_PASSPHRASE, ANOTHER))
        terminal.expect("Daniel")
        assert terminal.end() == ExitCode.OK
        assert not any(typed in terminal.text for typed in (PASSPHRASE, ANOTHER))


@pytest.mark.parametrize("typed", ["2\r", "\r"], ids=["not now", "Enter alone at the passphrase"])
def test_without_a_passphrase_the_first_evening_makes_a_plain_journal(home: Path, typed: str) -> None:
    with Terminal(first=CHEAPLY) as terminal:
        terminal.expect(m.PROTECT_ASK)
        terminal.expect("›")
        terminal.send(typed)
        if typed == "\r":
            answer(terminal, (m.ASK_PASSPHRASE_OR_NONE, ""))
        set_up(terminal)
        terminal.expect(m.WAY_IN_ASK[:40])
        terminal.expect("›")
        terminal.send("\x03")
        terminal.end()
        assert not CODE.search(terminal.text)
    assert not keys.encrypted(paths.journal())
    assert not keys.beside(paths.journal()).exists()
    assert "Daniel" in program("bonds").out


@pytest.mark.parametrize("line", ["", "begin"])
def test_ctrl_d_leaves_at_the_first_question_too(home: Path, line: str) -> None:
    with Terminal(*line.split(), first=CHEAPLY) as terminal:
        terminal.expect(m.PROTECT_ASK)
        terminal.expect("›")
        terminal.send("\x04")
        assert terminal.end() == ExitCode.OK
        assert m.ASK_ROLE not in terminal.text
    assert not paths.journal().exists()


# --- the commands -------------------------------------------------------------------------------------


def test_encrypt_rotate_and_decrypt_at_a_terminal(home: Path) -> None:
    before = lay(home, encrypted=False).dump
    with Terminal("encrypt", first=CHEAPLY) as terminal:
        answer(terminal, *NEW)
        first = code_in(terminal)
        assert terminal.end() == ExitCode.OK, terminal.text
        assert m.DONE_ENCRYPTED[:30] in terminal.text
        assert ANOTHER not in terminal.text
    assert lying_open(home) == []
    assert MARKER in listed(ANOTHER)
    with Terminal("rotate", first=CHEAPLY) as terminal:
        answer(
            terminal,
            (m.ASK_PASSPHRASE, ANOTHER),
            (m.ASK_PASSPHRASE_NEW, PASSPHRASE),
            (m.ASK_PASSPHRASE_AGAIN, PASSPHRASE),
        )
        second = code_in(terminal)
        assert terminal.end() == ExitCode.OK, terminal.text
        assert m.ROTATE_ABOUT[:40] in terminal.text
    assert first != second
    with Terminal("recover", first=NO_PAUSE) as terminal:
        answer(terminal, (m.ASK_CODE, first))
        terminal.expect(m.CODE_OTHER)
        answer(terminal, (m.ASK_CODE, second[:-1] + ("2" if second[-1] != "2" else "3")))
        terminal.expect(m.CODE_SLIP)
        answer(terminal, (m.ASK_CODE, second), *NEW)
        assert terminal.end() == ExitCode.OK
    with Terminal("decrypt", "--yes") as terminal:
        answer(terminal, (m.ASK_PASSPHRASE, ANOTHER))
        assert terminal.end() == ExitCode.OK
        assert m.DONE_DECRYPTED[:40] in terminal.text
    with closing(open_store(paths.journal())) as store:
        assert dump(store) == before


def test_decrypt_asks_first_and_enter_means_no(home: Path) -> None:
    lay(home)
    before = snapshot(home)
    with Terminal("decrypt") as terminal:
        terminal.expect("›")
        terminal.send("\r")
        assert terminal.end() == ExitCode.UNCONFIRMED
    assert program("decrypt").code == ExitCode.UNCONFIRMED
    assert snapshot(home) == before


def test_passphrase_changes_it(home: Path) -> None:
    lay(home)
    with Terminal("passphrase", first=CHEAPLY) as terminal:
        answer(terminal, (m.ASK_PASSPHRASE, PASSPHRASE), *NEW)
        assert terminal.end() == ExitCode.OK
    assert MARKER in listed(ANOTHER)


def test_a_result_as_json_has_nothing_else_on_its_stream(home: Path) -> None:
    """Also where somebody is asked to write a code down meanwhile."""
    lay(home, encrypted=False)
    screen, other = os.openpty()
    with subprocess.Popen(
        command("encrypt", "--json", first=CHEAPLY),
        stdin=other,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(None),
        start_new_session=True,
    ) as process:
        os.close(other)
        assert process.stderr
        said = b""
        for question, typed in (*NEW, (m.CODE_WRITTEN_DOWN, "")):
            while question.encode() not in said:
                read = os.read(process.stderr.fileno(), 4096)
                assert read, said
                said += read
            os.write(screen, typed.encode() + b"\n")
        out = process.communicate(timeout=30)[0]
    os.close(screen)
    assert process.returncode == ExitCode.OK
    assert json.loads(out)
    assert not CODE.search(out.decode())


@pytest.mark.parametrize("line", ["passphrase", "rotate", "recover", "decrypt --yes", "list", "note"])
def test_with_nobody_to_ask_nothing_is_read_from_where_words_are_expected(home: Path, run: Run, line: str) -> None:
    lay(home)
    before = snapshot(home)
    ran = run(*line.split(), given=PASSPHRASE + "\n")
    assert (ran.code, ran.out, ran.err) == (ExitCode.LOCKED, "", f"{m.LOCKED}\n{m.LOCKED_HINT}\n")
    assert snapshot(home) == before


def test_encrypt_with_nobody_to_ask_changes_nothing(home: Path) -> None:
    lay(home, encrypted=False)
    before = snapshot(home)
    done = program("encrypt", given=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert (done.code, done.out) == (ExitCode.LOCKED, "")
    assert snapshot(home) == before


@pytest.mark.parametrize("line", ["passphrase", "rotate", "recover", "decrypt --yes", "unlock"])
@pytest.mark.parametrize("there", [True, False])
def test_a_plain_journal_has_nothing_to_change_and_without_one_that_is_said(
    home: Path, run: Run, line: str, there: bool
) -> None:
    if there:
        lay(home, encrypted=False)
    ran = run(*line.split())
    assert (ran.code, ran.out) == (ExitCode.USAGE if there else ExitCode.NOT_FOUND, "")
    assert (m.NOT_ENCRYPTED if there else m.STORE_NONE) in ran.err


def test_what_is_encrypted_is_not_encrypted_again(home: Path, run: Run) -> None:
    lay(home)
    ran = run("encrypt")
    assert (ran.code, ran.err) == (ExitCode.USAGE, f"{m.ENCRYPTED_ALREADY}\n{m.ENCRYPTED_ALREADY_HINT}\n")


# --- wrong passphrases ---------------------------------------------------------------------------------


def test_a_wrong_passphrase_waits_longer_each_time_and_the_third_ends_it(home: Path) -> None:
    lay(home)
    before = snapshot(home)
    with Terminal("list", "--plain", first=NO_PAUSE) as terminal:
        for pause in ("[waited 2]", "[waited 4]"):
            answer(terminal, (m.ASK_PASSPHRASE, "not this one"))
            terminal.expect(m.PASSPHRASE_WRONG)
            terminal.expect(pause)
        answer(terminal, (m.ASK_PASSPHRASE, "nor this one"))
        assert terminal.end() == ExitCode.LOCKED
        assert terminal.text.count(m.PASSPHRASE_WRONG) == 3
        assert m.PASSPHRASE_WRONG_HINT[:40] in terminal.text
        assert not any(typed in terminal.text for typed in ("not this", "nor this"))
    assert snapshot(home) == before


def test_what_is_typed_while_a_wrong_passphrase_is_tried_is_seen_by_nobody(home: Path) -> None:
    """Not on the screen, and not by the shell that takes over where it ends in refusal."""
    lay(home)
    slowly = (
        f"{CHEAPLY}\nimport time; slept = time.sleep; time.sleep = lambda s: (print('[waits]', flush=True), slept(1))"
    )
    with Terminal("list", "--plain", first=slowly) as terminal:
        for _ in range(2):
            answer(terminal, (m.ASK_PASSPHRASE, "not this one"))
            terminal.expect("[waits]")
            terminal.send("typed too early\n")
        answer(terminal, (m.ASK_PASSPHRASE, PASSPHRASE))
        assert terminal.end() == ExitCode.OK
        assert "early" not in terminal.text


AFTERWARDS = """
import atexit, os, select, sys, termios, time
import mother_bond.actions.locking as locking
before, real = termios.tcgetattr(0), locking.by_passphrase
def slow(*given):
    print("[tries]", flush=True)
    time.sleep(1)
    return real(*given)
def tell():
    waits = bool(select.select([0], [], [], 0)[0])
    print(f"[as before: {termios.tcgetattr(0) == before}, waits: {waits}]")
locking.by_passphrase = slow
atexit.register(tell)
"""
"""Python that makes every try take a second, and tells at the end how the terminal is left."""


@pytest.mark.parametrize("stopped", [False, True])
def test_a_refusal_leaves_the_terminal_as_it_was_and_nothing_typed_in_it(home: Path, stopped: bool) -> None:
    lay(home)
    first = f"{CHEAPLY}\n{AFTERWARDS}\nimport mother_bond.cli.unlocking as unlocking; unlocking.TRIES = 1"
    if stopped:
        first += "\nimport signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    with Terminal("list", "--plain", first=first) as terminal:
        answer(terminal, (m.ASK_PASSPHRASE, "not this one"))
        terminal.expect("[tries]")
        terminal.send("typed too early\n")
        if stopped:
            os.kill(terminal.process.pid, 2)
        assert terminal.end() == (ExitCode.INTERRUPTED if stopped else ExitCode.LOCKED)
        assert "early" not in terminal.text
        assert "[as before: True, waits: False]" in terminal.text


def test_a_slip_is_forgiven(home: Path) -> None:
    lay(home)
    with Terminal("list", "--plain", first=NO_PAUSE) as terminal:
        answer(terminal, (m.ASK_PASSPHRASE, "a slip of the hand"), (m.ASK_PASSPHRASE, PASSPHRASE))
        assert terminal.end() == ExitCode.OK
        assert MARKER in terminal.text


def test_what_is_no_passphrase_in_any_encoding_is_a_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def typed(*_: object, **__: object) -> str:
        return b"caf\xe9".decode()

    monkeypatch.setattr("getpass.getpass", typed)
    monkeypatch.setattr(secret, "can_ask", lambda: True)
    with pytest.raises(LockedError, match=m.PASSPHRASE_WRONG):
        secret.ask(m.ASK_PASSPHRASE)


def test_ctrl_c_at_the_passphrase_or_before_the_code_is_written_down_changes_nothing(home: Path) -> None:
    lay(home, encrypted=False)
    script = f"{CHEAPLY}\nimport signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    for pairs, last in (((), m.ASK_PASSPHRASE_NEW), (NEW, m.CODE_WRITTEN_DOWN)):
        with Terminal("encrypt", first=script) as terminal:
            answer(terminal, *pairs)
            terminal.expect(last)
            os.kill(terminal.process.pid, 2)
            assert terminal.end() == ExitCode.INTERRUPTED
    assert not keys.encrypted(paths.journal())
    assert {path.name for path in home.iterdir()} == {"journal.db"}
    with closing(open_store(paths.journal())) as store:
        assert dump(store) == kit(False).dump


# --- other windows ---------------------------------------------------------------------------------------


def test_while_another_window_writes_encrypt_is_refused(home: Path) -> None:
    lay(home, encrypted=False)
    with closing(open_store(paths.journal())), Terminal("encrypt", first=BUSY_SOON) as terminal:
        answer(terminal, *NEW)
        assert terminal.end() == ExitCode.BUSY
        assert m.STORE_IN_USE in terminal.text
        assert not CODE.search(terminal.text)
    assert not keys.encrypted(paths.journal())
    assert {path.name for path in home.iterdir()} == {"journal.db"}


def test_a_journal_that_is_replaced_while_it_is_waited_for_is_opened_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(home, encrypted=False)
    real, calls = unlocking._opened, []

    def late(path: Path) -> Any:
        calls.append(path)
        if len(calls) == 1:  # what had the name is overwritten by now, and something else has it
            lay(home)
            raise DamagedError(m.STORE_NOT_A_JOURNAL)
        return real(path)

    monkeypatch.setattr(unlocking, "_opened", late)
    monkeypatch.setattr(unlocking, "key_of", lambda _: kit(True).key)
    with closing(unlocking.opened(paths.journal())) as store:
        assert dump(store) == kit(True).dump
    assert len(calls) == 2


# --- without what it takes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["sqlcipher3", "cryptography"])
def test_where_encryption_is_not_installed_that_is_said_and_nothing_is_made(home: Path, missing: str) -> None:
    first = f"import sys; sys.modules[{missing!r}] = None"
    lay(home)
    before = snapshot(home)
    for line in ("unlock", "decrypt --yes", "note --sealed", "recover"):
        done = program(*line.split(), given=f"{PASSPHRASE}\n", first=first)
        assert (done.code, done.out) == (ExitCode.NO_ENCRYPTION, "")
        assert done.err == f"{m.ENCRYPTION_MISSING}\n{m.ENCRYPTION_MISSING_HINT}\n"
    assert snapshot(home) == before


@pytest.mark.parametrize("missing", ["sqlcipher3", "cryptography"])
def test_a_plain_journal_needs_none_of_it(home: Path, missing: str) -> None:
    first = f"import sys; sys.modules[{missing!r}] = None"
    lay(home, encrypted=False)
    done = program("encrypt", first=first)
    assert (done.code, done.err) == (ExitCode.NO_ENCRYPTION, f"{m.ENCRYPTION_NONE}\n{m.ENCRYPTION_MISSING_HINT}\n")
    assert MARKER in program("list", first=first).out


def test_reading_a_plain_journal_imports_nothing_of_encryption(home: Path) -> None:
    lay(home, encrypted=False)
    tell = "import atexit, sys; atexit.register(lambda: sys.__stderr__.write(' '.join(sys.modules)))"
    modules = set(program("list", first=tell).err.split())
    assert "mother_bond.storage.store" in modules
    assert not {"cryptography", "mother_bond.storage.keyfile", "mother_bond.storage.unlocked", "hmac"} & modules


@pytest.mark.parametrize(
    "line",
    ["note --sealed --bond Daniel", "reflect --sealed --again", "reflect --sealed --path", "reflect --sealed --bond x"],
)
def test_what_needs_an_open_journal_is_refused_beside_sealed(line: str) -> None:
    done = program(*line.split(), given="some words")
    assert done.code == ExitCode.USAGE
    assert line.split()[2] in done.err


def test_a_journal_that_is_gone_is_told_of_before_anything_is_asked(home: Path) -> None:
    home.mkdir()
    (home / "keys.json").write_text("{}")
    for line in ("--plain", "begin --plain", "begin --role mother --name Daniel"):
        done = program(*line.split(), given="1\nDaniel\n")
        assert (done.code, done.out) == (ExitCode.DAMAGED, "")
        assert done.err.startswith(m.KEYS_WITHOUT_JOURNAL)
