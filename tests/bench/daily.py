"""What the daily commands cost, beside jrnl and beside Python alone, over the same entries in one run."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import NamedTuple

from entries import write_jrnl, write_jsonl

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
JRNL = "jrnl==4.6"
DAY = "2025-11-20"


class Cost(NamedTuple):
    """Medians over the runs of one command."""

    cpu: float
    wall: float
    peak: float


class Case(NamedTuple):
    """One thing to measure: how to run it, and what it may cost as a multiple of `python -c pass`."""

    name: str
    mode: str
    command: list[str]
    goal: float | None = None
    given: str = ""


def environment(folder: Path, *packages: str) -> Path:
    """A clean environment with these packages; the result is its folder of programs."""
    programs = folder / "bin"
    if not (programs / "done").exists():
        venv.create(folder, with_pip=False, clear=True)
        clean = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "-q", *packages]
        subprocess.run(pip, check=True, env=clean)
        (programs / "done").touch()
    return programs


def measure(cases: list[Case], runs: int, env: dict[str, str], work: Path) -> dict[str, Cost]:
    """Medians of every case; the cases take turns, so that a noisy moment falls on all of them."""
    seen: dict[str, list[dict[str, float]]] = {case.name: [] for case in cases}
    for turn in range(runs + 1):
        for case in cases:
            given = work / "given.txt"
            given.write_text(case.given)
            launch = [sys.executable, "-I", "-S", str(HERE / "launch.py"), case.mode, str(given), *case.command]
            done = subprocess.run(launch, check=True, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL)
            if turn:  # the first turn warms the disk up
                seen[case.name].append(json.loads(done.stdout))
    return {
        name: Cost(*(statistics.median(one[k] for one in rows) for k in Cost._fields)) for name, rows in seen.items()
    }


def our_cases(python: str, ours: str, work: Path) -> list[Case]:
    """What we measure of our own program."""
    return [
        Case("python -c pass", "run", [python, "-c", "pass"]),
        Case("python -c 'import sqlite3'", "run", [python, "-c", "import sqlite3"]),
        Case("--version", "run", [ours, "--version"], 6),
        Case("--help", "run", [ours, "--help"], 6),
        Case("a usage error", "run", [ours, "lsit"], 6),
        Case("list -n 5", "run", [ours, "list", "-n", "5"], 6),
        Case("search, 3 hits", "run", [ours, "search", "cinnabar marginalia", "-n", "0"], 6),
        Case("search, 0.5 %", "run", [ours, "search", "lighthouse"], 6),
        Case("on-this-day", "run", [ours, "on-this-day", "--date", DAY], None),
        Case("on-this-day, today", "run", [ours, "on-this-day"], 6),
        Case("list -n 5, a table", "tty", [ours, "list", "-n", "5"], 9),
        Case("note", "run", [ours, "note"], 11, "One more line. It felt like enough."),
        Case("first prompt of a sitting", "ready", [ours], 18),
        Case("export", "run", [ours, "export", str(work / "out.jsonl"), "--force"]),
    ]


def jrnl_cases(jrnl: str, config: Path, work: Path) -> list[Case]:
    """The same of jrnl."""
    base = [jrnl, "--config-file", str(config)]
    return [
        Case("list -n 5", "run", [*base, "-n", "5"]),
        Case("search, 3 hits", "run", [*base, "-contains", "cinnabar marginalia"]),
        Case("search, 0.5 %", "run", [*base, "-contains", "lighthouse"]),
        Case("on-this-day, today", "run", [*base, "-today-in-history"]),
        Case("note", "run", [*base, "One more line. It felt like enough."]),
        Case("export", "run", [*base, "--format", "json", "--file", str(work / "out.json")]),
    ]


def row(name: str, mine: Cost, base: Cost, goal: float | None, theirs: Cost | None, first: Cost | None) -> str:
    """A line of the table."""
    grown = f"{mine.cpu / first.cpu:5.2f}" if first else "     "
    beside = f"{theirs.wall:9.1f} {theirs.wall / mine.wall:7.1f}x {theirs.peak:7.1f}" if theirs else ""
    aim = f"<= {goal:g}x" if goal else ""
    ours = f"{mine.cpu:8.1f} {mine.cpu / base.cpu:6.1f}x {aim:<8}{mine.wall:8.1f} {mine.peak:7.1f}"
    return f"{name:<28}{ours} {grown}  {beside}"


def main() -> None:
    """Measure every size and print a table each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000,100000")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--work", type=Path, default=None)
    parser.add_argument("--without-jrnl", action="store_true")
    chosen = parser.parse_args()
    work = chosen.work or Path(tempfile.mkdtemp(prefix="mother-bond-bench-"))
    work.mkdir(parents=True, exist_ok=True)
    ours = environment(work / "ours", str(ROOT))
    theirs = None if chosen.without_jrnl else environment(work / "jrnl", JRNL)
    smallest: dict[str, Cost] = {}
    for size in map(int, chosen.sizes.split(",")):
        home = work / str(size)
        env = {"PATH": os.environ["PATH"], "HOME": str(work), "MOTHER_BOND_HOME": str(home), "LANG": "C.UTF-8"}
        if not (home / "journal.db").exists():
            write_jsonl(work / "in.jsonl", size)
            subprocess.run([str(ours / "mother-bond"), "import", str(work / "in.jsonl")], check=True, env=env)
        cases = our_cases(str(ours / "python"), str(ours / "mother-bond"), work)
        mine = measure(cases, chosen.runs, env, work)
        other: dict[str, Cost] = {}
        if theirs:
            config = write_jrnl(work / f"jrnl-{size}", size)
            other = measure(jrnl_cases(str(theirs / "jrnl"), config, work), min(chosen.runs, 5), env, work)
        smallest = smallest or mine
        print(f"\n{size} entries; CPU and wall in ms, peak in MiB, growth against the smallest size")
        heads = f"{'CPU':>8} {'x pass':>7} {'goal':<8}{'wall':>8} {'peak':>7} {'grown':>5}  {'jrnl':>9} {'faster':>8}"
        print(f"{'':<28}{heads} {'peak':>7}")
        base = mine["python -c pass"]
        for case in cases:
            first = smallest[case.name] if case.goal else None
            print(row(case.name, mine[case.name], base, case.goal, other.get(case.name), first), flush=True)


if __name__ == "__main__":
    main()
