"""One sitting, state by state, with a scripted desk and a real journal."""

from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from mother_bond import messages as m
from mother_bond.actions.desk import Reply, Said
from mother_bond.actions.reflect import Wish, reflect
from mother_bond.bundled import Library, closings, measures, practices
from mother_bond.domain.bond import Bond, Contact, Role
from mother_bond.domain.entry import StepState
from mother_bond.domain.prompt import GUARD, LOOP, Depth
from mother_bond.errors import CannotWriteError
from mother_bond.library.render import fill
from mother_bond.storage import bonds, sessions
from mother_bond.storage.store import Store
from tests.desks import (
    TODAY,
    Asked,
    Line,
    ScriptedDesk,
    Typed,
    all_sessions,
    anew,
    at_nine,
    drafts,
    marked_before,
    new_bond,
    sat_before,
    sit,
    texts,
    the_session,
    took_before,
)

CHECK_IN: tuple[Line, ...] = (3, 2, 5, 4)
FIRST_EVENING: tuple[Line, ...] = (*CHECK_IN, "a one", "b two", "c three", Said.SKIP, "kind line", "next thing", 5)
NO_CHECK_IN: tuple[Line, ...] = (Said.SKIP,) * 4
DAILY = ["nearness", "owed", "room", "mood"]


def depths(library: Library, bond: Bond, desk: ScriptedDesk) -> set[Depth]:
    """How deep the questions went that were shown about this bond."""
    by_text = {fill(p.text, bond): p.depth for pack in library.packs() for p in pack.prompts if p.role is bond.role}
    return {by_text[question] for question in desk.walked}


# --- the whole ---------------------------------------------------------------------------


def test_a_first_evening_is_kept_whole(store: Store, library: Library, bond: Bond) -> None:
    saved = sit(store, library, bond, ScriptedDesk(*FIRST_EVENING))
    assert saved.session == the_session(store)
    assert saved.session.checkin == {"nearness": 3, "owed": 2, "room": 5, "mood": 4, "mood-after": 5}
    assert texts(store) == ["a one", "b two", "c three", "kind line", "next thing"]
    assert (saved.words, saved.minutes, saved.session.unfinished) == (10, 1, False)
    assert saved.session.day == "2026-11-20"


def test_answers_carry_the_question_as_it_was_asked(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*FIRST_EVENING)
    sit(store, library, bond, desk)
    bonds.put(store, bond._replace(name="Somebody Else", call="my other one"))
    written = [asked.question for asked in desk.asked if asked.kind == "write"]
    assert [answer.question for answer in the_session(store).answers] == written
    assert "Daniel" in " ".join(written)
    assert all("{" not in question for question in written)


def test_the_questions_belong_to_the_theme_that_was_named(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*FIRST_EVENING)
    sit(store, library, bond, desk, cause="self-erasure")
    session = the_session(store)
    assert session.cause == "self-erasure"
    assert [a.prompt.split(".")[0] for a in session.answers[:3] if a.prompt] == ["self-erasure"] * 3
    assert m.TONIGHT.format(theme=library.pack("self-erasure").name) in desk.told
    assert m.BECAUSE["asked-for"] in desk.told


def test_what_is_skipped_leaves_no_mark_and_no_answer(store: Store, library: Library, bond: Bond) -> None:
    sit(store, library, bond, ScriptedDesk(3, Said.SKIP, 5, Said.SKIP, Said.SKIP, "kept", otherwise=Said.SKIP))
    session = the_session(store)
    assert session.checkin == {"nearness": 3, "room": 5}
    assert texts(store) == ["kept"]


def test_an_evening_of_which_nothing_is_left_is_not_kept(store: Store, library: Library, bond: Bond) -> None:
    saved = sit(store, library, bond, ScriptedDesk(otherwise=Said.SKIP))
    assert saved.session is None
    assert all_sessions(store) == []


