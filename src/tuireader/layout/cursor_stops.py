"""What a cursor moves over, and where on it a cursor can stand."""

from typing import NamedTuple

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind
from tuireader.layout.cells import previous_grapheme
from tuireader.layout.flow import Flow, Position, Row


class CursorSurface(NamedTuple):
    """An article, its rows at the present width, and the rows that the screen shows at a time."""

    article: Article
    flow: Flow
    height: int


def nearest_stop(ground: CursorSurface, offset: int, step: int) -> int:
    """The offset itself if a cursor can stand there, else the nearest such place on or back.

    A cursor stands on a character of a row, or on an empty line of the text; not
    on the blanks between rows and blocks, and not on a rule.
    """
    position = ground.flow.position_of(offset)
    row = ground.flow.row(position)
    if is_stop(row):
        if offset == row.start or row.start < offset < row.end:
            return offset
        if step < 0 and offset > row.start:
            return last_grapheme_of(ground, row)
    beyond = next_stop_row(ground.flow, position, step)
    if beyond is not None:
        target = ground.flow.row(beyond)
        return target.start if step > 0 else last_grapheme_of(ground, target)
    if is_stop(row):
        return last_grapheme_of(ground, row) if step > 0 else row.start
    other = next_stop_row(ground.flow, position, -step)
    if other is None:
        return row.start
    target = ground.flow.row(other)
    return last_grapheme_of(ground, target) if step > 0 else target.start


def is_stop(row: Row) -> bool:
    """Whether a cursor can stand on the row."""
    return row.kind is not None and row.kind is not BlockKind.RULE


def last_grapheme_of(ground: CursorSurface, row: Row) -> int:
    """The last grapheme of a row, or its start if it is empty."""
    return max(row.start, previous_grapheme(ground.article.text, row.end))


def next_stop_row(flow: Flow, position: Position, step: int) -> Position | None:
    """The next row on (or back, for -1) where a cursor can stand."""
    while True:
        onward = flow.after(position) if step > 0 else flow.before(position)
        if onward == position:
            return None
        if is_stop(flow.row(onward)):
            return onward
        position = onward


def row_move(ground: CursorSurface, offset: int, rows: int, column: int) -> int:
    """The offset that many rows of the screen on (negative: back), at a cell column.

    From a blank row or a rule it goes on to the next row of text; where there is
    none, back to the last there was. Without a row to go to, it stays.
    """
    flow = ground.flow
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


def block_at(ground: CursorSurface, offset: int) -> tuple[int, Block]:
    """The number of the block at an offset, and the block."""
    number = ground.flow.blocks.index_at(offset)
    return number, ground.flow.blocks[number]


def solid_block(ground: CursorSurface, number: int, step: int) -> Block | None:
    """The block of that number, or the next one on or back, that has text and is no rule."""
    blocks = ground.flow.blocks
    while 0 <= number < len(blocks):
        block = blocks[number]
        if block.kind is not BlockKind.RULE and block.end > block.start:
            return block
        number += step
    return None
