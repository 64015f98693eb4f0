"""README, CONTRIBUTING and CHANGELOG say what is so."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import mother_bond
from mother_bond import bundled, config, paths
from mother_bond.cli import COMMANDS
from mother_bond.domain.bond import Bond, Contact, Role, They
from mother_bond.domain.prompt import CAUSES
from mother_bond.errors import ExitCode
from mother_bond.library import pack, render
from mother_bond.storage import bonds
from mother_bond.storage.store import create
from mother_bond.terminal import envelope, output
from tests.desks import marked_before
from tests.programs import Terminal, command_tree, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mother_bond.bundled import Library
    from tests.conftest import Ran

    Run = Callable[..., Ran]

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "mother_bond").rglob("*.py"))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a document."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    """A chapter of a document, without its heading."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def table(text: str) -> list[list[str]]:
    """The rows of the only table in a chapter, without its head."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return rows[2:]


def ticked(text: str) -> list[str]:
    """What stands between backticks, outside the fenced blocks."""
    return re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))


def folded(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


# --- README: how to begin ----------------------------------------------------------------

SET_UP, TEST = (block.strip() for block in blocks(README, "sh"))


def test_the_first_two_lines_are_one_line_each_and_stand_at_the_top() -> None:
    assert "\n" not in SET_UP + TEST
    assert README.index(SET_UP) < README.index(TEST) < README.index("\n## ")


def test_the_first_line_sets_up_and_starts() -> None:
    make, install, start = SET_UP.split(" && ")
    assert shlex.split(make) == ["python3", "-m", "venv", "--without-pip", ".venv"]
    assert shlex.split(install)[:5] == ["python3", "-m", "pip", "--python", ".venv/bin/python"]
    assert shlex.split(install)[5:] == ["install", "-q", "."]
    assert start == ".venv/bin/mother-bond"
    assert "mother-bond" in PROJECT["project"]["scripts"]


def test_the_second_line_sets_up_and_tests() -> None:
    make, install, start = TEST.split(" && ")
    assert make == SET_UP.split(" && ")[0]
    assert shlex.split(install)[-4:] == ["install", "-q", "-e", ".[test]"]
    assert start == ".venv/bin/python -m pytest"
    assert "test" in PROJECT["project"]["optional-dependencies"]


def test_ci_runs_the_test_line_as_it_stands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (grep,) = re.findall(r"line=\$\((.+)\)", script)
    found = subprocess.run(["bash", "-c", grep], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    assert found == TEST + "\n"
    assert 'bash -c "$line"' in script


def test_ci_checks_what_contributing_says_it_checks() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for check in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "pip wheel",
        "walk_installed.py",
        "-m slow",
    ):
        assert check in script
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0
    assert subprocess.run(["bash", "-nc", f"{SET_UP}\n{TEST}"], check=False).returncode == 0


def test_the_oldest_python_is_the_same_everywhere() -> None:
    (oldest,) = set(re.findall(r"Python (3\.\d+) or newer", README))
    assert PROJECT["project"]["requires-python"] == f">={oldest}"
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"


def test_both_names_of_the_program_are_there() -> None:
    assert set(PROJECT["project"]["scripts"]) == {"mother-bond", "bond"}
    assert "(or `bond`)" in README


# --- README: an evening ------------------------------------------------------------------

EVENING = section(README, "An evening")
SESSION = blocks(EVENING, "text")[0]
SATURDAY = """
import datetime
from mother_bond import clock
clock.now = lambda: datetime.datetime.fromisoformat("2026-11-21T00:30:00+00:00")
"""
WEEKLY = {"wished": 4, "warmth": 4, "strain": 4, "kind": 4, "contact": 2, "after": 4}


def answered() -> list[str]:
    """What the writer says in README's session."""
    return re.findall(r"^  › (.+)$", SESSION, re.MULTILINE)


def said() -> Iterator[str]:
    """What the program says in README's session, in runs between what the writer says and what is left out."""
    run: list[str] = []
    for line in [*SESSION.splitlines(), "[...]"]:
        if re.match(r"\$|  ›|  \[\.\.\.\]|\[\.\.\.\]|  Saved for", line):
            yield folded(" ".join(run))
            run = []
        else:
            run.append(line)


