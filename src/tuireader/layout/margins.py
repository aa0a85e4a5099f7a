"""The margins of a block: its indent, its bars, and the marker of a list item."""

import re
from typing import NamedTuple, assert_never

from tuireader.domain.blocks import Block, BlockKind
from tuireader.layout.cells import cell_width

_MIN_TEXT_WIDTH = 10
"""Cells that nested margins leave to the text, if the column has that many."""
_BAR = "│ "
_MAX_BARS = 4
_MAX_LIST_INDENT = 8
_SET_IN = 2

_MARK = re.compile(
    r"(?:[-*+–—•‣◦▪·]|\(?(?:\d{1,4}|[A-Za-z]|[ivxIVX]{1,6})[.)])[ \t\xa0]{1,4}(?=\S)"
)


class Margins(NamedTuple):
    """The margins of a block's text, in cells unless stated otherwise.

    `indent` is the empty cells at the left, `prefix` the text drawn after them: the bars of a block
    quotation, or "".
    """

    indent: int
    prefix: str
    mark: int
    """Code points of a list item's marker and the spaces after it; 0 without a marker."""
    hang: int
    """Cells by which the following rows are indented further than the first; 0 for none."""
    room: int
    """Cells that the text of a row may take, without the marker."""


def margins_of(text: str, block: Block, width: int) -> Margins:
    """Return the margins of a block of the text in a column of `width` cells.

    Indents are reduced in a narrow column, and a list item's rows then do not hang.
    """
    indent, prefix, mark, hang = 0, "", 0, 0
    room = width
    match block.kind:
        case BlockKind.CAPTION | BlockKind.CODE:
            indent = _kept(_SET_IN, room)
        case BlockKind.BLOCKQUOTE:
            prefix = _BAR * _bars(block, width)
            room -= len(prefix)
        case BlockKind.LIST_ITEM:
            indent = _kept(min(2 * block.level, _MAX_LIST_INDENT), room)
            if found := _MARK.match(text, block.start, block.end):
                mark = found.end() - block.start
                hang = cell_width(found.group())
                if hang > room - indent - _MIN_TEXT_WIDTH:
                    mark = hang = 0
        case BlockKind.HEADING | BlockKind.PARAGRAPH | BlockKind.RULE:
            pass
        case _:
            assert_never(block.kind)
    return Margins(indent, prefix, mark, hang, room - indent - hang)


def blanks_between(above: Block, block: Block) -> int:
    """Return the number of blank rows between two neighbouring blocks: 0, 1 or 2.

    There are two above a main heading, and none between two list items.
    """
    if block.kind is BlockKind.HEADING and block.level <= 2:
        return 2
    return 0 if above.kind is block.kind is BlockKind.LIST_ITEM else 1


def quote_prefix(above: Block, block: Block, width: int) -> str:
    """Return the bars on a blank row between two block quotations; "" between other blocks.

    `width` is that of the column in cells.
    """
    if not above.kind is block.kind is BlockKind.BLOCKQUOTE:
        return ""
    return _BAR * min(_bars(above, width), _bars(block, width))


def _bars(block: Block, width: int) -> int:
    """Return the number of bars before a block quotation: one for each level of nesting.

    There are at most four, and fewer in a column of few cells.
    """
    return max(0, min(block.level + 1, _MAX_BARS, (width - _MIN_TEXT_WIDTH) // len(_BAR)))


def _kept(indent: int, width: int) -> int:
    """Return as much of an indent as leaves the text 10 cells; never less than 0."""
    return max(0, min(indent, width - _MIN_TEXT_WIDTH))
