"""Keys of more than one stroke, and counts: `] b`, `i q`, `m a`, `5 j`."""

from textual import events
from textual.binding import Binding

from tuireader.ui.widgets.pane import Pane

ANY = "*"
"""In a sequence, the stroke that may be any character."""

MOST = 99_999
"""The highest count that can be typed."""


class KeySequences(Pane):
    """A pane whose bindings may be sequences and may be given a count."""

    COUNT_STARTS = "456789"
    """The digits that begin a count; 1, 2 and 3 go to the panes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pending = ""
        self._count = 0
        self._ready = 0

    @property
    def typed(self) -> str:
        """What was typed of an unfinished command, for the status line."""
        return f"{self._count or ''}{self._pending}"

    def take_count(self) -> int:
        """The count that was typed before this key, 0 if none; it is used up."""
        count, self._ready = self._ready, 0
        return count

    def typed_changed(self) -> None:
        """Something was typed of a command; a subclass may show it."""

    async def on_key(self, event: events.Key) -> None:
        """Take the strokes of a sequence or of a count; leave all others to the bindings."""
        stroke = event.character or event.key
        if self._pending:
            event.stop()
            prefix, self._pending = self._pending, ""
            self._ready, self._count = self._count, 0
            if event.key != "escape":
                await self._finish(prefix, stroke)
        elif stroke.isascii() and stroke.isdigit() and (self._count or stroke in self.COUNT_STARTS):
            event.stop()
            self._count = min(MOST, self._count * 10 + int(stroke))
        elif any(binding.key.partition(" ")[0] == stroke for binding in self._sequences()):
            event.stop()
            self._pending = stroke
        elif event.key == "escape" and self._count:
            event.stop()
            self._count = 0
        else:
            self._ready, self._count = self._count, 0
            if not self._ready:
                return
        self.typed_changed()

    def _sequences(self) -> list[Binding]:
        return [
            binding
            for key, bindings in self._bindings.key_to_bindings.items()
            if " " in key
            for binding in bindings
            if self.check_action(binding.action.partition("(")[0], ()) is not False
        ]

    async def _finish(self, prefix: str, stroke: str) -> None:
        for binding in self._sequences():
            first, _, second = binding.key.partition(" ")
            if first == prefix and second == stroke:
                await self.run_action(binding.action)
                return
            if first == prefix and second == ANY and len(stroke) == 1:
                getattr(self, f"action_{binding.action}")(stroke)
                return