@pytest.fixture
def three_days_of_owing(home: Path) -> None:
    """A journal with a bond, in which owing was marked five on three days of one week."""
    daniel = Bond("01HZZZZZZZZZZZZZZZZZZZZZZZ", Role.MOTHER, "Daniel", "my son", They.HE, Contact.LITTLE)
    with closing(create(paths.journal())) as store:
        bonds.put(store, daniel)
        bonds.set_setting(store, "bond", daniel.id)
        for day in (15, 17, 19):
            marked_before(store, daniel, date(2026, 11, day), owed=5, nearness=4, room=4, mood=4, **WEEKLY)


def test_readmes_session_is_what_the_program_says(three_days_of_owing: None) -> None:
    near, owed, given, kindness, smaller, friend, close, end = answered()
    with Terminal(first=SATURDAY) as terminal:
        for mark, ends in ((near, "very near"), (owed, "very much"), ("4", "fully free"), ("4", "very good")):
            terminal.expect(ends)
            terminal.send(mark + "\r")
        for text in (given, kindness, "The neighbour, who waters the pots."):
            terminal.answer(text)
        for choice in (smaller, "1"):
            terminal.expect("another one")
            terminal.send(choice + "\r")
        for text in (friend, close):
            terminal.answer(text)
        terminal.expect("very good")
        terminal.send(end + "\r")
        assert terminal.end() == ExitCode.OK
        at, shown = 0, folded(terminal.text)
    for run in said():
        assert run in shown[at:]
        at = shown.index(run, at) + len(run)
    assert "Saved for Sat 21 Nov 2026 · 5 answers" in shown
    assert "Saved for Sat 21 Nov 2026 · 5 answers" in SESSION


def test_readmes_session_is_long_enough_to_be_a_proof() -> None:
    assert len(answered()) == 8
    assert sum(len(run.split()) for run in said()) > 200


# --- README: what is promised ------------------------------------------------------------


def test_what_can_be_said_instead_of_an_answer_is_what_the_plain_desk_knows() -> None:
    from mother_bond.terminal.plain import _COMMANDS

    assert set(re.findall(r"`(/\w+)`", README)) == set(_COMMANDS)


def test_the_shape_of_json_is_the_one_readme_shows(run: Run) -> None:
    assert f'{{"version": {envelope.VERSION}, "kind": …}}' in README
    assert list(json.loads(run("causes", "--json").out))[:2] == ["version", "kind"]


def test_privacy_has_five_lines_and_they_hold(run: Run) -> None:
    privacy = section(README, "Privacy, in five lines")
    assert len(re.findall(r"^\d\. ", privacy, re.MULTILINE)) == 5
    run("begin", "--role", "mother", "--name", "Daniel")
    (journal,) = re.findall(r"one file, `([^`]+)`", privacy)
    assert (paths.home() / journal).stat().st_mode & 0o077 == 0
    assert paths.home().stat().st_mode & 0o077 == 0
    assert b"Daniel" in (paths.home() / journal).read_bytes(), "it is said not to be encrypted"


@pytest.mark.parametrize("role", Role)
def test_the_demo_is_a_year_as_readme_says(
    run: Run, role: Role, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert f"`demo {role}`" in README
    (folder,) = re.findall(r"^export MOTHER_BOND_HOME=(.+)$", run("demo", role).out, re.MULTILINE)
    monkeypatch.setenv(paths.HOME_VARIABLE, folder)
    days = [line.split()[1] for line in run("list", "-n", "0").out.splitlines()]
    assert 300 < (date.fromisoformat(days[0]) - date.fromisoformat(days[-1])).days < 400


# --- README: the tables ------------------------------------------------------------------


def test_the_table_of_commands_names_every_command_and_no_other() -> None:
    named = {name for row in table(section(README, "Every command")) for name in ticked(row[0])}
    assert named == set(COMMANDS) | {"mother-bond"}


def test_the_sub_commands_in_the_table_can_be_typed(run: Run) -> None:
    for row in table(section(README, "Every command")):
        (first, *_), told = ticked(row[0]), ticked(row[1])
        subs = [word.split()[1] for word in told if re.fullmatch(rf"{first} [a-z-]+( FILE)?", word)]
        subs += [word for word in told if subs and re.fullmatch("[a-z-]+", word)]
        for sub in subs if first in {"bonds", "steps", "prompts", "backup"} else ():
            assert run(first, sub, "--help").code == ExitCode.OK


def test_every_option_readme_names_is_one_there_is() -> None:
    known = {opt for command in command_tree().values() for param in command.params for opt in param.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README.replace(SET_UP, "").replace(TEST, "")))
    assert named <= known | {"--help"}


