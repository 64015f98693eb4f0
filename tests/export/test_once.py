"""No answer stands twice in a summary: as a passage, and again among needs or questions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from mother_bond.actions.gather import summary
from mother_bond.actions.lists import which
from mother_bond.domain.bond import Role
from mother_bond.domain.prompt import Gather
from mother_bond.export.document import Document, Quotation
from mother_bond.export.shape import Reader, Shape
from tests.export.demo import MADE, demo_documents
from tests.made import noted

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

LONG = "I sat with the tea and looked at the phone, and I let it ring until it stopped, number {n}."
ASKED = "And what was it that she would have said to me then, if I had picked it up, number {n}?"


def quoted(found: Document) -> list[str]:
    return [" ".join(block.text.split()) for block in found.blocks if isinstance(block, Quotation)]


@pytest.mark.parametrize("reader", list(Reader))
def test_a_need_and_a_lone_question_are_no_passages_as_well(
    store: Store, bond: Bond, library: Library, reader: Reader
) -> None:
    prompts = [p for slug in library.slugs for p in library.pack(slug).prompts if p.role is Role.MOTHER]
    need = next(p for p in prompts if p.gather is Gather.NEEDS)
    other = next(p for p in prompts if p.cause == need.cause and not p.gather)
    texts = [LONG.format(n=n) for n in range(5)] + [ASKED.format(n=n) for n in range(2)]
    asked = [need.id, other.id, need.id, other.id, need.id, other.id, other.id]
    days = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2025-12-01", "2026-06-01")
    for text, prompt, day in zip(texts, asked, days, strict=True):
        noted(store, bond, day, text, cause=need.cause, prompt=prompt)
    found = quoted(summary(store, library, [bond], which(None), MADE, Shape(reader)))
    assert sorted(found) == sorted(texts)


@pytest.mark.parametrize("role", Role)
def test_nothing_stands_twice_in_the_summary_of_a_year(store: Store, library: Library, role: Role) -> None:
    for found in demo_documents(store, library, role).values():
        texts = quoted(found)
        assert [text for text, n in Counter(texts).items() if n > 1] == []
        assert [a for a in texts for b in texts if a != b and a in b and not a.endswith("?")] == []
