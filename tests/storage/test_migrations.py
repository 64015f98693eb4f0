"""Journals of every released form open and lose nothing, and the form does not change unnoticed."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond.domain.entry import StepState
from mother_bond.errors import CannotWriteError, ExitCode
from mother_bond.storage import backups, look, past, sessions
from mother_bond.storage.driver import connect, speaking_plainly
from mother_bond.storage.lines import Which
from mother_bond.storage.migrations import APPLICATION_ID, STEPS, VERSION, apply
from mother_bond.storage.search import search
from mother_bond.storage.store import Store, create, open_store
from tests.disks import as_anyone, give_away, own_disk
from tests.made import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Ran

SCHEMAS = Path(__file__).parents[1] / "schemas"
RELEASED = range(1, VERSION + 1)
Rows = dict[str, list[dict[str, Any]]]


def restored(version: int, path: Path) -> Path:
    """A journal of a released form, as a program of that time left it."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript((SCHEMAS / f"v{version}.sql").read_text(encoding="utf-8"))
        database.execute("PRAGMA journal_mode = WAL")
    return path


def rows(path: Path) -> Rows:
    """Every row of the tables that hold anything of the writer's."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        there = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        found = {table: database.execute(f"SELECT * FROM {table} ORDER BY rowid") for table in TABLES if table in there}
        return {table: [dict(row) for row in each] for table, each in found.items()}


def shape(path: Path) -> dict[tuple[str, str], str]:
    """The tables, indexes and triggers of a journal, without those that SQLite and sqlite-utils keep for themselves."""
    with closing(sqlite3.connect(path)) as database:
        every = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    own = ("sqlite_", "_sqlite_", "idx__sqlite_", "answer_fts_")
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in every if not name.startswith(own)}


def test_there_is_a_step_and_a_released_journal_for_every_form() -> None:
    assert len(STEPS) == VERSION
    assert {path.name for path in SCHEMAS.iterdir()} == {f"v{version}.sql" for version in RELEASED}


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_journal_has_something_in_every_table(tmp_path: Path, version: int) -> None:
    assert all(rows(restored(version, tmp_path / "journal.db")).values())


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_journal_opens_and_loses_nothing(tmp_path: Path, version: int) -> None:
    path = restored(version, tmp_path / "journal.db")
    before = rows(path)
    with closing(open_store(path)) as store:
        assert store.value("PRAGMA user_version") == VERSION
        assert store.value("PRAGMA integrity_check") == "ok"
    after = rows(path)
    for table, kept in before.items():
        assert [{key: row[key] for key in old} for old, row in zip(kept, after[table], strict=True)] == kept


def test_the_first_released_journal_is_read_whole(tmp_path: Path) -> None:
    with closing(open_store(restored(1, tmp_path / "journal.db"))) as store:
        walk = look.session(store, look.find_ref(store, "kw2m"))
        assert [answer.text[:25] for answer in walk.answers] == [
            "When I posted the parcel,",
            "The café, the long call —",
        ]
        assert [revision.at[:10] for revision in walk.answers[0].revisions] == ["2026-03-05", "2026-03-06"]
        assert walk.checkin == {"nearness": 4, "owed": 6, "mood": 3, "mood-after": 4}
        assert walk.step is not None
        assert walk.step.state is StepState.DONE
        assert [session.ref for session in look.stream(store, Which())] == ["yx1z", "kw2m", "js4k", "wq5x", "gk8h"]
        assert [hit.line.ref for hit in search(store, "cafe -train", Which(), 0)[0]] == ["kw2m"]
        unfinished = look.unfinished(store, walk.bond.id)
        assert unfinished is not None
        assert sessions.draft(store, unfinished.session.id) is not None
        assert past.latest_way_in(store, walk.bond.id)[0] == "2026-03-01"


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_journal_can_be_written_to(tmp_path: Path, version: int) -> None:
    with closing(open_store(restored(version, tmp_path / "journal.db"))) as store:
        walk = look.session(store, look.find_ref(store, "kw2m"))
        answer = walk.answers[0]._replace(id="01K", position=9, text="A garden.", revisions=())
        sessions.add_answer(store, walk.id, answer)
        assert look.session(store, walk.id).answers[-1] == answer
        assert search(store, "garden", Which(), 0)[1] == 1


@pytest.mark.parametrize("version", RELEASED)
def test_a_journal_brought_up_to_date_has_the_shape_of_a_new_one(tmp_path: Path, version: int) -> None:
    path = restored(version, tmp_path / "old" / "journal.db")
    open_store(path).close()
    create(tmp_path / "new" / "journal.db").close()
    assert shape(path) == shape(tmp_path / "new" / "journal.db")


def test_the_form_does_not_change_without_a_step_of_its_own(tmp_path: Path, store: Store) -> None:
    newest = restored(VERSION, tmp_path / "released.db")
    assert shape(store.path) == shape(newest)
    assert store.value("PRAGMA application_id") == APPLICATION_ID


def test_applying_the_steps_again_changes_nothing(tmp_path: Path) -> None:
    path = restored(VERSION, tmp_path / "journal.db")
    before = rows(path), shape(path)
    with closing(connect(str(path))) as connection:
        apply(connection)
    assert (rows(path), shape(path)) == before


def test_a_step_that_fails_leaves_no_half_of_itself() -> None:
    with closing(connect(":memory:")) as connection:
        connection.execute("CREATE TABLE step (note TEXT)")
        with pytest.raises(Exception, match="step"):
            apply(connection)
        assert [row["name"] for row in connection.execute("SELECT name FROM sqlite_master")] == ["step"]
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 0
        assert not connection.in_transaction


def test_a_disk_that_is_full_amid_the_steps_is_said_to_be_full(store: Store) -> None:
    store.close()
    store.path.unlink()
    connection = connect(str(store.path))
    connection.execute("PRAGMA max_page_count = 12")
    with closing(connection), pytest.raises(CannotWriteError), speaking_plainly():
        apply(connection)


OPEN_AT_ONCE = """
import sys
from pathlib import Path
from mother_bond.storage.store import open_store
print("ready", flush=True)
sys.stdin.readline()
open_store(Path(sys.argv[1])).close()
"""


def opened_at_once(path: Path) -> None:
    """Have four programs open a journal at the same moment."""
    command = [sys.executable, "-c", OPEN_AT_ONCE, str(path)]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(4)]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in running:
        process.communicate(b"go\n", timeout=60)
    assert [process.returncode for process in running] == [0] * 4


def test_programs_that_bring_a_journal_up_to_date_at_once_do_it_once(tmp_path: Path) -> None:
    path = restored(VERSION, tmp_path / "journal.db")
    before = rows(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 0")
    opened_at_once(path)
    assert rows(path) == before


def test_sqlite_utils_is_imported_without_numpy_and_pandas(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from mother_bond.storage.driver import driver
from mother_bond.storage.store import create
create(Path(sys.argv[1]) / "journal.db").close()
import sqlite_utils.utils
assert sqlite_utils.utils.sqlite3.__name__.partition(".")[0] in (driver.__name__.partition(".")[0], "pysqlite3")
assert sqlite_utils.utils.OperationalError is driver.OperationalError
print([name for name in ("numpy", "pandas") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


# --- the backup that is made before the form changes -------------------------------------------

OLDER = range(1, VERSION)


def made_before(path: Path) -> list[backups.Backup]:
    """The backups that were made before the form of the journal at `path` changed."""
    return [backup for backup in backups.listed(path.parent / "backups") if backup.why == backups.Why.FORM]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("version", OLDER)
def test_before_the_form_changes_a_backup_is_made_with_every_row(tmp_path: Path, version: int) -> None:
    path = restored(version, tmp_path / "home" / "journal.db")
    before, form = rows(path), shape(path)
    open_store(path).close()
    (backup,) = made_before(path)
    assert names(path.parent) == {"journal.db", "backups"}
    assert (rows(backup.path), shape(backup.path)) == (before, form)
    assert backup.verified
    with closing(connect(str(backup.path))) as there:
        pragmas = [there.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")]
        assert pragmas == [version, APPLICATION_ID]


@pytest.mark.parametrize("version", OLDER)
def test_the_backup_is_a_journal_that_can_be_put_back(tmp_path: Path, version: int) -> None:
    path = restored(version, tmp_path / "home" / "journal.db")
    open_store(path).close()
    after = rows(path)
    back = tmp_path / "back" / "journal.db"
    back.parent.mkdir()
    made_before(path)[0].path.rename(back)
    with closing(open_store(back)) as store:
        assert [hit.line.ref for hit in search(store, "cafe -train", Which(), 0)[0]] == ["kw2m"]
    assert rows(back) == after


def test_the_backup_has_what_was_still_in_the_log(tmp_path: Path) -> None:
    path = restored(1, tmp_path / "home" / "journal.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE answer SET text = 'still in the log' WHERE row = 1")
        assert path.with_name("journal.db-wal").stat().st_size
        open_store(path).close()
    assert rows(made_before(path)[0].path)["answer"][0]["text"] == "still in the log"


def test_no_backup_is_made_where_the_form_does_not_change(tmp_path: Path) -> None:
    path = restored(VERSION, tmp_path / "home" / "journal.db")
    open_store(path).close()
    open_store(path).close()
    create(tmp_path / "new" / "journal.db").close()
    assert names(path.parent) == names(tmp_path / "new") == {"journal.db"}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177, 0o777])
def test_the_backup_is_its_owners_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    path = restored(1, tmp_path / "home" / "journal.db")
    before = os.umask(mask)
    try:
        open_store(path).close()
    finally:
        os.umask(before)
    (backup,) = made_before(path)
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.path.parent.stat().st_mode) == 0o700
    assert names(path.parent) == {"journal.db", "backups"}


OPEN_WITHOUT_ROOM = """
def state():
    with closing(connect(str(journal))) as there:
        return [there.execute(sql).fetchone()[0] for sql in ("PRAGMA user_version", "SELECT count(*) FROM answer")]

