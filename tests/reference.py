"""The interchange format written a second way, value by value, to hold against what SQLite puts together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mother_bond.exchange.jsonl import FORMAT

if TYPE_CHECKING:
    from mother_bond.domain.entry import Answer, Session, Step

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_line(session: Session) -> str:
    """A session as one line of JSON, without the line's end."""
    bond = session.bond
    data: dict[str, Any] = {"format": FORMAT, "id": session.id, "at": session.at}
    if session.seconds is not None:
        data["seconds"] = session.seconds
    data["bond"] = {
        "role": bond.role.value,
        "name": bond.name,
        "call": bond.call,
        "they": bond.they.value,
        "contact": bond.contact.value,
    }
    if session.cause:
        data["cause"] = session.cause
    if session.path:
        data["path"] = session.path
    if session.checkin:
        data["checkin"] = session.checkin
    if session.way_in:
        data["way-in"] = session.way_in
    data["answers"] = [_answer_data(answer) for answer in session.answers]
    if session.step:
        data["step"] = _step_data(session.step)
    return _encode(data)


def _answer_data(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = {"id": answer.id, "at": answer.at}
    if answer.prompt is not None:
        data["prompt"] = answer.prompt
    if answer.question is not None:
        data["question"] = answer.question
    data["text"] = answer.text
    if answer.shared:
        data["shared"] = True
    if answer.revisions:
        data["revisions"] = [{"text": revision.text, "at": revision.at} for revision in answer.revisions]
    return data


def _step_data(step: Step) -> dict[str, Any]:
    data = {"practice": step.practice} if step.practice else {}
    return data | {"plan": step.plan, "state": step.state.value, "at": step.at, "state_at": step.state_at}
