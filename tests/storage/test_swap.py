"""Another file in the journal's place: nothing is lost, nobody writes to the old one unseen, killed at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions import locking, sealed
from mother_bond.actions.note import add
from mother_bond.cli import unlocking
from mother_bond.errors import BusyError, CannotWriteError, LockedError
from mother_bond.storage import bonds, keyfile, keys, swap
from mother_bond.storage.driver import connect
from mother_bond.storage.store import Store, open_store
from tests.conftest import NOW
from tests.locked import ANOTHER, CHEAP, MARKER, PASSPHRASE, cheap, dump, kit, lay, lying_open, snapshot
from tests.programs import surroundings
from tests.storage.test_store_kills import check_sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["cheap"]
pytestmark = pytest.mark.usefixtures("cheap")
WAYS = ("encrypt", "decrypt", "rotate")


def silent(_: str) -> None:
    """Show a code to nobody."""


def act(way: str) -> None:
    """Encrypt, decrypt or rotate the journal that is laid out."""
    path = paths.journal()
    if way == "encrypt":
        locking.encrypt(path, ANOTHER, silent)
        return
    file, key = locking.by_passphrase(path, PASSPHRASE)
    if way == "decrypt":
        locking.decrypt(path, file, key)
    else:
        locking.rotate(path, file, key, ANOTHER, silent)


def key_now() -> bytes | None:
    """The key that opens the journal by whichever passphrase it has; None for a plain one."""
    if not keys.encrypted(paths.journal()):
        return None
    try:
        return locking.by_passphrase(paths.journal(), PASSPHRASE)[1]
    except LockedError:
        return locking.by_passphrase(paths.journal(), ANOTHER)[1]


def opened() -> Store:
    """The journal as the next command opens it, with the passphrase typed."""
    key = key_now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unlocking, "key_of", lambda _: key)
        return unlocking.opened(paths.journal())


# --- nothing is lost -----------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_everything_is_there_afterwards(home: Path, way: str) -> None:
    before = lay(home, encrypted=way != "encrypt").dump
    act(way)
    key = key_now()
    with closing(connect(str(paths.journal()), key and keyfile.derived(key, "db"))) as made:
        stamps = [made.execute(f"PRAGMA {stamp}").fetchone()[0] for stamp in ("application_id", "user_version")]
    assert stamps == before["stamps"]  # before it is opened, which would mend them
    with closing(opened()) as store:
        assert dump(store) == before
        assert store.value("PRAGMA journal_mode") == "wal"
        assert (store.key is None) == (way == "decrypt")
        check_sound(store)
    found = {path.name for path in home.iterdir()}
    assert found == {"journal.db", "backups"} | ({"keys.json"} if way != "decrypt" else set())
    assert (lying_open(home) == []) == (way != "decrypt")
    assert keys.beside(paths.journal()).exists() == paths.second_keys().exists() == (way != "decrypt")


def test_there_and_back_and_a_new_key_between(home: Path) -> None:
    before = lay(home, encrypted=False).dump
    act("encrypt")
    file, key = locking.by_passphrase(paths.journal(), ANOTHER)
    locking.rotate(paths.journal(), file, key, PASSPHRASE, silent)
    with pytest.raises(LockedError):
        locking.by_passphrase(paths.journal(), ANOTHER)
    act("decrypt")
    with closing(opened()) as store:
        assert dump(store) == before


def test_what_is_still_in_the_log_comes_along(home: Path) -> None:
    lay(home, encrypted=False)
    with closing(open_store(paths.journal())) as store:
        bonds.set_setting(store, "last", "words")
        copy = {name: (home / name).read_bytes() for name in ("journal.db", "journal.db-wal")}
    assert len(copy["journal.db-wal"]) > 4096
    for name, content in copy.items():  # as a kill leaves it
        (home / name).write_bytes(content)
    act("encrypt")
    with closing(opened()) as store:
        assert bonds.setting(store, "last") == "words"


def test_the_old_file_is_overwritten(home: Path) -> None:
    lay(home, encrypted=False)
    with paths.journal().open("rb") as old:
        assert MARKER.encode() in old.read()
        act("encrypt")
        old.seek(0)
        assert not old.read().strip(b"\0")


def test_a_journal_behind_a_link_stays_behind_it(home: Path, tmp_path: Path) -> None:
    before = lay(home, encrypted=False).dump
    real = tmp_path / "elsewhere"
    real.mkdir()
    paths.journal().rename(real / "journal.db")
    paths.journal().symlink_to(real / "journal.db")
    act("encrypt")
    assert paths.journal().is_symlink()
    assert (real / "keys.json").exists()
    assert lying_open(tmp_path) == []
    with closing(opened()) as store:
        assert dump(store) == before


# --- a refusal changes nothing ---------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_no_room_leaves_everything_as_it_was(home: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    before = lay(home, encrypted=way != "encrypt").dump

    def full(_: object) -> None:
        raise CannotWriteError(m.STORE_FULL, m.STORE_FULL_HINT)

    monkeypatch.setattr(swap, "_check_room", full)
    with pytest.raises(CannotWriteError):
        act(way)
    assert {path.name for path in home.iterdir()} <= {*kit(way != "encrypt").files, "backups", "journal.db"}
    with closing(opened()) as store:
        assert dump(store) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_disk_that_is_full_for_the_key_file_afterwards_loses_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The new key file may be the only one that opens the journal: it stays until it is in both its places."""
    before = lay(home, encrypted=way != "encrypt").dump
    write = paths.write_private

    def full(path: Path, content: bytes) -> None:
        if path.name == "keys.json":
            raise OSError
        write(path, content)

    monkeypatch.setattr(paths, "write_private", full)
    if way == "decrypt":
        act(way)
        return
    with pytest.raises(CannotWriteError):
        act(way)
    for _ in range(2):
        assert locking.by_passphrase(paths.journal(), ANOTHER)[1]
        assert keys.coming(paths.journal()).exists()
    monkeypatch.undo()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(home))
    with closing(opened()) as store:
        assert dump(store) == before
    assert not keys.coming(paths.journal()).exists()


