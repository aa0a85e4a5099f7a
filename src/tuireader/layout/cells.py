"""Measures and cuts text in terminal cells, counted as Rich 15 counts them; a tab is one cell."""

from bisect import bisect_right
from itertools import accumulate

from tuireader.layout.graphemes import (
    SIMPLE,
    cell_widths,
    character_classes,
    grapheme_end,
    grapheme_start,
)


def cell_width(text: str) -> int:
    """Return the width of the text in cells."""
    if SIMPLE.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - 3 ms that plain text need not pay

    return cell_len(text.replace("\t", " "))


def cut_cells(text: str, cells: int) -> str:
    """Return the longest prefix of whole graphemes that takes at most `cells` cells."""
    if cells <= 0:
        return ""
    if SIMPLE.fullmatch(text, 0, cells + 1):
        return text[:cells]
    edges = _edges(text)
    end = bisect_right(edges, cells) - 1
    return text[: grapheme_start(text, end)]


def fit_cells(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return the text cut or padded to exactly `cells` cells.

    A text that is too long ends with the ellipsis; a short one is padded with spaces.
    """
    if cells <= 0:
        return ""
    shown = cut_cells(text, cells)
    if len(shown) < len(text) and cell_width(ellipsis) <= cells:
        shown = cut_cells(text, cells - cell_width(ellipsis)).rstrip() + ellipsis
    # A joiner at the end would hide the blank after it.
    shown = shown.rstrip("\u200d")
    return shown + " " * (cells - cell_width(shown))


def column_to_index(text: str, cells: int) -> int:
    """Return the index of the grapheme at a cell column, or the text's length beyond it."""
    cells = max(0, cells)
    if SIMPLE.fullmatch(text, 0, cells + 1):
        return min(cells, len(text))
    return grapheme_start(text, bisect_right(_edges(text), cells) - 1)


def next_grapheme(text: str, index: int) -> int:
    """Return the end of the grapheme at the index; at most 256 code points are examined."""
    if index >= len(text):
        return len(text)
    return grapheme_end(text, index)


def previous_grapheme(text: str, index: int) -> int:
    """Return the start of the grapheme before the index; at most 256 code points are examined."""
    return grapheme_start(text, min(index, len(text)) - 1) if index > 0 else 0


def _edges(text: str) -> list[int]:
    """Return the cell column of each character, and the column after the last."""
    return list(accumulate(cell_widths(text, character_classes(text)), initial=0))
