"""Named styles, the spans of text that have them, and rows of styled text as Textual strips."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget

from tuireader.layout.cells import SIMPLE, cell_width
from tuireader.ui.themes.theme_styles import theme_styles_of


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
    "page",
    "status",
    "heading",
    "faint",
    "strong",
    "title",
    "headline",
    "source",
    "rule",
    "progress",
    "pill",
    "caption",
    "code",
    "link",
    "em",
    "bold",
    "bar",
    "frame",
    "frame-title",
    "frame-counts",
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
    "quoted",
    *(f"speaker-{number}" for number in range(7)),
)
"""The names of all styles; `styles/reader.tcss` defines each."""


def tells_by_colour(app: App[Any]) -> bool:
    """Return whether the terminal shows enough colours to tell several speakers apart."""
    return not app.no_color and app.console.color_system in {"truecolor", "256"}


class WidgetStyles:
    """The Rich styles of one widget by names of `STYLE_NAMES`, from those of the application."""

    def __init__(self, widget: Widget, ground: str) -> None:
        """Take the widget, and the name of the style of its background and text."""
        self._widget = widget
        self._ground = ground
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
            widget = self._widget
            style = theme_styles_of(widget.app).style(names, self._ground, focused=widget.has_focus)
            self._styles[names] = style
        return style


StyledText = tuple[str, str]
"""A piece of text and the names of its styles, separated by spaces."""


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

        `ground` is the style of the blanks below it. With `clip`, text that might reach beyond the
        widget is left out.
        """
        super().__init__(strip, strip.cell_length)
        self._tail = tail
        self._clip = clip
        self._widget = widget
        self._ground = ground

    def render(self, console: Console) -> str:
        """Return the strip as text with control sequences, as the terminal gets it."""
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
    """Yield the segments without the text that a terminal might draw beyond `cells` cells.

    The widest that a terminal draws is each code point by itself, two cells for a wide one. A full
    row may lose its last character that way.
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
    """Return the strip itself if each of its characters certainly takes one cell.

    Else return it as an AnchoredStrip, whose arguments are the same.
    """
    if SIMPLE.fullmatch(strip.text):
        return strip
    return AnchoredStrip(strip, tail, widget, ground, clip=clip)


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
        if text:
            segments.append(Segment(text, styles.style(names)))
            used += cell_width(text)
    if used > room:
        return list(Strip(segments, used).crop(0, room))
    if used < room:
        segments.append(Segment(" " * (room - used), styles.style(ground)))
    return segments
