from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions import lists, look
from mother_bond.actions.lists import which
from mother_bond.clock import encode_id
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Session
from mother_bond.errors import ExitCode, NotFoundError, UsageError
from mother_bond.storage import bonds, change, sessions
from mother_bond.storage.change import Target
from tests.made import Shelf, fill, journals, noted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.actions.look import Both
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

MOMENT = "2026-03-02T10:00:00+00:00"
PROMPT = "self-erasure.mother.notice.01"
DAY = timedelta(days=1)
FEW = settings(max_examples=max(20, settings().max_examples // 3))


@pytest.fixture
def anna(store: Store, bond: Bond) -> Bond:
    """A second bond in the same journal, which is not the one that is written about."""
    made = Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.MOTHER, "Anna", "my eldest")
    bonds.put(store, made)
    return made


def asked(store: Store, bond: Bond, day: str, text: str = "So.", question: str = "As asked?") -> Session:
    return noted(store, bond, day, text, cause="self-erasure", prompt=PROMPT, question=question)


def again(store: Store, prompt: str | None = None) -> tuple[Both, ...]:
    return look.then_and_now(store, which(None), prompt, DAY)


def shown(ran: Ran) -> list[str]:
    assert ran.code == 0, ran.err
    return [line.split("  ")[1] for line in ran.out.splitlines()]


# --- one entry ---------------------------------------------------------------------------


def test_an_entry_is_found_by_its_short_id_whatever_its_case(store: Store, bond: Bond) -> None:
    session = noted(store, bond, "2026-03-01")
    for typed in (session.ref, session.ref.upper(), f" {session.ref} ", session.id, session.id[-12:].lower()):
        assert look.show(store, typed).session == session
        assert look.show(store, typed).answer is None


def test_one_answer_is_found_by_its_number(store: Store, bond: Bond) -> None:
    session = noted(store, bond, "2026-03-01", "the words")
    answer = look.show(store, f"{session.ref}.1").answer
    assert answer
    assert answer.text == "the words"


@pytest.mark.parametrize("tail", [".2", ".0", ".one", ".1.1", ".-1", ".１"])
def test_an_answer_there_is_not_is_said(store: Store, bond: Bond, run: Callable[..., Ran], tail: str) -> None:
    ref = noted(store, bond, "2026-03-01").ref
    ran = run("show", ref + tail)
    assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
    assert m.ANSWER_NONE in ran.err


@pytest.mark.parametrize("typed", ["", "zzzz", "%", "____", "' OR 1=1 --", "é" * 4, "a", ".1"])
def test_an_entry_there_is_not_is_said(store: Store, bond: Bond, typed: str) -> None:
    noted(store, bond, "2026-03-01")
    with pytest.raises(NotFoundError):
        look.show(store, typed)


def test_an_end_that_two_ids_share_is_asked_for_again(store: Store, bond: Bond) -> None:
    for head in ("01A", "01B"):
        sessions.start(store, Session(f"{head}{'7' * 23}", "", bond, MOMENT, "2026-03-02"))
    with pytest.raises(UsageError):
        look.show(store, "777777")


def test_what_lies_in_the_trash_is_shown_only_when_asked_for(store: Store, bond: Bond) -> None:
    session = noted(store, bond, "2026-03-01")
    change.trash(store, Target(session.id), MOMENT)
    with pytest.raises(NotFoundError, match=m.ENTRY_TRASHED):
        look.show(store, session.ref)
    assert look.show(store, session.ref, with_trashed=True).session.trashed_at == MOMENT


def test_an_answer_in_the_trash_is_not_shown(store: Store, bond: Bond) -> None:
    session = noted(store, bond, "2026-03-01")
    change.trash(store, Target(session.id, session.answers[0].id), MOMENT)
    assert look.show(store, session.ref).session.answers == ()
    with pytest.raises(NotFoundError):
        look.show(store, f"{session.ref}.1")


# --- lists -------------------------------------------------------------------------------


def test_the_newest_stand_first(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for day in ("2026-02-01", "2026-03-01", "2026-01-01"):
        noted(store, bond, day)
    assert shown(run("list")) == ["2026-03-01", "2026-02-01", "2026-01-01"]


@pytest.mark.parametrize(
    ("options", "days"),
    [
        ([], [5, 4, 3, 2, 1]),
        (["--since", "2026-03-03"], [5, 4, 3]),
        (["--until", "2026-03-03"], [3, 2, 1]),
        (["--since", "2026-03-02", "--until", "2026-03-02"], [2]),
        (["--since", "2026-03-04", "--until", "2026-03-02"], []),
        (["--cause", "self-erasure"], [5, 1]),
        (["--cause", "no-such-theme"], []),
        (["--bond", "Anna"], [4]),
        (["--bond", "anna"], [4]),
        (["--bond", "Daniel", "--cause", "self-erasure", "--since", "2026-03-02"], [5]),
        (["-n", "2"], [5, 4]),
        (["-n", "0"], [5, 4, 3, 2, 1]),
        (["-n", "2", "--bond", "Daniel"], [5, 3]),
    ],
)
def test_a_list_holds_what_was_asked_for(
    store: Store, bond: Bond, anna: Bond, run: Callable[..., Ran], options: list[str], days: list[int]
) -> None:
    asked(store, bond, "2026-03-01")
    noted(store, bond, "2026-03-02")
    noted(store, bond, "2026-03-03", cause="individuation")
    noted(store, anna, "2026-03-04")
    asked(store, bond, "2026-03-05")
    assert shown(run("list", *options)) == [f"2026-03-0{day}" for day in days]


def test_search_takes_the_same_filters(store: Store, bond: Bond, anna: Bond, run: Callable[..., Ran]) -> None:
    asked(store, bond, "2026-03-01", "the kitchen")
    noted(store, anna, "2026-03-02", "a kitchen")
    noted(store, bond, "2026-03-03", "kitchen, again")
    assert shown(run("search", "kitchen")) == ["2026-03-03", "2026-03-02", "2026-03-01"]
    assert shown(run("search", "kitchen", "--bond", "Daniel", "--until", "2026-03-02")) == ["2026-03-01"]
    assert shown(run("search", "kitchen", "--cause", "self-erasure")) == ["2026-03-01"]


def test_a_filter_by_a_bond_there_is_not_is_said(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    assert run("list", "--bond", "Nobody").code == ExitCode.NOT_FOUND


def test_a_day_that_was_named_is_said_back_in_full(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    assert "For Sunday 1 March 2026.\n" in run("list", "--since", "2026-03-01").err


@pytest.mark.parametrize(("number", "more"), [("3", False), ("2", True), ("0", False), ("20", False)])
def test_a_list_says_that_there_is_more_only_when_there_is(
    store: Store, bond: Bond, run: Callable[..., Ran], number: str, more: bool
) -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        noted(store, bond, day)
    assert (m.MORE_ENTRIES in run("list", "-n", number).err) == more


@pytest.mark.parametrize(("number", "said"), [("2", "2 of 3; -n 0 shows all.\n"), ("3", ""), ("0", "")])
def test_a_search_says_how_many_there_are_in_all(
    store: Store, bond: Bond, run: Callable[..., Ran], number: str, said: str
) -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        noted(store, bond, day, "kitchen")
    assert run("search", "kitchen", "-n", number).err == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["list"], m.NOTHING_HERE), (["search", "moon"], m.NOTHING_FOUND), (["on-this-day"], m.NOTHING_HERE)],
)
def test_nothing_is_said_where_there_is_nothing(
    store: Store, bond: Bond, run: Callable[..., Ran], arguments: list[str], said: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out, ran.err) == (0, "", said + "\n")


@FEW
@given(found=journals(), limit=st.integers(1, 5))
def test_a_short_list_is_the_beginning_of_the_whole_one(tmp_path: Path, found: list[Session], limit: int) -> None:
    store = Shelf(tmp_path / "shelf").new()
    fill(store, found)
    whole, some = lists.recent(store, which(None), 0), lists.recent(store, which(None), limit)
    assert [line.day for line in whole.lines] == sorted((session.day for session in found), reverse=True)
    assert some == (whole.lines[:limit], len(found) > limit)
    store.close()


def test_the_trash_is_in_no_list(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for session in [asked(store, bond, "2026-03-01"), asked(store, bond, "2026-05-01")]:
        change.trash(store, Target(session.id), MOMENT)
    for arguments in (["list"], ["search", "so"], ["on-this-day", "--date", "2026-03-01"]):
        assert shown(run(*arguments)) == []
    assert "2026 · 0 days" in run("calendar", "2026").out
    assert m.THEN_NOTHING in run("then-and-now").err


# --- days --------------------------------------------------------------------------------


def test_on_this_day_is_the_same_day_of_every_year(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for day in ("2023-11-20", "2024-11-20", "2024-11-21", "2025-01-20", "2025-11-20"):
        noted(store, bond, day)
    assert shown(run("on-this-day", "--date", "2025-11-20")) == ["2025-11-20", "2024-11-20", "2023-11-20"]


def test_the_29th_of_february_is_a_day_of_its_own(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for day in ("2020-02-29", "2024-02-29", "2025-02-28", "2025-03-01"):
        noted(store, bond, day)
    assert shown(run("on-this-day", "--date", "2024-02-29")) == ["2024-02-29", "2020-02-29"]
    assert shown(run("on-this-day", "--date", "2025-02-28")) == ["2025-02-28"]


def test_on_this_day_can_be_of_one_bond(store: Store, bond: Bond, anna: Bond, run: Callable[..., Ran]) -> None:
    noted(store, bond, "2025-11-20", "about Daniel")
    noted(store, anna, "2025-11-20", "about Anna")
    assert "about Anna" in run("on-this-day", "--date", "2025-11-20").out
    ran = run("on-this-day", "--date", "2025-11-20", "--bond", "Daniel")
    assert "about Daniel" in ran.out
    assert "about Anna" not in ran.out


def test_a_calendar_counts_the_entries_of_each_day(store: Store, bond: Bond, anna: Bond) -> None:
    for day in ("2025-12-31", "2026-01-01", "2026-01-01", "2026-12-31", "2027-01-01"):
        noted(store, bond, day)
    noted(store, anna, "2026-06-06")
    assert look.calendar(store, 2026, which(bond)).days == {"2026-01-01": 2, "2026-12-31": 1}
    assert look.calendar(store, 2026, which(None)).days == {"2026-01-01": 2, "2026-06-06": 1, "2026-12-31": 1}


def test_a_calendar_is_twelve_months_to_be_read_out(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for day in ("2026-02-03", "2026-02-03", "2026-02-28"):
        noted(store, bond, day)
    lines = run("calendar", "2026").out.splitlines()
    assert lines[:3] == ["2026 · 2 days written on", "January: none", "February: 3 (2 entries), 28"]
    assert len(lines) == 13


@FEW
@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=12))
def test_every_day_written_on_is_in_the_calendar(tmp_path: Path, days: list[date]) -> None:
    store = Shelf(tmp_path / "shelf").new()
    bond = Bond(encode_id(0, bytes(10)), Role.CHILD, "Mum", "Mum")
    bonds.put(store, bond)
    for day in days:
        noted(store, bond, day.isoformat())
    found = look.calendar(store, 2026, which(None))
    assert found.days == {day.isoformat(): days.count(day) for day in days}
    store.close()


# --- then and now ------------------------------------------------------------------------


def test_answers_to_one_question_stand_side_by_side_the_oldest_first(store: Store, bond: Bond) -> None:
    days = ["2026-05-01", "2026-01-01", "2026-03-01"]
    refs = {day: asked(store, bond, day, f"on {day}", f"asked on {day}").ref for day in days}
    [both] = again(store)
    assert both.answers == tuple((f"{refs[day]}.1", day, f"on {day}") for day in sorted(days))
    assert (both.question, both.prompt, both.cause) == ("asked on 2026-05-01", PROMPT, "self-erasure")


def test_an_evening_is_no_then_and_now(store: Store, bond: Bond) -> None:
    asked(store, bond, "2026-03-01")
    asked(store, bond, "2026-03-01")
    assert again(store) == ()
    asked(store, bond, "2026-03-02")
    assert len(again(store)) == 1


def test_the_longest_time_between_stands_first(store: Store, bond: Bond) -> None:
    for prompt, last in (("a.mother.notice.01", "2026-02-01"), ("b.mother.notice.01", "2026-03-01")):
        for day in ("2026-01-01", last):
            noted(store, bond, day, prompt=prompt, question="As asked?", cause=prompt[0])
    assert [both.prompt[0] for both in again(store)] == ["b", "a"]


def test_one_question_can_be_named(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for day in ("2026-01-01", "2026-03-01"):
        asked(store, bond, day)
        noted(store, bond, day, prompt="other.mother.notice.01", question="Another?", cause="other")
    assert [both.prompt for both in again(store, PROMPT)] == [PROMPT]
    assert "Another?" not in run("then-and-now", PROMPT).out
    assert run("then-and-now", "no.such.prompt").err == m.THEN_NOTHING + "\n"


def test_notes_have_no_question_to_be_asked_again(store: Store, bond: Bond) -> None:
    for day in ("2026-01-01", "2026-03-01"):
        noted(store, bond, day, cause="self-erasure")
    assert again(store) == ()


def test_answers_about_two_people_are_never_put_side_by_side(store: Store, bond: Bond, anna: Bond) -> None:
    asked(store, bond, "2026-01-01", question="What do you see when Daniel rings?")
    asked(store, anna, "2026-03-01", question="What do you see when Anna rings?")
    assert again(store) == ()


def test_then_and_now_can_be_of_one_bond_and_theme(
    store: Store, bond: Bond, anna: Bond, run: Callable[..., Ran]
) -> None:
    for day in ("2026-01-01", "2026-03-01"):
        asked(store, bond, day, "about Daniel")
        noted(store, anna, day, "about Anna", prompt="other.mother.notice.01", question="And?", cause="other")
    assert "about Anna" not in run("then-and-now", "--bond", "Daniel").out
    assert "about Daniel" not in run("then-and-now", "--cause", "other").out


@pytest.mark.parametrize(("number", "questions"), [("1", 1), ("2", 2), ("0", 4), ("3", 3)])
def test_so_many_questions_are_shown_as_were_asked_for(
    store: Store, bond: Bond, run: Callable[..., Ran], number: str, questions: int
) -> None:
    for name in "abcd":
        for day in ("2026-01-01", "2026-03-01"):
            noted(store, bond, day, prompt=f"{name}.mother.notice.01", question=f"Question {name}?", cause=name)
    assert run("then-and-now", "-n", number).out.count("Question") == questions


def test_an_answer_in_the_trash_is_neither_then_nor_now(store: Store, bond: Bond) -> None:
    first = asked(store, bond, "2026-01-01")
    asked(store, bond, "2026-03-01")
    change.trash(store, Target(first.id, first.answers[0].id), MOMENT)
    assert again(store) == ()
