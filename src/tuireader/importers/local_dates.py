"""Parses dates and times as devices write them for people, in the languages of their menus."""

import datetime as dt
import re
from functools import cache

_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ru", "uk", "sv", "da", "nb", "fi"),
    *("cs", "sk", "hu", "ro", "el", "bg", "hr", "ca", "id", "vi", "ar", "he", "hi", "fa"),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_TOKEN = re.compile(r"\d+|[^\s\d.,:;()/]+")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[:.h時时시]|uhr)\s*(\d{2})(?:\s*(?:[:.m分분]|min)\s*(\d{2}))?(?!\d)",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(
    r"\bp\.?\s?m\b|下午|午後|오후|晚上|\bös\b|\bpp\b|\bпп\b|μ\.?μ", re.IGNORECASE
)
_MORNING = re.compile(r"\ba\.?\s?m\b|上午|午前|오전|凌晨|\böö\b|\bдп\b|π\.?μ", re.IGNORECASE)
_ZONE = re.compile(
    r"(?:GMT|UTC|Z)\s*([+\-\u2212])\s*(\d{1,2}):?(\d{2})?|(?<=\d)([+\-])(\d{2}):?(\d{2})\b"
)
_LONGEST = 200
_SHORTEST_NAME = 3


def parse_local_moment(text: str) -> dt.datetime | None:
    """Parse the first date in a text, with the time of day after it; None without a date.

    A time without a zone is taken as UTC, and a date without a time as midnight. Dates in numbers
    have the day first unless that is impossible.

    >>> parse_local_moment("Dodano: sobota, 13 kwietnia 2019 22:25:27").isoformat()
    '2019-04-13T22:25:27+00:00'
    """
    text = " ".join(text[:_LONGEST].split())
    found = _numeric_date(text) or _date_in_words(text)
    if found is None:
        return None
    day, end = found
    return dt.datetime.combine(day, _time(text, end), tzinfo=_zone(text))


def _numeric_date(text: str) -> tuple[dt.date, int] | None:
    """Return the first date in numbers and the offset after it; None if there is none."""
    for pattern, order in ((_EAST_ASIAN, (1, 2, 3)), (_ISO, (1, 2, 3)), (_NUMERIC, (3, 2, 1))):
        match = pattern.search(text)
        if match:
            year, month, day = (int(match[number]) for number in order)
            if month > 12 and pattern is _NUMERIC:
                month, day = day, month
            return _made(year, month, day, match.end())
    return None


def _date_in_words(text: str) -> tuple[dt.date, int] | None:
    """Return the first date with the name of a month, and the offset after it.

    The day may come before or after the month. None if there is no such date.
    """
    tokens = [(match[0], match.end()) for match in _TOKEN.finditer(text)]
    for number, (word, end) in enumerate(tokens):
        month = 0 if word.isdecimal() else _months().get(word.casefold(), 0)
        if not month:
            continue
        before = [token for token in tokens[max(0, number - 2) : number] if token[0].isdecimal()]
        behind = [token for token in tokens[number + 1 : number + 5] if token[0].isdecimal()]
        days = [int(word) for word, _ in (*before[::-1], *behind) if len(word) <= 2]
        years = [(int(word), at) for word, at in (*behind, *before) if len(word) == 4]
        if days and years:
            return _made(years[0][0], month, days[0], max(end, years[0][1]))
    return None


def _made(year: int, month: int, day: int, end: int) -> tuple[dt.date, int] | None:
    """Return the date and `end`, the offset after it; None if there is no such date."""
    try:
        return dt.date(year, month, day), end
    except ValueError:
        return None


def _time(text: str, start: int) -> dt.time:
    """Return the first time of day after an offset, in 12 or 24 hours; midnight without one."""
    match = _TIME.search(text, start)
    if not match:
        return dt.time()
    hour = int(match[1])
    rest = text[start:]
    if hour <= 12 and _AFTERNOON.search(rest):
        hour = hour % 12 + 12
    elif hour == 12 and _MORNING.search(rest):
        hour = 0
    try:
        return dt.time(hour, int(match[2]), int(match[3] or 0))
    except ValueError:
        return dt.time()


def _zone(text: str) -> dt.timezone:
    """Return the zone that a text states, such as "GMT-03:00"; UTC if it states none."""
    match = _ZONE.search(text)
    if not match:
        return dt.UTC
    sign, hours, minutes = (match[1], match[2], match[3]) if match[1] else match.group(4, 5, 6)
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset >= dt.timedelta(days=1):
        return dt.UTC
    return dt.timezone(offset if sign == "+" else -offset)


@cache
def _months() -> dict[str, int]:
    """Return the number of each month (1 to 12) by its names in all languages, in lower case.

    A name that two languages use for different months has the meaning of the first language. Short
    abbreviations are left out, because they are also other words.
    """
    from importlib import import_module  # noqa: PLC0415 - with the next

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        # 150 ms for all of them, and only where an export has dates in words.
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
        for number, month in enumerate(_MONTHS, 1):
            for name in info.get(month, ()):
                if len(name) >= _SHORTEST_NAME:
                    found.setdefault(name.casefold().rstrip("."), number)
    return found
