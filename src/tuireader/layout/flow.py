"""Wraps an article into rows with margins. Rows are computed when they are asked for."""

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import cell_width, column_to_index, previous_grapheme
from tuireader.layout.chunks import Chunk, ChunkIndex
from tuireader.layout.drawn_row import (
    RowShape,
    column_at_offset,
    offset_at_column,
)
from tuireader.layout.margins import Margins, blanks_between, margins_of, quote_prefix
from tuireader.layout.typesetting import HYPHEN, PLAIN, Typesetting, spread_of
from tuireader.layout.wrap import wrap_rows

if TYPE_CHECKING:
    from tuireader.layout.hyphenation import Hyphenator
    from tuireader.layout.picture_signs import PictureSigns

_CACHE_SIZE = 600
"""Chunks whose rows are cached: a few screens of short blocks."""

SET_KINDS = frozenset(
    (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCKQUOTE, BlockKind.CAPTION)
)
"""The kinds of blocks that are hyphenated and justified."""

Position = tuple[int, int]
"""A row's position: the number of its chunk, and of the row in the chunk."""


class Row(NamedTuple):
    """One row of the screen: its range [start, end) of the text, and what is drawn before it.

    `level` is the level of its heading, or how deep its list item or block quotation is nested.
    """

    start: int
    end: int
    kind: BlockKind | None
    """The kind of the row's block; None for a blank row between two blocks."""
    indent: int
    """Empty cells before the prefix."""
    prefix: str
    """The text that is drawn before the row: the bars of a block quote."""
    level: int
    tail: str = ""
    """The text after the row that is not in the text: the hyphen of a divided word."""
    spread: int = 0
    """Cells that are added to the gaps between the words of a justified row."""
    right_to_left: bool | None = None
    """The direction of its paragraph if the row is reordered; None if it is not."""
    window: tuple[int, int] | None = None
    """The first cell that is drawn of a line that is scrolled sideways, and the room in cells."""
    sign: str = ""
    """What is drawn in a row that has no text of the article: where a picture is."""

    @property
    def shape(self) -> RowShape:
        """How the row is drawn."""
        return RowShape(
            self.start, self.end, self.tail, self.spread, self.right_to_left, self.window
        )

    @property
    def is_plain(self) -> bool:
        """Whether the row is drawn as it is in the text, apart from its tail."""
        return not self.spread and self.right_to_left is None and self.window is None


