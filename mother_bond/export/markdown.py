"""A document as Markdown. Whatever the writer wrote is shown as it is, never read as markup."""

from __future__ import annotations

import re

from mother_bond.export.document import Block, Document, Heading, Items, Paragraph, Quotation, Table
from mother_bond.wording.visible import visible

_INLINE = re.compile(r"([\\`*_\[\]<>|&~#])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def escape(text: str) -> str:
    """One line of text in which nothing is Markdown or HTML."""
    text = _INLINE.sub(r"\\\1", visible(text))
    return _LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


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
        case Items(lines):
            return "\n".join(f"- {escape(line)}" for line in lines)
        case Quotation():
            return _quotation(block)
        case Table(head, rows):
            return _table(head, rows)


def _quotation(block: Quotation) -> str:
    above = f"*{escape(block.question)}*\n\n" if block.question else ""
    lines = [f"> {escape(line)}".rstrip() for line in block.text.strip().split("\n")]
    # two spaces at a line's end keep the writer's own line breaks
    words = "\n".join(f"{line}  " if line != ">" and n + 1 < len(lines) else line for n, line in enumerate(lines))
    return f"{above}{words}" + (f"\n>\n> — {escape(block.place)}" if block.place else "")


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell if line is lines[1] else escape(cell) for cell in line) + " |" for line in lines
    )
