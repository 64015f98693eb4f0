"""Words on the command line that must be one of a few."""

from enum import StrEnum
from typing import TypeVar

from mother_bond import messages as m
from mother_bond.domain.bond import Contact, Role, They
from mother_bond.errors import UsageError

E = TypeVar("E", bound=StrEnum)
ROLES, THEYS, CONTACTS = Role, They, Contact


def one_of(kind: type[E], word: str | None, option: str) -> E | None:
    """The value that `word` names.

    Raises `UsageError` naming the option and every word there is.
    """
    if word is None:
        return None
    try:
        return kind(word.strip().lower())
    except ValueError:
        raise UsageError(m.VALUE_ONE_OF.format(option=option, known=", ".join(kind)), "") from None