@pytest.mark.parametrize(("minutes", "questions", "parts"), [(5, 2, 2), (10, 3, 3), (20, 5, 3)])
def test_the_length_decides_how_much_is_asked(
    store: Store, library: Library, bond: Bond, minutes: int, questions: int, parts: int
) -> None:
    for day in (10, 11):
        sat_before(store, library, bond, "individuation", TODAY - timedelta(days=day))
    desk = ScriptedDesk(otherwise=Said.SKIP)
    sit(store, library, bond, desk, cause="individuation", minutes=minutes)
    closing = [asked for asked in desk.asked if asked.kind == "write" and not asked.ask.walking]  # type: ignore[union-attr]
    assert (len(desk.walked), len(closing) + 1) == (questions, parts)


def test_twenty_minutes_are_said_once_and_end_nothing(store: Store, library: Library, bond: Bond) -> None:
    moments = iter(at_nine(TODAY) + timedelta(minutes=6 * n) for n in range(500))
    desk = ScriptedDesk(*FIRST_EVENING)
    saved = reflect(store, library, bond, desk, Wish(TODAY), now=lambda: next(moments))
    assert desk.told.count(m.SOFT_STOP) == 1
    assert len(saved.session.answers) == 5  # type: ignore[union-attr]


# --- check-in ----------------------------------------------------------------------------


def test_a_first_evening_asks_no_weekly_scales(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*FIRST_EVENING)
    sit(store, library, bond, desk)
    assert desk.scales == [*DAILY, "mood-after"]


def test_weekly_scales_come_two_an_evening_and_once_a_week(store: Store, library: Library, bond: Bond) -> None:
    weekly = [measure.id for measure in measures() if measure.weekly]
    seen = []
    for n in range(8):
        desk = ScriptedDesk(*[lambda asked: asked.measure.highest] * 8, otherwise=Said.ENOUGH)
        sit(store, library, bond, desk, TODAY + timedelta(days=n), check_in_only=True)
        assert desk.scales[:4] == DAILY
        seen.append(desk.scales[4:])
    assert seen == [[], ["wished", "warmth"], ["strain", "kind"], ["contact", "after"], [], [], [], []]
    assert [measure for evening in seen for measure in evening] == weekly


@pytest.mark.parametrize(("contact", "follows"), [(1, False), (2, True), (Said.SKIP, False)])
def test_how_contact_sat_is_not_asked_where_there_was_none(
    store: Store, library: Library, bond: Bond, contact: Line, follows: bool
) -> None:
    marked_before(store, bond, TODAY - timedelta(days=1), wished=1, warmth=1, strain=1, kind=1)
    desk = ScriptedDesk(*CHECK_IN, contact)
    sit(store, library, bond, desk, check_in_only=True)
    assert ("after" in desk.scales) is follows


@pytest.mark.parametrize("contact", [Contact.NONE_MY_CHOICE, Contact.NONE_THEIR_CHOICE, Contact.DIED])
def test_scales_about_contact_are_not_asked_where_there_is_none(
    store: Store, library: Library, contact: Contact
) -> None:
    bond = new_bond(store, contact=contact)
    unfit = {measure.id for measure in measures() if contact in measure.not_when}
    assert {"contact", "after"} <= unfit
    for day in range(1, 8):
        desk = ScriptedDesk(*[4] * 7)
        sit(store, library, bond, desk, TODAY + timedelta(days=day), check_in_only=True)
        assert not unfit & set(desk.scales)


def test_a_check_in_alone_asks_nothing_else(store: Store, library: Library, bond: Bond) -> None:
    took_before(store, bond, TODAY - timedelta(days=5))
    desk = ScriptedDesk(*CHECK_IN)
    saved = sit(store, library, bond, desk, check_in_only=True)
    assert desk.scales == DAILY
    assert {asked.kind for asked in desk.asked} == {"scale"}
    assert (saved.session.cause, saved.session.unfinished) == (None, False)  # type: ignore[union-attr]


def test_a_third_lowest_mood_in_a_row_shows_where_people_are(store: Store, library: Library, bond: Bond) -> None:
    cards = []
    for n in range(4):
        desk = ScriptedDesk(Said.SKIP, Said.SKIP, Said.SKIP, 1 if n < 3 else 2)
        sit(store, library, bond, desk, TODAY + timedelta(days=n), check_in_only=True)
        cards.append(m.HELP_CARD in desk.told)
    assert cards == [False, False, True, False]


