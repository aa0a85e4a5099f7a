"""The search over the library: as one types, gone to, gone on with, and still there."""

from textual.widgets import Input
from ui.pilot_reader import Reader, Start

from tuireader.app.library_indexer import bring_up_to_date
from tuireader.domain.article import Passage
from tuireader.paths import AppPaths
from tuireader.ui.lists.hits import HitList
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.search import SearchScreen


async def search(reader: Reader, folders: AppPaths, *keys: str) -> HitList:
    """The list of hits after the keys were typed, over an index that is up to date."""
    bring_up_to_date(folders, reader.desk.notebook, quotations=True)
    await reader.pilot.press("g", "slash")
    screen = await reader.until(SearchScreen)
    await reader.press(*keys)
    return screen.query_one(HitList)


def here(reader: Reader) -> str:
    text = reader.screen.text
    return text.viewport.text[text.cursor.offset :]


async def test_hits_are_listed_as_one_types_and_gone_through_across_articles(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        await search(reader, folders, *"said or lights")
        shown = "\n".join(reader.rows())
        assert "2 articles · newest first" in shown
        assert "Ada Voss: “We have kept the lights on for ninety years,” Voss said." in shown
        await reader.press("down", "j", "slash", "enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert "Hit 2/" in reader.screen.status.said
        await reader.press("N")
        assert here(reader).startswith("said")
        assert "Hit 1/" in reader.screen.status.said
        first = reader.article.location
        for _ in range(9):
            await reader.press("n")
        assert reader.article.location != first
        assert reader.screen.status.said == "This is the last hit."
        await reader.press("N", "g", "slash")
        screen = await reader.until(SearchScreen)
        hits = screen.query_one(HitList)
        assert screen.query_one(Input).value == "said or lights"
        assert hits.cursor == hits.count - 2


async def test_notes_lead_to_their_passage_and_wrong_queries_are_told(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        article = reader.article
        place = article.text.index("A second paragraph")
        reader.desk.notebook.bookmarks.keep(
            article, Passage(place, place + 8), note="Ask the harbour master"
        )
        hits = await search(reader, folders, *"note:mast", "asterisk")
        assert "Note: Ask the harbour master" in "\n".join(reader.rows())
        assert hits.model.articles == 1
        await reader.press("down", "slash", "end", *" or")
        assert "“or” needs something after it" in "\n".join(reader.rows())
        await reader.press("enter")
        assert reader.top(SearchScreen).is_current  # a wrong query opens nothing
        await reader.press("backspace", "backspace", "backspace", "down", "s", "enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert here(reader).startswith("A second paragraph")


async def test_enter_after_quick_typing_opens_the_first_hit_in_another_article(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        await search(reader, folders)
        await reader.pilot.press(*"rained", "enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert here(reader).startswith("rained")
        assert reader.screen.status.said.startswith("Hit 1/1 of “rained”")


async def test_a_query_is_saved_from_its_screen_and_a_filter_from_the_list(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        await search(reader, folders, *"rain", "ctrl+s", *"Wet", "enter")
        await reader.until(SearchScreen)
        await reader.press(
            "escape", "alt+1", "slash", *"lights", "enter", "ctrl+s", *"Lit", "enter"
        )
        assert reader.desk.notebook.lists.queries() == {"Wet": "rain", "Lit": "lights"}
        await reader.press("h")
        await reader.settle()
        assert "     Wet" in "\n".join(reader.rows())
        await reader.press("u")
        assert reader.desk.notebook.lists.queries() == {"Wet": "rain"}
