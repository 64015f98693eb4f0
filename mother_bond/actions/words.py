"""The writer's own words over time: what comes back, how often some were used, passages worth reading again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.actions.patterns import theme_name
from mother_bond.bundled import word_lists
from mother_bond.domain.words import Returning, WordUse, Written
from mother_bond.patterns.passages import Passage, early_and_late, passage
from mother_bond.patterns.words import POOLED, what_comes_back, word_use
from mother_bond.storage import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Session
    from mother_bond.domain.prompt import Stage
    from mother_bond.storage.lines import Which
    from mother_bond.storage.store import Store


class ThemeWords(NamedTuple):
    """One theme by its name, with phrases that come back in it and passages early and late."""

    name: str
    returning: tuple[Returning, ...]
    passages: tuple[Passage, ...]


class OwnWords(NamedTuple):
    """What can be said of the writer's words; `pooled` is how many words a side are needed to compare."""

    bond: str
    themes: tuple[ThemeWords, ...]
    uses: tuple[WordUse, ...]
    pooled: int = POOLED


def own_words(store: Store, library: Library, bond: Bond, meant: Which) -> OwnWords:
    """The words of one bond's entries, counted and set side by side."""
    stages = {prompt.id: prompt.stage for pack in library.packs() for prompt in pack.prompts}
    written: list[Written] = []
    passages: list[Passage] = []
    for session in look.stream(store, meant):
        for one in _written(session, stages):
            written.append(one)
            text = passage(one.text) if one.cause else None
            if text:
                passages.append(Passage(one.ref, one.day, one.cause, text, one.stage))
    lists = word_lists()
    returning = what_comes_back(written, lists, bond.name, (bond.name, bond.call))
    causes = list(dict.fromkeys(one.cause for one in written if one.cause))
    themes = (
        ThemeWords(
            theme_name(library, cause),
            tuple(one for one in returning if one.cause == cause),
            early_and_late(passages, [cause]),
        )
        for cause in causes
    )
    return OwnWords(
        bond.name,
        tuple(theme for theme in themes if theme.returning or theme.passages),
        word_use(written, lists, bond.name),
    )


def _written(session: Session, stages: dict[str, Stage]) -> Iterator[Written]:
    for answer in session.answers:
        yield Written(
            answer.text,
            session.day,
            f"{session.ref}.{answer.position}",
            session.bond.name,
            session.cause,
            stages.get(answer.prompt or ""),
            answer.question,
        )