# --- other windows ----------------------------------------------------------------------------


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for another window."""
    monkeypatch.setattr(swap, "WAIT", 100)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("way", WAYS)
def test_while_another_window_has_it_open_nothing_is_changed_and_no_code_is_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    lay(home, encrypted=way != "encrypt")
    with closing(opened()) as other:
        before = snapshot(home)
        monkeypatch.setattr(keyfile, "make", lambda _: pytest.fail("a code was about to be shown"))
        with pytest.raises(BusyError) as refused:
            act(way)
        assert refused.value.message == m.STORE_IN_USE
        after = snapshot(home)
        if way != "decrypt":
            assert {name: after[name] for name in before if "shm" not in name} == {
                name: content for name, content in before.items() if "shm" not in name
            }
        assert not keys.coming(paths.journal()).exists()
        bonds.set_setting(other, "written", "after")
    with closing(opened()) as store:
        assert bonds.setting(store, "written") == "after"


@pytest.mark.parametrize("way", WAYS)
def test_a_window_from_before_writes_nothing_to_the_old_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """As where the system's locks did not hold: on a network's file system, say."""
    lay(home, encrypted=way != "encrypt")
    key = key_now()
    stale = open_store(paths.journal(), key and keyfile.derived(key, "db"))
    with closing(stale):
        kept = paths.journal().read_bytes()
        aside = paths.journal().rename(home / "aside.db")
        shutil.copy(aside, paths.journal())
        with pytest.raises(BusyError) as refused:
            bonds.set_setting(stale, "unseen", "words")
        assert (refused.value.message, refused.value.hint) == (m.STORE_REPLACED, m.STORE_REPLACED_HINT)
    assert paths.journal().read_bytes() == kept
    with closing(opened()) as store:
        assert bonds.setting(store, "unseen") is None


WAIT_FOR_TURN = """
import sys
from contextlib import closing, suppress
from mother_bond import paths
from mother_bond.cli import unlocking
from mother_bond.storage import bonds
print("ready", flush=True)
sys.stdin.readline()
try:
    with closing(unlocking.opened(paths.journal())) as store:
        bonds.set_setting(store, "waited", "words")
