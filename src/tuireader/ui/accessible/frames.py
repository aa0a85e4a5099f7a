"""Writes frames for a screen reader: only what has changed, and the cursor at the reading place."""

from collections.abc import Sequence
from typing import NamedTuple

from tuireader.layout.cells import cell_width, fit_cells

SHOW_CURSOR = "\x1b[?25h"
"""The control sequence that shows the terminal's cursor."""

CLEAR = "\x1b[0m\x1b[2J"
"""The control sequence that clears the screen, in the terminal's own colours."""

LEAST_SCROLLED = 3
"""Rows that must stay on the screen for it to be scrolled, and not written again."""


class Place(NamedTuple):
    """A place on the screen, in cells from 0."""

    x: int
    y: int


class PlainFrames:
    """The rows that are on the screen of a terminal, and what must be written to change them.

    A row that changes is written as one run. The last row has the messages and nothing else.
    """

    def __init__(self) -> None:
        """Take the screen as unknown: the first frame clears it."""
        self._rows: list[str] = []
        self._width = 0
        self._message = ""
        self._is_new = False
        self._cursor: Place | None = None
        """Where the terminal's cursor is; None if it is hidden."""

    @property
    def message(self) -> str:
        """What was said last."""
        return self._message

    def say(self, message: str) -> None:
        """Write a message into the last row with the next frame, even if it stands there."""
        self._message, self._is_new = message, True

    def forget(self) -> None:
        """Write everything again, because another program has used the terminal."""
        self._rows, self._cursor = [], None

    def show_cursor(self) -> None:
        """Show the terminal's cursor with the next frame, because it was hidden."""
        self._cursor = None

    def frame(
        self, rows: Sequence[str], width: int, cursor: Place, *, is_typed: bool = False
    ) -> str:
        """Return the control sequences that show rows, the last of which is for the message.

        Args:
            rows: All rows of the screen, without spaces at their ends.
            width: The width of the screen in cells.
            cursor: Where the reader is.
            is_typed: Whether text is typed at the cursor, so that only what was typed is written.
        """
        wanted = [*rows[:-1], fit_cells(self._message, min(width, cell_width(self._message)))]
        parts = []
        if len(wanted) != len(self._rows) or width != self._width:
            parts.append(CLEAR)
            self._rows, self._width = [""] * len(wanted), width
        else:
            parts.append(self._scrolled(wanted))
        last = len(wanted) - 1
        for y, (old, new) in enumerate(zip(self._rows, wanted, strict=True)):
            if old != new or (y == last and self._is_new and new):
                kept = _common(old, new) if is_typed and y == cursor.y else 0
                rest = "" if old.startswith(new) and kept else new[kept:]
                parts.append(f"{_at(cell_width(new[:kept]), y)}{rest}")
                if not new.startswith(old) and (kept or cell_width(old) > cell_width(new)):
                    parts.append("\x1b[K")
        self._rows, self._is_new = wanted, False
        if not any(parts) and cursor == self._cursor:
            return ""
        shown = "" if self._cursor else SHOW_CURSOR
        self._cursor = cursor
        return f"{''.join(parts)}{_at(*cursor)}{shown}"

    def _scrolled(self, wanted: Sequence[str]) -> str:
        """Scroll the rows that are on the screen to where they are wanted, as far as that helps.

        Returns the control sequences for that; "" if nothing is scrolled.
        """
        old = self._rows
        changed = [y for y in range(len(old) - 1) if old[y] != wanted[y]]
        if not changed:
            return ""
        first, end = changed[0], changed[-1] + 1
        for step in range(1, end - first - LEAST_SCROLLED + 1):
            blank = [""] * step
            region = f"\x1b[{first + 1};{end}r"
            if (
                any(old[first + step : end])
                and wanted[first : end - step] == old[first + step : end]
            ):
                old[first:end] = [*old[first + step : end], *blank]
                return "".join((region, _at(0, end - 1), "\n" * step, "\x1b[r"))
            if (
                any(old[first : end - step])
                and wanted[first + step : end] == old[first : end - step]
            ):
                old[first:end] = [*blank, *old[first : end - step]]
                return "".join((region, _at(0, first), "\x1bM" * step, "\x1b[r"))
        return ""


def _at(x: int, y: int) -> str:
    """Return the control sequence that moves the cursor to a cell, from 0."""
    return f"\x1b[{y + 1};{x + 1}H"


def _common(old: str, new: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))
