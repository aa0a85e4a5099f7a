"""The themes that can be chosen: Textual's, ours, and those of the reader."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App
from textual.theme import BUILTIN_THEMES

from tuireader.layout.border import has_box_drawing
from tuireader.ui.themes.automatic import AUTOMATIC
from tuireader.ui.themes.borders import border_kinds
from tuireader.ui.themes.own import own_themes
from tuireader.ui.themes.palette import stylesheet_variables


def theme_names() -> list[str]:
    """Return the names of the themes that are not the reader's, sorted."""
    return sorted({AUTOMATIC, *BUILTIN_THEMES, *(theme.name for theme in own_themes())})


def register_themes(app: App[Any], folder: Path) -> list[str]:
    """Add our own themes to an application, and those of the reader in a folder.

    The folder need not exist. Returns a sentence for each theme in it that cannot be used.
    """
    for theme in own_themes():
        app.register_theme(theme)
    if not folder.is_dir():
        return []
    from tuireader.ui.themes.files import load_themes  # noqa: PLC0415 - few have a theme

    themes, faults = load_themes(folder, app.available_themes)
    for theme in themes:
        app.register_theme(theme)
    return faults


def legible_variables(
    app: App[Any], variables: Mapping[str, str], *, accessible: bool
) -> dict[str, str]:
    """Return the variables of an application's stylesheets, with legible colours.

    `variables` are those of its theme; `accessible` is whether the screen is for a screen reader.
    """
    kinds = border_kinds(os.environ, accessible=accessible)
    if app.no_color:
        kinds["quoted-style"] = "italic"
    theme = app.current_theme
    if theme.ansi and not has_box_drawing(os.environ):
        kinds["dim-style"] = "none"  # such a terminal draws dim text in its darkest grey
    colours = stylesheet_variables(variables, ansi=theme.ansi, dark=theme.dark)
    return {**variables, **colours, **kinds}
