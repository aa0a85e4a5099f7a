"""Cursor motions: pure functions from an offset and a count to an offset."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from tuireader.domain.article import Passage
from tuireader.domain.blocks import BlockKind
from tuireader.layout.cells import next_grapheme, previous_grapheme
from tuireader.layout.cursor_stops import (
    CursorSurface,
    block_at,
    is_stop,
    last_grapheme_of,
    nearest_stop,
    next_stop_row,
    row_move,
    solid_block,
)
from tuireader.text.sentences import sentence_at

_MARKS = (
    r"!-/:-@\[-^`{-~\xa1-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2010-\u2027\u2030-\u205e"
    r"\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_HIRAGANA, _KATAKANA = r"\u3040-\u309f", r"\u30a0-\u30ff"
_IDEOGRAPHS = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\s{_MARKS}{_HIRAGANA}{_KATAKANA}{_IDEOGRAPHS}]"

_MAX_WORD_DISTANCE = 4096
"""Code points examined on either side; a longer word takes several steps."""
_LOOK_BACK = 64


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word; compiled on first use, which takes 4 ms.

    A word is a run of letters with the apostrophes and hyphens inside it, a run of one script where
    spaces do not separate words, or a run of punctuation.
    """
    return re.compile(
        rf"{_LETTER}+(?:['’‐-]{_LETTER}+)*|[{_HIRAGANA}]+|[{_KATAKANA}]+|[{_IDEOGRAPHS}]+"
        rf"|[{_MARKS}]+"
    )


def next_word(text: str, offset: int) -> int:
    """Return the start of the next word after an offset.

    See `_word` for what a word is. Without one within 4,096 code points, returns the offset that
    far away, or the text's length.
    """
    for start, _ in _words_around(text, offset):
        if start > offset:
            return start
    return min(len(text), offset + _MAX_WORD_DISTANCE)


def word_end(text: str, offset: int) -> int:
    """Return the last grapheme of the word at the offset; of the next word if it is there.

    Without one within 4,096 code points, returns the offset that far away, or the text's length.
    """
    for _, end in _words_around(text, offset):
        if end > offset and (last := previous_grapheme(text, end)) > offset:
            return last
    return min(len(text), offset + _MAX_WORD_DISTANCE)


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word at an offset as a range [start, end).

    Between words, it is the white space from the offset to the next word. A word that began more
    than 64 code points before begins there.
    """
    for start, end in _words_around(text, offset):
        if start <= offset < end:
            return start, end
        if start > offset:
            return offset, start
    return offset, min(len(text), offset + 1)


def word_start(text: str, offset: int) -> int:
    """Return the start of the word at the offset; of the word before if it is there.

    Without one within 4,096 code points, returns the offset that far back, or 0.
    """
    for back in (_LOOK_BACK, _MAX_WORD_DISTANCE):
        first = max(0, offset - back)
        found = _word().finditer(text, first, offset + _LOOK_BACK)
        starts = [word.start() for word in found if word.start() < offset]
        if starts and starts[0] == first > 0:
            del starts[0]  # It may have begun before.
        if starts:
            return starts[-1]
    return max(0, offset - _MAX_WORD_DISTANCE)


def _words_around(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the words near an offset in order, as ranges [start, end).

    They begin at the last space before the offset, at most 64 code points back, and end 4,096 on.
    """
    first = max(0, offset - _LOOK_BACK)
    first = max(text.rfind(blank, first, offset) + 1 for blank in " \n") or first
    for word in _word().finditer(text, first, offset + _MAX_WORD_DISTANCE):
        yield word.span()


__all__ = ["MOTIONS", "CursorSurface", "Motion", "paragraph", "row_move", "sentence"]

Motion = Callable[[CursorSurface, int, int], int]
"""A function from a surface, an offset and a count (at least 1) to an offset.

Where a motion leads no further, it returns the offset unchanged.
"""

Step = Callable[[CursorSurface, int], int]

_OVERLAP = 2
"""Rows that a page shares with the one before."""


def sentence(surface: CursorSurface, offset: int) -> Passage:
    """Return the sentence at an offset; between sentences, the one that follows.

    It is in the offset's block; in a block without text, it is empty.
    """
    _, block = block_at(surface, offset)
    return sentence_at(surface.article.text, block.start, block.end, offset)


def paragraph(surface: CursorSurface, offset: int) -> Passage:
    """Return the block at an offset, without white space at its ends.

    Between two blocks, it is the one before. A blank block gives an empty passage.
    """
    _, block = block_at(surface, offset)
    text, start, end = surface.article.text, block.start, block.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(start, end)


def _right(surface: CursorSurface, offset: int) -> int:
    """Return the next cursor stop; at the end of the text, the last one."""
    return nearest_stop(surface, next_grapheme(surface.article.text, offset), 1)


def _left(surface: CursorSurface, offset: int) -> int:
    """Return the previous cursor stop; at the start of the text, the first one."""
    return nearest_stop(surface, previous_grapheme(surface.article.text, offset), -1)


def _word_forward(surface: CursorSurface, offset: int) -> int:
    """Return the start of the next word; without one, the last cursor stop."""
    return nearest_stop(surface, next_word(surface.article.text, offset), 1)


def _word_end(surface: CursorSurface, offset: int) -> int:
    """Return the last character of the word, or of the next word if the offset is there."""
    return _off_rules(surface, offset, word_end, 1)


