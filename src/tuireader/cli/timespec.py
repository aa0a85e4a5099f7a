"""A moment as it is typed: a date, a time of today, or how long ago it was."""

import datetime as dt
import re

EXAMPLES = "14:30, 2026-11-20, 2026-11-20T14:30, 2h or 3d"
"""What can be typed, for a message."""

_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_AGE = re.compile(r"(\d{1,9})\s*(min|[smhdw])\s*", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


def parse_timespec(words: str, now: dt.datetime) -> dt.datetime | None:
    """The moment that is meant, `now` being one of the reader's zone; None if that is unclear.

    A time without a zone is one of the reader's own; a date alone is the day's beginning.
    """
    try:
        return _ago(words.strip().casefold(), now) or _named(words.strip(), now)
    except (ValueError, OverflowError, OSError):
        return None


def format_timespec(moment: dt.datetime) -> str:
    """The moment in the reader's zone, to the millisecond, as it can be typed again."""
    return moment.astimezone().replace(tzinfo=None).isoformat(timespec="milliseconds")


def _ago(words: str, now: dt.datetime) -> dt.datetime | None:
    age = words.removesuffix("ago").strip()
    if not age or _AGE.sub("", age):
        return None
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _AGE.findall(age))
    return now - dt.timedelta(seconds=seconds)


def _named(words: str, now: dt.datetime) -> dt.datetime:
    clock = _CLOCK.fullmatch(words)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        named = now.replace(
            hour=hour, minute=minute, second=second, microsecond=0, tzinfo=None, fold=0
        )
    else:
        named = dt.datetime.fromisoformat(words)
    return named if named.tzinfo else named.astimezone()
