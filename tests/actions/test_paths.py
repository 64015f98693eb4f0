"""Paths on a real journal: walked a part at a time, left, taken up again, and carried to another journal."""

import re
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mother_bond import messages as m
from mother_bond.actions import data, paths
from mother_bond.actions.desk import Said
from mother_bond.actions.lists import which
from mother_bond.actions.paths import NextPart
from mother_bond.bundled import Library, practices, theme_path
from mother_bond.clock import long_day
from mother_bond.domain.bond import Bond, Contact, Role
from mother_bond.domain.entry import Session
from mother_bond.domain.path import ThemePath
from mother_bond.domain.prompt import SLUGS, Depth, Prompt
from mother_bond.errors import BadFileError, NotFoundError
from mother_bond.exchange.jsonl import from_line
from mother_bond.library.along import Walked
from mother_bond.library.render import fill
from mother_bond.storage import bonds, change, past, sessions
from mother_bond.storage.change import Target
from mother_bond.storage.store import Store, create
from tests.desks import (
    TODAY,
    Line,
    ScriptedDesk,
    Typed,
    all_sessions,
    answers_all,
    new_bond,
    sit,
    texts,
    the_session,
    took_before,
)
from tests.made import Plain

OWN, SAFE = "individuation", "safest-place"
CHECK_IN: tuple[Line, ...] = (3, 2, 5, 5)
LOW: tuple[Line, ...] = (3, 2, 5, 2)
DAY = timedelta(days=1)


def the_path(cause: str, bond: Bond) -> ThemePath:
    """The path of a theme for a bond."""
    path = theme_path(cause, bond.role)
    assert path is not None
    return path


def walk(
    store: Store,
    library: Library,
    bond: Bond,
    day: date,
    cause: str | None = None,
    desk: ScriptedDesk | None = None,
    *,
    again: bool = False,
) -> Session | None:
    """A sitting on the next part of a path; everything is answered where there is no desk of one's own."""
    part = paths.next_part(store, library, bond, cause)
    at = desk or ScriptedDesk(otherwise=answers_all)
    return sit(store, library, bond, at, day, cause=part.cause, part=part.part, again=again).session


def walked_to(store: Store, bond: Bond, cause: str, part: int, day: date, hour: int = 21) -> Session:
    """An earlier sitting on a part, at the length it is needed: that it was."""
    at = f"{day}T{hour:02}:00:00+00:00"
    made = f"01K{len(all_sessions(store)):023}"
    whole = Session(made, "", bond, at, day.isoformat(), cause, checkin={"mood": 5}, path=f"{cause}.{part}")
    return sessions.start(store, whole)


def number_of(store: Store, library: Library, bond: Bond, cause: str | None = None) -> int:
    """The number of the part that comes next."""
    return paths.next_part(store, library, bond, cause).part


def questions(library: Library, bond: Bond, cause: str, part: int) -> list[str]:
    """The questions of a part as they are asked."""
    found = [library.prompt(prompt_id) for prompt_id in the_path(cause, bond).parts[part - 1].prompts]
    return [fill(prompt.text, bond) for prompt in found if prompt]


def by_text(library: Library, bond: Bond) -> dict[str, Prompt]:
    """Every question there is, by the words it is asked in."""
    every = (prompt for pack in library.packs() for prompt in pack.prompts)
    return {fill(prompt.text, bond): prompt for prompt in every if prompt.role is bond.role}


def offered(desk: ScriptedDesk) -> list[str]:
    """The names of the practices that were offered, in their order."""
    names = {practice.name for practice in practices()}
    return [name for told in desk.told if (name := told.partition(".")[0]) in names]


# --- a part ------------------------------------------------------------------------------


def test_a_part_asks_its_own_questions_in_order_and_says_where_it_stands(
    store: Store, library: Library, bond: Bond
) -> None:
    desk = ScriptedDesk(otherwise=answers_all)
    session = walk(store, library, bond, TODAY, OWN, desk)
    path = the_path(OWN, bond)
    place = m.PATH_PLACE.format(n=1, of=len(path.parts), path=path.name, title=path.parts[0].title)
    assert session == the_session(store)
    assert (session.path, session.cause) == (f"{OWN}.1", OWN)
    assert desk.walked == questions(library, bond, OWN, 1)
    assert m.BECAUSE["path"].format(detail=place) in desk.told
    assert m.TONIGHT.format(theme=library.pack(OWN).name) in desk.told


