"""Divides a text into chunks of limited size, which are wrapped one at a time."""

from bisect import bisect_right
from operator import sub
from typing import NamedTuple

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import grapheme_start

MAX_CHUNK = 8192
"""Code points in a chunk at most, so that wrapping one takes well under a millisecond."""

_LOOK_BACK = 512
_STRIDE = MAX_CHUNK - _LOOK_BACK


class Chunk(NamedTuple):
    """A block, or a part of a long one: at most `MAX_CHUNK` code points.

    `block` is the number of the block, [start, end) the range of the text, and `leads` tells
    whether it is the block's first part.
    """

    block: int
    start: int
    end: int
    leads: bool


class ChunkIndex:
    """Finds chunks by number and by offset without scanning the text.

    Chunks are numbered from 0; `count` is how many there are. Where a long block is cut depends
    only on the text near the cut, so that chunks can be found independently of each other.
    """

    __slots__ = ("_firsts", "_longs", "_offsets", "blocks", "count", "text")

    def __init__(self, text: str, blocks: Blocks) -> None:
        """Find the blocks of a text that are longer than a chunk.

        A text without blocks counts as one paragraph.
        """
        self.text = text
        self.blocks = blocks if len(blocks) else Blocks([Block(BlockKind.PARAGRAPH, 0, len(text))])
        self._longs: list[int] = []
        """The numbers of the long blocks."""
        self._firsts: list[int] = []
        """The number of the first unit of each of them."""
        self._offsets: list[int] = [0]
        """How many units there are beyond one a block, up to each of them."""
        for number in self._candidates():
            block = self.blocks[number]
            pieces = -(-(block.end - block.start) // _STRIDE)
            if pieces > 1:
                self._longs.append(number)
                self._firsts.append(number + self._offsets[-1])
                self._offsets.append(self._offsets[-1] + pieces - 1)
        self.count = len(self.blocks) + self._offsets[-1]

    def piece(self, unit: int) -> Chunk:
        """Return the chunk with a number, from 0 to `count` - 1."""
        number, within = self._block_of(unit)
        block = self.blocks[number]
        start = self._cut(block, within)
        end = self._cut(block, within + 1)
        if end < block.end and self.text[end - 1] == "\n":
            end -= 1
        return Chunk(number, start, end, within == 0)

    def at(self, offset: int) -> int:
        """Return the number of the chunk at the offset; else of the last before it, else 0."""
        number = self.blocks.index_at(offset)
        before = bisect_right(self._longs, number)
        if before == 0 or self._longs[before - 1] != number:
            return number + self._offsets[before]
        block = self.blocks[number]
        last = self._offsets[before] - self._offsets[before - 1]
        within = min((offset - block.start) // _STRIDE, last)
        if within < last and self._cut(block, within + 1) <= offset:
            within += 1
        return self._firsts[before - 1] + max(0, within)

    def _candidates(self) -> list[int]:
        """Return the numbers of the blocks that may have to be cut into chunks, in order.

        A block is one if the next block begins more than a chunk's length after it. The last block
        is always one, because nothing follows it.
        """
        starts = self.blocks.starts()
        last = len(starts) - 1
        if max(map(sub, starts[1:], starts), default=0) <= _STRIDE:
            return [last]
        gaps = map(sub, starts[1:], starts)
        return [*(number for number, gap in enumerate(gaps) if gap > _STRIDE), last]

    def _block_of(self, unit: int) -> tuple[int, int]:
        """Return the number of a chunk's block, and that of the chunk in its block, from 0.

        `unit` is the chunk's number in the whole text.
        """
        before = bisect_right(self._firsts, unit)
        if before == 0:
            return unit, 0
        long, first = self._longs[before - 1], self._firsts[before - 1]
        pieces = self._offsets[before] - self._offsets[before - 1] + 1
        if unit - first < pieces:
            return long, unit - first
        return unit - self._offsets[before], 0

    def _cut(self, block: Block, within: int) -> int:
        """Return the offset where a block's chunk with the number `within` starts.

        It is after a line break, else after a space, else at a grapheme. A number below 1 gives the
        start of the block, one beyond its chunks the end.
        """
        if within <= 0:
            return block.start
        stop = block.start + within * _STRIDE
        if stop >= block.end:
            return block.end
        text, first = self.text, stop - _LOOK_BACK
        for blank in "\n ":
            found = text.rfind(blank, first, stop)
            if found >= 0:
                return found + 1
        return grapheme_start(text, stop)
