"""A text as one side of a comparison: its words, and what of it stands where in the other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property

from tuireader.domain.anchoring import Words, words_of

_BEYOND = 64
_READABLE = 60_000


Run = tuple[str, ...]
"""Three words that follow each other."""


class Side:
    """A text in words, and which runs of three words it has once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lines(self) -> str:
        """The text with a line end at both of its ends."""
        return f"\n{self.text}\n"

    @cached_property
    def words(self) -> Words:
        """All words of the text."""
        return words_of(self.text)

    @cached_property
    def _once(self) -> dict[Run, int]:
        return once_in(self.words.folded)

    def once(self, run: Run) -> int:
        """The number of the first word of a run that the text has once; -1 if it has not."""
        return self._once.get(run, -1)

    def range_of(self, start: int, end: int) -> range:
        """The numbers of the words that share a code point with the stretch."""
        return range(bisect_right(self.words.ends, start), bisect_left(self.words.starts, end))


def once_in(words: tuple[str, ...]) -> dict[Run, int]:
    """The runs of three words that are there once, and the number of the first word of each."""
    runs: list[Run] = list(zip(words, words[1:], words[2:], strict=False))
    last = dict(zip(runs, range(len(runs)), strict=True))
    first = dict(zip(reversed(runs), range(len(runs) - 1, -1, -1), strict=True))
    return {run: number for run, number in first.items() if last[run] == number}


def unchanged(old: str, new: str, start: int, end: int) -> int | None:
    """How far a stretch has moved that only stands before or after all changes; None if not so."""
    if old[:end] == new[:end] and old[end : end + _BEYOND] == new[end : end + _BEYOND]:
        return 0
    shift = len(new) - len(old)
    begin = max(0, start - _BEYOND)
    if begin + shift >= 0 and old[begin:] == new[begin + shift :]:
        return shift
    return None


def blocks(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterable[tuple[int, int, int]]:
    """Which runs of words are the same: where they begin in both, and how long they are.

    The longest common run first, as a reader would; that takes too long for very many words.
    """
    if len(ours) * len(theirs) <= _READABLE:
        return SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - 20 ms, rarely needed

    opcodes = Indel.opcodes(ours, theirs)
    return [
        (block.src_start, block.dest_start, block.src_end - block.src_start)
        for block in opcodes
        if block.tag == "equal"
    ]