def test_the_reason_for_a_question_on_a_path_names_the_path(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, Said.WHY, "words")
    walk(store, library, bond, TODAY, OWN, desk)
    assert [told for told in desk.told if the_path(OWN, bond).name in told and m.STAGE_WHY["notice"] in told]


def test_a_sitting_is_no_part_where_no_path_was_asked_for(store: Store, library: Library, bond: Bond) -> None:
    sit(store, library, bond, ScriptedDesk(otherwise=answers_all), cause=OWN)
    assert the_session(store).path is None
    assert past.paths(store, bond.id) == {}


@pytest.mark.parametrize("script", [(Said.ENOUGH,), (Said.SKIP,) * 3, (Said.HELP, Said.FEELINGS, Said.ENOUGH)])
def test_a_part_left_before_an_answer_was_not_walked(
    store: Store, library: Library, bond: Bond, script: tuple[Said, ...]
) -> None:
    walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, *script, otherwise=Said.SKIP))
    assert the_session(store).path is None
    assert paths.afterwards(the_session(store)) is None
    with pytest.raises(NotFoundError):
        paths.next_part(store, library, bond, None)


@pytest.mark.parametrize("script", [("words",), (Said.SKIP, "words"), (Said.OTHER_QUESTION, "words")])
def test_one_answer_makes_it_a_part_that_was_walked(
    store: Store, library: Library, bond: Bond, script: tuple[Line, ...]
) -> None:
    walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, *script))
    assert the_session(store).path == f"{OWN}.1"
    assert past.paths(store, bond.id) == {OWN: Walked(1, TODAY.isoformat())}


def test_the_part_is_on_the_disk_with_its_first_answer(store: Store, library: Library, bond: Bond) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, KeyboardInterrupt()))
    assert the_session(store).path is None
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk("go-on", "words", KeyboardInterrupt()))
    assert the_session(store).path == f"{OWN}.1"


@pytest.mark.parametrize("again", [True, False])
def test_a_resting_question_of_a_part_is_asked_of_whoever_asks_for_it(
    store: Store, library: Library, bond: Bond, again: bool
) -> None:
    first, *others = questions(library, bond, OWN, 1)
    sessions.show_prompt(store, bond.id, the_path(OWN, bond).parts[0].prompts[0], "2026-11-01", "light")
    desk = ScriptedDesk(otherwise=answers_all)
    session = walk(store, library, bond, TODAY, OWN, desk, again=again)
    assert session is not None
    assert session.path == f"{OWN}.1"
    assert (first in desk.walked) == again
    assert set(others) <= set(desk.walked)


# --- one after the other -----------------------------------------------------------------


def test_a_whole_path_is_walked_in_order_and_says_what_is_next(store: Store, library: Library, bond: Bond) -> None:
    path, known = the_path(OWN, bond), by_text(library, bond)
    said, deep = [], []
    for number in range(1, len(path.parts) + 1):
        desk = ScriptedDesk(otherwise=answers_all)
        session = walk(store, library, bond, TODAY + number * DAY, OWN if number == 1 else None, desk)
        assert session is not None
        assert session.path == f"{OWN}.{number}"
        assert desk.walked == questions(library, bond, OWN, number)
        said.append(paths.afterwards(session))
        deep.append(any(known[question].depth is Depth.DEEP for question in desk.walked))
    nexts = [m.PATH_NEXT.format(n=n, of=len(path.parts)) for n in range(1, len(path.parts))]
    assert said == [*nexts, m.PATH_END.format(path=path.name)]
    assert any(deep)
    assert not any(one and two for one, two in pairwise(deep))


