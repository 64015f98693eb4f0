"""What ships is found wherever the program lies, and own packs are added, put in its place, or refused by name."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mother_bond
from mother_bond import bundled
from mother_bond import messages as m
from mother_bond.actions import library as act
from mother_bond.bundled import LARGEST_PACK, Library, read_pack_file, sources
from mother_bond.domain.bond import Bond, Role, They
from mother_bond.domain.prompt import SLUGS
from mother_bond.errors import BadFileError, ExitCode, NotFoundError
from mother_bond.library.pack import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Library(Path("no such folder"))


def as_toml(slug: str, name: str = "One of my own") -> str:
    """A whole pack of one's own: a shipped one with every id under another cause."""
    text = (bundled._ROOT / "prompts" / "outside-stress.toml").read_text("utf-8")
    return text.replace("outside-stress", slug).replace('name = "', f'name = "{name}, once ', 1)


def put(home: Path, file: str, text: str | bytes) -> Path:
    path = home / "prompts" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- what ships --------------------------------------------------------------------------------


def test_the_packs_that_ship_come_in_the_order_of_the_causes(library: Library) -> None:
    assert library.slugs == SLUGS
    assert [pack.cause for pack in library.packs()] == list(SLUGS)


def test_every_idea_of_the_articles_and_every_paper_is_a_source() -> None:
    known = sources()
    assert {"S0.01", "S0.28", "S2.13", "S4.88", "E1", "E24", "E63"} <= known
    assert not {"S0.00", "S0.29", "S5.01", "E0", "memory"} & known
    assert len(known) == 28 + 16 + 29 + 43 + 88 + 62


def test_a_question_is_found_by_its_id(library: Library) -> None:
    for pack in library.packs():
        assert all(library.prompt(prompt.id) == prompt for prompt in pack.prompts)
    assert library.prompt("emotional-debt.mother.notice.99") is None
    assert library.prompt("no-such-theme.mother.notice.01") is None
    assert library.prompt("") is None


def test_a_theme_there_is_no_pack_for_is_not_found(library: Library) -> None:
    with pytest.raises(NotFoundError) as caught:
        library.pack("../data/sources")
    assert (caught.value.message, caught.value.hint) == (m.CAUSE_NONE, m.CAUSE_NONE_HINT)


@pytest.mark.parametrize("inside", ["mother_bond/shipped", "."])
def test_the_packs_are_found_in_a_wheel_and_in_a_checkout(tmp_path: Path, inside: str) -> None:
    package = Path(mother_bond.__file__).parent
    shutil.copytree(package, tmp_path / "mother_bond", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("prompts", "data"):
        shutil.copytree(bundled._ROOT / folder, tmp_path / inside / folder)
    code = (
        "import pathlib, mother_bond.bundled as b; print(b.__file__, len(list(b.Library(pathlib.Path('x')).packs())))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [str(tmp_path / "mother_bond" / "bundled.py"), "13"]


# --- a file that is handed in ------------------------------------------------------------------


def test_a_file_that_is_not_toml_names_its_line(tmp_path: Path) -> None:
    path = put(tmp_path, "own.toml", 'format = 1\ncause = "own"\nname = oops\n')
    pack, found = read_pack_file(path)
    assert pack is None
    assert [finding.key for finding in found] == [""]
    assert "line 3" in found[0].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"name = '\xff'", m.TOML_NOT_UTF8.format(byte=8)),
        (b"#" * (LARGEST_PACK + 1), m.TOML_TOO_LARGE.format(most=256)),
    ],
)
def test_a_file_that_no_pack_can_be_is_a_finding(tmp_path: Path, text: bytes, reason: str) -> None:
    assert read_pack_file(put(tmp_path, "own.toml", text)) == (None, [Finding("", reason)])


@pytest.mark.parametrize("text", ["format = " + "1" * 5000, "format = " + "[" * 5000])
def test_numbers_and_lists_beyond_measure_are_a_finding(tmp_path: Path, text: str) -> None:
    pack, found = read_pack_file(put(tmp_path, "own.toml", text))
    assert pack is None
    assert [finding.key for finding in found] == [""]


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(BadFileError) as caught:
        read_pack_file(tmp_path / "none.toml")
    assert caught.value.message == m.FILE_UNREADABLE.format(file=tmp_path / "none.toml")


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: f"format = 1\n{text}".encode(errors="replace")))
def test_whatever_a_file_holds_it_is_findings(tmp_path: Path, text: bytes) -> None:
    pack, found = read_pack_file(put(tmp_path, "own.toml", text))
    assert pack is None
    assert found


