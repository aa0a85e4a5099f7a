"""Reads key sequences and counts: `] b`, `i q`, `m a`, `5 j`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.binding import Binding

ANY_CHARACTER = "*"
"""The key of a sequence that stands for any character."""

HIGHEST_COUNT = 99_999
"""The highest count that can be typed."""

PANE_DIGITS_FREE = "456789"
"""The digits that begin a count while 1, 2 and 3 go to the panes."""

ALL_DIGITS = "123456789"
"""The digits that begin a count where no digit goes to a pane."""


@dataclass(frozen=True, slots=True)
class KeyPress:
    """The result of a key press."""

    handled: bool = False
    """Whether the key is part of a sequence or a count, so that no binding handles it."""
    changed: bool = False
    """Whether the typed part of an unfinished command has changed."""
    action: str = ""
    """The action of a completed sequence; empty if none was completed."""
    argument: str = ""
    """The character that was typed for `*` in a completed sequence."""


class KeySequences:
    """Reads the strokes of key sequences and the digits of counts.

    >>> keys = KeySequences()
    >>> keys.press("5", "5", lambda: []).handled
    True
    >>> keys.press("j", "j", lambda: []).handled, keys.take_count()
    (False, 5)
    """

    def __init__(self, count_starts: str = PANE_DIGITS_FREE) -> None:
        """Start without a sequence; a count begins with one of the digits in `count_starts`."""
        self.count_starts = count_starts
        """The digits that may begin a count."""
        self._prefix = ""
        self._count = 0
        self._ready = 0

    @property
    def typed(self) -> str:
        """The typed part of an unfinished command, such as "5" or "]"; "" if there is none."""
        return f"{self._count or ''}{self._prefix}"

    @property
    def is_idle(self) -> bool:
        """Whether no sequence and no count has been started."""
        return not (self.typed or self._ready)

    def take_count(self) -> int:
        """Return the count that was typed before this key, and reset it; 0 if there is none."""
        count, self._ready = self._ready, 0
        return count

    def press(
        self, key: str, character: str | None, sequences: Callable[[], Iterable[Binding]]
    ) -> KeyPress:
        """Process one key press, and return what it leads to.

        Args:
            key: Textual's name of the key.
            character: The character that it types; None if it types none.
            sequences: Returns the active bindings whose keys are sequences.
        """
        stroke = character or key
        if self._prefix:
            prefix, self._prefix = self._prefix, ""
            self._ready, self._count = self._count, 0
            if key == "escape":
                return KeyPress(handled=True, changed=True)
            return _completed(prefix, stroke, sequences())
        if stroke.isascii() and stroke.isdigit() and (self._count or stroke in self.count_starts):
            self._count = min(HIGHEST_COUNT, self._count * 10 + int(stroke))
            return KeyPress(handled=True, changed=True)
        if any(binding.key.partition(" ")[0] == stroke for binding in sequences()):
            self._prefix = stroke
            return KeyPress(handled=True, changed=True)
        if key == "escape" and self._count:
            self._count = 0
            return KeyPress(handled=True, changed=True)
        self._ready, self._count = self._count, 0
        return KeyPress(changed=bool(self._ready))


def _completed(prefix: str, stroke: str, sequences: Iterable[Binding]) -> KeyPress:
    """Return the press that completes a sequence; without an action if none is completed.

    `prefix` is the first key of the sequence, and `stroke` the name of the second one.
    """
    for binding in sequences:
        first, _, second = binding.key.partition(" ")
        if first == prefix and second == stroke:
            return KeyPress(handled=True, changed=True, action=binding.action)
        if first == prefix and second == ANY_CHARACTER and len(stroke) == 1:
            return KeyPress(handled=True, changed=True, action=binding.action, argument=stroke)
    return KeyPress(handled=True, changed=True)
