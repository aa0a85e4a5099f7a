"""What panes and Textual's widgets ask about the signs of the terminal and the screen reader."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tuireader.layout.signs import SignSet, shown_text


@runtime_checkable
class HasSigns(Protocol):
    """An application that knows which signs the terminal has."""

    signs: SignSet


@runtime_checkable
class Announcing(Protocol):
    """An application that writes messages where a screen reader finds them."""

    @property
    def is_accessible(self) -> bool:
        """Whether the screen is for a screen reader."""

    def announce(self, message: str) -> None:
        """Write a message into the last row."""


def is_for_screen_reader(app: object) -> bool:
    """Return whether an application writes for a screen reader."""
    return isinstance(app, Announcing) and app.is_accessible


class SignFilter(LineFilter):
    """Replaces signs that the terminal does not have in lines that Textual draws."""

    def __init__(self, signs: SignSet) -> None:
        """Take the signs that the terminal has."""
        super().__init__()
        self._signs = signs

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with other signs; `background` is Textual's."""
        del background
        return with_signs(segments, self._signs)


def with_signs(segments: Sequence[Segment], signs: SignSet) -> list[Segment]:
    """Return segments with the signs of a set, as wide as before."""
    return [
        segment if segment.control else segment._replace(text=shown_text(segment.text, signs))
        for segment in segments
    ]
