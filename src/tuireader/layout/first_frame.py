"""Builds the rows of the first frame, which is painted before Textual is imported."""

from typing import NamedTuple

from tuireader.domain.article import Article
from tuireader.layout.cells import fit_cells
from tuireader.layout.flow import Flow, Position
from tuireader.layout.pane_widths import pane_widths, text_column


class PositionedText(NamedTuple):
    """A piece of text in a frame, at column x and row y, in cells from 0."""

    x: int
    y: int
    words: str


def top_for(flow: Flow, offset: int, height: int) -> Position:
    """Return the top row when an article is opened at an offset: a third of the height above it."""
    if not offset:
        return flow.first
    top = flow.before(flow.position_of(offset), height // 3)
    return min(top, flow.before(flow.last, max(0, height - 1)))


def heading_of(article: Article) -> str:
    """Return the heading above the text: the title and the outlet."""
    return " · ".join(part for part in (article.title or "Untitled", article.outlet) if part)


def first_frame(
    article: Article, offset: int, *, width: int, height: int, column: int
) -> list[PositionedText]:
    """Return the heading and the rows of the text, placed as the screen will draw them.

    The first row belongs to the headings of the panes, the last to the status line.
    """
    panes = pane_widths(width)
    body = max(1, height - 2)
    place = text_column(panes.text, column)
    flow = Flow(article.text, article.blocks, place.width)
    frame = [PositionedText(panes.articles, 0, fit_cells(f"▸{heading_of(article)}", panes.text))]
    for y, (_, row) in enumerate(flow.rows_from(top_for(flow, offset, body), body), 1):
        if row.kind is not None:
            words = article.text[row.start : row.end].replace("\t", " ")
            frame.append(
                PositionedText(panes.articles + place.left + row.indent, y, row.prefix + words)
            )
    return frame
