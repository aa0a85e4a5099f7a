"""Looks: the named styles that panes give to pieces of text.

A look is a component class of the pane, `look--NAME`; `styles/reader.tcss` says
what it is.
"""

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.widget import Widget

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
"""The names of all looks."""

DARK_ANSI = {0, 1, 4, 5}
"""The terminal's own colours on which white can be read: black, red, blue, magenta."""


class LookStyles:
    """The Rich styles of one widget's looks, resolved when first used."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}

    def clear(self) -> None:
        """Forget the styles, because the theme or the focus has changed."""
        self._styles.clear()

    def style(self, names: str) -> Style:
        """Return the style of the named looks, separated by spaces; later ones lie on top."""
        style = self._styles.get(names)
        if style is None:
            self._styles[names] = style = self._filtered(self._blended(names.split()))
        return style

    def _blended(self, names: list[str]) -> Style:
        """Lay the looks over the widget's colours; translucent ones let lower ones through."""
        widget = self._widget
        ground = widget.background_colors[1]
        colour = widget.styles.color
        attributes = Style.null()
        for name in names:
            styles = widget.get_component_styles(f"look--{name}")
            if styles.has_rule("background"):
                ground = blend(ground, styles.background)
            if styles.has_rule("color"):
                colour = styles.color
            if styles.has_rule("text_style"):
                attributes += styles.text_style
        colour = legible_on(ground, colour)
        return attributes + Style(color=blend(ground, colour).rich_color, bgcolor=ground.rich_color)

    def _filtered(self, style: Style) -> Style:
        """Apply the line filters, such as no colour for NO_COLOR."""
        segments = [Segment(" ", style)]
        background = self._widget.background_colors[1]
        for line_filter in self._widget.get_line_filters():
            segments = line_filter.apply(segments, background)
        return segments[0].style or Style.null()


def blend(below: Color, above: Color) -> Color:
    """Return a colour seen through another; the terminal's own colours cannot be mixed."""
    if below.ansi is not None or above.ansi is not None:
        return above if above.a else below
    return below + above


def legible_on(ground: Color, colour: Color) -> Color:
    """Return the colour, or black or white if the ground is one of the terminal's own colours."""
    if ground.ansi is None or ground.ansi < 0:
        return colour
    return Color.parse("ansi_bright_white" if ground.ansi % 8 in DARK_ANSI else "ansi_black")
