"""The first paint: shows the text before Textual is imported.

Textual takes a while to start; the user can read in the meantime. Keys that are typed before it is
ready wait in the terminal, whose echo is off.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tuireader.app.context import AppContext
from tuireader.app.resume import Resume
from tuireader.domain.article import Article
from tuireader.layout.frame import PositionedText, first_frame
from tuireader.ui.terminal.state import (
    BIDI_EXPLICIT,
    GRAPHEMES_ON,
    leave_first_paint,
    put_attributes_back,
)
from tuireader.ui.terminal.stored_widths import StoredWidths
from tuireader.ui.text_pane.typography import typography_of

ENTER = "\x1b[?1049h\x1b[?25l"
"""The control sequence that switches to the alternate screen and hides the cursor."""

MIN_SCREEN_SIZE = (40, 10)
"""The smallest screen with a first paint, in columns and rows."""


@contextmanager
def first_paint(context: AppContext) -> Iterator[list[Any] | None]:
    """Paint the context's first article, and yield the terminal's attributes from before.

    The attributes are the list that `termios.tcgetattr` returns. Yields None if nothing was
    painted, because there is no terminal, no article, or too small a screen. When the block ends,
    the attributes are set again; if it raises an exception, the screen is restored too.
    """
    size = _terminal_size()
    if context.first_article is None or size is None:
        yield None
        return
    import termios  # noqa: PLC0415 - not there on Windows, which has no first paint

    stream, keys = sys.__stdout__, 0
    before = termios.tcgetattr(keys)
    quiet = termios.tcgetattr(keys)
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    termios.tcsetattr(keys, termios.TCSANOW, quiet)
    painted = False
    try:
        stored = StoredWidths(context.resume, os.environ)
        stored.use()
        frame = _frame(context, context.first_article, *size)
        if stream is not None:
            stream.write(_start(context, graphemes=stored.graphemes) + _written(frame))
            stream.flush()
        painted = True
        yield before
        painted = False
    finally:
        if painted:
            leave_first_paint(1, before)
        put_attributes_back(keys, before)


def _frame(context: AppContext, article: Article, width: int, height: int) -> list[PositionedText]:
    """Return the first frame of the context's article on a screen of a size in cells and rows."""
    return first_frame(
        article,
        context.first_offset,
        width=width,
        height=height,
        column=context.settings.column,
        typesetting=typography_of(context.settings).typesetting(article),
    )


def _start(context: AppContext, *, graphemes: bool) -> str:
    """Return the control sequences that come before the frame.

    `graphemes` is whether the terminal is to measure by graphemes.
    """
    mode = GRAPHEMES_ON if graphemes else ""
    if context.settings.bidi != "terminal":
        mode += BIDI_EXPLICIT
    return ENTER + mode + _colours(context.resume, context.settings.theme)


def _terminal_size() -> tuple[int, int] | None:
    """Return the terminal's columns and rows.

    Returns None on Windows, without a terminal for input and output, or if it is smaller than
    `MIN_SCREEN_SIZE`.
    """
    if sys.platform == "win32" or os.environ.get("TERM", "dumb") == "dumb":
        return None
    try:
        if not (os.isatty(0) and os.isatty(1)):
            return None
        columns, rows = os.get_terminal_size(1)
    except OSError:
        return None
    return (columns, rows) if columns >= MIN_SCREEN_SIZE[0] and rows >= MIN_SCREEN_SIZE[1] else None


def _colours(resume: Resume, theme: str) -> str:
    """Return the control sequence that sets the colours of a theme and clears the screen.

    `resume` has the colours of the last run by theme. Without them, with NO_COLOR, or without
    24-bit colours, the terminal's own colours are kept.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("COLORTERM") not in {"truecolor", "24bit"}:
        return "\x1b[2J"
    foreground, background = resume.colours(theme)
    if not background:
        return "\x1b[2J"
    return f"\x1b[38;2;{foreground}m\x1b[48;2;{background}m\x1b[2J"


def _written(frame: list[PositionedText]) -> str:
    """Return the control sequences that print the texts of a frame at their positions."""
    places = "".join(f"\x1b[{y + 1};{x + 1}H{words}" for x, y, words in frame)
    return f"{places}\x1b[0m"
