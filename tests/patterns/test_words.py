"""Words are counted, quotations are not, like is set beside like, and chance names next to nothing."""

from __future__ import annotations

import itertools
import math
import random
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mother_bond.bundled import sources, word_lists
from mother_bond.domain.prompt import Stage
from mother_bond.domain.words import Returning, Written
from mother_bond.patterns import words as w
from mother_bond.patterns.words import POOLED, what_comes_back, word_use, words_in
from tests.made import texts

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS = word_lists()
GROUPS = {group.id: group.words for group in LISTS.groups}
BOND = "of Daniel"
LETTERS = "qwrtzpsdfghjklxcvbnm"


def made_up(n: int) -> str:
    """The n-th word that is in no list."""
    return "z" + LETTERS[n // 400 % 20] + LETTERS[n // 20 % 20] + LETTERS[n % 20]


def day(n: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=n)).isoformat()


def one(
    text: str, n: int = 0, cause: str | None = None, stage: Stage | None = None, question: str | None = None
) -> Written:
    return Written(text, day(n), f"s{n}.1", BOND, cause, stage, question)


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("I'm here. I’m HERE, my dear", "i'm here i'm here my dear"),
        ('He said "you always do" and I left', "he said and i left"),
        ("He said “you always do” and I left", "he said and i left"),
        ("„never“ «never» “never\nagain” me", "me"),
        ("he wrote 'fine, busy! you?' I read", "he wrote i read"),
        ("he wrote ‘I’m fine, don’t ask’ I read", "he wrote i read"),
        ("he wrote 'I'm fine, don't ask' I read", "he wrote i read"),
        ("('always') me", "me"),
        ("'cause I never asked, the girls' room", "cause i never asked the girls room"),
        ("’Twas never me, the ’90s", "twas never me the s"),
        ('a 5" nail, and never a word', "a nail and never a word"),
        ('"not closed\n\nI never said "all" of it', "not closed i never said of it"),
        ("rock ' roll", "rock roll"),
        ("never—ever", "never ever"),
        ("self-care 3rd _we_", "self care rd we"),
        ("café naïve 我 שלום أمي 🙂🙂 …", "café naïve 我 שלום أمي"),
        ("🙂 \u202e 123 ... \x1b[2J", "j"),
        ("", ""),
    ],
)
def test_the_writers_own_words(text: str, own: str) -> None:
    assert words_in(text) == own.split()


@given(texts().filter(lambda t: not set(t) & set("\"“”„«»'’‘")), st.sampled_from(["“”", '""', "«»", "„“", "„”"]))
def test_nothing_within_quotation_marks_is_a_word(text: str, marks: str) -> None:
    inside = " ".join(text.split())
    assert words_in(f"I {marks[0]}{inside}{marks[1]} never") == ["i", "never"]
    assert words_in(f"I 'x{inside}x' never") == ["i", "never"]


@given(texts())
def test_words_hold_letters_and_apostrophes_within(text: str) -> None:
    for word in words_in(text):
        assert word.replace("'", "").isalpha() or not word.isascii()
        assert word[0] != "'" != word[-1]


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "' " * 10_000, '" ' * 9_999, "“ " * 10_000, "'a" * 10_000, "'a " * 10_000]
)
def test_odd_texts_of_any_length_are_read_at_once(text: str) -> None:
    written = [one(text, n, "c" if n % 2 else "d", Stage.TEND) for n in range(40)]
    assert len(words_in(text)) <= 10_000
    assert len(word_use(written, LISTS, BOND)) in {0, len(LISTS.groups)}
    assert what_comes_back(written, LISTS, BOND) == ()


# --- the lists ---------------------------------------------------------------------------------


def test_no_word_stands_in_two_groups_and_each_can_be_found() -> None:
    every = [word for words in GROUPS.values() for word in words]
    assert len(every) == len(set(every))
    assert all(words_in(word) == words_in(word.replace("'", "’")) == [word] for word in every)


