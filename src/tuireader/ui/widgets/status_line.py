"""The status line, the last row of the screen: a message, the keys, and the position."""

from time import monotonic

from textual import events
from textual.strip import Strip
from textual.timer import Timer

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.text.sanitize import sanitize_line
from tuireader.ui.accessible.progress import SpokenProgress
from tuireader.ui.accessible.signs import Announcing
from tuireader.ui.bindings import shown_key
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.styles import StyledText

MESSAGE_TIME = 6.0
"""Seconds for which a message is shown before the keys."""


class StatusLine(Pane, can_focus=False):
    """One row: a message and the active keys on the left, the reading position on the right."""

    GROUND = "status"
    has_frame = False
    has_heading = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said = ""
        self._place = ""
        self._progress = ""
        self._announced = ""
        """What was told to a screen reader last."""
        self._spoken_progress = SpokenProgress()
        self._timer: Timer | None = None
        self._shown_keys: tuple[tuple[int, int], list[StyledText]] | None = None
        self._hints: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Subscribe to changes of the active keys."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.renew_keys())

    def renew_keys(self) -> None:
        """Show the keys that are active now; nothing is drawn if they are shown already."""
        before = self._shown_keys
        if before is not None:
            self._shown_keys = (before[0], self._keys_between(*before[0]))
        if before is None or before != self._shown_keys:
            self.refresh()

    def resized(self) -> None:
        """Show as many keys as fit."""
        self._shown_keys = None
        self.refresh()

    def say(self, message: str) -> None:
        """Show a message for `MESSAGE_TIME` seconds; "" removes the present one."""
        self._said = sanitize_line(message)
        self._announce(self._said)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(MESSAGE_TIME, self.hush)
        self.refresh()

    def hush(self) -> None:
        """Remove the message, which leaves its room to the keys."""
        if self._said:
            self._said = ""
            self.refresh()

    @property
    def said(self) -> str:
        """The message that is shown; "" for none."""
        return self._said

    def place(self, words: str) -> None:
        """Set the text on the right, which tells the reading position."""
        if words != self._place:
            before, self._place = self._place, words
            self.refresh()
            if words or before == self._announced:
                self._announce(words)

    def _announce(self, words: str) -> None:
        """Tell a screen reader a message or a count; "" removes the last."""
        self._announced = words
        if isinstance(self.app, Announcing):
            self.app.announce(words)

    def progress(self, words: str) -> None:
        """Show how far something is that runs in the background; nothing for ""."""
        if words == self._progress:
            return
        self._progress = words
        self.refresh()
        spoken = self._spoken_progress.words(words, monotonic())
        if spoken and isinstance(self.app, Announcing):
            self.app.announce(spoken)

    def body_line(self, y: int) -> Strip:
        """Return the row as it is now: message and keys, then progress and position.

        `y` is always 0.
        """
        del y
        total = self.inner.width
        place = " · ".join(filter(None, (self._progress, self._place)))
        place = fit_cells(place, min(cell_width(place), total // 2)) if place else ""
        room = max(0, total - cell_width(place) - 1)
        said = f" {self._said} " if self._said else ""
        said = fit_cells(said, min(room, cell_width(said))) if said else ""
        keys = self._keys(cell_width(said) + 2 * bool(said), room)
        between = [(" ·", "strong")] if said and keys else []
        left = [(said, "strong"), *between, *keys]
        used = sum(cell_width(text) for text, _ in left)
        gap = " " * max(0, total - used - cell_width(place))
        return self.strip([*left, (gap, ""), (place, "faint")])

    def _keys(self, start: int, end: int) -> list[StyledText]:
        """Return the pieces of text for the keys that fit between two columns of the row.

        They come from a cache unless the keys or the columns have changed.
        """
        if self._shown_keys is None or self._shown_keys[0] != (start, end):
            self._shown_keys = ((start, end), self._keys_between(start, end))
        return self._shown_keys[1]

    def _keys_between(self, start: int, end: int) -> list[StyledText]:
        """Return the pieces of text for as many keys as fit between two columns, with labels."""
        line: list[StyledText] = []
        self._hints = []
        used = start
        seen: set[str] = set()
        # The help comes first, because there may be no room for the others.
        active = [each.binding for each in self.screen.active_bindings.values()]
        if not isinstance(self.screen.focused, Pane):  # only panes read sequences
            active = [each for each in active if " " not in each.key]
        for binding in sorted(active, key=lambda binding: binding.action != "app.keys"):
            if not binding.show or not binding.id or binding.id in seen:
                continue
            seen.add(binding.id)
            name = f" {shown_key(binding)}"
            label = f" {binding.description} "
            if used + cell_width(name) + cell_width(label) > end:
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
