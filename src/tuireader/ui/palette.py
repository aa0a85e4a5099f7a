"""The palette as Textual has it, made safe for keys that come at once."""

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.message import Message
from textual.widgets import Input, OptionList

ANSWERS = (Input.Changed, Input.Submitted, OptionList.OptionSelected)
"""Messages of the palette's widgets that change it or run its command."""


class Palette(CommandPalette):
    """The palette; it may be left before it is mounted, and closes no other screen.

    Textual's own looks for widgets that are not there yet or any more, runs a command once for
    each Enter, and closes whatever screen is on top.
    """

    _is_ready = False
    _is_left = False

    def on_mount(self) -> None:
        """Be ready when Textual's own handler has run."""
        self.call_later(self._ready)

    def _ready(self) -> None:
        self._is_ready = True
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Close now if it was left while it could not be closed."""
        if self._is_left:
            self.dismiss()

    async def _on_message(self, message: Message) -> None:
        if not (self._is_left and isinstance(message, ANSWERS)):
            await super()._on_message(message)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, when it is mounted and on top."""
        self._is_left = True
        if not self._is_ready or self.app.screen is not self:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's, unannotated
            return nothing
        self.workers.cancel_node(self)
        self._stop_no_matches_countdown()
        self._stop_busy_countdown()
        return super().dismiss(result)
