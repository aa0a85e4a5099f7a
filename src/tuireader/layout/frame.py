"""The widths of the panes and of the text column, and the rows of the first frame."""

from typing import Literal, NamedTuple

from tuireader.domain.article import Article
from tuireader.layout.cells import fit_cells
from tuireader.layout.drawn_row import drawn_pieces
from tuireader.layout.flow import Flow, Position
from tuireader.layout.typesetting import PLAIN, Typesetting

PaneName = Literal["articles", "text", "quotes"]

MIN_WIDTH_FOR_THREE, MIN_WIDTH_FOR_TWO = 105, 66
"""The screen widths in cells from which three and two panes are shown."""

GUTTER = 4
"""Cells left of the text: the cursor mark, a bookmark's mark, its colour's letter, a space."""

MARGIN = 2
"""Cells right of the text: a space and the scroll bar."""

MIN_COLUMN, MAX_COLUMN, DEFAULT_COLUMN = 20, 200, 72
"""The minimum, maximum and default width of the text column, in cells."""


class PaneWidths(NamedTuple):
    """The width of each pane in cells; 0 for a pane that is hidden."""

    articles: int
    text: int
    quotes: int


def pane_widths(
    total: int, focused: PaneName = "text", side: PaneName = "articles", *, zoomed: bool = False
) -> PaneWidths:
    """Return how a screen of `total` cells is shared among the panes.

    Args:
        total: The width of the screen in cells.
        focused: The pane that is shown where there is room for one only, or if `zoomed`.
        side: The list that stands beside the text where there is room for two panes.
        zoomed: Whether only the focused pane is to be shown.
    """
    articles = min(48, max(24, total * 24 // 100))
    quotes = min(52, max(26, total * 27 // 100))
    if zoomed or total < MIN_WIDTH_FOR_TWO:
        return PaneWidths(
            *(total if focused == name else 0 for name in ("articles", "text", "quotes"))
        )
    if total < MIN_WIDTH_FOR_THREE:
        if side == "quotes":
            return PaneWidths(0, total - quotes, quotes)
        return PaneWidths(articles, total - articles, 0)
    return PaneWidths(articles, total - articles - quotes, quotes)


class TextColumn(NamedTuple):
    """The place of the text in its pane, in cells; `width` is without the margins."""

    left: int
    """Cells before the text, with the gutter."""
    width: int


def text_column(pane: int, widest: int) -> TextColumn:
    """Return the column of the text, centred in a pane.

    `pane` is the width of the pane and `widest` the maximum width of the column, in cells. The
    column is at least 10 cells wide, even if the pane is narrower.
    """
    width = max(10, min(widest, pane - GUTTER - MARGIN))
    return TextColumn(GUTTER + max(0, pane - width - GUTTER - MARGIN) // 2, width)


class PositionedText(NamedTuple):
    """A piece of text in a frame, at column x and row y, in cells from 0."""

    x: int
    y: int
    words: str


def top_for(flow: Flow, offset: int, height: int) -> Position:
    """Return the position of the top row when an article is opened at an offset.

    A third of `height` (in rows) is above the offset's row; no rows are left empty below the end of
    the text. Offset 0 gives the first row.
    """
    if not offset:
        return flow.first
    top = flow.before(flow.position_of(offset), height // 3)
    return min(top, flow.before(flow.last, max(0, height - 1)))


def heading_of(article: Article) -> str:
    """Return the heading above the text: title and outlet, "Untitled" without a title."""
    return " · ".join(part for part in (article.title or "Untitled", article.outlet) if part)


def first_frame(
    article: Article,
    offset: int,
    *,
    width: int,
    height: int,
    column: int,
    typesetting: Typesetting = PLAIN,
) -> list[PositionedText]:
    """Return the heading and the rows of the text, placed as the screen will draw them.

    The first row belongs to the headings of the panes, the last to the status line.

    Args:
        article: The article, of which the beginning may be enough.
        offset: The reading position, in code points.
        width: The width of the screen in cells.
        height: The height of the screen in rows.
        column: The maximum width of the text column in cells.
        typesetting: How the rows are set.
    """
    panes = pane_widths(width)
    body = max(1, height - 2)
    place = text_column(panes.text, column)
    flow = Flow(article.text, article.blocks, place.width, typesetting=typesetting)
    frame = [PositionedText(panes.articles, 0, fit_cells(f"▸{heading_of(article)}", panes.text))]
    for y, (_, row) in enumerate(flow.rows_from(top_for(flow, offset, body), body), 1):
        if row.kind is not None:
            words = "".join(piece.text for piece in drawn_pieces(article.text, row.shape))
            frame.append(
                PositionedText(panes.articles + place.left + row.indent, y, row.prefix + words)
            )
    return frame
