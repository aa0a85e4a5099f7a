"""Dates of feed entries: the calendar day as stated, in the time zone of the feed."""

import datetime as dt
import re
from contextlib import suppress

from tuireader.domain.dates import ArticleDate, PartialDate
from tuireader.text.dates import date_at

_LONGEST = 100
"""Code points of a date that are examined."""
_ISO = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})-?([1-7])(?![0-9])")
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_ORDINAL = re.compile(r"([0-9]{4})-?([0-9]{3})(?![0-9])")
_EAST_ASIAN = re.compile(r"([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일]")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_ENGLISH = re.compile(r"([0-9]{1,2})[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+([0-9]{4}|[0-9]{2})(?![0-9:])")
_ASCTIME = re.compile(
    r"([A-Za-z]{3,9})\.? +([0-9]{1,2}),?(?: +[0-9:]{5,8}(?: +[A-Z]{1,5})?)? +([0-9]{4})"
)
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_MOST_GUESSED = 1_000
_MOST_FAILED = 20
"""Dates of one feed for which other languages are tried, and how many of them may be none.

A date takes about ten milliseconds, and what is none up to forty.
"""


class DayParser:
    """Parses the dates of one feed; remembers those that needed a search in many languages."""

    def __init__(self) -> None:
        self._guessed: dict[str, dt.date | None] = {}
        self._failed = 0

    def parse(self, value: str) -> ArticleDate | None:
        """Return the date that a feed states; None if it is not a date.

        It is a day, or a month or year if no day is stated.
        """
        value = " ".join(value[:_LONGEST].split())
        if not value:
            return None
        if partial := _PARTIAL.fullmatch(value):
            with suppress(ValueError):
                return PartialDate(int(partial[1]), int(partial[2]) if partial[2] else None)
            return None
        return _numeric(value) or _english(value) or self._in_other_languages(value)

    def _in_other_languages(self, value: str) -> dt.date | None:
        """Return a date with the name of a month in another language; None if it is not one.

        Also None once too many dates of the feed were tried.
        """
        year = _YEAR.search(value)
        if year is None or not any(char.isalpha() for char in value):
            return None
        # The time of day is not needed, and without it few different dates are left.
        words = value if year.start() == 0 else value[: year.end()]
        if words not in self._guessed:
            if len(self._guessed) >= _MOST_GUESSED or self._failed >= _MOST_FAILED:
                return None
            self._guessed[words] = _guess(words)
            self._failed += self._guessed[words] is None
        return self._guessed[words]


def _numeric(value: str) -> dt.date | None:
    """Return a date in ISO 8601, or with East Asia's signs for year, month and day; else None."""
    if found := _WEEK.match(value):
        with suppress(ValueError):
            return dt.date.fromisocalendar(int(found[1]), int(found[2]), int(found[3]))
        return None
    found = _ISO.match(value) or _EAST_ASIAN.search(value)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _ORDINAL.match(value)) and 0 < int(found[2]) < 367:
        with suppress(ValueError, OverflowError):
            day = dt.date(int(found[1]), 1, 1) + dt.timedelta(days=int(found[2]) - 1)
            return day if day.year == int(found[1]) else None
    return None


def _english(value: str) -> dt.date | None:
    """Return a date of RFC 822 or of C's asctime, with an English month; else None."""
    if (found := _ENGLISH.search(value)) and (month := _MONTHS.get(found[2][:3].lower())):
        year = int(found[3])
        if len(found[3]) == 2:  # as RFC 2822 says
            year += 2_000 if year < 50 else 1_900
        return _day(year, month, int(found[1]))
    if (found := _ASCTIME.search(value)) and (month := _MONTHS.get(found[1][:3].lower())):
        return _day(int(found[3]), month, int(found[2]))
    return None


def _guess(words: str) -> dt.date | None:
    """Return a date in any language, as dateparser finds it; None if it finds none."""
    start = re.search(r"[0-9]", words)
    day, _ = date_at(words, start.start() if start else 0)
    if day is None:
        day, _ = date_at(words)
    if day is not None:
        return day
    try:
        from dateparser.date import DateDataParser  # noqa: PLC0415 - an extra, and slow to import
    except ModuleNotFoundError:
        return None
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    with suppress(ValueError, OverflowError):
        found = DateDataParser(settings=settings).get_date_data(words).date_obj
        return found.date() if found else None
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    """Return a date; None if there is no such day."""
    with suppress(ValueError):
        return dt.date(year, month, day)
    return None
