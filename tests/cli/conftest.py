"""A journal to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.programs import STEERING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Homes, Ran


@pytest.fixture
def kept(run: Callable[..., Ran], home: Path, homes: Homes, tmp_path: Path) -> Callable[[str], list[str]]:
    """A journal whose words could steer a terminal; the result puts its ids and files into a command line."""

    def make() -> str:
        run("begin", "--role", "mother", "--name", "Daniel", "--call", "my son", "--contact", "in-touch")
        for text in (STEERING, "the second"):
            assert run("note", "--date", "2024-05-01", given=text).code == 0
        run("steps", "take", "self-kindness", "--plain", given=".\n")
        run("delete", run("search", "second").out[:4])
        return run("search", "café").out[:4]

    ref = homes.lay(home, make, "kept")
    pack = tmp_path / "pack.toml"
    pack.write_text('format = 1\ncause = "mine"\n')
    return lambda line: line.replace("REF", ref).replace("PACK", str(pack)).split()