def test_readmes_example_of_a_sitting_works(run: Run) -> None:
    (line,) = re.findall(r"`(reflect \w+ [^`]+)`", README)
    run("begin", "--role", "mother", "--name", "Daniel")
    assert run(*line.split(), "--plain", given="/enough\n").code == ExitCode.OK


def test_the_table_of_settings_is_the_settings() -> None:
    rows = {ticked(key)[0]: meaning.replace("`", "") for key, meaning in table(section(README, "Settings"))}
    assert rows == config.KEYS
    assert tuple(key.replace("-", "_") for key in rows) == config.Config._fields


def test_the_environment_variables_are_those_of_the_code() -> None:
    named = {word.partition("=")[0] for word in ticked(README)} & set(re.findall(r"\bMOTHER_BOND_[A-Z]+\b", README))
    assert named == {paths.HOME_VARIABLE, output.PLAIN_VARIABLE}
    assert named == set(re.findall(r"\bMOTHER_BOND_[A-Z]+\b", SOURCES))


def test_the_table_of_exit_codes_is_the_enum() -> None:
    rows = table(section(README, "Exit codes"))
    assert [int(number) for number, _ in rows] == list(ExitCode)
    assert len({meaning for _, meaning in rows}) == len(ExitCode)


def test_the_exit_codes_are_never_renumbered() -> None:
    assert [code.value for code in ExitCode] == [*range(14), 130]


def test_the_folder_of_own_packs_is_the_one_readme_names(run: Run) -> None:
    assert "A folder `prompts/` beside it" in README
    assert paths.own_prompts() == paths.config().parent / "prompts"
    assert f"`{paths.config().name}` may hold" in README


def test_the_number_of_the_way_ins_sentences(library: Library) -> None:
    assert len(CAUSES) == 11
    assert "eleven sentences" in README


# --- CONTRIBUTING ------------------------------------------------------------------------

HOUSE = blocks(CONTRIBUTING, "text")[0]


def rooms(indent: str) -> list[str]:
    """What the drawing of the house names at one depth."""
    names = [line.partition("  ")[0] for line in HOUSE.splitlines() if line and not line.startswith(" ")]
    inside = [line.strip().partition("  ")[0] for line in HOUSE.splitlines() if line.startswith("  ")]
    return names if not indent else [name for names in inside for name in names.split()]


def test_every_room_of_the_house_exists() -> None:
    assert all((ROOT / room).is_dir() for room in rooms(""))
    assert all((ROOT / "mother_bond" / room).exists() for room in rooms("  "))


def test_no_room_of_the_house_is_left_out() -> None:
    inside = {path.name + "/" * path.is_dir() for path in (ROOT / "mother_bond").iterdir()}
    assert inside - {"__init__.py", "py.typed", "__pycache__/"} == set(rooms("  "))
    assert set(rooms("")) == {"prompts/", "data/", "mother_bond/", "tests/"}


def test_the_folders_of_the_tests_that_are_named_are_there() -> None:
    (line,) = [line for line in HOUSE.splitlines() if line.startswith("tests/")]
    assert all((ROOT / "tests" / name).is_dir() for name in re.findall(r"(\w+)/", line)[1:] if name != "mother_bond")
    packages = {path.parent.name for path in (ROOT / "mother_bond").glob("*/__init__.py")}
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} - {"golden", "schemas", "bench"} <= (
        packages | {"__pycache__"}
    )


def test_the_layers_are_those_that_are_checked() -> None:
    (layers,) = [c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if c["id"] == "layers"]
    told = folded(CONTRIBUTING.partition("Imports point down only: ")[2].partition(". `lint-imports`")[0])
    assert told.replace("`", "").split(" → ") == layers[1:]


