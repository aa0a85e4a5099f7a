from collections.abc import Callable
from pathlib import Path

from ui.pilot_reader import Start

CHAPTERS = {
    "one.xhtml": "<h1>The Pier</h1><p>She lit the lamp<a epub:type='noteref' href='#n1'>1</a>.</p>"
    + "<p>More of the story goes on here.</p>" * 60
    + "<aside epub:type='footnote' id='n1'><p>It was brass.</p></aside>",
    "two.xhtml": "<h1>The Storm</h1><p>It <a href='one.xhtml#n1'>came</a>.</p>",
}
CONTENTS = {"The Pier": "one.xhtml", "The Storm": "two.xhtml"}
Make = Callable[..., Path]


async def test_a_book_is_listed_as_its_contents_and_its_chapters(
    start: Start, make_epub: Make
) -> None:
    async with start(make_epub(CHAPTERS, CONTENTS)) as reader:
        catalogue = reader.desk.catalogue
        entries = [catalogue.entry(number) for number in range(len(catalogue))]
        assert [entry.title for entry in entries] == ["The Lamp: contents", "The Pier", "The Storm"]
        assert {entry.outlet for entry in entries} == {"The Lamp"}


async def test_the_contents_lead_to_a_chapter_and_the_way_goes_back(
    start: Start, make_epub: Make
) -> None:
    async with start(make_epub(CHAPTERS, CONTENTS)) as reader:
        await reader.press("j", "j", "f", "s")
        assert reader.article.title == "The Storm"
        await reader.press("T")
        assert reader.article.title == "The Lamp: contents"
        await reader.press("ctrl+o")
        assert reader.article.title == "The Storm"


async def test_a_footnote_is_reached_by_its_mark_and_left_again(
    start: Start, make_epub: Make
) -> None:
    async with start(make_epub(CHAPTERS, CONTENTS)) as reader:
        await reader.press("J", "f")
        text = reader.screen.text
        assert text.cursor.sentence.of(text.viewport.text) == "It was brass."
        reader.screen.progress.tick(600)
        assert reader.screen.progress.get(reader.article.location).progress < 0.9
        await reader.press("ctrl+o")
        assert text.cursor.offset < 60


async def test_a_footnote_in_another_chapter_is_reached_too(start: Start, make_epub: Make) -> None:
    async with start(make_epub(CHAPTERS, CONTENTS)) as reader:
        await reader.press("J", "J", "f")
        assert reader.article.title == "The Pier"
        assert (
            reader.screen.text.cursor.sentence.of(reader.screen.text.viewport.text)
            == "It was brass."
        )
        reader.screen.progress.tick(600)
        assert reader.screen.progress.get(reader.article.location).progress == 0


async def test_a_book_opens_where_it_was_left(start: Start, make_epub: Make) -> None:
    book = make_epub(CHAPTERS, CONTENTS)
    async with start(book) as reader:
        await reader.press("J", "J", "G", "g", "g")
        reader.screen.progress.save()
    async with start(book) as reader:
        assert reader.article.title == "The Storm"
        assert reader.desk.catalogue.entry(0).title == "The Lamp: contents"


async def test_an_article_that_is_no_chapter_has_no_contents(start: Start) -> None:
    async with start() as reader:
        await reader.press("T")
        assert "No table of contents here" in "\n".join(reader.rows())


async def test_a_book_shows_its_chapters_and_its_progress_among_the_sources(
    start: Start, make_epub: Make
) -> None:
    async with start(make_epub(CHAPTERS, CONTENTS)) as reader:
        await reader.press("J", "r", "alt+1", "h")
        rows = [row[:28] for row in reader.rows()[:-1]]
        assert any("▸ The Lamp" in row and "50%" in row for row in rows)
        assert not any("The Pier" in row for row in rows)
        await reader.press("G", "l", "j", "j", "enter")
        assert reader.article.title == "The Storm"
        assert reader.screen.articles.count == 3
