"""Named styles, the spans of text that have them, and rows of styled text as Textual strips."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import cell_width
from tuireader.layout.drawn_row import visible
from tuireader.ui.widgets.anchored_strip import cropped


class StyleSpan(NamedTuple):
    """A range [start, end) of a text, in code points, and the names of its styles.

    The names are separated by spaces; they are those of `STYLE_NAMES`.
    """

    start: int
    end: int
    style: str


class StyleSpans:
    """Spans that may overlap, sorted; finding those in a range takes O(log n + found)."""

    def __init__(self, spans: Iterable[StyleSpan] = ()) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __len__(self) -> int:
        """Return how many spans there are."""
        return len(self._spans)

    def over(self, start: int, end: int) -> list[StyleSpan]:
        """Return the spans that share a code point with [start, end), sorted by their start."""
        if not self._spans:
            return []
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


NO_SPANS = StyleSpans()


def split_by_style(
    start: int, end: int, spans: Iterable[StyleSpan], ground: str
) -> list[StyleSpan]:
    """Cut [start, end) where a style begins or ends, and return the pieces in order.

    Each piece names `ground`, the style of the whole range ("" for none), and then all styles of
    the spans over it, in the order of the spans. Later styles override earlier ones.
    """
    over = [span for span in spans if span.start < end and span.end > start]
    if not over:
        return [StyleSpan(start, end, ground)]
    cuts = {start, end}
    for span in over:
        cuts.update(cut for cut in (span.start, span.end) if start < cut < end)
    edges = sorted(cuts)
    found: list[StyleSpan] = []
    for left, right in pairwise(edges):
        names = [span.style for span in over if span.start < right and span.end > left]
        found.append(StyleSpan(left, right, " ".join([ground, *names]).strip()))
    return found


STYLE_NAMES = (
    "heading",
    "faint",
    "strong",
    "title",
    "caption",
    "code",
    "code-comment",
    "code-keyword",
    "code-name",
    "code-number",
    "code-string",
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
"""The names of all styles; `styles/reader.tcss` defines each."""

DARK_ANSI = {0, 1, 4, 5}
"""The terminal's own colours on which white can be read: black, red, blue, magenta."""


class WidgetStyles:
    """The Rich styles of one widget by names of `STYLE_NAMES`, resolved when first used."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}

    def clear(self) -> None:
        """Forget the styles, because the theme or the focus has changed."""
        self._styles.clear()

    def style(self, names: str) -> Style:
        """Return the Rich style of names separated by spaces; "" gives that of the widget.

        Later names override earlier ones.
        """
        style = self._styles.get(names)
        if style is None:
            self._styles[names] = style = self._filtered(self._blended(names.split()))
        return style

    def _blended(self, names: list[str]) -> Style:
        """Return the named styles over the widget's colours; translucent colours are blended."""
        widget = self._widget
        ground = widget.background_colors[1]
        colour = widget.styles.color
        attributes = Style.null()
        for name in names:
            styles = widget.get_component_styles(f"style--{name}")
            if styles.has_rule("background"):
                ground = blend(ground, styles.background)
            if styles.has_rule("color"):
                colour = styles.color
            if styles.has_rule("text_style"):
                attributes += styles.text_style
        colour = legible_on(ground, colour)
        return attributes + Style(color=blend(ground, colour).rich_color, bgcolor=ground.rich_color)

    def _filtered(self, style: Style) -> Style:
        """Return a style after Textual's line filters, such as no colour for NO_COLOR."""
        segments = [Segment(" ", style)]
        background = self._widget.background_colors[1]
        for line_filter in self._widget.get_line_filters():
            segments = line_filter.apply(segments, background)
        return segments[0].style or Style.null()


def blend(below: Color, above: Color) -> Color:
    """Return a translucent colour over another; an ANSI colour replaces what is below it."""
    if below.ansi is not None or above.ansi is not None:
        return above if above.a else below
    return below + above


def legible_on(ground: Color, colour: Color) -> Color:
    """Return a colour of text that can be read on a ground.

    If the ground is one of the terminal's own colours, it is black or white, else `colour`.
    """
    if ground.ansi is None or ground.ansi < 0:
        return colour
    return Color.parse("ansi_bright_white" if ground.ansi % 8 in DARK_ANSI else "ansi_black")


Edge = Literal["", "left", "right"]
"""The side on which a line separates a pane from the next one."""

StyledText = tuple[str, str]
"""A piece of text and the names of its styles, separated by spaces."""


def styled_segments(
    pieces: Iterable[StyledText], room: int, styles: WidgetStyles, ground: str = ""
) -> list[Segment]:
    """Return pieces of text as segments of exactly `room` cells.

    What is wider is cut off; what is narrower is padded with spaces in the style `ground`. The
    names of the styles are looked up in `styles`.
    """
    segments: list[Segment] = []
    used = 0
    for text, names in pieces:
        if shown := visible(text):
            segments.append(Segment(shown, styles.style(names)))
            used += cell_width(shown)
    if used > room:
        return cropped(segments, 0, room)
    if used < room:
        segments.append(Segment(" " * (room - used), styles.style(ground)))
    return segments


def draw_edge(strip: Strip, edge: Edge, line: Segment) -> Strip:
    """Return the strip with `line`, one cell wide, at an edge.

    For the edge "" the strip is returned unchanged, else it is one cell wider.
    """
    if not edge:
        return strip
    segments = [line, *strip] if edge == "left" else [*strip, line]
    return Strip(segments, strip.cell_length + 1)