# --- packs of one's own ------------------------------------------------------------------------


def test_an_own_pack_is_added_after_those_that_ship(home: Path) -> None:
    put(home, "my-grief.toml", as_toml("my-grief"))
    library = Library(home / "prompts")
    assert library.slugs == (*SLUGS, "my-grief")
    assert library.pack("my-grief").name.startswith("One of my own")
    assert library.prompt("my-grief.child.tend.01") is not None


def test_an_own_pack_takes_the_place_of_one_that_ships(home: Path) -> None:
    put(home, "individuation.toml", as_toml("individuation"))
    library = Library(home / "prompts")
    assert library.slugs == SLUGS
    assert library.pack("individuation").name.startswith("One of my own")
    assert library.pack("safest-place") == SHIPPED.pack("safest-place")


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        (as_toml("my-grief").replace('kind = "cause"', 'kind = "grief"'), "kind", "must be one of"),
        ("format = 1\nname =\n", "", "line 2"),
    ],
)
def test_a_broken_own_pack_is_refused_by_name_with_what_to_do(home: Path, text: str, key: str, reason: str) -> None:
    path = put(home, "my-grief.toml", text)
    with pytest.raises(BadFileError) as caught:
        Library(home / "prompts").pack("my-grief")
    assert caught.value.message.startswith(f"The question pack my-grief.toml cannot be used: {key}")
    assert reason in caught.value.message
    assert f"prompts check {path}" in caught.value.hint


def test_a_broken_own_pack_leaves_the_others_alone(home: Path) -> None:
    put(home, "my-grief.toml", "oops")
    assert Library(home / "prompts").pack("individuation") == SHIPPED.pack("individuation")


@pytest.mark.parametrize("file", ["Grief (mine).toml", "grief-2.toml", "individuation.toml"])
def test_a_pack_under_another_name_is_refused_or_can_be_walked(home: Path, file: str) -> None:
    put(home, file, as_toml("my-grief"))
    library = Library(home / "prompts")
    packs = []
    for slug in library.slugs:
        with contextlib.suppress(BadFileError):
            packs.append(library.pack(slug))
    assert {pack.cause for pack in packs} <= set(library.slugs)
    assert {pack.cause for pack in packs} >= set(SLUGS) - {Path(file).stem}
    assert all(library.prompt(prompt.id) for pack in packs for prompt in pack.prompts)


# --- the same from the command line ------------------------------------------------------------


def test_a_good_pack_has_nothing_to_mend(tmp_path: Path, run: Callable[..., Any]) -> None:
    path = put(tmp_path, "my-grief.toml", as_toml("outside-stress"))
    ran = run("prompts", "check", str(path))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == m.CHECK_FINE.format(file=path, n=len(SHIPPED.pack("outside-stress").prompts)) + "\n"


def test_checking_a_pack_that_is_not_toml_names_the_line_and_exits_with_8(
    tmp_path: Path, run: Callable[..., Any]
) -> None:
    path = put(tmp_path, "own.toml", 'format = 1\n\n[[prompt]\nid = "x"\n')
    ran = run("prompts", "check", str(path))
    assert ran.code == ExitCode.BAD_FILE
    assert int(ran.code) == 8
    assert ran.out.startswith(f"{path}: the file is not TOML: ")
    assert "line 3" in ran.out


def test_checking_names_each_fault_of_form_by_key(tmp_path: Path, run: Callable[..., Any]) -> None:
    text = re.sub(r'help = ".*"', 'help = ""', as_toml("outside-stress").replace("format = 1", "format = 9"), count=1)
    path = put(tmp_path, "own.toml", text)
    ran = run("prompts", "check", str(path))
    assert ran.code == ExitCode.BAD_FILE
    assert ran.out.splitlines() == [
        f"{path}: format: {m.PACK_FORMAT.format(known=1)} [form]",
        f"{path}: prompt 1 (outside-stress.mother.notice.01), help: {m.PACK_TEXT} [form]",
    ]


