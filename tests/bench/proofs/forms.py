"""Journals of every released form, killed while they are brought up to date: the old form or the new, never between."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond.storage.driver import connect
from mother_bond.storage.migrations import VERSION
from tests.bench.proofs.homes import Kind, opened, prepare, unlock
from tests.bench.proofs.journals import unsound
from tests.bench.proofs.table import Job, Row, at_once, none
from tests.made import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMAS = Path(__file__).parents[2] / "schemas"
KILLS, QUICK_KILLS = 50, 3
OPEN = "import sys; from pathlib import Path; from tests.bench.proofs.homes import opened\n"
OPEN += "with opened(Path(sys.argv[1])): pass"


class Form(NamedTuple):
    """All of a journal: its version, what it is made of, and every row."""

    version: int
    shape: tuple[tuple[Any, ...], ...]
    rows: tuple[tuple[str, tuple[Any, ...]], ...]


class Series(NamedTuple):
    """A released form, and how often a journal of it is to be killed."""

    folder: Path
    kind: Kind
    version: int
    kills: int
    seed: int


def released(base: Path, home: Path, version: int) -> None:
    """A home like `base`, with a journal as a program of that time left it."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(base, home)
    key = unlock(home)
    for file in home.glob("journal.db*"):
        file.unlink()
    with closing(connect(str(home / "journal.db"), key)) as database:
        database.executescript((SCHEMAS / f"v{version}.sql").read_text(encoding="utf-8"))
        database.execute("PRAGMA journal_mode = WAL")


def form(home: Path) -> Form:
    """A journal as it lies there, read from a copy, without bringing it up to date."""
    copy = home.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    with closing(connect(str(copy / "journal.db"), unlock(copy))) as database:
        shape = tuple(tuple(row) for row in database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"))
        there = [table for table in TABLES if ("table", table) in {row[:2] for row in shape}]
        rows = [(table, tuple(row)) for table in there for row in database.execute(f"SELECT * FROM {table}")]
        return Form(database.execute("PRAGMA user_version").fetchone()[0], shape, tuple(rows))


def began(home: Path) -> bool:
    """Whether the journal was opened."""
    return any(entry.name == "journal.db-wal" for entry in os.scandir(home))


def writes(home: Path) -> bool:
    """Whether the new form is on its way into the journal's log."""
    with suppress(FileNotFoundError):
        return (home / "journal.db-wal").stat().st_size > 0
    return False


def open_and_kill(home: Path, after: Callable[[Path], bool], wait: float) -> None:
    """Open a journal in a program that is killed so many seconds after something was seen to happen."""
    with subprocess.Popen([sys.executable, "-c", OPEN, str(home)]) as program:
        while not after(home) and program.poll() is None:
            time.sleep(0.0002)
        time.sleep(wait)
        program.kill()


def killed_often(series: Series) -> Counter[str]:
    """How often which form was found, and what was wrong."""
    rng = random.Random(series.seed)
    base, home = series.folder / "base", series.folder / "home"
    prepare(base, series.kind)
    released(base, home, series.version)
    old = form(home)
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", OPEN, str(home)], check=True)
    whole = time.monotonic() - begun
    new = form(home)
    found = Counter({"between": int((old.version, new.version) != (series.version, VERSION))})
    for number in range(series.kills):
        released(base, home, series.version)
        after, most = ((lambda _: True, whole), (began, whole / 2), (writes, 0.02))[number % 3]
        open_and_kill(home, after, rng.uniform(0, most))
        lies = form(home)
        found["old" if lies == old else "new" if lies == new else "between"] += 1
        with opened(home) as store:
            found["unsound"] += bool(unsound(store))
        found["not brought up to date afterwards"] += form(home) != new
    return found


def forms(job: Job) -> Iterator[Row]:
    """Every released form, each in several folders at once."""
    versions = range(1, VERSION + 1)
    each = job.size(KILLS, QUICK_KILLS)
    tasks = [Series(job.work / str(v), job.kind, v, each, job.seed + v) for v in versions]
    for version, found in zip(versions, at_once(killed_often, tasks), strict=True):
        figures = f"{found['old']} old, {found['new']} new"
        yield Row(f"form {version}, killed while brought to {VERSION}", figures, f"{each} in all", kept=True)
        for fault in ("between", "unsound", "not brought up to date afterwards"):
            yield none(f"  {fault}", found[fault])
