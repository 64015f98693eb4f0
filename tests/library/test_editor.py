"""The wording rules, as far as a program can see them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.bundled import Library
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.prompt import Depth, Pack, Stage
from mother_bond.library.editor import edit
from mother_bond.library.pack import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

GOOD = Library(Path("no such folder")).pack("emotional-debt")
FIRST = GOOD.prompts[0]


def page(words: int) -> str:
    """A page of so many words, in sentences of ten and four paragraphs."""
    told = ["so." if n % 10 == 0 else "so" for n in range(1, words + 1)]
    return "\n\n".join(" ".join(told[n * words // 4 : (n + 1) * words // 4]) for n in range(4))


def reworded(text: str = FIRST.text, help_: str = FIRST.help) -> Pack:
    return GOOD._replace(prompts=(FIRST._replace(text=text, help=help_), *GOOD.prompts[1:]))


WORDINGS = (
    ("Ah! What was said then?", "exclamation", ""),
    ("What should change first?", "should", "should"),
    ("Name one thing you mustn't say.", "should", "mustn't"),
    ("Which visits do you have to make?", "should", "have to"),
    ("What would you try to keep?", "should", "try to"),
    ("Why did {they} leave?", "why", "Why did"),
    ("Finish the line: why {was|were} {they} so far?", "why", "why {"),
    ("What felt toxic about that week?", "label", "toxic"),
    ("Which boundaries held?", "label", "boundaries"),
    ("What would help you heal?", "label", "heal"),
    ("Which old trauma came up?", "label", "trauma"),
    ("It is never too late; what comes next?", "promise", "never too late"),
    ("What told you that {they} {loves|love} you?", "promise", "{they} {loves|love} you"),
    ("It will pass. What helps until then?", "promise", "It will pass"),
    ("Well done. What comes next?", "praise", "Well done"),
    ("What was the last Christmas like?", "faith", "Christmas"),
    ("What did you pray for?", "faith", "pray"),
    ("What did your father say that day?", "family", "your father"),
    ("What did your sister see?", "family", "your sister"),
    ("What have you done because you love {them}?", "love", "because you love"),
    ("What would rebuild the bond?", "closeness", "rebuild"),
    ("What might win {them} back?", "closeness", "win {them} back"),
    ("Which color was the door?", "british", "color"),
    ("What did you realize later?", "british", "realize"),
    ("Who was your neighbor then?", "british", "neighbor"),
    ("What did she say about it?", "pronoun", "she"),
    ("What do you think {they} felt that day?", "motive", "What do you think {they} felt"),
    ("What could {name} do about it?", "other-acts", "What could {name} do"),
    ("Tell the day in every detail.", "detail", "in every detail"),
    ("Who was to blame on that day?", "sides", "Who was to blame"),
    ("What would it take to forgive {them}?", "forgiveness", "forgive {them}"),
    ("What makes you grateful to {name}?", "gratitude", "grateful to {name}"),
    ("What is it that {name} always said?", "sweeping", "{name} always"),
    ("What was said? What was meant?", "stacked", ""),
    ("Where were you then, and what did you do?", "stacked", ""),
    ("Say how it was", "end", ""),
    ("Did you miss {them}?", "closed", ""),
    ("Think of last week. Did you sleep?", "closed", ""),
    (
        "Which particular memory of all those ordinary summer afternoons, considering everything, is dearest to you?",
        "grade",
        "15.4",
    ),
)
"""A wording, the rule that finds it, and the words it names."""

GENTLE = (
    "What was said at the door…",
    "Which shoulder carried the bag?",
    "Who or what was a rest for you then?",
    "Which hours do you have to spare?",
    "How did the theme of “the gardener” come up?",
    "Finish the sentence: “I would like …”",
    "“I should have” is an old song. What comes after it in yours?",
    "Who else was there when you were small, if anybody was?",
    "What " + "very " * 10 + "long?",
)


@pytest.mark.parametrize(("text", "rule", "what"), WORDINGS)
def test_each_rule_finds_what_it_is_for(text: str, rule: str, what: str) -> None:
    assert list(edit(reworded(text))) == [Finding(f"{FIRST.id}, text", m.EDIT[rule].format(what=what), rule)]


@pytest.mark.parametrize("text", GENTLE)
def test_words_that_only_look_like_a_fault_pass(text: str) -> None:
    assert list(edit(reworded(text))) == []


@pytest.mark.parametrize("aid", ["Is it small?", "word " * 21, "Ah, do it now!"])
def test_a_help_is_a_short_nudge(aid: str) -> None:
    assert [found.key for found in edit(reworded(help_=aid))] == [f"{FIRST.id}, help"]


@pytest.mark.parametrize(("count", "fine"), [(149, False), (150, True), (300, True), (301, False)])
def test_a_page_is_between_150_and_300_words(count: int, fine: bool) -> None:
    about = {**GOOD.about, Role.CHILD: page(count)}
    found = Finding("about, child", m.EDIT["page"].format(count=count, low=150, high=300), "page")
    assert list(edit(GOOD._replace(about=about))) == ([] if fine else [found])


def test_a_page_is_told_in_paragraphs() -> None:
    about = {**GOOD.about, Role.CHILD: page(200).replace("\n\n", " ")}
    found = Finding("about, child", m.EDIT["paragraphs"].format(count=1, low=3, high=6), "paragraphs")
    assert list(edit(GOOD._replace(about=about))) == [found]


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("name", {"name": "A toxic bill"}),
        ("about, mother", {"about": {**GOOD.about, Role.MOTHER: "You should know! " + page(200)}}),
        ("way-in, mother", {"way_in": {**GOOD.way_in, Role.MOTHER: "I feel it is a toxic bill!"}}),
    ],
)
def test_all_that_is_read_is_edited_not_only_the_questions(key: str, change: Mapping[str, object]) -> None:
    found = list(edit(GOOD._replace(**dict(change))))  # type: ignore[arg-type]
    assert {finding.key for finding in found} == {key}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", Stage)
def test_a_stage_with_two_questions_is_too_thin(role: Role, stage: Stage) -> None:
    here = [p for p in GOOD.prompts if (p.role, p.stage) == (role, stage)]
    kept = tuple(p for p in GOOD.prompts if p not in here[2:])
    found = list(edit(GOOD._replace(prompts=kept)))
    assert Finding(f"{role}, {stage}", m.EDIT["few"].format(count=2, least=3), "few") in found


def test_a_contact_that_leaves_too_few_is_named() -> None:
    closed = frozenset(Contact) - {Contact.IN_TOUCH}
    here = [p for p in GOOD.prompts if (p.role, p.stage) == (Role.MOTHER, Stage.TEND)]
    prompts = tuple(p._replace(not_when=closed) if p in here[1:] else p for p in GOOD.prompts)
    reasons = {found.reason for found in edit(GOOD._replace(prompts=prompts)) if found.key == "mother, tend"}
    assert reasons == {m.EDIT["open"].format(contact=contact, least=2) for contact in closed}


def test_a_stage_without_a_light_question_is_named() -> None:
    stage = Stage.LOOK_AGAIN
    prompts = tuple(p._replace(depth=Depth.DEEP) if p.stage is stage else p for p in GOOD.prompts)
    found = list(edit(GOOD._replace(prompts=prompts)))
    assert {finding.key for finding in found} == {f"{role}, {stage}" for role in Role}
    assert Counter(finding.rule for finding in found) == {
        "open": len(Role) * len(Contact),
        "depths": len(Role) * 2,
    }