except Exception as error:
    print(type(error).__name__, getattr(error, "message", error))
else:
    print("written")
"""


def test_a_journal_that_another_window_replaces_meanwhile_is_not_called_damaged(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    fresh = tmp_path / "fresh.db"
    shutil.copy(store.path, fresh)

    def connected(path: str, key: bytes | None) -> Any:
        found = connect(path, key)
        swap.put_in_place(store.path, fresh)
        return found

    monkeypatch.setattr(swap, "connect", connected)
    with pytest.raises(BusyError) as refused, swap.alone(store.path, None):
        pytest.fail("the old file was held")
    assert refused.value.message == m.STORE_REPLACED


@pytest.mark.parametrize("way", WAYS)
def test_a_process_that_waits_for_its_turn_never_writes_to_the_old_file(home: Path, way: str) -> None:
    lay(home, encrypted=way != "encrypt")
    path, key = paths.journal(), key_now()
    db_key, made = key and keyfile.derived(key, "db"), keyfile.make(ANOTHER)
    new = None if way == "decrypt" else keyfile.derived(made.key, "db")
    known = f"unlocking.key_of = lambda _: None if {way!r} == 'encrypt' else bytes.fromhex({(key or b'').hex()!r})\n"
    script = WAIT_FOR_TURN.replace("print(", known * (way != "encrypt") + "print(", 1)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings(None), text=True
    ) as waiting:
        assert waiting.stdin
        assert waiting.stdout
        assert waiting.stdout.readline() == "ready\n"

        def ready() -> None:
            keys.write(keys.coming(path), made.file)
            assert waiting.stdin
            waiting.stdin.write("go\n")
            waiting.stdin.flush()
            time.sleep(0.5)

        swap.rewrite(path, db_key, new, ready=ready)
        keys.promote(path, made.file) if new else keys.remove(path)
        said = waiting.communicate(timeout=30)[0]
    with closing(open_store(path, new)) as store:
        there = bonds.setting(store, "waited")
        assert {table: rows for table, rows in dump(store).items() if table != "setting"} == {
            table: rows for table, rows in kit(way != "encrypt").dump.items() if table != "setting"
        }
    assert (there == "words") == (said == "written\n")
    if way == "encrypt":
        assert said == f"LockedError {m.LOCKED}\n"


@pytest.mark.slow
def test_two_that_change_the_keys_at_once_end_with_keys_that_fit(home: Path) -> None:
    lay(home)
    file, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
    ended: list[Any] = []

    def rotate(passphrase: str) -> None:
        try:
            ended.append(locking.rotate(paths.journal(), file, key, passphrase, lambda _: time.sleep(0.2)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is looked at below
            ended.append(error)

    windows = [threading.Thread(target=rotate, args=(passphrase,)) for passphrase in (PASSPHRASE, ANOTHER)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    refused = [end for end in ended if not isinstance(end, locking.Done)]
    assert [type(end) for end in refused] == [BusyError], ended
    with closing(opened()) as store:
        assert dump(store) == kit(True).dump


def test_many_that_open_it_at_once_after_a_change_all_get_in(home: Path) -> None:
    lay(home)
    act("decrypt")
    ended: list[object] = []

    def look() -> None:
        try:
            with closing(open_store(paths.journal())) as store:
                ended.append(store.value("SELECT count(*) FROM session"))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is looked at below
            ended.append(error)

    windows = [threading.Thread(target=look) for _ in range(8)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert ended == [4] * 8


# --- killed -----------------------------------------------------------------------------------

ZYGOTE = f"""
import os, signal, sys
from mother_bond import paths
from mother_bond.storage import keyfile
keyfile.ARGON = {CHEAP!r}
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tests.storage.test_swap import act

steps = [0, 0]

def step(event, arguments):
    home = os.environ[{paths.HOME_VARIABLE!r}]
    if steps[1] and event in ("open", "os.rename", "os.remove", "os.listdir") and home in str(arguments[0]):
        steps[0] += 1
        if steps[0] == steps[1]:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(step)
