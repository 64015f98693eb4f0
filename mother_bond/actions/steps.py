"""Small acts the writer takes on: offered, put into the writer's words, and later marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mother_bond import clock
from mother_bond import messages as m
from mother_bond.actions.desk import Ask, Desk, Said, Tone
from mother_bond.actions.saving import save_patiently
from mother_bond.bundled import practices
from mother_bond.domain.entry import Session, Step, StepState
from mother_bond.errors import NotFoundError, UsageError
from mother_bond.library.render import fill
from mother_bond.storage import look, past, sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from mother_bond.domain.bond import Bond
    from mother_bond.domain.measure import Practice
    from mother_bond.storage.store import Store


class TakenStep(NamedTuple):
    """A step with the short id of the session it was taken on in, and its day."""

    ref: str
    day: str
    bond: str
    step: Step


class PracticeFor(NamedTuple):
    """A practice in words for one bond."""

    id: str
    name: str
    what: str
    may_help: str
    plan: str
    smaller: str
    not_now: str
    say: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()


def taken(store: Store, bond: Bond | None) -> tuple[TakenStep, ...]:
    """Every step that was taken on, oldest first."""
    rows = past.steps(store, bond.id if bond else None)
    return tuple(TakenStep(row["ref"], row["day"], row["bond"], step) for row, step in rows)


def for_bond(practice: Practice, bond: Bond) -> PracticeFor:
    """A practice put into words for a bond."""
    act = practice.acts[bond.role]

    def words(text: str) -> str:
        return fill(text, bond)

    return PracticeFor(
        id=practice.id,
        name=practice.name,
        what=words(act.what),
        may_help=words(act.may_help),
        plan=words(act.plan),
        smaller=words(act.smaller),
        not_now=words(act.not_now),
        say=tuple(map(words, act.say)),
        notice=tuple(map(words, act.notice)),
    )


def offered(bond: Bond) -> tuple[PracticeFor, ...]:
    """Every practice that fits a bond."""
    return tuple(for_bond(p, bond) for p in practices() if p.fits(bond))


def find(bond: Bond, practice_id: str) -> PracticeFor:
    """A practice by its id.

    Raises `NotFoundError` for none, `UsageError` for one that needs contact where there is none.
    """
    practice = next((p for p in practices() if p.id == practice_id), None)
    if practice is None:
        raise NotFoundError(m.PRACTICE_NONE, m.PRACTICE_NONE_HINT)
    if not practice.fits(bond):
        raise UsageError(m.PRACTICE_CONTACT, m.PRACTICE_NONE_HINT)
    return for_bond(practice, bond)


class Offered(NamedTuple):
    """What came of an offer: the step that was taken on, if one was, and whether it is enough for today."""

    step: Step | None
    enough: bool = False


def offer_step(
    desk: Desk,
    bond: Bond,
    fitting: Sequence[Practice],
    at: str,
    keep: Callable[[str, str], None],
    begun: tuple[str, str] | None = None,
) -> Offered:
    """Offer practices one after the other.

    `keep` is given a practice's id and the words it is being put into; `begun` is such a pair from a
    sitting that was cut off, and is gone on with.
    """
    if begun:
        return _reword(desk, begun[0], begun[1], at, keep)
    if not fitting:
        return Offered(None)
    desk.tell(m.OFFER, Tone.TITLE)
    smaller = False
    number = 0
    while True:
        act = for_bond(fitting[number % len(fitting)], bond)
        plan = act.smaller if smaller else act.plan
        desk.tell(m.OFFER_SMALLER if smaller else _introduced(act), Tone.PLAIN)
        desk.tell(plan, Tone.WORDS)
        reply = desk.pick(m.OFFER_ASK, [o for o in m.OFFER_OPTIONS if not (smaller and o[0] == "smaller")])
        if reply.said is not Said.GIVEN:
            return Offered(None, reply.said is Said.ENOUGH)
        if reply.text == "take":
            return Offered(Step(plan, StepState.RESTING, at, at, act.id))
        if reply.text == "change":
            return _reword(desk, act.id, plan, at, keep)
        smaller = reply.text == "smaller"
        number += reply.text == "another"


def _introduced(act: PracticeFor) -> str:
    """What a practice is, one way to say it, and when not to."""
    said = [m.OFFER_SAY.format(say=act.say[0])] if act.say else []
    return " ".join([f"{act.name}.", act.what, *said, act.not_now])


def _reword(desk: Desk, practice: str, plan: str, at: str, keep: Callable[[str, str], None]) -> Offered:
    """Have a plan put into the writer's own words; an empty one is not taken on."""
    reply = desk.write(Ask(m.OFFER_CHANGE, draft=plan, keep=lambda text: keep(practice, text), suggested=True))
    plan = reply.text.strip()
    step = Step(plan, StepState.RESTING, at, at, practice) if plan else None
    return Offered(step, reply.said is Said.ENOUGH)


def take(
    store: Store, bond: Bond, desk: Desk, practice_id: str, day: date, now: Callable[[], datetime] = clock.now
) -> Session | None:
    """Take a step on outside a sitting; the writer may change its words first."""
    act = find(bond, practice_id)
    desk.tell(_introduced(act), Tone.PLAIN)
    reply = desk.write(Ask(m.OFFER_CHANGE, draft=act.plan, suggested=True))
    plan = reply.text.strip()
    if reply.said is Said.ENOUGH and plan in ("", act.plan):
        return None
    plan = plan or act.plan
    at = clock.moment(day, now())
    step = Step(plan, StepState.RESTING, at, at, act.id)
    session = Session(clock.new_id(), "", bond, at, day.isoformat(), step=step)
    return save_patiently(desk, lambda: sessions.start(store, session))


def mark(store: Store, typed: str, state: StepState) -> TakenStep:
    """Say how a step went, by the short id of its session.

    Raises `NotFoundError` where that session holds no step.
    """
    session = look.session(store, look.find_ref(store, typed))
    if session.trashed_at:
        raise NotFoundError(m.ENTRY_TRASHED, m.ENTRY_TRASHED_HINT)
    if session.step is None:
        raise NotFoundError(m.STEP_NONE, m.STEP_NONE_HINT)
    at = clock.now().isoformat()
    sessions.mark_step(store, session.id, state, at)
    step = Step(session.step.plan, state, session.step.at, at, session.step.practice)
    return TakenStep(session.ref, session.day, session.bond.name, step)
