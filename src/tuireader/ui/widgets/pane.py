"""Rows whose last cells stand in their place whatever width the terminal gives to the others.

What all panes share: a headed rectangle that draws its own rows.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal, Self

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.layout.graphemes import SIMPLE


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


def anchor_strip(strip: Strip, tail: int, widget: Widget, ground: Style, *, clip: bool) -> Strip:
    """The strip as it is if all its characters surely take one cell, else anchored."""
    if SIMPLE.fullmatch(strip.text):
        return strip
    return AnchoredStrip(strip, tail, widget, ground, clip=clip)


Edge = Literal["", "left", "right"]

StyledText = tuple[str, str]
"""A stretch of text and the names of its looks, apart by blanks."""


DARK_ANSI = {0, 1, 4, 5}
"""Of the terminal's colours those on which white can be read: black, red, blue, magenta."""

LOOKS = (
    "heading",
    "faint",
    "strong",
    "title",
    "caption",
    "code",
    "link",
    "em",
    "bold",
    "bar",
    "edge",
    "item",
    "sentence",
    "selection",
    "caret",
    "hit",
    "lit",
    "problem",
    "removed",
    "added",
    "kept",
    "kept-yellow",
    "kept-green",
    "kept-blue",
    "kept-red",
)
"""Every look that a pane can give to a piece of text; the stylesheets say what they are."""


class Pane(Widget, can_focus=True):
    """A pane: one heading row, then rows that the subclass draws, and nothing inside it.

    It draws through Textual's line API and takes text as it is: nothing from an
    article passes through markup.
    """

    ALLOW_SELECT = False
    FIXED: ClassVar[int] = 0
    """Segments of one cell at the end of the body's rows that must be in their place."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"look--{name}" for name in LOOKS}

    def __init__(self, *, id: str | None = None) -> None:
        self._looks: dict[str, Style] = {}
        self._rows: dict[int, Strip] = {}
        super().__init__(id=id)
        self._inner = Size(0, 0)
        self.edge: Edge = ""
        """On which side a line parts it from the next pane."""

    @property
    def inner(self) -> Size:
        """The cells inside the edge, as they were at the last change of size."""
        return self._inner

    def expect(self, width: int, height: int) -> None:
        """Take the cells that the pane will have, for keys that come before it has them."""
        self._inner = Size(width, height)

    def on_resize(self) -> None:
        """Remember the size, for to ask Textual for it is slow, and tell the subclass."""
        width, height = self.size
        self._inner = Size(max(0, width - bool(self.edge)), height)
        self.resized()

    def resized(self) -> None:
        """The pane has another size; subclasses see to it."""

    @property
    def body_height(self) -> int:
        """How many rows there are under the heading."""
        return max(0, self._inner.height - 1)

    def heading(self) -> str:
        """What stands in the heading row; subclasses say more."""
        return ""

    def body_line(self, y: int) -> Strip:
        """The row y under the heading, counted from 0; subclasses draw it."""
        del y
        return self.strip([])

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows that Textual wants, without what panes have no use for.

        Textual's own goes through a cache of borders, paddings and filters, which
        costs more than the rows; here the filters are in the looks already.
        """
        strips: list[Strip] = []
        for y in crop.line_range:
            strip = self._rows.get(y)
            if strip is None:
                row = draw_edge(self.render_line(y), self.edge, Segment("│", self.look("edge")))
                tail = (self.FIXED if y else 0) + (self.edge == "right")
                strip = self._rows[y] = anchor_strip(
                    row, tail, self, self.look(""), clip=not self.FIXED
                )
            strips.append(strip)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw the regions again, or everything if there are none."""
        if not regions:
            self._rows.clear()
        for region in regions:
            for y in region.line_range:
                self._rows.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """One row of the pane, the heading or a row of the body."""
        if y:
            return self.body_line(y - 1)
        mark = "▸" if self.has_focus else " "
        return self.strip([(fit_cells(f"{mark}{self.heading()}", self._inner.width), "heading")])

    def strip(self, pieces: Iterable[StyledText], ground: str = "") -> Strip:
        """A row of pieces, as wide as the pane, filled up with the ground's look."""
        room = self._inner.width
        return Strip(self.segments(pieces, room, ground), room)

    def segments(self, pieces: Iterable[StyledText], room: int, ground: str = "") -> list[Segment]:
        """The pieces as segments of `room` cells together, filled up with the ground's look."""
        segments: list[Segment] = []
        used = 0
        for text, looks in pieces:
            if text:
                segments.append(Segment(text, self.look(looks)))
                used += cell_width(text)
        if used > room:
            return list(Strip(segments, used).crop(0, room))
        if used < room:
            segments.append(Segment(" " * (room - used), self.look(ground)))
        return segments

    def look(self, names: str) -> Style:
        """The style that the named looks make together, the later ones over the earlier."""
        style = self._looks.get(names)
        if style is None:
            self._looks[names] = style = self._filtered(self._blended(names.split()))
        return style

    def _blended(self, names: list[str]) -> Style:
        """The looks laid over the pane's colours; a see-through one lets those below it through."""
        ground = self.background_colors[1]
        colour = self.styles.color
        attributes = Style.null()
        for name in names:
            styles = self.get_component_styles(f"look--{name}")
            if styles.has_rule("background"):
                ground = blend(ground, styles.background)
            if styles.has_rule("color"):
                colour = styles.color
            if styles.has_rule("text_style"):
                attributes += styles.text_style
        colour = legible_on(ground, colour)
        return attributes + Style(color=blend(ground, colour).rich_color, bgcolor=ground.rich_color)

    def _filtered(self, style: Style) -> Style:
        """The style as the filters leave it: no colours for NO_COLOR, no dim where it cannot be."""
        segments = [Segment(" ", style)]
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, background)
        return segments[0].style or Style.null()

    def notify_style_update(self) -> None:
        """Forget the looks when the theme or the focus changes."""
        self._looks.clear()
        self.redraw()
        super().notify_style_update()

    def redraw(self) -> None:
        """Draw everything again, because what it is made of has changed."""
        self.refresh()

    def refresh_rows(self, rows: Iterable[int]) -> None:
        """Draw only these rows of the body again."""
        width, height = self.size.width, self.body_height
        regions = [Region(0, y + 1, width, 1) for y in rows if 0 <= y < height]
        if regions:
            self.refresh(*regions)

    def refresh_heading(self) -> None:
        """Draw the heading again."""
        self.refresh(Region(0, 0, self._inner.width, 1))


def blend(below: Color, above: Color) -> Color:
    """A colour seen through another; the terminal's own colours cannot be mixed."""
    if below.ansi is not None or above.ansi is not None:
        return above if above.a else below
    return below + above


def legible_on(ground: Color, colour: Color) -> Color:
    """The colour, or black or white if the ground is one of the terminal's own colours."""
    if ground.ansi is None or ground.ansi < 0:
        return colour
    return Color.parse("ansi_bright_white" if ground.ansi % 8 in DARK_ANSI else "ansi_black")


def draw_edge(strip: Strip, edge: Edge, line: Segment) -> Strip:
    """The strip with a line of one cell at an edge."""
    if not edge:
        return strip
    segments = [line, *strip] if edge == "left" else [*strip, line]
    return Strip(segments, strip.cell_length + 1)