def test_mood_at_the_end_is_asked_only_of_whoever_marked_it_at_the_start(
    store: Store, library: Library, bond: Bond
) -> None:
    desk = ScriptedDesk(4, 4, 4, Said.SKIP, otherwise=Said.SKIP)
    sit(store, library, bond, desk)
    assert "mood-after" not in desk.scales


# --- the theme ---------------------------------------------------------------------------


def test_three_check_ins_that_say_the_same_choose_the_theme(store: Store, library: Library, bond: Bond) -> None:
    for days in (2, 1):
        marked_before(store, bond, TODAY - timedelta(days=days), owed=6, nearness=4)
    desk = ScriptedDesk(4, 5, 4, 4, 4, 4)
    sit(store, library, bond, desk)
    debt = library.pack("emotional-debt").name
    assert m.TONIGHT.format(theme=debt) in desk.told
    assert "because the question of owing has come up in your last three check-ins." in desk.told


def test_a_sentence_marked_on_the_way_in_page_is_met_first(store: Store, library: Library, bond: Bond) -> None:
    from mother_bond.actions.begin import way_in

    marks: list[Line] = ["1", "2", "1", "1", "1", "1", "1", "3", "1", "2", "1"]
    way_in(store, library, bond, ScriptedDesk(*marks), TODAY, lambda: at_nine(TODAY))
    desk = ScriptedDesk(*CHECK_IN, "words")
    assert sit(store, library, bond, desk).session.cause == "life-transitions"  # type: ignore[union-attr]
    assert m.BECAUSE["way-in"] in desk.told


def test_a_theme_whose_questions_rest_gives_way_and_says_so(store: Store, library: Library, bond: Bond) -> None:
    for prompt in library.pack("safest-place").prompts:
        sessions.show_prompt(store, bond.id, prompt.id, "2026-11-01", prompt.depth)
    desk = ScriptedDesk(*NO_CHECK_IN, "words")
    saved = sit(store, library, bond, desk, cause="safest-place")
    assert m.THEME_RESTS.format(theme=library.pack("safest-place").name) in desk.told
    assert saved.session.cause not in (None, "safest-place")  # type: ignore[union-attr]


def test_resting_questions_come_back_for_whoever_asks_for_them(store: Store, library: Library, bond: Bond) -> None:
    for prompt in library.pack("safest-place").prompts:
        sessions.show_prompt(store, bond.id, prompt.id, "2026-11-01", prompt.depth)
    desk = ScriptedDesk(*NO_CHECK_IN, "words")
    assert sit(store, library, bond, desk, cause="safest-place", again=True).session.cause == "safest-place"  # type: ignore[union-attr]
    (heading,) = {asked.ask.heading for asked in desk.asked[4:5] if asked.ask}
    assert heading.endswith(m.ASKED_BEFORE.format(day="Sun 1 Nov 2026"))


def test_with_no_question_left_the_evening_still_closes(store: Store, library: Library, bond: Bond) -> None:
    with store.writing():
        for prompt in (prompt for pack in library.packs() for prompt in pack.prompts):
            sessions.show_prompt(store, bond.id, prompt.id, "2026-11-01", prompt.depth)
    desk = ScriptedDesk(*CHECK_IN, 5)
    saved = sit(store, library, bond, desk)
    assert m.THEME_NONE_LEFT in desk.told
    assert desk.walked == []
    assert saved.session.checkin["mood-after"] == 5  # type: ignore[union-attr]


# --- questions ---------------------------------------------------------------------------


def test_another_question_is_another_one_of_the_same_stage(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*NO_CHECK_IN, Said.OTHER_QUESTION, "an answer")
    sit(store, library, bond, desk)
    first, second = desk.walked[:2]
    headings = [asked.ask.heading for asked in desk.asked if asked.ask]
    assert first != second
    assert headings[0] == headings[1]
    assert the_session(store).answers[0].question == second


