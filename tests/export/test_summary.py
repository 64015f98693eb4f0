from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond import messages as m
from mother_bond.actions.gather import MOST_GATHERED, summary
from mother_bond.actions.lists import which
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.entry import Session, Step, StepState
from mother_bond.domain.prompt import Gather, Prompt
from mother_bond.export.document import Document, Heading, Quotation, Table
from mother_bond.export.markdown import render
from mother_bond.export.measured import course_row
from mother_bond.patterns.course import course
from mother_bond.storage import bonds, change, sessions
from mother_bond.storage.change import Target
from tests.made import noted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store
    from tests.conftest import Ran

MADE = date(2026, 11, 20)
MOMENT = "2026-03-02T10:00:00+00:00"
LONG = "I sat with the tea and looked at the phone, and I let it ring until it stopped."


def made(store: Store, library: Library, *about: Bond) -> Document:
    return summary(store, library, about, which(None), MADE)


def under(found: Document, heading: str) -> list[Quotation | Table]:
    """The quotations and tables that stand below a heading."""
    place = found.blocks.index(Heading(heading, 2)) + 1
    blocks = []
    for block in found.blocks[place:]:
        if isinstance(block, Heading):
            break
        if isinstance(block, Quotation | Table):
            blocks.append(block)
    return blocks


def gathered(library: Library, kind: Gather) -> Prompt:
    return next(p for slug in library.slugs for p in library.pack(slug).prompts if p.gather is kind)


def test_an_empty_journal_says_so_and_when_it_was_made(store: Store, bond: Bond, library: Library) -> None:
    text = render(made(store, library, bond))
    assert "Made on Friday 20 November 2026" in text
    assert text.index("## Daniel (my son)") < text.index(m.SUMMARY_NOTHING)


def test_the_period_is_that_of_what_was_written(store: Store, bond: Bond, library: Library) -> None:
    for day in ("2026-01-05", "2026-01-05", "2026-03-01"):
        noted(store, bond, day)
    assert "From Monday 5 January 2026 to Sunday 1 March 2026: 3 entries on 2 days." in render(
        made(store, library, bond)
    )


def test_themes_are_counted_by_their_plain_names(store: Store, bond: Bond, library: Library) -> None:
    for day, cause in (("2026-01-05", "self-erasure"), ("2026-02-05", "self-erasure"), ("2026-02-06", "gone-pack")):
        noted(store, bond, day, cause=cause)
    [table] = under(made(store, library, bond), m.SUMMARY_THEMES)
    assert isinstance(table, Table)
    name = library.pack("self-erasure").name
    assert table.rows == ((name, "2", "Thursday 5 February 2026"), ("gone-pack", "1", "Friday 6 February 2026"))


@pytest.mark.parametrize(
    ("kind", "heading"), [(Gather.NEEDS, m.SUMMARY_NEEDS), (Gather.QUESTIONS, m.SUMMARY_QUESTIONS)]
)
def test_answers_are_gathered_by_what_was_asked(
    store: Store, bond: Bond, library: Library, kind: Gather, heading: str
) -> None:
    prompt = gathered(library, kind)
    noted(store, bond, "2026-03-01", "An hour a week.", cause=prompt.cause, prompt=prompt.id, question="As asked?")
    assert under(made(store, library, bond), heading) == [
        Quotation("An hour a week.", "As asked?", "Sunday 1 March 2026")
    ]


def test_the_latest_dozen_is_gathered_in_the_order_of_time(store: Store, bond: Bond, library: Library) -> None:
    prompt = gathered(library, Gather.NEEDS)
    first = date(2026, 1, 1)
    days = [(first + timedelta(days=n)).isoformat() for n in range(MOST_GATHERED + 3)]
    for day in days:
        noted(store, bond, day, day, cause=prompt.cause, prompt=prompt.id)
    found = under(made(store, library, bond), m.SUMMARY_NEEDS)
    assert [block.text for block in found if isinstance(block, Quotation)] == days[3:]


def test_questions_of_the_writer_are_still_open(store: Store, bond: Bond, library: Library) -> None:
    text = "We spoke. What was she not saying? Then rain."
    noted(store, bond, "2026-03-01", text, cause="safest-place")
    noted(store, bond, "2026-03-02", "And without a theme, is it asked?")
    assert under(made(store, library, bond), m.SUMMARY_QUESTIONS) == [
        Quotation("What was she not saying?", "", "Sunday 1 March 2026")
    ]


