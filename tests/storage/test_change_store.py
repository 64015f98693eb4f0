"""Edits, the trash, and purges: every wording kept until it is purged, and then gone to the last byte."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.clock import encode_id
from mother_bond.domain.entry import Answer, Revision, Session, Step, StepState
from mother_bond.errors import NotFoundError
from mother_bond.storage import change, look, sessions
from mother_bond.storage.change import Target
from mother_bond.storage.lines import Which, recent
from mother_bond.storage.store import Store, open_store
from tests.made import held, noted, texts

if TYPE_CHECKING:
    from pathlib import Path

    from mother_bond.domain.bond import Bond

AT = "2026-11-20T21:14:00+00:00"
SECRET = "quincemarmalade"


SIZES = st.lists(st.integers(0, 3), min_size=1, max_size=4)
"""How many answers each session has."""


def filled(store: Store, bond: Bond, sizes: list[int]) -> list[Session]:
    """The only sessions in the journal, with a check-in each, and a step and an earlier wording in every other."""
    with store.writing() as db:
        for table in ("revision", "answer", "checkin", "step", "session"):
            db.execute(f"DELETE FROM {table}")
        for number, size in enumerate(sizes):
            made = encode_id(number, number.to_bytes(10, "big"))
            earlier = (Revision("before", AT),) * (number % 2)
            answers = (Answer(f"{made}{n}", n, f"text {n}", AT, "p.1", "?", earlier) for n in range(1, size + 1))
            step = Step("plan", StepState.RESTING, AT, AT) if number % 2 else None
            session = Session(made, "", bond, AT, AT[:10], answers=tuple(answers), checkin={"mood": 3}, step=step)
            sessions.start(store, session)
    return list(look.stream(store, Which()))


@given(st.lists(texts(), min_size=2, max_size=6))
def test_every_earlier_wording_is_kept_in_order(store: Store, bond: Bond, wordings: list[str]) -> None:
    kept = noted(store, bond, "2026-11-20", wordings[0])
    for number, wording in enumerate(wordings[1:]):
        change.edit(store, kept.answers[0].id, wording, f"2026-11-20T22:{number:02}:00+00:00")
    answer = look.session(store, kept.id).answers[0]
    assert [*(revision.text for revision in answer.revisions), answer.text] == wordings
    assert [revision.at[14:16] for revision in answer.revisions] == [f"{n:02}" for n in range(len(wordings) - 1)]
    assert answer.at == kept.at


def test_an_edit_changes_that_answer_alone(store: Store, bond: Bond) -> None:
    first, second = noted(store, bond, "2026-11-19", "one"), noted(store, bond, "2026-11-20", "two")
    change.edit(store, first.answers[0].id, "changed", AT)
    assert look.session(store, second.id) == second


@given(SIZES, st.data())
def test_whatever_is_put_in_the_trash_comes_out_as_it_was(
    store: Store, bond: Bond, sizes: list[int], data: st.DataObject
) -> None:
    kept = filled(store, bond, sizes)
    before = held(store)
    targets = [Target(session.id) for session in kept]
    targets += [Target(session.id, answer.id) for session in kept for answer in session.answers]
    chosen = data.draw(st.lists(st.sampled_from(targets), unique=True))
    for number, target in enumerate(chosen):
        change.trash(store, target, f"2026-11-20T21:{number:02}:00+00:00")
    assert change.in_trash(store) == chosen
    for target in data.draw(st.permutations(chosen)):
        change.trash(store, target, None)
    assert held(store) == before
    assert change.in_trash(store) == []


def test_what_is_in_the_trash_is_out_of_sight(store: Store, bond: Bond) -> None:
    kept, gone = noted(store, bond, "2026-11-19"), noted(store, bond, "2026-11-20")
    change.trash(store, Target(gone.id), AT)
    assert [line.ref for line in recent(store, Which(), 0)] == [kept.ref]
    assert [session.id for session in look.stream(store, Which())] == [kept.id]
    assert [(line.ref, line.trashed_at) for line in recent(store, Which(trashed=True), 0)] == [(gone.ref, AT)]
    assert look.session(store, gone.id) == gone._replace(trashed_at=AT)


def test_an_answer_in_the_trash_leaves_the_others_and_its_number_free(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", "one")
    sessions.add_answer(store, kept.id, Answer("01K", 2, "two", AT))
    change.trash(store, Target(kept.id, "01K"), AT)
    assert [answer.text for answer in look.session(store, kept.id).answers] == ["one"]
    assert [answer.text for answer in look.session(store, kept.id, with_trashed=True).answers] == ["one", "two"]
    assert sessions.next_position(store, kept.id) == 3


@given(SIZES, st.data())
def test_a_purge_takes_what_it_is_told_to_and_nothing_else(
    store: Store, bond: Bond, sizes: list[int], data: st.DataObject
) -> None:
    kept = filled(store, bond, sizes)
    gone = data.draw(st.lists(st.sampled_from(kept), unique_by=lambda session: session.id))
    change.purge(store, [Target(session.id) for session in gone])
    assert list(look.stream(store, Which())) == [session for session in kept if session not in gone]
    assert not any(sessions.has_answer(store, answer.id) for session in gone for answer in session.answers)
    assert list(store.rows("PRAGMA foreign_key_check")) == []
    assert store.value("SELECT count(*) FROM revision WHERE answer_id NOT IN (SELECT id FROM answer)") == 0


def test_a_purged_answer_goes_with_its_wordings_and_leaves_the_sitting(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", "one")
    sessions.add_answer(store, kept.id, Answer("01K", 2, "two", AT))
    change.edit(store, "01K", "two again", AT)
    change.purge(store, [Target(kept.id, "01K")])
    assert look.session(store, kept.id) == kept
    assert store.value("SELECT count(*) FROM revision") == 0


def test_a_purged_entry_is_no_longer_found_by_its_short_id(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20")
    change.purge(store, [Target(kept.id)])
    with pytest.raises(NotFoundError):
        look.find_ref(store, kept.ref)
    with pytest.raises(NotFoundError):
        look.session(store, kept.id)


def holding(folder: Path) -> list[str]:
    """The files of a folder in which the secret word stands, in any case."""
    return [path.name for path in folder.iterdir() if SECRET.encode() in path.read_bytes().lower()]


def fill_up(store: Store, bond: Bond, number: int) -> None:
    """Other entries, so that pages are full and split."""
    with store.writing():
        for _ in range(number):
            noted(store, bond, "2026-10-10", "Tea in the kitchen, the radio on. " * 4)


def sat(store: Store, bond: Bond, words: str) -> Session:
    """A sitting that went the whole way: a draft that grew, an answer, an edit, and a step."""
    number = int(store.value("SELECT count(*) FROM session")) + 1
    made = encode_id(number, number.to_bytes(10, "big"))
    kept = sessions.start(store, Session(made, "", bond, AT, AT[:10], "individuation"), "{}")
    for end in range(8, len(words) + 8, 8 + len(words) // 20):
        sessions.keep_draft(store, made, "p.1", "What is so?", words[:end], AT)
    answer = Answer(encode_id(number, bytes(10)), 1, words, AT, "p.1", "What is so?")
    sessions.add_answer(store, made, answer)
    change.edit(store, answer.id, f"And then: {words}", AT)
    change.edit(store, answer.id, "Short.", AT)
    sessions.take_step(store, made, Step(f"When {words}, I will ask.", StepState.RESTING, AT, AT))
    sessions.keep_draft(store, made, "p.2", "And now?", f"{words} again", AT)
    sessions.finish(store, made, 600)
    return kept


@pytest.mark.parametrize(("before", "after"), [(0, 0), (30, 0), (0, 30), (40, 40), (400, 400)])
def test_a_purged_note_is_in_no_byte_of_the_journals_files(store: Store, bond: Bond, before: int, after: int) -> None:
    fill_up(store, bond, before)
    kept = noted(store, bond, "2026-11-20", f"It smelled of {SECRET}, {SECRET.upper()}, all evening.")
    fill_up(store, bond, after)
    change.trash(store, Target(kept.id), AT)
    assert holding(store.path.parent) != []
    change.purge(store, [Target(kept.id)])
    assert holding(store.path.parent) == []
    store.close()
    assert holding(store.path.parent) == []


@pytest.mark.parametrize("length", [3, 400])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (20, 5), (60, 60)])
def test_purged_words_are_in_no_byte_however_they_were_written(
    store: Store, bond: Bond, before: int, after: int, length: int
) -> None:
    fill_up(store, bond, before)
    kept = sat(store, bond, f"the smell of {SECRET} " * length)
    fill_up(store, bond, after)
    store.close()
    with closing(open_store(store.path)) as later:
        change.trash(later, Target(kept.id), AT)
        change.purge(later, [Target(kept.id)])
        assert holding(store.path.parent) == []
        assert later.value("PRAGMA integrity_check") == "ok"


@pytest.mark.parametrize(
    "history",
    [
        ((5, "walk", 600), (30, "note", 1), (30, "note", 600), (0, "note", 600)),
        ((5, "note", 5), (30, "note", 600), (30, "note", 100)),
        ((1, "note", 1), (1, "walk", 1), (1, "note", 1)),
    ],
)
def test_words_purged_one_entry_after_another_are_in_no_byte(
    store: Store, bond: Bond, history: tuple[tuple[int, str, int], ...]
) -> None:
    kept = []
    for others, what, length in history:
        fill_up(store, bond, others)
        words = f"It {SECRET} " * length
        kept.append(sat(store, bond, words) if what == "walk" else noted(store, bond, "2026-11-20", words))
    for session in kept:
        change.purge(store, [Target(session.id)])
    assert holding(store.path.parent) == []
    with store.writing() as db:
        db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")


def test_an_answer_purged_alone_is_in_no_byte(store: Store, bond: Bond) -> None:
    fill_up(store, bond, 30)
    kept = noted(store, bond, "2026-11-20", "This one stays.")
    sessions.add_answer(store, kept.id, Answer("01K", 2, f"All evening {SECRET} " * 30, AT))
    change.trash(store, Target(kept.id, "01K"), AT)
    change.purge(store, [Target(kept.id, "01K")])
    assert holding(store.path.parent) == []
    assert [answer.text for answer in look.session(store, kept.id).answers] == ["This one stays."]


def test_an_answer_purged_alone_takes_the_edit_that_was_begun_on_it_along(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", SECRET)
    sessions.add_answer(store, kept.id, Answer("01K", 2, "This one stays.", AT))
    sessions.keep_draft(store, kept.id, f"edit.{kept.answers[0].id}", None, f"{SECRET}, and then", AT)
    change.purge(store, [Target(kept.id, kept.answers[0].id)])
    assert sessions.draft(store, kept.id) is None
    assert holding(store.path.parent) == []


def test_words_purged_while_another_window_reads_are_gone_when_it_closes(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", SECRET)
    store.connection.execute("PRAGMA busy_timeout = 0")
    with closing(open_store(store.path)) as other:
        reading = look.stream(other, Which())
        next(reading)
        change.purge(store, [Target(kept.id)])
        store.close()
    assert holding(store.path.parent) == []


def test_other_words_outlive_a_purge_and_its_sweeping(store: Store, bond: Bond) -> None:
    fill_up(store, bond, 50)
    sat(store, bond, "what stays")
    before, ids = held(store), [line.ref for line in recent(store, Which(), 0)]
    gone = noted(store, bond, "2026-11-20", SECRET)
    change.purge(store, [Target(gone.id)])
    assert held(store) == before
    assert [line.ref for line in recent(store, Which(), 0)] == ids
    with store.writing() as db:
        db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")
