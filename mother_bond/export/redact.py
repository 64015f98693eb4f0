"""Names, places, numbers and addresses out, roles and marks in, for a text that is handed to somebody.

Whatever is listed is found in any case, with or without accents, as a possessive, a plural, in a compound, and as the
usual English pet names. Everything else is taken for a name by its capital: inside a sentence always, at the start of
one when it is no ordinary English word, or when it has been seen with a capital inside a sentence anywhere in the same
document. A document therefore is redacted as a whole (`redact_all`), never piece by piece.

What this cannot see, unless it is in the writer's list: a name written without a capital, or in a script that has none;
a name that is an ordinary word and stands at the start of sentences only (Grace, Mark: those are handed back as
`unsure`); nicknames of no English pattern; names of days, months, feasts and peoples' usual words borne by a person
(April, May); numbers, ages and dates in words; an address told without its street; who somebody is by what is told of
them. It knows nothing of the meaning of a sentence, so that a person who reads it over is still needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond.domain.bond import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mother_bond.domain.bond import Bond

A_NAME, A_PLACE, A_PEOPLE = "[a name]", "[a place]", "[a people or language]"
AN_ADDRESS, AN_EMAIL, A_PAGE, AN_ACCOUNT = "[an address]", "[an e-mail]", "[a web page]", "[an account]"
A_NUMBER, A_YEAR, A_DATE, A_TIME = "[a number]", "[a year]", "[a date]", "[a time]"
AN_AMOUNT, AN_AGE = "[an amount]", "[an age]"
OTHERS = {Role.MOTHER: "my child", Role.CHILD: "my mother"}
"""Who the other is, by the writer's role; with a number where there is more than one."""

_MARKS = frozenset(
    (A_NAME, A_PLACE, A_PEOPLE, AN_ADDRESS, AN_EMAIL, A_PAGE, AN_ACCOUNT)
    + (A_NUMBER, A_YEAR, A_DATE, A_TIME, AN_AMOUNT, AN_AGE)
)
_GONE = "\0"  # what is replaced, or a mark that already stood there, while the rest is looked at
_ANY, _CAPITAL, _INSIDE = range(3)  # where a form counts: anywhere, with a capital, with a capital inside a sentence
_WORD = re.compile(r"[^\W\d_]+")
_CLITICS = frozenset("s d ll ve re m t am em all er n".split())
_SENTENCE_END = re.compile(r"[.!?]['\")\]]*\s|:\s|[•\n]")
_OPENING = re.compile(r"(?:^|[\s(\[{\u2013\u2014-])['\"(\[{]+$")
_BETWEEN = re.compile(r"[\s.'&-]{1,3}")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D"})
_QUOTES = str.maketrans(dict.fromkeys("‘’‛ʼʹ′`´＇", "'") | dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‐‑", "-"))
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CAPITAL_STREET = (
    r"(?:\b(?i:flat|apartment|apt|unit|room)\.?\s\w{1,4},?\s{1,2})?(?<!\w)\d{1,5}\s?[a-zA-Z]?(?:[-/]\d{1,4})?,?\s{1,2}"
    r"(?:[A-Z][\w'.-]{0,30}\s{1,2}){1,4}?(?:%s)\b"
)
_LOWER_STREET = r"(?<!\w)\d{1,5}[a-z]?,?\s(?!(?:%s)\b)[a-z'-]{3,30}\s(?:%s)\b"
_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), mark)
    for pattern, mark in (
        (r"\b(?:https?://|ftp://|www\.)[^\s\0]*[^\s\0.,;:!?'\")\]]", A_PAGE),
        (r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)*", AN_EMAIL),
        (r"(?<!\w)[@#][^\W\d]\w+(?:\.\w+)*", AN_ACCOUNT),
        (
            r"(?<![\w.@-])(?:[\w-]+\.)+(?:com|org|net|uk|info|eu|ie|de|fr|nz|au|ca|edu|gov|io|app)(?!\w)(?:/[^\s\0]*)?",
            A_PAGE,
        ),
        (r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b", AN_ADDRESS),
        (r"(?-i:\b[A-Z]{2}),?\s{1,2}\d{5}(?:-\d{4})?(?!\d)", AN_ADDRESS),
        (r"(?<!\w)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\w)", A_DATE),
        (rf"(?<!\w){_DAY}(?:\s(?:day\s)?of)?[\s-]{_MONTH}(?:,?[\s-]\d{{4}}(?!\w))?", A_DATE),
        (rf"\b{_MONTH}[\s-](?:the\s)?{_DAY}(?!\w)(?:,?\s\d{{4}}(?!\w))?", A_DATE),
        (r"(?<![\w/])(?!24/7|50/50|[123]/[2345]\b)(?:[0-2]?\d|3[01])/(?:0?\d|1[0-2])(?![\w/])", A_DATE),
        (r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){5,19}(?!\w)", A_NUMBER),
        (r"[£$€¥]\s?\d(?:[\d.,]*\d)?(?:\s?(?:k|m|million|thousand)\b)?", AN_AMOUNT),
        (
            r"(?<!\w)\d(?:[\d.,]*\d)?\s?(?:(?:k|million|thousand|hundred)\s)?(?:pounds?\b|euros?\b|dollars?\b|quid\b|p\b|pence\b"
            r"|cents?\b|grand\b|£|€|\$)",
            AN_AMOUNT,
        ),
        (r"(?<!\w)\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\b\.?|o'clock\b)|(?<![\w.,:])\d{1,2}[:.]\d{2}(?![\w.,:]\w)", A_TIME),
        (r"\b(?:aged?|turn(?:s|ed|ing)?)\s(\d{1,3})(?!\w)", AN_AGE),
        (r"(?<!\w)\d{1,3}(?=[\s-]?(?:years?|yrs?|months?)[\s-]old\b)|(?<!\w)\d0s(?!\w)", AN_AGE),
        (r"(?:\b(?:is|am|was|are|were|be|been)\s|'(?:s|m|re)\s)(\d{2})(?!\w)", A_NUMBER),
        (r"\b(?:number|flat|ward|apartment|unit|room|house|bus)\s(\d{1,4}[a-z]?)(?!\w)", A_NUMBER),
        (r"(?<!\w)(?:1[89]|20)\d\d(?:s|ish)?(?!\w)|(?<!\w)'\d\ds?(?!\w)", A_YEAR),
        (r"(?<!\w)\d{1,2}(?:st|nd|rd|th)(?!\w)|(?<!\w)\d{1,3}(?:[,.\s]\d{3})+(?!\w)|(?<!\w)\w*\d{3}\w*", A_NUMBER),
    )
)


