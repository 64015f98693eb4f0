"""What a careful editor would mend in a pack: the wording rules, as far as a program can see them."""

import re
from collections.abc import Iterator

from mother_bond import messages as m
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.prompt import Depth, Pack, Prompt, Stage
from mother_bond.library.pack import Finding

MOST_WORDS = 32
MOST_HELP_WORDS = 20
FEWEST_PER_STAGE = 3
FEWEST_EVERYWHERE = 2
ABOUT_WORDS = (60, 140)

_RULES = (
    (re.compile(r"!"), m.EDIT_EXCLAMATION),
    (re.compile(r"\b(should(n't)?|must(n't)?|ought|have to)\b", re.I), m.EDIT_SHOULD),
    (re.compile(r"\bwhy (do|does|did|would|is|was|are|were|\{)", re.I), m.EDIT_WHY),
    (
        re.compile(
            r"\b(toxic|narciss\w+|trauma\w*|trigger\w*|boundar\w+|inner child|closure|heal(s|ed|ing)?"
            r"|self-care|empower\w*|validat\w+|journey|unpack|safe space|attachment)\b",
            re.I,
        ),
        m.EDIT_LABEL,
    ),
    (re.compile(r"\b(will get better|it will pass|never too late|loves? you)\b", re.I), m.EDIT_PROMISE),
    (re.compile(r"\b(christmas|easter|birthdays?|god|pray(s|ed|er|ers)?|church)\b", re.I), m.EDIT_ASSUMES),
    (
        re.compile(r"\b(mom|color|favor\w*|honor\w*|apologize|realize\w*|recognize\w*|gray|center)\b", re.I),
        m.EDIT_BRITISH,
    ),
)
_OTHER = re.compile(r"\b(he|she|him|her|his|hers)\b", re.I)
_CLOSED = re.compile(
    r"(^|[.;:,] )(do|does|did|have|has|had|is|are|was|were|can|could|would|will) (you|there|it|\{)", re.I
)


def edit(pack: Pack) -> Iterator[Finding]:
    """Everything in `pack` that breaks a wording rule, and every stage that is too thin."""
    for where, texts in (("about", pack.about), ("way-in", pack.way_in)):
        for role, text in texts.items():
            yield from _words(f"{where}, {role}", text)
    yield from _words("name", pack.name)
    for role, text in pack.about.items():
        count = len(text.split())
        if not ABOUT_WORDS[0] <= count <= ABOUT_WORDS[1]:
            yield Finding(f"about, {role}", m.EDIT_ABOUT.format(count=count, low=ABOUT_WORDS[0], high=ABOUT_WORDS[1]))
    for prompt in pack.prompts:
        yield from _prompt(prompt)
    yield from _coverage(pack)


def _words(key: str, text: str) -> Iterator[Finding]:
    for pattern, reason in _RULES:
        found = pattern.search(text)
        if found:
            yield Finding(key, reason.format(what=found[0].strip()))


def _prompt(prompt: Prompt) -> Iterator[Finding]:
    yield from _words(f"{prompt.id}, text", prompt.text)
    yield from _words(f"{prompt.id}, help", prompt.help)
    key = f"{prompt.id}, text"
    found = _OTHER.search(prompt.text)
    if found:
        yield Finding(key, m.EDIT_PRONOUN.format(what=found[0]))
    if len(prompt.text.split()) > MOST_WORDS:
        yield Finding(key, m.EDIT_LONG.format(most=MOST_WORDS))
    if prompt.text.count("?") > 1:
        yield Finding(key, m.EDIT_STACKED)
    if not prompt.text.endswith(("?", ".", "…", "…”")):
        yield Finding(key, m.EDIT_END)
    question = re.split(r"(?<=[.:;]) ", prompt.text)[-1]
    if question.endswith("?") and _CLOSED.match(question):
        yield Finding(key, m.EDIT_CLOSED)
    if "?" in prompt.help or len(prompt.help.split()) > MOST_HELP_WORDS:
        yield Finding(f"{prompt.id}, help", m.EDIT_HELP.format(most=MOST_HELP_WORDS))


def _coverage(pack: Pack) -> Iterator[Finding]:
    for role in Role:
        for stage in Stage:
            here = [p for p in pack.prompts if p.role is role and p.stage is stage]
            if len(here) < FEWEST_PER_STAGE:
                yield Finding(f"{role}, {stage}", m.EDIT_FEW.format(count=len(here), least=FEWEST_PER_STAGE))
            for contact in Contact:
                open_ones = [p for p in here if contact not in p.not_when]
                light = any(p.depth is Depth.LIGHT for p in open_ones)
                if len(open_ones) < FEWEST_EVERYWHERE or not light:
                    yield Finding(f"{role}, {stage}", m.EDIT_CONTACT.format(contact=contact, least=FEWEST_EVERYWHERE))
