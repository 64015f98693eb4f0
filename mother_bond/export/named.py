"""What a redacted export knows before it reads a text: the listed names in every form, and the words beside them.

Here a text also becomes plain letters, in which accents, letter forms and invisible characters make no difference.
What no form is made for: nicknames of no English pattern, and endings of other languages. They are found by their
capital, or have to be in the writer's list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from mother_bond.domain.bond import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mother_bond.domain.bond import Bond

A_NAME, A_PLACE, A_PEOPLE = "[a name]", "[a place]", "[a people or language]"
AN_ADDRESS, AN_EMAIL, A_PAGE, AN_ACCOUNT = "[an address]", "[an e-mail]", "[a web page]", "[an account]"
A_NUMBER, A_YEAR, A_DATE, A_TIME = "[a number]", "[a year]", "[a date]", "[a time]"
AN_AMOUNT, AN_AGE = "[an amount]", "[an age]"
OTHERS = {Role.MOTHER: "my child", Role.CHILD: "my mother"}
"""Who the other is, by the writer's role; with a number where there is more than one."""

MARKS = frozenset(
    {A_NAME, A_PLACE, A_PEOPLE, AN_ADDRESS, AN_EMAIL, A_PAGE, AN_ACCOUNT}
    | {A_NUMBER, A_YEAR, A_DATE, A_TIME, AN_AMOUNT, AN_AGE}
)
GONE = "\0"  # what is replaced, or a mark that already stood there, while the rest is looked at
ANY, CAPITAL, INSIDE = range(3)  # where a form counts: anywhere, with a capital, with a capital inside a sentence
WORD = re.compile(r"[^\W\d_]+")
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D"})
_QUOTES = str.maketrans(dict.fromkeys("‘’‛ʼʹ′`´＇", "'") | dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‐‑", "-"))
_CAPITAL_STREET = (
    r"(?:(?<!\w)(?i:flat|apartment|apt|unit|room)\.?\s\w{1,4},?\s{1,2})?(?<!\w)\d{1,5}\s?[a-zA-Z]?(?:[-/]\d{1,4})?,?"
    r"\s{1,2}(?:[A-Z][\w'.-]{0,30}\s{1,2}){1,4}?(?:%s)(?!\w)"
)
_LOWER_STREET = r"(?<!\w)\d{1,5}[a-z]?,?\s(?!(?:%s)(?!\w))[a-z'-]{3,30}\s(?:%s)(?!\w)"


def edged(pattern: str) -> str:
    """A pattern for which what is gone counts as a part of the word beside it: no second reading finds more."""
    return pattern.replace(r"(?<!\w)", r"(?<![\w\0])").replace(r"(?!\w)", r"(?![\w\0])")


_MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?!\w)\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_COIN = r"(?:(?:pounds?|euros?|dollars?|quid|p|pence|cents?|grand)(?!\w)|£|€|\$)"
PATTERNS = tuple(
    (re.compile(edged(pattern), re.IGNORECASE), mark)
    for pattern, mark in (
        (r"(?<!\w)(?:https?://|ftp://|www\.)[^\s\0]*[^\s\0.,;:!?'\")\]]", A_PAGE),
        (r"(?<![\w\0.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)*", AN_EMAIL),
        (r"(?<!\w)[@#][^\W\d]\w+(?:\.\w+)*", AN_ACCOUNT),
        (
            r"(?<![\w\0.@-])(?:[\w-]+\.)+(?:com|org|net|uk|info|eu|ie|de|fr|nz|au|ca|edu|gov|io|app)(?!\w)(?:/[^\s\0]*)?",
            A_PAGE,
        ),
        (r"(?<![\w\0.@-])(?:[\w-]+\.)+[a-z]{2,6}/[^\s\0]*[^\s\0.,;:!?'\")\]]", A_PAGE),
        (r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}(?!\w)", AN_ADDRESS),
        (r"(?<!\w)[A-Z]\d(?:[A-Z]\s{0,2}\d[A-Z]\d|(?-i:[\dW]\s{0,2}[AC-FHKNPRTV-Y][A-Z\d]{3}))(?!\w)", AN_ADDRESS),
        (r"(?<![\w\0-])\d\d-\d{3}(?![\w-])", AN_ADDRESS),
        (r"(?-i:(?<!\w)[A-Z]{2}),?\s{1,2}\d{5}(?:-\d{4})?(?!\d)", AN_ADDRESS),
        (r"(?<!\w)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\w)", A_DATE),
        (rf"(?<!\w){_DAY}(?:\s(?:day\s)?of)?[\s-]{_MONTH}(?:,?[\s-]\d{{4}}(?!\w))?", A_DATE),
        (rf"(?<!\w){_MONTH}[\s-](?:the\s)?{_DAY}(?!\w)(?:,?\s\d{{4}}(?!\w))?", A_DATE),
        (r"(?<![\w\0/])(?!24/7|50/50|[123]/[2345](?!\w))(?:[0-2]?\d|3[01])/(?:0?\d|1[0-2])(?![\w\0/])", A_DATE),
        (r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){5,19}(?!\w)", A_NUMBER),
        (r"[£$€¥]\s?\d(?:[\d.,]*\d)?(?:\s?(?:k|m|million|thousand)(?!\w))?", AN_AMOUNT),
        (r"(?<!\w)\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.m(?!\w)\.?|(?:[ap]m|o'clock)(?!\w))", A_TIME),
        (rf"(?<!\w)(?<!\d[.,])\d(?:[\d.,]*\d)?\s?(?:(?:k|million|thousand|hundred)\s)?{_COIN}", AN_AMOUNT),
        (r"(?<![\w\0.,:])\d{1,2}[:.]\d{2}(?![\w.,:][\w\0])(?!\w)", A_TIME),
        (r"(?<!\w)(?:aged?|turn(?:s|ed|ing)?)\s(?P<hit>\d{1,3})(?!\w)", AN_AGE),
        (r"(?<!\w)\d{1,3}(?=[\s-]?(?:years?|yrs?|months?)[\s-]old(?!\w))|(?<!\w)(?<!')\d0s(?!\w)", AN_AGE),
        (r"(?:(?<!\w)(?:is|am|was|are|were|be|been)\s|'(?:s|m|re)\s)(?P<hit>\d{2})(?!\w)", A_NUMBER),
        (r"(?<!\w)(?:number|flat|ward|apartment|unit|room|house|bus)\s(?P<hit>\d{1,4}[a-z]?)(?!\w)", A_NUMBER),
        (r"(?<!\w)(?:1[89]|20)\d\d(?:s|ish)?(?!\w)|(?<!\w)'\d\ds?(?!\w)", A_YEAR),
        (r"(?<!\w)\d{1,2}(?:st|nd|rd|th)(?!\w)|(?<!\w)\d{1,3}(?:[,.\s]\d{3})+(?!\w)|(?<!\w)\w*\d{3}\w*", A_NUMBER),
    )
)
"""What is no name, and its mark, in the order in which it is looked for; of a match with a "hit", only that."""


