"""A document with names, places and numbers replaced, so that it can be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.export.document import Block, Document, Heading, Quotation
from mother_bond.export.redact import redact_all

if TYPE_CHECKING:
    from mother_bond.export.redact import Names


class HandedOver(NamedTuple):
    """The document, what was replaced in it (as written, mark, how often), and words that may be names as well."""

    document: Document
    replaced: tuple[tuple[str, str, int], ...]
    unsure: tuple[str, ...]


def hand_over(document: Document, names: Names) -> HandedOver:
    """Replace what is the writer's: headings, which name people, and quotations with their questions.

    Sentences and tables of the program hold days and counts, and stay.
    """
    done = redact_all([text for block in document.blocks for text in _texts(block)], names)
    texts = iter(done.texts)
    blocks: list[Block] = []
    for block in document.blocks:
        match block:
            case Heading():
                blocks.append(block._replace(text=next(texts)))
            case Quotation():
                blocks.append(block._replace(text=next(texts), question=next(texts)))
            case _:
                blocks.append(block)
    return HandedOver(document._replace(blocks=tuple(blocks)), done.replaced, done.unsure)


def _texts(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(text):
            return (text,)
        case Quotation(text, question):
            return (text, question)
    return ()
