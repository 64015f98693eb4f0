"""The writer's own editor: small scripts that are really run."""

import os
import stat
import sys
from pathlib import Path

import pytest

from mother_bond import messages as m
from mother_bond.domain.bond import Bond
from mother_bond.errors import CannotWriteError, MotherBondError, UsageError
from mother_bond.storage.store import Store
from mother_bond.terminal.editor import command, edited
from tests.desks import all_sessions, program, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the editor's file is put."""
    return tmp_path / "files"


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, lines: str) -> None:
    """An editor that runs `lines` with the path of its file in `path`."""
    script = folder.parent / "editor script.py"
    script.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{lines}\n", "utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}' --wait")


def left(folder: Path) -> list[bytes]:
    """What is in the files that are left in the folder."""
    return [path.read_bytes() for path in folder.glob("*")]


def test_the_text_comes_back_as_the_editor_left_it(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(monkeypatch, folder, "path.write_bytes(path.read_bytes() + ' — und נ\\r\\nmore\\n'.encode())")
    with edited("as it was", folder) as text:
        assert text == "as it was — und נ\r\nmore"
    assert left(folder) == []


@pytest.mark.parametrize(("before", "after"), [("a", "a"), ("a\n", "a\n"), ("", ""), ("a\n\n", "a\n\n")])
def test_an_editor_that_changes_nothing_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, folder: Path, before: str, after: str
) -> None:
    editor(monkeypatch, folder, "pass")
    with edited(before, folder) as text:
        assert text == after


def test_the_file_is_for_the_writers_eyes_alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(monkeypatch, folder, "path.write_text(f'{path.stat().st_mode:o} {path.parent.stat().st_mode:o}')")
    with edited("secret", folder) as text:
        modes = [stat.S_IMODE(int(mode, 8)) for mode in text.split()]
    assert modes == [0o600, 0o700]


def test_an_editor_that_saves_under_a_new_file_of_that_name_is_read(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    editor(monkeypatch, folder, "new = path.with_suffix('.new'); new.write_text('renamed'); os.replace(new, path)")
    with edited("before", folder) as text:
        assert text == "renamed"
    assert left(folder) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("path.write_text('half'); sys.exit(1)", b"half"),
        ("path.write_text('half'); os.kill(os.getpid(), 9)", b"half"),
        ("path.write_bytes(b'half \\xff')", b"half \xff"),
        ("path.write_bytes(b'half \\0')", b"half \0"),
    ],
    ids=["fails", "killed", "no-text", "nul"],
)
def test_what_was_typed_outlives_an_editor_that_went_wrong(
    monkeypatch: pytest.MonkeyPatch, folder: Path, lines: str, words: bytes
) -> None:
    editor(monkeypatch, folder, lines)
    with pytest.raises(UsageError) as caught, edited("before", folder):
        pytest.fail("the text was handed on")
    assert left(folder) == [words]
    assert str(next(folder.glob("*"))) in caught.value.hint


def test_what_was_typed_outlives_a_save_that_went_wrong(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(monkeypatch, folder, "path.write_text('typed')")
    with pytest.raises(CannotWriteError) as caught, edited("before", folder):
        raise CannotWriteError("The disk is full.", "Make some room.")
    assert left(folder) == [b"typed"]
    assert caught.value.hint.startswith("Make some room. ")
    assert str(next(folder.glob("*"))) in caught.value.hint


def test_an_editor_that_takes_its_file_away_is_told_of_in_words(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(monkeypatch, folder, "path.unlink()")
    with pytest.raises(MotherBondError), edited("before", folder):
        pytest.fail("the text was handed on")


@pytest.mark.parametrize("named", ["/no/such/editor", "no-such-editor-anywhere --wait", "/", "unended 'quote"])
def test_an_editor_that_cannot_be_started_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, folder: Path, named: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    with pytest.raises(UsageError) as caught, edited("before", folder):
        pytest.fail("the text was handed on")
    assert caught.value.hint == m.EDITOR_HINT
    assert left(folder) == []


def test_a_folder_that_cannot_be_written_is_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor(monkeypatch, tmp_path / "x", "pass")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWriteError), edited("before", tmp_path / "file" / "folder"):
        pytest.fail("the text was handed on")


@pytest.mark.parametrize(
    ("visual", "plain", "run"),
    [("code --wait", "nano", ["code", "--wait"]), ("", "nano", ["nano"]), ("'my ed' -f", "", ["my ed", "-f"])],
)
def test_the_editor_that_is_named_is_the_one_that_is_run(
    monkeypatch: pytest.MonkeyPatch, visual: str, plain: str, run: list[str]
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", plain)
    assert command() == run


def test_where_none_is_named_a_usual_one_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=m.EDITOR_NONE):
        command()
    (tmp_path / "vi").write_text("#!/bin/sh\n")
    (tmp_path / "vi").chmod(0o755)
    assert command() == ["vi"]


# --- through the program -----------------------------------------------------------------


def test_a_note_and_an_edit_are_written_in_the_editor(
    monkeypatch: pytest.MonkeyPatch, home: Path, store: Store, bond: Bond
) -> None:
    editor(monkeypatch, home, "path.write_text(path.read_text() + 'words [bold]\\n')")
    assert program("note", "--editor").code == 0
    assert texts(store) == ["words [bold]"]
    assert program("edit", all_sessions(store)[0].ref, "--editor").code == 0
    assert texts(store) == ["words [bold]words [bold]"]
    assert list(home.glob("writing-*")) == []


def test_an_edit_whose_editor_fails_changes_nothing_and_says_where_the_text_is(
    monkeypatch: pytest.MonkeyPatch, home: Path, store: Store, bond: Bond
) -> None:
    editor(monkeypatch, home, "path.write_text('better'); sys.exit(3)")
    program("note", given=b"as it was")
    done = program("edit", all_sessions(store)[0].ref, "--editor")
    (kept,) = home.glob("writing-*")
    assert (done.code, kept.read_text()) == (2, "better")
    assert str(kept) in done.err
    assert texts(store) == ["as it was"]
    assert os.listdir(home.parent) != []  # noqa: PTH208
