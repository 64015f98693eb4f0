"""The writer's own words over time: what comes back, how often some were used, passages worth reading again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mother_bond.actions.patterns import theme_name
from mother_bond.bundled import word_lists
from mother_bond.domain.prompt import Stage
from mother_bond.domain.words import Returning, WordUse, Written
from mother_bond.patterns.passages import FEWEST_WORDS, Passage, early_and_late, passage
from mother_bond.patterns.words import POOLED, what_comes_back, word_use
from mother_bond.storage import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.domain.entry import Session
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
    """The words of one bond's entries, counted and set side by side; unfinished sittings as far as they went."""
    written: list[Written] = []
    passages: dict[str, list[Passage]] = {}
    for session in look.stream(store, meant):
        for one in _written(session):
            written.append(one)
            if one.cause:
                found = passages.setdefault(one.cause, [])
                if len(one.text.split(None, FEWEST_WORDS)) >= FEWEST_WORDS:
                    found.append(Passage(one.ref, one.day, one.cause, one.text, one.stage))
    lists = word_lists()
    returning = what_comes_back(written, lists, bond.id, (bond.name, bond.call))
    themes = (
        ThemeWords(
            theme_name(library, cause),
            tuple(one for one in returning if one.cause == cause),
            _worth_reading(found, cause),
        )
        for cause, found in passages.items()
    )
    return OwnWords(
        bond.name,
        tuple(theme for theme in themes if theme.returning or theme.passages),
        word_use(written, lists, bond.id),
    )


def _worth_reading(answers: list[Passage], cause: str) -> tuple[Passage, ...]:
    """Passages of whole answers, early and late; cut out of the few that are chosen, for cutting all takes long.

    Where one of those gives no passage, all are cut first. It comes to the same: what is chosen of many is chosen of
    fewer, too, as long as it is among them.
    """
    chosen = early_and_late(answers, [cause])
    if not all(passage(one.text) for one in chosen):
        chosen = early_and_late([one for one in answers if passage(one.text)], [cause])
    return tuple(one._replace(text=passage(one.text) or "") for one in chosen)


def _written(session: Session) -> Iterator[Written]:
    for answer in session.answers:
        yield Written(
            answer.text,
            session.day,
            f"{session.ref}.{answer.position}",
            session.bond.id,
            session.cause,
            stage_of(answer.prompt),
            answer.question,
        )


_STAGES = {stage.value: stage for stage in Stage}


@lru_cache(maxsize=2_000)
def stage_of(prompt: str | None) -> Stage | None:
    """The stage of a question by the third part of its id, so that a theme that is gone still has stages."""
    parts = (prompt or "").split(".")
    return _STAGES.get(parts[2]) if len(parts) == 4 else None
