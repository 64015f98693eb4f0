"""Plain lines: a whole sitting from standard input, and whatever else may come in there."""

import io
import sys
from collections.abc import Callable
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Reply, Said
from mother_bond.bundled import measures
from mother_bond.domain.bond import Bond
from mother_bond.domain.entry import StepState
from mother_bond.domain.measure import Measure
from mother_bond.errors import UsageError
from mother_bond.library.render import fill
from mother_bond.storage.store import Store
from mother_bond.terminal.plain import PlainDesk, chosen
from mother_bond.wording.keepable import LONGEST_TEXT
from tests.desks import Done, all_sessions, drafts, program, texts, the_session

NEARNESS, CONTACT = (next(measure for measure in measures() if measure.id == i) for i in ("nearness", "contact"))
OPTIONS = (("done", "done"), ("resting", "still resting"), ("let-go", "let it go"))
CHECK_IN = b"3\n2\n5\n4\n"
SKIPPED = b"\n\n\n\n"


class Ran(Protocol):
    """What a command did in this process."""

    out: str


def reflect(given: bytes, *arguments: str) -> Done:
    """A sitting from standard input, in a process of its own."""
    return program("reflect", "--plain", *arguments, given=given)


def desk_on(monkeypatch: pytest.MonkeyPatch, given: bytes) -> PlainDesk:
    """A desk in this process, with `given` on standard input."""
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(given)), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    return PlainDesk()


# --- a whole sitting ---------------------------------------------------------------------

WHOLE = ("3", "2", "5", "4", "one\nmore", "two", "three", "", "kind", "next", "5")
WRITTEN = (4, 5, 6, 8, 9)


def as_lines(*, dotted: bool, ends: str) -> bytes:
    """The whole sitting; one-line answers end with a line of their own too where they are dotted."""
    blocks = [text + "\n.\n" if dotted or n in WRITTEN else text + "\n" for n, text in enumerate(WHOLE)]
    return "".join(blocks).replace("\n", ends).encode()


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("dotted", [True, False], ids=["dotted", "undotted"])
def test_a_whole_sitting_is_answered_from_standard_input(store: Store, bond: Bond, dotted: bool, ends: str) -> None:
    done = reflect(as_lines(dotted=dotted, ends=ends))
    session = the_session(store)
    assert done.code == 0
    assert texts(store) == ["one\nmore", "two", "three", "kind", "next"]
    assert session.checkin == {"nearness": 3, "owed": 2, "room": 5, "mood": 4, "mood-after": 5}
    assert done.out.startswith("Saved for ")
    assert done.out.endswith(f" · 5 answers · 6 words · 1 minute · {session.ref}\n")


def test_data_is_on_standard_output_and_talk_on_standard_error(store: Store, bond: Bond) -> None:
    done = reflect(SKIPPED + b"one\n.\n", "--json")
    assert done.out.startswith("{")
    assert fill(NEARNESS.question, bond) in done.err
    assert "\x1b" not in done.out + done.err


def test_what_never_answers_is_not_read_for_ever(store: Store, bond: Bond) -> None:
    done = reflect(b"3\n" + b"y\n" * 100_000)
    assert (done.code, the_session(store).checkin) == (2, {"nearness": 3})
    assert "Line 102 " in done.err
    assert done.err.count("\n") < 130


def test_every_answer_may_be_empty(store: Store, bond: Bond) -> None:
    done = reflect(b"\n\n\n\n.\n\n.\n/skip\n\n.\n.\n\n")
    assert (done.code, done.out) == (0, m.SAVED_NOTHING + "\n")
    assert all_sessions(store) == []


def test_empty_answers_that_end_with_a_dot_skip_one_question_each(store: Store, bond: Bond) -> None:
    reflect(b".\n.\n5\n.\n.\none\n.\n")
    assert the_session(store).checkin == {"room": 5}
    assert texts(store) == ["one"]


def test_a_step_is_taken_on_and_marked_in_plain_lines(store: Store, bond: Bond, run: Callable[..., object]) -> None:
    reflect(CHECK_IN + b"a\n.\nb\n.\nc\n.\n1\n")
    step = the_session(store).step
    assert step is not None
    assert step.state is StepState.RESTING
    run("steps", "let-go", the_session(store).ref)
    marked = the_session(store).step
    assert marked is not None
    assert (marked.plan, marked.state) == (step.plan, StepState.LET_GO)


def test_a_step_can_be_put_into_words_of_ones_own(store: Store, bond: Bond) -> None:
    program("steps", "take", "self-kindness", "--plain", given=b"When I scold myself, I will breathe.\n.\n")
    step = the_session(store).step
    assert step is not None
    assert step.plan == "When I scold myself, I will breathe."


# --- commands ----------------------------------------------------------------------------


