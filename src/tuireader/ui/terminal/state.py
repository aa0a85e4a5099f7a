"""Restores a terminal to the state that it had before the program started."""

import os
import sys
from typing import Any

LEAVE_SEQUENCE = "\x1b[?1049l\x1b[?25h"
"""The control sequence that leaves the alternate screen and shows the cursor."""

GRAPHEMES_ON, GRAPHEMES_OFF = "\x1b[?2027h", "\x1b[?2027l"
"""The control sequences that switch mode 2027: widths by graphemes."""

BIDI_EXPLICIT, BIDI_IMPLICIT = "\x1b[8l", "\x1b[8h"
"""The control sequences that tell a terminal not to reorder right-to-left text, and to do so.

The mode is BDSM of ECMA-48; terminals that do not know it ignore it.
"""

LEAVE_TIMEOUT = 0.2
"""Seconds to wait until the terminal has read the sequence, before the program ends."""


def put_attributes_back(descriptor: int, attributes: list[Any]) -> None:
    """Set a terminal's attributes, unless it is gone or another process has it.

    `descriptor` is its file descriptor, and `attributes` are those of `termios.tcgetattr`.
    """
    import termios  # noqa: PLC0415 - not there on Windows

    if not in_foreground(descriptor):
        return  # the kernel would stop this process for it
    try:
        termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
    except termios.error:
        return


def in_foreground(descriptor: int) -> bool:
    """Return whether this process is in the foreground of the terminal and may change it.

    `descriptor` is the terminal's file descriptor. True, too, if the terminal is gone or does not
    control this process, and on Windows.
    """
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:  # not the terminal that controls this process, or it is gone
        return True


def leave_first_paint(descriptor: int, attributes: list[Any]) -> None:
    """Restore the terminal after the first paint: its screen, its cursor and its attributes.

    `descriptor` is its file descriptor, and `attributes` are those from before the first paint. A
    terminal that does not read within LEAVE_TIMEOUT keeps the first paint.
    """
    from tuireader.ui.terminal.output import TerminalOutput  # noqa: PLC0415 - only if it ends early

    put_attributes_back(0, attributes)
    output = TerminalOutput(descriptor)
    output.write(LEAVE_SEQUENCE)
    output.close(LEAVE_TIMEOUT)
