"""What changed in an article since it was last opened is said and shown, with what is kept."""

from pathlib import Path
from typing import Any

from ui.pilot_reader import Reader, Start

from tuireader.ui.lists.differences import DifferenceList
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.screens.versions import VersionsScreen


def edit(articles: Any, *changes: tuple[str, str]) -> None:
    file = articles / "1 harbour.txt"
    text = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    file.write_text(text, encoding="utf-8")


async def keep_the_quotation(reader: Reader) -> None:
    await reader.press("alt+2", "g", "g", "right_square_bracket", "q", "v", "i", "q", "b")
    assert reader.words() != []


async def shown(reader: Reader) -> Any:
    await reader.pilot.press("D")
    await reader.until(VersionsScreen)
    await reader.settle()
    return "\n".join(reader.rows())


async def test_an_article_that_was_opened_once_has_not_changed(start: Start) -> None:
    async with start() as reader:
        await reader.press("D")
        assert "has not changed" in "\n".join(reader.rows())


async def test_what_changed_is_shown_word_by_word_with_what_is_kept(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await keep_the_quotation(reader)
    edit(articles, ("ninety years", "eighty years"), ("with a café in it", "with an inn in it"))
    async with start() as reader:
        assert "D shows the changes" in "\n".join(reader.rows())
        assert "1 bookmark altered" in "\n".join(reader.rows())
        rows = await shown(reader)
        assert "[-ninety-] {+eighty+} years" in rows
        assert "[-a café-] {+an inn+}" in rows
        assert "◆ altered: “" in rows
        assert "… 1 paragraph unchanged" in rows


async def test_the_place_of_a_change_is_gone_to(start: Start, articles: Path) -> None:
    async with start() as reader:
        await reader.press("alt+2")
    edit(articles, ("The last one is short.", "The last one is very short indeed."))
    async with start() as reader:
        await shown(reader)
        await reader.press("enter")
        text = reader.screen.text
        assert text.viewport.text[text.cursor.offset :].startswith("A second paragraph")


async def test_any_two_versions_are_compared(start: Start, articles: Path) -> None:
    for before, after in (("ninety", "eighty"), ("eighty", "seventy")):
        async with start() as reader:
            await reader.press("alt+2")
        edit(articles, (before, after))
    async with start() as reader:
        assert "[-eighty-] {+seventy+}" in await shown(reader)
        await reader.press("[", "v")
        assert "[-ninety-] {+seventy+}" in "\n".join(reader.rows())
        await reader.press("[", "V")
        assert "[-ninety-] {+eighty+}" in "\n".join(reader.rows())
        await reader.press("enter")
        assert isinstance(reader.app.screen, VersionsScreen)


async def test_changes_are_stepped_through(start: Start, articles: Path) -> None:
    async with start() as reader:
        await reader.press("alt+2")
    edit(articles, ("ninety", "eighty"), ("He walked away", "He ran away"))
    async with start() as reader:
        await shown(reader)
        listed = reader.app.screen.query_one(DifferenceList)
        first = listed.cursor
        await reader.press("n")
        assert listed.cursor > first
        assert "ran" in listed.model.listed[listed.cursor].text
        await reader.press("N")
        assert listed.cursor == first


async def test_an_altered_passage_says_so_among_the_notes(start: Start, articles: Path) -> None:
    async with start() as reader:
        await keep_the_quotation(reader)
    edit(articles, ("ninety years", "eighty years"))
    async with start() as reader:
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.pause()
        rows = "\n".join(reader.rows())
        assert "ALTERED since you bookmarked it" in rows
        assert "[-ninety-] {+eighty+}" in rows
