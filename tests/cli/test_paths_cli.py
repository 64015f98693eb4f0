"""Paths, words for feelings and practices at the command line: read about, walked, and asked for in mid-answer."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.bundled import feelings, practices, theme_path
from mother_bond.domain.bond import NO_CONTACT, Bond, Contact, Role
from mother_bond.domain.entry import Session
from mother_bond.domain.prompt import SLUGS
from mother_bond.errors import ExitCode
from mother_bond.library.render import fill
from mother_bond.storage import bonds, past, sessions
from mother_bond.wording.visible import one_line
from tests.desks import ScriptedDesk, Typed, all_sessions, anew, drafts, sit, texts, the_session
from tests.programs import SAVE, Terminal, program

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.bundled import Library
    from mother_bond.domain.path import ThemePath
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

    Run = Callable[..., Ran]

OWN, DEBT = "individuation", "emotional-debt"
CHECK_IN = "3\n2\n5\n5\n"
LEAVE, FEELING = "\x04", "\x06"


def the_path(cause: str, role: Role = Role.MOTHER) -> ThemePath:
    path = theme_path(cause, role)
    assert path is not None
    return path


def walked_to(store: Store, bond: Bond, cause: str, part: int, days: int = 3) -> str:
    """A sitting on a part so many days ago; the result is its day, as it is shown."""
    day = clock.now().date() - timedelta(days=days)
    at = f"{day}T21:00:00+00:00"
    made = f"01K{len(all_sessions(store)):023}"
    whole = Session(made, "", bond, at, day.isoformat(), cause, checkin={"mood": 5}, path=f"{cause}.{part}")
    sessions.start(store, whole)
    return clock.short_day(day)


def questions(library: Library, bond: Bond, cause: str, part: int) -> list[str]:
    """The questions of a part as they are asked."""
    found = [library.prompt(prompt_id) for prompt_id in the_path(cause, bond.role).parts[part - 1].prompts]
    return [fill(prompt.text, bond) for prompt in found if prompt]


# --- paths -------------------------------------------------------------------------------


def test_without_a_journal_the_paths_of_both_sides_are_listed(run: Run, home: Path) -> None:
    ran = run("paths")
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    about, *lines = ran.out.splitlines()
    assert about == m.PATHS_ABOUT
    parts = {(role, slug): the_path(slug, role) for role in Role for slug in SLUGS}
    listed = {
        role: [
            f"{slug}  {parts[role, slug].name} ({m.count(len(parts[role, slug].parts), m.PART_WORD)})" for slug in SLUGS
        ]
        for role in Role
    }
    assert lines == [line for role in Role for line in ("", m.SIDES[role], *listed[role])]
    assert not home.exists()


@pytest.mark.parametrize("role", Role)
def test_the_paths_of_one_side_can_be_asked_for(run: Run, role: Role) -> None:
    out = run("paths", "--role", role).out
    assert [side for side in m.SIDES.values() if side in out] == [m.SIDES[role]]
    assert all(the_path(slug, role).name in out for slug in SLUGS)


def test_with_a_journal_the_paths_are_those_of_ones_own_side_and_say_how_far_they_were_walked(
    run: Run, store: Store, bond: Bond
) -> None:
    day = walked_to(store, bond, OWN, 3)
    out = run("paths").out
    path = the_path(OWN)
    assert m.SIDES[Role.CHILD] not in out
    walked = m.PATH_WALKED.format(n=3, of=len(path.parts), day=day)
    assert f"{OWN}  {path.name} ({walked})" in out.splitlines()
    assert out.count(day) == 1
    assert day not in run("paths", "--role", "child").out


def test_how_far_is_told_of_the_bond_that_is_named(run: Run, store: Store, bond: Bond) -> None:
    mum = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, "Mum", "Mum")
    bonds.put(store, mum)
    day = walked_to(store, mum, DEBT, 2)
    assert day not in run("paths").out
    out = run("paths", "--bond", "Mum").out
    assert m.SIDES[Role.CHILD] in out
    assert day in out
    assert run("paths", "--bond", "Nobody").code == ExitCode.NOT_FOUND


def test_one_path_is_read_about_part_by_part(run: Run, store: Store, bond: Bond) -> None:
    day = walked_to(store, bond, OWN, 3)
    path, names = the_path(OWN), {practice.id: practice.name for practice in practices()}
    ran = run("paths", OWN)
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert ran.out.splitlines() == [
        f"{path.name} ({m.SIDES[Role.MOTHER]})",
        path.about,
        m.PATH_WALKED.format(n=3, of=len(path.parts), day=day),
        *(
            f"{m.PATH_PART.format(n=n, title=part.title)}; {m.PATH_PRACTICE.format(practice=names[part.practice])}"
            for n, part in enumerate(path.parts, 1)
        ),
    ]


def test_without_a_journal_one_path_is_told_from_both_sides(run: Run, home: Path) -> None:
    lines = run("paths", OWN).out.splitlines()
    heads = [f"{the_path(OWN, role).name} ({m.SIDES[role]})" for role in Role]
    assert [line for line in lines if line in heads] == heads
    assert "" in lines
    assert run("paths", OWN, "--role", "child").out.splitlines()[0] == heads[1]
    assert not home.exists()


def test_paths_as_json_name_every_part_and_how_far_one_is(run: Run, store: Store, bond: Bond) -> None:
    walked_to(store, bond, OWN, 3)
    listed = json.loads(run("paths", "--json").out)
    assert (listed["version"], listed["kind"]) == (1, "path-list")
    assert [path["cause"] for path in listed["paths"]] == list(SLUGS)
    assert {path["cause"]: path["walked"] for path in listed["paths"] if path["walked"]} == {OWN: 3}
    shown = json.loads(run("paths", OWN, "--json").out)
    assert (shown["version"], shown["kind"]) == (1, "path-pages")
    (page,) = shown["pages"]
    assert (page["role"], page["walked"]) == ("mother", 3)
    assert [part["title"] for part in page["parts"]] == [part.title for part in the_path(OWN).parts]
    assert [tuple(part["prompts"]) for part in page["parts"]] == [part.prompts for part in the_path(OWN).parts]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("paths nonsense", ExitCode.NOT_FOUND, m.CAUSE_NONE),
        ("paths individuation --role father", ExitCode.USAGE, "--role"),
        ("reflect nonsense --path --plain", ExitCode.NOT_FOUND, m.CAUSE_NONE),
        ("reflect --path --plain", ExitCode.NOT_FOUND, m.PATH_NONE),
        ("steps offer nonsense", ExitCode.NOT_FOUND, m.PRACTICE_NONE),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_put_out(
    run: Run, store: Store, bond: Bond, line: str, code: ExitCode, said: str
) -> None:
    ran = run(*line.split(), given=CHECK_IN)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert all_sessions(store) == []


def test_a_theme_of_ones_own_has_no_path_and_says_so(run: Run, home: Path, library: Library, bond: Bond) -> None:
    (home / "prompts").mkdir()
    text = Path(library.file(OWN)).read_text(encoding="utf-8").replace(OWN, "mine")
    (home / "prompts" / "mine.toml").write_text(text, encoding="utf-8")
    for line in ("paths mine", "reflect mine --path --plain"):
        ran = run(*line.split(), given=CHECK_IN)
        assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
        assert ran.err.splitlines()[0] == m.PATH_NOT_HERE
    assert "mine" not in run("paths").out


# --- a path, walked ----------------------------------------------------------------------


def test_where_no_path_was_begun_the_way_to_one_is_said_before_anything_is_asked(
    run: Run, store: Store, bond: Bond
) -> None:
    ran = run("reflect", "--path", "--plain", given=CHECK_IN)
    assert ran.err.splitlines() == [m.PATH_NONE, m.PATH_NONE_HINT]
    begins = re.search(r"mother-bond (reflect \S+ --path)", m.PATH_NONE_HINT)
    assert begins
    assert run(*begins[1].split(), "--plain", given=CHECK_IN + "words\n.\n/enough\n").code == ExitCode.OK
    assert the_session(store).path is not None


def test_a_part_is_walked_through_standard_input(run: Run, store: Store, bond: Bond, library: Library) -> None:
    path, asked = the_path(OWN), questions(library, bond, OWN, 1)
    answers = "".join(f"answer {n}\n.\n" for n in range(len(asked)))
    done = program("reflect", OWN, "--path", "--plain", given=f"{CHECK_IN}{answers}\nkind\n.\nnext\n.\n5\n")
    session = the_session(store)
    assert done.code == ExitCode.OK
    assert f"part 1 of {len(path.parts)}" in done.err
    assert [done.err.index(question) for question in asked] == sorted(done.err.index(question) for question in asked)
    assert done.out.startswith("Saved for ")
    assert (session.path, session.cause, session.unfinished) == (f"{OWN}.1", OWN, False)
    assert [answer.question for answer in session.answers][: len(asked)] == asked
    assert texts(store) == [*(f"answer {n}" for n in range(len(asked))), "kind", "next"]


def test_the_next_part_follows_and_is_in_the_json_of_what_was_saved(run: Run, store: Store, bond: Bond) -> None:
    walked_to(store, bond, OWN, 1)
    ran = run("reflect", "--path", "--plain", "--json", given=CHECK_IN + "\n\nwords\n.\n/enough\n")
    assert json.loads(ran.out)["session"]["path"] == f"{OWN}.2"
    assert f"part 2 of {len(the_path(OWN).parts)}" in ran.err


def test_a_path_walked_to_its_end_says_that_it_begins_again(run: Run, store: Store, bond: Bond) -> None:
    walked_to(store, bond, OWN, len(the_path(OWN).parts), days=5)
    day = clock.long_day(clock.now().date() - timedelta(days=5))
    ran = run("reflect", OWN, "--path", "--plain", given=CHECK_IN + "\n\nwords\n.\n/enough\n")
    assert m.PATH_BEGINS_AGAIN.format(day=day) in ran.err.splitlines()
    assert "part 1 of" in ran.err


@pytest.mark.parametrize(("days", "reminds"), [(3, True), (1, False)])
@pytest.mark.parametrize("more", ["", OWN, "--path"])
def test_an_open_path_is_called_to_mind_on_a_free_evening(
    run: Run, store: Store, bond: Bond, days: int, reminds: bool, more: str
) -> None:
    walked_to(store, bond, OWN, 3, days)
    said = m.PATH_OPEN.format(path=the_path(OWN).name, n=4)
    ran = run("reflect", *more.split(), "--plain", given="/enough\n")
    assert (said in ran.err.splitlines()) == (reminds and more != "--path")


def test_a_check_in_alone_calls_no_path_to_mind(run: Run, store: Store, bond: Bond) -> None:
    walked_to(store, bond, OWN, 3)
    assert the_path(OWN).name not in run("check-in", "--plain", given="3\n/enough\n").err


def test_in_plain_lines_too_it_is_said_what_comes_next(run: Run, store: Store, bond: Bond) -> None:
    ran = run("reflect", OWN, "--path", "--plain", given=CHECK_IN + "words\n.\n/enough\n")
    assert m.PATH_NEXT.format(n=1, of=len(the_path(OWN).parts)) in ran.err.splitlines()


def test_after_a_part_that_was_cut_off_and_kept_as_it_is_comes_the_next_one(
    run: Run, store: Store, bond: Bond, library: Library
) -> None:
    with pytest.raises(KeyboardInterrupt):
        sit(
            store,
            library,
            bond,
            ScriptedDesk(3, 2, 5, 5, "before", KeyboardInterrupt()),
            clock.now().date() - timedelta(days=1),
            cause=OWN,
            part=1,
        )
    run("reflect", OWN, "--path", "--plain", given="keep\n" + CHECK_IN + "\n\nwords\n.\n/enough\n")
    assert [session.path for session in all_sessions(store)] == [f"{OWN}.1", f"{OWN}.2"]


def test_at_a_screen_a_part_ends_with_what_comes_next(store: Store, bond: Bond, library: Library) -> None:
    with Terminal("reflect", OWN, "--path") as terminal:
        for _ in range(4):
            terminal.expect("›")
            terminal.send("\r")
        terminal.expect("part 1 of")
        terminal.answer("words of mine")
        terminal.expect("Ctrl-S go on")
        terminal.send(LEAVE)
        assert terminal.end() == ExitCode.OK
        said = " ".join(terminal.text.split())
    assert m.PATH_NEXT.format(n=1, of=len(the_path(OWN).parts)) in said
    assert texts(store) == ["words of mine"]
    assert past.paths(store, bond.id)[OWN].part == 1


# --- words for feelings ------------------------------------------------------------------


def test_the_feelings_are_words_with_their_meanings_in_four_groups(run: Run, home: Path) -> None:
    ran = run("feelings")
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    groups = [block.splitlines() for block in ran.out.rstrip("\n").split("\n\n")]
    assert [group[0] for group in groups] == list(m.FEELING_GROUPS.values())
    lines = [line for group in groups for line in group[1:]]
    assert sorted(lines) == sorted(f"  {feeling.word}: {feeling.meaning}" for feeling in feelings())
    assert len(lines) >= 60
    assert not home.exists()


def test_the_feelings_as_json_are_the_same_words(run: Run) -> None:
    result = json.loads(run("feelings", "--json").out)
    assert (result["version"], result["kind"]) == (1, "feeling-list")
    assert [(group["energy"], group["pleasant"]) for group in result["groups"]] == [
        (str(energy), pleasant) for energy, pleasant in m.FEELING_GROUPS
    ]
    found = {f["word"]: f["meaning"] for group in result["groups"] for f in group["feelings"]}
    assert found == {feeling.word: feeling.meaning for feeling in feelings()}
    assert len(found) == len(feelings())


def test_in_a_plain_sitting_the_words_are_said_and_the_question_is_asked_again(
    run: Run, store: Store, bond: Bond, library: Library
) -> None:
    ran = run("reflect", OWN, "--path", "--plain", given=CHECK_IN + "/feelings\none\n.\n/enough\n")
    first, second = questions(library, bond, OWN, 1)[:2]
    lines = ran.err.splitlines()
    for group in m.FEELING_GROUPS.values():
        assert [line for line in lines if line.startswith(f"{group}: ")]
    assert all(re.search(rf"\b{feeling.word}\b", ran.err) for feeling in feelings())
    assert m.FEELINGS_MORE in lines
    assert (lines.count(first), lines.count(second)) == (2, 1)
    assert lines.index(first) < lines.index(m.FEELINGS_MORE) < len(lines) - lines[::-1].index(first)
    assert texts(store) == ["one"]


def test_what_was_typed_already_stands_while_the_words_are_looked_at(
    run: Run, store: Store, bond: Bond, library: Library
) -> None:
    script = (3, 2, 5, 5, Typed("half a thought", KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        sit(store, library, bond, ScriptedDesk(*script), clock.now().date(), cause=OWN)
    ran = run("reflect", "--plain", given="go-on\n/feelings\nand more\n.\n/enough\n")
    assert m.FEELINGS_MORE in ran.err.splitlines()
    assert ran.err.splitlines().count("half a thought") == 2
    assert texts(store) == ["half a thought\nand more"]
    assert drafts(store) == []


def test_the_words_are_no_answer_where_nothing_follows(run: Run, store: Store, bond: Bond) -> None:
    run("reflect", "--plain", given=CHECK_IN + "/feelings\n/enough\n")
    assert texts(store) == []


def test_at_a_screen_a_key_shows_the_words_and_leaves_the_draft(store: Store, bond: Bond, home: Path) -> None:
    with Terminal("reflect", OWN) as terminal:
        for _ in range(4):
            terminal.expect("›")
            terminal.send("\r")
        terminal.expect("Ctrl-F feelings")
        terminal.send("so far")
        terminal.expect("so far")
        terminal.send(FEELING)
        for group in m.FEELING_GROUPS.values():
            terminal.expect(f"{group}: ")
        terminal.expect("says in a line what")
        terminal.expect("1 of 3")
        terminal.expect("so far")
        terminal.expect("Ctrl-F feelings")
        assert drafts(store) == ["so far"]
        terminal.send(", and then")
        terminal.expect("then")
        terminal.send(SAVE)
        terminal.expect("2 of 3")
        terminal.expect("Ctrl-S go on")
        terminal.send(LEAVE)
        assert terminal.end() == ExitCode.OK
    with closing(anew(home / "journal.db")) as other:
        assert texts(other) == ["so far, and then"]


# --- a practice --------------------------------------------------------------------------


@pytest.mark.parametrize("practice", practices(), ids=lambda practice: practice.id)
def test_a_practice_is_shown_whole(run: Run, store: Store, bond: Bond, practice: Any) -> None:
    act = practice.acts[bond.role]

    def words(text: str) -> str:
        return one_line(fill(text, bond))

    ran = run("steps", "offer", practice.id)
    assert (ran.code, ran.err) == (ExitCode.OK, "")
    assert ran.out.splitlines() == [
        f"{practice.id}  {practice.name}",
        words(act.what),
        m.STEP_WHY.format(text=words(act.may_help)),
        m.STEP_PLAN.format(text=words(act.plan)),
        m.STEP_SMALLER.format(text=words(act.smaller)),
        *([m.STEP_SAY] if act.say else []),
        *(f"“{words(say)}”" for say in act.say),
        *([m.STEP_NOTICE] if act.notice else []),
        *(f"· {words(notice)}" for notice in act.notice),
        m.STEP_NOT_NOW.format(text=words(act.not_now)),
    ]


def test_some_practices_have_ways_to_say_it_and_phrases_to_notice() -> None:
    for role in Role:
        assert any(practice.acts[role].say for practice in practices())
        assert any(practice.acts[role].notice for practice in practices())


def test_a_practice_as_json_has_all_its_parts(run: Run, store: Store, bond: Bond) -> None:
    practice = next(p for p in practices() if p.acts[bond.role].say and p.acts[bond.role].notice)
    result = json.loads(run("steps", "offer", practice.id, "--json").out)
    act = practice.acts[bond.role]
    assert (result["version"], result["kind"], result["id"]) == (1, "practice-for", practice.id)
    assert result["say"] == [fill(say, bond) for say in act.say]
    assert result["notice"] == [fill(notice, bond) for notice in act.notice]
    assert all(
        result[key] == fill(getattr(act, key), bond) for key in ("what", "may_help", "plan", "smaller", "not_now")
    )


@pytest.mark.parametrize("contact", sorted(NO_CONTACT))
def test_a_practice_that_needs_contact_is_not_shown_where_there_is_none(
    run: Run, store: Store, bond: Bond, contact: Contact
) -> None:
    needing = next(practice for practice in practices() if practice.needs_contact)
    assert run("steps", "offer", needing.id).code == ExitCode.OK
    bonds.put(store, bond._replace(contact=contact))
    ran = run("steps", "offer", needing.id)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err.splitlines() == [m.PRACTICE_CONTACT, m.PRACTICE_NONE_HINT]
