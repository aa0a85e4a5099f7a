"""Divides a text into chunks of limited size, and wraps them into rows."""

import re
from bisect import bisect_right
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import (
    BLANKS,
    BREAK_MARK,
    CLOSING,
    LEADING,
    MARKS,
    OPENING,
    SIMPLE,
    SYLLABLE,
    WIDE_CLOSING,
    WIDE_OPENING,
    WIDES,
    cell_widths,
    character_classes,
    grapheme_end,
    grapheme_start,
    joins_previous,
)

Rows = list[tuple[int, int]]

# After a hyphen between letters, a slash between words, a dash that words touch; in Thai and
# Lao before a vowel that is written before its consonant, because a syllable begins there.
_INSIDE = re.compile(
    r"(?<=[^\W\d])[-‐](?=[^\W\d])|(?<=\w)/(?=\w)|(?<=[^\s–—-])[–—](?=[\w“‘«„\"])"
    "|(?<=[\u0e01-\u0e3a\u0e45-\u0edf])(?=[\u0e40-\u0e44\u0ec0-\u0ec4])"
)
_BEFORE_CONSONANT = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_AFTER_CONSONANT = frozenset("\u0e2f\u0e30\u0e32\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0ec6")
"""Thai and Lao vowels and signs that are not cut from the letter after or before them."""
_KOREAN = frozenset((SYLLABLE, LEADING))
"""Korean is broken at spaces."""
_GLUE = frozenset("\xa0\u202f\u2060\ufeff")
"""Characters at which there is no break."""


def wrap_rows(text: str, start: int, end: int, width: int) -> Rows:
    """Return the rows [s, e) of text[start:end], each at most `width` cells wide, in order.

    Rows end at line breaks and spaces, which belong to no row; after a hyphen, dash or slash if the
    row would be less than three quarters full; between wide characters; and inside a word only if
    the word is wider than a row. A grapheme is cut only if it is itself wider than the row.

    There is at least one row: an empty line, or an empty text, gives an empty row. Offsets are
    those of `text`; a width below 1 counts as 1.
    """
    rows: Rows = []
    width = max(1, width)
    while True:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        if SIMPLE.fullmatch(text, start, stop):
            _wrap_simple(text, start, stop, width, rows)
        else:
            _wrap_measured(text, start, stop, width, rows)
        if line_end < 0:
            return rows
        start = line_end + 1


def _wrap_simple(text: str, start: int, end: int, width: int, rows: Rows) -> None:
    """Append to `rows` those of one line in which every character takes one cell.

    The line is [start, end) of the text; it matches `SIMPLE`.
    """
    start, first, end = _trimmed(text, start, end, width)
    three_quarters = width - width // 4
    while end - start > width:
        stop = start + width
        cut = row_end = text.rfind(" ", first + 1, stop + 1)
        if cut >= 0:
            while text[row_end - 1] == " ":
                row_end -= 1
        if row_end < start + three_quarters:
            inside = _inside(text, max(first, cut) + 1, stop)
            if cut < 0 and inside - start <= width // 2:
                inside = stop
            if inside > 0:
                rows.append((start, inside))
                start = first = inside
                continue
        rows.append((start, row_end))
        start = cut + 1
        while text[start] == " ":
            start += 1
        first = start
    rows.append((start, end))


def _trimmed(text: str, start: int, end: int, width: int) -> tuple[int, int, int]:
    """Return the starts of a line's first row and first word, and its end without spaces.

    The line is [start, end) of the text. An indent as wide as a row is left out of the first row.
    """
    if end > start and text[end - 1] == " ":
        end = start + len(text[start:end].rstrip(" "))
    first = start
    if end > start and text[start] == " ":
        first = end - len(text[start:end].lstrip(" "))
        if first - start >= width:
            start = first
    return start, first, end


def _inside(text: str, start: int, stop: int) -> int:
    """Return the last index in (start, stop] where a row may end inside a word; -1 if none."""
    last = -1
    for mark in _INSIDE.finditer(text, start, stop + 1):
        if mark.end() <= stop:
            last = mark.end()
    return last


def _wrap_measured(text: str, start: int, end: int, width: int, rows: Rows) -> None:
    """Append to `rows` those of one line whose characters differ in width or join.

    The line is [start, end) of the text.
    """
    line = _Line(text[start:end])
    row_start, first = line.beginning(width)
    while True:
        row_end, following = line.row(row_start, first, width)
        rows.append((start + row_start, start + row_end))
        if following < 0:
            return
        row_start = first = following


