from __future__ import annotations

import json
import os
import stat
import subprocess
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions import data
from mother_bond.actions.data import Checked, TakenIn
from mother_bond.actions.lists import which
from mother_bond.actions.summary import write_file
from mother_bond.bundled import demo_journal
from mother_bond.domain.bond import Role
from mother_bond.errors import BadFileError, CannotWriteError, ExitCode
from mother_bond.exchange.jsonl import from_line
from mother_bond.storage import bonds, change, look
from mother_bond.storage.change import Target
from mother_bond.storage.store import Store, open_store
from tests.made import Plain, Shelf, fill, held, journals, noted
from tests.programs import PROGRAM, program
from tests.reference import to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Session
    from tests.conftest import Ran

FEW = settings(max_examples=max(20, settings().max_examples // 3))
"""Each example opens two journals, so that there are fewer of them."""

SECRET = "Zanzibar"
"""Stands in every text of a bad line, and must stand in no message."""

MOMENT = "2026-03-02T10:00:00+00:00"


def exported(store: Store) -> bytes:
    return "".join(data.lines(store, which(None))).encode()


def take(store: Store, path: Path, *, skip_bad: bool = False) -> TakenIn:
    return data.take_in(store, path, data.check(path, skip_bad=skip_bad))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.mark.parametrize("role", list(Role))
def test_a_demo_journal_goes_in_and_comes_out_byte_for_byte(store: Store, role: Role) -> None:
    path = demo_journal(role)
    assert take(store, path).added == len(path.read_bytes().splitlines())
    assert exported(store) == path.read_bytes()


@FEW
@given(journals(), st.data())
def test_any_journal_comes_back_the_same_edited_and_trashed_answers_too(
    shelf: Shelf, found: list[Session], draw: st.DataObject
) -> None:
    path = shelf.folder / "journal.jsonl"
    here, there = shelf.new(), shelf.new()
    for session in fill(here, found):
        for answer in session.answers:
            if draw.draw(st.booleans()):
                change.edit(here, answer.id, "Another wording.", MOMENT)
        for target in (Target(session.id), *(Target(session.id, answer.id) for answer in session.answers)):
            if not draw.draw(st.integers(0, 3)):
                change.trash(here, target, MOMENT)
    path.write_bytes(exported(here))
    take(there, path)
    assert exported(there) == path.read_bytes()
    here.close()
    there.close()


@FEW
@given(journals())
def test_reading_a_file_twice_changes_nothing(shelf: Shelf, found: list[Session]) -> None:
    path, here, there = shelf.folder / "journal.jsonl", shelf.new(), shelf.new()
    fill(here, found)
    path.write_bytes(exported(here))
    assert take(there, path) == TakenIn(len(found), 0, 0, (), ())
    before = held(there)
    assert take(there, path) == TakenIn(0, len(found), 0, (), ())
    assert held(there) == before
    here.close()
    there.close()


def test_a_file_without_ids_read_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = [Plain(text, day).line(id=None) for text in ("a", "b") for day in ("2026-03-01", "2026-03-02")]
    path.write_bytes(b"".join([*lines, lines[0]]))
    assert take(store, path)[:3] == (4, 1, 0)
    before = held(store)
    assert take(store, path)[:3] == (0, 5, 0)
    assert held(store) == before


def test_what_says_something_else_is_left_as_it_is_here(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(Plain("as it was").line())
    take(store, path)
    path.write_bytes(Plain("as it is there").line())
    before = held(store)
    assert take(store, path) == TakenIn(0, 1, 1, (), ())
    assert held(store) == before


def test_what_lies_in_the_trash_is_not_taken_in_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(Plain().line())
    take(store, path)
    change.trash(store, Target(f"01K{1:023}"), MOMENT)
    assert take(store, path).added == 0
    assert exported(store) == b""


def test_an_unfinished_sitting_is_exported_with_what_it_holds(store: Store, bond: Bond) -> None:
    session = noted(store, bond, "2026-03-01", "half a thought")
    with store.writing() as db:
        db.execute("UPDATE session SET progress = '{}' WHERE id = ?", (session.id,))
    assert "half a thought" in exported(store).decode()


def test_a_filter_takes_the_sessions_it_means(store: Store, bond: Bond) -> None:
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        noted(store, bond, day)
    text = "".join(data.lines(store, which(bond, None, date(2026, 1, 15), date(2026, 2, 15))))
    assert [json.loads(line)["at"][:10] for line in text.splitlines()] == ["2026-02-01"]


def test_imported_bonds_are_found_again_by_role_and_name(store: Store, bond: Bond, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    other = {"role": "child", "name": "Daniel"}
    path.write_bytes(Plain(number=1).line() + Plain(number=2).line(bond=other) + Plain(number=3).line(bond=other))
    take(store, path)
    rows = [tuple(row) for row in store.rows("SELECT role, name, call FROM bond ORDER BY role")]
    assert rows == [("child", "Daniel", "Daniel"), ("mother", "Daniel", "my son")]
    assert store.value("SELECT value FROM setting WHERE key = 'bond'") == bond.id


def test_the_first_bond_taken_in_is_the_one_that_is_written_about(run: Callable[..., Ran]) -> None:
    assert run("import", str(demo_journal(Role.CHILD))).code == 0
    assert run("note", given="And now me.").code == 0
    assert "Mum  note  And now me." in run("list", "-n", "1").out


def test_a_question_that_was_answered_elsewhere_rests_here_too(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(Plain().line(answers=[{"text": "a", "prompt": "individuation.mother.notice.01"}]))
    take(store, path)
    assert store.value("SELECT day FROM shown WHERE prompt = 'individuation.mother.notice.01'") == "2026-03-01"


def test_an_answer_id_that_is_taken_is_given_up_for_a_new_one(store: Store, tmp_path: Path) -> None:
    path, answer = tmp_path / "some.jsonl", [{"id": f"01K{9:023}", "text": "a"}]
    path.write_bytes(Plain(number=1).line(answers=answer) + Plain(number=2).line(answers=answer))
    assert take(store, path).added == 2
    assert store.value("SELECT count(DISTINCT id) FROM answer") == 2


BAD: dict[str, tuple[dict[str, Any] | bytes, str, str]] = {
    "no format": ({"format": None}, "format", "must be “mother-bond/1”"),
    "another format": ({"format": SECRET}, "format", "must be “mother-bond/1”"),
    "no moment": ({"at": None}, "at", m.LINE_MOMENT),
    "a moment without offset": ({"at": "2026-03-01T21:14:00"}, "at", m.LINE_MOMENT),
    "a day for a moment": ({"at": "2026-03-01"}, "at", m.LINE_MOMENT),
    "a number for a moment": ({"at": 5}, "at", m.LINE_MOMENT),
    "a bad id": ({"id": SECRET}, "id", m.LINE_ID),
    "no bond": ({"bond": None}, "bond", m.LINE_OBJECT),
    "a name for a bond": ({"bond": SECRET}, "bond", m.LINE_OBJECT),
    "no role": ({"bond": {"name": SECRET}}, "bond.role", "must be one of: mother, child"),
    "a bad role": ({"bond": {"role": SECRET, "name": "D"}}, "bond.role", "must be one of: mother, child"),
    "no name": ({"bond": {"role": "child"}}, "bond.name", m.PACK_TEXT),
    "a blank name": ({"bond": {"role": "child", "name": " \n"}}, "bond.name", m.PACK_TEXT),
    "a long name": (
        {"bond": {"role": "child", "name": SECRET * 11}},
        "bond.name",
        "is too long; at most 80 characters",
    ),
    "a NUL in a name": ({"bond": {"role": "child", "name": SECRET + "\0"}}, "bond.name", m.TEXT_NUL),
    "a bad call": ({"bond": {"role": "child", "name": "D", "call": 5}}, "bond.call", m.PACK_TEXT),
    "bad pronouns": (
        {"bond": {"role": "child", "name": "D", "they": SECRET}},
        "bond.they",
        "must be one of: he, she, they",
    ),
    "bad contact": (
        {"bond": {"role": "child", "name": "D", "contact": SECRET}},
        "bond.contact",
        "must be one of: in-touch, ",
    ),
    "a cause with spaces": ({"cause": f"{SECRET} and on"}, "cause", m.PACK_SLUG),
    "a cause that is a list": ({"cause": [SECRET]}, "cause", m.PACK_SLUG),
    "seconds below nought": ({"seconds": -1}, "seconds", "must be a whole number from 0 to 99999999"),
    "true seconds": ({"seconds": True}, "seconds", "must be a whole number from 0 to 99999999"),
    "endless seconds": ({"seconds": 10**400}, "seconds", "must be a whole number from 0 to 99999999"),
    "answers that are text": ({"answers": SECRET}, "answers", "must be a list of at most 1000 answers"),
    "too many answers": ({"answers": [{"text": SECRET}] * 1001}, "answers", "must be a list of at most 1000 answers"),
    "an answer that is text": ({"answers": [{"text": "a"}, SECRET]}, "answers[2]", m.LINE_OBJECT),
    "an answer without text": ({"answers": [{"question": SECRET}]}, "answers[1].text", m.PACK_TEXT),
    "a blank answer": ({"answers": [{"text": " \t\n"}]}, "answers[1].text", m.PACK_TEXT),
    "a NUL in an answer": ({"answers": [{"text": f"{SECRET}\0"}]}, "answers[1].text", m.TEXT_NUL),
    "half a character": ({"answers": [{"text": f"{SECRET}\ud83d"}]}, "answers[1].text", m.TEXT_SURROGATE),
    "a bad answer id": ({"answers": [{"text": "a", "id": SECRET}]}, "answers[1].id", m.LINE_ID),
    "one answer id twice": ({"answers": [{"id": f"01K{9:023}", "text": SECRET}] * 2}, "answers[2].id", m.LINE_TWICE),
    "a bad answer moment": ({"answers": [{"text": "a", "at": SECRET}]}, "answers[1].at", m.LINE_MOMENT),
    "a bad prompt": ({"answers": [{"text": "a", "prompt": [SECRET]}]}, "answers[1].prompt", m.PACK_TEXT),
    "a bad question": ({"answers": [{"text": "a", "question": {SECRET: 1}}]}, "answers[1].question", m.PACK_TEXT),
    "revisions that are text": ({"answers": [{"text": "a", "revisions": SECRET}]}, "answers[1].revisions", m.LINE_LIST),
    "a revision that is text": (
        {"answers": [{"text": "a", "revisions": [SECRET]}]},
        "answers[1].revisions[1]",
        m.LINE_OBJECT,
    ),
    "a revision without moment": (
        {"answers": [{"text": "a", "revisions": [{"text": SECRET}]}]},
        "answers[1].revisions[1].at",
        m.LINE_MOMENT,
    ),
    "a check-in that is a list": ({"checkin": [SECRET]}, "checkin", m.LINE_OBJECT),
    "words for a measure": ({"checkin": {f"{SECRET} words": 3}}, "checkin", m.PACK_SLUG),
    "a mark of nought": ({"checkin": {"nearness": 0}}, "checkin.nearness", "must be a whole number from 1 to "),
    "a broken mark": ({"checkin": {"nearness": 3.5}}, "checkin.nearness", "must be a whole number from 1 to "),
    "a true mark": ({"checkin": {"nearness": True}}, "checkin.nearness", "must be a whole number from 1 to "),
    "a mark in words": ({"checkin": {"nearness": SECRET}}, "checkin.nearness", "must be a whole number from 1 to "),
    "a way-in mark of four": (
        {"way-in": {"self-erasure": 4}},
        "way-in.self-erasure",
        "must be a whole number from 1 to 3",
    ),
    "a step that is text": ({"step": SECRET}, "step", m.LINE_OBJECT),
    "a step without plan": ({"step": {"state": "done"}}, "step.plan", m.PACK_TEXT),
    "a bad state": ({"step": {"plan": "a", "state": SECRET}}, "step.state", "must be one of: resting, done, let-go"),
    "a bad step moment": ({"step": {"plan": "a", "at": SECRET}}, "step.at", m.LINE_MOMENT),
    "a bad practice": ({"step": {"plan": "a", "practice": 5}}, "step.practice", m.PACK_TEXT),
    "not JSON": (f"{{'{SECRET}': 1}}\n".encode(), "", m.LINE_NOT_JSON),
    "plain words": (f"{SECRET}, by the sea\n".encode(), "", m.LINE_NOT_JSON),
    "two values": (b'{"a": 1} {"b": 2}\n', "", m.LINE_NOT_JSON),
    "a list": (f'["{SECRET}"]\n'.encode(), "", m.LINE_OBJECT),
    "Latin-1": ('{"a": "é"}\n'.encode("latin-1"), "", m.LINE_NOT_UTF8),
    "bytes": (b"\x00\xff\xfe\x1b[31m\n", "", m.LINE_NOT_UTF8),
    "nested beyond reading": (b"[" * 200_000 + b"\n", "", m.LINE_NOT_JSON),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_line_is_named_and_nothing_is_taken_in(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path, kind: str
) -> None:
    bent, key, reason = BAD[kind]
    line = bent if isinstance(bent, bytes) else Plain(SECRET).line(**bent)
    path = tmp_path / "some.jsonl"
    path.write_bytes(Plain(number=1).line() + b"\n" + line + Plain(number=2).line())
    before = held(store)
    ran = run("import", str(path))
    assert (ran.code, ran.out) == (ExitCode.BAD_FILE, "")
    assert f"line 3{', ' if key else ''}{key}: {reason}" in ran.err
    assert SECRET not in ran.err
    assert held(store) == before


def test_a_bad_file_does_not_begin_a_journal(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_bytes(b"words\n")
    assert run("import", str(tmp_path / "some.jsonl")).code == ExitCode.BAD_FILE
    assert not paths.home().exists()


def test_twenty_problems_are_listed_and_the_rest_counted(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_bytes(b"words\n" * 23)
    ran = run("import", str(tmp_path / "some.jsonl"))
    assert "because 23 of its lines cannot be read" in ran.err
    assert ran.err.count(m.LINE_NOT_JSON) == 20
    assert "and 3 more" in ran.err


def test_skip_bad_leaves_out_what_is_wrong_and_says_so(run: Callable[..., Ran], tmp_path: Path) -> None:
    bad = Plain(SECRET).line(at=None)
    (tmp_path / "some.jsonl").write_bytes(Plain(number=1).line() + bad + b"\xff\n" + Plain(number=2).line())
    ran = run("import", "--skip-bad", str(tmp_path / "some.jsonl"))
    assert ran.code == 0
    assert "2 entries taken in, 0 there already." in ran.out
    assert f"line 2, at: {m.LINE_MOMENT}" in ran.out
    assert f"line 3: {m.LINE_NOT_UTF8}" in ran.out
    assert SECRET not in ran.out + ran.err


def test_unknown_keys_are_named_and_the_rest_is_taken_in(run: Callable[..., Ran], tmp_path: Path) -> None:
    line = Plain().line(weather="wet", answers=[{"text": "a", "tags": []}]) + Plain(number=2).line(letters=[])
    (tmp_path / "some.jsonl").write_bytes(line)
    ran = run("import", str(tmp_path / "some.jsonl"))
    assert ran.code == 0
    assert "2 entries taken in" in ran.out
    assert "letters, tags, weather" in ran.out


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\n\n \n"])
def test_lines_may_end_in_every_usual_way(store: Store, tmp_path: Path, ends: bytes) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(ends.join(Plain(number=n).line().strip() for n in (1, 2, 3)))
    assert take(store, path).added == 3


@pytest.mark.parametrize("name", ["not-there.jsonl", "."])
def test_a_file_that_cannot_be_read_is_said(run: Callable[..., Ran], tmp_path: Path, name: str) -> None:
    ran = run("import", str(tmp_path / name))
    assert ran.code == ExitCode.BAD_FILE
    assert "cannot be read" in ran.err


def test_a_line_of_65_megabytes_of_junk_is_named_and_the_next_one_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    with path.open("wb") as file:
        file.seek(65 * 2**20)
        file.write(b"\n" + Plain().line())
    with pytest.raises(BadFileError) as caught:
        data.check(path, skip_bad=False)
    assert "1 of its lines cannot be read:\nline 1: " in caught.value.message
    assert take(store, path, skip_bad=True).added == 1


@pytest.mark.slow
def test_a_large_answer_edited_often_comes_back(shelf: Shelf) -> None:
    here, there, path = shelf.new(), shelf.new(), shelf.folder / "large.jsonl"
    session, _, _ = from_line(Plain("x" * 20_000_000).line())
    assert session
    [kept] = fill(here, [session])
    for number in range(3):
        change.edit(here, kept.answers[0].id, f"{number}" * 20_000_000, MOMENT)
    path.write_bytes(exported(here))
    assert take(there, path).added == 1
    assert exported(there) == path.read_bytes()


def test_a_long_plan_the_journal_takes_comes_back(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path
) -> None:
    plan = "When the kettle boils, I will sit down. " * 300
    assert run("steps", "take", "self-kindness", given=f"{plan}\n.\n").code == 0
    assert run("export", str(tmp_path / "out.jsonl")).code == 0
    ran = run("import", str(tmp_path / "out.jsonl"))
    assert (ran.code, ran.out) == (0, "0 entries taken in, 1 there already.\n")


def many(folder: Path, number: int) -> Path:
    path = folder / "many.jsonl"
    path.write_bytes(b"".join(Plain(number=n).line() for n in range(1, number + 1)))
    return path


def test_an_import_that_is_stopped_takes_nothing_in(store: Store, tmp_path: Path) -> None:
    def stop(number: int) -> None:
        if number == 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        data.take_in(store, many(tmp_path, 2001), Checked(), stop)
    assert exported(store) == b""


def test_an_import_that_is_killed_takes_in_everything_or_nothing(store: Store, tmp_path: Path) -> None:
    path, log = many(tmp_path, 1500), store.path.with_name("journal.db-wal")
    before = log.stat().st_size
    running = subprocess.Popen([*PROGRAM, "import", str(path)], stdout=subprocess.DEVNULL)
    while running.poll() is None and log.stat().st_size == before:
        time.sleep(0.005)
    running.kill()
    running.wait()
    assert exported(store).count(b"\n") in {0, 1500}
    assert take(store, path).differing == 0
    assert exported(store).count(b"\n") == 1500


# --- the file an export goes to ----------------------------------------------------------


def test_an_export_is_readable_by_its_owner_alone(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        ran = run("export", str(tmp_path / "out.jsonl"))
    finally:
        os.umask(before)
    assert (ran.code, ran.out) == (0, "")
    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["out.md", "out.jsonl"])
def test_nothing_is_written_over_unless_forced(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("there before")
    ran = run("export", str(path))
    assert (ran.code, path.read_text()) == (ExitCode.EXISTS, "there before")
    assert "--force" in ran.err
    assert run("export", str(path), "--force").code == 0
    assert path.read_text() != "there before"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir() if found.name not in {"home", name}] == []


def test_a_link_to_nowhere_is_not_written_over(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "out.md").symlink_to(tmp_path / "elsewhere")
    assert run("export", str(tmp_path / "out.md")).code == ExitCode.EXISTS
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["no/such/folder/out.md", "home", "x" * 300])
def test_where_nothing_can_be_written_it_is_said(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path, name: str
) -> None:
    ran = run("export", str(tmp_path / name), "--force", "--format", "md")
    assert ran.code == ExitCode.CANNOT_WRITE
    assert "cannot be written" in ran.err
    assert [found.name for found in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt, BadFileError])
def test_a_file_is_whole_or_not_there(tmp_path: Path, fault: type[BaseException]) -> None:
    path = tmp_path / "out.md"

    def chunks() -> Iterator[str]:
        yield "half " * 100_000
        assert not path.exists()
        raise fault("")

    with pytest.raises((fault, CannotWriteError)):
        write_file(path, chunks(), force=False)
    assert list(tmp_path.glob("*")) == list(tmp_path.glob(".*")) == []


def test_a_forced_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_text("there before")

    def chunks() -> Iterator[str]:
        yield "half"
        raise OSError

    with pytest.raises(CannotWriteError):
        write_file(path, chunks(), force=True)
    assert path.read_text() == "there before"
    assert [found.name for found in tmp_path.iterdir()] == ["out.md"]


def test_a_disk_that_takes_no_more_leaves_no_half_a_file(store: Store, bond: Bond, tmp_path: Path) -> None:
    noted(store, bond, "2026-03-01", "many words " * 30_000)
    limit = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    ran = program("export", str(tmp_path / "out.jsonl"), first=limit)
    assert ran.code == ExitCode.CANNOT_WRITE, ran.err
    assert [found.name for found in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("kind", ["md", "jsonl"])
def test_an_export_is_utf8_in_a_terminal_that_knows_ascii_alone(store: Store, bond: Bond, kind: str) -> None:
    bonds.put(store, bond._replace(name="Grüße, мама 你好 👩‍👦"))
    noted(store, bond, "2026-03-01")
    # what Python does of itself for LANG=C is switched off
    ascii_alone = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = program("export", "-", "--format", kind, env=ascii_alone)
    assert (ran.code, ran.err) == (0, "")
    assert "Grüße, мама 你好 👩‍👦" in ran.out


def test_an_export_to_standard_output_is_what_the_file_would_hold(
    store: Store, run: Callable[..., Ran], tmp_path: Path
) -> None:
    take(store, demo_journal(Role.MOTHER))
    ran = run("export", "-", "--format", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.encode() == demo_journal(Role.MOTHER).read_bytes()
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    ("arguments", "written", "begins"),
    [
        (["a.md"], "a.md", "# "),
        (["a.jsonl"], "a.jsonl", '{"format"'),
        (["a.txt"], "a.txt", "# "),
        (["a.md", "--format", "jsonl"], "a.md", '{"format"'),
        (["a.jsonl", "--format", "md"], "a.jsonl", "# "),
    ],
)
def test_the_format_is_the_one_named_or_that_of_the_ending(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path, arguments: list[str], written: str, begins: str
) -> None:
    noted(store, bond, "2026-03-01")
    ran = run("export", str(tmp_path / arguments[0]), *arguments[1:])
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / written).read_text().startswith(begins)


def test_an_unnamed_export_is_named_after_its_day(
    store: Store, bond: Bond, run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export").code == run("export", "--format", "jsonl").code == 0
    assert len(list(tmp_path.glob("reflection-20??-??-??.md"))) == 1
    assert len(list(tmp_path.glob("journal-20??-??-??.jsonl"))) == 1


def test_an_unknown_format_is_a_usage_error(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    assert run("export", "-", "--format", "docx").code == ExitCode.USAGE


def test_an_export_of_no_journal_is_said(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("export", str(tmp_path / "out.md")).code == ExitCode.NOT_FOUND
    assert list(tmp_path.iterdir()) == []


def test_an_export_is_of_the_journal_as_it_was_when_it_began(store: Store, bond: Bond, tmp_path: Path) -> None:
    take(store, many(tmp_path, 1000))
    reader = open_store(store.path)
    chunks = data.lines(reader, which(None))
    text = next(chunks)
    noted(store, bond, "2026-12-31")
    assert (text + "".join(chunks)).count("\n") == 1000
    reader.close()


def pairs(text: str) -> list[Any]:
    """What lines of JSON say, in their own order and however they spell a character."""
    return [json.loads(line, object_pairs_hook=list) for line in text.strip("\n").split("\n")]


@FEW
@given(journals())
def test_what_sqlite_puts_together_is_what_the_format_says(shelf: Shelf, found: list[Session]) -> None:
    store = shelf.new()
    fill(store, found)
    assert pairs(exported(store).decode()) == pairs("\n".join(map(to_line, look.stream(store, which(None)))))
    store.close()
