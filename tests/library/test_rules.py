"""The patterns of the wording rules: what each must find, and what only looks like it."""

from __future__ import annotations

import ast
import inspect
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.library import editor, rules
from mother_bond.library.grade import grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

# --- the other person --------------------------------------------------------------------------

CONTACT = (
    "Next time you see {name}, what would you like to wear?",
    "When you next see {them}, which chair do you take?",
    "When you meet {name}, who speaks first?",
    "When you next call {them}, how long would suit you?",
    "When you ring {name}, where do you stand?",
    "When you now visit {call}, what do you carry?",
    "When you next tell {name} of a choice, which words come first?",
    "When you last answer {name} before bed, how do you sleep?",
    "When you talk to {name}, how does your voice sound?",
    "When you next speak with {them}, what may stay out?",
    "The next time you see each other, where would it be?",
    "When {name} next asks, what would you say?",
    "What would make the next call lighter for you?",
    "How long would you like the next visit to be?",
    "The next message can be short. Which word is in it?",
    "What would you tell {name}, if you wished to?",
    "Which small thing could you ask {them}?",
    "Which photo might you send {name}?",
    "What could you show {them} of your week?",
    "What would you like to say to {name}?",
    "Which line would you write to {name}?",
    "When could you ring {them} with ease?",
    "To which small thing could you invite {name}?",
    "What will you tell {call}?",
    "Think of one thing to tell {name} this week.",
    "Who could ask {them} tomorrow?",
    "Ring {name} soon, or not. What weighs for it?",
    "When {name} calls, where is the phone?",
    "When {name} writes, what do you do first?",
    "When {they} {rings|ring}, what do your hands do?",
    "When {they} {comes|come} by, what do you hide?",
    "When {name} visits, which cup is {theirs}?",
)
"""Texts that speak of a contact now or to come."""

NO_CONTACT = (
    "When you last saw {name}, what was on the table?",
    "What did {name} say when you called?",
    "When {name} came home from school, what did you hear first?",
    "When {name} comes to your mind, how old {is|are} {they} in the picture?",
    "When {name} was small, who rang at the door?",
    "When {they} {was|were} ill, who sat by the bed?",
    "When {they} {had|had} a bad day, where did it go?",
    "When {they} {did|did} well, who knew?",
    "When you see yourself from across the street, what do you notice?",
    "When you meet a friend, who talks more?",
    "When you visit a place from long ago, what do you look for?",
    "Which visit to anyone do you remember with ease?",
    "What would you tell a friend who felt like this?",
    "What could you ask of yourself tonight?",
    "What did you once tell {name} about your day?",
    "Which letter to {name} did you never send?",
    "What might you not know about {name} at nineteen?",
    "The next hour is yours. What would be in it?",
    "When you write about {name}, which word comes first?",
    "How would a fair stranger tell {name}'s side?",
)
"""Texts in which nobody meets, now or later."""

LIVING = (
    "{name} is good at cards. What are you good at?",
    "What do you like in how {they} {is|are} with others?",
    "{They} {has|have} a laugh. What is it like?",
    "Which thing that {name} has would suit you too?",
    "What does {name} like that you do not?",
    "What {does|do} {they} see from the window?",
    "How old {is|are} {they} in the picture?",
    "What {has|have} {they} kept?",
    "Which dish {name} wants tells you something?",
    "What {name} needs may not be yours to give.",
    "{name} keeps one old thing. Which?",
    "{name} knows you in one way. Which?",
    "Where {they} {lives|live}, which sound is there?",
    "What {name} now thinks may stay unknown.",
    "{name} says little. What do you say?",
    "What is {name} to you tonight?",
    "{call} is somewhere tonight. Where are you?",
    "Which part of {name}'s life now is a blank to you?",
    "What {they} {feels|feel} is {theirs}.",
    "{name} lives far off. How far is it in hours?",
)
"""Texts that say in the present what the other is or does."""

