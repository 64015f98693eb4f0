"""An evening from beginning to end: whatever happens in it, what was written is in the journal, once."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions import note
from mother_bond.actions.desk import Reply, Said
from mother_bond.bundled import Library, measures
from mother_bond.domain.bond import Bond, Contact, Role
from mother_bond.domain.prompt import Depth
from mother_bond.errors import MotherBondError, NotFoundError, UsageError
from mother_bond.library.render import fill
from mother_bond.storage import change, sessions
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
    new_bond,
    sat_before,
    sit,
    texts,
    the_session,
)

CHECK_IN: tuple[Line, ...] = (3, 2, 5, 4)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0["), max_size=12)
AT_A_QUESTION = [Said.GIVEN] * 6 + [Said.SKIP] * 2 + [said for said in Said if said not in (Said.GIVEN, Said.SKIP)]
HALF = settings().max_examples // 2
"""Each example is one whole sitting or two."""

AT_A_CHOICE = [Said.GIVEN] * 6 + [Said.SKIP] * 2 + [Said.ENOUGH]


class AnyWriter:
    """Replies in any order, as Hypothesis draws it; a text is added to and never rubbed out.

    `tokens` are the marks in every text that was written; reply number `crash_at` never comes.
    """

    def __init__(self, data: st.DataObject, crash_at: int = 0, crash: BaseException | None = None) -> None:
        self.data, self.crash_at, self.crash = data, crash_at, crash
        self.replies = 0
        self.tokens: list[str] = []
        self.marks: dict[str, int] = {}

    def __call__(self, asked: Asked) -> Line:
        self.replies += 1
        crashes = self.replies == self.crash_at
        line = self._write(asked, crashes=crashes) if asked.ask else self._choose(asked, crashes=crashes)
        if crashes and self.crash:
            raise self.crash
        return line

    def _write(self, asked: Asked, *, crashes: bool) -> Line:
        said = self.data.draw(st.sampled_from(AT_A_QUESTION)) if self.replies < 40 else Said.SKIP
        if said is Said.SKIP and not asked.draft:
            return Said.SKIP
        text = asked.draft
        assert asked.ask is not None
        if asked.ask.keep or not crashes:
            self.tokens.append(f"[{len(self.tokens)}{'ab'[bool(self.crash)]}]")
            text += self.tokens[-1] + self.data.draw(TEXT)
        if asked.ask.keep:
            asked.ask.keep(text)
        return Reply(said if asked.ask.walking and said is not Said.SKIP else Said.GIVEN, text)

    def _choose(self, asked: Asked, *, crashes: bool) -> Line:
        said = self.data.draw(st.sampled_from(AT_A_CHOICE)) if self.replies < 40 else Said.SKIP
        if said is not Said.GIVEN or (asked.kind == "pick" and not asked.keys):
            return Said.SKIP if said is Said.GIVEN else said
        if asked.measure is None:
            return self.data.draw(st.sampled_from(asked.keys))
        number = self.data.draw(st.integers(1, asked.measure.highest))
        if not crashes:
            self.marks[asked.measure.id] = number
        return number


def everything(store: Store, bond: Bond) -> str:
    """Every text there is about a bond: answers, steps and drafts."""
    steps = [session.step.plan for session in all_sessions(store, bond) if session.step]
    return "\n".join([*texts(store, bond), *steps, *drafts(store, bond)])


def at_rest(store: Store, bond: Bond) -> bool:
    """Whether nothing is half done, and no session is empty."""
    held = all_sessions(store, bond)
    full = all(s.answers or s.checkin or s.step for s in held)
    return full and not drafts(store, bond) and not any(s.unfinished for s in held)


def allowed(library: Library, bond: Bond) -> set[str]:
    """Every question that may be put to the writer about this bond."""
    prompts = (p for pack in library.packs() for p in pack.prompts)
    return {fill(p.text, bond) for p in prompts if p.role is bond.role and bond.contact not in p.not_when}


# --- for any order of replies ------------------------------------------------------------


@given(st.data())
@settings(max_examples=HALF)
def test_whatever_is_replied_the_sitting_ends_and_holds_each_text_once(
    store: Store, library: Library, data: st.DataObject
) -> None:
    bond = new_bond(store, data.draw(st.sampled_from(Role)), data.draw(st.sampled_from(Contact)))
    writer = AnyWriter(data)
    desk = ScriptedDesk(otherwise=writer)
    cause = data.draw(st.none() | st.sampled_from(library.slugs))
    saved = sit(store, library, bond, desk, cause=cause or "", minutes=data.draw(st.sampled_from((5, 10, 20))))
    written = everything(store, bond)
    assert [written.count(token) for token in writer.tokens] == [1] * len(writer.tokens)
    assert dict(saved.session.checkin if saved.session else {}) == writer.marks
    assert at_rest(store, bond)
    assert set(desk.walked) <= allowed(library, bond)


@given(st.data(), st.integers(1, 14), st.sampled_from((KeyboardInterrupt, RuntimeError)))
@settings(max_examples=HALF)
def test_wherever_it_is_cut_off_the_next_run_goes_on_and_nothing_is_lost(
    store: Store, library: Library, data: st.DataObject, crash_at: int, crash: type[BaseException]
) -> None:
    bond = new_bond(store)
    first = AnyWriter(data, crash_at, crash())
    try:
        sit(store, library, bond, ScriptedDesk(otherwise=first))
    except crash:
        pass
    else:
        return
    with closing(anew(store.path)) as other:
        written = everything(other, bond)
        assert [written.count(token) for token in first.tokens] == [1] * len(first.tokens)
        kept = [dict(session.checkin) for session in all_sessions(other, bond)]
        assert kept == [first.marks]
    answered = [answer.question for answer in the_session(store, bond).answers]
    worth_it = bool(answered or first.marks or drafts(store, bond))
    second = AnyWriter(data)
    desk = ScriptedDesk(*["go-on"] * worth_it, otherwise=second)
    sit(store, library, bond, desk)
    assert (desk.asked[0].question == m.CUT_OFF_ASK) is worth_it
    assert not set(answered) & {asked.question for asked in desk.asked}
    written, tokens = everything(store, bond), first.tokens + second.tokens
    assert [written.count(token) for token in tokens] == [1] * len(tokens)
    assert at_rest(store, bond)


@pytest.mark.slow
@pytest.mark.parametrize("contact", Contact)
@pytest.mark.parametrize("role", Role)
def test_no_question_of_any_theme_is_shown_where_it_must_not_be(
    store: Store, library: Library, role: Role, contact: Contact
) -> None:
    bond = new_bond(store, role, contact)
    for cause in library.slugs:
        for day in (12, 11, 10):
            sat_before(store, library, bond, cause, TODAY - timedelta(days=day))
        desk = ScriptedDesk(*[Said.SKIP] * 6, *[Said.OTHER_QUESTION] * 60, otherwise=Said.SKIP)
        sit(store, library, bond, desk, cause=cause, minutes=20, again=True)
        assert set(desk.walked) <= allowed(library, bond)
        assert len(set(desk.walked)) > 3


def deeply_walked(store: Store, library: Library) -> Bond:
    """A bond of which every theme has been walked often enough to go deep."""
    bond = new_bond(store)
    for cause in library.slugs:
        for day in (40, 30, 20):
            sat_before(store, library, bond, cause, TODAY - timedelta(days=day))
    return bond


def deep_ones(library: Library, bond: Bond, questions: list[str]) -> list[str]:
    """Those of the questions that go deep."""
    prompts = (p for pack in library.packs() for p in pack.prompts)
    deep = {fill(p.text, bond) for p in prompts if p.role is bond.role and p.depth is Depth.DEEP}
    return [question for question in questions if question in deep]


def test_no_second_deep_question_follows_when_the_theme_is_changed(store: Store, library: Library) -> None:
    bond = deeply_walked(store, library)
    desk = ScriptedDesk(*CHECK_IN, "a", "b", Said.OTHER_THEME, "self-erasure", "c", "d", otherwise=Said.SKIP)
    session = sit(store, library, bond, desk, cause="individuation").session
    assert session is not None
    assert len(deep_ones(library, bond, [answer.question or "" for answer in session.answers])) == 1


def test_no_second_deep_question_follows_when_another_one_is_asked_for(store: Store, library: Library) -> None:
    bond = deeply_walked(store, library)
    desk = ScriptedDesk(*CHECK_IN, "a", "b", *[Said.OTHER_QUESTION] * 9, otherwise=Said.SKIP)
    sit(store, library, bond, desk, cause="individuation")
    assert len(set(deep_ones(library, bond, desk.walked))) == 1


# --- cut off, and gone on with -----------------------------------------------------------


def cut_off(store: Store, library: Library, bond: Bond, *script: Line) -> ScriptedDesk:
    """A sitting whose window was closed after `script`."""
    desk = ScriptedDesk(*script, otherwise=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, desk)
    return desk


def test_an_answer_is_durable_before_the_next_question_appears(store: Store, library: Library, bond: Bond) -> None:
    seen: list[tuple[list[str], dict[str, int]]] = []

    def look(asked: Asked) -> Line:
        with closing(anew(store.path)) as other:
            seen.append((texts(other), dict(the_session(other).checkin)))
        return f"answer {len(seen)}" if asked.ask else 4

    sit(store, library, bond, ScriptedDesk(*[look] * 7))
    assert [len(marks) for _, marks in seen] == [0, 1, 2, 3, 4, 4, 4]
    assert seen[-1][0] == ["answer 5", "answer 6"]


def test_a_sitting_closed_in_mid_answer_is_offered_and_gone_on_with(store: Store, library: Library, bond: Bond) -> None:
    before = cut_off(store, library, bond, *CHECK_IN, "first", Typed("half a sen", KeyboardInterrupt()))
    desk = ScriptedDesk("go-on", Reply(Said.GIVEN, "half a sentence"), "third")
    sit(store, library, bond, desk, TODAY + timedelta(days=1))
    assert desk.told[:2] == [m.CUT_OFF.format(day="Friday 20 November 2026"), m.CUT_OFF_DRAFT]
    assert (desk.asked[1].question, desk.asked[1].draft) == (before.asked[-1].question, "half a sen")
    assert texts(store) == ["first", "half a sentence", "third"]
    assert the_session(store).day == "2026-11-20"
    assert at_rest(store, bond)


@pytest.mark.parametrize("replies", range(1, 11))
def test_going_on_asks_exactly_what_was_left_to_ask(store: Store, library: Library, bond: Bond, replies: int) -> None:
    script: tuple[Line, ...] = (*CHECK_IN, "a", "b", "c", "take", "kind", "next", 5)
    whole = ScriptedDesk(*script)
    sit(store, library, new_bond(store)._replace(name="Daniel", call="my son", they=bond.they), whole)
    before = cut_off(store, library, bond, *script[:replies])
    after = ScriptedDesk(Said.SKIP, *script[replies:])
    sit(store, library, bond, after)
    assert [asked.question for asked in before.asked[:-1] + after.asked[1:]] == [a.question for a in whole.asked]


def test_kept_as_it_is_the_half_answer_is_an_answer_and_a_new_evening_begins(
    store: Store, library: Library, bond: Bond
) -> None:
    before = cut_off(store, library, bond, *CHECK_IN, "first", Typed("half a sen", KeyboardInterrupt()))
    sit(store, library, bond, ScriptedDesk("keep", 7), TODAY + timedelta(days=1))
    old, new = all_sessions(store)
    assert [(a.position, a.text) for a in old.answers] == [(1, "first"), (2, "half a sen")]
    assert old.answers[1].question == before.asked[-1].question
    assert (new.day, new.checkin) == ("2026-11-21", {"nearness": 7})
    assert at_rest(store, bond)


def test_enough_at_the_offer_to_go_on_asks_no_more_and_loses_nothing(
    store: Store, library: Library, bond: Bond
) -> None:
    cut_off(store, library, bond, *CHECK_IN, Typed("half a sen", KeyboardInterrupt()))
    desk = ScriptedDesk(Said.ENOUGH, otherwise=lambda asked: Reply(Said.ENOUGH, asked.draft))
    sit(store, library, bond, desk)
    assert [*texts(store), *drafts(store)] == ["half a sen"]
    assert len(desk.asked) == 1


def test_a_sitting_of_which_nothing_is_left_is_not_offered(store: Store, library: Library, bond: Bond) -> None:
    cut_off(store, library, bond, Said.SKIP, Said.SKIP)
    desk = ScriptedDesk(4)
    sit(store, library, bond, desk)
    assert desk.asked[0].kind == "scale"
    assert len(all_sessions(store)) == 1


def test_another_bonds_sitting_and_one_in_the_trash_are_not_offered(store: Store, library: Library, bond: Bond) -> None:
    cut_off(store, library, new_bond(store), 4)
    cut_off(store, library, bond, 4)
    change.trash(store, change.Target(the_session(store, bond).id), at_nine(TODAY).isoformat())
    desk = ScriptedDesk()
    sit(store, library, bond, desk)
    assert desk.asked[0].question != m.CUT_OFF_ASK


def test_a_check_in_leaves_a_sitting_that_was_cut_off_where_it_is(store: Store, library: Library, bond: Bond) -> None:
    cut_off(store, library, bond, *CHECK_IN, "first")
    sit(store, library, bond, ScriptedDesk(*[4] * 6), check_in_only=True)
    assert [session.unfinished for session in all_sessions(store)] == [True, False]
    assert all_sessions(store)[1].checkin["nearness"] == 4


def test_a_note_that_was_cut_off_does_not_stand_before_a_sitting(store: Store, library: Library, bond: Bond) -> None:
    cut_off(store, library, bond, *CHECK_IN, "first")
    with pytest.raises(KeyboardInterrupt):
        note.write(
            store, bond, ScriptedDesk(KeyboardInterrupt()), TODAY, now=lambda: at_nine(TODAY) + timedelta(hours=1)
        )
    desk = ScriptedDesk("go-on", otherwise=Said.ENOUGH)
    sit(store, library, bond, desk, TODAY + timedelta(days=1))
    assert desk.asked[0].question == m.CUT_OFF_ASK


def test_a_check_in_left_before_its_first_mark_does_not_stand_before_a_sitting(
    store: Store, library: Library, bond: Bond
) -> None:
    cut_off(store, library, bond, *CHECK_IN, "first")
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, ScriptedDesk(KeyboardInterrupt()), TODAY + timedelta(days=1), check_in_only=True)
    desk = ScriptedDesk("go-on")
    sit(store, library, bond, desk, TODAY + timedelta(days=1))
    assert desk.asked[0].question == m.CUT_OFF_ASK
    assert at_rest(store, bond)


@pytest.mark.parametrize("choice", ["go-on", "keep"])
def test_a_step_in_other_words_outlives_a_window_that_was_closed(
    store: Store, library: Library, bond: Bond, choice: str
) -> None:
    half = Typed("When it rains, I", KeyboardInterrupt())
    cut_off(store, library, bond, *CHECK_IN, "a", "b", "c", "change", half)
    desk = ScriptedDesk(choice, lambda asked: f"{asked.draft} will write." if asked.ask else Said.ENOUGH)
    sit(store, library, bond, desk)
    plans = [session.step.plan for session in all_sessions(store) if session.step]
    assert plans == ["When it rains, I will write." if choice == "go-on" else "When it rains, I"]
    assert at_rest(store, bond)


@pytest.mark.parametrize("contact", [Contact.NONE_THEIR_CHOICE, Contact.DIED])
def test_going_on_after_contact_has_changed_asks_nothing_that_assumes_it(
    store: Store, library: Library, bond: Bond, contact: Contact
) -> None:
    for cause in library.slugs:
        desk = ScriptedDesk(*[Said.SKIP] * 4, otherwise=Typed("half", KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            sit(store, library, bond, desk, cause=cause, minutes=20)
        changed = bond._replace(contact=contact)
        after = ScriptedDesk("go-on", otherwise=lambda asked: asked.draft or "an answer" if asked.ask else Said.SKIP)
        sit(store, library, changed, after)
        assert set(after.walked) <= allowed(library, changed)
    assert texts(store).count("half") == len(library.slugs)


def test_words_to_a_question_that_has_left_its_pack_are_kept(store: Store, home: Path, bond: Bond) -> None:
    theirs = Path(__file__).resolve().parents[2] / "prompts" / "self-erasure.toml"
    own = home / "prompts" / "mine.toml"
    own.parent.mkdir()
    own.write_text(theirs.read_text("utf-8").replace("self-erasure", "mine"), "utf-8")
    desk = ScriptedDesk(*CHECK_IN, Typed("half a sen", KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        sit(store, Library(own.parent), bond, desk, cause="mine")
    own.unlink()
    sit(store, Library(own.parent), bond, ScriptedDesk("go-on", otherwise=Said.SKIP))
    assert texts(store) == ["half a sen"]


# --- two windows -------------------------------------------------------------------------


def second_window(store: Store, library: Library, bond: Bond, *script: Line) -> Callable[[Asked], Line]:
    """While the first window waits for a reply, a second one is opened, used and closed."""

    def reply(asked: Asked) -> Line:
        with closing(anew(store.path)) as other:
            sit(other, library, bond, ScriptedDesk(*script))
        return "in the first" if asked.ask else 4

    return reply


@pytest.mark.parametrize("skips", [0, 4])
def test_a_second_window_does_not_take_the_ground_from_the_first(
    store: Store, library: Library, bond: Bond, skips: int
) -> None:
    meanwhile = second_window(store, library, bond, *[Said.SKIP] * 4, "in the second")
    sit(store, library, bond, ScriptedDesk(*[Said.SKIP] * skips, meanwhile, *[Said.SKIP] * (4 - skips), "and more"))
    assert {"in the second", "and more"} <= set(texts(store))


@pytest.mark.parametrize("choice", ["go-on", "keep"])
def test_two_windows_on_one_sitting_keep_what_is_written_in_both(
    store: Store, library: Library, bond: Bond, choice: str
) -> None:
    script: tuple[Line, ...] = ("in the second",) if choice == "go-on" else (*CHECK_IN, 4, 4, "in the second")
    meanwhile = second_window(store, library, bond, choice, *script)
    sit(store, library, bond, ScriptedDesk(*CHECK_IN, "before", meanwhile, "after"))
    assert sorted(texts(store)) == ["after", "before", "in the first", "in the second"]
    assert at_rest(store, bond)


def test_two_windows_that_mark_the_same_scales_keep_the_marks_of_both(
    store: Store, library: Library, bond: Bond
) -> None:
    meanwhile = second_window(store, library, bond, *[1] * 4, "in the second")
    sit(store, library, bond, ScriptedDesk(meanwhile, *CHECK_IN[1:], "and more"))
    marks = sorted(list(session.checkin.values()) for session in all_sessions(store))
    assert marks == [[1] * 4, [4, *CHECK_IN[1:]]]
    assert sorted(texts(store)) == ["and more", "in the second"]
    assert at_rest(store, bond)


# --- what is refused ---------------------------------------------------------------------


@pytest.mark.parametrize(("wish", "error"), [({"minutes": 7}, UsageError), ({"cause": "no-such"}, NotFoundError)])
def test_what_is_refused_is_refused_before_anything_is_asked(
    store: Store, library: Library, bond: Bond, wish: dict[str, int | str], error: type[MotherBondError]
) -> None:
    desk = ScriptedDesk()
    with pytest.raises(error):
        sit(store, library, bond, desk, TODAY, **wish)
    assert (desk.asked, all_sessions(store)) == ([], [])


def test_every_measure_that_can_be_marked_comes_back_from_the_journal(
    store: Store, library: Library, bond: Bond
) -> None:
    session_id = sit(store, library, bond, ScriptedDesk(*[Said.SKIP] * 4, "words")).session.id  # type: ignore[union-attr]
    for measure in measures():
        sessions.mark(store, session_id, measure.id, measure.highest)
    assert the_session(store).checkin == {measure.id: measure.highest for measure in measures()}
