"""`mother-bond/1`: one session a line of JSON, lossless both ways. Read here, written by `storage.interchange`.

Keys are added to the format and never removed. What a line of somebody else's says is not trusted:
every key is checked, and what is wrong is named by key and reason, without quoting any words.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from mother_bond import messages as m
from mother_bond.clock import encode_id
from mother_bond.domain.bond import LONGEST_NAME, Bond, Contact, Role, They
from mother_bond.domain.entry import Answer, Revision, Session, Step, StepState
from mother_bond.wording.keepable import LONGEST_TEXT, unkeepable

FORMAT = "mother-bond/1"
LONGEST_LINE = 256 * 1024 * 1024
MOST_ANSWERS = 1_000
MOST_UNKNOWN = 20
MOST_STRUCTURE = 1024 * 1024
"""Bytes outside strings: each bracket or comma becomes an object many times its size."""
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.S)
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:\d\d(:\d\d)?)", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[1-9]\d?", re.ASCII)
_KEYS = {
    "": {"format", "id", "at", "seconds", "bond", "cause", "path", "checkin", "way-in", "answers", "step"},
    "bond": {"role", "name", "call", "they", "contact"},
    "answers": {"id", "at", "prompt", "question", "text", "shared", "revisions"},
    "revisions": {"text", "at"},
    "step": {"practice", "plan", "state", "at", "state_at"},
}
E = TypeVar("E", bound=StrEnum)


class Problem(NamedTuple):
    """What is wrong with a line: the key, and why."""

    key: str
    reason: str


class _WrongError(Exception):
    def __init__(self, key: str, reason: str) -> None:
        self.problem = Problem(key, reason)


def from_line(line: bytes) -> tuple[Session | None, Problem | None, set[str]]:
    """The session in a line, or what is wrong with it, and the keys of it that are not known.

    The bond it names has no id yet; a session without an id is given one that depends on nothing
    but its contents, so that reading the same line again finds it there.
    """
    unknown: set[str] = set()
    try:
        data = _object("", _parse(line), unknown)
        return _session(data, line, unknown), None, unknown
    except _WrongError as wrong:
        return None, wrong.problem, unknown


def _parse(line: bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise _WrongError("", m.LINE_TOO_LONG)
    if _is_overloaded(line):
        raise _WrongError("", m.LINE_TOO_MUCH)
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _WrongError("", m.LINE_NOT_UTF8) from None
    except (ValueError, RecursionError):
        raise _WrongError("", m.LINE_NOT_JSON) from None


def _is_overloaded(line: bytes) -> bool:
    """Whether there is more outside strings than any session needs; it would take many times its size to read."""
    outside = end = 0
    for string in _STRING.finditer(line) if len(line) > MOST_STRUCTURE else ():
        outside += string.start() - end
        end = string.end()
        if outside > MOST_STRUCTURE:
            return True
    return outside + len(line) - end > MOST_STRUCTURE


def _session(data: dict[str, Any], line: bytes, unknown: set[str]) -> Session:
    if data.get("format") != FORMAT:
        raise _WrongError("format", m.LINE_FORMAT.format(known=FORMAT))
    at = _moment("at", data)
    session_id = _id("id", data, at, line.strip())
    answers = data.get("answers", [])
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise _WrongError("answers", m.LINE_ANSWERS.format(most=MOST_ANSWERS))
    cause = data.get("cause")
    if cause is not None and not (isinstance(cause, str) and len(cause) <= LONGEST_NAME and _SLUG.fullmatch(cause)):
        raise _WrongError("cause", m.PACK_SLUG)
    path = data.get("path")
    if path is not None and not (isinstance(path, str) and len(path) <= LONGEST_NAME and _PATH.fullmatch(path)):
        raise _WrongError("path", m.LINE_PATH)
    seconds = data.get("seconds")
    if seconds is not None and not (_is_whole(seconds) and 0 <= seconds < 10**8):
        raise _WrongError("seconds", m.LINE_WHOLE.format(low=0, high=10**8 - 1))
    made = tuple(_answer(n, row, at, session_id, unknown) for n, row in enumerate(answers, 1))
    seen: set[str] = set()
    for n, answer in enumerate(made, 1):
        if answer.id in seen:
            raise _WrongError(f"answers[{n}].id", m.LINE_TWICE)
        seen.add(answer.id)
    return Session(
        id=session_id,
        ref="",
        bond=_bond(_object("bond", data.get("bond"), unknown)),
        at=at,
        day=at[:10],
        cause=cause,
        path=path,
        seconds=seconds,
        answers=made,
        checkin=_marks("checkin", data, 100),
        way_in=_marks("way-in", data, 3),
        step=_step(_object("step", data["step"], unknown), at) if data.get("step") is not None else None,
    )


def _bond(data: dict[str, Any]) -> Bond:
    role = _one_of(Role, "bond.role", data, None)
    name = _text("bond.name", data, LONGEST_NAME)
    call = _text("bond.call", data, LONGEST_NAME, needed=False) or name
    usual = They.SHE if role is Role.CHILD else They.THEY
    they = _one_of(They, "bond.they", data, usual)
    return Bond("", role, name, call, they, _one_of(Contact, "bond.contact", data, Contact.UNSAID))


def _answer(number: int, row: Any, at: str, session_id: str, unknown: set[str]) -> Answer:
    where = f"answers[{number}]"
    data = _object(where, row, unknown)
    text = _text(f"{where}.text", data, LONGEST_TEXT)
    moment = _moment(f"{where}.at", data, at)
    revisions = data.get("revisions", [])
    if not isinstance(revisions, list):
        raise _WrongError(f"{where}.revisions", m.LINE_LIST)
    shared = data.get("shared", False)
    if not isinstance(shared, bool):
        raise _WrongError(f"{where}.shared", m.LINE_BOOL)
    return Answer(
        shared=shared,
        id=_id(f"{where}.id", data, moment, f"{session_id}.{number}".encode()),
        position=number,
        text=text,
        at=moment,
        prompt=_text(f"{where}.prompt", data, 200, needed=False),
        question=_text(f"{where}.question", data, 10_000, needed=False),
        revisions=tuple(_revision(f"{where}.revisions[{n}]", r, unknown) for n, r in enumerate(revisions, 1)),
    )


def _revision(where: str, row: Any, unknown: set[str]) -> Revision:
    data = _object(where, row, unknown)
    return Revision(_text(f"{where}.text", data, LONGEST_TEXT), _moment(f"{where}.at", data))


def _step(data: dict[str, Any], at: str) -> Step:
    taken = _moment("step.at", data, at)
    return Step(
        plan=_text("step.plan", data, LONGEST_TEXT),
        state=_one_of(StepState, "step.state", data, StepState.RESTING),
        at=taken,
        state_at=_moment("step.state_at", data, taken),
        practice=_text("step.practice", data, LONGEST_NAME, needed=False),
    )


def _object(where: str, value: Any, unknown: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError(where, m.LINE_OBJECT)
    strange = value.keys() - _KEYS[re.sub(r"\[\d+\]", "", where).rpartition(".")[2]]
    unknown |= set(map(_shown, islice(strange, MOST_UNKNOWN)))
    return value


def _shown(key: str) -> str:
    return key if re.fullmatch(r"[\w-]{1,40}", key) else "?"


def _text(where: str, data: dict[str, Any], most: int, *, needed: bool = True) -> Any:
    value = data.get(where.rpartition(".")[2])
    if value is None and not needed:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _WrongError(where, m.PACK_TEXT)
    if len(value) > most:
        raise _WrongError(where, m.PACK_TOO_LONG.format(most=most))
    fault = unkeepable(value)
    if fault:
        raise _WrongError(where, fault)
    return value


def _moment(where: str, data: dict[str, Any], otherwise: str | None = None) -> str:
    value = data.get(where.rpartition(".")[2])
    if value is None and otherwise is not None:
        return otherwise
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _WrongError(where, m.LINE_MOMENT) from None
    if moment.tzinfo is None or not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise _WrongError(where, m.LINE_MOMENT)
    return value


def _id(where: str, data: dict[str, Any], at: str, contents: bytes) -> str:
    value = data.get("id")
    if value is None:
        milliseconds = max(0, int(datetime.fromisoformat(at).timestamp() * 1000))
        return encode_id(milliseconds, hashlib.sha256(contents).digest()[:10])
    if not isinstance(value, str) or not _ULID.fullmatch(value):
        raise _WrongError(where, m.LINE_ID)
    return value


def _one_of(kind: type[E], where: str, data: dict[str, Any], otherwise: E | None) -> E:
    value = data.get(where.rpartition(".")[2], otherwise)
    try:
        return kind(value if isinstance(value, str) else "")  # what is nested deep cannot even be shown
    except ValueError:
        raise _WrongError(where, m.PACK_ONE_OF.format(known=", ".join(kind))) from None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _marks(where: str, data: dict[str, Any], highest: int) -> dict[str, int]:
    value = data.get(where)
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > 100:
        raise _WrongError(where, m.LINE_OBJECT)
    for key, mark in value.items():
        if not (len(key) <= LONGEST_NAME and _SLUG.fullmatch(key)):
            raise _WrongError(where, m.PACK_SLUG)
        if not _is_whole(mark) or not 1 <= mark <= highest:
            raise _WrongError(f"{where}.{key}", m.LINE_WHOLE.format(low=1, high=highest))
    return value
