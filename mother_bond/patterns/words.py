"""The writer's own words over time: how often some were used, and what comes back on one theme.

Only counts are given, never a mood or a verdict. What a person counts in words says little about the person (*I* and
low mood: r = .13 and .10, E33, E34; feeling words in speech and one's own mood: none, E35), and the question drives the
words, so like is set beside like: answers of one stage against answers of the same stage, at least `POOLED` words a
side. Words in quotation marks are somebody else's, and are not counted.

There is no interval and no "more than chance" for a change of use. With answers that differ as diaries do, two halves
of 1,500 words by the same unchanged writer differ by a quarter or more in about one case of six for *I* and in more
than half for the absolutist words (`tests/patterns/test_words.py`); four groups in four kinds of prompt are sixteen
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
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mother_bond.domain.prompt import Stage

POOLED = 1500
"""Fewer words than this on a side are not compared (E33–E36, pooled as evidence section 3b asks)."""
FEWEST_ANSWERS = 8
"""Fewer answers on a theme are silent, as fewer than eight marks are only counted."""
FEWEST_SESSIONS = 3
SPAN = timedelta(weeks=3)
MOST_PHRASES = 5
LONGEST = 4
LOOKED_AT = 40
"""Sessions of one theme in which phrases are looked for, spread evenly over its time; so the cost has a bound."""
CHANCE = 0.05
"""How often a theme in which nothing comes back may name something."""
TWICE = math.log(2)
RARE = 0.1
PRIOR = 0.1
NEARLY = 0.8


class Written(NamedTuple):
    """One answer, or a note (`stage` and `question` None); `ref` is its short id: session, dot, place."""

    text: str
    day: str
    ref: str
    bond: str
    cause: str | None = None
    stage: Stage | None = None
    question: str | None = None

    @property
    def session(self) -> str:
        """The short id of the session it stands in."""
        return self.ref.partition(".")[0]


class WordGroup(NamedTuple):
    """Words that are counted together, in lower case with a straight apostrophe."""

    id: str
    name: str
    words: frozenset[str]
    sources: tuple[str, ...]


class WordLists(NamedTuple):
    """What `data/words.toml` holds: groups, words that may only open a phrase, and words that say nothing alone."""

    groups: tuple[WordGroup, ...]
    openers: frozenset[str]
    small: frozenset[str]


class Side(NamedTuple):
    """One half: how often the words of a group stand among all words, in how many answers, from when to when."""

    times: int
    words: int
    answers: int
    first_day: str
    last_day: str

    @property
    def per_thousand(self) -> float:
        """How many of a thousand words."""
        return 1000 * self.times / self.words


class WordUse(NamedTuple):
    """A group of words in the answers of one stage (None: notes), the earlier half beside the later."""

    stage: Stage | None
    group: str
    name: str
    early: Side
    late: Side


class Returning(NamedTuple):
    """A phrase that stands clearly more often in the answers on `cause` than in the writer's other entries.

    `times` times in `sessions` of the `of_sessions` on that cause; `refs` are the answers, oldest first.
    """

    cause: str
    phrase: str
    times: int
    sessions: int
    of_sessions: int
    first_day: str
    last_day: str
    refs: tuple[str, ...]


# --- words -------------------------------------------------------------------------------------

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:'{_LETTER}+)*")
_PIECE = re.compile(rf"{_LETTER}+(?:'{_LETTER}+)*|-+(?=\s)|[^\s'-]")
_LOOSE = re.compile(rf"'(?<!{_LETTER}')|'(?!{_LETTER})")
_OPENS = re.compile(r"[\"“„«]|'(?<!\w')")
_WITHIN = r"\n(?![ \t]*\n)"  # a quotation may run over a line, not over a paragraph
_QUOTED = re.compile(
    rf'"(?:[^"\n]|{_WITHIN})*"|“(?:[^“”\n]|{_WITHIN})*”|„(?:[^„“”\n]|{_WITHIN})*[“”]|«(?:[^«»\n]|{_WITHIN})*»'
    # a single one opens before a word and closes behind one; 'cause and '90s open nothing
    rf"|'(?<!\w')(?=\S)(?!(?:cause|em|til|till|tis|twas|bout|round|n)\b|\d)(?:[^'\n]|(?<=\w)'\w|{_WITHIN})*(?<=\S)'(?!\w)",
    re.I,
)
_ASCII = str.maketrans({n: chr(n).lower() if chr(n).isalpha() or chr(n) == "'" else " " for n in range(128)})
_ENDINGS = ("ing", "ed", "es", "ly", "er", "s")


def _plain(text: str) -> str:
    """`text` without what it quotes, apostrophes straight."""
    if not text.isascii():
        text = text.replace("’", "'").replace("‘", "'").replace("—", " ; ").replace("–", " ; ").replace("…", " ; ")
    return _QUOTED.sub(" ; ", text) if _OPENS.search(text) else text


def words_in(text: str) -> list[str]:
    """The writer's own words in `text`, in lower case, without those in quotation marks."""
    plain = _plain(text)
    if not plain.isascii():
        return _WORD.findall(plain.lower())
    return (_LOOSE.sub(" ", plain) if _LOOSE.search(plain) else plain).translate(_ASCII).split()


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
    answers of one day are given changes nothing.
    """
    counted_words = frozenset(chain.from_iterable(group.words for group in lists.groups))
    by_stage: dict[Stage | None, list[_Counted]] = {}
    for one in written:
        if one.bond == bond:
            words = words_in(one.text)
            hits = tuple(filter(counted_words.__contains__, words))
            by_stage.setdefault(one.stage, []).append(_Counted(one.day, len(words), hits))
    stages = sorted(by_stage, key=lambda stage: "~" if stage is None else ("notice", "look-again", "tend").index(stage))
    return tuple(use for stage in stages for use in _halves(stage, by_stage[stage], lists.groups))


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
    """One session: its answers, and its words with "" where a phrase cannot go on."""

    def __init__(self, cause: str | None) -> None:
        self.cause = cause
        self.answers: list[Written] = []
        self.words: list[str] = []
        self.starts: list[int] = []
        self.own = 0

    def read(self, lists: WordLists, masked: frozenset[str]) -> None:
        """Take the words in; those of a question asked, names, and marks between words become ""."""
        asked = _asked(self.answers, lists)
        for answer in self.answers:
            pieces = _PIECE.findall(_plain(answer.text).lower())
            no = {p for p in set(pieces) if not p[0].isalpha() or _stem(p) in asked or p.removesuffix("'s") in masked}
            self.words += ["" if piece in no else piece for piece in pieces]
            self.words.append("")
        self.starts = [n for n, word in enumerate(self.words) if word]
        self.own = len(self.starts)

    def runs(self, size: int) -> list[str]:
        """Every run of `size` words both of whose shorter runs are still kept."""
        if size > 1:
            kept = set(self.starts)
            self.starts = [n for n in self.starts if n + 1 in kept]
        return [" ".join(self.words[n : n + size]) for n in self.starts]


class _Pile(NamedTuple):
    """What is looked at: sessions by cause, and in how many of them each phrase stands."""

    sessions: dict[str | None, Sequence[_Session]]
    held: dict[str | None, Counter[str]]
    words: dict[str | None, int]

    def elsewhere(self, phrase: str, cause: str) -> int:
        """In how many sessions on anything else it stands."""
        return sum(counts[phrase] for other, counts in self.held.items() if other != cause)


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
    doi 10.1093/pan/mpn018), whose z also gives the order; and when so many of its sessions would fall to that cause by
    chance, in a journal where nothing comes back, for at most `CHANCE` of causes: the exact binomial tail over
    sessions, divided by the number of runs of words counted. The usual log-likelihood is not used, because for counts
    of three or four it promises more than it keeps. Sessions are counted, not words, because a word that was used
    once is soon used again.

    The words of a question asked in the same session are passed over, and so are `names`. At most `MOST_PHRASES` a
    cause, none sharing a word that means something with another; nothing from fewer than `FEWEST_ANSWERS` answers.
    """
    by_session: dict[str, _Session] = {}
    for one in sorted((one for one in written if one.bond == bond), key=lambda one: (one.day, one.ref)):
        by_session.setdefault(one.session, _Session(one.cause)).answers.append(one)
    by_cause: dict[str | None, list[_Session]] = {}
    for session in by_session.values():
        by_cause.setdefault(session.cause, []).append(session)
    answers = {cause: sum(len(s.answers) for s in sessions) for cause, sessions in by_cause.items()}
    causes = [c for c in by_cause if c and FEWEST_ANSWERS <= answers[c] <= sum(answers.values()) - FEWEST_ANSWERS]
    if not causes:
        return ()
    pile = _pile(by_cause, causes, lists, _masked(names, lists))
    runs = len(frozenset(chain.from_iterable(pile.held.values())))
    return tuple(
        _everywhere(cause, found.phrase, by_cause[cause], lists)
        for cause in causes
        for found in _named(pile, cause, lists, runs)
    )


