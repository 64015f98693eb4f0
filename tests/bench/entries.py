"""The same made-up entries for several programs: seeded, about sixty words each, spread over twenty years.

"lighthouse" stands in every 200th, and "cinnabar marginalia" in exactly three, whatever the size. One in five
names one or two of a dozen tags, and one in thirty-three is starred, as people who use tags and stars do: it is
what a program that counts tags works on.
"""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = (
    "mother daughter son kitchen table phone call garden window train bread tea rain summer winter letter door coat "
    "quiet evening morning tired glad afraid alone together listen speak ask answer wait leave stay come go give keep "
    "lose find hope doubt room voice hand street bus night school work house song cup chair light shadow road friend "
    "i you we they it the a and but of to in for with on at from about was is had have would could not no yes so when"
).split()
TAGS = "@mum @work @therapy @visit @phone @family @grief @anger @limits @guilt @childhood @hope".split()
END = datetime.fromisoformat("2026-08-25T20:00:00+00:00")
YEARS = 20


class Entry(NamedTuple):
    """One entry, as every program gets it."""

    at: datetime
    text: str
    starred: bool


def entries(number: int, seed: int = 20261120) -> Iterator[Entry]:
    """`number` entries, oldest first."""
    rng = random.Random(seed)
    step = timedelta(days=YEARS * 365.25) / number
    marked = {0, number // 2, number - 1}
    for n in range(number):
        sentences = [" ".join(rng.choices(WORDS, k=rng.randint(6, 14))).capitalize() + "." for _ in range(6)]
        if n % 200 == 0:
            sentences.insert(3, "Then I saw the lighthouse again.")
        if n in marked:
            sentences.append("The cinnabar marginalia of her old book.")
        if (tagged := rng.random()) < 0.2:
            sentences.append(f"It was about {' and '.join(rng.sample(TAGS, 1 if tagged < 0.14 else 2))}.")
        at = END - step * (number - n) + step * rng.random()
        yield Entry(at.replace(microsecond=0), " ".join(sentences), starred=rng.random() < 0.03)


def write_jsonl(path: Path, number: int) -> None:
    """The entries as notes in the interchange format, with a mood each, so that there is a check-in."""
    bond = {"role": "child", "name": "Mum", "they": "she", "contact": "in-touch"}
    with path.open("w", encoding="utf-8") as file:
        for n, entry in enumerate(entries(number)):
            line = {
                "format": "mother-bond/1",
                "at": entry.at.isoformat(),
                "bond": bond,
                "checkin": {"mood": 1 + n % 7},
                "answers": [{"text": entry.text}],
            }
            file.write(json.dumps(line) + "\n")


def write_jrnl(folder: Path, number: int) -> Path:
    """The entries as jrnl keeps them; the result is its configuration file."""
    folder.mkdir(parents=True, exist_ok=True)
    journal = folder / "journal.txt"
    with journal.open("w", encoding="utf-8") as file:
        for entry in entries(number):
            title, _, body = entry.text.partition(". ")
            file.write(f"[{entry.at:%Y-%m-%d %H:%M}] {title}.{' *' if entry.starred else ''}\n{body}\n\n")
    config = folder / "jrnl.yaml"
    colors = "".join(f"  {name}: none\n" for name in ("body", "date", "tags", "title"))
    config.write_text(
        f"colors:\n{colors}default_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\nhighlight: true\n"
        f"indent_character: '|'\njournals:\n  default:\n    journal: {journal}\nlinewrap: 79\ntagsymbols: '@'\n"
        "template: false\ntimeformat: '%Y-%m-%d %H:%M'\nversion: v4.6\n"
    )
    return config
