"""A key that is kept for a while: in the right place alone, for its time alone."""

from __future__ import annotations

import os
import re
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions import locking
from mother_bond.errors import ExitCode, LockedError, UsageError
from mother_bond.storage import keyfile, keys, unlocked
from tests.locked import ANOTHER, MARKER, PASSPHRASE, cheap, kit, lay
from tests.programs import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Ran

    Run = Callable[..., Ran]

__all__ = ["cheap"]
pytestmark = [
    pytest.mark.usefixtures("cheap"),
    # the small process outlives whoever started it, which is what it is for
    pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning"),
]
KEY = bytes(range(32))


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime folder as a system makes it."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def kept(runtime: Path) -> list[Path]:
    return [path for path in runtime.rglob("*") if path.is_file()]


def is_gone(place: Path, seconds: float) -> bool:
    """Whether a file goes within some seconds, though nobody does anything."""
    until = time.monotonic() + seconds
    while place.exists() and time.monotonic() < until:
        time.sleep(0.02)
    return not place.exists()


# --- where -------------------------------------------------------------------------------------


def test_it_is_kept_in_the_runtime_folder_for_its_owner_alone(runtime: Path) -> None:
    before, now = os.umask(0), time.time()
    try:
        unlocked.remember("abc", KEY, now, now + 60)
    finally:
        os.umask(before)
    (place,) = kept(runtime)
    assert place == runtime / "mother-bond" / "abc.key"
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert unlocked.recall("abc", time.time() + 1) == (KEY, keyfile.derived(KEY, "db"), now + 60)
    assert unlocked.recall("other", time.time()) is None
    assert unlocked.forget("abc")
    assert not unlocked.forget("abc")
    assert kept(runtime) == []


def loose(folder: Path) -> str:
    folder.chmod(0o755)
    return str(folder)


def group(folder: Path) -> str:
    folder.chmod(0o750)
    return str(folder)


def link(folder: Path) -> str:
    linked = folder.with_name("link")
    linked.symlink_to(folder)
    return str(linked)


def foreign(folder: Path) -> str:
    if os.getuid():
        pytest.skip("only root can give a folder away")
    os.chown(folder, 65534, 65534)
    return str(folder)


def plain_file(folder: Path) -> str:
    place = folder.with_name("file")
    place.write_text("")
    place.chmod(0o600)
    return str(place)


UNSAFE: dict[str, Callable[[Path], str]] = {
    "read by all": loose,
    "read by a group": group,
    "a link": link,
    "another's": foreign,
    "a file": plain_file,
    "not there": lambda folder: str(folder / "nowhere"),
    "relative": os.path.relpath,
    "empty": lambda _folder: "",
}


