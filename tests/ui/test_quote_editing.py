"""What went wrong once, each in the words of its report."""

from pathlib import Path
from typing import Any

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.domain.errors import NotebookError
from tuireader.paths import AppPaths
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.note_editor import NoteEditorScreen

FIRST = "Ada Voss said the harbour would stay open."


async def to_first(reader: Reader) -> None:
    reader.screen.session.go_to(reader.screen.text.viewport.text.index(FIRST))
    await reader.settle()


async def test_no_row_is_stale_after_a_change_of_width(start: Start) -> None:
    async with start() as reader:
        for change in (
            *("z", "o", "z", "o", "minus", "plus"),
            *((80, 24), "alt+3", "alt+1", (60, 20), (200, 50)),
        ):
            if isinstance(change, tuple):
                await reader.pilot.resize_terminal(*change)
                await reader.settle()
            else:
                await reader.press(change)
            before = reader.rows()
            reader.screen.text.redraw()
            await reader.pilot.pause()
            assert reader.rows() == before


async def test_a_note_that_cannot_be_saved_stays_in_its_editor(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as reader:
        await to_first(reader)

        def refuse(*_args: Any, **_kinds: Any) -> None:
            raise NotebookError("The disk is full.")

        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        monkeypatch.setattr(type(reader.desk.notebook.bookmarks), "keep", refuse)
        await reader.pilot.press(*"precious", "ctrl+s")
        await reader.pilot.pause()
        assert isinstance(reader.app.screen, NoteEditorScreen)
        assert reader.top(NoteEditorScreen).note == "precious"
        monkeypatch.undo()
        await reader.pilot.press("ctrl+s")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert reader.desk.notebook.bookmarks.all()[0].note == "precious"


async def test_a_draft_on_a_selection_is_marked_and_found_from_its_sentence(start: Start) -> None:
    async with start() as reader:
        await to_first(reader)
        await reader.pilot.press("v", "w", "w", "a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.press(*"later", "escape")
        await reader.until(ReaderScreen)
        await reader.settle()
        await reader.press("escape")
        await to_first(reader)
        assert "▶…" in "".join(reader.rows())
        await reader.pilot.press("a")
        screen = await reader.until(NoteEditorScreen)
        assert screen.note == "later"


async def test_the_place_is_on_the_disk_before_the_program_is_left(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        await to_first(reader)
        place = reader.screen.text.cursor.offset
        reader.screen.progress.save()
        (folders.state / "resume.json").unlink()
    async with start() as reader:
        assert reader.screen.text.cursor.offset == place


async def test_a_passage_whose_file_is_gone_opens_in_the_text_that_was_kept(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await to_first(reader)
        await reader.press("b", "J", "ctrl+q")
    (articles / "1 harbour.txt").unlink()
    async with start() as reader:
        await reader.pilot.press("B")
        await reader.pilot.pause()
        await reader.pilot.press("enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert reader.article.title == "The harbour that would not close"
        assert reader.screen.text.cursor.sentence.of(reader.screen.text.viewport.text) == FIRST
        assert "gone" in reader.screen.status.said


async def test_a_selection_to_the_next_paragraph_ends_before_it(start: Start) -> None:
    async with start() as reader:
        await to_first(reader)
        await reader.press("v", "right_parenthesis")
        text = reader.screen.text
        assert text.selected is not None
        assert text.selected.of(text.viewport.text) == FIRST
        await reader.press("right_curly_bracket", "y")
        assert reader.app.clipboard.endswith("letter.”")


async def test_the_step_to_a_quotation_says_who_said_it(start: Start) -> None:
    async with start(size=(70, 20)) as reader:
        await reader.press("right_square_bracket", "q")
        assert reader.screen.status.said == "Ada Voss · said · direct · by name"


async def test_the_help_comes_first_in_the_narrowest_footer(start: Start) -> None:
    async with start(size=(40, 10)) as reader:
        assert reader.rows()[-1].startswith(" ? Keys")


async def test_a_terminal_that_cannot_be_handed_over_leaves_the_note_to_the_program(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with start() as reader:
        await to_first(reader)
        await reader.pilot.press("e")
        await reader.until(NoteEditorScreen)
        assert list(reader.desk.notebook.drafts.folder.iterdir()) == []


async def test_a_name_is_merged_only_with_another_name(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "Q")
        assert any("(no name)" in row for row in reader.rows())
        await reader.press("escape", "ampersand")
        assert any("is the same person as" in row for row in reader.rows())
        assert not any("(no name)" in row for row in reader.rows())
