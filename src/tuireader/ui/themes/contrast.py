"""Contrasts of colours as WCAG 2.1 defines them, and colours that are changed to reach one."""

from collections.abc import Iterable

from textual.color import Color

TEXT, DIM, FRAME = 7.0, 4.5, 3.0
"""The least contrasts of text, of quieter text such as names and dates, and of frames.

They are those of WCAG 2.1: enhanced contrast (1.4.6), minimum contrast (1.4.3), and non-text
contrast (1.4.11).
"""

STEPS = 40
"""The steps in which a colour is changed until it has a contrast."""

BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two opaque colours, from 1 to 21; their order does not matter.

    >>> contrast(Color(0, 0, 0), Color(255, 255, 255))
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def legible(colour: Color, grounds: Iterable[Color], least: float) -> Color:
    """Return a colour with at least a contrast on all of the grounds, changed as little as needed.

    It is blended with white or black, whichever differs more from the first ground. If even that
    has too little contrast, it is returned.
    """
    known = tuple(grounds)
    lightest = WHITE if contrast(WHITE, known[0]) > contrast(BLACK, known[0]) else BLACK
    for step in range(STEPS + 1):
        changed = colour.blend(lightest, step / STEPS, 1)
        if min(contrast(changed, ground) for ground in known) >= least:
            return changed
    return lightest


def tint(page: Color, colour: Color, share: float, text: Color, least: float) -> Color:
    """Return a ground between the page and a colour, on which the text has at least a contrast.

    Args:
        page: The ground of the page.
        colour: The colour that the ground is tinted with.
        share: The part of the colour in the ground, from 0 to 1; less if the text needs that.
        text: The colour of the text on it.
        least: The contrast that the text must have; the page must have it.
    """
    for step in range(STEPS, 0, -1):
        ground = page.blend(colour, share * step / STEPS, 1)
        if contrast(text, ground) >= least:
            return ground
    return page
