"""Times as they are typed on the command line: a date, a time of today, or an age."""

import datetime as dt
import re

import click

EXAMPLES = "14:30, 2026-11-20, 2026-11-20T14:30, 2h or 3d"
"""Examples of every kind, for a message."""

_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_AGE = re.compile(r"(\d{1,9})\s*(min|[smhdw])\s*", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


class TimespecType(click.ParamType[dt.datetime]):
    """The type of an option that takes a time."""

    name = "time"

    def convert(
        self, value: str | dt.datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Return the time with its zone; BadParameter if the value is not a time."""
        if isinstance(value, dt.datetime):
            return value
        found = parse_timespec(value, dt.datetime.now().astimezone())
        if found is None:
            self.fail(f"“{value}” is not a time; try {EXAMPLES}.", param, ctx)
        return found


def parse_timespec(text: str, now: dt.datetime) -> dt.datetime | None:
    """Return the time that a text stands for; None if it is not understood.

    A time without a zone is in the zone of `now`, which must be the local one. A date alone means
    the beginning of that day, and a time alone is one of today. An age is counted back from `now`.
    """
    try:
        return _parse_age(text.strip().casefold(), now) or _parse_date(text.strip(), now)
    except (ValueError, OverflowError, OSError):
        return None


def format_timespec(moment: dt.datetime) -> str:
    """Return a time in the local zone, to the millisecond, in a form that can be typed again."""
    return moment.astimezone().replace(tzinfo=None).isoformat(timespec="milliseconds")


def _parse_age(text: str, now: dt.datetime) -> dt.datetime | None:
    """Return the time that was as long ago as the text says, as "1d12h"; None if it is no age."""
    age = text.removesuffix("ago").strip()
    if not age or _AGE.sub("", age):
        return None
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _AGE.findall(age))
    return now - dt.timedelta(seconds=seconds)


def _parse_date(text: str, now: dt.datetime) -> dt.datetime:
    """Return the time of a clock time or an ISO 8601 date; ValueError if it is neither."""
    clock = _CLOCK.fullmatch(text)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        found = now.replace(
            hour=hour, minute=minute, second=second, microsecond=0, tzinfo=None, fold=0
        )
    else:
        found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.astimezone()
