"""Search: what is found, what is not, and that nothing typed can break it."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mother_bond.domain.bond import Bond, Role
from mother_bond.errors import ExitCode, UsageError
from mother_bond.storage import bonds, change, sessions
from mother_bond.storage.lines import END, FOUND, Which
from mother_bond.storage.search import search
from tests.made import noted

if TYPE_CHECKING:
    from mother_bond.domain.entry import Session
    from mother_bond.storage.store import Store

ANY = Which()
WORDS = st.text("abcdeéñöш", min_size=1, max_size=6)
TYPED = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [
            *("kitchen", "caf*", "*", '"', "-", "NOT", "AND", "OR", "NEAR(", ")", "%", "'", "\0", ";", "^", ":", "{"),
            *("\\", "text:", "\ue000", "\u0301", "+", "--", "−", "🙂", "ﬁ", "٣", "ⅷ", "𞤀", "\u1abf"),
        ]
    ),
    max_size=8,
).map(" ".join)


def found(store: Store, typed: str, which: Which = ANY, limit: int = 0) -> list[str]:
    """The short ids of what a search finds."""
    return [hit.line.ref for hit in search(store, typed, which, limit)[0]]


@pytest.fixture
def evening(store: Store, bond: Bond) -> Session:
    """A note with something in it to look for."""
    noted(store, bond, "2026-11-18", "Nothing of that sort at all.")
    return noted(store, bond, "2026-11-19", "We sat in the Kitchen of the café; a long call, naïve talk, 100% O'Brien.")


@pytest.mark.parametrize("words", list(itertools.permutations(["kitchen", "call", "café"])))
def test_words_are_found_in_any_order(store: Store, evening: Session, words: tuple[str, ...]) -> None:
    assert found(store, " ".join(words)) == [evening.ref]


@pytest.mark.parametrize(
    "typed",
    [
        *("cafe", "CAFÉ", "cafe\u0301", "naive", "kitchen", '"long call"', '"the kitchen', "kit*", "CAF*", "nai* call"),
        *("kitchen NOT work", "kitchen -work", 'kitchen -"call long"', "O'Brien", "100%", "100", "talk,", "long-call"),
        *("(kitchen)", "^kitchen", "kitchen;"),
    ],
)
def test_what_stands_there_is_found(store: Store, evening: Session, typed: str) -> None:
    assert found(store, typed) == [evening.ref]


@pytest.mark.parametrize(
    "typed",
    [
        *("kitch", '"call long"', "kitchen work", "kitchen NOT call", "kitchen -call", 'kitchen -"long call"', "work*"),
        *("kitchen -caf*", "-call kitchen", "kitchen NOT cafe"),
    ],
)
def test_what_does_not_stand_there_is_not_found(store: Store, evening: Session, typed: str) -> None:
    assert found(store, typed) == []


@pytest.mark.parametrize("typed", ["", " ", '"', '""', "-", "*", "%", "NOT call", "-call", "\0", "…", "\ue000", "'"])
def test_a_search_for_nothing_says_how_to_search(store: Store, typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        search(store, typed, ANY, 0)
    assert refused.value.hint
    assert refused.value.code == ExitCode.USAGE


@given(TYPED)
def test_whatever_is_typed_is_a_search_or_a_usage_error(store: Store, bond: Bond, typed: str) -> None:
    with suppress(UsageError):
        hits, total = search(store, typed, ANY, 5)
        assert len(hits) == min(total, 5)


@pytest.mark.parametrize("typed", ["a\udcff", "\ud800kitchen", '"a \udfff b"', "kitchen -a\udcff", "a\udcff*"])
def test_bytes_that_are_no_text_are_a_usage_error_or_find_nothing(store: Store, typed: str) -> None:
    with suppress(UsageError):
        assert found(store, typed) == []


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("kitchen " * 1000, True),
        ('"' + "kitchen " * 1000, False),
        ("kitchen" + " -garden" * 1000, True),
        ("kit* " * 300 + "NOT call " * 300, False),
    ],
)
def test_a_very_long_search_is_a_search(store: Store, evening: Session, typed: str, stands: bool) -> None:
    assert found(store, typed) == [evening.ref] * stands


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_an_entry_is_found_by_every_word_of_it_and_by_the_beginnings(
    store: Store, bond: Bond, words: list[str]
) -> None:
    store.connection.execute("DELETE FROM answer")
    store.connection.execute("DELETE FROM session")
    ref = noted(store, bond, "2026-11-20", " ".join(words)).ref
    for word in words:
        assert found(store, word) == found(store, f"{word[:2]}*") == found(store, f'"{word}"') == [ref]
        assert found(store, f"{words[0]} -{word}") == []
    assert found(store, " ".join(reversed(words))) == found(store, '"' + " ".join(words) + '"') == [ref]


def test_the_index_follows_an_edit(store: Store, evening: Session) -> None:
    change.edit(store, evening.answers[0].id, "A garden.", "2026-11-20T21:00:00+00:00")
    assert found(store, "kitchen") == []
    assert found(store, "garden") == [evening.ref]


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_in_the_trash_is_not_found_until_it_is_taken_out(store: Store, evening: Session, whole: bool) -> None:
    target = change.Target(evening.id, None if whole else evening.answers[0].id)
    change.trash(store, target, "2026-11-20T21:00:00+00:00")
    assert found(store, "kitchen") == []
    change.trash(store, target, None)
    assert found(store, "kitchen") == [evening.ref]


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_purged_has_left_the_index(store: Store, evening: Session, whole: bool) -> None:
    change.purge(store, [change.Target(evening.id, None if whole else evening.answers[0].id)])
    assert found(store, "kitchen") == []
    assert store.value("SELECT count(*) FROM answer_fts WHERE answer_fts MATCH 'kitchen'") == 0
    with store.writing() as db:
        db.execute("INSERT INTO answer_fts (answer_fts, rank) VALUES ('integrity-check', 1)")


def test_the_newest_come_first_and_all_are_counted(store: Store, bond: Bond) -> None:
    refs = [noted(store, bond, f"2026-11-{day:02}", "kitchen").ref for day in range(1, 13)]
    hits, total = search(store, "kitchen", ANY, 5)
    assert [hit.line.ref for hit in hits] == refs[:6:-1]
    assert total == 12
    assert search(store, "garden", ANY, 5) == ([], 0)


def test_a_thousand_and_more_are_all_shown_when_all_are_asked_for(store: Store, bond: Bond) -> None:
    with store.writing():
        refs = {noted(store, bond, f"2026-10-{number % 28 + 1:02}", "kitchen").ref for number in range(1001)}
    hits, total = search(store, "kitchen", ANY, 0)
    assert {hit.line.ref for hit in hits} == refs
    assert total == 1001


def test_only_what_is_meant_is_searched(store: Store, bond: Bond) -> None:
    mum = Bond("01HZZZZZZZZZZZZZZZZZZZZZZY", Role.CHILD, 'O\'Mum "%"', "Mum")
    bonds.put(store, mum)
    one = noted(store, bond, "2026-11-18", "kitchen", cause="individuation").ref
    two = noted(store, mum, "2026-11-19", "kitchen").ref
    assert found(store, "kitchen", Which(bond=mum.id)) == [two]
    assert found(store, "kitchen", Which(cause="individuation")) == [one]
    assert found(store, "kitchen", Which(since="2026-11-19")) == [two]
    assert found(store, "kitchen", Which(until="2026-11-18")) == [one]


def test_the_place_that_was_found_is_shown_and_marked(store: Store, bond: Bond) -> None:
    kept = noted(store, bond, "2026-11-20", "Nothing here.")
    text = f"{'Far before. ' * 40}In the KITCHEN of the café.{' Long after.' * 40}"
    sessions.add_answer(store, kept.id, kept.answers[0]._replace(id="01K", position=2, text=text))
    hit = search(store, "kitchen cafe", ANY, 0)[0][0]
    assert (hit.line.ref, hit.position) == (kept.ref, 2)
    assert f"In the {FOUND}KITCHEN{END} of the {FOUND}café{END}." in hit.excerpt
    assert len(hit.excerpt) < 200
