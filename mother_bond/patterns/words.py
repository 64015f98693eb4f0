"""The writer's own words over time: how often some were used, and what comes back on one theme.

Only counts are given, never a mood or a verdict. What a person counts in words says little about the person (*I* and
low mood: r = .13 and .10, E33, E34; feeling words in speech and one's own mood: none, E35), and the question drives the
words, so like is set beside like: answers of one stage against answers of the same stage, at least `POOLED` words a
side. Words in quotation marks are somebody else's, and are not counted.

There is no interval and no "more than chance" for a change of use. With answers that differ as diaries do, two halves
of 1,500 words by the same unchanged writer differ by a quarter or more in one case of five for *I* and in more than
half for the absolutist words (`tests/patterns/test_words.py`); four groups in four kinds of prompt are sixteen
looks each time. An interval would mostly say so, and read as a finding the one time it does not.

What comes back is named only where chance rarely would: see `what_comes_back`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.domain.prompt import Stage
from mother_bond.domain.words import Returning, Side, WordUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mother_bond.domain.words import WordGroup, WordLists, Written

POOLED = 1500
"""Fewer words than this on a side are not compared (E33–E36, pooled as evidence section 3b asks)."""
FEWEST_ANSWERS = 8
"""Fewer answers on a theme are silent, as fewer than eight marks are only counted."""
FEWEST_SESSIONS = 3
SPAN = timedelta(weeks=3)
MOST_PHRASES = 5
LONGEST = 4
LOOKED_AT = 30
"""Sessions of one theme in which phrases are looked for, spread evenly over its time; so the cost has a bound."""
CHANCE = 0.05
"""How often a theme in which nothing comes back may name something."""
TWICE = math.log(2)
RARE = 0.1
PRIOR = 0.1
NEARLY = 0.8


_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:'{_LETTER}+)*")
_PIECE = re.compile(rf"({_LETTER}+(?:'{_LETTER}+)*)|-+(?=\s)|[^\s'-]")  # a word, or "" for a mark
_LOOSE = re.compile(rf"'(?<!{_LETTER}')|'(?!{_LETTER})")
_WITHIN = r"\n(?![ \t]*\n)"  # a quotation may run over a line, not over a paragraph
_QUOTED = re.compile(
    rf'"(?:[^"\n]|{_WITHIN})*"|“(?:[^“”\n]|{_WITHIN})*”|„(?:[^„“”\n]|{_WITHIN})*[“”]|«(?:[^«»\n]|{_WITHIN})*»'
    # a single one opens before a word and closes behind one; 'cause and '90s open nothing
    rf"|'(?<!\w')(?=\S)(?!(?:cause|em|til|till|tis|twas|bout|round|n)\b|\d)(?:[^'\n]|(?<=\w)'\w|{_WITHIN})*(?<=\S)'(?!\w)",
    re.I,
)
_ASCII = bytes(ord(chr(n).lower()) if chr(n).isalpha() or chr(n) == "'" else 32 for n in range(128)) + bytes(128)
_ENDINGS = ("ing", "ed", "es", "ly", "er", "s")


def _plain(text: str) -> str:
    """`text` without what it quotes, apostrophes straight."""
    if not text.isascii():
        text = text.replace("’", "'").replace("‘", "'").replace("—", " ; ").replace("–", " ; ").replace("…", " ; ")
    elif '"' not in text and ("'" not in text or not _LOOSE.search(text)):
        return text
    return _QUOTED.sub(" ; ", text)


def words_in(text: str) -> list[str]:
    """The writer's own words in `text`, in lower case, without those in quotation marks."""
    plain = _plain(text)
    if not plain.isascii():
        return _WORD.findall(plain.lower())
    loose = _LOOSE.sub(" ", plain) if "'" in plain else plain
    return loose.encode("ascii").translate(_ASCII).decode("ascii").split()


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    word = word.partition("'")[0] or word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


# --- how often ---------------------------------------------------------------------------------


class _Counted(NamedTuple):
    day: str
    words: int
    hits: tuple[str, ...]