def opened():
    with closing(store.open_store(journal)) as there:
        return there.value("PRAGMA user_version")

def made():
    place = journal.with_name("backups")
    return sorted(file.suffix for file in place.iterdir()) if place.exists() else []

before = state()
{fill}
attempt(opened)
{clear}
print(state() == before, made(), sorted(file.name for file in journal.parent.glob(".*")))
attempt(opened)
print(made())
"""


def without_room(fill: str, clear: str) -> str:
    return OPEN_WITHOUT_ROOM.format(fill=fill, clear=clear)


IMPORTED = "import hashlib, json\nfrom mother_bond.storage import backups, swap"
SAID_WITHOUT_ROOM = ["CannotWriteError 6", "True [] []", str(VERSION), "['.db', '.json']"]


def test_on_a_full_disk_no_backup_is_begun_and_the_form_stays(folder: Path, tmp_path: Path) -> None:
    ready = f"""
import shutil
journal = path / "home" / "journal.db"
journal.parent.mkdir()
shutil.copy({str(restored(1, tmp_path / "old" / "journal.db"))!r}, journal)
filling = journal.with_name("filling")
"""
    script = ready + without_room('filling.write_bytes(b"x" * 6_000_000)', "filling.unlink()")
    assert own_disk(folder, script) == SAID_WITHOUT_ROOM


@pytest.mark.parametrize("size", [0, 8_192, 60_000])
def test_a_backup_that_does_not_fit_is_taken_away_and_the_form_stays(folder: Path, size: int) -> None:
    path = restored(1, folder / "home" / "journal.db")
    assert path.stat().st_size > size
    give_away(folder)
    script = "journal = path\n" + without_room(f"limit({size})", "limit(-1)")
    assert as_anyone(script, path, IMPORTED) == SAID_WITHOUT_ROOM


def test_in_a_read_only_folder_no_backup_can_be_made_and_the_form_stays(folder: Path) -> None:
    path = restored(1, folder / "home" / "journal.db")
    before = path.read_bytes()
    give_away(folder)
    path.parent.chmod(0o500)
    assert as_anyone("attempt(lambda: store.open_store(path))", path, IMPORTED) == ["CannotWriteError 6"]
    assert path.read_bytes() == before
    assert names(path.parent) == {"journal.db"}


@pytest.mark.parametrize("time", range(3))
def test_programs_that_open_an_older_journal_at_once_each_see_it_whole(tmp_path: Path, time: int) -> None:
    path = restored(1, tmp_path / "home" / "journal.db")
    before, form = rows(path), shape(path)
    opened_at_once(path)
    assert names(path.parent) == {"journal.db", "backups"}
    assert all(backup.verified for backup in made_before(path))
    assert (rows(made_before(path)[-1].path), shape(made_before(path)[-1].path)) == (before, form)
    assert {row["path"] for row in rows(path)["session"]} == {None}


def test_at_the_command_line_an_older_journal_is_read_at_once_and_backed_up_first(
    home: Path, run: Callable[..., Ran]
) -> None:
    path = restored(1, home / "journal.db")
    ran = run("list", "-n", "0")
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert "kw2m" in ran.out
    assert len(made_before(path)) == 1
    assert run("list", "-n", "0") == ran
    assert len(made_before(path)) == 1
