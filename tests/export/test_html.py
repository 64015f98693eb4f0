"""The HTML summary: its golden pages, and that no word of the writer's is ever markup."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.domain.bond import Role
from mother_bond.export.document import Block, Chart, Charts, Document, Heading, Paragraph, Quotation, Table
from mother_bond.export.html import _STYLE, render
from mother_bond.wording.visible import visible
from tests.export.demo import demo_documents
from tests.export.hard import MARKUP, charted, hard
from tests.made import CHARACTERS, texts
from tests.test_golden import same

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store

VOID = {"meta", "br", "link", "img", "input", "hr", "base"}
HIGH = 4.5
"""The contrast that WCAG asks of text (AA)."""


class Page(HTMLParser):
    """What a reader of HTML makes of a page: elements with attributes, and the text in each."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []
        self.places: list[int] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)
            self.places.append(len(self.text) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.places.pop()

    def handle_data(self, data: str) -> None:
        if self.places:
            tag, before = self.text[self.places[-1]]
            self.text[self.places[-1]] = (tag, before + data)

    def handle_comment(self, data: str) -> None:
        pytest.fail("a comment was opened")

    def handle_pi(self, data: str) -> None:
        pytest.fail("an instruction was opened")

    def unknown_decl(self, data: str) -> None:
        pytest.fail("a declaration was opened")


def shape(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes."""
    return [(tag, tuple(attributes)) for tag, attributes in page.elements]


def made(word: str) -> Document:
    """A document in which a word stands wherever there can be one."""
    chart = Chart(word, word, word, (word,), 2, (word, word), (("2026-01-01", 1), ("2026-05-01", 2)))
    blocks: tuple[Block, ...] = (
        *(Paragraph(word), Heading(word), Heading(word, 2), Quotation(word, word, word)),
        *(Table((word, word), ((word, word),)), Charts((word,), (chart,), "2026-01-01", "2026-05-01", word)),
        Paragraph(word),
    )
    return Document(word, blocks)


WORDS = texts() | st.sampled_from([MARKUP, *MARKUP.split()])
ONE_PARAGRAPH = WORDS.filter(lambda text: "\n" not in visible(text))


@given(ONE_PARAGRAPH)
def test_no_words_can_open_a_tag_or_an_attribute(word: str) -> None:
    assert shape(Page(render(made(word)))) == shape(Page(render(made("word"))))


@given(ONE_PARAGRAPH)
def test_every_word_is_there_as_it_was_written(word: str) -> None:
    shown = visible(word)
    page = Page(render(made(word)))
    found = [
        text.strip("\n") for tag, text in page.text if tag in {"h1", "h2", "h3", "th", "td", "title", "desc", "strong"}
    ]
    assert {text.strip() for text in found if "\n" not in text} <= {shown.strip(), f"{shown} {shown}".strip()}
    assert [text for tag, text in page.text if tag == "p"].count(shown) >= 4


@given(st.lists(texts().filter(lambda text: not {"\n", "\r"} & set(text)), min_size=1, max_size=4))
def test_paragraphs_and_lines_of_the_writer_stay(paragraphs: list[str]) -> None:
    page = Page(render(Document("A", (Quotation("\n\n".join(paragraphs)),))))
    assert [text for tag, text in page.text if tag == "p"] == [visible(text) for text in paragraphs]
    [line] = [text for tag, text in Page(render(Document("A", (Quotation("a\n  b\tc"),)))).text if tag == "p"]
    assert line == "a\n  b\tc"


@given(st.text(CHARACTERS))
def test_no_character_that_steers_is_left(text: str) -> None:
    shown = render(made(text))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown)


@pytest.mark.parametrize("found", [hard(), Document("Empty", ()), made("word")])
def test_the_page_loads_and_runs_nothing(found: Document) -> None:
    page = Page(render(found))
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "a", "form", "image"}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"href", "src", "style", "xlink:href"}
    assert "url(" not in _STYLE.read_text("utf-8")
    assert "@import" not in _STYLE.read_text("utf-8")


def test_the_policy_allows_the_one_style_and_nothing_else() -> None:
    text = render(hard())
    page = Page(text)
    [policy] = [a["content"] or "" for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    [style] = re.findall(r"<style>(.*?)</style>", text, re.S)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_headings_go_down_one_at_a_time_and_sections_are_named() -> None:
    page = Page(render(hard()))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [value for _, a in page.elements if (value := a.get("id"))]
    assert len(ids) == len(set(ids))
    named = [name for _, a in page.elements for name in (a.get("aria-labelledby") or "").split()]
    assert named
    assert set(named) <= set(ids)


def test_every_picture_has_a_text_and_one_without_points_is_not_drawn() -> None:
    page = Page(render(Document("A", (charted(),))))
    pictures = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert len(pictures) == 2
    assert all(picture["role"] == "img" for picture in pictures)
    assert [text for tag, text in page.text if tag == "desc"] == ["Told.", "Told."]
    assert len([tag for tag, _ in page.elements if tag == "figure"]) == 3


def test_words_that_run_the_other_way_are_left_to_find_their_own() -> None:
    page = Page(render(hard()))
    assert {a.get("dir") for tag, a in page.elements if tag in {"blockquote", "h2", "td"}} == {"auto"}
    assert ("html", {"lang": "en-GB"}) in page.elements


@pytest.mark.parametrize("role", list(Role))
def test_the_page_of_a_year(store: Store, library: Library, role: Role) -> None:
    for name, found in demo_documents(store, library, role).items():
        if "without" not in name:
            same(f"summary-{name.replace(' ', '-')}.html", render(found))


def colours() -> dict[str, dict[str, str]]:
    """The colours of the page by the name of where they are used."""
    found = [dict(re.findall(r"--(\w+): (#\w+)", rule)) for rule in re.findall(r":root \{(.*?)\}", _STYLE.read_text())]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG counts it."""

    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_right() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21


@pytest.mark.parametrize("where", ["light", "dark", "print"])
def test_every_text_and_line_can_be_seen(where: str) -> None:
    found = colours()[where]
    assert all(contrast(found[name], found["paper"]) >= HIGH for name in ("ink", "soft", "warm"))
    assert contrast(found["edge"], found["paper"]) >= 3
