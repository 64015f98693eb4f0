"""The HTML summary in a real browser: what axe-core finds, what it loads, and that nothing lies beside the page.

Runs where chromium and axe-core are installed; `AXE_CORE` may name the file axe.min.js.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond.export.document import Document
from mother_bond.export.html import render
from tests.export.demo import demo_documents
from tests.export.hard import hard

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store

pytestmark = pytest.mark.slow

QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars"),
)
DARK = ("--blink-settings=preferredColorScheme=0",)
REPORT = """
<script>
const answer = (found) => parent.postMessage(JSON.stringify(found), "*");
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
const paper = getComputedStyle(document.body).backgroundColor;
axe.run(document, {resultTypes: ["violations", "incomplete"]}).then((run) => answer({
  violations: run.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))]),
  unsure: run.incomplete.flatMap((v) => v.nodes.map((n) => [v.id, n.html.slice(0, 120)])),
  rules: run.passes.length, wide, paper, width: innerWidth,
})).catch((error) => answer({error: String(error)}));
</script>
"""

LISTEN = """
<script>addEventListener("message", (event) => {
  const out = document.createElement("pre"); out.id = "found"; out.textContent = event.data;
  document.body.append(out); });</script>
"""
FRAME = "<!doctype html><html><body>{listen}<iframe style='width:{width}px;height:900px;border:0' src='{page}'>"
"""A window is never narrower than 500 pixels; a frame in it can be."""


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no chromium here")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    places = [Path(named)] if (named := os.environ.get("AXE_CORE")) else []
    if npm := shutil.which("npm"):
        root = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
        places.append(Path(root) / "axe-core" / "axe.min.js")
    for place in places:
        if place.is_file():
            return place.read_text("utf-8")
    pytest.skip("no axe-core here; AXE_CORE may name axe.min.js")


def opened(chromium: str, page: Path, profile: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    """The browser, with an empty profile, looking at a page."""
    command = [chromium, *QUIET, f"--user-data-dir={profile}", *more, page.as_uri()]
    return subprocess.run(command, capture_output=True, timeout=120, check=True)


def looked_at(chromium: str, axe: str, made: Document, folder: Path, width: int = 800, *more: str) -> dict[str, Any]:
    """What axe-core finds; it is put into a copy of the page whose policy is taken away, for that would stop it."""
    page = folder / "page.html"
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(made))
    script = axe.replace("</script", "<\\/script")
    page.write_text(text.replace("</body>", f"{LISTEN}<script>{script}</script>{REPORT}</body>"), "utf-8")
    if width < 500:
        frame = folder / "frame.html"
        frame.write_text(FRAME.format(listen=LISTEN, width=width, page=page.as_uri()), "utf-8")
        page = frame
    size = f"--window-size={max(width, 600)},900"
    done = opened(chromium, page, folder / "profile", "--virtual-time-budget=60000", "--dump-dom", size, *more)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout.decode(), re.S)
    assert found, "axe-core did not answer"
    answer: dict[str, Any] = json.loads(unescape(found[1]))
    return answer


@pytest.fixture
def documents(store: Store, library: Library) -> dict[str, Document]:
    return {**demo_documents(store, library), "hard": hard(), "empty": Document("Empty", ())}


@pytest.mark.parametrize("name", ["mother", "mother for counsellor", "hard", "empty"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1400])
def test_axe_finds_nothing(
    chromium: str, axe: str, tmp_path: Path, documents: dict[str, Document], name: str, colours: str, width: int
) -> None:
    found = looked_at(chromium, axe, documents[name], tmp_path, width, *(DARK * (colours == "dark")))
    assert "error" not in found
    assert found["violations"] == []
    assert found["rules"] > 10
    # what lies on the lines of a picture it cannot tell; tests/export/test_html.py counts the contrast out
    assert [(rule, node) for rule, node in found["unsure"] if not node.startswith("<text ")] == []
    assert (found["wide"] <= 0, found["width"]) == (True, width)
    assert (found["paper"] == "rgb(27, 25, 23)") == (colours == "dark")


def test_axe_would_find_something(chromium: str, axe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "mother_bond.export.html._HEAD", "<!doctype html><html><title>{title}</title><p style='{style}'>"
    )
    assert looked_at(chromium, axe, Document("A", ()), tmp_path)["violations"]


def test_the_page_says_nothing_to_the_console_and_loads_nothing(chromium: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(render(hard()), "utf-8")
    log = tmp_path / "log.json"
    done = opened(chromium, page, tmp_path / "profile", "--enable-logging=stderr", "--dump-dom", f"--log-net-log={log}")
    assert b"CONSOLE" not in done.stderr
    assert b"alert(1)" in done.stdout
    asked = set(re.findall(r'"url":"((?:https?|ftp|wss?)://[^"]*)"', log.read_text("utf-8", errors="replace")))
    assert [url for url in asked if "google" not in url] == []


def test_the_style_is_let_through_by_the_policy(chromium: str, tmp_path: Path) -> None:
    plain, styled = tmp_path / "plain.html", tmp_path / "styled.html"
    styled.write_text(render(Document("A", ())), "utf-8")
    plain.write_text(styled.read_text("utf-8").replace(":root", ":root "), "utf-8")
    shots = []
    for page in (plain, styled):
        shot = page.with_suffix(".png")
        opened(chromium, page, tmp_path / "profile", f"--screenshot={shot}", "--window-size=600,400")
        shots.append(shot.read_bytes())
    assert shots[0] != shots[1], "a style that was changed is still used, or the true one is not"


def test_it_prints_on_pages(chromium: str, tmp_path: Path, documents: dict[str, Document]) -> None:
    import pypdf

    page = tmp_path / "page.html"
    page.write_text(render(documents["mother"]), "utf-8")
    opened(chromium, page, tmp_path / "profile", f"--print-to-pdf={tmp_path / 'a.pdf'}", "--no-pdf-header-footer")
    pages = pypdf.PdfReader(tmp_path / "a.pdf").pages
    assert 3 <= len(pages) <= 14
    assert all(page.extract_text().strip() for page in pages)
