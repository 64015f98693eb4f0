"""Backups: whole, checked, as private as the journal, fewer with time, and back again."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import clock, paths
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.errors import BusyError, DamagedError, KeyFileError, NewerError, NotFoundError
from mother_bond.storage import backups, bonds, change, keyfile, keys, look
from mother_bond.storage.backups import Backup, Why
from mother_bond.storage.change import Target
from mother_bond.storage.driver import can_encrypt, connect
from mother_bond.storage.lines import Which
from mother_bond.storage.store import Store, create, open_store
from tests.bench.restores import restores
from tests.disks import as_anyone, give_away, own_disk
from tests.locked import CHEAP
from tests.made import held, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Homes

PASSPHRASE = "four quiet words here"
needs_encryption = pytest.mark.skipif(not can_encrypt(), reason="encryption is not installed")


@pytest.fixture
def bond() -> Bond:
    """A mother's bond with her son."""
    return Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.MOTHER, "Daniel", "my son", They.HE, Contact.IN_TOUCH)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> keyfile.Made:
    """A key file whose passphrase costs nothing to try."""
    monkeypatch.setattr(keyfile, "ARGON", CHEAP)
    return keyfile.make(PASSPHRASE)


@pytest.fixture(params=[False, pytest.param(True, marks=needs_encryption)], ids=["plain", "encrypted"])
def kept(request: pytest.FixtureRequest, home: Path, homes: Homes, made: keyfile.Made, bond: Bond) -> Iterator[Store]:
    """A journal with two entries, plain or encrypted."""
    path = home / "journal.db"

    def make() -> bytes | None:
        key = keyfile.derived(made.key, "db") if request.param else None
        with closing(create(path, key)) as store:
            if key:
                keys.save(path, made.file)
            bonds.put(store, bond)
            noted(store, bond, "2026-03-01", "Tea, and the radio on.")
            noted(store, bond, "2026-11-20", "A walk in the rain.")
        return key

    with closing(open_store(path, homes.lay(home, make, "kept", request.param))) as store:
        yield store


def back_up(store: Store, why: str = Why.ASKED) -> Backup:
    return backups.make(store.connection, store.path, store.key, why)


def place(store: Store) -> Path:
    return backups.folder(store.path)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"keys.json"} if folder.exists() else set()


