"""backup, doctor, and what a purge leaves: as they are typed, and in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond import paths
from mother_bond.actions import locking
from mother_bond.errors import ExitCode, MotherBondError
from mother_bond.storage import backups, keyfile, keys, swap
from mother_bond.storage.driver import can_encrypt, connect
from mother_bond.storage.store import create, open_store
from tests.disks import as_anyone, give_away
from tests.locked import CHEAP, lay, snapshot
from tests.programs import Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.storage.store import Store
    from tests.conftest import Homes, Ran

    Run = Callable[..., Ran]

PASSPHRASE = "four quiet words here"
needs_encryption = pytest.mark.skipif(not can_encrypt(), reason="encryption is not installed")


@pytest.fixture
def begun(run: Run, home: Path, homes: Homes) -> str:
    """A journal with one entry; its short id."""

    def make() -> str:
        assert run("begin", "--role", "mother", "--name", "Daniel", "--contact", "little").code == ExitCode.OK
        assert run("note", given="one line").code == ExitCode.OK
        return run("list").out[:4]

    return homes.lay(home, make, "begun, and one line")


def listed() -> list[backups.Backup]:
    return backups.listed(paths.backups())


def whys() -> list[str | None]:
    return [backup.why for backup in listed()]


def reading(store: Store) -> None:
    """Have another window in the middle of reading."""
    store.connection.execute("BEGIN")
    assert store.value("SELECT count(*) FROM session")


def texts(run: Run) -> list[str]:
    return [line.split("  ")[-1] for line in run("list", "-n", "0").out.splitlines()]


# --- by themselves -----------------------------------------------------------------------


def test_the_first_thing_written_on_a_day_is_backed_up_and_the_second_is_not(begun: str, run: Run) -> None:
    assert whys() == ["day"]
    run("note", given="another line")
    assert whys() == ["day"]


READING = ("list", "search line", "show REF", "export - --format jsonl", "patterns", "backup list")


@pytest.mark.parametrize("line", READING)
def test_reading_backs_nothing_up(begun: str, run: Run, line: str) -> None:
    shutil.rmtree(paths.backups())
    assert run(*line.replace("REF", begun).split()).code == ExitCode.OK
    assert not paths.backups().exists()


def test_a_journal_without_an_entry_is_not_backed_up(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    assert listed() == []


def test_before_an_import_and_a_purge_of_several_things_one_is_made(begun: str, run: Run, tmp_path: Path) -> None:
    run("export", str(tmp_path / "all.jsonl"))
    run("import", str(tmp_path / "all.jsonl"))
    assert whys() == ["import", "day"]
    run("note", given="two")
    for ref in [line[:4] for line in run("list").out.splitlines()]:
        run("delete", ref)
    run("purge", begun, "--yes")
    assert whys() == ["import", "day"]
    run("note", given="three")
    run("delete", run("list").out[:4])
    run("purge", "--yes")
    assert whys() == ["purge", "import", "day"]


def test_a_backup_that_cannot_be_made_stops_no_note() -> None:
    with tempfile.TemporaryDirectory() as made:
        _note_beside_a_closed_folder(Path(made))


def _note_beside_a_closed_folder(folder: Path) -> None:
    folder.chmod(0o755)
    home = folder / "home"
    env = {paths.HOME_VARIABLE: str(home)}
    assert program("begin", "--role", "mother", "--name", "Daniel", env=env).code == ExitCode.OK
    (home / "backups").mkdir()
    give_away(folder)
    (home / "backups").chmod(0o500)
    first = "import hashlib, json\nfrom mother_bond.storage import swap\nfrom mother_bond.actions import backups\n"
    script = """
os.environ["MOTHER_BOND_HOME"] = str(path)
from mother_bond.cli.common import journal
with journal() as opened:
    noted(opened, bonds.all_bonds(opened)[0], "2026-03-01")
with journal() as opened:
    print(len(texts(opened)), len(list((path / "backups").iterdir())))