def test_a_question_that_was_declined_does_not_come_back_tonight(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*NO_CHECK_IN, *[Said.OTHER_QUESTION] * 30, otherwise=Said.SKIP)
    sit(store, library, bond, desk)
    shown = [q for n, q in enumerate(desk.walked) if n == 0 or q != desk.walked[n - 1]]
    assert len(shown) == len(set(shown)) > 3
    assert m.NO_OTHER_QUESTION in desk.told


@pytest.mark.parametrize("key", [Said.OTHER_QUESTION, Said.OTHER_THEME, Said.ENOUGH])
def test_words_that_were_there_when_the_writer_turned_away_are_kept(
    store: Store, library: Library, bond: Bond, key: Said
) -> None:
    desk = ScriptedDesk(*NO_CHECK_IN, Reply(key, "half a thought"), Said.SKIP, otherwise=Said.ENOUGH)
    sit(store, library, bond, desk)
    (answer,) = the_session(store).answers
    assert (answer.text, answer.question) == ("half a thought", desk.walked[0])


def test_another_theme_can_be_named(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*NO_CHECK_IN, Said.OTHER_THEME, LOOP, "words")
    saved = sit(store, library, bond, desk)
    offered = next(asked.keys for asked in desk.asked if asked.question == m.OTHER_THEME_ASK)
    assert set(library.slugs) - set(offered) == {"invisible-constancy"}
    assert saved.session.cause == LOOP  # type: ignore[union-attr]


def test_another_theme_can_be_left_open(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*NO_CHECK_IN, Said.OTHER_THEME, Said.SKIP, Said.OTHER_THEME, Said.SKIP, "words")
    saved = sit(store, library, bond, desk)
    titles = [told for told in desk.told if told.startswith(m.TONIGHT.format(theme=""))]
    assert len(set(titles)) == 3
    assert saved.session.cause not in ("invisible-constancy", GUARD, None)  # type: ignore[union-attr]


def test_whoever_turns_every_theme_down_is_led_to_the_closing(store: Store, library: Library, bond: Bond) -> None:
    turns: list[Line] = [Said.OTHER_THEME, Said.SKIP] * len(library.slugs)
    desk = ScriptedDesk(*CHECK_IN, *turns[:24], otherwise=lambda asked: 5 if asked.measure else Said.SKIP)
    saved = sit(store, library, bond, desk)
    assert m.THEME_NONE_LEFT in desk.told
    assert saved.session.checkin["mood-after"] == 5  # type: ignore[union-attr]


def test_the_reason_and_the_nudge_are_told_and_leave_the_text_as_it_was(
    store: Store, library: Library, bond: Bond
) -> None:
    desk = ScriptedDesk(*NO_CHECK_IN, Reply(Said.WHY, "so far"), Said.HELP, Said.ENOUGH)
    sit(store, library, bond, desk)
    first = desk.asked[4:7]
    assert [asked.draft for asked in first] == ["", "so far", "so far"]
    assert len({asked.question for asked in first}) == 1
    assert any(m.BECAUSE["new"] in told and m.STAGE_WHY["notice"] in told for told in desk.told)
    (put,) = [p for pack in library.packs() for p in pack.prompts if fill(p.text, bond) == first[0].question]
    assert fill(put.help, bond) in desk.told
    assert texts(store) == ["so far"]


@pytest.mark.parametrize("key", [Said.WHY, Said.HELP])
def test_words_are_safe_while_the_reason_is_read(store: Store, library: Library, bond: Bond, key: Said) -> None:
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, ScriptedDesk(*NO_CHECK_IN, Reply(key, "so far"), KeyboardInterrupt()))
    assert [*texts(store), *drafts(store)] == ["so far"]


def test_words_are_safe_while_another_theme_is_chosen(store: Store, library: Library, bond: Bond) -> None:
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, ScriptedDesk(*NO_CHECK_IN, Reply(Said.OTHER_THEME, "so far"), KeyboardInterrupt()))
    assert [*texts(store), *drafts(store)] == ["so far"]


