"""The colours that follow from a theme."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tuireader.ui.themes.contrast import TEXT, contrast
from tuireader.ui.themes.own import own_themes
from tuireader.ui.themes.palette import palette


def test_the_grounds_of_a_theme_leave_the_text_its_contrast() -> None:
    for theme in (*own_themes(), *BUILTIN_THEMES.values()):
        if theme.ansi:
            continue
        variables = theme.to_color_system().generate() | theme.variables
        found = palette(variables, ansi=False)
        for name in ("sentence", "item", "item-focus", "hit", "lit", "kept", "kept-red", "pill"):
            assert contrast(Color.parse(found["ink"]), Color.parse(found[name])) >= TEXT, name


@pytest.mark.parametrize("dark", [True, False])
def test_a_theme_of_the_terminals_own_colours_names_no_others(dark: bool) -> None:
    found = palette({"background": "ansi_default"}, ansi=True, dark=dark)
    assert {word.partition("_")[0] for value in found.values() for word in value.split()} <= {
        "ansi",
        "bold",
        "dim",
        "italic",
        "reverse",
        "transparent",
    }
