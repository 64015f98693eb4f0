"""A document as one HTML file that loads nothing and runs nothing; whatever the writer wrote is text in it."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape as _escape
from pathlib import Path
from typing import TYPE_CHECKING

from mother_bond.export.document import Block, Charts, Document, Heading, Paragraph, Quotation, Table
from mother_bond.export.drawing import svg
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_STYLE = Path(__file__).with_name("page.css")
_HEAD = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="mother_bond">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""
_TAIL = "</main>\n</body>\n</html>\n"


def escape(text: str) -> str:
    """Text in which nothing is markup, and control characters can be seen."""
    return _escape(visible(text))


def render(document: Document) -> str:
    """The document as one HTML file."""
    style = _STYLE.read_text("utf-8")
    # only this very style may be used; everything else that could load or run is refused by the browser
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = _HEAD.format(policy=policy, style=style, title=escape(document.title))
    return head + "".join(_body(document.blocks)) + _TAIL


def _body(blocks: tuple[Block, ...]) -> Iterator[str]:
    inside, drawn = False, 0
    for place, block in enumerate(blocks):
        last = place == len(blocks) - 1
        if inside and (last or (isinstance(block, Heading) and block.level == 1)):
            yield "</section>\n"
            inside = False
        match block:
            case Heading(text, level):
                if level == 1:
                    yield f'<section aria-labelledby="part-{place}">\n'
                    inside = True
                named = f' id="part-{place}"' if level == 1 else ""
                yield f'<h{level + 1}{named} dir="auto">{escape(text)}</h{level + 1}>\n'
            case Paragraph(text):
                about = ' class="about"' if not place else ' class="end"' if last else ""
                yield f"<p{about}>{escape(text)}</p>\n"
            case Quotation():
                yield _quotation(block)
            case Table(head, rows):
                yield _table(head, rows)
            case Charts():
                yield _charts(block, drawn)
                drawn += len(block.charts)
    if inside:
        yield "</section>\n"


def _quotation(block: Quotation) -> str:
    asked = f'<p class="asked">{escape(block.question)}</p>\n' if block.question else ""
    paragraphs = re.split(r"\n(?:[^\S\n]*\n)+", visible(block.text).strip("\n"))
    words = "".join(f"<p>{_escape(paragraph)}</p>" for paragraph in paragraphs)
    place = f"<figcaption>{escape(block.place)}</figcaption>\n" if block.place else ""
    return f'<figure class="passage">\n{asked}<blockquote dir="auto">{words}</blockquote>\n{place}</figure>\n'


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    above = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row" dir="auto">{escape(row[0])}</th>'
        + "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in row[1:])
        + "</tr>\n"
        for row in rows
    )
    return f"<table>\n<thead><tr>{above}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"


def _charts(block: Charts, before: int) -> str:
    figures = "".join(
        f'<figure class="chart"><figcaption><strong>{escape(chart.name)}</strong> {escape(chart.caption)}</figcaption>'
        + (svg(chart, block.first, block.last, number) if chart.points else "")
        + "</figure>\n"
        for number, chart in enumerate(block.charts, before + 1)
    )
    key = f'<p class="key">{escape(block.key)}</p>\n' if block.key else ""
    return f'<div class="charts">\n{figures}</div>\n{key}'