def test_a_low_evening_and_the_one_after_a_heavy_one_stay_light(store: Store, library: Library, bond: Bond) -> None:
    for days in (12, 11, 10):
        sat_before(store, library, bond, "individuation", TODAY - timedelta(days=days))
    low = ScriptedDesk(4, 4, 4, 2, otherwise=Said.SKIP)
    sit(store, library, bond, low, cause="individuation", minutes=20)
    assert depths(library, bond, low) == {Depth.LIGHT}
    marked_before(store, bond, TODAY + timedelta(days=9), mood=6, mood_after=4)
    after = ScriptedDesk(4, 4, 4, 6, 4, 4, otherwise=Said.SKIP)
    sit(store, library, bond, after, TODAY + timedelta(days=10), cause="self-erasure", minutes=20)
    assert depths(library, bond, after) == {Depth.LIGHT}


def test_a_first_walk_of_a_theme_is_light_and_a_third_may_be_deep(store: Store, library: Library, bond: Bond) -> None:
    went = []
    for n in range(3):
        desk = ScriptedDesk(*[4] * 4, *[Said.SKIP] * 2, "a", "b", "c", otherwise=Said.SKIP)
        if n == 0:
            desk = ScriptedDesk(*[4] * 4, "a", "b", "c", otherwise=Said.SKIP)
        sit(store, library, bond, desk, TODAY + timedelta(days=2 * n), cause="individuation")
        went.append(depths(library, bond, desk))
    assert went[0] == {Depth.LIGHT}
    assert Depth.DEEP not in went[1]
    assert Depth.DEEP in went[2]


@pytest.mark.parametrize("name", ["{they}", "[bold red]Ann[/]", "100% %s", 'O\'Neill "Bob"', "نور", "{0!r:>9}"])
def test_a_name_stands_in_the_questions_to_the_letter(store: Store, library: Library, name: str) -> None:
    bond = new_bond(store)._replace(name=name, call="my one")
    bonds.put(store, bond)
    desk = ScriptedDesk(*FIRST_EVENING)
    sit(store, library, bond, desk)
    assert name in desk.asked[0].question
    assert any(name in (answer.question or "") for answer in the_session(store, bond).answers)


# --- enough for today --------------------------------------------------------------------


@pytest.mark.parametrize("replies", range(len(FIRST_EVENING)))
def test_enough_at_any_question_asks_no_more_and_keeps_what_is_there(
    store: Store, library: Library, bond: Bond, replies: int
) -> None:
    desk = ScriptedDesk(*FIRST_EVENING[:replies], Said.ENOUGH)
    saved = sit(store, library, bond, desk)
    given = [line for line in FIRST_EVENING[:replies] if type(line) is str]
    marks = [line for line in FIRST_EVENING[:replies] if type(line) is int]
    assert len(desk.asked) == replies + 1
    assert texts(store) == given
    assert list(saved.session.checkin.values() if saved.session else []) == marks
    assert not any(session.unfinished for session in all_sessions(store))


def test_enough_where_another_theme_is_chosen_ends_too(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, "words", Said.OTHER_THEME, Said.ENOUGH, otherwise=Said.SKIP)
    sit(store, library, bond, desk)
    assert desk.asked[-1].question == m.OTHER_THEME_ASK
    assert texts(store) == ["words"]


def test_enough_in_the_middle_of_a_walk_still_offers_a_breath(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, Reply(Said.ENOUGH, "so far"))
    sit(store, library, bond, desk)
    breaths = {closing.text for closing in closings() if closing.part == "breath" and closing.light}
    assert desk.told[-1] in breaths


# --- small steps -------------------------------------------------------------------------


def offered(store: Store, library: Library, bond: Bond, *script: Line) -> ScriptedDesk:
    """A desk at which an evening was spent up to the offer of a step, and then `script`."""
    desk = ScriptedDesk(*CHECK_IN, "a", "b", "c", *script, otherwise=Said.SKIP)
    sit(store, library, bond, desk, cause="emotional-debt")
    return desk