def test_after_the_last_part_the_path_is_over_until_it_is_named_and_then_begins_again(
    store: Store, library: Library, bond: Bond
) -> None:
    day = TODAY - 3 * DAY
    walked_to(store, bond, OWN, len(the_path(OWN, bond).parts), day)
    with pytest.raises(NotFoundError):
        paths.next_part(store, library, bond, None)
    part = paths.next_part(store, library, bond, OWN)
    assert part == NextPart(OWN, 1, day.isoformat())
    assert paths.again(part) == m.PATH_BEGINS_AGAIN.format(day=long_day(day))
    session = walk(store, library, bond, TODAY, OWN)
    assert session is not None
    assert session.path == f"{OWN}.1"
    following = paths.next_part(store, library, bond, None)
    assert following == NextPart(OWN, 2, None)
    assert paths.again(following) is None


def test_a_path_that_was_left_for_free_evenings_is_taken_up_where_it_was_left(
    store: Store, library: Library, bond: Bond
) -> None:
    walk(store, library, bond, TODAY, OWN)
    for days, cause in ((1, SAFE), (2, OWN), (3, "")):
        sit(store, library, bond, ScriptedDesk(otherwise=answers_all), TODAY + days * DAY, cause=cause)
    assert [session.path for session in all_sessions(store)] == [f"{OWN}.1", None, None, None]
    session = walk(store, library, bond, TODAY + 40 * DAY)
    assert session is not None
    assert session.path == f"{OWN}.2"


def test_of_two_paths_the_last_one_goes_on_and_the_other_when_it_is_named(
    store: Store, library: Library, bond: Bond
) -> None:
    for days, cause in enumerate((OWN, OWN, SAFE)):
        walk(store, library, bond, TODAY + days * DAY, cause)
    assert paths.next_part(store, library, bond, None)[:2] == (SAFE, 2)
    assert paths.next_part(store, library, bond, OWN)[:2] == (OWN, 3)
    walk(store, library, bond, TODAY + 5 * DAY, OWN)
    assert paths.next_part(store, library, bond, None)[:2] == (OWN, 4)


def test_of_two_paths_of_one_day_the_later_goes_on(store: Store, library: Library, bond: Bond) -> None:
    walked_to(store, bond, OWN, 1, TODAY, hour=9)
    walked_to(store, bond, SAFE, 1, TODAY, hour=21)
    assert paths.next_part(store, library, bond, None)[:2] == (SAFE, 2)


def test_two_bonds_have_a_way_of_their_own_along_the_same_path(store: Store, library: Library, bond: Bond) -> None:
    mum = new_bond(store, Role.CHILD)
    walk(store, library, bond, TODAY, OWN)
    walk(store, library, bond, TODAY + DAY, OWN)
    assert number_of(store, library, mum, OWN) == 1
    desk = ScriptedDesk(otherwise=answers_all)
    walk(store, library, mum, TODAY + DAY, OWN, desk)
    assert desk.walked == questions(library, mum, OWN, 1)
    assert (number_of(store, library, bond), number_of(store, library, mum)) == (3, 2)


def test_a_part_in_the_trash_was_not_walked(store: Store, library: Library, bond: Bond) -> None:
    walk(store, library, bond, TODAY, OWN)
    second = walk(store, library, bond, TODAY + DAY, OWN)
    assert second is not None
    change.trash(store, Target(second.id), "2026-11-22T10:00:00+00:00")
    assert number_of(store, library, bond) == 2
    change.trash(store, Target(second.id), None)
    assert number_of(store, library, bond) == 3


@pytest.mark.parametrize("cause", ["a-theme-of-my-own", "nonsense"])
def test_a_theme_without_a_path_says_so(store: Store, library: Library, bond: Bond, cause: str) -> None:
    with pytest.raises(NotFoundError) as error:
        paths.next_part(store, library, bond, cause)
    assert (error.value.message, error.value.hint) == (m.PATH_NOT_HERE, m.PATH_NONE_HINT)


# --- cut off, and turned away from -------------------------------------------------------


