"""Where a motion leads: pure functions from an offset and a count to an offset."""

from collections.abc import Callable

from tuireader.domain.blocks import BlockKind
from tuireader.domain.passage import Passage
from tuireader.domain.sentences import sentence_at
from tuireader.layout.cells import next_grapheme, previous_grapheme
from tuireader.layout.ground import (
    Ground,
    beside,
    block_at,
    last_of,
    row_move,
    settle,
    solid_block,
    stands,
)
from tuireader.layout.words import next_word, word_end, word_start

__all__ = ["MOTIONS", "Ground", "Motion", "paragraph", "row_move", "sentence"]

Motion = Callable[[Ground, int, int], int]
"""From an offset, so many times, to an offset."""

Step = Callable[[Ground, int], int]

_OVERLAP = 2
"""Rows that a page has in common with the one before."""


def sentence(ground: Ground, offset: int) -> Passage:
    """The sentence at an offset; of blanks, the one that follows."""
    _, block = block_at(ground, offset)
    return sentence_at(ground.article.text, block.start, block.end, offset)


def paragraph(ground: Ground, offset: int) -> Passage:
    """The block at an offset, without the blanks at its ends."""
    _, block = block_at(ground, offset)
    text, start, end = ground.article.text, block.start, block.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(start, end)


def _right(ground: Ground, offset: int) -> int:
    return settle(ground, next_grapheme(ground.article.text, offset), 1)


def _left(ground: Ground, offset: int) -> int:
    return settle(ground, previous_grapheme(ground.article.text, offset), -1)


def _word_forward(ground: Ground, offset: int) -> int:
    return settle(ground, next_word(ground.article.text, offset), 1)


def _word_end(ground: Ground, offset: int) -> int:
    return _off_rules(ground, offset, word_end, 1)


def _word_back(ground: Ground, offset: int) -> int:
    return _off_rules(ground, offset, word_start, -1)


def _off_rules(ground: Ground, offset: int, find: Callable[[str, int], int], step: int) -> int:
    """The place that is found, looking on behind rules."""
    while True:
        found = find(ground.article.text, offset)
        number, block = block_at(ground, found)
        if block.kind is not BlockKind.RULE or solid_block(ground, number, step) is None:
            return settle(ground, found, step)
        offset = max(found, block.end - 1) if step > 0 else block.start


def _row_start(ground: Ground, offset: int, _count: int) -> int:
    return ground.flow.row(ground.flow.position_of(offset)).start


def _row_end(ground: Ground, offset: int, _count: int) -> int:
    return last_of(ground, ground.flow.row(ground.flow.position_of(offset)))


def _sentence_next(ground: Ground, offset: int) -> int:
    text = ground.article.text
    number, block = block_at(ground, offset)
    if solid_block(ground, number, 1) == block:
        here = sentence_at(text, block.start, block.end, offset)
        after = sentence_at(text, block.start, block.end, max(offset, here.end))
        if here.start > offset:
            return here.start
        if after.start > offset:
            return after.start
    following = solid_block(ground, number + 1, 1)
    if following is None:
        return _bottom(ground, offset, 1)
    return sentence_at(text, following.start, following.end, following.start).start


def _sentence_previous(ground: Ground, offset: int) -> int:
    text = ground.article.text
    number, block = block_at(ground, offset)
    if solid_block(ground, number, 1) == block:
        here = sentence_at(text, block.start, block.end, offset)
        if here.start < offset:
            return here.start
        before = max(block.start, here.start - 4096)
        before += len(text[before : here.start].rstrip())
        if before > block.start:
            return sentence_at(text, block.start, block.end, before - 1).start
    above = solid_block(ground, number - 1, -1)
    if above is None:
        return offset
    return sentence_at(text, above.start, above.end, above.end - 1).start


def _paragraph_next(ground: Ground, offset: int) -> int:
    number, _ = block_at(ground, offset)
    following = solid_block(ground, number + 1, 1)
    return _bottom(ground, offset, 1) if following is None else settle(ground, following.start, 1)


def _paragraph_previous(ground: Ground, offset: int) -> int:
    number, block = block_at(ground, offset)
    start = settle(ground, block.start, 1)
    if start < offset:
        return start
    above = solid_block(ground, number - 1, -1)
    return offset if above is None else settle(ground, above.start, 1)


def _heading(step: int) -> Step:
    def move(ground: Ground, offset: int) -> int:
        blocks = ground.flow.blocks
        number, block = block_at(ground, offset)
        if step < 0 and block.kind is BlockKind.HEADING and block.start < offset:
            return block.start
        found = blocks.next_of(BlockKind.HEADING, number, step)
        return offset if found < 0 else blocks[found].start

    return move


def _top(ground: Ground, _offset: int, _count: int) -> int:
    return settle(ground, 0, 1)


def _bottom(ground: Ground, _offset: int, _count: int) -> int:
    last = ground.flow.last
    row = ground.flow.row(last)
    if not stands(row) and (above := beside(ground.flow, last, -1)):
        row = ground.flow.row(above)
    return last_of(ground, row)


def _rows(step: int, share: Callable[[int], int]) -> Motion:
    """A motion by rows of the screen that keeps to the column of its offset."""

    def move(ground: Ground, offset: int, count: int) -> int:
        rows = step * count * max(1, share(ground.height))
        return row_move(ground, offset, rows, ground.flow.column_of(offset))

    return move


def _repeated(step: Step) -> Motion:
    """A motion that takes a step as often as it is told, or until it leads no further."""

    def move(ground: Ground, offset: int, count: int) -> int:
        for _ in range(count):
            before, offset = offset, step(ground, offset)
            if offset == before:
                break
        return offset

    return move


MOTIONS: dict[str, Motion] = {
    "left": _repeated(_left),
    "right": _repeated(_right),
    "word_forward": _repeated(_word_forward),
    "word_end": _repeated(_word_end),
    "word_back": _repeated(_word_back),
    "row_start": _row_start,
    "row_end": _row_end,
    "sentence_next": _repeated(_sentence_next),
    "sentence_previous": _repeated(_sentence_previous),
    "paragraph_next": _repeated(_paragraph_next),
    "paragraph_previous": _repeated(_paragraph_previous),
    "heading_next": _repeated(_heading(1)),
    "heading_previous": _repeated(_heading(-1)),
    "top": _top,
    "bottom": _bottom,
    "half_down": _rows(1, lambda height: height // 2),
    "half_up": _rows(-1, lambda height: height // 2),
    "page_down": _rows(1, lambda height: height - _OVERLAP),
    "page_up": _rows(-1, lambda height: height - _OVERLAP),
    "row_down": _rows(1, lambda _height: 1),
    "row_up": _rows(-1, lambda _height: 1),
}
"""The motions by name; each stays on the text and goes on or back only, as its name says."""
