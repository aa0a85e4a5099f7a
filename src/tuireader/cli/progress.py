"""The progress line of a long command, which is cleared when the command ends."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Self, TypeVar

from tuireader.text.sanitize import sanitize_line

Item = TypeVar("Item")

_INTERVAL = 0.2
"""Seconds between two updates of the line."""

_CLEAR_LINE = "\r\x1b[K"


class Progress:
    """Counts items in one line on standard error; shows nothing if that is not a terminal.

    Anything else that is printed in the same terminal must be printed after `clear`.
    """

    def __init__(self, noun: str, *, shown: bool = True) -> None:
        """Count items that are called by `noun`, in the plural."""
        self.count = 0
        self._noun = noun
        self._shown = shown and sys.stderr.isatty()
        self._begun = self._last = time.monotonic()
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.clear()

    def step(self, name: str = "") -> None:
        """Count one item; the line shows the end of its name."""
        self.count += 1
        now = time.monotonic()
        if not self._shown or now - self._last < _INTERVAL:
            return
        self._last = now
        rate = self.count / (now - self._begun)
        line = f"{self.count:,} {self._noun} · {rate:,.0f} per second"
        if name:
            line += f" · {sanitize_line(name)[-40:]}"
        sys.stderr.write(f"{_CLEAR_LINE}{line}")
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Clear the line, before something else is printed."""
        if self._drawn:
            sys.stderr.write(_CLEAR_LINE)
            sys.stderr.flush()
            self._drawn = False

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, and count each one after the caller has used it."""
        for item in items:
            yield item
            self.step()
