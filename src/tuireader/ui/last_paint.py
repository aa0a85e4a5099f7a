"""Paints the frame of last time, first of all, before anything slow is imported."""

from __future__ import annotations

import os
import sys

from tuireader.app.last_frame import MAX_SIZE, decode, frame_path, terminal_kind

TYPE_CHECKING = False  # that of `typing`, whose import takes 2 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType
    from typing import Any, Self

    from tuireader.app.last_frame import LastFrame, Row

ENTER = "\x1b[?1049h\x1b[?25l"
"""The control sequence that switches to the alternate screen and hides the cursor."""


class PaintedFrame:
    """The frame of last time on the terminal, as a context manager.

    `attributes` are the terminal's attributes before it was painted; None if it was not. When the
    block ends they are set again; if it raises an exception, the screen is restored too.
    """

    __slots__ = ("_words", "attributes")

    def __init__(self, words: Sequence[str]) -> None:
        """Take the command line, which names sources only; nothing is painted yet."""
        self._words = words
        self.attributes: list[Any] | None = None

    def __enter__(self) -> Self:
        """Paint the frame, if there is one and it fits."""
        frame = _fitting_frame(self._words)
        if frame is not None:
            self.attributes = silence_keys(0)
            sys.stdout.write(ENTER + written(frame.base, frame.rows))
            sys.stdout.flush()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Restore the terminal, if the frame was painted."""
        if self.attributes is None:
            return
        from tuireader.ui.terminal.state import leave_first_paint, put_attributes_back  # noqa: PLC0415 - only after a paint

        if kind is not None:
            leave_first_paint(1, self.attributes)
        put_attributes_back(0, self.attributes)


def silence_keys(terminal: int) -> list[Any]:
    """Stop a terminal from echoing keys and gathering them in lines; return its attributes before.

    `terminal` is its file descriptor. Raises termios.error if it is none.
    """
    import termios  # noqa: PLC0415 - not there on Windows, which has no first paint

    before = termios.tcgetattr(terminal)
    quiet = termios.tcgetattr(terminal)
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    return before


def _fitting_frame(words: Sequence[str]) -> LastFrame | None:
    """Return the frame of last time if it is what a command line shows now; else None."""
    path = frame_path(os.environ)
    if not path or sys.platform == "win32" or not (os.isatty(0) and os.isatty(1)):
        return None
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes 4 ms
            content = file.read(MAX_SIZE + 1)
        size = os.get_terminal_size(1)
    except OSError:
        return None
    frame = decode(content) if len(content) <= MAX_SIZE else None
    kind = terminal_kind(os.environ, size, sys.stdout.encoding)
    return frame if frame is not None and frame.fits(words, kind) else None


def written(base: str, rows: Iterable[Row]) -> str:
    """Return the control sequences that clear the screen in the style `base`, and print rows."""
    usual = f"\x1b[0;{base}m" if base else "\x1b[0m"
    parts = [usual, "\x1b[2J"]
    for x, y, style, words in rows:
        parts.append(f"\x1b[{y + 1};{x + 1}H")
        parts.append(f"\x1b[{style}m{words}{usual}" if style else words)
    return f"{''.join(parts)}\x1b[0m"
