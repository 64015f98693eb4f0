"""Days as people say them, moments, and ids that carry the time."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mother_bond import clock, messages
from mother_bond.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

FRIDAY = date(2026, 11, 20)
MOMENTS = st.integers(0, 2**48 - 1)
TAILS = st.binary(min_size=10, max_size=10)


@pytest.fixture
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in London, for as long as the test takes."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@given(st.dates(clock.EARLIEST, FRIDAY))
@example(FRIDAY)
@example(clock.EARLIEST)
def test_every_iso_day_that_has_come_is_itself(day: date) -> None:
    assert clock.resolve_day(day.isoformat(), FRIDAY) == day
    assert clock.resolve_day(f"  {day.isoformat()}\n", FRIDAY) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 9000))
@example(FRIDAY, 0)
@example(FRIDAY, 7)
@example(FRIDAY, 14)
def test_a_day_as_the_program_writes_it_is_read_back_as_itself(today: date, ago: int) -> None:
    day = today - timedelta(days=ago)
    assert clock.resolve_day(clock.long_day(day), today) == day
    assert clock.resolve_day(clock.short_day(day), today) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-20"),
        ("Yesterday", "2026-11-19"),
        ("the day before yesterday", "2026-11-18"),
        ("3 days ago", "2026-11-17"),
        ("two weeks ago", "2026-11-06"),
        ("last night", "2026-11-19"),
        ("20 November", "2026-11-20"),
        ("21 November", "2025-11-21"),
        ("November 3rd", "2026-11-03"),
        ("31 December", "2025-12-31"),
        ("29 February", "2024-02-29"),
        ("13/04/2026", "2026-04-13"),
        ("4/13/2026", "2026-04-13"),
        ("3/3/2026", "2026-03-03"),
        ("tuesday 17 november", "2026-11-17"),
        ("sat", "2026-11-14"),
    ],
)
def test_a_phrase_is_the_day_that_people_mean_by_it(words: str, day: str) -> None:
    assert clock.resolve_day(words, FRIDAY) == date.fromisoformat(day)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 3000))
def test_days_ago_are_counted_back_from_today(today: date, ago: int) -> None:
    assert clock.resolve_day(f"{ago} days ago", today) == today - timedelta(days=ago)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(range(7)))
def test_last_weekday_is_the_latest_one_before_today(today: date, weekday: int) -> None:
    day = clock.resolve_day(f"last {messages.WEEKDAYS[weekday]}", today)
    assert day.weekday() == weekday
    assert timedelta(days=1) <= today - day <= timedelta(days=7)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(range(7)))
def test_a_weekday_alone_is_the_latest_one_unless_it_is_today(today: date, weekday: int) -> None:
    word = messages.WEEKDAYS[weekday].lower()
    if weekday != today.weekday():
        assert clock.resolve_day(word, today) == clock.resolve_day(f"last {word}", today)
        return
    with pytest.raises(UsageError) as refused:
        clock.resolve_day(word, today)
    assert clock.long_day(today) in refused.value.message
    assert clock.long_day(today - timedelta(days=7)) in refused.value.message


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from("/.-"))
@example(3, 4, "/")
def test_figures_that_could_be_two_days_are_refused_with_both(first: int, second: int, between: str) -> None:
    words = f"{first:02d}{between}{second:02d}{between}2025"
    if first == second:
        assert clock.resolve_day(words, FRIDAY) == date(2025, first, second)
        return
    with pytest.raises(UsageError) as refused:
        clock.resolve_day(words, FRIDAY)
    assert clock.long_day(date(2025, first, second)) in refused.value.message
    assert clock.long_day(date(2025, second, first)) in refused.value.message


@pytest.mark.parametrize("words", ["2026-11-21", "tomorrow", "in 3 days", "next friday", "1 January 2027"])
def test_a_day_that_has_not_come_is_refused_and_said_in_full(words: str) -> None:
    with pytest.raises(UsageError, match=r"^\w+ \d+ \w+ 202[67] has not come yet\.$"):
        clock.resolve_day(words, FRIDAY)


@pytest.mark.parametrize(
    "words",
    [
        *("", "  ", "no", "kitchen", "a\0b", "\udcff", "November", "2026", "last week", "last month", "this weekend"),
        *("30/02/2026", "9999999 days ago", "1899-12-31", "20 November 1850"),
    ],
)
def test_what_names_no_day_is_refused_with_a_way_to_write_it(words: str) -> None:
    with pytest.raises(UsageError) as refused:
        clock.resolve_day(words, FRIDAY)
    assert refused.value.message == messages.DATE_UNREADABLE
    assert "2026-11-20" in refused.value.hint
    assert refused.value.code == ExitCode.USAGE


@pytest.mark.parametrize("words", ["2026-02-30", "2026-13-01", "2025-00-10", "2026-04-31", "2026-9-31", "2025-29-03"])
def test_an_iso_day_that_is_not_in_the_calendar_is_never_guessed(words: str) -> None:
    with pytest.raises(UsageError):
        clock.resolve_day(words, FRIDAY)


@pytest.mark.parametrize("words", ["monday 17 november 2026", "Sat 20 Nov 2025", "friday 5 march"])
def test_a_weekday_that_does_not_fit_its_date_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="the weekday you named does not fit"):
        clock.resolve_day(words, FRIDAY)


@given(st.text(st.characters(), max_size=24) | st.text("0123456789 /-.adgonw", max_size=16))
def test_whatever_is_typed_is_a_day_that_has_come_or_a_usage_error(words: str) -> None:
    with suppress(UsageError):
        assert clock.EARLIEST <= clock.resolve_day(words, FRIDAY) <= FRIDAY


def test_now_is_to_the_second_and_knows_its_zone() -> None:
    now = clock.now()
    assert now.microsecond == 0
    assert now.utcoffset() is not None
    assert abs(now.timestamp() - time.time()) < 60


def test_the_moment_of_today_is_now() -> None:
    now = datetime.fromisoformat("2026-11-20T21:14:00+05:30")
    assert clock.moment(now.date(), now) == "2026-11-20T21:14:00+05:30"


@pytest.mark.usefixtures("london")
@pytest.mark.parametrize(("day", "offset"), [("2026-07-01", "+01:00"), ("2026-01-05", "+00:00")])
def test_the_moment_of_another_day_has_the_offset_of_that_day(day: str, offset: str) -> None:
    now = datetime.fromisoformat("2026-11-20T21:14:00+00:00")
    assert clock.moment(date.fromisoformat(day), now) == f"{day}T21:14:00{offset}"


@given(MOMENTS, TAILS, MOMENTS, TAILS)
def test_ids_sort_as_their_moments_do(first: int, tail: bytes, second: int, other: bytes) -> None:
    ids = clock.encode_id(first, tail), clock.encode_id(second, other)
    assert (ids[0] < ids[1]) == ((first, tail) < (second, other))
    assert (ids[0] == ids[1]) == ((first, tail) == (second, other))


@given(MOMENTS, TAILS)
def test_an_id_is_26_characters_that_cannot_be_mistaken_for_one_another(moment: int, tail: bytes) -> None:
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", clock.encode_id(moment, tail))


def test_a_later_id_sorts_behind_an_earlier_one_and_none_comes_twice() -> None:
    earlier = {clock.new_id() for _ in range(1000)}
    time.sleep(0.002)
    assert max(earlier) < clock.new_id()
    assert len(earlier) == 1000


def test_days_are_written_out_in_english() -> None:
    assert clock.long_day(FRIDAY) == "Friday 20 November 2026"
    assert clock.short_day(date(2026, 5, 3)) == "Sun 3 May 2026"
