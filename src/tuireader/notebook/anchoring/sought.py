"""A passage that is looked for: its words aligned with a stretch of text, and places weighed."""

from dataclasses import dataclass, replace

from tuireader.domain.anchor import SURROUNDINGS, Anchor
from tuireader.domain.anchoring import Words, score_of, words_of

_LONG = 8
_AGREE = 0.6
_REACH = SURROUNDINGS + SURROUNDINGS // 2


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text that may be the passage, in code points."""

    start: int
    end: int
    words: float
    """How much of the passage's words it has, from 0 to 1."""
    around: float = 0.0
    """How sure it is by its words and what stands around them, from 0 to 1."""
    score: float = 0.0
    """How sure it is in all."""

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a code point with that stretch."""
        return self.start < end and start < self.end


class Sought:
    """What is kept of a passage, split into words once."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.pattern = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
        """The passage with its surroundings; it lies between `begin` and `end`."""
        self.begin = len(anchor.prefix)
        self.end = self.begin + len(anchor.exact)
        self._words = words_of(self.pattern)
        self._before = words_of(anchor.prefix).folded[::-1]
        self._after = words_of(anchor.suffix).folded
        self._inner = range(
            sum(stop <= self.begin for stop in self._words.ends),
            sum(start < self.end for start in self._words.starts),
        )
        self._weight = sum(len(self._words.folded[number]) for number in self._inner)

    @property
    def is_long(self) -> bool:
        """Whether its words are so many that they are telling by themselves."""
        return len(self._inner) >= _LONG

    @property
    def has_surroundings(self) -> bool:
        """Whether it is known what stood before or after it."""
        return bool(self.anchor.prefix or self.anchor.suffix)

    def weighed(self, place: Place, text: str) -> Place:
        """The place with its score, from its words, its surroundings and how far it has moved.

        Many words that are nearly all there are enough, whatever stands around them.
        """
        start, end = place.start, place.end
        before = likeness(self._before, words_of(text, start - _REACH, start).folded[::-1])
        after = likeness(self._after, words_of(text, end, end + _REACH).folded)
        distance = min(1.0, abs(start - self.anchor.start) / max(1, len(text)))
        around = score_of(place.words, before, after, distance)
        if max(before, after) < _AGREE:
            around = min(around, place.words * _AGREE)
        alone = place.words * 0.95 if self.is_long else 0.0
        return replace(place, around=around, score=max(around, alone))

    def aligned(self, window: Words) -> Place | None:
        """The stretch of the window that the passage's words fall on; None if none of them does."""
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - 20 ms, rarely needed

        pairs = {
            block.src_start + number: block.dest_start + number
            for block in Levenshtein.opcodes(self._words.folded, window.folded)
            if block.tag == "equal"
            for number in range(block.src_end - block.src_start)
        }
        kept = [number for number in self._inner if number in pairs]
        if not kept:
            return None
        first, last = self._inner[0], self._inner[-1]
        floor = max((to for word, to in pairs.items() if word < first), default=-1) + 1
        ceiling = min((to for word, to in pairs.items() if word > last), default=len(window)) - 1
        begin = max(floor, pairs[kept[0]] - (kept[0] - first))
        end = min(ceiling, pairs[kept[-1]] + (last - kept[-1]))
        span = sum(map(len, window.folded[begin : end + 1]))
        same = sum(len(self._words.folded[number]) for number in kept)
        # A passage may begin or end inside a word, and does so still if the word is the same.
        into = max(0, self.begin - self._words.starts[first]) if first in pairs else 0
        short = max(0, self._words.ends[last] - self.end) if last in pairs else 0
        return Place(
            window.starts[begin] + into, window.ends[end] - short, 2 * same / (self._weight + span)
        )


def likeness(kept: tuple[str, ...], found: tuple[str, ...]) -> float:
    """How much of the words that stood next to a passage still does, from 0 to 1.

    The nearest words come first; the farthest may have been cut in two.
    """
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - 20 ms, rarely needed

    if not kept:
        return 0.5 if found else 1.0
    kept = kept[: max(1, len(kept) - 1)]
    return float(LCSseq.similarity(kept, found[: len(kept) + 2])) / len(kept)
