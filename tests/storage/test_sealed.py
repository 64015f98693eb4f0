"""Written without opening: nobody else can read it, it joins once, and nothing that lies there stops the journal."""

from __future__ import annotations

import json
import os
import stat
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions import locking, note, sealed
from mother_bond.actions.begin import Details
from mother_bond.cli import unlocking
from mother_bond.domain.bond import Role
from mother_bond.domain.entry import Answer, Session
from mother_bond.errors import BusyError, CannotWriteError, ExitCode, KeyFileError, LockedError
from mother_bond.storage import bonds, change, keyfile, keys, look, sessions
from mother_bond.storage import sealed as files
from mother_bond.storage.lines import Which
from mother_bond.storage.search import search
from mother_bond.storage.store import Store, open_store
from tests.conftest import NOW
from tests.locked import ANOTHER, AT, CHEAPLY, DANIEL, HARD, MUM, PASSPHRASE, cheap, kit, lay
from tests.programs import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Ran

    Run = Callable[..., Ran]

__all__ = ["cheap"]
pytestmark = pytest.mark.usefixtures("cheap")
DAY = NOW.date()
WORDS = "pomegranateseeds on the kitchen table"


@pytest.fixture(autouse=True)
def laid(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encrypted journal that is closed."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    lay(home)


def seal(text: str = WORDS, details: Details | None = None) -> Path:
    """Write a note without opening the journal; where it waits."""
    before = set(files.waiting(paths.journal()))
    with closing(sealed.sheet(paths.journal(), details)) as sheet:
        note.add(sheet, bonds.all_bonds(sheet)[0], text, DAY)
    (place,) = set(files.waiting(paths.journal())) - before
    return place


def opened(passphrase: str = PASSPHRASE) -> Store:
    """The journal, opened as a command does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unlocking, "key_of", lambda path: locking.by_passphrase(path, passphrase)[1])
        return unlocking.opened(paths.journal())


def joined(store: Store) -> list[Session]:
    """What has joined the journal since it was laid out."""
    known = {row[1] for row in kit(True).dump["session"]}
    return [session for session in look.stream(store, Which()) if session.id not in known]


def readable(home: Path, words: str) -> list[Path]:
    """The files in which any eight bytes of some words can be read."""
    data = words.encode()
    runs = {data[at : at + 8] for at in range(len(data) - 7)}
    return [path for path in home.rglob("*") if path.is_file() and any(run in path.read_bytes() for run in runs)]


# --- sealing, and joining --------------------------------------------------------------------------


@pytest.mark.parametrize("text", [WORDS, *HARD], ids=range(len(HARD) + 1))
def test_what_was_sealed_is_read_by_nobody_and_joins_word_for_word(home: Path, text: str) -> None:
    place = seal(text)
    assert readable(home, text) == []
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(place.parent.stat().st_mode)) == (0o600, 0o700)
    with closing(opened()) as store:
        (session,) = joined(store)
        assert [answer.text for answer in session.answers] == [text]
    assert files.waiting(paths.journal()) == []
    with closing(opened()) as store:
        assert len(joined(store)) == 1


def test_it_is_for_its_owner_alone_whatever_the_umask() -> None:
    before = os.umask(0)
    try:
        place = seal()
    finally:
        os.umask(before)
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(place.parent.stat().st_mode)) == (0o600, 0o700)


def test_killed_after_it_joined_and_before_it_was_taken_away_it_joins_once(monkeypatch: pytest.MonkeyPatch) -> None:
    place = seal()
    content = place.read_bytes()
    with closing(opened()) as store:
        assert len(joined(store)) == 1
        (hit,), total = search(store, "pomegranateseeds", Which(), 0)
        assert total == 1
    for _ in range(2):
        paths.write_private(place, content)
        with closing(opened()) as store:
            assert len(joined(store)) == 1
            assert search(store, "pomegranateseeds", Which(), 0)[1] == 1, hit
        assert not place.exists()


def test_one_that_cannot_be_taken_away_joins_once_and_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    place = seal()

    def refuses(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(type(place), "unlink", refuses)
    for wording in (WORDS, "changed meanwhile"):
        with closing(opened()) as store:
            (session,) = joined(store)
            assert [answer.text for answer in session.answers] == [wording]
            change.edit(store, session.answers[0].id, "changed meanwhile", AT)
    assert place.exists()


def test_two_windows_that_open_at_once_take_it_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seal()
    take = files.take

    def and_another_window_takes_it_too(place: Path, key: bytes) -> str:
        text = take(place, key)
        with monkeypatch.context() as patch:
            patch.setattr(files, "take", take)
            opened().close()
        return text

    monkeypatch.setattr(files, "take", and_another_window_takes_it_too)
    with closing(opened()) as store:
        assert len(joined(store)) == 1


def test_opened_in_another_window_while_it_is_being_written_what_follows_joins_too() -> None:
    whole = Answer("01KZZZZZZZZZZZZZZZZZZZZZZ2", 2, "half, then whole", AT, "a.b.c.01", "What?")
    with closing(sealed.sheet(paths.journal(), Details(DANIEL.role, DANIEL.name))) as sheet:
        bond = bonds.all_bonds(sheet)[0]
        sitting = sessions.start(sheet, Session("01JZZZZZZZZZZZZZZZZZZZZZZZ", "", bond, AT, AT[:10]), "{}")
        sessions.add_answer(sheet, sitting.id, Answer("01KZZZZZZZZZZZZZZZZZZZZZZ1", 1, "first", AT))
        sessions.keep_draft(sheet, sitting.id, "a.b.c.01", "What?", "half", AT)
        for _ in range(2):
            opened().close()
        sessions.mark(sheet, sitting.id, "closeness", 3)
        sessions.add_answer(sheet, sitting.id, whole)
        opened().close()
        sessions.finish(sheet, sitting.id, 60)
    for _ in range(2):
        with closing(opened()) as store:
            (session,) = joined(store)
            assert [answer.text for answer in session.answers] == ["first", "half", "half, then whole"]
            assert (dict(session.checkin), session.seconds) == ({"closeness": 3}, 60)


def test_a_disk_that_refuses_may_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was refused was not written, so that writing it again is no second time."""
    write = paths.write_private
    with closing(sealed.sheet(paths.journal())) as sheet:
        bond = bonds.all_bonds(sheet)[0]
        session = Session("01JZZZZZZZZZZZZZZZZZZZZZZZ", "", bond, AT, AT[:10], answers=(Answer("1", 1, WORDS, AT),))

        def refuses(*_: object) -> None:
            raise OSError

        monkeypatch.setattr(paths, "write_private", refuses)
        with pytest.raises(CannotWriteError):
            sessions.start(sheet, session)
        monkeypatch.setattr(paths, "write_private", write)
        sessions.start(sheet, session._replace(answers=(Answer("01KZZZZZZZZZZZZZZZZZZZZZZ1", 1, WORDS, AT),)))
    with closing(opened()) as store:
        assert [answer.text for answer in joined(store)[0].answers] == [WORDS]


def test_nothing_written_leaves_nothing(home: Path) -> None:
    with closing(sealed.sheet(paths.journal())) as sheet:
        assert note.add(sheet, bonds.all_bonds(sheet)[0], " \n", DAY).session is None
    assert files.waiting(paths.journal()) == []


# --- whom it is about -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "meant"),
    [
        (None, DANIEL.name),
        (Details(Role.MOTHER, DANIEL.name), DANIEL.name),
        (Details(Role.CHILD, MUM.name), MUM.name),
        (Details(Role.CHILD, "Mother"), MUM.name),
        (Details(Role.MOTHER, "Dan"), DANIEL.name),
        (Details(Role.MOTHER, MUM.name), DANIEL.name),
        (Details(Role.MOTHER, "Ana"), "Ana"),
    ],
)
def test_it_joins_the_bond_that_is_meant(details: Details | None, meant: str) -> None:
    seal(details=details)
    with closing(opened()) as store:
        assert [session.bond.name for session in joined(store)] == [meant]
        assert len(bonds.all_bonds(store)) == 3