def test_a_step_that_is_offered_can_be_taken_on(store: Store, library: Library, bond: Bond) -> None:
    desk = offered(store, library, bond, "take")
    step = the_session(store).step
    assert step is not None
    assert (step.state, step.plan in desk.told) == (StepState.RESTING, True)
    practice = next(p for p in practices() if p.id == step.practice)
    assert "emotional-debt" in practice.causes or not practice.causes


def test_a_step_can_be_put_into_words_of_ones_own(store: Store, library: Library, bond: Bond) -> None:
    desk = offered(store, library, bond, "change", "  When it rains, I will write.\n")
    step = the_session(store).step
    assert step is not None
    assert step.plan == "When it rains, I will write."
    assert desk.asked[8].draft in desk.told


def test_a_smaller_step_can_be_asked_for_once(store: Store, library: Library, bond: Bond) -> None:
    desk = offered(store, library, bond, "smaller", "take")
    step = the_session(store).step
    assert step is not None
    act = next(p for p in practices() if p.id == step.practice).acts[bond.role]
    assert step.plan == fill(act.smaller, bond)
    assert "smaller" in desk.asked[7].keys
    assert "smaller" not in desk.asked[8].keys


def test_another_step_is_another_practice(store: Store, library: Library, bond: Bond) -> None:
    desk = offered(store, library, bond, "another", "take")
    step = the_session(store).step
    assert step is not None
    names = {practice.name for practice in practices()}
    offers = [told.split(".")[0] for told in desk.told if told.split(".")[0] in names]
    assert len(set(offers)) == len(offers) == 2
    assert next(practice.name for practice in practices() if practice.id == step.practice) == offers[-1]


def test_a_step_that_is_left_alone_is_not_taken_on(store: Store, library: Library, bond: Bond) -> None:
    offered(store, library, bond, Said.SKIP)
    assert the_session(store).step is None


def test_words_for_a_step_outlive_a_window_that_was_closed(store: Store, library: Library, bond: Bond) -> None:
    with pytest.raises(KeyboardInterrupt):
        offered(store, library, bond, "change", Typed("When it rains", KeyboardInterrupt()))
    assert drafts(store) == ["When it rains"]


def test_no_step_is_offered_on_a_low_evening_or_beside_one_that_rests(
    store: Store, library: Library, bond: Bond
) -> None:
    low = ScriptedDesk(4, 4, 4, 2, "a", "b", otherwise=Said.SKIP)
    sit(store, library, bond, low)
    assert m.OFFER not in low.told
    other = new_bond(store)
    took_before(store, other, TODAY - timedelta(days=1))
    beside = ScriptedDesk(*CHECK_IN, "a", "b", "c", otherwise=Said.SKIP)
    sit(store, library, other, beside)
    assert m.OFFER not in beside.told


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("contact", Contact)
def test_no_step_that_does_not_fit_the_contact_is_ever_offered(
    store: Store, library: Library, role: Role, contact: Contact
) -> None:
    bond = new_bond(store, role, contact)
    desk = ScriptedDesk(*[Said.SKIP] * 4, "a", *[Said.SKIP] * 2, *["another"] * 12, "take", otherwise=Said.SKIP)
    sit(store, library, bond, desk, cause="communication-styles", minutes=10)
    unfit = {p.name for p in practices() if not p.fits(bond)}
    assert m.OFFER in desk.told
    assert not [told for told in desk.told if told.split(".")[0] in unfit]


@pytest.mark.parametrize("state", StepState)
def test_a_step_is_asked_about_after_two_days(store: Store, library: Library, bond: Bond, state: StepState) -> None:
    taken = took_before(store, bond, TODAY - timedelta(days=2))
    desk = ScriptedDesk(state.value)
    sit(store, library, bond, desk)
    assert desk.asked[0].question == m.STEP_HOW
    assert "When the kettle boils, I will wait." in desk.told
    assert m.STEP_EARLIER.format(day="Wednesday") in desk.told
    step = next(s.step for s in all_sessions(store) if s.id == taken.id)
    assert step is not None
    assert (step.state, step.state_at) == (state, at_nine(TODAY).isoformat())


