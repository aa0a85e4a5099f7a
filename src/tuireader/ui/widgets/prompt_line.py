"""How a pane asks for words to look for, and is told them.

One line at the foot of the screen where the reader types words to look for.

A screen with a status line, whose panes may ask for a line of words.
"""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from tuireader.ui.widgets.status_line import StatusLine


class Searchable(Protocol):
    """A pane that words can be looked for in."""

    QUERY_PROMPT: str

    def query_typed(self, query: str) -> None:
        """The reader typed; the words so far."""

    def query_ended(self, *, accepted: bool) -> None:
        """The reader pressed Enter, or Esc."""

    def focus(self) -> object:
        """Take the keys again."""


@dataclass
class PromptRequested(Message):
    """A pane asks for a line to type words into."""

    pane: Searchable


class PromptLine(Input):
    """The line; what is typed goes to the pane that asked, key by key."""

    BINDINGS = [
        Binding("escape", "leave(False)", "Leave", show=True),
        Binding("down,up,tab", "leave(True)", "Back to the pane", show=False),
    ]

    def __init__(self, pane: Searchable, *, id: str | None = None) -> None:
        super().__init__(placeholder=f"{pane.QUERY_PROMPT}…", compact=True, id=id)
        self._pane = pane
        self.has_ended = False
        """Whether the keys are the pane's again, and this line goes away."""
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what was typed so far."""
        event.stop()
        self._pane.query_typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: stay with what was found."""
        event.stop()
        self.action_leave(accepted=True)

    def on_blur(self) -> None:
        """End when the keys go to something else on the screen, as by a click."""
        # Nothing has the keys while the terminal's window is in the background.
        if self.screen.focused not in {None, self}:
            self._end(accepted=True)

    def action_leave(self, accepted: bool) -> None:
        """Give the keys back to the pane and go away."""
        self._end(accepted=accepted, then_focus=True)

    def _end(self, *, accepted: bool, then_focus: bool = False) -> None:
        """Tell the pane how the prompt ended, once, and go away."""
        if self.has_ended:
            return
        self.has_ended = True
        self._pane.query_ended(accepted=accepted)
        if then_focus:
            self._pane.focus()
        self.remove()


T = TypeVar("T")


class Prompting(Screen[T]):
    """Puts the line in which words are typed above the status line."""

    @on(PromptRequested)
    def _ask(self, event: PromptRequested) -> None:

        event.stop()
        if all(line.has_ended for line in self.query(PromptLine)):
            line = PromptLine(event.pane)
            self.mount(line, before=self.query_one(StatusLine))
            # At once, so that keys typed after this one are the line's.
            self.set_focus(line)
