"""Input in masses: pastes that are too long, and events that are out of date when handled."""

from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from tuireader.text.sanitize import sanitize

MAX_WAITING = 64
"""Events that may wait behind one that only shows where the mouse or the focus is."""

MAX_NOTE_PASTE, MAX_LINE_PASTE = 100_000, 2_000
"""Characters that are pasted into a note and into a line at once; the rest is left out."""

NO_PLACE = "The pasted text was ignored: open a note or a line to paste into first."

_REPORTS = (
    events.MouseMove,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.MouseScrollLeft,
    events.MouseScrollRight,
    events.AppFocus,
    events.AppBlur,
)
"""Events that are out of date when many more wait. The end of a click never is, and no key."""


def is_outdated(event: Message, waiting: int) -> bool:
    """Return whether an event can be dropped, because so many others are waiting behind it."""
    return waiting > MAX_WAITING and isinstance(event, _REPORTS)


def pasted_text(text: str, app: App[Any]) -> str:
    """Return what the focused widget of an application gets of a pasted text, sanitized.

    A message tells if it is not all of it.
    """
    from textual.widgets import Input, TextArea  # noqa: PLC0415 - not at the start

    focused = app.focused if app.screen_stack else None
    if not isinstance(focused, Input | TextArea):
        app.notify(NO_PLACE, severity="warning")
        return ""
    most = MAX_NOTE_PASTE if isinstance(focused, TextArea) else MAX_LINE_PASTE
    if len(text) > most:
        told = f"Only the first {most:,} characters of the pasted text were taken."
        app.notify(told, severity="warning")
    return sanitize(text[:most])
