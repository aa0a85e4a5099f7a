"""The colours of a theme by their use on the screen, each with the contrast that it needs."""

from collections.abc import Mapping
from functools import lru_cache

from textual.color import Color, ColorParseError

from tuireader.ui.themes.contrast import DIM, FRAME, TEXT, contrast, legible, tint

ROOM = 10.0
"""The contrast of the text on the page that leaves room for tinted grounds below the text."""

TINTS = {
    "sentence": ("primary", 0.24),
    "item": ("foreground", 0.10),
    "item-focus": ("primary", 0.28),
    "hit": ("warning", 0.34),
    "lit": ("accent", 0.26),
    "kept": ("warning", 0.16),
    "kept-yellow": ("warning", 0.30),
    "kept-green": ("success", 0.30),
    "kept-blue": ("primary", 0.36),
    "kept-red": ("error", 0.32),
    "pill": ("foreground", 0.14),
    "strip": ("foreground", 0.07),
    "quoted": ("foreground", 0.07),
}
"""The grounds below text: the colour of the theme that tints each, and its share."""

INKS = {
    "code": ("secondary", TEXT),
    "anchor": ("primary", TEXT),
    "headline": ("accent", TEXT),
    "mark": ("primary", DIM),
    "quote-bar": ("secondary", DIM),
    "problem": ("error", DIM),
    "notice": ("warning", DIM),
    "addition": ("success", DIM),
}
"""The colours of text: the colour of the theme that each is made from, and its contrast."""

SPEAKERS = (
    ("speaker-1", "#6cc4f5"),
    ("speaker-2", "#c4a1f9"),
    ("speaker-3", "#93d172"),
    ("speaker-4", "#f0bb66"),
    ("speaker-5", "#f492aa"),
    ("speaker-6", "#63d6c6"),
)
"""The colours of speakers before they are made legible: hues that differ in any theme."""

ANSI = {
    "page": "ansi_default",
    "ink": "ansi_default",
    "dim": "ansi_default",
    "dim-style": "dim",
    "caption": "ansi_default",
    "veil": "transparent",
    "frame": "ansi_default",
    "sentence": "ansi_default",
    "sentence-style": "bold",
    "item": "ansi_default",
    "item-style": "bold",
    "item-focus": "ansi_blue",
    "choice": "ansi_blue",
    "choice-ink": "ansi_bright_white",
    "choice-help": "transparent",
    "hit": "ansi_bright_yellow",
    "lit": "ansi_cyan",
    "kept": "ansi_default",
    "kept-yellow": "ansi_bright_yellow",
    "kept-green": "ansi_bright_green",
    "kept-blue": "ansi_blue",
    "kept-red": "ansi_default",
    "pill": "ansi_default",
    "pill-style": "reverse",
    "strip": "ansi_default",
    "quoted": "ansi_default",
    "quoted-style": "italic",
    "headline": "ansi_default",
}
"""The colours of a theme that uses the terminal's own sixteen, on a dark ground and a light one.

On no red is there text with enough contrast, so what is kept in red is underlined and has a letter.
"""

ANSI_INKS = {
    True: {
        "focus": "ansi_cyan",
        "code": "ansi_cyan",
        "anchor": "ansi_cyan",
        "mark": "ansi_cyan",
        "quote-bar": "ansi_green",
        "problem": "ansi_bright_red",
        "notice": "ansi_bright_yellow",
        "addition": "ansi_green",
        "speaker-1": "ansi_cyan",
        "speaker-2": "ansi_bright_magenta",
        "speaker-3": "ansi_green",
        "speaker-4": "ansi_bright_yellow",
        "speaker-5": "ansi_bright_red",
        "speaker-6": "ansi_bright_white",
    },
    False: {
        "focus": "ansi_blue",
        "code": "ansi_blue",
        "anchor": "ansi_blue",
        "mark": "ansi_blue",
        "quote-bar": "ansi_magenta",
        "problem": "ansi_red",
        "notice": "ansi_red",
        "addition": "ansi_blue",
        "speaker-1": "ansi_blue",
        "speaker-2": "ansi_magenta",
        "speaker-3": "ansi_red",
        "speaker-4": "ansi_bright_blue",
        "speaker-5": "ansi_black",
        "speaker-6": "ansi_magenta",
    },
}
"""The colours of text and lines on a dark ground (True) and on a light one.

They are those of the sixteen that can be read there with the colours of xterm and of the VGA.
"""

STYLES = {
    "dim-style": "none",
    "sentence-style": "none",
    "item-style": "none",
    "pill-style": "none",
    "quoted-style": "none",
}
"""Attributes of text that a theme with colours of its own can do without."""


