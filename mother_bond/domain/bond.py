"""One relationship the writer reflects on."""

import unicodedata
from enum import StrEnum
from typing import NamedTuple

from mother_bond import messages as m
from mother_bond.errors import UsageError

LONGEST_NAME = 80


class Role(StrEnum):
    """Who is writing."""

    MOTHER = "mother"
    CHILD = "child"


class They(StrEnum):
    """The pronoun used for the other person."""

    HE = "he"
    SHE = "she"
    THEY = "they"


class Contact(StrEnum):
    """Where contact between the two stands, in the writer's own view."""

    IN_TOUCH = "in-touch"
    LITTLE = "little"
    NONE_MY_CHOICE = "none-my-choice"
    NONE_THEIR_CHOICE = "none-their-choice"
    DIED = "died"
    UNSAID = "unsaid"


NO_CONTACT = frozenset({Contact.NONE_MY_CHOICE, Contact.NONE_THEIR_CHOICE, Contact.DIED})
"""Where nothing that assumes contact is ever shown."""


class Bond(NamedTuple):
    """A bond: the writer's role, and the other person as the writer speaks of them.

    `call` is what the writer calls the other ("my son", "Mum"). A bond that is put away
    keeps all its entries and is not offered for new ones.
    """

    id: str
    role: Role
    name: str
    call: str
    they: They = They.THEY
    contact: Contact = Contact.UNSAID
    put_away: bool = False


def clean_name(text: str, what: str) -> str:
    """A name as it may be kept: one line, no control characters, not too long.

    Raises `UsageError` with the reason for one that may not.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not name:
        raise UsageError(m.NAME_EMPTY.format(what=what), m.NAME_HINT)
    if len(name) > LONGEST_NAME:
        raise UsageError(m.NAME_LONG.format(what=what, most=LONGEST_NAME), m.NAME_HINT)
    if any(unicodedata.category(ch) in {"Cc", "Cs", "Zl", "Zp"} for ch in name):
        raise UsageError(m.NAME_CONTROL.format(what=what), m.NAME_HINT)
    return name
