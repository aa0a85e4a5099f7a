from types import SimpleNamespace
from typing import Any

import pytest

from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError
from tuireader.library.catalogue import Catalogue
from tuireader.ui.reader import library
from tuireader.ui.reader.library import FeedRefresher, LibraryController, RefreshCount


class Rows:
    filling = False

    def __init__(self) -> None:
        self.growth = 0
        self.inserted: list[Any] = []

    def catalogue_changed(self) -> None:
        self.growth += 1

    def insert(self, locations: Any, before: Any) -> None:
        self.inserted.append((locations, before))


def result(address: Any, *new: Any, entries: Any = (), problem: Any = "") -> Any:
    feed = SimpleNamespace(address=address, shown_title="", entries=(*new, *entries))
    return SimpleNamespace(feed=feed, new=new, corrected=(), problem=problem)


@pytest.fixture
def controller(desk: Any) -> Any:
    desk.rows, desk.warned = Rows(), []
    desk.context.catalogue = Catalogue(lambda place: ListEntry(location=place, title=place))
    desk.context.find_locations = lambda: iter(["https://far.example/1", "river.txt"])
    desk.context.selector_warnings = tuple
    desk.context.new_notices = tuple
    desk.context.missing_locations = tuple
    desk.context.is_listed = lambda _: True
    desk.context.is_notebook_current = lambda: True
    desk.context.listed_sources = ("river.txt",)
    return LibraryController(
        desk.context,
        desk.session,
        desk.notifier,
        desk.tasks,
        opener=desk.opener,
        editor=desk.editor,
        rows=desk.rows,
        warn=desk.warned.append,
    )


def test_the_list_is_filled_and_the_first_file_opened_but_no_address(
    desk: Any, controller: Any
) -> None:
    controller.fill()
    assert len(desk.context.catalogue) == 2
    assert desk.session.article.location == "river.txt"
    assert not desk.rows.filling


def test_the_notebook_is_tidied_once_while_the_user_rests(
    desk: Any, controller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidied: list[Any] = []
    monkeypatch.setattr(desk.notebook, "maintain", tidied.append)
    monkeypatch.setattr(library, "IDLE_TICKS", 3)
    for place in ["a", "b", "b", "b"]:
        controller.tick(place)
    assert not tidied
    for _ in range(3):
        controller.tick("b")
    assert len(tidied) == 1


def test_notices_are_shown_and_another_windows_changes_taken_over(
    desk: Any, controller: Any
) -> None:
    desk.context.new_notices = lambda: ("A notice.",)
    desk.context.is_notebook_current = lambda: False
    desk.context.notebook_changed = lambda: True
    desk.context.added_locations = lambda: ["new.txt", "old.txt"]
    desk.context.removed_locations = lambda: ["old.txt"]
    desk.articles["new.txt"] = desk.articles["river.txt"]
    controller.tick("a")
    assert desk.warned == ["A notice."]
    assert desk.context.catalogue.number("new.txt") >= 0
    assert desk.context.catalogue.number("old.txt") == -1


def test_a_source_is_added_with_a_hint_to_its_feed(desk: Any, controller: Any) -> None:
    desk.context.add_source = lambda source: (source,)
    desk.context.unfollowed_feed = lambda _: "https://far.example/feed"
    desk.tasks.answers.extend(["river.txt", None])
    desk.tasks.dialog(controller.ask_source())
    desk.tasks.dialog(controller.ask_source())
    assert desk.said[-1] == (
        "1 article added to the library · its feed can be added too: https://far.example/feed"
    )


def test_a_source_that_cannot_be_added_is_told(desk: Any, controller: Any) -> None:
    def fail(source: Any) -> None:
        raise SourceError(source, "no such file")

    desk.context.add_source = fail
    controller.add("none.txt")
    assert len(desk.errors) == 1
    assert desk.said == ["Nothing was added"]


def test_what_a_refresh_brought_is_counted() -> None:
    count = RefreshCount().plus(result("f", "1")).plus(result("g", problem="gone"))
    assert str(count) == "2 feeds refreshed: 1 new article, 1 failed"


@pytest.mark.usefixtures("controller")
def test_new_articles_come_before_those_that_the_feed_brought_earlier(desk: Any) -> None:
    desk.context.catalogue.extend(["x.txt", "f/1"])
    desk.context.refresh_feeds = lambda *_: iter([result("f", "f/2", entries=("f/1",))])
    FeedRefresher(desk.context, desk.notifier, desk.tasks, desk.rows, desk.session.renew).toggle()
    assert desk.rows.inserted == [(["f/2"], "f/1")]
    assert desk.said[-1] == "1 feed refreshed: 1 new article"


@pytest.mark.usefixtures("controller")
def test_a_refresh_is_stopped_by_the_same_key(desk: Any) -> None:
    stops = []

    def refresh(stop: Any, _feeds: Any) -> Any:
        stops.append(stop)
        feeds.toggle()
        return iter(())

    desk.context.refresh_feeds = refresh
    feeds = FeedRefresher(desk.context, desk.notifier, desk.tasks, desk.rows, desk.session.renew)
    feeds.toggle()
    assert stops[0].is_set()
    assert desk.said[-1] == "No feeds yet. Press I in the article list to add one."