def test_words_are_early_and_late_on_one_theme(store: Store, bond: Bond, library: Library) -> None:
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        noted(store, bond, day, f"{LONG} It was {day}.", cause="safest-place", question="What then?")
    found = under(made(store, library, bond), m.SUMMARY_WORDS["me"])
    assert [(b.question, b.place.rpartition(", ")[2]) for b in found if isinstance(b, Quotation)] == [
        ("What then?", "Thursday 1 January 2026"),
        ("What then?", "Sunday 1 March 2026"),
    ]


@pytest.mark.parametrize(("state", "said"), m.STEP_STATES)
def test_a_step_stands_with_how_it_went(store: Store, bond: Bond, library: Library, state: str, said: str) -> None:
    step = Step("When it rings, I will breathe.", StepState(state), MOMENT, MOMENT)
    sessions.start(store, Session("01K00000000000000000000001", "", bond, MOMENT, "2026-03-02", step=step))
    [table] = under(made(store, library, bond), m.SUMMARY_STEPS)
    assert isinstance(table, Table)
    assert table.rows == (("Monday 2 March 2026", "When it rings, I will breathe.", said),)


def test_what_lies_in_the_trash_and_earlier_wordings_are_not_in_it(store: Store, bond: Bond, library: Library) -> None:
    prompt = gathered(library, Gather.NEEDS)
    kept, gone = (noted(store, bond, "2026-03-01", t, cause=prompt.cause, prompt=prompt.id) for t in ("first", "gone"))
    change.edit(store, kept.answers[0].id, "second", MOMENT)
    change.trash(store, Target(gone.id), MOMENT)
    text = render(made(store, library, bond))
    assert "> second" in text
    assert "first\n" not in text
    assert "gone" not in text
    assert "1 entry on 1 day." in text


def test_each_bond_has_a_part_of_its_own(store: Store, bond: Bond, library: Library) -> None:
    other = Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.MOTHER, "Anna", "Anna")
    bonds.put(store, other)
    noted(store, bond, "2026-03-01")
    found = made(store, library, other, bond)
    assert [block.text for block in found.blocks if isinstance(block, Heading)][:2] == ["Anna", "Daniel (my son)"]
    assert render(found).count(m.SUMMARY_NOTHING) == 1


def test_a_bond_that_was_put_away_is_left_out_unless_named(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    bonds.put(store, Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.MOTHER, "Anna", "Anna", put_away=True))
    assert "## Anna" not in run("export", "-").out
    assert "## Anna" in run("export", "-", "--bond", "Anna").out


def test_a_filter_is_a_filter_of_the_summary_too(store: Store, bond: Bond, run: Callable[..., Ran]) -> None:
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        noted(store, bond, day, cause="safest-place")
    text = run("export", "-", "--since", "2026-01-15", "--until", "2026-02-15").out
    assert "1 entry on 1 day." in text
    assert m.SUMMARY_NOTHING in run("export", "-", "--cause", "individuation").out


def test_a_broken_pack_of_the_writers_own_does_not_stop_a_summary(
    store: Store, bond: Bond, library: Library, run: Callable[..., Ran]
) -> None:
    noted(store, bond, "2026-03-01", cause="safest-place")
    (store.path.parent / "prompts").mkdir()
    (store.path.parent / "prompts" / "safest-place.toml").write_text("not = [toml")
    ran = run("export", "-")
    assert ran.code == 0
    assert "| safest-place | 1 |" in ran.out


@given(st.lists(st.integers(1, 7), min_size=1, max_size=60))
def test_a_row_of_the_course_says_no_more_than_there_is(values: list[int]) -> None:
    name, marks, median, span, line = course_row(course("owed", "owing", [("2026-01-01", v) for v in values]))
    assert (name, marks) == ("owing", str(len(values)))
    if len(values) < 8:
        assert (median, span, line) == ("", "", "too few to say more")
    else:
        assert span == f"{min(values)}–{max(values)}"
        assert (line == "too early to say") == (len(values) < 20)


def test_nothing_in_a_summary_claims_a_change(store: Store, bond: Bond, library: Library) -> None:
    first = date(2026, 1, 1)
    for n in range(40):
        noted(
            store, bond, (first + timedelta(days=n)).isoformat(), checkin={"nearness": 1 + n // 6, "strain": 7 - n // 6}
        )
    text = render(made(store, library, bond)).lower()
    assert "▁" in text
    assert not [w for w in ("because", "rise", "rose", "fell", "better", "worse", "improv", "trend", "!") if w in text]