def _masked(names: Iterable[str], lists: WordLists) -> frozenset[str]:
    """The words of names; a small word only when it is a whole name, such as Will."""
    parts = [_WORD.findall(_straight(name)) for name in names]
    return frozenset(w for ws in parts for w in ws if len(ws) == 1 or w not in lists.small | lists.openers)


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
    held: dict[str | None, Counter[str]] = {cause: Counter() for cause in sessions}
    for size in range(1, LONGEST + 1):
        runs = [session.runs(size) for session in looked_at]
        counts: dict[str | None, Counter[str]] = {cause: Counter() for cause in sessions}
        for session, found in zip(looked_at, runs, strict=True):
            counts[session.cause].update(set(found))
        kept = {run for cause in causes for run, n in counts[cause].items() if n >= FEWEST_SESSIONS}
        for session, found in zip(looked_at, runs, strict=True):
            session.starts = [n for n, run in zip(session.starts, found, strict=True) if run in kept]
        for cause, counted in counts.items():
            held[cause].update({run: n for run, n in counted.items() if run in kept})
    return _Pile(sessions, held, {cause: sum(s.own for s in some) for cause, some in sessions.items()})


def _spread(items: Sequence[_Session], most: int) -> Sequence[_Session]:
    """At most `most` of `items`, evenly spread, with the first and the last."""
    if len(items) <= most:
        return items
    return [items[round(n * (len(items) - 1) / (most - 1))] for n in range(most)]