def test_in_a_journal_without_a_bond_it_makes_one() -> None:
    seal(details=Details(Role.CHILD, "Mum"))
    key = keyfile.derived(kit(True).key, "db")
    with closing(open_store(paths.journal(), key)) as store, store.writing() as db:
        for table in (
            "draft",
            "step",
            "way_in",
            "checkin",
            "revision",
            "answer",
            "session",
            "shown",
            "bond",
            "setting",
        ):
            db.execute(f"DELETE FROM {table}")
    with closing(opened()) as store:
        assert [(bond.role, bond.name) for bond in bonds.all_bonds(store)] == [(Role.CHILD, "Mum")]
        assert bonds.setting(store, "bond") == bonds.all_bonds(store)[0].id


# --- a key that changes -------------------------------------------------------------------------------


def change_keys(way: str, show: Callable[[str], None]) -> None:
    file, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
    if way == "rotate":
        locking.rotate(paths.journal(), file, key, ANOTHER, show)
    else:
        locking.decrypt(paths.journal(), file, key)


@pytest.mark.parametrize("way", ["rotate", "decrypt"])
def test_before_the_key_goes_what_was_sealed_to_it_joins(way: str) -> None:
    seal()
    change_keys(way, lambda _: None)
    with closing(opened(ANOTHER) if way == "rotate" else open_store(paths.journal())) as store:
        assert len(joined(store)) == 1
    assert files.waiting(paths.journal()) == []


