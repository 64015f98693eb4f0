"""A folder in memory, for what an editor is given."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond.terminal import editor

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A private folder in memory for what runs."""
    if not editor._in_memory(Path("/dev/shm")):
        pytest.skip("nothing is kept in memory here")
    made = Path(tempfile.mkdtemp(dir="/dev/shm"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(made))
    yield made
    shutil.rmtree(made)