def test_why_and_help_are_told_and_the_question_waits(store: Store, bond: Bond) -> None:
    done = reflect(SKIPPED + b"/why\n/help\none\n.\n")
    assert m.BECAUSE["new"] in done.err
    assert texts(store) == ["one"]
    assert done.err.count("1 of 3 · notice") == 3


def test_another_question_and_another_theme(store: Store, bond: Bond) -> None:
    done = reflect(SKIPPED + b"/other\n/theme\nself-erasure\none\n.\n")
    session = the_session(store)
    assert session.cause == "self-erasure"
    assert [answer.prompt for answer in session.answers] == ["self-erasure.mother.notice.01"]
    assert done.err.count("1 of 3 · notice") == 3


def test_skip_passes_one_question_and_enough_ends(store: Store, bond: Bond) -> None:
    done = reflect(b"/skip\n2\n/skip\n4\n/skip\ntwo\n.\n/enough\nnever read\n.\n")
    assert the_session(store).checkin == {"owed": 2, "mood": 4}
    assert texts(store) == ["two"]
    assert "2 words" not in done.out


def test_a_command_is_one_only_where_it_stands_first_and_alone(store: Store, bond: Bond) -> None:
    reflect(SKIPPED + b"a line\n/skip\n/enough\n.\n/skip this one\n.\n/enough\n")
    assert texts(store) == ["a line\n/skip\n/enough", "/skip this one"]


# --- what breaks off ---------------------------------------------------------------------


@pytest.mark.parametrize("half", [b"half a tho", b"half a tho\n"])
def test_the_end_of_the_input_in_mid_answer_keeps_the_text(store: Store, bond: Bond, half: bytes) -> None:
    done = reflect(CHECK_IN + b"one\n.\n" + half)
    assert done.code == 0
    assert texts(store) == ["one", "half a tho"]
    assert not the_session(store).unfinished


def test_nothing_on_standard_input_keeps_nothing(store: Store, bond: Bond) -> None:
    assert reflect(b"").code == 0
    assert all_sessions(store) == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [(b"\xff\xfe", "UTF-8"), (b"a\0b", m.TEXT_NUL), (b"\xed\xa0\x80", "UTF-8")],
    ids=["bytes", "nul", "surrogate"],
)
def test_what_is_no_text_is_refused_and_the_answers_before_it_are_kept(
    store: Store, bond: Bond, run: Callable[..., object], bad: bytes, reason: str
) -> None:
    done = reflect(CHECK_IN + b"one\n.\ngood line\n" + bad + b"\n.\n")
    assert done.code == 2
    assert reason in done.err
    assert (texts(store), drafts(store)) == (["one"], ["good line"])
    run("reflect", "--plain", given=b"\nand on\n.\n")
    assert texts(store) == ["one", "good line\nand on"]


def test_the_line_that_is_no_text_is_named(store: Store, bond: Bond) -> None:
    done = reflect(CHECK_IN + b"one\n.\ngood line\n\xff\n.\n")
    assert m.TEXT_NOT_UTF8.format(line=8) in done.err


# --- kept to the letter ------------------------------------------------------------------

TO_THE_LETTER = (
    "שלום \u202e\u2066 abc\u2069 العربية",
    "e\u0301 \u00e9 n\u0303 a\u0327\u0301 \ufeff",
    "👩‍👧‍👦 🏳️‍🌈 \U0001f468\u200d\U0001f469",
    "\x1b[31mred\x1b[0m \x07 \x1b]0;title\x07 \x9b",
    "[bold]not bold[/bold] :smile: %s {0}",
    "tab\t  two  spaces \u3000 and\u2028more\u2029 a\x85b\x0bc\x0cd \r e",
    " . \n..\n\n\n. .\n",
    "-- '; DROP TABLE answer; --",
)


