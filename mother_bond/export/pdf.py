"""A document as a tagged PDF, made by typst in memory: no browser, no network, no file but the one that is meant.

The words are handed over as data and set as text; nothing in them is ever read as markup. What is set
in is Libertinus, which comes with typst, and the fonts in the folder that is given, never the system's.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from mother_bond import messages as m
from mother_bond.errors import MotherBondError
from mother_bond.export.document import Block, Charts, Document, Heading, Paragraph, Quotation, Table
from mother_bond.export.drawing import svg
from mother_bond.wording.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PAGES = Path(__file__).with_name("pages.typ")
_ENDLESS = re.compile(r"\S{26,}")
STANDARD: Final = "ua-1"
"""PDF/UA: tagged, titled, every picture with a text, every character one that can be read out."""


def render(document: Document, fonts: Path) -> tuple[bytes, bool]:
    """The document as a PDF, and whether every character could be shown.

    What no font holds stands there by name, as in [sunflower]. Raises `MotherBondError` where none can be made.
    """
    words = _Words({})
    press = _Press(fonts)
    made = press.pdf(words.document(document))
    if made:
        return made, True
    unshown = press.unshown(words.seen)
    words = _Words({found: _named(found[0]) if found[0] in unshown else found[0] for found in unshown})
    made = press.pdf(words.document(document)) or press.pdf(words.document(document), standard=None)
    if made:
        return made, False
    raise MotherBondError(m.PDF_FAILED, m.PDF_FAILED_HINT)


def leans(text: str) -> str:
    """Which way a text runs: that of its first letter that runs either way."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def clusters(text: str) -> Iterator[str]:
    """The characters of a text, each with the marks on it: whether a mark is held hangs on what it stands on."""
    start = 0
    for place, character in enumerate(text):
        if place and (unicodedata.category(character)[0] != "M" or text[start].isspace()):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _breakable(match: re.Match[str]) -> str:
    """A word that is longer than a narrow column, with places where a line may end."""
    return "\u200b".join(re.findall(".{1,10}", match[0]))


def _named(character: str) -> str:
    """What stands for a character without a picture of its own."""
    name = unicodedata.name(character, "")
    if unicodedata.category(character) in {"Mn", "Cf", "Sk"} or not character.strip():
        return ""
    return f"[{name.lower()}]" if unicodedata.category(character)[0] == "S" and name else f"<U+{ord(character):04X}>"


class _Words:
    """Puts a document into plain data, and sees which characters are in it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.seen: set[str] = set()

    def document(self, document: Document) -> dict[str, Any]:
        """The whole document."""
        blocks = [made for block in document.blocks if not _empty_heading(made := self._block(block))]
        day = date.fromisoformat(document.made) if document.made else None
        return {
            "title": self._text(document.title),
            "made": [day.year, day.month, day.day] if day else [],
            "page": m.PAGE_OF.format(page="{page}", pages="{pages}"),
            "blocks": blocks,
        }

    def _text(self, text: str) -> str:
        shown = visible(text)
        if not shown.isascii():
            parts = list(clusters(shown))
            self.seen.update(parts)
            shown = "".join(self.names.get(part, part) for part in parts)
        return _ENDLESS.sub(_breakable, shown)

    def _line(self, text: str) -> dict[str, str]:
        return {"text": " ".join(self._text(text).split()), "dir": leans(text)}

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(text, level):
                return {"kind": "heading", "level": level, **self._line(text)}
            case Paragraph(text):
                return {"kind": "paragraph", **self._line(text)}
            case Quotation(text, question, place):
                return {
                    "kind": "quotation",
                    "asked": self._text(question),
                    "place": self._text(place),
                    "paragraphs": self._paragraphs(text),
                }
            case Table(head, rows):
                cells = [[self._line(cell) for cell in row] for row in rows]
                return {"kind": "table", "head": [self._text(cell) for cell in head], "rows": cells}
            case Charts():
                return {"kind": "charts", "key": self._text(block.key), "charts": self._charts(block)}

    def _paragraphs(self, text: str) -> list[dict[str, Any]]:
        """The writer's paragraphs, each with its lines and the way it runs; spaces before a line are kept."""
        lines = self._text(text).strip("\n").expandtabs(4).split("\n")
        found = [list(run) for filled, run in groupby(lines, lambda line: bool(line.strip())) if filled]
        return [{"dir": leans("\n".join(run)), "lines": list(map(_kept_spaces, run))} for run in found]

    def _charts(self, block: Charts) -> list[dict[str, str]]:
        charts = [chart._replace(steps=tuple(map(self._text, chart.steps))) for chart in block.charts]
        return [
            {
                "name": self._text(chart.name),
                "caption": self._text(chart.caption),
                "told": self._text(f"{chart.name}. {chart.told}"),
                "svg": svg(chart, block.first, block.last) if chart.points else "",
            }
            for chart in charts
        ]


def _empty_heading(block: Mapping[str, Any]) -> bool:
    """Whether nothing of a heading could be shown; the standard allows no heading without words."""
    return block["kind"] == "heading" and not block["text"]


def _kept_spaces(line: str) -> str:
    bare = line.strip()
    return "\u00a0" * (len(line) - len(line.lstrip())) + bare


class _Press:
    """Typst with our own fonts and nothing else of this machine."""

    def __init__(self, fonts: Path) -> None:
        import typst

        self.typst = typst
        self.folder = str(fonts)
        self.fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[self.folder])

    def pdf(self, data: Mapping[str, Any], standard: Literal["ua-1"] | None = STANDARD) -> bytes | None:
        """The pages, tagged in any case; None where they cannot be made by that standard."""
        try:
            compiler = self.typst.Compiler(
                _PAGES.read_bytes(),
                root=self.folder,
                font_paths=self.fonts,
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data)},
                package_path=self.folder,
                package_cache_path=self.folder,
            )
            made = compiler.compile(format="pdf", pdf_standards=[standard] if standard else [], timestamp=0)
        except self.typst.TypstError:  # its words may hold the writer's: not even the reason is kept
            return None
        return made if isinstance(made, bytes) else None

    def unshown(self, seen: set[str]) -> set[str]:
        """Those clusters, and the characters they begin with, that no font holds, found by halving."""
        found = seen | {cluster[0] for cluster in seen}
        return set(self._among(sorted(cluster for cluster in found if not cluster.isascii())))

    def _among(self, clusters: list[str]) -> list[str]:
        lines = [{"kind": "paragraph", "text": cluster, "dir": "ltr"} for cluster in clusters]
        if not clusters or self.pdf({"title": "-", "made": [], "page": "", "blocks": lines}):
            return []
        if len(clusters) == 1:
            return clusters
        half = len(clusters) // 2
        return self._among(clusters[:half]) + self._among(clusters[half:])
