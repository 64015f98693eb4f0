"""How hard a text is to read, by the Flesch–Kincaid grade.

Grade = 0.39 · words per sentence + 11.8 · syllables per word − 15.59 (Kincaid, Fishburne, Rogers and
Chissom 1975). A sentence ends as Flesch counts it, also at a colon or a semicolon. Syllables are
counted by the spelling, which is right for about 96 of a hundred everyday English words; the mistakes go both ways.
"""

import re
from functools import cache

HARDEST = 6.0
"""The highest grade a text for the writer may have."""

_SENTENCE_END = re.compile(r"[.?!:;…]+(?=[\s”\"’)]|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORT_FORM = re.compile(r"['’](s|d|ll|re|ve|m|t)$")
_VOWELS = re.compile(r"[aeiouyáéíóúàèëïöü]+")
_SILENT_END = re.compile(r"([^aeiouy]e|[^aeiouytd]ed|[^aeiouyscxzgh]es)$")
_SPOKEN_END = re.compile(r"[^aeiouy]les?$")
_TWO_IN_ONE = re.compile(r"[aeiouy]ing$|quiet|diet|scien")
_SILENT_INSIDE = re.compile(r"(?<=som)e(?=\w)|(?<=ev)e(?=ry|ning)|(?<=[^aeiouy])e(?=(?:ly|ful|less|ness|ty)$)")


def grade(text: str) -> float:
    """The Flesch–Kincaid grade of `text` (school years, may be below 0); 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """How many syllables an English word has, judged by its groups of vowels; at least 1."""
    bare = _SILENT_INSIDE.sub("", _SHORT_FORM.sub("", word.lower()))
    groups = len(_VOWELS.findall(bare)) + len(_TWO_IN_ONE.findall(bare))
    if _SILENT_END.search(bare) and not _SPOKEN_END.search(bare):
        groups -= 1
    return max(1, groups)