def _named(pile: _Pile, cause: str, lists: WordLists, runs: int) -> list[_Found]:
    """What is named on `cause`: clear enough, far enough apart in time, and each only once."""
    clear = [found for found in _clear(pile, cause, lists, runs) if _apart(pile.sessions[cause], found.phrase)]
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
    docs, all_docs = len(pile.sessions[cause]), sum(map(len, pile.sessions.values()))
    share = max(here / total, docs / all_docs)  # whichever asks for more
    for phrase, n in pile.held[cause].items():
        if n < FEWEST_SESSIONS or not _shaped(phrase, lists):
            continue
        others = pile.elsewhere(phrase, cause)
        if " " not in phrase and others > RARE * (all_docs - docs):
            continue
        odds, z = _log_odds(n, here, others, total - here)
        if odds >= TWICE and _tail(n, n + others, share) * runs <= CHANCE:
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
    odds = math.log(one / (words + weight - one)) - math.log(other / (other_words + weight - other))
    return odds, odds / math.sqrt(1 / one + 1 / other)


def _tail(n: int, of: int, share: float) -> float:
    """The chance that at least `n` of `of` fall to a part that holds `share` of everything."""
    ways = math.lgamma(of + 1) - math.lgamma(n + 1) - math.lgamma(of - n + 1)
    term = math.exp(ways + n * math.log(share) + (of - n) * math.log1p(-share))
    chance = 0.0
    for k in range(n, of + 1):
        chance += term
        term *= (of - k) / (k + 1) * share / (1 - share)
    return chance


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