@pytest.mark.parametrize("kind", UNSAFE)
def test_no_other_place_is_safe_enough(runtime: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", UNSAFE[kind](runtime))
    with pytest.raises(UsageError) as refused:
        unlocked.remember("abc", KEY, time.time(), time.time() + 60)
    assert (refused.value.message, refused.value.hint) == (m.UNLOCK_NOWHERE, m.UNLOCK_NOWHERE_HINT)
    assert unlocked.recall("abc", time.time()) is None
    assert kept(runtime) == []


@pytest.mark.usefixtures("nowhere")
def test_without_a_place_the_command_says_so(home: Path, run: Run) -> None:
    lay(home)
    ran = run("unlock", given=PASSPHRASE)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert m.UNLOCK_NOWHERE in ran.err


def test_a_key_that_another_put_there_by_a_link_is_not_used(runtime: Path, tmp_path: Path) -> None:
    now = time.time()
    unlocked.remember("abc", KEY, now, now + 60)
    (place,) = kept(runtime)
    assert unlocked.recall("abc", now + 1)
    place.rename(tmp_path / "planted")
    place.symlink_to(tmp_path / "planted")
    assert unlocked.recall("abc", now + 1) is None


# --- for how long --------------------------------------------------------------------------------


def test_it_goes_when_its_time_is_over_though_nothing_runs(runtime: Path) -> None:
    now = time.time()
    unlocked.remember("abc", KEY, now, now + 1.5)
    (place,) = kept(runtime)
    assert not is_gone(place, 1)
    assert is_gone(place, 3)


def test_unlocked_for_longer_the_first_time_being_over_does_not_close_it(runtime: Path) -> None:
    now = time.time()
    unlocked.remember("abc", KEY, now, now + 0.5)
    unlocked.remember("abc", KEY, now, now + 2.5)
    (place,) = kept(runtime)
    assert not is_gone(place, 1.5)
    assert is_gone(place, 4)


def test_a_clock_set_back_does_not_keep_it_longer(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the small process can see, an hour is missing from the clock once it has begun."""
    real = "import os,sys,time\n"
    assert unlocked._WAIT.startswith(real)
    clock = "begun=time.monotonic()\nnow=time.time\ntime.time=lambda: now()-3600*(time.monotonic()-begun>.3)\n"
    monkeypatch.setattr(unlocked, "_WAIT", real + clock + unlocked._WAIT.removeprefix(real))
    now = time.time()
    unlocked.remember("abc", KEY, now, now + 1)
    (place,) = kept(runtime)
    assert is_gone(place, 4)


def test_it_is_dropped_when_it_is_looked_for_too_late_or_before_it_was_kept(runtime: Path) -> None:
    for at in (-1, 60, 61):
        unlocked.remember("abc", KEY, 1000, 1060)
        assert unlocked.recall("abc", 1000 + at) is None
        assert kept(runtime) == []


@pytest.mark.parametrize(
    "content",
    ["", "1 2", "{}", f"0 9e9 {KEY.hex()} 00", f"0 9e9 zz {KEY.hex()}", f"0 x {KEY.hex()} {KEY.hex()}", "\0" * 9000],
)
def test_what_is_no_key_is_dropped(runtime: Path, content: str) -> None:
    place = runtime / "mother-bond" / "abc.key"
    paths.write_private(place, content.encode())
    assert unlocked.recall("abc", 1000) is None
    assert not place.exists()


# --- the commands ---------------------------------------------------------------------------------


def test_unlock_takes_the_first_line_of_another_program_and_lock_closes_at_once(home: Path, runtime: Path) -> None:
    lay(home)
    assert m.LOCKED in program("list").err
    done = program("unlock", "--for", "2h", given=f"{PASSPHRASE}\nand more\n")
    assert done.code == ExitCode.OK
    shown = re.escape(m.STATUS_OPEN).replace(re.escape("{time}"), r"\d\d:\d\d").replace(re.escape("{where}"), "(.*)")
    assert (found := re.fullmatch(shown + "\n", done.out))
    assert found[1] == m.KEPT_RUNTIME
    (place,) = kept(runtime)
    assert place.stat().st_mode & 0o777 == 0o600
    since, until = map(float, place.read_text().split()[:2])
    assert until - since == 7200
    assert MARKER in program("list").out
    assert program("note", given="while it is open").code == ExitCode.OK
    locked = program("lock")
    assert (locked.code, locked.out) == (ExitCode.OK, m.STATUS_LOCKED + "\n")
    assert is_gone(place, 0)
    done = program("list")
    assert (done.code, done.out) == (ExitCode.LOCKED, "")
    assert (m.LOCKED in done.err, m.LOCKED_HINT in done.err) == (True, True)


def test_a_passphrase_in_another_encoding_is_a_wrong_one(home: Path, runtime: Path) -> None:
    lay(home)
    for given in (b"caf\xe9 und mehr davon\n", b"", b"\n", b"a" * 10_000):
        done = program("unlock", given=given)
        assert (done.code, done.out) == (ExitCode.LOCKED, "")
        assert m.PASSPHRASE_WRONG in done.err
    assert kept(runtime) == []


@pytest.mark.parametrize("length", ["0m", "25h", "1441", "1d", "-5", "x", "99999999m", ""])
def test_a_length_that_makes_no_sense_is_refused_before_the_passphrase(
    home: Path, runtime: Path, run: Run, length: str
) -> None:
    lay(home)
    ran = run("unlock", f"--for={length}", given=PASSPHRASE)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert m.UNLOCK_LENGTH in ran.err
    assert kept(runtime) == []


def test_how_it_stands_is_told(home: Path, runtime: Path) -> None:
    lay(home, encrypted=False)
    assert locking.status(paths.journal()) == (m.STATUS_PLAIN, None)
    assert locking.lock(paths.journal()) == (m.STATUS_PLAIN, None)
    lay(home)
    assert locking.status(paths.journal()) == (m.STATUS_LOCKED, None)
    file, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
    state, until = locking.unlock(paths.journal(), file, key, 30)
    assert until
    assert m.KEPT_RUNTIME in state
    assert until[11:16] in state


@pytest.mark.parametrize("change", ["passphrase", "rotate", "decrypt"])
def test_after_a_change_of_keys_what_was_kept_is_gone(home: Path, runtime: Path, change: str) -> None:
    lay(home)
    path = paths.journal()
    file, key = locking.by_passphrase(path, PASSPHRASE)
    locking.unlock(path, file, key, 30)
    (place,) = kept(runtime)
    content = place.read_bytes()
    if change == "passphrase":
        locking.set_passphrase(path, file, key, ANOTHER)
    elif change == "rotate":
        locking.rotate(path, file, key, ANOTHER, lambda _: None)
    else:
        locking.decrypt(path, file, key)
    assert kept(runtime) == []
    if change == "rotate":  # nor does it help to bring the file back
        paths.write_private(place, content)
        assert program("list").code == ExitCode.LOCKED
        assert program("lock").out == m.STATUS_LOCKED + "\n"


def test_a_kept_key_that_a_cut_off_change_has_made_useless_is_not_used(home: Path, runtime: Path) -> None:
    """As a kill leaves it between the new journal and the new key file."""
    lay(home)
    path = paths.journal()
    old = keys.read(keys.beside(path))
    file, key = locking.by_passphrase(path, PASSPHRASE)
    locking.rotate(path, file, key, ANOTHER, lambda _: None)
    keys.write(keys.coming(path), keys.read(keys.beside(path)))
    keys.save(path, old)
    unlocked.remember(old.journal, key, time.time(), time.time() + 60)
    done = program("list")
    assert done.code == ExitCode.LOCKED
    assert m.LOCKED in done.err
    assert program("unlock", given=ANOTHER).code == ExitCode.OK
    assert MARKER in program("list").out
    assert not keys.coming(path).exists()


def test_lock_closes_also_where_the_journal_has_gone(home: Path, runtime: Path) -> None:
    lay(home)
    file, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
    locking.unlock(paths.journal(), file, key, 30)
    paths.journal().unlink()
    locking.lock(paths.journal())
    assert kept(runtime) == []


def test_a_new_passphrase_opens_and_the_old_one_does_not(home: Path) -> None:
    lay(home)
    path = paths.journal()
    locking.set_passphrase(path, *locking.by_passphrase(path, PASSPHRASE), ANOTHER)
    assert locking.by_passphrase(path, ANOTHER)[1] == kit(True).key
    assert locking.by_code(path, kit(True).code)[1] == kit(True).key
    with pytest.raises(LockedError):
        locking.by_passphrase(path, PASSPHRASE)


# --- the system's keyring ---------------------------------------------------------------------------


class Ring(ModuleType):
    """A keyring as the package of that name offers it."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.held: dict[tuple[str, str], str] = {}
        self.backend: object = self

    def get_keyring(self) -> object:
        return self.backend

    def set_password(self, service: str, name: str, content: str) -> None:
        self.held[service, name] = content

    def get_password(self, service: str, name: str) -> str | None:
        return self.held.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.held[service, name]


@pytest.fixture
def ring(nowhere: None, monkeypatch: pytest.MonkeyPatch) -> Ring:
    """The extra is installed, and there is no runtime folder."""
    made, backends, fail = Ring(), ModuleType("keyring.backends"), ModuleType("keyring.backends.fail")
    monkeypatch.setattr(made, "__spec__", object())
    monkeypatch.setattr(fail, "Keyring", type("Keyring", (), {}), raising=False)
    monkeypatch.setattr(backends, "fail", fail, raising=False)
    for module in (made, backends, fail):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return made


def test_without_a_runtime_folder_the_keyring_serves(home: Path, ring: Ring, run: Run) -> None:
    lay(home)
    assert m.KEPT_KEYRING in run("unlock", given=PASSPHRASE).out
    assert [service for service, _ in ring.held] == ["mother-bond"]
    assert MARKER in run("list").out
    assert m.STATUS_LOCKED in run("lock").out
    assert ring.held == {}
    assert run("list").code == ExitCode.LOCKED
    assert m.STATUS_LOCKED in run("lock").out


def test_a_key_in_the_keyring_is_dropped_when_it_is_over(ring: Ring) -> None:
    unlocked.remember("abc", KEY, 1000, 1060)
    assert unlocked.recall("abc", 1059) == (KEY, keyfile.derived(KEY, "db"), 1060)
    assert unlocked.recall("abc", 1060) is None
    assert ring.held == {}


def test_a_keyring_with_nothing_behind_it_is_none(ring: Ring) -> None:
    ring.backend = sys.modules["keyring.backends.fail"].Keyring()
    with pytest.raises(UsageError):
        unlocked.remember("abc", KEY, 1000, 1060)


def test_where_there_is_a_runtime_folder_the_keyring_is_left_alone(ring: Ring, runtime: Path) -> None:
    unlocked.remember("abc", KEY, 1000, 1060)
    assert ring.held == {}
    assert len(kept(runtime)) == 1