class Form(NamedTuple):
    """One way in which a name is written: its folded words, what takes its place ("" for nothing), and where it counts."""

    words: tuple[str, ...]
    mark: str
    where: int


class Names(NamedTuple):
    """What is known before a text is read; made by `known`.

    `forms` has every form of the listed names by its first word, longest first; `letters` names in a script without
    capitals, or with digits, that are found letter by letter; `lists` the words of data/capitals.toml.
    """

    forms: Mapping[str, tuple[Form, ...]]
    letters: tuple[tuple[str, str], ...]
    marks: frozenset[str]
    lists: Mapping[str, frozenset[str]]

    def ordinary(self, word: str) -> bool:
        """Whether a folded word is an English word, or made from one by a usual ending."""
        words = self.lists["ordinary"]
        return word in self.lists["small"] or word in words or any(stem in words for stem in _stems(word))


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


def known(bonds: Iterable[Bond], own: Iterable[str], capitals: Mapping[str, Any]) -> Names:
    """The names of the bonds, each with its role for a mark, and the writer's own list.

    A line of the list is a name ("Effie"), a name with its mark ("Gran = [my grandmother]"), or a word that is to stay
    although it looks like a name ("Petrol ="). Of a name of several words, each word counts alone, too. A name that is
    an ordinary word (Rose, Will) counts only with a capital, unless a whole text has none.
    """
    lists = {key: frozenset(_fold(text).split()) for key, text in capitals.items() if isinstance(text, str)}
    names = Names({}, (), _MARKS, lists)
    given: list[tuple[str, str]] = []
    for role, called in OTHERS.items():
        others = [bond for bond in bonds if bond.role == role and (_own(bond.name, lists) or _own(bond.call, lists))]
        for number, bond in enumerate(others, 1):
            mark = f"[{called} {number}]" if len(others) > 1 else f"[{called}]"
            given += [(name, mark) for name in (_own(bond.name, lists), _own(bond.call, lists)) if name]
    for line in own:
        name, has_mark, mark = line.partition("=")
        inner = " ".join(mark.translate({ord(ch): " " for ch in "[]\0"}).split())
        given.append((name, (f"[{inner}]" if inner else "") if has_mark else A_NAME))
    flat = [("".join(_flat(name)[0]).strip(), mark) for name, mark in given]
    letters = sorted({(name, mark) for name, mark in flat if name and (name.upper() == name.lower() or re.search(r"\d", name))})
    found: dict[tuple[str, ...], Form] = {}
    for level in (_given, _parts, _derived):
        for name, mark in flat:
            for form in level(tuple(_words_of(name)), mark, names, capitals["pets"]):
                found.setdefault(form.words, form)
    for phrase in capitals["phrases"]:
        words = tuple(_words_of(phrase))
        found.setdefault(words, Form(words, "", _CAPITAL))
    forms: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(found.values(), key=lambda form: -len(form.words)):
        forms[form.words[0]].append(form)
    marks = _MARKS | {mark for _, mark in given if mark}
    return names._replace(forms={key: tuple(of) for key, of in forms.items()}, letters=tuple(letters[::-1]), marks=marks)


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
