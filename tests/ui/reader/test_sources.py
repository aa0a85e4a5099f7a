from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tuireader.domain.article_list import ListEntry
from tuireader.library.catalogue import Catalogue
from tuireader.library.query.conditions import QueryError
from tuireader.library.source_tree import FollowedFeed, SourceNode
from tuireader.ui.lists.sources import SourceTreeModel
from tuireader.ui.reader.saved_searches import SavedSearchController
from tuireader.ui.reader.sources import SourceController

FEED = FollowedFeed(address="https://a.example/f", title="A", entries=("https://a.example/1",))


class View:
    """The controller on a real notebook; the lists only note what they are told."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.nodes: dict[str, SourceNode] = {}
        self.done: list[Any] = []
        self.tree = SimpleNamespace(
            display=True, show=self._show, model=SourceTreeModel(), cursor=0
        )
        self.articles: Any = SimpleNamespace(
            model=SimpleNamespace(source=None),
            rearrange=lambda: self.done.append("rearranged"),
            OpenRequested=str,
            post_message=self.done.append,
        )
        actions = SimpleNamespace(
            do=lambda verb, places: self.done.append((verb, places)),
            remove_source=self.done.append,
            ask_and_remove_source=self._ask,
        )
        feeds = SimpleNamespace(refresh=self.done.append)
        desk.context.catalogue = Catalogue(lambda _: None)  # type: ignore[arg-type,return-value] # not described
        desk.context.catalogue.extend([*FEED.entries, "/lone.txt"])
        desk.context.followed_feeds = self._feeds
        desk.context.library_search = lambda: SimpleNamespace(parse=self._parse, locations=iter)
        desk.notebook.sources.add(FEED.address, "/lone.txt")
        self.controller = SourceController(
            desk.context,
            desk.notifier,
            desk.tasks,
            editor=desk.editor,
            tree=self.tree,  # type: ignore[arg-type] # only what the controller uses
            articles=cast("Any", self.articles),
            actions=actions,  # type: ignore[arg-type] # as above
            searches=SavedSearchController(desk.context, desk.notifier, desk.tasks, desk.editor),
            feeds=feeds,  # type: ignore[arg-type] # as above
            focus_articles=lambda: self.done.append("focused"),
        )
        self.controller.refresh()

    def _show(self, nodes: Any) -> None:
        self.nodes = {node.key: node for node in nodes}
        self.tree.model.show(nodes, self.tree.cursor)

    async def _ask(self, source: str, count: int) -> None:
        self.done.append((source, count))

    def _feeds(self) -> tuple[FollowedFeed, ...]:
        options = self.desk.notebook.sources.options(FEED.address)
        title, folder = options.name or FEED.title, options.folder or ""
        return (
            FollowedFeed(address=FEED.address, title=title, folder=folder, entries=FEED.entries),
        )

    @staticmethod
    def _parse(query: str) -> list[str]:
        if query == "wrong(":
            raise QueryError("It ends too early.", 0, 6)
        return {"date:today": ["/lone.txt"]}.get(query, list(FEED.entries))

    @property
    def feed(self) -> SourceNode:
        return self.nodes[f"feed {FEED.address}"]


@pytest.fixture
def view(desk: Any) -> View:
    return View(desk)


def test_entering_a_source_lists_its_articles(view: View) -> None:
    view.controller.do("enter", view.feed)
    assert view.articles.model.source is view.feed
    assert view.done == ["rearranged", "focused"]
    view.controller.do("enter", view.nodes["all"])
    assert view.articles.model.source is None


def test_articles_that_come_to_the_listed_source_are_listed(desk: Any, view: View) -> None:
    view.controller.do("enter", view.nodes["unread"])
    desk.context.catalogue.extend(["/new.txt"])
    view.controller.tick()
    assert "/new.txt" in view.articles.model.source.locations


def test_a_feed_is_renamed_moved_and_paused_and_each_is_undone(desk: Any, view: View) -> None:
    sources = desk.notebook.sources
    desk.tasks.answers.extend(["Harbour", "News/Sea"])
    view.controller.do("rename", view.feed)
    assert view.feed.label == "Harbour"
    view.controller.do("move", view.feed)
    assert "folder News/Sea" in view.nodes
    view.controller.do("pause", view.feed)
    assert sources.options(FEED.address).paused
    for _ in range(3):
        desk.editor.undo()
    assert sources.options(FEED.address) == type(sources.options(""))()


def test_only_feeds_are_renamed_and_only_sources_removed(desk: Any, view: View) -> None:
    view.controller.do("rename", view.nodes["singles"])
    assert desk.said[-1] == "This is neither a feed nor a saved search."
    view.controller.do("remove", view.nodes["unread"])
    assert "Only a source or a saved search can be removed" in desk.said[-1]


def test_the_feeds_of_a_folder_are_refreshed_on_their_own(view: View) -> None:
    view.controller.do("refresh", view.nodes["feeds"])
    assert view.done == [(FEED.address,)]


def test_a_source_is_removed_or_marked_as_read_as_a_whole(desk: Any, view: View) -> None:
    view.controller.do("read", view.feed)
    view.controller.do("remove", view.feed)
    assert view.done == [("all_read", FEED.entries), FEED.address]
    view.controller.do("read", view.nodes["starred"])
    assert desk.said[-1] == "No article here"


def test_saved_searches_and_today_are_nodes_and_a_wrong_query_finds_nothing(
    desk: Any, view: View
) -> None:
    desk.notebook.lists.add("Sea", "sea")
    desk.notebook.lists.add("Broken", "wrong(")
    view.controller.refresh()
    assert view.nodes["today"].locations == {"/lone.txt"}
    assert view.nodes["search Sea"].locations == set(FEED.entries)
    assert not view.nodes["search Broken"].locations


def test_entering_a_chapter_opens_it_and_lists_its_book(desk: Any, view: View) -> None:
    desk.context.catalogue = Catalogue(
        lambda place: ListEntry(location=place, title=f"On {place[-1]}", outlet="The Sea")
    )
    desk.context.catalogue.extend(["/b.epub#contents", "/b.epub#1"])
    desk.notebook.sources.add("/b.epub")
    view.controller.refresh()
    book, chapter = view.nodes["source /b.epub"], view.nodes["chapter /b.epub#1"]
    assert [view.tree.model.name_of(node) for node in (book, chapter)] == ["The Sea", "On 1"]
    view.tree.model.expand(book)
    view.tree.model.arrange(0)
    view.tree.cursor = view.tree.model.listed.index(chapter)
    view.controller.do("enter", chapter)
    assert view.articles.model.source == replace(book, label="The Sea")
    assert view.done == ["rearranged", "/b.epub#1"]


def test_a_saved_search_is_renamed_moved_and_removed_in_the_tree(desk: Any, view: View) -> None:
    for name, query in (("Sea", "sea"), ("Boats", "list:sea")):
        desk.notebook.lists.add(name, query)
    view.controller.refresh()
    desk.tasks.answers.extend(["Ocean", "2"])
    view.controller.do("rename", view.nodes["search Sea"])
    assert desk.notebook.lists.queries() == {"Ocean": "sea", "Boats": "list:Ocean"}
    view.controller.do("move", view.nodes["search Ocean"])
    assert [key for key in view.nodes if key.startswith("search ")] == [
        "search Boats",
        "search Ocean",
    ]
    view.controller.do("remove", view.nodes["search Boats"])
    assert "search Boats" not in view.nodes
    view.controller.do("change", view.feed)
    assert desk.said[-1] == "Only a saved search has a query."


def test_a_source_of_many_articles_is_removed_only_after_a_question(view: View) -> None:
    many = frozenset(f"https://a.example/{number}" for number in range(21))
    view.controller.do("remove", replace(view.feed, locations=many))
    assert view.done == [(FEED.address, 21)]