print("ready", flush=True)
for line in sys.stdin:
    way, at = line.split()
    child = os.fork()
    if not child:
        steps[:] = [0, int(at)]
        act(way)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Changes the keys in a process of its own, as often as it is asked; killed from outside, or at one step of its own.

A step is whatever is asked of the system with a file below the home.
"""


class Zygote:
    """Processes that are to be killed."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", ZYGOTE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=surroundings({"PYTHONPATH": os.pathsep.join(["."])}),
            text=True,
        )
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def begin(self, way: str, at: int = 0) -> int:
        """Start one; its process id."""
        assert self.process.stdin
        self.process.stdin.write(f"{way} {at}\n")
        self.process.stdin.flush()
        return int(self._line())

    def end(self) -> int:
        """Wait for its end: its exit code, or the signal that ended it, negative."""
        return int(self._line())


@pytest.fixture
def zygote(home: Path) -> Iterator[Zygote]:
    made = Zygote()
    yield made
    made.process.kill()
    made.process.communicate()


def lay_anew(home: Path, way: str) -> None:
    """The journal as it was, with a note that was sealed where there can be one."""
    shutil.rmtree(home, ignore_errors=True)
    lay(home, encrypted=way != "encrypt")
    if way != "encrypt":
        with closing(sealed.sheet(paths.journal())) as sheet:
            add(sheet, bonds.all_bonds(sheet)[0], f"{MARKER} sealedwords", NOW.date())


def check_after_a_kill(home: Path, way: str) -> None:
    """It opens, nothing is lost, and the next command leaves everything in order."""
    expected = kit(way != "encrypt").dump
    with closing(opened()) as store:
        rows = dump(store)
        for table in ("session", "answer", "revision", "draft", "checkin", "way_in", "step", "bond", "setting"):
            assert rows[table][: len(expected[table])] == expected[table], table
        assert rows["stamps"] == expected["stamps"]
        found = store.value("SELECT count(*) FROM answer_fts WHERE answer_fts MATCH 'sealedwords'")
        assert found == len(rows["session"]) - len(expected["session"]) == (way != "encrypt")
        check_sound(store)
        is_encrypted = store.key is not None
    left = {path.name for path in home.iterdir()}
    assert not keys.coming(paths.journal()).exists()
    assert not [name for name in left if name.startswith(keys.FRESH)]
    if is_encrypted:
        assert keys.read(keys.beside(paths.journal())) == keys.read(paths.second_keys())
        assert lying_open(home) == []


def kill_at_random(home: Path, zygote: Zygote, way: str, times: int) -> None:
    dice = random.Random(f"{way} {times}")
    lay_anew(home, way)
    began = time.monotonic()
    zygote.begin(way)
    assert zygote.end() == 0
    lasts = time.monotonic() - began
    killed = 0
    for _ in range(times):
        lay_anew(home, way)
        child = zygote.begin(way)
        time.sleep(dice.uniform(0, 0.8 * lasts))
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        killed += zygote.end() == -signal.SIGKILL
        check_after_a_kill(home, way)
    assert killed


@pytest.mark.parametrize("way", WAYS)
def test_killed_at_random_moments_nothing_is_lost(home: Path, zygote: Zygote, way: str) -> None:
    kill_at_random(home, zygote, way, 4)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_killed_at_many_random_moments_nothing_is_lost(home: Path, zygote: Zygote, way: str) -> None:
    kill_at_random(home, zygote, way, 50)


def kill_at_steps(home: Path, zygote: Zygote, way: str, every: int) -> None:
    step = 1 + random.Random(way).randrange(every)
    while True:
        lay_anew(home, way)
        zygote.begin(way, step)
        ended = zygote.end()
        check_after_a_kill(home, way)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        step += every
    assert step > 15


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_killed_at_some_steps_nothing_is_lost(home: Path, zygote: Zygote, way: str) -> None:
    kill_at_steps(home, zygote, way, 7)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_killed_at_every_step_nothing_is_lost(home: Path, zygote: Zygote, way: str) -> None:
    kill_at_steps(home, zygote, way, 1)
