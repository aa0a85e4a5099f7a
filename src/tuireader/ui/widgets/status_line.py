"""The status line, the last row of the screen: a message or the keys, and the position."""

from textual import events
from textual.strip import Strip
from textual.timer import Timer

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.text.sanitize import sanitize_line
from tuireader.ui.bindings import shown_key
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.styles import StyledText

MESSAGE_TIME = 6.0
"""Seconds for which a message is shown instead of the keys."""


class StatusLine(Pane, can_focus=False):
    """One row: a message or the active keys on the left, the reading position on the right."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said = ""
        self._place = ""
        self._progress = ""
        self._timer: Timer | None = None
        self._shown_keys: tuple[int, list[StyledText]] | None = None
        self._hints: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Subscribe to changes of the active keys."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.renew_keys())

    def renew_keys(self) -> None:
        """Show the keys that are active now."""
        self._shown_keys = None
        self.refresh()

    def resized(self) -> None:
        """Show as many keys as fit."""
        self.renew_keys()

    def say(self, message: str) -> None:
        """Show a message for `MESSAGE_TIME` seconds; "" removes the present one."""
        self._said = sanitize_line(message)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(MESSAGE_TIME, self.hush)
        self.refresh()

    def hush(self) -> None:
        """Remove the message and show the keys again."""
        if self._said:
            self._said = ""
            self.refresh()

    @property
    def said(self) -> str:
        """The message that is shown; "" if the keys are."""
        return self._said

    def place(self, words: str) -> None:
        """Set the text on the right, which tells the reading position."""
        if words != self._place:
            self._place = words
            self.refresh()

    def progress(self, words: str) -> None:
        """Show how far something is that runs in the background; nothing for ""."""
        if words != self._progress:
            self._progress = words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the row as it is now: message or keys, then progress and position.

        `y` is Textual's and always 0.
        """
        del y
        total = self.inner.width
        place = " · ".join(filter(None, (self._progress, self._place)))
        place = fit_cells(place, min(cell_width(place), total // 2)) if place else ""
        room = max(0, total - cell_width(place) - 1)
        left = [(fit_cells(f" {self._said}", room), "strong")] if self._said else self._keys(room)
        used = sum(cell_width(text) for text, _ in left)
        gap = " " * max(0, total - used - cell_width(place))
        return self.strip([*left, (gap, ""), (place, "faint")])

    def _keys(self, room: int) -> list[StyledText]:
        """Return the pieces of text for the keys that fit into `room` cells.

        They come from a cache unless the keys or the room have changed.
        """
        if self._shown_keys is None or self._shown_keys[0] != room:
            self._shown_keys = (room, self._keys_in(room))
        return self._shown_keys[1]

    def _keys_in(self, room: int) -> list[StyledText]:
        """Return the pieces of text for as many keys with their labels as fit into `room` cells."""
        line: list[StyledText] = []
        self._hints = []
        used = 0
        seen: set[str] = set()
        # The help comes first, because there may be no room for the others.
        active = [each.binding for each in self.screen.active_bindings.values()]
        for binding in sorted(active, key=lambda binding: binding.action != "app.keys"):
            if not binding.show or not binding.id or binding.id in seen:
                continue
            seen.add(binding.id)
            name = f" {shown_key(binding)}"
            label = f" {binding.description} "
            if used + cell_width(name) + cell_width(label) > room:
                break
            self._hints.append((used, used + cell_width(name + label), binding.action))
            line += [(name, "strong"), (label, "faint")]
            used += cell_width(name) + cell_width(label)
        return line

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the key that was clicked."""
        for start, end, action in self._hints:
            if start <= event.x < end:
                event.stop()
                await self.app.run_action(action, self.screen.focused or self.screen)
                return
