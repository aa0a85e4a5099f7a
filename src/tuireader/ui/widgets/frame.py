"""The frame of a pane: its lines with title and counts, and its scroll bar."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from tuireader.layout.border import (
    BorderSigns,
    border_signs,
    bottom_border,
    has_box_drawing,
    split_heading,
    thumb_rows,
    top_border,
)
from tuireader.ui.widgets.anchored_strip import AnchoredStrip
from tuireader.ui.widgets.styles import styled_segments

if TYPE_CHECKING:
    from tuireader.ui.widgets.pane import Pane

Share = tuple[float, float] | None
"""Where what is on the screen begins and ends in the whole, from 0 to 1; None if all is."""

MouseEvent = events.MouseDown | events.MouseMove | events.MouseUp


class FrameDragged(Message):
    """The left line of a pane's frame was dragged to a column of the screen, in cells from 0."""

    def __init__(self, pane: "Pane", column: int, *, ended: bool) -> None:
        """Take the pane, the column, and whether the mouse button was released."""
        super().__init__()
        self.pane = pane
        self.column = column
        self.ended = ended


class PaneFrame:
    """Draws the frame of a pane, and handles the mouse on it."""

    def __init__(self, pane: "Pane") -> None:
        """Take the pane; what it shows is set with `show`."""
        self._pane = pane
        self._boxes = has_box_drawing(os.environ)
        self._heading: Callable[[], tuple[str, str]] = lambda: split_heading(pane.heading())
        self._share: Callable[[], Share] = lambda: None
        self._scroll_to: Callable[[float], None] = lambda _share: None
        self._drawn: tuple[str, str] = ("", "")
        """The heading that is on the screen."""
        self._sides: tuple[int, range, Segment, Segment] | None = None
        """The height, the rows of the scroll bar's thumb, the line and the thumb, as drawn last."""
        self._dragged: str = ""
        """What the mouse drags: "width", "bar", or nothing."""
        self._has_dragged = False
        """Whether the next click is the end of a drag."""

    def show(
        self,
        share: Callable[[], Share],
        scroll_to: Callable[[float], None],
        heading: Callable[[], tuple[str, str]] | None = None,
    ) -> None:
        """Set what the frame shows.

        Args:
            share: Returns which part is on the screen, for the scroll bar.
            scroll_to: Scrolls to a part, from 0 to 1, when the scroll bar is dragged.
            heading: Returns the title, and the counts at the right of the upper line; without it
                they are taken from the heading of the pane.
        """
        self._share, self._scroll_to = share, scroll_to
        self._heading = heading or self._heading

    def forget(self) -> None:
        """Make the lines at the sides again: the content was scrolled, or the styles changed."""
        self._sides = None

    @property
    def signs(self) -> BorderSigns:
        """The characters of the frame now."""
        return border_signs(focused=self._pane.has_focus, boxes=self._boxes)

    def changed_rows(self) -> list[int]:
        """Return the row of the heading, for `Pane.refresh_rows`, if another is drawn."""
        return [-1] if self._heading() != self._drawn else []

    def row(self, y: int, width: int) -> Strip:
        """Return row y of the pane, from 0: a line of the frame, or a row of the body in it.

        `width` is that of the pane, in cells.
        """
        pane = self._pane
        if not pane.has_heading:
            return pane.body_line(y)
        if not pane.has_frame:
            heading = pane.heading() or " ".join(filter(None, self._heading()))
            ground = "heading" if heading else ""
            return pane.body_line(y - 1) if y else pane.strip([(heading, ground)], ground)
        if not y:
            return self._top(width)
        height = pane.inner.height
        return self._bottom(width) if y > height else self._body(y - 1, height)

    def _top(self, width: int) -> Strip:
        """Return the upper line, `width` cells wide."""
        title, counts = self._drawn = self._heading()
        pieces = top_border(title, counts, width, self.signs)
        return Strip(styled_segments(pieces, width, self._pane.named_styles), width)

    def _bottom(self, width: int) -> Strip:
        """Return the lower line, `width` cells wide."""
        style = self._pane.named_styles.style("frame")
        return Strip([Segment(bottom_border(width, self.signs), style)], width)

    def _body(self, y: int, height: int) -> Strip:
        """Return row y of the body, from 0, between the lines of the frame; `height` is in rows."""
        left, right = self._lines_beside(y, height)
        row = self._pane.body_line(y)
        return Strip([left, *row, right], row.cell_length + 2)

    def _lines_beside(self, y: int, height: int) -> tuple[Segment, Segment]:
        """Return the lines beside row y of the body, of `height` rows.

        The right one is the scroll bar.
        """
        if self._sides is None or self._sides[0] != height:
            signs, style = self.signs, self._pane.named_styles.style("frame")
            thumb = thumb_rows(self._share(), height)
            self._sides = height, thumb, Segment(signs.vertical, style), Segment(signs.thumb, style)
        _, thumb, line, bar = self._sides
        return line, bar if y in thumb else line

    def changed_sides(self, row: Strip, y: int) -> Strip:
        """Return a row that was drawn, row y of the body, between the lines as they are now."""
        left, right = self._lines_beside(y, self._pane.inner.height)
        segments = [left, *list(row)[1:-1], right]
        if isinstance(row, AnchoredStrip):
            return row.with_segments(segments)
        return Strip(segments, row.cell_length)

    def holds(self, x: int) -> bool:
        """Return whether a column of the pane is one of the frame's."""
        return self._pane.has_frame and x in {0, self._pane.size.width - 1}

    def takes(self, event: events.MouseEvent) -> bool:
        """Return whether a mouse event concerns the frame, and not what is inside."""
        if isinstance(event, events.Click):
            has_dragged, self._has_dragged = self._has_dragged, False
            return has_dragged or self.holds(event.x)
        return bool(self._dragged) or (isinstance(event, events.MouseDown) and self.holds(event.x))

    def handle(self, event: MouseEvent) -> None:
        """Handle a mouse event of the pane, if it concerns the frame.

        The left line changes the width of the pane, and the right one scrolls.
        """
        match event:
            case events.MouseDown(button=1) if self.holds(event.x) and event.y:
                self._dragged = "bar" if event.x else "width"
                self._pane.capture_mouse()
                self._drag(event, ended=False)
            case events.MouseMove() if self._dragged:
                self._drag(event, ended=False)
            case events.MouseUp() if self._dragged:
                self._drag(event, ended=True)
                self._dragged, self._has_dragged = "", True
                self._pane.release_mouse()
            case _:
                return
        event.stop()

    def _drag(self, event: MouseEvent, *, ended: bool) -> None:
        """Scroll, or report the column to which the line was dragged."""
        if self._dragged == "width":
            self._pane.post_message(FrameDragged(self._pane, event.screen_x, ended=ended))
        elif self._share() is not None:
            height = max(1, self._pane.inner.height - 1)
            self._scroll_to(max(0.0, min(1.0, (event.y - 1) / height)))