def test_a_part_that_was_cut_off_is_gone_on_with_and_only_then_was_walked(
    store: Store, library: Library, bond: Bond
) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, "before", KeyboardInterrupt()))
    assert number_of(store, library, bond, OWN) == 1
    desk = ScriptedDesk("go-on", otherwise=answers_all)
    walk(store, library, bond, TODAY + DAY, OWN, desk)
    session = the_session(store)
    asked = questions(library, bond, OWN, 1)
    assert session.path == f"{OWN}.1"
    assert desk.walked == asked[1:]
    assert [answer.question for answer in session.answers][: len(asked)] == asked
    assert offered(desk)[0] == practice_name(the_path(OWN, bond), 1)
    assert number_of(store, library, bond) == 2


@pytest.mark.parametrize("line", [Said.ENOUGH, Said.SKIP, Said.OTHER_THEME])
def test_a_part_with_an_answer_stays_one_whatever_comes_after_it_was_cut_off(
    store: Store, library: Library, bond: Bond, line: Said
) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, "before", KeyboardInterrupt()))
    sit(store, library, bond, ScriptedDesk("go-on", line, otherwise=Said.SKIP), TODAY + DAY)
    assert (the_session(store).path, texts(store)) == (f"{OWN}.1", ["before"])


def test_a_part_that_was_cut_off_before_an_answer_is_gone_on_with_too(
    store: Store, library: Library, bond: Bond
) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(3, KeyboardInterrupt()))
    desk = ScriptedDesk("go-on", otherwise=answers_all)
    sit(store, library, bond, desk, TODAY + DAY)
    assert desk.walked == questions(library, bond, OWN, 1)
    assert the_session(store).path == f"{OWN}.1"


def test_a_part_that_was_cut_off_and_is_left_for_another_day_is_still_to_come(
    store: Store, library: Library, bond: Bond
) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, "before", KeyboardInterrupt()))
    assert walk(store, library, bond, TODAY + DAY, OWN, ScriptedDesk(Said.ENOUGH)) is None
    assert number_of(store, library, bond, OWN) == 1
    assert the_session(store).unfinished


def test_a_part_that_was_cut_off_and_kept_as_it_is_was_walked(store: Store, library: Library, bond: Bond) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, "before", KeyboardInterrupt()))
    sit(store, library, bond, ScriptedDesk("keep", *[Said.SKIP] * 6, "elsewhere"), TODAY + DAY, cause=SAFE)
    assert [session.path for session in all_sessions(store)] == [f"{OWN}.1", None]
    assert number_of(store, library, bond) == 2


def test_words_that_were_cut_off_and_kept_make_it_a_part_too(store: Store, library: Library, bond: Bond) -> None:
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*CHECK_IN, Typed("half a thought", KeyboardInterrupt())))
    sit(store, library, bond, ScriptedDesk("keep"), TODAY + DAY)
    assert texts(store) == ["half a thought"]
    assert the_session(store).path == f"{OWN}.1"


def test_another_theme_leaves_the_path_before_it_was_begun(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, Said.OTHER_THEME, SAFE, otherwise=answers_all)
    session = walk(store, library, bond, TODAY, OWN, desk)
    assert session is not None
    assert (session.path, session.cause) == (None, SAFE)
    assert past.paths(store, bond.id) == {}


def test_another_theme_after_an_answer_leaves_the_path_and_its_practice_but_the_part_was_walked(
    store: Store, library: Library, bond: Bond
) -> None:
    desk = ScriptedDesk(*CHECK_IN, "one", Said.OTHER_THEME, SAFE, otherwise=answers_all)
    session = walk(store, library, bond, TODAY, OWN, desk)
    assert session is not None
    assert (session.path, session.cause) == (f"{OWN}.1", OWN)
    free = ScriptedDesk(otherwise=answers_all)
    other = new_bond(store)
    sit(store, library, other, free, TODAY, cause=SAFE)
    assert desk.walked[-len(free.walked) :] == [q.replace(other.name, bond.name) for q in free.walked]
    assert offered(desk) == offered(free)


