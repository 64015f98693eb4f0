"""The writer's own editor, on a file that only they can read, in memory where there is any, until its text is saved."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.errors import CannotWriteError, MotherBondError, UsageError
from mother_bond.paths import make_private_folder
from mother_bond.terminal.output import talk
from mother_bond.terminal.reading import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = ("nano", "vim", "vi", "notepad")
_FOLDER, _FILE = "writing-", "page.txt"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only a folder of its own in it is used

_SET = "set nobackup nowritebackup noswapfile noundofile"
_VIM = ("-n", "-i", "NONE", "--cmd", _SET, "-c", _SET)  # before the writer's own settings, and after them
_EMACS = "(setq make-backup-files nil auto-save-default nil create-lockfiles nil auto-save-list-file-prefix nil)"
_MICRO = ("-backup", "false", "-savehistory", "false", "-saveundo", "false")
_LEAVING_NOTHING = {
    **dict.fromkeys(("vim", "nvim", "gvim", "mvim", "rvim", "vimx"), _VIM),
    **dict.fromkeys(("nano", "rnano"), ("--ignorercfiles",)),
    "emacs": ("--eval", _EMACS),
    "micro": _MICRO,
}
"""What tells an editor to keep no swap, backup, undo or history file."""


def command() -> list[str]:
    """The editor to run: VISUAL, EDITOR, or one of the usual ones.

    Raises `UsageError` when there is none.
    """
    named = (os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").strip()
    if named:
        try:
            return shlex.split(named)
        except ValueError:
            raise UsageError(m.EDITOR_MISSING, m.EDITOR_HINT) from None
    found = next((name for name in _USUAL if shutil.which(name)), None)
    if found is None:
        raise UsageError(m.EDITOR_NONE, m.EDITOR_HINT)
    return [found]


def leaving_nothing(program: str) -> tuple[str, ...]:
    """The arguments with which this editor leaves no copy behind; none where it is not known."""
    real = Path(shutil.which(program) or program).resolve()
    for name in (Path(program).name, real.name):  # as it was named, or what a link such as `vi` leads to
        kind = re.match("[a-z]*(-qt)?", name)
        if kind and kind[0] in _LEAVING_NOTHING:
            return _LEAVING_NOTHING[kind[0]]
    return ()


@contextmanager
def edited(text: str, home: Path) -> Iterator[str]:
    """Let the writer change `text` in their editor, in a file that lies in memory or else in `home`.

    The file goes, with whatever the editor left beside it, when the block ends well; when it does not,
    it stays, and where is said. Raises `UsageError` when the editor cannot be run, or fails.
    """
    run = command()
    path = _new_file(text, home)
    for earlier in sorted(path.parent.parent.glob(f"{_FOLDER}*/{_FILE}")):
        if earlier != path and _is_ours(earlier):
            talk(m.EDITOR_EARLIER.format(file=earlier))
    try:
        new = _run([*run, *leaving_nothing(run[0]), str(path)], path)
        yield new if text.endswith("\n") else new.removesuffix("\n")
    except BaseException as error:
        _say_where(path, error)
        raise
    shutil.rmtree(path.parent, ignore_errors=True)


def _run(line: list[str], path: Path) -> str:
    """Run the editor; what it made of the file."""
    try:
        with _ctrl_c_left_alone():
            code = subprocess.call(line, umask=0o077)  # noqa: S603 - the editor the writer named
    except OSError:
        shutil.rmtree(path.parent)
        raise UsageError(m.EDITOR_MISSING, m.EDITOR_HINT) from None
    if code != 0:
        raise UsageError(m.EDITOR_FAILED)
    try:
        data = path.read_bytes()
    except OSError:
        raise UsageError(m.EDITOR_GONE, m.EDITOR_HINT_GONE) from None
    return decode(data)


@contextmanager
def _ctrl_c_left_alone() -> Iterator[None]:
    """In an editor Ctrl-C is the editor's own, as in vim; the signal comes to us as well."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # to ignore it would be handed down to the editor
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _say_where(path: Path, error: BaseException) -> None:
    """Tell where the text is: in the hint of an error of ours, or else at once."""
    if not path.exists():
        with suppress(OSError):
            path.parent.rmdir()
        path = path.parent
        if not path.exists():
            return
    kept = (m.EDITOR_KEPT_IN_MEMORY if _in_memory(path) else m.EDITOR_KEPT).format(file=path)
    if isinstance(error, MotherBondError):
        error.hint = f"{error.hint} {kept}".strip()
    else:
        talk(kept)


def _new_file(text: str, home: Path) -> Path:
    """A file with `text`, alone in a new folder; both are for the writer's eyes alone."""
    for folder in _folders(home):
        with suppress(OSError):
            path = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=folder)) / _FILE
            try:
                with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                    file.write(text.encode())
            except OSError:  # no room there
                shutil.rmtree(path.parent, ignore_errors=True)
                continue
            return path
    raise CannotWriteError(m.FILE_UNWRITABLE.format(file=home), m.FILE_UNWRITABLE_HINT)


def _folders(home: Path) -> Iterator[Path]:
    """Where the file may lie, the best place first; each is a folder in which others cannot touch ours."""
    run_time = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if run_time.is_absolute() and _in_memory(run_time) and _is_ours(run_time):
        yield run_time
    if _in_memory(_SHARED_MEMORY) and _SHARED_MEMORY.stat().st_mode & 0o1000:
        yield _SHARED_MEMORY
    with suppress(OSError):
        make_private_folder(home)
        yield home


def _in_memory(path: Path) -> bool:
    """Whether a path lies in storage that is gone when the machine is switched off."""
    try:
        device = path.stat().st_dev
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:  # not there, or not Linux
        return False
    number = f"{os.major(device)}:{os.minor(device)}"
    return any(line.split()[2] == number and " - tmpfs " in line for line in mounts.splitlines())


def _is_ours(path: Path) -> bool:
    """Whether a path is the writer's own, and closed to everybody else."""
    try:
        found = path.stat()
    except OSError:
        return False
    return hasattr(os, "getuid") and found.st_uid == os.getuid() and not found.st_mode & 0o077