def test_the_absolutist_words_are_the_nineteen_of_the_source() -> None:
    assert set(GROUPS) == {"i", "we", "absolute", "should"}
    assert len(GROUPS["absolute"]) == 19
    assert {source for group in LISTS.groups for source in group.sources} <= sources()
    assert not LISTS.small & LISTS.openers


# --- how often ---------------------------------------------------------------------------------


def filled(n: int, stage: Stage | None, words: str, length: int = 100) -> Written:
    """An answer of `length` words that holds `words`."""
    given_words = words.split()
    return one(" ".join(given_words + ["tea"] * (length - len(given_words))), n, "c", stage)


def test_an_earlier_half_stands_beside_a_later() -> None:
    early = [filled(n, Stage.NOTICE, "I never") for n in range(15)]
    late = [filled(n, Stage.NOTICE, "we should we") for n in range(15, 30)]
    found = {use.group: use for use in word_use(early + late, LISTS, BOND)}
    assert {group: (use.early.times, use.late.times) for group, use in found.items()} == {
        "i": (15, 0),
        "we": (0, 30),
        "absolute": (15, 0),
        "should": (0, 15),
    }
    side = found["we"].late
    assert (side.words, side.answers, side.first_day, side.last_day) == (POOLED, 15, day(15), day(29))
    assert side.per_thousand == pytest.approx(20)


def test_each_kind_of_prompt_is_apart_and_silent_below_its_size() -> None:
    written = [filled(n, stage, "I") for stage in (None, Stage.TEND) for n in range(30)]
    written += [filled(n, Stage.NOTICE, "I") for n in range(29)]
    written += [filled(n, None, "I")._replace(question="One kind line?") for n in range(30)]
    uses = word_use(written, LISTS, BOND)
    assert list(dict.fromkeys(use.stage for use in uses)) == [Stage.TEND, None]
    assert {use.early.answers for use in uses} == {15}