def test_another_theme_left_open_leaves_the_path_as_well(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, Said.OTHER_THEME, Said.SKIP, otherwise=answers_all)
    session = walk(store, library, bond, TODAY, OWN, desk)
    assert session is not None
    assert session.path is None
    assert session.cause not in (None, OWN)


def test_a_part_left_for_another_theme_stays_left_when_it_is_cut_off_there(
    store: Store, library: Library, bond: Bond
) -> None:
    script = (*CHECK_IN, Said.OTHER_THEME, SAFE, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        walk(store, library, bond, TODAY, OWN, ScriptedDesk(*script))
    sit(store, library, bond, ScriptedDesk("go-on", otherwise=answers_all), TODAY + DAY)
    assert (the_session(store).path, the_session(store).cause) == (None, SAFE)


# --- what waits --------------------------------------------------------------------------


def deep_part(library: Library, bond: Bond) -> tuple[str, int]:
    """The theme and number of a part with a deep question that this bond may be asked, and not a path's last part."""
    for cause in SLUGS:
        for number, part in enumerate(the_path(cause, bond).parts[:-1], 1):
            found = [library.prompt(prompt_id) for prompt_id in part.prompts]
            if any(p and p.depth is Depth.DEEP and bond.contact not in p.not_when for p in found):
                return cause, number
    pytest.fail("no path goes deep")


@pytest.mark.parametrize("why", ["low", "deep yesterday", "deep today", "heavy before"])
def test_a_part_that_goes_deep_waits_says_so_and_is_still_to_come(
    store: Store, library: Library, bond: Bond, why: str
) -> None:
    cause, number = deep_part(library, bond)
    before = walked_to(store, bond, cause, number - 1, TODAY - 3 * DAY)
    if why.startswith("deep"):
        day = TODAY if why == "deep today" else TODAY - DAY
        sessions.show_prompt(store, bond.id, "own.mother.notice.01", day.isoformat(), "deep")
    elif why == "heavy before":
        sessions.mark(store, before.id, "mood-after", 2)
    mood = 2 if why == "low" else 5
    desk = ScriptedDesk(*[4] * 3, mood, *[2] * 2, otherwise=answers_all)
    session = walk(store, library, bond, TODAY, cause, desk)
    assert session is not None
    assert m.PATH_WAITS in desk.told
    assert session.path is None
    assert Depth.DEEP not in {by_text(library, bond)[question].depth for question in desk.walked}
    assert desk.walked
    assert number_of(store, library, bond, cause) == number


def test_a_part_that_goes_deep_is_walked_two_days_after_a_deep_question(
    store: Store, library: Library, bond: Bond
) -> None:
    cause, number = deep_part(library, bond)
    walked_to(store, bond, cause, number - 1, TODAY - 3 * DAY)
    sessions.show_prompt(store, bond.id, "own.mother.notice.01", (TODAY - 2 * DAY).isoformat(), "deep")
    desk = ScriptedDesk(otherwise=answers_all)
    session = walk(store, library, bond, TODAY, cause, desk)
    assert session is not None
    assert session.path == f"{cause}.{number}"
    assert desk.walked == questions(library, bond, cause, number)
    assert m.PATH_WAITS not in desk.told


def test_a_part_of_which_an_own_pack_knows_nothing_is_not_said_to_go_deep(store: Store, home: Path, bond: Bond) -> None:
    prompts = home / "prompts"
    prompts.mkdir()
    shipped = Library(home / "nowhere").file(OWN)
    own = re.sub(r"(notice|look-again|tend)\.0", r"\1.4", Path(shipped).read_text(encoding="utf-8"))
    (prompts / f"{OWN}.toml").write_text(own, encoding="utf-8")
    desk = ScriptedDesk(otherwise=answers_all)
    walk(store, Library(prompts), bond, TODAY, OWN, desk)
    assert desk.walked
    assert m.PATH_WAITS not in desk.told


# --- the practice of a part --------------------------------------------------------------


def practice_name(path: ThemePath, part: int) -> str:
    """The name of the practice that a part offers."""
    return next(practice.name for practice in practices() if practice.id == path.parts[part - 1].practice)


@pytest.mark.parametrize("role", Role)
def test_the_practice_of_each_part_is_offered_first(store: Store, library: Library, role: Role) -> None:
    path = the_path("emotional-debt", bond := new_bond(store, role))
    names = []
    for number in range(1, len(path.parts) + 1):
        desk = ScriptedDesk(otherwise=answers_all)
        walk(store, library, bond, TODAY + number * DAY, "emotional-debt", desk)
        names.append(offered(desk)[0])
    assert names == [practice_name(path, number) for number in range(1, len(path.parts) + 1)]


def test_the_practice_of_a_part_is_the_first_but_not_the_only_one(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, *["words"] * len(questions(library, bond, OWN, 1)), "another", "take")
    session = walk(store, library, bond, TODAY, OWN, desk)
    assert session is not None
    assert session.step is not None
    assert len(offered(desk)) == 2
    first, second = offered(desk)
    assert first == practice_name(the_path(OWN, bond), 1) != second
    assert next(p.name for p in practices() if p.id == session.step.practice) == second


@pytest.mark.parametrize("contact", [Contact.NONE_MY_CHOICE, Contact.NONE_THEIR_CHOICE, Contact.DIED])
def test_a_practice_that_does_not_fit_the_bond_gives_way_to_one_that_does(
    store: Store, library: Library, contact: Contact
) -> None:
    bond = new_bond(store, Role.MOTHER, contact)
    known = {practice.id: practice for practice in practices()}
    cause, number = next(
        (cause, number)
        for cause in SLUGS
        for number, part in enumerate(the_path(cause, bond).parts, 1)
        if not known[part.practice].fits(bond)
    )
    if number > 1:
        walked_to(store, bond, cause, number - 1, TODAY - 3 * DAY)
    desk = ScriptedDesk(otherwise=answers_all)
    session = walk(store, library, bond, TODAY, cause, desk)
    assert session is not None
    assert session.path == f"{cause}.{number}"
    fitting = {practice.name for practice in practices() if practice.fits(bond)}
    assert len(offered(desk)) == 1
    assert set(offered(desk)) <= fitting - {practice_name(the_path(cause, bond), number)}


@pytest.mark.parametrize("beside", ["a low evening", "a step that rests"])
def test_no_step_is_offered_on_a_path_either_where_none_would_be(
    store: Store, library: Library, bond: Bond, beside: str
) -> None:
    if beside == "a step that rests":
        took_before(store, bond, TODAY - DAY)
    mood = 2 if beside == "a low evening" else 5
    desk = ScriptedDesk(4, 4, 4, mood, otherwise=answers_all)
    session = walk(store, library, bond, TODAY, OWN, desk)
    assert session is not None
    assert session.path == f"{OWN}.1"
    assert not offered(desk)


# --- the reminder ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "reminds"), [(-1, False), (0, False), (1, False), (2, True), (15, True), (28, True), (29, False)]
)
def test_a_path_that_was_begun_is_called_to_mind_from_two_days_to_four_weeks(
    store: Store, library: Library, bond: Bond, days: int, reminds: bool
) -> None:
    walked_to(store, bond, OWN, 3, TODAY)
    line = m.PATH_OPEN.format(path=the_path(OWN, bond).name, n=4)
    assert paths.reminder(store, library, bond, TODAY + days * DAY) == (line if reminds else None)


