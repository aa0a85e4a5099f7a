"""The trash: what was thrown away is seen, taken back, and dropped only when that is confirmed."""

from textual.widgets import Input
from ui.pilot_reader import Reader, Start

from tuireader.ui.screens.dialogs import QuestionScreen
from tuireader.ui.screens.notes import NotesScreen, TrashScreen


async def with_two_in_the_trash(reader: Reader) -> None:
    await reader.press("alt+2", "g", "g", "right_curly_bracket", "right_curly_bracket", "b", "x")
    await reader.press("right_parenthesis", "b", "x")
    await reader.pilot.press("B")
    await reader.until(NotesScreen)
    await reader.pilot.press("X")
    await reader.until(TrashScreen)


async def test_what_was_thrown_away_is_taken_back(start: Start) -> None:
    async with start() as reader:
        await with_two_in_the_trash(reader)
        newest = reader.desk.notebook.trash.all()[0].words
        await reader.press("b")
        assert reader.words() == [newest]
        assert len(reader.desk.notebook.trash.all()) == 1
        await reader.press("u")
        assert len(reader.desk.notebook.trash.all()) == 2
        await reader.press("A")
        assert reader.desk.notebook.trash.all() == ()
        assert "The trash is empty." in "\n".join(reader.rows())


async def test_the_trash_is_emptied_when_that_is_confirmed_and_undo_brings_it_back(
    start: Start,
) -> None:
    async with start() as reader:
        await with_two_in_the_trash(reader)
        await reader.pilot.press("g", "x")
        await reader.until(QuestionScreen)
        await reader.pilot.press("escape")
        await reader.until(TrashScreen)
        await reader.settle()
        assert len(reader.desk.notebook.trash.all()) == 2
        await reader.pilot.press("g", "x")
        await reader.until(QuestionScreen)
        reader.app.screen.query_one(Input).value = "yes"
        await reader.pilot.press("enter")
        await reader.until(TrashScreen)
        await reader.settle()
        assert reader.desk.notebook.trash.all() == ()
        assert reader.desk.notebook.tables()["bookmarks"] == {}
        await reader.press("u")
        assert len(reader.desk.notebook.trash.all()) == 2


async def test_the_trash_is_left_for_the_notes(start: Start) -> None:
    async with start() as reader:
        await with_two_in_the_trash(reader)
        await reader.pilot.press("escape")
        await reader.until(NotesScreen)
