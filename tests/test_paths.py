"""Where the journal lies, and how files there get their names."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mother_bond import paths


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_lies_in_the_folder_that_is_named(home: Path) -> None:
    assert paths.home() == home
    assert {paths.journal().parent, paths.own_prompts().parent, paths.config().parent} == {home}
    assert not home.exists()


def test_a_tilde_in_the_name_is_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(paths.HOME_VARIABLE, "~/diary")
    assert paths.home() == tmp_path / "diary"


@pytest.mark.parametrize("named", [{}, {paths.HOME_VARIABLE: ""}])
def test_without_a_name_it_is_the_platforms_folder_for_user_data(tmp_path: Path, named: dict[str, str]) -> None:
    script = "from mother_bond import paths; print(paths.journal())"
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "PYTHONPATH", "SYSTEMROOT"}}
    variables = {**kept, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path), **named}
    found = subprocess.run([sys.executable, "-c", script], env=variables, capture_output=True, text=True, check=True)
    journal = Path(found.stdout.strip())
    assert journal.is_relative_to(tmp_path)
    assert journal.parts[-2:] == ("mother-bond", "journal.db")
    assert list(tmp_path.iterdir()) == []


def test_missing_folders_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    paths.make_private_folder(tmp_path / "a" / "b")
    paths.make_private_folder(tmp_path / "a" / "b")
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177, 0o777])
def test_a_folder_is_private_and_usable_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        paths.make_private_folder(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700


def no_hard_links(*_: object, **__: object) -> None:
    """What `os.link` does on a file system without hard links."""
    raise PermissionError


@pytest.mark.parametrize("links", [True, False])
def test_a_finished_file_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr("os.link", no_hard_links)
    (tmp_path / "fresh").write_text("new")
    paths.name_new_file(tmp_path / "fresh", tmp_path / "named")
    assert (tmp_path / "named").read_text() == "new"


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr("os.link", no_hard_links)
    (tmp_path / "fresh").write_text("new")
    (tmp_path / "named").write_text("old")
    with pytest.raises(FileExistsError):
        paths.name_new_file(tmp_path / "fresh", tmp_path / "named")
    assert (tmp_path / "named").read_text() == "old"
