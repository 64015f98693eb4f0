"""Findings in words: what each says to the letter, and what none ever says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.actions.findings import Around
from mother_bond.export.said import around, points, sentence, sentences, span
from mother_bond.patterns.findings import CLAIMS, Finding, Statement, Verdict, findings
from mother_bond.terminal.views.findings import as_plain
from tests.marks import CLAIM, LINK, SHIFT, checkins, day, every_statement, statement, stepping, turned

NEVER = ("because", "better", "worse", "improv", "signific", "progress", "!", "nan", "none", "-", "{")
"""What no claim says: a reason, a judgement, an exclamation, or what only a program could mean."""


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (
            CLAIM,
            (
                "Nearness went up by about 1.8 points from Thursday 1 January 2026 to Monday 9 February 2026,"
                " on the days you wrote (40 marks; somewhere between 1.1 and 2.4)."
            ),
        ),
        (
            turned(CLAIM),
            (
                "Nearness went down by about 1.8 points from Thursday 1 January 2026 to Monday 9 February 2026,"
                " on the days you wrote (40 marks; somewhere between 1.1 and 2.4)."
            ),
        ),
        (
            CLAIM._replace(low=-0.23, high=0.94, points=1.02),
            (
                "Nearness went up by about a point from Thursday 1 January 2026 to Monday 9 February 2026,"
                " on the days you wrote (40 marks; somewhere between 0.2 lower and 0.9 higher)."
            ),
        ),
        (
            SHIFT,
            (
                "Around early May 2026, nearness moved up by about 1.8 points, and it had not gone back by"
                " Monday 9 February 2026 (40 marks; somewhere between 1.1 and 2.4)."
            ),
        ),
        (
            turned(SHIFT),
            (
                "Around early May 2026, nearness moved down by about 1.8 points, and it had not gone back by"
                " Monday 9 February 2026 (40 marks; somewhere between 1.1 and 2.4)."
            ),
        ),
        (
            SHIFT._replace(around=None, chosen_day="2026-05-01"),
            (
                "From Friday 1 May 2026 on, nearness was about 1.8 points higher than before"
                " (40 marks; somewhere between 1.1 and 2.4). Much else may have changed that day."
            ),
        ),
        (
            turned(SHIFT)._replace(around=None, chosen_day="2026-05-01"),
            (
                "From Friday 1 May 2026 on, nearness was about 1.8 points lower than before"
                " (40 marks; somewhere between 1.1 and 2.4). Much else may have changed that day."
            ),
        ),
        (
            LINK,
            (
                "When owing was a point higher, room to be yourself was about 1.8 points higher, in the same entry"
                " (40 entries; somewhere between 1.1 and 2.4). Which of them leads, or whether something else moves"
                " both, this cannot tell."
            ),
        ),
        (
            turned(LINK),
            (
                "When owing was a point higher, room to be yourself was about 1.8 points lower, in the same entry"
                " (40 entries; somewhere between 1.1 and 2.4). Which of them leads, or whether something else moves"
                " both, this cannot tell."
            ),
        ),
        (
            turned(LINK)._replace(lag=1, points=-1.0),
            (
                "When owing was a point higher, room to be yourself was about a point lower in the entry after"
                " (40 entries; somewhere between 1.1 and 2.4). Whether the one leads to the other, this cannot tell."
            ),
        ),
        (
            CLAIM._replace(taken_back_on="2026-05-11"),
            (
                "Said on Mon 9 Feb 2026, taken back on Mon 11 May 2026, when later marks did not hold it up:"
                " Nearness went up by about 1.8 points from Thursday 1 January 2026 to Monday 9 February 2026,"
                " on the days you wrote (40 marks; somewhere between 1.1 and 2.4)."
            ),
        ),
    ],
)
def test_each_claim_in_words(finding: Finding, said: str) -> None:
    assert sentence(statement(finding)) == said


def test_claims_come_by_their_numbers_and_then_what_claims_nothing() -> None:
    quiet = [CLAIM._replace(verdict=Verdict.NOTHING_CLEAR, measure=measure) for measure in ("owed", "room")]
    early = [CLAIM._replace(verdict=Verdict.TOO_EARLY, measure=measure) for measure in ("nearness", "owed")]
    mixed = [statement(early[0], 0), statement(quiet[0], 0), statement(CLAIM, 1)]
    mixed += [statement(quiet[1], 0), statement(SHIFT, 2), statement(early[1], 0)]
    assert list(sentences(mixed)) == [
        f"1. {sentence(statement(CLAIM))}",
        f"2. {sentence(statement(SHIFT))}",
        "Nothing clear yet, and that is fine: owing, room to be yourself.",
        "Too early to say: nearness, owing. From twenty marks of a measure on, something may be said.",
    ]
    assert list(sentences([])) == []


def test_around_a_day_everything_is_told_even_that_nothing_is_clear() -> None:
    chosen = SHIFT._replace(around=None, chosen_day="2026-05-01")
    unclear = CLAIM._replace(verdict=Verdict.NOTHING_CLEAR, measure="owed", low=-0.23, high=0.94)
    early = CLAIM._replace(verdict=Verdict.TOO_EARLY, measure="room")
    found = Around("2026-05-01", tuple(statement(one) for one in (early, chosen, unclear)))
    assert list(as_plain(found)) == [
        sentence(statement(chosen)),
        (
            "owing: before and from Friday 1 May 2026 on, nothing clear yet"
            " (40 marks; somewhere between 0.2 lower and 0.9 higher)."
        ),
        "Too early to say: room to be yourself. Ten marks on either side of the day are needed, and forty in all.",
    ]


# --- the parts of a sentence -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.14, 2.36, "somewhere between 1.1 and 2.4"),
        (-2.36, -1.14, "somewhere between 1.1 and 2.4"),
        (-0.23, 0.94, "somewhere between 0.2 lower and 0.9 higher"),
        (0.0, 0.5, "somewhere between 0.0 and 0.5"),
        (-0.5, 0.0, "somewhere between 0.0 and 0.5"),
        (0.0, 0.0, "somewhere close to 0.0"),
        (-0.04, 0.04, "somewhere close to 0.0"),
        (2.96, 3.04, "somewhere close to 3.0"),
        (-3.04, -2.96, "somewhere close to 3.0"),
        (2.94, 3.04, "somewhere between 2.9 and 3.0"),
        (-0.5, 0.5, "somewhere between 0.5 lower and 0.5 higher"),
    ],
)
def test_an_interval_is_told_without_signs(low: float, high: float, said: str) -> None:
    assert span(low, high) == said


@given(st.tuples(st.floats(-6, 6), st.floats(-6, 6)))
def test_whatever_the_interval_its_smaller_end_comes_first_or_its_lower(ends: tuple[float, float]) -> None:
    low, high = sorted(ends)
    assert "-" not in span(low, high)
    told = [float(number) for number in re.findall(r"\d+\.\d", span(low, high))]
    if len(told) == 1:
        assert [abs(low), abs(high)] == pytest.approx(told * 2, abs=0.051)
        return
    first, last = told
    assert f"{low:.1f}" != f"{high:.1f}"
    if "lower" in span(low, high):
        assert low < 0 < high
        assert (first, last) == pytest.approx((-low, high), abs=0.051)
    else:
        assert first <= last
        assert low * high >= 0


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1.77, "1.8 points"),
        (1.0, "a point"),
        (0.96, "a point"),
        (1.04, "a point"),
        (2.0, "2 points"),
        (0.5, "0.5 points"),
    ],
)
def test_points_are_told_to_a_tenth(number: float, said: str) -> None:
    assert points(number) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-04-27", "2026-05-11", "early May 2026"),
        ("2026-05-10", "2026-05-10", "early May 2026"),
        ("2026-05-11", "2026-05-11", "the middle of May 2026"),
        ("2026-05-10", "2026-05-31", "the middle of May 2026"),
        ("2026-05-21", "2026-05-21", "late May 2026"),
        ("2026-05-31", "2026-05-31", "late May 2026"),
        ("2025-12-20", "2026-01-15", "early January 2026"),
        ("2024-02-28", "2024-03-01", "late February 2024"),
    ],
)
def test_a_shift_is_dated_by_a_part_of_a_month(first: str, last: str, said: str) -> None:
    assert around(SHIFT._replace(around=(first, last))) == said


@given(st.integers(0, 900), st.integers(0, 90))
def test_the_part_of_the_month_is_never_a_day(first: int, apart: int) -> None:
    said = around(SHIFT._replace(around=(day(first), day(first + apart))))
    assert re.fullmatch(r"(early|the middle of|late) [A-Z][a-z]+ \d{4}", said)


# --- what is never said ------------------------------------------------------------------------


@st.composite
def anything_claimed(draw: st.DrawFn) -> Statement:
    """Any claim with any numbers."""
    low, middle, high = sorted(draw(st.tuples(*[st.floats(-6, 6)] * 3)))
    first, last = sorted((draw(st.integers(0, 900)), draw(st.integers(0, 900))))
    finding = draw(st.sampled_from([one.finding for one in every_statement() if one.number]))
    return statement(
        finding._replace(points=middle, low=low, high=high, first_day=day(first), last_day=day(last), said_on=day(last))
    )


@given(anything_claimed())
def test_a_claim_says_how_much_and_from_how_many_and_never_why_or_that_it_is_good(one: Statement) -> None:
    said = sentence(one)
    assert [word for word in NEVER if word in said.lower()] == []
    assert "somewhere between" in said or "somewhere close to" in said
    assert re.search(r"\b40 (marks|entries)\b", said)
    assert said[0].isupper()
    assert said.endswith(".")
    assert ("taken back" in said) == (one.finding.taken_back_on is not None)


def test_every_verdict_has_its_words() -> None:
    told = {one.finding.verdict for one in every_statement()}
    assert told == set(Verdict)
    assert len({sentence(one) for one in every_statement() if one.finding.verdict in CLAIMS}) == 20


def test_no_sentence_has_two_spaces_in_a_row() -> None:
    assert [said for said in sentences(every_statement()) if "  " in said] == []


def test_a_shift_that_was_found_within_one_day_is_not_told_as_a_day_that_was_chosen() -> None:
    found = findings(checkins(stepping(40, 20), days=[day(0)] * 40))
    (said,) = (sentence(statement(one._replace(measure="nearness"))) for one in found)
    assert "that day" not in said
