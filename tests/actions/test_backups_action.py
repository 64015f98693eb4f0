"""Once a day, by itself: the trash that is over goes, then a backup is made, then older ones go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from mother_bond import clock, paths
from mother_bond.actions import backups as act
from mother_bond.actions import change
from mother_bond.errors import CannotWriteError, NotFoundError
from mother_bond.storage import backups, look
from mother_bond.storage.backups import Why
from mother_bond.storage.change import Target
from mother_bond.storage.lines import Which
from tests.made import noted

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

NOW = datetime.fromisoformat("2026-11-20T21:14:00+00:00")


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment it is, which a test can change."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def whys() -> list[str | None]:
    return [backup.why for backup in act.listed().items]


def test_a_journal_without_an_entry_is_not_backed_up(store: Store, bond: Bond) -> None:
    assert act.once_a_day(store) == 0
    assert whys() == []
    noted(store, bond, "2026-11-20")
    act.once_a_day(store)
    assert whys() == ["day"]


def test_what_lay_in_the_trash_for_its_time_goes_and_is_in_no_new_backup(
    store: Store, bond: Bond, now: list[datetime]
) -> None:
    kept, over, recent = (noted(store, bond, f"2026-10-{day}") for day in (10, 11, 12))
    now[0] = NOW - timedelta(days=30)
    change.delete(store, over.ref)
    now[0] = NOW - timedelta(days=29)
    change.delete(store, recent.ref)
    now[0] = NOW
    assert act.once_a_day(store) == 1
    assert [line.ref for line in change.trash(store).lines] == [recent.ref]
    assert [session.ref for session in look.stream(store, Which())] == [kept.ref]
    (backup,) = act.listed().items
    assert not backups.holds(backup, None, [Target(over.id)])
    assert backups.holds(backup, None, [Target(recent.id)])


@pytest.mark.parametrize(("setting", "gone"), [("trash-days = 0", 0), ("trash-days = 5", 1), ("trash-days = 9999", 0)])
def test_how_long_the_trash_keeps_is_a_setting(
    store: Store, bond: Bond, now: list[datetime], setting: str, gone: int
) -> None:
    paths.config().write_text(setting)
    now[0] = NOW - timedelta(days=400)
    change.delete(store, noted(store, bond, "2025-10-10").ref)
    now[0] = NOW
    assert act.once_a_day(store) == gone


def test_a_setting_that_is_wrong_leaves_the_trash_and_the_backup_is_made(store: Store, bond: Bond) -> None:
    paths.config().write_text("trash-days = 'soon'")
    noted(store, bond, "2026-10-10")
    change.delete(store, noted(store, bond, "2025-10-10").ref)
    assert act.once_a_day(store) == 0
    assert whys() == ["day"]


def test_older_ones_are_thinned_with_it(store: Store, bond: Bond, now: list[datetime]) -> None:
    noted(store, bond, "2026-11-20")
    for day in range(20):
        now[0] = NOW + timedelta(days=day)
        act.once_a_day(store)
    assert len(act.listed().items) < 12


def test_a_backup_that_cannot_be_made_stops_nothing(store: Store, bond: Bond, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    noted(store, bond, "2026-11-20")
    monkeypatch.setattr(backups, "make", refuse)
    assert act.once_a_day(store) == 0


def test_before_a_change_one_is_made_and_what_stops_it_stops_the_change(
    store: Store, bond: Bond, monkeypatch: pytest.MonkeyPatch
) -> None:
    act.before(store, Why.IMPORT)
    assert whys() == []
    noted(store, bond, "2026-11-20")
    act.before(store, Why.IMPORT)
    assert whys() == ["import"]
    paths.backups().rename(paths.home() / "away")
    paths.backups().write_text("a file where the folder belongs")
    with pytest.raises(CannotWriteError):
        act.before(store, Why.IMPORT)


def test_renewing_leaves_one_that_does_not_hold_what_was_purged(store: Store, bond: Bond) -> None:
    noted(store, bond, "2026-11-20")
    gone = noted(store, bond, "2026-11-19", "Quince.")
    act.make(store)
    change.delete(store, gone.ref)
    targets = change.to_purge(store, None)
    change.purge(store, targets)
    assert len(act.still_holding(store, targets).backups) == 1
    renewed = act.renew(store)
    assert act.listed().items == (renewed.new,)
    assert act.still_holding(store, targets).backups == ()


def test_a_backup_is_found_by_name_by_path_and_by_itself(store: Store, bond: Bond, tmp_path: Path) -> None:
    noted(store, bond, "2026-11-20")
    first, second = act.make(store), act.make(store)
    assert act.find(None) == second
    assert act.find(first.name) == act.find(first.name.removesuffix(".db")) == act.find(first.file) == first
    elsewhere = tmp_path / "copy.db"
    elsewhere.write_bytes(first.path.read_bytes())
    assert act.find(str(elsewhere)).verified is False
    with second.path.open("rb+") as file:
        file.write(b"x")
    assert act.find(None) == first
    for name in ("nothing", "journal-20200101-000000", str(tmp_path / "nowhere.db")):
        with pytest.raises(NotFoundError):
            act.find(name)


def test_without_a_backup_there_is_none_to_bring_back(home: Path) -> None:
    with pytest.raises(NotFoundError):
        act.find(None)


def test_the_day_on_which_something_goes_is_said(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20")
    assert "until Sun 20 Dec 2026" in change.delete(store, kept.ref, 30).done
    assert change.trash(store, 30).goes == {kept.ref: "2026-12-20"}
    assert change.trash(store, 0).goes == {}
