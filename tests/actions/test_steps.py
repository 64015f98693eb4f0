"""Small steps outside a sitting: offered, taken on, marked, listed."""

from datetime import timedelta
from pathlib import Path

import pytest

from mother_bond.actions import change, steps
from mother_bond.actions.desk import Reply, Said
from mother_bond.bundled import practices
from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role
from mother_bond.domain.entry import Session, StepState
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.storage.store import Store
from tests.desks import TODAY, Line, ScriptedDesk, all_sessions, at_nine, new_bond, the_session, took_before


def take(store: Store, bond: Bond, practice: str, *script: Line) -> Session | None:
    """Take a step on at nine in the evening."""
    return steps.take(store, bond, ScriptedDesk(*script), practice, TODAY, lambda: at_nine(TODAY))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
def test_only_what_fits_the_contact_is_offered(store: Store, role: Role, contact: Contact) -> None:
    bond = new_bond(store, role, contact)
    offered = {practice.id for practice in steps.offered(bond)}
    needing = {practice.id for practice in practices() if practice.needs_contact}
    assert offered
    assert not (offered & needing) if contact in NO_CONTACT else needing <= offered
    assert contact is not Contact.DIED or not offered & {p.id for p in practices() if p.not_when_died}


@pytest.mark.parametrize("role", Role)
def test_every_step_that_is_offered_is_in_words_for_this_bond(store: Store, role: Role) -> None:
    bond = new_bond(store, role)._replace(name="Ruth", call="Mum")
    for practice in steps.offered(bond):
        assert not any("{" in str(part) for part in practice)
        assert practice.plan.startswith("When")
        assert practice.smaller.startswith("When")


def test_a_step_is_taken_on_in_the_words_that_were_left_standing(store: Store, bond: Bond) -> None:
    session = take(store, bond, "self-kindness", "When I scold myself, I will breathe. ")
    assert session == the_session(store)
    assert session.step is not None
    assert session.step.plan == "When I scold myself, I will breathe."
    assert (session.step.practice, session.step.state) == ("self-kindness", StepState.RESTING)
    assert (session.kind, session.day) == ("step", "2026-11-20")


def test_a_step_is_taken_on_as_it_was_offered_where_nothing_is_changed(store: Store, bond: Bond) -> None:
    session = take(store, bond, "self-kindness", Said.SKIP)
    assert session is not None
    assert session.step is not None
    assert session.step.plan == steps.find(bond, "self-kindness").plan


def test_enough_takes_no_step_on(store: Store, bond: Bond) -> None:
    assert take(store, bond, "self-kindness", Said.ENOUGH) is None
    assert all_sessions(store) == []


def test_words_of_ones_own_are_kept_though_the_input_ends_with_them(store: Store, bond: Bond) -> None:
    session = take(store, bond, "self-kindness", Reply(Said.ENOUGH, "When I scold myself, I will breathe."))
    assert session is not None
    assert session.step is not None
    assert session.step.plan == "When I scold myself, I will breathe."


def test_a_practice_there_is_not_is_refused_by_name_alone(store: Store, bond: Bond) -> None:
    with pytest.raises(NotFoundError):
        take(store, bond, "no-such-thing")


@pytest.mark.parametrize("contact", sorted(NO_CONTACT))
def test_a_step_that_needs_contact_is_refused_where_there_is_none(store: Store, contact: Contact) -> None:
    needing = [practice.id for practice in practices() if practice.needs_contact]
    bond = new_bond(store, contact=contact)
    for practice in needing:
        with pytest.raises(UsageError):
            steps.find(bond, practice)
    assert len(needing) > 5


@pytest.mark.parametrize("state", StepState)
def test_a_step_is_marked_by_the_short_id_of_its_entry(store: Store, bond: Bond, state: StepState) -> None:
    ref = took_before(store, bond, TODAY - timedelta(days=3)).ref
    marked = steps.mark(store, ref, state)
    assert (marked.ref, marked.step.state) == (ref, state)
    assert steps.taken(store, bond) == (marked,)


def test_an_entry_without_a_step_cannot_be_marked(store: Store, bond: Bond) -> None:
    took_before(store, bond, TODAY)
    from mother_bond.actions.note import add

    note = add(store, bond, "words", TODAY).session
    assert note is not None
    with pytest.raises(NotFoundError):
        steps.mark(store, note.ref, StepState.DONE)


def test_steps_are_listed_oldest_first_by_bond_or_for_all(store: Store, bond: Bond) -> None:
    other = new_bond(store)
    refs = [took_before(store, b, TODAY - timedelta(days=d)).ref for d, b in ((1, bond), (9, other), (5, bond))]
    assert [taken.ref for taken in steps.taken(store, None)] == [refs[1], refs[2], refs[0]]
    assert [taken.ref for taken in steps.taken(store, bond)] == [refs[2], refs[0]]


def test_a_step_in_the_trash_is_not_listed(store: Store, bond: Bond) -> None:
    ref = took_before(store, bond, TODAY).ref
    change.delete(store, ref)
    assert steps.taken(store, None) == ()


def nothing_kept(practice: str, text: str) -> None:
    pytest.fail("no words were typed")


def test_a_smaller_one_and_another_one_can_be_asked_for_in_turn(bond: Bond, home: Path) -> None:
    fitting = [practice for practice in practices() if practice.fits(bond)][:2]
    acts = [steps.for_bond(practice, bond) for practice in fitting]
    desk = ScriptedDesk("smaller", "another", "smaller", "another", "take")
    step = steps.offer_step(desk, bond, fitting, at_nine(TODAY).isoformat(), nothing_kept).step
    plans = [acts[0].plan, acts[0].smaller, acts[1].plan, acts[1].smaller, acts[0].plan]
    assert [told for told in desk.told if told in plans] == plans
    assert step is not None
    assert (step.plan, step.practice) == (acts[0].plan, acts[0].id)


def test_nothing_is_offered_where_nothing_fits(bond: Bond) -> None:
    desk = ScriptedDesk()
    assert steps.offer_step(desk, bond, [], at_nine(TODAY).isoformat(), nothing_kept).step is None
    assert (desk.told, desk.asked) == ([], [])