def word_use(written: Iterable[Written], lists: WordLists, bond: str) -> tuple[WordUse, ...]:
    """For each kind of prompt the use of each group, an earlier half beside a later, where there is enough of both.

    The halves part between two days, where their words are most nearly equal in number; so the order in which
    answers of one day are given changes nothing. What answers a question without a stage (a closing) is left out.
    """
    counted_words = frozenset(chain.from_iterable(group.words for group in lists.groups))
    by_stage: dict[Stage | None, list[_Counted]] = {}
    for one in written:
        if one.bond == bond and (one.stage or not one.question):
            words = words_in(one.text)
            hits = tuple(filter(counted_words.__contains__, words))
            by_stage.setdefault(one.stage, []).append(_Counted(one.day, len(words), hits))
    return tuple(
        use for stage in (*Stage, None) if stage in by_stage for use in _halves(stage, by_stage[stage], lists.groups)
    )


def _halves(stage: Stage | None, answers: list[_Counted], groups: Iterable[WordGroup]) -> Iterator[WordUse]:
    answers.sort(key=lambda one: one.day)
    sums = list(accumulate(one.words for one in answers))
    cuts = [n for n in range(1, len(answers)) if answers[n - 1].day != answers[n].day]
    cut = min(cuts, key=lambda n: abs(2 * sums[n - 1] - sums[-1]), default=0)
    if not cut or min(sums[cut - 1], sums[-1] - sums[cut - 1]) < POOLED:
        return
    sides = [(half, Counter(chain.from_iterable(one.hits for one in half))) for half in (answers[:cut], answers[cut:])]
    for group in groups:
        early, late = (
            Side(
                sum(hits[word] for word in group.words),
                sum(one.words for one in half),
                len(half),
                half[0].day,
                half[-1].day,
            )
            for half, hits in sides
        )
        yield WordUse(stage, group.id, group.name, early, late)


# --- what comes back ---------------------------------------------------------------------------


class _Session:
    """One session: its answers, its words and marks, and the runs of words by the place where they start."""

    def __init__(self, cause: str | None) -> None:
        self.cause = cause
        self.answers: list[Written] = []
        self.words: list[str] = []
        self.runs: dict[int, str] = {}
        self.own = 0

    def read(self, lists: WordLists, masked: frozenset[str]) -> None:
        """Take the words in; no run holds a mark, a name, or a word of a question asked."""
        self.words = _PIECE.findall(" ; ".join(_plain(answer.text) for answer in self.answers).lower())
        asked, no = _asked(self.answers, lists), masked
        if asked:
            no |= {word for word in set(self.words) if _stem(word) in asked}
        self.runs = {n: word for n, word in enumerate(self.words) if word not in no}
        self.own = len(self.runs)

    def keep(self, kept: set[str], size: int) -> None:
        """Put together the runs of `size` words both of whose shorter runs are `kept`."""
        words = self.words
        short = {n: run for n, run in self.runs.items() if run in kept}
        self.runs = {n: f"{run} {words[n + size - 1]}" for n, run in short.items() if n + 1 in short}


class _Pile(NamedTuple):
    """What is looked at: sessions by cause, their words, and in how many of them each run of words stands."""

    sessions: dict[str | None, Sequence[_Session]]
    words: dict[str | None, int]
    held: dict[str | None, dict[str, int]]

    def compares(self, cause: str) -> bool:
        """Whether there is a word on `cause`, and one on anything else."""
        return 0 < self.words[cause] < sum(self.words.values())

    @property
    def all_sessions(self) -> int:
        return sum(map(len, self.sessions.values()))

    def part(self, cause: str) -> int:
        """The part of all sessions that is on `cause`, in sessions or in words, whichever is more."""
        by_words = math.ceil(self.all_sessions * self.words[cause] / sum(self.words.values()))
        return max(by_words, len(self.sessions[cause]))

    def elsewhere(self, phrase: str, cause: str) -> int:
        """In how many sessions on anything else it stands."""
        return sum(counts.get(phrase, 0) for counts in self.held.values()) - self.held[cause][phrase]


class _Found(NamedTuple):
    phrase: str
    sessions: int
    z: float


