"""Names, places, numbers and addresses out, roles and marks in, for a text that is handed to somebody.

Whatever is listed is found in any case, with or without accents, as a possessive, a plural, in a compound, and as the
usual English pet names. Everything else is taken for a name by its capital: inside a sentence always, at the start of
one when it is no ordinary English word, or when it has been seen with a capital inside a sentence anywhere in the same
document. A document therefore is redacted as a whole (`redact_all`), never piece by piece.

What this cannot see: a name nobody listed that is written without a capital everywhere, or in a script that has none;
an ordinary word that is a name (Grace, Mark) and stands at the start of sentences only, or shouted in capitals (the
first are handed back as `unsure`); a listed name that is an ordinary word, written small (rose, bob) or as a
verb or a month would stand (Will my eldest come, in May); days, months and
feasts somebody is called after (May, April), unless listed; nicknames of no English pattern; numbers, ages and dates in
words; an address told without its street; who somebody is by what is told of them. It knows nothing of the meaning of a
sentence: a person has to read it over. Marks may be wrong in kind ("to Joe" is a place until he is met elsewhere).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.export.named import (
    A_NAME,
    A_PEOPLE,
    A_PLACE,
    AN_ADDRESS,
    ANY,
    CAPITAL,
    GONE,
    PATTERNS,
    WORD,
    Form,
    Names,
    bases,
    edged,
    flat,
    known,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Names", "Redacted", "RedactedAll", "known", "redact", "redact_all"]

_CLITICS = frozenset(("s", "d", "ll", "ve", "re", "m", "t", "am", "em", "all", "er", "n"))
_SENTENCE_END = re.compile(r"[.!?]['\")\]]*\s|:\s|[•\n]")
_BETWEEN = re.compile(r"[\s.'&-]{1,3}")
_BROKEN = re.compile(r"-[ \t]{0,8}\r?\n[ \t]{0,8}")


class Redacted(NamedTuple):
    """A text that can be handed over, what was replaced in it, and what may have to be.

    `replaced` is (as it was written, its mark, how often), longest first. `unsure` are ordinary words left standing at
    the start of sentences that are also names.
    """

    text: str
    replaced: tuple[tuple[str, str, int], ...]
    unsure: tuple[str, ...]


class RedactedAll(NamedTuple):
    """The texts of a document in their order, and of all of them together what `Redacted` says of one."""

    texts: tuple[str, ...]
    replaced: tuple[tuple[str, str, int], ...]
    unsure: tuple[str, ...]


def redact(text: str, names: Names) -> Redacted:
    """One text that stands alone; the texts of a document belong into `redact_all`."""
    texts, replaced, unsure = redact_all((text,), names)
    return Redacted(texts[0], replaced, unsure)


def redact_all(texts: Iterable[str], names: Names) -> RedactedAll:
    """Every text redacted by what all of them together show to be a name.

    What is not replaced stays to the letter, and a text that is redacted again stays as it is.
    """
    pages = [_Page(text, names) for text in texts]
    seen = _seen(pages, names)
    replaced: Counter[tuple[str, str]] = Counter()
    unsure: set[str] = set()
    done = []
    for page in pages:
        page.replace_unlisted(seen)
        text, pieces = page.finished()
        done.append(text)
        replaced.update(pieces)
        unsure |= page.unsure
    rows = sorted((what, mark, times) for (what, mark), times in replaced.items())
    return RedactedAll(tuple(done), tuple(sorted(rows, key=lambda row: -len(row[0]))), tuple(sorted(unsure)))


class _Word(NamedTuple):
    """A word of a page: its place, as written, folded, what stands before it, and whether a sentence begins with it."""

    start: int
    end: int
    raw: str
    low: str
    gap: str
    first: bool


class _Seen(NamedTuple):
    """What the texts of a document show together: names, words used without a capital, and votes for places."""

    names: set[str]
    lower: frozenset[str]
    places: Counter[str]


def _seen(pages: Sequence[_Page], names: Names) -> _Seen:
    joins = names.lists["joins"]
    lower = frozenset(
        w.low for page in pages for w, free in zip(page.words, page.free, strict=True) if free and w.raw.islower()
    )
    first, seen = _Seen(set(), lower - joins, Counter()), _Seen(set(), lower - joins, Counter())
    for page in pages:
        for i, end in page.runs(first):
            run = [word for word in page.words[i:end] if word.low not in joins]
            seen.places.update(dict.fromkeys((word.low for word in run), page.vote(i, end)))
            alone, also = len(run) == 1 and not run[0].first, names.lists["also-names"]
            seen.names.update(
                w.low for w in run if alone or not names.ordinary(w.low) or (w.low in also and not w.first)
            )
    return seen


def _words(plain: str, abbreviations: frozenset[str]) -> Iterator[_Word]:
    """The words of a page whose marks are hidden."""
    end, before = 0, ""
    for match in WORD.finditer(plain):
        gap = plain[end : match.start()]
        after = gap.rpartition(GONE)[2]
        bare = after.rstrip("'\"([{")
        opening = len(bare) < len(after) and (bare[-1:] in set(" \n\t(–—-") if bare else not (before or GONE in gap))
        short = after is gap and gap[:1] == "." and (len(before) == 1 or before.casefold() in abbreviations)
        first = not short and (opening or bool(_SENTENCE_END.search(after)) or not (before or GONE in gap))
        yield _Word(match.start(), match.end(), match[0], match[0].casefold(), gap, first)
        end, before = match.end(), match[0]


class _Page:
    """One text while it is read: `plain` is the text in plain letters with what is settled hidden."""

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names = text, names
        self.plain, self.at = flat(text)
        self.found: list[tuple[int, int, str]] = []
        self.unsure: set[str] = set()
        marks = "|".join(re.escape(flat(mark)[0]) for mark in sorted(names.marks, key=len, reverse=True))
        self._out(re.compile(marks), "")
        self.marked = GONE in self.plain
        for name, mark in names.letters:
            whole = rf"(?<!\w){re.escape(name)}(?!\w)" if re.search(r"\d", name) else re.escape(name)
            self._out(re.compile(edged(whole), re.IGNORECASE), mark)
        for pattern, mark in (*((street, AN_ADDRESS) for street in names.streets), *PATTERNS):
            self._out(pattern, mark)
        self.words = tuple(_words(self.plain, names.lists["abbreviations"]))
        self.free = [True] * len(self.words)
        self._listed()

    def _out(self, pattern: re.Pattern[str], mark: str) -> None:
        """Everything a pattern finds, hidden; with a mark, it is to be replaced."""
        group = "hit" if "hit" in pattern.groupindex else 0

        def hide(match: re.Match[str]) -> str:
            start, end = (place - match.start() for place in match.span(group))
            if mark:
                self.found.append((*match.span(group), mark))
            return match[0][:start] + GONE * (end - start) + match[0][end:]

        self.plain = pattern.sub(hide, self.plain)

    def _listed(self) -> None:
        """Replace the listed names, and settle what stays."""
        lists, words, place = self.names.lists, self.words, 0
        any_case = not self.marked and not any(word.raw != word.raw.lower() for word in words)
        while place < len(words):
            word = words[place]
            if mark := self._broken(place):
                self.found.append((word.start, words[place + 1].end, mark))
                self.free[place : place + 2] = [False, False]
                place += 2
                continue
            form = self._form(place, any_case=any_case)
            count = len(form.words) if form else 1
            if form and form.mark:
                self.found.append((word.start, words[place + count - 1].end, form.mark))
            elif not form and self._plain_title(place):
                self.found.append((word.start, words[place + 1].end, A_NAME))
                count = 2
            if form or count > 1 or word.low in lists["settled"] or self._ending(place):
                self.free[place : place + count] = [False] * count
            place += count

    def _form(self, place: int, *, any_case: bool) -> Form | None:
        """The longest listed form that begins with this word, in the singular or the plural."""
        word = self.words[place]
        for base in bases(word.low):
            for form in self.names.forms.get(base, ()):
                rest = self.words[place + 1 : place + len(form.words)]
                if not rest and len(form.words) == 1:
                    same = base == word.low or word.raw[0].isupper() or not self.names.ordinary(word.low)
                    same = same and not (base != word.low and word.low in self.names.lists["small"])
                else:
                    same = base == word.low and self._follow(form, rest)
                capital = word.raw[0].isupper()
                counts = form.where == ANY or (capital if form.where == CAPITAL else capital and not word.first)
                counts = counts or (any_case and form.where == CAPITAL)
                if form.where != ANY and form.mark and len(form.words) == 1:
                    loud = len(word.raw) > 1 and word.raw.isupper()
                    counts = counts and self._as_a_name(place, small=loud or not capital)
                if same and counts and not self._ending(place):
                    return form
        return None

    def _broken(self, place: int) -> str:
        """The mark of a listed name that is parted here at the end of a line, or nothing."""
        after = self.words[place + 1] if place + 1 < len(self.words) else None
        if not after or not _BROKEN.fullmatch(after.gap):
            return ""
        whole = bases(self.words[place].low + after.low)
        forms = [form for base in whole for form in self.names.forms.get(base, ()) if len(form.words) == 1]
        capital = self.words[place].raw[0].isupper()
        return next((form.mark for form in forms if form.mark and (form.where == ANY or capital)), "")

    def _as_a_name(self, place: int, *, small: bool) -> bool:
        """Whether an ordinary word that is a name as well may be one here; with `small` its capital says nothing."""
        word, after = self.words[place], self.words[place + 1] if place + 1 < len(self.words) else None
        before = self.words[place - 1].low if place and word.gap == " " else ""
        lists = self.names.lists
        asks = bool(after and after.gap == " " and after.low in lists["asked"])
        if not small:
            opens = word.first and asks and word.low in lists["asking"]
            return not opens and not (word.low in lists["months"] and before in lists["months-after"])
        if word.low in lists["small"]:
            owns = bool(after and after.gap == "'" and after.low == "s")
            return owns or before in lists["names-after"] or (word.first and not asks)
        return before not in lists["no-names-after"]

    @staticmethod
    def _follow(form: Form, rest: Sequence[_Word]) -> bool:
        """Whether the words after the first are those of the form, with no more than a sign between them."""
        return (
            len(rest) == len(form.words) - 1
            and all(_BETWEEN.fullmatch(word.gap) for word in rest)
            and all(word.low == said for word, said in zip(rest[:-1], form.words[1:-1], strict=True))
            and form.words[-1] in bases(rest[-1].low)
        )

    def _plain_title(self, place: int) -> bool:
        """Whether this is a title before a name without a capital ("mrs patel")."""
        if self.words[place].low not in {"mr", "mrs", "ms", "dr"} or place + 1 == len(self.words):
            return False
        after, lists = self.words[place + 1], self.names.lists
        no = (
            after.low in lists["settled"]
            or after.low in lists["small"]
            or (self.words[place].low == "dr" and self.names.ordinary(after.low))
        )
        return (
            after.raw.islower() and after.gap.strip(".") == " " and not no and not self._form(place + 1, any_case=False)
        )

    def _ending(self, place: int) -> bool:
        """Whether this is the end of a word with an apostrophe (’s, ’ll), or what it makes whole (don’t)."""
        word = self.words[place]
        after = self.words[place + 1] if place + 1 < len(self.words) else None
        left = word.gap.rpartition(GONE)[2] == "'" and (place > 0 or GONE in word.gap)
        return (left and word.low in _CLITICS) or bool(
            after and after.gap == "'" and after.low == "t" and word.low[-1] == "n"
        )

    def _name(self, place: int, seen: _Seen) -> bool:
        """Whether an unlisted word is taken for a name, or for a part of one."""
        word, names = self.words[place], self.names
        usual = names.ordinary(word.low)
        if len(word.raw) == 1 and self._no_initial(place):
            return False
        loud = len(word.raw) > 1 and word.raw.isupper()
        small = word.low in names.lists["small"] and (word.first or loud or word.low not in names.lists["also-names"])
        if not self.free[place] or small or word.low in names.lists["peoples"]:
            return False
        if word.low in seen.names and (word.raw[0].isupper() or not usual):
            return not word.raw[0].isupper() or self._as_a_name(place, small=False)
        if not word.raw[0].isupper():
            return False
        if word.first or loud:
            return not usual and word.low not in seen.lower
        return True

    def _no_initial(self, place: int) -> bool:
        """Whether a single letter stands for no name: T-shirt, plan B, B&Q."""
        word, before = self.words[place], self.words[place - 1] if place else None
        if self.plain[word.end : word.end + 2].strip()[:1] in {"-", "&"} or word.gap.rpartition(GONE)[2].strip() == "&":
            return True
        return bool(
            before and before.raw.islower() and word.gap == " " and before.low in self.names.lists["plain-after"]
        )

    def runs(self, seen: _Seen) -> Iterator[tuple[int, int]]:
        """Every unlisted name as (first word, word after the last)."""
        place = 0
        while place < len(self.words):
            end = place
            if self._name(place, seen) or self._begins(place, seen):
                end = place + 1
                while further := self._further(end, seen):
                    end = further
                yield place, end
            place = max(end, place + 1)

    def _begins(self, place: int, seen: _Seen) -> bool:
        """Whether a word that is none by itself begins a name: a title, or an ordinary word before another capital."""
        word, lists = self.words[place], self.names.lists
        if not word.raw[0].isupper() or place + 1 == len(self.words) or self._further(place + 1, seen) != place + 2:
            return False
        after = self.words[place + 1]
        street = after.low in lists["streets"] or after.low in lists["streets-capital"]
        if word.low in lists["titles"]:
            loud = word.raw.isupper() and self.names.ordinary(word.low)
            return word.low not in lists["family"] and not self._ending(place) and not loud
        return self.free[place] and word.low not in lists["small"] and (word.low in lists["also-names"] or street)

    def _further(self, place: int, seen: _Seen) -> int:
        """The place after the next part of a name that would go on here, or 0."""
        lists = self.names.lists
        for end in (place + 1, place + 2):
            if end > len(self.words) or not self._joined(end - 1):
                return 0
            if self._name(end - 1, seen) and self.words[end - 1].raw[0].isupper():
                return end
            if self.words[end - 1].low not in lists["joins"] or not self.free[end - 1]:
                return 0
        return 0

    def _joined(self, place: int) -> bool:
        """Whether a word stands beside the one before it as parts of a name do."""
        gap, before = self.words[place].gap, self.words[place - 1]
        short = len(before.raw) == 1 or before.low in self.names.lists["abbreviations"]
        return gap in {" ", "  ", "-", "'"} or (short and gap in {".", ". "})

    def vote(self, place: int, end: int) -> int:
        """How much speaks for a place here (above zero) or for a person (below)."""
        before, lists = self.words[place - 1] if place else None, self.names.lists
        if self.words[place].first:
            return 0
        if end < len(self.words) and self.words[end].gap == "'" and self.words[end].low == "s":
            return -2
        if before and self.words[place].gap == " " and before.low in lists["places-after"]:
            return 2
        return 1 if before and self.words[place].gap == " " and before.low in lists["places-maybe"] else -1

    def replace_unlisted(self, seen: _Seen) -> None:
        """Replace what is taken for a name, a place, an address or a people."""
        lists = self.names.lists
        for place, end in self.runs(seen):
            self.found.append(self._piece(place, end, seen))
            self.free[place:end] = [False] * (end - place)
        for word, free in zip(self.words, self.free, strict=True):
            usual = self.names.ordinary(word.low)
            if free and word.low in lists["peoples"] and not (usual and (word.first or not word.raw[0].isupper())):
                self.found.append((word.start, word.end, A_PEOPLE))
            elif free and word.first and word.raw[0].isupper() and word.low in lists["also-names"]:
                doubtful = word.low in seen.names or word.low not in lists["small"]
                self.unsure |= {word.raw} if doubtful else set()

    def _piece(self, place: int, end: int, seen: _Seen) -> tuple[int, int, str]:
        """From where to where a name goes, and its mark."""
        run, lists = self.words[place:end], self.names.lists
        start, stop = run[0].start, run[-1].end
        last = run[-1].low
        street = last in lists["streets"] or last in lists["streets-capital"] or run[0].low in lists["streets-first"]
        street = street and (last in lists["streets"] or last not in lists["also-names"])
        if (street and len(run) > 1) or last.endswith(tuple(lists["streets-ending"])):
            number = re.compile(r",? ?\d{1,4}[a-z]?\b").match(self.plain, stop)
            return start, number.end() if number else stop, AN_ADDRESS
        return start, stop, A_PLACE if seen.places[run[0].low] > 0 else A_NAME

    def finished(self) -> tuple[str, list[tuple[str, str]]]:
        """The text with every piece replaced, and the pieces with their marks."""
        out, pieces, done, ends = [], [], 0, [*self.at, len(self.text)]
        for start, end, mark in sorted(self.found):
            begin, stop = max(done, ends[start]), max(ends[end], ends[end - 1] + 1)
            if begin < stop:
                out += [self.text[done:begin], mark]
                pieces.append((self.text[begin:stop], mark))
                done = stop
        return "".join(out) + self.text[done:], pieces