class Flow:
    """The rows of an article's text, at most `width` cells wide with indent and prefix.

    Work is proportional to the rows that are asked for, not to the length of the text.
    """

    __slots__ = ("_hyphenator", "_rows", "_signs", "_typesetting", "_units", "head", "width")

    def __init__(
        self,
        text: str,
        blocks: Blocks,
        width: int,
        *,
        head: int = 0,
        units: ChunkIndex | None = None,
        typesetting: Typesetting = PLAIN,
        signs: "PictureSigns | None" = None,
    ) -> None:
        """Wrap the text of an article, whose blocks are given, to `width` cells (at least 1).

        `head` is the number of blank rows above the text, for the masthead. `units` is the chunk
        index of another flow of the same article; without it, one is made. `signs` are those of its
        pictures.
        """
        self.head = head
        self._signs = signs
        self._typesetting = typesetting
        self._hyphenator = _hyphenator_of(typesetting)
        self._units = units or ChunkIndex(text, blocks)
        self._rows: dict[int, list[Row]] = {}
        self.width = max(1, width)

    def reflowed(self, width: int, head: int = 0) -> "Flow":
        """Return a flow of the same article at another width in cells.

        `head` is the number of blank rows above the text.
        """
        return self._again(width, head, self._typesetting)

    def set_anew(self, typesetting: Typesetting) -> "Flow":
        """Return a flow of the same article at the same width that is set otherwise."""
        return self._again(self.width, self.head, typesetting)

    def _again(self, width: int, head: int, typesetting: Typesetting) -> "Flow":
        """Return another flow of the same article."""
        units, signs = self._units, self._signs
        return Flow(
            units.text,
            units.blocks,
            width,
            head=head,
            units=units,
            typesetting=typesetting,
            signs=signs,
        )

    @property
    def blocks(self) -> Blocks:
        """The article's blocks; one paragraph if it has none."""
        return self._units.blocks

    @property
    def first(self) -> Position:
        """The position of the first row."""
        return 0, 0

    @property
    def last(self) -> Position:
        """The position of the last row."""
        unit = self._units.count - 1
        return unit, len(self._unit(unit)) - 1

    def row(self, position: Position) -> Row:
        """Return the row at a position, which must be one of this flow."""
        unit, number = position
        return self._unit(unit)[number]

    def after(self, position: Position, count: int = 1) -> Position:
        """Return the position `count` rows forward; that of the last row if there are fewer."""
        unit, number = position
        number += count
        while number >= (length := len(self._unit(unit))):
            if unit == self._units.count - 1:
                return unit, length - 1
            number -= length
            unit += 1
        return unit, number

    def before(self, position: Position, count: int = 1) -> Position:
        """Return the position `count` rows backward; that of the first row if there are fewer."""
        unit, number = position
        number -= count
        while number < 0:
            if unit == 0:
                return 0, 0
            unit -= 1
            number += len(self._unit(unit))
        return unit, number

    def position_of(self, offset: int) -> Position:
        """Return the position of the row that shows the offset, or of the nearest row before.

        It is never a blank row between blocks. An offset outside the text gives its first or last
        row.
        """
        unit = self._units.at(offset)
        rows = self._unit(unit)
        number = bisect_right(rows, offset, key=_row_start) - 1
        while number < 0 or rows[number].kind is None:
            number += 1
        return unit, number

    def rows_from(self, position: Position, height: int) -> list[tuple[Position, Row]]:
        """Return up to `height` rows from a position on, each with its own position.

        There are fewer at the end of the text.
        """
        unit, skipped = position
        found: list[tuple[Position, Row]] = []
        while len(found) < height and unit < self._units.count:
            rows = self._unit(unit)
            stop = min(len(rows), skipped + height - len(found))
            found.extend(((unit, number), rows[number]) for number in range(skipped, stop))
            unit, skipped = unit + 1, 0
        return found

    def distance(self, start: Position, end: Position, limit: int) -> int:
        """Return the number of rows from one position to another, at most `limit`.

        The number is negative, and at least -limit, if `end` is before `start`.
        """
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
        """Return the offset of the grapheme at a cell column of a row's text.

        The column is counted from 0, without indent and prefix. A column beyond the text gives the
        last grapheme, and an empty row gives its start.
        """
        row = self.row(position)
        if not row.is_plain:
            return offset_at_column(self._units.text, row.shape, cells)
        shown = self._units.text[row.start : row.end]
        index = column_to_index(shown, cells)
        if index >= len(shown):
            index = previous_grapheme(shown, len(shown))
        return row.start + index

    def column_of(self, offset: int) -> int:
        """Return the cell column of an offset in the text of its row, from 0.

        Indent and prefix are not counted. An offset between two rows gives the width of the row
        before.
        """
        row = self.row(self.position_of(offset))
        if not row.is_plain:
            return column_at_offset(self._units.text, row.shape, offset)
        return cell_width(self._units.text[row.start : max(row.start, min(offset, row.end))])

    def _unit(self, unit: int) -> list[Row]:
        """Return the rows of the chunk with this number, after the blank rows before it."""
        rows = self._rows.get(unit)
        if rows is None:
            rows = self._laid_out(self._units.piece(unit))
            if len(self._rows) >= _CACHE_SIZE:
                del self._rows[next(iter(self._rows))]
            self._rows[unit] = rows
        return rows

    def _laid_out(self, piece: Chunk) -> list[Row]:
        """Return the rows of a chunk, wrapped with its margins, after the blank rows before it."""
        text = self._units.text
        block = self._units.blocks[piece.block]
        margins = margins_of(text, block, self.width)
        rows = self._blanks_before(piece)
        kind, level, prefix = block.kind, block.level, margins.prefix
        indent = margins.indent
        if kind is BlockKind.RULE:
            return [*rows, Row(piece.start, piece.end, kind, indent, prefix, level)]
        hyphenator = self._hyphenator if kind in SET_KINDS else None
        sideways = self._typesetting.sideways if kind is BlockKind.CODE else None
        if sideways is not None and (lines := _whole_lines(text, piece, block, margins, sideways)):
            return rows + lines
        ranges, divided = _wrapped(text, piece, margins, hyphenator)
        first = len(rows)
        if piece.leads:
            start, end = ranges.pop(0)
            rows.append(Row(start, end, kind, indent, prefix, level))
        indent += margins.hang
        rows.extend([Row(start, end, kind, indent, prefix, level) for start, end in ranges])
        if self._typesetting is not PLAIN or any(
            text[row.end - 1 : row.end] == "\xad" for row in rows
        ):
            rows[first:] = self._set(rows[first:], block, margins, divided)
        return rows

    def _set(
        self, rows: list[Row], block: Block, margins: Margins, divided: frozenset[int]
    ) -> list[Row]:
        """Return rows of a block with their hyphens, justified and reordered as was chosen.

        `divided` has the ends of those that end inside a divided word.
        """
        text, setting = self._units.text, self._typesetting
        backwards = setting.reorder and _is_right_to_left(text, block.start, block.end)
        found: list[Row] = []
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            soft = text[row.end - 1 : row.end] == "\xad" and after is not None
            tail = HYPHEN if row.end in divided or soft else ""
            room = margins.room + (margins.indent + margins.hang - row.indent)
            cells = cell_width(text[row.start : row.end]) + len(tail)
            spread, indent, order = 0, row.indent, None
            if backwards or (setting.reorder and _has_right_to_left(text, row)):
                order = backwards
                indent += max(0, room - cells) if backwards else 0
            elif setting.justify and block.kind in SET_KINDS and _continues(text, row, after):
                spread = spread_of(text, row.start, row.end, cells, room)
            found.append(row._replace(tail=tail, indent=indent, spread=spread, right_to_left=order))
        return found

    def _blanks_before(self, piece: Chunk) -> list[Row]:
        """Return the blank rows before a chunk: the head before the first, none inside a block.

        Between two block quotations they have bars. The signs of pictures are among them.
        """
        if not piece.leads:
            return []
        empty = Row(piece.start, piece.start, None, 0, "", 0)
        signs = self._signs.above(piece.block, self.width) if self._signs else ()
        signed = [empty._replace(sign=sign) for sign in signs]
        if signed and self.blocks[piece.block].kind is not BlockKind.CAPTION:
            signed.append(empty)
        if piece.block == 0:
            return [empty] * self.head + signed
        block, above = self._units.blocks[piece.block], self._units.blocks[piece.block - 1]
        start = piece.start
        prefix = quote_prefix(above, block, self.width)
        blank = Row(start, start, None, 0, prefix, min(above.level, block.level))
        return [blank] * (blanks_between(above, block) or bool(signed)) + signed


