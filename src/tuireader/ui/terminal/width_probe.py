"""Measures how wide a terminal draws joined characters, by its reports of the cursor's position.

The terminal is also asked to measure by graphemes (mode 2027), which it ignores if it does not know
that. The specification: https://github.com/contour-terminal/terminal-unicode-core
"""

import os
import re
from dataclasses import dataclass

from textual.message import Message

from tuireader.layout.terminal_widths import PROBES, TerminalWidths, measured
from tuireader.ui.terminal.state import GRAPHEMES_ON

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
"""The control sequences around output that a terminal shows at once."""

_CURSOR = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
_MODE = re.compile(r"\x1b\[\?2027;(\d)\$y")
_HIDDEN, _PLAIN = "\x1b[8m", "\x1b[0m"
_RESET_BEFORE = "2"
"""The answer of a terminal that knows the mode, where it was off."""


@dataclass
class WidthsMeasured(Message):
    """The terminal has answered: its widths, and whether mode 2027 was switched on for them."""

    widths: TerminalWidths
    graphemes: bool


class WidthProbe:
    """Asks a terminal for its widths once, and collects its answers."""

    def __init__(self) -> None:
        """Create a probe that has not asked."""
        self._row = 0
        self._columns: list[int] = []
        self._graphemes = False

    @property
    def asked(self) -> bool:
        """Whether the terminal was asked."""
        return self._row > 0

    def question(self, row: int) -> str:
        """Return the control sequences that ask; `row`, from 2, is a row that is redrawn after.

        The probes are written there concealed, and are erased again. A terminal that knows
        synchronized updates shows nothing of that: the caller redraws the screen, and writes
        `SYNC_END`.
        """
        self._row, self._columns = row, []
        place = f"\x1b[{row};1H"
        asked = "".join(f"{place}\x1b[2K{probe.text}\x1b[6n" for probe in PROBES)
        mode = "" if os.environ.get("TERM_PROGRAM") == "Apple_Terminal" else "\x1b[?2027$p"
        return (
            f"{SYNC_START}{mode}{GRAPHEMES_ON}\x1b7{_PLAIN}{_HIDDEN}{asked}"
            f"{place}{_PLAIN}\x1b[2K\x1b8"
        )

    def takes(self, sequence: str) -> bool:
        """Return whether a control sequence from the terminal is an answer, and remember it.

        Nothing is one before the question, or after the last answer.
        """
        if not self.asked or self.is_complete:
            return False
        if mode := _MODE.fullmatch(sequence):
            self._graphemes = mode[1] == _RESET_BEFORE
            return True
        place = _CURSOR.fullmatch(sequence)
        if place is None or int(place[1]) != self._row:  # such as Shift+F3, which is row 1
            return False
        self._columns.append(int(place[2]) - 1)
        return True

    @property
    def is_complete(self) -> bool:
        """Whether there is an answer to each question."""
        return len(self._columns) == len(PROBES)

    def answer(self) -> WidthsMeasured | None:
        """Return what the terminal answered; None if that is incomplete or cannot be."""
        widths = measured(tuple(self._columns))
        return WidthsMeasured(widths, self._graphemes) if widths else None
