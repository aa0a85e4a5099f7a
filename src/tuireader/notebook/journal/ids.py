"""Ids and time stamps of records: UUIDv7s that only grow, and times that sort as text."""

import datetime as dt
import secrets
import time


class IdGenerator:
    """Generates UUIDv7s (RFC 9562) as integers that grow, even if the clock is set back."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """Return a new id, which is greater than all earlier ones of this generator.

        It has 48 bits of milliseconds since the epoch, the version and variant bits, and 74 random
        bits.
        """
        milliseconds = time.time_ns() // 1_000_000
        number = (
            (milliseconds & (1 << 48) - 1) << 80
            | 0x7 << 76
            | secrets.randbits(12) << 64
            | 0b10 << 62
            | secrets.randbits(62)
        )
        self._last = max(number, self._last + 1)
        return self._last


def now() -> str:
    """Return the present time as a time stamp: RFC 3339 in UTC, with microseconds."""
    return timestamp(dt.datetime.now(dt.UTC))


def timestamp(moment: dt.datetime) -> str:
    """Return a time as a time stamp such as "2026-11-23T10:00:00.000000Z"."""
    utc = moment.astimezone(dt.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
