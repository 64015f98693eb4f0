"""The wording rules, as far as a program can see them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.bundled import Library, practices, theme_path
from mother_bond.domain.bond import NO_CONTACT, Contact, Role
from mother_bond.domain.measure import Act, Closing, Energy, Feeling, Part, Practice
from mother_bond.domain.prompt import GUARD, Depth, Kind, Pack, Prompt, Stage
from mother_bond.library.editor import edit, edit_closings, edit_feelings, edit_likeness, edit_path, edit_practice
from mother_bond.library.pack import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mother_bond.domain.path import ThemePath

LIBRARY = Library(Path("no such folder"))
GOOD = LIBRARY.pack("emotional-debt")
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
        "15.4, and 6",
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


# --- contact, the living, the guard ------------------------------------------------------------

MEETING = "When you next see {name}, what would you like to wear?"
LIVING = "Which thing that {name} has would suit you too?"


def rules_of(findings: Iterable[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def asked(pack: Pack, text: str, *not_when: Contact) -> Pack:
    """The pack with another question in its first place, and one beside it that everybody may be asked."""
    first, *others = pack.prompts
    light = first._replace(id=f"{first.id}9", text="Which hour of today was yours?", not_when=frozenset())
    return pack._replace(prompts=(first._replace(text=text, not_when=frozenset(not_when)), light, *others))


@pytest.mark.parametrize(
    ("not_when", "found"),
    [
        ((), ["contact"]),
        ((Contact.DIED,), ["contact"]),
        ((Contact.NONE_MY_CHOICE, Contact.NONE_THEIR_CHOICE), ["contact"]),
        (tuple(NO_CONTACT), []),
        (tuple(Contact), []),
    ],
)
def test_a_question_that_speaks_of_contact_is_closed_where_there_is_none(
    not_when: tuple[Contact, ...], found: list[str]
) -> None:
    assert rules_of(edit(asked(GOOD, MEETING, *not_when))) == found


def test_what_speaks_of_contact_is_named() -> None:
    what = m.EDIT["contact"].format(what="When you next see {name}")
    assert list(edit(asked(GOOD, MEETING))) == [Finding(f"{FIRST.id}, text", what, "contact")]


@pytest.mark.parametrize(
    ("not_when", "found"),
    [
        ((), ["living"]),
        ((Contact.NONE_MY_CHOICE, Contact.NONE_THEIR_CHOICE), ["living"]),
        ((Contact.DIED,), []),
        (tuple(NO_CONTACT), []),
    ],
)
def test_a_question_that_speaks_of_the_living_is_closed_after_a_death(
    not_when: tuple[Contact, ...], found: list[str]
) -> None:
    assert rules_of(edit(asked(GOOD, LIVING, *not_when))) == found


def test_what_speaks_of_the_living_is_named() -> None:
    what = m.EDIT["living"].format(what="{name} has")
    assert list(edit(asked(GOOD, LIVING))) == [Finding(f"{FIRST.id}, text", what, "living")]


def test_a_question_of_the_guard_never_speaks_of_contact_even_where_it_is_closed() -> None:
    guard = LIBRARY.pack(GUARD)
    key, what = f"{guard.prompts[0].id}, text", m.EDIT["guard"].format(what="When you next see {name}")
    assert Finding(key, what, "guard") in list(edit(asked(guard, MEETING, *NO_CONTACT)))
    assert Finding(key, what, "guard") not in list(edit(asked(guard._replace(kind=Kind.LOOP), MEETING, *NO_CONTACT)))
    assert "guard" not in rules_of(edit(asked(guard, "Which hour of today was yours?")))


# --- likeness ----------------------------------------------------------------------------------


def question(prompt_id: str, text: str) -> Prompt:
    return FIRST._replace(id=prompt_id, text=text)


PLUMS = "Which jar of plums would you open tonight?"
LAMP = "Which lamp burned longest on winter evenings?"


def test_two_questions_of_a_pack_that_ask_the_same_are_found_once() -> None:
    found = edit_likeness([question("a.1", PLUMS), question("a.2", LAMP), question("a.3", PLUMS)])
    assert list(found) == [Finding("a.3, text", m.EDIT["alike"].format(other="a.1", likeness=1.0), "alike")]


@pytest.mark.parametrize("own_first", [True, False])
def test_a_question_that_asks_what_another_pack_asks_is_found_under_its_own_name(own_first: bool) -> None:
    own, other = ("a.1", "b.1") if own_first else ("b.1", "a.1")
    found = edit_likeness([question(own, PLUMS)], [question(other, PLUMS), question("c.1", LAMP)])
    assert list(found) == [Finding(f"{own}, text", m.EDIT["alike"].format(other=other, likeness=1.0), "alike")]


def test_others_that_are_like_each_other_are_not_ours_to_mend() -> None:
    assert list(edit_likeness([question("a.1", LAMP)], [question("b.1", PLUMS), question("b.2", PLUMS)])) == []


def test_the_question_whose_place_is_taken_is_no_twin() -> None:
    assert list(edit_likeness([question("a.1", PLUMS)], [question("a.1", PLUMS)])) == []
    assert list(edit_likeness([question("a.1", PLUMS)], [question("a.1", LAMP), question("b.1", LAMP)])) == []


# --- practices ---------------------------------------------------------------------------------

ACT = Act(
    what="You write one line and leave it.",
    may_help="For some it may be a rest.",
    plan="When the kettle sings, I will write one line.",
    smaller="When the kettle sings, I will sit down.",
    not_now="Not late at night.",
    say=("It was a long day.", "I am here."),
    notice=("“Not now” may be heard as a closed door.",),
)
PRACTICE = Practice("one-line", "One line", (), ("S2.23",), False, False, {Role.MOTHER: ACT, Role.CHILD: ACT})


def acted(**changed: object) -> Practice:
    """The practice with a child's part that differs."""
    return PRACTICE._replace(acts={Role.MOTHER: ACT, Role.CHILD: ACT._replace(**changed)})  # type: ignore[arg-type]


