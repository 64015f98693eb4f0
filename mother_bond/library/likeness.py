"""Questions that ask nearly the same thing.

Measure: each question is the set of its content words (small words left out, endings cut); a word
weighs the logarithm of how rare it is in the whole library (inverse document frequency); the
likeness of two questions is the cosine of their weights, from 0 to 1. From `LIKE` on an editor
should look: over pairs written to ask the same and pairs written to differ, that is where they part.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIKE = 0.55
"""The likeness from which two questions are named."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset(
    _WORD.findall(
        "a an the and or but nor of to in on at for with from by as is are was were be been being do does did have has"
        " had you your yours yourself it its this that these those they them their what which when where who how if one"
        " would could might will may can not no so than then there here i me my we us our any some"
    )
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SHORT_FORM = re.compile(r"['’]\w+$")
_ENDINGS = ("ing", "ed", "es", "ly", "er", "s")


class Alike(NamedTuple):
    """Two questions by their ids, and how alike they are."""

    one: str
    other: str
    likeness: float


def alike(questions: Mapping[str, str]) -> Iterator[Alike]:
    """Every pair of `questions` (text by id) that is at least `LIKE` alike, most alike first."""
    bags = {key: _content(text) for key, text in questions.items()}
    found_in = Counter(word for bag in bags.values() for word in bag)
    weight = {word: math.log((1 + len(bags)) / n) ** 2 for word, n in found_in.items()}
    length = {key: math.sqrt(sum(weight[word] for word in bag)) for key, bag in bags.items()}
    found = [
        Alike(one, other, round(both / (length[one] * length[other]), 2))
        for one, other in combinations(bags, 2)
        if (both := sum(weight[word] for word in bags[one] & bags[other])) >= LIKE * length[one] * length[other] > 0
    ]
    yield from sorted(found, key=lambda pair: (-pair.likeness, pair.one, pair.other))


def _content(text: str) -> frozenset[str]:
    words = _WORD.findall(_PLACEHOLDER.sub(" ", text.lower()))
    return frozenset(_stem(word) for word in words if word not in _SMALL)


def _stem(word: str) -> str:
    bare = _SHORT_FORM.sub("", word)
    ending = next((e for e in _ENDINGS if bare.endswith(e) and len(bare) - len(e) >= 3), "")
    stem = bare.removesuffix(ending)
    stem = stem.removesuffix("e") if len(stem) > 3 else stem
    return stem[:-1] + "i" if stem.endswith("y") else stem
