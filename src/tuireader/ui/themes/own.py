"""The program's own two themes, made for long reading."""

from textual.theme import Theme

DARK, LIGHT = "tuireader-dark", "tuireader-light"
"""The names of the themes."""


def own_themes() -> tuple[Theme, Theme]:
    """Return the dark theme and the light one.

    The grounds are neither black nor white, because the highest contrasts tire the eyes over a
    long text; the text still has a contrast of more than 12.
    """
    return _dark(), _light()


def _dark() -> Theme:
    return Theme(
        name=DARK,
        dark=True,
        primary="#7fb0ff",
        secondary="#a5d67b",
        accent="#f2d39a",
        warning="#e0b64c",
        error="#ff8f8f",
        success="#a5d67b",
        foreground="#d5d9e0",
        background="#14171c",
        surface="#191d24",
        panel="#1f242d",
        variables={
            "dim": "#9aa3b3",
            "frame": "#6a768b",
            "focus": "#7fb0ff",
            "headline": "#f2d39a",
            "code": "#a9d6d0",
            "anchor": "#a8c8ff",
            "sentence": "#232c3c",
            "item": "#1f2530",
            "item-focus": "#263248",
            "hit": "#5a4a14",
            "lit": "#3c3556",
            "kept": "#322d1f",
            "kept-yellow": "#453a12",
            "kept-green": "#233d22",
            "kept-blue": "#1f3a5c",
            "kept-red": "#4d2628",
            "pill": "#2b3443",
            "strip": "#1f242d",
        },
    )


def _light() -> Theme:
    return Theme(
        name=LIGHT,
        dark=False,
        primary="#1d5fc4",
        secondary="#38700f",
        accent="#7a4b00",
        warning="#8a5a00",
        error="#b3263c",
        success="#38700f",
        foreground="#24272d",
        background="#fbfaf7",
        surface="#f4f2ec",
        panel="#ebe8e0",
        variables={
            "dim": "#585e69",
            "frame": "#7d838e",
            "focus": "#1d5fc4",
            "headline": "#6b4200",
            "code": "#1d5a54",
            "anchor": "#174d9f",
            "sentence": "#e6edf8",
            "item": "#efede6",
            "item-focus": "#dfe8f8",
            "hit": "#ffe08a",
            "lit": "#e8defa",
            "kept": "#f8efd6",
            "kept-yellow": "#fbe9a6",
            "kept-green": "#d9efc8",
            "kept-blue": "#d2e4fb",
            "kept-red": "#fbdcda",
            "pill": "#e4e0d5",
            "strip": "#ebe8e0",
        },
    )
