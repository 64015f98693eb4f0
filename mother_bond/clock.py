"""The only place that asks what time it is, and the ids that carry it.

Ids are ULIDs: 48 bits of milliseconds and 80 random bits in Crockford's base 32, so that they sort
by time and can be made on several devices without meeting.
"""

import os
import re
from datetime import date, datetime, timedelta

from mother_bond import messages as m
from mother_bond.errors import UsageError

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EARLIEST = date(1900, 1, 1)


def now() -> datetime:
    """This moment with the machine's time zone, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def moment(day: date, now: datetime) -> str:
    """The time of day of `now` on `day`, in this machine's zone as it was then, as ISO 8601 text."""
    return (now if now.date() == day else datetime.combine(day, now.time()).astimezone()).isoformat()


def new_id() -> str:
    """A fresh ULID of 26 characters."""
    milliseconds = int(datetime.now().timestamp() * 1000)
    return encode_id(milliseconds, os.urandom(10))


def encode_id(milliseconds: int, tail: bytes) -> str:
    """A ULID from a moment (milliseconds since 1970, not negative) and ten bytes."""
    number = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(tail, "big")
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def resolve_day(words: str, today: date) -> date:
    """The day that `words` name ("2026-11-20", "yesterday", "last monday"), never after `today`.

    Raises `UsageError` for what cannot be read, lies ahead, or can be read as two different days.
    """
    try:
        day = date.fromisoformat(words.strip())
    except ValueError:
        day = _phrase(words.strip(), today)
    if day > today:
        raise UsageError(m.DATE_AHEAD.format(day=long_day(day)), m.DATE_HINT)
    if day < EARLIEST:
        raise UsageError(m.DATE_UNREADABLE, m.DATE_HINT)
    return day


def _phrase(words: str, today: date) -> date:
    """Read a phrase as day-first and as month-first; two different answers are an ambiguity."""
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):  # no such day: never guess another one
        raise UsageError(m.DATE_UNREADABLE, m.DATE_HINT)
    named = [n for n, day in enumerate(m.WEEKDAYS) if re.search(rf"\b{day[:3]}({day[3:]})?\b", words, re.I)]
    readings = {found for order in ("DMY", "MDY") if (found := _parse(words, today, order, need_day=not named))}
    vague = re.fullmatch(r"(last|this|next|past)\s+(week|weekend|month|year)", words, re.I)
    if not readings or vague:
        raise UsageError(m.DATE_UNREADABLE, m.DATE_HINT)
    if named == [today.weekday()] and not re.search(r"\d", words) and readings <= {today, today - timedelta(days=7)}:
        readings = {today - timedelta(days=7)} | (set() if "last" in words.lower() else {today})
    if len(readings) > 1:
        either = m.DATE_OR.join(long_day(day) for day in sorted(readings))
        raise UsageError(m.DATE_AMBIGUOUS.format(either=either), m.DATE_HINT)
    day = readings.pop()
    if named and day.weekday() not in named:
        raise UsageError(m.DATE_WEEKDAY.format(day=long_day(day)), m.DATE_HINT)
    return day


def _parse(words: str, today: date, order: str, *, need_day: bool) -> date | None:
    import dateparser  # slow to import, and hardly ever needed

    settings = {
        "DATE_ORDER": order,
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),
        "REQUIRE_PARTS": ["day"] if need_day else [],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.date() if found else None


def long_day(day: date) -> str:
    """ "Friday 20 November 2026"."""
    return f"{m.WEEKDAYS[day.weekday()]} {day.day} {m.MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """ "Fri 20 Nov 2026"."""
    return f"{m.WEEKDAYS[day.weekday()][:3]} {day.day} {m.MONTHS[day.month - 1][:3]} {day.year}"


def seconds_since(begun: datetime, now: datetime) -> int:
    """Whole seconds between two moments of one sitting; none where the clock was put back meanwhile."""
    return max(0, round((now - begun).total_seconds()))