def test_a_good_practice_has_nothing_to_mend() -> None:
    assert list(edit_practice(PRACTICE)) == []


@pytest.mark.parametrize("part", ["what", "may_help", "not_now", "say", "notice"])
def test_every_text_of_a_practice_is_edited(part: str) -> None:
    text = "You should rest."
    found = list(edit_practice(acted(**{part: (*ACT.say, text) if part in {"say", "notice"} else text})))
    assert found == [Finding("one-line, child", m.EDIT["should"].format(what="should"), "should")]


def test_the_name_of_a_practice_is_edited() -> None:
    found = list(edit_practice(PRACTICE._replace(name="A toxic line")))
    assert found == [Finding("one-line, name", m.EDIT["label"].format(what="toxic"), "label")]


@pytest.mark.parametrize("part", ["plan", "smaller"])
@pytest.mark.parametrize(
    ("text", "rule", "what"),
    [
        ("I will write one line.", "plan", ""),
        ("When the kettle sings, I will try to write.", "should", "try to"),
        ("When the kettle sings, I will tell {name} one thing.", "practice-contact", "tell {name}"),
        ("When the kettle sings, I will write to {them}.", "practice-contact", "write to {them}"),
    ],
)
def test_a_plan_of_a_practice_has_its_form_and_stays_with_the_writer(
    part: str, text: str, rule: str, what: str
) -> None:
    assert list(edit_practice(acted(**{part: text}))) == [
        Finding("one-line, child", m.EDIT[rule].format(what=what), rule)
    ]


def test_a_practice_that_needs_contact_may_go_to_the_other() -> None:
    practice = acted(plan="When the kettle sings, I will tell {name} one thing.")._replace(needs_contact=True)
    assert list(edit_practice(practice)) == []


# --- closings and feelings ---------------------------------------------------------------------


def closings_of(light: int, dark: int = 0) -> list[Closing]:
    """So many ways to end a sitting in each part."""
    return [
        Closing(f"{part}.{number:02}", part, "Let one breath go.", number < light, ("E28",))
        for part in Part
        for number in range(light + dark)
    ]


def test_fourteen_light_closings_in_a_part_are_enough() -> None:
    assert list(edit_closings(closings_of(14))) == []


@pytest.mark.parametrize("dark", [0, 5])
@pytest.mark.parametrize("part", Part)
def test_thirteen_light_closings_in_a_part_are_too_few_whatever_else_there_is(part: Part, dark: int) -> None:
    kept = [c for c in closings_of(14, dark) if c.id != f"{part}.00"]
    found = Finding(part, m.EDIT["closings-few"].format(count=13, least=14), "closings-few")
    assert list(edit_closings(kept)) == [found]


