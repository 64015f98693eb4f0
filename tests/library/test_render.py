"""Questions in words for one bond."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.bundled import Library, closings, feelings, measures, practices, theme_path
from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role, They
from mother_bond.library import rules
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


# --- grammar, whoever it is about --------------------------------------------------------------

PEOPLE = ("Daniel", "James", "Zoë", "Mum", "Ana María", "Chris")
CALLS = ("my son", "Mum", "my eldest")
COMMON = (
    "is was has does isn't wasn't hasn't doesn't asks calls comes feels gets gives goes keeps knows likes lives looks"
    " loves makes means needs rings says sees seems shows speaks stays takes talks tells thinks visits wants wishes"
    " works writes"
)
HELPERS = frozenset("can could did do does may might must shall should will would".split())
"""After one of these the plain verb is right: “what did he have”."""


@cache
def whole() -> dict[str, str]:
    """Everything that ships and is read, each text once, with one place where it stands."""
    packs = list(Library(Path("no such folder")).packs())
    texts = dict(shipped())
    texts |= {
        f"{pack.cause}, {role}": text for pack in packs for role, text in (*pack.about.items(), *pack.way_in.items())
    }
    texts |= {f"{practice.id}, name": practice.name for practice in practices()}
    texts |= {feeling.word: feeling.meaning for feeling in feelings()}
    for path in (theme_path(pack.cause, role) for pack in packs for role in Role):
        assert path is not None
        told = (path.name, path.about, *(part.title for part in path.parts))
        texts |= {f"path {path.cause}, {path.role}, {number}": text for number, text in enumerate(told)}
    return {text: where for where, text in texts.items()}


@cache
def slips_of() -> dict[str, re.Pattern[str]]:
    """What is wrong in a text that is put into words, by its name."""
    forms = set(re.findall(r"\{([a-z']+)\|([a-z']+)\}", " ".join(whole())))
    he_does = "|".join({one for one, _ in forms} | set(COMMON.split()))
    they_do = "|".join({many for _, many in forms} | {"are", "were", "have", "do", "aren't", "weren't", "haven't"})
    often = r"(?:now |once |often |always |never |still |also )?"
    return {
        "a brace": re.compile(r"[{}]"),
        "a doubled word": re.compile(r"\b([\w'’]+) \1\b", re.I),
        "they is": re.compile(rf"\bthey {often}(?:{he_does})\b|\b(?:is|was|has|does) they\b", re.I),
        "he are": re.compile(rf"(?:\b(\w+) )?\bs?he {often}(?:{they_do})\b|\b(?:are|were|have|do) s?he\b", re.I),
        "him are": re.compile(r"\b(?:him|her) (?:are|were)\b|\bthem (?:was|has)\b", re.I),
        "they's": re.compile(r"\b(?:they|them|theirs?|his|hers|him|themselves)['’]s\b|['’] s\b|s['’]s['’]s?\b", re.I),
        "a small letter": re.compile(r"(?:^|[\w”)][.?!] |\n)[“\"]?[a-z]"),
        "a capital": re.compile(r"[a-z,;:] (?:He|She|They|Him|Them|His|Hers?|Theirs?)\b"),
        "two spaces": re.compile(r"  | \n|^ | $"),
        "a space before a stop": re.compile(r"\s[,.;:?!”]"),
    }


def slips(text: str, name: str = "Daniel") -> list[str]:
    """Everything that is wrong in a text that was put into words for somebody of that name."""
    found = {what: pattern.search(text) for what, pattern in slips_of().items()}
    helped = found["he are"] and (found["he are"][1] or "").lower() in HELPERS
    article = re.search(rf"\b{'a' if name[0] in 'AEIOUaeiou' else 'an'} {re.escape(name)}", text, re.I)
    return [what for what, match in found.items() if match and not (what == "he are" and helped)] + ["a, an"] * bool(
        article
    )


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Where {is} {they}?", "a brace"),
        ("What did {name} say to to you?", "a doubled word"),
        ("Where {they} is, it rains.", "they is"),
        ("What {they} often needs is rest.", "they is"),
        ("Where is {they} tonight?", "they is"),
        ("Where {they} are, it rains.", "he are"),
        ("{They} like tea.", "he are"),
        ("Where are {they} tonight?", "he are"),
        ("What {they} never do is sing.", "he are"),
        ("You and {them} are near.", "him are"),
        ("Here stands {they}'s cup.", "they's"),
        ("It is {theirs}'s.", "they's"),
        ("{name}' s cup is here.", "they's"),
        ("It rained. {they} went home.", "a small letter"),
        ("{they} went home.", "a small letter"),
        ("“{their} cup” is here.", "a small letter"),
        ("It rained when {They} came.", "a capital"),
        ("It  rained.", "two spaces"),
        ("It rained .", "a space before a stop"),
        ("“It rained ” is all.", "a space before a stop"),
        ("An {name} of one's own.", "a, an"),
        ("Is there a {name} in it?", "a, an"),
    ],
)
def test_a_slip_of_grammar_is_seen_for_somebody(text: str, slip: str) -> None:
    seen = {found for they in They for name in PEOPLE for found in slips(fill(text, a_bond(they, name)), name)}
    assert seen == {slip}


@pytest.mark.parametrize(
    "text",
    [
        "What did {they} do, and what might {they} have said?",
        "How {they} {is|are} tonight, and how {they} {was|were}, nobody knows.",
        "Where {is|are} {they}? {Their} cup is {theirs}.",
        "Not if being with {them} is unsafe.",
        "{name}'s mug, and {their} own.",
        "Which words had {they}, if {they} had any?",
        "“{They} {likes|like} it …” is one line; {they} may like it.",
        "It was said: “Not now.” Nobody asked.",
    ],
)
def test_good_grammar_has_no_slip_for_anybody(text: str) -> None:
    assert {found for they in They for name in PEOPLE for found in slips(fill(text, a_bond(they, name)), name)} == set()


@pytest.mark.parametrize("they", They)
def test_all_that_ships_is_good_grammar_for_everybody(they: They) -> None:
    plain = {text: where for text, where in whole().items() if "{" not in text}
    found = [(where, slips(text)) for text, where in plain.items()]
    for name in PEOPLE:
        found += [
            (where, slips(fill(text, a_bond(they, name, call)), name))
            for text, where in whole().items() - plain.items()
            for call in (CALLS if "{call}" in text.lower() else CALLS[:1])
        ]
    assert len(found) > 2000
    assert [(where, slip) for where, slip in found if slip] == []


@cache
def shown_for() -> tuple[tuple[str, str, frozenset[Contact]], ...]:
    """What is put into words for a bond: where it stands, the text, and the contacts it is shown for."""
    every = frozenset(Contact)
    asked = [p for pack in Library(Path("no such folder")).packs() for p in pack.prompts]
    texts = [(p.id, text, every - p.not_when) for p in asked for text in (p.text, p.help)]
    texts += [(x.id, x.question, every - x.not_when) for x in measures()]
    texts += [(closing.id, closing.text, every) for closing in closings()]
    for practice in practices():
        fitting = frozenset(contact for contact in Contact if practice.fits(a_bond()._replace(contact=contact)))
        texts += [(practice.id, text, fitting) for act in practice.acts.values() for text in act_texts(act).values()]
    return tuple(texts)


def test_nothing_that_is_shown_after_a_death_speaks_of_the_living() -> None:
    found = [(where, text) for where, text, shown in shown_for() if Contact.DIED in shown]
    told = {where for where, text in found if rules.speaks_of_the_living(text)}
    assert told == {"nearness"}, "how near somebody feels can be asked after a death too"


@pytest.mark.parametrize("contact", sorted(NO_CONTACT))
def test_nothing_that_is_shown_where_there_is_no_contact_speaks_of_one(contact: Contact) -> None:
    assert [
        (where, text) for where, text, shown in shown_for() if contact in shown and rules.touches_contact(text)
    ] == []
