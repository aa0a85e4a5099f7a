"""The contrasts of what is on the screen, in every theme that is offered."""

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from ui.pilot_reader import Reader, Start

from tuireader.ui.themes.contrast import DIM, FRAME, TEXT, contrast
from tuireader.ui.themes.own import own_themes
from tuireader.ui.themes.palette import SPEAKERS, palette

LINES = set("─│╭╮╰╯━┃┏┓┗┛█┗┛▏▎▌")
QUIET = (
    *("faint", "frame-counts", "source", "caption", "strong", "frame-title", "problem"),
    *(name for name, _ in SPEAKERS),
)
"""The styles of names, dates and the like."""

FLOORS = {"text": TEXT, "quiet": DIM, "lines": FRAME}
"""The least contrasts of what is drawn."""

THEMES = [theme.name for theme in (*own_themes(), *BUILTIN_THEMES.values()) if not theme.ansi]


def seen(colour: RichColor | None) -> Color:
    assert colour is not None
    assert colour.triplet is not None
    return Color(*colour.triplet)


def contrasts(reader: Reader) -> dict[str, tuple[float, str]]:
    """The least contrast of text, quiet text and lines in the cells on the screen."""
    styles = reader.app.theme_styles
    quiet = {
        styles.style(name, ground, focused=focused).color
        for name in QUIET
        for ground in ("page", "status")
        for focused in (True, False)
    }
    least: dict[str, tuple[float, str]] = dict.fromkeys(FLOORS, (21.0, ""))
    for strip in reader.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.text.strip():
                kind, found = contrast_of(segment, quiet)
                least[kind] = min(least[kind], (found, f"{segment.text!r} {segment.style}"))
    return least


def contrast_of(segment: Segment, quiet: set[RichColor | None]) -> tuple[str, float]:
    style = segment.style
    assert style is not None
    found = contrast(seen(style.color), seen(style.bgcolor))
    if not set(segment.text.strip()) - LINES:
        return "lines", found
    return ("quiet" if style.color in quiet else "text"), found


@pytest.mark.parametrize("theme", THEMES)
async def test_all_that_is_on_the_screen_can_be_read(start: Start, theme: str) -> None:
    async with start() as reader:
        reader.app.theme = theme
        await reader.settle()
        await reader.press("j", "b", "c", "}", "b", "c", "c", "}", "slash", *"the", "enter")
        for pane in ("alt+2", "alt+1", "alt+3"):
            await reader.press(pane)
            for kind, (found, where) in contrasts(reader).items():
                assert found >= FLOORS[kind], f"{kind}: {where}"


def test_the_grounds_of_a_theme_leave_the_text_its_contrast() -> None:
    for theme in (*own_themes(), *BUILTIN_THEMES.values()):
        if theme.ansi:
            continue
        variables = theme.to_color_system().generate() | theme.variables
        found = palette(variables, ansi=False)
        for name in ("sentence", "item", "item-focus", "hit", "lit", "kept", "kept-red", "pill"):
            assert contrast(Color.parse(found["ink"]), Color.parse(found[name])) >= TEXT, name


def test_a_theme_of_the_terminals_own_colours_names_no_others() -> None:
    found = palette({"background": "ansi_default"}, ansi=True)
    assert {value.partition("_")[0] for value in found.values()} <= {
        "ansi",
        "bold",
        "dim",
        "italic",
        "reverse",
    }
