"""What ships in prompts/ and data/: whole, walkable by everybody, gently worded, and known by its sources."""

from __future__ import annotations

import re
import stat
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import bundled, paths
from mother_bond import messages as m
from mother_bond.actions.help_now import help_now
from mother_bond.actions.library import check_all
from mother_bond.bundled import Library, closings, demo_journal, help_lines, measures, practices, sources
from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role
from mother_bond.domain.measure import Part
from mother_bond.domain.prompt import CAUSES, GUARD, LOOP, SLUGS, Depth, Kind, Prompt, Stage
from mother_bond.exchange.jsonl import from_line
from mother_bond.library import rules
from mother_bond.library.pack import read_pack
from mother_bond.library.render import unknown_placeholders
from tests.made import act_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mother_bond.domain.entry import Session

LIBRARY = Library(Path("no such folder"))
PACKS = list(LIBRARY.packs())
PROMPTS = [prompt for pack in PACKS for prompt in pack.prompts]
TO_THE_OTHER = re.compile(
    r"\b(tell|ask|ring|call|phone|text|visit|invite|message|write to|send|reply to|answer|meet) \{(name|them|call)\}",
    re.I,
)


def here(slug: str, role: Role, stage: Stage) -> list[Prompt]:
    return [p for p in LIBRARY.pack(slug).prompts if (p.role, p.stage) == (role, stage)]


# --- packs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_every_pack_passes_the_reader_without_a_finding(slug: str) -> None:
    path = bundled._ROOT / "prompts" / f"{slug}.toml"
    pack, found = bundled.read_pack_file(path)
    assert found == []
    assert pack is not None
    assert pack.cause == slug


def test_the_editor_finds_nothing_to_mend_in_all_that_ships() -> None:
    checked = check_all(LIBRARY)
    assert [finding for file in checked.files for finding in file.findings] == []
    assert {Path(file.file).stem for file in checked.files} == {
        *SLUGS,
        "practices",
        "closings",
        "feelings",
        "measures",
        "paths",
    }


def test_there_is_a_pack_for_each_theme_and_no_other_file() -> None:
    assert {path.name for path in (bundled._ROOT / "prompts").iterdir()} == {f"{slug}.toml" for slug in SLUGS}


def test_the_loop_and_the_guard_are_what_they_are_called() -> None:
    kinds = {pack.cause: pack.kind for pack in PACKS}
    assert kinds == dict.fromkeys(CAUSES, Kind.CAUSE) | {LOOP: Kind.LOOP, GUARD: Kind.GUARD}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_theme_has_fourteen_questions_a_role_and_every_depth_at_every_stage(slug: str, role: Role) -> None:
    counts = {stage: len(here(slug, role, stage)) for stage in Stage}
    assert counts[Stage.NOTICE] >= 5
    assert counts[Stage.LOOK_AGAIN] >= 5
    assert counts[Stage.TEND] >= 4
    assert all({p.depth for p in here(slug, role, stage)} == set(Depth) for stage in Stage)


def test_both_roles_are_asked_as_much() -> None:
    roles = Counter(prompt.role for prompt in PROMPTS)
    assert len(PROMPTS) >= 364
    assert roles[Role.MOTHER] == roles[Role.CHILD]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("contact", Contact)
def test_every_theme_can_be_walked_for_every_contact(slug: str, contact: Contact) -> None:
    for role in Role:
        for stage in Stage:
            left = [prompt for prompt in here(slug, role, stage) if contact not in prompt.not_when]
            assert len(left) >= 2, (role, stage)
            assert any(prompt.depth is Depth.LIGHT for prompt in left), (role, stage)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_role_meets_every_depth(slug: str) -> None:
    for role in Role:
        assert {p.depth for p in LIBRARY.pack(slug).prompts if p.role is role} == set(Depth)


def test_every_id_is_used_once_in_the_whole_library() -> None:
    ids = [prompt.id for prompt in PROMPTS] + [closing.id for closing in closings()]
    assert [name for name, times in Counter(ids).items() if times > 1] == []


def test_every_source_that_is_named_is_known() -> None:
    named = {s for pack in PACKS for s in pack.sources} | {s for prompt in PROMPTS for s in prompt.sources}
    named |= {s for closing in closings() for s in closing.sources}
    named |= {s for practice in practices() for s in practice.sources}
    named |= {s for row in bundled._data("measures")["measure"] for s in row["sources"]}
    assert named <= sources()


