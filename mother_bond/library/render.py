"""Put a question into words for one bond.

Placeholders: `{name}`, `{call}`, the pronoun forms (`{they}`, `{them}`, `{their}`, `{theirs}`,
`{themselves}`), each also with a capital, and a verb in two forms, `{is|are}`, of which the
first follows *he* and *she* and the second follows *they*.
"""

import re

from mother_bond.domain.bond import Bond, They

_FORMS = {
    They.HE: ("he", "him", "his", "his", "himself"),
    They.SHE: ("she", "her", "her", "hers", "herself"),
    They.THEY: ("they", "them", "their", "theirs", "themselves"),
}
_NAMES = ("they", "them", "their", "theirs", "themselves")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_VERB = re.compile(r"[a-z']+\|[a-z']+")

KNOWN = frozenset({"name", "call", "Call", *_NAMES, *(n.capitalize() for n in _NAMES)})


def address(call: str) -> str:
    """What the writer calls the other, as it is said back to the writer: "my son" → "your son"."""
    return "your " + call[3:] if call.lower().startswith("my ") else call


def fill(text: str, bond: Bond) -> str:
    """Replace every placeholder in `text` for `bond`; anything else in braces stays as it is."""
    call = address(bond.call)
    words = dict(zip(_NAMES, _FORMS[bond.they], strict=True))
    words |= {key.capitalize(): form.capitalize() for key, form in words.items()}
    words |= {"name": bond.name, "call": call, "Call": call[:1].upper() + call[1:]}

    def one(match: re.Match[str]) -> str:
        inside = match[1]
        if _VERB.fullmatch(inside):
            singular, plural = inside.split("|")
            return plural if bond.they is They.THEY else singular
        return words.get(inside, match[0])

    return _PLACEHOLDER.sub(one, text)


def unknown_placeholders(text: str) -> list[str]:
    """Everything in braces that `fill` would leave standing, and braces without a partner."""
    inside = [m[1] for m in _PLACEHOLDER.finditer(text)]
    strange = ["{" + word + "}" for word in inside if word not in KNOWN and not _VERB.fullmatch(word)]
    rest = _PLACEHOLDER.sub("", text)
    return strange + [brace for brace in "{}" if brace in rest]
