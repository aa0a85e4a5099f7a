"""Two windows on one notebook, and a notebook that another program is writing to."""

import os
from pathlib import Path

import pytest
from ui.pilot_reader import Start

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Blocks
from tuireader.notebook.journal import compaction
from tuireader.notebook.journal.lock import WriteLock
from tuireader.notebook.notebook import FILE, Notebook
from tuireader.paths import AppPaths
from tuireader.ui.reader import library, screen
from tuireader.ui.screens.note_editor import NoteEditorScreen


@pytest.fixture(autouse=True)
def _ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the reader look often for what other windows wrote."""
    monkeypatch.setattr(screen, "TICK_INTERVAL", 0.01)


async def test_a_passage_that_another_window_keeps_is_marked(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        with Notebook.open(folders.data) as other:
            other.bookmarks.keep(reader.article, Passage(0, 12))
        await reader.until_so(lambda: "◆" in "\n".join(reader.rows()))


async def test_an_article_that_is_added_elsewhere_comes_into_the_open_list(
    start: Start, folders: AppPaths, articles: Path
) -> None:
    first, second = sorted(articles.iterdir())
    with Notebook.open(folders.data) as other:
        other.sources.add(str(first))
    async with start(library=True) as reader:
        assert len(reader.desk.catalogue) == 1
        with Notebook.open(folders.data) as other:
            other.sources.add(str(second))
        await reader.until_so(lambda: len(reader.desk.catalogue) == 2)
        assert "The river came back" in "\n".join(reader.rows())


async def test_what_is_added_elsewhere_does_not_come_among_sources_that_were_named(
    start: Start, folders: AppPaths, articles: Path
) -> None:
    first, second = sorted(articles.iterdir())
    async with start(first) as reader:
        with Notebook.open(folders.data) as other:
            other.sources.add(str(second))
            other.bookmarks.keep(Article(location="x", text="", blocks=Blocks(())), None, note="n")
        await reader.until_so(lambda: reader.desk.notebook.bookmarks.count("x"))
        await reader.settle()
        assert len(reader.desk.catalogue) == 1


async def test_a_held_lock_is_told_with_its_holder_and_nothing_is_lost(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        with WriteLock(folders.data / f"{FILE}.lock").held():
            await reader.press("b")
            assert not reader.words()
            (said,) = [note.message for note in reader.app._notifications]
            assert said.startswith("Another window is writing to the notebook")
            assert f"process {os.getpid()}" in said
            await reader.press("a", *"kept", "ctrl+s")
            assert reader.top(NoteEditorScreen).note == "kept"
        await reader.press("ctrl+s")
        assert [mark.note for mark in reader.desk.notebook.bookmarks.all()] == ["kept"]


async def test_a_reader_at_rest_makes_the_notebooks_file_small(
    start: Start, folders: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_MIN_WASTE", 0)
    monkeypatch.setattr(library, "IDLE_TICKS", 2)
    with Notebook.open(folders.data) as other:
        mark = other.bookmarks.keep(Article(location="x", text="", blocks=Blocks(())), None)
        for number in range(40):
            other.bookmarks.change(mark.id, note=f"{number} " * 200)
        monkeypatch.setattr(other._database.storage, "close", lambda: None)
    file = folders.data / FILE
    size = file.stat().st_size
    async with start() as reader:
        await reader.until_so(lambda: file.stat().st_size < size)
        await reader.settle()
        assert reader.note(mark.id).startswith("39 39")
        await reader.press("u")
        assert reader.note(mark.id).startswith("38 38")
