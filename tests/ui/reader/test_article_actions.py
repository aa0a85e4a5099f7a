import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ui.reader.river import article_of

from tuireader.domain.article import Passage
from tuireader.domain.article_list import ListEntry
from tuireader.exporters.note_formats import NOTE_FORMATS
from tuireader.library.catalogue import Catalogue
from tuireader.library.source_tree import FollowedFeed
from tuireader.ui.reader.article_actions import ArticleActions

FOLDER = "/news"


class Bench:
    """The actions on a real notebook, with a list that is only a tuple of locations."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.meant: tuple[str, ...] = ("/news/ferry.txt",)
        self.shown = tuple(f"/news/{number}.txt" for number in range(25))
        self.deselected = 0
        desk.context.catalogue = Catalogue(
            lambda place: ListEntry(location=place, title=place.title())
        )
        desk.context.catalogue.extend(["/news/ferry.txt", *self.shown])
        self.authors: dict[str, str] = {}
        desk.context.cite = lambda known: replace(
            known, outlet="", author=self.authors.get(known.location, "")
        )
        desk.context.source_of = lambda place: FOLDER if place.startswith(FOLDER) else ""
        desk.context.kept_articles = lambda _: ()
        self.actions = ArticleActions(
            desk.context,
            desk.notifier,
            desk.tasks,
            editor=desk.editor,
            listed=self,
        )

    def targets(self) -> tuple[str, ...]:
        return self.meant

    def all_shown(self) -> tuple[str, ...]:
        return self.shown

    def selected(self) -> tuple[str, ...]:
        return self.meant

    def deselect(self) -> None:
        self.deselected += 1

    def reading(self, location: str = "/news/ferry.txt") -> Any:
        return self.desk.notebook.progress.all().get(location)


@pytest.fixture
def bench(desk: Any) -> Bench:
    return Bench(desk)


def test_an_article_is_marked_as_read_and_as_unread_again(desk: Any, bench: Any) -> None:
    bench.actions.do("read")
    assert bench.reading().finished
    assert desk.said[-1] == "“/News/Ferry.Txt” marked as read"
    bench.actions.do("read")
    assert not bench.reading().finished
    desk.editor.undo()
    assert bench.reading().finished
    assert desk.said[-1] == "Undone: marked “/News/Ferry.Txt” as unread"


def test_several_articles_become_read_unless_all_are(desk: Any, bench: Any) -> None:
    bench.actions.do("read")
    bench.meant = ("/news/ferry.txt", "/news/1.txt")
    bench.actions.do("read")
    assert bench.reading().finished
    assert bench.reading("/news/1.txt").finished
    assert bench.deselected == 2
    bench.actions.do("read")
    assert desk.said[-1] == "2 articles marked as unread"


def test_a_star_is_given_and_removed(desk: Any, bench: Any) -> None:
    bench.actions.do("star")
    assert bench.reading().starred
    bench.actions.do("star")
    assert not bench.reading().starred
    assert desk.said[-1].startswith("Star removed: ")


def test_more_than_twenty_are_changed_only_when_the_user_agrees(desk: Any, bench: Any) -> None:
    desk.tasks.answers.extend([None, True])
    bench.actions.do("all_read")
    assert desk.notebook.progress.all() == {}
    bench.actions.do("all_read")
    assert len(desk.notebook.progress.all()) == 25
    desk.editor.undo()
    assert not any(each.finished for each in desk.notebook.progress.all().values())


def test_only_the_articles_that_become_read_are_counted(desk: Any, bench: Any) -> None:
    bench.actions.do("all_read", ["/news/3.txt"])
    bench.actions.do("all_read", ["/news/3.txt", "/news/4.txt", "/news/5.txt"])
    assert desk.said[-1] == "2 articles marked as read"
    desk.editor.undo()
    assert "marked 2 articles as read" in desk.said[-1]


def test_the_tags_of_an_article_are_edited(desk: Any, bench: Any) -> None:
    desk.tasks.answers.extend(['sea "high tide"', "boats SEA", None])
    bench.actions.do("tag")
    assert bench.reading().tags == ("sea", "high tide")
    bench.actions.do("tag")
    assert bench.reading().tags == ("sea", "boats")
    bench.actions.do("tag")
    assert bench.reading().tags == ("sea", "boats")
    [bookmark] = desk.notebook.bookmarks.all()
    assert bookmark.article.title == "/News/Ferry.Txt"


def test_a_tag_record_has_the_author_that_the_article_states(desk: Any, bench: Any) -> None:
    bench.authors["/news/ferry.txt"] = "Jane Holt"
    desk.tasks.answers.append("sea")
    bench.actions.do("tag")
    [bookmark] = desk.notebook.bookmarks.all()
    assert bookmark.article.author == "Jane Holt"


def test_tags_are_added_to_several_articles_whose_own_stay(desk: Any, bench: Any) -> None:
    desk.tasks.answers.extend(["old", "new"])
    bench.actions.do("tag")
    bench.meant = ("/news/ferry.txt", "/news/1.txt")
    bench.actions.do("tag")
    assert bench.reading().tags == ("old", "new")
    assert bench.reading("/news/1.txt").tags == ("new",)


def test_an_article_of_a_folder_is_hidden_and_its_folder_stays(desk: Any, bench: Any) -> None:
    desk.notebook.sources.add(FOLDER)
    desk.tasks.answers.extend(["hide"])
    bench.actions.do("remove")
    assert bench.reading().hidden
    assert desk.notebook.sources.all() == (FOLDER,)
    desk.editor.undo()
    assert bench.reading() is None


def test_the_whole_source_is_removed_only_if_that_is_chosen(desk: Any, bench: Any) -> None:
    desk.notebook.sources.add(FOLDER)
    desk.tasks.answers.extend([None, "remove"])
    bench.actions.do("remove")
    assert desk.notebook.sources.all() == (FOLDER,)
    bench.actions.do("remove")
    assert desk.notebook.sources.all() == ()
    assert bench.reading() is None


def test_a_source_of_one_article_is_removed_at_once(desk: Any, bench: Any) -> None:
    desk.notebook.sources.add("/lone.txt")
    desk.context.source_of = lambda place: place
    bench.meant = ("/lone.txt",)
    bench.actions.do("remove")
    assert desk.notebook.sources.all() == ()
    assert desk.said[-1] == "Removed from the library: /lone.txt. Press u to undo."


def test_articles_with_notes_stay_when_their_feed_is_removed(desk: Any, bench: Any) -> None:
    feed = "https://far.example/feed"
    desk.notebook.sources.add(feed)
    desk.context.source_of = lambda _: feed
    desk.context.kept_articles = lambda _: ("https://far.example/1",)
    desk.tasks.answers.append("remove")
    bench.actions.do("remove")
    assert desk.notebook.sources.all() == ("https://far.example/1",)
    assert "except 1 article with your notes or stars" in desk.said[-1]
    desk.editor.undo()
    assert desk.notebook.sources.all() == (feed,)


def test_nothing_is_done_where_no_article_is(desk: Any, bench: Any) -> None:
    bench.meant = ()
    bench.actions.do("star")
    assert desk.said == ["No article here"]


def test_a_tag_with_a_minus_is_removed_from_several_articles(desk: Any, bench: Any) -> None:
    desk.tasks.answers.extend(["old sea", "new -sea", "-", None])
    bench.actions.do("tag")
    bench.meant = ("/news/ferry.txt", "/news/1.txt")
    bench.actions.do("tag")
    assert bench.reading().tags == ("old", "new")
    assert bench.reading("/news/1.txt").tags == ("new",)
    for _ in range(2):
        bench.actions.do("tag")
    assert bench.reading().tags == ("old", "new")
    desk.editor.undo()
    assert bench.reading().tags == ("old", "sea")


def test_the_bookmarks_of_the_selected_articles_are_exported(
    desk: Any, bench: Any, tmp_path: Path
) -> None:
    article = article_of()
    desk.notebook.bookmarks.keep(article, Passage(0, 5))
    desk.notebook.bookmarks.keep(article, None, tags=("sea",))
    desk.context.resume = desk.resume
    desk.resume.export_folder = str(tmp_path)
    bench.actions.do("export")
    assert desk.said[-1] == "No bookmarks or notes to export in 1 article"
    bench.meant = (article.location, "/news/ferry.txt")
    desk.tasks.answers.extend([None, NOTE_FORMATS[0], tmp_path / "notes.md"])
    bench.actions.do("export")
    bench.actions.do("export")
    assert desk.said[-1] == (
        f"Exported 1 bookmark and 1 tagged article of 2 articles to {tmp_path / 'notes.md'}."
    )
    desk.tasks.asked[-1]._save(tmp_path / "notes.md")
    assert article.text[:5] in (tmp_path / "notes.md").read_text(encoding="utf-8")


def test_only_the_feeds_of_the_selected_articles_are_refreshed(desk: Any, bench: Any) -> None:
    feeds = [
        FollowedFeed(address=f"https://{name}.example", title=name, entries=(f"/news/{name}.txt",))
        for name in ("ferry", "other")
    ]
    desk.context.followed_feeds = lambda: feeds
    assert bench.actions.feeds_to_refresh() == ("https://ferry.example",)
    bench.meant = ("/lone.txt",)
    assert bench.actions.feeds_to_refresh() is None
    assert "1 selected article, none of them from a feed" in desk.said[-1]
    bench.meant = ()
    assert bench.actions.feeds_to_refresh() == ()


def test_a_source_of_many_articles_is_removed_when_the_user_agrees(desk: Any, bench: Any) -> None:
    desk.notebook.sources.add(FOLDER)
    desk.tasks.answers.extend([None, True])
    asyncio.run(bench.actions.ask_and_remove_source(FOLDER, 25))
    assert desk.notebook.sources.all() == (FOLDER,)
    asyncio.run(bench.actions.ask_and_remove_source(FOLDER, 25))
    assert desk.notebook.sources.all() == ()


def test_the_articles_of_a_source_are_changed_without_the_list(desk: Any, bench: Any) -> None:
    bench.actions.do("all_read", ["/news/3.txt"])
    assert [place for place, each in desk.notebook.progress.all().items() if each.finished] == [
        "/news/3.txt"
    ]