def test_nothing_is_called_to_mind_where_no_path_was_begun_or_it_was_walked_to_its_end(
    store: Store, library: Library, bond: Bond
) -> None:
    assert paths.reminder(store, library, bond, TODAY) is None
    walked_to(store, bond, OWN, len(the_path(OWN, bond).parts), TODAY - 5 * DAY)
    assert paths.reminder(store, library, bond, TODAY) is None
    walked_to(store, bond, "a-theme-of-my-own", 2, TODAY - 4 * DAY)
    assert paths.reminder(store, library, bond, TODAY) is None
    assert paths.reminder(store, library, new_bond(store), TODAY) is None


def test_a_free_evening_does_not_put_the_reminder_off(store: Store, library: Library, bond: Bond) -> None:
    walk(store, library, bond, TODAY, OWN)
    sit(store, library, bond, ScriptedDesk(otherwise=answers_all), TODAY + DAY, cause=OWN)
    assert paths.reminder(store, library, bond, TODAY + 2 * DAY) is not None


# --- out as data, and in again -----------------------------------------------------------


def test_a_path_goes_on_in_another_journal_where_it_was_left(
    store: Store, library: Library, bond: Bond, tmp_path: Path
) -> None:
    for days, cause in enumerate((OWN, OWN, SAFE)):
        walk(store, library, bond, TODAY + days * DAY, cause)
    sit(store, library, bond, ScriptedDesk(otherwise=answers_all), TODAY + 4 * DAY)
    file = tmp_path / "journal.jsonl"
    file.write_text("".join(data.lines(store, which(None))), encoding="utf-8")
    with closing(create(tmp_path / "other" / "journal.db")) as other:
        taken = data.take_in(other, file, data.check(file, skip_bad=False))
        there = bonds.all_bonds(other)[0]
        assert (taken.added, taken.unknown) == (4, ())
        assert past.paths(other, there.id) == past.paths(store, bond.id)
        assert paths.next_part(other, library, there, None) == NextPart(SAFE, 2, None)
        assert paths.next_part(other, library, there, OWN) == NextPart(OWN, 3, None)
        assert data.take_in(other, file, data.Checked()).differing == 0
        assert "".join(data.lines(other, which(None))) == file.read_text(encoding="utf-8")


