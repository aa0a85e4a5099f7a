"""What stands left of and above a block: indents, bars, hanging marks, blank rows.

The rows of an article at one width, wrapped only where they are looked at.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import cell_width, column_to_index, previous_grapheme
from tuireader.layout.chunks import Chunk, ChunkIndex
from tuireader.layout.wrap import wrap_rows

_NARROWEST = 10
"""Cells that nesting leaves to the text, where there are that many."""
_BAR = "│ "
_MOST_BARS = 4
_MOST_LIST_INDENT = 8
_SET_IN = 2

_MARK = re.compile(
    r"(?:[-*+–—•‣◦▪·]|\(?(?:\d{1,4}|[A-Za-z]|[ivxIVX]{1,6})[.)])[ \t\xa0]{1,4}(?=\S)"
)


class Margins(NamedTuple):
    """The cells around a block's text."""

    indent: int
    prefix: str
    mark: int
    """Code points of a list item's mark and the blanks after it."""
    hang: int
    """Cells that the rows below it are indented further; its own row is that much wider."""
    room: int
    """Cells that a row's text may take, the mark left out."""


def margins_of(text: str, block: Block, width: int) -> Margins:
    """The margins of a block in a column of `width` cells."""
    indent, prefix, mark, hang = 0, "", 0, 0
    room = width
    match block.kind:
        case BlockKind.CAPTION | BlockKind.CODE:
            indent = _kept(_SET_IN, room)
        case BlockKind.BLOCKQUOTE:
            prefix = _BAR * _bars(block, width)
            room -= len(prefix)
        case BlockKind.LIST_ITEM:
            indent = _kept(min(2 * block.level, _MOST_LIST_INDENT), room)
            if found := _MARK.match(text, block.start, block.end):
                mark = found.end() - block.start
                hang = cell_width(found.group())
                if hang > room - indent - _NARROWEST:
                    mark = hang = 0
        case _:
            pass
    return Margins(indent, prefix, mark, hang, room - indent - hang)


def blanks_between(above: Block, block: Block) -> int:
    """How many blank rows stand between two blocks."""
    if block.kind is BlockKind.HEADING and block.level <= 2:
        return 2
    return 0 if above.kind is block.kind is BlockKind.LIST_ITEM else 1


def quote_prefix(above: Block, block: Block, width: int) -> str:
    """The bars on a blank row between two block quotes; else nothing."""
    if not above.kind is block.kind is BlockKind.BLOCKQUOTE:
        return ""
    return _BAR * min(_bars(above, width), _bars(block, width))