def test_an_unknown_source_in_a_shipped_pack_would_be_found() -> None:
    raw = {"sources": ["S9.99"]}
    assert any(finding.key == "sources" for finding in read_pack(raw, sources())[1])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_theme_is_told_from_both_sides_in_150_to_300_words_and_without_placeholders(slug: str) -> None:
    about = LIBRARY.pack(slug).about
    assert set(about) == set(Role)
    assert all(150 <= len(text.split()) <= 300 and "{" not in text for text in about.values())
    assert about[Role.MOTHER] != about[Role.CHILD]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_eleven_have_a_way_in_sentence_for_each_role_and_the_others_none(slug: str) -> None:
    way_in = LIBRARY.pack(slug).way_in
    assert set(way_in) == (set(Role) if slug in CAUSES else set())
    for sentence in way_in.values():
        assert re.fullmatch(r"[A-Z“][^{}?\n]{8,120}\.”?", sentence)
        assert re.search(r"\b(I|me|my|us|our|we)\b", sentence, re.I)


def test_a_pair_joins_the_two_roles_at_the_same_stage_of_one_theme_both_ways() -> None:
    known = {prompt.id: prompt for prompt in PROMPTS}
    paired = [prompt for prompt in PROMPTS if prompt.pair]
    assert min(Counter(prompt.cause for prompt in paired).values()) >= 2 * 4
    for prompt in paired:
        other = known[prompt.pair or ""]
        assert (other.cause, other.stage, other.pair) == (prompt.cause, prompt.stage, prompt.id)
        assert other.role is not prompt.role


def test_a_question_that_is_closed_where_there_is_no_contact_is_closed_after_a_death_too() -> None:
    for prompt in PROMPTS:
        assert not prompt.not_when or Contact.DIED in prompt.not_when, prompt.id


def test_needs_and_open_questions_are_gathered_in_every_theme() -> None:
    for pack in PACKS:
        for role in Role:
            assert {p.gather for p in pack.prompts if p.role is role and p.gather} == {"needs", "questions"}, pack.cause


# --- the guard ---------------------------------------------------------------------------------


def test_no_question_of_the_guard_needs_contact_or_steers_toward_it() -> None:
    for prompt in LIBRARY.pack(GUARD).prompts:
        assert prompt.not_when == set()
        assert not TO_THE_OTHER.search(prompt.text + prompt.help), prompt.id


def test_no_practice_of_the_guard_needs_contact_or_steers_toward_it() -> None:
    for practice in practices():
        if GUARD in practice.causes or not practice.causes:
            assert not practice.needs_contact
            for act in practice.acts.values():
                assert not TO_THE_OTHER.search(" ".join(act_texts(act).values())), practice.id


def test_the_guard_speaks_of_help_and_asks_for_no_reason() -> None:
    for text in LIBRARY.pack(GUARD).about.values():
        assert "help lines can be opened at any time" in text
        assert "Nothing here asks you" in text


# --- practices ---------------------------------------------------------------------------------


def test_there_are_thirty_practices_for_both_roles_with_all_their_parts() -> None:
    assert len({practice.id for practice in practices()}) == len(practices()) == 30
    for practice in practices():
        assert set(practice.acts) == set(Role)
        assert all(
            len(text.split()) >= 5
            for act in practice.acts.values()
            for text in (act.what, act.may_help, act.plan, act.smaller, act.not_now)
        )
        assert practice.sources
        assert set(practice.causes) <= set(SLUGS)


def test_every_plan_is_one_when_and_one_i_will() -> None:
    for practice in practices():
        for act in practice.acts.values():
            for plan in (act.plan, act.smaller):
                assert plan.startswith("When "), plan
                assert plan.count(", I will ") == 1, plan
                assert plan.endswith("."), plan


@pytest.mark.parametrize("contact", sorted(NO_CONTACT))
def test_a_practice_that_needs_contact_never_fits_where_there_is_none(contact: Contact) -> None:
    bond = Bond("1", Role.MOTHER, "Daniel", "my son", contact=contact)
    fitting = [practice for practice in practices() if practice.fits(bond)]
    assert len(fitting) >= 10
    assert not any(practice.needs_contact for practice in fitting)


def test_a_step_without_contact_asks_for_none() -> None:
    for practice in practices():
        if not practice.needs_contact:
            for act in practice.acts.values():
                assert not TO_THE_OTHER.search(act.plan + act.smaller), practice.id


def test_a_benefit_is_only_ever_possible() -> None:
    for practice in practices():
        for act in practice.acts.values():
            assert re.search(r"\b(may|for some)\b", act.may_help), practice.id


# --- measures, closings, wording ---------------------------------------------------------------


def test_the_measures_are_those_of_the_check_in_in_their_order() -> None:
    daily = [measure.id for measure in measures() if not measure.weekly and not measure.closing]
    weekly = [measure.id for measure in measures() if measure.weekly]
    assert daily == ["nearness", "owed", "room", "mood"]
    assert weekly == ["wished", "warmth", "strain", "kind", "contact", "after"]
    assert [measure.id for measure in measures() if measure.closing] == ["mood-after"]


