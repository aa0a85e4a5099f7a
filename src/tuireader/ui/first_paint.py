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
from tuireader.app.last_frame import Row
from tuireader.app.resume import Resume, colour_depth, terminal_name
from tuireader.domain.article import Article
from tuireader.layout.border import has_box_drawing
from tuireader.layout.frame import FirstFrame, SideWidths, first_frame
from tuireader.layout.signs import shown_text, sign_set
from tuireader.settings import Settings
from tuireader.ui.last_paint import ENTER, silence_keys, written
from tuireader.ui.terminal.state import (
    BIDI_EXPLICIT,
    GRAPHEMES_ON,
    leave_first_paint,
    put_attributes_back,
)
from tuireader.ui.terminal.stored_widths import StoredWidths
from tuireader.ui.text_pane.typography import typography_of
from tuireader.ui.themes.automatic import chosen_theme

MIN_SCREEN_SIZE = (40, 10)
"""The smallest screen with a first paint, in columns and rows."""


@contextmanager
def first_paint(
    context: AppContext, attributes: list[Any] | None = None
) -> Iterator[list[Any] | None]:
    """Paint the context's first article, and yield the terminal's attributes from before.

    The attributes are the list that `termios.tcgetattr` returns. Yields None if nothing was
    painted, because there is no terminal, no article, or too small a screen. When the block ends,
    the attributes are set again; if it raises an exception, the screen is restored too. If the
    frame of last time was painted already, `attributes` are those from before it; they are yielded,
    and what painted it restores the terminal.
    """
    if attributes is not None:
        yield attributes
        return
    size = terminal_size()
    if context.first_article is None or size is None:
        yield None
        return
    stream, keys = sys.__stdout__, 0
    before = silence_keys(keys)
    painted = False
    try:
        stored = StoredWidths(context.resume, os.environ)
        stored.use()
        if stream is not None:
            modes = modes_of(context.settings, graphemes=stored.graphemes)
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
    if context.settings.accessible:
        from tuireader.ui.accessible.first_screen import first_screen  # noqa: PLC0415 - not for all

        return first_screen(context, article, size)[1]
    place = context.first_offset
    return written(*painting_of(article, place, size, context.settings, context.resume))


def painting_of(
    article: Article, offset: int, size: tuple[int, int], settings: Settings, resume: Resume
) -> tuple[str, list[Row]]:
    """Return the first paint of an article: the style of the screen, and the pieces of text.

    Args:
        article: The article, of which the beginning may be enough.
        offset: The reading position, in code points.
        size: The columns and rows of the terminal.
        settings: The settings, of which the widths, the theme and how text is set matter.
        resume: The styles of the last run.
    """
    typography = typography_of(settings)
    shown = FirstFrame(
        article,
        offset,
        *size,
        settings.column,
        chosen=SideWidths(settings.articles_width, settings.quotes_width),
        boxes=has_box_drawing(os.environ),
        typesetting=typography.typesetting(article),
        picture_hint=typography.picture_hint,
    )
    ground = resume.ground(terminal_name(os.environ))
    styles = first_styles(resume, chosen_theme(settings.theme, os.environ, ground))
    signs = sign_set(os.environ)
    rows = [
        (x, y, styles.get(name, "") if name else "", shown_text(words, signs))
        for x, y, words, name in first_frame(shown)
    ]
    return styles.get("", ""), rows


def modes_of(settings: Settings, *, graphemes: bool) -> str:
    """Return the control sequences for the terminal's modes that the first paint depends on.

    `graphemes` is whether the terminal is to measure by graphemes.
    """
    is_explicit = settings.bidi != "terminal"
    return GRAPHEMES_ON * graphemes + BIDI_EXPLICIT * is_explicit


def terminal_size() -> tuple[int, int] | None:
    """Return the terminal's columns and rows.

    Returns None on Windows, without a terminal for input and output, or if `is_paintable` is false.
    """
    if sys.platform == "win32":
        return None
    try:
        if not (os.isatty(0) and os.isatty(1)):
            return None
        size = os.get_terminal_size(1)
    except OSError:
        return None
    return (size.columns, size.lines) if is_paintable(size) else None


def is_paintable(size: tuple[int, int]) -> bool:
    """Return whether a screen of so many columns and rows has a first paint.

    False for a small one, and for a terminal without control sequences.
    """
    big_enough = size[0] >= MIN_SCREEN_SIZE[0] and size[1] >= MIN_SCREEN_SIZE[1]
    return big_enough and os.environ.get("TERM", "dumb") != "dumb"


def first_styles(resume: Resume, theme: str) -> Mapping[str, str]:
    """Return the styles of the first paint by name, as parameters of a control sequence.

    `resume` has those of the last run for the theme and the terminal's colours. Without them there
    are only attributes, in the terminal's own colours.
    """
    return resume.styles(f"{theme} {colour_depth(os.environ)}") or ATTRIBUTES


ATTRIBUTES = {"frame-focus": "1", "headline": "1", "title": "1", "faint": "2", "caption": "2;3"}
"""The styles of the first paint while the colours of the theme are not known."""
