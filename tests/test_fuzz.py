"""Every reader of what comes from outside: whatever comes, it is read or refused in words, and soon."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mother_bond import clock, config, paths
from mother_bond import messages as m
from mother_bond.__main__ import run as run_main
from mother_bond.actions import lists
from mother_bond.actions.desk import Ask, Reply, Said
from mother_bond.bundled import LARGEST_PACK, measures, read_pack_file, sources
from mother_bond.cli.common import LONGEST_DAY
from mother_bond.errors import BadFileError, ExitCode, MotherBondError
from mother_bond.exchange import jsonl
from mother_bond.library.pack import MOST_FINDINGS, MOST_PROMPTS, read_pack
from mother_bond.storage.lines import Which
from mother_bond.terminal.plain import PlainDesk
from mother_bond.wording.bounded import MOST_DOTS, NotTomlError, read_toml
from tests.made import Plain
from tests.naughty import NAUGHTY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

    Run = Callable[..., Ran]

SOON = 8.0
"""Seconds within which even the worst must be done with, on a machine that is busy with other things."""
TEXT = st.text(st.characters(), max_size=30) | st.sampled_from(NAUGHTY)
TODAY = date(2026, 11, 20)


@contextlib.contextmanager
def soon() -> Any:
    begun = time.process_time()
    yield
    assert time.process_time() - begun < SOON


# --- TOML: packs and settings ------------------------------------------------------------

PIECES = (
    *(
        "format = 1\n",
        'cause = "mine"\n',
        "[[prompt]]\n",
        "[about]\n",
        "[prompt.x]\n",
        'mother = "m"\n',
        "\x00",
        "\x1b",
    ),
    *("= ", '"', '"""', "'''", "[", "]", "{", "}", ",", ".", "a", "\\", "\\u0000", "\n", "#", "1e400", "9" * 400),
    *("1979-05-27", "\u202e", "x.y.z = 1\n", "help = [", "plain = ", "sources = ", "not-when = ", "é", "nan", "role"),
)
TOML = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | TEXT
NAMED = TEXT | st.sampled_from(["role", "id", "text"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMED, inner, max_size=4),
    max_leaves=10,
)
KEYS = st.sampled_from("format cause name kind sources way-in about prompt more".split())
ROWS = st.sampled_from("id role stage depth text help sources not-when gather pair more".split())


@given(TOML | st.binary(max_size=40))
def test_any_file_is_a_pack_or_findings(tmp_path_factory: pytest.TempPathFactory, text: str | bytes) -> None:
    path = tmp_path_factory.getbasetemp() / f"pack-{os.getpid()}.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    pack, findings = read_pack_file(path)
    assert (pack is None) == bool(findings)