"""
    assert as_anyone(script, home, first) == ["1 0"]


# --- by hand -----------------------------------------------------------------------------


def test_one_can_be_made_and_is_listed(begun: str, run: Run) -> None:
    assert m.BACKUP_ENCRYPTED not in run("backup").out.replace(m.BACKUP_PLAIN, "")
    assert whys() == ["asked", "day"]
    lines = run("backup", "list").out.splitlines()
    assert [line.split("  ")[0] for line in lines] == [backup.name for backup in listed()]
    assert all("1 entry" in line and "checked, not encrypted" in line for line in lines)
    data = json.loads(run("backup", "list", "--json").out)
    assert (data["kind"], len(data["items"])) == ("backups", 2)
    assert data["items"][0] | {"file": "", "name": "", "at": "", "size": 0} == {
        "name": "",
        "file": "",
        "at": "",
        "size": 0,
        "encrypted": False,
        "verified": True,
        "why": "asked",
        "entries": 1,
    }


def test_that_there_is_none_is_talk(run: Run) -> None:
    ran = run("backup", "list")
    assert (ran.code, ran.out, ran.err) == (ExitCode.OK, "", m.BACKUP_EMPTY + "\n")
    assert run("backup", "restore").code == ExitCode.NOT_FOUND
    assert run("backup").code == ExitCode.NOT_FOUND


def test_on_a_screen_it_is_a_table(begun: str) -> None:
    with Terminal("backup", "list") as terminal:
        assert terminal.end() == ExitCode.OK
        assert listed()[0].name.removesuffix(".db") in terminal.text
        assert f"{m.BACKUP_VERIFIED}, {m.BACKUP_PLAIN}" in terminal.text


def test_renewing_asks_and_leaves_one(begun: str, run: Run) -> None:
    run("backup")
    refused = run("backup", "renew")
    assert (refused.code, len(listed())) == (ExitCode.UNCONFIRMED, 2)
    assert run("backup", "renew", "--yes").code == ExitCode.OK
    assert whys() == ["renew"]
    assert len(list(paths.backups().iterdir())) == 2


# --- back --------------------------------------------------------------------------------


def test_a_backup_is_shown_asked_about_and_put_in_place(begun: str, run: Run) -> None:
    run("note", given="a second line")
    refused = run("backup", "restore")
    assert refused.code == ExitCode.UNCONFIRMED
    assert "1 entry, from" in refused.err
    assert "2 entries, from" in refused.err
    assert len(texts(run)) == 2
    done = run("backup", "restore", "--yes")
    assert done.code == ExitCode.OK
    assert texts(run) == ["one line"]
    assert whys() == ["restore", "day"]
    assert listed()[0].name in done.out
    assert run("backup", "restore", listed()[0].name, "--yes").code == ExitCode.OK
    assert sorted(texts(run)) == ["a second line", "one line"]
    assert not list(paths.home().glob(".new-*"))


def test_at_a_terminal_enter_alone_leaves_the_journal(begun: str, run: Run) -> None:
    run("note", given="a second line")
    with Terminal("backup", "restore") as terminal:
        terminal.expect("›")
        terminal.send("\r")
        assert terminal.end() == ExitCode.UNCONFIRMED
    assert len(texts(run)) == 2
    with Terminal("backup", "restore") as terminal:
        terminal.expect("›")
        terminal.send("2\r")
        assert terminal.end() == ExitCode.OK
    assert texts(run) == ["one line"]


def test_on_a_new_computer_a_file_is_enough(begun: str, run: Run, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(listed()[0].file, stick)
    shutil.rmtree(paths.home())
    done = run("backup", "restore", str(stick / next(stick.iterdir()).name), "--yes")
    assert done.code == ExitCode.OK
    assert m.BACKUP_PRESENT_NONE in done.err
    assert texts(run) == ["one line"]
    assert paths.journal().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"not a journal" * 99, b"SQLite format 3\0" + bytes(4080)])
def test_a_damaged_journal_is_set_aside_and_kept(begun: str, run: Run, content: bytes) -> None:
    paths.journal().write_bytes(content)
    done = run("backup", "restore", "--yes")
    assert done.code == ExitCode.OK
    assert m.BACKUP_PRESENT_CLOSED in done.err
    (aside,) = paths.home().glob("journal-damaged-*.db")
    assert aside.read_bytes() == content
    assert aside.name in done.out
    assert texts(run) == ["one line"]


def test_a_journal_that_opens_but_cannot_be_copied_whole_is_set_aside(begun: str, run: Run) -> None:
    with paths.journal().open("rb+") as file:
        file.seek(4096 * 9)
        file.write(os.urandom(4096 * 12))
    assert run("backup", "restore", "--yes").code == ExitCode.OK
    assert len(list(paths.home().glob("journal-damaged-*.db"))) == 1
    assert texts(run) == ["one line"]


BEGINNINGS = {
    "": "",
    "--plain": "mother\nDaniel\n\n\n\nlater\n",
    "begin --role mother --name Daniel --contact little": "",
    "note": "words",
    "reflect --plain": "words",
    "import FILE": "",
    "list": "",
    "doctor": "",
    "backup": "",
    "encrypt": "",
    "unlock": "words",
}
"""What somebody may type whose journal has gone, and what is on standard input."""


@pytest.mark.parametrize("line", BEGINNINGS)
def test_no_new_journal_takes_the_place_of_one_of_which_there_are_backups(
    begun: str, run: Run, line: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert run("export", str(out)).code == ExitCode.OK
    paths.journal().unlink()
    before = snapshot(paths.home())
    ran = run(*line.replace("FILE", str(out)).split(), given=BEGINNINGS[line])
    said = f"{m.STORE_GONE}\n{m.STORE_GONE_HINT.format(folder=paths.backups())}\n"
    assert (ran.code, ran.out, ran.err) == (ExitCode.NOT_FOUND, "", said)
    assert snapshot(paths.home()) == before
    assert listed()[0].name.removesuffix(".db") in run("backup", "list").out
    assert run("backup", "restore", "--yes").code == ExitCode.OK
    assert texts(run) == ["one line"]


def test_with_the_backups_put_elsewhere_a_new_journal_is_begun(begun: str, run: Run, tmp_path: Path) -> None:
    paths.journal().unlink()
    paths.backups().rename(tmp_path / "elsewhere")
    assert run("begin", "--role", "mother", "--name", "Anna", "--contact", "little").code == ExitCode.OK
    assert texts(run) == []


@needs_encryption
@pytest.mark.parametrize("with_backups", [True, False])
def test_the_second_copy_of_a_key_file_is_not_written_over_by_a_new_journals(
    home: Path, run: Run, with_backups: bool
) -> None:
    key = keyfile.derived(lay(home).key, "db")
    with closing(open_store(paths.journal(), key)) as store:
        if with_backups:
            backups.make(store.connection, store.path, store.key, backups.Why.ASKED)
    for gone in (paths.journal(), keys.beside(paths.journal())):
        gone.unlink()
    before = snapshot(home)
    code, said = (ExitCode.NOT_FOUND, m.STORE_GONE) if with_backups else (ExitCode.DAMAGED, m.KEYS_SECOND_ALONE)
    for line in ("", "begin --role mother --name Daniel --contact little", "list"):
        ran = run(*line.split())
        assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", said)
    with pytest.raises(MotherBondError, match=said):
        locking.make_encrypted(paths.journal(), "another four quiet words", lambda _: pytest.fail("a code was shown"))
    assert snapshot(home) == before
    assert run("demo").code == ExitCode.OK


def test_a_log_that_was_left_alone_is_not_taken_for_the_journals(begun: str, run: Run) -> None:
    paths.journal().unlink()
    Path(f"{paths.journal()}-wal").write_bytes(b"the log of another" * 99)
    assert run("backup", "restore", "--yes").code == ExitCode.OK
    assert texts(run) == ["one line"]


def test_nothing_is_put_in_place_of_a_journal_another_window_writes_in(
    begun: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "WAIT", 50)
    run("note", given="a second line")
    with closing(open_store(paths.journal())) as other:
        reading(other)
        assert run("backup", "restore", "--yes").code == ExitCode.BUSY
        other.connection.execute("COMMIT")
    assert len(texts(run)) == 2
    assert not list(paths.home().glob(".new-*"))


def test_a_damaged_backup_leaves_the_journal_as_it_is(begun: str, run: Run) -> None:
    (backup,) = listed()
    with backup.path.open("rb+") as file:
        file.seek(4096 * 9)
        file.write(os.urandom(4096 * 12))
    assert run("backup", "restore", "--yes").code == ExitCode.NOT_FOUND
    assert run("backup", "restore", backup.name, "--yes").code == ExitCode.DAMAGED
    assert texts(run) == ["one line"]


# --- encrypted ---------------------------------------------------------------------------


@pytest.fixture
def encrypted(begun: str, monkeypatch: pytest.MonkeyPatch) -> backups.Backup:
    """The journal under a passphrase, and a backup of it; the plain one is gone."""
    monkeypatch.setattr(keyfile, "ARGON", CHEAP)
    return locked(PASSPHRASE)


def locked(passphrase: str, key: bytes | None = None) -> backups.Backup:
    """Give the journal another passphrase and key, and back it up as the only one."""
    path, made = paths.journal(), keyfile.make(passphrase)
    new = keyfile.derived(made.key, "db")
    swap.rewrite(path, key, new)
    keys.save(path, made.file)
    for backup in listed():
        backups.remove(backup)
    with closing(open_store(path, new)) as store:
        return backups.make(store.connection, path, new, "asked")


def restored_at_terminal(*arguments: str, passphrases: tuple[str, ...]) -> str:
    with Terminal("backup", "restore", *arguments, "--yes") as terminal:
        for passphrase in passphrases:
            terminal.expect(":")
            terminal.send(passphrase + "\r")
        assert terminal.end() == ExitCode.OK
        return terminal.text


@needs_encryption
def test_an_encrypted_backup_comes_to_a_new_computer_with_its_passphrase(
    encrypted: backups.Backup, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(paths.backups(), stick)
    (stick / "keys.json").unlink()
    shutil.rmtree(paths.home())
    said = restored_at_terminal(str(stick / encrypted.name), passphrases=(PASSPHRASE,))
    assert m.BACKUP_PRESENT_NONE in said
    assert PASSPHRASE not in said
    file = keys.read(keys.beside(paths.journal()))
    assert file == keys.read(paths.second_keys())
    key = keyfile.derived(keyfile.by_passphrase(file, PASSPHRASE), "db")
    with closing(open_store(paths.journal(), key)) as store:
        assert store.value("SELECT text FROM answer") == "one line"
    assert not keys.coming(paths.journal()).exists()


@needs_encryption
def test_the_journals_own_key_is_tried_first_and_its_passphrase_stays(encrypted: backups.Backup) -> None:
    file = keys.load(paths.journal())
    key = keyfile.by_passphrase(file, PASSPHRASE)
    changed = keyfile.with_passphrase(file, key, "another four quiet words")
    keys.save(paths.journal(), changed)
    restored_at_terminal(passphrases=("another four quiet words",))
    assert keys.load(paths.journal()) == changed


@needs_encryption
def test_one_under_an_earlier_key_brings_its_key_file_along(encrypted: backups.Backup, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(paths.backups(), earlier)
    key = keyfile.derived(keyfile.by_passphrase(keys.load(paths.journal()), PASSPHRASE), "db")
    locked("a later four words", key)
    said = restored_at_terminal(str(earlier / encrypted.name), passphrases=("a later four words", PASSPHRASE))
    assert m.BACKUP_TO_ITS_KEY.split(" opens")[0] in " ".join(said.split())
    assert keyfile.by_passphrase(keys.load(paths.journal()), PASSPHRASE)
    assert keys.read(paths.second_keys()) == keys.read(keys.beside(paths.journal()))
    assert listed()[0].why == "restore"


@needs_encryption
def test_without_anybody_to_ask_it_stays_closed(encrypted: backups.Backup, run: Run) -> None:
    before = paths.journal().read_bytes()
    assert run("backup", "restore", "--yes").code == ExitCode.LOCKED
    assert run("backup").code == ExitCode.LOCKED
    assert paths.journal().read_bytes() == before


@needs_encryption
def test_a_locked_journal_is_not_set_aside_for_a_plain_backup_unseen(
    encrypted: backups.Backup, run: Run, tmp_path: Path
) -> None:
    with closing(create(tmp_path / "plain" / "journal.db")):
        before = paths.journal().read_bytes()
        assert run("backup", "restore", str(tmp_path / "plain" / "journal.db"), "--yes").code == ExitCode.LOCKED
    assert paths.journal().read_bytes() == before


@needs_encryption
def test_a_plain_backup_makes_the_journal_plain_and_says_so(encrypted: backups.Backup, tmp_path: Path) -> None:
    plain = tmp_path / "plain" / "journal.db"
    create(plain).close()
    said = restored_at_terminal(str(plain), passphrases=(PASSPHRASE,))
    assert m.BACKUP_TO_PLAIN in " ".join(said.split())
    assert not keys.encrypted(paths.journal())
    assert not keys.beside(paths.journal()).exists()
    assert [(backup.why, backup.encrypted) for backup in listed()] == [("restore", True), ("asked", True)]
    assert backups.keys_of(listed()[0].path).exists()


def test_a_backup_of_an_older_form_is_brought_up_to_date(begun: str, run: Run, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    with closing(connect(str(older))) as database:
        database.executescript((Path(__file__).parents[1] / "schemas" / "v1.sql").read_text(encoding="utf-8"))
    assert run("backup", "restore", str(older), "--yes").code == ExitCode.OK
    assert "kw2m" in run("list").out
    assert whys() == ["form", "restore", "day"]


@needs_encryption
def test_the_doctor_looks_over_a_locked_journal_from_outside(encrypted: backups.Backup, run: Run) -> None:
    done = run("doctor")
    assert done.code == ExitCode.OK
    assert m.DOCTOR_LOCKED in done.out
    assert m.DOCTOR_KEYS in done.out


# --- the doctor --------------------------------------------------------------------------


def test_the_doctor_says_that_all_is_well(begun: str, run: Run) -> None:
    done = run("doctor")
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert all(line.startswith(m.DOCTOR_STATES["well"]) for line in done.out.splitlines())
    assert json.loads(run("doctor", "--json").out)["kind"] == "checkup"


def test_the_doctor_names_damage_with_a_code_of_its_own(begun: str, run: Run) -> None:
    paths.journal().write_bytes(b"SQLite format 3\0" + bytes(4080))
    done = run("doctor")
    assert done.code == ExitCode.DAMAGED
    assert m.DOCTOR_RESTORE in done.out
    assert "last backup was made" in done.out


def test_the_doctor_mends_when_it_is_told_to(begun: str, run: Run) -> None:
    paths.home().chmod(0o755)
    said = run("doctor")
    assert m.DOCTOR_MEND in said.err
    assert paths.home().stat().st_mode & 0o777 == 0o755
    assert m.DOCTOR_STATES["mended"] in run("doctor", "--mend").out
    assert paths.home().stat().st_mode & 0o777 == 0o700


def test_without_a_journal_there_is_nothing_to_look_over(run: Run) -> None:
    assert run("doctor").code == ExitCode.NOT_FOUND


def test_on_a_screen_the_doctor_is_two_columns(begun: str) -> None:
    with Terminal("doctor") as terminal:
        assert terminal.end() == ExitCode.OK
        assert m.DOCTOR_CLOCK in " ".join(terminal.text.split())


# --- purged words ------------------------------------------------------------------------

SECRET = "The quince marmalade stood on the windowsill until somebody asked about it."


def still_there(words: str) -> list[str]:
    """The files of the home in which any eight letters in a row of the words stand, in any case."""
    runs = {words[at : at + 8].lower().encode() for at in range(len(words) - 7)}
    found = []
    for path in paths.home().rglob("*"):
        raw = path.read_bytes().lower() if path.is_file() else b""
        if any(run in raw for run in runs):
            found.append(path.name)
    return found


def test_purged_words_are_in_no_byte_of_the_home_once_the_backups_are_renewed(run: Run) -> None:
    run("begin", "--role", "mother", "--name", "Daniel")
    for number in range(30):
        run("note", given=f"Tea in the kitchen, number {number}, and the radio on low. " * 3)
    run("note", given=SECRET)
    ref = run("list", "-n", "1").out[:4]
    run("edit", f"{ref}.1", given=f"{SECRET} And again: {SECRET}")
    run("backup")
    run("delete", ref)
    assert len(still_there(SECRET)) == 2
    purged = run("purge", "--yes")
    assert still_there(SECRET) == [listed()[0].name]
    assert listed()[0].name in purged.err
    assert listed()[1].name not in purged.err
    assert m.PURGED_RENEW in purged.err
    assert run("backup", "renew", "--yes").code == ExitCode.OK
    assert still_there(SECRET) == []
    assert run("doctor").code == ExitCode.OK


def test_a_window_that_reads_is_told_of(begun: str, run: Run) -> None:
    run("note", given=SECRET)
    run("delete", run("list", "-n", "1").out[:4])
    with closing(open_store(paths.journal())) as other:
        reading(other)
        assert m.PURGED_LOG in run("purge", "--yes").err
        other.connection.execute("COMMIT")
    assert still_there(SECRET) == []


def test_a_journal_that_was_set_aside_is_named(begun: str, run: Run) -> None:
    aside = paths.home() / "journal-damaged-20261120-211400.db"
    aside.write_text(SECRET)
    run("delete", begun)
    said = run("purge", "--yes").err
    assert str(aside) in said
    assert m.PURGED_ASIDE in said


def test_the_trash_says_until_when_it_keeps(begun: str, run: Run) -> None:
    assert " until " in run("delete", begun).out
    assert "purged on" in run("restore").out
    paths.config().write_text("trash-days = 0")
    assert "purged on" not in run("restore").out
    run("restore", begun)
    assert " until " not in run("delete", begun).out


def test_what_was_purged_by_itself_is_said(begun: str, run: Run) -> None:
    run("delete", begun)
    with closing(connect(str(paths.journal()))) as connection:
        connection.execute("UPDATE session SET trashed_at = '2020-01-01T21:00:00+00:00'")
    shutil.rmtree(paths.backups())
    said = run("note", given="another").err
    assert said == m.TRASH_EMPTIED.format(n="1 thing") + "\n"
    assert (run("restore").out, whys()) == ("", ["day"])


# --- one entry out of a backup ------------------------------------------------------------


def test_an_entry_that_was_purged_comes_back_out_of_a_backup(begun: str, run: Run) -> None:
    run("edit", f"{begun}.1", given="one line, changed")
    run("backup")
    name = listed()[0].name
    assert run("note", given="a later line").code == ExitCode.OK
    run("delete", begun)
    run("purge", begun, "--yes")
    assert texts(run) == ["a later line"]
    assert m.DONE_BROUGHT_BACK.format(ref=begun) in run("restore", begun, "--from", name).out
    assert sorted(texts(run)) == ["a later line", "one line, changed"]
    assert run("history", begun).out.count("one line") == 2
    assert "one line" in run("search", "changed").out
    assert m.DONE_THERE_ALREADY.format(ref=begun) in run("restore", begun, "--from", name).out
    assert len(texts(run)) == 2


def test_one_answer_comes_back_beside_those_that_stayed(begun: str, run: Run) -> None:
    sitting = "4\n5\n4\n4\nThe first.\n.\nThe second.\n.\n/enough\n"
    assert run("reflect", "--plain", given=sitting).code == ExitCode.OK
    ref = run("list", "-n", "1").out[:4]
    before = json.loads(run("show", ref, "--json").out)["session"]["answers"]
    run("backup")
    run("delete", f"{ref}.1")
    run("purge", f"{ref}.1", "--yes")
    assert run("restore", f"{ref}.1", "--from", listed()[0].name).code == ExitCode.OK
    after = json.loads(run("show", ref, "--json").out)["session"]["answers"]
    assert sorted(answer["text"] for answer in after) == sorted(answer["text"] for answer in before)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("restore --from NAME", ExitCode.USAGE),
        ("restore REF --revision 1 --from NAME", ExitCode.USAGE),
        ("restore REF --from nothing", ExitCode.NOT_FOUND),
        ("restore zzzz --from NAME", ExitCode.NOT_FOUND),
        ("restore REF.9 --from NAME", ExitCode.NOT_FOUND),
    ],
)
def test_what_is_not_in_a_backup_changes_nothing(begun: str, run: Run, line: str, code: ExitCode) -> None:
    run("backup")
    words = line.replace("REF", begun).replace("NAME", listed()[0].name).split()
    ran = run(*words)
    assert (ran.code, ran.out) == (code, "")
    assert texts(run) == ["one line"]
    assert not list(paths.home().glob(".new-*"))
