"""An orphaned passage is attached by hand, left orphaned, or moved to the trash, by one key."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from ui.pilot_reader import Reader, Start

from tuireader.domain.anchor import MatchMethod
from tuireader.ui.lists.orphans import CandidateList
from tuireader.ui.screens.orphans import OrphansScreen

GONE = "“We have kept the lights on for ninety years,” Voss said."
NOW = "Voss spoke of the long time that the lights had burned."


@pytest.fixture
def rewritten(start: Start, articles: Path) -> Any:
    """Keeps a passage whose words are then replaced by others."""

    async def rewrite() -> None:
        async with start() as reader:
            await reader.press("alt+2", "g", "g", "right_square_bracket", "q", "b")
            assert reader.words() == [GONE]
        file = articles / "1 harbour.txt"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(GONE, NOW), encoding="utf-8")

    return rewrite


async def orphans(reader: Reader) -> Any:
    assert "1 bookmark orphaned (O shows)" in "\n".join(reader.rows())
    await reader.pilot.press("O")
    await reader.until(OrphansScreen)
    await reader.settle()
    return "\n".join(reader.rows())


async def test_the_words_that_were_kept_and_what_stands_there_now_are_shown(
    start: Start, rewritten: Callable[[], Awaitable[None]]
) -> None:
    await rewritten()
    async with start() as reader:
        rows = await orphans(reader)
        assert " Orphaned bookmarks " in rows
        assert "ninety years" in rows
        candidates = reader.app.screen.query_one(CandidateList).model.items
        assert NOW in candidates[0].words


async def test_it_is_attached_by_the_number_of_a_candidate_and_undone(
    start: Start, rewritten: Callable[[], Awaitable[None]]
) -> None:
    await rewritten()
    async with start() as reader:
        await orphans(reader)
        await reader.press("1", "enter")
        assert "No orphaned bookmarks" in "\n".join(reader.rows())
        [mark] = reader.desk.notebook.bookmarks.all()
        assert mark.words == GONE
        assert mark.placement is not None
        assert mark.placement.how is MatchMethod.BY_HAND
        assert NOW in mark.placement.words
        await reader.press("u")
        assert reader.desk.notebook.bookmarks.all()[0].orphan
        await reader.press("enter", "enter")
        assert not reader.desk.notebook.bookmarks.all()[0].orphan
        await reader.press("q")
        [mark] = reader.screen.bookmarks
        assert NOW in reader.screen.text.viewport.text[mark.start : mark.end]


async def test_it_is_left_as_it_is_until_the_article_changes_again(
    start: Start, rewritten: Callable[[], Awaitable[None]], articles: Path
) -> None:
    await rewritten()
    async with start() as reader:
        await orphans(reader)
        await reader.press("b")
        rows = "\n".join(reader.rows())
        assert " 0 · 1 left orphaned " in rows
        assert "    left orphaned" in rows
    file = articles / "1 harbour.txt"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nOne line more.\n", encoding="utf-8")
    async with start() as reader:
        assert " 1 ━┓" in await orphans(reader)


async def test_it_is_thrown_into_the_trash(
    start: Start, rewritten: Callable[[], Awaitable[None]]
) -> None:
    await rewritten()
    async with start() as reader:
        await orphans(reader)
        await reader.press("x")
        assert reader.desk.notebook.bookmarks.all() == ()
        assert reader.desk.notebook.trash.all()[0].words == GONE
        await reader.press("u")
        assert reader.words() == [GONE]


async def test_where_it_stood_is_gone_to(
    start: Start, rewritten: Callable[[], Awaitable[None]]
) -> None:
    await rewritten()
    async with start() as reader:
        await orphans(reader)
        await reader.press("o")
        assert reader.app.screen is reader.screen
        assert "they were about here" in "\n".join(reader.rows())


async def test_an_article_that_is_gone_says_so(
    start: Start, rewritten: Callable[[], Awaitable[None]], articles: Path
) -> None:
    await rewritten()
    async with start() as reader:
        notebook = reader.desk.notebook
        [orphan] = notebook.orphans.all()
        folder = notebook.texts._folder / orphan.seen[:2]
        (folder / f"{orphan.seen}.json").unlink()
        (articles / "1 harbour.txt").unlink()
        assert "Cannot open the article" in await orphans(reader)
