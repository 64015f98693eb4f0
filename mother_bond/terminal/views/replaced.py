"""What was replaced in a summary that is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mother_bond import messages as m
from mother_bond.wording.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.export.hand_over import HandedOver


def lines(done: HandedOver) -> Iterator[str]:
    """A line a replacement, longest first, and what a program cannot know."""
    yield m.REDACT_QUOTED.format(answers=m.count(done.quoted, m.ANSWER_WORD)) if done.quoted else m.REDACT_UNQUOTED
    if done.replaced:
        yield m.REDACT_SHOWN
        for what, mark, times in done.replaced:
            row = m.REDACT_ROW if times > 1 else m.REDACT_ROW_ONCE
            yield row.format_map({"what": one_line(what), "mark": mark, "times": times})
    else:
        yield m.REDACT_NOTHING
    if done.unsure:
        yield m.REDACT_UNSURE.format(words=", ".join(map(one_line, done.unsure)))
    yield m.REDACT_READ
