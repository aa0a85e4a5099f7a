"""Keeps a key that goes back, and is pressed twice, from quitting the program."""

from collections.abc import Callable

from textual.timer import Timer

HOLD = 0.5
"""Seconds after going back in which the same key does not quit."""


class QuitGuard:
    """Tells whether a key that goes back may quit; for a moment after it went back it may not."""

    def __init__(self, set_timer: Callable[[float, Callable[[], None]], Timer]) -> None:
        """Take what calls a function after some seconds."""
        self._set_timer = set_timer
        self._timer: Timer | None = None

    @property
    def is_held(self) -> bool:
        """Whether the key does not quit now."""
        return self._timer is not None

    def hold(self) -> None:
        """Let the key not quit for `HOLD` seconds from now."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._set_timer(HOLD, self._release)

    def _release(self) -> None:
        """Let the key quit again."""
        self._timer = None
