"""A document as Markdown. Whatever the writer wrote is shown as it is, never read as markup."""

from __future__ import annotations

import re

from mother_bond.export.document import Block, Charts, Document, Heading, Paragraph, Quotation, Table
from mother_bond.wording.visible import visible

_INLINE = re.compile(r"([\\`*_\[\]<>|&~#])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def escape(text: str) -> str:
    """One line of text in which nothing is Markdown or HTML."""
    return _line(re.sub(r"\s*\n\s*", " ", visible(text)).strip())


def _line(text: str) -> str:
    text = _INLINE.sub(r"\\\1", text)
    start = _LINE_START.match(text)
    if start is None:
        return text
    sign = f"\\{start[2]}" if start[2] in "-+=" else f"{start[2]}\\"
    return start[1] + sign + text[start.end() :]


def render(document: Document) -> str:
    """The document as Markdown text that ends with a line's end."""
    parts = [f"# {escape(document.title)}", *(_block(block) for block in document.blocks)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {escape(text)}"
        case Paragraph(text):
            return escape(text)
        case Quotation():
            return _quotation(block)
        case Table(head, rows):
            return _table(head, rows)
        case Charts():
            return _table(block.head, tuple(chart.row for chart in block.charts))


def _quotation(block: Quotation) -> str:
    above = f"*{escape(block.question)}*\n\n" if block.question else ""
    lines = [_indented(line) for line in visible(block.text).strip("\n").split("\n")]
    # two spaces at a line's end keep the writer's own line breaks
    breaks = ["  " if line and following else "" for line, following in zip(lines, [*lines[1:], ""], strict=True)]
    words = "\n".join(f"> {line}{end}".rstrip(None if not end else "") for line, end in zip(lines, breaks, strict=True))
    return f"{above}{words}" + (f"\n>\n> — {escape(block.place)}" if block.place else "")


def _indented(line: str) -> str:
    """A line of a quotation; spaces before it are kept as spaces, for Markdown would make code of them."""
    bare = line.strip()
    before = line[: len(line) - len(line.lstrip())].expandtabs(4)
    return "&nbsp;" * len(before) + _line(bare) if bare else ""


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell if line is lines[1] else escape(cell) for cell in line) + " |" for line in lines
    )
