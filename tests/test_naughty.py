"""Whatever the words are, they are kept to the letter, and shown as something that does nothing."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import paths
from mother_bond.actions import change, note
from mother_bond.clock import encode_id
from mother_bond.domain.bond import LONGEST_NAME
from mother_bond.errors import ExitCode
from mother_bond.exchange.jsonl import FORMAT
from mother_bond.wording.visible import visible
from tests.desks import TODAY, all_sessions, texts, the_session
from tests.export.test_html import Page
from tests.naughty import BIG_LIST, BLANK, NAUGHTY, NEVER_KEPT, OWN, STEERED, UNSEEN
from tests.programs import _STEERING, on_terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

    Run = Callable[..., Ran]

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
AT = "2026-11-19T21:00:00+00:00"
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
        kept = note.add(store, bond, text, TODAY).session
        assert kept
        if text == STEERED[0]:
            change.delete(store, kept.ref)
    return list(NAUGHTY)


def numbered(number: int) -> str:
    """An id, the same each time."""
    return encode_id(1_700_000_000_000, number.to_bytes(10, "big"))


def as_lines() -> list[dict[str, Any]]:
    """All of them in the interchange format: as answers, questions and earlier wordings of one entry, steps, names."""
    daniel = {"role": "mother", "name": "Daniel", "call": "my son", "they": "he", "contact": "in-touch"}
    answers: list[dict[str, Any]] = [
        {"id": numbered(n), "at": AT, "question": text, "text": text} for n, text in enumerate(NAUGHTY)
    ]
    answers[0]["revisions"] = [{"text": text, "at": AT} for text in NAUGHTY]
    whole: list[dict[str, Any]] = [{"bond": daniel, "answers": answers}]
    for text in NAUGHTY:
        step = {"plan": text, "state": "resting", "at": AT, "state_at": AT}
        whole.append({"bond": daniel, "answers": [], "step": step})
    for text in NAUGHTY:
        if len(text) <= LONGEST_NAME:
            bond = {"role": "child", "name": text, "call": text, "they": "she", "contact": "unsaid"}
            whole.append({"bond": bond, "answers": []})
    return [{"format": FORMAT, "id": numbered(n), "at": AT, **line} for n, line in enumerate(whole)]


@pytest.fixture
def taken_in(run: Run, store: Store, tmp_path: Path) -> list[dict[str, Any]]:
    """A journal taken in from a file, with all of them wherever there are words in it."""
    lines = as_lines()
    file = tmp_path / "all.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ran = run("import", str(file))
    assert harmless(ran)
    assert ran.code == ExitCode.OK
    return lines


def test_there_are_many_of_them() -> None:
    assert len(BIG_LIST) > 480
    assert not set(OWN) & set(BIG_LIST)
    assert BLANK == ("", " ")


def test_as_answers_they_are_kept_to_the_letter(written: list[str], store: Store) -> None:
    assert texts(store) == written


def test_what_comes_in_on_a_pipe_is_kept_to_the_letter(run: Run, store: Store, bond: Bond) -> None:
    given = (*UNSEEN, *STEERED, *(text for text in BIG_LIST if len(text) < 10 or not text.isascii()))
    for text in given:
        assert run("note", given=text.encode() + b"\n").code == ExitCode.OK
    assert texts(store) == [text for text in given if text.strip()]


def test_all_at_once_on_a_real_pipe_they_are_kept_to_the_letter(store: Store, bond: Bond) -> None:
    whole = "\n".join(BIG_LIST)
    done = program("note", given=whole + "\n")
    assert (done.code, texts(store)) == (ExitCode.OK, [whole])
    assert not HARMFUL.search(done.out + done.err)


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


def test_one_entry_is_shown_whole_with_its_history(run: Run, taken_in: list[dict[str, Any]], store: Store) -> None:
    ref, said = all_sessions(store)[0].ref, list(NAUGHTY)
    for line in (f"show {ref}", f"history {ref}.1"):
        ran = run(*line.split())
        assert harmless(ran)
        assert all(visible(text) in ran.out for text in said)
    shown = json.loads(run("show", ref, "--json").out)["session"]["answers"]
    assert [answer["text"] for answer in shown] == said
    assert [answer["question"] for answer in shown] == said
    earlier = json.loads(run("history", f"{ref}.1", "--json").out)["session"]["answers"][0]["revisions"]
    assert [revision["text"] for revision in earlier] == said


def test_new_wordings_are_kept_to_the_letter(run: Run, store: Store, bond: Bond) -> None:
    note.add(store, bond, "words", TODAY)
    ref = the_session(store).ref
    said = [text for text in BIG_LIST if text not in BLANK][::6] + list(STEERED)
    for text in (*BLANK, *said):
        ran = run("edit", ref, given=text.encode() + b"\n")
        assert harmless(ran)
        assert ran.code == (ExitCode.USAGE if text in BLANK else ExitCode.OK)
    (answer,) = the_session(store).answers
    assert [*(revision.text for revision in answer.revisions), answer.text] == ["words", *said]
    for line in (f"history {ref}", f"restore {ref}.1 --revision 2", f"delete {ref}", "restore"):
        ran = run(*line.split())
        assert harmless(ran), line
        assert ran.code == ExitCode.OK
    assert texts(store) == said[:1]


def test_the_summary_shows_them_as_something_that_does_nothing(run: Run, taken_in: list[dict[str, Any]]) -> None:
    for kind in ("md", "html"):
        ran = run("export", "-", "--bond", "Daniel", "--format", kind)
        assert harmless(ran), kind
        assert ran.code == ExitCode.OK
    page = Page(ran.out)
    assert not {tag for tag, _ in page.elements} & {"script", "img", "svg", "a", "i", "u", "foo"}
    said = "".join(text for _, text in page.text)
    assert all(visible(text).strip() in said for text in NAUGHTY)


def test_every_bond_and_step_is_shown_as_something_that_does_nothing(run: Run, taken_in: list[dict[str, Any]]) -> None:
    for line in ("bonds", "list -n 0", "calendar 2026", "steps", "search e*", "export - --format jsonl"):
        ran = run(*line.split())
        assert harmless(ran), line
        assert ran.code == ExitCode.OK
    listed = json.loads(run("bonds", "--json").out)["items"]
    assert {item["bond"]["name"] for item in listed} == {line["bond"]["name"] for line in taken_in}
    steps = json.loads(run("steps", "--json").out)["items"]
    assert {item["step"]["plan"] for item in steps} == {line["step"]["plan"] for line in taken_in if "step" in line}


@pytest.mark.parametrize("journal", ["written", "taken_in"])
def test_a_screen_shows_them_as_something_that_does_nothing(
    request: pytest.FixtureRequest, store: Store, journal: str
) -> None:
    request.getfixturevalue(journal)
    ref = all_sessions(store)[0].ref
    for line in {
        "written": ("list -n 0", "search e*", "restore", "patterns words"),
        "taken_in": (f"show {ref}", f"history {ref}.1", "bonds"),
    }[journal]:
        done = on_terminal(*line.split())
        assert done.code == ExitCode.OK
        assert not HARMFUL.search(_STEERING.sub("", done.out))
        assert "\x1b]" not in done.out


def test_what_is_taken_in_goes_out_and_comes_in_as_it_was(
    run: Run, taken_in: list[dict[str, Any]], tmp_path: Path
) -> None:
    out, again = tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    assert run("export", str(out)).code == ExitCode.OK
    lines = [json.loads(line) for line in out.read_bytes().removesuffix(b"\n").split(b"\n")]
    assert lines == taken_in
    put_away(tmp_path)
    assert run("import", str(out)).code == ExitCode.OK
    assert run("export", str(again)).code == ExitCode.OK
    assert again.read_bytes() == out.read_bytes()


def put_away(folder: Path) -> None:
    """Take the journal out of its place, and its backups, so that a new one is begun."""
    paths.journal().rename(folder / "away.db")
    if paths.backups().exists():
        paths.backups().rename(folder / "away")
    for beside in paths.home().glob("journal.db-*"):
        beside.unlink()


def test_each_can_be_looked_for(run: Run, written: list[str]) -> None:
    for text in (*NAUGHTY, *NEVER_KEPT):
        ran = run("search", "--", text)
        assert harmless(ran), text
        assert ran.code in (ExitCode.OK, ExitCode.USAGE), text
    for text in NAUGHTY[::8]:
        assert run("search", given=text.encode() + b"\n").code in (ExitCode.OK, ExitCode.USAGE), text


@pytest.mark.parametrize("found", [NAUGHTY[::2], NAUGHTY[1::2]], ids=["one half", "the other"])
def test_as_names_they_are_kept_or_refused(run: Run, home: Path, found: tuple[str, ...]) -> None:
    kept: dict[str, str] = {}
    for text in (*found, *BLANK, *NEVER_KEPT):
        name = unicodedata.normalize("NFC", text).strip()
        ran = run("begin", "--role", "child", "--name", text, "--call", text)
        assert harmless(ran), text
        if not is_a_name(name):
            assert ran.code == ExitCode.USAGE, text
        else:
            assert ran.code == (ExitCode.EXISTS if name in kept else ExitCode.OK), text
            kept[name] = text
    assert len(kept) > 270
    listed = json.loads(run("bonds", "--json").out)["items"]
    assert {item["bond"]["name"] for item in listed} == {item["bond"]["call"] for item in listed} == set(kept)
    for text in list(kept.values())[::40]:
        assert harmless(run("note", "--bond", text, given="words")), text
        ran = run("export", "-", "--bond", text, "--format", "html")
        assert harmless(ran), text
        assert ran.code in (ExitCode.OK, ExitCode.USAGE), text
    for line in ("bonds", "list -n 0", "calendar", "patterns", "prompts", ""):
        assert harmless(run(*line.split()))
        assert not line or harmless(run(*line.split(), "--json"))


def is_a_name(text: str) -> bool:
    """Whether it is one line that can be seen, and not too long."""
    return 0 < len(text) <= LONGEST_NAME and not {"Cc", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, text))


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
        for text in (*NAUGHTY[::15], *STEERED, *NEVER_KEPT):
            ran = run(*line.split(), text, given="")
            assert harmless(ran), (line, text)


def test_as_names_of_files_they_are_shown_harmlessly(run: Run, bond: Bond, tmp_path: Path) -> None:
    for text in (*NAUGHTY[::15], *STEERED):
        name = re.sub(r"[/\0]", "_", text)[:60]
        assert harmless(run("import", str(tmp_path / name)))
        assert harmless(run("prompts", "check", str(tmp_path / name)))
        assert harmless(run("export", str(tmp_path / name / "no such folder" / "all.jsonl")))
        (tmp_path / f"{name}.toml").write_text("oops")
        assert harmless(run("prompts", "check", str(tmp_path / f"{name}.toml")))


def test_settings_of_the_writers_own_are_shown_harmlessly(run: Run, bond: Bond) -> None:
    for text in STEERED:
        quoted = json.dumps(text).replace("\x7f", "\\u007f")
        paths.config().write_text(f"help = [{quoted}]\ncountry = {quoted}", encoding="utf-8")
        assert harmless(run("help-now"))
        assert harmless(run("help-now", "--json"))
        paths.config().write_text(f"{quoted} = 1", encoding="utf-8")
        ran = run("reflect", "--plain")
        assert (harmless(ran), ran.code) == (True, ExitCode.BAD_FILE)
