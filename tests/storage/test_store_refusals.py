"""Damaged, foreign, newer, forbidden and full: said plainly, with nothing changed or lost."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.errors import CannotWriteError, DamagedError, ExitCode, MotherBondError, NewerError
from mother_bond.storage import bonds, look, past
from mother_bond.storage.lines import Which, recent
from mother_bond.storage.migrations import VERSION
from mother_bond.storage.search import search
from mother_bond.storage.store import Store, create, open_store
from tests.disks import as_anyone, give_away, own_disk
from tests.made import noted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.domain.bond import Bond

PAGE = 4096
WORDS = "Tea in the kitchen, the radio on, and café talk that went round and round. "


@pytest.fixture
def written(store: Store, bond: Bond) -> Path:
    """A closed journal of forty notes."""
    with store.writing():
        for number in range(40):
            noted(store, bond, f"2026-10-{number % 28 + 1:02}", f"{WORDS * 3}{number}", checkin={"mood": number % 7})
    store.close()
    return store.path


def read_all(path: Path) -> None:
    """Read a journal in every way there is."""
    with closing(open_store(path)) as store:
        for bond in bonds.all_bonds(store):
            past.past(store, bond.id, ("individuation",))
        list(look.stream(store, Which()))
        recent(store, Which(), 0)
        search(store, "kitchen", Which(), 0)


def refused(path: Path, kind: type[MotherBondError], run: Callable[..., Any]) -> None:
    """A file that is refused with this error by the store and at the command line, and not changed."""
    before = path.read_bytes()
    with pytest.raises(kind) as error:
        read_all(path)
    assert error.value.message
    assert error.value.hint
    for command in (["list"], ["note"]):
        ran = run(*command, given="words")
        assert ran.code == kind.code
        assert error.value.message in ran.err.replace("\n", " ")
    assert path.read_bytes() == before


def test_an_empty_file_is_damaged_not_a_new_journal(home: Path, run: Callable[..., Any]) -> None:
    home.mkdir()
    (home / "journal.db").touch()
    refused(home / "journal.db", DamagedError, run)
    assert DamagedError.code is ExitCode.DAMAGED


@pytest.mark.parametrize("text", ["x", "Dear diary, " * 1000, "\0" * 5000])
def test_a_file_that_is_no_database_is_not_a_journal(home: Path, run: Callable[..., Any], text: str) -> None:
    home.mkdir()
    (home / "journal.db").write_text(text)
    refused(home / "journal.db", DamagedError, run)


def test_another_programs_database_is_not_a_journal(home: Path, run: Callable[..., Any]) -> None:
    home.mkdir()
    with closing(sqlite3.connect(home / "journal.db")) as other:
        other.executescript("CREATE TABLE moz_places (url TEXT); INSERT INTO moz_places VALUES ('a'), ('b');")
    refused(home / "journal.db", DamagedError, run)


def test_a_newer_journal_is_left_alone(written: Path, run: Callable[..., Any]) -> None:
    with closing(sqlite3.connect(written)) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    refused(written, NewerError, run)
    assert NewerError.code is ExitCode.NEWER


@pytest.mark.parametrize("pages", [0.01, 0.1, 0.5, 1, 1.5, 2, 10, 20.7])
def test_a_file_that_was_cut_short_is_damaged(written: Path, run: Callable[..., Any], pages: float) -> None:
    with written.open("rb+") as file:
        file.truncate(int(pages * PAGE))
    refused(written, DamagedError, run)


def test_a_cut_anywhere_before_the_last_page_is_noticed(written: Path, tmp_path: Path) -> None:
    whole = written.read_bytes()
    for cut in random.sample(range(1, len(whole) - PAGE + 1), 100):
        (tmp_path / "cut.db").write_bytes(whole[:cut])
        with pytest.raises(DamagedError):
            open_store(tmp_path / "cut.db")


@pytest.mark.parametrize("nonsense", [b"\x55" * PAGE, b"\0" * PAGE, b"\x4d"], ids=["other", "empty", "bit"])
def test_a_page_of_nonsense_is_damaged(written: Path, run: Callable[..., Any], nonsense: bytes) -> None:
    whole = bytearray(written.read_bytes())
    page = whole.index(WORDS.encode()) // PAGE * PAGE
    whole[page : page + len(nonsense)] = nonsense
    written.write_bytes(whole)
    with pytest.raises(DamagedError):
        read_all(written)
    for command in ("list -n 0", "search kitchen -n 0", "export - --format jsonl"):
        assert run(*command.split()).code == ExitCode.DAMAGED
    assert written.read_bytes() == whole


def test_words_in_which_a_bit_flipped_are_damaged_and_not_shown_in_the_message(
    written: Path, run: Callable[..., Any]
) -> None:
    whole = bytearray(written.read_bytes())
    whole[whole.rindex(WORDS.encode()) + 12] ^= 0x80
    written.write_bytes(whole)
    with pytest.raises(DamagedError) as error:
        read_all(written)
    assert "kitchen" not in f"{error.value}{error.value.__cause__}"
    assert run("list", "-n", "0").code == ExitCode.DAMAGED


@given(st.data())
def test_wherever_a_bit_flips_among_the_words_no_error_but_damaged_comes_out(
    home: Path, written: Path, data: st.DataObject
) -> None:
    whole = bytearray(written.read_bytes())
    page = whole.index(WORDS.encode()) // PAGE * PAGE
    whole[data.draw(st.integers(page, page + PAGE - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (home / "flipped.db").write_bytes(whole)
    with suppress(DamagedError):
        read_all(home / "flipped.db")


def test_what_is_refused_leaves_no_other_file_behind(written: Path) -> None:
    with closing(sqlite3.connect(written)) as other:
        other.execute("PRAGMA user_version = 99")
    with suppress(NewerError):
        open_store(written)
    assert [path.name for path in written.parent.iterdir()] == ["journal.db"]


@pytest.fixture
def closed(folder: Path, written: Path) -> Path:
    """A journal in a folder in which its owner may not write."""
    home = folder / "home"
    shutil.copytree(written.parent, home)
    give_away(folder)
    home.chmod(0o500)
    return home / "journal.db"


def test_in_a_read_only_folder_the_journal_can_be_read_and_a_note_is_refused(closed: Path) -> None:
    before = closed.read_bytes()
    said = as_anyone(
        """
