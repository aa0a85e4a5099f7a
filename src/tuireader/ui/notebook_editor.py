"""Changes the notebook from a screen, and shows what was done or what failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tuireader.domain.errors import TuiReaderError

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from tuireader.notebook.notebook import Notebook


class Notifier:
    """Shows messages in the status line, and errors as notifications."""

    def __init__(
        self,
        say: Callable[[str], None],
        show_error: Callable[[str], None],
        *,
        silence: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the functions that show a message in the status line, and an error.

        An error that was shown is not shown again for `silence` seconds; 0 shows each. `clock`
        returns the present time in seconds.
        """
        self._say = say
        self._show_error = show_error
        self._silence = silence
        self._clock = clock
        self._shown_at: dict[str, float] = {}

    def say(self, message: str) -> None:
        """Show a message in the status line; an empty one removes the message there."""
        self._say(message)

    def complain(self, error: TuiReaderError) -> None:
        """Show the text of an error, unless the same text was shown less than `silence` ago."""
        message, now = str(error), self._clock()
        if now - self._shown_at.get(message, -self._silence) >= self._silence:
            self._shown_at[message] = now
            self._show_error(message)


ERROR_DURATION, WARNING_DURATION = 12, 20
"""Seconds that a notification stays."""

REPEATED_ERROR_INTERVAL = 60.0
"""Seconds in which the same error is not shown again."""


def notifier_of(app: Callable[[], App[Any]], say: Callable[[str], None]) -> Notifier:
    """Return a notifier that shows errors as notifications of the program.

    `app` returns the application, and `say` shows a message in the status line.
    """
    return Notifier(
        say,
        lambda message: app().notify(message, severity="error", timeout=ERROR_DURATION),
        silence=REPEATED_ERROR_INTERVAL,
    )


def show_warning(app: Callable[[], App[Any]], message: str) -> None:
    """Show a warning as a notification of the program that `app` returns."""
    app().notify(message, severity="warning", timeout=WARNING_DURATION)


class NotebookEditor:
    """Changes the notebook, undoes and redoes changes, and reports each in the status line."""

    def __init__(
        self, notebook: Callable[[], Notebook], notifier: Notifier, on_change: Callable[[], None]
    ) -> None:
        """Take what the editor works with.

        `notebook` opens the notebook when it is needed, `notifier` shows messages and errors, and
        `on_change` is called after each change that was saved.
        """
        self._notebook = notebook
        self._notifier = notifier
        self._on_change = on_change

    def change(self, action: Callable[[], object], message: str) -> bool:
        """Run a change of the notebook, then show the message.

        `action` makes the change; it raises TuiReaderError if it fails, and what it returns is
        ignored. Return whether the change is on the disk; if it is not, the error is shown instead.
        """
        try:
            action()
        except TuiReaderError as error:
            self._notifier.complain(error)
            return False
        self._on_change()
        self._notifier.say(message)
        return True

    def undo(self, step: Callable[[], str | None] | None = None) -> None:
        """Undo the last change to the notebook, and show what it was, or that there is none.

        `step` returns the name of the change if that was done already, or raises its error.
        """
        self._step(step or self._notebook().undo, "Undone", "Nothing to undo")

    def redo(self, step: Callable[[], str | None] | None = None) -> None:
        """Redo the last undone change, and show what it was, or that there is none.

        `step` is that of `undo`.
        """
        self._step(step or self._notebook().redo, "Redone", "Nothing to redo")

    def _step(self, step: Callable[[], str | None], verb: str, nothing: str) -> None:
        """Undo or redo one step, and show it; show `nothing` if there is no step.

        `step` does it and returns the name of the change, or None; `verb` stands before that name.
        """
        try:
            label = step()
        except TuiReaderError as error:
            self._notifier.complain(error)
            return
        self._on_change()
        self._notifier.say(f"{verb}: {label}" if label else nothing)
