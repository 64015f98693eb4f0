"""Making a journal, opening it, and writing to it all or nothing."""

from __future__ import annotations

import gc
import os
import stat
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond.domain.bond import Bond, Role
from mother_bond.errors import BusyError, CannotWriteError, ExitCode, NotFoundError
from mother_bond.storage import bonds, change, look, sessions
from mother_bond.storage.lines import Which
from mother_bond.storage.store import Store, create, exists, open_store
from tests.made import noted

if TYPE_CHECKING:
    from pathlib import Path

MUM = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, "Mum", "Mum")

CREATE_AND_WRITE = """
import sys, time
from pathlib import Path
from mother_bond.domain.bond import Bond, Role
from mother_bond.storage import bonds
from mother_bond.storage.store import create
path, number = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
store = create(path)
bonds.put(store, Bond(number, Role.MOTHER, number, number))
store.close()
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177, 0o777])
def test_a_new_journal_is_its_owners_alone_whatever_the_umask(home: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with closing(create(home / "deep" / "journal.db")) as store:
            bonds.put(store, MUM)
            files = {path.name: mode(path) for path in (home / "deep").iterdir()}
    finally:
        os.umask(before)
    assert files == dict.fromkeys(("journal.db", "journal.db-wal", "journal.db-shm"), 0o600)
    assert mode(home) == mode(home / "deep") == 0o700


def test_a_new_journal_is_one_file_and_nothing_beside_it(home: Path) -> None:
    create(home / "journal.db").close()
    assert [path.name for path in home.iterdir()] == ["journal.db"]


def test_making_a_journal_where_there_is_one_opens_that_one(home: Path, store: Store) -> None:
    bonds.put(store, MUM)
    with closing(create(home / "journal.db")) as again:
        assert bonds.all_bonds(again) == [MUM]
    assert not [path for path in home.iterdir() if path.name.startswith(".new")]


def test_what_a_program_that_died_left_behind_does_not_stand_in_the_way(home: Path) -> None:
    home.mkdir()
    for suffix in ("", "-wal", "-shm"):
        (home / f".new-{os.getpid()}-journal.db{suffix}").write_bytes(b"half a page")
    with closing(create(home / "journal.db")) as store:
        assert bonds.all_bonds(store) == []


def test_programs_that_create_at_once_end_with_one_journal_that_has_it_all(home: Path) -> None:
    command = [sys.executable, "-c", CREATE_AND_WRITE, str(home / "journal.db")]
    running = [
        subprocess.Popen([*command, f"B{number}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) for number in range(4)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in running:
        process.communicate(b"go\n", timeout=60)
    assert [process.returncode for process in running] == [0] * 4
    with closing(open_store(home / "journal.db")) as store:
        assert [bond.id for bond in bonds.all_bonds(store)] == [f"B{number}" for number in range(4)]
    assert [path.name for path in home.iterdir()] == ["journal.db"]


def test_no_journal_is_said_and_none_is_made(home: Path) -> None:
    with pytest.raises(NotFoundError) as missing:
        open_store(home / "journal.db")
    assert missing.value.code == ExitCode.NOT_FOUND
    assert not home.exists()
    assert not exists(home / "journal.db")


def test_a_journal_is_written_ahead_and_synced_at_every_commit(store: Store) -> None:
    assert store.value("PRAGMA journal_mode") == "wal"
    assert store.value("PRAGMA synchronous") == 2
    assert store.value("PRAGMA foreign_keys") == 1
    assert store.value("PRAGMA busy_timeout") == 30_000


@pytest.mark.parametrize(
    "name", ["a b", "50% off?", "#1 & 'quoted' \"twice\"", "naïve—мама", "semi;colon", "new\nline"]
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    with closing(create(tmp_path / name / "journal.db")) as store:
        bonds.put(store, MUM)
    with closing(open_store(tmp_path / name / "journal.db")) as store:
        assert bonds.all_bonds(store) == [MUM]
    assert {path.name for path in tmp_path.iterdir()} >= {name}


def test_a_symlinked_journal_stays_a_symlink(home: Path, tmp_path: Path, bond: Bond, store: Store) -> None:
    store.close()
    (home / "journal.db").rename(tmp_path / "real.db")
    (home / "journal.db").symlink_to(tmp_path / "real.db")
    with closing(open_store(home / "journal.db")) as linked:
        kept = noted(linked, bond, "2026-11-20")
        change.trash(linked, change.Target(kept.id), kept.at)
        change.purge(linked, [change.Target(kept.id)])
        kept = noted(linked, bond, "2026-11-19")
    assert (home / "journal.db").is_symlink()
    assert not (tmp_path / "real.db").is_symlink()
    with closing(open_store(tmp_path / "real.db")) as real:
        assert look.session(real, kept.id) == kept


def test_a_symlink_that_leads_nowhere_is_left_as_it_is(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "journal.db").symlink_to(tmp_path / "unplugged" / "journal.db")
    with pytest.raises(NotFoundError):
        create(home / "journal.db")
    assert [path.name for path in home.iterdir()] == ["journal.db"]
    assert (home / "journal.db").is_symlink()


@pytest.mark.parametrize("stopped", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_transaction_that_is_stopped_leaves_nothing(store: Store, bond: Bond, stopped: type[BaseException]) -> None:
    def half() -> None:
        with store.writing():
            noted(store, bond, "2026-11-20")
            bonds.put(store, MUM)
            raise stopped

    with pytest.raises(stopped):
        half()
    assert bonds.all_bonds(store) == [bond]
    assert store.value("SELECT count(*) FROM session") == 0
    assert not store.connection.in_transaction


def test_a_transaction_inside_another_is_part_of_it(store: Store, bond: Bond) -> None:
    with store.writing():
        noted(store, bond, "2026-11-20")
        with closing(open_store(store.path)) as other:
            assert other.value("SELECT count(*) FROM session") == 0
    with closing(open_store(store.path)) as other:
        assert other.value("SELECT count(*) FROM session") == 1


def test_a_transaction_takes_the_write_lock_before_its_first_word(store: Store) -> None:
    with closing(open_store(store.path)) as other:
        other.connection.execute("PRAGMA busy_timeout = 0")
        with store.writing(), pytest.raises(BusyError) as busy:
            bonds.put(other, MUM)
        assert busy.value.code == ExitCode.BUSY
        bonds.put(other, MUM)
    assert bonds.all_bonds(store) == [MUM]


def test_reading_goes_on_while_another_program_writes(store: Store, bond: Bond) -> None:
    noted(store, bond, "2026-11-19", "before")
    with closing(open_store(store.path)) as other, other.writing():
        noted(other, bond, "2026-11-20", "meanwhile")
        assert [session.answers[0].text for session in look.stream(store, Which())] == ["before"]


def test_reading_shows_the_journal_as_it_was_when_reading_began(store: Store, bond: Bond) -> None:
    noted(store, bond, "2026-11-18", "one")
    noted(store, bond, "2026-11-19", "two")
    reading = look.stream(store, Which())
    first = next(reading)
    with closing(open_store(store.path)) as other:
        noted(other, bond, "2026-11-20", "three")
    assert [session.answers[0].text for session in (first, *reading)] == ["one", "two"]


def test_reading_may_be_left_half_way(store: Store, bond: Bond, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", complaints.append)
    for day in ("2026-11-18", "2026-11-19", "2026-11-20"):
        noted(store, bond, day)
    reading = look.stream(store, Which())
    next(reading)
    store.close()
    del reading
    gc.collect()
    assert complaints == []


def test_what_is_written_is_there_for_the_next_program(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", "Tea, and the radio on.")
    read = "import sys; from pathlib import Path; from mother_bond.storage import look; "
    read += "from mother_bond.storage.store import open_store; "
    read += "print(look.session(open_store(Path(sys.argv[1])), sys.argv[2]).answers[0].text)"
    command = [sys.executable, "-c", read, str(store.path), kept.id]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "Tea, and the radio on.\n"


def test_a_fault_of_ours_is_not_passed_off_as_a_damaged_file(store: Store) -> None:
    with pytest.raises(Exception, match="no such table") as fault:
        store.one("SELECT * FROM nowhere")
    assert not isinstance(fault.value, CannotWriteError | BusyError)


def test_a_session_of_no_bond_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        noted(store, MUM, "2026-11-20")
    assert store.value("SELECT count(*) FROM session") == 0


def test_a_journal_without_its_folder_cannot_be_made_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWriteError) as refused:
        create(tmp_path / "file" / "home" / "journal.db")
    assert refused.value.code == ExitCode.CANNOT_WRITE
    assert (tmp_path / "file").read_text() == "in the way"


def test_an_answer_of_ten_million_characters_is_kept_exactly(store: Store, bond: Bond) -> None:
    text = "Tea, and the radio on. " * 435_000
    kept = noted(store, bond, "2026-11-20", text)
    assert look.session(store, kept.id).answers[0].text == text
    assert sessions.has_session(store, kept.id)
