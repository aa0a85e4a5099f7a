"""The mouse in the text: the wheel scrolls, a press puts the cursor there, a drag selects."""

from typing import Protocol

from textual import events

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
)


class MouseHost(Protocol):
    """What the mouse needs of the pane that it is in."""

    def go_to(self, offset: int) -> None:
        """Put the cursor at an offset."""

    def cursor_placed(self, rows: ChangedRows) -> None:
        """Draw the rows that changed, and tell that the cursor moved."""

    def refresh(self) -> object:
        """Draw everything again, because the text was scrolled."""

    def redraw(self) -> None:
        """Render everything again, because the selection has changed."""

    def capture_mouse(self) -> None:
        """Get the mouse's events while it is outside of the pane too."""

    def release_mouse(self) -> None:
        """Get the mouse's events in the pane only."""


class TextMouse:
    """Turns the mouse's events in a pane into moves of the cursor and selections."""

    def __init__(self, view: TextView, host: MouseHost) -> None:
        self._view = view
        self._host = host
        self._pressed_at: int | None = None
        """The offset at which the button was pressed; None if it is not pressed."""

    def handle(self, event: MouseEvent) -> None:
        """Do what an event asks for; it is stopped if it concerns the text."""
        match event:
            case events.MouseScrollDown() | events.MouseScrollUp():
                event.stop()
                down = isinstance(event, events.MouseScrollDown)
                if self._view.scroll(WHEEL_ROWS if down else -WHEEL_ROWS):
                    self._host.cursor_placed(None)
                else:
                    self._host.refresh()
            case events.MouseDown(button=1) if event.y:
                event.stop()
                self._pressed_at = self._view.viewport.offset_under(event.x, event.y)
                self._view.selection.clear()
                self._host.redraw()
                self._host.go_to(self._pressed_at)
                self._host.capture_mouse()
            case events.MouseUp() if self._pressed_at is not None:
                event.stop()
                self._pressed_at = None
                self._host.release_mouse()
            case events.MouseMove() if self._pressed_at is not None:
                self._drag_to(event.x, event.y, self._pressed_at)

    def _drag_to(self, x: int, y: int, start: int) -> None:
        """Select from where the button went down to a cell, scrolling at the edges."""
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
