import datetime as dt
from dataclasses import replace

import pytest

from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.catalogue import Catalogue
from tuireader.ui.lists.article_model import AT_ONCE, ArticleModel
from tuireader.ui.lists.article_rows import ArticleRow


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
    assert articles.neighbour(7) == "b"
    articles.opened = "b"
    assert articles.neighbour(2) == ""


def test_the_rows_show_progress_and_bookmarks() -> None:
    articles = model("a")
    progress = ReadingProgress(location="a", offset=5, furthest=50, length=100, kept=2)
    articles.readings = {"a": progress}
    [[(title, _)], [(facts, _)], _] = articles.rows(0, 40)
    assert title.startswith("◐ A")
    assert "◆2 50%" in facts
    assert articles.heading() == "Articles 1 ● · as opened"


def test_the_heading_counts_the_unread_articles_that_are_listed() -> None:
    articles = model("a", "b", "c")
    articles.width = 40
    done = ReadingProgress(location="a", done=True)
    articles.set_readings({"a": done, "z": replace(done, location="z")})
    assert articles.heading() == "Articles 2 of 3 unread · as opened"
    articles.set_readings({"a": done, "b": replace(done, location="b", hidden=True)})
    articles.arrange(0)
    assert articles.heading() == "Articles 1 of 2 unread · as opened"
    articles.width = 24
    assert articles.heading() == "Articles 1 unread · as opened"
    articles.width = 20
    assert articles.heading() == "Articles 1 ● · as opened"
    articles.query = "a"
    articles.arrange(0)
    assert articles.heading() == "Articles 1/2 · a"


def test_a_hidden_article_is_not_listed_and_the_cursor_stays_where_it_was() -> None:
    articles = model("a", "b", "c")
    assert articles.set_readings({"b": ReadingProgress(location="b", hidden=True)})
    assert articles.arrange(1) == 1
    assert articles.locations() == ("a", "c")
    assert articles.heading() == "Articles 2 ● · as opened"
    articles.catalogue.extend(["d"])
    articles.drop_removed()
    assert articles.arrange(0) == 0
    assert articles.locations() == ("a", "c", "d")
    assert articles.set_readings({})
    articles.arrange(0)
    assert articles.locations() == ("a", "b", "c", "d")


def test_articles_are_selected_one_by_one_and_as_a_range() -> None:
    articles = model("a", "b", "c", "d")
    assert articles.targets(1) == ("b",)
    articles.selection.toggle("d")
    articles.selection.toggle_range("c", articles.locations())
    articles.selection.extend("b", articles.locations())
    assert articles.targets(0) == ("b", "c", "d")
    assert articles.heading() == "Articles 3 +"
    articles.width = 40
    assert articles.heading() == "Articles 4 · 3 selected"
    articles.selection.extend("d", articles.locations())
    assert articles.targets(0) == ("c", "d")
    articles.selection.toggle_range("d", articles.locations())
    articles.selection.toggle("c")
    assert articles.targets(0) == ("d",)
    assert articles.deselect()
    assert not articles.deselect()


def rows_of(reading: ReadingProgress | None, width: int, title: str = "A title") -> list[str]:
    entry = ListEntry(location="a", title=title, outlet="Holm Post", date=dt.date(2024, 9, 4))
    rows = ArticleRow(entry=entry, reading=reading).rows(width)
    return ["".join(piece for piece, _ in row) for row in rows]


def test_a_long_title_has_two_rows_where_the_pane_is_narrow() -> None:
    first, second, third, blank = rows_of(None, 24, "The harbour that would not close")
    assert first.startswith("● The harbour")
    assert second.startswith("  would not close")
    assert third == "  Holm Po… · 4 Sep 2024"
    assert blank == ""


def test_a_wide_pane_has_columns() -> None:
    reading = ReadingProgress(
        location="a", starred=True, kept=3, noted=1, tags=("sea",), furthest=5, length=10
    )
    [row] = rows_of(reading, 100)
    assert row.startswith("★ A title  #sea")
    assert row.rstrip().endswith("◆3 ✎1 50%      Holm Post          4 Sep 2024")


def test_counts_are_never_cut_off_and_tags_get_a_row_where_there_is_no_room() -> None:
    reading = ReadingProgress(location="a", kept=3, noted=1, tags=("sea", "boats"))
    _, facts, tags, _ = rows_of(reading, 32)
    assert facts == "  Holm Post · 4 Sep 2024  ◆3 ✎1"
    assert tags.rstrip() == "  #sea #boats"
    _, facts, _ = rows_of(reading, 50)
    assert facts.rstrip() == "  Holm Post · 4 Sep 2024 · #sea #boats      ◆3 ✎1"
    *_, facts, tags, _ = rows_of(reading, 18)
    assert facts.rstrip() == "  4 Sep 2024"
    assert tags == "  #sea #bo… ◆3 ✎1"


def test_a_narrow_list_has_a_third_row_for_the_title_and_no_outlet_cut_to_nothing() -> None:
    entry = ListEntry(location="a", title="The lights of the harbour go on", outlet="Holm Post")
    rows = ArticleRow(entry=replace(entry, date=dt.date(2024, 9, 4))).rows(18)
    written = ["".join(text for text, _ in row).rstrip() for row in rows]
    assert written == ["● The lights of", "  the harbour go", "  on", "  4 Sep 2024", ""]


