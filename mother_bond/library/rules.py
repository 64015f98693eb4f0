"""The wording rules, as far as a program can see them: one pattern or count each.

A rule names what it found and how to mend it; the sentence for that is `messages.EDIT[rule]`. The
numbers in comments are the fifteen rules of wording that CONTRIBUTING.md lists.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mother_bond.library.grade import HARDEST, grade


class Breach(NamedTuple):
    """A rule that is broken, by its name, and the words that break it."""

    rule: str
    what: str


_OTHER = r"\{(?:name|they|call|Call|They)\}"
_QUOTED = re.compile(r"“[^”]*”")
_PLACEHOLDER = re.compile(r"\{([^{}|]*)(?:\|[^{}]*)?\}")
_FEWEST_WORDS = 15
"""A reading grade says nothing about a few words, or about a list of things."""

_HARDEST_PLAN = 8.0
"""A plan is one sentence, "When …, I will …", and by the formula a long sentence is a hard one."""


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.I)


_EVERYWHERE = (
    ("exclamation", re.compile(r"!")),  # 13
    ("why", re.compile(r"\bwhy (?:(?:do|does|did|would|is|was|are|were|has|have|had|you|it|that)\b|\{)", re.I)),  # 1
    (
        "label",  # 9
        _words(
            *("toxic", r"narciss\w+", r"trauma\w*", r"trigger\w*", r"boundar\w+", "inner child", "closure"),
            *(r"heal(?:s|ed|ing)?", "self-care", r"empower\w*", r"validat\w+", "journey", "unpack", "safe space"),
            *("attachment", r"co-?dependen\w+", r"dysfunction\w*", r"gasligh\w+", "enmeshed", "estranged", r"abus\w+"),
            *("process(?:ing)? your", r"depress\w+", "anxiety", "disorder", "bipolar", "personality"),
        ),
    ),
    (
        "promise",  # 4
        _words(
            "will get better",
            "(?:it|this) will pass",
            "never too late",
            r"(?:he|she|they|your (?:mother|child|son|daughter)) (?:still )?loves? you",
            r"(?:he|she|they|your (?:mother|child|son|daughter)|\{\w+\}) will (?:come back|come round|return)",
            r"brings? (?:you|people|both) closer",
            "in the end everything",
        ),
    ),
    ("promise", re.compile(rf"{_OTHER} (?:still )?(?:loves|\{{loves\|love\}}) you\b", re.I)),
    ("praise", _words("well done", "congratulations", "good job", r"days? in a row", "bravo", "keep it up")),  # 13
    (
        "faith",
        _words(r"christmas", "easter", "birthdays?", "god", r"pray(?:s|ed|er|ers|ing)?", "church", "bless(?:ed)?"),
    ),
    (
        "family",  # 15
        _words(
            r"your (?:father|dad|husband|wife|brothers?|sisters?|siblings|parents|grandparents|marriage)",
            r"\{their\} (?:father|dad|husband|wife|brothers?|sisters?|siblings|parents)",
            "both (?:your )?parents",
            "grandchild(?:ren)?",
            "happy childhood",
        ),
    ),
    (
        "love",  # 15
        _words(
            r"(?:because|how much|since) you (?:still )?love",
            r"you (?:still )?love \{\w+\}",
            r"\{name\}'s love",
            "your love for",
            r"loves? you (?:more|most|still)",
        ),
    ),
    (
        "closeness",  # 7
        _words(
            "closer again",
            "win (?:back|them back)",
            r"win \{\w+\} back",
            r"get \{\w+\} back",
            r"rebuild\w*",
            r"reconnect\w*",
            "reach out",
            r"repair (?:the|your) (?:bond|relationship)",
        ),
    ),
    (
        "british",
        _words("mom", r"colors?", r"favor\w*", r"honor(?!ar)\w*", r"apologiz\w+", r"realiz\w+", r"recogniz\w+", "gray"),
    ),
    ("british", _words(r"center\w*", r"neighbor\w*", r"behavior\w*", r"practicing", r"toward", r"gotten", "math")),
)
_PRESSING = (
    "should",
    _words(
        r"should(?:n't|n’t)?",
        r"must(?:n't|n’t)?",
        "ought",
        "have to(?! (?:spare|give|hand|say))",
        "supposed to",
        r"try(?:ing)? to",
    ),
)
PRONOUN = _words("he", "she", "him", "her", "his", "hers", "himself", "herself")
_IN_QUESTIONS = (
    ("pronoun", PRONOUN),  # 15
    (
        "motive",
        re.compile(
            rf"(?:what|how) (?:do you think|must|might|may) {_OTHER} (?:have )?"
            r"(?:\{)?(?:feel|think|want|mean|meant|felt)",
            re.I,
        ),
    ),  # 12
    (
        "other-acts",
        re.compile(rf"\b(?:what|how) (?:could|would|can|will) {_OTHER} (?:do|say|change|stop|learn)\b", re.I),
    ),  # 3
    (
        "detail",
        _words("in (?:full |every )?detail", "every detail", "relive", "worst (?:moment|memory|thing)", "blow by blow"),
    ),  # 10
    ("sides", _words("who (?:is|was) (?:right|wrong|to blame|at fault)", "whose fault", r"blame \{\w+\}")),  # 6
    ("forgiveness", re.compile(rf"\bforgiv\w+ (?:{_OTHER}|\{{them\}}|your (?:mother|child))", re.I)),  # 14
    ("gratitude", re.compile(rf"\b(?:grateful|thankful) (?:to|for) (?:{_OTHER}|\{{them\}})", re.I)),  # 5
    ("sweeping", re.compile(rf"{_OTHER} (?:always|never)\b", re.I)),  # 6
)
_CLOSED = re.compile(r"(?:do|does|did|have|has|had|is|are|was|were|can|could|would|will|may) (?:you|there|it|\{)", re.I)
_SECOND_QUESTION = re.compile(r", (?:and|or) (?:what|how|when|who|whom|which|where|why)\b(?! else)", re.I)

_REACH = (
    r"(?:tell|ask|ring|call|phone|text|visit|invite|message|write to|reply to|answer|thank|(?:talk|speak) (?:to|with))"
)
_HAND = r"(?:give|send|show|offer|say to|suggest to)"
_ONE = r"(?:\{name\}|\{them\}|\{call\})(?!'s)"
_TODAY = r"(?:\{(?!(?:was|had|did|used)(?:n't)?\|)[a-z']+\|[a-z']+\})"
_CONTACT = re.compile(
    rf"\b(?:next|when|if|before|after|while) (?:time )?you"
    rf" (?:are (?:next )?with|(?:next |last |now )?(?:see|meet|{_REACH})) (?:{_ONE}|each other)"
    rf"|\bwhen {_OTHER} next\b|\b(?:the|your) next (?:call|visit|message|talk|meeting)\b"
    rf"|\b(?:could|would|might|will) you (?:like to )?(?:{_REACH}|{_HAND}) {_ONE}"
    rf"|\b{_REACH} {_ONE} (?:next|soon|this|tomorrow|tonight|today)"
    rf"|\bwhen {_OTHER} (?:{_TODAY}|(?:calls|rings|visits|writes|phones|sends|answers|asks|comes|talks)\b)"
    r"(?! (?:you )?to (?:your )?mind)",
    re.I,
)
_TO_THE_OTHER = re.compile(
    rf"\b(?:{_REACH}|{_HAND}|write|meet|see) {_ONE}(?! gave)|\b(?:ringing|calling|telling|asking) {_ONE}", re.I
)
_PRESENT = re.compile(
    rf"(?<!about )(?<!of )(?<!to )(?<!with )(?<!from )(?<!for )(?<!by )(?<!and ){_OTHER} (?:now )?"
    rf"(?:{_TODAY}|(?:is|has(?! died)|does|doesn't|hasn't|wants|needs|likes|loves|keeps|knows|lives|thinks|feels"
    r"|says|makes)\b)"
    r"|\{they\} \{is\|are\}"
    rf"|(?:\bdoes|\bis|\bhas|\{{does\|do\}}|\{{is\|are\}}|\{{has\|have\}}) {_OTHER}|\{{name\}}'s life now\b",
    re.I,
)


def everywhere(text: str, hardest: float = HARDEST) -> Iterator[Breach]:
    """The rules that hold for every text the writer reads."""
    for rule, pattern in _EVERYWHERE:
        if found := pattern.search(text):
            yield Breach(rule, found[0].strip())
    if found := _PRESSING[1].search(_QUOTED.sub("", text)):
        yield Breach(_PRESSING[0], found[0])
    plain = plainly(text)
    if len(plain.split()) >= _FEWEST_WORDS and (hard := grade(plain)) > hardest:
        yield Breach("grade", f"{hard:.1f}, and {hardest:.0f}")


def in_a_plan(text: str) -> Iterator[Breach]:
    """The rules for "When …, I will …"."""
    yield from everywhere(text, _HARDEST_PLAN)
    if not re.fullmatch(r"When [^.]+, I will [^.]+\.", _QUOTED.sub("", text)):
        yield Breach("plan", "")


def in_a_question(text: str) -> Iterator[Breach]:
    """The rules for one prompt, beside those that hold everywhere."""
    for rule, pattern in _IN_QUESTIONS:
        if found := pattern.search(text):
            yield Breach(rule, found[0])
    own = _QUOTED.sub("", text)
    if own.count("?") > 1 or ("?" in own and _SECOND_QUESTION.search(own)):
        yield Breach("stacked", "")
    if not text.endswith(("?", ".", "…", "…”", ".”", "?”")):
        yield Breach("end", "")
    question = re.split(r"(?<=[.:;]) ", text)[-1]
    if question.endswith("?") and _CLOSED.match(question):
        yield Breach("closed", "")


def speaks_of_the_living(text: str) -> str | None:
    """The words that say in the present tense what the other is or does, if any: untrue after a death."""
    found = _PRESENT.search(text)
    return found[0] if found else None


def touches_contact(text: str) -> str | None:
    """The words that speak of a contact now or to come, if any."""
    found = _CONTACT.search(text)
    return found[0] if found else None


def goes_to_the_other(text: str) -> str | None:
    """The words by which something is said, sent or asked of the other, if any."""
    found = _TO_THE_OTHER.search(text)
    return found[0] if found else None


def plainly(text: str) -> str:
    """`text` with every placeholder as some word, for counting: a name, or what stands before the bar."""
    return _PLACEHOLDER.sub(lambda found: {"name": "Daniel", "call": "your son"}.get(found[1], found[1]), text)
