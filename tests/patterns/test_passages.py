from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.domain.prompt import Stage
from mother_bond.patterns.passages import FEWEST_WORDS, MOST_WORDS, Passage, early_and_late, own_questions, passage
from tests.made import texts

SENTENCES = st.lists(
    st.builds(
        lambda words, end: " ".join(words) + end,
        st.lists(st.sampled_from(["tea", "rain,", "Mum", "3.5", "e.g", "phone"]), min_size=1, max_size=30),
        st.sampled_from([".", "!", "?", "…", ""]),
    ),
    max_size=8,
).map(" ".join)


def words(number: int, end: str = ".") -> str:
    return " ".join(["word"] * number) + end


@pytest.mark.parametrize(("number", "taken"), [(11, False), (12, True), (70, True), (71, False)])
def test_a_passage_has_twelve_to_seventy_words(number: int, taken: bool) -> None:
    assert (passage(words(number)) is not None) == taken


def test_as_many_whole_sentences_are_taken_as_fit() -> None:
    text = f"{words(30)} {words(30, '?')} {words(30)}"
    assert passage(text) == f"{words(30)} {words(30, '?')}"


def test_line_breaks_become_spaces() -> None:
    assert passage(f"{words(6, '')}\n\n  {words(6)}") == words(12)


@given(SENTENCES | texts())
def test_a_passage_is_the_beginning_of_the_text_and_ends_with_a_sentence(text: str) -> None:
    found, whole = passage(text), " ".join(text.split())
    if found is not None:
        assert whole.startswith(found)
        assert found == whole or (found[-1] in ".!?…" and whole[len(found)] == " ")
        assert FEWEST_WORDS <= len(found.split()) <= MOST_WORDS


def written(day: int, cause: str | None = "self-erasure", stage: Stage | None = None) -> Passage:
    when = (date(2026, 1, 1) + timedelta(days=day)).isoformat()
    return Passage(f"ref{day}.1", when, cause, f"words of day {day}", stage)


@pytest.mark.parametrize(("apart", "chosen"), [(0, 0), (27, 0), (28, 2), (300, 2)])
def test_early_and_late_lie_four_weeks_apart(apart: int, chosen: int) -> None:
    assert len(early_and_late([written(0), written(apart)], ["self-erasure"])) == chosen


def test_the_earliest_and_the_latest_of_each_theme_are_chosen_by_their_place_alone() -> None:
    found = [written(n, cause) for n in (0, 10, 40) for cause in ("a", "b", "c", None)]
    assert early_and_late(found, ["b", "a"]) == (written(0, "b"), written(40, "b"), written(0, "a"), written(40, "a"))


def test_one_passage_is_no_pair() -> None:
    assert early_and_late([written(0)], ["self-erasure"]) == early_and_late([], ["self-erasure"]) == ()


NOTICE, TEND = Stage.NOTICE, Stage.TEND


def days_chosen(*found: tuple[int, Stage | None]) -> list[int]:
    chosen = early_and_late([written(day, stage=stage) for day, stage in found], ["self-erasure"])
    return [int(one.ref[3:].partition(".")[0]) for one in chosen]


@pytest.mark.parametrize(
    ("days", "chosen"),
    [
        ([0, 180, 364], [0, 364]),
        ([0, 365], [0, 365]),
        ([0, 100, 190, 300, 365], [0, 190, 365]),
        ([0, 27, 338, 365], [0, 365]),
        ([0, 28, 365], [0, 28, 365]),
        ([0, 100, 2000, 4000], [0, 2000, 4000]),
    ],
)
def test_with_a_year_the_passage_nearest_the_middle_stands_between(days: list[int], chosen: list[int]) -> None:
    assert days_chosen(*((day, None) for day in days)) == chosen


def test_like_is_set_beside_like_where_a_stage_reaches_four_weeks() -> None:
    assert days_chosen((0, NOTICE), (5, TEND), (40, NOTICE), (60, None)) == [0, 40]
    assert days_chosen((0, NOTICE), (5, TEND), (40, NOTICE), (60, TEND)) == [5, 60]
    assert days_chosen((0, NOTICE), (5, TEND), (200, NOTICE), (400, TEND), (410, NOTICE)) == [0, 200, 410]


def test_stages_are_mixed_only_where_none_reaches_four_weeks() -> None:
    assert days_chosen((0, NOTICE), (27, NOTICE), (28, TEND)) == [0, 28]
    assert days_chosen((0, NOTICE), (27, TEND)) == []


@given(st.lists(st.tuples(st.integers(0, 1500), st.sampled_from([NOTICE, TEND, None])), max_size=12))
def test_what_is_chosen_stands_in_order_and_four_weeks_apart(found: list[tuple[int, Stage | None]]) -> None:
    chosen = days_chosen(*sorted(found, key=lambda one: one[0]))
    assert len(chosen) in {0, 2, 3}
    assert all(b - a >= 28 for a, b in pairwise(chosen))
    assert (len(chosen) < 3) or chosen[2] - chosen[0] >= 365


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What was it? I do not know.", ["What was it?"]),
        ("Rain. Was\nit me? Or her, or both of us?", ["Was it me?", "Or her, or both of us?"]),
        ("Why? Really?", []),
        ("No question here.", []),
        (words(41, "?"), []),
        (words(40, "?"), [words(40, "?")]),
    ],
)
def test_questions_of_the_writer_have_three_to_forty_words(text: str, asked: list[str]) -> None:
    assert own_questions(text) == asked


@given(SENTENCES | texts())
def test_every_question_is_one_the_writer_wrote(text: str) -> None:
    whole = " ".join(text.split())
    for question in own_questions(text):
        assert question in whole
        assert question.endswith("?")
        assert not re.search(r"[.!?…]\s", question)