def test_text_is_kept_to_the_letter_and_shown_harmlessly(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for text in TO_THE_LETTER:
        run("note", "--plain", given=f"{text}\n.\n")
    assert texts(store) == list(TO_THE_LETTER)
    shown = run("list", "-n", "0").out + "".join(run("show", session.ref).out for session in all_sessions(store))
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"} & set(shown)
    assert "[bold]not bold[/bold] :smile: %s {0}" in shown


def test_an_answer_of_ten_megabytes_is_kept_exactly(store: Store, bond: Bond) -> None:
    text = "\n".join("ä" * 50_000 for _ in range(100))
    done = reflect(CHECK_IN + text.encode() + b"\n.\nafter\n.\n")
    assert done.code == 0
    assert len(text.encode()) > 10_000_000
    assert texts(store) == [text, "after"]


def test_an_answer_of_more_than_twenty_megabytes_is_refused_and_the_others_are_kept(store: Store, bond: Bond) -> None:
    done = reflect(CHECK_IN + b"one\n.\n" + b"x" * (LONGEST_TEXT + 1) + b"\n.\n")
    assert (done.code, m.TEXT_TOO_LONG in done.err) == (2, True)
    assert texts(store) == ["one"]


# --- the desk itself ---------------------------------------------------------------------

DIGITS = st.from_regex(r"0{0,4}[0-9]{1,3}", fullmatch=True)
KEEPABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r"), max_size=20)


@given(lines=st.lists(KEEPABLE.filter(lambda line: line != "." and not line.strip().startswith("/")), max_size=6))
def test_any_lines_up_to_the_dot_are_the_answer(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    text, kept = "\n".join(lines), list[str]()
    desk = desk_on(monkeypatch, "".join(f"{line}\n" for line in [*lines, "."]).encode() + b"next\n.\n")
    reply = desk.write(Ask("?", keep=kept.append))
    assert reply == (Reply(Said.GIVEN, text) if text.strip() else Reply(Said.SKIP))
    assert kept[-1:] == ([text] if lines else [])
    assert desk.write(Ask("?")) == Reply(Said.GIVEN, "next")


@given(typed=st.text(max_size=6) | DIGITS)
def test_any_line_at_all_is_one_of_the_choices_or_none(typed: str) -> None:
    assert chosen(typed, OPTIONS) in (None, "done", "resting", "let-go")


@pytest.mark.parametrize(
    ("typed", "key"),
    [("1", "done"), ("2", "resting"), (" LET-GO ", "let-go"), ("Let it go", "let-go"), ("s", "resting"), ("d", "done")],
)
def test_a_choice_is_made_by_number_key_label_or_its_beginning(typed: str, key: str) -> None:
    assert chosen(typed, OPTIONS) == key


@pytest.mark.parametrize("typed", ["", "0", "4", "-1", "x", "1.5", "٣", "²", "resting now", "9" * 5_000])
def test_what_names_no_choice_chooses_none(typed: str) -> None:
    assert chosen(typed, OPTIONS) is None


def test_the_beginning_of_two_labels_chooses_neither() -> None:
    assert chosen("s", (("a", "soon"), ("b", "some day"))) is None


@given(typed=DIGITS)
@pytest.mark.parametrize("measure", [NEARNESS, CONTACT], ids=["line", "words"])
def test_any_digits_mark_a_point_on_the_scale_or_are_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, measure: Measure, typed: str
) -> None:
    reply = desk_on(monkeypatch, f"{typed}\n".encode()).scale("?", measure)
    assert reply == Reply(Said.ENOUGH) or 1 <= reply.number == int(typed) <= measure.highest


@pytest.mark.parametrize("typed", ["x", "0", "8", "3.5", "-1", "٣", "near", "1e0", "/why", "9" * 5_000])
def test_what_is_no_point_on_the_scale_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    reply = desk_on(monkeypatch, f"{typed}\n4\n".encode()).scale("?", NEARNESS)
    assert reply == Reply(Said.GIVEN, number=4)
    assert m.SCALE_AGAIN.format(highest=7) in capsys.readouterr().err


def test_words_on_a_scale_may_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk_on(monkeypatch, b"a call\n").scale("?", CONTACT) == Reply(Said.GIVEN, number=3)


def test_a_scale_that_did_not_apply_is_skipped_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = next(measure for measure in measures() if measure.id == "kind")
    assert desk_on(monkeypatch, b"nothing hurt\n").scale("?", kind) == Reply(Said.SKIP)


def test_an_empty_line_takes_the_default_and_the_end_of_the_input_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_on(monkeypatch, b"\n\n")
    assert desk.pick("?", OPTIONS, "resting") == Reply(Said.GIVEN, "resting")
    assert desk.line("?", "Mum") == Reply(Said.GIVEN, "Mum")
    assert (desk.pick("?", OPTIONS, "resting"), desk.line("?", "Mum")) == (Reply(Said.ENOUGH), Reply(Said.ENOUGH))


def test_a_draft_is_told_and_added_to(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    kept: list[str] = []
    reply = desk_on(monkeypatch, b"and on\n.\n").write(Ask("?", draft="half a \x1b[2Jtho", keep=kept.append))
    assert reply == Reply(Said.GIVEN, "half a \x1b[2Jtho\nand on")
    assert kept == ["half a \x1b[2Jtho\nand on"]
    assert "half a ␛[2Jtho" in capsys.readouterr().err


@pytest.mark.parametrize(("line", "said"), [(b"/enough\n", Said.ENOUGH), (b"", Said.ENOUGH), (b"/why\n", Said.WHY)])
def test_leaving_a_draft_leaves_it_as_it_was(monkeypatch: pytest.MonkeyPatch, line: bytes, said: Said) -> None:
    reply = desk_on(monkeypatch, line).write(Ask("?", draft="half a tho", walking=True))
    assert reply == Reply(said, "half a tho")


def test_many_lines_that_grow_too_long_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError):
        desk_on(monkeypatch, (b"x" * 999_999 + b"\n") * 22 + b".\n").write(Ask("?"))
