"""Defines where in the text a cursor can stand."""

from typing import NamedTuple

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.layout.cells import previous_grapheme
from tuireader.layout.flow import Flow, Position, Row


class CursorSurface(NamedTuple):
    """An article, its rows at the present width, and the height of the screen in rows.

    It is all that a cursor motion needs to know.
    """

    article: Article
    flow: Flow
    height: int


def nearest_stop(surface: CursorSurface, offset: int, step: int) -> int:
    """Return the offset if a cursor can stand there, else the nearest one where it can.

    A cursor can stand on a character of a row and on an empty line of the text. It cannot stand on
    the spaces between rows, between blocks, or on a rule.

    The offset is searched forward if `step` is positive, backward if it is negative; if there is
    none in that direction, it is the last or first one of the text. In a text without any, it is
    the start of the row.
    """
    position = surface.flow.position_of(offset)
    row = surface.flow.row(position)
    if is_stop(row):
        if offset == row.start or row.start < offset < row.end:
            return offset
        if step < 0 and offset > row.start:
            return last_grapheme_of(surface, row)
    beyond = next_stop_row(surface.flow, position, step)
    if beyond is not None:
        target = surface.flow.row(beyond)
        return target.start if step > 0 else last_grapheme_of(surface, target)
    if is_stop(row):
        return last_grapheme_of(surface, row) if step > 0 else row.start
    other = next_stop_row(surface.flow, position, -step)
    if other is None:
        return row.start
    target = surface.flow.row(other)
    return last_grapheme_of(surface, target) if step > 0 else target.start


def is_stop(row: Row) -> bool:
    """Return whether a cursor can stand on the row: it is not blank between blocks, and no rule."""
    return row.kind is not None and row.kind is not BlockKind.RULE


def last_grapheme_of(surface: CursorSurface, row: Row) -> int:
    """Return the offset of the last grapheme of a row, or the row's start if it is empty."""
    return max(row.start, previous_grapheme(surface.article.text, row.end))


def next_stop_row(flow: Flow, position: Position, step: int) -> Position | None:
    """Return the position of the next row where a cursor can stand.

    `step` is 1 for forward and -1 for backward. Returns None if there is none in that direction.
    """
    while True:
        onward = flow.after(position) if step > 0 else flow.before(position)
        if onward == position:
            return None
        if is_stop(flow.row(onward)):
            return onward
        position = onward


def row_move(surface: CursorSurface, offset: int, rows: int, column: int) -> int:
    """Return the offset `rows` screen rows forward (negative: backward), at a cell column.

    `column` is counted in the text of the row, from 0; in a shorter row the last grapheme is taken.
    From a blank row or a rule, the move continues to the next row of text. If there is none, it
    returns to the last row of text that was passed, or stays where it was.
    """
    flow = surface.flow
    position = flow.position_of(offset)
    step = 1 if rows > 0 else -1
    target = flow.after(position, rows) if rows > 0 else flow.before(position, -rows)
    if not is_stop(flow.row(target)):
        found = next_stop_row(flow, target, step)
        if found is None:
            found = next_stop_row(flow, target, -step)
        target = position if found is None else found
    if target == position:
        return offset
    return flow.offset_at(target, column)


def block_at(surface: CursorSurface, offset: int) -> tuple[int, Block]:
    """Return the number of the block at an offset, and the block.

    Between two blocks it is the one before, before the first it is the first.
    """
    number = surface.flow.blocks.index_at(offset)
    return number, surface.flow.blocks[number]


def solid_block(surface: CursorSurface, number: int, step: int) -> Block | None:
    """Return the block with a number, or the next one that has text and is no rule.

    `step` is 1 for forward and -1 for backward. Returns None if there is none in that direction, or
    if the number is out of range.
    """
    blocks = surface.flow.blocks
    while 0 <= number < len(blocks):
        block = blocks[number]
        if block.kind is not BlockKind.RULE and block.end > block.start:
            return block
        number += step
    return None