def test_every_measure_is_sane() -> None:
    seen: set[str] = set()
    for measure in measures():
        assert measure.id not in seen
        assert measure.after is None or measure.after in seen
        assert measure.highest == (len(measure.words) or 7)
        assert measure.low != measure.high
        assert measure.words == () or (measure.low, measure.high) == (measure.words[0], measure.words[-1])
        assert measure.question.count("?") == 1
        assert (measure.not_when >= NO_CONTACT) == (measure.id in {"contact", "after"})
        seen.add(measure.id)


def test_nearness_and_wished_nearness_share_a_scale_and_a_picture() -> None:
    scales = {(x.low, x.high, x.highest) for x in measures() if x.picture}
    assert {x.id for x in measures() if x.picture} == {"nearness", "wished"}
    assert len(scales) == 1


def test_every_cue_leads_to_a_theme_from_one_end_of_its_scale() -> None:
    cues = [(measure, measure.cue) for measure in measures() if measure.cue]
    assert len(cues) == 3
    for measure, cue in cues:
        assert cue.cause in CAUSES
        assert (cue.at_least is None) != (cue.at_most is None)
        assert 1 <= (cue.at_least or cue.at_most or 0) <= measure.highest
        assert not cue.because.endswith(".")


def test_closings_come_in_three_parts_each_with_light_ones() -> None:
    whole = Counter(closing.part for closing in closings())
    light = Counter(closing.part for closing in closings() if closing.light)
    assert set(whole) == set(light) == set(Part)
    assert sum(whole.values()) >= 30
    assert min(light.values()) >= 14


def test_a_closing_is_one_easy_thing() -> None:
    for closing in closings():
        assert closing.text.count("?") <= 1, closing.id
        assert len(closing.text.split()) <= 25, closing.id
        assert not re.search(r"\{(name|they|them|their|call)\}", closing.text), closing.id


def data_texts() -> Iterator[tuple[str, str]]:
    for closing in closings():
        yield closing.id, closing.text
    for measure in measures():
        yield measure.id, " ".join((measure.name, measure.question, measure.low, measure.high, *measure.words))
    for practice in practices():
        yield practice.id, practice.name
        for role, act in practice.acts.items():
            yield from ((f"{practice.id}, {role}, {part}", text) for part, text in act_texts(act).items())
    for pack in PACKS:
        yield from ((f"{pack.cause}, way-in, {role}", text) for role, text in pack.way_in.items())


def test_all_that_ships_besides_the_questions_passes_the_wording_rules_too() -> None:
    assert [
        (where, list(rules.everywhere(text, 8))) for where, text in data_texts() if [*rules.everywhere(text, 8)]
    ] == []


def test_every_placeholder_that_ships_is_known_and_no_pronoun_is_fixed() -> None:
    for where, text in [*data_texts(), *((f"{p.id}, help", p.help) for p in PROMPTS)]:
        assert unknown_placeholders(text) == [], where
        assert not re.search(r"\b(he|she|him|her|his|hers)\b", text, re.I), where


# --- help lines --------------------------------------------------------------------------------


def test_every_help_line_has_its_source_and_the_list_its_date() -> None:
    known = help_lines()
    assert isinstance(known.checked, date)
    assert len(known.lines) >= 15
    for line in known.lines:
        assert line.kind in m.HELP_KINDS
        assert line.name
        assert line.contact
        assert (line.source in sources()) == line.verified, line
        assert line.verified or line.source == "memory", line


@pytest.mark.parametrize("country", ["US", "CA", "GB", "IE", "AU", "NZ", "EU"])
def test_each_country_has_somebody_to_talk_to_and_a_line_for_danger(country: str) -> None:
    kinds = {line.kind for line in help_lines().lines if line.country == country}
    assert kinds >= {"crisis", "emergency"}


@pytest.mark.parametrize("country", ["GB", " gb ", "NZ", "ZZ", ""])
def test_ones_own_lines_and_country_come_first_and_the_rest_of_the_world_last(country: str) -> None:
    shown = help_now(country, ("Ring Ann",), date(2026, 11, 21))
    first = country.strip().upper()
    mine = [line.country == first for line in shown.lines]
    assert shown.own == ("Ring Ann",)
    assert mine == sorted(mine, reverse=True)
    assert shown.lines[-1].country == "*"
    assert sorted(shown.lines) == sorted(help_lines().lines)


@pytest.mark.parametrize(("days", "old"), [(0, False), (365, False), (366, True)])
def test_a_list_that_was_checked_over_a_year_ago_says_so(days: int, old: bool) -> None:
    assert help_now("", (), help_lines().checked + timedelta(days=days)).old == old


