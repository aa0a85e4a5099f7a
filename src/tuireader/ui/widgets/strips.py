"""Rows of styled text as Textual strips."""

from collections.abc import Iterable, Iterator
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import SIMPLE, cell_width
from tuireader.ui.widgets.looks import LookStyles

Edge = Literal["", "left", "right"]
"""The side on which a line separates a pane from the next one."""

StyledText = tuple[str, str]
"""A piece of text and the names of its looks, separated by spaces."""


class AnchoredStrip(Strip):
    """A strip whose last cells stay in place when the terminal draws a character wider.

    Terminals differ about the width of emoji, combining marks and Indic signs. The
    strip is written over blanks, and the terminal's cursor is set to the right
    column before its last cells and at its end.
    """

    __slots__ = ("_clip", "_ground", "_tail", "_widget")

    def __init__(
        self, strip: Strip, tail: int, widget: Widget, ground: Style, *, clip: bool
    ) -> None:
        """Wrap a strip as wide as the widget whose last `tail` segments have one cell each.

        With `clip`, text that might reach beyond the widget is left out.
        """
        super().__init__(strip, strip.cell_length)
        self._tail = tail
        self._clip = clip
        self._widget = widget
        self._ground = ground

    def render(self, console: Console) -> str:
        """Return the strip as the terminal gets it."""
        segments = list(self)
        split = len(segments) - self._tail
        first = self._widget.region.x + 1
        last = first + self.cell_length
        blank = Strip([Segment(" " * self.cell_length, self._ground)], self.cell_length)
        drawn = segments[:split]
        if self._clip:
            drawn = list(_clipped(drawn, self.cell_length - self._tail))
        body, tail = Strip(drawn), Strip(segments[split:])
        return (
            f"{blank.render(console)}\x1b[{first}G{body.render(console)}"
            f"\x1b[{last - self._tail}G{tail.render(console)}\x1b[{last}G"
        )


def _clipped(segments: list[Segment], cells: int) -> Iterator[Segment]:
    """Drop the text that a terminal might draw beyond `cells` cells.

    The widest that a terminal draws is each code point by itself, two cells for a
    wide one. A full row may lose its last character that way.
    """
    for text, style, control in segments:
        kept = 0
        for character in text:
            cells -= 1 if SIMPLE.fullmatch(character) else max(1, cell_len(character))
            if cells < 0:
                break
            kept += 1
        yield Segment(text[:kept], style, control)
        if kept < len(text):
            return


def anchor_strip(strip: Strip, tail: int, widget: Widget, ground: Style, *, clip: bool) -> Strip:
    """Return the strip, anchored unless each of its characters certainly takes one cell."""
    if SIMPLE.fullmatch(strip.text):
        return strip
    return AnchoredStrip(strip, tail, widget, ground, clip=clip)


def styled_segments(
    pieces: Iterable[StyledText], room: int, looks: LookStyles, ground: str = ""
) -> list[Segment]:
    """Return the pieces as segments of `room` cells, filled up with the ground's look."""
    segments: list[Segment] = []
    used = 0
    for text, names in pieces:
        if text:
            segments.append(Segment(text, looks.style(names)))
            used += cell_width(text)
    if used > room:
        return list(Strip(segments, used).crop(0, room))
    if used < room:
        segments.append(Segment(" " * (room - used), looks.style(ground)))
    return segments


def draw_edge(strip: Strip, edge: Edge, line: Segment) -> Strip:
    """Return the strip with a line of one cell at an edge."""
    if not edge:
        return strip
    segments = [line, *strip] if edge == "left" else [*strip, line]
    return Strip(segments, strip.cell_length + 1)
