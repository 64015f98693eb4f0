"""`export`, as it is typed."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.actions.summary import Format, check_screen, file_format
from mother_bond.domain.bond import Bond, Role
from mother_bond.errors import ExitCode, UsageError
from mother_bond.storage import bonds
from tests.made import noted
from tests.programs import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.storage.store import Store
    from tests.conftest import Ran

    Run = Callable[..., Ran]

BEGINS = {"md": b"# A reflection summary", "html": b"<!doctype html>", "pdf": b"%PDF-1.7", "jsonl": b'{"'}


@pytest.fixture(autouse=True)
def written(store: Store, bond: Bond) -> None:
    noted(store, bond, "2026-03-01", "The kettle. 🌻", cause="safest-place", checkin={"nearness": 4})


@pytest.mark.parametrize("kind", BEGINS)
@pytest.mark.parametrize("named", [True, False])
def test_every_format_by_its_name_or_by_the_files_ending(run: Run, tmp_path: Path, kind: str, named: bool) -> None:
    file = tmp_path / ("summary" if named else f"summary.{kind.upper()}")
    ran = run("export", str(file), *(["--format", kind] if named else []))
    assert (ran.code, ran.out) == (0, "")
    assert file.read_bytes().startswith(BEGINS[kind])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name]


@pytest.mark.parametrize("kind", BEGINS)
def test_no_file_is_written_over_unless_it_is_meant(run: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"summary.{kind}"
    file.write_text("mine")
    assert run("export", str(file)).code == ExitCode.EXISTS
    assert file.read_text() == "mine"
    assert run("export", str(file), "--force").code == 0
    assert file.read_bytes().startswith(BEGINS[kind])


@pytest.mark.parametrize("kind", BEGINS)
def test_each_goes_to_standard_output(kind: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "mother_bond", "export", "-", "--format", kind], capture_output=True, check=True
    )
    assert ran.stdout.startswith(BEGINS[kind])


def test_without_a_name_the_file_is_called_after_the_day(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", "--format", "html").code == 0
    [name] = [path.name for path in tmp_path.iterdir() if path.is_file()]
    assert name.startswith("reflection-")
    assert name.endswith(".html")


def test_endings_that_mean_a_format_and_those_that_mean_none() -> None:
    from pathlib import Path

    found = {name: file_format(None, Path(name)) for name in ("a.htm", "a.HTML", "a.markdown", "a.txt", "a", "-")}
    assert list(found.values()) == [Format.HTML, Format.HTML, Format.MD, Format.MD, Format.MD, Format.MD]
    assert file_format("pdf", Path("a.html")) is Format.PDF


@pytest.mark.parametrize("more", [["--format", "docx"], ["--for", "friend"]])
def test_a_choice_there_is_not_is_refused_with_those_there_are(run: Run, more: list[str]) -> None:
    ran = run("export", "-", *more)
    assert ran.code == ExitCode.USAGE
    assert "must be one of" in ran.err


@pytest.mark.parametrize("more", [["--for", "me"], ["--without-words"]])
def test_the_data_is_always_whole(run: Run, more: list[str]) -> None:
    ran = run("export", "-", "--format", "jsonl", *more)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert m.SHAPED_DATA in ran.err


def test_a_theme_is_named_by_its_plain_name(run: Run) -> None:
    assert (
        "Only entries on one theme: The safest place gets the storm."
        in run(*("export", "-", "--cause", "safest-place")).out
    )


def test_the_readers_and_the_words_are_chosen_on_the_line(run: Run) -> None:
    assert m.SUMMARY_IS in run("export", "-", "--for", "counsellor").out
    assert m.SUMMARY_IS not in run("export", "-").out
    assert m.SUMMARY_ABOUT_COUNTS[-30:] in run("export", "-", "--without-words").out


def test_a_pdf_without_its_tool_says_how_to_get_it_and_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name, *_: None)
    file = tmp_path / "summary.pdf"
    ran = run("export", str(file))
    assert ran.code == ExitCode.USAGE
    assert "mother-bond[pdf]" in ran.err
    assert not file.exists()


def test_it_says_when_a_pdf_shows_signs_by_name(store: Store, run: Run, tmp_path: Path) -> None:
    assert m.UNSHOWN not in run("export", str(tmp_path / "a.pdf")).err
    bonds.put(store, Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.CHILD, "Mum 🌻", "Mum 🌻"))
    assert m.UNSHOWN in run("export", str(tmp_path / "b.pdf")).err
    assert m.UNSHOWN not in run("export", str(tmp_path / "c.html")).err


def test_a_pdf_is_not_sent_to_a_terminal() -> None:
    check_screen(Format.PDF, at_terminal=False)
    check_screen(Format.HTML, at_terminal=True)
    with pytest.raises(UsageError):
        check_screen(Format.PDF, at_terminal=True)
    with Terminal("export", "-", "--format", "pdf") as terminal:
        assert terminal.end() == ExitCode.USAGE
        assert "%PDF" not in terminal.text


@pytest.mark.parametrize("kind", ["md", "html", "pdf"])
def test_a_bond_without_entries_and_a_name_from_the_right(store: Store, run: Run, tmp_path: Path, kind: str) -> None:
    bonds.put(store, Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.CHILD, "أمي", "أمي"))
    for number, more in enumerate(([], ["--for", "counsellor"], ["--without-words"])):
        assert run("export", str(tmp_path / f"{number}.{kind}"), "--bond", "أمي", *more).code == 0


def test_an_unfinished_sitting_is_in_it_as_far_as_it_went() -> None:
    program("reflect", "--plain", given="4\n5\n4\n4\nThe jar of plums.\n.\n")
    done = program("export", "-", "--format", "html")
    assert done.code == 0
    assert "2 entries on 2 days" in done.out


def test_no_other_formats_module_is_imported() -> None:
    first = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*[n for n in sys.modules if n.startswith(('mother_bond.export', 'typst'))],"
        " file=sys.stderr))"
    )
    loaded = program("export", "-", "--format", "html", first=first).err
    assert "mother_bond.export.html" in loaded
    assert not any(name in loaded for name in ("typst", "export.pdf", "export.markdown"))
    loaded = program("export", "-", first=first).err
    assert not any(name in loaded for name in ("typst", "export.pdf", "export.html", "export.drawing"))
