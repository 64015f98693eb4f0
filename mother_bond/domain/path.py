"""A path: some sittings on one theme in a set order, over as many weeks as the writer likes."""

from typing import NamedTuple

from mother_bond.domain.bond import Role


class PathPart(NamedTuple):
    """One sitting of a path: its questions in order, and the practice that is offered after them."""

    title: str
    prompts: tuple[str, ...]
    practice: str


class ThemePath(NamedTuple):
    """The path of one theme for one role."""

    cause: str
    role: Role
    name: str
    about: str
    parts: tuple[PathPart, ...]
