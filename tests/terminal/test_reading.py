"""Text from outside: kept exactly, or refused with a reason."""

import io
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.domain.bond import Bond
from mother_bond.errors import UsageError
from mother_bond.storage.store import Store
from mother_bond.terminal.reading import all_of, decode, nothing_waits
from mother_bond.wording.keepable import LONGEST_TEXT
from tests.desks import all_sessions, program, texts


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_through_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.binary(max_size=40))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UsageError:
        assert b"\0" in data or data.decode(errors="ignore").encode() != data
    else:
        assert text.encode() == data


@pytest.mark.parametrize(("data", "line"), [(b"\xff", 1), (b"a\nb\n\xc3(", 3), (b"a\r\n\r\nc\xed\xa0\x80", 3)])
def test_the_line_that_is_no_text_is_named(data: bytes, line: int) -> None:
    with pytest.raises(UsageError, match=m.TEXT_NOT_UTF8.format(line=line)):
        decode(data)


def test_what_is_refused_is_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        decode(b"my secret \xff words")
    assert "secret" not in repr(caught.value) + caught.value.hint
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("size", [LONGEST_TEXT, LONGEST_TEXT + 1])
def test_twenty_megabytes_are_the_most(size: int) -> None:
    if size > LONGEST_TEXT:
        with pytest.raises(UsageError, match=m.TEXT_TOO_LONG):
            decode(b"x" * size)
    else:
        assert len(decode(b"x" * size)) == size


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), (b"\n", ""), (b"a\n", "a"), (b"a\n\n", "a\n"), (b"a", "a"), (b" a \n b\n", " a \n b")],
)
def test_all_of_a_stream_is_read_without_the_last_lines_end(data: bytes, text: str) -> None:
    assert all_of(io.BytesIO(data)) == text


def test_a_stream_that_does_not_end_is_not_read_to_its_end() -> None:
    with open("/dev/zero", "rb") as endless, pytest.raises(UsageError):
        all_of(endless)


def waits(monkeypatch: pytest.MonkeyPatch, given: bytes, *, closed: bool) -> bool:
    """Whether something waits on a real pipe that `given` was written to."""
    reading, writing = os.pipe()
    os.write(writing, given)
    if closed:
        os.close(writing)
    with os.fdopen(reading) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        found = not nothing_waits(0.05)
    if not closed:
        os.close(writing)
    return found


@pytest.mark.parametrize(
    ("given", "closed", "found"), [(b"", True, False), (b"", False, False), (b"a", True, True), (b"a\n", False, True)]
)
def test_whether_anything_waits_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, given: bytes, closed: bool, found: bool
) -> None:
    assert waits(monkeypatch, given, closed=closed) is found


def test_nothing_waits_on_a_standard_input_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert nothing_waits()
    gone = io.StringIO()
    gone.close()
    monkeypatch.setattr(sys, "stdin", gone)
    assert nothing_waits()


def test_a_note_from_standard_input_is_kept_to_the_letter(store: Store, bond: Bond) -> None:
    text = " first\r\n\n  .\nשלום e\u0301 \x1b[31m /skip\n "
    assert program("note", given=text.encode() + b"\n").code == 0
    assert texts(store) == [text]


@pytest.mark.parametrize(
    "data", [b"good\nbad \xff\n", b"a\0b", b"x" * (LONGEST_TEXT + 1)], ids=["bytes", "nul", "long"]
)
def test_a_note_that_is_no_text_is_refused_whole(store: Store, bond: Bond, data: bytes) -> None:
    done = program("note", given=data)
    assert (done.code, done.out) == (2, "")
    assert "good" not in done.err
    assert all_sessions(store) == []


def test_an_edit_from_standard_input(store: Store, bond: Bond) -> None:
    program("note", given=b"as it was\n")
    ref = all_sessions(store)[0].ref
    assert program("edit", ref, given="as it is — now\n".encode()).code == 0
    assert texts(store) == ["as it is — now"]
    assert "as it was" in program("history", ref).out
    assert program("restore", ref, "--revision", "1").code == 0
    assert texts(store) == ["as it was"]
    assert program("restore", ref, "--revision", "9").code == 3
