"""What stands left of and above a block: indents, bars, hanging marks, blank rows."""

import re
from typing import NamedTuple

from tuireader.domain.blocks import Block, BlockKind
from tuireader.layout.cells import width as cell_width

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
