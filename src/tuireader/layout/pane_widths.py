"""Divides the width of the screen between the panes, and places the text column in its pane."""

from typing import Literal, NamedTuple

PaneName = Literal["articles", "text", "quotes"]

WIDE, MEDIUM = 105, 66
"""The screen widths in cells from which three and two panes are shown."""

GUTTER = 4
"""Cells left of the text: the cursor mark, a bookmark's mark, its colour's letter, a space."""

MARGIN = 2
"""Cells right of the text: a space and the scroll bar."""

NARROWEST, WIDEST, USUAL = 20, 200, 72
"""The minimum, maximum and default width of the text column, in cells."""


class PaneWidths(NamedTuple):
    """The width of each pane in cells; 0 if it is hidden."""

    articles: int
    text: int
    quotes: int


def pane_widths(
    total: int, focused: PaneName = "text", side: PaneName = "articles", *, zoomed: bool = False
) -> PaneWidths:
    """Return the widths for three panes, for two, or for the focused one only."""
    articles = min(48, max(24, total * 24 // 100))
    quotes = min(52, max(26, total * 27 // 100))
    if zoomed or total < MEDIUM:
        return PaneWidths(
            *(total if focused == name else 0 for name in ("articles", "text", "quotes"))
        )
    if total < WIDE:
        if side == "quotes":
            return PaneWidths(0, total - quotes, quotes)
        return PaneWidths(articles, total - articles, 0)
    return PaneWidths(articles, total - articles - quotes, quotes)


class TextColumn(NamedTuple):
    """The place of the text in its pane, in cells."""

    left: int
    """Cells before the text, with the gutter."""
    width: int


def text_column(pane: int, widest: int) -> TextColumn:
    """Return the column of the text, centred in a pane and at most `widest` cells wide."""
    width = max(10, min(widest, pane - GUTTER - MARGIN))
    return TextColumn(GUTTER + max(0, pane - width - GUTTER - MARGIN) // 2, width)
