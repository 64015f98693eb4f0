"""The editors themselves, with settings that keep as much as they can, ended in the middle of a word."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pexpect
import pytest

from mother_bond.errors import ExitCode
from tests.programs import command, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

WORDS = "marmalade"
VIMRC = """
set nocompatible swapfile updatecount=1 updatetime=50 backup writebackup undofile
set directory=~/kept,. backupdir=~/kept,. undodir=~/kept,.
"""
INIT_EL = """
(setq make-backup-files t backup-directory-alist '(("." . "~/kept")) create-lockfiles t auto-save-default t
      auto-save-interval 1 auto-save-timeout 1 auto-save-file-name-transforms '((".*" "~/kept/" t)))
"""
NANORC = "set backup\nset historylog\nset positionlog\nset locking\n"
MICRO = '{"backup": true, "permbackup": true, "saveundo": true, "savehistory": true, "backupdir": "~/kept"}'


class Editor(NamedTuple):
    """An editor: its name, where its settings are, what they say, and the keys that write, save, and leave."""

    name: str
    settings: dict[str, str]
    write: str
    save: str
    leave: str


EDITORS = (
    Editor("vim", {".vimrc": VIMRC + "set viminfo='100,n~/kept/viminfo\n"}, "i{}", "\x1b:w\r", "\x1b:q!\r"),
    Editor("nvim", {".config/nvim/init.vim": VIMRC}, "i{}", "\x1b:w\r", "\x1b:q!\r"),
    Editor("nano", {".config/nano/nanorc": NANORC}, "{}", "\x0f\r", "\x18"),
    Editor("emacs", {".emacs.d/init.el": INIT_EL}, "{}", "\x18\x13", "\x18\x03"),
    Editor("micro", {".config/micro/settings.json": MICRO}, "{}", "\x13", "\x11"),
)
CAREFREE = "import mother_bond.terminal.editor as e; e.leaving_nothing = lambda program: ()"
"""Python that leaves an editor to its own settings."""


@pytest.fixture
def places(tmp_path: Path, in_memory: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A home with room for copies, and a folder in memory for what runs."""
    home = tmp_path / "user"
    (home / "kept").mkdir(parents=True)
    for name in ("config", "data", "state", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / f".{name}"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(home))
    return home, in_memory


def child_of(pid: int, name: str) -> int:
    """The process below `pid` whose program has that name, once there is one."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for path in Path("/proc").glob("[0-9]*/stat"):
            found = re.match(r"(\d+) \((.*)\) . (\d+)", path.read_text()) if path.exists() else None
            if found and int(found[3]) == pid and name in str(path.with_name("exe").readlink()):
                return int(found[1])
        time.sleep(0.05)
    raise AssertionError(name)


def files(*folders: Path) -> dict[Path, bytes]:
    """Every file below the folders."""
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def ended_while_writing(editor: Editor, home: Path, number: int | None, first: str = "") -> tuple[int, str]:
    """Write a word in the editor, save it, write on, and end the editor by a signal, or by its own key."""
    for name, text in editor.settings.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    line = command("note", "--editor", first=first)
    env = surroundings({"EDITOR": editor.name})
    at = pexpect.spawn(line[0], line[1:], env=env, encoding="utf-8", codec_errors="replace", dimensions=(24, 80))
    pid = child_of(at.pid, editor.name)
    wait(at, 1.5)
    for word, pause in ((" one", 0.5), (" two", 1.5)):
        at.send(editor.write.format(WORDS + word))
        wait(at, pause)
        if number is None or pause == 0.5:
            at.send(editor.save)
            wait(at, 0.5)
    if number is None:
        at.send(editor.leave)
    else:
        os.kill(pid, number)
    shown = at.read()
    at.close()
    return at.exitstatus, shown


def wait(at: pexpect.spawn, seconds: float) -> None:
    """Let the editor work, and read what it shows."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        with suppress(pexpect.TIMEOUT):
            at.read_nonblocking(65536, left)


def begun(run: Callable[..., Ran], editor: Editor) -> None:
    if not shutil.which(editor.name):
        pytest.skip(f"{editor.name} is not installed")
    run("begin", "--role", "mother", "--name", "Daniel")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP], ids=["killed", "hung-up"])
@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.name)
def test_an_editor_that_is_ended_leaves_its_words_in_one_place(
    run: Callable[..., Ran], places: tuple[Path, Path], editor: Editor, number: int
) -> None:
    begun(run, editor)
    code, shown = ended_while_writing(editor, places[0], number)
    holding = [path for path, data in files(*places).items() if WORDS.encode() in data]
    if code == ExitCode.OK:  # an editor that ends well when its terminal goes
        assert (number, holding) == (signal.SIGHUP, [])
        assert WORDS in run("list").out
        return
    folders = {path.parent for path in holding}
    (text,) = places[1].glob("writing-*/page.txt")
    assert folders == {text.parent}
    assert text in holding
    assert [path for path in holding if path.stat().st_mode & 0o077] == []
    assert str(text) in shown


@pytest.mark.slow
@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.name)
def test_an_editor_that_is_left_leaves_nothing(
    run: Callable[..., Ran], places: tuple[Path, Path], editor: Editor
) -> None:
    begun(run, editor)
    assert ended_while_writing(editor, places[0], None)[0] == ExitCode.OK
    assert f"{WORDS} two" in run("list").out
    assert list(places[1].iterdir()) == []
    assert [path for path, data in files(*places).items() if WORDS.encode() in data] == []


@pytest.mark.slow
@pytest.mark.parametrize("editor", EDITORS, ids=lambda editor: editor.name)
def test_the_same_editor_left_to_its_settings_keeps_copies(
    run: Callable[..., Ran], places: tuple[Path, Path], editor: Editor
) -> None:
    begun(run, editor)
    ended_while_writing(editor, places[0], signal.SIGKILL, first=CAREFREE)
    kept = files(*places).keys() - {places[0] / name for name in editor.settings}
    assert [path for path in kept if path.name != "page.txt"] != []
