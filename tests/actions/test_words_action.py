"""The writer's own words of one bond: what is counted as whose, and passages cut out of few answers as out of all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from mother_bond.actions import words
from mother_bond.actions.lists import which
from mother_bond.actions.words import own_words, stage_of
from mother_bond.domain.bond import Bond, Role
from mother_bond.domain.prompt import Stage
from mother_bond.patterns.passages import Passage, early_and_late, passage
from mother_bond.patterns.words import POOLED
from mother_bond.storage import bonds, lines
from tests.made import noted

if TYPE_CHECKING:
    from mother_bond.bundled import Library
    from mother_bond.storage.store import Store

LONG = "I sat with the tea and looked at the phone, and I let it ring until it stopped."


def day(n: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=n)).isoformat()


def test_two_bonds_of_one_name_are_two(store: Store, bond: Bond, library: Library) -> None:
    other = Bond("01HZZZZZZZZZZZZZZZZZZZZZZ0", Role.CHILD, bond.name, bond.call)
    bonds.put(store, other)
    for n in range(0, 60, 30):
        noted(store, bond, day(n), LONG, cause="safest-place")
        noted(store, other, day(n), LONG, cause="individuation")
    for about, cause in ((bond, "safest-place"), (other, "individuation")):
        found = own_words(store, library, about, which(about))
        assert [theme.name for theme in found.themes] == [library.pack(cause).name]
        assert own_words(store, library, about, which(None)).themes != ()


def test_an_answer_counts_for_the_stage_of_its_question_also_when_its_theme_is_gone(
    store: Store, bond: Bond, library: Library
) -> None:
    text = " ".join(["I went and I came"] * 40)
    for n in range(2 * POOLED // 200 + 2):
        noted(store, bond, day(n), text, cause="gone", prompt="gone.mother.look-again.01", question="As asked?")
    assert {use.stage for use in own_words(store, library, bond, which(bond)).uses} == {Stage.LOOK_AGAIN}


def test_the_stage_stands_in_the_id_of_every_question(library: Library) -> None:
    for pack in library.packs():
        assert all(stage_of(prompt.id) is prompt.stage for prompt in pack.prompts)
    assert [stage_of(prompt) for prompt in (None, "", "letter", "a.b.tend", "a.b.sleep.01", "a.b.c.tend")] == [None] * 6


def test_a_sitting_that_was_cut_off_counts_as_far_as_it_went_as_it_does_in_a_list(
    store: Store, bond: Bond, library: Library
) -> None:
    refs = [noted(store, bond, day(n), LONG, cause="safest-place").ref for n in (0, 60)]
    with store.writing() as db:
        db.execute("UPDATE session SET progress = '{}' WHERE ref = ?", (refs[1],))
    assert [line.unfinished for line in lines.recent(store, which(bond), 0)] == [True, False]
    (theme,) = own_words(store, library, bond, which(bond)).themes
    assert [one.ref for one in theme.passages] == [f"{ref}.1" for ref in refs]


ANSWERS = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.sampled_from([LONG, "Short.", LONG * 6, "no stop at all " * 30, f"Short. {'and on ' * 80}", "a " * 11]),
        st.sampled_from([None, *Stage]),
    ),
    max_size=12,
)


@given(ANSWERS)
def test_passages_cut_of_what_is_chosen_are_those_chosen_of_what_is_cut(answers: list[tuple[int, str, Stage]]) -> None:
    whole = [Passage(str(n), day(at), "c", text, stage) for n, (at, text, stage) in enumerate(sorted(answers, key=str))]
    whole.sort(key=lambda one: one.day)
    cut = [one._replace(text=text) for one in whole if (text := passage(one.text))]
    assert words._worth_reading(whole, "c") == early_and_late(cut, ["c"])
