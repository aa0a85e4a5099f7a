"""The blocks of an article: marks over its text, in a compact form for long texts."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload


class BlockKind(StrEnum):
    """The kinds of blocks; the value is the name in JSON."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    LIST_ITEM = "list item"
    BLOCKQUOTE = "blockquote"
    CODE = "code"
    RULE = "rule"


_KINDS = tuple(BlockKind)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its kind and its range [start, end) of the text, in code points."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """The depth of a heading (1 to 6), of a list item or of a block quotation (from 0); else 0."""


class Blocks(Sequence[Block]):
    """An immutable sequence of blocks in the order of the text, 18 bytes a block.

    A text of a million lines has a million blocks; making that many objects would take
    longer than reading the text.
    """

    __slots__ = ("_ends", "_kinds", "_levels", "_starts")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        """Store blocks, which must be in the order of the text and must not overlap.

        This is not checked. Levels over 255 become 255.
        """
        self._kinds, self._levels = bytearray(), bytearray()
        self._starts, self._ends = array("q"), array("q")
        for block in blocks:
            self._kinds.append(_NUMBERS[block.kind])
            self._levels.append(min(block.level, 255))
            self._starts.append(block.start)
            self._ends.append(block.end)

    def rows(self) -> Iterator[tuple[BlockKind, int, int, int]]:
        """Return kind, start, end and level of each block, without making `Block` objects.

        Offsets are in code points; empty if there are no blocks.
        """
        kinds = map(_KINDS.__getitem__, self._kinds)
        return zip(kinds, self._starts, self._ends, self._levels, strict=True)

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        """Return the block at an index (IndexError if none), or a tuple of blocks for a slice."""
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        return Block(
            _KINDS[self._kinds[index]],
            self._starts[index],
            self._ends[index],
            self._levels[index],
        )

    def __iter__(self) -> Iterator[Block]:
        """Return the blocks in the order of the text."""
        for index in range(len(self)):
            yield self[index]

    def __eq__(self, other: object) -> bool:
        """Return whether both have equal blocks."""
        if not isinstance(other, Blocks):
            return NotImplemented
        return (self._kinds, self._levels, self._starts, self._ends) == (
            other._kinds,
            other._levels,
            other._starts,
            other._ends,
        )

    def __hash__(self) -> int:
        """Return a hash of the number of blocks and the kinds of the first ones."""
        return hash((len(self), bytes(self._kinds[:64])))

    def index_at(self, offset: int) -> int:
        """Return the index of the block at an offset, else of the last block before it.

        0 if the offset is before the first block, or there are no blocks.
        """
        return max(0, bisect_right(self._starts, offset) - 1)

    def next_of(self, kind: BlockKind, index: int, step: int) -> int:
        """Return the index of the nearest block of a kind after `index`, or before it.

        `step` is 1 for the next and -1 for the previous one; the block at `index` does not count.
        -1 if there is none.
        """
        number = _NUMBERS[kind]
        if step > 0:
            return self._kinds.find(number, index + 1)
        return self._kinds.rfind(number, 0, max(0, index))

    def starts(self) -> "array[int]":
        """Return the start offsets of all blocks, in code points, as a new array."""
        return self._starts[:]
