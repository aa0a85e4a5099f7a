"""Has Rich, and with it Textual's own widgets, measure texts as the terminal does.

Functions of Rich are replaced for its Unicode version "auto", which all of Textual uses. For other
versions, such as "latest" in `layout/cells.py`, they do what they always did.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import rich.cells
from rich.cells import CellTable, cached_cell_len, get_character_cell_size
from rich.segment import Segment

from tuireader.layout.cells import cell_width, grapheme_end, split_cells, widths_in_use
from tuireader.layout.terminal_widths import TerminalWidths

_AUTO = "auto"
_DIFFERING = (
    range(0x0300, 0x0370),
    range(0x0900, 0x1000),
    range(0x200D, 0x200E),
    range(0x1F1E6, 0x1F200),
    range(0x1F3FB, 0x1F400),
)
"""The characters whose width by themselves differs between terminals."""

_of_rich: dict[str, Any] = {}
"""The functions that were replaced, by their names."""


def measure_as_terminal() -> None:
    """Have Rich measure by the widths in use; to be called again when these have changed."""
    for name, function in REPLACED.items():
        _of_rich.setdefault(name, getattr(rich.cells, name))
        setattr(rich.cells, name, function)
    setattr(Segment, "split_cells", _split_segment)  # noqa: B010 - mypy takes it for a method's
    cached_cell_len.cache_clear()
    get_character_cell_size.cache_clear()


def _cell_len(text: str, unicode_version: str = _AUTO) -> int:
    """Return the cells of a text; a tab has none, as Textual expands them itself."""
    if unicode_version != _AUTO:
        return int(_of_rich["_cell_len"](text, unicode_version))
    return cell_width(text) - text.count("\t")


def _split_graphemes(
    text: str, unicode_version: str = _AUTO
) -> tuple[list[tuple[int, int, int]], int]:
    """Return the start, end and cells of each grapheme, and the cells of all."""
    spans, start = [], 0
    while start < len(text):
        end = grapheme_end(text, start)
        spans.append((start, end, _cell_len(text[start:end], unicode_version)))
        start = end
    return spans, sum(cells for _, _, cells in spans)


def _split_text(text: str, cells: int, unicode_version: str = _AUTO) -> tuple[str, str]:
    """Return a text in two parts, of which the first takes so many cells."""
    if unicode_version != _AUTO:
        first, second = _of_rich["_split_text"](text, cells, unicode_version)
        return str(first), str(second)
    return split_cells(text, cells)


def _split_segment(segment: Segment, cut: int) -> tuple[Segment, Segment]:
    """Return a segment in two parts, of which the first takes `cut` cells."""
    first, second = split_cells(segment.text, cut)
    return (
        Segment(first, segment.style, segment.control),
        Segment(second, segment.style, segment.control),
    )


def _table(unicode_version: str = _AUTO) -> CellTable:
    """Return the cells of each character by itself."""
    if unicode_version == _AUTO:
        return _adapted(widths_in_use())
    table: CellTable = _of_rich["load_cell_table"](unicode_version)
    return table


@lru_cache(maxsize=2)
def _adapted(_widths: TerminalWidths) -> CellTable:
    """Return Rich's table with the terminal's cells for the characters that differ.

    `_widths` are those in use; they tell the cached tables apart.
    """
    table: CellTable = _of_rich["load_cell_table"](_AUTO)
    own = [code for codes in _DIFFERING for code in codes]
    rows = [(code, code, cell_width(chr(code))) for code in own]
    for start, end, cells in table.widths:
        first = start
        for code in own[bisect_left(own, start) : bisect_right(own, end)]:
            if first < code:
                rows.append((first, code - 1, cells))
            first = code + 1
        if first <= end:
            rows.append((first, end, cells))
    return table._replace(widths=sorted(rows))


REPLACED: dict[str, Callable[..., object]] = {
    "_cell_len": _cell_len,
    "split_graphemes": _split_graphemes,
    "_split_text": _split_text,
    "load_cell_table": _table,
}
"""The functions of `rich.cells` that are replaced; its other functions call these."""
