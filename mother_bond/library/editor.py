"""What a careful editor would mend in the questions and in what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.domain.bond import Contact, Role
from mother_bond.domain.measure import Part
from mother_bond.domain.prompt import Depth, Kind, Stage
from mother_bond.library import rules
from mother_bond.library.likeness import alike
from mother_bond.library.pack import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mother_bond.domain.measure import Closing, Feeling, Measure, Practice
    from mother_bond.domain.path import ThemePath
    from mother_bond.domain.prompt import Pack, Prompt

MOST_WORDS = 32
MOST_HELP_WORDS = 20
FEWEST_PER_STAGE = 3
FEWEST_EVERYWHERE = 2
PAGE_WORDS = (150, 300)
PAGE_PARAGRAPHS = (3, 6)
PARTS = (6, 10)
CLOSINGS_A_PART = 14
"""A closing returns after a fortnight at the earliest, also when every evening is a heavy one."""

_CLOSED_CONTACT = frozenset({Contact.NONE_MY_CHOICE, Contact.NONE_THEIR_CHOICE, Contact.DIED})


def edit(pack: Pack) -> Iterator[Finding]:
    """Everything in `pack` that breaks a wording rule, and every stage that is too thin."""
    yield from _text("name", pack.name)
    for role, text in pack.way_in.items():
        yield from _text(f"way-in, {role}", text)
    for role, text in pack.about.items():
        yield from _page(f"about, {role}", text)
    for prompt in pack.prompts:
        yield from _prompt(prompt)
    yield from _whole(pack)


def edit_likeness(prompts: Iterable[Prompt], others: Iterable[Prompt] = ()) -> Iterator[Finding]:
    """Every question of `prompts` that asks nearly what another asks, there or among `others`."""
    own = {prompt.id: prompt.text for prompt in prompts}
    for pair in alike(own | {p.id: p.text for p in others if p.id not in own}):
        if pair.one in own or pair.other in own:
            one, other = (pair.other, pair.one) if pair.other in own else (pair.one, pair.other)
            yield _found(f"{one}, text", "alike", other=other, likeness=pair.likeness)


def edit_practice(practice: Practice) -> Iterator[Finding]:
    """Everything in a practice that breaks a wording rule."""
    yield from _text(f"{practice.id}, name", practice.name)
    for role, act in practice.acts.items():
        key = f"{practice.id}, {role}"
        for text in (act.what, act.may_help, act.not_now, *act.say, *act.notice):
            yield from _text(key, text)
        for text in (act.plan, act.smaller):
            yield from _breaches(key, rules.in_a_plan(text))
            touches = None if practice.needs_contact else rules.goes_to_the_other(text)
            if touches:
                yield _found(key, "practice-contact", what=touches)


def edit_closings(closings: Iterable[Closing]) -> Iterator[Finding]:
    """Everything in the closings that breaks a wording rule, and every part that has too few for a fortnight."""
    closings = tuple(closings)
    for closing in closings:
        yield from _text(closing.id, closing.text)
    for part in Part:
        light = sum(closing.part is part and closing.light for closing in closings)
        if light < CLOSINGS_A_PART:
            yield _found(part, "closings-few", count=light, least=CLOSINGS_A_PART)


def edit_measures(measures: Iterable[Measure]) -> Iterator[Finding]:
    """Everything in the check-in that breaks a wording rule."""
    for measure in measures:
        for text in (measure.question, f"{measure.name}; {measure.low}; {measure.high}"):
            yield from _text(measure.id, text)


def edit_feelings(feelings: Iterable[Feeling]) -> Iterator[Finding]:
    """Everything in the feeling words that breaks a wording rule."""
    for feeling in feelings:
        yield from _text(feeling.word, f"{feeling.word}. {feeling.meaning}")


def edit_path(path: ThemePath, prompts: Mapping[str, Prompt], practices: Mapping[str, Practice]) -> Iterator[Finding]:
    """Everything in a path that breaks a wording rule or the rules of its pace.

    `prompts` and `practices` are those there are, by their ids.
    """
    for text in (path.name, path.about, *(part.title for part in path.parts)):
        yield from _text(f"{path.cause}, {path.role}", text)
    if not PARTS[0] <= len(path.parts) <= PARTS[1]:
        yield _found(f"{path.cause}, {path.role}", "parts", count=len(path.parts), low=PARTS[0], high=PARTS[1])
    seen: set[str] = set()
    deep_before = True  # a path begins gently
    for number, part in enumerate(path.parts, 1):
        key = f"{path.cause}, {path.role}, part {number}"
        asked = [prompts[prompt_id] for prompt_id in part.prompts if prompt_id in prompts]
        practice = practices.get(part.practice)
        fits = practice is not None and (not practice.causes or path.cause in practice.causes)
        order = [list(Stage).index(prompt.stage) for prompt in asked]
        deep = sum(prompt.depth is Depth.DEEP for prompt in asked)
        wrong = (
            ("part-unknown", len(asked) < len(part.prompts) or any(p.cause != path.cause for p in asked)),
            ("part-role", any(prompt.role is not path.role for prompt in asked)),
            ("part-twice", bool(seen & set(part.prompts)) or len(set(part.prompts)) < len(part.prompts)),
            ("part-practice", not fits),
            ("part-order", order != sorted(order)),
            ("part-deep", deep > 1 or bool(deep and deep_before)),
            ("part-contact", all(prompt.not_when for prompt in asked)),
        )
        yield from (_found(key, rule) for rule, broken in wrong if broken)
        seen |= set(part.prompts)
        deep_before = bool(deep)
    if path.parts and not any(prompts[p].stage is Stage.TEND for p in path.parts[-1].prompts if p in prompts):
        yield _found(f"{path.cause}, {path.role}", "parts-end")


def _found(key: str, rule: str, **words: object) -> Finding:
    return Finding(key, m.EDIT[rule].format(**words), rule)


def _breaches(key: str, breaches: Iterable[rules.Breach]) -> Iterator[Finding]:
    return (_found(key, breach.rule, what=breach.what) for breach in breaches)


def _text(key: str, text: str) -> Iterator[Finding]:
    return _breaches(key, rules.everywhere(text))


def _page(key: str, text: str) -> Iterator[Finding]:
    yield from _text(key, text)
    words, paragraphs = len(text.split()), len(text.split("\n\n"))
    for rule, count, (low, high) in (("page", words, PAGE_WORDS), ("paragraphs", paragraphs, PAGE_PARAGRAPHS)):
        if not low <= count <= high:
            yield _found(key, rule, count=count, low=low, high=high)


def _prompt(prompt: Prompt) -> Iterator[Finding]:
    key = f"{prompt.id}, text"
    yield from _text(key, prompt.text)
    yield from _breaches(key, rules.in_a_question(prompt.text))
    if len(prompt.text.split()) > MOST_WORDS:
        yield _found(key, "long", most=MOST_WORDS)
    touches = rules.touches_contact(prompt.text)
    living = rules.speaks_of_the_living(prompt.text)
    if touches and not prompt.not_when >= _CLOSED_CONTACT:
        yield _found(key, "contact", what=touches)
    elif living and Contact.DIED not in prompt.not_when:
        yield _found(key, "living", what=living)
    yield from _help(prompt)
    if "?" in prompt.help or len(prompt.help.split()) > MOST_HELP_WORDS:
        yield _found(f"{prompt.id}, help", "help", most=MOST_HELP_WORDS)


def _help(prompt: Prompt) -> Iterator[Finding]:
    """A nudge keeps to the rules of its question."""
    key = f"{prompt.id}, help"
    yield from _text(key, prompt.help)
    if found := rules.PRONOUN.search(prompt.help):
        yield _found(key, "pronoun", what=found[0])
    touches = rules.touches_contact(prompt.help)
    living = rules.speaks_of_the_living(prompt.help)
    if touches and not prompt.not_when >= _CLOSED_CONTACT:
        yield _found(key, "contact", what=touches)
    elif living and Contact.DIED not in prompt.not_when:
        yield _found(key, "living", what=living)


def _whole(pack: Pack) -> Iterator[Finding]:
    """Whether there is enough to ask: for both roles, at every stage, at every depth, for every contact."""
    for role in Role:
        for stage in Stage:
            key = f"{role}, {stage}"
            here = [p for p in pack.prompts if p.role is role and p.stage is stage]
            if len(here) < FEWEST_PER_STAGE:
                yield _found(key, "few", count=len(here), least=FEWEST_PER_STAGE)
            for depth in Depth:
                if not any(p.depth is depth for p in here):
                    yield _found(key, "depths", depth=depth)
            for contact in Contact:
                able = [p for p in here if contact not in p.not_when]
                light = any(p.depth is Depth.LIGHT for p in able)
                if len(able) < FEWEST_EVERYWHERE or not light:
                    yield _found(key, "open", contact=contact, least=FEWEST_EVERYWHERE)
    if pack.kind is Kind.GUARD:
        for prompt in pack.prompts:
            yield from _guarded(f"{prompt.id}, text", prompt.text)
            yield from _guarded(f"{prompt.id}, help", prompt.help)


def _guarded(key: str, text: str) -> Iterator[Finding]:
    """The guard's words lead to nobody."""
    if touches := rules.touches_contact(text) or rules.goes_to_the_other(text):
        yield _found(key, "guard", what=touches)