NOT_LIVING = (
    "What was {name} like at ten?",
    "How {was|were} {they} as a child?",
    "{They} {was|were} small. Who sang?",
    "What {had|had} {they} in the pocket?",
    "Which game {did|did} {they} like?",
    "What {name} {used|used} to sing may come back. Which line?",
    "What did {name} keep on the shelf?",
    "Which question about {name} is still open for you?",
    "What of {name} is in your own hands?",
    "Your wish for {name} is yours. How would you put it?",
    "The old matter with {name} is still there. Where do you feel it?",
    "What came to you from {name} is yours to keep or not. Which thing?",
    "What you did for {name} has left a mark. Where?",
    "What might {name} have heard?",
    "Which of {name}'s songs do you hum?",
    "Who is with you when you think of {them}?",
    "What has stayed since {name} died?",
    "You and {name} had one joke. Which?",
    "What passed between you and {name} is long ago. What is left of it?",
    "What you once gave to {name} is out of your hands. Where may it be?",
    "A line said by {name} has stayed with you. Which?",
)
"""Texts that are as true after a death."""

TO_THE_OTHER = (
    "When it is quiet, I will tell {name} one thing.",
    "When Sunday comes, I will ask {them} about the garden.",
    "When I am calm, I will ring {name}.",
    "When I am calm, I will call {them}.",
    "When I cook, I will phone {name} once.",
    "When I see a photo, I will text {name}.",
    "When I am near, I will visit {them}.",
    "When I am lonely, I will invite {name} once.",
    "When I wake, I will message {name}.",
    "When I miss the talk, I will write to {name}.",
    "When I bake, I will send {them} a slice.",
    "When a line comes, I will reply to {name} in one word.",
    "When I can, I will answer {call}.",
    "When it is spring, I will meet {them} on the bench.",
    "TELL {name} so.",
)
"""Words that do something with the other."""

TO_ONESELF = (
    "When it is quiet, I will tell myself one thing.",
    "When I think of {name}, I will write one line.",
    "When I see a photo of {name}, I will note one thing about {them}.",
    "When I want to tell it, I will tell a friend about {name}.",
    "When a question about {name} comes, I will ask for nothing tonight.",
    "When I remember {name}, I will call it a day.",
    "When I am tired, I will send for soup.",
    "When guilt comes, I will answer it as a friend would.",
    "When I look for {name}'s old book, I will read one page.",
    "When the retelling tires me, I will rest.",
    "When {name} comes to my mind, I will stretch.",
)
"""Words that stay with the writer."""


@pytest.mark.parametrize("text", CONTACT)
def test_a_text_that_speaks_of_a_contact_is_found(text: str) -> None:
    assert rules.touches_contact(text)


@pytest.mark.parametrize("text", NO_CONTACT)
def test_a_text_in_which_nobody_meets_is_left_alone(text: str) -> None:
    assert rules.touches_contact(text) is None


@pytest.mark.parametrize("text", LIVING)
def test_a_text_that_says_what_the_other_does_today_is_found(text: str) -> None:
    assert rules.speaks_of_the_living(text)


@pytest.mark.parametrize("text", NOT_LIVING)
def test_a_text_that_is_true_after_a_death_is_left_alone(text: str) -> None:
    assert rules.speaks_of_the_living(text) is None


@pytest.mark.parametrize("text", TO_THE_OTHER)
def test_an_act_towards_the_other_is_found(text: str) -> None:
    assert rules.goes_to_the_other(text)


@pytest.mark.parametrize("text", TO_ONESELF)
def test_an_act_that_stays_with_the_writer_is_left_alone(text: str) -> None:
    assert rules.goes_to_the_other(text) is None


# --- pressing ----------------------------------------------------------------------------------


def names(breaches: Iterator[rules.Breach]) -> list[str]:
    return [breach.rule for breach in breaches]


