from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions.lists import which
from mother_bond.actions.patterns import Changes, changes
from mother_bond.bundled import Library, demo_journal
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Session, Step, StepState
from mother_bond.errors import ExitCode
from mother_bond.patterns.course import Course, Says
from mother_bond.patterns.findings import Verdict
from mother_bond.patterns.passages import passage
from mother_bond.storage import bonds, change, sessions
from mother_bond.storage.change import Target
from tests.desks import marked_before, new_bond, took_before
from tests.made import Plain, Shelf, noted
from tests.marks import day, rising

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.storage.store import Store
    from tests.conftest import Ran

LONG = "I sat with the tea and looked at the phone, and I let it ring until it stopped."
MOMENT = "2026-03-02T10:00:00+00:00"
FEW = settings(max_examples=max(10, settings().max_examples // 6))


def marked(store: Store, bond: Bond, measure: str, values: list[int]) -> None:
    for number, value in enumerate(values):
        noted(store, bond, day(number), checkin={measure: value})


def counted(store: Store, library: Library, bond: Bond) -> Changes:
    return changes(store, library, which(bond), bond.name)


def line_of(ran: Ran, name: str) -> str:
    return next(line for line in ran.out.splitlines() if line.startswith(f"{name}:"))


def test_an_empty_journal_is_fine(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    ran = run("patterns")
    assert (ran.code, ran.out, ran.err) == (0, "Nothing was written yet, and that is fine.\n", "")


def test_without_a_journal_there_is_nothing_to_count(run: Callable[..., Ran]) -> None:
    assert run("patterns").code == ExitCode.NOT_FOUND


def test_seven_marks_are_only_counted(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    marked(store, bond, "nearness", [1, 2, 3, 4, 5, 6, 7])
    assert line_of(run("patterns"), "nearness") == "nearness: 7 marks, too few to say more."


@pytest.mark.parametrize("marks", [8, 19])
def test_up_to_nineteen_marks_it_is_too_early_to_say(
    store: Store, bond: Bond, run: Callable[..., Ran], marks: int
) -> None:
    marked(store, bond, "nearness", ([2, 4, 4, 6] * 5)[:marks])
    said = line_of(run("patterns"), "nearness")
    assert said == f"nearness: {marks} marks, median 4, from 2 to 6; too early to say more."


def test_from_twenty_marks_on_the_course_is_shown(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    marked(store, bond, "nearness", [1] * 5 + [3] * 5 + [5] * 5 + [7] * 5)
    said = line_of(run("patterns"), "nearness")
    assert said == "nearness: 20 marks, median 3, from 1 to 7; from the first quarter of them to the last: 1, 3, 5, 7."


def test_contact_is_counted_word_by_word(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    marked(store, bond, "contact", [1] * 3 + [2] * 4 + [4] * 5)
    assert line_of(run("patterns"), "contact") == "contact: 12 marks; none 3, a message 4, a call 0, in person 5."


def test_whatever_is_said_it_is_never_why_nor_that_it_is_good(
    store: Store, bond: Bond, run: Callable[..., Ran]
) -> None:
    marked(store, bond, "nearness", [1 + n // 6 for n in range(42)])
    said = run("patterns").out
    assert "Nearness went up by about " in said
    assert m.CHANGES_END in said.splitlines()
    lower = said.lower()
    assert [w for w in ("because", "better", "worse", "improv", "trend", "signific", "!") if w in lower] == []


def test_marks_go_by_the_day_they_are_for(store: Store, bond: Bond, library: Library) -> None:
    for number in (3, 1, 2, 0):
        noted(store, bond, day(number), checkin={"mood": 4})
    [course] = counted(store, library, bond).courses
    assert (course.first_day, course.last_day, course.says) == (day(0), day(3), Says.COUNT)


def test_measures_keep_the_order_in_which_they_are_asked(store: Store, bond: Bond, library: Library) -> None:
    noted(store, bond, day(0), checkin={"mood": 1, "strain": 2, "owed": 3, "nearness": 4, "mood-after": 5})
    assert [course.measure for course in counted(store, library, bond).courses] == [
        "nearness",
        "owed",
        "mood",
        "strain",
    ]


def test_a_measure_this_version_does_not_know_is_passed_over(store: Store, bond: Bond, library: Library) -> None:
    noted(store, bond, day(0), checkin={"weather": 5})
    assert counted(store, library, bond).courses == ()


def test_marks_beyond_the_scale_are_refused_or_harmless(run: Callable[..., Ran], tmp_path: Path) -> None:
    lines = [Plain(day=day(n), number=n).line(checkin={"nearness": 50}) for n in range(20)]
    (tmp_path / "some.jsonl").write_bytes(b"".join(lines))
    if run("import", str(tmp_path / "some.jsonl")).code == 0:
        assert run("patterns").code == run("export", "-").code == 0


def test_entries_days_and_kinds_are_counted(store: Store, bond: Bond, library: Library) -> None:
    noted(store, bond, day(0))
    noted(store, bond, day(0), cause="self-erasure", prompt="self-erasure.mother.notice.01")
    noted(store, bond, day(9))
    found = counted(store, library, bond)
    assert (found.bond, found.sessions, found.days, found.first_day, found.last_day) == ("Daniel", 3, 2, day(0), day(9))
    assert found.kinds == {"note": 2, "reflection": 1}


def test_themes_stand_with_the_most_walked_first(store: Store, bond: Bond, library: Library) -> None:
    for number, cause in enumerate(["self-erasure", "individuation", "individuation"]):
        noted(store, bond, day(number), cause=cause)
    walked = counted(store, library, bond).walked
    assert [(w.cause, w.sessions, w.last_day) for w in walked] == [
        ("individuation", 2, day(2)),
        ("self-erasure", 1, day(0)),
    ]
    assert walked[0].name == library.pack("individuation").name


def test_steps_are_counted_by_how_they_went(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for number, state in enumerate([StepState.DONE, StepState.DONE, StepState.LET_GO]):
        step = Step("When it rings, I will breathe.", state, MOMENT, MOMENT)
        sessions.start(store, Session(f"01K{number:023}", "", bond, MOMENT, "2026-03-02", step=step))
    assert f"{m.CHANGES_STEPS} done 2, let it go 1" in run("patterns").out.splitlines()


def test_words_worth_reading_again_are_named_by_where_they_stand(
    store: Store, bond: Bond, library: Library, run: Callable[..., Ran]
) -> None:
    first, last = (noted(store, bond, d, LONG, cause="self-erasure") for d in ("2026-01-01", "2026-03-01"))
    assert [(p.ref, p.day, p.text) for p in counted(store, library, bond).passages] == [
        (f"{first.ref}.1", "2026-01-01", LONG),
        (f"{last.ref}.1", "2026-03-01", LONG),
    ]
    assert m.WORDS_SEE in run("patterns").out.splitlines()


def test_only_the_bond_that_is_meant_is_counted(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    bonds.put(store, other := Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.MOTHER, "Anna", "Anna"))
    noted(store, bond, day(0))
    noted(store, other, day(1))
    noted(store, other, day(2))
    assert "1 entry on 1 day, " in run("patterns").out
    assert "2 entries on 2 days, " in run("patterns", "--bond", "Anna").out


def test_a_time_can_be_cut_out(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for number in range(10):
        noted(store, bond, day(number))
    said = run("patterns", "--since", day(3), "--until", day(5)).out
    assert "3 entries on 3 days, from Sunday 4 January 2026 to Tuesday 6 January 2026." in said


def test_what_lies_in_the_trash_is_not_counted(store: Store, bond: Bond, library: Library) -> None:
    kept, gone = (noted(store, bond, day(n), LONG, cause="self-erasure", checkin={"mood": 3}) for n in (0, 60))
    change.trash(store, Target(gone.id), MOMENT)
    found = counted(store, library, bond)
    assert (found.sessions, found.courses[0].marks, found.passages) == (1, 1, ())
    change.trash(store, Target(kept.id, kept.answers[0].id), MOMENT)
    assert counted(store, library, bond).sessions == 1


def test_passages_are_of_the_two_themes_that_were_walked_most(store: Store, bond: Bond, library: Library) -> None:
    walks = {"self-erasure": 3, "individuation": 2, "emotional-debt": 4}
    for number, cause in enumerate(cause for cause, times in walks.items() for _ in range(times)):
        noted(store, bond, day(60 * number), f"{LONG} {LONG} {LONG} {LONG} {LONG}", cause=cause)
    passages = counted(store, library, bond).passages
    assert list(dict.fromkeys(p.cause for p in passages)) == ["emotional-debt", "self-erasure"]
    assert all(p.text == passage(f"{LONG} {LONG} {LONG} {LONG} {LONG}") for p in passages)


@pytest.mark.parametrize("role", list(Role))
def test_the_made_up_year_has_something_to_look_at(run: Callable[..., Ran], role: Role) -> None:
    run("import", str(demo_journal(role)))
    said = run("patterns")
    assert said.code == 0
    expected = "too early to say", "the first quarter", "Nothing clear yet", m.FINDINGS, m.STEPS_AFTER, m.WORDS_SEE
    assert [words for words in expected if words not in said.out] == []


def test_a_course_is_that_of_its_marks(store: Store, bond: Bond, library: Library) -> None:
    marked(store, bond, "owed", [7, 1] * 12)
    [course] = counted(store, library, bond).courses
    assert course == Course("owed", "owing", 24, 7, Says.COURSE, 1, 1, 7, (7, 1) * 12, (1,) * 4, day(0), day(23))


# --- week by week ------------------------------------------------------------------------

WALKS = st.lists(st.tuples(st.integers(0, 800), st.sampled_from(["individuation", "self-erasure", None])), max_size=40)


@FEW
@given(WALKS)
def test_weeks_begin_on_mondays_and_hold_every_walk_of_the_last_forty_eight(
    tmp_path_factory: pytest.TempPathFactory, walks: list[tuple[int, str | None]]
) -> None:
    home = tmp_path_factory.mktemp("journals")
    with closing(Shelf(home).new()) as store:
        bond = new_bond(store)
        with store.writing():
            for number, cause in walks:
                noted(store, bond, day(number), cause=cause)
        found = counted(store, Library(home / "prompts"), bond)
    walked = [(date.fromisoformat(day(number)), cause) for number, cause in walks if cause]
    if not walked:
        assert found.weeks is None
        return
    assert found.weeks is not None
    first = date.fromisoformat(found.weeks.first_monday)
    lengths = {len(counts) for _, counts in found.weeks.themes}
    last = max(at for at, _ in walked)
    assert first.weekday() == 0
    assert len(lengths) == 1
    assert lengths <= set(range(1, 49))
    assert first <= last < first + timedelta(weeks=max(lengths))
    assert min(at for at, _ in walked) >= first or lengths == {48}
    shown = Counter(cause for at, cause in walked if at >= first)
    names = {w.name: w.cause for w in found.walked}
    assert {names[name]: sum(counts) for name, counts in found.weeks.themes} == shown


def test_a_walk_stands_in_the_week_of_its_day(store: Store, bond: Bond, library: Library) -> None:
    sunday, monday = "2026-03-01", "2026-03-02"
    for number in (sunday, monday, monday, "2026-03-22"):
        noted(store, bond, number, cause="individuation")
    noted(store, bond, monday, cause="self-erasure")
    found = counted(store, library, bond).weeks
    assert found is not None
    assert found.first_monday == "2026-02-23"
    names = [library.pack(cause).name for cause in ("individuation", "self-erasure")]
    assert found.themes == ((names[0], (1, 2, 0, 1)), (names[1], (0, 1, 0, 0)))


def test_a_theme_that_was_walked_before_the_weeks_that_are_shown_has_no_row(
    store: Store, bond: Bond, library: Library
) -> None:
    noted(store, bond, day(0), cause="self-erasure")
    noted(store, bond, day(48 * 7), cause="individuation")
    found = counted(store, library, bond)
    assert found.weeks is not None
    assert [name for name, _ in found.weeks.themes] == [library.pack("individuation").name]
    assert len(found.weeks.themes[0][1]) == 48
    assert len(found.walked) == 2


# --- nearness against the wish ---------------------------------------------------------------


def wished(store: Store, bond: Bond, pairs: list[tuple[int, int]]) -> None:
    """Check-ins that hold both, a day each: nearness and what was wished for."""
    for number, (near, wish) in enumerate(pairs):
        noted(store, bond, day(number), checkin={"nearness": near, "wished": wish})


@pytest.mark.parametrize(("pairs", "gap"), [(7, None), (8, (-2, 8)), (20, (-2, 20)), (25, (-2, 20))])
def test_nearness_is_held_against_the_wish_from_eight_entries_with_both_on(
    store: Store, bond: Bond, library: Library, pairs: int, gap: tuple[int, int] | None
) -> None:
    wished(store, bond, [(3, 5)] * pairs)
    noted(store, bond, day(pairs), checkin={"nearness": 7})
    noted(store, bond, day(pairs + 1), checkin={"wished": 1})
    assert counted(store, library, bond).gap == gap


@pytest.mark.parametrize(
    ("near", "wish", "said"),
    [
        (3, 5, "Nearness lay 2 points under what you wished for, in the middle of the last 8 entries that hold both."),
        (5, 4, "Nearness lay a point over what you wished for, in the middle of the last 8 entries that hold both."),
        (4, 4, "Nearness and what you wished for were alike, in the middle of the last 8 entries that hold both."),
    ],
)
def test_the_wish_may_lie_above_below_or_where_it_is(
    store: Store, bond: Bond, run: Callable[..., Ran], near: int, wish: int, said: str
) -> None:
    wished(store, bond, [(near, wish)] * 8)
    assert said in run("patterns").out.splitlines()


@pytest.mark.parametrize("pair", [(0, 4), (4, 0), (8, 4), (4, 8), (-3, 9)])
def test_a_mark_that_is_not_on_its_scale_is_not_held_against_the_wish(
    store: Store, bond: Bond, library: Library, pair: tuple[int, int]
) -> None:
    wished(store, bond, [(5, 4)] * 10 + [pair] * 15)
    assert counted(store, library, bond).gap == (1, 10)


def test_only_the_latest_twenty_speak_of_the_wish(store: Store, bond: Bond, library: Library) -> None:
    wished(store, bond, [(1, 7)] * 30 + [(5, 4)] * 20)
    assert counted(store, library, bond).gap == (1, 20)


# --- steps, and what came next -------------------------------------------------------------------


def test_after_a_step_stands_the_first_entry_that_was_written(store: Store, bond: Bond, library: Library) -> None:
    start = date.fromisoformat(day(0))
    noted(store, bond, day(0))
    took_before(store, bond, start + timedelta(days=1))
    marked_before(store, bond, start + timedelta(days=2), mood=4)
    following = noted(store, bond, day(3))
    noted(store, bond, day(4))
    took_before(store, bond, start + timedelta(days=5))
    found = counted(store, library, bond).steps_after
    assert [(step.day, step.next_ref) for step in found] == [(day(1), following.ref), (day(5), None)]
    assert (found[0].plan, found[0].state) == ("When the kettle boils, I will wait.", StepState.RESTING)


def test_of_many_steps_the_last_three_are_shown(store: Store, bond: Bond, library: Library) -> None:
    for number in range(0, 10, 2):
        took_before(store, bond, date.fromisoformat(day(number)))
        noted(store, bond, day(number + 1))
    assert [step.day for step in counted(store, library, bond).steps_after] == [day(4), day(6), day(8)]


def test_an_entry_in_the_trash_is_not_what_came_next(store: Store, bond: Bond, library: Library) -> None:
    took_before(store, bond, date.fromisoformat(day(0)))
    gone, kept = noted(store, bond, day(1)), noted(store, bond, day(2))
    change.trash(store, Target(gone.id), MOMENT)
    assert [step.next_ref for step in counted(store, library, bond).steps_after] == [kept.ref]


def test_two_steps_with_nothing_between_have_the_same_entry_after_them(
    store: Store, bond: Bond, library: Library
) -> None:
    for number in (0, 1):
        took_before(store, bond, date.fromisoformat(day(number)))
    following = noted(store, bond, day(2))
    assert [step.next_ref for step in counted(store, library, bond).steps_after] == [following.ref] * 2


def test_what_may_be_said_of_one_bond_rests_on_it_alone(store: Store, bond: Bond, library: Library) -> None:
    other = new_bond(store)
    for number, value in enumerate(rising(40)):
        noted(store, bond, day(number), checkin={"nearness": value})
        noted(store, other, day(number), checkin={"nearness": 8 - value})
    said = {name: counted(store, library, one).statements for name, one in (("bond", bond), ("other", other))}
    assert [one.finding.verdict for one in said["bond"]] == [Verdict.RISING]
    assert [one.finding.verdict for one in said["other"]] == [Verdict.FALLING]