class Form(NamedTuple):
    """A way in which a name is written: its folded words, what takes its place ("" for nothing), where it counts."""

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
    streets: tuple[re.Pattern[str], ...] = ()

    def ordinary(self, word: str) -> bool:
        """Whether a folded word is an English word, or made from one by a usual ending."""
        words = self.lists["ordinary"]
        return word in self.lists["small"] or word in words or any(stem in words for stem in _stems(word))


def known(bonds: Sequence[Bond], own: Iterable[str], capitals: Mapping[str, Any]) -> Names:
    """The names of the bonds, each with its role for a mark, and the writer's own list.

    A line of the list is a name ("Effie"), a name with its mark ("Gran = [my grandmother]"), or a word that is to stay
    although it looks like a name ("Petrol ="). Of a name of several words, each word counts alone, too. A name that is
    an ordinary word (Rose, Will) counts only with a capital, unless a whole text has none.
    """
    lists = {key: frozenset(_fold(text).split()) for key, text in capitals.items() if isinstance(text, str)}
    lists["settled"] = lists["stays"] | lists["family"] | {word + "s" for word in lists["stays"] if len(word) > 3}
    given = [*_of_bonds(bonds, lists), *map(_of_line, own)]
    listed = [(flat(name)[0].strip(), mark) for name, mark in given]
    names = Names({}, (), MARKS | {mark for _, mark in given if mark}, lists)
    found = {words: Form(words, "", CAPITAL) for words in map(_words_of, capitals["phrases"])}
    for forms_of in (_derived, _parts, _whole):
        for name, mark in reversed(listed):
            found |= {form.words: form for form in forms_of(_words_of(name), mark, names, capitals["pets"])}
    forms: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(found.values(), key=lambda form: -len(form.words)):
        forms[form.words[0]].append(form)
    streets = "|".join(sorted(lists["streets-capital"] | lists["streets"]))
    return names._replace(
        forms={key: tuple(of) for key, of in forms.items()},
        letters=tuple(_letters(listed)),
        streets=(
            re.compile(edged(_CAPITAL_STREET % streets.title())),
            re.compile(edged(_LOWER_STREET % ("|".join(sorted(lists["small"])), "|".join(sorted(lists["streets"]))))),
        ),
    )