def what_comes_back(
    written: Iterable[Written], lists: WordLists, bond: str, names: Iterable[str] = ()
) -> tuple[Returning, ...]:
    """What stands clearly more often in the answers on one cause than in the writer's other entries on this bond.

    A phrase of two to four words, or one rare word, is named when it stands in at least three sessions on that cause
    on three days, the first and the last three weeks apart; when it is at least twice as usual there as elsewhere,
    by a log-odds ratio with the writer's own words as an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
    doi 10.1093/pan/mpn018), whose z also gives the order; and when it would be named on at most `CHANCE` of causes in
    a journal where nothing comes back: the exact hypergeometric tail over sessions, against `CHANCE` divided by the
    number of runs of words that could be named. The usual log-likelihood is not used: for counts of three or four it
    promises more than it keeps. Sessions are counted, not words, because a word once used is soon used again.

    The words of a question asked in the same session are passed over, and so are `names`. At most `MOST_PHRASES` a
    cause, none sharing a word that means something with another; nothing from fewer than `FEWEST_ANSWERS` answers.
    """
    by_session: dict[str, _Session] = {}
    for one in sorted((one for one in written if one.bond == bond), key=attrgetter("day", "ref")):
        by_session.setdefault(one.session, _Session(one.cause)).answers.append(one)
    by_cause: dict[str | None, list[_Session]] = {}
    for session in by_session.values():
        by_cause.setdefault(session.cause, []).append(session)
    answers = {cause: sum(len(s.answers) for s in sessions) for cause, sessions in by_cause.items()}
    causes = [c for c in by_cause if c and FEWEST_ANSWERS <= answers[c] <= sum(answers.values()) - FEWEST_ANSWERS]
    if not causes:
        return ()
    pile = _pile(by_cause, causes, lists, _masked(names, lists))
    runs = sum(_shaped(run, lists) for run in frozenset(chain.from_iterable(pile.held.values())))
    return tuple(
        _everywhere(cause, found.phrase, by_cause[cause], lists)
        for cause in filter(pile.compares, causes)
        for found in _named(pile, cause, lists, runs)
    )


def _masked(names: Iterable[str], lists: WordLists) -> frozenset[str]:
    """What no run may hold: a mark, and the words of names; a small word only when it is a whole name, such as Will."""
    parts = [_WORD.findall(_straight(name)) for name in names]
    known = {w for ws in parts for w in ws if len(ws) == 1 or w not in lists.small | lists.openers}
    return frozenset({"", *known, *(f"{w}'s" for w in known)})


def _straight(text: str) -> str:
    return text.replace("’", "'").lower()


def _asked(answers: Iterable[Written], lists: WordLists) -> frozenset[str]:
    """The stems of what the questions to `answers` say."""
    said = chain.from_iterable(_WORD.findall(_straight(one.question)) for one in answers if one.question)
    return frozenset(_stem(word) for word in said if word not in lists.small and word not in lists.openers)


def _pile(
    by_cause: dict[str | None, list[_Session]], causes: Iterable[str], lists: WordLists, masked: frozenset[str]
) -> _Pile:
    """Count runs of one word, then of two, three and four, each made only of runs usual enough on some cause."""
    sessions = {cause: _spread(all_of, LOOKED_AT) for cause, all_of in by_cause.items()}
    looked_at = list(chain.from_iterable(sessions.values()))
    for session in looked_at:
        session.read(lists, masked)
    words = {cause: sum(session.own for session in some) for cause, some in sessions.items()}
    pile = _Pile(sessions, words, {cause: {} for cause in sessions})
    fewest = {cause: FEWEST_SESSIONS for cause in causes if pile.compares(cause)}
    for size in range(1, LONGEST + 1):
        counts: dict[str | None, Counter[str]] = {cause: Counter() for cause in sessions}
        for session in looked_at:
            counts[session.cause].update(set(session.runs.values()))
        kept = {run for cause, least in fewest.items() for run, n in counts[cause].items() if n >= least}
        for cause, counted in counts.items():
            pile.held[cause].update({run: counted[run] for run in kept & counted.keys()})
        for session in looked_at:
            session.keep(kept, size + 1)
        if size == 1:
            runs = sum(_means(word, lists) for word in kept)
            fewest = {cause: max(n, _least(runs, pile.part(cause), pile.all_sessions)) for cause, n in fewest.items()}
    return pile


def _least(runs: int, part: int, of: int) -> int:
    """In how many sessions one of `runs` must stand at least to be more than chance, were it nowhere else."""
    enough = (n for n in range(FEWEST_SESSIONS, part) if _tail(n, n, part, of) * runs <= CHANCE)
    return next(enough, part)


def _spread(items: Sequence[_Session], most: int) -> Sequence[_Session]:
    """At most `most` of `items`, evenly spread, with the first and the last."""
    if len(items) <= most:
        return items
    return [items[round(n * (len(items) - 1) / (most - 1))] for n in range(most)]


