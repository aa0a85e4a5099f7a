"""Where on the screen a character of the text is."""

from collections.abc import Sequence

from tuireader.layout.cells import cell_width
from tuireader.layout.flow import Position, Row


def place_in_rows(
    rows: Sequence[tuple[Position, Row]], position: Position, text: str, offset: int, left: int
) -> tuple[int, int]:
    """Return the column and the row of an offset among rows on the screen, in cells from 0.

    Args:
        rows: The rows that are on the screen, with their positions.
        position: The row that has the offset.
        text: The text.
        offset: The offset, in code points.
        left: The cells before the text.

    Returns:
        The column and the row; the first row if the offset is not on the screen.
    """
    for y, (at, row) in enumerate(rows):
        if at == position:
            indent = row.indent + cell_width(row.prefix)
            return left + indent + cell_width(text[row.start : offset].replace("\t", " ")), y
    return left, 0