def test_without_closings_every_part_is_named() -> None:
    assert [finding.key for finding in edit_closings([])] == list(Part)


def test_the_words_of_a_closing_are_edited_light_or_not() -> None:
    loud = Closing("breath.99", Part.BREATH, "Breathe out!", False, ("E28",))
    found = Finding("breath.99", m.EDIT["exclamation"].format(what="!"), "exclamation")
    assert list(edit_closings([*closings_of(14), loud, loud._replace(light=True)])) == [found, found]


@pytest.mark.parametrize(
    ("word", "meaning", "found"),
    [
        ("sad", "Low and heavy at heart, with or without tears.", []),
        ("traumatised", "Low and heavy at heart.", ["label"]),
        ("sad", "What a toxic week leaves behind.", ["label"]),
        ("sad", "You should rest.", ["should"]),
        ("sad", "Low!", ["exclamation"]),
    ],
)
def test_the_words_for_feelings_are_edited_with_their_meaning(word: str, meaning: str, found: list[str]) -> None:
    given = list(
        edit_feelings([Feeling("calm", Energy.LOW, True, "At ease."), Feeling(word, Energy.LOW, False, meaning)])
    )
    assert [(finding.key, finding.rule) for finding in given] == [(word, rule) for rule in found]


# --- paths -------------------------------------------------------------------------------------


def good_path() -> ThemePath:
    """A path that ships."""
    path = theme_path("emotional-debt", Role.MOTHER)
    assert path is not None
    return path


PATH = good_path()
PARTS = PATH.parts
PROMPTS = {prompt.id: prompt for pack in LIBRARY.packs() for prompt in pack.prompts}
ACTS = {practice.id: practice for practice in practices()}
KEY = "emotional-debt, mother"
OF_OTHER_ROLE = next(p.id for p in GOOD.prompts if p.role is Role.CHILD)
OF_OTHER_THEME = next(p.id for p in LIBRARY.pack("outside-stress").prompts if p.role is Role.MOTHER)


def part_with(place: int, **changed: object) -> ThemePath:
    """The good path with one part that differs; `place` counts from 0, and may count from the end."""
    parts = list(PARTS)
    parts[place] = parts[place]._replace(**changed)  # type: ignore[arg-type]
    return PATH._replace(parts=tuple(parts))


def prompts_with(changed: Mapping[str, Mapping[str, object]]) -> dict[str, Prompt]:
    """Every question, some of them changed."""
    return PROMPTS | {key: PROMPTS[key]._replace(**change) for key, change in changed.items()}  # type: ignore[arg-type]


def found_in(path: ThemePath = PATH, prompts: Mapping[str, Prompt] = PROMPTS) -> list[Finding]:
    return list(edit_path(path, prompts, ACTS))


def one(place: int, rule: str) -> list[Finding]:
    return [Finding(f"{KEY}, part {range(len(PARTS))[place] + 1}", m.EDIT[rule], rule)]


OPEN: Mapping[str, object] = {"depth": Depth.LIGHT, "not_when": frozenset()}
EASY = {key: OPEN for part in PARTS for key in part.prompts}
"""All the questions of the path made light and open to everybody."""


def test_a_good_path_has_nothing_to_mend() -> None:
    assert found_in() == []
    assert all(len(part.prompts) > 1 for part in PARTS)


@pytest.mark.parametrize("unknown", ["emotional-debt.mother.notice.99", "", OF_OTHER_THEME])
def test_a_part_asks_what_stands_in_its_themes_pack(unknown: str) -> None:
    prompts = prompts_with(EASY | {OF_OTHER_THEME: {**OPEN, "stage": Stage.TEND}})
    assert found_in(part_with(-1, prompts=(PARTS[-1].prompts[0], unknown)), prompts) == one(-1, "part-unknown")


def test_a_part_asks_its_own_role() -> None:
    prompts = prompts_with(EASY | {OF_OTHER_ROLE: {**OPEN, "stage": Stage.TEND}})
    assert found_in(part_with(-1, prompts=(PARTS[-1].prompts[0], OF_OTHER_ROLE)), prompts) == one(-1, "part-role")


