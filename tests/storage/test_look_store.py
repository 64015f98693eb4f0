"""Sessions read back: one whole, all in a row, as lines, by short id, and the same question again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.clock import encode_id
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.domain.line import EntryKind
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.storage import bonds, change, look, sessions
from mother_bond.storage.lines import EXCERPT, Which, on_month_day, recent
from tests.made import noted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.storage.store import Store

ANY = Which()
MUM = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, "Mum", "Mum")
DAYS = ("2025-11-20", "2026-02-28", "2026-11-19", "2026-11-20")
CAUSES = ("individuation", None)
ENTRIES = st.lists(st.tuples(st.booleans(), st.sampled_from(DAYS), st.sampled_from(CAUSES), st.booleans()), max_size=8)


def filled(store: Store, bond: Bond, entries: list[tuple[bool, str, str | None, bool]]) -> list[Session]:
    """The only sessions of the journal, of two bonds, some of them in the trash; oldest first."""
    bonds.put(store, MUM)
    made = []
    with store.writing() as db:
        for table in ("answer", "checkin", "session"):
            db.execute(f"DELETE FROM {table}")
        for about_mum, day, cause, trashed in entries:
            kept = noted(store, MUM if about_mum else bond, day, f"On {day}.", cause=cause, checkin={"mood": 3})
            if trashed:
                change.trash(store, change.Target(kept.id), "2026-11-20T21:00:00+00:00")
                kept = kept._replace(trashed_at="2026-11-20T21:00:00+00:00")
            made.append(kept)
    return sorted(made, key=lambda session: (session.day, session.at, session.id))


def meant(session: Session, which: Which) -> bool:
    """Whether a session is one of those meant, in plain Python."""
    return (
        (session.trashed_at is not None) == which.trashed
        and which.bond in (None, session.bond.id)
        and which.cause in (None, session.cause)
        and (which.since or "") <= session.day <= (which.until or "9")
    )


@given(
    ENTRIES,
    st.builds(
        Which,
        st.sampled_from((None, MUM.id)),
        st.sampled_from(CAUSES),
        st.none() | st.sampled_from(DAYS),
        st.none() | st.sampled_from(DAYS),
        st.booleans(),
    ),
)
def test_every_list_shows_just_the_sessions_that_are_meant(
    store: Store, bond: Bond, entries: list[tuple[bool, str, str | None, bool]], which: Which
) -> None:
    expected = [session for session in filled(store, bond, entries) if meant(session, which)]
    assert list(look.stream(store, which)) == expected
    refs = [line.ref for line in recent(store, which, 0)]
    assert (sorted(refs) if which.trashed else refs[::-1]) == (
        sorted(session.ref for session in expected) if which.trashed else [session.ref for session in expected]
    )
    same_day = [session.ref for session in reversed(expected) if session.day.endswith("-11-20")]
    assert [line.ref for line in on_month_day(store, "11-20", which)] == same_day
    days = [session.day for session in expected if session.day.startswith("2026")]
    assert look.days_written(store, 2026, which) == {day: days.count(day) for day in days}


@given(st.integers(1, 12))
def test_the_newest_are_shown_up_to_a_number(store: Store, bond: Bond, number: int) -> None:
    kept = filled(store, bond, [(False, day, None, False) for day in DAYS * 2])
    newest = [session.ref for session in reversed(kept)]
    assert [line.ref for line in recent(store, ANY, number)] == newest[:number]


def test_a_line_tells_what_an_entry_is_by_what_it_holds(store: Store, bond: Bond) -> None:
    at = "T21:00:00+00:00"
    step = Step("When …, I will ask.", StepState.RESTING, at, at)
    asked = (Answer("01A", 1, "so", at, "p.1", "What is so?"),)
    free = (Answer("01B", 1, "so " * 200, at),)
    held_by_kind = {
        EntryKind.STEP: Session("01M1", "", bond, f"2026-11-01{at}", "2026-11-01", step=step),
        EntryKind.WAY_IN: Session("01M2", "", bond, f"2026-11-02{at}", "2026-11-02", way_in={"individuation": 3}),
        EntryKind.CHECK_IN: Session("01M3", "", bond, f"2026-11-03{at}", "2026-11-03", checkin={"mood": 3}),
        EntryKind.NOTE: Session("01M4", "", bond, f"2026-11-04{at}", "2026-11-04", "individuation", answers=free),
        EntryKind.REFLECTION: Session("01M5", "", bond, f"2026-11-05{at}", "2026-11-05", step=step, answers=asked),
    }
    for session in held_by_kind.values():
        sessions.start(store, session)
    lines = recent(store, ANY, 0)[::-1]
    assert [line.kind for line in lines] == list(held_by_kind) == [s.kind for s in look.stream(store, ANY)]
    assert [line.excerpt for line in lines] == ["When …, I will ask.", "", "", ("so " * 200)[:EXCERPT], "so"]
    assert [line.answers for line in lines] == [0, 0, 0, 1, 1]
    assert {line.bond for line in lines} == {"Daniel"}


def test_a_line_passes_over_answers_in_the_trash(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", "the first")
    sessions.add_answer(store, kept.id, Answer("01K", 2, "the second", kept.at))
    change.trash(store, change.Target(kept.id, kept.answers[0].id), kept.at)
    line = recent(store, ANY, 0)[0]
    assert (line.excerpt, line.answers) == ("the second", 1)


def test_a_sitting_that_was_cut_off_is_said_to_be_unfinished(store: Store, bond: Bond) -> None:
    kept = sessions.start(store, Session("01M", "", bond, "2026-11-20T21:00:00+00:00", "2026-11-20"), "{}")
    assert recent(store, ANY, 0) == []
    sessions.add_answer(store, kept.id, Answer("01K", 1, "one", kept.at, "p.1", "What is so?"))
    assert [line.unfinished for line in recent(store, ANY, 0)] == [True]
    assert look.session(store, kept.id).unfinished


def test_the_latest_sitting_that_was_cut_off_is_gone_on_with(store: Store, bond: Bond) -> None:
    assert look.unfinished(store, bond.id) is None
    for number in (1, 2, 3):
        at = f"2026-11-{16 + number}T21:00:00+00:00"
        sessions.start(store, Session(f"01M{number}", "", bond, at, at[:10]), f'{{"at": "{number}"}}')
    change.trash(store, change.Target("01M3"), at)
    found = look.unfinished(store, bond.id)
    assert found is not None
    assert (found.session.id, found.progress) == ("01M2", {"at": "2"})
    assert look.unfinished(store, MUM.id) is None


def test_a_short_id_is_read_in_either_case_and_the_end_of_a_long_one_too(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20")
    for typed in (kept.ref, kept.ref.upper(), f" {kept.ref}\n", kept.id, kept.id.lower(), kept.id[-9:]):
        assert look.find_ref(store, typed) == kept.id


@pytest.mark.parametrize("length", [1, 2, 3])
def test_fewer_than_four_characters_are_no_id(store: Store, bond: Bond, length: int) -> None:
    kept = noted(store, bond, "2026-11-20")
    with pytest.raises(NotFoundError):
        look.find_ref(store, kept.ref[-length:])


def test_an_end_that_two_ids_share_is_refused_unless_it_is_a_short_id(store: Store, bond: Bond) -> None:
    first, second = (
        sessions.start(store, Session(encode_id(n, b"\0" * 9 + b"\7"), "", bond, "2026-11-20", "2026-11-20"))
        for n in (1, 2)
    )
    assert look.find_ref(store, "0007") == first.id
    assert look.find_ref(store, second.ref) == second.id
    with pytest.raises(UsageError) as several:
        look.find_ref(store, "0000007")
    assert several.value.hint


@given(st.text(max_size=30))
def test_whatever_is_typed_as_an_id_is_an_entry_or_there_is_none(store: Store, bond: Bond, typed: str) -> None:
    with pytest.raises(NotFoundError):
        look.find_ref(store, typed)


@pytest.mark.parametrize("typed", ["", "%", "____", "%%%%", "k7%", "'; --", "\0\0\0\0", "abcd\udcff", "\udcffabcd"])
def test_signs_that_mean_something_to_sql_find_nothing(store: Store, bond: Bond, typed: str) -> None:
    noted(store, bond, "2026-11-20")
    with pytest.raises(NotFoundError):
        look.find_ref(store, typed)


def test_a_very_long_id_is_no_entry(store: Store, bond: Bond) -> None:
    noted(store, bond, "2026-11-20")
    with pytest.raises(NotFoundError):
        look.find_ref(store, "k" * 100_000)


def test_the_answers_to_a_question_asked_again_stand_side_by_side(store: Store, bond: Bond) -> None:
    bonds.put(store, MUM)
    again = [
        noted(store, bond, day, f"On {day}.", cause="individuation", prompt="p.1", question=question)
        for day, question in (("2026-11-20", "And now?"), ("2025-03-01", "What is so?"), ("2026-04-01", "And now?"))
    ]
    noted(store, MUM, "2026-11-20", "of another bond", cause="individuation", prompt="p.1", question="And now?")
    noted(store, bond, "2026-11-20", "once", cause="individuation", prompt="p.2", question="Else?")
    noted(store, bond, "2026-11-20", "a note")
    noted(store, bond, "2026-11-19", "a note")
    expected = [
        (f"{session.ref}.1", session.day, f"On {session.day}.", session.answers[0].question or "")
        for session in sorted(again, key=lambda session: session.day)
    ]
    assert look.answered_again(store, ANY, None) == {("p.1", "individuation", bond.id): expected}
    assert look.answered_again(store, ANY, "p.1") == {("p.1", "individuation", bond.id): expected}
    assert look.answered_again(store, ANY, "p.2") == {}


@pytest.mark.parametrize("hide", ["session", "answer"])
def test_an_answer_in_the_trash_does_not_stand_beside_another(store: Store, bond: Bond, hide: str) -> None:
    first, _ = (noted(store, bond, day, "so", prompt="p.1", question="?") for day in ("2025-11-20", "2026-11-20"))
    change.trash(store, change.Target(first.id, first.answers[0].id if hide == "answer" else None), first.at)
    assert look.answered_again(store, ANY, None) == {}


@pytest.mark.parametrize("reading", [look.find_ref, look.session])
def test_an_entry_that_is_not_there_is_said_not_to_be(store: Store, reading: Callable[[Store, str], object]) -> None:
    with pytest.raises(NotFoundError) as missing:
        reading(store, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert "list" in missing.value.hint
