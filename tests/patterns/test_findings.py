from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mother_bond.patterns import looks, shift, trend
from mother_bond.patterns.findings import CLAIMS, CheckIns, Finding, Verdict, before_and_after, findings
from mother_bond.patterns.links import link
from mother_bond.patterns.series import phi_after_line
from tests.marks import checkins, courses, day, floats, level, linked, lists, ref, rising, stepping, up_to

if TYPE_CHECKING:
    from tests.marks import Column

FEW = settings(max_examples=max(20, settings().max_examples // 3))
ALONE = {Verdict.RISING, Verdict.FALLING, Verdict.SHIFTED, Verdict.NOTHING_CLEAR, Verdict.TOO_EARLY}
"""What is said of one measure by itself."""

Key = tuple[str, str | None, int]


def key(finding: Finding) -> Key:
    """What a statement is about."""
    return finding.measure, finding.other, finding.lag


def now(found: CheckIns) -> dict[Key, Finding]:
    """What is said now, without what was taken back."""
    return {key(finding): finding for finding in findings(found) if finding.taken_back_on is None}


def of(found: CheckIns, measure: str = "a") -> Finding:
    """What is said of one measure now."""
    return now(found)[measure, None, 0]


def links(found: CheckIns) -> list[Finding]:
    return [finding for finding in findings(found) if finding.verdict is Verdict.MOVES_WITH]


def fine(finding: Finding) -> bool:
    """Whether every number is one, and claims have all of theirs."""
    numbers = finding.points, finding.low, finding.high, finding.p
    told = [x for x in numbers if x is not None]
    complete = finding.verdict not in CLAIMS or len(told) == 4
    ordered = finding.points is None or (finding.low or 0) <= finding.points <= (finding.high or 0)
    return complete and ordered and all(map(isfinite, told)) and (finding.p is None or 0 <= finding.p <= 1)


def many() -> st.SearchStrategy[CheckIns]:
    """Check-ins of one to three measures, any of which may be skipped, several on a day."""
    column = lists().map(list[float | None])
    holes = st.lists(st.booleans(), min_size=1, max_size=40)

    def made(columns: list[list[float | None]], skipped: list[bool], gaps: list[int]) -> CheckIns:
        last = [x if not skipped[n % len(skipped)] else None for n, x in enumerate(columns[-1])]
        every: list[Column] = [*columns[:-1], last]
        days = np.cumsum([gaps[n % len(gaps)] for n in range(max(map(len, every)))])
        return checkins(*every, days=[day(int(n)) for n in days])

    gaps = st.lists(st.sampled_from((0, 1, 1, 3, 30)), min_size=1, max_size=9)
    return st.builds(made, st.lists(column, min_size=1, max_size=3), holes, gaps)


# --- when something is looked at -----------------------------------------------------------


def test_looks_are_at_twenty_forty_eighty_and_every_eighty_from_then_on() -> None:
    for marks in range(1001):
        assert looks.looks(marks) == tuple(n for n in range(1, marks + 1) if n in {20, 40} or n % 80 == 0)


def test_early_looks_may_err_less_and_so_may_each_after_eighty() -> None:
    assert 0 < looks.share(20) < looks.share(40) < looks.share(80) <= 0.06
    later = [looks.share(look) for look in looks.looks(4_000)[2:]]
    assert later == sorted(later, reverse=True)
    of_links = [looks.link_share(look) for look in looks.looks(4_000)[2:]]
    assert of_links == sorted(of_links, reverse=True)
    assert min(*later, *of_links) > 0


def test_the_looks_of_a_year_kept_daily_may_err_little_more_than_those_of_eighty_entries() -> None:
    first, year, ten = (sum(map(looks.share, looks.looks(marks))) for marks in (80, 365, 3_650))
    assert first < 0.065
    assert year - first < 0.01
    assert ten - first < 0.025


@FEW
@given(st.lists(courses(170), min_size=1, max_size=3))
def test_nothing_is_said_but_where_p_is_within_the_share_of_a_measure(columns: list[list[int]]) -> None:
    least = min(map(len, columns))
    found = [finding for finding in findings(checkins(*(column[:least] for column in columns))) if not finding.other]
    for finding in found:
        if finding.verdict in CLAIMS:
            marks = least if finding.taken_back_on is None else finding.entries
            assert (finding.p or 0) < looks.share(looks.looks(marks)[-1]) / len(columns)
            assert (finding.low or 0) * (finding.high or 0) > 0


# --- what is planted is found --------------------------------------------------------------


@pytest.mark.parametrize("n", [40, 80, 160])
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_rise_and_a_fall_are_found(n: int, seed: int) -> None:
    up = of(checkins(rising(n, seed)))
    down = of(checkins(rising(n, seed, first=6, last=2)))
    assert (up.verdict, up.upwards, down.verdict, down.upwards) == (Verdict.RISING, True, Verdict.FALLING, False)
    assert (up.low or 0) < 4 < (up.high or 0)
    assert (down.low or 0) < -4 < (down.high or 0)


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize(("at", "low", "high"), [(20, 2.5, 5.5), (15, 5.5, 2.5)])
def test_a_step_is_found_with_the_days_between_which_it_lies(seed: int, at: int, low: float, high: float) -> None:
    said = of(checkins(stepping(40, at, seed, low, high)))
    assert said.verdict is Verdict.SHIFTED
    assert said.upwards == (high > low)
    assert said.points == pytest.approx(high - low, abs=1)
    assert said.around is not None
    assert said.around[0] < day(at) < said.around[1]
    assert said.around[1] <= day(at + 10)
    assert said.around[0] >= day(at - 10)


@pytest.mark.parametrize(("at", "seed"), [(20, 48), (23, 693), (27, 785)])
def test_where_a_step_is_clear_and_a_line_is_not_the_step_is_said(at: int, seed: int) -> None:
    column = stepping(40, at, seed, 3.3, 4.7, 1.1)
    values = floats(column)
    place = shift.cusum(values)[1]
    line = looks.WIDER * trend.trend_p(values, phi_after_line(values).careful(looks.POOLED_MARGIN))
    assert line >= looks.share(40)
    assert not shift.fits_better(values, place)
    assert of(checkins(column)).verdict is Verdict.SHIFTED


@pytest.mark.parametrize("seed", range(1, 6))
def test_below_forty_marks_no_shift_is_spoken_of(seed: int) -> None:
    step = stepping(40, 10, seed, 1, 6, 0.3)
    for marks in range(20, 40):
        assert of(checkins(step[:marks])).verdict is not Verdict.SHIFTED
    assert of(checkins(step)).verdict is Verdict.SHIFTED


def test_twenty_marks_are_enough_for_a_rise_that_could_not_be_plainer() -> None:
    assert of(checkins(rising(20, spread=0.3))).verdict is Verdict.RISING
    assert of(checkins(rising(20, spread=1.5))).verdict is Verdict.NOTHING_CLEAR


@pytest.mark.parametrize("n", [20, 40, 80, 160])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_marks_that_go_nowhere_are_let_be(n: int, seed: int) -> None:
    (said,) = findings(checkins(level(n, seed)))
    assert (said.verdict, said.entries, said.points, said.low, said.high) == (Verdict.NOTHING_CLEAR, n, *[None] * 3)


@given(st.integers(1, 7), st.integers(20, 200))
def test_a_measure_that_never_changes_has_nothing_clear(value: int, n: int) -> None:
    (said,) = findings(checkins([value] * n))
    assert (said.verdict, said.p) == (Verdict.NOTHING_CLEAR, None)


@given(lists(1, 19))
def test_below_twenty_marks_it_is_too_early(values: list[int]) -> None:
    (said,) = findings(checkins(values))
    assert said == Finding(
        "a",
        Verdict.TOO_EARLY,
        len(values),
        day(0),
        day(len(values) - 1),
        tuple(map(ref, range(len(values)))),
        day(len(values) - 1),
    )


def test_without_check_ins_nothing_is_said() -> None:
    nothing = CheckIns((), (), (), np.full((0, 0), np.nan))
    assert findings(nothing) == before_and_after(nothing, day(0)) == ()


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_step_that_could_not_be_clearer_is_not_called_a_rise(seed: int) -> None:
    said = of(checkins(stepping(160, 80, seed)))
    assert said.verdict is Verdict.SHIFTED
    assert (said.low or 0) < 3 < (said.high or 0)


@pytest.mark.parametrize("last", [4, 5, 6])
def test_after_a_long_silence_nothing_is_claimed_against_its_own_interval(last: int) -> None:
    values = rising(38, 1, 7, 1.5, 0.5) + [last] * 2
    days = [day(n) for n in (*range(38), 240, 241)]
    said = of(checkins(values, days=days))
    assert said.verdict not in CLAIMS or (said.low or 0) * (said.high or 0) > 0


# --- what a statement rests on ---------------------------------------------------------------


@given(many())
def test_whatever_the_marks_every_number_is_one_and_every_ref_an_entry(found: CheckIns) -> None:
    for finding in (*findings(found), *before_and_after(found, found.days[len(found.days) // 2])):
        assert fine(finding)
        assert finding.first_day <= finding.said_on == finding.last_day
        assert len(set(finding.refs)) == len(finding.refs)
        assert list(finding.refs) == sorted(finding.refs)
        places = [found.refs.index(one) for one in finding.refs]
        assert (found.days[places[0]], found.days[places[-1]]) == (finding.first_day, finding.last_day)
        if not finding.other:
            marks = found.marks[places, found.measures.index(finding.measure)]
            assert len(places) == finding.entries
            assert not np.isnan(marks).any()


@given(many())
def test_every_measure_that_was_marked_is_spoken_of_and_last_of_now(found: CheckIns) -> None:
    marked = [name for name, column in zip(found.measures, found.marks.T, strict=True) if not np.isnan(column).all()]
    said = [finding for finding in findings(found) if finding.verdict in ALONE]
    present = [finding.measure for finding in said if finding.taken_back_on is None]
    assert present == marked
    assert list(dict.fromkeys(finding.measure for finding in said)) == marked
    for name in marked:
        assert [f.taken_back_on is None for f in said if f.measure == name][-1]


@pytest.mark.parametrize(
    ("marks", "first", "last"), [(39, 0, 20), (79, 0, 40), (159, 0, 80), (239, 0, 160), (251, 80, 240)]
)
def test_a_statement_rests_on_the_marks_of_its_window(marks: int, first: int, last: int) -> None:
    said = of(checkins(level(marks)))
    assert said.refs == tuple(map(ref, range(first, last)))
    assert (said.entries, said.first_day, said.said_on) == (last - first, day(first), day(last - 1))


def test_entries_that_skip_a_measure_are_not_behind_it() -> None:
    values: Column = [x if n % 3 else None for n, x in enumerate(rising(60))]
    said = of(checkins(level(60), values), "b")
    assert said.refs == tuple(ref(n) for n in range(60) if n % 3)
    assert (said.entries, said.first_day, said.last_day) == (40, day(1), day(59))


def test_a_measure_that_was_never_marked_is_not_spoken_of_and_costs_the_others_nothing() -> None:
    alone = findings(checkins(level(80, 4)))
    assert findings(checkins(level(80, 4), [None] * 80)) == alone


def test_what_more_measures_are_asked_of_is_held_to_more() -> None:
    faint = next(
        v for v in (rising(80, seed, 3.6, 4.4) for seed in range(99)) if 0.02 < (of(checkins(v)).p or 0) < 0.05
    )
    assert of(checkins(faint)).verdict in CLAIMS
    assert of(checkins(faint, *(level(80, seed) for seed in range(5)))).verdict is Verdict.NOTHING_CLEAR


def test_a_measure_counts_from_the_entry_in_which_it_was_first_marked() -> None:
    faint = next(
        v for v in (rising(80, seed, 3.6, 4.4) for seed in range(99)) if 0.026 < (of(checkins(v)).p or 0) < 0.05
    )
    for entries_before, verdicts in ((79, {Verdict.NOTHING_CLEAR}), (80, CLAIMS)):
        late: Column = [None] * entries_before + [4]
        assert of(checkins([*faint, None], late)).verdict in verdicts


# --- over time -------------------------------------------------------------------------------


def test_a_statement_is_dated_with_the_look_at_which_it_was_made() -> None:
    for n in range(40, 80):
        said = of(checkins(rising(40) + level(40)[: n - 40]))
        assert (said.verdict, said.said_on, said.last_day, said.entries) == (Verdict.RISING, day(39), day(39), 40)


def test_a_rise_that_goes_back_is_taken_back_with_the_day_and_not_in_silence() -> None:
    there = rising(40)
    (first,) = findings(checkins(there))
    back, present = findings(checkins(there + rising(40, 2, 6, 2)))
    assert first.verdict is Verdict.RISING
    assert back == first._replace(taken_back_on=day(79))
    assert (present.verdict, present.said_on) == (Verdict.NOTHING_CLEAR, day(79))


def test_a_rise_that_goes_on_is_said_anew_and_once() -> None:
    values = rising(160, first=1, last=7, spread=0.4)
    found = [findings(checkins(values[:n])) for n in (40, 80, 160)]
    assert [[f.verdict for f in one] for one in found] == [[Verdict.RISING]] * 3
    assert [one[0].said_on for one in found] == [day(39), day(79), day(159)]


def test_a_rise_that_turns_into_its_opposite_is_taken_back_for_it() -> None:
    back, present = findings(checkins(rising(40) + [2, 3, 2, 3] * 10))
    assert (back.verdict, back.upwards, back.said_on, back.taken_back_on) == (Verdict.RISING, True, day(39), day(79))
    assert (present.verdict, present.upwards, present.said_on) == (Verdict.SHIFTED, False, day(79))


def test_what_is_taken_back_stays_told_for_ever() -> None:
    values = rising(40) + rising(40, 2, 6, 2)
    back = findings(checkins(values))[0]
    for more in (80, 320):
        assert findings(checkins(values + level(more)))[0] == back


def kept_word(earlier: Finding, later: tuple[Finding, ...], last_day: str) -> bool:
    """Whether a statement still stands, was taken back since, or has made room for one that says the same."""
    if earlier in later:
        return True
    if earlier.taken_back_on is None and any(
        one._replace(taken_back_on=None) == earlier and (one.taken_back_on or "") >= last_day for one in later
    ):
        return True
    return earlier.taken_back_on is None and any(
        key(one) == key(earlier)
        and one.said_on > earlier.said_on
        and (earlier.verdict not in CLAIMS or (one.verdict in CLAIMS and one.upwards == earlier.upwards))
        for one in later
    )


@FEW
@given(courses(), st.data())
def test_nothing_that_was_said_is_changed_by_what_is_written_later(values: list[int], data: st.DataObject) -> None:
    whole = checkins(values, data.draw(courses()))
    entries = data.draw(st.integers(1, len(whole.days)))
    part = up_to(whole, entries)
    later = findings(whole)
    for finding in findings(part):
        if not finding.other:
            changed = finding.verdict not in CLAIMS and of(whole, finding.measure).said_on > finding.said_on
            assert changed or kept_word(finding, later, part.days[-1])


@FEW
@given(courses())
def test_what_stands_was_said_in_these_words_when_it_was_made(values: list[int]) -> None:
    whole = checkins(values)
    for finding in findings(whole):
        if finding.verdict in CLAIMS:
            then = up_to(whole, whole.days.index(finding.said_on) + 1)
            assert finding._replace(taken_back_on=None) in findings(then)


# --- two measures ----------------------------------------------------------------------------


def test_a_link_is_found_in_the_same_entry() -> None:
    (said,) = links(checkins(*linked(80)))
    assert (said.measure, said.other, said.lag, said.upwards) == ("b", "a", 0, True)
    assert said.refs == tuple(map(ref, range(80)))
    assert (said.entries, said.said_on) == (80, day(79))
    assert said.points == pytest.approx(0.8, abs=0.2)


def test_a_link_that_goes_the_other_way_is_told_as_one() -> None:
    first, second = linked(80)
    (said,) = links(checkins(first, [8 - x for x in second]))
    assert not said.upwards
    assert (said.points or 0) < (said.high or 0) < 0


@pytest.mark.parametrize("turned", [False, True])
def test_what_comes_one_entry_later_is_found_there_and_not_in_the_same_entry(turned: bool) -> None:
    leads, follows = linked(160, lag=1)
    (said,) = links(checkins(follows, leads) if turned else checkins(leads, follows))
    assert (said.other, said.measure, said.lag) == (("b", "a", 1) if turned else ("a", "b", 1))
    assert said.entries == 159
    assert said.refs == tuple(map(ref, range(160)))


def test_below_eighty_entries_with_both_nothing_is_said_of_two_measures() -> None:
    first, second = linked(159)
    assert links(checkins(first[:79], second[:79])) == []
    half: Column = [x if n % 2 else None for n, x in enumerate(second)]
    assert links(checkins(first, half)) == []
    assert len(links(checkins(first[:80], second[:80]))) == 1
    assert links(checkins(*linked(80, lag=1))) == []
    assert len(links(checkins(*linked(160, lag=1)))) == 1


def test_two_measures_that_have_nothing_to_do_with_each_other_are_let_be() -> None:
    for seed in range(0, 40, 4):
        drifting = rising(160, seed), rising(160, seed + 1)
        assert links(checkins(level(160, seed + 2), level(160, seed + 3), *drifting)) == []


def test_a_link_that_ends_is_taken_back_with_the_day() -> None:
    first, second = linked(80)
    (said,) = links(checkins(first, second))
    more, against = linked(80, seed=4)
    (back,) = links(checkins(first + more, second + [8 - x for x in against]))
    assert back == said._replace(taken_back_on=day(159))


def test_a_link_that_holds_is_said_anew_and_once() -> None:
    for n, last in ((80, 79), (159, 79), (160, 159), (240, 239)):
        first, second = linked(240)
        (said,) = links(checkins(first[:n], second[:n]))
        assert (said.said_on, said.taken_back_on) == (day(last), None)


def test_a_link_that_turns_round_is_taken_back_and_not_in_silence() -> None:
    first, second = linked(80)
    again, against = linked(160, seed=4)
    back, present = links(checkins(first + again, second + [8 - x for x in against]))
    assert (back.upwards, back.said_on, back.taken_back_on) == (True, day(79), day(159))
    assert (present.upwards, present.said_on, present.taken_back_on) == (False, day(239), None)


@pytest.mark.parametrize("lag", [0, 1])
@pytest.mark.parametrize("seed", range(1, 5))
def test_with_marks_missing_a_link_is_that_of_the_entries_that_hold_both(lag: int, seed: int) -> None:
    first, second = linked(160, lag, seed)
    columns: list[Column] = [
        [x if n % 7 else None for n, x in enumerate(first)],
        [x if n % 5 else None for n, x in enumerate(second)],
        level(160, seed + 50),
    ]
    (said,) = links(checkins(*columns))
    both = [
        (one, other)
        for one, other in zip(columns[0][: 160 - lag], columns[1][lag:], strict=True)
        if one is not None and other is not None
    ]
    plain = link(*(floats(side) for side in zip(*both, strict=True)))
    assert (said.other, said.measure, said.lag, said.entries) == ("a", "b", lag, len(both))
    assert (said.points, said.p) == pytest.approx((plain.points, plain.p))


@FEW
@given(st.integers(0, 99), st.sampled_from((0, 1)), st.sampled_from((0.0, 0.5, 0.8)), st.integers(80, 330))
def test_a_link_that_was_said_stands_is_said_anew_or_is_taken_back(
    seed: int, lag: int, share: float, entries: int
) -> None:
    first, second = linked(80, lag, seed, 0.8)
    more, moved = linked(250, lag, seed + 7, share)
    whole = checkins(first + more, second + moved)
    part = up_to(whole, entries)
    later = findings(whole)
    for finding in links(part):
        assert kept_word(finding, later, part.days[-1])


# --- before and after a day --------------------------------------------------------------------


def test_a_day_in_the_middle_parts_what_was_before_from_what_came() -> None:
    changed, same = before_and_after(checkins(stepping(60, 25), level(60)), day(25))
    assert (changed.verdict, changed.entries, changed.chosen_day) == (Verdict.SHIFTED, 60, day(25))
    assert changed.points == pytest.approx(3, abs=0.6)
    assert (changed.low or 0) > 2
    assert (same.verdict, same.entries) == (Verdict.NOTHING_CLEAR, 60)
    assert (same.low or 0) < 0 < (same.high or 0)


def test_the_points_are_those_from_that_day_on_less_those_before() -> None:
    values = stepping(60, 25)
    (said,) = before_and_after(checkins(values), day(30))
    assert said.points == pytest.approx(sum(values[30:]) / 30 - sum(values[:30]) / 30)


@pytest.mark.parametrize("chosen", ["0001-01-01", day(0), day(9), day(51), day(60), "9999-12-31"])
def test_a_day_with_hardly_anything_on_one_side_of_it_is_too_early(chosen: str) -> None:
    (said,) = before_and_after(checkins(stepping(60, 25)), chosen)
    assert (said.verdict, said.entries, said.points, said.around) == (Verdict.TOO_EARLY, 60, None, None)


@pytest.mark.parametrize(("marks", "at", "enough"), [(40, 10, True), (40, 30, True), (40, 9, False), (39, 20, False)])
def test_ten_marks_a_side_and_forty_in_all_are_needed(marks: int, at: int, enough: bool) -> None:
    (said,) = before_and_after(checkins(level(marks)), day(at))
    assert (said.verdict is not Verdict.TOO_EARLY) == enough


def test_a_change_without_a_single_exception_could_not_be_clearer() -> None:
    (said,) = before_and_after(checkins([2] * 25 + [5] * 25), day(25))
    assert said.verdict is Verdict.SHIFTED
    assert said.points == pytest.approx(3)


def test_one_question_about_several_measures_is_held_to_more() -> None:
    faint = next(
        column
        for column in (stepping(60, 30, seed, 3.7, 4.3, 1.0) for seed in range(99))
        if 0.02 < (before_and_after(checkins(column), day(30))[0].p or 0) < 0.05
    )
    assert before_and_after(checkins(faint), day(30))[0].verdict is Verdict.SHIFTED
    beside = before_and_after(checkins(faint, level(60, 2), [4], [None] * 60), day(30))
    assert [f.measure for f in beside] == ["a", "b", "c"]
    assert beside[0].verdict is Verdict.NOTHING_CLEAR


@given(many(), st.integers(-5, 400))
def test_each_measure_is_held_against_itself_once_whatever_the_day(found: CheckIns, chosen: int) -> None:
    said = before_and_after(found, day(chosen))
    marked = [name for name, column in zip(found.measures, found.marks.T, strict=True) if not np.isnan(column).all()]
    assert [finding.measure for finding in said] == marked
    assert all(fine(finding) for finding in said)
    assert {finding.verdict for finding in said} <= ALONE - {Verdict.RISING, Verdict.FALLING}


# --- journals of other shapes --------------------------------------------------------------------


def test_one_entry_is_an_entry() -> None:
    (said,) = findings(checkins([4]))
    assert (said.verdict, said.entries, said.first_day, said.last_day) == (Verdict.TOO_EARLY, 1, day(0), day(0))
    assert before_and_after(checkins([4]), day(0))[0].verdict is Verdict.TOO_EARLY


@given(courses(90))
@FEW
def test_several_entries_on_one_day_are_taken_in_their_order(values: list[int]) -> None:
    assume(len(values) >= 20)
    slow, quick = of(checkins(values)), of(checkins(values, days=[day(0)] * len(values)))
    assert (quick.verdict, quick.entries, quick.refs) == (slow.verdict, slow.entries, slow.refs)
    assert (quick.points or 0) == pytest.approx(slow.points or 0)
    assert quick.first_day == quick.last_day == day(0)


def test_ten_thousand_entries_on_one_day_are_no_matter() -> None:
    found = checkins(level(10_000), rising(10_000), days=[day(0)] * 10_000)
    said = findings(found)
    assert all(fine(finding) for finding in said)
    assert of(found).refs == tuple(map(ref, range(9_840, 10_000)))
    assert before_and_after(found, day(0))[0].verdict is Verdict.TOO_EARLY
