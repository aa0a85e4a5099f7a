"""Wraps a text into rows."""

import re
from bisect import bisect_right
from itertools import accumulate

from tuireader.layout.cells import (
    BLANKS,
    BREAK_MARK,
    CLOSING,
    LEADING,
    MARKS,
    OPENING,
    SIMPLE,
    SYLLABLE,
    WIDE_CLOSING,
    WIDE_OPENING,
    WIDES,
    cell_widths,
    character_classes,
    grapheme_end,
    joins_previous,
)

Rows = list[tuple[int, int]]

# After a hyphen between letters, a slash between words, a dash that words touch; in Thai and
# Lao before a vowel that is written before its consonant, because a syllable begins there.
_INSIDE = re.compile(
    r"(?<=[^\W\d])[-‐](?=[^\W\d])|(?<=\w)/(?=\w)|(?<=[^\s–—-])[–—](?=[\w“‘«„\"])"
    "|(?<=[\u0e01-\u0e3a\u0e45-\u0edf])(?=[\u0e40-\u0e44\u0ec0-\u0ec4])"
)
_BEFORE_CONSONANT = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_AFTER_CONSONANT = frozenset("\u0e2f\u0e30\u0e32\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0ec6")
"""Thai and Lao vowels and signs that are not cut from the letter after or before them."""
_KOREAN = frozenset((SYLLABLE, LEADING))
"""Korean is broken at spaces."""
_GLUE = frozenset("\xa0\u202f\u2060\ufeff")
"""Characters at which there is no break."""


def wrap_rows(text: str, start: int, end: int, width: int) -> Rows:
    """Return the rows [s, e) of text[start:end], each at most `width` cells wide, in order.

    Rows end at line breaks and spaces, which belong to no row; after a hyphen, dash or slash if the
    row would be less than three quarters full; between wide characters; and inside a word only if
    the word is wider than a row. A grapheme is cut only if it is itself wider than the row.

    There is at least one row: an empty line, or an empty text, gives an empty row. Offsets are
    those of `text`; a width below 1 counts as 1.
    """
    rows: Rows = []
    width = max(1, width)
    while True:
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        if SIMPLE.fullmatch(text, start, stop):
            _wrap_simple(text, start, stop, width, rows)
        else:
            _wrap_measured(text, start, stop, width, rows)
        if line_end < 0:
            return rows
        start = line_end + 1


def _wrap_simple(text: str, start: int, end: int, width: int, rows: Rows) -> None:
    """Append to `rows` those of one line in which every character takes one cell.

    The line is [start, end) of the text; it matches `SIMPLE`.
    """
    start, first, end = _trimmed(text, start, end, width)
    three_quarters = width - width // 4
    while end - start > width:
        stop = start + width
        cut = row_end = text.rfind(" ", first + 1, stop + 1)
        if cut >= 0:
            while text[row_end - 1] == " ":
                row_end -= 1
        if row_end < start + three_quarters:
            inside = _inside(text, max(first, cut) + 1, stop)
            if cut < 0 and inside - start <= width // 2:
                inside = stop
            if inside > 0:
                rows.append((start, inside))
                start = first = inside
                continue
        rows.append((start, row_end))
        start = cut + 1
        while text[start] == " ":
            start += 1
        first = start
    rows.append((start, end))


def _trimmed(text: str, start: int, end: int, width: int) -> tuple[int, int, int]:
    """Return the starts of a line's first row and first word, and its end without spaces.

    The line is [start, end) of the text. An indent as wide as a row is left out of the first row.
    """
    if end > start and text[end - 1] == " ":
        end = start + len(text[start:end].rstrip(" "))
    first = start
    if end > start and text[start] == " ":
        first = end - len(text[start:end].lstrip(" "))
        if first - start >= width:
            start = first
    return start, first, end


def _inside(text: str, start: int, stop: int) -> int:
    """Return the last index in (start, stop] where a row may end inside a word; -1 if none."""
    last = -1
    for mark in _INSIDE.finditer(text, start, stop + 1):
        if mark.end() <= stop:
            last = mark.end()
    return last


def _wrap_measured(text: str, start: int, end: int, width: int, rows: Rows) -> None:
    """Append to `rows` those of one line whose characters differ in width or join.

    The line is [start, end) of the text.
    """
    line = MeasuredLine(text[start:end])
    row_start, first = line.beginning(width)
    while True:
        row_end, following = line.row(row_start, first, width)
        rows.append((start + row_start, start + row_end))
        if following < 0:
            return
        row_start = first = following


