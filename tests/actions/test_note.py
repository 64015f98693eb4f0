"""A note: whatever was written is kept, whatever happens meanwhile, and nothing else is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.actions import note
from mother_bond.actions.desk import Reply, Said
from mother_bond.actions.saved import Saved
from mother_bond.domain.bond import Bond
from mother_bond.storage.store import Store
from tests.desks import (
    TODAY,
    Line,
    ScriptedDesk,
    Typed,
    all_sessions,
    at_nine,
    drafts,
    new_bond,
    texts,
    the_session,
)


def write(store: Store, bond: Bond, *script: Line, day: date = TODAY, cause: str | None = None) -> Saved:
    """Write a note at nine in the evening."""
    return note.write(store, bond, ScriptedDesk(*script), day, cause, lambda: at_nine(day))


def cut_off(store: Store, bond: Bond, *script: Line) -> None:
    """A note whose window was closed."""
    with pytest.raises(KeyboardInterrupt):
        write(store, bond, *script)


def test_a_note_is_kept_under_its_day_and_theme(store: Store, bond: Bond) -> None:
    saved = write(store, bond, "two\nlines", day=date(2026, 3, 1), cause="individuation")
    session = the_session(store)
    assert saved == Saved(session, 2)
    assert (session.day, session.cause, session.kind) == ("2026-03-01", "individuation", "note")
    assert (session.answers[0].prompt, session.answers[0].question) == (None, None)


@pytest.mark.parametrize("reply", [Said.SKIP, Said.ENOUGH, Reply(Said.GIVEN, " \n\t "), Reply(Said.ENOUGH, "\u3000")])
def test_an_empty_note_is_not_kept(store: Store, bond: Bond, reply: Line) -> None:
    assert write(store, bond, reply) == Saved(None)
    assert all_sessions(store) == []


def test_enough_keeps_what_is_there(store: Store, bond: Bond) -> None:
    assert write(store, bond, Reply(Said.ENOUGH, "half a thou")).words == 3
    assert texts(store) == ["half a thou"]


def test_a_note_that_was_cut_off_is_there_again_and_kept_once(store: Store, bond: Bond) -> None:
    cut_off(store, bond, Typed("half a thou", KeyboardInterrupt()))
    assert drafts(store) == ["half a thou"]
    desk = ScriptedDesk("half a thought")
    note.write(store, bond, desk, TODAY + timedelta(days=1), None, lambda: at_nine(TODAY))
    assert desk.asked[0].draft == "half a thou"
    assert texts(store) == ["half a thought"]
    assert (the_session(store).unfinished, drafts(store)) == (False, [])


def test_a_note_about_another_bond_does_not_come_back_here(store: Store, bond: Bond) -> None:
    other = new_bond(store)
    cut_off(store, other, Typed("about another", KeyboardInterrupt()))
    desk = ScriptedDesk("about this one")
    note.write(store, bond, desk, TODAY, None, lambda: at_nine(TODAY))
    assert desk.asked[0].draft == ""
    assert (texts(store, bond), drafts(store, other)) == (["about this one"], ["about another"])


def test_a_window_closed_before_a_word_leaves_no_trace_in_the_end(store: Store, bond: Bond) -> None:
    cut_off(store, bond, KeyboardInterrupt())
    write(store, bond, "words")
    assert [session.unfinished for session in all_sessions(store)] == [False]


def test_two_windows_keep_both_notes(store: Store, bond: Bond) -> None:
    def meanwhile(_: object) -> Line:
        write(store, bond, "in the second")
        return "in the first"

    write(store, bond, meanwhile)
    assert sorted(texts(store)) == ["in the first", "in the second"]


def test_two_windows_with_the_same_draft_keep_both_notes(store: Store, bond: Bond) -> None:
    def meanwhile(_: object) -> Line:
        write(store, bond, "half a thought, ended in the second")
        return "half a thought, ended in the first"

    cut_off(store, bond, Typed("half a thought", KeyboardInterrupt()))
    write(store, bond, meanwhile)
    assert sorted(text[-5:] for text in texts(store)) == ["econd", "first"]


def test_a_draft_that_is_skipped_in_one_window_does_not_take_the_words_of_another(store: Store, bond: Bond) -> None:
    def meanwhile(_: object) -> Line:
        write(store, bond, Said.SKIP)
        return "still written on"

    cut_off(store, bond, Typed("half a thought", KeyboardInterrupt()))
    write(store, bond, meanwhile)
    assert texts(store) == ["still written on"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_text_is_kept_to_the_letter_or_is_empty(store: Store, bond: Bond, text: str) -> None:
    saved = note.add(store, bond, text, TODAY)
    assert (saved.session is None) is (not text.strip())
    if saved.session:
        assert texts(store)[-1] == text
        assert saved.words == len(text.split())
