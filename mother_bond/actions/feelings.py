"""Words for a feeling that has no name yet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import messages as m
from mother_bond.bundled import feelings

if TYPE_CHECKING:
    from mother_bond.domain.measure import Energy, Feeling


class FeelingGroup(NamedTuple):
    """Feelings alike in energy and pleasantness, each with its meaning."""

    energy: Energy
    pleasant: bool
    feelings: tuple[Feeling, ...]


class FeelingList(NamedTuple):
    """All the words there are, in groups."""

    groups: tuple[FeelingGroup, ...]


def feeling_list() -> FeelingList:
    """Every word with its meaning, by group."""
    grouped = groupby(feelings(), key=lambda feeling: (feeling.energy, feeling.pleasant))
    return FeelingList(tuple(FeelingGroup(*key, tuple(group)) for key, group in grouped))


def feeling_words() -> str:
    """The words alone, a line a group, for the middle of an answer."""
    lines = (
        m.FEELING_LINE.format(
            group=m.FEELING_GROUPS[group.energy, group.pleasant], words=", ".join(f.word for f in group.feelings)
        )
        for group in feeling_list().groups
    )
    return "\n".join([*lines, m.FEELINGS_MORE])
