"""Parses dates as newspapers write them, in each language that has a data file."""

import datetime as dt
import re
from contextlib import suppress
from functools import cache

from tuireader.domain.dates import ArticleDate, PartialDate
from tuireader.text.language import MONTHS_IN_YEAR, any_of, month_names, words
from tuireader.text.lazy_pattern import lazy_pattern

_WORD = r"[^\W\d_]{3,12}"
_ZONE = r"(?:Z|UTC|GMT|BST|E[SD]T|P[SD]T|CES?T|[+-]\d{2}:?\d{2})"

_PARTIAL = lazy_pattern(r"\s*((?:1[4-9]|20)\d\d)(?:[-/](\d{1,2}))?\s*")
_MONTH_OF_YEAR = lazy_pattern(r"\s*([^\W\d_]{3,12})\.?,? ((?:1[4-9]|20)\d\d)\s*")


def stated_date(value: str) -> ArticleDate | None:
    """Parse a value that states a date: a day, or a year or month that stands alone.

    White space around it is ignored. Returns None if the value does not begin with a date.

    >>> str(stated_date("3 May 2019")), str(stated_date("May 2019")), str(stated_date("2019"))
    ('2019-05-03', '2019-05', '2019')
    """
    return partial_date(value) or date_at(value.strip())[0]


def partial_date(value: str) -> PartialDate | None:
    """Parse a year or a month of a year (`2019`, `2019-05`, `May 2019`).

    Years are 1400 to 2099; month names may be of any language that has a data file. Returns None
    for all else: a full date, an impossible month, an empty value.
    """
    with suppress(ValueError):
        if found := _PARTIAL.fullmatch(value):
            return PartialDate(int(found[1]), int(found[2]) if found[2] else None)
        if found := _MONTH_OF_YEAR.fullmatch(value):
            first = date_at(f"1 {found[1]} {found[2]}")[0]
            return PartialDate(first.year, first.month) if first else None
    return None


def date_at(line: str, start: int = 0) -> tuple[dt.date | None, int]:
    """Parse the date at an offset of a line; return it with the offset behind it.

    A weekday before it and a time behind it are skipped, and the offset returned is behind the
    time. Returns (None, start) if no date begins at `start`, and (None, the offset behind it) for
    an impossible date such as 2024-13-45.
    """
    found = _pattern().match(line, start)
    if not found:
        return None, start
    part = found.groupdict()
    month = part["m1"] or part["m2"] or part["m3"]
    if month and not month.isdigit() and month.casefold() not in _months():
        return None, start
    return _date_of(part), found.end()


def _date_of(part: dict[str, str | None]) -> dt.date | None:
    """Return the date of the named groups of `_pattern`; None if there is no such day."""
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"] or ""
    if part["y4"]:
        day, month = int(part["a"] or 0), int(part["b"] or 0)
        if month > MONTHS_IN_YEAR:  # month first, as in the US
            day, month = month, day
    else:
        name = part["m1"] or part["m2"] or part["m3"] or ""
        month = int(name) if name.isdigit() else _months()[name.casefold()]
        day = int(part["d1"] or part["d2"] or part["d3"] or 0)
    try:
        return dt.date(int(year), month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the number of each month, 1 to 12, by its names in all languages."""
    return {
        name: number
        for months in month_names().values()
        for number, names in enumerate(months, 1)
        for name in names
    }


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a date, with a group for each part of each form.

    The groups y, m and d are the year, the month and the day; a and b are a month and a day
    in digits, in either order.
    """
    ending = any_of(words("dates", "day_endings"))
    article = any_of(words("dates", "day_articles"))
    joined = any_of(words("dates", "month_prepositions"))
    at_time = any_of(words("dates", "time_prepositions"))
    hours = any_of(words("dates", "hour_words"))
    time = (
        rf"(?:[ ,T]{{1,2}}(?:{at_time} )?\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}}(?:\.\d{{1,6}})?)?"
        rf"(?: ?(?:[ap]\.?m\.?|{hours}))?(?: ?{_ZONE})?)?"
    )
    return re.compile(
        rf"(?:{_WORD}\.?,? )?(?:{article} )?(?:"
        r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
        rf"|(?P<d2>\d{{1,2}})(?:{ending})? (?:{joined} )?(?P<m2>{_WORD})\.?,?"
        rf" (?:{joined} )?(?P<y2>\d{{4}})"
        rf"|(?P<m3>{_WORD})\.? (?P<d3>\d{{1,2}})(?:{ending})?,? (?P<y3>\d{{4}})"
        r"|(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<y4>\d{4})"
        rf")(?!\d){time}",
        re.IGNORECASE,
    )
