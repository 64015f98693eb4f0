"""Questions that ask nearly the same, and the likeness that parts them from those that do not.

The pairs stand in pairs.txt. In the kinds *same* and *rewritten* they are questions of the library, as they once stood,
beside the same asked in other words; in *different* and *lookalike* two questions stay on one subject and ask for
different things. Nobody looked at a likeness while writing them; the lookalikes were set apart afterwards.

The measure counts shared words, the rare ones most. So it sees a question that was turned round, that has other small
words, or a word or two exchanged. It seldom sees one that was told anew, with "closed" for "shut" and "easy" for
"light", and never two that share no word ("When are you hungry?", "At what hour would supper suit you?"). And it takes
two questions for one when they share their frame or two rare words and differ in a single one, as "who was kind to you"
and "who met the kind side of you". An editor still reads.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.bundled import Library
from mother_bond.library.likeness import LIKE, Alike, alike

if TYPE_CHECKING:
    import random

TESTS = Path(__file__).resolve().parent.parent
KINDS = ("same", "rewritten", "different", "lookalike")

Pair = tuple[str, str]


@cache
def pairs(kind: str) -> tuple[Pair, ...]:
    """The pairs of a kind, as they stand in pairs.txt: two lines each, with an empty line between them."""
    section = (TESTS / "pairs.txt").read_text("utf-8").partition(f"[{kind}]\n\n")[2].partition("\n#")[0]
    return tuple((one, other) for one, other in (pair.splitlines() for pair in section.strip().split("\n\n")))


@cache
def found() -> dict[frozenset[str], float]:
    """How alike two questions are, for all that are alike, with every pair of this file among the whole library."""
    ours = [prompt.text for pack in Library(Path("no such folder")).packs() for prompt in pack.prompts]
    written = [text for kind in KINDS for pair in pairs(kind) for text in pair]
    return {frozenset((pair.one, pair.other)): pair.likeness for pair in alike({text: text for text in ours + written})}


def share(*kinds: str) -> float:
    """The share of the pairs of these kinds that are found."""
    asked = [frozenset(pair) for kind in kinds for pair in pairs(kind)]
    return sum(pair in found() for pair in asked) / len(asked)


def likenesses(questions: dict[str, str]) -> dict[frozenset[str], float]:
    return {frozenset((pair.one, pair.other)): pair.likeness for pair in alike(questions)}


# --- calibration -------------------------------------------------------------------------------


def test_there_is_enough_to_calibrate_with_and_no_pair_stands_twice() -> None:
    written = [frozenset(pair) for kind in KINDS for pair in pairs(kind)]
    assert len(pairs("same")) >= 25
    assert len(pairs("different")) >= 40
    assert len(set(written)) == len(written)
    assert all(len(pair) == 2 for pair in written)


def test_four_of_five_questions_asked_in_other_words_are_found() -> None:
    assert share("same") >= 0.8


def test_of_those_told_anew_some_are_found() -> None:
    assert share("rewritten") >= 0.2


def test_questions_that_differ_are_not_found_though_they_are_about_one_thing() -> None:
    assert [pair for pair in pairs("different") if frozenset(pair) in found()] == []


def test_at_most_one_in_ten_of_all_that_differ_is_found() -> None:
    assert share("different", "lookalike") <= 0.1


# --- the measure -------------------------------------------------------------------------------

TEXTS = st.lists(
    st.sampled_from("what which did you bake jar plums kettle lamp sang when the {name} {they} {is|are} ? …".split()),
    max_size=8,
).map(" ".join)
QUESTIONS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), TEXTS, max_size=6)


@given(QUESTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_questions_changes_nothing(questions: dict[str, str], chance: random.Random) -> None:
    items = list(questions.items())
    chance.shuffle(items)
    assert likenesses(dict(items)) == likenesses(questions)


@given(QUESTIONS)
def test_each_pair_comes_once_and_no_question_is_its_own_twin(questions: dict[str, str]) -> None:
    named = [frozenset((pair.one, pair.other)) for pair in alike(questions)]
    assert all(len(pair) == 2 for pair in named)
    assert len(set(named)) == len(named)
    assert all(pair <= questions.keys() for pair in named)


@given(QUESTIONS)
def test_the_most_alike_come_first_and_none_is_below_the_threshold(questions: dict[str, str]) -> None:
    all_of_them = [pair.likeness for pair in alike(questions)]
    assert all_of_them == sorted(all_of_them, reverse=True)
    assert all(LIKE <= likeness <= 1 for likeness in all_of_them)


@given(QUESTIONS)
def test_a_question_that_stands_twice_is_always_found(questions: dict[str, str]) -> None:
    told = questions | {"first": "Which jar of plums did you open?", "second": "Which jar of plums did you open?"}
    assert Alike("first", "second", 1.0) in alike(told)


@given(QUESTIONS, st.sampled_from(["{name}", "{they} {is|are}", "{Their}", "{call}"]))
def test_placeholders_do_not_count(questions: dict[str, str], placeholder: str) -> None:
    told = {key: f"{placeholder} {text} {placeholder}" for key, text in questions.items()}
    assert likenesses(told) == likenesses(questions)


def test_questions_of_placeholders_and_small_words_alone_are_like_nothing() -> None:
    assert likenesses({"one": "What did {name} do to {them}?", "two": "What did {name} do to {them}?"}) == {}


@pytest.mark.parametrize(
    "form", ["plum", "PLUM", "plums", "“Plums”", "plum?", "{name} plums", "the plum", "plum, plum"]
)
def test_capitals_endings_marks_and_small_words_make_no_other_question(form: str) -> None:
    assert likenesses({"one": "plum", "two": form, "three": "kettle"}) == {frozenset(("one", "two")): 1.0}


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["the"], ["plum"], ["plum", ""], ["?", "…"], ["{name}", "the"]])
def test_nothing_and_single_words_are_no_twins(texts: list[str]) -> None:
    assert list(alike({str(number): text for number, text in enumerate(texts)})) == []


def test_a_rare_word_makes_two_questions_alike_and_a_common_one_does_not() -> None:
    many = {f"other {n}": f"kettle lamp {word}" for n, word in enumerate("tea bread soup milk salt".split())}
    pair = frozenset(("one", "two"))
    assert pair in likenesses(many | {"one": "kettle plum", "two": "lamp plum"})
    assert pair not in likenesses(many | {"one": "kettle plum", "two": "kettle jar"})
