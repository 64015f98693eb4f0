"""A journal to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.programs import STEERING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran


@pytest.fixture
def kept(run: Callable[..., Ran], tmp_path: Path) -> Callable[[str], list[str]]:
    """A journal whose words could steer a terminal; the result puts its ids and files into a command line."""
    run("begin", "--role", "mother", "--name", "Daniel", "--call", "my son", "--contact", "in-touch")
    for text in (STEERING, "the second"):
        assert run("note", "--date", "2024-05-01", given=text).code == 0
    run("steps", "take", "self-kindness", "--plain", given=".\n")
    refs = [line[:4] for line in run("search", "café").out.splitlines()]
    run("delete", run("search", "second").out[:4])
    pack = tmp_path / "pack.toml"
    pack.write_text('format = 1\ncause = "mine"\n')
    return lambda line: line.replace("REF", refs[0]).replace("PACK", str(pack)).split()
