"""The lines of code and tables that are not wrapped, and their part that is drawn."""

from typing import NamedTuple

from tuireader.layout.cells import cell_width
from tuireader.layout.chunks import Chunk
from tuireader.layout.margins import Margins
from tuireader.layout.wrap import wrap_rows
from tuireader.text.lazy_pattern import lazy_pattern

_PROSE = 3
"""A line of words that is longer than so many rows is wrapped; no one reads it sideways."""
_LONGEST_WORD = 15
"""Characters a word at most, on the average of a line of words."""
_LONG_CELL, _NARROWEST = 40, 24
"""Cells of a table's last cell that is wrapped, and of the column in which it is, at least."""
_LAST_GAP = lazy_pattern(r".*\S {2,}+")

Window = tuple[int, int]
"""The first cell of a line that is drawn, and the room for it in cells."""


class LinePart(NamedTuple):
    """A row of code or of a table: its range [start, end) of the text.

    `window` is None if it is drawn from its start, however far the others are scrolled; `indent`
    is the empty cells before it.
    """

    start: int
    end: int
    window: Window | None = None
    indent: int = 0


def whole_lines(text: str, piece: Chunk, margins: Margins, first: int) -> list[LinePart]:
    """Return the lines of a chunk, scrolled sideways by `first` cells.

    None of them if there is room for all. Long lines of words are wrapped; a long last cell of a
    table is wrapped in its column, unless other lines are to be scrolled.
    """
    room = margins.room
    found: list[LinePart] = []
    wrapped: list[LinePart] = []
    start, is_wide, is_wrapped = piece.start, False, True
    for line in text[piece.start : piece.end].split("\n"):
        end = start + len(line)
        cells = cell_width(line.rstrip())
        if cells > _PROSE * room and _is_prose(line):
            rows = [LinePart(*row) for row in wrap_rows(text, start, end, room)]
            found += rows
            wrapped += rows
        else:
            found.append(LinePart(start, end, (first, room)))
            rows = [LinePart(start, end)] if cells <= room else _last_cell(text, start, end, room)
            wrapped += rows
            is_wide, is_wrapped = is_wide or cells > room, is_wrapped and bool(rows)
        start = end + 1
    if is_wide and not is_wrapped:
        return found
    return wrapped if is_wide else []


def _last_cell(text: str, start: int, end: int, room: int) -> list[LinePart]:
    """Return the rows of a table's line with the last cell in its column; [] if it is too narrow.

    [] too if that cell is short, or has no words: it is not the one that makes the line long.
    """
    gap = _LAST_GAP.match(text, start, end)
    at = gap.end() if gap else start
    indent = cell_width(text[start:at])
    cell = text[at:end]
    if not gap or len(cell) < _LONG_CELL or indent + _NARROWEST > room or not _is_prose(cell):
        return []
    rows = wrap_rows(text, at, end, room - indent)
    others = [LinePart(first, last, None, indent) for first, last in rows[1:]]
    return [LinePart(start, rows[0][1]), *others]


def _is_prose(line: str) -> bool:
    """Return whether a line has words with single spaces between, and no columns."""
    words = line.strip()
    return (
        "  " not in words and "\t" not in words and words.count(" ") * _LONGEST_WORD >= len(words)
    )
