"""What each command may import: that, more than anything, is what keeps it quick."""

from __future__ import annotations

import ast
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import cli
from mother_bond.cli import COMMANDS
from tests.programs import READING, RUN_LINES, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Homes, Ran

    Run = Callable[..., Ran]

FOLDER = Path(cli.__file__).parent
SOURCES = sorted(FOLDER.glob("*.py"))
TELL = """
import atexit, sys
before = set(sys.modules)
sys.stderr = sys.__stderr__
atexit.register(lambda: sys.__stderr__.write("\\n" + " ".join(sorted(set(sys.modules) - before))))
"""
"""Python that, when the program ends, says what was imported since."""

OUTSIDE = {"typer", "rich", "prompt_toolkit", "sqlite_utils", "dateparser", "platformdirs", "tomllib", "json"}
NEVER = {"numpy", "pandas", "socket", "ssl", "asyncio", "unittest", "pydantic"}
FRONT = {"__main__", "cli", "cli.quick", "errors", "messages", "paths", "terminal", "terminal.output"} | {
    "wording",
    "wording.visible",
}
LISTS = (
    FRONT
    | {"actions", "actions.lists", "cli.common", "cli.lists", "domain", "domain.line", "storage"}
    | {
        *("storage.driver", "storage.keys", "storage.lines", "storage.migrations", "storage.store", "terminal.views"),
        "cli.unlocking",
        "terminal.views.lines",
    }
)
NOTE = LISTS - {"actions.lists", "cli.lists", "storage.lines", "terminal.views.lines"} | {
    *(
        "actions.bonds",
        "actions.desk",
        "actions.note",
        "actions.saved",
        "actions.saving",
        "cli.app",
        "cli.front",
        "cli.options",
    ),
    *("cli.writing", "clock", "domain.bond", "domain.entry", "exchange", "exchange.jsonl", "storage.bonds"),
    *("storage.look", "storage.sessions", "terminal.reading", "terminal.views.saved", "wording.keepable"),
    *("storage.backups", "storage.swap"),  # whether there is a backup of today
}
QUICK = {
    "--version": FRONT,
    "--help": FRONT | {"cli.front"},
    "nonsense": FRONT | {"cli.front"},
    "list": LISTS,
    "list -n 0 --plain": LISTS,
    "list --since 2026-01-01 --until 2026-11-20": LISTS | {"clock"},
    "search words": LISTS | {"storage.search"},
    "on-this-day": LISTS | {"clock"},
}


@pytest.fixture
def imported(run: Run, home: Path, homes: Homes) -> Callable[..., set[str]]:
    """Run a command on a small journal in a process of its own; the modules it imported."""

    def make() -> None:
        run("begin", "--role", "mother", "--name", "Daniel", "--contact", "in-touch")
        run("note", given="some words")

    homes.lay(home, make, "some words")

    def go(line: str, given: str = "") -> set[str]:
        done = program(*line.split(), given=given, first=TELL)
        assert done.code == (2 if line == "nonsense" else 0), done.err
        return set(done.err.rpartition("\n")[2].split())

    return go


def tops(modules: set[str]) -> set[str]:
    """The packages that modules are in."""
    return {module.partition(".")[0] for module in modules}


def ours(modules: set[str]) -> set[str]:
    """Those of our own, without the name of the package before them."""
    return {module.partition(".")[2] for module in modules if module.startswith("mother_bond.")}


# --- as it runs --------------------------------------------------------------------------


@pytest.mark.parametrize("line", QUICK)
def test_what_is_run_most_imports_hardly_anything(imported: Callable[..., set[str]], line: str) -> None:
    modules = imported(line)
    assert tops(modules).isdisjoint(OUTSIDE | NEVER)
    assert ours(modules) <= QUICK[line]


def test_json_costs_the_json_of_python_and_one_module(imported: Callable[..., set[str]]) -> None:
    modules = imported("list --json")
    assert tops(modules) & OUTSIDE == {"json"}
    assert ours(modules) <= LISTS | {"terminal.envelope"}


def test_a_day_in_words_imports_what_reads_it(imported: Callable[..., set[str]]) -> None:
    assert "dateparser" not in tops(imported("list --since 2026-11-20"))
    assert "dateparser" in tops(imported("list --since yesterday"))


