"""The theme that suits the terminal, and the reader's choice, from the palette and by command."""

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.settings import load_settings
from tuireader.ui.terminal.ground import GroundTold


async def tell(reader: Reader, *, is_light: bool, in_time: bool = True) -> None:
    reader.app.post_message(GroundTold(is_light, in_time))
    await reader.settle()


def kept(reader: Reader) -> str:
    return load_settings(reader.desk.settings_file).theme


async def test_the_theme_follows_the_background_that_the_terminal_tells(start: Start) -> None:
    async with start() as reader:
        assert reader.app.theme == "tuireader-dark"
        await tell(reader, is_light=True)
        assert reader.app.theme == "tuireader-light"
        assert kept(reader) == "auto"
        await reader.pilot.press("ctrl+q")
    async with start() as reader:
        assert reader.app.theme == "tuireader-light"
        await tell(reader, is_light=False)
        assert reader.app.theme == "tuireader-dark"


async def test_a_late_answer_is_for_the_next_start(start: Start) -> None:
    async with start() as reader:
        await tell(reader, is_light=True, in_time=False)
        assert reader.app.theme == "tuireader-dark"
        await reader.pilot.press("ctrl+q")
    async with start() as reader:
        assert reader.app.theme == "tuireader-light"


async def test_a_theme_that_was_chosen_stays_until_auto_is_chosen_again(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", "0;15")
    async with start() as reader:
        assert reader.app.theme == "tuireader-light"
        await reader.press("ctrl+p", *"theme", "enter", *"nord", "enter")
        assert (reader.app.theme, kept(reader)) == ("nord", "nord")
        await tell(reader, is_light=False)
        assert reader.app.theme == "nord"
    async with start() as reader:
        assert reader.app.theme == "nord"
        await reader.press("ctrl+p", *"theme", "enter", "enter")
        assert (reader.app.theme, kept(reader)) == ("tuireader-light", "auto")


async def test_the_command_line_and_the_settings_know_auto(start: Start) -> None:
    async with start() as reader:
        for name, shown in (("dracula", "dracula"), ("auto", "tuireader-dark")):
            await reader.press("colon", *"set", "space", *"theme", "space", *name, "enter")
            assert (reader.app.theme, kept(reader)) == (shown, name)