def test_no_question_stands_twice_on_a_path() -> None:
    twice, again = PARTS[0].prompts[0], PARTS[-1].prompts[0]
    prompts = prompts_with(EASY)
    assert found_in(part_with(-1, prompts=(twice, *PARTS[-1].prompts)), prompts) == one(-1, "part-twice")
    assert found_in(part_with(-1, prompts=(again, again)), prompts) == one(-1, "part-twice")


@pytest.mark.parametrize("practice", ["no-such-practice", "", "honour-choices"])
def test_a_part_offers_a_practice_that_fits_its_theme(practice: str) -> None:
    assert found_in(part_with(2, practice=practice)) == one(2, "part-practice")


def test_a_practice_for_every_theme_fits() -> None:
    assert ACTS["self-kindness"].causes == ()
    assert found_in(part_with(2, practice="self-kindness")) == []


def test_a_part_never_goes_back_a_stage() -> None:
    first, second = PARTS[1].prompts[:2]
    forward = prompts_with(EASY | {first: {"stage": Stage.NOTICE}, second: {"stage": Stage.TEND}})
    back = prompts_with(EASY | {first: {"stage": Stage.TEND}, second: {"stage": Stage.LOOK_AGAIN}})
    path = part_with(1, prompts=(first, second))
    assert found_in(path, forward) == []
    assert found_in(path, back) == one(1, "part-order")


def deepened(*places: tuple[int, int]) -> dict[str, Prompt]:
    """The questions with none deep but those at these places: part and question, from 0."""
    return prompts_with(EASY | {PARTS[part].prompts[at]: {"depth": Depth.DEEP} for part, at in places})


def test_a_path_goes_deep_once_at_a_time_and_never_at_its_beginning() -> None:
    assert found_in(PATH, deepened((1, 0), (3, 1), (5, 0))) == []
    assert found_in(PATH, deepened((0, 1))) == one(0, "part-deep")
    assert found_in(PATH, deepened((2, 0), (2, 1))) == one(2, "part-deep")
    assert found_in(PATH, deepened((2, 0), (3, 1))) == one(3, "part-deep")
    assert found_in(PATH, deepened((2, 0), (3, 1), (4, 0))) == one(3, "part-deep") + one(4, "part-deep")


def test_a_part_has_a_question_that_may_always_be_asked() -> None:
    some, *others = PARTS[3].prompts
    open_ = prompts_with({some: {"not_when": frozenset()}} | {key: {"not_when": NO_CONTACT} for key in others})
    died = frozenset({Contact.DIED})
    closed = prompts_with({key: {"not_when": died} for key in (some, *others)})
    assert found_in(PATH, open_) == []
    assert found_in(PATH, closed) == one(3, "part-contact")


@pytest.mark.parametrize(("count", "fine"), [(1, False), (5, False), (6, True), (10, True), (11, False)])
def test_a_path_has_six_to_ten_parts(count: int, fine: bool) -> None:
    more = {f"more.{number}": FIRST._replace(depth=Depth.LIGHT, not_when=frozenset()) for number in range(count)}
    parts = (*(PARTS[0]._replace(prompts=(key,)) for key in more), *PARTS)[-count:]
    found = Finding(KEY, m.EDIT["parts"].format(count=count, low=6, high=10), "parts")
    assert found_in(PATH._replace(parts=parts), prompts_with(EASY) | more) == ([] if fine else [found])


def test_a_path_without_parts_is_a_finding_and_no_more() -> None:
    assert rules_of(found_in(PATH._replace(parts=()))) == ["parts"]


def test_a_path_ends_with_something_to_tend() -> None:
    prompts = prompts_with({key: {"stage": Stage.LOOK_AGAIN} for key in PARTS[-1].prompts})
    assert found_in(PATH, prompts) == [Finding(KEY, m.EDIT["parts-end"], "parts-end")]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (PATH._replace(name="A toxic walk"), "toxic"),
        (PATH._replace(about="You look at what was traumatic."), "traumatic"),
        (part_with(4, title="A safe space"), "safe space"),
    ],
)
def test_the_words_of_a_path_are_edited(path: ThemePath, what: str) -> None:
    assert found_in(path) == [Finding(KEY, m.EDIT["label"].format(what=what), "label")]
