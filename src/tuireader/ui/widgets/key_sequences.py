"""Reads key sequences and counts: `] b`, `g g`, `ctrl+w l`, `m a`, `5 j`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.binding import Binding

ANY_CHARACTER = "*"
"""The key of a sequence that stands for any character."""

HIGHEST_COUNT = 99_999
"""The highest count that can be typed."""

DIGITS = "123456789"
"""The digits that begin a count."""


@dataclass(frozen=True, slots=True)
class KeyPress:
    """The result of a key press."""

    handled: bool = False
    """Whether the key is part of a sequence or a count, so that no binding handles it."""
    changed: bool = False
    """Whether the typed part of an unfinished command has changed."""
    binding: Binding | None = None
    """The binding of a completed sequence; None if none was completed."""
    argument: str = ""
    """The character that was typed for `*` in a completed sequence."""

    @property
    def action(self) -> str:
        """The action of a completed sequence; empty if none was completed."""
        return self.binding.action if self.binding else ""


def stroke_of(key: str, character: str | None) -> str:
    """Return how a key is written in a sequence: its character, or Textual's name of the key.

    `character` is what it types; None if it types none.

    >>> stroke_of("right_square_bracket", "]"), stroke_of("ctrl+w", chr(23))
    (']', 'ctrl+w')
    """
    if character is None or not character.isprintable() or character == " ":
        return key
    return character


class KeySequences:
    """Reads the strokes of key sequences and the digits of counts.

    >>> keys = KeySequences()
    >>> keys.press("5", "5", lambda: []).handled
    True
    >>> keys.press("j", "j", lambda: []).handled, keys.take_count()
    (False, 5)
    """

    def __init__(self) -> None:
        """Start without a sequence and without a count."""
        self._strokes: tuple[str, ...] = ()
        self._count = 0
        self._ready = 0

    @property
    def typed(self) -> str:
        """The typed part of an unfinished command, such as "5" or "]"; "" if there is none."""
        strokes = (stroke if len(stroke) == 1 else stroke.capitalize() for stroke in self._strokes)
        return f"{self._count or ''}{' '.join(strokes)}"

    @property
    def strokes(self) -> tuple[str, ...]:
        """The strokes of the unfinished sequence; () if there is none."""
        return self._strokes

    @property
    def is_idle(self) -> bool:
        """Whether no sequence and no count has been started."""
        return not (self.typed or self._ready)

    def take_count(self) -> int:
        """Return the count that was typed before this key, and reset it; 0 if there is none."""
        count, self._ready = self._ready, 0
        return count

    def press(
        self,
        key: str,
        character: str | None,
        sequences: Callable[[], Iterable[Binding]],
        is_active: Callable[[Binding], bool] = lambda _binding: True,
    ) -> KeyPress:
        """Process one key press, and return what it leads to.

        Args:
            key: Textual's name of the key.
            character: The character that it types; None if it types none.
            sequences: Returns the bindings whose keys are sequences.
            is_active: Returns whether one of them is active; asked only for those typed so far.
        """
        stroke = stroke_of(key, character)
        if not self._strokes and self._counts(stroke):
            self._count = min(HIGHEST_COUNT, self._count * 10 + int(stroke))
            return KeyPress(handled=True, changed=True)
        begun = bool(self._strokes)
        if key == "escape" and (begun or self._count):
            self._strokes, self._count, self._ready = (), 0, 0
            return KeyPress(handled=True, changed=True)
        strokes = (*self._strokes, stroke)
        following = [each for each in sequences() if _begins(each.key, strokes) and is_active(each)]
        done = next((each for each in following if each.key.count(" ") + 1 == len(strokes)), None)
        if following and done is None:
            self._strokes = strokes
            return KeyPress(handled=True, changed=True)
        self._strokes = ()
        self._ready, self._count = self._count, 0
        if done is None:
            return KeyPress(handled=begun, changed=begun or bool(self._ready))
        argument = stroke if done.key.endswith(f" {ANY_CHARACTER}") else ""
        return KeyPress(handled=True, changed=True, binding=done, argument=argument)

    def _counts(self, stroke: str) -> bool:
        """Return whether a stroke is a digit of a count."""
        is_digit = stroke.isascii() and stroke.isdigit()
        return is_digit and (bool(self._count) or stroke in DIGITS)


def _begins(sequence: str, strokes: tuple[str, ...]) -> bool:
    """Return whether a key sequence begins with the strokes."""
    if sequence[0] != strokes[0][0]:
        return False
    keys = sequence.split(" ")
    return len(keys) >= len(strokes) and all(
        key == stroke or (key == ANY_CHARACTER and len(stroke) == 1)
        for key, stroke in zip(keys, strokes, strict=False)
    )