def test_a_day_is_never_on_both_sides() -> None:
    assert word_use([filled(0, None, "I") for _ in range(60)], LISTS, BOND) == ()
    uses = word_use([filled(n // 7, None, "I") for n in range(70)], LISTS, BOND)
    assert all(use.early.last_day < use.late.first_day for use in uses)


def drawn_journal(rng: random.Random) -> list[Written]:
    some = ["I", "we", "never", "tea", "“never”", "I’m", "Mum", "should", "'all'"]
    return [
        one(" ".join(rng.choices(some, k=rng.randint(0, 120))), rng.randrange(200), "c", rng.choice([Stage.TEND, None]))
        for _ in range(rng.randrange(200))
    ]


@settings(max_examples=30)
@given(st.integers().map(random.Random))
def test_counts_never_exceed_words_and_days_may_come_in_any_order(rng: random.Random) -> None:
    journal = drawn_journal(rng)
    uses = word_use(journal, LISTS, BOND)
    for same in itertools.groupby(uses, key=lambda use: use.stage):
        both = [(use.early, use.late) for use in same[1]]
        for sides in zip(*both, strict=True):
            assert 0 <= sum(side.times for side in sides) <= sides[0].words
            assert sides[0].words >= POOLED
    mixed = rng.sample(journal, len(journal))
    other = [filled(n, Stage.TEND, "I never should")._replace(bond="another") for n in range(40)]
    assert word_use(mixed + other, LISTS, BOND) == uses


# --- what comes back ---------------------------------------------------------------------------


def random_text(rng: random.Random, length: int = 80) -> list[str]:
    return [made_up(min(rng.randrange(1200), rng.randrange(1200))) for _ in range(length)]


@cache
def journal(
    planted: str = "", held_by: int = 6, sessions: int = 60, apart: int = 7, question: str | None = None, seed: int = 1
) -> list[Written]:
    """Sessions of two answers on six causes in turn; `planted` stands in the first `held_by` on cause c0."""
    rng, written, held = random.Random(seed), [], 0
    for n in range(sessions):
        cause = f"c{n % 6}"
        for k in (1, 2):
            words = random_text(rng)
            if planted and cause == "c0" and k == 1 and held < held_by:
                words[40:40] = [".", planted, "."]
                held += 1
            asked = question if k == 1 else "And what else?"
            written.append(Written(" ".join(words), day(n * apart), f"s{n}.{k}", BOND, cause, Stage.NOTICE, asked))
    return written


def phrases(found: tuple[Returning, ...]) -> list[str]:
    return [back.phrase for back in found]


@pytest.mark.parametrize("planted", ["kept count", "I kept the count", "lighthouse", "don’t care", "Left-Over Soup"])
def test_a_phrase_that_comes_back_is_named_with_its_places(planted: str) -> None:
    (back,) = what_comes_back(journal(planted), LISTS, BOND)
    assert back.phrase == planted.lower().replace("’", "'").replace("-", " ")
    refs = tuple(f"s{n * 6}.1" for n in range(6))
    assert back == Returning("c0", back.phrase, 6, 6, 10, day(0), day(210), refs)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (lambda: journal("kept count", held_by=2), "in two sessions"),
        (lambda: journal("kept count", apart=0), "on one day"),
        (lambda: journal("kept count", apart=1, held_by=4), "within three weeks"),
        (lambda: journal("kept count", question="What was kept, and who counted?"), "the question says it"),
        (lambda: journal("“kept count”"), "somebody else says it"),
        (lambda: journal("of the"), "it says nothing alone"),
        (lambda: journal("kept count", sessions=18), "six answers on the cause"),
        (lambda: [a for a in journal("kept count") if a.cause == "c0"], "nothing to set it against"),
        (lambda: [a._replace(text=f"{a.text} . kept count") for a in journal()], "everywhere"),
        (lambda: [a._replace(cause=None) for a in journal("kept count")], "on no cause"),
    ],
)
def test_it_is_not_named_where_it_means_nothing(written: Callable[[], list[Written]], why: str) -> None:
    assert what_comes_back(written(), LISTS, BOND) == (), why


@pytest.mark.parametrize("name", ["Daniel", "daniel", "my Daniel", "Daniel Will"])
def test_names_are_masked(name: str) -> None:
    assert phrases(what_comes_back(journal("Daniel’s coat"), LISTS, BOND)) == ["daniel's coat"]
    assert what_comes_back(journal("Daniel’s"), LISTS, BOND, [name]) == ()
    assert phrases(what_comes_back(journal("Daniel’s coat"), LISTS, BOND, [name])) == ["coat"]


def test_a_longer_phrase_stands_for_its_parts() -> None:
    assert phrases(what_comes_back(journal("she kept her count again today"), LISTS, BOND))[0].count(" ") == 3
    assert len(what_comes_back(journal("she kept her count"), LISTS, BOND)) == 1
    more = [a._replace(text=f"{a.text} . count") if a.cause == "c0" else a for a in journal("kept her count")]
    assert phrases(what_comes_back(more, LISTS, BOND)) == ["count"]


def test_at_most_five_are_named() -> None:
    many = " . ".join(f"lamp{letter} lit{letter}" for letter in "abcdefgh")
    assert len(what_comes_back(journal(many), LISTS, BOND)) == 5


def test_every_session_counts_when_there_are_more_than_are_looked_at() -> None:
    (back,) = what_comes_back(journal("kept count", held_by=90, sessions=6 * 100), LISTS, BOND)
    assert (back.times, back.sessions, back.of_sessions, len(back.refs)) == (90, 90, 100, 90)


@settings(max_examples=15, deadline=None)
@given(st.integers().map(random.Random), texts())
def test_another_bond_and_the_order_of_days_change_nothing(rng: random.Random, text: str) -> None:
    written = journal("kept count")
    other = [a._replace(bond="another", text=f"{text} kept count") for a in journal()]
    assert what_comes_back(rng.sample(written, len(written)) + other, LISTS, BOND) == what_comes_back(
        written, LISTS, BOND
    )
    assert phrases(what_comes_back(written, LISTS, BOND)) == ["kept count"]


@settings(max_examples=25, deadline=None)
@given(st.lists(texts(300), min_size=20, max_size=40))
def test_any_texts_can_be_read(written: list[str]) -> None:
    odd = [one(text, n * 9, f"c{n % 2}", None, text) for n, text in enumerate(written)]
    for back in what_comes_back(odd, LISTS, BOND, written[:3]):
        assert back.sessions >= 3
        assert len(back.refs) == len(set(back.refs)) <= back.times


# --- calibration -------------------------------------------------------------------------------


def null_journal(rng: random.Random, causes: int, sessions: int) -> list[Written]:
    """Draws from one distribution of words as unequal as a language's, small words among the usual ones, and words
    of the evening that are said again within a session; causes of unequal size, sessions of one or three answers.
    """
    small = sorted(LISTS.small | LISTS.openers)
    vocabulary = [small[n // 2] if n < 160 and n % 2 else made_up(n) for n in range(3000)]
    weights = list(itertools.accumulate(1 / (n + 2.7) for n in range(3000)))
    written = []
    for n in range(sessions):
        cause = f"c{min(rng.randrange(causes), rng.randrange(causes))}"
        tonight = rng.choices(vocabulary, cum_weights=weights, k=6)
        for k in range(rng.choice((1, 3, 3))):
            drawn = rng.choices(vocabulary, cum_weights=weights, k=rng.randint(40, 120))
            text = " ".join(rng.choice(tonight) if rng.random() < 0.1 else word for word in drawn)
            written.append(Written(text, day(2 * n), f"s{n}.{k}", BOND, cause))
    return written


def named_by_chance(journals: int, causes: int, sessions: int) -> float:
    rng, named, of = random.Random(20261120), 0, 0
    for _ in range(journals):
        drawn = null_journal(rng, causes, sessions)
        named += len({back.cause for back in what_comes_back(drawn, LISTS, BOND)})
        answers = [sum(a.cause == cause for a in drawn) for cause in {a.cause for a in drawn}]
        of += sum(n >= w.FEWEST_ANSWERS for n in answers)
    return named / of


@pytest.mark.slow
@pytest.mark.parametrize(("causes", "sessions"), [(3, 30), (8, 80), (13, 160)])
def test_chance_names_something_on_at_most_a_twentieth_of_causes(causes: int, sessions: int) -> None:
    assert named_by_chance(4000 // sessions, causes, sessions) <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize(("causes", "sessions"), [(2, 20), (3, 30), (8, 80), (13, 160), (13, 600)])
def test_chance_names_something_on_at_most_a_twentieth_of_causes_in_many_journals(causes: int, sessions: int) -> None:
    assert named_by_chance(12_000 // sessions, causes, sessions) <= 0.05


def quarter_apart(rng: random.Random, rate: float, journals: int) -> float:
    """How often two sides of 17 answers of 90 words by one unchanged writer differ by a quarter or more.

    The rate of an answer varies with CV .35, as evidence section 3b has it.
    """
    shape = 1 / 0.35**2
    far = 0
    for _ in range(journals):
        sides = []
        for _side in range(2):
            mean = sum(90 * rate * rng.gammavariate(shape, 1 / shape) for _ in range(17))
            sides.append(max(0.5, rng.gauss(mean, math.sqrt(mean))))
        far += max(sides) / min(sides) >= 1.25
    return far / journals


def test_a_quarter_more_is_usual_between_halves_of_one_unchanged_writer() -> None:
    """Why no interval and no claim is given for a change of use."""
    rng = random.Random(20261120)
    assert 0.1 <= quarter_apart(rng, 0.08, 1000) <= 0.3
    assert 0.4 <= quarter_apart(rng, 0.01, 1000) <= 0.7
