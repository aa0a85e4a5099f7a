import asyncio
import os
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette
from ui.pilot_reader import Start

from tuireader.layout.frame import FirstFrame, first_frame
from tuireader.ui.bindings import GROUPS
from tuireader.ui.palette import bindings_on
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.dialogs import QuestionScreen
from tuireader.ui.screens.export import ExportScreen
from tuireader.ui.screens.help import HelpScreen, help_rows, help_table
from tuireader.ui.screens.note_editor import NoteEditorScreen


async def test_the_first_paint_is_what_textual_draws(start: Start) -> None:
    for size in ((120, 40), (80, 24), (50, 12)):
        async with start(size=size) as reader:
            article = reader.article
            frame = first_frame(FirstFrame(article, 0, *size, column=72))
            rows = reader.rows()
            for x, y, words, _ in frame:
                assert y == 0 or rows[y][x : x + len(words)] == words


async def test_the_help_shows_every_key_of_ours_by_group(start: Start) -> None:
    async with start() as reader:
        bindings = [binding for binding, _ in bindings_on(reader.screen)]
        await reader.press("question_mark")
        assert isinstance(reader.app.screen, HelpScreen)
        table = help_table(help_rows(bindings), 200).plain
        for group in GROUPS[:4]:
            assert group.description in table
        for binding in bindings:
            if binding.id and binding.group:
                assert binding.tooltip in table


async def test_every_binding_of_ours_has_what_the_help_and_the_palette_need(start: Start) -> None:
    async with start() as reader:
        for pane in ("alt+1", "alt+2", "alt+3"):
            await reader.press(pane)
            for active in reader.app.screen.active_bindings.values():
                if active.binding.id:
                    assert active.binding.description
                    assert active.binding.tooltip
                    assert active.binding.group in GROUPS


async def test_the_palette_finds_a_command_and_runs_it(start: Start) -> None:
    async with start() as reader:
        await reader.press("ctrl+p")
        assert isinstance(reader.app.screen, CommandPalette)
        await reader.press(*"only this pane")
        await reader.pilot.press("down", "enter")
        await reader.pilot.pause()
        assert not reader.screen.articles.display


async def test_the_theme_is_kept(start: Start) -> None:
    async with start() as reader:
        reader.app.theme = "textual-light"
        await reader.settle()
    async with start() as reader:
        assert reader.app.theme == "textual-light"


async def test_the_terminals_own_sixteen_colours_are_a_theme(start: Start) -> None:
    async with start() as reader:
        reader.app.theme = "ansi-dark"
        await reader.press("j", "b", "c", "v", "l")
        for strip in reader.app.screen._compositor.render_strips():
            for segment in strip:
                if segment.style and segment.style.bgcolor:
                    assert segment.style.bgcolor.triplet is None


async def test_nothing_has_colour_with_no_color(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start() as reader:
        await reader.press("j", "b", "c", "v", "l")
        for strip in reader.app.screen._compositor.render_strips():
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    if colour and colour.triplet:
                        red, green, blue = colour.triplet
                        assert red == green == blue
    os.environ.pop("NO_COLOR", None)


async def test_the_notes_are_written_into_a_file_from_the_palette(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start() as reader:
        await reader.press("b")
        [command] = [
            command
            for command in reader.app.get_system_commands(reader.app.screen)
            if command.title == "Export notes as Markdown"
        ]
        command.callback()
        await reader.until(ExportScreen)
        await reader.press("enter")
        [file] = tmp_path.glob("tuireader-notes-*.md")
        assert "The harbour that would not close" in file.read_text()
        assert [str(file) in note.message for note in reader.app._notifications] == [True]


async def test_the_palette_is_left_before_it_has_looked_for_commands(start: Start) -> None:
    async with start() as reader:
        for turns in (0, 1, 2, 3, 5, 8, 13, 21):
            reader.app.action_command_palette()
            for _ in range(turns):
                await asyncio.sleep(0)
            reader.top(CommandPalette)._action_escape()
            await reader.settle()
            assert reader.app.screen is reader.screen


async def test_a_command_of_the_palette_runs_once_however_often_enter_is_pressed(
    start: Start,
) -> None:
    async with start() as reader:
        await reader.press("ctrl+p")
        await reader.press(*"only this pane")
        await reader.pilot.press("down")
        for _ in range(4):
            reader.app.post_message(events.Key("enter", "\r"))
        await reader.settle()
        assert reader.app.screen is reader.screen
        assert not reader.screen.articles.display


async def test_a_palette_that_is_left_under_a_dialog_leaves_the_dialog_open(start: Start) -> None:
    async with start() as reader:
        await reader.press("ctrl+p")
        palette = reader.top(CommandPalette)
        answers: list[str | None] = []
        reader.app.push_screen(QuestionScreen("Why?"), answers.append)
        await reader.settle()
        palette._action_escape()
        await reader.settle()
        reader.top(QuestionScreen)
        await reader.press("x", "enter")
        assert answers == ["x"]
        assert reader.app.screen is reader.screen


async def test_a_click_on_words_of_a_dialog_that_go_away_is_survived(start: Start) -> None:
    async with start() as reader:
        for turns in range(6):
            await reader.pilot.press("alt+2", "a")
            await reader.until(NoteEditorScreen)
            await reader.pilot.pause()
            words = reader.app.screen.query_one(".words")
            x, y = words.region.offset
            words.remove()
            for _ in range(turns):
                await asyncio.sleep(0)
            for kind in (events.MouseDown, events.MouseUp):
                reader.app.post_message(kind(None, x + 5, y, 0, 0, 1, False, False, False))
            await reader.press("escape")
            await reader.until(ReaderScreen)