class _Line:
    """A line of a text, with the class of each character and their cell columns.

    All indexes are those of the line, not of the text.
    """

    __slots__ = ("edges", "end", "kinds", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds = character_classes(text)
        self.edges = list(accumulate(cell_widths(text, self.kinds), initial=0))
        self.end = self._without_blanks(len(text), 0)

    def beginning(self, width: int) -> tuple[int, int]:
        """Return the starts of the first row and of its first word; (0, 0) for a blank line.

        An indent that leaves no room for a grapheme is left out of the row.
        """
        first = self._after_blanks(0)
        if first >= self.end:
            return 0, 0
        # An indent that leaves no room for a single grapheme is dropped.
        fits = self.edges[grapheme_end(self.text, first)] <= width
        return (0 if fits else first), first

    def row(self, start: int, first: int, width: int) -> tuple[int, int]:
        """Return the end of the row at `start`, and the start of the next row.

        `first` is the start of the row's first word. The second value is -1 after the last row.
        """
        edges = self.edges
        if edges[self.end] - edges[start] <= width:
            return self.end, -1
        stop = bisect_right(edges, edges[start] + width, start, self.end + 1) - 1
        cut = stop
        while cut > first and not self._may_break(cut):
            cut -= 1
        row_end = self._without_blanks(cut, first)
        if edges[row_end] - edges[start] < width - width // 4:
            inside = _inside(self.text, max(first, cut) + 1, stop)
            if inside > 0 and joins_previous(self.text, inside):
                inside = -1
            if inside > 0 and (cut > first or edges[inside] - edges[start] > width // 2):
                return inside, inside
        if cut <= first:
            cut = self._cut_word(start, stop)
            return cut, self._following(cut)
        return row_end, self._following(cut)

    def _cut_word(self, start: int, stop: int) -> int:
        """Return the end of the last whole grapheme before `stop`, where a word is cut.

        If the first grapheme is wider than the row, it is cut at `stop`, or kept whole if nothing
        fits.
        """
        cut = stop
        while cut > start and (joins_previous(self.text, cut) or self._is_cut_syllable(cut)):
            cut -= 1
        if cut == start:
            cut = stop if stop > start else min(grapheme_end(self.text, start), self.end)
        return cut

    def _is_cut_syllable(self, index: int) -> bool:
        """Return whether a Thai or Lao vowel is on the other side of the index than its letter."""
        text = self.text
        return text[index - 1] in _BEFORE_CONSONANT or text[index : index + 1] in _AFTER_CONSONANT

    def _following(self, index: int) -> int:
        """Return the start of the row after one that ends at the index; -1 if none follows."""
        after = self._after_blanks(index)
        return after if after < self.end else -1

    def _may_break(self, index: int) -> bool:
        """Return whether a row may end before the character at the index, from 1."""
        kind = self.kinds[index]
        if kind in MARKS:
            return False
        if self._is_blank(index) or self._is_blank(index - 1):
            return True
        before = index - 1
        if self.kinds[before] == BREAK_MARK:
            return True
        while before > 0 and self.kinds[before] in MARKS and index - before < 8:
            before -= 1
        base = self.kinds[before]
        if base in {OPENING, WIDE_OPENING} or kind in {CLOSING, WIDE_CLOSING}:
            return False
        if base in _KOREAN or kind in _KOREAN or _GLUE & set(self.text[index - 1 : index + 1]):
            return False
        return (kind in WIDES or base in WIDES) and not joins_previous(self.text, index)

    def _is_blank(self, index: int) -> bool:
        """Return whether the character is a space that no combining mark follows."""
        follows = self.kinds[index + 1 : index + 2]
        return self.kinds[index] in BLANKS and follows not in MARKS

    def _after_blanks(self, index: int) -> int:
        """Return the index after the spaces at an index."""
        while index < len(self.kinds) and self._is_blank(index):
            index += 1
        return index

    def _without_blanks(self, index: int, first: int) -> int:
        """Return the index of the first of the spaces before an index, not before `first`."""
        while index > first and self._is_blank(index - 1):
            index -= 1
        return index


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
