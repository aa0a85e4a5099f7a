"""The keys that scroll a text in a dialog, which has no cursor."""

from textual.containers import VerticalScroll

from tuireader.ui.bindings import MOVE, key

FAR = 1_000_000
"""More rows than any such text has."""

SCROLL_KEYS = (
    key("j,down,enter,ctrl+e", "scroll(1)", "Next line", "One line down", MOVE),
    key("k,up,ctrl+y", "scroll(-1)", "Previous line", "One line up", MOVE),
    key("space", "scroll(0, 1)", "Next page", "One page down", MOVE),
    key("pagedown", "scroll(0, 1)", "Page down", "One page down", MOVE),
    key("pageup,ctrl+b", "scroll(0, -1)", "Page up", "One page up", MOVE),
    key("ctrl+d", "scroll(0, 0.5)", "Half page down", "Half a page down", MOVE),
    key("ctrl+u", "scroll(0, -0.5)", "Half page up", "Half a page up", MOVE),
    key("g,home", f"scroll({-FAR})", "Top", "Start", MOVE),
    key("G,end", f"scroll({FAR})", "Bottom", "End", MOVE),
)
"""Keys of vim and less; the dialog has `action_scroll`."""


def scroll(view: VerticalScroll, rows: int, pages: float = 0) -> None:
    """Scroll a view by rows, or by a number of its pages; a negative number scrolls back."""
    rows += round(pages * view.scrollable_content_region.height)
    view.scroll_relative(y=rows, animate=False)
