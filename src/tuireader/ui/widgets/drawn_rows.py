"""The rows of a pane as they were drawn last, so that only what has changed is made again."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.geometry import Region, Size
from textual.strip import Strip

from tuireader.layout.signs import SignSet
from tuireader.layout.terminal_widths import UNUSUAL
from tuireader.ui.accessible.signs import with_signs
from tuireader.ui.widgets.anchored_strip import anchor_strip

if TYPE_CHECKING:
    from tuireader.ui.widgets.pane import Pane


class DrawnRows:
    """Keeps the rows of a pane until what they show has changed."""

    def __init__(self, pane: "Pane") -> None:
        """Take the pane; nothing is drawn yet."""
        self._pane = pane
        self._rows: dict[int, Strip] = {}
        self._has_unusual_text = False
        self.size = Size(0, 0)
        """The size of the pane for which its content was made, in cells."""
        self.is_drawing = False
        """Whether the pane is being drawn, so that it need not be told to."""
        self.with_focus: Callable[[], Iterable[int]] = lambda: ()
        """Returns the rows inside the frame, from 0, that look different with the focus."""

    def row(self, y: int, width: int) -> Strip:
        """Return row y of the pane, from 0, `width` cells wide, whose frame stays in place.

        The terminal is asked for its widths if the row has characters that need it.
        """
        strip = self._rows.get(y)
        if strip is None:
            strip = self._rows[y] = self._anchored(y, width)
        return strip

    def forget(self, regions: Iterable[Region]) -> None:
        """Make the rows in these regions of the pane again; all rows if there is none."""
        is_whole = True
        for region in regions:
            is_whole = False
            for y in region.line_range:
                self._rows.pop(y, None)
        if is_whole:
            self._rows.clear()
            self._pane.frame.forget()

    def change_focus(self) -> list[Region]:
        """Frame the rows anew, and forget those that look different with the focus.

        Returns where the pane has to be drawn again, in its cells.
        """
        width, height = self._pane.size
        frame = self._pane.frame
        frame.forget()
        inside = [y + 1 for y in self.with_focus() if 0 <= y < height - 2]
        for y in (0, height - 1, *inside):
            self._rows.pop(y, None)
        for y, row in self._rows.items():
            self._rows[y] = frame.changed_sides(row, y - 1)
        return [
            Region(0, 0, width, 1),
            Region(0, height - 1, width, 1),
            Region(0, 1, 1, height - 2),
            Region(width - 1, 1, 1, height - 2),
            *(Region(0, y, width, 1) for y in inside),
        ]

    def _anchored(self, y: int, width: int) -> Strip:
        """Return row y of the pane as it is now."""
        pane = self._pane
        row = pane.frame.row(y, width)
        if pane.signs is not SignSet.FULL:
            row = Strip(with_signs(list(row), pane.signs), row.cell_length)
        is_framed_row = pane.has_frame and 0 < y <= pane.inner.height
        strip = anchor_strip(row, int(is_framed_row), pane, pane.named_styles.style(""))
        if strip is not row and not self._has_unusual_text and UNUSUAL.search(row.text):
            self._has_unusual_text = True
            # Not to itself: the message would bubble no further than the screen that draws.
            pane.app.post_message(pane.UnusualText())
        return strip
