import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea
from ui.pilot_reader import Reader, Start

from tuireader.domain.bookmark import Colour
from tuireader.paths import AppPaths
from tuireader.ui.lists.bookmarks import NoteList
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens import notes as notes_screen
from tuireader.ui.screens.dialogs import QuestionScreen
from tuireader.ui.screens.note_editor import NoteEditorScreen
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.widgets.status_line import StatusLine

SECOND = ("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
FIRST_SENTENCE = "Ada Voss said the harbour would stay open."


def selected_words(reader: Reader) -> str:
    text = reader.screen.text
    assert text.selected is not None
    return text.selected.of(text.viewport.text)


async def to_first_paragraph(reader: Reader) -> None:
    place = reader.screen.text.viewport.text.index(FIRST_SENTENCE)
    reader.screen.session.go_to(place)
    await reader.settle()


async def test_the_sentence_under_the_cursor_is_kept(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b")
        assert reader.words() == [FIRST_SENTENCE]
        assert reader.screen.status.said.startswith("Bookmarked")


async def test_a_selection_by_words_is_kept(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("v", "2", "e", "b")
        assert reader.words() == ["Ada Voss"] or reader.words() == ["Ada Voss said"]
        assert reader.screen.text.selected is None


async def test_whole_sentences_are_selected(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("V", "right_parenthesis", "b")
        [words] = reader.words()
        assert words.startswith("Ada Voss said")
        assert words.endswith("Voss said.")


async def test_text_objects_take_the_sentence_the_paragraph_and_the_quotation(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("v", "i", "s")
        assert selected_words(reader) == FIRST_SENTENCE
        await reader.press("i", "p")
        assert selected_words(reader).startswith("Ada Voss said")
        assert selected_words(reader).endswith("letter.”")
        await reader.press("escape")
        await to_first_paragraph(reader)
        await reader.press("right_parenthesis", "i", "q")
        assert selected_words(reader).startswith("We have kept the lights on")


async def test_what_is_kept_is_marked_without_colour(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        assert "◆" not in "\n".join(reader.rows())
        await reader.press("b")
        assert "◆" in "\n".join(reader.rows())


async def test_keeping_is_undone_and_done_again_also_after_a_restart(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b")
        await reader.press("ctrl+q")
    async with start() as reader:
        await reader.press("u")
        assert reader.words() == []
        await reader.press("ctrl+r")
        assert reader.words() == [FIRST_SENTENCE]


async def begin_a_note(reader: Reader) -> None:
    """Leave a note on what is under the cursor as a draft."""
    await reader.pilot.press("a")
    await reader.until(NoteEditorScreen)
    await reader.pilot.press("h", "a", "l", "f", "escape")
    await reader.until(ReaderScreen)
    await reader.settle()


async def test_a_note_is_written_and_saved(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.press("o", "k", "enter", "2")
        await reader.pilot.press("ctrl+s")
        await reader.until(ReaderScreen)
        await reader.settle()
        [mark] = reader.desk.notebook.bookmarks.all()
        assert mark.note == "ok\n2"
        assert mark.words == FIRST_SENTENCE
        assert "✎" in "\n".join(reader.rows())


async def test_a_note_that_is_left_is_kept_as_a_draft(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await begin_a_note(reader)
        assert reader.words() == []
        assert list(reader.desk.notebook.drafts.texts().values()) == ["half"]
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        assert reader.app.screen.query_one(TextArea).text == "half"
        await reader.pilot.press("ctrl+s")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert reader.desk.notebook.bookmarks.all()[0].note == "half"
        assert reader.desk.notebook.drafts.texts() == {}


async def test_leaving_the_program_in_the_middle_of_a_note_keeps_it_as_a_draft(
    start: Start,
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.press("h", "a", "l", "f", "ctrl+q")
        await reader.pilot.pause()
        assert list(reader.desk.notebook.drafts.texts().values()) == ["half"]
    assert not reader.app.is_running


async def test_what_cannot_be_kept_even_as_a_draft_is_left_only_when_asked_twice(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        (folders.data / "drafts").write_text("in its place")
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.press("h", "a", "l", "f", "ctrl+q")
        await reader.pilot.pause()
        assert reader.app.return_code is None
        assert reader.top(NoteEditorScreen).note == "half"
        assert any("quit without it" in told.message for told in reader.app._notifications)
        await reader.pilot.press("ctrl+q")
        await reader.pilot.pause()
        assert reader.app.return_code == 0


async def test_the_editor_falls_back_to_the_screen_where_there_is_no_terminal(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.pilot.press("e")
        await reader.until(NoteEditorScreen)


async def test_colours_go_round(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("c")
        assert reader.desk.notebook.bookmarks.all()[0].colour is Colour.YELLOW
        await reader.press("c")
        assert reader.desk.notebook.bookmarks.all()[0].colour is Colour.GREEN
        assert "◆g" in "\n".join(reader.rows())


async def test_tags_are_given(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.pilot.press("t")
        await reader.until(QuestionScreen)
        reader.app.screen.query_one(Input).value = 'harbour, #letter harbour "high tide"'
        await reader.pilot.press("enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        tags = ("harbour", "letter", "high tide")
        assert reader.desk.notebook.bookmarks.all()[0].tags == tags
        await reader.pilot.press("t")
        await reader.until(QuestionScreen)
        await reader.pilot.press("enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert reader.desk.notebook.bookmarks.all()[0].tags == tags


async def test_the_trash_takes_and_undo_gives_back(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b", "x")
        assert reader.words() == []
        await reader.press("u")
        assert reader.words() == [FIRST_SENTENCE]


async def test_copying_with_the_source_names_it(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("y")
        assert reader.app.clipboard == FIRST_SENTENCE
        await reader.press("Y")
        assert "The harbour that would not close" in reader.app.clipboard
        assert "14 March 2026" in reader.app.clipboard


async def test_kept_passages_and_quotations_are_stepped_through(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b", "G", "left_square_bracket", "b")
        text = reader.screen.text
        assert text.cursor.offset == text.viewport.text.index(FIRST_SENTENCE)
        await reader.press("right_square_bracket", "q")
        assert text.viewport.text[text.cursor.offset :].startswith("We have kept the lights on")


async def test_a_quotation_is_kept_with_its_speaker(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "b")
        [mark] = reader.desk.notebook.bookmarks.all()
        assert mark.speaker == "Ada Voss"


async def test_all_notes_are_listed_filtered_and_gone_back_to(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b", "J", "j", "j", "j", "j", "b")
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        notes = reader.app.screen.query_one(NoteList)
        assert notes.count == 2
        await reader.pilot.press("slash", *"harbour")
        await reader.pilot.pause()
        assert notes.count == 1
        await reader.pilot.press("enter", "enter")
        await reader.pilot.pause()
        await reader.settle()
        assert reader.article.title == "The harbour that would not close"
        text = reader.screen.text
        assert text.cursor.offset == text.viewport.text.index(FIRST_SENTENCE)


async def test_what_another_window_kept_is_shown_among_the_notes(start: Start) -> None:
    async with start() as reader:
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        async with start() as other:
            await to_first_paragraph(other)
            await other.press("b")
        reader.top(NotesScreen).catch_up()
        assert reader.app.screen.query_one(NoteList).count == 1


async def test_very_many_notes_are_read_in_the_background(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes_screen, "BACKGROUND_COUNT", 1)
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b")
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.settle()
        assert reader.app.screen.query_one(NoteList).count == 1
        await reader.press("x")
        assert reader.app.screen.query_one(NoteList).count == 0


async def test_a_note_finds_its_place_again_when_the_file_has_changed(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b", "ctrl+q")
    file = articles / "1 harbour.txt"
    file.write_text(file.read_text().replace("Ada Voss said", "New words first. Ada Voss said"))
    async with start() as reader:
        [mark] = reader.screen.bookmarks
        assert not mark.orphan
        assert reader.screen.text.viewport.text[mark.start : mark.end] == FIRST_SENTENCE


async def test_a_note_whose_words_are_gone_is_an_orphan_and_stays(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b", "ctrl+q")
    (articles / "1 harbour.txt").write_text(
        "Something else altogether.\n\nNothing is left of it.\n"
    )
    async with start() as reader:
        [mark] = reader.desk.notebook.bookmarks.all()
        assert mark.orphan
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        assert "ORPHANED" in "\n".join(reader.rows())


async def test_what_another_window_kept_is_shown(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b")
        async with start() as other:
            [mark] = other.screen.bookmarks
            other.desk.notebook.trash.put(mark.id)
        reader.screen.library.catch_up()
        await reader.settle()
        assert reader.screen.bookmarks == ()


async def test_a_draft_is_listed_among_the_notes_and_gone_on_with(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await begin_a_note(reader)
    async with start() as reader:
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.pause()
        assert "DRAFT, not saved" in "\n".join(reader.rows())
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.press("!", "ctrl+s")
        await reader.until(NotesScreen)
        await reader.settle()
        [mark] = reader.desk.notebook.bookmarks.all()
        assert (mark.words, mark.note) == (FIRST_SENTENCE, "half!")
        assert reader.desk.notebook.drafts.texts() == {}


async def test_a_draft_is_thrown_into_the_trash_as_a_note(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await begin_a_note(reader)
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.press("x")
        assert reader.desk.notebook.drafts.texts() == {}
        assert reader.words() == []
        assert [mark.note for mark in reader.desk.notebook.trash.all()] == ["half"]


async def test_a_draft_is_found_again_when_the_file_has_changed(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await begin_a_note(reader)
    file = articles / "1 harbour.txt"
    file.write_text(file.read_text().replace("Ada Voss said", "New words first. Ada Voss said"))
    async with start() as reader:
        [place] = reader.screen.text.drafts
        assert place.of(reader.screen.text.viewport.text) == FIRST_SENTENCE
        reader.screen.session.go_to(place.start)
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        assert reader.app.screen.query_one(TextArea).text == "half"


async def test_the_last_change_is_done_again_elsewhere(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("full_stop")
        assert reader.words() == []
        await reader.press("c", "right_parenthesis", "full_stop")
        colours = [mark.colour for mark in reader.desk.notebook.bookmarks.all()]
        assert colours == [Colour.YELLOW, Colour.YELLOW]
        await reader.press("x", "left_parenthesis", "full_stop")
        assert reader.words() == []


async def test_doing_it_again_overwrites_no_note(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        for letter, move in (("1", "right_parenthesis"), ("2", "left_parenthesis")):
            await reader.pilot.press("a")
            await reader.until(NoteEditorScreen)
            await reader.pilot.press(letter, "ctrl+s")
            await reader.until(ReaderScreen)
            await reader.settle()
            await reader.press(move)
        await reader.press("full_stop")
        assert sorted(mark.note for mark in reader.desk.notebook.bookmarks.all()) == ["1", "2"]


async def test_a_mark_outlives_the_program_and_a_change_of_the_text(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("m", "a")
        assert "Place mark a set" in "\n".join(reader.rows())
    file = articles / "1 harbour.txt"
    file.write_text(file.read_text().replace("Ada Voss said", "New words first. Ada Voss said"))
    async with start() as reader:
        await reader.press("alt+2", "J", "'", "a")
        assert reader.article.title == "The harbour that would not close"
        text = reader.screen.text
        assert text.viewport.text[text.cursor.offset :].startswith(FIRST_SENTENCE)


async def test_the_program_is_left_in_the_moment_in_which_a_note_editor_opens(start: Start) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        reader.screen.text.action_do("note")
        while not isinstance(reader.app.screen, NoteEditorScreen):  # noqa: ASYNC110 - turn by turn
            await asyncio.sleep(0)
        assert not reader.app.screen.query(TextArea)
        await reader.app.action_quit()
        assert reader.app._exit


async def test_a_draft_that_is_due_when_its_editor_has_closed_does_not_come_back(
    start: Start,
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.pilot.press("a")
        editor = await reader.until(NoteEditorScreen)
        await reader.pilot.press("x")
        editor.save_draft()
        assert len(reader.desk.notebook.drafts.texts()) == 1
        await reader.pilot.press("backspace", "escape")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert editor.save_draft()
        assert reader.desk.notebook.drafts.texts() == {}


async def test_a_dropped_draft_of_a_kept_passage_is_not_said_to_be_in_the_trash(
    start: Start,
) -> None:
    async with start() as reader:
        await to_first_paragraph(reader)
        await reader.press("b")
        await begin_a_note(reader)
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.press("x")
        assert reader.desk.notebook.drafts.texts() == {}
        assert reader.desk.notebook.trash.all() == ()
        said = reader.app.screen.query_one(StatusLine).said
        assert said == "Draft dropped, the bookmark stays. u makes the draft its note."
        await reader.press("u")
        [mark] = reader.desk.notebook.bookmarks.all()
        assert (mark.words, mark.note) == (FIRST_SENTENCE, "half")
