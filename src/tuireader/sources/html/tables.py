"""Tables of a page: which hold data, which hold code, and where their columns begin."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from tuireader.sources.html.elements import names_of, tag_of, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_LONGEST_CELL, _LONGEST_OF_DATA = 200, 2_000
_MOST_COLUMNS = 100
_WIDEST_COLUMN = 40
"""Cells of the widest column; a longer cell runs over, and its row goes on below it."""
GAP = 2
"""Cells between two columns."""
_LAYOUT_PARTS = word_set("table blockquote pre h1 h2 h3 form")
_DATA = word_set("wikitable datatable data infobox sortable")
_GUTTER = re.compile(
    r"line-?no|line-?num|gutter|blob-num|ln-num|select-none|(?:^|[\s_-])ln[tn]?(?:$|[\s_-])",
    re.IGNORECASE,
)
_CODE_CELL = re.compile(r"(?:^|[\s_-])(?:code|blob-code|ln-code|source|content)\b", re.IGNORECASE)


@dataclass(slots=True)
class TableLayout:
    """Where the columns of a table begin, and the width of each cell's text.

    `columns` are counted in cells of the terminal from the table's left edge.
    """

    columns: list[int]
    places: "dict[_Element, tuple[int, int]]"
    """For each `td` and `th` its column and the width of its text."""
    used: int = 0
    """Cells that are filled in the current line."""


def cells_of(row: "_Element") -> "Iterator[_Element]":
    """Return the `td` and `th` elements of a row, in order."""
    return (cell for cell in row if tag_of(cell) in {"td", "th"})


def rows_of(table: "_Element") -> "Iterator[_Element]":
    """Yield the `tr` elements of a table, without those of tables in it."""
    for part in table:
        tag = tag_of(part)
        if tag == "tr":
            yield part
        elif tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in part if tag_of(row) == "tr")


def is_data_table(table: "_Element") -> bool:
    """Return whether a table holds data in rows and columns, and is not used for page layout."""
    if (table.get("role") or "") in {"presentation", "none"} or table.get("datatable") == "0":
        return False
    has_heads = bool(names_of(table) & _DATA)
    widest = rows = 0
    longest = 0
    for element in table.iterdescendants():
        tag = tag_of(element)
        if tag in _LAYOUT_PARTS:
            return False
        has_heads = has_heads or tag in {"th", "caption"}
        if tag == "tr":
            rows += 1
            widest = max(widest, sum(1 for _ in cells_of(element)))
        elif tag in {"td", "th"}:
            longest = max(longest, len(" ".join(element.itertext()).strip()))
        elif tag in {"ul", "ol"} and not has_heads:
            return False
    return (
        widest > 1
        and (rows > 1 or has_heads)
        and longest <= (_LONGEST_OF_DATA if has_heads else _LONGEST_CELL)
    )


def is_code_table(table: "_Element") -> bool:
    """Return whether a table shows code in lines, with a column of line numbers."""
    cells = list(islice(table.iter("td"), 4))
    return any(is_line_number(cell) for cell in cells) and any(
        not is_line_number(cell)
        and (cell.find("pre") is not None or _CODE_CELL.search(_class(cell)))
        for cell in cells
    )


def is_line_number(element: "_Element") -> bool:
    """Return whether an element holds only the numbers of lines of code beside it."""
    attributes = element.attrib
    is_named = attributes and (
        "data-line-number" in attributes or _GUTTER.search(_class(element)) is not None
    )
    if not is_named and not _is_cell_of_lines(element):
        return False
    words = "".join(islice(element.itertext(), 5_000)).split()
    if not all(word.isdigit() for word in words):
        return False
    return bool(is_named) or [int(word) for word in words[:99]] == [*range(1, len(words[:99]) + 1)]


def _is_cell_of_lines(element: "_Element") -> bool:
    """Return whether an element is the first of two cells that hold preformatted lines."""
    if element.tag != "td" or element.getprevious() is not None or element.find("pre") is None:
        return False
    following = element.getnext()
    return following is not None and following.find("pre") is not None


def _class(element: "_Element") -> str:
    return (element.get("class") or "")[:300]


def table_layout(table: "_Element") -> TableLayout:
    """Return where the columns of a table begin and how wide its cells are.

    A column is as wide as its longest cell, up to 40 cells of the terminal. A table without rows
    has no columns.
    """
    widths: list[int] = []
    places: dict[_Element, tuple[int, int]] = {}
    taken: dict[int, int] = {}
    for row in rows_of(table):
        column = 0
        for cell in islice(cells_of(row), _MOST_COLUMNS):
            while taken.get(column, 0) > 0:
                taken[column] -= 1
                column += 1
            if column >= _MOST_COLUMNS:
                break
            width = text_width(" ".join("".join(cell.itertext()).split()))
            places[cell] = column, width
            span = min(_number(cell, "colspan"), max(1, _MOST_COLUMNS - column))
            down = _number(cell, "rowspan")
            widths += [0] * (column + span - len(widths))
            if span == 1:
                widths[column] = max(widths[column], width)
            for covered in range(column, column + span):
                taken[covered] = down - 1
            column += span
        taken = {at: rows - (at >= column and rows > 0) for at, rows in taken.items()}
    return TableLayout(_starts(widths), places)


def _starts(widths: list[int]) -> list[int]:
    """Return where columns begin, in cells, from the widths of their texts."""
    starts, at = [], 0
    for width in widths:
        starts.append(at)
        at += min(width, _WIDEST_COLUMN) + GAP
    return starts


def _number(cell: "_Element", name: str) -> int:
    """Return the number of columns or rows that a cell spans, from 1 to 100.

    `name` is the attribute, `colspan` or `rowspan`; 1 if it is missing or invalid.
    """
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MOST_COLUMNS) if value.isdecimal() and len(value) < 6 else 1


def text_width(text: str) -> int:
    """Return how many cells of a terminal a text takes; wide East Asian characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
