"""Who knows vim, less, emacs or newsboat reads, finds, keeps and quits without a wrong key."""

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.paths import AppPaths
from tuireader.ui.screens.help import HelpScreen
from tuireader.ui.screens.note_editor import NoteEditorScreen


def at_cursor(reader: Reader) -> str:
    text = reader.screen.text
    return text.viewport.text[text.cursor.offset :]


async def test_hands_from_vim_do_what_readers_do(start: Start) -> None:
    async with start(size=(80, 16)) as reader:
        await reader.press("alt+1", "j", "k", "l")  # open
        assert reader.screen.text.has_focus
        top = at_cursor(reader)
        for forth, back in (
            ("ctrl+d", "ctrl+u"),
            ("space", "ctrl+b"),
            ("G", "g,g"),
            ("3,j", "3,k"),
        ):
            await reader.press(*forth.split(","))
            assert at_cursor(reader) != top
            await reader.press(*back.split(","))
            assert at_cursor(reader) == top
        await reader.press("slash", *"nobody", "enter", "n")  # find
        assert at_cursor(reader).startswith("Nobody at all")
        await reader.press("N")
        assert at_cursor(reader).startswith("Nobody asked")
        await reader.press("m", "a", "g", "g", "apostrophe", "a")  # go to a mark
        assert at_cursor(reader).startswith("Nobody asked")
        await reader.press("ctrl+o")
        assert at_cursor(reader) == top
        await reader.press("alt+right")
        await reader.press(*"vip", "b")  # select a paragraph, and bookmark it
        [kept] = reader.words()
        assert kept.startswith("“Nobody asked us,”")
        assert kept.endswith("he added.")
        await reader.press("left_curly_bracket", "left_curly_bracket", "a")  # write a note
        await reader.until(NoteEditorScreen)
        await reader.press(*"why", "escape", "colon", *"wq", "enter")
        assert sorted(mark.note for mark in reader.desk.notebook.bookmarks.all()) == ["", "why"]
        assert reader.app.is_running
        await reader.press("colon", "q", "enter")
        assert not reader.app.is_running


PLAYED = {
    "vim": ("ctrl+d", "slash", "n", "b", "question_mark", "q", "Z,Z"),
    "less": ("f", "slash", "n", "B", "h", "q", "colon,q,enter"),
    "emacs": ("ctrl+v", "ctrl+s", "n", "b", "ctrl+h", "ctrl+g", "ctrl+x,ctrl+c"),
    "newsboat": ("space", "slash", "ctrl+n", "ctrl+b", "question_mark", "q", "Q"),
}
"""For each preset the keys that page, find, go to the next match, keep, help, close and quit."""


@pytest.mark.parametrize("preset", PLAYED)
async def test_a_preset_pages_finds_keeps_helps_and_quits(
    start: Start, folders: AppPaths, preset: str
) -> None:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text(f'[keys]\npreset = "{preset}"\n', encoding="utf-8")
    page, find, following, keep, help_, close, quit_ = PLAYED[preset]
    async with start(size=(80, 16)) as reader:
        assert not reader.app._notifications
        await reader.press("alt+2")
        top = at_cursor(reader)
        await reader.press(page)
        assert at_cursor(reader) != top
        await reader.press(find, *"nobody", "enter", following)
        assert at_cursor(reader).startswith("Nobody at all")
        await reader.press(keep)
        assert len(reader.words()) == 1
        await reader.press(help_)
        await reader.until(HelpScreen)
        await reader.press(close)
        assert len(reader.app.screen_stack) == 1
        await reader.press(*quit_.split(","))
        assert not reader.app.is_running


async def test_enter_goes_a_line_down_as_in_vim_and_less(start: Start) -> None:
    async with start(size=(80, 16)) as reader:
        await reader.press("alt+2", "enter", "enter")
        place = at_cursor(reader)
        await reader.press("g", "g", "j", "j")
        assert at_cursor(reader) == place
