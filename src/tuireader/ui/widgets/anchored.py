"""Rows whose last cells stand in their place whatever width the terminal gives to the others."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.characters import SIMPLE


class AnchoredStrip(Strip):
    """A strip with characters about whose width terminals differ: emoji, marks, Indic signs.

    It is written over blanks, and before its last cells, and at its end, the
    terminal's cursor is put into the column where it must be.
    """

    __slots__ = ("_clip", "_ground", "_tail", "_widget")

    def __init__(
        self, strip: Strip, tail: int, widget: Widget, ground: Style, *, clip: bool
    ) -> None:
        """Take a strip that is as wide as the widget; its last `tail` segments have a cell each.

        `clip` says that what might reach beyond the widget is left out.
        """
        super().__init__(strip, strip.cell_length)
        self._tail = tail
        self._clip = clip
        self._widget = widget
        self._ground = ground

    def render(self, console: Console) -> str:
        """The strip as the terminal gets it."""
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
    """The segments without what a terminal might draw beyond the cells.

    The widest that a terminal draws is each code point by itself, two cells if
    it is a wide one; rows that are full to the brim may so lose a last sign.
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


def anchored(strip: Strip, tail: int, widget: Widget, ground: Style, *, clip: bool) -> Strip:
    """The strip as it is if all its characters surely take one cell, else anchored."""
    if SIMPLE.fullmatch(strip.text):
        return strip
    return AnchoredStrip(strip, tail, widget, ground, clip=clip)
