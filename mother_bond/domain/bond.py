"""One relationship the writer reflects on."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Bond:
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