@pytest.mark.parametrize("word", ["should", "shouldn't", "shouldn’t", "must", "mustn’t", "ought", "have to", "try to"])
def test_words_that_press_are_found_outside_quotes_alone(word: str) -> None:
    assert names(rules.everywhere(f"You {word} rest.")) == ["should"]
    assert names(rules.everywhere(f"{word.capitalize()} it rest?")) == ["should"]
    assert names(rules.everywhere(f"An old voice says “you {word} rest”.")) == []
    assert names(rules.everywhere(f"“Sit down” says the voice, and you {word} rest “a while”.")) == ["should"]
    assert names(rules.everywhere(f"A quote that nobody ends: “you {word} rest.")) == ["should"]


@pytest.mark.parametrize(
    "text",
    [
        "Which shoulder is sore?",
        "The mustard is yours.",
        "You have to spare an hour.",
        "You thought of it.",
        "A trial.",
    ],
)
def test_words_that_only_sound_like_pressing_are_left_alone(text: str) -> None:
    assert names(rules.everywhere(text)) == []


# --- how hard ----------------------------------------------------------------------------------

MIDDLING = "The quiet evenings you remember may have had a window, a kettle and somebody near the stove."


def test_the_hardest_grade_is_6_and_may_be_another() -> None:
    assert grade(MIDDLING) > 6
    assert names(rules.everywhere(MIDDLING)) == ["grade"]
    assert [breach.what for breach in rules.everywhere(MIDDLING)] == [f"{grade(MIDDLING):.1f}, and 6"]
    assert names(rules.everywhere(MIDDLING, grade(MIDDLING))) == []
    assert names(rules.everywhere(MIDDLING, grade(MIDDLING) - 0.01)) == ["grade"]


@pytest.mark.parametrize(("count", "found"), [(14, []), (15, ["grade"])])
def test_a_few_words_have_no_grade(count: int, found: list[str]) -> None:
    assert names(rules.everywhere("ordinary " * (count - 1) + "memory.")) == found


def test_a_placeholder_is_as_easy_as_a_name() -> None:
    assert rules.plainly("{name}, {call}: {they} {is|are} {their} own, {Themselves}.") == (
        "Daniel, your son: they is their own, Themselves."
    )


# --- plans -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        ("When the kettle sings, I will sit down.", []),
        ("When {they} {calls|call}, I will listen for two minutes.", []),
        ("When the kettle sings I will sit down.", ["plan"]),
        ("When the kettle sings, I sit down.", ["plan"]),
        ("When the kettle sings, I will sit down", ["plan"]),
        ("When, I will sit down.", ["plan"]),
        ("When the kettle sings, I will sit down. And then", ["plan"]),
        ("If the kettle sings, I will sit down.", ["plan"]),
        ("I will sit down when the kettle sings.", ["plan"]),
        ("when the kettle sings, I will sit down.", ["plan"]),
        ("When the kettle sings, I will sit down!", ["exclamation", "plan"]),
        ("When the kettle sings, I will try to rest.", ["should"]),
        ("When I unpack, I will rest.", ["label"]),
        ("", ["plan"]),
    ],
)
def test_a_plan_is_one_when_and_one_i_will(plan: str, found: list[str]) -> None:
    assert names(rules.in_a_plan(plan)) == found


def test_a_plan_may_be_a_little_harder_than_other_texts() -> None:
    plan = "When the quiet weighs on me, I will open the window and listen for a minute to the street."
    assert names(rules.everywhere(plan)) == ["grade"]
    assert names(rules.in_a_plan(plan)) == []
    assert names(rules.in_a_plan(plan.replace("a minute to the street", "another minute to everybody"))) == ["grade"]


# --- the names of the rules --------------------------------------------------------------------