with closing(store.open_store(path)) as opened:
    print(len(texts(opened)))
    bond = bonds.all_bonds(opened)[0]
    attempt(lambda: noted(opened, bond, "2026-11-20"))
    print(len(texts(opened)))
""",
        closed,
    )
    assert said == ["40", "CannotWriteError 6", "40"]
    assert closed.read_bytes() == before
    assert [path.name for path in closed.parent.iterdir()] == ["journal.db"]


@pytest.mark.parametrize("linked", [False, True])
def test_in_a_read_only_folder_words_in_the_log_are_never_passed_over(
    folder: Path, store: Store, bond: Bond, linked: bool
) -> None:
    noted(store, bond, "2026-11-19", "folded in")
    store.value("PRAGMA wal_checkpoint(TRUNCATE)")
    noted(store, bond, "2026-11-20", "still in the log")
    real = folder / "real"
    real.mkdir()
    for name in ("journal.db", "journal.db-wal"):
        shutil.copy(store.path.with_name(name), real / name)
    (folder / "link.db").symlink_to(real / "journal.db")
    give_away(folder)
    real.chmod(0o500)
    said = as_anyone(
        "attempt(lambda: texts(store.open_store(path)))", folder / "link.db" if linked else real / "journal.db"
    )
    assert said in (["['still in the log', 'folded in']"], ["CannotWriteError 6"])


def test_a_journal_that_may_not_be_read_is_said_to_be_so(closed: Path) -> None:
    closed.chmod(0o000)
    assert as_anyone("attempt(lambda: store.open_store(path))", closed) == ["CannotWriteError 6"]


@pytest.mark.parametrize("command", ["list", "begin --role mother --name Ann"])
def test_a_folder_that_may_not_be_entered_is_said_to_be_so(folder: Path, closed: Path, command: str) -> None:
    def then(home: str) -> str:
        return f"os.environ['MOTHER_BOND_HOME'] = {home}\nprint(run({command.split()!r}))\n"

    closed.parent.chmod(0o000)
    said = as_anyone(then("str(path.parent)"), closed, first=then("str(path.parent.parent / 'other')"))
    assert said[-1] == str(int(ExitCode.CANNOT_WRITE))


def test_in_a_read_only_folder_no_journal_is_made(folder: Path) -> None:
    give_away(folder)
    folder.chmod(0o500)
    assert as_anyone("attempt(lambda: store.create(path))", folder / "home" / "journal.db") == ["CannotWriteError 6"]
    assert as_anyone("attempt(lambda: store.create(path))", folder / "journal.db") == ["CannotWriteError 6"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("size", [0, 20_000, 60_000])
def test_a_journal_that_has_no_room_is_not_half_made(folder: Path, size: int) -> None:
    give_away(folder)
    path = folder / "home" / "journal.db"
    again = f"limit({size})\nattempt(lambda: store.create(path))\nlimit(-1)\nattempt(lambda: 'later')\n"
    assert as_anyone(again + "print(texts(store.create(path)))", path) == ["CannotWriteError 6", "later", "[]"]


@pytest.mark.parametrize("spare", [0, 30_000])
def test_at_a_file_size_limit_nothing_that_was_kept_is_lost(closed: Path, spare: int) -> None:
    closed.parent.chmod(0o700)
    script = """
