"""Text that could do something to a terminal is shown as what it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.wording.visible import one_line, visible

ANY = st.text(st.integers(0, 0x10FFFF).map(chr))
RISKY = st.text(st.sampled_from("\x00\x07\x08\t\n\r\x1b[31mA é\x7f\x85\x9b\u2028\u202e\u2066\u2069\u200d\ufeff\ud800"))
DIRECTING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def harmless(character: str) -> bool:
    return character in "\n\t" or (
        unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        and unicodedata.bidirectional(character) not in DIRECTING
    )


@given(ANY | RISKY)
def test_nothing_that_steers_a_terminal_comes_through(text: str) -> None:
    assert all(harmless(character) for character in visible(text))


@given(ANY | RISKY)
def test_what_was_made_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from("\n\t")))
def test_printable_text_with_lines_and_tabs_is_unchanged(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "text", ["👩‍👧 naïve", "שלום, мама", "दादी", "می‌خواهم", "e\u0301", "\u200fא\u200e", "a\u00a0b"]
)
def test_joiners_marks_and_scripts_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b", "a␀b"),
        ("over\rwritten", "over␍written"),
        ("gone\x08", "gone␈"),
        ("\x7f", "␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202eedoc", "<U+202E>edoc"),
        ("\u2066x\u2069", "<U+2066>x<U+2069>"),
        ("a\u2028b", "a<U+2028>b"),
        ("\ud83d", "<U+D83D>"),
        ("two\r\nlines", "two\nlines"),
    ],
)
def test_each_hidden_character_has_a_picture_or_its_code(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(ANY | RISKY)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert not any(space in line for space in ("\t", "\n", "  "))
    assert all(harmless(character) for character in line)


def test_the_flags_that_are_written_in_tags_stay_and_no_other_tag_does() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct")
    assert visible(f"\U0001f3f4{tags}\U000e007f") == f"\U0001f3f4{tags}\U000e007f"
    assert visible(f"a{tags}") == "a" + "".join(f"<U+{ord(tag):04X}>" for tag in tags)
    assert "<U+" in visible(f"\U0001f3f4{tags}{tags}\U000e007f")
