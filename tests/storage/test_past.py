"""What choosing is told of a bond, at a cost that does not grow with the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mother_bond.clock import encode_id
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.domain.prompt import SLUGS
from mother_bond.storage import bonds, change, past, sessions
from mother_bond.storage.lines import Which, recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.storage.store import Store

MUM = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, "Mum", "Mum")
CAUSES = ("individuation", "emotional-debt", "safest-place")


def sat(
    store: Store,
    bond: Bond,
    day: str,
    cause: str | None = None,
    *,
    asked: bool = True,
    checkin: dict[str, int] | None = None,
    way_in: dict[str, int] | None = None,
    progress: str | None = None,
    step: StepState | None = None,
) -> Session:
    """Keep a sitting on a day."""
    number = int(store.value("SELECT coalesce(max(row), 0) + 1 FROM session"))
    made = encode_id(number, (number * 7919).to_bytes(10, "big"))
    at = f"{day}T21:00:00+00:00"
    answers = (Answer(made, 1, "so", at, "p.1", "What is so?"),) if asked else ()
    plan = Step(f"plan of {day}", step, at, at) if step else None
    kept = Session(made, "", bond, at, day, cause, 60, answers, checkin or {}, way_in or {}, plan)
    return sessions.start(store, kept, progress)


def test_a_bond_without_a_past_has_none(store: Store, bond: Bond) -> None:
    found = past.past(store, bond.id, CAUSES)
    assert not any((found.shown, found.last_deep, found.walked, found.walks, found.recent, found.checkins))
    assert not found.way_in
    assert not found.heavy


def test_walks_are_counted_up_to_three_with_the_day_of_the_last(store: Store, bond: Bond) -> None:
    for day in range(11, 16):
        sat(store, bond, f"2026-11-{day}", "individuation")
    sat(store, bond, "2026-11-10", "emotional-debt")
    found = past.past(store, bond.id, CAUSES)
    assert found.walked == {"individuation": "2026-11-15", "emotional-debt": "2026-11-10"}
    assert found.walks == {"individuation": 3, "emotional-debt": 1}


def test_the_latest_walks_stand_first_and_there_are_ten_at_most(store: Store, bond: Bond) -> None:
    days = [f"2026-10-{day:02}" for day in range(1, 15)]
    for number, day in enumerate(days):
        sat(store, bond, day, CAUSES[number % 3])
    newest = [(CAUSES[number % 3], day) for number, day in enumerate(days)][::-1]
    assert past.past(store, bond.id, CAUSES).recent == tuple(newest[:10])


def test_only_finished_walks_with_a_question_in_them_stand_among_the_latest(store: Store, bond: Bond) -> None:
    bonds.put(store, MUM)
    sat(store, bond, "2026-11-10", "individuation")
    sat(store, bond, "2026-11-11", "individuation", asked=False, checkin={"mood": 3})
    sat(store, bond, "2026-11-12", asked=False, checkin={"mood": 3})
    sat(store, bond, "2026-11-13", "emotional-debt", progress="{}")
    sat(store, MUM, "2026-11-14", "emotional-debt")
    trashed = sat(store, bond, "2026-11-15", "emotional-debt")
    change.trash(store, change.Target(trashed.id), trashed.at)
    found = past.past(store, bond.id, CAUSES)
    assert found.recent == (("individuation", "2026-11-10"),)
    assert "emotional-debt" not in found.walked
    assert past.past(store, MUM.id, CAUSES).recent == (("emotional-debt", "2026-11-14"),)


def test_questions_that_were_shown_are_known_with_the_day_of_the_last_deep_one(store: Store, bond: Bond) -> None:
    for prompt, day, depth in (("p.1", "2026-11-01", "deep"), ("p.2", "2026-11-09", "deep"), ("p.3", "2026-11-19", "")):
        sessions.show_prompt(store, bond.id, prompt, day, depth)
    sessions.show_prompt(store, bond.id, "p.1", "2026-11-12", "light")
    found = past.past(store, bond.id, CAUSES)
    assert found.shown == {"p.1": "2026-11-12", "p.2": "2026-11-09", "p.3": "2026-11-19"}
    assert found.last_deep == "2026-11-09"


def test_check_ins_stand_newest_first_beside_sessions_without_one(store: Store, bond: Bond) -> None:
    for day in (3, 1, 2, 5, 4):
        sat(store, bond, f"2026-11-{day:02}", checkin={"owed": day, "mood": 4})
        sat(store, bond, f"2026-11-{day:02}")
    trashed = sat(store, bond, "2026-11-06", checkin={"owed": 6})
    change.trash(store, change.Target(trashed.id), trashed.at)
    sat(store, bond, "2026-11-07", checkin={"owed": 7}, progress="{}")
    assert past.past(store, bond.id, CAUSES).checkins == tuple({"owed": n, "mood": 4} for n in (5, 4, 3, 2, 1))


@pytest.mark.parametrize(
    ("checkin", "heavy"),
    [
        ({"mood": 5, "mood-after": 3}, True),
        ({"mood": 7, "mood-after": 1}, True),
        ({"mood": 5, "mood-after": 4}, False),
        ({"mood": 2, "mood-after": 6}, False),
        ({"mood": 7}, False),
        ({"mood-after": 1}, False),
        ({"owed": 7}, False),
    ],
)
def test_a_sitting_was_heavy_when_mood_fell_by_two(
    store: Store, bond: Bond, checkin: dict[str, int], heavy: bool
) -> None:
    sat(store, bond, "2026-11-18", checkin={"mood": 7, "mood-after": 1})
    sat(store, bond, "2026-11-19", checkin=checkin)
    assert past.past(store, bond.id, CAUSES).heavy is heavy


def test_the_latest_way_in_page_counts(store: Store, bond: Bond) -> None:
    assert past.latest_way_in(store, bond.id) == (None, {})
    sat(store, bond, "2026-11-01", asked=False, way_in={"individuation": 3, "emotional-debt": 1})
    sat(store, bond, "2026-08-01", asked=False, way_in={"individuation": 2})
    gone = sat(store, bond, "2026-11-19", asked=False, way_in={"safest-place": 3})
    change.trash(store, change.Target(gone.id), gone.at)
    latest = ("2026-11-01", {"individuation": 3, "emotional-debt": 1})
    assert past.latest_way_in(store, bond.id) == latest
    assert past.past(store, bond.id, CAUSES).way_in == {"individuation": 3, "emotional-debt": 1}


def test_measures_that_were_marked_since_a_day_are_named(store: Store, bond: Bond) -> None:
    sat(store, bond, "2026-11-12", checkin={"wished": 3, "strain": 2})
    sat(store, bond, "2026-11-13", checkin={"warmth": 3})
    sat(store, bond, "2026-11-19", checkin={"warmth": 3, "kind": 1})
    assert past.marked_since(store, bond.id, "2026-11-13") == {"warmth", "kind"}
    assert past.marked_since(store, MUM.id, "2026-01-01") == set()


def test_steps_are_found_by_bond_and_state_oldest_first(store: Store, bond: Bond) -> None:
    bonds.put(store, MUM)
    sat(store, bond, "2026-11-12", step=StepState.RESTING)
    sat(store, bond, "2026-11-02", step=StepState.RESTING)
    sat(store, bond, "2026-11-10", step=StepState.DONE)
    sat(store, MUM, "2026-11-11", step=StepState.RESTING)

    def plans(of: str | None, state: StepState | None = None) -> list[str]:
        return [step.plan[-2:] for _, step in past.steps(store, of, state)]

    assert plans(bond.id) == ["02", "10", "12"]
    assert plans(bond.id, StepState.RESTING) == ["02", "12"]
    assert plans(None) == ["02", "10", "11", "12"]
    assert [row["bond"] for row, _ in past.steps(store, MUM.id)] == ["Mum"]


def cost(store: Store, what: Callable[[], object]) -> int:
    """How many instructions of its own SQLite runs for a read: the same on every machine."""
    ran = 0

    def count() -> int:
        nonlocal ran
        ran += 1
        return 0

    store.connection.set_progress_handler(count, 1)
    what()
    store.connection.set_progress_handler(None, 0)
    return ran


def grow(store: Store, bond: Bond, years: range) -> None:
    """Sittings on 360 days of each year, before all others."""
    with store.writing():
        for year in years:
            for number in range(360):
                day = f"{year}-{number // 30 + 1:02}-{number % 28 + 1:02}"
                sat(store, bond, day, CAUSES[number % 3], checkin={"mood": 4, "owed": 3})


READS: dict[str, Callable[[Store, str], object]] = {
    "past": lambda store, bond: past.past(store, bond, SLUGS),
    "weekly measures": lambda store, bond: past.marked_since(store, bond, "2026-11-13"),
    "steps": lambda store, bond: past.steps(store, bond, StepState.RESTING),
    "way-in": past.latest_way_in,
    "list": lambda store, _: recent(store, Which(), 20),
    "list of a bond": lambda store, bond: recent(store, Which(bond), 20),
}


def test_no_evening_costs_more_because_the_journal_is_longer(store: Store, bond: Bond) -> None:
    for month in range(1, 12):
        sat(store, bond, f"2026-{month:02}-20", CAUSES[month % 3], checkin={"mood": 4}, step=StepState.RESTING)
    sat(store, bond, "2026-11-01", asked=False, way_in={"individuation": 3})
    sessions.show_prompt(store, bond.id, "p.1", "2026-11-20", "deep")
    grow(store, bond, range(2024, 2026))
    few = {name: cost(store, lambda read=read: read(store, bond.id)) for name, read in READS.items()}  # type: ignore[misc]
    grow(store, bond, range(2016, 2024))
    many = {name: cost(store, lambda read=read: read(store, bond.id)) for name, read in READS.items()}  # type: ignore[misc]
    assert [name for name in READS if many[name] > few[name] * 1.2] == []


def test_a_small_bond_costs_little_beside_a_large_one(store: Store, bond: Bond) -> None:
    bonds.put(store, MUM)
    sat(store, MUM, "2026-11-19", "individuation", checkin={"mood": 4})
    alone = cost(store, lambda: past.past(store, MUM.id, SLUGS))
    grow(store, bond, range(2020, 2026))
    assert cost(store, lambda: past.past(store, MUM.id, SLUGS)) < alone * 1.5
