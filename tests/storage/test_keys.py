"""Where key files lie, which one counts, and what is said when none can be used: never a new journal over an old."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions import locking
from mother_bond.errors import ExitCode, KeyFileError, LockedError
from mother_bond.storage import keyfile, keys
from mother_bond.storage.driver import connect
from mother_bond.storage.store import open_store
from tests.locked import ANOTHER, PASSPHRASE, cheap, dump, kit, lay, snapshot
from tests.programs import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["cheap"]
pytestmark = pytest.mark.usefixtures("cheap")

COMMANDS = {"": "", "list": "", "note": "words", "begin --role mother --name Daniel": "", "export - --format jsonl": ""}
"""What somebody may type before they notice that something is wrong, and what is on standard input."""


def places() -> tuple[Path, Path]:
    return keys.beside(paths.journal()), paths.second_keys()


def resummed(**changed: Any) -> bytes:
    """The key file with some fields changed, by somebody who knows how its sum is made."""
    data = json.loads(kit(True).files["keys.json"]) | changed
    del data["check"]
    summed = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()
    return (json.dumps(data | {"check": hashlib.sha256(summed).hexdigest()}, indent=1) + "\n").encode()


# --- two copies ------------------------------------------------------------------------------------


def test_both_copies_are_there_and_for_their_owner_alone(home: Path) -> None:
    lay(home)
    file, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
    before = os.umask(0)
    try:
        locking.rotate(paths.journal(), file, key, ANOTHER, lambda _: None)
    finally:
        os.umask(before)
    first, second = places()
    assert first.read_bytes() == second.read_bytes()
    for place in (p for p in home.rglob("*") if p != home / "backups" / "x"):
        assert stat.S_IMODE(place.stat().st_mode) == (0o700 if place.is_dir() else 0o600), place


@pytest.mark.parametrize("content", [None, b"", b"{}", b"noise", kit(True).files["keys.json"][:-40]])
@pytest.mark.parametrize("which", [0, 1])
def test_one_copy_that_cannot_be_used_is_mended_by_the_other(home: Path, content: bytes | None, which: int) -> None:
    made = lay(home)
    place = places()[which]
    place.unlink() if content is None else place.write_bytes(content)
    assert locking.by_passphrase(paths.journal(), PASSPHRASE)[1] == made.key
    assert [path.read_bytes() for path in places()] == [made.files["keys.json"]] * 2


def test_a_disk_that_refuses_to_mend_does_not_keep_the_journal_closed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lay(home)
    places()[0].unlink()

    def refuses(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(paths, "write_private", refuses)
    assert locking.by_passphrase(paths.journal(), PASSPHRASE)[1] == made.key


def test_an_older_second_copy_does_not_open_while_the_first_is_sound(home: Path) -> None:
    lay(home)
    path, old = paths.journal(), paths.second_keys().read_bytes()
    locking.set_passphrase(path, *locking.by_passphrase(path, PASSPHRASE), ANOTHER)
    paths.second_keys().write_bytes(old)
    with pytest.raises(LockedError):
        locking.by_passphrase(path, PASSPHRASE)
    assert locking.by_passphrase(path, ANOTHER)[1]
    assert places()[0].read_bytes() == places()[1].read_bytes() != old


# --- what was left over -----------------------------------------------------------------------------


def test_what_was_left_over_goes_and_what_has_been_written_anew_stays(home: Path) -> None:
    lay(home)
    stale, fresh = keys.coming(paths.journal()), home / f"{keys.FRESH}12-journal.db"
    others = home / ".new-12-journal.db", home / "keys-next.json.txt"
    for place in (stale, fresh, *others):
        place.write_bytes(b"left")
    left = keys.left_over(paths.journal())
    assert set(left) == {stale, fresh}
    stale.unlink()
    paths.write_private(stale, b"anew")
    keys.clear(left)
    assert not fresh.exists()
    assert all(place.exists() for place in (stale, *others))


def test_the_next_command_takes_away_what_was_left_over(home: Path) -> None:
    for encrypted in (True, False):
        lay(home, encrypted=encrypted)
        left = keys.coming(paths.journal()), home / f"{keys.FRESH}12-journal.db"
        for place in left:
            place.write_bytes(b"left")
        if encrypted:
            with Terminal("list", "--plain") as terminal:
                terminal.expect(m.ASK_PASSPHRASE)
                terminal.send(PASSPHRASE + "\n")
                assert terminal.end() == ExitCode.OK
        else:
            assert program("list").code == ExitCode.OK
        assert not any(place.exists() for place in left)


# --- when it cannot be opened ------------------------------------------------------------------------


def missing(_: Path) -> None:
    for place in places():
        place.unlink()


def in_both(content: bytes) -> Callable[[Path], None]:
    def put(_: Path) -> None:
        for place in places():
            place.write_bytes(content)

    return put


def emptied(_: Path) -> None:
    paths.journal().write_bytes(b"")


def gone(_: Path) -> None:
    paths.journal().unlink()


NEWER = b'{"format": "mother-bond-keys/2"}'
SHUT: dict[str, tuple[Callable[[Path], None], ExitCode, str]] = {
    "missing": (missing, ExitCode.KEYS, m.KEYS_MISSING.partition("{file}")[2]),
    "cut off": (in_both(kit(True).files["keys.json"][:300]), ExitCode.KEYS, m.KEYS_DAMAGED),
    "no key file": (in_both(b'{"a": 1}'), ExitCode.KEYS, m.KEYS_FOREIGN),
    "newer keys": (in_both(NEWER), ExitCode.NEWER, m.KEYS_NEWER),
    "empty": (emptied, ExitCode.DAMAGED, m.STORE_EMPTY),
    "gone": (gone, ExitCode.DAMAGED, m.KEYS_WITHOUT_JOURNAL),
    "locked": (lambda _: None, ExitCode.LOCKED, m.LOCKED),
}
"""What can be wrong without a passphrase being asked for."""


@pytest.mark.parametrize("kind", SHUT)
def test_whatever_is_typed_it_is_said_what_is_wrong_and_nothing_is_made_or_changed(
    home: Path, run: Callable[..., Any], kind: str
) -> None:
    lay(home)
    spoil, code, said = SHUT[kind]
    spoil(home)
    before = snapshot(home)
    for line, given in COMMANDS.items():
        ran = run(*line.split(), given=given)
        if not line and kind == "locked":
            continue  # with nobody there, it only says what day it is
        assert (ran.code, ran.out) == (code, ""), (line, ran)
        assert said in ran.err
        assert len(ran.err.splitlines()) == 2
        assert snapshot(home) == before
    assert snapshot(home) == before


def test_with_the_journal_gone_the_first_evening_makes_no_other(home: Path) -> None:
    lay(home)
    paths.journal().unlink()
    before = snapshot(home)
    done = program("--plain", given="mother\nDaniel\n\n\n\nlater\n")
    assert (done.code, done.out) == (ExitCode.DAMAGED, "")
    assert m.KEYS_WITHOUT_JOURNAL_HINT in done.err
    assert snapshot(home) == before
    with pytest.raises(Exception, match=m.KEYS_WITHOUT_JOURNAL) as refused:
        locking.make_encrypted(paths.journal(), ANOTHER, lambda _: pytest.fail("a code was shown"))
    assert snapshot(home) == before, refused


def other_journal(_: Path) -> None:
    other = keyfile.text(keyfile.make(PASSPHRASE).file).encode()
    in_both(other)(_)


def swapped_slot(_: Path) -> None:
    other = json.loads(keyfile.text(keyfile.make(PASSPHRASE).file))
    in_both(resummed(slots=other["slots"]))(_)


def swapped_seal(_: Path) -> None:
    in_both(resummed(seal=keyfile.make(PASSPHRASE).file.seal.hex()))(_)


def first_page(_: Path) -> None:
    with paths.journal().open("rb+") as file:
        file.write(os.urandom(4096))


OPENED_IN_VAIN: dict[str, tuple[Callable[[Path], None], type[Exception], str]] = {
    "another journal's": (other_journal, KeyFileError, m.KEYS_DO_NOT_FIT),
    "another's slots": (swapped_slot, LockedError, m.PASSPHRASE_WRONG),
    "tampered with": (swapped_seal, KeyFileError, m.KEYS_TAMPERED),
    "a damaged journal": (first_page, KeyFileError, m.KEYS_DO_NOT_FIT),
}


@pytest.mark.parametrize("kind", OPENED_IN_VAIN)
def test_the_right_passphrase_does_not_help_where_the_two_do_not_belong_together(home: Path, kind: str) -> None:
    lay(home)
    spoil, error, said = OPENED_IN_VAIN[kind]
    spoil(home)
    before = snapshot(home)
    with pytest.raises(error, match=said) as refused:
        locking.by_passphrase(paths.journal(), PASSPHRASE)
    assert getattr(refused.value, "hint", "")
    assert snapshot(home) == before


def test_a_page_within_that_is_damaged_is_told_as_damage(home: Path) -> None:
    made = lay(home)
    with paths.journal().open("rb+") as file:
        for page in range(paths.journal().stat().st_size // 8192, paths.journal().stat().st_size // 4096):
            file.seek(page * 4096 + 100)
            file.write(b"\0" * 500)
    file_, key = locking.by_passphrase(paths.journal(), PASSPHRASE)
    with (
        pytest.raises(Exception, match=r"damaged|not a journal") as refused,
        closing(open_store(paths.journal(), keyfile.derived(key, "db"))) as store,
    ):
        dump(store)
    assert getattr(refused.value, "code", None) == ExitCode.DAMAGED
    assert (file_.journal, key) == (keys.load(paths.journal()).journal, made.key)


def test_a_journal_of_a_newer_version_is_left_alone(home: Path) -> None:
    made = lay(home)
    with closing(connect(str(paths.journal()), keyfile.derived(made.key, "db"))) as newer:
        newer.execute("PRAGMA user_version = 99")
        newer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = snapshot(home)
    for line in ("list", "rotate", "decrypt --yes"):
        with Terminal(*line.split()) as terminal:
            terminal.expect(m.ASK_PASSPHRASE)
            terminal.send(PASSPHRASE + "\n")
            if line == "rotate":
                for question in (m.ASK_PASSPHRASE_NEW, m.ASK_PASSPHRASE_AGAIN):
                    terminal.expect(question)
                    terminal.send(ANOTHER + "\n")
            assert terminal.end() == ExitCode.NEWER
            assert "(form 99;" in terminal.text
    assert snapshot(home) == before