def palette(theme: Mapping[str, str], *, ansi: bool, dark: bool = True) -> dict[str, str]:
    """Return the variables of the stylesheet that depend on the theme, by name.

    A theme may set any of them itself. Whatever the theme, text has the contrast `TEXT` on each
    ground that it can be on, quieter text `DIM`, and frames `FRAME`.

    Args:
        theme: The theme's own variables, such as "background", "foreground" and "primary".
        ansi: Whether the theme uses the terminal's own colours, which cannot be changed.
        dark: Whether the ground of such a theme is dark.
    """
    if ansi:
        colours = {**ANSI, **ANSI_INKS[dark]}
        return {name: theme.get(name, colour) for name, colour in colours.items()}
    own = _Colours(theme)
    page = own.get("page", "background")
    ink = own.get("ink", "foreground")
    if contrast(ink, page) < ROOM:
        ink = legible(ink, [page], ROOM)
    grounds = {
        name: _ground(own, name, usual, share, page=page, ink=ink)
        for name, (usual, share) in TINTS.items()
    }
    below_text = [page, *grounds.values()]
    below_names = [page, *(grounds[name] for name in ("item", "item-focus", "strip", "sentence"))]
    found = {"page": page, "ink": ink, **grounds}
    found["dim"] = legible(own.get("dim", ink.blend(page, 0.35, 1)), below_names, DIM)
    found["caption"] = legible(found["dim"], below_text, DIM)
    found["frame"] = legible(own.get("frame", ink.blend(page, 0.6, 1)), [page], FRAME)
    found["focus"] = legible(own.get("focus", "primary"), [page, grounds["strip"]], DIM)
    for name, (usual, least) in INKS.items():
        below = below_text if least == TEXT else below_names
        found[name] = legible(own.get(name, usual), below, least)
    for name, hue in SPEAKERS:
        found[name] = legible(own.get(name, Color.parse(hue)), below_names, DIM)
    veil = f"{page.hex} 60%"
    found |= {"choice": grounds["item-focus"], "choice-ink": ink, "choice-help": found["dim"]}
    return {**STYLES, "veil": veil, **{name: colour.hex for name, colour in found.items()}}


FOR_TEXTUAL = {
    "text-success": "addition",
    "text-warning": "notice",
    "text-error": "problem",
    "background": "page",
    "foreground": "ink",
    "text": "ink",
    "text-muted": "dim",
    "text-disabled": "dim",
    "foreground-muted": "dim",
    "foreground-disabled": "dim",
    "border": "focus",
    "border-blurred": "frame",
    "scrollbar": "frame",
    "scrollbar-hover": "focus",
    "scrollbar-active": "focus",
    "scrollbar-background": "page",
    "scrollbar-background-hover": "page",
    "scrollbar-background-active": "page",
    "scrollbar-corner-color": "page",
}
"""Textual's own variables, and which colour of the palette each gets."""

FOR_CURSORS = {
    "input-cursor-background": "ink",
    "input-cursor-foreground": "page",
    "input-selection-background": "sentence",
    "input-selection-foreground": "ink",
    "block-cursor-background": "item-focus",
    "block-cursor-foreground": "ink",
    "block-cursor-blurred-background": "item-focus",
    "block-cursor-blurred-foreground": "ink",
}
"""Those of cursors, which a theme with the terminal's own colours keeps as they are."""


def stylesheet_variables(
    theme: Mapping[str, str], *, ansi: bool, dark: bool = True
) -> dict[str, str]:
    """Return the palette of a theme, and Textual's variables that follow from it.

    The arguments are those of `palette`.
    """
    return dict(_stylesheet_variables(tuple(theme.items()), ansi, dark))


@lru_cache(maxsize=4)
def _stylesheet_variables(
    theme: tuple[tuple[str, str], ...], ansi: bool, dark: bool
) -> dict[str, str]:
    found = palette(dict(theme), ansi=ansi, dark=dark)
    theirs = FOR_TEXTUAL if ansi else FOR_TEXTUAL | FOR_CURSORS
    return {**found, **{name: found[ours] for name, ours in theirs.items()}}


class _Colours:
    """The colours of a theme's variables."""

    def __init__(self, theme: Mapping[str, str]) -> None:
        self._theme = theme

    def get(self, name: str, usual: str | Color) -> Color:
        """Return the colour under a name; else `usual`, a colour or the name of a variable."""
        value = self._theme.get(name)
        if value is None and isinstance(usual, Color):
            return usual
        if value is None:
            value = self._theme.get(str(usual), "#808080")
        try:
            parsed = Color.parse(value)
            return Color(parsed.r, parsed.g, parsed.b)
        except ColorParseError:
            return usual if isinstance(usual, Color) else Color.parse("#808080")


def _ground(
    own: _Colours, name: str, usual: str, share: float, *, page: Color, ink: Color
) -> Color:
    """Return a ground below text: the theme's own if it has one, else the page with a tint."""
    wanted = own.get(name, page.blend(own.get(usual, usual), share, 1))
    return tint(page, wanted, 1.0, ink, TEXT + 0.5)
