from dataclasses import replace
from pathlib import Path

from http_site import Site
from textual.widgets import Input
from ui.pilot_reader import Start

from tuireader.notebook.notebook import Notebook
from tuireader.paths import AppPaths
from tuireader.ui.screens.dialogs import QuestionScreen

PAGE = (
    "<html><head><title>Late ferry</title></head><body><article><p>The ferry left the harbour an"
    " hour late, and nobody on the quay had been told why.</p><p>“We were promised a second"
    " boat,” said Marta Lindqvist, who runs the bakery on the far island.</p>"
    "</article></body></html>"
)
FEED = (
    '<rss version="2.0"><channel><title>Harbour News</title><item><guid>{0}</guid>'
    "<title>About {0}</title><link>/{0}</link><description>A teaser.</description></item>"
    "</channel></rss>"
)


async def test_an_address_is_added_by_key_and_stays_in_the_library(
    start: Start, site: Site
) -> None:
    address = site.gives("/ferry", PAGE.encode())
    async with start() as reader:
        await reader.press("alt+1")
        await reader.pilot.press("I")
        await reader.until(QuestionScreen)
        reader.app.screen.query_one(Input).value = address
        await reader.press("enter")
        assert address in reader.desk.notebook.sources.all()
        await reader.press("alt+1", "G", "enter")
        assert reader.article.title == "Late ferry"


async def test_the_first_source_says_where_the_samples_went_and_undo_lists_them_again(
    start: Start, articles: Path
) -> None:
    async with start(library=True, size=(80, 24)) as reader:
        await reader.press("alt+1", "j", "asterisk")
        catalogue = reader.desk.catalogue
        samples = [catalogue.location(number) for number in range(len(catalogue))]
        await reader.pilot.press("I")
        await reader.until(QuestionScreen)
        reader.app.screen.query_one(Input).value = str(articles)
        await reader.press("enter")
        count = len(catalogue)
        assert all(catalogue.number(sample) < 0 for sample in samples)
        said = f"{count} articles added. The samples have left: gt lists them, u undoes this"
        assert any(said in row for row in reader.rows())
        await reader.press("u")
        reader.screen.library.catch_up()
        await reader.settle()
        assert [catalogue.location(number) for number in range(len(catalogue))] == samples
        assert reader.desk.notebook.progress.all()[samples[1]].starred


async def test_the_tour_lists_the_samples_again_beside_what_was_added(
    start: Start, articles: Path
) -> None:
    async with start(library=True) as reader:
        before = len(reader.desk.catalogue)
        reader.screen.library.add(str(articles))
        await reader.settle()
        added = len(reader.desk.catalogue)
        await reader.press("g", "t")
        assert len(reader.desk.catalogue) == before + added


async def test_the_key_that_goes_back_leads_from_the_sources_to_the_articles(start: Start) -> None:
    for size in ((100, 30), (200, 40)):
        async with start(size=size) as reader:
            await reader.press("alt+1", "h")
            assert reader.screen.sources.has_focus
            await reader.press("q")
            assert reader.app.is_running
            assert reader.screen.articles.has_focus
            await reader.press("h", "escape")
            assert reader.screen.articles.has_focus


async def test_a_source_that_cannot_be_added_changes_nothing(start: Start, site: Site) -> None:
    async with start() as reader:
        before = reader.desk.notebook.sources.all()
        reader.screen.library.add(f"{site.base}/none")
        await reader.settle()
        assert reader.desk.notebook.sources.all() == before


async def test_new_articles_of_a_feed_appear_before_its_older_ones(
    start: Start, site: Site, tmp_path: Path
) -> None:
    text = tmp_path / "last.txt"
    text.write_text("The last one\n\nIt stays where it is.\n", encoding="utf-8")
    address = site.gives("/feed", FEED.format("one").encode())
    async with start(address, text) as reader:
        await reader.press("alt+1", "G")
        site.gives("/feed", FEED.format("two").encode())
        await reader.press("R")
        catalogue = reader.desk.catalogue
        titles = [catalogue.entry(number).title for number in range(len(catalogue))]
        assert titles == ["About two", "About one", "The last one"]
        assert reader.screen.articles.cursor == 2
        assert reader.article.title == "About one"


