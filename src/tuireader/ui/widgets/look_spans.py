"""Look spans: stretches of a text and the looks that they give it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple


class LookSpan(NamedTuple):
    """A stretch [start, end) of the text, in code points, and the look it gives."""

    start: int
    end: int
    look: str


class LookSpans:
    """Look spans that may overlap; finding those on a row is O(log n + found)."""

    def __init__(self, spans: Iterable[LookSpan] = ()) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __len__(self) -> int:
        """Return how many spans there are."""
        return len(self._spans)

    def over(self, start: int, end: int) -> list[LookSpan]:
        """Return the spans that share a code point with [start, end)."""
        if not self._spans:
            return []
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


NO_SPANS = LookSpans()


def split_by_looks(start: int, end: int, spans: Iterable[LookSpan], ground: str) -> list[LookSpan]:
    """Cut [start, end) where a look begins or ends; each piece has all its looks, in order.

    Later spans lie over earlier ones.
    """
    over = [span for span in spans if span.start < end and span.end > start]
    if not over:
        return [LookSpan(start, end, ground)]
    cuts = {start, end}
    for span in over:
        cuts.update(cut for cut in (span.start, span.end) if start < cut < end)
    edges = sorted(cuts)
    found: list[LookSpan] = []
    for left, right in pairwise(edges):
        looks = [span.look for span in over if span.start < right and span.end > left]
        found.append(LookSpan(left, right, " ".join([ground, *looks]).strip()))
    return found