def opened(backup: Backup, store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a backup, as a journal of its own."""
    path = store.path.parent / "looked-at.db"
    shutil.copy(backup.file, path)
    with closing(open_store(path, store.key)) as there:
        assert there.value("PRAGMA integrity_check") == "ok"
        return held(there)


# --- made --------------------------------------------------------------------------------


def test_a_backup_holds_every_row_and_says_what_it_is(kept: Store) -> None:
    backup = back_up(kept)
    assert opened(backup, kept) == held(kept)
    assert backup.verified
    assert (backup.entries, backup.why, backup.encrypted) == (2, "asked", kept.key is not None)
    assert backup.size == backup.path.stat().st_size
    assert backups.listed(place(kept)) == [backup]
    assert backups.intact(backup)


def test_its_files_have_one_name_and_are_its_owners_alone(kept: Store) -> None:
    backup = back_up(kept)
    stem = backup.path.stem
    assert re.fullmatch(r"journal-\d{8}-\d{6}", stem)
    expected = {f"{stem}.db", f"{stem}.json"} | ({f"{stem}.keys.json"} if kept.key else set())
    assert names(place(kept)) == expected
    assert {stat.S_IMODE(path.stat().st_mode) for path in place(kept).iterdir()} == {0o600}
    assert stat.S_IMODE(place(kept).stat().st_mode) == 0o700
    assert backup.at == datetime.strptime(stem[8:], "%Y%m%d-%H%M%S").isoformat()


def test_an_encrypted_backup_has_its_key_file_and_no_word_in_it(kept: Store) -> None:
    backup = back_up(kept)
    raw = b"".join(path.read_bytes() for path in place(kept).iterdir())
    assert (b"radio" in raw) is (kept.key is None)
    if kept.key:
        file = keys.read(backups.keys_of(backup.path))
        assert keyfile.derived(keyfile.by_passphrase(file, PASSPHRASE), "db") == kept.key


def test_the_note_holds_no_words(kept: Store) -> None:
    note = json.loads(backups.note_of(back_up(kept).path).read_text())
    assert set(note) == {"why", "entries", "size", "sha256"}


def test_two_of_one_second_have_two_names(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.fromisoformat("2026-11-21T06:15:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: now)
    made = [back_up(kept) for _ in range(12)]
    assert [backup.name for backup in made[:3]] == [f"journal-20261121-061500{end}.db" for end in ("", "-2", "-3")]
    assert backups.listed(place(kept)) == made[::-1]


def test_what_is_still_in_the_log_is_in_the_backup(kept: Store, bond: Bond) -> None:
    with closing(open_store(kept.path, kept.key)) as other:
        noted(other, bond, "2026-11-21", "In the log.")
        assert Path(f"{kept.path}-wal").stat().st_size
        assert back_up(kept).entries == 3


def test_it_can_be_read_where_nothing_can_be_written(kept: Store) -> None:
    backup = back_up(kept)
    with closing(backups.reading(backup.path, kept.key)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert backups.span(connection) == backups.Span(2, "2026-03-01", "2026-11-20")
    assert not list(place(kept).glob("*-wal")) + list(place(kept).glob("*-shm"))


def test_none_is_made_amid_a_transaction(kept: Store) -> None:
    with kept.writing(), pytest.raises(BusyError):
        back_up(kept)
    assert names(place(kept)) == set()


def test_one_that_takes_too_long_is_given_up(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "DEADLINE", -1)
    with pytest.raises(BusyError):
        back_up(kept)
    assert names(place(kept)) == set()
    assert not kept.connection.in_transaction


def test_a_copy_that_does_not_hold_the_same_is_no_backup(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from mother_bond.storage import swap

    counted = swap.counts
    monkeypatch.setattr(swap, "counts", lambda db: counted(db) | ({"answer": 9} if db is kept.connection else {}))
    with pytest.raises(DamagedError):
        back_up(kept)
    assert names(place(kept)) == set()


def spoiled(path: Path, at: float = 0.5) -> None:
    """Other bytes in the middle of a file."""
    with path.open("rb+") as file:
        file.seek(int(path.stat().st_size * at) // 4096 * 4096)
        file.write(os.urandom(3 * 4096))


def test_a_damaged_journal_is_not_backed_up(kept: Store) -> None:
    kept.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    spoiled(kept.path)
    with closing(connect(str(kept.path), kept.key)) as connection, pytest.raises(DamagedError):
        backups.make(connection, kept.path, kept.key, Why.DAY)
    assert names(place(kept)) == set()


@needs_encryption
def test_an_encrypted_one_is_not_made_without_a_key_file(home: Path, made: keyfile.Made) -> None:
    key = keyfile.derived(made.key, "db")
    with closing(create(home / "journal.db", key)) as store, pytest.raises(KeyFileError):
        backups.make(store.connection, store.path, key, Why.ASKED)
    assert names(home / "backups") == set()


def test_without_the_note_or_with_another_size_it_counts_as_nothing(kept: Store) -> None:
    first, second = back_up(kept), back_up(kept)
    backups.note_of(first.path).unlink()
    with second.path.open("ab") as file:
        file.write(b"x")
    assert [backup.verified for backup in backups.listed(place(kept))] == [False, False]
    assert not any(backups.intact(backup) for backup in backups.listed(place(kept)))


def test_a_bit_that_flipped_is_seen(kept: Store) -> None:
    backup = back_up(kept)
    with backup.path.open("rb+") as file:
        file.seek(-1, os.SEEK_END)
        byte = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([byte[0] ^ 1]))
    assert backups.listed(place(kept))[0].verified
    assert not backups.intact(backup)


@pytest.mark.parametrize("note", [b"", b"[]", b"{", b"\xff", b'{"size": "x", "why": 3, "entries": "no"}'])
def test_a_note_that_is_no_note_is_none(kept: Store, note: bytes) -> None:
    backup = back_up(kept)
    backups.note_of(backup.path).write_bytes(note)
    (found,) = backups.listed(place(kept))
    assert (found.verified, found.why, found.entries) == (False, None, None)


def test_other_files_in_the_folder_are_let_be(kept: Store) -> None:
    back_up(kept)
    for name in ("keys.json", "journal.db", "journal-mine.db", "notes.txt"):
        (place(kept) / name).write_text("mine")
    assert len(backups.listed(place(kept))) == 1
    assert backups.listed(place(kept) / "nowhere") == []


def test_on_a_full_disk_none_is_begun_and_nothing_left(folder: Path) -> None:
    script = """
from mother_bond.storage import backups
journal = path / "home" / "journal.db"
with closing(store.create(journal)) as opened:
    bonds.put(opened, Bond("b", Role.CHILD, "Mum", "Mum"))
    noted(opened, bonds.all_bonds(opened)[0], "2026-03-01")
    (path / "filling").write_bytes(b"x" * 5_500_000)
    attempt(lambda: backups.make(opened.connection, journal, None, "asked").entries)
    (path / "filling").unlink()
    attempt(lambda: backups.make(opened.connection, journal, None, "asked").entries)
print(len(list((path / "home" / "backups").iterdir())))
"""
    assert own_disk(folder, script) == ["CannotWriteError 6", "1", "2"]


def test_where_the_folder_cannot_be_written_it_is_said(folder: Path) -> None:
    create(folder / "home" / "journal.db").close()
    (folder / "home" / "backups").mkdir()
    give_away(folder)
    (folder / "home" / "backups").chmod(0o500)
    script = """
with closing(store.open_store(path)) as opened:
    attempt(lambda: backups.make(opened.connection, path, None, "asked"))
"""
    first = "import hashlib, json\nfrom mother_bond.storage import backups, swap"
    assert as_anyone(script, folder / "home" / "journal.db", first) == ["CannotWriteError 6"]


# --- fewer -------------------------------------------------------------------------------

NOW = datetime.fromisoformat("2026-11-20T21:14:00+00:00")


def placed(folder: Path, when: datetime, why: str = Why.DAY, *, checked: bool = True) -> str:
    """A backup as far as thinning looks at it."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"journal-{when:%Y%m%d-%H%M%S}.db"
    path.write_bytes(b"x")
    if checked:
        backups.note_of(path).write_text(json.dumps({"why": why, "entries": 1, "size": 1, "sha256": ""}))
    return path.name


def left(folder: Path) -> list[str]:
    return [backup.name for backup in backups.listed(folder)]


def test_of_two_years_of_days_seven_days_five_weeks_and_twelve_months_stay(home: Path) -> None:
    days = [NOW - timedelta(days=number) for number in range(730)]
    made = {day.date().isoformat(): placed(home / "backups", day) for day in days}
    backups.thin(home / "backups", NOW)
    there = left(home / "backups")
    kept = [day for day, name in made.items() if name in there]
    daily = [f"2026-11-{day}" for day in range(20, 13, -1)]
    weekly = ["2026-11-15", "2026-11-08", "2026-11-01", "2026-10-25"]  # Sundays, beside this week's Friday
    ends = ("2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30")
    monthly = [*ends, "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"]
    assert sorted(kept) == sorted({*daily, *weekly, *monthly})
    assert names(home / "backups") == {name for stem in left(home / "backups") for name in (stem, f"{stem[:-3]}.json")}


@pytest.mark.slow
def test_thinning_every_evening_for_a_year_keeps_the_same(home: Path) -> None:
    for number in range(400, -1, -1):
        placed(home / "backups", NOW - timedelta(days=number))
        backups.thin(home / "backups", NOW - timedelta(days=number))
    assert 18 <= len(left(home / "backups")) <= 24
    assert left(home / "backups")[-1][8:14] == "202512"


def test_who_writes_once_a_month_keeps_what_was_written(home: Path) -> None:
    made = [placed(home / "backups", NOW - timedelta(days=31 * number)) for number in range(12)]
    assert backups.thin(home / "backups", NOW) == []
    assert left(home / "backups") == made


def test_of_one_day_the_newest_stays(home: Path) -> None:
    made = [placed(home / "backups", NOW - timedelta(hours=number)) for number in range(4)]
    backups.thin(home / "backups", NOW)
    assert left(home / "backups") == made[:1]


@pytest.mark.parametrize("why", [why for why in Why if why is not Why.DAY])
def test_what_was_made_before_a_change_stays_thirty_days(home: Path, why: str) -> None:
    for hours in (24 * 29, 24 * 31):
        before, after = (NOW - timedelta(hours=hours + more) for more in (1, 0))
        placed(home / "backups", before, why)
        placed(home / "backups", after)
    backups.thin(home / "backups", NOW)
    assert [backup.why for backup in backups.listed(home / "backups")] == ["day", why, "day"]


def test_what_was_never_checked_neither_goes_nor_stands_for_another(home: Path) -> None:
    checked = placed(home / "backups", NOW - timedelta(hours=2))
    unchecked = placed(home / "backups", NOW, checked=False)
    backups.thin(home / "backups", NOW)
    assert left(home / "backups") == [unchecked, checked]


def test_the_last_one_stays_however_old_it_is_and_whatever_the_clock_says(home: Path) -> None:
    for year in (1999, 2199):
        made = placed(home / "backups", NOW.replace(year=year))
        backups.thin(home / "backups", NOW)
        assert made in left(home / "backups")


def test_a_day_has_a_backup_when_a_checked_one_has_its_name(home: Path) -> None:
    placed(home / "backups", NOW, checked=False)
    assert not backups.made_on(home / "backups", NOW.date())
    placed(home / "backups", NOW - timedelta(hours=1))
    assert backups.made_on(home / "backups", NOW.date())
    assert not backups.made_on(home / "backups", NOW.date() - timedelta(days=1))


# --- back --------------------------------------------------------------------------------


def test_a_backup_comes_back_as_it_was(kept: Store, tmp_path: Path) -> None:
    backup, before = back_up(kept), held(kept)
    with backups.fresh_file(tmp_path, "journal.db") as fresh:
        assert backups.fetch(backup.path, kept.key, fresh) == backups.Span(2, "2026-03-01", "2026-11-20")
        with closing(open_store(fresh, kept.key)) as store:
            assert held(store) == before
    assert not list(tmp_path.glob(".new-*"))


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.9])
def test_a_damaged_backup_is_refused(kept: Store, tmp_path: Path, at: float) -> None:
    backup = back_up(kept)
    spoiled(backup.path, at)
    with backups.fresh_file(tmp_path, "journal.db") as fresh, pytest.raises(DamagedError):
        backups.fetch(backup.path, kept.key, fresh)


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_a_backup_that_was_cut_off_is_refused(kept: Store, tmp_path: Path, share: float) -> None:
    backup = back_up(kept)
    with backup.path.open("rb+") as file:
        file.truncate(int(backup.size * share))
    assert not backups.intact(backup)
    with backups.fresh_file(tmp_path, "journal.db") as fresh, pytest.raises(DamagedError):
        backups.fetch(backup.path, kept.key, fresh)


