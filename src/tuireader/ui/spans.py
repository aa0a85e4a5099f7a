"""Stretches of a text in an order that makes those on one row cheap to find."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch [start, end) of the text, in code points, and the look it gives."""

    start: int
    end: int
    look: str


class Spans:
    """Spans in the order of the text; they may overlap. Looking up a row is O(log n + found)."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __len__(self) -> int:
        """How many spans there are."""
        return len(self._spans)

    def over(self, start: int, end: int) -> list[Span]:
        """The spans that share a code point with [start, end)."""
        if not self._spans:
            return []
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


NO_SPANS = Spans()


def pieces(start: int, end: int, spans: Iterable[Span], ground: str) -> list[Span]:
    """Cut [start, end) where a look begins or ends; each piece has all its looks, in order.

    Later spans lie over earlier ones.
    """
    over = [span for span in spans if span.start < end and span.end > start]
    if not over:
        return [Span(start, end, ground)]
    cuts = {start, end}
    for span in over:
        cuts.update(cut for cut in (span.start, span.end) if start < cut < end)
    edges = sorted(cuts)
    found: list[Span] = []
    for left, right in pairwise(edges):
        looks = [span.look for span in over if span.start < right and span.end > left]
        found.append(Span(left, right, " ".join([ground, *looks]).strip()))
    return found