def test_checking_names_faults_of_wording_once_the_form_holds(tmp_path: Path, run: Callable[..., Any]) -> None:
    path = put(tmp_path, "own.toml", as_toml("outside-stress", "A toxic one"))
    ran = run("prompts", "check", str(path))
    assert ran.code == ExitCode.BAD_FILE
    assert ran.out == f"{path}: name: {m.EDIT['label'].format(what='toxic')} [label]\n"


def test_checking_as_json_holds_the_same(tmp_path: Path, run: Callable[..., Any]) -> None:
    path = put(tmp_path, "own.toml", as_toml("outside-stress", "A toxic one"))
    ran = run("prompts", "check", str(path), "--json")
    said = json.loads(ran.out)
    assert ran.code == ExitCode.BAD_FILE
    assert said["kind"] == "checked-file"
    assert said["findings"] == [{"key": "name", "reason": m.EDIT["label"].format(what="toxic"), "rule": "label"}]


def test_checking_shows_escape_sequences_of_a_pack_harmlessly(tmp_path: Path, run: Callable[..., Any]) -> None:
    path = put(tmp_path, "own.toml", as_toml("my-grief") + '"\\u001b[31m\\u202e" = 1\nsources = ["\\u009b31m"]\n')
    ran = run("prompts", "check", str(path))
    assert ran.code == ExitCode.BAD_FILE
    assert not set("\x1b\x9b\u202e") & set(ran.out + ran.err)


def test_checking_a_file_that_is_not_there_says_so(tmp_path: Path, run: Callable[..., Any]) -> None:
    ran = run("prompts", "check", str(tmp_path / "none.toml"))
    assert (ran.code, ran.out) == (ExitCode.BAD_FILE, "")
    assert "none.toml cannot be read" in ran.err


def test_own_packs_are_listed_read_and_asked_from(home: Path, run: Callable[..., Any]) -> None:
    put(home, "my-grief.toml", as_toml("my-grief"))
    put(home, "individuation.toml", as_toml("individuation", "Mine instead"))
    listed = run("causes").out.splitlines()
    assert len(listed) == 14
    assert any(line.startswith("my-grief  One of my own") for line in listed)
    assert any(line.startswith("individuation  Mine instead") for line in listed)
    assert run("causes", "my-grief").code == 0
    assert "my-grief.mother.notice.01" in run("prompts", "--cause", "my-grief").out
    assert run("begin", "--role", "mother", "--name", "Daniel", "--call", "my son").code == 0
    assert run("reflect", "my-grief", "--plain", "--minutes", "5", given="\n" * 4 + "words\n.\n").code == 0
    kept = json.loads(run("show", run("list").out.split()[0], "--json").out)["session"]
    assert (kept["cause"], kept["answers"][0]["prompt"]) == ("my-grief", "my-grief.mother.notice.01")


def test_a_theme_no_pack_has_is_not_found_on_the_command_line(run: Callable[..., Any]) -> None:
    ran = run("causes", "nothing")
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    assert m.CAUSE_NONE in ran.err


# --- what the commands hand out ----------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_a_theme_is_read_from_the_readers_own_side_first(library: Library, role: Role) -> None:
    page = act.theme(library, "emotional-debt", role)
    assert [side for side, _ in page.sides] == [role, *(other for other in Role if other is not role)]
    assert dict(page.sides) == library.pack("emotional-debt").about


def test_questions_are_in_words_for_the_bond_and_of_its_role(library: Library) -> None:
    bond = Bond("1", Role.CHILD, "Ana", "Mum", They.SHE)
    mine = act.prompts(library, "safest-place", bond, None).prompts
    assert {prompt.id.split(".")[1] for prompt in mine} == {"child"}
    assert not any("{" in prompt.question + prompt.help for prompt in mine)
    theirs = act.prompts(library, "safest-place", bond, Role.MOTHER).prompts
    assert [p.question for p in theirs] == [p.text for p in library.pack("safest-place").prompts if p.role == "mother"]
    assert len(act.prompts(library, None, None, None).prompts) == sum(len(pack.prompts) for pack in library.packs())


# --- the whole library at once -----------------------------------------------------------------