@given(st.dictionaries(KEYS, VALUES), st.lists(st.dictionaries(ROWS, VALUES), max_size=3))
def test_any_table_is_a_pack_or_findings(raw: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    pack, findings = read_pack(raw | ({"prompt": rows} if rows else {}), sources())
    assert (pack is None) == bool(findings)


@given(TOML | st.binary(max_size=40))
def test_any_file_is_settings_or_a_message(home: Path, text: str | bytes) -> None:
    home.mkdir(exist_ok=True)
    paths.config().write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(BadFileError):
        config.load(paths.config())


@functools.cache
def deep(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


@pytest.mark.parametrize("key", ["format", "cause", "kind", "sources", "about", "way-in", "prompt"])
def test_what_is_nested_deeper_than_python_can_show_is_refused(key: str) -> None:
    assert read_pack({key: deep(100_000)}, sources())[0] is None
    assert read_pack({key: [deep(100_000)]}, sources())[0] is None


@pytest.mark.parametrize("key", ["id", "role", "stage", "depth", "text", "sources", "not-when", "gather", "pair"])
def test_what_is_nested_deep_in_a_question_is_refused(key: str) -> None:
    for value in (deep(100_000), [deep(100_000)]):
        assert read_pack({"prompt": [{key: value}]}, sources())[0] is None


COSTLY = {
    "dotted": "a." * 100_000 + "a = 1",
    "dotted-lines": "\n".join("a." * MOST_DOTS + f"b{n} = 1" for n in range(LARGEST_PACK // MOST_DOTS // 2 - 2)),
    "quoted": '""."".' * 40_000 + "a = 1",
    "headed": "[" + "a." * 100_000 + "a]",
    "nested": "a = " + "[" * 100_000,
    "inline": "a = " + "{a = " * 40_000,
    "keys": "".join(f"k{n} = 1\n" for n in range(25_000)),
    "tables": "[[prompt]]\n" * 23_000,
    "numbers": "a = [" + "1," * 120_000 + "]",
    "long": 'name = "' + "x" * 250_000 + '"',
    "escapes": 'name = "' + "\\n" * 120_000 + '"',
    "huge": "a = " + "9" * 250_000,
    "open": 'a = """' + '"' * 250_000,
    "braces": 'name = "' + "{" * 120_000 + '"',
}


@pytest.mark.parametrize("kind", COSTLY)
def test_a_costly_pack_is_refused_soon(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "pack.toml").write_text(COSTLY[kind])
    with soon():
        ran = run("prompts", "check", str(tmp_path / "pack.toml"))
    assert ran.code == ExitCode.BAD_FILE
    assert len(ran.out) < 100_000


@pytest.mark.parametrize("kind", COSTLY)
def test_costly_settings_are_refused_soon(run: Run, home: Path, kind: str) -> None:
    home.mkdir()
    paths.config().write_text(COSTLY[kind][: config.LARGEST])
    with soon():
        assert run("export", "-", "--redact").code in (ExitCode.NOT_FOUND, ExitCode.BAD_FILE)
        with pytest.raises(BadFileError):
            config.load(paths.config())


def test_one_byte_too_many_is_said_in_words() -> None:
    with pytest.raises(NotTomlError, match="kilobytes"):
        read_toml(b"#" * 1025, 1024)
    assert read_toml(b"#" * 1024, 1024) == {}


def test_a_pack_names_no_more_than_can_be_read() -> None:
    assert len(read_pack({"prompt": [{}] * MOST_PROMPTS}, sources())[1]) == MOST_FINDINGS
    assert m.PACK_MANY.format(most=MOST_PROMPTS) in [f.reason for f in read_pack({"prompt": [{}] * 501}, sources())[1]]


@pytest.mark.parametrize("what", ["pipe", "folder", "zero"])
def test_what_never_ends_is_never_begun(run: Run, home: Path, tmp_path: Path, what: str) -> None:
    home.mkdir()
    for path in (paths.config(), tmp_path / "odd"):
        if what == "pipe":
            os.mkfifo(path)
        elif what == "folder":
            path.mkdir()
        else:
            path.symlink_to("/dev/zero")
    assert run("prompts", "check", str(tmp_path / "odd")).code == ExitCode.BAD_FILE
    assert run("import", str(tmp_path / "odd")).code == ExitCode.BAD_FILE
    with pytest.raises(BadFileError):
        config.load(paths.config())


# --- JSON Lines --------------------------------------------------------------------------

HEAD = Plain().line()[:-1] + b', "more": '


@pytest.mark.parametrize(
    "line",
    [
        HEAD + b"[" + b"[]," * 2_000_000 + b"[]]}",
        HEAD + b"[" + b'"ab",' * 2_000_000 + b'"a"]}',
        HEAD + b"[" * 5_000_000,
        b"[[]," * 2_000_000,
        HEAD + b'"' + b'\\"' * 3_000_000,
        HEAD + b"9" * 5_000_000 + b"}",
        HEAD + b"{" + b",".join(b'"k%d":1' % n for n in range(500_000)) + b"}}",
    ],
    ids=["lists", "strings", "deep", "no-object", "escapes", "number", "keys"],
)
def test_a_costly_line_is_refused_soon(line: bytes) -> None:
    with soon():
        session, problem, _ = jsonl.from_line(line)
    assert session is None
    assert problem


def test_a_long_text_of_brackets_and_quotes_is_no_costly_line() -> None:
    text = '[{,"\\' * 500_000
    line = json.dumps(Plain().data(answers=[{"text": text}])).encode()
    session, problem, _ = jsonl.from_line(line)
    assert (session and session.answers[0].text, problem) == (text, None)


def test_strange_keys_are_named_but_not_by_the_thousand() -> None:
    line = json.dumps(Plain().data(**{f"k{n}": n for n in range(50_000)})).encode()
    assert len(jsonl.from_line(line)[2]) == jsonl.MOST_UNKNOWN


def test_a_session_of_many_answers_is_read_soon() -> None:
    line = Plain().line(answers=[{"text": "a"}] * jsonl.MOST_ANSWERS)
    with soon():
        for _ in range(20):
            assert jsonl.from_line(line)[0]


def test_a_line_without_an_end_is_passed_over(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 100_000)
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'{"a": "' + b"x" * 5_000_000 + b"\n" + Plain().line() + b"\n")
    assert run("import", str(path)).code == ExitCode.BAD_FILE
    assert run("import", str(path), "--skip-bad").code == ExitCode.OK


def test_many_tiny_lines_are_refused_soon(run: Run, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_bytes(b"{}\n" * 100_000)
    with soon():
        ran = run("import", str(tmp_path / "many.jsonl"))
    assert ran.code == ExitCode.BAD_FILE
    assert len(ran.err.splitlines()) < 30


# --- what is typed -----------------------------------------------------------------------

TYPED = st.sampled_from([b".", b"/skip", b"/enough", b"/help", b"4", b"", b"\xff", *(t.encode() for t in NAUGHTY)])
LINES = st.lists(st.binary(max_size=20) | TYPED, max_size=12)


def at_desk(data: bytes) -> PlainDesk:
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)), encoding="utf-8")
    return PlainDesk()


@given(LINES, st.sampled_from([b"\n", b"\r\n"]))
@example([b"\xff"], b"\n")
@example([b"a\0"], b"\n")
def test_whatever_is_typed_at_the_plain_desk_is_a_reply_or_a_message(lines: list[bytes], end: bytes) -> None:
    before, data = sys.stdin, end.join(lines)
    options = (("yes", "yes, please"), ("no", "no"))
    asks: tuple[Callable[[PlainDesk], Reply], ...] = (
        lambda desk: desk.pick("?", options),
        lambda desk: desk.pick("?", options, "no"),
        lambda desk: desk.scale("?", measures()[0]),
        lambda desk: desk.line("?", "usual"),
        lambda desk: desk.write(Ask("?", draft="begun", walking=True)),
    )
    try:
        for ask in asks:
            with contextlib.suppress(MotherBondError):
                assert ask(at_desk(data)).said in Said
    finally:
        sys.stdin = before


@given(LINES)
def test_a_whole_sitting_takes_whatever_is_typed(store: Store, bond: Bond, lines: list[bytes]) -> None:
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"\n".join(lines))), encoding="utf-8")
    try:
        assert run_main(["check-in", "--plain"]) in (ExitCode.OK, ExitCode.USAGE)
    finally:
        sys.stdin = before