def _word_back(surface: CursorSurface, offset: int) -> int:
    """Return the start of the word, or of the previous word if the offset is there."""
    return _off_rules(surface, offset, word_start, -1)


def _off_rules(
    surface: CursorSurface, offset: int, find: Callable[[str, int], int], step: int
) -> int:
    """Return the cursor stop at the word that `find` gives, passing over rules.

    `find` takes the text and an offset, and `step` is its direction: 1 or -1. If only rules follow,
    the nearest cursor stop is returned.
    """
    while True:
        found = find(surface.article.text, offset)
        number, block = block_at(surface, found)
        if block.kind is not BlockKind.RULE or solid_block(surface, number, step) is None:
            return nearest_stop(surface, found, step)
        offset = max(found, block.end - 1) if step > 0 else block.start


def _row_start(surface: CursorSurface, offset: int, _count: int) -> int:
    """Return the offset at which the screen row starts."""
    return surface.flow.row(surface.flow.position_of(offset)).start


def _row_end(surface: CursorSurface, offset: int, _count: int) -> int:
    """Return the offset of the last grapheme of the screen row."""
    return last_grapheme_of(surface, surface.flow.row(surface.flow.position_of(offset)))


def _sentence_next(surface: CursorSurface, offset: int) -> int:
    """Return the start of the next sentence; after the last, the end of the text.

    The next sentence may be in a following block.
    """
    text = surface.article.text
    number, block = block_at(surface, offset)
    if solid_block(surface, number, 1) == block:
        here = sentence_at(text, block.start, block.end, offset)
        after = sentence_at(text, block.start, block.end, max(offset, here.end))
        if here.start > offset:
            return here.start
        if after.start > offset:
            return after.start
    following = solid_block(surface, number + 1, 1)
    if following is None:
        return _bottom(surface, offset, 1)
    return sentence_at(text, following.start, following.end, following.start).start


def _sentence_previous(surface: CursorSurface, offset: int) -> int:
    """Return the start of the sentence; of the one before if the offset is there.

    The sentence before may be in an earlier block. At the first one, returns the offset.
    """
    text = surface.article.text
    number, block = block_at(surface, offset)
    if solid_block(surface, number, 1) == block:
        here = sentence_at(text, block.start, block.end, offset)
        if here.start < offset:
            return here.start
        before = max(block.start, here.start - 4096)
        before += len(text[before : here.start].rstrip())
        if before > block.start:
            return sentence_at(text, block.start, block.end, before - 1).start
    above = solid_block(surface, number - 1, -1)
    if above is None:
        return offset
    return sentence_at(text, above.start, above.end, above.end - 1).start


def _paragraph_next(surface: CursorSurface, offset: int) -> int:
    """Return the start of the next block that has text; after the last, the end of the text."""
    number, _ = block_at(surface, offset)
    following = solid_block(surface, number + 1, 1)
    return (
        _bottom(surface, offset, 1)
        if following is None
        else nearest_stop(surface, following.start, 1)
    )


def _paragraph_previous(surface: CursorSurface, offset: int) -> int:
    """Return the start of the block; of the one before if the offset is there.

    At the first one, returns the offset.
    """
    number, block = block_at(surface, offset)
    start = nearest_stop(surface, block.start, 1)
    if start < offset:
        return start
    above = solid_block(surface, number - 1, -1)
    return offset if above is None else nearest_stop(surface, above.start, 1)


def _heading(step: int) -> Step:
    """Return a step to the next (1) or previous (-1) heading.

    The step returns the offset unchanged if there is none.
    """

    def move(surface: CursorSurface, offset: int) -> int:
        """Return the start of the next heading in the step's direction."""
        blocks = surface.flow.blocks
        number, block = block_at(surface, offset)
        if step < 0 and block.kind is BlockKind.HEADING and block.start < offset:
            return block.start
        found = blocks.next_of(BlockKind.HEADING, number, step)
        return offset if found < 0 else blocks[found].start

    return move


def _top(surface: CursorSurface, _offset: int, _count: int) -> int:
    """Return the first cursor stop of the text."""
    return nearest_stop(surface, 0, 1)


def _bottom(surface: CursorSurface, _offset: int, _count: int) -> int:
    """Return the offset of the last character of the text on which a cursor can stand."""
    last = surface.flow.last
    row = surface.flow.row(last)
    if not is_stop(row) and (above := next_stop_row(surface.flow, last, -1)):
        row = surface.flow.row(above)
    return last_grapheme_of(surface, row)


def _rows(step: int, share: Callable[[int], int]) -> Motion:
    """Return a motion by screen rows that keeps the cell column.

    `step` is 1 for down and -1 for up; `share` gives the rows of one move for the screen's height.
    """

    def move(surface: CursorSurface, offset: int, count: int) -> int:
        rows = step * count * max(1, share(surface.height))
        return row_move(surface, offset, rows, surface.flow.column_of(offset))

    return move


def _repeated(step: Step) -> Motion:
    """Return a motion that repeats a step, at most as often as its count says.

    It ends early where the step returns the offset unchanged.
    """

    def move(surface: CursorSurface, offset: int, count: int) -> int:
        """Repeat the step `count` times, or until it leads no further."""
        for _ in range(count):
            before, offset = offset, step(surface, offset)
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
"""The motions by name. Each returns an offset in the text, in its own direction only."""
