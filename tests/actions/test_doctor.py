"""What the doctor finds, says and mends."""

from __future__ import annotations

import os
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import clock, paths
from mother_bond.actions import doctor
from mother_bond.actions.doctor import Place, State, examine, network, synced
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.errors import DamagedError, LockedError
from mother_bond.storage import backups, bonds, health, keyfile, keys
from mother_bond.storage.driver import can_encrypt
from mother_bond.storage.store import Store, create
from tests.locked import CHEAP
from tests.made import noted

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_encryption = pytest.mark.skipif(not can_encrypt(), reason="encryption is not installed")
DANIEL = Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.MOTHER, "Daniel", "my son", They.HE, Contact.IN_TOUCH)


@pytest.fixture
def well(store: Store) -> Place:
    """A journal with one entry and a backup, as it is on most evenings."""
    bonds.put(store, DANIEL)
    noted(store, DANIEL, clock.now().date().isoformat())
    with store.writing() as db:  # written today, whatever the hour
        db.execute("UPDATE session SET at = ?", (clock.now().isoformat(),))
    backups.make(store.connection, store.path, None, "day")
    return Place(store.path, store, None)


@pytest.fixture
def encrypted(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The same under a passphrase."""
    monkeypatch.setattr(keyfile, "ARGON", CHEAP)
    made = keyfile.make("four quiet words here")
    key = keyfile.derived(made.key, "db")
    with closing(create(home / "journal.db", key)) as store:
        keys.save(store.path, made.file)
        bonds.put(store, DANIEL)
        noted(store, DANIEL, "2026-01-01")
        backups.make(store.connection, store.path, key, "day")
        yield Place(store.path, store, None)


def found(place: Place, *, mend: bool = False) -> dict[str, State]:
    return {item.about: item.state for item in examine(place, mend=mend).items}


def unwell(place: Place, *, mend: bool = False) -> dict[str, State]:
    return {about: state for about, state in found(place, mend=mend).items() if state is not State.WELL}


def test_all_is_well_on_most_evenings(well: Place) -> None:
    assert unwell(well) == {}
    assert set(found(well)) == {"journal", "backup", "permissions", "room", "clock", "folder", "sqlite"}


def test_looking_changes_nothing(well: Place) -> None:
    before = {path: path.read_bytes() for path in well.path.parent.rglob("*.*") if path.suffix != ".db-shm"}
    examine(well)
    assert {path: path.read_bytes() for path in well.path.parent.rglob("*.*") if path.suffix != ".db-shm"} == before


# --- the journal -------------------------------------------------------------------------


def test_a_page_that_was_spoiled_is_damage(well: Place) -> None:
    assert well.store
    well.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with well.path.open("rb+") as file:
        file.seek(4096 * 5)
        file.write(os.urandom(8192))
    well.store.connection.execute("PRAGMA cache_size = 0")
    checkup = examine(well)
    assert checkup.damaged
    assert found(well)["journal"] is State.DAMAGED


def test_a_reference_that_leads_nowhere_is_damage(well: Place) -> None:
    assert well.store
    well.store.connection.execute("PRAGMA foreign_keys = OFF")
    well.store.connection.execute("DELETE FROM bond")
    assert examine(well).damaged


def test_an_index_that_misses_words_is_made_anew(well: Place) -> None:
    assert well.store
    with well.store.writing() as db:
        db.execute("DROP TRIGGER answer_au")
        db.execute("UPDATE answer SET text = 'quite other words'")
    assert unwell(well) == {"index": State.MIND}
    assert unwell(well, mend=True) == {"index": State.MENDED}
    assert unwell(well) == {}
    assert well.store.value("SELECT count(*) FROM answer_fts WHERE answer_fts MATCH 'quite'") == 1


def test_an_index_that_is_broken_is_made_anew_and_is_no_damage(well: Place) -> None:
    assert well.store
    with well.store.writing() as db:
        db.execute("UPDATE answer_fts_data SET block = x'00' WHERE id > 10")
    assert unwell(well) == {"index": State.MIND}
    assert unwell(well, mend=True) == {"index": State.MENDED}
    assert unwell(well) == {}


@pytest.mark.parametrize(("trouble", "state"), [(DamagedError("x"), State.DAMAGED), (LockedError("x"), State.UNKNOWN)])
def test_a_journal_that_does_not_open_is_looked_over_from_outside(
    well: Place, trouble: DamagedError | LockedError, state: State
) -> None:
    closed = well._replace(store=None, trouble=trouble)
    states = found(closed)
    assert states["journal"] is state
    assert {"backup", "permissions", "room", "folder", "sqlite"} < set(states)
    assert examine(closed).damaged is (state is State.DAMAGED)


def test_only_what_is_a_matter_of_the_journal_is_looked_into() -> None:
    def refuse() -> Store:
        raise LockedError("x")

    assert doctor.place_of(paths.journal(), refuse).store is None


# --- backups -----------------------------------------------------------------------------


def test_a_missing_backup_is_made(well: Place) -> None:
    for backup in backups.listed(paths.backups()):
        backups.remove(backup)
    assert unwell(well) == {"backup": State.MIND}
    assert unwell(well, mend=True) == {"backup": State.MENDED}
    assert unwell(well) == {}
    assert len(backups.listed(paths.backups())) == 1


def test_a_backup_that_changed_does_not_count(well: Place) -> None:
    (backup,) = backups.listed(paths.backups())
    with backup.path.open("rb+") as file:
        file.seek(5000)
        file.write(b"x")
    assert unwell(well, mend=True) == {"backup": State.MENDED}
    assert unwell(well) == {}


def test_entries_a_week_newer_than_the_backup_are_told(well: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert well.store
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    noted(well.store, DANIEL, later.date().isoformat())
    assert found(well)["backup"] is State.MIND


def test_an_empty_journal_needs_no_backup(store: Store) -> None:
    assert unwell(Place(store.path, store, None)) == {}


# --- files and folders -------------------------------------------------------------------


def test_what_others_may_read_is_closed(well: Place) -> None:
    (backup,) = backups.listed(paths.backups())
    for path, mode in ((well.path, 0o644), (paths.home(), 0o755), (paths.backups(), 0o750), (backup.path, 0o604)):
        path.chmod(mode)
    assert unwell(well) == {"permissions": State.MIND}
    assert unwell(well, mend=True) == {"permissions": State.MENDED}
    assert unwell(well) == {}
    assert paths.home().stat().st_mode & 0o777 == 0o700
    assert well.path.stat().st_mode & 0o777 == 0o600


def test_what_was_left_behind_long_ago_goes_and_what_is_at_work_stays(well: Place) -> None:
    old, new = paths.backups() / ".new-0123-journal.db", paths.home() / ".new-4567-journal.db"
    for path in (old, new):
        path.touch(0o600)
    os.utime(old, (time.time() - 7200,) * 2)
    assert unwell(well) == {"leftovers": State.MIND}
    assert unwell(well, mend=True) == {"leftovers": State.MENDED}
    assert (old.exists(), new.exists()) == (False, True)


def test_words_an_editor_left_are_named_and_never_deleted(well: Place) -> None:
    left = paths.home() / "writing-abc.txt"
    left.touch(0o600)
    os.utime(left, (time.time() - 7200,) * 2)
    assert unwell(well, mend=True) == {"leftovers": State.MIND}
    assert left.exists()


def test_little_room_is_told(well: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM", 2**60)
    assert unwell(well) == {"room": State.MIND}


def test_an_entry_that_was_begun_later_than_now_is_a_matter_of_the_clock(
    well: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = clock.now() - timedelta(days=40)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert found(well)["clock"] is State.MIND


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/anna/journal", None),
        ("/mnt/nas/journal", "nfs4"),
        ("/mnt/nas", "nfs4"),
        ("/mnt/nas-not/journal", None),
        ("/mnt/nas/local/journal", None),
        ("/media/My Share/x", "cifs"),
        ("/run/ssh/x", "fuse.sshfs"),
    ],
)
def test_a_network_disk_is_known_by_where_it_is_mounted(folder: str, kind: str | None) -> None:
    mounts = """/dev/sda1 / ext4 rw 0 0
nas:/a /mnt/nas nfs4 rw 0 0
/dev/sdb1 /mnt/nas/local ext4 rw 0 0
//b/c /media/My\\040Share cifs rw 0 0
a@b: /run/ssh fuse.sshfs rw 0 0

odd
"""
    assert network(Path(folder), mounts) == kind


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Documents/journal", None),
        ("Dropbox/journal", "Dropbox"),
        ("Dropbox (Personal)/x", "Dropbox"),
        ("OneDrive - Work/x", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("GoogleDrive-me@example.org/My Drive/x", "Google Drive"),
        ("Nextcloud/x", "Nextcloud"),
        ("my dropbox notes", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, folder: str, service: str | None) -> None:
    assert synced(tmp_path / folder) == service


def test_a_folder_of_syncthing_is_known_by_the_mark_above_it(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert synced(tmp_path / "a" / "b") == "Syncthing"


def test_a_journal_in_a_synced_folder_is_told(well: Place) -> None:
    (paths.home() / ".stfolder").mkdir()
    assert unwell(well) == {"folder": State.MIND}


@pytest.mark.parametrize(
    ("version", "bug"),
    [("3.6.23", False), ("3.7.0", True), ("3.40.1", True), ("3.51.2", True), ("3.51.3", False), ("3.53.4", False)],
)
def test_the_versions_with_the_known_fault(version: str, bug: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.has_bug(version) is bug


def test_a_version_with_the_fault_is_told(well: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "sqlite_version", lambda: "3.40.1")
    assert unwell(well) == {"sqlite": State.MIND}


# --- keys --------------------------------------------------------------------------------


@needs_encryption
def test_an_encrypted_journal_is_looked_over_with_its_keys(encrypted: Place) -> None:
    assert unwell(encrypted) == {}
    assert found(encrypted)["keys"] is State.WELL
    locked = encrypted._replace(store=None, trouble=LockedError("x"))
    assert unwell(locked) == {"journal": State.UNKNOWN}


@needs_encryption
@pytest.mark.parametrize("content", [None, b"", b"{}"])
@pytest.mark.parametrize("first", [True, False])
def test_one_of_two_key_files_mends_the_other(encrypted: Place, content: bytes | None, first: bool) -> None:
    place = keys.beside(encrypted.path) if first else paths.second_keys()
    before = place.read_bytes()
    place.unlink()
    if content is not None:
        place.touch(0o600)
        place.write_bytes(content)
    assert unwell(encrypted) == {"keys": State.MIND}
    assert unwell(encrypted, mend=True) == {"keys": State.MENDED}
    assert place.read_bytes() == before
    assert unwell(encrypted) == {}


@needs_encryption
def test_with_no_key_file_left_the_one_of_a_backup_comes_back(encrypted: Place) -> None:
    for place in (keys.beside(encrypted.path), paths.second_keys()):
        place.unlink()
    closed = encrypted._replace(store=None, trouble=DamagedError("x"))
    assert found(closed, mend=True)["keys"] is State.MENDED
    assert unwell(encrypted) == {}


@needs_encryption
def test_with_no_sound_key_file_anywhere_it_is_said(encrypted: Place) -> None:
    for place in (keys.beside(encrypted.path), paths.second_keys()):
        place.write_bytes(b"")
    for backup in backups.listed(paths.backups()):
        backups.remove(backup)
    closed = encrypted._replace(store=None, trouble=LockedError("x"))
    assert found(closed, mend=True)["keys"] is State.DAMAGED


@needs_encryption
def test_a_spoiled_page_of_an_encrypted_journal_is_damage(encrypted: Place) -> None:
    assert encrypted.store
    encrypted.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with encrypted.path.open("rb+") as file:
        file.seek(4096 * 9)
        byte = file.read(1)[0]
        file.seek(4096 * 9)
        file.write(bytes([byte ^ 1]))
    encrypted.store.connection.execute("PRAGMA cache_size = 0")
    assert examine(encrypted).damaged
