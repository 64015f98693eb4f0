from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from mother_bond import messages as m
from mother_bond.actions.lists import which
from mother_bond.actions.patterns import Changes, changes
from mother_bond.bundled import demo_journal
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Session, Step, StepState
from mother_bond.errors import ExitCode
from mother_bond.patterns.course import Course, Says
from mother_bond.storage import bonds, change, sessions
from mother_bond.storage.change import Target
from tests.made import Plain, noted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

LONG = "I sat with the tea and looked at the phone, and I let it ring until it stopped."
MOMENT = "2026-03-02T10:00:00+00:00"


def day(number: int) -> str:
    return (date(2026, 1, 1) + timedelta(days=number)).isoformat()


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


def test_nothing_is_claimed_that_is_not_a_count(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    marked(store, bond, "nearness", [1 + n // 6 for n in range(42)])
    said = run("patterns").out.lower()
    assert "whether anything changed is not claimed here" in said
    assert not [
        w for w in ("because", "rising", "rose", "fell", "better", "worse", "improv", "trend", "!") if w in said
    ]


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
    store: Store, bond: Bond, run: Callable[..., Ran]
) -> None:
    first, last = (noted(store, bond, d, LONG, cause="self-erasure") for d in ("2026-01-01", "2026-03-01"))
    said = run("patterns").out
    assert f"{first.ref}.1, Thursday 1 January 2026: {LONG}\n" in said
    assert f"{last.ref}.1, Sunday 1 March 2026: {LONG}\n" in said


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


@pytest.mark.parametrize("role", list(Role))
def test_the_made_up_year_has_something_to_look_at(run: Callable[..., Ran], role: Role) -> None:
    run("import", str(demo_journal(role)))
    said = run("patterns")
    assert said.code == 0
    assert [
        words for words in ("too early to say", "the first quarter", m.CHANGES_WORDS) if words not in said.out
    ] == []


def test_a_course_is_that_of_its_marks(store: Store, bond: Bond, library: Library) -> None:
    marked(store, bond, "owed", [7, 1] * 12)
    [course] = counted(store, library, bond).courses
    assert course == Course("owed", "owing", 24, 7, Says.COURSE, 1, 1, 7, (7, 1) * 12, (1,) * 4, day(0), day(23))
