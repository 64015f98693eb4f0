"""How hard a text is to read: syllables counted by the spelling, and the Flesch–Kincaid grade they make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.library.grade import grade, syllables

EXACT = {
    1: "a the I you she we me be eye door name place voice time line house life some come none once where whole please"
    " asked called changed hoped tired liked loved names comes lives hours friends through thought eyes don't I'll",
    2: "mother quiet something asking tables table little apples simple gentle wanted ended visit being seeing going"
    " faces places changes wishes boxes every someone sometimes silence science diet kitchen daughter enough away"
    " mother's café crying carried neighbour",
    3: "family memory remember everything nobody another tomorrow however hospital beautiful different quietly"
    " beginning holiday telephone afternoon grandmother",
    4: "everybody anybody ordinary psychology conversation",
}
"""Words that are counted right, each of them, by their number of syllables."""

EVERYDAY = {
    1: "a you the it to is what and of that in one may your for or not be on an was do which as with from at would some"
    " how if have small can when like I too no day back own did are who thing could has there where all know out need"
    " does first friend way old were look up say they long name kind so words word line years door now hour yours down"
    " week things side far good hands by keep counts once plain see none still go time well room comes tell stay will"
    " been grown much had mean voice short two talk else them asked last left child then such off more come fine feel"
    " full work put leave said right three bus hard part their life help might thought place phone hear take ten cup"
    " days write think walk step care less near hand give home asks song most let sound same use age owe",
    2: "answer nothing people yourself other something any quiet enough being distance only after before tonight person"
    " someone little perhaps over between sentence children tested without mother picture others many also later"
    " mothers alone behind minutes often notice never again finish begin table away doing story across weather plenty"
    " into reason worry carry wanted ago steady looking drawer window early empty even stranger today whether"
    " hardly question message money evening lately careful lonely",
    3: "nobody somebody another anything remember whatever company family",
}
"""The words that the questions use most, counted by hand; those that the spelling misleads about are among them."""


def entries(table: dict[int, str]) -> list[tuple[str, int]]:
    return [(word, count) for count, words in table.items() for word in words.split()]


@pytest.mark.parametrize(("word", "count"), entries(EXACT))
def test_these_words_are_counted_right(word: str, count: int) -> None:
    assert syllables(word) == count


def test_nine_of_ten_everyday_words_are_counted_right() -> None:
    known = entries(EVERYDAY)
    assert len(known) > 200
    for few in (known, [entry for entry in known if entry[1] > 1]):
        wrong = [word for word, count in few if syllables(word) != count]
        assert len(wrong) <= len(few) / 10, wrong


@given(st.text(max_size=20))
def test_whatever_a_word_is_it_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1


@pytest.mark.parametrize("word", ["mother", "home", "quiet", "anybody", "life"])
def test_capitals_and_short_forms_add_no_syllable(word: str) -> None:
    told = {form: syllables(form) for form in (word.upper(), word.title(), f"{word}'s", f"{word}’d", f"{word}'ll")}
    assert set(told.values()) == {syllables(word)}, told


@pytest.mark.parametrize(
    ("text", "known"),
    [
        # 0.39 · words per sentence + 11.8 · syllables per word − 15.59
        ("The cat sat on the mat.", -1.45),  # 6 words, 1 sentence, 6 syllables
        ("Which window do you open in the morning?", 3.755),  # 8, 1, 11
        ("You wait. Then the kettle sings.", -0.653),  # 6, 2, 7
        ("Name three: tea, toast, a walk.", -2.62),  # 6, 2, 6
        ("Rain fell; the lamp was lit.", -2.62),  # 6, 2, 6
        ("What follows “I am tired.” in your mind?", -0.755),  # 8, 2, 9
        ("Finish the sentence: “Tonight I am …”", 3.28),  # 6, 2, 9
        ("Everybody remembers ordinary beautiful yesterdays.", 26.48),  # 5, 1, 17
        ("Tea and toast", -2.62),  # 3, 1, 3
        ("I am home", -2.62),  # 3, 1, 3
    ],
)
def test_the_grade_is_the_one_the_formula_gives_by_hand(text: str, known: float) -> None:
    assert grade(text) == pytest.approx(known, abs=0.001)


@pytest.mark.parametrize("text", ["", " ", "… ?!", "12 + 30.", "“ ” – :", "\n"])
def test_a_text_without_words_has_grade_0(text: str) -> None:
    assert grade(text) == 0.0


@pytest.mark.parametrize("mark", list(".?!:;…"))
def test_what_ends_a_sentence_makes_two_of_it_and_a_comma_does_not(mark: str) -> None:
    assert grade(f"You wait{mark} Then the kettle sings.") == pytest.approx(grade("You wait. Then the kettle sings."))
    assert grade("You wait, then the kettle sings.") == pytest.approx(grade("You wait then the kettle sings."))


WORDS = st.lists(st.text("aeiouybcdnrst", min_size=1, max_size=9), min_size=2, max_size=30)


@given(WORDS, st.data())
def test_a_long_sentence_is_harder_than_the_same_words_in_two(words: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(words) - 1))
    parted = f"{' '.join(words[:cut])}. {' '.join(words[cut:])}."
    assert grade(" ".join(words) + ".") > grade(parted)


@given(WORDS)
def test_a_word_of_more_syllables_never_makes_a_text_easier(words: list[str]) -> None:
    easy, hard = (grade(" ".join([*words, word]) + ".") for word in ("tea", "psychology"))
    assert hard > easy


@given(st.text(max_size=80))
def test_any_text_has_a_grade(text: str) -> None:
    assert grade(text) > 11.8 - 15.59
