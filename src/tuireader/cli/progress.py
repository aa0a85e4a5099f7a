"""How far a long command is, in one line of the terminal that is wiped when it ends."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Self, TypeVar

from tuireader.text.sanitize import sanitize_line

Item = TypeVar("Item")
_OFTEN = 0.2
"""Seconds between two looks of the line."""
_WIPE = "\r\x1b[K"


class Progress:
    """Counts what is done on standard error; shows nothing where that is no terminal.

    What is printed in the same terminal as the line must be printed after `wipe`.
    """

    def __init__(self, noun: str, *, shown: bool = True) -> None:
        """Count things called by the noun, in the plural."""
        self.count = 0
        self._noun = noun
        self._shown = shown and sys.stderr.isatty()
        self._begun = self._last = time.monotonic()
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.wipe()

    def step(self, what: str = "") -> None:
        """One more is done; `what` is being read."""
        self.count += 1
        now = time.monotonic()
        if not self._shown or now - self._last < _OFTEN:
            return
        self._last = now
        rate = self.count / (now - self._begun)
        line = f"{self.count:,} {self._noun} · {rate:,.0f} a second"
        if what:
            line += f" · {sanitize_line(what)[-40:]}"
        sys.stderr.write(f"{_WIPE}{line}")
        sys.stderr.flush()
        self._drawn = True

    def wipe(self) -> None:
        """Take the line away, as before something else is printed."""
        if self._drawn:
            sys.stderr.write(_WIPE)
            sys.stderr.flush()
            self._drawn = False

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, a step for each once it was taken."""
        for item in items:
            yield item
            self.step()
