"""The wording rules, as far as a program can see them."""

from __future__ import annotations

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


def reworded(text: str = FIRST.text, help_: str = FIRST.help) -> Pack:
    return GOOD._replace(prompts=(FIRST._replace(text=text, help=help_), *GOOD.prompts[1:]))


WORDINGS = (
    ("Ah! What was said then?", m.EDIT_EXCLAMATION),
    ("What should change first?", m.EDIT_SHOULD.format(what="should")),
    ("Name one thing you mustn't say.", m.EDIT_SHOULD.format(what="mustn't")),
    ("Which visits do you have to make?", m.EDIT_SHOULD.format(what="have to")),
    ("Why did {they} leave?", m.EDIT_WHY.format(what="Why did")),
    ("Finish the line: why {is|are} {they} so far?", m.EDIT_WHY.format(what="why {")),
    ("What felt toxic about that week?", m.EDIT_LABEL.format(what="toxic")),
    ("Which boundaries held?", m.EDIT_LABEL.format(what="boundaries")),
    ("What would help you heal?", m.EDIT_LABEL.format(what="heal")),
    ("It is never too late; what comes next?", m.EDIT_PROMISE.format(what="never too late")),
    ("How does it show that {name} loves you?", m.EDIT_PROMISE.format(what="loves you")),
    ("What was the last Christmas like?", m.EDIT_ASSUMES.format(what="Christmas")),
    ("What did you pray for?", m.EDIT_ASSUMES.format(what="pray")),
    ("Which color was the door?", m.EDIT_BRITISH.format(what="color")),
    ("What did you realize later?", m.EDIT_BRITISH.format(what="realize")),
    ("What did she say about it?", m.EDIT_PRONOUN.format(what="she")),
    ("What " + "very " * 31 + "long?", m.EDIT_LONG.format(most=32)),
    ("What was said? What was meant?", m.EDIT_STACKED),
    ("Say how it was", m.EDIT_END),
    ("Do you miss {them}?", m.EDIT_CLOSED),
    ("Think of last week. Did you sleep?", m.EDIT_CLOSED),
)
GENTLE = (
    "What was said at the door…",
    "Which shoulder carried the bag, and what was in it?",
    "How did the theme of “the gardener” come up?",
    "Finish the sentence: “I would like …”",
    "What " + "very " * 30 + "long?",
)


@pytest.mark.parametrize(("text", "reason"), WORDINGS)
def test_each_rule_finds_what_it_is_for(text: str, reason: str) -> None:
    assert list(edit(reworded(text))) == [Finding(f"{FIRST.id}, text", reason)]


@pytest.mark.parametrize("text", GENTLE)
def test_words_that_only_look_like_a_fault_pass(text: str) -> None:
    assert list(edit(reworded(text))) == []


@pytest.mark.parametrize("aid", ["Is it small?", "word " * 21, "Ah, well done!"])
def test_a_help_is_a_short_nudge(aid: str) -> None:
    assert [found.key for found in edit(reworded(help_=aid))] == [f"{FIRST.id}, help"]


@pytest.mark.parametrize(("count", "fine"), [(59, False), (60, True), (140, True), (141, False)])
def test_an_about_is_between_60_and_140_words(count: int, fine: bool) -> None:
    about = {**GOOD.about, Role.CHILD: "word " * count}
    reason = m.EDIT_ABOUT.format(count=count, low=60, high=140)
    assert list(edit(GOOD._replace(about=about))) == ([] if fine else [Finding("about, child", reason)])


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("name", {"name": "A toxic bill"}),
        ("about, mother", {"about": {**GOOD.about, Role.MOTHER: "You should know! " + "word " * 70}}),
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
    assert Finding(f"{role}, {stage}", m.EDIT_FEW.format(count=2, least=3)) in found


def test_a_contact_that_leaves_too_few_is_named() -> None:
    closed = frozenset(Contact) - {Contact.IN_TOUCH}
    here = [p for p in GOOD.prompts if (p.role, p.stage) == (Role.MOTHER, Stage.TEND)]
    prompts = tuple(p._replace(not_when=closed) if p in here[1:] else p for p in GOOD.prompts)
    reasons = {found.reason for found in edit(GOOD._replace(prompts=prompts)) if found.key == "mother, tend"}
    assert reasons == {m.EDIT_CONTACT.format(contact=contact, least=2) for contact in closed}


def test_a_stage_without_a_light_question_is_named() -> None:
    stage = Stage.LOOK_AGAIN
    prompts = tuple(p._replace(depth=Depth.DEEP) if p.stage is stage else p for p in GOOD.prompts)
    found = list(edit(GOOD._replace(prompts=prompts)))
    assert {finding.key for finding in found} == {f"{role}, {stage}" for role in Role}
    assert len(found) == len(Role) * len(Contact)