def test_a_step_is_left_in_peace_for_two_days(store: Store, library: Library, bond: Bond) -> None:
    took_before(store, bond, TODAY - timedelta(days=1))
    desk = ScriptedDesk()
    sit(store, library, bond, desk)
    assert desk.asked[0].kind == "scale"


def test_a_step_that_needs_contact_is_not_asked_about_where_there_is_none_any_more(
    store: Store, library: Library, bond: Bond
) -> None:
    needing = next(practice.id for practice in practices() if practice.needs_contact)
    took_before(store, bond, TODAY - timedelta(days=9), needing)
    desk = ScriptedDesk()
    sit(store, library, bond._replace(contact=Contact.DIED), desk)
    assert desk.asked[0].kind == "scale"
    assert "When the kettle boils, I will wait." not in desk.told


def test_how_a_step_goes_may_be_left_open(store: Store, library: Library, bond: Bond) -> None:
    taken = took_before(store, bond, TODAY - timedelta(days=9))
    desk = ScriptedDesk(Said.SKIP, 4)
    sit(store, library, bond, desk)
    step = next(s.step for s in all_sessions(store) if s.id == taken.id)
    assert step == taken.step
    assert m.STEP_EARLIER.format(day="Wednesday 11 November 2026") in desk.told


# --- the end -----------------------------------------------------------------------------


def test_every_evening_closes_with_a_breath_a_kind_line_and_a_next_thing(
    store: Store, library: Library, bond: Bond
) -> None:
    desk = ScriptedDesk(*FIRST_EVENING)
    sit(store, library, bond, desk)
    known = {closing.text: closing.part for closing in closings()}
    parts = [
        known[text] for text in [*desk.told, *(a.question or "" for a in the_session(store).answers)] if text in known
    ]
    assert parts == ["breath", "kind-line", "next-thing"]
    assert desk.scales[-1] == "mood-after"


def test_closings_come_round_before_one_comes_twice(store: Store, library: Library, bond: Bond) -> None:
    kind_lines = []
    for n in range(12):
        desk = ScriptedDesk(*NO_CHECK_IN, otherwise=Said.SKIP)
        sit(store, library, bond, desk, TODAY + timedelta(days=n))
        kind_lines.append(next(a.question for a in desk.asked if a.ask and not a.ask.walking))
    assert len(set(kind_lines)) == 12


def test_a_low_evening_closes_lightly(store: Store, library: Library, bond: Bond) -> None:
    light = {closing.text for closing in closings() if closing.light}
    for n in range(10):
        desk = ScriptedDesk(4, 4, 4, 1, otherwise=Said.SKIP)
        sit(store, library, bond, desk, TODAY + timedelta(days=n))
        assert {a.question for a in desk.asked if a.ask and not a.ask.walking} <= light


# --- a disk that refuses -----------------------------------------------------------------


def full(store: Store, asked: Asked) -> Line:
    """Fill the journal up to the last page; the answer is too long to fit."""
    pages = store.value("PRAGMA page_count")
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    return "too long for this disk " * 5_000


def test_a_save_that_the_disk_refuses_can_be_tried_again(store: Store, library: Library, bond: Bond) -> None:
    def make_room(asked: Asked) -> Line:
        store.connection.execute("PRAGMA max_page_count = 1000000")
        return "again"

    desk = ScriptedDesk(*CHECK_IN, "before", partial(full, store), make_room, "after")
    sit(store, library, bond, desk)
    assert desk.asked[6].question == m.SAVE_AGAIN
    assert texts(store) == ["before", "too long for this disk " * 5_000, "after"]


def test_whoever_gives_up_on_the_disk_keeps_what_was_saved_before(store: Store, library: Library, bond: Bond) -> None:
    desk = ScriptedDesk(*CHECK_IN, "before", partial(full, store), "again", "stop")
    with pytest.raises(CannotWriteError):
        sit(store, library, bond, desk)
    with closing(anew(store.path)) as other:
        assert texts(other) == ["before"]
        assert sit(other, library, bond, ScriptedDesk("go-on", "second")).session == the_session(other)
        assert texts(other) == ["before", "second"]
