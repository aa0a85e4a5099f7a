"""How the width of the screen is shared: by the panes, and in the text pane by its column."""

from typing import Literal, NamedTuple

PaneName = Literal["articles", "text", "quotes"]

WIDE, MEDIUM = 105, 66
"""The widths in cells from which three panes and two panes are shown."""

GUTTER = 4
"""Cells left of the text: the cursor's mark, a passage's mark, its colour's letter, a blank."""

MARGIN = 2
"""Cells right of the text: a blank and the scroll bar."""

NARROWEST, WIDEST, USUAL = 20, 200, 72
"""The widths in cells that the column can have."""


class PaneWidths(NamedTuple):
    """The width of each pane in cells; 0 if it is not shown."""

    articles: int
    text: int
    quotes: int


def pane_widths(
    total: int, focused: PaneName = "text", side: PaneName = "articles", *, zoomed: bool = False
) -> PaneWidths:
    """Three panes on a wide screen, the text and one side on a medium one, else the focused one."""
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
    """Where the text stands in its pane, in cells."""

    left: int
    """Cells before it, the gutter included."""
    width: int


def text_column(pane: int, widest: int) -> TextColumn:
    """The text's column in a pane of that width: as wide as it may be, and in the middle."""
    width = max(10, min(widest, pane - GUTTER - MARGIN))
    return TextColumn(GUTTER + max(0, pane - width - GUTTER - MARGIN) // 2, width)
