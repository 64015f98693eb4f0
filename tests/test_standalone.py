"""A journal opens without this program: CONTRIBUTING's script, its table, and a Python that has never heard of us."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.kdf import argon2

from mother_bond import clock
from mother_bond.actions import note
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.storage import bonds, keyfile, keys
from mother_bond.storage.store import create

CONTRIBUTING = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = CONTRIBUTING.partition("\n## The key file\n")[2].partition("\n## ")[0]
(SCRIPT,) = re.findall(r"^```python\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)

PASSPHRASE = "Pfl\u00fcmli per Post"
WORDS = ("The jar of plums I posted.", "Kaffee, und das Radio läuft — leise.")


class Locked(NamedTuple):
    """An encrypted journal with two notes, and the code that opens it."""

    path: Path
    code: str


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sixty-fourth of the memory that it takes elsewhere."""
    monkeypatch.setattr(keyfile, "ARGON", keyfile.ARGON | {"memory": 4096})
    monkeypatch.setattr(keyfile, "SCRYPT", keyfile.SCRYPT | {"n": 2048})


@pytest.fixture
def locked(home: Path) -> Locked:
    made = keyfile.make(PASSPHRASE)
    path = home / "journal.db"
    with closing(create(path, keyfile.derived(made.key, "db"))) as store:
        bond = Bond(clock.new_id(), Role.MOTHER, "Daniel", "my son", They.HE, Contact.IN_TOUCH)
        bonds.put(store, bond)
        for day, words in enumerate(WORDS, 1):
            note.add(store, bond, words, date(2026, 11, day))
    keys.save(path, made.file)
    return Locked(path, made.code)


@pytest.fixture
def outside(tmp_path: Path) -> dict[str, str]:
    """The environment of a Python that has two libraries and nothing else."""
    libraries, site = tmp_path / "libraries", Path(sysconfig.get_path("platlib"))
    libraries.mkdir()
    for place in (*site.glob("cryptography"), *site.glob("sqlcipher3"), *site.glob("*cffi*")):
        (libraries / place.name).symlink_to(place)
    return {"PYTHONPATH": str(libraries), "PYTHONUTF8": "1", "PATH": os.defpath}


def python(outside: dict[str, str], *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python without site-packages, in a folder elsewhere and without a terminal."""
    return subprocess.run(
        [sys.executable, "-S", *arguments],
        input=typed + "\n",
        env=outside,
        cwd=outside["PYTHONPATH"],
        capture_output=True,
        encoding="utf-8",
        start_new_session=True,  # or it would ask for the passphrase at the terminal of whoever runs the tests
        timeout=60,
        check=False,
    )


def printed(outside: dict[str, str], locked: Locked, typed: str) -> subprocess.CompletedProcess[str]:
    return python(outside, "-c", SCRIPT, str(locked.path), str(keys.beside(locked.path)), typed=typed)


def test_the_program_is_not_to_be_had_out_there(outside: dict[str, str]) -> None:
    assert "No module named 'mother_bond'" in python(outside, "-c", "import mother_bond").stderr
    assert "mother_bond" not in SCRIPT


def test_the_script_is_short() -> None:
    assert len(SCRIPT.splitlines()) < 40
    assert max(map(len, SCRIPT.splitlines())) <= 120


def test_the_passphrase_prints_every_answer_however_it_is_spelt(locked: Locked, outside: dict[str, str]) -> None:
    ran = printed(outside, locked, "Pflu\u0308mli per Post")
    assert ran.returncode == 0, ran.stderr
    first, second = ran.stdout.strip().split("\n\n")
    assert [first.splitlines()[1:], second.splitlines()[1:]] == [["Daniel", WORDS[0]], ["Daniel", WORDS[1]]]
    assert first.startswith("2026-11-01")


def test_the_recovery_code_does_too(locked: Locked, outside: dict[str, str]) -> None:
    ran = printed(outside, locked, locked.code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    assert ran.returncode == 0, ran.stderr
    assert all(words in ran.stdout for words in WORDS)


def test_a_wrong_passphrase_prints_nothing(locked: Locked, outside: dict[str, str]) -> None:
    ran = printed(outside, locked, "Pfl\u00fcmli per post")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.endswith("That opens nothing here.\n")


def test_it_reads_what_was_wrapped_without_argon(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, outside: dict[str, str]
) -> None:
    monkeypatch.setitem(sys.modules, argon2.__name__, None)
    locked = request.getfixturevalue("locked")
    assert '"scrypt"' in keys.beside(locked.path).read_text()
    assert WORDS[1] in printed(outside, locked, PASSPHRASE).stdout


def test_where_there_is_no_journal_it_makes_none(locked: Locked, outside: dict[str, str]) -> None:
    away = locked._replace(path=locked.path.rename(locked.path.with_name("away.db")).with_name("journal.db"))
    assert printed(outside, away, PASSPHRASE).returncode == 1
    assert not away.path.exists()


def test_the_table_names_every_field_of_the_file() -> None:
    rows = [line.split("|") for line in SECTION.splitlines() if line.startswith("| `")]
    told = {row[1].strip(" `"): row[3].strip() for row in rows}
    data = json.loads(keyfile.text(keyfile.make(PASSPHRASE).file))
    slot = data["slots"][0]
    assert set(told) | {"kind"} == set(data) | set(slot)
    sizes = {name: len(bytes.fromhex(value)) for name, value in (data | slot).items() if told.get(name)}
    assert sizes == {name: sum(map(int, re.findall(r"\d+", size))) for name, size in told.items() if size}
    assert all(f"`{name}`" in SECTION for kdf in (keyfile.ARGON, keyfile.SCRYPT) for name in kdf)
    assert {slot["kind"] for slot in data["slots"]} == {"passphrase", "recovery"}
