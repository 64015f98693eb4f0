"""What is done at each state of a sitting: ask, and say which event that was.

Whatever a reply leaves behind is written in the same transaction as the new place in the table, so
that an answer is durable, and the sitting can go on from there, before the next question appears.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Desk, Reply, Said, Tone
from mother_bond.actions.feelings import feeling_words
from mother_bond.actions.saving import save_patiently
from mother_bond.actions.steps import offer_step
from mother_bond.actions.tonight import Found, Tonight
from mother_bond.bundled import Library, closings, measures, practices, theme_path
from mother_bond.domain.entry import Answer, Session, StepState
from mother_bond.domain.measure import Measure, Part
from mother_bond.domain.prompt import Depth, Prompt
from mother_bond.errors import BusyError, CannotWriteError
from mother_bond.library import choose
from mother_bond.library.render import fill
from mother_bond.library.rest import choose_closings, choose_practices
from mother_bond.session.table import At, Event, Sitting, advance
from mother_bond.storage import past, sessions

if TYPE_CHECKING:
    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

SOFT_STOP = timedelta(minutes=20)
STEP_SLOT = "step."
"""Before a practice's id: the draft of a step that is being put into other words."""

_EVENTS = {
    Said.GIVEN: Event.ANSWERED,
    Said.SKIP: Event.SKIPPED,
    Said.OTHER_QUESTION: Event.OTHER_QUESTION,
    Said.OTHER_THEME: Event.OTHER_THEME,
    Said.ENOUGH: Event.ENOUGH,
}
Save = Callable[[], None]


