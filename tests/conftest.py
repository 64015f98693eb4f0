"""Each test has its own journal; touching the real one raises."""

from __future__ import annotations

import io
import os
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from mother_bond import paths
from mother_bond.bundled import Library
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.storage import bonds
from mother_bond.storage.store import Store, create

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

settings.register_profile("fast", max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

NOW = datetime.fromisoformat("2026-11-20T21:14:00+00:00")
"""The evening on which the tests take place."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own; whoever asks for the real one gets an error."""
    folder = tmp_path / "home"
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    monkeypatch.delenv("MOTHER_BOND_PLAIN", raising=False)

    def real(*_: object, **__: object) -> Path:
        pytest.fail("a test asked for the real home folder")

    monkeypatch.setattr("platformdirs.user_data_path", real)
    return folder


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A new, empty journal."""
    with closing(create(home / "journal.db")) as made:
        yield made


@pytest.fixture
def bond(store: Store) -> Bond:
    """A mother's bond with her son, in touch, and the one that is written about."""
    made = Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.MOTHER, "Daniel", "my son", They.HE, Contact.IN_TOUCH)
    bonds.put(store, made)
    bonds.set_setting(store, "bond", made.id)
    return made


@pytest.fixture
def library(home: Path) -> Library:
    """The packs that ship."""
    return Library(home / "prompts")


@dataclass
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command in this process, with `given` on standard input."""
    from mother_bond.__main__ import run as run_main

    def go(*arguments: str, given: str | bytes = b"") -> Ran:
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)), encoding="utf-8"))
        capsys.readouterr()
        code = run_main(list(arguments))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return go
