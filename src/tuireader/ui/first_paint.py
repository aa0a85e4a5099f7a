"""The first paint: shows the text before Textual is imported.

Textual takes a while to start; the user can read in the meantime. Keys that are typed before it is
ready wait in the terminal, whose echo is off.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tuireader.app.context import AppContext
from tuireader.app.resume import Resume, colour_depth
from tuireader.domain.article import Article
from tuireader.layout.border import has_box_drawing
from tuireader.layout.frame import FirstFrame, PositionedText, SideWidths, first_frame
from tuireader.ui.terminal.state import (
    BIDI_EXPLICIT,
    GRAPHEMES_ON,
    leave_first_paint,
    put_attributes_back,
)
from tuireader.ui.terminal.stored_widths import StoredWidths
from tuireader.ui.text_pane.typography import typography_of
from tuireader.ui.themes.automatic import chosen_theme

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
        if stream is not None:
            modes = _modes(context)
            stream.write(ENTER + modes + _painted(context, context.first_article, size))
            stream.flush()
        painted = True
        yield before
        painted = False
    finally:
        if painted:
            leave_first_paint(1, before)
        put_attributes_back(keys, before)


def _painted(context: AppContext, article: Article, size: tuple[int, int]) -> str:
    """Return the control sequences that print an article on a screen of a size in cells."""
    boxes = has_box_drawing(os.environ)
    settings = context.settings
    chosen = SideWidths(settings.articles_width, settings.quotes_width)
    place = context.first_offset
    setting = typography_of(settings).typesetting(article)
    shown = FirstFrame(
        article, place, *size, settings.column, chosen=chosen, boxes=boxes, typesetting=setting
    )
    styles = first_styles(context.resume, chosen_theme(settings.theme, os.environ))
    return _written(first_frame(shown), styles)


def _modes(context: AppContext) -> str:
    """Measure as the terminal did when it was last asked; return the modes that it needs."""
    stored = StoredWidths(context.resume, os.environ)
    stored.use()
    mode = GRAPHEMES_ON if stored.graphemes else ""
    return mode if context.settings.bidi == "terminal" else mode + BIDI_EXPLICIT


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


def first_styles(resume: Resume, theme: str) -> Mapping[str, str]:
    """Return the styles of the first paint by name, as parameters of a control sequence.

    `resume` has those of the last run for the theme and the terminal's colours. Without them there
    are only attributes, in the terminal's own colours.
    """
    return resume.styles(f"{theme} {colour_depth(os.environ)}") or ATTRIBUTES


ATTRIBUTES = {"frame-focus": "1", "headline": "1", "title": "1", "faint": "2", "caption": "2;3"}
"""The styles of the first paint while the colours of the theme are not known."""


def _written(frame: list[PositionedText], styles: Mapping[str, str]) -> str:
    """Return the control sequences that print the texts of a frame at their positions.

    The screen is cleared in the style of the text first.
    """
    usual = f"\x1b[0;{styles.get('', '')}m".replace(";m", "m")
    parts = [usual, "\x1b[2J"]
    for x, y, words, name in frame:
        parts.append(f"\x1b[{y + 1};{x + 1}H")
        style = styles.get(name, "")
        parts.append(f"\x1b[{style}m{words}{usual}" if name and style else words)
    return f"{''.join(parts)}\x1b[0m"
