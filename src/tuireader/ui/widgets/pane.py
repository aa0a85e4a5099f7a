"""The base class of the panes: a heading row above rows that the subclass draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from rich.segment import Segment
from textual import actions, events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import fit_cells
from tuireader.layout.terminal_widths import UNUSUAL
from tuireader.ui.bindings import bindings_of
from tuireader.ui.textual_compat import declared_bindings
from tuireader.ui.widgets.anchored_strip import anchor_strip
from tuireader.ui.widgets.key_sequences import KeySequences
from tuireader.ui.widgets.styles import (
    STYLE_NAMES,
    Edge,
    StyledText,
    WidgetStyles,
    draw_edge,
    styled_segments,
)

HEADING = -1
"""The row number of the heading, for `Pane.refresh_rows`."""

MOVES = {"motion", "move"}
"""The actions that only move a pane's cursor."""


class Pane(Widget, can_focus=True):
    """A widget with one heading row, above rows that the subclass draws.

    It uses Textual's line API and draws text literally: nothing from an article is interpreted as
    markup. A pane contains no widgets.
    """

    ALLOW_SELECT = False
    FIXED: ClassVar[int] = 0
    """The number of one-cell segments at the end of each row that must stay in their columns."""
    IN_PALETTE_WHEN_HIDDEN: ClassVar[bool] = True
    """Whether the palette offers its commands while it is not on the screen."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"style--{name}" for name in STYLE_NAMES}

    @dataclass
    class KeysTyped(Message):
        """The typed part of an unfinished command has changed."""

        pane: "Pane"

    class UnusualText(Message):
        """A row has characters whose width the terminal must be asked for."""

    def __init__(self, *, id: str | None = None) -> None:
        self._has_unusual_text = False
        self.named_styles = WidgetStyles(self)
        self._rows: dict[int, Strip] = {}
        super().__init__(id=id)
        self.inner = Size(0, 0)
        """The cells inside the edge; asking Textual for the size each time is slow."""
        self.edge: Edge = ""
        self.keys = KeySequences()
        others = {
            key
            for key, binding in declared_bindings(self)
            if binding.action.partition("(")[0] not in MOVES
        }
        self.move_keys = frozenset(key for key, _ in declared_bindings(self)) - others
        """The keys that do nothing but move the cursor."""

    def on_resize(self) -> None:
        """Store the size and call `resized`."""
        width, height = self.size
        self.inner = Size(max(0, width - bool(self.edge)), height)
        self.resized()

    def resized(self) -> None:
        """Handle a new size; subclasses override it."""

    @property
    def body_height(self) -> int:
        """The number of rows below the heading."""
        return max(0, self.inner.height - 1)

    def heading(self) -> str:
        """Return the text of the heading row, cut to the width; subclasses override it."""
        return ""

    def body_line(self, y: int) -> Strip:
        """Return row y below the heading, from 0, as wide as the pane; subclasses override it."""
        del y
        return self.strip([])

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows in `crop`, a region of the pane in cells, as Textual asks for them.

        Textual's own method sends them through a cache of borders, paddings and filters, which
        costs more than the rows; here the filters are in the styles.
        """
        strips: list[Strip] = []
        for y in crop.line_range:
            strip = self._rows.get(y)
            if strip is None:
                edge = Segment("│", self.named_styles.style("edge"))
                row = draw_edge(self.render_line(y), self.edge, edge)
                tail = (self.FIXED if y else 0) + (self.edge == "right")
                strip = anchor_strip(row, tail, self, self.named_styles.style(""))
                if strip is not row and not self._has_unusual_text and UNUSUAL.search(row.text):
                    self._has_unusual_text = True
                    # Not to itself: the message would bubble no further than the screen that draws.
                    self.app.post_message(self.UnusualText())
                self._rows[y] = strip
            strips.append(strip)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Redraw the regions, in cells of the pane, or everything without any.

        The other arguments are Textual's. Returns the pane itself.
        """
        if not regions:
            self._rows.clear()
        for region in regions:
            for y in region.line_range:
                self._rows.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """Return row y of the pane: the heading for 0, else row y - 1 of the body."""
        if y:
            return self.body_line(y - 1)
        mark = "▸" if self.has_focus else " "
        return self.strip([(fit_cells(f"{mark}{self.heading()}", self.inner.width), "heading")])

    def strip(self, pieces: Iterable[StyledText], ground: str = "") -> Strip:
        """Return a row of pieces as wide as the pane.

        A row that is too long is cut; a short one is padded with the style `ground`.
        """
        room = self.inner.width
        return Strip(styled_segments(pieces, room, self.named_styles, ground), room)

    def notify_style_update(self) -> None:
        """Clear the resolved styles when the theme or the focus has changed."""
        self.named_styles.clear()
        self.refresh()
        super().notify_style_update()

    def refresh_rows(self, rows: Iterable[int]) -> None:
        """Redraw only these rows of the body, counted from 0; `HEADING` is the heading row."""
        width, height = self.size.width, self.body_height
        regions = [Region(0, y + 1, width, 1) for y in rows if HEADING <= y < height]
        if regions:
            self.refresh(*regions)

    async def on_key(self, event: events.Key) -> None:
        """Read key sequences and counts, and run a completed action; leave the rest to bindings."""
        press = self.keys.press(
            event.key,
            event.character,
            lambda: [
                binding
                for binding in bindings_of(self)
                if " " in binding.key
                and self.check_action(binding.action.partition("(")[0], ()) is not False
            ],
        )
        if press.handled:
            event.stop()
        if press.action:
            namespace, action, parameters = actions.parse(press.action)
            if press.argument:
                parameters = (*parameters, press.argument)
            await self.app.run_action((namespace, action, parameters), self)
        if press.changed:
            self.post_message(self.KeysTyped(self))
