"""The frames of the panes: their lines, and the title and counts in the upper one."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tuireader.layout.cells import cell_width, fit_cells

PIECE = tuple[str, str]
"""A piece of text and the name of its style."""


class BorderSigns(NamedTuple):
    """The characters of a frame, each one cell wide."""

    horizontal: str
    vertical: str
    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    thumb: str
    """The part of the scroll bar that stands for what is on the screen."""


LIGHT = BorderSigns("─", "│", "╭", "╮", "╰", "╯", "┃")
"""The frame of a pane."""
HEAVY = BorderSigns("━", "┃", "┏", "┓", "┗", "┛", "█")
"""The frame of the pane with the focus: heavier, so that it is told by more than its colour."""
PLAIN = BorderSigns("-", "|", "+", "+", "+", "+", "#")
"""The frame of a pane where the terminal has no box drawing."""
PLAIN_HEAVY = BorderSigns("=", "|", "#", "#", "#", "#", "#")
"""The frame of the pane with the focus there."""

PLAIN_TERMINALS = ("linux", "vt", "dumb", "ansi", "cons25")
"""How the names (TERM) of terminals without rounded corners begin."""

TITLE_CELLS = 10
"""The cells that a title keeps when the counts need room."""

CUT_CELLS = 12
"""The fewest cells to which the last of the counts, such as a long query, is cut."""

_COUNTS = re.compile(r" (?=[\d…])| · ")
"""Where the counts begin in a heading such as "Speakers 3 · 2 articles"."""


def has_box_drawing(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal has box drawing with rounded corners, from TERM and the locale.

    The locale counts only if it is set: many systems have none, and a terminal with UTF-8.
    """
    if environment.get("TERM", "").startswith(PLAIN_TERMINALS):
        return False
    return locale_charset(environment) in {"", "utf8"}


def locale_charset(environment: Mapping[str, str]) -> str:
    """Return the character set of the locale, such as "utf8"; "" if it states none.

    That of the locale C is ASCII if it was asked for; LANG=C is what many systems begin with.

    >>> locale_charset({"LANG": "de_DE.ISO-8859-1"}), locale_charset({"LC_ALL": "C"})
    ('iso88591', 'ascii')
    """
    chosen = environment.get("LC_ALL") or environment.get("LC_CTYPE") or ""
    if chosen in {"C", "POSIX"}:
        return "ascii"
    locale = chosen or environment.get("LANG", "")
    return locale.partition(".")[2].partition("@")[0].lower().replace("-", "")


def border_signs(*, focused: bool, boxes: bool) -> BorderSigns:
    """Return the characters of a frame; `boxes` tells whether the terminal has box drawing."""
    if boxes:
        return HEAVY if focused else LIGHT
    return PLAIN_HEAVY if focused else PLAIN


def split_heading(heading: str) -> tuple[str, str]:
    """Return the title of a heading and the counts after it; "" for none.

    >>> split_heading("Speakers 3 · 2 articles")
    ('Speakers', '3 · 2 articles')
    """
    found = _COUNTS.search(heading)
    return (heading[: found.start()], heading[found.end() :]) if found else (heading, "")


def counts_room(title: str, width: int) -> int:
    """Return how many cells the counts may take in a frame of `width` cells with this title."""
    return max(0, width - 6) - 3 - min(TITLE_CELLS, cell_width(title))


def fitting_counts(variants: Sequence[str], room: int) -> str:
    """Return the first of several ways to write counts that fits into `room` cells, or the last.

    >>> fitting_counts(("41 of 326 unread", "41 unread"), 12)
    '41 unread'
    """
    return next((counts for counts in variants if cell_width(counts) <= room), variants[-1])


def top_border(title: str, counts: str, width: int, signs: BorderSigns) -> list[PIECE]:
    """Return the upper line of a frame of `width` cells, with the title at the left.

    The counts are at the right, with " · " between them. The title is cut for them, but keeps
    `TITLE_CELLS`; where there is little room, the last counts are cut, left out, or all are.
    """
    room = max(0, width - 6)
    most = counts_room(title, width)
    while counts and cell_width(counts) > most:
        shorter = counts.rpartition(" · ")[0]
        has_room = shorter and most - cell_width(shorter) - 3 >= CUT_CELLS
        counts = fit_cells(counts, most) if has_room else shorter
    left = room - (cell_width(counts) + 3 if counts else 0)
    title = fit_cells(title, min(cell_width(title), left)) if left > 0 else ""
    pieces = [(f"{signs.top_left}{signs.horizontal}", "frame")]
    used = 2
    if title:
        pieces.append((f" {title} ", "frame-title"))
        used += cell_width(title) + 2
    tail = f" {counts} " if counts else ""
    fill = width - used - cell_width(tail) - 2
    pieces.append((signs.horizontal * fill, "frame"))
    if tail:
        pieces.append((tail, "frame-counts"))
    pieces.append((f"{signs.horizontal}{signs.top_right}", "frame"))
    return pieces


def bottom_border(width: int, signs: BorderSigns) -> str:
    """Return the lower line of a frame of `width` cells (at least 2)."""
    return f"{signs.bottom_left}{signs.horizontal * (width - 2)}{signs.bottom_right}"


def thumb_rows(share: tuple[float, float] | None, height: int) -> range:
    """Return the rows of the scroll bar's thumb, at least one; none if all is on the screen.

    Args:
        share: Where what is on the screen begins and ends, from 0 to 1; None if all is.
        height: The rows of the scroll bar.
    """
    if share is None or height < 2:
        return range(0)
    size = max(1, min(height - 1, round((share[1] - share[0]) * height)))
    first = min(int(share[0] * height), height - size)
    if share[1] >= 1:
        first = height - size
    elif share[0] > 0:
        first = max(1, min(first, height - size - 1)) if height > size + 1 else first
    return range(first, first + size)
