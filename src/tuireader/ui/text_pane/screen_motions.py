"""Motions that depend on what is on the screen, and scrolling around the cursor's row."""

from collections.abc import Callable
from typing import Final

from tuireader.layout.cursor_stops import is_stop
from tuireader.layout.flow import Position
from tuireader.layout.motions import MOTIONS
from tuireader.layout.places import matching_mark, numbered_paragraph, percent_place
from tuireader.ui.text_pane.viewport import Viewport

ScreenMotion = Callable[[Viewport, int, int], int]
"""A function from a viewport, the cursor's offset and the count (0 for none) to an offset."""

SCROLLS: Final = frozenset({"scroll_down", "scroll_up", "row_top", "row_middle", "row_bottom"})
"""The motions that scroll the text under the cursor."""


def scroll_view(view: Viewport, cursor: Position, motion: str, count: int) -> int:
    """Return by how many rows to scroll for a motion of `SCROLLS`; negative scrolls up.

    `cursor` is the position of the cursor's row, and `count` the number of rows for "scroll_down"
    and "scroll_up", 0 for one.
    """
    if motion in {"scroll_down", "scroll_up"}:
        return (count or 1) * (1 if motion == "scroll_down" else -1)
    height = max(1, view.height)
    row = view.flow.distance(view.top, cursor, height + 1)
    margin = min(2, (height - 1) // 2)
    goals = {"row_top": margin, "row_middle": height // 2, "row_bottom": height - 1 - margin}
    goal = goals[motion]
    return row - goal


def _row_on_screen(place: Callable[[int, int], int]) -> ScreenMotion:
    """Return a motion to a row of the screen.

    `place` takes the number of rows of text on the screen and the count less 1, and returns the
    number of the row from 0.
    """

    def move(view: Viewport, offset: int, count: int) -> int:
        """Return the start of the row; the offset if no row on the screen has text."""
        starts = [row.start for _, row in view.rows() if is_stop(row)]
        if not starts:
            return offset
        wanted = place(len(starts), max(0, count - 1))
        return starts[max(0, min(wanted, len(starts) - 1))]

    return move


def _end_of_text(name: str) -> ScreenMotion:
    """Return the motion "top" or "bottom", which goes to a paragraph if there is a count."""

    def move(view: Viewport, offset: int, count: int) -> int:
        """Return the end of the text, or the start of the paragraph with the number `count`."""
        surface = view.surface()
        return numbered_paragraph(surface, count) if count else MOTIONS[name](surface, offset, 1)

    return move


def _percent(view: Viewport, offset: int, count: int) -> int:
    """Return the offset at a percentage of the text; without a count, that of the matching mark."""
    surface = view.surface()
    return percent_place(surface, count) if count else matching_mark(surface, offset)


SCREEN_MOTIONS: dict[str, ScreenMotion] = {
    "screen_top": _row_on_screen(lambda _rows, count: count),
    "screen_middle": _row_on_screen(lambda rows, _count: (rows - 1) // 2),
    "screen_bottom": _row_on_screen(lambda rows, count: rows - 1 - count),
    "top": _end_of_text("top"),
    "bottom": _end_of_text("bottom"),
    "percent": _percent,
}
"""The motions by name. Each returns an offset in the text."""

JUMPS = frozenset({"top", "bottom", "percent"})
"""The motions that are jumps: one can go back to where they began."""
