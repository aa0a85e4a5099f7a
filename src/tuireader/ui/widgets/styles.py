"""Named styles, the spans of text that have them, and rows of styled text as Textual strips."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.widget import Widget

from tuireader.layout.cells import cell_width
from tuireader.layout.drawn_row import visible
from tuireader.ui.themes.theme_styles import theme_styles_of
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
    "code-comment",
    "code-keyword",
    "code-name",
    "code-number",
    "code-string",
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
    has_many = app.console.color_system in {"truecolor", "256"}
    return has_many and not app.no_color and not app.current_theme.ansi


class WidgetStyles:
    """The Rich styles of one widget by names of `STYLE_NAMES`, from those of the application."""

    def __init__(self, widget: Widget, ground: str) -> None:
        """Take the widget, and the name of the style of its background and text."""
        self._widget = widget
        self._ground = ground
        self._styles: dict[str, Style] = {}
        self.rules: object = None
        """The rules of the stylesheets that the styles are from; others after another theme."""

    def clear(self) -> None:
        """Forget the styles, because the theme or the focus has changed."""
        self._styles.clear()
        self.rules = self._widget.app.stylesheet.rules

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
