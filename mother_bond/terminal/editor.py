"""The writer's own editor, on a file that only they can read and that outlives a failed save."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.errors import CannotWriteError, UsageError
from mother_bond.paths import make_private_folder
from mother_bond.terminal.reading import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = ("nano", "vim", "vi", "notepad")


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


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError(m.EDITOR_GONE, m.EDITOR_HINT_GONE) from None


@contextmanager
def edited(text: str, folder: Path) -> Iterator[str]:
    """Let the writer change `text` in their editor, in a file in `folder`.

    The file goes when the block ends well; when it does not, the file stays and the error says where.
    Raises `UsageError` when the editor cannot be run, or fails.
    """
    run = command()
    try:
        make_private_folder(folder)
        handle, name = tempfile.mkstemp(prefix="writing-", suffix=".txt", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
    except OSError:
        raise CannotWriteError(m.FILE_UNWRITABLE.format(file=folder), m.FILE_UNWRITABLE_HINT) from None
    path = Path(name)
    try:
        code = subprocess.call([*run, name])  # noqa: S603 - the editor the writer named
    except OSError:
        path.unlink()
        raise UsageError(m.EDITOR_MISSING, m.EDITOR_HINT) from None
    if code != 0:
        raise UsageError(m.EDITOR_FAILED, m.EDITOR_KEPT.format(file=path))
    try:
        new = decode(_read(path))
        yield new if text.endswith("\n") else new.removesuffix("\n")
    except Exception as error:
        if hasattr(error, "hint") and path.exists():
            error.hint = f"{error.hint} {m.EDITOR_KEPT.format(file=path)}"
        raise
    path.unlink()
