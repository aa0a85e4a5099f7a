"""Notes are exported from the screen to a file that the reader names."""

import json
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, Static
from ui.pilot_reader import Reader, Start

from tuireader.exporters.note_formats import NOTE_FORMATS, NoteFormat
from tuireader.notebook.notebook import FILE
from tuireader.paths import AppPaths
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.export import ExportScreen
from tuireader.ui.screens.notes import NotesScreen

MARKDOWN, JSONL = (
    next(each for each in NOTE_FORMATS if each.name == name) for name in ("markdown", "jsonl")
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder, which is the current one too."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)
    return folder


async def asked(reader: Reader, kind: NoteFormat = MARKDOWN, typed: Path | str = "") -> Input:
    """The line of the dialog, a passage kept before; `typed` stands in it if it is given."""
    if not reader.words():
        await reader.press("alt+2", "b")
    reader.app.export(kind)
    await reader.until(ExportScreen)
    line = reader.app.screen.query_one(Input)
    if typed:
        line.value = str(typed)
        await reader.pilot.pause()
    return line


def told(reader: Reader) -> str:
    """What the dialog says below the line."""
    return str(reader.app.screen.query_one(".told", Static).content)


async def test_the_file_is_proposed_with_its_whole_path_and_written_on_enter(
    start: Start, home: Path
) -> None:
    async with start() as reader:
        line = await asked(reader, JSONL)
        path = Path(line.value)
        assert path.parent == home
        assert list(home.iterdir()) == []
        await reader.press("enter")
        assert list(home.iterdir()) == [path]
        [record] = map(json.loads, (home / path.name).read_text(encoding="utf-8").splitlines())
        assert record["text"] == reader.words()[0]
        [message] = reader.app._notifications
        assert message.message == f"Exported 1 bookmark to {path}."


async def test_the_current_folder_is_not_proposed_in_the_library(
    start: Start, home: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles)
    async with start() as reader:
        line = await asked(reader)
        assert Path(line.value).parent == home


async def test_the_folder_is_remembered(start: Start, home: Path) -> None:
    (home / "kept").mkdir()
    async with start() as reader:
        await asked(reader, typed=home / "kept" / "mine.md")
        await reader.press("enter")
        assert (home / "kept" / "mine.md").exists()
    async with start() as reader:
        line = await asked(reader)
        assert Path(line.value).parent == home / "kept"


async def test_the_reader_leaves_and_nothing_is_written(start: Start, home: Path) -> None:
    async with start() as reader:
        await asked(reader)
        await reader.press("escape")
        assert isinstance(reader.app.screen, ReaderScreen)
        assert list(home.iterdir()) == []


async def test_a_file_is_replaced_only_when_the_reader_says_so(start: Start, home: Path) -> None:
    mine = home / "mine.md"
    mine.write_text("my own words")
    async with start() as reader:
        await asked(reader, typed="~/mine.md")
        await reader.press("ctrl+y")
        assert mine.read_text() == "my own words"
        await reader.press("enter", "enter", "enter")
        assert mine.read_text() == "my own words"
        assert f"{mine} exists already" in told(reader)
        await reader.press("2")
        await reader.press("backspace", "ctrl+y")
        assert mine.read_text() == "my own words"
        await reader.press("enter", "ctrl+y")
        assert reader.words()[0] in mine.read_text(encoding="utf-8")
        assert isinstance(reader.app.screen, ReaderScreen)


async def test_a_missing_folder_is_made_only_when_the_reader_says_so(
    start: Start, home: Path
) -> None:
    async with start() as reader:
        line = await asked(reader, typed="~/new/deep/mine.md")
        await reader.press("enter")
        assert f"No such folder: {home}/new/deep" in told(reader)
        assert line.value == "~/new/deep/mine.md"
        assert not (home / "new").exists()
        await reader.press("ctrl+y")
        assert (home / "new" / "deep" / "mine.md").exists()


async def test_what_was_typed_stays_when_the_file_cannot_be_written(
    start: Start, home: Path
) -> None:
    (home / "file").touch()
    async with start() as reader:
        line = await asked(reader, typed="~/file/mine.md")
        await reader.press("enter", "ctrl+y")
        assert "The notes could not be written" in told(reader)
        assert line.value == "~/file/mine.md"
        line.value = "~/mine.md"
        await reader.press("enter")
        assert (home / "mine.md").exists()


async def test_the_notebook_is_never_replaced_by_an_export_of_it(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        journal = folders.data / FILE
        await asked(reader, typed=journal)
        before = journal.read_bytes()
        await reader.press("enter", "ctrl+y")
        assert "is a notebook of tuireader" in told(reader)
        assert journal.read_bytes() == before


async def test_tab_completes_the_path(start: Start, home: Path) -> None:
    (home / "notes of spring").mkdir()
    (home / "notes of spring" / "a.md").touch()
    (home / "notes of spring" / "b.md").touch()
    async with start() as reader:
        line = await asked(reader, typed="~/no")
        await reader.press("tab", "tab")
        assert line.value == "~/notes of spring/"
        assert "a.md  b.md" in told(reader)
        await reader.press("c", "enter")
        assert (home / "notes of spring" / "c").exists()


async def test_two_enters_in_one_write_are_one_answer(start: Start, home: Path) -> None:
    async with start() as reader:
        await asked(reader)
        await reader.pilot.press("enter", "enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert len(list(home.iterdir())) == 1


@pytest.mark.usefixtures("home")
async def test_the_palette_exports_from_the_list_of_notes(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+2", "b")
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.press("ctrl+p")
        await reader.until(CommandPalette)
        names = [
            command.title for command in reader.app.get_system_commands(reader.app.screen_stack[1])
        ]
        exports = [name for name in names if name.startswith("Export notes")]
        assert exports == [f"Export notes as {each.title}" for each in NOTE_FORMATS]


@pytest.mark.usefixtures("home")
async def test_without_notes_nothing_is_asked(start: Start) -> None:
    async with start() as reader:
        reader.app.export(MARKDOWN)
        await reader.settle()
        assert isinstance(reader.app.screen, ReaderScreen)
        assert [note.message for note in reader.app._notifications] == ["No notes to export yet"]
