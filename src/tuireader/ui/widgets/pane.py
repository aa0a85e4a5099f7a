"""The base class of the panes: a frame around rows that the subclass draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from textual import actions, events, on
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuireader.ui.bindings import bindings_of
from tuireader.ui.textual_compat import declared_bindings
from tuireader.ui.widgets.frame import MouseEvent, PaneFrame
from tuireader.ui.widgets.key_sequences import KeySequences
from tuireader.ui.widgets.styles import (
    StyledText,
    WidgetStyles,
    anchor_strip,
    styled_segments,
)

HEADING = -1
"""The row number of the upper line with the heading, for `Pane.refresh_rows`."""

MOVES = {"motion", "move"}
"""The actions that only move a pane's cursor."""


def inside(width: int, height: int) -> Size:
    """Return the size inside the frame of a pane, in cells."""
    return Size(max(0, width - 2), max(0, height - 2))


class Pane(Widget, can_focus=True):
    """A widget with a frame, or a heading row only, around rows that the subclass draws.

    It uses Textual's line API and draws text literally: nothing from an article is interpreted as
    markup. A pane contains no widgets.
    """

    ALLOW_SELECT = False
    has_frame: bool = True
    """Whether it has a frame; without one, the heading is a row of its own."""
    has_heading: ClassVar[bool] = True
    """Whether its first row is a heading, or the upper line of the frame with it."""
    has_margin: ClassVar[bool] = False
    """Whether rows have blank cells at their end, so that they need not be cut there."""
    IN_PALETTE_WHEN_HIDDEN: ClassVar[bool] = True
    """Whether the palette offers its commands while it is not on the screen."""
    GROUND: ClassVar[str] = "page"
    """The name of the style of its background and text."""

    @dataclass
    class KeysTyped(Message):
        """The typed part of an unfinished command has changed."""

        pane: "Pane"

    def __init__(self, *, id: str | None = None) -> None:
        self.named_styles = WidgetStyles(self, self.GROUND)
        self._rows: dict[int, Strip] = {}
        super().__init__(id=id)
        self.inner = Size(0, 0)
        """The cells below the heading and inside the frame; asking Textual each time is slow."""
        self.frame = PaneFrame(self)
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
        self.inner = inside(width, height) if self.has_frame else Size(width, max(0, height - 1))
        self.resized()

    def resized(self) -> None:
        """Handle a new size; subclasses override it."""

    def heading(self) -> str:
        """Return the title of the pane, with its counts; subclasses override it."""
        return ""

    def body_line(self, y: int) -> Strip:
        """Return row y below the heading, from 0, as wide as `inner`; subclasses override it."""
        del y
        return self.strip([])

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows in `crop`, a region of the pane in cells, as Textual asks for them."""
        # Textual's own method has a cache of borders and filters that costs more than the rows.
        strips: list[Strip] = []
        width = self.size.width
        for y in crop.line_range:
            strip = self._rows.get(y)
            if strip is None:
                is_framed_row = self.has_frame and 0 < y <= self.inner.height
                strip = self._rows[y] = anchor_strip(
                    self.frame.row(y, width),
                    int(is_framed_row),
                    self,
                    self.named_styles.style(""),
                    clip=not (is_framed_row and self.has_margin),
                )
            strips.append(strip)
        if crop.column_span != (0, width):
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
            self.frame.forget()
        for region in regions:
            for y in region.line_range:
                self._rows.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def strip(self, pieces: Iterable[StyledText], ground: str = "") -> Strip:
        """Return a row of pieces as wide as `inner`.

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
        width, height = self.size.width, self.inner.height
        regions = [Region(0, y + 1, width, 1) for y in rows if HEADING <= y < height]
        if regions:
            self.refresh(*regions)

    @on(events.MouseDown)
    @on(events.MouseMove)
    @on(events.MouseUp)
    def _use_frame(self, event: MouseEvent) -> None:
        """Handle the mouse on the frame; a subclass leaves alone what `frame.takes`."""
        self.frame.handle(event)

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