BAD_PATHS = (
    *(OWN, f"{OWN}.", f"{OWN}.0", f"{OWN}.01", f"{OWN}.100", f"{OWN}.-1", f"{OWN}.1.2", f"{OWN}.1 ", f"{OWN}.1\n"),
    *(
        f"{OWN}.x",
        f"{OWN}.１",
        f"{OWN}.1１",
        "Individuation.1",
        "-own.1",
        "own-.1",
        "own theme.1",
        ".1",
        "1",
        "",
        f"{'x' * 300}.1",
    ),
    *(3, 1.5, True, [f"{OWN}.1"], {"cause": OWN, "part": 1}),
)


@pytest.mark.parametrize("bad", BAD_PATHS)
def test_a_line_with_a_part_there_cannot_be_is_refused_by_key_and_reason(bad: object, tmp_path: Path) -> None:
    line = Plain().line(path=bad)
    session, problem, _ = from_line(line)
    assert session is None
    assert problem == ("path", m.LINE_PATH)
    file = tmp_path / "bad.jsonl"
    file.write_bytes(Plain("Fine.", number=2).line() + line)
    with pytest.raises(BadFileError) as error:
        data.check(file, skip_bad=False)
    assert m.IMPORT_PROBLEM.format(line=2, key=", path", reason=m.LINE_PATH) in error.value.message


@pytest.mark.parametrize("good", [f"{OWN}.1", f"{OWN}.10", f"{OWN}.99", "a-theme-of-my-own.3", "x2.7", None])
def test_a_line_with_a_part_there_may_be_keeps_it(good: str | None) -> None:
    session, problem, unknown = from_line(Plain().line(path=good))
    assert (problem, unknown) == (None, set())
    assert session is not None
    assert session.path == good


@pytest.mark.parametrize("path", [f"{OWN}.99", "a-theme-of-my-own.3"])
def test_a_part_from_elsewhere_that_no_path_here_has_stands_in_nobodys_way(
    store: Store, library: Library, bond: Bond, path: str
) -> None:
    cause, _, part = path.rpartition(".")
    session = walked_to(store, bond, cause, int(part), TODAY - 5 * DAY)
    assert past.paths(store, bond.id)[cause].part == int(part)
    assert paths.reminder(store, library, bond, TODAY) is None
    assert paths.afterwards(session) in (None, m.PATH_END.format(path=the_path(OWN, bond).name))
    with pytest.raises(NotFoundError):
        paths.next_part(store, library, bond, None)
    assert number_of(store, library, bond, OWN) == 1
