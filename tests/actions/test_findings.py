from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond import clock
from mother_bond.actions.findings import around, measure_page, statements, why
from mother_bond.actions.lists import which
from mother_bond.bundled import measures
from mother_bond.domain.entry import Session
from mother_bond.errors import NotFoundError
from mother_bond.patterns.findings import CLAIMS, Statement, Verdict
from mother_bond.storage import change, sessions
from mother_bond.storage.change import Target
from mother_bond.storage.lines import Which
from tests.desks import marked_before, new_bond
from tests.made import Shelf, noted
from tests.marks import FIRST_DAY, day, level, linked, rising

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

MOMENT = "2026-11-20T21:00:00+00:00"
FEW = settings(max_examples=max(10, settings().max_examples // 6))
ANY = Which()


def marked(store: Store, bond: Bond, **columns: Sequence[int]) -> None:
    """A check-in a day, from the first day on, with the marks of each measure as far as they go."""
    with store.writing():
        for n in range(max(map(len, columns.values()))):
            checkin = {measure: values[n] for measure, values in columns.items() if n < len(values)}
            marked_before(store, bond, FIRST_DAY + timedelta(days=n), **checkin)


def kept(store: Store, bond: Bond, at: str, **checkin: int) -> Session:
    """A check-in that was written at this moment."""
    return sessions.start(store, Session(clock.new_id(), "", bond, at, at[:10], checkin=checkin))


def refs(store: Store) -> list[str]:
    """Every short id, oldest first."""
    return [row["ref"] for row in store.rows("SELECT ref FROM session ORDER BY day, at, id")]


def said(store: Store, meant: Which = ANY) -> list[tuple[int, str, Verdict]]:
    return [(one.number, one.finding.measure, one.finding.verdict) for one in statements(store, meant).statements]


def only(found: Sequence[Statement]) -> Statement:
    (one,) = found
    return one


# --- what is said ------------------------------------------------------------------------


def test_claims_are_numbered_in_their_order_and_what_claims_nothing_has_none(store: Store, bond: Bond) -> None:
    marked(
        store,
        bond,
        nearness=rising(80),
        owed=level(80, 2),
        room=rising(40, 3) + rising(40, 4, 6, 2),
        mood=rising(80, 5, 6, 2),
        kind=level(10, 6),
    )
    assert said(store) == [
        (1, "nearness", Verdict.RISING),
        (0, "owed", Verdict.NOTHING_CLEAR),
        (2, "room", Verdict.RISING),
        (0, "room", Verdict.NOTHING_CLEAR),
        (3, "mood", Verdict.FALLING),
        (0, "kind", Verdict.TOO_EARLY),
    ]
    found = statements(store, ANY)
    assert [one.number for one in found.claims] == [1, 2, 3]
    assert [one.finding.taken_back_on for one in found.claims] == [None, day(79), None]


def test_statements_go_by_the_names_of_their_measures(store: Store, bond: Bond) -> None:
    first, second = linked(80)
    marked(store, bond, owed=first, room=second)
    link = statements(store, ANY).claims[-1]
    assert (link.finding.measure, link.name) == ("room", "room to be yourself")
    assert (link.finding.other, link.other_name) == ("owed", "owing")
    assert [one.other_name for one in statements(store, ANY).statements[:-1]] == [None, None]


def test_measures_are_spoken_of_in_the_order_in_which_they_are_asked(store: Store, bond: Bond) -> None:
    for n in range(3):
        marked_before(store, bond, FIRST_DAY + timedelta(days=n), strain=3, mood=4, nearness=5, owed=2)
    assert [measure for _, measure, _ in said(store)] == ["nearness", "owed", "mood", "strain"]


def test_without_check_ins_nothing_is_said(store: Store, bond: Bond) -> None:
    assert statements(store, ANY) == ((),)
    noted(store, bond, day(0))
    assert statements(store, ANY) == ((),)
    assert around(store, ANY, FIRST_DAY) == (day(0), ())


def test_of_contact_and_of_the_mood_at_the_end_nothing_is_said_but_counts(store: Store, bond: Bond) -> None:
    marked(store, bond, contact=[1, 4] * 20, mood_after=rising(40), mood=rising(40))
    assert said(store) == [(1, "mood", Verdict.RISING)]


def test_a_measure_that_this_version_does_not_know_is_passed_over(store: Store, bond: Bond) -> None:
    marked(store, bond, weather=rising(40))
    assert said(store) == []


def test_what_lies_in_the_trash_is_left_out(store: Store, bond: Bond) -> None:
    marked(store, bond, nearness=rising(40))
    assert said(store) == [(1, "nearness", Verdict.RISING)]
    gone = store.value("SELECT id FROM session ORDER BY day LIMIT 1 OFFSET 7")
    change.trash(store, Target(str(gone)), MOMENT)
    one = only(statements(store, ANY).statements)
    assert one.finding.refs == tuple(r for n, r in enumerate(refs(store)) if n != 7)[:20]
    assert measure_page(store, ANY, "nearness").course.marks == 39
    change.trash(store, Target(str(gone)), None)
    assert said(store) == [(1, "nearness", Verdict.RISING)]


def test_marks_off_their_scale_are_passed_over(store: Store, bond: Bond) -> None:
    values = rising(40)
    marked(store, bond, nearness=[*values[:20], 50, 0, 8, *values[20:]], owed=level(43))
    one = statements(store, ANY).statements[0]
    assert (one.finding.verdict, one.finding.entries) == (Verdict.RISING, 40)
    assert one.finding.refs == tuple(r for n, r in enumerate(refs(store)) if n not in {20, 21, 22})
    page = measure_page(store, ANY, "nearness")
    assert (page.course.marks, page.course.high) == (40, max(values))
    assert sum(group.marks for group in page.weekdays) == sum(group.marks for group in page.parts_of_day) == 40


def test_a_measure_with_no_mark_on_its_scale_has_no_page(store: Store, bond: Bond) -> None:
    for n in range(25):
        noted(store, bond, day(n), checkin={"nearness": 60, "mood": 4})
    with pytest.raises(NotFoundError):
        measure_page(store, ANY, "nearness")
    assert said(store) == [(0, "mood", Verdict.NOTHING_CLEAR)]


def test_two_bonds_are_two_journals(store: Store, bond: Bond) -> None:
    other = new_bond(store)
    marked(store, bond, nearness=rising(40))
    marked(store, other, nearness=rising(40, 3, 6, 2), owed=level(40))
    assert said(store, which(bond)) == [(1, "nearness", Verdict.RISING)]
    assert said(store, which(other)) == [(1, "nearness", Verdict.FALLING), (0, "owed", Verdict.NOTHING_CLEAR)]
    theirs = [row["ref"] for row in store.rows("SELECT ref FROM session WHERE bond_id = ? ORDER BY day", other.id)]
    assert [line.ref for line in why(store, which(other), 1).lines] == theirs
    assert measure_page(store, which(bond), "nearness").course.marks == 40
    with pytest.raises(NotFoundError):
        measure_page(store, which(bond), "owed")


def test_a_time_that_is_cut_out_is_looked_at_by_itself(store: Store, bond: Bond) -> None:
    marked(store, bond, nearness=rising(40) + level(40))
    late = which(bond, since=date.fromisoformat(day(40)))
    one = only(statements(store, late).statements)
    assert (one.finding.verdict, one.finding.entries, one.finding.first_day) == (Verdict.NOTHING_CLEAR, 40, day(40))


# --- what is behind it ---------------------------------------------------------------------


def test_behind_a_claim_stand_its_entries_oldest_first(store: Store, bond: Bond) -> None:
    for n in (3, 1, 2, 0):  # as they were typed in
        noted(store, bond, day(n), f"Words of day {n}.", checkin={"nearness": rising(40)[n]})
    with store.writing():
        for n in range(4, 60):
            marks = {"nearness": rising(40)[n]} if n < 40 else {"mood": 4}
            noted(store, bond, day(n), f"Words of day {n}.", checkin=marks)
    found = why(store, ANY, 1)
    assert found.statement == statements(store, ANY).claims[0]
    assert [line.day for line in found.lines] == [day(n) for n in range(40)]
    assert [line.excerpt for line in found.lines] == [f"Words of day {n}." for n in range(40)]
    assert tuple(line.ref for line in found.lines) == found.statement.finding.refs


def test_a_claim_that_was_taken_back_keeps_its_entries(store: Store, bond: Bond) -> None:
    marked(store, bond, nearness=rising(40) + rising(40, 2, 6, 2))
    found = why(store, ANY, 1)
    assert found.statement.finding.taken_back_on == day(79)
    assert [line.ref for line in found.lines] == refs(store)[:40]


def test_behind_a_link_stand_the_entries_that_hold_both(store: Store, bond: Bond) -> None:
    first, second = linked(90)
    with store.writing():
        for n in range(90):
            marks = {"owed": first[n], "room": second[n]} if n % 9 else {"owed": first[n]}
            noted(store, bond, day(n), checkin=marks)
        for n in range(90, 170):
            noted(store, bond, day(n), checkin={"owed": linked(170)[0][n], "room": linked(170)[1][n]})
    claims = statements(store, ANY).claims
    assert [one.finding.verdict for one in claims] == [Verdict.MOVES_WITH]
    assert [line.ref for line in why(store, ANY, 1).lines] == [
        r for n, r in enumerate(refs(store)[:160]) if n >= 90 or n % 9
    ]


@pytest.mark.parametrize("number", [-1, 0, 3, 99])
def test_beyond_the_claims_there_is_nothing(store: Store, bond: Bond, number: int) -> None:
    marked(store, bond, nearness=rising(40), owed=level(40), room=rising(40, 3, 6, 2))
    assert [why(store, ANY, n).statement.name for n in (1, 2)] == ["nearness", "room to be yourself"]
    with pytest.raises(NotFoundError, match="there are 2"):
        why(store, ANY, number)


def test_where_nothing_is_claimed_there_is_no_first_claim(store: Store, bond: Bond) -> None:
    with pytest.raises(NotFoundError, match="there are 0"):
        why(store, ANY, 1)


# --- what it costs -------------------------------------------------------------------------


THREADS = """
import os, {module}
print(os.environ["OPENBLAS_NUM_THREADS"], len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted as Linux names them")
@pytest.mark.parametrize("module", ["findings", "patterns", "gather"])
def test_short_arrays_start_no_threads_unless_they_are_asked_for(module: str) -> None:
    asked = THREADS.format(module=f"mother_bond.actions.{module}")
    plain = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    for wish, expected in ({}, "1 1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2 "):
        ran = subprocess.run([sys.executable, "-c", asked], env=plain | wish, capture_output=True, check=True)
        assert ran.stdout.decode().startswith(expected)


# --- before and after ----------------------------------------------------------------------


def test_a_day_of_the_writers_own_parts_each_measure(store: Store, bond: Bond) -> None:
    marked(store, bond, nearness=[2] * 24 + [5] * 24, owed=level(48), kind=[3] * 12)
    found = around(store, ANY, date.fromisoformat(day(24)))
    assert found.day == day(24)
    assert [(one.number, one.name, one.finding.verdict) for one in found.statements] == [
        (1, "nearness", Verdict.SHIFTED),
        (0, "owing", Verdict.NOTHING_CLEAR),
        (0, "kindness to yourself", Verdict.TOO_EARLY),
    ]
    assert found.statements[0].finding.refs == tuple(refs(store))


# --- one measure ---------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["room", "ROOM", " room ", "room to be yourself", "Room To Be Yourself"])
def test_a_measure_is_found_by_its_id_and_by_its_name(store: Store, bond: Bond, named: str) -> None:
    marked(store, bond, room=rising(40), mood=level(40))
    page = measure_page(store, ANY, named)
    assert (page.course.measure, page.course.marks, page.low, page.high) == ("room", 40, "not free", "fully free")
    assert [(one.number, one.finding.verdict) for one in page.statements] == [(1, Verdict.RISING)]


@pytest.mark.parametrize("named", ["", "nonsense", "roo", "mood-after", "mood at the end", "contact", "owed"])
def test_what_is_no_measure_or_was_never_marked_is_not_found(store: Store, bond: Bond, named: str) -> None:
    marked(store, bond, room=level(3), contact=[1, 2, 3], mood_after=[4, 4, 4])
    with pytest.raises(NotFoundError) as raised:
        measure_page(store, ANY, named)
    assert "room" in str(raised.value.hint)


def test_every_scale_has_a_page(store: Store, bond: Bond) -> None:
    ids = [measure.id for measure in measures() if not measure.words and not measure.closing]
    marked(store, bond, **{name: level(8, n) for n, name in enumerate(ids)})
    assert [measure_page(store, ANY, name).course.measure for name in ids] == ids


def test_a_page_numbers_its_claims_as_the_whole_does(store: Store, bond: Bond) -> None:
    first, second = linked(80)
    marked(store, bond, nearness=rising(80, 5), owed=first, room=second)
    assert [one.number for one in measure_page(store, ANY, "owed").statements] == [0, 2]
    assert [one.number for one in measure_page(store, ANY, "room").statements] == [0, 2]
    assert [one.number for one in measure_page(store, ANY, "nearness").statements] == [1]


@FEW
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 23), st.integers(1, 7)), min_size=1, max_size=60))
def test_marks_lie_in_the_weekday_and_the_part_of_the_day_in_which_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[int, int, int]]
) -> None:
    store = Shelf(tmp_path_factory.mktemp("journals")).new()
    bond = new_bond(store)
    moments = [
        (datetime.combine(FIRST_DAY + timedelta(days=n), datetime.min.time()).replace(hour=hour), value)
        for n, hour, value in written
    ]
    with store.writing():
        for at, value in moments:
            kept(store, bond, f"{at.isoformat()}+02:00", nearness=value)
    page = measure_page(store, ANY, "nearness")
    store.close()
    weekday = [[value for at, value in moments if at.weekday() == place] for place in range(7)]
    parts = (range(5), range(5, 12), range(12, 18), range(18, 24))
    by_part = [[value for at, value in moments if at.hour in hours] for hours in parts]
    for groups, expected in ((page.weekdays, weekday), (page.parts_of_day, by_part)):
        assert [group.place for group in groups] == list(range(len(expected)))
        assert [group.marks for group in groups] == [len(values) for values in expected]
        assert [group.median for group in groups] == [
            median_low(values) if len(values) >= 5 else None for values in expected
        ]


@pytest.mark.parametrize(
    ("hour", "part"),
    [("00:00", 0), ("04:59", 0), ("05:00", 1), ("11:59", 1), ("12:00", 2), ("17:59", 2), ("18:00", 3), ("23:59", 3)],
)
def test_the_parts_of_the_day_begin_at_five_at_noon_and_at_six(store: Store, bond: Bond, hour: str, part: int) -> None:
    kept(store, bond, f"2026-03-01T{hour}:00-05:00", nearness=4)
    assert [group.place for group in measure_page(store, ANY, "nearness").parts_of_day if group.marks] == [part]


def test_a_mark_belongs_to_the_day_it_is_for(store: Store, bond: Bond) -> None:
    late = Session(clock.new_id(), "", bond, "2026-03-03T00:30:00+00:00", "2026-03-02", checkin={"nearness": 4})
    sessions.start(store, late)
    assert [group.place for group in measure_page(store, ANY, "nearness").weekdays if group.marks] == [0]


def test_claims_are_those_of_the_verdicts_that_claim(store: Store, bond: Bond) -> None:
    marked(store, bond, nearness=rising(80), owed=rising(80, 2), room=level(80), mood=level(5))
    for one in statements(store, ANY).statements:
        assert (one.number > 0) == (one.finding.verdict in CLAIMS)
