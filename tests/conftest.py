"""Each test has its own journal; touching the real one raises."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from mother_bond import clock, paths
from mother_bond.bundled import Library
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.storage import bonds
from mother_bond.storage.store import Store, create, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

settings.register_profile("fast", max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

NOW = datetime.fromisoformat("2026-11-20T21:14:00+00:00")
"""The evening on which the tests take place."""


def pytest_configure() -> None:
    """Keep what was compiled, whatever the surroundings ask for: hundreds of processes would each compile it again."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class Homes:
    """Homes that many tests begin with: made for the first of them, and copied for the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: dict[tuple[object, ...], tuple[Path, object]] = {}
        self.given = 0

    def new(self) -> Path:
        """Where a home can be made that no other test has touched."""
        self.given += 1
        return self.folder / f"home-{self.given}"

    def lay(self, home: Path, make: Callable[[], T], *key: object) -> T:
        """What `make` leaves in an empty home, and gives back: the same for all that ask with this key on this day."""
        assert not home.exists(), "only an empty home can be copied for others"
        key = (*key, clock.now().date())
        if key not in self.made:
            given = make()
            self.made[key] = (self.folder / str(len(self.made)), given)
            shutil.copytree(home, self.made[key][0])
            return given
        copy, again = self.made[key]
        shutil.copytree(copy, home)
        return again  # type: ignore[return-value]


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """Where they are kept."""
    return Homes(tmp_path_factory.mktemp("homes"))


@pytest.fixture(autouse=True)
def home(request: pytest.FixtureRequest, homes: Homes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, not made yet; whoever asks for the real one gets an error."""
    asked = "tmp_path" in request.fixturenames  # most tests touch no file: a folder for each would cost them most
    folder = request.getfixturevalue("tmp_path") / "home" if asked else homes.new()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    monkeypatch.delenv("MOTHER_BOND_PLAIN", raising=False)

    def real(*_: object, **__: object) -> Path:
        pytest.fail("a test asked for the real home folder")

    monkeypatch.setattr("platformdirs.user_data_path", real)
    return folder


@pytest.fixture
def store(home: Path, homes: Homes) -> Iterator[Store]:
    """A new, empty journal."""
    path = home / "journal.db"
    homes.lay(home, lambda: create(path).close(), "empty")
    with closing(open_store(path)) as made:
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
