"""Quotations that are bookmarked from their list: what is kept, shown and exported of them."""

import json
from pathlib import Path

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Polarity
from tuireader.exporters import markdown, org
from tuireader.exporters.note_formats import NOTE_FORMATS
from tuireader.importers.tuireader import notes_in
from tuireader.notebook.serialization import stored_bookmark
from tuireader.ui.lists.bookmarks import NoteList
from tuireader.ui.screens.notes import NotesScreen

WRITTEN = "“We have kept the lights on for ninety years … We will not stop because of a letter.”"
DENIAL = "The post was wrong.\n\nJane Roe did not say “farmers are lazy people” on Tuesday.\n"


def kept(reader: Reader) -> Bookmark:
    (bookmark,) = reader.desk.notebook.bookmarks.all()
    return bookmark


async def test_the_pieces_the_speaker_and_the_cue_are_kept(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "b")
        bookmark, text = kept(reader), reader.screen.text.viewport.text
        assert bookmark.written == WRITTEN
        assert bookmark.speaker == "Ada Voss"
        assert bookmark.quotation is not None
        assert bookmark.quotation.cue == "said"
        pieces = [
            Passage(bookmark.start + span.start, bookmark.start + span.end).of(text)
            for span in bookmark.quotation.spans
        ]
        assert pieces == [
            "We have kept the lights on for ninety years,",
            "We will not stop because of a letter.",
        ]
        assert "Bookmarked: “We have kept the lights" in reader.screen.status.said
        styled = reader.screen.text.decorations.layers["kept"].over(0, len(text))
        assert [text[span.start : span.end] for span in styled] == pieces


async def test_the_notes_show_the_quotation_as_it_is_written(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "b", "B")
        screen = await reader.until(NotesScreen)
        notes = screen.query_one(NoteList)
        rows = ["".join(piece for piece, _ in row) for row in notes.model.rows(0, 100)]
        assert rows[0].endswith(WRITTEN)
        assert "Ada Voss" in rows[1]
        await reader.pilot.press("Y")
        assert reader.pilot.app.clipboard.startswith(f"{WRITTEN} — Ada Voss\n")


async def test_a_bookmark_of_the_passage_becomes_one_of_the_quotation(start: Start) -> None:
    async with start() as reader:
        quote = reader.screen.quotes[0]
        passage = Passage(quote.start, quote.end)
        reader.desk.notebook.bookmarks.keep(reader.article, passage)
        reader.screen.session.renew()
        assert kept(reader).quotation is None
        await reader.press("alt+3", "b")
        assert kept(reader).written == WRITTEN
        await reader.press("b")
        assert "Already bookmarked" in reader.screen.status.said


async def test_a_quotation_that_is_selected_in_the_text_is_kept_as_one(start: Start) -> None:
    async with start() as reader:
        quote = reader.screen.quotes[0]
        text = reader.screen.text
        text.select(Passage(quote.start - 1, quote.end + 1))
        await reader.press("b")
        bookmark = kept(reader)
        assert (bookmark.written, bookmark.speaker) == (WRITTEN, "Ada Voss")
        assert bookmark.words.startswith("“We have")
        assert bookmark.quotation is not None
        assert bookmark.quotation.spans[0].start == 1
        text.go_to(quote.start)
        await reader.press("x")
        text.go_to(quote.start)
        await reader.press("i", "q", "Y")
        copied = "“We have kept the lights on for ninety years” — Ada Voss\n"
        assert reader.pilot.app.clipboard.startswith(copied)


async def test_what_was_not_said_is_exported_as_such(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "denial.txt"
    path.write_text(DENIAL, encoding="utf-8")
    async with start(path) as reader:
        await reader.press("alt+3", "b")
        bookmark = kept(reader)
        assert bookmark.quotation is not None
        assert bookmark.quotation.polarity is Polarity.NOT_SAID
        for write in (markdown.write_notes, org.write_notes):
            assert "— not said by Jane Roe" in "".join(write([bookmark]))
        await reader.press("escape")


@pytest.mark.parametrize("name", ["json", "jsonl"])
async def test_an_exported_quotation_is_read_back(start: Start, name: str) -> None:
    async with start() as reader:
        await reader.press("alt+3", "b")
        bookmark = kept(reader)
        (written,) = (each for each in NOTE_FORMATS if each.name == name)
        text = "".join(written.document([bookmark]))
        record = json.loads(text)[0] if name == "json" else json.loads(text)
        assert (record["text"], record["speaker"], record["polarity"]) == (
            WRITTEN,
            "Ada Voss",
            "said",
        )
        assert record["exact"] == bookmark.words
        assert len(record["spans"]) == 2
        export = notes_in(text)
        assert export is not None
        assert not export.damaged
        (again,) = export.tables["bookmarks"].values()
        found = stored_bookmark(1, again).bookmark
        assert found.quotation == bookmark.quotation
        assert (found.words, found.written) == (bookmark.words, WRITTEN)
