"""The blocks of an article: marks over its text, kept small however many there are."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload


class BlockKind(StrEnum):
    """What a block of text is."""

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
    """One block: its kind and its stretch [start, end) of the text, in code points."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """The depth of a heading (1 to 6), of a list item or of a block quote (from 0)."""


class Blocks(Sequence[Block]):
    """An immutable sequence of blocks in the order of the text, 18 bytes a block.

    A text of a million lines has a million blocks; as objects they would take
    longer to make than the text takes to read.
    """

    __slots__ = ("_ends", "_kinds", "_levels", "_starts")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        """Pack blocks that are in order and do not overlap."""
        self._kinds, self._levels = bytearray(), bytearray()
        self._starts, self._ends = array("q"), array("q")
        for block in blocks:
            self._kinds.append(_NUMBERS[block.kind])
            self._levels.append(min(block.level, 255))
            self._starts.append(block.start)
            self._ends.append(block.end)

    def rows(self) -> Iterator[tuple[BlockKind, int, int, int]]:
        """Kind, start, end and level of each, for very many without making objects of them."""
        kinds = map(_KINDS.__getitem__, self._kinds)
        return zip(kinds, self._starts, self._ends, self._levels, strict=True)

    def __len__(self) -> int:
        """How many blocks there are."""
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        """One block, or a tuple of them."""
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        return Block(
            _KINDS[self._kinds[index]],
            self._starts[index],
            self._ends[index],
            self._levels[index],
        )

    def __iter__(self) -> Iterator[Block]:
        """The blocks in the order of the text."""
        for index in range(len(self)):
            yield self[index]

    def __eq__(self, other: object) -> bool:
        """Whether both hold equal blocks."""
        if not isinstance(other, Blocks):
            return NotImplemented
        return (self._kinds, self._levels, self._starts, self._ends) == (
            other._kinds,
            other._levels,
            other._starts,
            other._ends,
        )

    def __hash__(self) -> int:
        """Equal blocks have equal hashes."""
        return hash((len(self), bytes(self._kinds[:64])))

    def index_at(self, offset: int) -> int:
        """The number of the block that holds the offset, else of the last before it, else 0."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def next_of(self, kind: BlockKind, index: int, step: int) -> int:
        """The nearest block of a kind after the index (step 1) or before it (-1); -1 if none."""
        number = _NUMBERS[kind]
        if step > 0:
            return self._kinds.find(number, index + 1)
        return self._kinds.rfind(number, 0, max(0, index))

    def starts(self) -> "array[int]":
        """Where each block starts, in code points; a copy."""
        return self._starts[:]