def signs_of(article: Article, hint: str) -> "PictureSigns | None":
    """Return the signs of an article's pictures, with a hint how one is shown; None for none."""
    if not article.pictures:
        return None
    from tuireader.layout.picture_signs import PictureSigns  # noqa: PLC0415 - only for pictures

    return PictureSigns(article, hint)


def _hyphenator_of(typesetting: Typesetting) -> "Hyphenator | None":
    """Return what divides words; None if that was not chosen, or the language is unknown."""
    if not (typesetting.hyphenate and typesetting.language):
        return None
    from tuireader.layout.hyphenation import Hyphenator  # noqa: PLC0415 - only on request

    return Hyphenator(typesetting.language)


def _is_right_to_left(text: str, start: int, end: int) -> bool:
    """Return whether the paragraph [start, end) of a text is written from right to left."""
    from tuireader.layout.bidi import is_right_to_left  # noqa: PLC0415 - only on request

    return is_right_to_left(text, start, end)


def _has_right_to_left(text: str, row: Row) -> bool:
    """Return whether a row has letters that are written from right to left."""
    from tuireader.layout.bidi import RIGHT_TO_LEFT  # noqa: PLC0415 - only on request

    return RIGHT_TO_LEFT.search(text, row.start, row.end) is not None


def _row_start(row: Row) -> int:
    """Return the start of a row, by which rows are searched."""
    return row.start


def _whole_lines(text: str, piece: Chunk, block: Block, margins: Margins, first: int) -> list[Row]:
    """Return the rows of lines that are scrolled sideways by `first` cells; [] if all fit."""
    from tuireader.layout.whole_lines import whole_lines  # noqa: PLC0415 - only for code

    kind, indent, prefix, level = block.kind, margins.indent, margins.prefix, block.level
    return [
        Row(start, end, kind, indent + hang, prefix, level, window=window)
        for start, end, window, hang in whole_lines(text, piece, margins, first)
    ]


def _continues(text: str, row: Row, after: Row | None) -> bool:
    """Return whether a row is followed by another of the same line of the text."""
    return after is not None and "\n" not in text[row.end : after.start]


def _wrapped(
    text: str, piece: Chunk, margins: Margins, hyphenator: "Hyphenator | None" = None
) -> tuple[list[tuple[int, int]], frozenset[int]]:
    """Return the rows of a chunk as ranges of the text, and the ends of those that are divided.

    A list item's marker is in the first row; the others have less room.
    """
    start, end, width = piece.start, piece.end, margins.room
    divided: frozenset[int] = frozenset()
    mark = margins.mark if piece.leads and margins.hang else 0
    if not piece.leads and text[start - 1] != "\n":
        stretch = text[start:end]
        start += len(stretch) - len(stretch.lstrip(" \t"))
    if hyphenator is None:
        rows = wrap_rows(text, start + mark, end, width)
    else:
        rows, divided = hyphenator.wrap(text, start + mark, end, width)
    rows[0] = (start, rows[0][1])
    return rows, divided
