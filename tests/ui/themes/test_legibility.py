"""The contrasts of what is on the screen, in every theme that is offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input
from ui.pilot_reader import Reader, Start

from tuireader.ui.screens.export import ExportScreen
from tuireader.ui.themes.contrast import DIM, FRAME, TEXT, contrast
from tuireader.ui.themes.own import own_themes
from tuireader.ui.themes.palette import SPEAKERS

LINES = set("─━│┃╭╮╰╯┏┓┗┛▏▎▍▌▋▊▉█▐▁▂▃▄▅▆▇▔▀")
QUIET_STYLES = (
    *("faint", "frame-counts", "source", "caption", "strong", "frame-title", "problem"),
    *(name for name, _ in SPEAKERS),
)
"""The styles of names, dates and the like."""

QUIET_VARIABLES = ("dim", "caption", "problem", "notice", "addition")
"""The colours of hints and errors in dialogs."""

FLOORS = {"text": TEXT, "quiet": DIM, "lines": FRAME}
"""The least contrasts of what is drawn."""

XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
VGA = (
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
"""The terminal's own sixteen colours, in xterm and on the VGA (the Linux console)."""


@dataclass(frozen=True)
class Terminal:
    """The colours of a terminal, and how much of the colour of dim text is left."""

    sixteen: tuple[Color, ...]
    dark: bool
    dimmed: float = 2 / 3

    @classmethod
    def of(cls, colours: str, *, dark: bool) -> "Terminal":
        return cls(tuple(Color.parse(f"#{each}") for each in colours.split()), dark)

    def colours(self, style: Style) -> tuple[Color, Color]:
        """The colours of the text and of the ground, as the terminal shows a style."""
        usual = (7, 0) if self.dark else (0, 15)
        ink, ground = (
            self._seen(colour, self.sixteen[number])
            for colour, number in zip((style.color, style.bgcolor), usual, strict=True)
        )
        if style.dim:
            ink = ground.blend(ink, self.dimmed, 1)
        return ink, ground

    def _seen(self, colour: RichColor | None, usual: Color) -> Color:
        if colour is None or colour.type is ColorType.DEFAULT:
            return usual
        if colour.triplet is not None:
            return Color(*colour.triplet)
        assert colour.number is not None
        return self.sixteen[colour.number]


def drawn(reader: Reader, region: Region) -> Iterator[Segment]:
    """The segments in a region of the screen that are not blank."""
    strips = reader.app.screen._compositor.render_strips()
    for strip in strips[region.y : region.bottom]:
        yield from (each for each in strip.crop(region.x, region.right) if each.text.strip())


def quiet_looks(reader: Reader) -> set[object]:
    """The colours of quiet text; a dim style is quiet, too."""
    styles, variables = reader.app.theme_styles, reader.app.get_css_variables()
    grounds = ("page", "status")
    named = {
        styles.style(name, ground, focused=focused).color
        for name in QUIET_STYLES
        for ground in grounds
        for focused in (True, False)
    }
    if reader.app.current_theme.ansi:  # the default colour is that of the text
        named = {colour for colour in named if colour and not colour.is_default}
    found = {Color.parse(variables[name]).rich_color for name in QUIET_VARIABLES}
    return {*named, *(colour for colour in found if not colour.is_default)}


def faults(reader: Reader, terminal: Terminal, region: Region) -> list[str]:
    """What has too little contrast in a region of the screen."""
    quiet = quiet_looks(reader)
    found = []
    for segment in drawn(reader, region):
        style = segment.style or Style.null()
        kind = "quiet" if style.color in quiet or style.dim else "text"
        if not set(segment.text.strip()) - LINES:
            kind = "lines"
        seen = contrast(*terminal.colours(style))
        if seen < FLOORS[kind]:
            found.append(f"{reader.app.theme}: {kind} {seen:.1f} {segment.text!r} {style}")
    return found


OFFERED = [*own_themes(), *BUILTIN_THEMES.values()]
SHOWN = (
    *((theme, XTERM, "xterm-256color") for theme in OFFERED),
    *((theme, VGA, "linux") for theme in OFFERED if theme.ansi),
)
"""The themes, each with the sixteen colours and the name (TERM) of a terminal."""


async def all_faults(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, over: str = "Screen"
) -> list[str]:
    """What has too little contrast in any theme, in the widgets that `over` selects.

    What is behind a dialog is meant to fade.
    """
    found = []
    screen = reader.app.screen
    for theme, sixteen, term in SHOWN:
        monkeypatch.setenv("TERM", term)
        reader.app.theme = theme.name
        await reader.pilot.pause()
        regions = [screen.region] if over == "Screen" else [w.region for w in screen.query(over)]
        assert regions
        for region in regions:
            found += faults(reader, Terminal.of(sixteen, dark=theme.dark), region)
    monkeypatch.setenv("TERM", "xterm-256color")
    return found


@pytest.mark.parametrize("pane", ["alt+2", "alt+1", "alt+3"])
async def test_all_that_is_in_the_panes_can_be_read(
    start: Start, pane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        await reader.press("j", "b", "c", "}", "b", "c", "c", "}", "b", "c", "c", "c", "}", "b")
        await reader.press("c", "c", "c", "c", "slash", *"the", "enter", pane)
        assert await all_faults(reader, monkeypatch) == []


DIALOGS = (
    (("question_mark",), "HelpScreen > Vertical"),
    (("a", *"Why now"), "NoteEditorScreen > Vertical"),
    (("g", "s"), "OptionScreen > Vertical"),
    (("alt+3", "Q"), "NameChoiceScreen > Vertical"),
    (("slash",), "PromptLine"),
)


async def test_all_that_is_in_dialogs_can_be_read(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        await reader.press("alt+2", "j")
        for keys, over in DIALOGS:
            await reader.press(*keys)
            assert await all_faults(reader, monkeypatch, over) == []
            await reader.press("escape")


async def test_the_palette_can_be_read(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as reader:
        for theme, sixteen, term in SHOWN:
            monkeypatch.setenv("TERM", term)
            reader.app.theme = theme.name
            await reader.press("ctrl+p")
            region = reader.app.screen.query_one("#--container").region
            assert faults(reader, Terminal.of(sixteen, dark=theme.dark), region) == []
            # What Enter would choose is on another ground than the rest.
            grounds = [each.style.bgcolor for each in drawn(reader, region) if each.style]
            assert len(set(grounds)) > 2 - theme.ansi
            await reader.press("escape")


async def test_messages_of_all_kinds_can_be_read(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        reader.app.notify("It is done.", title="Done")
        reader.app.notify("It is odd.", title="Odd", severity="warning")
        reader.app.notify("It failed.", title="Failed", severity="error")
        await reader.settle()
        assert await all_faults(reader, monkeypatch, "Toast") == []


async def test_what_an_export_asks_can_be_read(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        await reader.press("alt+2", "b", "E", "enter")
        screen = await reader.until(ExportScreen)
        screen.query_one(Input).value = str(tmp_path / "none" / "notes.md")
        await reader.press("enter")
        assert await all_faults(reader, monkeypatch, "ExportScreen > Vertical") == []


SCREENS = (("B",), ("S",), ("g", "slash", *"sea"), ("backslash", "r"))


async def test_all_that_is_on_the_other_screens_can_be_read(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        await reader.press("alt+2", "j", "b", "c")
        for keys in SCREENS:
            await reader.press(*keys)
            assert await all_faults(reader, monkeypatch) == []
            await reader.press("escape")
