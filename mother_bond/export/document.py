"""A document without a format: headings, paragraphs, quotations, tables and charts."""

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


class Table(NamedTuple):
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(NamedTuple):
    """One measure over time.

    `row` is the same in cells, for a format without pictures; `caption` is what is said below the name
    and `told` what is said to somebody who cannot see the picture. `steps` names every point of the
    scale, or its two ends. `points` and `line` are (ISO day, value), oldest first; without points
    there is nothing to draw.
    """

    name: str
    caption: str
    told: str
    row: tuple[str, ...]
    highest: int = 7
    steps: tuple[str, ...] = ()
    points: tuple[tuple[str, int], ...] = ()
    line: tuple[tuple[str, int], ...] = ()


class Charts(NamedTuple):
    """Charts over one and the same time, from `first` to `last` (ISO days), beside each other.

    `head` is that of their rows; `key` says how they are read.
    """

    head: tuple[str, ...]
    charts: tuple[Chart, ...]
    first: str
    last: str
    key: str = ""


Block = Heading | Paragraph | Quotation | Table | Charts


class Document(NamedTuple):
    """A title and what follows it; `made` is the ISO day on which it was made."""

    title: str
    blocks: tuple[Block, ...]
    made: str = ""
