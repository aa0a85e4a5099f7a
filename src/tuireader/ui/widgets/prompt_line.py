"""The prompt line above the status line, where the user types words to find.

A pane posts `PromptRequested` with a `Searchable`, and the screen mounts the line.
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
    """What the prompt line searches: a text, or a list with a filter."""

    QUERY_PROMPT: str
    """The placeholder of the empty line, such as "Find"."""

    def query_typed(self, query: str) -> None:
        """Handle a change of the typed words."""

    def query_ended(self, *, accepted: bool) -> None:
        """Handle Enter (accepted) or Esc."""

    def focus(self) -> object:
        """Take the focus back."""


@dataclass
class PromptRequested(Message):
    """A pane asks for the prompt line."""

    pane: Searchable
    """The object that receives the typed words."""


class PromptLine(Input):
    """The input of the prompt line; it passes on each change."""

    BINDINGS = [
        Binding("escape", "leave(False)", "Cancel", show=True),
        Binding("down,up,tab", "leave(True)", "Back to the pane", show=False),
    ]

    def __init__(self, pane: Searchable, *, id: str | None = None) -> None:
        super().__init__(placeholder=f"{pane.QUERY_PROMPT}…", compact=True, id=id)
        self._pane = pane
        self.has_ended = False
        """Whether the keys are the pane's again, and this line goes away."""
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on the words typed so far."""
        event.stop()
        self._pane.query_typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Accept the words, on Enter."""
        event.stop()
        self.action_leave(accepted=True)

    def on_blur(self) -> None:
        """Accept the words when another widget gets the focus, for example by a click."""
        # While the terminal's window is in the background nothing has the keys.
        if self.screen.focused not in {None, self}:
            self._end(accepted=True)

    def action_leave(self, accepted: bool) -> None:
        """Close the line and give the focus back to the pane."""
        self._end(accepted=accepted, then_focus=True)

    def _end(self, *, accepted: bool, then_focus: bool = False) -> None:
        """Close the line, once."""
        if self.has_ended:
            return
        self.has_ended = True
        self._pane.query_ended(accepted=accepted)
        if then_focus:
            self._pane.focus()
        self.remove()


T = TypeVar("T")


class PromptingScreen(Screen[T]):
    """A screen with a status line that shows the prompt line when a pane requests it."""

    @on(PromptRequested)
    def _show_prompt(self, event: PromptRequested) -> None:
        """Mount the line above the status line, unless there is one."""
        event.stop()
        if all(line.has_ended for line in self.query(PromptLine)):
            line = PromptLine(event.pane)
            self.mount(line, before=self.query_one(StatusLine))
            # At once, so that keys typed after this one are the line's.
            self.set_focus(line)