def test_a_line_longer_than_can_be_kept_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mother_bond.terminal.plain.LONGEST_TEXT", 1_000)
    monkeypatch.setattr("mother_bond.terminal.reading.LONGEST_TEXT", 1_000)
    desk = at_desk(b"x" * 100_000)
    with pytest.raises(MotherBondError):
        desk.line("?")
    assert sys.stdin.buffer.tell() <= 10_000


@given(TEXT.filter(lambda words: len(words) <= LONGEST_DAY))
def test_any_words_for_a_day_are_a_day_or_a_message(words: str) -> None:
    with contextlib.suppress(MotherBondError):
        assert clock.resolve_day(words, TODAY) <= TODAY


@pytest.mark.parametrize("words", ["1" * 50_000, "a " * 50_000, "1/" * 50_000, "last " * 20_000, "\u0661" * 50_000])
def test_a_day_in_very_many_words_is_refused_soon(run: Run, store: Store, bond: Bond, words: str) -> None:
    with soon():
        assert run("list", "--since", words).code == ExitCode.USAGE


@given(TEXT)
@example('"')
@example("*")
@example("a" * 100_000)
@example("a* " * 5_000)
@example("NOT " * 5_000)
def test_any_query_finds_or_says_that_there_is_nothing_to_look_for(store: Store, bond: Bond, query: str) -> None:
    with soon(), contextlib.suppress(MotherBondError):
        lists.search(store, query, Which(), 5)


@given(TEXT)
def test_any_id_finds_nothing_or_is_refused(store: Store, bond: Bond, word: str) -> None:
    for command in ("show", "history", "delete", "share", "purge"):
        assert run_main([command, "--", word, *(["--yes"] if command == "purge" else [])]) in (
            ExitCode.NOT_FOUND,
            ExitCode.USAGE,
        )
