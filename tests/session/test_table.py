"""The table of a sitting: what is not in it cannot happen, and every way through it comes to an end."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.session.table import TABLE, At, Event, Sitting, UnlistedError, advance, settle

QUEUES = ("steps", "measures", "prompts", "closings")
UNLISTED = sorted(set(product(At, Event)) - TABLE.keys())

ids = st.lists(st.text(max_size=8), max_size=4).map(tuple)
sittings = st.builds(
    Sitting,
    at=st.sampled_from(At),
    minutes=st.sampled_from((5, 10, 20)),
    steps=ids,
    measures=ids,
    cause=st.none() | st.text(max_size=8),
    why=st.text(max_size=8),
    detail=st.text(max_size=8),
    prompts=ids,
    asked=st.integers(0, 9),
    closings=ids,
    declined=ids,
)


def listed(at: At) -> list[Event]:
    """The events that can happen in a state."""
    return [event for event in Event if (at, event) in TABLE]


def waiting(sitting: Sitting) -> list[int]:
    """How long each queue is."""
    return [len(getattr(sitting, queue)) for queue in QUEUES]


@pytest.mark.parametrize(("at", "event"), UNLISTED)
def test_what_is_not_listed_cannot_happen(at: At, event: Event) -> None:
    with pytest.raises(UnlistedError, match=f"{event} at {at}"):
        advance(Sitting(at, 10, ("a",), ("a",), prompts=("a",), closings=("a",)), event)


def test_the_end_is_the_only_state_without_a_way_out() -> None:
    assert [at for at in At if not listed(at)] == [At.DONE]


@given(sittings)
def test_enough_ends_a_sitting_from_everywhere(sitting: Sitting) -> None:
    if sitting.at is not At.DONE:
        assert advance(sitting, Event.ENOUGH).at is At.DONE


def test_every_state_can_be_reached_from_the_first() -> None:
    reached = {At.STEP}
    while more := {to for (at, _), to in TABLE.items() if at in reached} - reached:
        reached |= more
    assert reached == set(At)


@given(sittings, st.data())
def test_any_events_in_any_order_stay_in_the_table_and_let_no_queue_grow(sitting: Sitting, data: st.DataObject) -> None:
    for _ in range(20):
        if sitting.at is At.DONE:
            break
        before = sitting
        sitting = advance(before, data.draw(st.sampled_from(listed(before.at))))
        assert sitting.at in At
        assert all(now <= then for now, then in zip(waiting(sitting), waiting(before), strict=True))
        assert settle(sitting) == sitting


@given(sittings, st.data())
def test_going_on_without_turning_back_comes_to_the_end(sitting: Sitting, data: st.DataObject) -> None:
    onward = {Event.GO, Event.ANSWERED, Event.SKIPPED, Event.NOTHING_LEFT}
    steps = sum(waiting(sitting)) + len(At) + 1
    for _ in range(steps):
        if sitting.at is not At.DONE:
            sitting = advance(sitting, data.draw(st.sampled_from([e for e in listed(sitting.at) if e in onward])))
    assert sitting.at is At.DONE


@given(sittings, st.sampled_from(Event))
def test_an_event_takes_at_most_the_head_of_its_own_queue(sitting: Sitting, event: Event) -> None:
    if (sitting.at, event) not in TABLE:
        return
    after = advance(sitting, event)
    moved = [queue for queue in QUEUES if getattr(after, queue) != getattr(sitting, queue)]
    assert len(moved) <= 1
    assert all(getattr(after, queue) == getattr(sitting, queue)[1:] for queue in moved)
    kept = ("minutes", "cause", "why", "detail", "declined")
    assert all(getattr(after, key) == getattr(sitting, key) for key in kept)


@given(sittings, st.sampled_from(Event))
def test_only_a_question_that_is_behind_is_counted(sitting: Sitting, event: Event) -> None:
    if (sitting.at, event) in TABLE:
        behind = sitting.at is At.ASKING and event in (Event.ANSWERED, Event.SKIPPED)
        assert advance(sitting, event).asked == sitting.asked + behind


def test_states_with_nothing_in_them_are_passed_over() -> None:
    assert settle(Sitting(At.STEP, 10)).at is At.THEME
    assert settle(Sitting(At.STEP, 10, measures=("mood",))).current == "mood"
    assert advance(Sitting(At.ASKING, 10, prompts=("last",)), Event.ANSWERED).at is At.OFFER
    assert advance(Sitting(At.OFFER, 10), Event.SKIPPED).at is At.MOOD


def test_another_theme_leads_back_to_the_choice_of_one() -> None:
    sitting = Sitting(At.ASKING, 10, prompts=("one", "two"), asked=1)
    assert advance(sitting, Event.OTHER_THEME).at is At.THEME
    assert advance(sitting, Event.OTHER_QUESTION) == sitting


@given(sittings)
def test_a_sitting_comes_back_from_json_as_it_was(sitting: Sitting) -> None:
    data = json.loads(json.dumps(sitting.as_data()))
    assert Sitting.from_data(data) == sitting