def test_reading_plainly_imports_no_screen_and_no_writing(kept: Callable[[str], list[str]]) -> None:
    lines = [shlex.join(kept(line)) for line in READING if "check" not in line and "patterns" not in line]
    lines += ["export - --format jsonl", "list --json", "completion bash", "note --help"]
    done = program(first=TELL + RUN_LINES, env={"LINES_TO_RUN": "\n".join(lines)})
    modules = set(done.err.rpartition("\n")[2].split())
    assert tops(modules).isdisjoint({"rich", "prompt_toolkit", "sqlite_utils", "dateparser", "platformdirs"} | NEVER)
    assert ours(modules) >= {"actions.library", "terminal.views.days"}


@pytest.mark.parametrize("line", ["patterns", "patterns --around 2026-05-01", "export -"])
def test_what_counts_over_time_imports_numpy_and_none_of_the_larger_ones(
    imported: Callable[..., set[str]], line: str
) -> None:
    modules = tops(imported(line))
    assert "numpy" in modules
    assert modules.isdisjoint({"scipy", "statsmodels", "pandas", "pymannkendall", "matplotlib"})
    assert modules.isdisjoint({"rich", "prompt_toolkit", "sqlite_utils", "dateparser", "platformdirs"})


@pytest.mark.parametrize("line", ["note", "reflect --plain", "check-in --plain", "--plain"])
def test_writing_plainly_imports_no_screen_and_no_migration(imported: Callable[..., set[str]], line: str) -> None:
    modules = imported(line, given="3\n5\n4\n4\nAn answer.\n.\n")
    assert tops(modules).isdisjoint({"rich", "prompt_toolkit", "sqlite_utils", "dateparser", "platformdirs"} | NEVER)


def test_a_note_imports_what_a_note_needs(imported: Callable[..., set[str]]) -> None:
    assert ours(imported("note", given="words")) <= NOTE


def test_the_sitting_alone_starts_without_typer(imported: Callable[..., set[str]]) -> None:
    assert "typer" not in tops(imported("", given="3\n"))
    assert {"typer", "tomllib"}.isdisjoint(tops(imported("")))


def test_numpy_and_pandas_are_left_alone_where_they_are_installed(home: Path, tmp_path: Path) -> None:
    for name in ("numpy", "pandas"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'seen')!r}, 'w')\n")
    env = {"PYTHONPATH": str(tmp_path), "MOTHER_BOND_HOME": str(home / "another")}
    assert program("begin", "--role", "child", "--name", "Mum", env=env).code == 0
    for line in ("list", "steps", "then-and-now", "export - --format jsonl", "patterns --help"):
        assert program(*line.split(), env=env).code == 0
    assert not (tmp_path / "seen").exists()


# --- as it stands ------------------------------------------------------------------------


def at_top(path: Path) -> Iterator[str]:
    """The modules a file imports whatever happens; what is only for the type checker is left out."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            module = node.module or ""
            yield from (f"{module}.{alias.name}" if module == "mother_bond" else module for alias in node.names)


LIGHT = {"os", "typing", "pathlib", "enum", "collections.abc", "functools", "textwrap"}
LIGHT_OURS = {"mother_bond.messages", "mother_bond.errors", "mother_bond.domain.bond", "mother_bond.cli"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_module_of_commands_imports_only_light_ones_at_its_top(path: Path) -> None:
    names = set(at_top(path)) - LIGHT - {"typer", "typer.core"}
    assert {name for name in names if not name.startswith("mother_bond.cli.")} <= LIGHT_OURS


@pytest.mark.parametrize("name", ["__init__", "quick", "front", "lists", "common", "evening"])
def test_what_the_quick_way_goes_through_never_names_typer(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module for module in modules if module.startswith(("typer", "mother_bond.cli.options"))} == set()


def test_only_the_module_of_the_command_that_was_typed_is_imported(imported: Callable[..., set[str]]) -> None:
    families = {f"cli.{module}" for module in COMMANDS.values()}
    assert ours(imported("help-now")) & families == {"cli.around"}
    assert ours(imported("calendar --json")) & families == {"cli.looking"}
