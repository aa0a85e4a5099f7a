from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.catalogue import Catalogue
from tuireader.ui.lists.articles import ArticleModel


def model(*locations: str) -> ArticleModel:
    described: list[str] = []

    def describe(location: str) -> ListEntry:
        described.append(location)
        return ListEntry(location=location, title=location.upper())

    catalogue = Catalogue(describe)
    catalogue.extend(locations)
    articles = ArticleModel(catalogue)
    articles.arrange(0)
    assert not described
    return articles


def test_an_article_is_read_when_its_rows_are_made() -> None:
    articles = model("b", "a")
    assert articles.undescribed(0, 5) == [0, 1]
    articles.rows(0, 30)
    assert articles.undescribed(0, 5) == [1]


def test_sorting_keeps_the_cursor_on_its_article() -> None:
    articles = model("b", "a")
    articles.catalogue.read_all(lambda: None)
    articles.order = SortOrder.TITLE
    assert articles.arrange(0) == 1
    assert [articles.location(n) for n in range(2)] == ["a", "b"]
    assert articles.index("b") == 1


def test_new_articles_are_inserted_before_one_and_the_cursor_stays() -> None:
    articles = model("a", "b")
    assert articles.insert(["n", "m"], "b") == 2
    assert articles.arrange(1) == 3
    assert [articles.location(n) for n in range(4)] == ["a", "n", "m", "b"]


def test_removed_articles_are_not_listed() -> None:
    articles = model("a", "b", "c")
    articles.catalogue.remove(["b"])
    articles.drop_removed()
    assert len(articles) == 2
    articles.query = "c"
    articles.arrange(0)
    articles.catalogue.remove(["c"])
    articles.drop_removed()
    assert articles.location(0) == ""


def test_the_neighbour_is_the_next_in_the_list() -> None:
    articles = model("a", "b")
    articles.opened = "a"
    assert articles.neighbour(1) == "b"
    assert articles.neighbour(-1) == ""
    assert articles.neighbour(2) == ""


def test_the_rows_show_progress_and_bookmarks() -> None:
    articles = model("a")
    progress = ReadingProgress(location="a", offset=5, furthest=50, length=100, kept=2)
    articles.readings = {"a": progress}
    [[(title, _)], [(facts, _)]] = articles.rows(0, 40)
    assert title.startswith("◐ A")
    assert "◆2 · 50%" in facts
    assert articles.heading() == "Articles 1 · as opened"