def _bars(block: Block, width: int) -> int:
    return max(0, min(block.level + 1, _MOST_BARS, (width - _NARROWEST) // len(_BAR)))


def _kept(indent: int, width: int) -> int:
    """As much of an indent as leaves the text its narrowest column."""
    return max(0, min(indent, width - _NARROWEST))


_CACHED = 600
"""Units whose rows are kept: some screens' worth of short blocks."""

Position = tuple[int, int]
"""A row: the number of its unit, and of the row in it."""


class Row(NamedTuple):
    """One row of the screen: its stretch [start, end) of the text, and what stands before it."""

    start: int
    end: int
    kind: BlockKind | None
    """None for the blank row between two blocks."""
    indent: int
    """Cells left free before the prefix."""
    prefix: str
    """What is drawn before the text: the bars of a block quote."""
    level: int


class Flow:
    """An article's text as rows of at most `width` cells, indent and prefix included.

    A unit is a block, or a piece of a very long one. Work is proportional to the
    rows that are asked for, however long the text is.
    """

    __slots__ = ("_rows", "_units", "width")

    def __init__(
        self, text: str, blocks: Blocks, width: int, *, units: ChunkIndex | None = None
    ) -> None:
        """Find the units, unless another flow of the same article hands them in."""
        self._units = units or ChunkIndex(text, blocks)
        self._rows: dict[int, list[Row]] = {}
        self.width = max(1, width)

    def reflowed(self, width: int) -> "Flow":
        """The same article at another width."""
        units = self._units
        return Flow(units.text, units.blocks, width, units=units)

    @property
    def blocks(self) -> Blocks:
        """The article's blocks; one paragraph, if it has none."""
        return self._units.blocks

    @property
    def first(self) -> Position:
        """The first row."""
        return 0, 0

    @property
    def last(self) -> Position:
        """The last row."""
        unit = self._units.count - 1
        return unit, len(self._unit(unit)) - 1

    def row(self, position: Position) -> Row:
        """The row at a position."""
        unit, number = position
        return self._unit(unit)[number]

    def after(self, position: Position, count: int = 1) -> Position:
        """The position that many rows on, or the last."""
        unit, number = position
        number += count
        while number >= (length := len(self._unit(unit))):
            if unit == self._units.count - 1:
                return unit, length - 1
            number -= length
            unit += 1
        return unit, number

    def before(self, position: Position, count: int = 1) -> Position:
        """The position that many rows back, or the first."""
        unit, number = position
        number -= count
        while number < 0:
            if unit == 0:
                return 0, 0
            unit -= 1
            number += len(self._unit(unit))
        return unit, number

    def position_of(self, offset: int) -> Position:
        """The row that shows the offset, or the nearest before it in the same block."""
        unit = self._units.at(offset)
        rows = self._unit(unit)
        number = bisect_right(rows, offset, key=_row_start) - 1
        while number < 0 or rows[number].kind is None:
            number += 1
        return unit, number

    def rows_from(self, position: Position, height: int) -> list[tuple[Position, Row]]:
        """As many rows as fit a height, fewer at the end of the text."""
        unit, skipped = position
        found: list[tuple[Position, Row]] = []
        while len(found) < height and unit < self._units.count:
            rows = self._unit(unit)
            stop = min(len(rows), skipped + height - len(found))
            found.extend(((unit, number), rows[number]) for number in range(skipped, stop))
            unit, skipped = unit + 1, 0
        return found

    def distance(self, start: Position, end: Position, limit: int) -> int:
        """How many rows on the second position is (negative: back), counted up to the limit."""
        if end < start:
            return -self.distance(end, start, limit)
        if end[0] - start[0] > limit:
            return limit
        rows = end[1] - start[1]
        for unit in range(start[0], end[0]):
            rows += len(self._unit(unit))
            if rows - end[1] >= limit:
                return limit
        return min(rows, limit)

    def offset_at(self, position: Position, cells: int) -> int:
        """The offset of the grapheme at a cell column of a row's text, at most its last."""
        row = self.row(position)
        shown = self._units.text[row.start : row.end]
        index = column_to_index(shown, cells)
        if index >= len(shown):
            index = previous_grapheme(shown, len(shown))
        return row.start + index

    def column_of(self, offset: int) -> int:
        """How many cells of its row's text stand before the offset."""
        row = self.row(self.position_of(offset))
        return cell_width(self._units.text[row.start : max(row.start, min(offset, row.end))])

    def _unit(self, unit: int) -> list[Row]:
        """The rows of a unit, the blank ones before it included."""
        rows = self._rows.get(unit)
        if rows is None:
            rows = self._laid_out(self._units.piece(unit))
            if len(self._rows) >= _CACHED:
                del self._rows[next(iter(self._rows))]
            self._rows[unit] = rows
        return rows

    def _laid_out(self, piece: Chunk) -> list[Row]:
        text = self._units.text
        block = self._units.blocks[piece.block]
        margins = margins_of(text, block, self.width)
        rows = self._blanks_before(piece)
        kind, level, prefix = block.kind, block.level, margins.prefix
        indent = margins.indent
        if kind is BlockKind.RULE:
            return [*rows, Row(piece.start, piece.end, kind, indent, prefix, level)]
        lines = _wrapped(text, piece, margins)
        if piece.leads:
            start, end = lines.pop(0)
            rows.append(Row(start, end, kind, indent, prefix, level))
        indent += margins.hang
        rows.extend([Row(start, end, kind, indent, prefix, level) for start, end in lines])
        return rows

    def _blanks_before(self, piece: Chunk) -> list[Row]:
        """The blank rows above a unit; between two block quotes the bar goes on."""
        if not piece.leads or piece.block == 0:
            return []
        block, above = self._units.blocks[piece.block], self._units.blocks[piece.block - 1]
        start = piece.start
        prefix = quote_prefix(above, block, self.width)
        blank = Row(start, start, None, 0, prefix, min(above.level, block.level))
        return [blank] * blanks_between(above, block)


def _row_start(row: Row) -> int:
    return row.start


def _wrapped(text: str, piece: Chunk, margins: Margins) -> list[tuple[int, int]]:
    """The rows of a unit; a list item's mark stands in the first, and the others hang."""
    start, end, width = piece.start, piece.end, margins.room
    if not piece.leads:
        if text[start - 1] != "\n":
            stretch = text[start:end]
            start += len(stretch) - len(stretch.lstrip(" \t"))
        return wrap_rows(text, start, end, width)
    if not margins.hang:
        return wrap_rows(text, start, end, width)
    rows = wrap_rows(text, start + margins.mark, end, width)
    rows[0] = (start, rows[0][1])
    return rows