@pytest.mark.parametrize(
    ("reading", "sign", "look"),
    [
        (None, "●", "bold"),
        (ReadingProgress(location="a", furthest=1, length=9), "◐", ""),
        (ReadingProgress(location="a", done=True), "○", "faint"),
        (ReadingProgress(location="a", done=True, starred=True), "★", "faint"),
        (ReadingProgress(location="a", starred=True), "★", "bold"),
    ],
)
def test_unread_is_bold_and_read_is_dim_with_a_sign_for_each(
    reading: ReadingProgress | None, sign: str, look: str
) -> None:
    [[(title, shown)], _, _] = ArticleRow(
        entry=ListEntry(location="a", title="A"), reading=reading
    ).rows(40)
    assert (title[0], shown) == (sign, look)


def test_the_contents_of_a_book_show_how_far_the_whole_book_was_read() -> None:
    book = model("b.epub#contents", "b.epub#1", "b.epub#2", "other.txt")
    half = ReadingProgress(location="b.epub#1", furthest=5, length=10)
    book.set_readings({"b.epub#1": half})
    [[(title, _)], [(facts, _)], _] = book.rows(0, 40)
    assert title.startswith("◐")
    assert facts.rstrip().endswith("25%")
    done = {place: ReadingProgress(location=place, done=True) for place in ("b.epub#1", "b.epub#2")}
    book.set_readings(done)
    assert book.rows(0, 40)[0][0][0].startswith("○")
    assert book.book_progress("other.txt") is None


def test_the_next_unread_article_is_below_and_then_from_the_top() -> None:
    articles = model("a", "b", "c", "d")
    done = {place: ReadingProgress(location=place, done=True) for place in "bd"}
    articles.set_readings(done)
    articles.opened = "b"
    assert articles.next_unread() == "c"
    articles.opened = "c"
    assert articles.next_unread() == "a"
    articles.set_readings({place: ReadingProgress(location=place, done=True) for place in "abd"})
    assert articles.next_unread() == ""


def many(count: int = AT_ONCE + 2000) -> ArticleModel:
    """Return a list of many articles, every third of which is about the harbour."""
    articles = model(*(f"{n:05}-{'harbour' if n % 3 == 0 else 'river'}" for n in range(count)))
    articles.catalogue.read_all(lambda: None)
    return articles


def finish(articles: ArticleModel, cursor: int) -> int:
    """List all that a thread would find; return the new index of the cursor."""
    assert articles.rest is not None
    for numbers in articles.rest:
        cursor = articles.show(numbers, cursor)
    return cursor


def test_of_many_articles_the_first_matches_are_listed_before_the_others() -> None:
    articles = many()
    articles.query = "harbour"
    articles.arrange(0)
    first = articles.locations()
    assert 0 < len(articles) < len(first)
    finish(articles, 0)
    assert articles.locations() == first
    assert all("harbour" in place for place in first)


def test_the_cursor_returns_to_its_article_when_that_is_listed_again() -> None:
    articles = many()
    articles.query = "harbour"
    cursor = articles.arrange(3000)
    assert cursor == 0
    assert finish(articles, cursor) == 1000


def test_the_cursor_stays_where_the_user_has_moved_it_meanwhile() -> None:
    articles = many()
    articles.query = "harbour"
    assert articles.arrange(3000) == 0
    assert finish(articles, 5) == 5


def test_many_articles_stay_as_they_are_until_they_are_sorted() -> None:
    articles = many()
    articles.order = SortOrder.KEPT
    last = len(articles) - 1
    articles.readings = {
        articles.location(last): ReadingProgress(location=articles.location(last), kept=1)
    }
    assert articles.arrange(0) == 0
    assert articles.location(0) == "00000-harbour"
    finish(articles, 0)
    assert articles.location(0).startswith(f"{last:05}")


def test_hidden_articles_are_left_out_of_many_that_are_filtered() -> None:
    articles = many()
    articles.query = "harbour"
    articles.set_readings({"00003-harbour": ReadingProgress(location="00003-harbour", hidden=True)})
    finish(articles, articles.arrange(0))
    assert articles.locations()[:2] == ("00000-harbour", "00006-harbour")
    total = len(articles.catalogue)
    assert articles.heading().startswith(f"Articles {len(articles)}/{total - 1}")


def test_a_screen_reader_gets_the_title_first_and_states_in_words() -> None:
    entry = ListEntry(location="a", title="A title", outlet="Holm Post")
    reading = ReadingProgress(location="a", length=100, furthest=40, starred=True, kept=2)
    [row] = ArticleRow(entry=entry, reading=reading, is_selected=True).spoken_rows(100)
    assert row == [("A title, selected, 40% read, starred, 2 bookmarks, Holm Post", "")]


def test_why_an_article_cannot_be_opened_is_told_in_full_in_a_narrow_list() -> None:
    entry = ListEntry(location="a", title="A", problem="its file is missing")
    rows = ArticleRow(entry=entry).rows(18)
    assert [row[0][0].strip() for row in rows[1:-1]] == ["its file is", "missing"]
