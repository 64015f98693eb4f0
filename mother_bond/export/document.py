"""A document without a format: headings, paragraphs, quotations, lists and tables."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; level 1 is a section's."""

    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """A paragraph of the program's own words."""

    text: str


class Quotation(NamedTuple):
    """Words of the writer, kept line by line, with what they answer and where they stand."""

    text: str
    question: str = ""
    place: str = ""


class Items(NamedTuple):
    """A list of short lines."""

    lines: tuple[str, ...]


class Table(NamedTuple):
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Quotation | Items | Table


class Document(NamedTuple):
    """A title and what follows it."""

    title: str
    blocks: tuple[Block, ...]
