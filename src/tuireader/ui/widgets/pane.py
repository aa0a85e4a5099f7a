"""The base class of the panes: a frame around rows that the subclass draws."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from textual import actions, events, on
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.signs import SignSet
from tuireader.layout.terminal_widths import UNUSUAL
from tuireader.ui.accessible.signs import HasSigns, with_signs
from tuireader.ui.bindings import bindings_of
from tuireader.ui.keymap import HasKeymap, Keymap
from tuireader.ui.textual_compat import class_bindings, declared_bindings, replace_bindings
from tuireader.ui.widgets.anchored_strip import anchor_strip
from tuireader.ui.widgets.frame import MouseEvent, PaneFrame
from tuireader.ui.widgets.key_sequences import KeySequences, stroke_of
from tuireader.ui.widgets.styles import (
    StyledText,
    WidgetStyles,
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

    KEY_SCOPE: ClassVar[str] = ""
    """The name of the pane in the table of keys in the settings; "" if it has none."""

    @dataclass
    class KeysTyped(Message):
        """The typed part of an unfinished command has changed."""

        pane: "Pane"

    class UnusualText(Message):
        """A row has characters whose width the terminal must be asked for."""

    def __init__(self, *, id: str | None = None) -> None:
        self._has_unusual_text = False
        self.named_styles = WidgetStyles(self, self.GROUND)
        self._rows: dict[int, Strip] = {}
        super().__init__(id=id)
        self.inner = Size(0, 0)
        """The cells below the heading and inside the frame; asking Textual each time is slow."""
        self.frame = PaneFrame(self)
        self.signs = SignSet.FULL
        """The signs that the terminal has."""
        self.keys = KeySequences()
        self.move_keys = moving_keys(self)
        """The keys that do nothing but move the cursor."""
        self.sequences = PaneSequences(self)
        self.grab: Callable[[events.Key], bool] | None = None
        """Takes all keys while it is set; returns whether a key was for it."""

    @on(events.Mount)
    @on(events.Resize)
    def _placed(self, event: events.Mount | events.Resize) -> None:
        """Use the keys that the reader chose, or store the size and call `resized`."""
        if isinstance(event, events.Mount):
            if isinstance(self.app, HasKeymap) and self.app.keymap:
                use_keymap(self, self.app.keymap)
            if isinstance(self.app, HasSigns):
                use_signs(self, self.app.signs)
            return
        self.inner = inner_size(self)
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
        # A frame would be drawn with the old height before the message of the new size has come.
        if self.has_heading and self.has_frame and self.inner != inner_size(self):
            self.inner = inner_size(self)
            self.resized()
        for y in crop.line_range:
            strip = self._rows.get(y)
            if strip is None:
                strip = self._rows[y] = self._anchored_row(y, width)
            strips.append(strip)
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _anchored_row(self, y: int, width: int) -> Strip:
        """Return row y of `width` cells, whose frame stays in place.

        The terminal is asked for its widths if the row has characters that need it.
        """
        row = self.frame.row(y, width)
        if self.signs is not SignSet.FULL:
            row = Strip(with_signs(list(row), self.signs), row.cell_length)
        is_framed_row = self.has_frame and 0 < y <= self.inner.height
        strip = anchor_strip(row, int(is_framed_row), self, self.named_styles.style(""))
        if strip is not row and not self._has_unusual_text and UNUSUAL.search(row.text):
            self._has_unusual_text = True
            # Not to itself: the message would bubble no further than the screen that draws.
            self.app.post_message(self.UnusualText())
        return strip

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
        if self.grab is not None and self.grab(event):
            return
        press = self.keys.press(
            event.key, event.character, self.sequences.all, self.sequences.is_active
        )
        if press.handled:
            event.stop()
        if press.binding is not None:
            namespace, action, parameters = actions.parse(press.action)
            if press.argument:
                parameters = (*parameters, press.argument)
            owner = self.sequences.owner_of(press.binding)
            await self.app.run_action((namespace, action, parameters), owner)
        if press.changed:
            self.post_message(self.KeysTyped(self))


def inner_size(pane: Pane) -> Size:
    """Return the cells below a pane's heading and inside its frame, at its present size."""
    width, height = pane.size
    return inside(width, height) if pane.has_frame else Size(width, max(0, height - 1))


def moving_keys(pane: Pane) -> frozenset[str]:
    """Return the keys of a pane that do nothing but move its cursor."""
    found = list(declared_bindings(pane))
    others = {key for key, binding in found if binding.action.partition("(")[0] not in MOVES}
    return frozenset(key for key, _ in found) - others


def use_keymap(pane: Pane, keymap: Keymap) -> None:
    """Give a pane, which is on its screen, the keys that the reader chose."""
    own, shared = class_bindings(type(pane)), class_bindings(type(pane.screen))
    replace_bindings(pane, keymap.applied(pane.KEY_SCOPE, own, shared))
    pane.move_keys = moving_keys(pane)
    pane.sequences.renew()


def use_signs(pane: Pane, signs: SignSet) -> None:
    """Draw a pane with the signs that the terminal has; without a frame for a screen reader."""
    pane.signs = signs
    if signs is SignSet.SPOKEN:
        pane.has_frame = False


class PaneSequences:
    """The key sequences that work in a pane: its own, and those of its screen."""

    def __init__(self, pane: Pane) -> None:
        """Find the pane's own sequences; those of its screen when the first key is typed."""
        self._pane = pane
        self._own = sequences_of(pane)
        self._shared: tuple[Binding, ...] | None = None

    def renew(self) -> None:
        """Find them again, because the keys have changed."""
        self._own, self._shared = sequences_of(self._pane), None

    def all(self) -> tuple[Binding, ...]:
        """Return the sequences, whether they are active now or not."""
        pane = self._pane
        if self._shared is None:
            single = {stroke_of(key, None) for key, _ in declared_bindings(pane)}
            self._shared = tuple(
                each
                for each in sequences_of(pane.screen)
                if each.key.partition(" ")[0] not in single
            )
        return (*self._own, *self._shared)

    def is_active(self, binding: Binding) -> bool:
        """Return whether a sequence is active now."""
        return _is_active(binding, self.owner_of(binding))

    def owner_of(self, binding: Binding) -> DOMNode:
        """Return the pane or the screen, whichever declares a binding."""
        return self._pane if binding in self._own else self._pane.screen


def typed_count(screen: Screen[Any]) -> int:
    """Return the count that was typed in the focused pane before this key; 0 if there is none."""
    focused = screen.focused
    return focused.keys.take_count() if isinstance(focused, Pane) else 0


def sequences_of(node: DOMNode) -> tuple[Binding, ...]:
    """Return the bindings of a pane or a screen whose keys are sequences, whether active or not."""
    return tuple(binding for binding in bindings_of(node) if " " in binding.key)


def _is_active(binding: Binding, node: DOMNode) -> bool:
    """Return whether the action of a binding of a node can run now."""
    namespace, action, parameters = actions.parse(binding.action)
    return bool(namespace) or node.check_action(action, parameters) is not False