class Evening:
    """One sitting at one desk."""

    def __init__(
        self,
        store: Store,
        library: Library,
        bond: Bond,
        desk: Desk,
        session: Session,
        sitting: Sitting,
        *,
        again: bool,
        now: Callable[[], datetime],
    ) -> None:
        self.store, self.library, self.bond, self.desk = store, library, bond, desk
        self.session, self.sitting, self.now = session, sitting, now
        self.today = date.fromisoformat(session.day)
        self.measures = {measure.id: measure for measure in measures()}
        self.checkin = dict(session.checkin)
        known = past.past(store, bond.id, library.slugs)
        self.tonight = Tonight(library, bond, known, self.checkin, self.today, minutes=sitting.minutes, again=again)
        self.answered_on = session.cause if session.answers else None
        self.path = session.path
        self.soft_stop = now() + SOFT_STOP
        self.saves: list[Save] = []

    def run(self, *, check_in_only: bool = False) -> None:
        """Go from state to state until the sitting is done."""
        at_state = {
            At.STEP: self._step,
            At.CHECK_IN: self._check_in,
            At.THEME: self._theme,
            At.ASKING: self._asking,
            At.OFFER: self._offer,
            At.CLOSING: self._closing,
            At.MOOD: self._mood,
        }
        while self.sitting.at is not At.DONE and not (check_in_only and self.sitting.at is not At.CHECK_IN):
            event = at_state[self.sitting.at]()
            if event is Event.ENOUGH and self.sitting.at is At.ASKING:
                self._breathe()
            self._move(event)

    def _move(self, event: Event) -> None:
        """Follow the table, and keep place and words together."""
        self.sitting = advance(self.sitting, event)
        save_patiently(self.desk, self._save)
        self.saves = []

    def _save(self) -> None:
        """Write what this step leaves behind."""
        with self.store.writing():
            self._put_back()
            for save in self.saves:
                save()
            progress = json.dumps(self.sitting.as_data())
            sessions.keep_progress(self.store, self.session.id, progress, self._cause(), self.path)

    def _cause(self) -> str | None:
        """The theme of the first answer, or the one that is asked about now; none before a question was put."""
        return self.answered_on or (self.sitting.cause if self.sitting.asked or self.sitting.prompts else None)

    # --- a step from earlier ---------------------------------------------------------------

    def _step(self) -> Event:
        taken_in = self.sitting.current
        found = [(row, step) for row, step in past.steps(self.store, self.bond.id) if row["session_id"] == taken_in]
        unfit = {practice.id for practice in practices() if not practice.fits(self.bond)} if found else set()
        if not found or found[0][1].practice in unfit:
            return Event.SKIPPED
        row, step = found[0]
        self.desk.tell(m.STEP_EARLIER.format(day=self._when(row["day"])), Tone.TITLE)
        self.desk.tell(step.plan, Tone.WORDS)
        reply = self.desk.pick(m.STEP_HOW, m.STEP_STATES)
        if reply.said is Said.GIVEN:
            at = self.now().isoformat()
            self.saves.append(lambda: sessions.mark_step(self.store, row["session_id"], StepState(reply.text), at))
        return _EVENTS[reply.said]

    def _when(self, day: str) -> str:
        then = date.fromisoformat(day)
        recent = timedelta(0) < self.today - then < timedelta(days=7)
        return m.WEEKDAYS[then.weekday()] if recent else clock.long_day(then)

    # --- check-in --------------------------------------------------------------------------

    def _check_in(self) -> Event:
        measure = self.measures.get(self.sitting.current or "")
        if measure is None or (measure.after and self.checkin.get(measure.after, 1) <= 1):
            return Event.SKIPPED
        if self.bond.contact in measure.not_when:
            return Event.SKIPPED
        event = self._mark(measure)
        before = [checkin.get("mood") for checkin in self.tonight.past.checkins[:2]]
        if measure.id == "mood" and [self.checkin.get("mood"), *before] == [1, 1, 1]:
            self.desk.tell(m.HELP_CARD, Tone.PLAIN)
        return event

    def _mark(self, measure: Measure) -> Event:
        reply = self.desk.scale(fill(measure.question, self.bond), measure)
        if reply.said is Said.GIVEN:
            self.checkin[measure.id] = reply.number
            self.saves.append(lambda: sessions.mark(self.store, self.session.id, measure.id, reply.number))
        return _EVENTS[reply.said]

    def _mood(self) -> Event:
        after = self.measures.get("mood-after")
        if after is None or "mood" not in self.checkin:
            return Event.NOTHING_LEFT
        return self._mark(after)

    # --- theme and questions ---------------------------------------------------------------

    def _theme(self) -> Event:
        """Settle on a theme that has questions for tonight, and say why it was chosen."""
        found = self._on_path() or self._with_questions(self.sitting.cause)
        if found is None:
            self.desk.tell(m.THEME_NONE_LEFT, Tone.PLAIN)
            return Event.NOTHING_LEFT
        theme, prompts = found
        self.sitting = self.sitting._replace(
            cause=theme.cause,
            why=theme.why,
            detail=theme.detail,
            prompts=tuple(p.id for p in prompts),
            closings=self.tonight.closings(prompts),
        )
        self.desk.tell(m.TONIGHT.format(theme=self.library.pack(theme.cause).name), Tone.TITLE)
        self.desk.tell(self._reason(), Tone.QUIET)
        return Event.GO

    def _on_path(self) -> Found | None:
        """The part of a path that was asked for; one that goes deep waits for a better day."""
        if not self.sitting.part:
            return None
        path = theme_path(self.sitting.cause or "", self.bond.role)
        number = self.sitting.part
        found = self.tonight.part(path, number) if path and number <= len(path.parts) else None
        if path is None or found is None or not found.prompts:
            self.desk.tell(m.PATH_NOTHING, Tone.PLAIN)
            self.sitting = self.sitting._replace(part=0)
            return None
        if self.tonight.waits(found):
            self.desk.tell(m.PATH_WAITS, Tone.PLAIN)
            self.tonight.spare(path)
            self.sitting = self.sitting._replace(part=0)
            return None
        detail = m.PATH_PLACE.format(n=number, of=len(path.parts), path=path.name, title=path.parts[number - 1].title)
        return found._replace(theme=found.theme._replace(detail=detail))

    def _with_questions(self, wanted: str | None) -> Found | None:
        """The theme that was asked for, or the first by the rules that has more than one question left."""
        if wanted:
            if found := self.tonight.chosen(wanted):
                return found
            self.desk.tell(m.THEME_RESTS.format(theme=self.library.pack(wanted).name), Tone.PLAIN)
        return self.tonight.by_the_rules(frozenset({*self.sitting.declined, wanted or ""}))

    def _reason(self) -> str:
        """Why this theme, in one sentence."""
        why, detail = choose.Why(self.sitting.why), self.sitting.detail
        if why in (choose.Why.GO_ON, choose.Why.LONG_AGO):
            detail = clock.long_day(date.fromisoformat(detail))
        return m.BECAUSE[why].format(detail=detail)

    def _asking(self) -> Event:
        prompt = self.library.prompt(self.sitting.current or "")
        if prompt is None or self.bond.contact in prompt.not_when:
            return self._left_its_pack()
        if self.now() > self.soft_stop:
            self.desk.tell(m.SOFT_STOP, Tone.QUIET)
            self.soft_stop = datetime.max.replace(tzinfo=self.soft_stop.tzinfo)
        other = self.tonight.other_question(prompt, self.sitting)
        reply = self._write(
            prompt.id,
            fill(prompt.text, self.bond),
            heading=self._heading(prompt),
            help_=fill(prompt.help, self.bond),
            why=m.WHY_QUESTION.format(reason=self._reason(), stage=m.STAGE_WHY[prompt.stage]),
            other_left=other is not None,
        )
        self._shown(prompt)
        if reply.said is Said.OTHER_QUESTION and other:
            prompts = (other.id, *self.sitting.prompts[1:])
            self.sitting = self.sitting._replace(prompts=prompts, declined=(*self.sitting.declined, prompt.id))
        if reply.said is Said.OTHER_THEME:
            return self._other_theme()
        return _EVENTS[reply.said]

    def _shown(self, prompt: Prompt) -> None:
        """Remember that it was asked; after a deep one nothing deep is asked tonight or tomorrow."""
        if prompt.depth is Depth.DEEP:
            self.tonight.past = self.tonight.past._replace(last_deep=self.session.day)
        self.saves.append(
            lambda: sessions.show_prompt(self.store, self.bond.id, prompt.id, self.session.day, prompt.depth)
        )

    def _left_its_pack(self) -> Event:
        """Pack or bond were changed while the sitting was cut off: words to a question that is gone are kept."""
        kept = sessions.draft(self.store, self.session.id, self.sitting.current or "")
        if kept and kept[2].strip():
            self._keep_answer(*kept)
        return Event.SKIPPED

    def _heading(self, prompt: Prompt) -> str:
        place = self.sitting.asked + 1
        heading = m.PLACE.format(n=place, of=place + len(self.sitting.prompts) - 1, stage=m.STAGES[prompt.stage])
        earlier = self.tonight.past.shown.get(prompt.id)
        if earlier and earlier < self.session.day:
            heading += m.ASKED_BEFORE.format(day=clock.short_day(date.fromisoformat(earlier)))
        return heading

    def _write(
        self, prompt: str, question: str, *, heading: str = "", help_: str = "", why: str = "", other_left: bool = False
    ) -> Reply:
        """Ask until there is a reply that leads on; what is being typed is kept as a draft all the while."""
        kept = sessions.draft(self.store, self.session.id, prompt)
        draft = kept[2] if kept else ""

        def keep(text: str) -> None:
            self._keep_draft(prompt, question, text)

        while True:
            reply = self.desk.write(Ask(question, heading, draft, keep, walking=bool(why)))
            if reply.text != draft:
                with suppress(CannotWriteError, BusyError):  # said, and tried again, when the answer is saved
                    keep(reply.text)
            draft = reply.text
            if reply.said is Said.WHY:
                self.desk.tell(why, Tone.QUIET)
            elif reply.said is Said.HELP:
                self.desk.tell(help_, Tone.QUIET)
            elif reply.said is Said.FEELINGS:
                self.desk.tell(feeling_words(), Tone.QUIET)
            elif reply.said is Said.OTHER_QUESTION and not other_left:
                self.desk.tell(m.NO_OTHER_QUESTION, Tone.QUIET)
            else:
                break
        if reply.text.strip():
            self._keep_answer(prompt, question, reply.text)
        else:
            self.saves.append(lambda: sessions.drop_draft(self.store, self.session.id, prompt))
        return reply

    def _keep_draft(self, prompt: str, question: str | None, text: str) -> None:
        with self.store.impatient(), self.store.writing():
            self._put_back()
            sessions.keep_draft(self.store, self.session.id, prompt, question, text, self.now().isoformat())

    def _put_back(self) -> None:
        """See that the session is there and open: another window may have taken it away when empty, or ended it."""
        progress = json.dumps(self.sitting.as_data())
        if not sessions.has_session(self.store, self.session.id):
            bare = self.session._replace(ref="", answers=(), checkin={}, way_in={}, step=None)
            sessions.start(self.store, bare, progress)
        elif not sessions.is_unfinished(self.store, self.session.id):
            sessions.keep_progress(self.store, self.session.id, progress, self._cause(), self.path)

    def _keep_answer(self, prompt: str | None, question: str | None, text: str) -> None:
        self.answered_on = self.answered_on or self.sitting.cause
        if self.sitting.part and self.sitting.at is At.ASKING:
            self.path = f"{self.sitting.cause}.{self.sitting.part}"

        def save() -> None:
            place = sessions.next_position(self.store, self.session.id)
            answer = Answer(clock.new_id(), place, text, self.now().isoformat(), prompt, question)
            sessions.add_answer(self.store, self.session.id, answer)

        self.saves.append(save)

    def _other_theme(self) -> Event:
        declined = (*self.sitting.declined, self.sitting.cause or "")
        options = [(slug, self.library.pack(slug).name) for slug in self.library.slugs if slug not in declined]
        reply = self.desk.pick(m.OTHER_THEME_ASK, options)
        if reply.said is Said.ENOUGH:
            return Event.ENOUGH
        chosen = reply.text if reply.said is Said.GIVEN else None
        self.sitting = self.sitting._replace(cause=chosen, prompts=(), declined=declined, part=0)
        return Event.OTHER_THEME

    # --- a step, and the end ---------------------------------------------------------------

    def _offer(self) -> Event:
        """Offer a small act of the writer's own, unless one is still open or the evening is low."""
        begun = self._step_begun()
        taken = past.steps(self.store, self.bond.id)
        resting = any(step.state is StepState.RESTING for _, step in taken)
        if not begun and (resting or self.tonight.low or self.sitting.cause is None):
            return Event.NOTHING_LEFT
        counts = Counter(step.practice for _, step in taken if step.practice)
        fitting = choose_practices(practices(), self.sitting.cause or "", self.bond, counts, self._practice_of_part())

        slots = {STEP_SLOT + begun[0]} if begun else set()

        def keep(practice: str, text: str) -> None:
            slots.add(STEP_SLOT + practice)
            self._keep_draft(STEP_SLOT + practice, None, text)

        offered = offer_step(self.desk, self.bond, fitting, self.now().isoformat(), keep, begun)
        chosen = offered.step
        for slot in slots:
            self.saves.append(partial(sessions.drop_draft, self.store, self.session.id, slot))
        if chosen is not None:
            self.saves.append(lambda: sessions.take_step(self.store, self.session.id, chosen))
            return Event.ENOUGH if offered.enough else Event.ANSWERED
        return Event.ENOUGH if offered.enough else Event.SKIPPED

    def _practice_of_part(self) -> str:
        """The practice that the part of a path names, or nothing."""
        path = theme_path(self.sitting.cause or "", self.bond.role) if self.sitting.part else None
        return path.parts[self.sitting.part - 1].practice if path and self.sitting.part <= len(path.parts) else ""

    def _step_begun(self) -> tuple[str, str] | None:
        """The practice and the words of a step that was being put into other words when it was cut off."""
        kept = sessions.draft(self.store, self.session.id)
        slot = kept[0] if kept else None
        return (slot.removeprefix(STEP_SLOT), kept[2]) if kept and slot and slot.startswith(STEP_SLOT) else None

    def _closing(self) -> Event:
        closing_id = self.sitting.current or ""
        closing = next((c for c in closings() if c.id == closing_id), None)
        if closing is None:
            return self._left_its_pack()
        self._remember(closing.id)
        text = fill(closing.text, self.bond)
        if closing.part is Part.BREATH:
            self.desk.tell(m.CLOSING, Tone.TITLE)
            self.desk.tell(text, Tone.PLAIN)
            return Event.SKIPPED
        return _EVENTS[self._write(closing.id, text).said]

    def _breathe(self) -> None:
        """The shortest closing, for "enough for today"."""
        found = choose_closings(closings(), self.tonight.past.shown, light=True, parts=(Part.BREATH,))
        self._remember(found[0].id)
        self.desk.tell(fill(found[0].text, self.bond), Tone.QUIET)

    def _remember(self, closing: str) -> None:
        """A closing that was shown does not come back within a fortnight."""
        self.saves.append(
            lambda: sessions.show_prompt(self.store, self.bond.id, closing, self.session.day, Depth.LIGHT)
        )