@pytest.mark.parametrize("way", ["rotate", "decrypt"])
def test_what_another_window_seals_at_the_last_moment_joins_too(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    in_order = locking._put_in_order

    def and_then_seal(*arguments: Any) -> None:
        in_order(*arguments)
        seal()

    monkeypatch.setattr(locking, "_put_in_order", and_then_seal)
    change_keys(way, lambda _: None)
    with closing(opened(ANOTHER) if way == "rotate" else open_store(paths.journal())) as store:
        assert len(joined(store)) == 1


def test_a_sitting_that_outlasts_a_change_of_keys_is_sealed_to_the_new_one() -> None:
    with closing(sealed.sheet(paths.journal())) as sheet:
        bond = bonds.all_bonds(sheet)[0]
        note.add(sheet, bond, "before", DAY)
        change_keys("rotate", lambda _: None)
        note.add(sheet, bond, "after", DAY)
    with closing(opened(ANOTHER)) as store:
        assert sorted(session.answers[0].text for session in joined(store)) == ["after", "before"]
    assert files.waiting(paths.journal()) == []


def test_while_it_is_not_known_which_key_counts_nothing_is_sealed() -> None:
    """A change of keys was cut off, or goes on in another window."""
    with closing(sealed.sheet(paths.journal())) as sheet:
        keys.write(keys.coming(paths.journal()), keyfile.make(ANOTHER).file)
        with pytest.raises(LockedError):
            sealed.sheet(paths.journal())
        with pytest.raises(BusyError):
            note.add(sheet, bonds.all_bonds(sheet)[0], WORDS, DAY)
        opened().close()
        note.add(sheet, bonds.all_bonds(sheet)[0], WORDS, DAY)
    with closing(opened()) as store:
        assert len(joined(store)) == 1


@pytest.mark.parametrize("and_name", [False, True])
def test_a_seal_that_was_changed_in_one_copy_is_refused(home: Path, run: Run, and_name: bool) -> None:
    mine = keyfile.make(PASSPHRASE).file
    file = keys.load(paths.journal())
    keys.write(
        keys.beside(paths.journal()), file._replace(seal=mine.seal, journal=mine.journal if and_name else file.journal)
    )
    with pytest.raises(KeyFileError, match=m.KEYS_TAMPERED):
        sealed.sheet(paths.journal())
    ran = run("note", "--sealed", given=WORDS)
    assert (ran.code, ran.out) == (ExitCode.KEYS, "")
    assert files.waiting(paths.journal()) == []


# --- what does not open --------------------------------------------------------------------------------


def cut(content: bytes) -> bytes:
    return content[:-1]


def flipped(content: bytes) -> bytes:
    return content[:-20] + bytes([content[-20] ^ 1]) + content[-19:]


def sealed_to_another(_: bytes) -> bytes:
    return files.seal(keyfile.make(PASSPHRASE).file.seal, b'{"bond": true, "lines": ""}')


def holding(content: bytes) -> Callable[[bytes], bytes]:
    return lambda _: files.seal(keys.load(paths.journal()).seal, content)


STRANGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": cut,
    "one bit": flipped,
    "another key": sealed_to_another,
    "empty": lambda _: b"",
    "noise": lambda content: os.urandom(len(content)),
    "its mark alone": lambda content: content[:21],
    "no JSON": holding(b"\xff\xfe"),
    "deep": holding(b"[" * 100_000),
    "no lines": holding(b"{}"),
    "a list": holding(b"[]"),
    "lines of another kind": holding(json.dumps({"bond": True, "lines": '{"format": "mother-bond/9"}\n'}).encode()),
    "no text": holding(b'{"bond": true, "lines": 5}'),
    "half good": holding(json.dumps({"bond": True, "lines": "{}\nnonsense\n"}).encode()),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_cannot_be_opened_stays_and_is_told_of_and_stops_nothing(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = seal()
    strange = STRANGE[kind](place.read_bytes())
    place.write_bytes(strange)
    seal("the other one")
    for _ in range(2):
        with closing(opened()) as store:
            assert [session.answers[0].text for session in joined(store)] == ["the other one"]
        said = capsys.readouterr().err
        assert m.SEALED_CANNOT_HINT in said
        assert str(place) in said or m.SEALED_STRANGE in said
    assert files.waiting(paths.journal()) == [place]
    assert place.read_bytes() == strange


def test_a_folder_that_is_no_file_stops_nothing_either() -> None:
    (files.folder(paths.journal()) / "01.sealed").mkdir(parents=True)
    opened().close()


def test_a_journal_that_cannot_be_written_can_be_read_while_something_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = seal()

    def full(_: Store) -> None:
        raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_check_space", full)
        with closing(opened()) as store:
            assert joined(store) == []
        assert m.STORE_FULL in capsys.readouterr().err
    assert place.exists()
    with closing(opened()) as store:
        assert len(joined(store)) == 1


# --- the commands ------------------------------------------------------------------------------------------


def test_a_note_on_standard_input(home: Path) -> None:
    done = program("note", "--sealed", given=WORDS)
    assert done.code == ExitCode.OK
    assert m.SEALED_NOTE in done.err
    assert readable(home, WORDS) == []
    with Terminal("search", "pomegranateseeds", "--plain") as terminal:
        terminal.expect(m.ASK_PASSPHRASE)
        terminal.send(PASSPHRASE + "\n")
        terminal.expect(m.SEALED_IN.format(n=m.count(1, m.ENTRY_WORD)))
        terminal.expect("pomegranateseeds")
        assert terminal.end() == ExitCode.OK


def test_a_sitting_in_plain_lines(home: Path) -> None:
    given = f"mother\nDaniel\nmy son\nhe\n1\n4\n5\n4\n4\n{WORDS}\n.\n\n.\n.\n/enough\n"
    done = program("reflect", "--sealed", "--plain", given=given)
    assert done.code == ExitCode.OK, done.err
    assert m.SEALED_NOTE in done.err
    assert readable(home, WORDS) == []
    with closing(opened()) as store:
        (session,) = joined(store)
        assert session.bond.name == "Daniel"
        assert WORDS in [answer.text for answer in session.answers]
        assert session.checkin


def test_in_an_editor_of_ones_own(home: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s" "{WORDS}" > "$1"\n')
    editor.chmod(0o700)
    done = program("note", "--sealed", "--editor", env={"EDITOR": str(editor)})
    assert done.code == ExitCode.OK, done.err
    assert readable(home, WORDS) == []
    with closing(opened()) as store:
        assert [answer.text for session in joined(store) for answer in session.answers] == [WORDS]


@pytest.fixture
def typing() -> Iterator[Terminal]:
    """Somebody at a terminal who writes a note without opening the journal."""
    with Terminal("note", "--sealed", first=CHEAPLY) as terminal:
        terminal.expect("Ctrl-S go on")
        yield terminal


def test_at_a_terminal(home: Path, typing: Terminal) -> None:
    typing.send(WORDS)
    typing.expect(WORDS[-5:])
    typing.send("\x13")
    assert typing.end() == ExitCode.OK
    assert m.SEALED_NOTE in typing.text
    assert readable(home, WORDS) == []
    with closing(opened()) as store:
        assert [answer.text for session in joined(store) for answer in session.answers] == [WORDS]


def test_what_was_half_typed_two_seconds_before_a_kill_is_there(home: Path, typing: Terminal) -> None:
    typing.send(WORDS)
    typing.expect(WORDS[-5:])
    time.sleep(2)
    typing.process.kill()
    typing.process.wait()
    assert readable(home, WORDS) == []
    with closing(opened()) as store:
        assert [answer.text for session in joined(store) for answer in session.answers] == [WORDS]


@pytest.mark.parametrize("line", ["note --sealed", "reflect --sealed --plain"])
def test_a_plain_journal_needs_no_sealing(home: Path, run: Run, line: str) -> None:
    for place in home.rglob("keys.json"):
        place.unlink()
    lay(home, encrypted=False)
    ran = run(*line.split(), given=WORDS)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert m.NOT_ENCRYPTED in ran.err
    assert files.waiting(paths.journal()) == []
