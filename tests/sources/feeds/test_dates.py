import datetime as dt

import pytest

from tuireader.domain.dates import parse_date
from tuireader.sources.feeds.dates import DayParser


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-01-01T00:30:00+02:00", "2024-01-01"),
        ("2023-12-31T23:30:00-05:00", "2023-12-31"),
        ("20240101T003000Z", "2024-01-01"),
        ("2003-365", "2003-12-31"),
        ("2024-W22-7T10:00:00Z", "2024-06-02"),
        ("Tue, 31 Dec 2024 23:30:00 -0800", "2024-12-31"),
        ("31 December 2024 23:30 PST", "2024-12-31"),
        ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01"),
        ("01-Jan-2004", "2004-01-01"),
        ("Sun Jan  4 16:29:06 PST 2004", "2004-01-04"),
        ("January 4, 2004", "2004-01-04"),
        ("Mi, 13 Dez 2023 18:00:00 +0100", "2023-12-13"),
        ("mer., 13 déc. 2023 18:00:00 +0100", "2023-12-13"),
        ("2023年12月13日(水) 18:00", "2023-12-13"),
        ("2004년 05월 25일 오후 11:23:17", "2004-05-25"),
        ("ср, 13 декабря 2023 18:00:00 +0300", "2023-12-13"),
        ("śr., 13 grudnia 2023 18:00", "2023-12-13"),
        ("13 Aralık 2023 Çarşamba", "2023-12-13"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11"),
    ],
)
def test_the_day_is_the_one_that_is_written(written: str, day: str) -> None:
    assert DayParser().parse(written) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("written", ["2003", "2003-12"])
def test_an_unknown_month_or_day_stays_unknown(written: str) -> None:
    assert DayParser().parse(written) == parse_date(written)


@pytest.mark.parametrize(
    "written", ["", "2003-13", "0000", "December 2003", "7-10", "2024-13-45", "yesterday", "x" * 99]
)
def test_what_names_no_day_is_no_date(written: str) -> None:
    assert DayParser().parse(written) is None
