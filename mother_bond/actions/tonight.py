"""What a sitting asks tonight: the theme, its questions, another question, the closings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond.bundled import closings, measures
from mother_bond.domain.measure import Part
from mother_bond.domain.prompt import Depth, Prompt
from mother_bond.library import choose
from mother_bond.library.along import prompts_of, waits
from mother_bond.library.rest import choose_closings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mother_bond.bundled import Library
    from mother_bond.domain.bond import Bond
    from mother_bond.domain.path import ThemePath
    from mother_bond.session.table import Sitting

MOST_LENIENT = 2
"""When no theme has a question left: first a middle one on a low evening, then those of four weeks ago."""


class Found(NamedTuple):
    """A theme, the rule that chose it, and its questions."""

    theme: choose.Theme
    prompts: tuple[Prompt, ...]


class Tonight:
    """The rules of choosing, applied to one evening.

    `checkin` is the evening's own and grows as it goes; `past` is replaced when a deep question was put.
    """

    def __init__(
        self,
        library: Library,
        bond: Bond,
        past: choose.Past,
        checkin: Mapping[str, int],
        today: date,
        *,
        minutes: int,
        again: bool,
    ) -> None:
        self.library, self.bond, self.past, self.checkin, self.today = library, bond, past, checkin, today
        self.minutes, self.again = minutes, again
        self.lenient = 0

    @property
    def mood(self) -> int | None:
        """The mood that was marked tonight, if one was."""
        return self.checkin.get("mood")

    @property
    def low(self) -> bool:
        """Whether this is an evening to go gently."""
        return self.past.heavy or (self.mood is not None and self.mood <= choose.LOW_MOOD)

    def chosen(self, cause: str) -> Found | None:
        """The questions of a theme that was asked for; None when it has none left for now."""
        prompts = self._prompts(cause)
        return Found(choose.Theme(cause, choose.Why.ASKED_FOR), prompts) if prompts else None

    def by_the_rules(self, declined: frozenset[str]) -> Found | None:
        """The first theme by the rules that has more than one question left, or any, or None."""
        while (found := self._first(declined)) is None and self.lenient < MOST_LENIENT:
            self.lenient += 1
        return found

    def _first(self, declined: frozenset[str]) -> Found | None:
        known = self.past._replace(checkins=(self.checkin, *self.past.checkins))
        thin = None
        while theme := choose.choose_theme(known, self.bond, self.library.slugs, measures(), self.today, declined):
            prompts = self._prompts(theme.cause)
            if thin and choose.in_a_row(self.past, theme.cause) >= choose.IN_A_ROW:
                return thin
            if len(prompts) > 1:
                return Found(theme, prompts)
            if prompts and thin is None:
                thin = Found(theme, prompts)
            declined |= {theme.cause}
        return thin

    def part(self, path: ThemePath, number: int) -> Found:
        """What a part of a path asks of this bond; nothing where the pack has none of its questions."""
        prompts = prompts_of(path, number, self.library.pack(path.cause), self._resting(), self.bond, self.today)
        return Found(choose.Theme(path.cause, choose.Why.PATH), prompts)

    def waits(self, part: Found) -> bool:
        """Whether a part goes deep and tonight is no night for that."""
        return waits(part.prompts, self.past, self.mood, self.today)

    def spare(self, path: ThemePath) -> None:
        """Keep the questions of a path that waits for their parts."""
        later = {prompt: self.today.isoformat() for part in path.parts for prompt in part.prompts}
        self.past = self.past._replace(shown={**later, **self.past.shown})

    def other_question(self, prompt: Prompt, sitting: Sitting) -> Prompt | None:
        """Another question in the place of `prompt`, if there is one that fits."""
        waiting = [p for p in map(self.library.prompt, sitting.prompts) if p]
        return choose.next_prompt(
            self.library.pack(prompt.cause),
            self._resting(),
            self.bond,
            self.today,
            prompt.stage,
            choose.deepest_wished(self._limit(prompt.cause), self.mood),
            taken=waiting,
            declined=frozenset(sitting.declined),
        )

    def closings(self, prompts: tuple[Prompt, ...]) -> tuple[str, ...]:
        """The closings that fit what was asked, by their ids; a short sitting has no third one."""
        heavy = self.low or any(prompt.depth is Depth.DEEP for prompt in prompts)
        parts = (Part.BREATH, Part.KIND_LINE) if self.minutes < 10 else tuple(Part)
        return tuple(c.id for c in choose_closings(closings(), self.past.shown, light=heavy, parts=parts))

    def _prompts(self, cause: str) -> tuple[Prompt, ...]:
        return choose.choose_prompts(
            self.library.pack(cause),
            self._resting(),
            self.bond,
            self.today,
            minutes=self.minutes,
            limit=self._limit(cause),
        )

    def _resting(self) -> choose.Past:
        """The past with the questions that are still resting tonight."""
        if self.again:
            return self.past._replace(shown={})
        if self.lenient < MOST_LENIENT:
            return self.past
        since = (self.today - choose.REST_WHEN_ALL_REST).isoformat()
        return self.past._replace(shown={prompt: day for prompt, day in self.past.shown.items() if day > since})

    def _limit(self, cause: str) -> Depth:
        limit = choose.deepest(self.past, cause, self.mood, self.today)
        return Depth.MIDDLE if self.lenient and limit is Depth.LIGHT else limit
