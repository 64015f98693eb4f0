"""Every idea of the five articles went into something, and those that are unsafe as written appear only corrected.

ideas.txt lists the ideas by number. A mark says which are notes and no ideas (-), and which are not to be repeated as
their article puts them (!): a promise, a guess at a motive, a line that may land as guilt, a claim no study bears out.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from mother_bond import bundled
from mother_bond.bundled import Library

LINES = (Path(__file__).parent / "ideas.txt").read_text("utf-8").splitlines()
IDEAS = {line[:6].strip(): line[6:] for line in LINES}
NOTES = {idea for idea, mark in IDEAS.items() if mark == "-"}
UNSAFE = {idea for idea, mark in IDEAS.items() if mark == "!"}

READ = {
    # "it hurt me, but I know you didn't mean to": told as one's own hurt and a wish, with no guess at what was meant
    "S3.30": {"unresolved-conflict", "unresolved-conflict.child.tend.02", "feeling-first"},
    # "never too late, many reconnect": settled late, only inside or never, and staying away may be right
    "S3.38": {"unresolved-conflict"},
    # "absolutely possible to rebuild": others know it too, and nobody can promise that anyone comes nearer
    "S4.03": {"pursuit-and-distance", "pursuit-and-distance.mother.look-again.06"},
    # "stronger than ever": another size may do; where there is no way of being in touch, that may be right
    "S4.04": {"life-transitions", "life-transitions.mother.tend.05"},
    # "his love language": people show care in many ways; try one, and nobody can be sure that it is felt
    "S4.56": {"care-in-their-way"},
    # "I get worried when I don't hear from you": the worry is one's own to calm, and no quick answer is needed
    "S4.72": {"pursuit-and-distance", "pursuit-and-distance.mother.notice.04", "steady-presence"},
    # "will always find its way back": some things stay unmended and go on, and some matters are never settled
    "S4.88": {"unresolved-conflict", "unresolved-conflict.mother.notice.06"},
}
"""Where each unsafe idea was read and found only corrected, and how. Who adds a place reads it first."""


@cache
def places() -> dict[str, set[str]]:
    """What names each source: a theme, a question, a practice, a closing, a measure, or the words for feelings."""
    named = defaultdict(set)
    for pack in Library(Path("no such folder")).packs():
        for place, sources in ((pack.cause, pack.sources), *((prompt.id, prompt.sources) for prompt in pack.prompts)):
            for source in sources:
                named[source].add(place)
    for file, table in (("practices", "practice"), ("closings", "closing"), ("measures", "measure")):
        for row in bundled._data(file)[table]:
            for source in row["sources"]:
                named[source].add(row["id"])
    for source in bundled._data("feelings")["sources"]:
        named[source].add("feelings")
    return named


def test_the_list_is_the_five_articles() -> None:
    articles = bundled._data("sources")["articles"]
    assert list(IDEAS) == [f"{name}.{n:02}" for name, row in articles.items() for n in range(1, row["ideas"] + 1)]
    assert len(LINES) == len(IDEAS) == 204
    assert {idea: mark for idea, mark in IDEAS.items() if mark not in {"", "!"}} == {"S0.28": "-", "S1.16": "-"}


def test_every_idea_went_into_something() -> None:
    assert sorted(IDEAS.keys() - NOTES - places().keys()) == []


def test_no_note_and_no_unknown_idea_is_named() -> None:
    assert {source for source in places() if source.startswith("S")} <= IDEAS.keys() - NOTES


def test_the_ideas_that_are_unsafe_as_written_are_those_that_were_read() -> None:
    assert READ.keys() == UNSAFE


@pytest.mark.parametrize("idea", sorted(UNSAFE))
def test_an_idea_that_is_unsafe_as_written_appears_only_where_it_was_read_and_found_corrected(idea: str) -> None:
    assert places()[idea] <= READ[idea], "read the place; once the idea is only there corrected, add it above"
    assert READ[idea] <= places()[idea], "the place no longer names the idea; take it out above"


def test_everything_that_ships_with_sources_is_looked_at() -> None:
    packs = list(Library(Path("no such folder")).packs())
    ids = {pack.cause for pack in packs} | {prompt.id for pack in packs for prompt in pack.prompts} | {"feelings"}
    ids |= {practice.id for practice in bundled.practices()} | {closing.id for closing in bundled.closings()}
    ids |= {measure.id for measure in bundled.measures()}
    assert {place for there in places().values() for place in there} == ids
