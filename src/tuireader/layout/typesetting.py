"""How rows are set on request: hyphenated, justified, or reordered for right-to-left text."""

from dataclasses import dataclass

from tuireader.text.lazy_pattern import lazy_pattern

HYPHEN = "-"
"""What is drawn where a word is divided; every terminal has it."""

_GAP = lazy_pattern(r"(?<=\S) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typesetting:
    """What the reader chose about the rows of paragraphs."""

    hyphenate: bool = False
    """Whether words are divided at the end of rows."""
    justify: bool = False
    """Whether rows are spread to the width of the column, where the gaps do not get too wide."""
    reorder: bool = False
    """Whether right-to-left text is put in visual order, for terminals that do not do so."""

    sideways: int | None = 0
    """Cells by which lines of code and tables are scrolled sideways; None if they are wrapped."""
    language: str = ""
    """The ISO 639-1 code of the language by whose patterns words are divided; "" for none."""


PLAIN = Typesetting()


def gaps_of(text: str, start: int, end: int) -> list[int]:
    """Return the offsets of the spaces between the words of a row, one for each gap.

    A row has the range [start, end). The spaces before the first word are no gap.
    """
    row = text[start:end]
    first = len(row) - len(row.lstrip())
    return [start + found.start() for found in _GAP.finditer(row, first)]


def spread_of(text: str, start: int, end: int, cells: int, room: int) -> int:
    """Return the cells that justify a row of `cells` cells to `room`; 0 if it stays ragged.

    No gap gets more than one cell: a row whose gaps would be wider stays as it is.
    """
    missing = room - cells
    return missing if 0 < missing <= len(gaps_of(text, start, end)) else 0
