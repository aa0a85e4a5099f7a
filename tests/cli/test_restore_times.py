"""Moments, as they are typed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.cli.restore import format_timespec, parse_timespec

NOW = dt.datetime(2026, 11, 27, 15, 20, 30, 123_456).astimezone()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("14:30", "2026-11-27T14:30:00"),
        ("9:05:07", "2026-11-27T09:05:07"),
        ("2026-11-20", "2026-11-20T00:00:00"),
        ("2026-11-20 14:30", "2026-11-20T14:30:00"),
        ("2026-11-20T14:30:01.250", "2026-11-20T14:30:01.250"),
        (" 2026-11-20T14:30 ", "2026-11-20T14:30:00"),
    ],
)
def test_a_time_is_one_of_the_readers_own_zone(words: str, expected: str) -> None:
    assert parse_timespec(words, NOW) == dt.datetime.fromisoformat(expected).astimezone()


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("30s", 30), ("5m", 300), ("5min", 300), ("2h", 7200), ("3d", 259_200), ("1w", 604_800),
        ("1d12h", 129_600), ("1h 30m ago", 5400), ("2H", 7200), ("0s", 0),
    ],
)  # fmt: skip
def test_an_age_is_counted_back_from_now(words: str, seconds: int) -> None:
    assert parse_timespec(words, NOW) == NOW - dt.timedelta(seconds=seconds)


def test_a_zone_that_is_named_counts() -> None:
    expected = dt.datetime(2026, 11, 20, 14, 30, tzinfo=dt.UTC)
    assert parse_timespec("2026-11-20T14:30Z", NOW) == expected


@pytest.mark.parametrize(
    "words",
    ["", "ago", "yesterday", "25:00", "14:60", "2h!", "h", "-2h", "2026-13-01", "999999999w", "١h"],
)
def test_what_is_no_time_is_none(words: str) -> None:
    assert parse_timespec(words, NOW) is None


@given(st.text(max_size=30))
def test_nothing_typed_is_an_error(words: str) -> None:
    moment = parse_timespec(words, NOW)
    assert moment is None or moment.tzinfo is not None


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1)))  # noqa: DTZ001 - hypothesis wants them so
def test_what_is_written_is_understood_again(some: dt.datetime) -> None:
    moment = some.replace(microsecond=some.microsecond // 1000 * 1000, tzinfo=dt.UTC)
    # An hour that a change of the clock makes twice is the first of the two.
    found = parse_timespec(format_timespec(moment), NOW)
    assert found in {moment, moment - dt.timedelta(hours=1)}
