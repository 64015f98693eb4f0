"""A summary with names, places and numbers replaced, so that it can be handed over.

Replaced before it is laid out: then the days and counts that are the program's own stay as they are, and nothing the
writer put in is overlooked for standing in a heading, a table or the place of a quotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.export.redact import redact_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.export.redact import Names
    from mother_bond.export.shape import Shape
    from mother_bond.export.summary import Part, Passed


class HandedOver(NamedTuple):
    """The summary as it may be laid out, and what the writer ought to see of it before.

    `replaced` is (as written, mark, how often), `unsure` words that may be names as well, `quoted` how many answers
    are quoted.
    """

    parts: tuple[Part, ...]
    shape: Shape
    replaced: tuple[tuple[str, str, int], ...]
    unsure: tuple[str, ...]
    quoted: int


def hand_over(parts: tuple[Part, ...], shape: Shape, names: Names) -> HandedOver:
    """Replace in everything that is the writer's, read as one document."""
    texts: list[str] = []

    def take(text: str) -> str:
        texts.append(text)
        return text

    _everywhere(parts, shape, take)
    done = redact_all(texts, names)
    put = iter(done.texts)
    changed, shaped = _everywhere(parts, shape, lambda _: next(put))
    quoted = sum(len(part.words) + len(part.needs) + len(part.questions) for part in parts) if shape.words else 0
    return HandedOver(changed, shaped, done.replaced, done.unsure, quoted)


def _everywhere(parts: tuple[Part, ...], shape: Shape, change: Callable[[str], str]) -> tuple[tuple[Part, ...], Shape]:
    """Every text of the writer's changed, always in the same order."""
    return tuple(_part(part, change) for part in parts), shape._replace(theme=change(shape.theme))


def _part(part: Part, change: Callable[[str], str]) -> Part:
    """One bond's part. A step cannot be marked as shared, so its words are taken out; it is counted."""
    return part._replace(
        bond=part.bond._replace(name=change(part.bond.name), call=change(part.bond.call)),
        themes=tuple((change(name), times, day) for name, times, day in part.themes),
        words=tuple((change(theme), _passed(passed, change)) for theme, passed in part.words),
        steps=tuple((day, step._replace(plan="")) for day, step in part.steps),
        needs=tuple(_passed(passed, change) for passed in part.needs),
        questions=tuple(_passed(passed, change) for passed in part.questions),
    )


def _passed(passed: Passed, change: Callable[[str], str]) -> Passed:
    return passed._replace(question=change(passed.question), text=change(passed.text))
