"""Strips that are cut and drawn by the terminal's own widths, which Textual does not know."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import SIMPLE, cell_width, split_cells


class AnchoredStrip(Strip):
    """A strip that is measured as the terminal does, and whose last cells stay in place.

    The strip is written over blanks, and the terminal's cursor is set to the right column before
    its last cells and at its end, in case the terminal draws a character wider or narrower.
    """

    __slots__ = ("_ground", "_left", "_tail", "_widget")

    def __init__(
        self, segments: Sequence[Segment], cells: int, tail: int, widget: Widget, ground: Style
    ) -> None:
        """Hold segments that take `cells` cells, the last `tail` of them one each.

        `ground` is the style of the blanks below.
        """
        super().__init__(segments, cells)
        self._left = 0
        self._tail = tail
        self._widget = widget
        self._ground = ground

    def with_segments(self, segments: Sequence[Segment]) -> "AnchoredStrip":
        """Return a strip in the same place with other segments of the same widths."""
        strip = AnchoredStrip(segments, self.cell_length, self._tail, self._widget, self._ground)
        strip._left = self._left
        return strip

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return the cells from `start` to `end`, or to the end for None."""
        start = max(0, start)
        end = self.cell_length if end is None else min(self.cell_length, end)
        if start == 0 and end == self.cell_length:
            return self
        segments = cropped(list(self), start, end)
        tail = self._tail if end == self.cell_length else 0
        part = AnchoredStrip(
            segments, max(0, end - start), min(tail, len(segments)), self._widget, self._ground
        )
        part._left = self._left + start
        return part

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the parts that end at these cells."""
        edges = [0, *(cut for cut in cuts if cut <= self.cell_length)]
        return [self.crop(start, end) for start, end in pairwise(edges)]

    def render(self, console: Console) -> str:
        """Return the strip as text with control sequences, as the terminal gets it."""
        segments = list(self)
        split = len(segments) - self._tail
        first = self._widget.region.x + self._left + 1
        last = first + self.cell_length
        blank = Strip([Segment(" " * self.cell_length, self._ground)], self.cell_length)
        body, tail = Strip(segments[:split]), Strip(segments[split:])
        return (
            f"{blank.render(console)}\x1b[{first}G{body.render(console)}"
            f"\x1b[{last - self._tail}G{tail.render(console)}\x1b[{last}G"
        )


def anchor_strip(strip: Strip, tail: int, widget: Widget, ground: Style) -> Strip:
    """Return the strip itself if each of its characters certainly takes one cell.

    Else return it as an AnchoredStrip, whose arguments are the same.
    """
    if SIMPLE.fullmatch(strip.text):
        return strip
    return AnchoredStrip(list(strip), strip.cell_length, tail, widget, ground)


class PlacedStrip(Strip):
    """A strip at a known place of the screen, as Textual's own widgets draw them.

    It is written over blanks, and the terminal's cursor is set to the right column after each
    segment whose characters it may draw wider or narrower than was reckoned with.
    """

    __slots__ = ("_x",)

    def __init__(self, segments: Sequence[Segment], cells: int, x: int) -> None:
        """Hold segments that take `cells` cells from the screen's column `x` on, from 0."""
        super().__init__(segments, cells)
        self._x = x

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return the cells from `start` to `end`, or to the end for None."""
        end = self.cell_length if end is None else min(self.cell_length, end)
        start = max(0, min(start, end))
        return PlacedStrip(cropped(list(self), start, end), end - start, self._x + start)

    def render(self, console: Console) -> str:
        """Return the strip as text with control sequences, as the terminal gets it."""
        segments = list(self)
        ground = Style(bgcolor=segments[0].style.bgcolor if segments[0].style else None)
        blank = Strip([Segment(" " * self.cell_length, ground)], self.cell_length)
        column = self._x + 1
        parts = [blank.render(console), f"\x1b[{column}G"]
        for segment in segments:
            parts.append(Strip([segment]).render(console))
            column += cell_width(segment.text)
            if not SIMPLE.fullmatch(segment.text):
                parts.append(f"\x1b[{column}G")
        return "".join(parts)


def placed_strip(strip: Strip, x: int) -> Strip:
    """Return a strip that is drawn at a column of the screen, from 0, as a PlacedStrip.

    It is returned itself if it is anchored, or each of its characters certainly takes one cell.
    """
    if isinstance(strip, AnchoredStrip) or SIMPLE.fullmatch(strip.text):
        return strip
    return PlacedStrip(list(strip), strip.cell_length, x)


def cropped(segments: Iterable[Segment], start: int, end: int) -> list[Segment]:
    """Return the cells from `start` to `end` of segments, measured as the terminal does.

    A character that is cut in two is replaced by blanks.
    """
    found: list[Segment] = []
    column = 0
    for text, style, control in segments:
        width = cell_width(text)
        first, last = max(start - column, 0), min(end - column, width)
        if first == 0 and last == width:
            found.append(Segment(text, style, control))
        elif first < last:
            found.append(Segment(split_cells(split_cells(text, last)[0], first)[1], style, control))
        column += width
        if column >= end:
            break
    return found
