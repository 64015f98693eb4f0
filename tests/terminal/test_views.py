from __future__ import annotations

import io
import json
import re
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from mother_bond import messages as m
from mother_bond.actions import bonds as bond_actions
from mother_bond.actions import change, data, lists, look, paths, patterns, steps
from mother_bond.actions import library as reading
from mother_bond.actions.begin import WayInPage, sentences
from mother_bond.actions.feelings import feeling_list
from mother_bond.actions.findings import Around, Why, around, measure_page
from mother_bond.actions.help_now import help_now
from mother_bond.actions.lists import Hits, Lines, which
from mother_bond.actions.look import Both, Found, Year
from mother_bond.actions.saved import Saved
from mother_bond.bundled import Library, demo_journal
from mother_bond.domain.bond import NO_CONTACT, Bond, Role
from mother_bond.domain.line import EntryKind, Line
from mother_bond.export.said import sentence
from mother_bond.library.along import Walked
from mother_bond.patterns.course import course
from mother_bond.storage.lines import END, FOUND
from mother_bond.storage.search import Hit
from mother_bond.storage.store import create, open_store
from mother_bond.terminal import output
from mother_bond.terminal.views import changes, days, entry, help_lines, keeping, lines, saved
from mother_bond.terminal.views import feelings as feelings_view
from mother_bond.terminal.views import findings as findings_view
from mother_bond.terminal.views import library as library_view
from mother_bond.terminal.views import paths as paths_view
from mother_bond.terminal.views import practices as practices_view
from tests.made import BONDS, Plain, noted, sessions, texts
from tests.marks import every_statement, level
from tests.programs import on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mother_bond.domain.entry import Session
    from mother_bond.storage.store import Store
    from tests.conftest import Homes, Ran

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
BOXES = re.compile("[\u2500-\u259f▪]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FEW = settings(max_examples=max(20, settings().max_examples // 3))
MADE = date(2026, 11, 20)
WIDTHS = [60, 80, 120]
YEAR = Year(2026, {"2026-02-03": 2, "2026-02-28": 1, "2026-12-31": 12})


def screen(view: Any, result: Any, width: int = 80) -> str:
    """What a view draws on a screen of that width, on the console that it is given."""
    made = output.console()
    made.width = min(width, output.WIDEST)
    made.file = io.StringIO()
    view.as_screen(result, made)
    return made.file.getvalue()


def plain(view: Any, result: Any) -> str:
    return "\n".join(view.as_plain(result))


def widest(drawn: str) -> int:
    return max(map(cell_len, drawn.split("\n")))


def everything(store: Store, packs: Library) -> dict[str, tuple[Any, Any]]:
    """Each kind of result there is, with its view."""
    meant, bond = which(None), bond_actions.find(store, None)
    ref = lists.recent(store, meant, 1).lines[0].ref
    marked = {"individuation": 1}, {"individuation": 3, "self-erasure": 2}
    return {
        "list": (lines, lists.recent(store, meant, 20)),
        "search": (lines, lists.search(store, "tea", meant, 20)),
        "on-this-day": (lines, lists.on_this_day(store, date(2026, 10, 30), meant)),
        "show": (entry, look.show(store, ref)),
        "show one": (entry, look.show(store, f"{ref}.1")),
        "history": (entry.History, look.show(store, ref)),
        "then-and-now": (entry.ThenAndNow, look.then_and_now(store, meant, None, timedelta(days=1))),
        "nothing twice": (entry.ThenAndNow, ()),
        "calendar": (days, look.calendar(store, 2026, meant)),
        "patterns": (changes, patterns.changes(store, packs, which(bond), bond.name)),
        "patterns with claims": (
            changes,
            patterns.changes(store, packs, which(bond), bond.name)._replace(statements=every_statement()),
        ),
        **findings_of(store),
        "bonds": (keeping, bond_actions.listed(store)),
        "steps": (keeping, steps.taken(store, None)),
        "offer": (practices_view, steps.offered(bond)),
        "offer one": (
            practices_view,
            steps.find(bond, "open-question" if bond.contact not in NO_CONTACT else "self-kindness"),
        ),
        "paths": (paths_view, paths.path_list(packs, bond.role, {"individuation": Walked(3, "2026-05-03")})),
        "path": (paths_view, paths.PathPages((paths.path_page("individuation", bond.role, {}),))),
        "feelings": (feelings_view, feeling_list()),
        "check all": (library_view, reading.check_all(packs)),
        "empty trash": (keeping, change.trash(store)),
        "delete": (keeping, change.delete(store, ref)),
        "trash": (keeping, change.trash(store)),
        "import": (keeping, data.TakenIn(3, 2, 1, (f"line 2, at: {m.LINE_MOMENT}",), ("letters", "tags"))),
        "way-in": (keeping, WayInPage(sentences(packs, bond.role), "2026-08-01", *marked)),
        "empty way-in": (keeping, WayInPage((), None, {}, {})),
        "saved": (saved, Saved(look.show(store, ref, with_trashed=True).session, 214)),
        "nothing saved": (saved, Saved(None)),
        "causes": (library_view, reading.themes(packs)),
        "cause": (library_view, reading.theme(packs, "emotional-debt", Role.CHILD)),
        "prompts": (library_view, reading.prompts(packs, None, bond, None)),
        "help-now": (help_lines, help_now("GB", ("my sister, 01 234",), MADE)),
    }


def findings_of(store: Store) -> dict[str, tuple[Any, Any]]:
    """What may be said of the check-ins: of the journal, and every statement there could be."""
    meant, view = which(None), findings_view
    said, entries = every_statement(), tuple(lists.recent(store, meant, 20).lines)
    chosen = tuple(one for one in said if one.finding.around and one.finding.around[0] == one.finding.around[1])
    page = measure_page(store, meant, "nearness")
    return {
        "measure": (view, page),
        "measure with claims": (view, page._replace(statements=said)),
        "measure, longest names": (view, measure_page(store, meant, "after")),
        "measure, hardly marked": (view, measure_page(store, meant, "kind")),
        "around": (view, around(store, meant, date(2026, 5, 1))),
        "around, claims": (view, Around("2026-05-01", (*chosen, *said[-2:]))),
        "around, nothing": (view, Around("2026-05-01", ())),
        **{f"why {one.number}": (view, Why(one, entries)) for one in said if one.number},
    }


@pytest.fixture(params=list(Role))
def demo(home: Path, homes: Homes, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The made-up year of each role."""

    def make() -> None:
        with closing(create(home / "journal.db")) as store:
            data.take_in(store, demo_journal(request.param), data.Checked())

    homes.lay(home, make, "demo", request.param)
    with closing(open_store(home / "journal.db")) as made:
        yield made


@pytest.fixture(scope="module", params=list(Role))
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, Any]]:
    """Each kind of result there is, of the made-up year of each role."""
    folder = tmp_path_factory.mktemp("shown")
    with closing(create(folder / "journal.db")) as store:
        data.take_in(store, demo_journal(request.param), data.Checked())
        return everything(store, Library(folder / "prompts"))


# --- what every view keeps to ------------------------------------------------------------


def test_plain_lines_hold_no_boxes_and_nothing_that_steers(shown: dict[str, tuple[Any, Any]]) -> None:
    for name, (view, result) in shown.items():
        said = plain(view, result)
        assert not STEERING.search(said), name
        assert not BOXES.search(said), name
        assert said or name in {"on-this-day", "nothing twice", "empty trash"}, name


@pytest.mark.parametrize("width", WIDTHS)
def test_no_screen_is_wider_than_it_is(shown: dict[str, tuple[Any, Any]], width: int) -> None:
    for name, (view, result) in shown.items():
        drawn = screen(view, result, width)
        assert widest(drawn) <= min(width, output.WIDEST), name
        assert not STEERING.search(drawn), name


def test_lines_are_never_wider_than_is_pleasant_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, width in (("60", 60), ("88", 88), ("300", 88)):
        monkeypatch.setenv("COLUMNS", columns)
        assert output.console().width == width


@FEW
@given(sessions(), st.sampled_from(WIDTHS))
def test_whatever_was_written_fits_and_steers_nothing(session: Session, width: int) -> None:
    found = Found(session._replace(ref="k7fm"))
    both = Both(
        session.bond.name,
        "a",
        None,
        tuple(("k7fm.1", "2026-03-01", text) for text in (session.bond.name, session.bond.call)),
    )
    for view, result in ((entry, found), (entry.History, found), (entry.ThenAndNow, (both,))):
        drawn = screen(view, result, width)
        assert widest(drawn) <= min(width, output.WIDEST)
        assert not STEERING.search(drawn + plain(view, result))


def listed(text: str, bond: str, cause: str | None = None) -> Line:
    return Line("k7fm", "2026-03-01", bond, EntryKind.NOTE, cause, 1, text)


@FEW
@given(texts(300), BONDS, st.sampled_from(WIDTHS))
def test_whatever_was_written_fits_into_a_list(text: str, bond: Bond, width: int) -> None:
    held = listed(text, bond.name), listed(text, "Mum")
    for result in (Lines(held), Hits(tuple(Hit(line, 1, f"{FOUND}{text}{END} {text}") for line in held), 2)):
        drawn, said = screen(lines, result, width), plain(lines, result)
        assert widest(drawn) <= min(width, output.WIDEST)
        assert not STEERING.search(drawn + said)
        assert len(said.split("\n")) == 2


# --- hostile text ------------------------------------------------------------------------

LOUD = "[bold red]loud[/bold red]"
HOSTILE = (
    f"{LOUD} \x1b[31mred\x1b[0m \x1b]8;;http://a.b\x07link\x1b]8;;\x07 \x9b31m \u202egnirts\u2066 \x08\x07 :smile: [/]"
)
QUESTION = f"{LOUD} {HOSTILE}?"


@pytest.fixture
def hostile(run: Callable[..., Ran], home: Path, homes: Homes, tmp_path: Path) -> str:
    """A journal in which every text tries to steer the terminal; the short id of its newest entry."""
    bond = {"role": "mother", "name": f"{LOUD}\x1b]0;A\x07\n\u202eB", "call": f"C\x1b[2J{LOUD}"}
    answer = {
        "prompt": f"p\x1b[2J{LOUD}",
        "question": QUESTION,
        "revisions": [{"text": HOSTILE, "at": "2026-03-01T21:14:00Z"}],
    }
    step = {"practice": LOUD, "plan": f"When {HOSTILE}\nI will {HOSTILE}"}
    lines_of_file = [
        Plain(day=f"2026-0{n}-01", number=n).line(
            bond=bond, answers=[answer | {"text": f"{HOSTILE}\n{n} {HOSTILE}"}], step=step, checkin={"nearness": n}
        )
        for n in (1, 2, 3)
    ]
    (tmp_path / "hostile.jsonl").write_bytes(b"".join(lines_of_file))
    assert homes.lay(home, lambda: run("import", str(tmp_path / "hostile.jsonl")).code, "hostile") == 0
    return "0003"


LOOKS = {
    "list": ["list"],
    "search": ["search", "loud"],
    "show": ["show", "0003"],
    "history": ["history", "0003"],
    "then-and-now": ["then-and-now"],
    "on-this-day": ["on-this-day", "--date", "2026-03-01"],
    "calendar": ["calendar", "2026"],
    "patterns": ["patterns"],
    "bonds": ["bonds"],
    "steps": ["steps"],
    "prompts": ["prompts", "--cause", "individuation"],
}
SILENT = {"calendar"}
"""Where nothing of the writer's is shown."""


@pytest.mark.parametrize("name", LOOKS)
def test_hostile_text_is_shown_as_what_it_is_on_plain_lines(hostile: str, run: Callable[..., Ran], name: str) -> None:
    ran = run(*LOOKS[name], "--plain")
    assert ran.code == 0
    assert not STEERING.search(ran.out + ran.err)
    assert (LOUD in ran.out) == (name not in SILENT)


@pytest.mark.parametrize("name", LOOKS)
def test_hostile_text_is_shown_as_what_it_is_on_a_screen(hostile: str, name: str) -> None:
    ran = on_terminal(*LOOKS[name], env={"COLUMNS": "120"})
    shown = COLOUR.sub("", ran.out)
    assert ran.code == 0
    assert not STEERING.search(shown)
    assert ":smile: [/]" in " ".join(shown.split()) or name not in {"show", "history", "then-and-now", "steps"}
    assert (LOUD in " ".join(shown.split())) == (name not in SILENT)


@pytest.mark.parametrize("name", LOOKS)
def test_hostile_text_is_whole_and_harmless_in_json(hostile: str, run: Callable[..., Ran], name: str) -> None:
    ran = run(*LOOKS[name], "--json")
    assert (ran.code, ran.err) == (0, "For Sunday 1 March 2026.\n" if name == "on-this-day" else "")
    assert not STEERING.search(ran.out)
    assert json.loads(ran.out)["version"] == 1
    assert LOUD in ran.out or name in SILENT


def test_json_gives_the_words_back_exactly(hostile: str, run: Callable[..., Ran]) -> None:
    session = json.loads(run("show", hostile, "--json").out)["session"]
    assert session["answers"][0]["text"] == f"{HOSTILE}\n3 {HOSTILE}"
    assert session["bond"]["call"] == f"C\x1b[2J{LOUD}"


@pytest.mark.parametrize("kind", ["md", "jsonl"])
def test_hostile_text_is_harmless_in_an_export_that_is_looked_at(
    hostile: str, run: Callable[..., Ran], kind: str
) -> None:
    ran = run("export", "-", "--format", kind)
    assert ran.code == 0
    assert not STEERING.search(ran.out)


@pytest.mark.parametrize(
    ("word", "picture"), [("\x1b", "␛"), ("\x07", "␇"), ("\x9b", "<U+009B>"), ("\u202e", "<U+202E>")]
)
def test_what_steers_is_shown_by_its_picture(
    store: Store, bond: Bond, run: Callable[..., Ran], word: str, picture: str
) -> None:
    ref = noted(store, bond, "2026-03-01", f"a{word}b").ref
    assert f"a{picture}b" in run("list").out
    assert run("show", ref).out.endswith(f"\n1.\na{picture}b\n")


def test_what_languages_and_emoji_need_is_left_alone(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    text = "می‌خواهم 👩‍👦 é שלום ﷽ 你好\u200f."
    noted(store, bond, "2026-03-01", text)
    assert text in run("list").out


# --- each view ---------------------------------------------------------------------------


def test_a_line_of_a_list_is_id_day_bond_theme_and_first_words() -> None:
    assert plain(lines, Lines((listed("So\n  it was.", "Mum", "self-erasure"),))) == (
        "k7fm  2026-03-01  Mum  self-erasure  So it was."
    )
    assert plain(lines, Lines((listed("", "Mum")._replace(unfinished=True),))) == (
        f"k7fm  2026-03-01  Mum  note {m.UNFINISHED}"
    )


@pytest.mark.parametrize(("length", "cut"), [(100, False), (101, True)])
def test_long_first_words_are_cut_with_an_ellipsis(length: int, cut: bool) -> None:
    said = plain(lines, Lines((listed("x" * length, "Mum"),)))
    assert said.endswith("x" * 100 + "…" * cut)
    assert said.count("x") == 100


def test_bonds_are_named_on_a_screen_only_when_there_are_several() -> None:
    one, other = listed("So.", "Mum"), listed("So.", "Daniel")
    assert "Mum" not in screen(lines, Lines((one, one)))
    assert "Mum · note" in screen(lines, Lines((one, other)))


def test_what_was_found_keeps_its_spaces() -> None:
    hit = Hit(listed("", "Mum"), 2, f"…in the {FOUND}kitchen{END} at {FOUND}nine{END}, as always…")
    assert "k7fm.2" in screen(lines, Hits((hit,), 1))
    assert "…in the kitchen at nine, as always…" in screen(lines, Hits((hit,), 1))
    assert plain(lines, Hits((hit,), 1)).endswith("…in the kitchen at nine, as always…")


def test_an_entry_is_shown_from_top_to_bottom(demo: Store, run: Callable[..., Ran]) -> None:
    for line in lists.recent(demo, which(None), 0).lines:
        session = look.show(demo, line.ref).session
        said = " ".join(run("show", line.ref).out.split())
        parts = [session.ref, *(f"{k} {v}" for k, v in session.checkin.items())]
        parts += [part for a in session.answers for part in (a.question or "", a.text)]
        parts += [session.step.plan] if session.step else []
        places = [said.find(" ".join(part.split())) for part in parts]
        assert -1 not in places
        assert session.kind is EntryKind.WAY_IN or places[0] == 0


def test_one_answer_is_shown_alone(store: Store, bond: Bond) -> None:
    session = noted(store, bond, "2026-03-01", "the words", question="As asked?", prompt="p", checkin={"mood": 3})
    assert plain(entry, look.show(store, f"{session.ref}.1")) == (
        f"{session.ref} · Sunday 1 March 2026, 21:00 · Daniel · reflection\n\n1. As asked?\nthe words"
    )


def test_every_word_of_an_entry_is_on_its_screen(demo: Store) -> None:
    for line in lists.recent(demo, which(None), 12).lines:
        found = look.show(demo, line.ref)
        shown = " ".join(screen(entry, found, 60).split())
        for answer in found.session.answers:
            assert " ".join(answer.text.split()) in shown


def test_earlier_wordings_stand_before_the_present_one(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    ref = noted(store, bond, "2026-03-01", "first").ref
    assert m.REVISION_ONLY in run("history", ref).out
    for text in ("second", "third"):
        run("edit", ref, given=text)
    said = run("history", ref).out
    places = [said.index(f"\n{text}\n") for text in ("first", "second", m.REVISION_NOW, "third")]
    assert places == sorted(places)
    assert said.startswith(f"{ref}.1\n-- 1, as it stood until ")


def pair(*texts_: str) -> tuple[Both, ...]:
    return (Both("As asked?", "p", None, tuple((f"r{n}.1", f"2026-0{n}-01", t) for n, t in enumerate(texts_, 1))),)


@pytest.mark.parametrize(("width", "beside"), [(60, False), (72, True), (120, True)])
def test_then_and_now_stand_side_by_side_where_there_is_room(width: int, beside: bool) -> None:
    rows = screen(entry.ThenAndNow, pair("the old words", "the new words"), width).splitlines()
    assert any("the old words" in row and "the new words" in row for row in rows) == beside
    assert any("Thu  1 Jan 2026" in row for row in rows)
    assert any("Sun  1 Feb 2026" in row for row in rows)


def test_on_plain_lines_every_answer_stands_below_its_day() -> None:
    assert plain(entry.ThenAndNow, pair("a", "b\nc")).split("\n") == [
        "As asked?",
        "Thursday 1 January 2026 (r1.1):",
        "a",
        "Sunday 1 February 2026 (r2.1):",
        "b",
        "c",
        "",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_month_is_one_row_of_the_calendar(width: int) -> None:
    rows = [row for row in screen(days, YEAR, width).splitlines() if row.strip()]
    months = [month[:3] for month in m.MONTHS]
    assert [row[:3] for row in rows if row[:3] in months] == months
    assert len(rows) <= len(months) + 3


def test_a_calendar_can_be_read_without_colour() -> None:
    rows = {row[:3]: row.split()[1:] for row in screen(days, YEAR).splitlines()}
    assert rows["Feb"] == ["·", "·", "2", *["·"] * 24, "1"]
    assert rows["Dec"] == [*["·"] * 30, "9"]
    assert rows["Mar"] == ["·"] * 31


@pytest.mark.parametrize(("year", "length"), [(2024, 29), (2100, 28)])
def test_february_has_the_days_it_has(year: int, length: int) -> None:
    rows = {row[:3]: row.split()[1:] for row in screen(days, Year(year, {})).splitlines()}
    assert len(rows["Feb"]) == length


def changed(store: Store, library: Library, bond: Bond, values: list[int]) -> patterns.Changes:
    """What changed, with these marks of one measure."""
    noted(store, bond, "2026-03-01")
    marks = [("2026-03-01", value) for value in values]
    found = patterns.changes(store, library, which(bond), bond.name)
    return found._replace(courses=(course("after", "how contact sat with you", marks),))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_course_is_never_cut_short(store: Store, bond: Bond, library: Library, width: int) -> None:
    result = changed(store, library, bond, [1, 7] * 12)
    rows = [row for row in screen(changes, result, width).splitlines() if re.search("[▁▇…]", row)]
    assert len(rows) <= 1
    assert "…" not in "".join(rows)


@pytest.mark.parametrize(("marks", "said"), [(7, m.TOO_FEW), (8, m.TOO_EARLY), (19, m.TOO_EARLY), (20, "▄" * 20)])
def test_a_screen_says_no_more_than_there_is(store: Store, bond: Bond, library: Library, marks: int, said: str) -> None:
    drawn = screen(changes, changed(store, library, bond, [4] * marks), 80)
    assert said in drawn
    assert ("4–4" in drawn) == (marks >= 8)
    assert BOXES.search(drawn.replace("▪", "")) is None or marks >= 20


def test_an_empty_journal_is_fine_on_a_screen_too(store: Store, bond: Bond, library: Library) -> None:
    result = patterns.changes(store, library, which(bond), bond.name)
    assert screen(changes, result).strip() == m.CHANGES_NOTHING


@pytest.mark.parametrize("width", WIDTHS)
def test_a_measure_is_drawn_as_its_scale_with_a_dot_for_each_run_of_marks(store: Store, bond: Bond, width: int) -> None:
    for number, value in enumerate([1, 7] * 12):
        noted(store, bond, f"2026-03-{number + 1:02}", checkin={"nearness": value})
    drawn = screen(findings_view, measure_page(store, which(bond), "nearness"), width)
    rows = [row for row in drawn.splitlines() if re.match(r"  [1-7] [●·]", row)]
    assert [row[2] for row in rows] == list("7654321")
    assert [row.count("●") for row in rows] == [12, 0, 0, 0, 0, 0, 12]
    assert all(row.count("●") + row.count("·") == 24 for row in rows)
    assert (rows[0].rstrip().endswith("very near"), rows[-1].rstrip().endswith("very far")) == (True, True)


@pytest.mark.parametrize("marks", [3, 19])
def test_a_measure_with_hardly_any_marks_is_not_drawn(store: Store, bond: Bond, marks: int) -> None:
    for number, value in enumerate(level(marks)):
        noted(store, bond, f"2026-03-{number + 1:02}", checkin={"nearness": value})
    drawn = screen(findings_view, measure_page(store, which(bond), "nearness"))
    assert "●" not in drawn
    assert "Too early to say: nearness." in drawn


def test_no_line_leads_over_to_nothing(store: Store, bond: Bond) -> None:
    noted(store, bond, "2026-03-01", checkin={"nearness": 4})
    said = list(findings_view.as_plain(measure_page(store, which(bond), "nearness")))
    assert [line for line in said if line.endswith(":")] == []


def test_claims_are_numbered_on_a_screen_and_the_first_is_named_as_an_example(
    store: Store, bond: Bond, library: Library
) -> None:
    noted(store, bond, "2026-03-01", checkin={"contact": 4})
    result = patterns.changes(store, library, which(bond), bond.name)
    claimed = " ".join(screen(changes, result._replace(statements=every_statement())).split())
    for one in every_statement():
        assert not one.number or f"{one.number}. {sentence(one)}" in claimed
    assert m.FINDINGS_WHY.format(n=1, measure="nearness") in claimed
    assert "patterns why" not in screen(changes, result)


def test_behind_a_claim_an_entry_is_a_line(store: Store, bond: Bond) -> None:
    first, last = (noted(store, bond, day, f"Words of {day}.\nMore.") for day in ("2026-03-01", "2026-03-02"))
    (one, *_), lines_ = every_statement(), tuple(reversed(lists.recent(store, which(bond), 2).lines))
    assert plain(findings_view, Why(one, lines_)).split("\n") == [
        sentence(one),
        "",
        f"{first.ref}  2026-03-01  Words of 2026-03-01. More.",
        f"{last.ref}  2026-03-02  Words of 2026-03-02. More.",
    ]


@pytest.mark.parametrize(
    ("answers", "checkin", "said"),
    [
        (["a b", "c"], {}, "Saved for Sun 1 Mar 2026 · 2 answers · 3 words · 11 minutes · k7fm"),
        (["a"], {"mood": 3}, "Saved for Sun 1 Mar 2026 · 1 answer · 1 word · 11 minutes · k7fm"),
        ([], {"mood": 3, "room": 4}, "Saved for Sun 1 Mar 2026 · 2 marks · 11 minutes · k7fm"),
        ([], {}, "Saved for Sun 1 Mar 2026 · 11 minutes · k7fm"),
    ],
)
def test_saved_says_what_was_saved(
    store: Store, bond: Bond, answers: list[str], checkin: dict[str, int], said: str
) -> None:
    kept = noted(store, bond, "2026-03-01", checkin=checkin)
    parts = tuple(kept.answers[0]._replace(text=text) for text in answers)
    session = kept._replace(ref="k7fm", answers=parts, seconds=655)
    assert plain(saved, Saved(session, sum(len(text.split()) for text in answers))) == said


# --- on a terminal -----------------------------------------------------------------------


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", ["list", "search", "show", "then-and-now"])
def test_a_real_terminal_is_never_written_over_its_edge(hostile: str, name: str, columns: int) -> None:
    ran = on_terminal(*LOOKS[name], env={"COLUMNS": str(columns)})
    assert ran.code == 0
    assert widest(COLOUR.sub("", ran.out)) <= columns


@pytest.mark.parametrize("name", ["list", "patterns", "show"])
def test_no_color_is_heeded_on_a_terminal(hostile: str, name: str) -> None:
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", on_terminal("list").out)
    assert not re.search(r"\x1b\[[0-9;]*[34][0-9]m", on_terminal(*LOOKS[name], env={"NO_COLOR": "1"}).out)


@pytest.mark.parametrize("asked", [["--plain"], []])
def test_plain_is_plain_on_a_terminal_too(hostile: str, asked: list[str]) -> None:
    variables = {} if asked else {"MOTHER_BOND_PLAIN": "1"}
    ran = on_terminal("list", *asked, env=variables)
    assert ran.out.startswith("0003  2026-03-01  ")
    assert not STEERING.search(ran.out)
