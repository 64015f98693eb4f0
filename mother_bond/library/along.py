"""Along a path: which part comes next, whether it waits tonight, and what it asks of this bond."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.domain.prompt import Depth
from mother_bond.library.choose import may_ask, next_prompt, too_deep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.path import ThemePath
    from mother_bond.domain.prompt import Pack, Prompt
    from mother_bond.library.choose import Past


class Walked(NamedTuple):
    """How far a path was walked: the number of the last part, from 1, and its day."""

    part: int
    day: str


def following(path: ThemePath, walked: Walked | None) -> int:
    """The number of the part that comes next; after the last one the path begins again."""
    return walked.part + 1 if walked and walked.part < len(path.parts) else 1


def latest(walked: Mapping[str, Walked], lengths: Mapping[str, int]) -> str | None:
    """The theme of the path that was walked last and has parts left.

    `walked` is in the order of walking; `lengths` are the numbers of parts.
    """
    open_ones = [cause for cause, last in walked.items() if last.part < lengths.get(cause, 0)]
    return open_ones[-1] if open_ones else None


def prompts_of(path: ThemePath, number: int, pack: Pack, past: Past, bond: Bond, today: date) -> tuple[Prompt, ...]:
    """The questions of a part (by its number, from 1) for one bond, in their order.

    One that this bond is never asked, or that is resting, gives way to another of its stage, no
    deeper than middle and of no other part. Where nothing would be left, those that are resting are
    asked after all.
    """
    own = {prompt.id: prompt for prompt in pack.prompts}
    named = [own[prompt_id] for prompt_id in path.parts[number - 1].prompts if prompt_id in own]
    on_path = [own[prompt_id] for part in path.parts for prompt_id in part.prompts if prompt_id in own]
    chosen: list[Prompt] = []
    for prompt in named:
        if may_ask(prompt, bond, past, today):
            chosen.append(prompt)
            continue
        other = next_prompt(pack, past, bond, today, prompt.stage, Depth.MIDDLE, taken=(*chosen, *on_path))
        if other:
            chosen.append(other)
    return tuple(chosen) or tuple(p for p in named if may_ask(p, bond, past._replace(shown={}), today))


def waits(prompts: tuple[Prompt, ...], past: Past, mood: int | None, today: date) -> bool:
    """Whether a part rests tonight, because it goes deep and today is no day for that."""
    return any(prompt.depth is Depth.DEEP for prompt in prompts) and too_deep(past, mood, today)