class MeasuredLine:
    """A line of a text, with the class of each character and their cell columns.

    All indexes are those of the line, not of the text.
    """

    __slots__ = ("edges", "end", "kinds", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds = character_classes(text)
        self.edges = list(accumulate(cell_widths(text, self.kinds), initial=0))
        self.end = self._without_blanks(len(text), 0)

    def beginning(self, width: int) -> tuple[int, int]:
        """Return the starts of the first row and of its first word; (0, 0) for a blank line.

        An indent that leaves no room for a grapheme is left out of the row.
        """
        first = self._after_blanks(0)
        if first >= self.end:
            return 0, 0
        # An indent that leaves no room for a single grapheme is dropped.
        fits = self.edges[grapheme_end(self.text, first)] <= width
        return (0 if fits else first), first

    def row(self, start: int, first: int, width: int) -> tuple[int, int]:
        """Return the end of the row at `start`, and the start of the next row.

        `first` is the start of the row's first word. The second value is -1 after the last row.
        """
        edges = self.edges
        if edges[self.end] - edges[start] <= width:
            return self.end, -1
        stop = bisect_right(edges, edges[start] + width, start, self.end + 1) - 1
        cut = stop
        while cut > first and not (self._may_break(cut) and self._fits_hyphen(start, cut, width)):
            cut -= 1
        row_end = self._without_blanks(cut, first)
        if edges[row_end] - edges[start] < width - width // 4:
            inside = _inside(self.text, max(first, cut) + 1, stop)
            if inside > 0 and joins_previous(self.text, inside):
                inside = -1
            if inside > 0 and (cut > first or edges[inside] - edges[start] > width // 2):
                return inside, inside
        if cut <= first:
            cut = self._cut_word(start, stop)
            return cut, self._following(cut)
        return row_end, self._following(cut)

    def _fits_hyphen(self, start: int, cut: int, width: int) -> bool:
        """Return whether a row from `start` that ends at a soft hyphen has room for the hyphen.

        True if it ends elsewhere.
        """
        return self.text[cut - 1] != "\xad" or self.edges[cut] - self.edges[start] < width

    def _cut_word(self, start: int, stop: int) -> int:
        """Return the end of the last whole grapheme before `stop`, where a word is cut.

        If the first grapheme is wider than the row, it is cut at `stop`, or kept whole if nothing
        fits.
        """
        cut = stop
        while cut > start and (joins_previous(self.text, cut) or self._is_cut_syllable(cut)):
            cut -= 1
        if cut == start:
            cut = stop if stop > start else min(grapheme_end(self.text, start), self.end)
        return cut

    def _is_cut_syllable(self, index: int) -> bool:
        """Return whether a Thai or Lao vowel is on the other side of the index than its letter."""
        text = self.text
        return text[index - 1] in _BEFORE_CONSONANT or text[index : index + 1] in _AFTER_CONSONANT

    def _following(self, index: int) -> int:
        """Return the start of the row after one that ends at the index; -1 if none follows."""
        after = self._after_blanks(index)
        return after if after < self.end else -1

    def _may_break(self, index: int) -> bool:
        """Return whether a row may end before the character at the index, from 1."""
        kind = self.kinds[index]
        if kind in MARKS:
            return False
        if self._is_blank(index) or self._is_blank(index - 1):
            return True
        before = index - 1
        if self.kinds[before] == BREAK_MARK:
            return True
        while before > 0 and self.kinds[before] in MARKS and index - before < 8:
            before -= 1
        base = self.kinds[before]
        if base in {OPENING, WIDE_OPENING} or kind in {CLOSING, WIDE_CLOSING}:
            return False
        if base in _KOREAN or kind in _KOREAN or _GLUE & set(self.text[index - 1 : index + 1]):
            return False
        return (kind in WIDES or base in WIDES) and not joins_previous(self.text, index)

    def _is_blank(self, index: int) -> bool:
        """Return whether the character is a space that no combining mark follows."""
        follows = self.kinds[index + 1 : index + 2]
        return self.kinds[index] in BLANKS and follows not in MARKS

    def _after_blanks(self, index: int) -> int:
        """Return the index after the spaces at an index."""
        while index < len(self.kinds) and self._is_blank(index):
            index += 1
        return index

    def _without_blanks(self, index: int, first: int) -> int:
        """Return the index of the first of the spaces before an index, not before `first`."""
        while index > first and self._is_blank(index - 1):
            index -= 1
        return index