def test_every_file_contributing_names_is_there() -> None:
    named = {
        word for word in ticked(CONTRIBUTING) if re.fullmatch(r"[\w./-]+\.(py|toml)|(tests|prompts|data)/[\w/]*", word)
    }
    assert len(named) > 15
    for name in named:
        assert any((ROOT / where / name).exists() for where in ("", "mother_bond", "mother_bond/storage", "data")), name


def test_everything_dotted_that_contributing_names_is_there() -> None:
    import importlib

    for module, name in re.findall(r"`(\w+/\w+)\.([a-zA-Z_]+)`", CONTRIBUTING):
        if name not in {"py", "toml", "md"}:
            assert hasattr(importlib.import_module(f"mother_bond.{module.replace('/', '.')}"), name), (module, name)


def normal(name: str) -> str:
    """A distribution's name as it is compared."""
    return re.split(r"[<>=!~;\[ ]", name)[0].lower().replace("_", "-")


def test_the_table_of_what_we_stand_on_names_every_dependency() -> None:
    named = {
        normal(word) for row in table(section(CONTRIBUTING, "What we stand on, and why")) for word in ticked(row[1])
    }
    project = PROJECT["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["test"]
    assert named == {normal(requirement) for requirement in asked}


def test_every_dependency_has_a_reason() -> None:
    rows = table(section(CONTRIBUTING, "What we stand on, and why"))
    needed = {normal(requirement) for requirement in PROJECT["project"]["dependencies"]}
    for row in rows:
        if needed & {normal(word) for word in ticked(row[1])}:
            assert len(row[2].split()) > 3


def test_the_example_of_a_pack_has_every_key_and_no_other() -> None:
    example = tomllib.loads(blocks(CONTRIBUTING, "toml")[0])
    assert set(example) == pack._PACK_KEYS
    (prompt,) = example["prompt"]
    assert set(prompt) == pack._PROMPT_KEYS


def test_the_example_of_a_pack_is_a_pack() -> None:
    found, findings = pack.read_pack(tomllib.loads(blocks(CONTRIBUTING, "toml")[0]), bundled.sources())
    assert [finding for finding in findings if not finding.key.endswith("pair")] == []
    assert found is None or found.cause == "emotional-debt"


def test_the_placeholders_are_those_a_question_may_hold() -> None:
    told = CONTRIBUTING.partition("Placeholders: ")[2].partition("Nothing assumes")[0]
    named = {word.strip("{}") for word in ticked(told) if "|" not in word}
    assert named | {word.capitalize() for word in named - {"name", "call"}} == render.KNOWN
    assert render.unknown_placeholders("{is|are}") == []


# --- CHANGELOG, and the top of the repository --------------------------------------------


def test_the_changelogs_newest_version_is_this_one() -> None:
    headings = re.findall(r"^## (\S+)", CHANGELOG, re.MULTILINE)
    assert headings[0] == mother_bond.__version__
    assert all(newer != older for newer, older in pairwise(headings))


def test_the_changelog_counts_right(library: Library) -> None:
    packs = list(library.packs())
    assert len(packs) == 13
    assert f"Thirteen themes, {sum(len(pack.prompts) for pack in packs)} questions." in CHANGELOG


def test_the_top_level_is_what_it_is_meant_to_be() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    top = {name.partition("/")[0] for name in listed.stdout.decode().split("\0") if name}
    files = {"pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"}
    folders = {"mother_bond", "prompts", "data", "tests", ".ci"}
    assert {name for name in top if not name.startswith(".") or name == ".ci"} == files | folders
    assert all((ROOT / name).is_file() for name in top - folders)


def test_no_document_speaks_of_a_place_outside_the_repository() -> None:
    for text in (README, CONTRIBUTING, CHANGELOG):
        assert not re.search(r"\.\./|/work/|/tmp/|/home/", text)


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for text in (README, CONTRIBUTING, CHANGELOG):
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists()


@pytest.mark.slow
def test_the_walk_of_the_installed_program_ends_well(home: Path, tmp_path: Path) -> None:
    installed = Path(sys.executable).with_name("mother-bond")
    walk = [sys.executable, str(ROOT / "tests" / "walk_installed.py"), str(installed)]
    ran = subprocess.run(walk, capture_output=True, env=surroundings({"TMPDIR": str(tmp_path)}), check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert home.exists()
