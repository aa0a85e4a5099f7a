"""Days and ages in queries, such as `2024-09`, `yesterday` and `2w`, as ranges of days."""

import calendar
import datetime as dt
import re
from functools import cache

Range = tuple[dt.date | None, dt.date | None]

UNITS = {"d": 1, "w": 7}


class DateError(ValueError):
    """A value that is not a valid date; the message says what to write instead."""


@cache
def _day() -> re.Pattern[str]:
    return re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@cache
def _age() -> re.Pattern[str]:
    return re.compile(r"(\d{1,4})([dwmy])", re.IGNORECASE)


def date_range(value: str, field: str, today: dt.date) -> Range:
    """Return the first and last day that a value means; None leaves an end open.

    A value is a day, month or year (`2024-09-04`, `2024-09`, `2024`), a word (`today`,
    `yesterday`), an age (`2w`: the last two weeks), a range (`2024..2025`, `..2019`), or a
    comparison with a day or an age (`>=2024-09`, `<2w`). `<2w` is less than two weeks ago.

    >>> date_range("2024-09", "date", dt.date(2026, 11, 29))
    (datetime.date(2024, 9, 1), datetime.date(2024, 9, 30))

    Args:
        value: The value as typed, without the field.
        field: The name of the field, for the error message.
        today: The day from which words and ages are counted.

    Raises:
        DateError: The value is not a date, or the range ends before it begins.
    """
    for sign in (">=", "<=", ">", "<"):
        if value.startswith(sign):
            return _compared(sign, value[len(sign) :], field, today)
    if ".." not in value:
        return _days(value, field, today)
    begin, _, end = value.partition("..")
    first = _days(begin, field, today)[0] if begin else None
    last = _days(end, field, today)[1] if end else None
    if first is None and last is None:
        raise _no_date(value, field)
    if first and last and first > last:
        raise DateError(f"{begin} is after {end}; turn them round")
    return first, last


def age_limit(value: str, today: dt.date) -> dt.date | None:
    """Return the day that lies an age such as `2w` before `today`; None if it is no age.

    The earliest date that Python has if the result would be before the year 1.
    """
    found = _age().fullmatch(value)
    if found is None:
        return None
    number, unit = int(found[1]), found[2].lower()
    if unit in UNITS:
        return today - dt.timedelta(days=number * UNITS[unit])
    return _months_before(today, number * (12 if unit == "y" else 1))


def _compared(sign: str, value: str, field: str, today: dt.date) -> Range:
    """Return the range of days that a comparison with a day or an age means.

    `sign` is ">=", "<=", ">" or "<". The open end is None; raises DateError if the value is no
    date.
    """
    limit = age_limit(value, today)
    one_day = dt.timedelta(days=1)
    if limit is not None:  # an age grows backwards
        if sign[0] == "<":
            return limit, None
        return None, limit - one_day if sign == ">" else limit
    first, last = _days(value, field, today)
    if first is None or last is None:
        raise _no_date(value, field)
    match sign:
        case ">=":
            return first, None
        case ">":
            return last + one_day, None
        case "<=":
            return None, last
        case _:
            return None, first - one_day


def _days(value: str, field: str, today: dt.date) -> Range:
    """Return the first and the last day of a year, month, day, word or age.

    For an age such as `2w` the last day is None. Raises DateError for anything else.
    """
    if value.lower() in {"today", "yesterday"}:
        day = today - dt.timedelta(days=value.lower() == "yesterday")
        return day, day
    limit = age_limit(value, today)
    if limit is not None:
        return limit, None
    found = _day().fullmatch(value)
    if found is None:
        raise _no_date(value, field)
    year, month, day_number = (int(part) if part else 0 for part in found.groups())
    try:
        first = dt.date(year, month or 1, day_number or 1)
    except ValueError:
        raise DateError(f"there is no day {value}") from None
    if day_number:
        return first, first
    last_month = month or 12
    return first, dt.date(year, last_month, calendar.monthrange(year, last_month)[1])


def _no_date(value: str, field: str) -> DateError:
    """Return the error for a value that is not a date, with examples for `field`."""
    return DateError(
        f"“{value}” is no date; write it as year-month-day: as in {field}:2024, "
        f"{field}:2024-09, {field}:2024-09-04, {field}:2024-09..2024-11, added:<2w, date:yesterday"
    )


def _months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day some months earlier, or the last day of that shorter month.

    `dt.date.min` if that would be before the year 1.
    """
    number = day.year * 12 + day.month - 1 - months
    if number < 12:
        return dt.date.min
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