opened = store.open_store(path)
bond = bonds.all_bonds(opened)[0]
before = texts(opened)
noted(opened, bond, "2026-11-18", "first")
limit(path.with_name("journal.db-wal").stat().st_size + SPARE)
attempt(lambda: noted(opened, bond, "2026-11-19", "too much " * 9_000))
print(texts(opened) == ["first", *before])
limit(-1)
noted(opened, bond, "2026-11-20", "afterwards")
opened.close()
with closing(store.open_store(path)) as opened:
    print(texts(opened) == ["afterwards", "first", *before], opened.value("PRAGMA integrity_check"))
"""
    said = as_anyone(script.replace("SPARE", str(spare)), closed)
    assert said == ["CannotWriteError 6", "True", "True ok"]


def test_when_the_file_is_full_everything_acknowledged_is_there(store: Store, bond: Bond) -> None:
    store.connection.execute(f"PRAGMA max_page_count = {store.value('PRAGMA page_count') + 8}")
    kept = [noted(store, bond, "2026-11-18").id]
    with pytest.raises(CannotWriteError) as full:
        kept.extend(noted(store, bond, "2026-11-19", WORDS * 20).id for _ in range(100))
    assert full.value.code == ExitCode.CANNOT_WRITE
    assert not store.connection.in_transaction
    assert sorted(session.id for session in look.stream(store, Which())) == sorted(kept)
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert look.session(store, noted(store, bond, "2026-11-20", WORDS * 20).id).answers


def test_a_full_disk_is_noticed_before_anything_is_written(folder: Path) -> None:
    script = """
(path / "filling").write_bytes(b"x" * 6_000_000)
attempt(lambda: store.create(path / "home" / "journal.db"))
(path / "filling").unlink()
with closing(store.create(path / "home" / "journal.db")) as opened:
    bond = Bond("B", Role.MOTHER, "Daniel", "Daniel")
    bonds.put(opened, bond)
    noted(opened, bond, "2026-11-19", "before")
    (path / "filling").write_bytes(b"x" * 6_000_000)
    sizes = {file.name: file.stat().st_size for file in (path / "home").iterdir()}
    attempt(lambda: noted(opened, bond, "2026-11-20"))
    print(texts(opened), sizes == {file.name: file.stat().st_size for file in (path / "home").iterdir()})
    (path / "filling").unlink()
    noted(opened, bond, "2026-11-20", "afterwards")
    print(texts(opened))
"""
    said = own_disk(folder, script)
    assert said == ["CannotWriteError 6", "CannotWriteError 6", "['before'] True", "['afterwards', 'before']"]


def test_a_folder_in_place_of_the_journal_is_refused(home: Path, run: Callable[..., Any]) -> None:
    (home / "journal.db").mkdir(parents=True)
    with pytest.raises(CannotWriteError):
        open_store(home / "journal.db")
    assert run("list").code == ExitCode.CANNOT_WRITE
    with pytest.raises(CannotWriteError):
        create(home / "journal.db")
