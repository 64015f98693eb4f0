"""Whatever the words are, they are kept to the letter, and shown as something that does nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from mother_bond import paths
from mother_bond.actions import note
from mother_bond.errors import ExitCode
from tests.desks import TODAY, all_sessions, texts
from tests.naughty import NAUGHTY, NEVER_KEPT, STEERED, UNSEEN
from tests.programs import _STEERING, on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

    Run = Callable[..., Ran]

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
VIEWS = (
    *("list -n 0", "search e*", "search w*", "on-this-day --date 2026-11-20", "calendar 2026", "then-and-now", "bonds"),
    *(
        "steps",
        "restore",
        "patterns",
        "patterns words",
        "export -",
        "export - --format html",
        "export - --format jsonl",
    ),
)


def harmless(ran: Ran) -> bool:
    """Whether it ended as it may, with nothing in what it says that steers a terminal."""
    assert ran.code != ExitCode.BUG, ran.err
    assert "Traceback" not in ran.out + ran.err
    return not HARMFUL.search(ran.out + ran.err)


@pytest.fixture
def written(store: Store, bond: Bond) -> list[str]:
    """A journal with all of them in it, and one of them in the trash."""
    for text in NAUGHTY:
        note.add(store, bond, text, TODAY)
    return list(NAUGHTY)


def test_there_are_many_of_them() -> None:
    assert len(NAUGHTY) > 150


def test_as_answers_they_are_kept_to_the_letter(written: list[str], store: Store) -> None:
    assert texts(store) == written


def test_what_comes_in_on_a_pipe_is_kept_to_the_letter(run: Run, store: Store, bond: Bond) -> None:
    for text in (*UNSEEN, *STEERED):
        assert run("note", given=text.encode() + b"\n").code == ExitCode.OK
    assert texts(store) == [text for text in (*UNSEEN, *STEERED) if text.strip()]


@pytest.mark.parametrize("text", NEVER_KEPT)
def test_what_no_text_can_hold_is_refused(run: Run, store: Store, bond: Bond, text: str) -> None:
    ran = run("note", given=text.encode("utf-8", "surrogatepass"))
    assert (ran.code, ran.out, texts(store)) == (ExitCode.USAGE, "", [])


def test_every_view_shows_them_as_something_that_does_nothing(run: Run, written: list[str]) -> None:
    for line in VIEWS:
        ran = run(*line.split())
        assert harmless(ran), line
        assert ran.code == ExitCode.OK
        if not line.startswith("export"):
            ran = run(*line.split(), "--json")
            assert harmless(ran), line
            json.loads(ran.out)


def test_one_entry_is_shown_whole_with_its_history(run: Run, written: list[str], store: Store) -> None:
    for session in all_sessions(store)[::4]:
        assert harmless(run("show", session.ref))
        shown = json.loads(run("show", session.ref, "--json").out)
        assert session.answers[0].text == shown["session"]["answers"][0]["text"]
    ref = all_sessions(store)[-1].ref
    assert harmless(run("edit", ref, given=STEERED[1]))
    assert harmless(run("history", ref))
    assert harmless(run("delete", ref))
    assert harmless(run("restore"))


@pytest.mark.parametrize("line", ["list -n 0", "search e*", "restore", "patterns words"])
def test_a_screen_shows_them_as_something_that_does_nothing(written: list[str], line: str) -> None:
    done = on_terminal(*line.split())
    assert done.code == ExitCode.OK
    assert not HARMFUL.search(_STEERING.sub("", done.out))
    assert "\x1b]" not in done.out


def test_they_come_back_from_an_export_as_they_went(run: Run, written: list[str], store: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert run("export", str(file)).code == ExitCode.OK
    before = sorted(texts(store))
    paths.journal().rename(tmp_path / "away.db")
    for beside in paths.home().glob("journal.db-*"):
        beside.unlink()
    assert run("import", str(file)).code == ExitCode.OK
    lines = run("export", "-", "--format", "jsonl").out
    assert sorted(json.loads(line)["answers"][0]["text"] for line in lines.splitlines()) == before


def test_each_can_be_looked_for(run: Run, written: list[str]) -> None:
    for text in (*NAUGHTY, *NEVER_KEPT):
        ran = run("search", "--", text)
        assert harmless(ran), text
        assert ran.code in (ExitCode.OK, ExitCode.USAGE), text
        assert run("search", given=text.encode("utf-8", "replace") + b"\n").code in (ExitCode.OK, ExitCode.USAGE), text


def test_as_names_they_are_kept_or_refused(run: Run, home: Path) -> None:
    kept = set()
    for text in (*NAUGHTY, *NEVER_KEPT):
        ran = run("begin", "--role", "child", "--name", text, "--call", text)
        assert harmless(ran), text
        assert ran.code in (ExitCode.OK, ExitCode.USAGE, ExitCode.EXISTS), text
        if ran.code == ExitCode.OK:
            kept.add(text)
            assert not len(kept) % 4 or harmless(run("note", "--bond", text, given="words"))
    assert len(kept) > 80
    for line in ("bonds", "list -n 0", "calendar", "export -", "patterns", "prompts", ""):
        assert harmless(run(*line.split()))
        assert line in ("", "export -") or harmless(run(*line.split(), "--json"))


def test_as_arguments_of_any_kind_they_are_refused_in_words(run: Run, written: list[str]) -> None:
    for line in (
        "show",
        "edit",
        "delete",
        "then-and-now --cause",
        "list --since",
        "list --bond",
        "reflect",
        "help-now --country",
    ):
        for text in (*NAUGHTY[::7], *STEERED, *NEVER_KEPT):
            ran = run(*line.split(), text, given="")
            assert harmless(ran), (line, text)


def test_as_names_of_files_they_are_shown_harmlessly(run: Run, written: list[str], tmp_path: Path) -> None:
    for text in (*NAUGHTY[::5], *STEERED):
        name = re.sub(r"[/\0]", "_", text)[:60]
        assert harmless(run("import", str(tmp_path / name)))
        assert harmless(run("prompts", "check", str(tmp_path / name)))
        assert harmless(run("export", str(tmp_path / name / "no such folder" / "all.jsonl")))
        (tmp_path / f"{name}.toml").write_text("oops")
        assert harmless(run("prompts", "check", str(tmp_path / f"{name}.toml")))


def test_settings_of_the_writers_own_are_shown_harmlessly(run: Run, written: list[str]) -> None:
    for text in STEERED:
        quoted = json.dumps(text).replace("\x7f", "\\u007f")
        paths.config().write_text(f"help = [{quoted}]\ncountry = {quoted}", encoding="utf-8")
        assert harmless(run("help-now"))
        assert harmless(run("help-now", "--json"))
        paths.config().write_text(f"{quoted} = 1", encoding="utf-8")
        ran = run("reflect", "--plain")
        assert (harmless(ran), ran.code) == (True, ExitCode.BAD_FILE)
