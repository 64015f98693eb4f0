from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mother_bond.export.document import Block, Document, Heading, Paragraph, Quotation, Table
from mother_bond.export.markdown import escape, render
from mother_bond.wording.visible import visible
from tests.made import CHARACTERS, texts

if TYPE_CHECKING:
    from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable("table")
TRICKY = [
    "# not a heading",
    "a heading\n===",
    "a heading\n---",
    "---",
    "- - -",
    "* * *",
    "- a list\n- of things",
    "1. a list\n2) too",
    "+ a list",
    "> a quotation",
    "first\n\n    indented *code*",
    "```\ncode\n```",
    "~~~\ncode",
    "`code`",
    "*so* **so** _so_ __so__",
    "[a](http://b) ![a](b) <http://a.b> [a]\n\n[a]: /b",
    "<script>alert(1)</script> <!-- a --> <b>",
    "&amp; &#35; &copy",
    "a | b\n--- | ---\nc | d",
    "a\\\nb",
    "\\# \\* \\",
    "ends with two  \nspaces",
    "Windows\r\nlines\r\n",
    "\ttabs\tinside",
    "\x1b[31mred\x1b[0m \x9b1m \u202eback",
    "[bold]Rich[/bold]",
    "term\n: meaning",
]


def tokens(blocks: list[Block]) -> list[Token]:
    """What a Markdown program makes of a document, after its title."""
    return PARSER.parse(render(Document("Title", tuple(blocks))))[3:]


def spoken(token: Token) -> str:
    """The text of a paragraph, a heading or a cell; fails when there is anything but text in it."""
    words = ""
    for child in token.children or []:
        assert child.type in {"text", "text_special", "softbreak", "hardbreak"}, child.type
        words += "\n" if child.type in {"softbreak", "hardbreak"} else child.content
    return words


def lines(text: str) -> list[str]:
    """The lines of a text that are not blank, without white space at their ends."""
    return [line.strip() for line in text.split("\n") if line.strip()]


WORDS = (
    texts() | st.sampled_from(TRICKY) | st.lists(st.sampled_from(TRICKY), max_size=3).map("\n".join).filter(str.strip)
)
ONE_LINE = (
    (st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30) | WORDS)
    .map(lambda text: " ".join(text.split()))
    .filter(str.strip)
)


@pytest.mark.parametrize("text", TRICKY)
def test_a_quotation_is_shown_line_by_line_as_it_was_written(text: str) -> None:
    found = tokens([Quotation(text)])
    assert {token.type for token in found} <= {
        "blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close"
    }  # fmt: skip
    assert lines("\n".join(spoken(token) for token in found if token.type == "inline")) == lines(visible(text))


@given(WORDS)
def test_any_words_are_shown_as_they_were_written(text: str) -> None:
    test_a_quotation_is_shown_line_by_line_as_it_was_written(text.strip())


@given(WORDS)
def test_any_words_are_still_there_in_html(text: str) -> None:
    page = PARSER.render(render(Document("Title", (Quotation(text.strip()),))))
    assert set(re.findall(r"<(\w+)", page)) == {"h1", "blockquote", "p"} | ({"br"} if "<br" in page else set())
    shown = html.unescape(re.sub(r"<[^>]*>", "", page.partition("</h1>")[2]))
    assert lines(shown) == lines(visible(text.strip()))


@given(ONE_LINE)
@example("- ")
@example("1)")
@example("=")
@example("   - a")
def test_one_line_is_text_in_a_heading_or_a_paragraph(text: str) -> None:
    found = tokens([Heading(text), Paragraph(text)])
    kinds = [token.type for token in found if token.type.endswith("_open")]
    assert kinds == ["heading_open", "paragraph_open"]
    assert [spoken(token).strip() for token in found if token.type == "inline"] == [visible(text).strip()] * 2


@given(ONE_LINE, ONE_LINE)
def test_cells_of_a_table_hold_their_text_and_nothing_more(one: str, other: str) -> None:
    found = tokens([Table(("a", "b"), ((one, other), (other, one)))])
    cells = [spoken(token).strip() for token in found if token.type == "inline"]
    assert cells == ["a", "b", *(visible(text).strip() for text in (one, other, other, one))]


@given(ONE_LINE)
def test_a_question_is_emphasised_as_a_whole(text: str) -> None:
    question, *rest = tokens([Quotation("Words.", text, "here")])[1:]
    assert [child.type for child in question.children or []][:1] == ["em_open"]
    assert [child.type for child in question.children or []][-1:] == ["em_close"]
    assert "".join(child.content for child in question.children or []) == visible(text)
    assert [spoken(token) for token in rest if token.type == "inline"] == ["Words.", "— here"]


@pytest.mark.parametrize(
    "text",
    [" begins with a space", "two\nlines", "a paragraph\n\nand another", "a heading\n===", "a\n- list", "ends \n"],
)
def test_text_of_several_lines_where_one_is_meant_stays_inside_its_block(text: str) -> None:
    blocks: list[Block] = [Heading(text), Quotation("Words.", text), Table(("a",), ((text,), (text,)))]
    found = tokens(blocks)
    kinds = [token.type for token in found if token.type.endswith("_open") and token.level == 0]
    assert kinds == ["heading_open", "paragraph_open", "blockquote_open", "table_open"]
    shown = [" ".join(token.content.replace("\\", "").split()) for token in found if token.type == "inline"]
    meant = " ".join(text.split())
    assert shown == [meant, f"*{meant}*", "Words.", "a", meant, meant]


def test_a_line_break_of_the_writer_is_a_line_break() -> None:
    page = PARSER.render(render(Document("T", (Quotation("one\ntwo\n\nthree\n"),))))
    assert page.partition("</h1>\n")[2] == ("<blockquote>\n<p>one<br />\ntwo</p>\n<p>three</p>\n</blockquote>\n")


@given(st.text(CHARACTERS))
def test_no_character_that_steers_a_terminal_is_left(text: str) -> None:
    shown = render(Document(text, (Quotation(text, text, text), Table((text,), ((text,),)))))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown)


@given(texts())
def test_plain_sentences_are_left_alone(text: str) -> None:
    words = re.sub(r"[^\w ,.;:?!'’“”()–—]|_", "", visible(text)).lstrip("0123456789 ").strip()
    if not words.startswith((".", ")")):
        assert escape(words) == words


def test_blocks_are_parted_by_one_empty_line_and_the_text_ends_with_a_line_end() -> None:
    text = render(Document("A", (Heading("B", 2), Paragraph("c"), Quotation("f", place="g"))))
    assert text == "# A\n\n### B\n\nc\n\n> f\n>\n> — g\n"
