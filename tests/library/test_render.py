"""Questions in words for one bond."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.bundled import Library, closings, measures, practices
from mother_bond.domain.bond import Bond, Role, They
from mother_bond.library.render import KNOWN, address, fill, unknown_placeholders
from tests.made import act_texts

NAMES = ("James", "Zoë", "“Ana María”", "O'Neill", "M", "李小龍")


def a_bond(they: They = They.SHE, name: str = "Ana", call: str = "my mother") -> Bond:
    return Bond("1", Role.CHILD, name, call, they)


@cache
def shipped() -> dict[str, str]:
    """Everything that ships and is put into words for a bond."""
    packs = list(Library(Path("no such folder")).packs())
    texts = {f"{p.id} {part}": getattr(p, part) for pack in packs for p in pack.prompts for part in ("text", "help")}
    texts |= {closing.id: closing.text for closing in closings()}
    texts |= {measure.id: measure.question for measure in measures()}
    for practice in practices():
        for role, act in practice.acts.items():
            texts |= {f"{practice.id} {role} {part}": text for part, text in act_texts(act).items()}
    return texts


@pytest.mark.parametrize(
    ("they", "said"),
    [
        (They.HE, "He is near him; his cup is his, by himself."),
        (They.SHE, "She is near her; her cup is hers, by herself."),
        (They.THEY, "They are near them; their cup is theirs, by themselves."),
    ],
)
def test_each_pronoun_has_its_forms_and_its_verb(they: They, said: str) -> None:
    text = "{They} {is|are} near {them}; {their} cup is {theirs}, by {themselves}."
    assert fill(text, a_bond(they)) == said


@pytest.mark.parametrize(
    ("they", "said"),
    [
        (They.HE, "Him His His Himself"),
        (They.SHE, "Her Her Hers Herself"),
        (They.THEY, "Them Their Theirs Themselves"),
    ],
)
def test_every_form_has_a_capital(they: They, said: str) -> None:
    assert fill("{Them} {Their} {Theirs} {Themselves}", a_bond(they)) == said


@pytest.mark.parametrize(
    ("call", "said"), [("my son", "your son"), ("My eldest", "your eldest"), ("Mum", "Mum"), ("myrtle", "myrtle")]
)
def test_what_the_writer_says_as_my_is_said_back_as_your(call: str, said: str) -> None:
    assert address(call) == said
    assert fill("{call}. {Call}.", a_bond(call=call)) == f"{said}. {said[0].upper()}{said[1:]}."


@given(st.text("{}|theyisarcnm ", max_size=15))
def test_a_name_is_never_read_as_a_placeholder(name: str) -> None:
    text = "{They} {is|are} {name}, {call}, {{name}}."
    told = fill(text, a_bond(name="\0", call="\1"))
    assert fill(text, a_bond(name=name, call="\1")) == told.replace("\0", name)


def test_braces_in_a_name_stay_as_they_were_typed() -> None:
    assert fill("How is {name}?", a_bond(name="{they} {is|are}")) == "How is {they} {is|are}?"


@pytest.mark.parametrize("text", ["{nmae}", "{}", "{Is|are}", "{is|are|was}", "{THEY}", "{ name }"])
def test_what_is_no_placeholder_stays_and_is_found(text: str) -> None:
    assert fill(text, a_bond()) == text
    assert unknown_placeholders(text) == [text]


@given(st.text("{}|ab", max_size=12))
def test_a_text_without_unknown_placeholders_leaves_no_brace(text: str) -> None:
    left = fill(text, a_bond())
    assert bool(unknown_placeholders(text)) == ("{" in left or "}" in left)


@pytest.mark.parametrize("word", sorted(KNOWN))
def test_every_known_placeholder_is_filled(word: str) -> None:
    assert unknown_placeholders("{" + word + "}") == []
    assert "{" not in fill("{" + word + "}", a_bond())


@pytest.mark.parametrize("they", They)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_ships_leaves_a_brace_or_a_doubled_word(they: They, name: str) -> None:
    bond = a_bond(they, name, "my eldest")
    for where, text in shipped().items():
        said = fill(text, bond)
        assert "{" not in said, where
        assert "}" not in said, where
        assert not re.search(r"\b([\w'’]+) \1\b", said, re.I), where


@pytest.mark.parametrize("they", They)
def test_nothing_that_ships_begins_a_sentence_with_a_small_letter(they: They) -> None:
    for where, text in shipped().items():
        assert not re.search(r"(^|[a-z][.?] )[“\"]?[a-z]", fill(text, a_bond(they))), where


@pytest.mark.parametrize("they", They)
def test_a_name_with_a_placeholder_in_it_passes_through_all_that_ships(they: They) -> None:
    odd = "Jo {they} {is|are} {name}"
    for where, text in shipped().items():
        assert fill(text, a_bond(they, odd)) == fill(text, a_bond(they, "\0")).replace("\0", odd), where
