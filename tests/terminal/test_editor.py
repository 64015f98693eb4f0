"""The writer's own editor: small scripts that are really run."""

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from mother_bond import messages as m
from mother_bond.domain.bond import Bond
from mother_bond.errors import CannotWriteError, MotherBondError, UsageError
from mother_bond.storage.store import Store
from mother_bond.terminal import editor as editing
from mother_bond.terminal.editor import command, edited, leaving_nothing
from tests.desks import all_sessions, program, texts


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the editor's file is put, on a machine that keeps nothing in memory."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(editing, "_SHARED_MEMORY", tmp_path / "none")
    return tmp_path / "files"


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, lines: str) -> None:
    """An editor that runs `lines` with the path of its file in `path`."""
    script = folder.parent / "editor script.py"
    script.write_text(f"import os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{lines}\n", "utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}' --wait")


def left(folder: Path) -> list[bytes]:
    """What is in the files that are left in the folder."""
    return [path.read_bytes() for path in folder.glob("writing-*/*")]


def test_the_text_comes_back_as_the_editor_left_it(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(monkeypatch, folder, "path.write_bytes(path.read_bytes() + ' — und נ\\r\\nmore\\n'.encode())")
    with edited("as it was", folder) as text:
        assert text == "as it was — und נ\r\nmore"
    assert left(folder) == []


def test_a_stop_that_the_editor_outlives_is_the_editors_own(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    stop = "import signal, time\nos.kill(os.getppid(), signal.SIGINT)\ntime.sleep(0.2)\npath.write_text('more')"
    editor(monkeypatch, folder, stop)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
    try:
        with edited("as it was", folder) as text:
            assert text == "more"
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


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
    assert str(next(folder.glob("writing-*/*"))) in caught.value.hint


def test_what_was_typed_outlives_a_save_that_went_wrong(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(monkeypatch, folder, "path.write_text('typed')")
    with pytest.raises(CannotWriteError) as caught, edited("before", folder):
        raise CannotWriteError("The disk is full.", "Make some room.")
    assert left(folder) == [b"typed"]
    assert caught.value.hint.startswith("Make some room. ")
    assert str(next(folder.glob("writing-*/*"))) in caught.value.hint


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


def test_a_folder_that_cannot_be_written_is_told_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
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
    monkeypatch: pytest.MonkeyPatch, home: Path, in_memory: Path, store: Store, bond: Bond
) -> None:
    editor(monkeypatch, home, "path.write_text(path.read_text() + 'words [bold]\\n')")
    assert program("note", "--editor").code == 0
    assert texts(store) == ["words [bold]"]
    assert program("edit", all_sessions(store)[0].ref, "--editor").code == 0
    assert texts(store) == ["words [bold]words [bold]"]
    assert list(in_memory.iterdir()) == list(home.glob("writing-*")) == []


def test_an_edit_whose_editor_fails_changes_nothing_and_says_where_the_text_is(
    monkeypatch: pytest.MonkeyPatch, home: Path, in_memory: Path, store: Store, bond: Bond
) -> None:
    editor(monkeypatch, home, "path.write_text('better'); sys.exit(3)")
    program("note", given=b"as it was")
    done = program("edit", all_sessions(store)[0].ref, "--editor")
    (kept,) = in_memory.glob("writing-*/*")
    assert (done.code, kept.read_text()) == (2, "better")
    assert m.EDITOR_KEPT_IN_MEMORY.format(file=kept) in done.err
    assert texts(store) == ["as it was"]
    editor(monkeypatch, home, "path.write_text('another')")
    again = program("note", "--editor")
    assert (again.code, again.err.splitlines()[0]) == (0, m.EDITOR_EARLIER.format(file=kept))
    assert kept.read_text() == "better"


def test_a_save_that_fails_leaves_the_text_and_says_where(
    monkeypatch: pytest.MonkeyPatch, home: Path, in_memory: Path, store: Store, bond: Bond
) -> None:
    editor(monkeypatch, home, f"path.write_text('typed'); os.rename({str(home)!r}, {str(home) + '-gone'!r})")
    done = program("note", "--editor")
    (kept,) = in_memory.glob("writing-*/*")
    assert (done.code != 0, kept.read_text()) == (True, "typed")
    assert str(kept) in done.err
    assert "typed" not in done.err


# --- where the file lies -----------------------------------------------------------------


def test_the_text_lies_in_memory_where_there_is_any(
    monkeypatch: pytest.MonkeyPatch, in_memory: Path, tmp_path: Path
) -> None:
    editor(monkeypatch, tmp_path / "x", "path.write_text(str(path))")
    with edited("", tmp_path / "home") as text:
        assert Path(text).parent.parent == in_memory
    assert not (tmp_path / "home").exists()


def test_a_folder_that_others_may_enter_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, in_memory: Path, tmp_path: Path
) -> None:
    in_memory.chmod(0o755)
    editor(monkeypatch, tmp_path / "x", "path.write_text(str(path))")
    with edited("", tmp_path / "home") as text:
        assert Path(text).parent.parent == Path("/dev/shm")


@pytest.mark.parametrize("named", ["", ".", "run", "/no/such/folder", "/proc"])
def test_a_runtime_folder_that_is_none_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path, named: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", named)
    editor(monkeypatch, folder, "path.write_text(str(path))")
    with edited("", folder) as text:
        assert Path(text).parent.parent == folder


def test_whatever_the_umask_nobody_else_can_read_what_is_edited(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    editor(
        monkeypatch,
        folder,
        "path.unlink(); path.write_text('anew'); path.with_name('copy').write_text('anew')\n"
        "path.write_text(' '.join(f'{p.stat().st_mode:o}' for p in (path, path.with_name('copy'), path.parent)))",
    )
    before = os.umask(0)
    try:
        with edited("", folder) as text:
            assert [stat.S_IMODE(int(mode, 8)) for mode in text.split()] == [0o600, 0o600, 0o700]
    finally:
        os.umask(before)
    assert list(folder.iterdir()) == []


def test_what_an_interrupted_save_leaves_is_told_of(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(monkeypatch, folder, "path.write_text('typed')")
    with pytest.raises(KeyboardInterrupt), edited("before", folder):
        raise KeyboardInterrupt
    (kept,) = folder.glob("writing-*/*")
    assert (kept.read_text(), capsys.readouterr().err) == ("typed", m.EDITOR_KEPT.format(file=kept) + "\n")


# --- what each editor is told ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("vim", "-i"),
        ("nvim", "-i"),
        ("vim.basic", "-i"),
        ("nano", "--ignorercfiles"),
        ("emacs-nox", "--eval"),
        ("emacs28", "--eval"),
        ("micro", "-backup"),
        ("emacsclient", None),
        ("code", None),
        ("nvim-qt", None),
    ],
)
def test_an_editor_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, told: str | None) -> None:
    monkeypatch.setenv("PATH", "")
    for named in (name, f"/opt/some where/{name}"):
        assert (told in leaving_nothing(named)) if told else leaving_nothing(named) == ()


def test_a_link_is_followed_to_the_editor_it_leads_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vim.tiny").write_text("#!/bin/sh\n")
    (tmp_path / "vim.tiny").chmod(0o755)
    (tmp_path / "vi").symlink_to("vim.tiny")
    (tmp_path / "editor").symlink_to("vi")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert leaving_nothing("editor") == leaving_nothing("vi") == leaving_nothing("vim") != ()


def test_the_editor_gets_its_arguments_and_then_the_file(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir()
    script = folder / "vim"
    script.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[-1], 'w').write('\\n'.join(sys.argv[1:]))\n")
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{script} -R +1")
    with edited("marmalade", folder) as text:
        *told, file = text.split("\n")
    assert told == ["-R", "+1", *leaving_nothing("vim")]
    assert Path(file).name == "page.txt"
