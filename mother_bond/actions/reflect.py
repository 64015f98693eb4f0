"""An evening: start a sitting or take one up again, lead through it, and leave it saved."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Desk, Said, Tone
from mother_bond.actions.evening import STEP_SLOT, Evening
from mother_bond.actions.paths import next_part
from mother_bond.actions.saved import Saved, finished
from mother_bond.bundled import Library, measures
from mother_bond.domain.entry import Answer, Session, Step, StepState
from mother_bond.errors import UsageError
from mother_bond.library.rest import a_week_before, measures_to_ask
from mother_bond.session.table import At, Sitting, settle
from mother_bond.storage import look, past, sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from mother_bond.domain.bond import Bond
    from mother_bond.storage.store import Store

MINUTES = (5, 10, 20)
_STEP_RESTS = timedelta(days=2)


class Wish(NamedTuple):
    """What the writer asked for on the way in; `again` allows questions that are still resting.

    `part` is the number of the part of that theme's path that is to be walked, or 0.
    """

    day: date
    minutes: int = 10
    cause: str | None = None
    again: bool = False
    check_in_only: bool = False
    part: int = 0


def reflect(
    store: Store, library: Library, bond: Bond, desk: Desk, wish: Wish, now: Callable[[], datetime] = clock.now
) -> Saved:
    """Lead one sitting to its end and save it. A sitting that was cut off is offered first.

    Raises `UsageError` for a length that is not offered, `NotFoundError` for a cause there is not.
    """
    check(library, wish)
    begun = now()
    cut_off = None if wish.check_in_only else _cut_off(store, bond)
    if cut_off:
        said = _ask_to_go_on(store, desk, cut_off)
        if said is Said.ENOUGH:
            return Saved(None)
        cut_off = cut_off if said is Said.GIVEN else None
    if cut_off:
        session, sitting = cut_off.session, Sitting.from_data(cut_off.progress)
    else:
        if wish.part:  # a part that was cut off may just have been ended
            wish = wish._replace(part=next_part(store, library, bond, wish.cause).part)
        session, sitting = _start(store, bond, wish, begun)
    evening = Evening(store, library, bond, desk, session, sitting, again=wish.again, now=now)
    evening.run(check_in_only=wish.check_in_only)
    return finished(store, session.id, clock.seconds_since(begun, now()))


def check(library: Library, wish: Wish) -> None:
    """Refuse, before anything is asked, a length that is not offered and a cause there is not."""
    if wish.minutes not in MINUTES:
        raise UsageError(m.MINUTES_UNKNOWN, m.MINUTES_HINT)
    if wish.cause:
        library.pack(wish.cause)


def _start(store: Store, bond: Bond, wish: Wish, begun: datetime) -> tuple[Session, Sitting]:
    at = clock.moment(wish.day, begun)
    marked = past.marked_since(store, bond.id, a_week_before(wish.day))
    resting = [
        row["session_id"]
        for row, step in past.steps(store, bond.id, StepState.RESTING)
        if wish.day - date.fromisoformat(step.state_at[:10]) >= _STEP_RESTS
    ]
    sitting = Sitting(
        at=At.STEP,
        minutes=wish.minutes,
        steps=() if wish.check_in_only else tuple(resting[:1]),
        measures=measures_to_ask(measures(), bond, marked, first=not past.last_checkins(store, bond.id)),
        cause=wish.cause,
        part=wish.part,
    )
    sitting = settle(sitting)
    session = Session(clock.new_id(), "", bond, at, wish.day.isoformat())
    return sessions.start(store, session, json.dumps(sitting.as_data())), sitting


def _cut_off(store: Store, bond: Bond) -> look.Unfinished | None:
    """The latest sitting that was cut off; any that hold nothing are taken away."""
    while cut := look.unfinished(store, bond.id):
        if cut.session.answers or cut.session.checkin or sessions.draft(store, cut.session.id):
            return cut
        sessions.finish(store, cut.session.id, None)
    return None


def _ask_to_go_on(store: Store, desk: Desk, cut: look.Unfinished) -> Said:
    """GIVEN to go on with it, SKIP when it was kept as it is, ENOUGH to leave it for another day."""
    draft = sessions.draft(store, cut.session.id)
    desk.tell(m.CUT_OFF.format(day=clock.long_day(date.fromisoformat(cut.session.day))), Tone.TITLE)
    if draft and draft[2]:
        desk.tell(m.CUT_OFF_DRAFT, Tone.QUIET)
    reply = desk.pick(m.CUT_OFF_ASK, (("go-on", m.CUT_OFF_GO_ON), ("keep", m.CUT_OFF_KEEP)), "go-on")
    if reply.said is Said.GIVEN and reply.text == "keep":
        sitting = Sitting.from_data(cut.progress)
        on_path = f"{sitting.cause}.{sitting.part}" if sitting.part and sitting.at is At.ASKING else None
        keep_as_it_is(store, cut.session, draft, on_path)
        return Said.SKIP
    return reply.said


def keep_as_it_is(
    store: Store, session: Session, draft: tuple[str | None, str | None, str] | None, on_path: str | None = None
) -> None:
    """End a sitting that was cut off; text that was being typed is kept as its last answer.

    `on_path` is the part of a path that the text belongs to.
    """
    with store.writing():
        prompt, question, text = draft or (None, None, "")
        if text.strip() and prompt and prompt.startswith(STEP_SLOT):
            at = clock.now().isoformat()
            step = Step(text.strip(), StepState.RESTING, at, at, prompt.removeprefix(STEP_SLOT))
            sessions.take_step(store, session.id, step)
        elif text.strip():
            place = sessions.next_position(store, session.id)
            answer = Answer(clock.new_id(), place, text, clock.now().isoformat(), prompt, question)
            sessions.add_answer(store, session.id, answer)
            if on_path:
                sessions.walk(store, session.id, on_path)
        sessions.finish(store, session.id, None)
