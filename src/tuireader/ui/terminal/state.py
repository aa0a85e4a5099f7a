"""Puts a terminal back as it was before the program took it."""

import os
import sys
from typing import Any

LEAVE = "\x1b[?1049l\x1b[?25h"
"""Back from the alternate screen, with a cursor."""

IN_TIME = 0.2
"""Seconds that a terminal has to read this, before the program ends without it."""


def put_attributes_back(descriptor: int, attributes: list[Any]) -> None:
    """Set a terminal's attributes, unless it is gone or another program has it now."""
    import termios  # noqa: PLC0415 - not there on Windows

    if not in_foreground(descriptor):
        return  # the kernel would stop this process for it
    try:
        termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
    except termios.error:
        return


def in_foreground(descriptor: int) -> bool:
    """Whether this process may change the terminal: it is no job in the background."""
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:  # not the terminal that controls this process, or it is gone
        return True


def leave_first_paint(descriptor: int, attributes: list[Any]) -> None:
    """Leave the alternate screen of the first paint; a terminal that reads nothing is left so."""
    from tuireader.ui.terminal.output import TerminalOutput  # noqa: PLC0415 - only if it ends early

    put_attributes_back(0, attributes)
    output = TerminalOutput(descriptor)
    output.write(LEAVE)
    output.close(IN_TIME)