async def test_a_page_that_is_added_says_that_it_has_a_feed(start: Start, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    address = site.gives("/ferry", PAGE.replace("<title>", f"{link}<title>").encode())
    async with start(size=(200, 40)) as reader:
        reader.screen.library.add(address)
        await reader.settle()
        assert any(f"{site.base}/feed" in row for row in reader.rows())


async def test_new_articles_of_feeds_appear_while_reading(start: Start, site: Site) -> None:
    address = site.gives("/feed", FEED.format("one").encode())
    site.gives("/two", PAGE.encode())
    async with start(address) as reader:
        assert reader.article.title == "About one"
        site.gives("/feed", FEED.format("two").encode())
        await reader.press("R")
        catalogue = reader.desk.catalogue
        titles = [catalogue.entry(number).title for number in range(len(catalogue))]
        assert titles == ["About two", "About one"]
        await reader.press("K")
        assert "second boat" in reader.article.text


async def test_without_feeds_the_key_says_how_to_add_one(start: Start) -> None:
    async with start() as reader:
        await reader.press("R")
        assert any("No feeds yet" in row for row in reader.rows())


async def test_all_of_a_page_is_shown_by_key_and_the_article_again(
    start: Start, site: Site
) -> None:
    page = PAGE.replace("<article>", "<nav>Tides and times</nav><article>")
    async with start(site.gives("/ferry", page.encode())) as reader:
        await reader.press("P")
        assert "Tides and times" in reader.article.text
        await reader.press("P")
        assert "Tides and times" not in reader.article.text


async def test_an_article_that_is_opened_says_where_else_it_is(
    start: Start, tmp_path: Path
) -> None:
    saved = [tmp_path / f"{name}.html" for name in ("one", "two")]
    for page in saved:
        page.write_text(PAGE, encoding="utf-8")
    async with start(saved[0]) as reader:
        assert not any("Also at" in row for row in reader.rows())
    async with start(saved[1], size=(200, 40)) as reader:
        assert any(f"Also at {saved[0]}"[:60] in row for row in reader.rows())


async def test_a_text_has_no_more_than_is_shown(start: Start) -> None:
    async with start() as reader:
        before = reader.article
        await reader.press("P")
        assert reader.article is before


async def test_an_article_that_can_be_opened_now_has_no_problem_in_the_list(
    start: Start, site: Site
) -> None:
    address = site.gives("/feed", FEED.format("one").encode())
    async with start(address) as reader:
        catalogue = reader.desk.catalogue
        entry = catalogue.entry(0)
        catalogue.update(replace(entry, problem="it was not here"))
        site.gives("/one", PAGE.encode())
        reader.screen.session.update(article=None)
        await reader.press("alt+1", "enter")
        assert catalogue.entry(0).problem == ""
        assert catalogue.entry(0).title == "Late ferry"
        assert not any("Opening" in row for row in reader.rows())


async def test_nothing_is_fetched_until_the_reader_opens_it(
    start: Start, site: Site, folders: AppPaths
) -> None:
    address = site.gives("/ferry", PAGE.encode())
    with Notebook.open(folders.data) as notebook:
        notebook.sources.add(address)
    async with start(library=True) as reader:
        assert reader.screen.article is None
        assert site.asked == []
        await reader.press("alt+1", "enter")
        assert any("was not typed by you" in row for row in reader.rows())
        assert not any("Opening" in row for row in reader.rows())


async def test_what_was_added_is_taken_off_the_list_and_brought_back(
    start: Start, articles: Path, tmp_path: Path
) -> None:
    lone = tmp_path / "lone.txt"
    lone.write_text("A lone article.\n\nIt stands by itself.\n", encoding="utf-8")
    async with start() as reader:
        reader.desk.notebook.sources.add(str(lone))
    async with start(library=True) as reader:
        titles = [reader.desk.catalogue.location(n) for n in range(len(reader.desk.catalogue))]
        assert str(lone) in titles
        await reader.press("alt+1", "g", "g")
        listed = reader.screen.articles
        while listed.model.location(listed.cursor) != str(lone):
            await reader.press("j")
        await reader.press("x")
        reader.screen.library.catch_up()
        await reader.settle()
        assert reader.desk.catalogue.number(str(lone)) == -1
        assert str(articles) in reader.desk.notebook.sources.all()
        await reader.press("u")
        reader.screen.library.catch_up()
        await reader.settle()
        assert reader.desk.catalogue.number(str(lone)) >= 0


async def test_undoing_an_addition_takes_its_articles_off_the_list(
    start: Start, articles: Path
) -> None:
    async with start(library=True) as reader:
        reader.desk.add_source(str(articles))
        reader.desk.catalogue.extend(str(path) for path in sorted(articles.iterdir()))
        await reader.press("alt+2", "u")
        reader.screen.library.catch_up()
        await reader.settle()
        assert reader.desk.catalogue.number(str(articles / "1 harbour.txt")) == -1


async def test_the_palette_takes_off_the_open_article_while_the_text_has_the_keys(
    start: Start, tmp_path: Path
) -> None:
    lone = tmp_path / "lone.txt"
    lone.write_text("A lone article.\n\nIt stands by itself.\n", encoding="utf-8")
    async with start(lone) as reader:
        await reader.press("alt+2", "ctrl+p")
        await reader.press(*"remove its source")
        await reader.press("down", "enter")
        assert reader.desk.notebook.sources.all() == ()
        assert "Removed from the library" in reader.screen.status.said
        await reader.press("u")
        assert reader.desk.notebook.sources.all() == (str(lone),)
