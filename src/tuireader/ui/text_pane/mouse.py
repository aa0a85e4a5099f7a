"""The mouse in the text: scrolling by the wheel, setting the cursor, selecting by dragging."""

from typing import Protocol

from textual import events

from tuireader.domain.article import Passage
from tuireader.ui.text_pane.cursor import SelectionMode
from tuireader.ui.text_pane.view import ChangedRows, TextView

WHEEL_ROWS = 3
"""Rows that one notch of the wheel scrolls."""

MouseEvent = (
    events.MouseDown
    | events.MouseMove
    | events.MouseUp
    | events.MouseScrollDown
    | events.MouseScrollUp
    | events.Click
)


class MouseHost(Protocol):
    """The methods of the pane that the mouse handler calls."""

    def go_to(self, offset: int) -> None:
        """Move the cursor to an offset."""

    def cursor_placed(self, rows: ChangedRows) -> None:
        """Redraw the changed rows (all for None), and post that the cursor moved."""

    def select(self, passage: Passage) -> None:
        """Select a passage."""

    def refresh(self) -> object:
        """Redraw everything, because the text was scrolled."""

    def redraw(self) -> None:
        """Render and redraw everything, because the selection has changed."""

    def capture_mouse(self) -> None:
        """Receive all mouse events, also those outside of the pane."""

    def release_mouse(self) -> None:
        """Receive only the mouse events in the pane."""


class TextMouse:
    """Turns mouse events in a pane into cursor moves and selections."""

    def __init__(self, view: TextView, host: MouseHost) -> None:
        self._view = view
        self._host = host
        self._pressed_at: int | None = None
        """The offset at which the button was pressed; None if it is not pressed."""

    def handle(self, event: MouseEvent) -> None:
        """Handle a mouse event of the pane; stop it if it concerns the text.

        The wheel scrolls, a press sets the cursor, dragging selects, a double click selects the
        word, and a triple click the sentence; others are ignored.
        """
        match event:
            case events.MouseScrollDown() | events.MouseScrollUp():
                event.stop()
                down = isinstance(event, events.MouseScrollDown)
                if self._view.scroll(WHEEL_ROWS if down else -WHEEL_ROWS):
                    self._host.cursor_placed(None)
                else:
                    self._host.refresh()
            case events.MouseDown(button=1) if 0 < event.y <= self._view.viewport.height:
                event.stop()
                self._pressed_at = self._view.viewport.offset_under(event.x, event.y)
                self._view.selection.clear()
                self._host.redraw()
                self._host.go_to(self._pressed_at)
                self._host.capture_mouse()
            case events.Click(chain=2 | 3) if event.y:
                event.stop()
                unit = "word" if event.chain == 2 else "sentence"
                passage = self._view.unit_at_cursor(unit, ())
                if passage is not None:
                    self._host.select(passage)
            case events.MouseUp() if self._pressed_at is not None:
                event.stop()
                self._pressed_at = None
                self._host.release_mouse()
            case events.MouseMove() if self._pressed_at is not None:
                self._drag_to(event.x, event.y, self._pressed_at)

    def _drag_to(self, x: int, y: int, start: int) -> None:
        """Select from the offset `start`, where the button went down, to a cell of the pane.

        At the upper and the lower edge the text is scrolled by a row.
        """
        view, selection = self._view.viewport, self._view.selection
        if y < 1 or y > view.height:
            view.scroll_by(-1 if y < 1 else 1)
            self._host.refresh()
        offset = view.offset_under(x, y)
        if offset != self._view.cursor.offset or selection:
            selection.clear()
            selection.begin(SelectionMode.CHARACTERS, start)
            self._host.redraw()
            self._host.go_to(offset)
