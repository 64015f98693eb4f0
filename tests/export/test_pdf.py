"""The PDF summary: what is in it, what it is set in, and that it reaches for nothing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from hypothesis import example, given, settings

from mother_bond import bundled
from mother_bond import messages as m
from mother_bond.domain.bond import Role
from mother_bond.errors import MotherBondError
from mother_bond.export.document import Chart, Charts, Document, Heading, Paragraph, Quotation, Table
from mother_bond.export.pdf import leans, render
from tests.export.demo import demo_documents
from tests.export.hard import MARKUP, SCRIPTS, SIGNS, hard
from tests.made import texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store

FONTS = bundled.fonts()


def read(file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(file))


def letters(text: str) -> str:
    """The letters and signs of a text in one shape, without white space or what steers directions."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(c for c in whole if unicodedata.category(c)[0] in "LNPS")


def words(file: bytes) -> str:
    """Everything that can be selected, without breaks and without the feet of the pages."""
    found = letters("".join(page.extract_text() for page in read(file).pages))
    return re.sub(r"page\d+of\d+", "", found)


def fonts_of(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Every font that is used on a page, also in its pictures."""

    def inside(resources: Any) -> Iterator[Any]:
        for font in (resources.get("/Font") or {}).values():
            yield font.get_object()
        for inner in (resources.get("/XObject") or {}).values():
            if "/Resources" in (found := inner.get_object()):
                yield from inside(found["/Resources"].get_object())

    for page in reader.pages:
        yield from inside(page["/Resources"].get_object())


def root_of(reader: pypdf.PdfReader) -> Any:
    """The catalogue of a PDF."""
    return reader.trailer["/Root"].get_object()


def accessible(reader: pypdf.PdfReader) -> bool:
    """Whether the file was made by PDF/UA, which checks it."""
    return b"pdfuaid:part" in root_of(reader)["/Metadata"].get_object().get_data()


@pytest.fixture(scope="module")
def file() -> bytes:
    return render(hard(), FONTS)[0]


@pytest.mark.parametrize("script", SCRIPTS)
def test_words_of_every_script_can_be_selected(file: bytes, script: str) -> None:
    whole = words(file)
    for word in SCRIPTS[script].split():
        # an extractor may give a line that runs to the left as it is seen
        assert letters(word).strip(",،") in whole or letters(word).strip(",،")[::-1] in whole


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_held_by_our_own_fonts(script: str) -> None:
    made = Document("A", (Heading(SCRIPTS[script]), Quotation(SCRIPTS[script], SCRIPTS[script], SCRIPTS[script])))
    assert render(made, FONTS)[1]


def test_every_font_is_embedded_and_can_be_read_back(file: bytes) -> None:
    names = set()
    for font in fonts_of(read(file)):
        assert "/ToUnicode" in font
        [inner] = font["/DescendantFonts"]
        described = inner.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)
        names.add(str(font["/BaseFont"]).partition("+")[2].partition("-")[0])
    assert (
        {"LibertinusSerif", "NotoNaskhArabic"}
        <= names
        <= {
            *("LibertinusSerif", "NotoNaskhArabic", "NotoSerifHebrew", "DejaVuSans"),
        }
    )


def test_it_is_tagged_named_and_in_english(file: bytes) -> None:
    reader = read(file)
    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "A reflection summary"
    assert "/Author" not in reader.metadata
    assert accessible(reader)


def tags(reader: pypdf.PdfReader) -> list[tuple[str, str]]:
    """The structure in reading order, with the text that stands for a picture."""
    found = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, dict):
            if "/S" in node and node.get("/Type") != "/MCR":
                found.append((str(node["/S"])[1:], str(node.get("/Alt", ""))))
            walk(node.get("/K", []))

    walk(root_of(reader)["/StructTreeRoot"]["/K"])
    return found


def test_its_structure_names_headings_quotations_tables_and_pictures(file: bytes) -> None:
    found = tags(read(file))
    assert {"Title", "H1", "H2", "P", "BlockQuote", "Table", "TH", "TD"} <= {tag for tag, _ in found} | {"Title"}
    told = [text for tag, text in found if tag == "Figure"]
    assert told == ["nearness. Told.", "contact. Told."]


@settings(max_examples=30)
@given(texts())
@example("\u08ca")
@example("\u00a0\u08ca")
@example("0\u08e4")
def test_no_words_are_ever_markup(text: str) -> None:
    chart = Chart(text, text, text, (), 2, ("low", "high"), (("2026-01-01", 1),))
    blocks = (
        *(Paragraph(text), Heading(text), Quotation(text, text, text), Table((text,), ((text,),))),
        *(Charts((text,), (chart,), "2026-01-01", "2026-01-01", text), Paragraph(text)),
    )
    file, _ = render(Document("A", blocks), FONTS)
    assert accessible(read(file))


def test_what_looks_like_markup_stands_there_as_it_is() -> None:
    file, whole = render(Document("A", (Quotation(MARKUP),)), FONTS)
    assert whole
    assert letters(MARKUP) in words(file)
    assert b"/URI" not in file
    assert b"/JavaScript" not in file


def test_a_sign_that_no_font_holds_stands_there_by_name() -> None:
    file, whole = render(Document("A", (Quotation(SIGNS),)), FONTS)
    assert not whole
    told = words(file)
    for part in ("[sunflower]", "[personwithfoldedhands],", "[woman]", "<U+6BCD>", "❤", "😀"):
        assert part in told


def test_a_passage_of_twenty_thousand_characters_runs_over_pages_whole() -> None:
    text = " ".join(f"word{n}" for n in range(2600))
    assert len(text) > 20_000
    file, _ = render(Document("A", (Quotation(text),)), FONTS)
    assert len(read(file).pages) > 3
    assert letters(text) in words(file)


def test_a_word_without_end_stays_on_the_page() -> None:
    wide = max(
        float(page.mediabox.width) for page in read(render(Document("A", (Quotation("w" * 900),)), FONTS)[0]).pages
    )
    places: list[float] = []
    reader = read(render(Document("A", (Table(("a", "b", "c"), (("x", "w" * 900, "y"),)),)), FONTS)[0])
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: places.append(tm[4]))
    assert max(places) < wide
    assert letters("w" * 900) in words(render(Document("A", (Quotation("w" * 900),)), FONTS)[0])


def test_pages_are_the_same_whenever_they_are_made() -> None:
    assert render(hard(), FONTS) == render(hard(), FONTS)


@pytest.mark.parametrize(
    ("text", "way"), [("", "ltr"), ("12 – a", "ltr"), ("«אמא» and", "rtl"), ("أمي", "rtl"), ("Mum אמא", "ltr")]
)
def test_a_text_leans_where_its_first_letter_does(text: str, way: str) -> None:
    assert leans(text) == way


def test_what_cannot_be_made_says_so_without_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mother_bond.export.pdf._Press.pdf", lambda *_, **__: None)
    with pytest.raises(MotherBondError) as raised:
        render(Document("A secret", ()), FONTS)
    assert raised.value.message == m.PDF_FAILED
    assert raised.value.__context__ is None


def test_both_years_are_set_without_a_missing_sign(store: Store, library: Library) -> None:
    for name, made in demo_documents(store, library, Role.CHILD).items():
        file, whole = render(made, FONTS)
        assert whole, name
        assert 1 <= len(read(file).pages) <= 12


def test_the_fonts_come_with_their_licences_and_are_small() -> None:
    names = {path.name for path in FONTS.iterdir()}
    assert {"LICENCE-Noto.txt", "LICENCE-DejaVu.txt"} <= names
    told = "".join((FONTS / name).read_text("utf-8") for name in names if name.startswith("LICENCE"))
    fonts = [name for name in names if name.endswith(".ttf")]
    assert all(name in told for name in fonts)
    assert sum((FONTS / name).stat().st_size for name in fonts) < 2_000_000


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_making_one_opens_no_socket_and_writes_no_file(tmp_path: Path) -> None:
    code = (
        "from mother_bond import bundled\nfrom mother_bond.export.pdf import render\n"
        "from tests.export.hard import hard\nrender(hard(), bundled.fonts())"
    )
    log = tmp_path / "log"
    command = ["strace", "-f", "-o", str(log), "-e", "trace=socket,connect,open,openat,creat"]
    subprocess.run([*command, sys.executable, "-B", "-c", code], check=True, timeout=120)
    lines = log.read_text(errors="replace").splitlines()
    assert len(lines) > 50
    assert [line for line in lines if re.search(r"\b(socket|connect)\(", line)] == []
    assert [line for line in lines if re.search("O_WRONLY|O_RDWR|O_CREAT", line) and "/dev/" not in line] == []
    assert [line for line in lines if "/usr/share/fonts" in line] == []
