"""A dialog that asks for one line."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.text.sanitize import sanitize_line
from tuireader.ui.bindings import PANES, key
from tuireader.ui.screens.dialog import Dialog


class QuestionScreen(Dialog[str | None]):
    """A question with one line for the answer; gives the cleaned line, None on Esc."""

    BINDINGS = [
        key("escape", "cancel", "Cancel", "Close without an answer", PANES, show=True),
    ]

    def __init__(self, question: str, answer: str = "") -> None:
        """Ask a question, with an answer to begin with."""
        super().__init__()
        self._question = question
        self._answer = answer

    def compose(self) -> ComposeResult:
        """Yield the question above its line."""
        with Vertical():
            yield Static(Content(self._question))
            field = Input(self._answer, compact=True)
            field.cursor_blink = False
            yield field
            yield Static(Content("Enter accepts · Esc cancels"), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer."""
        event.stop()
        self.dismiss(sanitize_line(event.value))

    def action_cancel(self) -> None:
        """Give no answer."""
        self.dismiss(None)