def test_help_lines_are_shown_without_a_journal_and_despite_broken_settings(
    home: Path, run: Callable[..., Any]
) -> None:
    assert "116 123" in run("help-now", "--country", "IE").out
    assert not home.exists()
    home.mkdir()
    (home / "config.toml").write_text("oops")
    ran = run("help-now")
    assert ran.code == 0
    assert m.HELP_NOW in ran.out


def test_a_number_that_was_not_verified_is_shown_as_one_to_check(run: Callable[..., Any]) -> None:
    said = run("help-now").out.splitlines()
    doubtful = [line for line in help_lines().lines if not line.verified]
    assert sum(line.endswith(m.HELP_UNVERIFIED) for line in said) == len(doubtful)


# --- the made-up journals ----------------------------------------------------------------------


def demo(role: Role) -> list[Session]:
    taken = []
    for line in demo_journal(role).read_bytes().splitlines():
        session, problem, unknown = from_line(line)
        assert (problem, unknown) == (None, set())
        assert session is not None
        taken.append(session)
    return taken


@pytest.mark.parametrize("role", Role)
def test_a_made_up_journal_loads_line_by_line_in_order_and_spans_a_year(role: Role) -> None:
    moments = [datetime.fromisoformat(session.at) for session in demo(role)]
    assert all(one < two for one, two in pairwise(moments))
    assert timedelta(days=330) < moments[-1] - moments[0] < timedelta(days=366)
    assert len(moments) >= 60


@pytest.mark.parametrize("role", Role)
def test_within_a_made_up_session_every_answer_is_in_its_time(role: Role) -> None:
    for session in demo(role):
        times = [datetime.fromisoformat(t) for t in (session.at, *(a.at for a in session.answers))]
        assert times == sorted(times), session.at
        assert times[-1] - times[0] <= timedelta(seconds=session.seconds or 0), session.at


@pytest.mark.parametrize("role", Role)
def test_a_made_up_journal_uses_questions_of_its_role_alone(role: Role) -> None:
    endings = {closing.id for closing in closings()}
    for session in demo(role):
        assert session.bond.role is role
        for answer in session.answers:
            if answer.prompt and answer.prompt not in endings:
                prompt = LIBRARY.prompt(answer.prompt)
                assert prompt is not None, answer.prompt
                assert (prompt.role, prompt.cause) == (role, session.cause), session.at
                assert session.bond.contact not in prompt.not_when


@pytest.mark.parametrize("role", Role)
def test_a_made_up_journal_keeps_to_the_program_it_shows(role: Role) -> None:
    known = {measure.id: measure for measure in measures()}
    kinds = {practice.id: practice for practice in practices()}
    for session in demo(role):
        assert all(1 <= mark <= known[name].highest for name, mark in session.checkin.items())
        assert set(session.way_in) <= set(CAUSES)
        assert session.cause is None or session.cause in SLUGS
        assert all(answer.question and "{" not in answer.question for answer in session.answers if answer.prompt)
        if session.step:
            assert kinds[session.step.practice or ""].fits(session.bond)
            assert session.step.plan.startswith("When ")


@pytest.mark.parametrize("role", Role)
def test_in_a_made_up_journal_no_question_comes_back_within_eight_weeks(role: Role) -> None:
    asked: dict[str, date] = {}
    again = 0
    for session in demo(role):
        day = date.fromisoformat(session.day)
        for prompt in [answer.prompt for answer in session.answers if answer.prompt and "." in answer.prompt]:
            if LIBRARY.prompt(prompt) is None:
                continue
            if prompt in asked:
                again += 1
                assert day - asked[prompt] >= timedelta(weeks=8), prompt
            asked[prompt] = day
    assert again


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where `demo` makes its folder: inside the test's own, under a name with a space in it."""
    folder = tmp_path / "for a while"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("role", Role)
def test_demo_makes_a_private_journal_to_look_around_in(
    role: Role, temporary: Path, home: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("demo", role)
    (folder,) = temporary.iterdir()
    assert ran.code == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not home.exists()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    assert len(run("list", "-n", "0").out.splitlines()) == len(demo(role))


def test_the_line_demo_prints_can_be_pasted_into_a_shell(temporary: Path, run: Callable[..., Any]) -> None:
    import subprocess

    line = run("demo").out
    script = f'{line}printf %s "${paths.HOME_VARIABLE}"'
    shell = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert [shell.stdout] == [str(folder) for folder in temporary.iterdir()]


def test_demo_for_nobody_is_refused(run: Callable[..., Any], temporary: Path) -> None:
    assert run("demo", "father").code == 2
    assert list(temporary.iterdir()) == []
