"""What looking back over ten years costs, `patterns` and a summary: wall time and peak memory, beside numpy alone.

`python tests/bench/years.py` makes a journal of 3 650 evenings in a temporary home (five answers of about eighty
words, four scales each evening, the others once a week; seeded) and takes it in as JSON Lines.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daily import Case, measure
from entries import WORDS

from mother_bond.bundled import Library
from mother_bond.domain.bond import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20_261_121
END = datetime(2026, 11, 20, 21, 14, tzinfo=UTC)
DAILY = ("nearness", "owed", "room", "mood")
WEEKLY = ("wished", "warmth", "strain", "kind", "contact", "after")
ANSWERS, WORDS_EACH = 5, 80
PHI = 0.4
RISES, POINTS = 210, 5
"""The last marks of `room` rise by so much, so that there is a claim to ask about, also in the tenth year."""

BOND = {"role": "child", "name": "Mum", "call": "Mum", "they": "she", "contact": "in-touch"}
SECONDS, MIB = 1.0, 150.0


def drifting(rng: random.Random, n: int) -> list[float]:
    """Levels that resemble the one before, of variance 1."""
    levels = [rng.gauss(0, 1)]
    while len(levels) < n:
        levels.append(PHI * levels[-1] + (1 - PHI * PHI) ** 0.5 * rng.gauss(0, 1))
    return levels


def checkins(rng: random.Random, n: int) -> Iterator[dict[str, int]]:
    """The marks of each evening."""
    levels = {name: drifting(rng, n) for name in (*DAILY, *WEEKLY)}
    for at in range(n):
        rise = POINTS * max(0.0, 1 - (n - at) / RISES)
        asked = (*DAILY, *WEEKLY) if at % 7 == 0 else DAILY
        raw = {name: 3.5 + 1.3 * levels[name][at] + (rise if name == "room" else 0) for name in asked}
        yield {name: min(4 if name == "contact" else 7, max(1, round(value))) for name, value in raw.items()}


def text(rng: random.Random) -> str:
    """About eighty words, in sentences."""
    words = rng.choices(WORDS, k=WORDS_EACH + rng.randint(-20, 20))
    breaks = sorted({0, len(words), *(rng.sample(range(1, len(words)), 7))})
    sentences = [" ".join(words[a:b]).capitalize() for a, b in pairwise(breaks)]
    return ". ".join(sentences) + "."


def sessions(evenings: int) -> Iterator[dict[str, Any]]:
    """Each evening in the interchange format, on one theme after the other."""
    rng = random.Random(SEED)
    library = Library(Path(os.devnull))
    packs = {pack.cause: [p.id for p in pack.prompts if p.role is Role.CHILD] for pack in library.packs()}
    themes = cycle(packs)
    for at, marks in enumerate(checkins(rng, evenings)):
        cause = next(themes)
        begun = END - timedelta(days=evenings - 1 - at)
        line = {
            "format": "mother-bond/1",
            "at": begun.isoformat(),
            "bond": BOND,
            "cause": cause,
            "seconds": 600,
            "checkin": marks,
            "answers": [{"prompt": prompt, "text": text(rng)} for prompt in rng.sample(packs[cause], ANSWERS)],
        }
        if at % 30 == 0:
            line["step"] = {"plan": "When the kettle boils, I will wait.", "state": "done"}
        yield line


def made(work: Path, evenings: int, env: dict[str, str]) -> None:
    """The journal, taken in once."""
    if (Path(env["MOTHER_BOND_HOME"]) / "journal.db").exists():
        return
    with (work / "years.jsonl").open("w", encoding="utf-8") as file:
        for line in sessions(evenings):
            file.write(json.dumps(line) + "\n")
    subprocess.run([sys.executable, "-m", "mother_bond", "import", str(work / "years.jsonl")], check=True, env=env)


def main() -> int:
    """Measure, and print a row each; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evenings", type=int, default=3_650)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=Path, default=None)
    chosen = parser.parse_args()
    work = chosen.work or Path(tempfile.mkdtemp(prefix="mother-bond-years-"))
    work.mkdir(parents=True, exist_ok=True)
    env = {"PATH": os.environ["PATH"], "HOME": str(work), "LANG": "C.UTF-8", "MOTHER_BOND_HOME": str(work / "home")}
    made(work, chosen.evenings, env)
    program = [sys.executable, "-m", "mother_bond"]
    lines = (
        *("patterns --plain", "patterns nearness", "patterns why 1", "patterns --around 2026-05-01", "patterns words"),
        f"export - --format html --since {(END - timedelta(days=364)).date()}",
    )
    for line in lines:
        subprocess.run([*program, *line.split()], check=True, env=env, stdout=subprocess.DEVNULL)
    cases = [
        Case("python -c pass", "run", [sys.executable, "-c", "pass"]),
        Case('python -c "import numpy"', "run", [sys.executable, "-c", "import numpy"]),
        Case("patterns, on a terminal", "tty", [*program, "patterns"]),
        *(Case(line, "run", [*program, *line.split()]) for line in lines),
    ]
    found = measure(cases, chosen.runs, env, work)
    print(f"{chosen.evenings} evenings, medians of {chosen.runs} runs")
    print(f"{'':<46}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
    missed = 0
    for name, cost in found.items():
        beyond = name.startswith(("patterns", "export")) and (cost.wall > SECONDS * 1000 or cost.peak > MIB)
        missed += beyond
        word = f"  beyond {SECONDS:g} s or {MIB:g} MiB" if beyond else ""
        print(f"{name:<46}{cost.wall / 1000:8.3f}{cost.cpu / 1000:8.3f}{cost.peak:10.1f}{word}")
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