@pytest.mark.parametrize("content", [b"", b"not a journal" * 400])
def test_what_is_no_journal_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "journal-20261121-061500.db"
    file.write_bytes(content)
    with backups.fresh_file(tmp_path, "journal.db") as fresh, pytest.raises(DamagedError):
        backups.fetch(file, None, fresh)


def test_another_programs_database_is_no_backup(tmp_path: Path) -> None:
    with closing(connect(str(tmp_path / "other.db"))) as other:
        other.execute("CREATE TABLE t (x)")
    with backups.fresh_file(tmp_path, "journal.db") as fresh, pytest.raises(DamagedError):
        backups.fetch(tmp_path / "other.db", None, fresh)


def test_one_of_a_newer_program_is_not_brought_back(kept: Store, tmp_path: Path) -> None:
    backup = back_up(kept)
    with closing(connect(backup.file, kept.key)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with backups.fresh_file(tmp_path, "journal.db") as fresh, pytest.raises(NewerError):
        backups.fetch(backup.path, kept.key, fresh)


def test_only_its_own_key_opens_it(kept: Store) -> None:
    backup = back_up(kept)
    assert backups.opens(backup.path, kept.key)
    assert not backups.opens(backup.path, bytes(32))
    if kept.key:
        assert not backups.opens(backup.path, None)


def test_there_is_no_backup_where_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        backups.described(tmp_path / "nowhere.db")


def test_removing_one_takes_its_note_and_its_keys(kept: Store) -> None:
    backups.remove(back_up(kept))
    assert names(place(kept)) == set()


def test_one_that_cannot_be_removed_is_said(folder: Path) -> None:
    placed(folder / "backups", NOW)
    give_away(folder)
    (folder / "backups").chmod(0o500)
    script = "attempt(lambda: [backups.remove(one) for one in backups.listed(path)])"
    first = "import hashlib, json\nfrom mother_bond.storage import backups, swap"
    assert as_anyone(script, folder / "backups", first) == ["CannotWriteError 6"]


def test_a_damaged_journal_is_set_aside_with_its_log_and_its_keys(home: Path) -> None:
    home.mkdir()
    for name, text in {"journal.db": "a", "journal.db-wal": "b", "keys.json": "c", "notes.txt": "d"}.items():
        (home / name).write_text(text)
    aside = backups.set_aside(home / "journal.db", NOW)
    assert aside == home / "journal-damaged-20261120-211400.db"
    contents = {path.name: path.read_text() for path in home.iterdir()}
    expected = {"": "a", "-wal": "b"}
    assert contents == {f"{aside.name}{end}": text for end, text in expected.items()} | {
        "journal-damaged-20261120-211400.keys.json": "c",
        "keys.json": "c",
        "notes.txt": "d",
    }
    assert backups.aside(home / "journal.db") == [aside]
    assert backups.set_aside(home / "journal.db", NOW) is None


# --- words that were purged --------------------------------------------------------------


def test_the_backups_that_hold_what_was_purged_are_known(kept: Store, bond: Bond) -> None:
    before = back_up(kept)
    gone = noted(kept, bond, "2026-11-21", "Quince.")
    holding = back_up(kept)
    for target in (Target(gone.id), Target(gone.id, gone.answers[0].id)):
        assert backups.holds(holding, kept.key, [target])
        assert not backups.holds(before, kept.key, [target])
    change.purge(kept, [Target(gone.id)])
    assert not backups.holds(back_up(kept), kept.key, [Target(gone.id)])
    assert [session.day for session in look.stream(kept, Which())] == ["2026-03-01", "2026-11-20"]


def test_one_that_cannot_be_opened_may_hold_it(kept: Store) -> None:
    backup = back_up(kept)
    spoiled(backup.path, 0)
    assert backups.holds(backup, kept.key, [Target("01K")])


def test_the_folder_is_the_one_beside_the_journal(home: Path) -> None:
    assert backups.folder(paths.journal()) == paths.backups() == home / "backups"


# --- while others write ------------------------------------------------------------------


@pytest.mark.parametrize("encrypted", [False, pytest.param(True, marks=needs_encryption)])
def test_backups_made_while_another_process_writes_are_whole(tmp_path: Path, encrypted: bool) -> None:
    tally = restores(tmp_path / "home", 4, encrypted=encrypted)
    assert (tally.times, tally.faults) == (4, ())
    assert tally.entries > 4


@pytest.mark.slow
@pytest.mark.parametrize("encrypted", [False, pytest.param(True, marks=needs_encryption)])
def test_fifty_backups_made_while_another_process_writes_are_whole(tmp_path: Path, encrypted: bool) -> None:
    tally = restores(tmp_path / "home", 50, encrypted=encrypted)
    assert (tally.times, tally.faults) == (50, ())
