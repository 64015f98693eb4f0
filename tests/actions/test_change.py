"""Edit, delete, restore, purge: an edit or a delete that is regretted costs nothing, a purge is for good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions import change, look
from mother_bond.actions.desk import Reply, Said
from mother_bond.actions.lists import search, which
from mother_bond.actions.note import add
from mother_bond.bundled import Library
from mother_bond.domain.bond import Bond
from mother_bond.domain.entry import Session
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.storage.store import Store
from tests.desks import TODAY, ScriptedDesk, Typed, all_sessions, drafts, sit, texts

KEEPABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@pytest.fixture
def note(store: Store, bond: Bond) -> Session:
    """A note of one answer."""
    session = add(store, bond, "as it was", TODAY).session
    assert session is not None
    return session


@pytest.fixture
def walk(store: Store, library: Library, bond: Bond) -> Session:
    """A sitting of two answers."""
    session = sit(store, library, bond, ScriptedDesk(4, 4, 4, 4, "first", "second")).session
    assert session is not None
    return session


def wordings(store: Store, ref: str) -> list[str]:
    """Every wording of an answer, oldest first, the present one last."""
    _, answer = change.the_answer(store, ref)
    return [*(revision.text for revision in answer.revisions), answer.text]


def found(store: Store, word: str) -> int:
    """How many answers the search finds the word in."""
    return search(store, word, which(None), 0).total


# --- edit and history --------------------------------------------------------------------


def test_an_edit_keeps_the_wording_it_replaces(store: Store, note: Session) -> None:
    done = change.edit(store, note.ref, "as it is now")
    assert done == change.changed(m.DONE_EDITED, f"{note.ref}.1")
    assert wordings(store, note.ref) == ["as it was", "as it is now"]


@given(texts_in_turn=st.lists(KEEPABLE.filter(str.strip), min_size=1, max_size=5))
def test_any_edits_in_turn_are_all_there_to_go_back_to(store: Store, bond: Bond, texts_in_turn: list[str]) -> None:
    note = add(store, bond, "as it was", TODAY).session
    assert note is not None
    expected = ["as it was"]
    for text in texts_in_turn:
        change.edit(store, note.ref, text)
        expected += [text] if text != expected[-1] else []
    assert wordings(store, note.ref) == expected
    if len(expected) > 1:
        change.revise(store, note.ref, 1)
        assert wordings(store, note.ref) == [*expected, "as it was"]


def test_the_same_text_changes_nothing(store: Store, note: Session) -> None:
    assert change.edit(store, note.ref, "as it was").done == m.DONE_UNCHANGED.format(ref=f"{note.ref}.1")
    assert wordings(store, note.ref) == ["as it was"]


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_edit_takes_no_words_away_altogether(store: Store, note: Session, text: str) -> None:
    with pytest.raises(UsageError):
        change.edit(store, note.ref, text)
    assert texts(store) == ["as it was"]


def test_an_entry_of_two_answers_asks_which(store: Store, walk: Session) -> None:
    with pytest.raises(UsageError, match=rf"{walk.ref}\.1"):
        change.edit(store, walk.ref, "new")
    change.edit(store, f"{walk.ref}.2", "new")
    assert texts(store) == ["first", "new"]


def test_an_entry_without_words_has_none_to_edit(store: Store, library: Library, bond: Bond) -> None:
    session = sit(store, library, bond, ScriptedDesk(4), check_in_only=True).session
    assert session is not None
    with pytest.raises(NotFoundError):
        change.edit(store, session.ref, "new")


def test_an_edit_is_found_by_its_new_words_alone(store: Store, note: Session) -> None:
    change.edit(store, note.ref, "quite different")
    assert (found(store, "was"), found(store, "different")) == (0, 1)


@pytest.mark.parametrize("number", [-1, 0, 3, 99])
def test_a_wording_there_is_not_cannot_be_gone_back_to(store: Store, note: Session, number: int) -> None:
    for text in ("second", "third"):
        change.edit(store, note.ref, text)
    with pytest.raises(NotFoundError):
        change.revise(store, note.ref, number)
    assert wordings(store, note.ref) == ["as it was", "second", "third"]


# --- edit at the desk --------------------------------------------------------------------


def test_an_answer_is_edited_where_it_stands(store: Store, walk: Session) -> None:
    desk = ScriptedDesk("first, said better")
    change.edit_at(store, f"{walk.ref}.1", desk)
    assert desk.asked[0].draft == "first"
    assert desk.asked[0].question == walk.answers[0].question
    assert wordings(store, f"{walk.ref}.1") == ["first", "first, said better"]


def test_an_edit_that_was_cut_off_is_there_again(store: Store, note: Session) -> None:
    with pytest.raises(KeyboardInterrupt):
        change.edit_at(store, note.ref, ScriptedDesk(Typed("as it is n", KeyboardInterrupt())))
    assert texts(store) == ["as it was"]
    desk = ScriptedDesk("as it is now")
    change.edit_at(store, note.ref, desk)
    assert desk.asked[0].draft == "as it is n"
    assert (wordings(store, note.ref), drafts(store)) == (["as it was", "as it is now"], [])


def test_leaving_an_edit_as_it_stood_changes_nothing(store: Store, note: Session) -> None:
    assert change.edit_at(store, note.ref, ScriptedDesk(Said.ENOUGH)).done == m.DONE_UNCHANGED.format(
        ref=f"{note.ref}.1"
    )
    assert (wordings(store, note.ref), drafts(store)) == (["as it was"], [])


def test_leaving_an_edit_keeps_the_words_that_were_typed(store: Store, note: Session) -> None:
    change.edit_at(store, note.ref, ScriptedDesk(Reply(Said.ENOUGH, "as it is now")))
    assert "as it is now" in [*texts(store), *drafts(store)]


def test_an_edit_of_a_sitting_that_was_cut_off_leaves_its_half_answer_alone(
    store: Store, library: Library, bond: Bond
) -> None:
    desk = ScriptedDesk(4, 4, 4, 4, "first", Typed("half a sen", KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, desk)
    ref = all_sessions(store)[0].ref
    change.edit_at(store, f"{ref}.1", ScriptedDesk(Typed("first, said better", Said.GIVEN)))
    assert drafts(store) == ["half a sen"]
    assert texts(store) == ["first, said better"]


def test_an_edit_that_was_cut_off_does_not_become_an_answer_of_its_own(
    store: Store, library: Library, bond: Bond
) -> None:
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, ScriptedDesk(4, 4, 4, 4, "first", KeyboardInterrupt()))
    ref = all_sessions(store)[0].ref
    with pytest.raises(KeyboardInterrupt):
        change.edit_at(store, f"{ref}.1", ScriptedDesk(Typed("first, said bet", KeyboardInterrupt())))
    sit(store, library, bond, ScriptedDesk("keep"))
    assert texts(store) == ["first"]
    assert drafts(store) == ["first, said bet"]


# --- the trash ---------------------------------------------------------------------------


def test_a_deleted_entry_is_out_of_sight_and_comes_back_whole(store: Store, walk: Session) -> None:
    assert change.delete(store, walk.ref) == change.changed(m.DONE_DELETED, walk.ref)
    with pytest.raises(NotFoundError):
        look.show(store, walk.ref)
    assert found(store, "first") == 0
    assert [line.ref for line in change.trash(store).lines] == [walk.ref]
    change.restore(store, walk.ref)
    assert look.show(store, walk.ref).session == walk
    assert (found(store, "first"), change.trash(store)) == (1, change.InTrash((), (), {}))


def test_one_answer_can_be_deleted_and_restored(store: Store, walk: Session) -> None:
    change.delete(store, f"{walk.ref}.1")
    assert [answer.text for answer in look.show(store, walk.ref).session.answers] == ["second"]
    assert (found(store, "first"), found(store, "second")) == (0, 1)
    assert change.trash(store).answers == (f"{walk.ref}.1",)
    change.restore(store, f"{walk.ref}.1")
    assert look.show(store, walk.ref).session == walk


def test_an_answer_that_was_deleted_keeps_its_earlier_wordings(store: Store, note: Session) -> None:
    change.edit(store, note.ref, "as it is now")
    change.delete(store, f"{note.ref}.1")
    change.restore(store, f"{note.ref}.1")
    assert wordings(store, note.ref) == ["as it was", "as it is now"]


def test_what_lies_in_the_trash_cannot_be_edited(store: Store, walk: Session) -> None:
    change.delete(store, f"{walk.ref}.1")
    with pytest.raises(NotFoundError):
        change.edit(store, f"{walk.ref}.1", "new")
    change.delete(store, walk.ref)
    with pytest.raises(NotFoundError):
        change.edit(store, f"{walk.ref}.2", "new")


def test_what_does_not_lie_in_the_trash_is_not_taken_out_of_it(store: Store, walk: Session) -> None:
    for named in (walk.ref, f"{walk.ref}.1"):
        with pytest.raises(NotFoundError):
            change.restore(store, named)


def test_an_entry_and_one_answer_of_it_can_both_lie_there(store: Store, walk: Session) -> None:
    change.delete(store, f"{walk.ref}.1")
    change.delete(store, walk.ref)
    assert len(change.to_purge(store, None)) == 2
    change.restore(store, walk.ref)
    assert [answer.text for answer in look.show(store, walk.ref).session.answers] == ["second"]


# --- purge -------------------------------------------------------------------------------


def test_a_purged_entry_is_gone_from_the_file(store: Store, note: Session) -> None:
    change.edit(store, note.ref, "zweihundertwort")
    change.edit(store, note.ref, "dreihundertwort")
    change.delete(store, note.ref)
    assert change.purge(store, change.to_purge(store, note.ref)) == change.Purged(1, log_emptied=True)
    assert all_sessions(store) == []
    held = b"".join(path.read_bytes() for path in store.path.parent.glob("journal.db*"))
    assert not [word for word in (b"zweihundertwort", b"dreihundertwort") if word in held]


def test_a_purged_answer_leaves_the_others(store: Store, walk: Session) -> None:
    change.delete(store, f"{walk.ref}.1")
    change.purge(store, change.to_purge(store, f"{walk.ref}.1"))
    (answer,) = look.show(store, walk.ref).session.answers
    assert (answer.text, answer.position) == ("second", 2)
    assert change.to_purge(store, None) == []


def test_only_what_lies_in_the_trash_is_purged(store: Store, walk: Session) -> None:
    for named in (walk.ref, f"{walk.ref}.2"):
        with pytest.raises(NotFoundError):
            change.to_purge(store, named)
    assert change.to_purge(store, None) == []


def test_the_whole_trash_is_purged_and_nothing_else(store: Store, bond: Bond, walk: Session) -> None:
    kept, thrown = (add(store, bond, text, TODAY).session for text in ("kept", "thrown"))
    assert kept is not None
    assert thrown is not None
    change.delete(store, thrown.ref)
    change.delete(store, f"{walk.ref}.2")
    assert change.purge(store, change.to_purge(store, None)).number == 2
    assert texts(store) == ["first", "kept"]


@pytest.mark.parametrize("typed", ["", "zzzz", "%%%%", "____", "a'b;", "....", "k7fm.1.2", "\x1b[2J"])
def test_what_names_no_entry_changes_nothing(store: Store, note: Session, typed: str) -> None:
    for do in (change.delete, change.restore, change.to_purge):
        with pytest.raises(NotFoundError):
            do(store, typed)
    assert texts(store) == ["as it was"]


def test_a_reply_that_is_no_text_leaves_the_answer(store: Store, note: Session) -> None:
    change.edit_at(store, note.ref, ScriptedDesk(Reply(Said.SKIP)))
    assert wordings(store, note.ref) == ["as it was"]
