"""Dates of which the day, or the day and the month, may not be known."""

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English whatever the locale: a citation is the same on every machine."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, or a month of a year, whose day is not known.

    `month` is from 1 to 12, or None. Raises ValueError if the calendar has no such year or month.
    """

    year: int
    month: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError if the calendar has no such year or month."""
        dt.date(self.year, self.month or 1, 1)

    def isoformat(self) -> str:
        """Return the date in ISO 8601: `2019`, or `2019-05` if the month is known."""
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"

    def __str__(self) -> str:
        """Return the date in ISO 8601, as `isoformat`."""
        return self.isoformat()


ArticleDate = dt.date | PartialDate
"""The date of publication: a whole date, or a year or month only."""


def parse_date(value: str) -> ArticleDate:
    """Return the date that a text in the ISO format is: `2019-05-17`, `2019-05` or `2019`.

    Raises ValueError if it is none of these, or there is no such day.
    """
    partial = _PARTIAL.fullmatch(value)
    if partial is None:
        return dt.date.fromisoformat(value)
    return PartialDate(int(partial[1]), int(partial[2]) if partial[2] else None)


def first_day(date: ArticleDate) -> dt.date:
    """Return the first day that a date can stand for: 1 January for a year alone.

    A whole date is returned unchanged. Makes partial dates comparable.
    """
    return date if isinstance(date, dt.date) else dt.date(date.year, date.month or 1, 1)


def long_date(date: ArticleDate) -> str:
    """Return a date in English words: `4 September 2024`, `September 2024` or `2024`."""
    if date.month is None:
        return str(date.year)
    day = f"{date.day} " if isinstance(date, dt.date) else ""
    return f"{day}{MONTHS[date.month - 1]} {date.year}"


def short_date(date: ArticleDate) -> str:
    """Return a date in short English words: `4 Sep 2024`, `Sep 2024` or `2024`."""
    if date.month is None:
        return str(date.year)
    day = f"{date.day} " if isinstance(date, dt.date) else ""
    return f"{day}{MONTHS[date.month - 1][:3]} {date.year}"


def date_order(date: ArticleDate) -> tuple[int, int, int]:
    """Return a key that sorts dates from old to new; what is not known comes first.

    It is (year, month, day), with 0 for what is not known.

    >>> date_order(PartialDate(2019)) < date_order(dt.date(2019, 1, 1))
    True
    """
    day = date.day if isinstance(date, dt.date) else 0
    return date.year, date.month or 0, day
