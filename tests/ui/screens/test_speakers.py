"""All speakers of the library: counted, filtered, and gone to."""

from pathlib import Path

from ui.pilot_reader import Reader, Start

from tuireader.ui.lists.speakers import AppearanceList, SpeakerList
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.speakers import SpeakersScreen


async def speakers(reader: Reader) -> SpeakerList:
    """The list, when all articles were looked through."""
    await reader.pilot.press("S")
    screen = await reader.until(SpeakersScreen)
    await reader.settle()
    return screen.query_one(SpeakerList)


async def test_everybody_is_listed_with_how_often_and_where(start: Start) -> None:
    async with start() as reader:
        listed = await speakers(reader)
        assert {who.name for who in listed.model.items} == {"Ada Voss", "Karl Brandt", "Lena Holt"}
        assert listed.heading() == "Speakers 3 · 2 articles"
        shown = "\n".join(reader.rows())
        assert "2 in 1 article" in shown


async def test_a_speaker_leads_to_an_article_and_to_the_words(start: Start) -> None:
    async with start() as reader:
        listed = await speakers(reader)
        await reader.press("slash", *"holt", "enter")
        assert listed.count == 1
        await reader.press("enter")
        assert reader.app.screen.query_one(AppearanceList).count == 1
        await reader.press("enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        text = reader.screen.text
        assert text.viewport.text[text.cursor.offset :].startswith("It is only water")
        await reader.press("ctrl+o")
        assert reader.article.title == "The harbour that would not close"


async def test_back_goes_one_level_at_a_time(start: Start) -> None:
    async with start() as reader:
        listed = await speakers(reader)
        await reader.press("enter", "q")
        assert listed.has_focus
        await reader.pilot.press("S")
        await reader.until(ReaderScreen)


async def test_speakers_are_those_that_the_reader_named(start: Start) -> None:
    async with start() as reader:
        article = reader.article
        reader.desk.notebook.corrections.merge(article, "Karl Brandt", "Ida Strand")
        listed = await speakers(reader)
        assert "Ida Strand" in {who.name for who in listed.model.items}
        assert "Karl Brandt" not in {who.name for who in listed.model.items}


async def test_leaving_ends_the_search(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        words = f"Number {number}\n\n“We sail at {number},” said Ada Voss.\n"
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    async with start(folder) as reader:
        await reader.pilot.press("S")
        screen = await reader.until(SpeakersScreen)
        await reader.pilot.press("q")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert not [worker for worker in reader.app.workers if worker.node is screen]


async def test_articles_are_looked_through_once_until_something_is_corrected(
    start: Start, articles: Path
) -> None:
    async with start() as reader:
        await speakers(reader)
        await reader.press("q")
        (articles / "2 river.txt").unlink()
        listed = await speakers(reader)
        assert len(listed.model.items) == 3
        await reader.press("q")
        article = reader.article
        reader.desk.notebook.corrections.merge(article, "Karl Brandt", "Ida Strand")
        listed = await speakers(reader)
        assert {who.name for who in listed.model.items} == {"Ada Voss", "Ida Strand"}
        assert listed.heading() == "Speakers 2 · 2 articles, 1 unreadable"
