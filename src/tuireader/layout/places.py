"""Finds places in a text that are no steps of the cursor: by number, by percentage, by matching."""

from tuireader.domain.article import Passage
from tuireader.domain.blocks import BlockKind
from tuireader.layout.cursor_stops import CursorSurface, block_at, nearest_stop
from tuireader.layout.motions import word_at

OPENING, CLOSING = "([{“‘«‹„「『《〈【", ")]}”’»›“」』》〉】"
"""The brackets and quotation marks that belong together, at the same index."""

MAX_DISTANCE = 100_000
"""Code points on either side in which a matching mark is looked for."""


def numbered_paragraph(surface: CursorSurface, number: int) -> int:
    """Return the start of the paragraph with a number, from 1; of the last one if it is too high.

    Every block that has text counts, headings too; rules do not.
    """
    found = 0
    for kind, start, end, _ in surface.flow.blocks.rows():
        if kind is not BlockKind.RULE and end > start:
            found, number = start, number - 1
            if number < 1:
                break
    return nearest_stop(surface, found, 1)


def percent_place(surface: CursorSurface, percent: int) -> int:
    """Return the offset at which a percentage of the text has been passed, at most 100."""
    return nearest_stop(surface, len(surface.article.text) * min(percent, 100) // 100, 1)


def word_passage(surface: CursorSurface, offset: int) -> Passage:
    """Return the word at an offset; between words, the white space up to the next one."""
    return Passage(*word_at(surface.article.text, offset))


def with_marks(surface: CursorSurface, words: Passage) -> Passage:
    """Return a passage with the quotation marks or brackets that stand directly around it."""
    text, start, end = surface.article.text, words.start, words.end
    if start and text[start - 1] in f'{OPENING}{CLOSING}"':
        start -= 1
    if end < len(text) and text[end] in f'{OPENING}{CLOSING}"':
        end += 1
    return Passage(start, end)


def with_space(surface: CursorSurface, unit: Passage, *, across: bool) -> Passage:
    """Return a passage with the white space after it; if there is none, with that before it.

    White space has with it the word that follows. With `across`, the space may reach beyond the
    block, which is the empty line after a paragraph.
    """
    text = surface.article.text
    _, block = block_at(surface, unit.start)
    first, last = (0, len(text)) if across else (block.start, block.end)
    start, end = unit.start, unit.end
    if text[start:end].isspace():
        return Passage(start, word_at(text, end)[1] if end < last else end)
    while end < last and text[end].isspace():
        end += 1
    if end == unit.end:
        while start > first and text[start - 1].isspace():
            start -= 1
    return Passage(start, end)


def matching_mark(surface: CursorSurface, offset: int) -> int:
    """Return the offset of the mark that belongs to the one at or after an offset in its block.

    Marks are brackets and quotation marks. Returns the offset if there is none. Straight quotation
    marks open and close by turns from the start of the block.
    """
    text = surface.article.text
    _, block = block_at(surface, offset)
    first, end = max(block.start, offset - MAX_DISTANCE), min(block.end, offset + MAX_DISTANCE)
    pairs = _pairs(text, first, end)
    for place in range(offset, end):
        if place in pairs:
            return pairs[place]
    return offset


def _pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Return the offset of each mark in [start, end) with that of the mark that belongs to it."""
    pairs: dict[int, int] = {}
    unclosed: list[int] = []
    for place in range(start, end):
        character = text[place]
        if character == '"':
            opening = next((at for at in reversed(unclosed) if text[at] == '"'), None)
        elif character in CLOSING:
            partners = {OPENING[i] for i, mark in enumerate(CLOSING) if mark == character}
            opening = next((at for at in reversed(unclosed[-20:]) if text[at] in partners), None)
        else:
            opening = None
        if opening is not None:
            del unclosed[unclosed.index(opening) :]
            pairs[opening], pairs[place] = place, opening
        elif character == '"' or character in OPENING:
            unclosed.append(place)
    return pairs
