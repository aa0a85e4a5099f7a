"""What is drawn for a row of the text: pieces of it, in the order of the screen."""

from typing import NamedTuple

from tuireader.layout.cells import cell_width, column_to_index, cut_cells, previous_grapheme
from tuireader.layout.typesetting import gaps_of

_UNSEEN = {ord("\xad"): "", 0x200B: "", 0x2060: "", 0xFEFF: "", ord("\t"): " "}


class RowShape(NamedTuple):
    """How a row is drawn: its range [start, end) of the text, and what is done to it."""

    start: int
    end: int
    tail: str = ""
    """The text after the row that is not in the text: the hyphen of a divided word."""
    spread: int = 0
    """Cells that are added to the gaps between the words."""
    right_to_left: bool | None = None
    """The direction of the paragraph if the row is reordered; None if it is not."""
    window: tuple[int, int] | None = None
    """The first cell that is drawn of a line that is scrolled sideways, and the room in cells."""


class DrawnPiece(NamedTuple):
    """A piece of a row as it is drawn, and the range [start, end) of the text behind it."""

    text: str
    start: int
    end: int


def visible(text: str) -> str:
    """Return a text as it is drawn: without invisible characters, and with a space for a tab."""
    return text if text.isascii() and "\t" not in text else text.translate(_UNSEEN)


def drawn_pieces(text: str, row: RowShape) -> list[DrawnPiece]:
    """Return the pieces of a row of the text from left to right.

    Most are the visible text of their range (`visible`); a gap or a bracket may be drawn otherwise.
    """
    if row.window is not None:
        return _scrolled(text, row, *row.window)
    if row.right_to_left is not None:
        pieces = _reordered(text, row, right_to_left=row.right_to_left)
    elif row.spread:
        pieces = _spread(text, row)
    else:
        pieces = [DrawnPiece(visible(text[row.start : row.end]), row.start, row.end)]
    if row.tail:
        pieces.append(DrawnPiece(row.tail, row.end, row.end))
    return pieces


def offset_at_column(text: str, row: RowShape, cells: int) -> int:
    """Return the offset of the grapheme at a cell column of a row; of the last one beyond it."""
    column = 0
    for piece in drawn_pieces(text, row)[: None if not row.tail else -1]:
        width = cell_width(piece.text)
        if column <= cells < column + width:
            source = text[piece.start : piece.end]
            same = visible(source) == piece.text
            return piece.start + (column_to_index(source, cells - column) if same else 0)
        column += width
    return max(row.start, previous_grapheme(text, row.end))


def column_at_offset(text: str, row: RowShape, offset: int) -> int:
    """Return the cell column at which an offset of a row is drawn; the width for one beyond it."""
    column = 0
    for piece in drawn_pieces(text, row):
        if piece.start <= offset < piece.end:
            return column + cell_width(visible(text[piece.start : offset]))
        column += cell_width(piece.text)
    return column


def _scrolled(text: str, row: RowShape, first: int, room: int) -> list[DrawnPiece]:
    """Return the cells of a line from `first` on, with signs where it goes on at the sides."""
    source = text[row.start : row.end]
    left = column_to_index(source, first + 1) if first else 0
    room -= bool(first)
    kept = cut_cells(source[left:], room)
    goes_on = left + len(kept) < len(source)
    if goes_on:
        kept = cut_cells(source[left:], room - 1)
    start = row.start + left
    pieces = [DrawnPiece("‹", start, start)] if first else []
    pieces.append(DrawnPiece(visible(kept), start, start + len(kept)))
    if goes_on:
        gap = " " * (room - 1 - cell_width(kept))
        pieces.append(DrawnPiece(f"{gap}›", start + len(kept), start + len(kept)))
    return pieces


def _spread(text: str, row: RowShape) -> list[DrawnPiece]:
    """Return the words of a row and the gaps between them, some one cell wider."""
    gaps = gaps_of(text, row.start, row.end)
    pieces: list[DrawnPiece] = []
    start, given = row.start, 0
    for number, gap in enumerate(gaps, 1):
        due = number * row.spread // len(gaps)
        if due > given:
            pieces.append(DrawnPiece(visible(text[start:gap]), start, gap))
            pieces.append(DrawnPiece(" " * (1 + due - given), gap, gap + 1))
            start, given = gap + 1, due
    pieces.append(DrawnPiece(visible(text[start : row.end]), start, row.end))
    return pieces


def _reordered(text: str, row: RowShape, *, right_to_left: bool) -> list[DrawnPiece]:
    """Return the pieces of a row in visual order; `right_to_left` is the paragraph's direction."""
    from tuireader.layout.bidi import RIGHT_TO_LEFT, mirrored, visual_order  # noqa: PLC0415 - on request

    source = text[row.start : row.end]
    if not right_to_left and not RIGHT_TO_LEFT.search(source):
        return [DrawnPiece(visible(source), row.start, row.end)]
    pieces = []
    for start, end, mirror in visual_order(source, right_to_left=right_to_left):
        drawn = visible(source[start:end])
        pieces.append(
            DrawnPiece(mirrored(drawn) if mirror else drawn, row.start + start, row.start + end)
        )
    return pieces