def _named(pile: _Pile, cause: str, lists: WordLists, runs: int) -> list[_Found]:
    """What is named on `cause`: clear enough, far enough apart in time, and each only once."""
    clear = list(_clear(pile, cause, lists, runs))
    whole = [
        one
        for one in clear
        if not any(
            f" {one.phrase} " in f" {longer.phrase} " and longer.sessions >= NEARLY * one.sessions
            for longer in clear
            if longer.phrase != one.phrase
        )
    ]
    named: list[_Found] = []
    taken: set[str] = set()
    for one in sorted(whole, key=lambda found: (-found.z, found.phrase)):
        meaning = {word for word in one.phrase.split() if _means(word, lists)}
        if len(named) < MOST_PHRASES and not meaning & taken:
            named.append(one)
            taken |= meaning
    return named


def _clear(pile: _Pile, cause: str, lists: WordLists, runs: int) -> Iterator[_Found]:
    here, total = pile.words[cause], sum(pile.words.values())
    part, sessions = pile.part(cause), pile.all_sessions
    least = _least(runs, part, sessions)
    for phrase, n in pile.held[cause].items():
        if n < least or not _shaped(phrase, lists):
            continue
        others = pile.elsewhere(phrase, cause)
        if " " not in phrase and others > RARE * (sessions - len(pile.sessions[cause])):
            continue
        odds, z = _log_odds(n, here, others, total - here)
        if (
            odds >= TWICE
            and _tail(n, n + others, part, sessions) * runs <= CHANCE
            and _apart(pile.sessions[cause], phrase)
        ):
            yield _Found(phrase, n, z)


def _means(word: str, lists: WordLists) -> bool:
    return len(word) > 2 and word not in lists.small and word not in lists.openers


def _shaped(phrase: str, lists: WordLists) -> bool:
    """Whether it ends on a word that means something and begins on such a word or an opener."""
    words = phrase.split()
    opens = _means(words[0], lists) or (len(words) > 1 and words[0] in lists.openers)
    return opens and _means(words[-1], lists)


def _log_odds(here: int, words: int, others: int, other_words: int) -> tuple[float, float]:
    """The log-odds ratio with the writer's own rate as prior, and its z (Monroe et al. 2008, eq. 16, 20 and 22)."""
    prior = PRIOR * (here + others)
    weight = PRIOR * (words + other_words)
    one, other = here + prior, others + prior
    odds = math.log(one / max(1, words + weight - one)) - math.log(other / max(1, other_words + weight - other))
    return odds, odds / math.sqrt(1 / one + 1 / other)


def _tail(n: int, held_by: int, part: int, of: int) -> float:
    """The chance that at least `n` of `held_by` sessions fall to a part that is `part` of all: hypergeometric."""
    ways = sum(math.comb(part, k) * math.comb(of - part, held_by - k) for k in range(n, min(part, held_by) + 1))
    return ways / math.comb(of, held_by)


def _apart(sessions: Iterable[_Session], phrase: str) -> bool:
    """Whether it stands on three days, the first and the last three weeks apart."""
    days = sorted({s.answers[0].day for s in sessions if f" {phrase} " in f" {' '.join(s.words)} "})
    return len(days) >= FEWEST_SESSIONS and date.fromisoformat(days[-1]) - date.fromisoformat(days[0]) >= SPAN


def _everywhere(cause: str, phrase: str, sessions: Sequence[_Session], lists: WordLists) -> Returning:
    """Every place of a named phrase in all answers on `cause`, also in sessions that were not looked at."""
    stems = {_stem(word) for word in phrase.split() if _means(word, lists)}
    pattern = re.compile(r"(?:\s+|-)".join(map(re.escape, phrase.split())) + r"(?!\w|'\w)", re.I)
    longest = max(phrase.split(), key=len)
    count, places = 0, []
    for session in sessions:
        found = [a for a in session.answers if longest in _straight(a.text)]
        if not found or stems & _asked(session.answers, lists):
            continue
        for answer in found:
            plain = _plain(answer.text)
            here = sum(1 for hit in pattern.finditer(plain) if not _inside(plain, hit.start()))
            if here:
                count += here
                places.append(answer)
    return Returning(
        cause,
        phrase,
        count,
        len({place.session for place in places}),
        len(sessions),
        places[0].day,
        places[-1].day,
        tuple(place.ref for place in places),
    )


def _inside(text: str, at: int) -> bool:
    """Whether `at` lies in the middle of a word."""
    return at > 0 and (text[at - 1].isalpha() or text[at - 1] == "'")
