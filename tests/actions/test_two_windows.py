"""Two windows on one sitting or one note: no word of either is written over, or left where nobody finds it again."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mother_bond.actions import note
from mother_bond.actions.desk import Reply, Said
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.storage import change, sessions
from mother_bond.storage.change import Target
from tests.desks import (
    TODAY,
    Asked,
    Line,
    ScriptedDesk,
    Typed,
    all_sessions,
    anew,
    at_nine,
    drafts,
    sit,
    texts,
    the_session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

AT = "2026-11-20T21:14:00+00:00"
CHECK_IN: tuple[Line, ...] = (3, 2, 5, 4)


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """The journal in a second window."""
    with closing(anew(store.path)) as opened:
        yield opened


@pytest.fixture
def sitting(store: Store, bond: Bond) -> str:
    """A sitting that both windows are on."""
    return sessions.start(store, Session("01HZ0", "", bond, AT, AT[:10]), "{}").id


def keep(store: Store, sitting: str, text: str, at: str = AT) -> None:
    """Keep what a window is typing."""
    sessions.keep_draft(store, sitting, "p.1", "What is so?", text, at)


def test_each_window_keeps_its_own_draft_at_one_question(store: Store, other: Store, sitting: str) -> None:
    for words in ("", " more", " mo"):
        keep(store, sitting, f"in the first{words}")
        keep(other, sitting, f"in the second{words}")
    assert sorted(drafts(store)) == ["in the first mo", "in the second mo"]


def test_a_draft_that_both_windows_go_on_with_goes_on_twice(store: Store, other: Store, sitting: str) -> None:
    keep(store, sitting, "begun")
    assert sessions.draft(other, sitting, "p.1") == ("p.1", "What is so?", "begun")
    for window, words in ((other, "begun, there"), (store, "begun, here"), (other, "begun, there too")):
        keep(window, sitting, words)
    assert sorted(drafts(store)) == ["begun, here", "begun, there too"]


def test_an_answer_takes_away_the_drafts_whose_words_it_holds_and_no_other(
    store: Store, other: Store, sitting: str
) -> None:
    keep(other, sitting, "in the second")
    keep(store, sitting, "in the first, rubbed out")
    sessions.add_answer(store, sitting, Answer("01HZ1", 1, "in the first", AT, "p.1", "What is so?"))
    assert drafts(store) == ["in the second"]
    sessions.add_answer(store, sitting, Answer("01HZ2", 2, "both: in the second", AT, "p.1", "What is so?"))
    assert drafts(store) == []


def test_what_another_window_was_typing_stays_as_an_answer_when_the_sitting_ends(
    store: Store, other: Store, sitting: str
) -> None:
    keep(store, sitting, "in the first")
    keep(other, sitting, "in the second")
    keep(other, sitting, " ", at="2026-11-20T21:15:00+00:00")
    keep(other, sitting, "half a thought")
    sessions.add_answer(store, sitting, Answer("01HZ1", 1, "in the first", AT, "p.1", "What is so?"))
    assert sessions.finish(store, sitting, 60)
    kept = the_session(store)
    assert [(answer.text, answer.question) for answer in kept.answers] == [
        ("in the first", "What is so?"),
        ("half a thought", "What is so?"),
    ]
    assert (kept.unfinished, drafts(store)) == (False, [])


def test_a_sitting_that_one_window_ended_is_gone_on_with_where_the_other_was_typing(
    store: Store, library: Library, bond: Bond
) -> None:
    def ended_elsewhere(asked: Asked) -> Line:
        with closing(anew(store.path)) as second:
            sit(second, library, bond, ScriptedDesk("go-on", "in the second"))
        return Typed("half a sentence", KeyboardInterrupt())

    first = ScriptedDesk(*CHECK_IN, ended_elsewhere)
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, first)
    desk = ScriptedDesk("go-on", Reply(Said.GIVEN, "half a sentence, ended"))
    sit(store, library, bond, desk)
    assert (desk.asked[1].question, desk.asked[1].draft) == (first.asked[-1].question, "half a sentence")
    assert texts(store) == ["in the second", "half a sentence, ended"]
    assert (the_session(store).unfinished, drafts(store)) == (False, [])


def test_a_step_taken_on_in_each_window_is_two_steps(store: Store, other: Store, sitting: str) -> None:
    for window, plan in ((store, "When it rains, I will wait."), (other, "When it snows, I will wait.")):
        sessions.take_step(window, sitting, Step(plan, StepState.RESTING, AT, AT))
    steps = [(session.day, session.bond.name, session.step and session.step.plan) for session in all_sessions(store)]
    assert steps == [
        ("2026-11-20", "Daniel", "When it rains, I will wait."),
        ("2026-11-20", "Daniel", "When it snows, I will wait."),
    ]


def test_a_note_that_goes_on_in_two_windows_is_there_in_both_wordings(store: Store, other: Store, bond: Bond) -> None:
    def cut_off(text: str) -> None:
        with pytest.raises(KeyboardInterrupt):
            note.write(store, bond, ScriptedDesk(Typed(text, KeyboardInterrupt())), TODAY, None, lambda: at_nine(TODAY))

    def also_in_the_first(asked: Asked) -> Line:
        cut_off("half a thought, here")
        return Typed("half a thought, there", Said.GIVEN)

    cut_off("half a thought")
    note.write(other, bond, ScriptedDesk(also_in_the_first), TODAY)
    assert sorted([*texts(store), *drafts(store)]) == ["half a thought, here", "half a thought, there"]


def test_a_new_wording_that_was_left_in_one_window_outlives_the_other_and_goes_with_its_answer(
    store: Store, other: Store, sitting: str
) -> None:
    sessions.add_answer(store, sitting, Answer("01HZ1", 1, "as it was", AT, "p.1", "What is so?"))
    slot = f"{sessions.EDIT_SLOT}01HZ1"
    for window, text in ((store, "left in the first"), (other, "typed in the second"), (other, "typed on")):
        sessions.keep_draft(window, sitting, slot, "What is so?", text, AT)
    sessions.drop_draft(other, sitting, slot)
    assert drafts(store) == ["left in the first"]
    sessions.keep_draft(other, sitting, slot, "What is so?", "once more", AT)
    change.purge(store, [Target(sitting, "01HZ1")])
    assert drafts(store) == []