BROKEN: dict[str, tuple[Callable[[str], Iterator[rules.Breach]], str]] = {
    "exclamation": (rules.everywhere, "Sit down!"),
    "why": (rules.everywhere, "Why did it rain?"),
    "label": (rules.everywhere, "A toxic week."),
    "promise": (rules.everywhere, "It will pass."),
    "praise": (rules.everywhere, "Well done."),
    "faith": (rules.everywhere, "It was Easter."),
    "family": (rules.everywhere, "Your father sang."),
    "love": (rules.everywhere, "How much you love tea."),
    "closeness": (rules.everywhere, "Reach out."),
    "british": (rules.everywhere, "The gray one."),
    "should": (rules.everywhere, "You should."),
    "grade": (rules.everywhere, MIDDLING),
    "plan": (rules.in_a_plan, "I will."),
    "pronoun": (rules.in_a_question, "What did she say?"),
    "motive": (rules.in_a_question, "How might {name} feel?"),
    "other-acts": (rules.in_a_question, "What could {they} change?"),
    "detail": (rules.in_a_question, "What would you relive?"),
    "sides": (rules.in_a_question, "Whose fault was it?"),
    "forgiveness": (rules.in_a_question, "What of it could you forgive {them}?"),
    "gratitude": (rules.in_a_question, "For what are you thankful to {name}?"),
    "sweeping": (rules.in_a_question, "What has {name} never said?"),
    "stacked": (rules.in_a_question, "Who was there, and what was said?"),
    "end": (rules.in_a_question, "Say it"),
    "closed": (rules.in_a_question, "Is it so?"),
}
"""For each rule of rules.py what yields it, and a text that breaks it."""


def named(module: ModuleType, function: str, place: int) -> Iterator[str]:
    """What the code of a module names to a function, at that place of its arguments."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(func=ast.Name(id=called), args=given) if called == function:
                if isinstance(name := given[place], ast.Constant):
                    yield str(name.value)


def names_in_rules() -> set[str]:
    """Every rule rules.py can yield: those of its tables, and those it names where it makes a breach."""
    tables = {rule for rule, _ in (*rules._EVERYWHERE, rules._PRESSING, *rules._IN_QUESTIONS)}
    return tables | set(named(rules, "Breach", 0))


def names_in_editor() -> set[str]:
    """Every rule editor.py names itself: to `_found`, or at the head of a pair it goes through."""
    tuples = [n.elts[0] for n in ast.walk(ast.parse(inspect.getsource(editor))) if isinstance(n, ast.Tuple) and n.elts]
    heads = {head.value for head in tuples if isinstance(head, ast.Constant) and isinstance(head.value, str)}
    return heads | set(named(editor, "_found", 1))


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_every_rule_is_broken_by_a_text(rule: str) -> None:
    find, text = BROKEN[rule]
    assert names(find(text)) == [rule]


def test_no_rule_is_left_out_here() -> None:
    assert names_in_rules() == set(BROKEN)


def test_every_rule_has_its_sentence_and_every_sentence_its_rule() -> None:
    assert names_in_rules() | names_in_editor() == set(m.EDIT)


@pytest.mark.parametrize("rule", sorted(m.EDIT))
def test_every_sentence_of_a_rule_says_how_to_mend_it(rule: str) -> None:
    assert re.search(r"; \w|\bmust\b", m.EDIT[rule])
    assert not m.EDIT[rule].endswith((".", ";"))


# --- any text ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "When you next see {name} , {they} {is|are} {has|have} should “ ” call tell to them ? ! . why what do {them} the"
    " “must” I will heal your father loves you always never or how…".split()
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=40)


@given(TEXTS)
def test_what_a_rule_names_stands_in_the_text(text: str) -> None:
    for breach in (*rules.everywhere(text), *rules.in_a_question(text), *rules.in_a_plan(text)):
        assert breach.rule in m.EDIT
        assert breach.rule == "grade" or breach.what in text or breach.what in rules._QUOTED.sub("", text)
    for found in (rules.touches_contact(text), rules.speaks_of_the_living(text), rules.goes_to_the_other(text)):
        assert found is None or (found and found in text)
