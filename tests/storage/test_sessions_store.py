"""Sessions as they are written: short ids, drafts, progress, and any text at all."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.clock import encode_id
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.storage import change, look, sessions
from mother_bond.storage.store import Store, open_store
from tests.desks import all_sessions
from tests.made import fill, held, noted
from tests.made import sessions as made_sessions

if TYPE_CHECKING:
    from mother_bond.domain.bond import Bond

AT = "2026-11-20T21:14:00+00:00"
DAY = "2026-11-20"


def begun(store: Store, bond: Bond, number: int = 1, progress: str | None = "{}", at: str = AT) -> Session:
    """A sitting that has just begun."""
    made = encode_id(number, number.to_bytes(10, "big"))
    return sessions.start(store, Session(made, "", bond, at, DAY, "individuation"), progress)


def answered(position: int, text: str) -> Answer:
    return Answer(encode_id(9, position.to_bytes(10, "big")), position, text, AT, "p.1", "What is so?")


def emptied(store: Store) -> None:
    """Take every session out of the journal, for the next example of a property."""
    with store.writing() as db:
        for table in ("revision", "answer", "checkin", "way_in", "step", "draft", "session", "shown", "bond"):
            db.execute(f"DELETE FROM {table}")


@given(made_sessions())
def test_every_session_is_read_back_as_it_was_written(store: Store, made: Session) -> None:
    emptied(store)
    (kept,) = fill(store, [made])
    assert look.session(store, kept.id) == kept
    assert kept._replace(ref="", bond=made.bond) == made
    assert sessions.has_session(store, made.id)
    assert all(sessions.has_answer(store, answer.id) for answer in made.answers)


@given(st.text(max_size=200))
def test_any_text_is_kept_to_the_character(store: Store, bond: Bond, text: str) -> None:
    store.connection.execute("DELETE FROM answer")
    store.connection.execute("DELETE FROM session")
    kept = begun(store, bond)
    sessions.add_answer(store, kept.id, answered(1, text))
    with closing(open_store(store.path)) as other:
        assert look.session(other, kept.id).answers[0].text == text


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30, unique=True))
def test_short_ids_are_unique_typeable_and_stay_when_others_come(store: Store, bond: Bond, tails: list[int]) -> None:
    store.connection.execute("DELETE FROM session")
    refs: dict[str, str] = {}
    for number, tail in enumerate(tails):
        close = (tail % 3) << 70 | (tail % 5) << 24 | tail % 2
        made = encode_id(number, close.to_bytes(10, "big"))
        refs[made] = sessions.start(store, Session(made, "", bond, AT, DAY)).ref
        assert {session: look.find_ref(store, ref) for session, ref in refs.items()} == {key: key for key in refs}
    assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{4,26}", ref) for ref in refs.values())
    assert all(session.lower().endswith(ref) for session, ref in refs.items())
    assert {row["id"]: row["ref"] for row in store.rows("SELECT id, ref FROM session")} == refs


def test_a_short_id_is_four_characters_as_long_as_those_suffice(store: Store, bond: Bond) -> None:
    refs = [sessions.start(store, Session(encode_id(n, bytes(10)), "", bond, AT, DAY)).ref for n in range(3)]
    assert refs[0] == "0000"
    assert len(set(refs)) == 3
    assert [len(ref) for ref in refs] == [4, 5, 6]


def test_a_session_lands_whole_or_not_at_all(store: Store, bond: Bond) -> None:
    before = held(store)
    twice = (answered(1, "one"), answered(2, "two"), answered(2, "two again"))
    with pytest.raises(Exception, match="UNIQUE"):
        sessions.start(store, Session(encode_id(1, bytes(10)), "", bond, AT, DAY, answers=twice, checkin={"mood": 3}))
    assert held(store) == before


def test_an_answer_takes_the_place_of_the_draft_it_grew_from(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    sessions.keep_draft(store, kept.id, "p.1", "What is so?", "Tea, and", AT)
    sessions.keep_draft(store, kept.id, "p.1", "What is so?", "Tea, and the radio", AT)
    assert sessions.draft(store, kept.id) == ("p.1", "What is so?", "Tea, and the radio")
    sessions.add_answer(store, kept.id, answered(1, "Tea, and the radio on."))
    assert sessions.draft(store, kept.id) is None


def test_a_draft_that_is_dropped_leaves_other_drafts(store: Store, bond: Bond) -> None:
    first, second = begun(store, bond, 1), begun(store, bond, 2)
    for session in (first, second):
        sessions.keep_draft(store, session.id, None, None, session.ref, AT)
    sessions.drop_draft(store, first.id)
    assert sessions.draft(store, first.id) is None
    assert sessions.draft(store, second.id) == (None, None, second.ref)


def test_the_draft_of_an_edit_stands_beside_the_draft_of_an_answer_and_outlives_it(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    slot = f"{sessions.EDIT_SLOT}01K"
    sessions.keep_draft(store, kept.id, slot, None, "a new wording", "2026-11-20T22:00:00+00:00")
    sessions.keep_draft(store, kept.id, "p.1", "What is so?", "Tea", AT)
    assert sessions.draft(store, kept.id) == ("p.1", "What is so?", "Tea")
    sessions.add_answer(store, kept.id, answered(1, "Tea, and the radio on."))
    assert sessions.draft(store, kept.id) is None
    assert sessions.finish(store, kept.id, 60)
    assert sessions.draft(store, kept.id, slot) == (slot, None, "a new wording")
    sessions.drop_draft(store, kept.id, slot)
    assert sessions.draft(store, kept.id, slot) is None


def test_answers_are_numbered_on_from_the_last(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    assert sessions.next_position(store, kept.id) == 1
    sessions.add_answer(store, kept.id, answered(1, "one"))
    sessions.add_answer(store, kept.id, answered(4, "four"))
    assert sessions.next_position(store, kept.id) == 5


def test_marks_of_another_window_stand_beside_those_that_are_there(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    marks = [("mood", 3), ("mood", 3), ("nearness", 2), ("mood", 5), ("nearness", 6), ("mood", 6)]
    for measure, value in marks:
        sessions.mark(store, kept.id, measure, value)
    whole = sorted(all_sessions(store), key=lambda session: session.id != kept.id)
    assert [session.checkin for session in whole[:1]] == [{"mood": 3, "nearness": 2}]
    assert sorted((session.checkin for session in whole[1:]), key=len) == [{"mood": 6}, {"mood": 5, "nearness": 6}]
    assert {(session.bond.id, session.at, session.unfinished) for session in whole[1:]} == {(bond.id, kept.at, False)}


def test_what_stands_beside_a_sitting_keeps_out_of_the_trash(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    for measure, value in (("mood", 1), ("mood", 2), ("nearness", 3)):
        sessions.mark(store, kept.id, measure, value)
    (beside,) = (session for session in all_sessions(store) if session.id != kept.id)
    change.trash(store, change.Target(beside.id), AT)
    sessions.mark(store, kept.id, "nearness", 4)
    assert [session.checkin for session in all_sessions(store)[1:]] == [{"mood": 2}, {"nearness": 4}]


def test_a_step_is_taken_on_and_marked_later(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    sessions.take_step(store, kept.id, Step("When …, I will ask.", StepState.RESTING, AT, AT, "ask-first"))
    sessions.mark_step(store, kept.id, StepState.DONE, "2026-11-27T21:00:00+00:00")
    done = Step("When …, I will ask.", StepState.DONE, AT, "2026-11-27T21:00:00+00:00", "ask-first")
    assert look.session(store, kept.id).step == done


@pytest.mark.parametrize("holding", ["answer", "mark", "step"])
def test_a_sitting_that_holds_anything_is_kept_when_it_ends(store: Store, bond: Bond, holding: str) -> None:
    kept = begun(store, bond)
    sessions.keep_draft(store, kept.id, None, None, "half a word", AT)
    if holding == "answer":
        sessions.add_answer(store, kept.id, answered(1, "one"))
    elif holding == "mark":
        sessions.mark(store, kept.id, "mood", 3)
    else:
        sessions.take_step(store, kept.id, Step("plan", StepState.RESTING, AT, AT))
    assert sessions.finish(store, kept.id, 600)
    ended = look.session(store, kept.id)
    assert (ended.unfinished, ended.seconds) == (False, 600)
    assert sessions.draft(store, kept.id) is None


def test_a_sitting_that_holds_nothing_is_taken_away_when_it_ends(store: Store, bond: Bond) -> None:
    before = held(store)
    kept = begun(store, bond)
    sessions.keep_draft(store, kept.id, None, None, "", AT)
    assert not sessions.finish(store, kept.id, 5)
    assert held(store) == before


def test_progress_and_theme_are_kept_for_the_next_run(store: Store, bond: Bond) -> None:
    kept = begun(store, bond)
    sessions.keep_progress(store, kept.id, '{"at": "asking"}', "emotional-debt", "emotional-debt.2")
    sessions.keep_draft(store, kept.id, "p.1", "What is so?", "Tea", AT)
    with closing(open_store(store.path)) as later:
        found = look.unfinished(later, bond.id)
        assert found is not None
        assert found.progress == {"at": "asking"}
        assert (found.session.id, found.session.cause) == (kept.id, "emotional-debt")
        assert sessions.draft(later, kept.id) == ("p.1", "What is so?", "Tea")


def test_a_question_is_remembered_by_the_latest_day_it_was_shown(store: Store, bond: Bond) -> None:
    for day, depth in (("2026-11-01", "light"), ("2026-11-20", "deep"), ("2026-10-01", "deep")):
        sessions.show_prompt(store, bond.id, "p.1", day, depth)
    assert [tuple(row) for row in store.rows("SELECT prompt, day, depth FROM shown")] == [("p.1", DAY, "deep")]


def test_the_latest_note_that_was_cut_off_is_found_with_its_text(store: Store, bond: Bond) -> None:
    assert sessions.cut_off_note(store, bond.id, "NOTE") is None
    for number, (at, progress) in enumerate([("2026-11-18", "NOTE"), ("2026-11-19", "NOTE"), (DAY, "WALK")], 1):
        kept = begun(store, bond, number, progress, f"{at}T21:14:00+00:00")
        sessions.keep_draft(store, kept.id, None, None, f"text {number}", AT)
    assert sessions.cut_off_note(store, bond.id, "NOTE") == (encode_id(2, (2).to_bytes(10, "big")), "text 2")
    assert sessions.cut_off_note(store, "another", "NOTE") is None


def test_a_second_session_of_the_same_id_is_refused_and_the_first_stays(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, DAY, "the first")
    with pytest.raises(Exception, match="UNIQUE"):
        sessions.start(store, kept._replace(ref="", answers=()))
    assert look.session(store, kept.id) == kept
    assert not sessions.has_session(store, "another")
    assert not sessions.has_answer(store, "another")