BESIDE = ("practices.toml", "closings.toml", "feelings.toml", "measures.toml", "paths")
OWN = """
format = 1
cause = "my-grief"
name = "One of my own"
kind = "loop"
sources = ["S2.01"]

[about]
mother = "One side."
child = "The other side."

[[prompt]]
id = "my-grief.child.notice.01"
role = "child"
stage = "notice"
depth = "light"
text = "{text}"
help = "A word will do."
sources = ["S2.01"]
"""
"""The smallest pack that can be read."""


def test_the_whole_library_has_a_line_a_file_and_nothing_to_mend(run: Callable[..., Any]) -> None:
    ran = run("prompts", "check")
    packs = [m.CHECK_FINE.format(file=SHIPPED.file(slug), n=len(SHIPPED.pack(slug).prompts)) for slug in SHIPPED.slugs]
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [*packs, *(m.CHECK_FINE_DATA.format(file=file) for file in BESIDE)]


def test_the_whole_library_as_json(run: Callable[..., Any]) -> None:
    ran = run("prompts", "check", "--json")
    said = json.loads(ran.out)
    assert (ran.code, said["version"], said["kind"]) == (0, 1, "checked-library")
    assert [(Path(file["file"]).name, file["prompts"], file["findings"]) for file in said["files"]] == [
        *((f"{slug}.toml", len(SHIPPED.pack(slug).prompts), []) for slug in SLUGS),
        *((file, 0, []) for file in BESIDE),
    ]


def test_an_own_pack_is_checked_with_the_library_and_so_is_one_in_a_place_of_ours(
    home: Path, run: Callable[..., Any]
) -> None:
    added = put(home, "my-grief.toml", OWN.replace("{text}", "Who taught you to knit?"))
    put(home, "outside-stress.toml", as_toml("outside-stress", "A toxic one"))
    ran = run("prompts", "check")
    mine = [line for line in ran.out.splitlines() if line.startswith(str(home))]
    assert ran.code == ExitCode.BAD_FILE
    assert f"{home / 'prompts' / 'outside-stress.toml'}: name: {m.EDIT['label'].format(what='toxic')} [label]" in mine
    assert f"{added}: child, notice: {m.EDIT['few'].format(count=1, least=3)} [few]" in mine
    assert str(SHIPPED.file("outside-stress")) not in ran.out


@pytest.mark.parametrize("text", [OWN.replace('"loop"', '"grief"'), "format = 1\nname =\n", b"\xff"])
def test_a_broken_own_pack_is_named_when_the_library_is_checked(
    home: Path, run: Callable[..., Any], text: str | bytes
) -> None:
    put(home, "my-grief.toml", text)
    for options in ((), ("--json",)):
        ran = run("prompts", "check", *options)
        assert ran.code == ExitCode.BAD_FILE
        assert "my-grief.toml" in ran.out + ran.err


def test_an_own_question_that_copies_one_of_ours_is_found_from_both_sides(home: Path, run: Callable[..., Any]) -> None:
    copied = SHIPPED.pack("emotional-debt").prompts[0]
    path = put(home, "my-grief.toml", OWN.replace("{text}", copied.text))
    one = json.loads(run("prompts", "check", str(path), "--json").out)["findings"]
    whole = [
        finding for file in json.loads(run("prompts", "check", "--json").out)["files"] for finding in file["findings"]
    ]
    (alone,) = [finding for finding in one if finding["rule"] == "alike"]
    assert alone["key"] == "my-grief.child.notice.01, text"
    assert copied.id in alone["reason"]
    (among,) = [finding for finding in whole if finding["rule"] == "alike"]
    assert all(name in among["key"] + among["reason"] for name in ("my-grief.child.notice.01", copied.id))


def test_the_name_of_a_theme_is_that_of_its_pack_though_the_pack_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "my-grief.toml", as_toml("my-grief"))
    put(tmp_path, "individuation.toml", as_toml("individuation", "Mine"))
    library = Library(tmp_path / "prompts")
    names = {slug: library.name(slug) for slug in library.slugs}
    assert names == {pack.cause: pack.name for pack in library.packs()} == {s: library.name(s) for s in library.slugs}
    with pytest.raises(NotFoundError):
        library.name("no-such-theme")
    put(tmp_path, "broken.toml", "name = 3")
    with pytest.raises(BadFileError):
        Library(tmp_path / "prompts").name("broken")
