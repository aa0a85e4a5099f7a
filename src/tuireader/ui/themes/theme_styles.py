"""The styles of text by name, resolved once for a theme and shared by all panes."""

from collections.abc import Iterator
from typing import Any

from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.css.model import RuleSet, SelectorType
from textual.css.styles import Styles

PREFIX = "style--"
"""How the names of styles begin in the stylesheet."""

DARK_ANSI = {0, 1, 4, 5}
"""The terminal's own colours on which white can be read: black, red, blue, magenta."""


class ThemeStyles:
    """The Rich styles of all names, from the rules `.style--NAME` of the parsed stylesheet.

    Textual's component classes would do the same with a virtual node for each name in each pane,
    to which the whole stylesheet is applied; that took longer than anything else at the start.
    """

    def __init__(self, app: App[Any]) -> None:
        """Take the application, whose stylesheet has the rules."""
        self._app = app
        self._rules: list[RuleSet] = []
        self._named: dict[tuple[str, bool], Styles] = {}
        self._styles: dict[tuple[str, str, bool], Style] = {}

    def style(self, names: str, ground: str, *, focused: bool) -> Style:
        """Return the Rich style of names separated by spaces, over the style named `ground`.

        Later names override earlier ones; "" gives the ground. With `focused`, the rules with
        `:focus` hold. A name that the stylesheet does not have changes nothing.
        """
        rules = self._app.stylesheet.rules
        if rules is not self._rules:
            self._rules, self._named = rules, _named_styles(rules)
            self._styles.clear()
        key = (names, ground, focused)
        style = self._styles.get(key)
        if style is None:
            blended = self._blended([ground, *names.split()], focused=focused)
            self._styles[key] = style = self._filtered(blended)
        return style

    def _blended(self, names: list[str], *, focused: bool) -> Style:
        """Return the named styles over each other; translucent colours are blended."""
        ground, colour = Color.parse("ansi_default"), Color.parse("ansi_default")
        attributes = Style.null()
        for name in names:
            for key in ((name, False), (name, True)) if focused else ((name, False),):
                styles = self._named.get(key)
                if styles is None:
                    continue
                if styles.has_rule("background"):
                    ground = blend(ground, styles.background)
                if styles.has_rule("color"):
                    colour = styles.color
                if styles.has_rule("text_style"):
                    # The parsed stylesheet has the words; Textual parses them for each node.
                    words = str(styles.text_style).split()
                    attributes += Style.parse(" ".join(word for word in words if word != "none"))
        if ground.ansi is not None and ground.ansi >= 0:
            attributes += Style(dim=False)
        colour = legible_on(ground, colour)
        return attributes + Style(color=blend(ground, colour).rich_color, bgcolor=ground.rich_color)

    def _filtered(self, style: Style) -> Style:
        """Return a style after Textual's line filters, such as no colour for NO_COLOR."""
        segments = [Segment(" ", style)]
        background = self._app.styles.background
        for line_filter in self._app.get_line_filters():
            segments = line_filter.apply(segments, background)
        return segments[0].style or Style.null()


FIRST_PAINT = (
    "frame",
    "frame-focus",
    "headline",
    "faint",
    "source",
    "rule",
    "title",
    "caption",
    "code",
    "bar",
)
"""The names of the styles of the first paint; "-focus" is the style of the focused pane."""


def first_paint_styles(styles: ThemeStyles, console: Console) -> dict[str, str]:
    """Return the styles of the first paint by name, as the console of the application draws them.

    Each is the parameters of a control sequence; "" for none. The name "" is the text's.
    """
    found = {"": _parameters(styles.style("", "page", focused=False), console)}
    for name in FIRST_PAINT:
        plain, _, focus = name.partition("-")
        style = styles.style(plain, "page", focused=bool(focus))
        found[name] = _parameters(style, console)
    return found


def _parameters(style: Style, console: Console) -> str:
    """Return the parameters of the control sequence of a style; "" without colours."""
    system = console.color_system
    if system is None:
        return ""
    drawn = style.render("x", color_system=COLOR_SYSTEMS[system], legacy_windows=False)
    return drawn.partition("m")[0].removeprefix("\x1b[") if drawn.startswith("\x1b[") else ""


def theme_styles_of(app: App[Any]) -> ThemeStyles:
    """Return the styles of an application, its attribute `theme_styles`.

    Raises TypeError if it has none.
    """
    styles = getattr(app, "theme_styles", None)
    if not isinstance(styles, ThemeStyles):
        raise TypeError(f"{type(app).__name__} has no theme_styles, which its panes need")
    return styles


def _named_styles(rules: list[RuleSet]) -> dict[tuple[str, bool], Styles]:
    """Return the styles of the rules by name, and by whether they hold for the focused pane only.

    Rules with the same name are merged, the later over the earlier.
    """
    named: dict[tuple[str, bool], Styles] = {}
    for rule in rules:
        for key in _keys(rule):
            named.setdefault(key, Styles()).merge(rule.styles)
    return named


def _keys(rule: RuleSet) -> Iterator[tuple[str, bool]]:
    """Yield the names that a rule defines, each with whether it has `:focus`; often none."""
    for selector_set in rule.selector_set:
        selector = selector_set.selectors[-1]
        if selector.type is SelectorType.CLASS and selector.name.startswith(PREFIX):
            yield selector.name.removeprefix(PREFIX), "focus" in selector.pseudo_classes


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
