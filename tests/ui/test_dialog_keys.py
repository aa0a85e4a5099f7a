"""The keys of the dialogs, the note editor and the lines are the reader's too."""

from collections.abc import Iterable

import pytest
from textual.widgets import Static
from ui.pilot_reader import Reader, Start

from tuireader.paths import AppPaths
from tuireader.ui.screens.dialogs import QuestionScreen
from tuireader.ui.screens.help import HelpScreen
from tuireader.ui.screens.note_editor import NoteEditorScreen
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.widgets.prompt_line import PromptLine

KEYS = """
[keys.editor]
save = "Ctrl+T"
leave = "Ctrl+G"
[keys.dialog]
cancel = "Ctrl+G"
[keys.prompt]
cancel = "Ctrl+G"
earlier-line = "Ctrl+R"
[keys.help]
back = "X"
[keys.notes]
back = "Z"
"""


@pytest.fixture(autouse=True)
def _settings(folders: AppPaths) -> None:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text(KEYS, encoding="utf-8")


def hints(found: Iterable[Static]) -> str:
    return " ".join(str(each.content) for each in found)


def notes(reader: Reader) -> list[str]:
    return [mark.note for mark in reader.desk.notebook.bookmarks.all()]


def is_back(reader: Reader) -> bool:
    return len(reader.app.screen_stack) == 1


async def test_a_note_is_saved_and_left_by_the_keys_that_were_chosen(start: Start) -> None:
    async with start() as reader:
        assert not reader.app._notifications
        await reader.press("a")
        editor = await reader.until(NoteEditorScreen)
        assert "Ctrl+T saves · Ctrl+G keeps a draft" in hints(editor.query(Static))
        await reader.press(*"first", "ctrl+s", "escape")
        assert not is_back(reader)
        await reader.press("ctrl+t")
        assert notes(reader) == ["first"]
        await reader.press("a")
        await reader.until(NoteEditorScreen)
        await reader.press("!", "ctrl+g")
        assert is_back(reader)
        assert notes(reader) == ["first"]


async def test_a_question_is_left_and_its_hint_says_by_which_key(start: Start) -> None:
    async with start() as reader:
        await reader.press("b", "t")
        question = await reader.until(QuestionScreen)
        assert "Enter accepts · Ctrl+G cancels" in hints(question.query(Static))
        await reader.press("ctrl+g")
        assert is_back(reader)


async def test_the_line_for_words_and_commands_has_chosen_keys(start: Start) -> None:
    async with start() as reader:
        await reader.press("colon", *"bookmark", "enter", "colon", "ctrl+r")
        assert reader.screen.query_one(PromptLine).value == "bookmark"
        await reader.press("ctrl+g")
        assert not reader.screen.query(PromptLine)


async def test_screens_and_the_help_are_left_by_the_keys_chosen_for_them(start: Start) -> None:
    async with start() as reader:
        await reader.press("B")
        await reader.until(NotesScreen)
        await reader.press("q")
        assert not is_back(reader)
        await reader.press("Z")
        assert is_back(reader)
        await reader.press("question_mark")
        await reader.until(HelpScreen)
        await reader.press("slash", *"save the note", "enter")
        assert any("Ctrl+T" in row for row in reader.rows())
        await reader.press("X", "X")  # all keys again, then the text
        assert is_back(reader)