def _letters(listed: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The names that are no words of letters with capitals: 小明, דוד כהן (each of the two), Flat 4."""
    for name, mark in listed:
        if re.search(r"\d", name):
            yield name, mark
        elif name and name.upper() == name.lower():
            yield name, mark
            yield from ((part, mark) for part in name.split() if len(part) > 1 and part != name)


def _of_bonds(bonds: Sequence[Bond], lists: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The names in what the others are called, with their marks; "Mum" and "my son" are roles and hold none."""
    for role, other in OTHERS.items():
        held = []
        for bond in bonds:
            words = [w for w in WORD.findall(flat(bond.name)[0]) if not _of_a_role(w, role, lists)]
            calls = [w for w in WORD.findall(flat(bond.call)[0]) if not _of_a_role(w, role, lists) and not w.islower()]
            if bond.role == role and (words or calls):
                held.append((" ".join(words), " ".join(calls)))
        for number, both in enumerate(held, 1):
            mark = f"[{other} {number}]" if len(held) > 1 else f"[{other}]"
            yield from ((name, mark) for name in both if name)


def _of_a_role(word: str, role: Role, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word of what the other is called says who they are and not their name.

    Will and May are small words and names; Tad and Nan are family to a grown child, and may be the name of one.
    """
    low = word.casefold()
    if low in lists["family"]:
        return role is Role.CHILD or word.islower()
    return low in lists["small"] and (word.islower() or low not in lists["also-names"])


def _of_line(line: str) -> tuple[str, str]:
    name, has_mark, mark = line.partition("=")
    inner = " ".join(mark.translate(dict.fromkeys(map(ord, "[]\0"), " ")).split())
    return name.strip(), (f"[{inner}]" if inner else "") if has_mark else A_NAME


def _whole(words: tuple[str, ...], mark: str, names: Names, _: Mapping[str, str]) -> Iterator[Form]:
    """A name as it is, and written as one word."""
    if len(words) == 1:
        usual = names.lists["stays"] | names.lists["family"] | names.lists["peoples"]
        capital = mark and (len(words[0]) == 1 or words[0] in usual or names.ordinary(words[0]))
        yield Form(words, mark, CAPITAL if capital else ANY)
    elif words:
        yield Form(words, mark, ANY)
        yield from _whole(("".join(words),), mark, names, _)


def _parts(words: tuple[str, ...], mark: str, names: Names, pets: Mapping[str, str]) -> Iterator[Form]:
    """Each word of a name that can stand for the whole."""
    small = names.lists["small"] - names.lists["also-names"]
    no = small | names.lists["joins"] | names.lists["titles"] | names.lists["family"]
    for word in words:
        if mark and len(words) > 1 and len(word) > 1 and word not in no:
            yield from _whole((word,), mark, names, pets)


def _derived(words: tuple[str, ...], mark: str, names: Names, pets: Mapping[str, str]) -> Iterator[Form]:
    """The usual English pet names of a name, and the names it may be a pet name of."""
    no = names.lists["stays"] | names.lists["family"] | names.lists["peoples"]
    for word in words:
        if not (mark and word.isascii() and word not in names.lists["titles"]):
            continue
        told = {*pets.get(word, "").split(), *(full for full, short in pets.items() if word in short.split())}
        for form in told | _clipped(word):
            if form not in no and len(form) > 1:
                common = CAPITAL if form in told else INSIDE
                yield Form((form,), mark, common if names.ordinary(form) else ANY)


def _clipped(word: str) -> set[str]:
    """Daniel → Dan, Danny, Dannie, Dani; Sam → Sammy; Rose → Rosie. What is made and is no name does no harm."""
    made: set[str] = set()
    for stem in (*(word[:n] for n in (3, 4) if n < len(word)), word.removesuffix("e") if len(word) > 2 else ""):
        if stem and stem[-1] not in "aeiouy":
            made |= {stem + end for end in ("y", "ie", "i", "ey", "s", "kins", "")}
            made |= {stem + stem[-1] + end for end in ("y", "ie", "i")} if stem[-2:-1] in set("aeiouy") else set()
    return made - {word, word.removesuffix("e")}


def _stems(word: str) -> Iterator[str]:
    """What `word` may be made from by -s, -ed, -ing or -ly."""
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        yield word[:-1]
    if word.endswith("es") and word[:-2].endswith(("s", "x", "z", "ch", "sh", "o")):
        yield word[:-2]
    if word.endswith(("ies", "ied", "ily")) and len(word) > 4:
        yield word[:-3] + "y"
    for ending in ("ed", "ing", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            if ending != "ly":
                yield from (stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)


def bases(word: str) -> Iterator[str]:
    """A folded word and what it may be the plural of."""
    yield word
    if word.endswith("s") and len(word) > 2:
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"


@lru_cache(4096)
def _letter(ch: str) -> str:
    """A character without accents and in its plain form; nothing for what is not seen."""
    if unicodedata.category(ch) in {"Mn", "Me", "Cf"}:
        return ""
    if ch == GONE or unicodedata.category(ch)[0] in "SC":
        return "\1" if ch == GONE else ch.translate(_QUOTES)
    plain = unicodedata.normalize("NFKD", ch.translate(_QUOTES).translate(_LETTERS))
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf"})


def flat(text: str) -> tuple[str, Sequence[int]]:
    """A text in plain letters, and the place in the text that each of them comes from."""
    if text.isascii():
        return text.replace(GONE, "\1"), range(len(text))
    pairs = [(plain, place) for place, ch in enumerate(text) for plain in _letter(ch)]
    return "".join(plain for plain, _ in pairs), [place for _, place in pairs]


def _fold(text: str) -> str:
    return flat(text)[0].casefold()


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(flat(name)[0]))
