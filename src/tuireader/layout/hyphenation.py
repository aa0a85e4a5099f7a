"""Divides words at the end of rows, by the patterns of their language."""

import re
from functools import cache
from typing import TYPE_CHECKING

from tuireader.layout.wrap import MeasuredLine, Rows

if TYPE_CHECKING:
    from pyphen import Pyphen

MIN_GAP = 4
"""Empty cells at the end of a row from which on the next word is divided."""

MAX_HYPHENS = 2
"""Rows one after another that may end with a hyphen."""

_WORD = re.compile(r"[^\w\s]{0,3}([^\W\d_]{5,40})(?![\w-])")


@cache
def _dictionary(language: str) -> "Pyphen | None":
    """Return the hyphenation patterns of a language; None if there are none."""
    import pyphen  # noqa: PLC0415 - only for those who hyphenate

    known = pyphen.language_fallback(language) if language else None
    return pyphen.Pyphen(lang=known) if known else None


class Hyphenator:
    """Divides the words of one language."""

    def __init__(self, language: str) -> None:
        """Create a hyphenator; `language` is an ISO 639-1 code, maybe one without patterns."""
        self._language = language

    def divide(self, text: str, start: int, end: int, room: int) -> int:
        """Return where the word at `start` is divided, so that its first part fits into `room`.

        The word is in text[start:end], after opening marks. `room` is in characters, with those
        marks and without the hyphen. Returns -1 if it cannot be divided so.
        """
        found = _WORD.match(text, start, end)
        patterns = _dictionary(self._language) if found else None
        if found is None or patterns is None:
            return -1
        first = found.start(1)
        places = [first + place for place in patterns.positions(found[1])]
        return max((place for place in places if place - start <= room), default=-1)

    def wrap(self, text: str, start: int, end: int, width: int) -> tuple[Rows, frozenset[int]]:
        """Return the rows of text[start:end] as `wrap_rows` does, with words divided.

        The second value has the ends of the rows that end with a hyphen, for which they have room.
        """
        rows: Rows = []
        divided: set[int] = set()
        while True:
            line_end = text.find("\n", start, end)
            stop = end if line_end < 0 else line_end
            self._wrap_line(text[start:stop], start, max(1, width), rows, divided)
            if line_end < 0:
                return rows, frozenset(divided)
            start = line_end + 1

    def _wrap_line(self, text: str, offset: int, width: int, rows: Rows, divided: set[int]) -> None:
        """Append to `rows` those of one line, and to `divided` the ends of divided ones.

        `offset` is that of the line.
        """
        line = MeasuredLine(text)
        start, first = line.beginning(width)
        hyphens = 0
        while True:
            end, following = line.row(start, first, width)
            cut = self._cut(line, start, end, following, width) if hyphens < MAX_HYPHENS else -1
            hyphens = hyphens + 1 if cut > 0 else 0
            if cut > 0:
                end = following = cut
                divided.add(offset + cut)
            rows.append((offset + start, offset + end))
            if following < 0:
                return
            start = first = following

    def _cut(self, line: MeasuredLine, start: int, end: int, following: int, width: int) -> int:
        """Return where the first word after a row is divided, to fill the row; -1 if it is not.

        The row has the range [start, end) of the line, and the next begins at `following`.
        """
        edges = line.edges
        if following <= end or width - (edges[end] - edges[start]) < MIN_GAP:
            return -1
        room = width - (edges[following] - edges[start]) - 1
        cut = self.divide(line.text, following, line.end, room)
        return cut if cut > 0 and edges[cut] - edges[start] < width else -1
