"""What every record carries: an id that is never given twice, and times that sort as text."""

import datetime as dt
import secrets
import time


class IdGenerator:
    """Gives UUIDv7 (RFC 9562) as integers; they grow, also when the clock is put back."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """A new id: 48 bits of milliseconds, the version and variant marks, 74 random bits."""
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
    """The time in UTC, to the microsecond, as RFC 3339 writes it."""
    return timestamp(dt.datetime.now(dt.UTC))


def timestamp(moment: dt.datetime) -> str:
    """The moment as `now` writes it."""
    utc = moment.astimezone(dt.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
