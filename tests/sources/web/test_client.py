from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from http_site import Site

from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.sources.web.client import TEASER, WebClient
from tuireader.sources.web.subscriptions import Subscription, Subscriptions

WORDS = (
    "<p>The ferry left the harbour an hour late, and nobody on the quay had been told why.</p>"
    "<p>“We were promised a second boat,” said Marta Lindqvist, who runs the bakery on the far"
    " island. “Now it is autumn and we still have half a boat.”</p>"
    "<p>A third inspection is planned for the week after next, the company said.</p>"
)
PAGE = f"<html><head><title>Late ferry</title></head><body><article>{WORDS}</article></body></html>"


def rss(*entries: str) -> bytes:
    items = "".join(
        f"<item><guid>{name}</guid><title>About {name}</title><link>/{name}</link>"
        f"<description>Teaser of {name}.</description></item>"
        for name in entries
    )
    return f'<rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>'.encode()


@pytest.fixture
def folders(tmp_path: Path) -> AppPaths:
    return AppPaths.find(str(tmp_path / "data"), {})


@pytest.fixture
def visitor(folders: AppPaths) -> WebClient:
    return WebClient(folders)


def refreshed(visitor: WebClient, *addresses: str) -> Any:
    return list(visitor.refresh(addresses, Event()))


def test_a_page_is_fetched_once_and_then_read_without_the_network(
    site: Site, folders: AppPaths, visitor: WebClient
) -> None:
    address = site.gives("/a?utm_source=x&id=1", PAGE.encode())
    site.answers["/a?id=1"] = site.answers["/a?utm_source=x&id=1"]
    (location,) = visitor.fetch_locations(address)
    assert location == f"{site.base}/a?id=1"
    site.answers.clear()
    assert "half a boat" in WebClient(folders).article(location).text
    assert visitor.fetch_locations(address) == (location,)
    assert len(site.asked) == 1


def test_the_original_is_kept_as_it_came(site: Site, folders: AppPaths, visitor: WebClient) -> None:
    visitor.fetch_locations(site.gives("/a", PAGE.encode()))
    (original,) = (folders.pages / "originals").rglob("*.html")
    assert original.read_bytes() == PAGE.encode()


def test_a_lie_about_the_charset_does_not_spoil_the_words(site: Site, visitor: WebClient) -> None:
    address = site.gives("/a", PAGE.encode("cp1252"), "text/html; charset=utf-8")
    assert "“We were" in visitor.article(*visitor.fetch_locations(address)).text


def test_a_redirected_page_is_kept_under_its_own_address(site: Site, visitor: WebClient) -> None:
    site.gives("/new", PAGE.encode())
    old = site.gives("/old", b"", status=301, Location="/new")
    assert visitor.fetch_locations(old) == (f"{site.base}/new",) == visitor.fetch_locations(old)
    assert len(site.asked) == 2


def test_a_list_of_feeds_is_no_article(site: Site, visitor: WebClient) -> None:
    with pytest.raises(SourceError, match="file type"):
        visitor.fetch_locations(site.gives("/a", b"<opml></opml>", "text/html"))


def test_an_entry_is_fetched_when_it_is_opened_and_not_before(
    site: Site, visitor: WebClient
) -> None:
    site.gives("/one", PAGE.encode())
    entries = visitor.fetch_locations(site.gives("/feed", rss("one", "two")))
    assert [visitor.describe(entry).title for entry in entries] == ["About one", "About two"]
    assert [visitor.stored_article(entry).text for entry in entries] == [
        "Teaser of one.",
        "Teaser of two.",
    ]
    assert [path for path, _ in site.asked] == ["/feed"]
    assert "half a boat" in visitor.article(entries[0]).text
    missing = visitor.article(entries[1]).text
    assert missing.startswith(TEASER)
    assert "Teaser of two." in missing


def test_an_entry_does_not_lead_into_the_readers_network(site: Site, visitor: WebClient) -> None:
    feed = rss("one").replace(b"/one", b"http://localhost:1/admin")
    (entry,) = visitor.fetch_locations(site.gives("/feed", feed))
    assert "not typed by you" in visitor.article(entry).text


def test_new_entries_come_before_those_that_are_there(site: Site, visitor: WebClient) -> None:
    address = site.gives("/feed", rss("two", "one"))
    visitor.fetch_locations(address)
    site.gives("/feed", rss("three", "two"))
    (found,) = refreshed(visitor, address)
    assert found.new == (f"{site.base}/three",)
    assert [entry.rpartition("/")[2] for entry in visitor.stored_locations(address)] == [
        *("three", "two", "one")
    ]


def test_a_feed_that_has_not_changed_is_not_sent_again(
    site: Site, folders: AppPaths, visitor: WebClient
) -> None:
    address = site.gives("/feed", rss("one"), ETag='"7"', Last_Modified="Wed, 04 Sep 2024")
    visitor.fetch_locations(address)
    site.gives("/feed", b"", status=304)
    (found,) = refreshed(WebClient(folders), address)
    assert (found.new, found.problem) == ((), "")
    _, asked = site.asked[-1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"7"', "Wed, 04 Sep 2024")


def test_a_site_that_asks_to_be_left_alone_is_so_after_a_restart_too(
    site: Site, folders: AppPaths, visitor: WebClient
) -> None:
    address = site.gives("/feed", rss("one"))
    visitor.fetch_locations(address)
    site.gives("/feed", b"", status=429, Retry_After="7200")
    (failed,) = refreshed(visitor, address)
    assert "too many requests" in failed.problem
    count = len(site.asked)
    (waiting,) = refreshed(WebClient(folders), address)
    assert (waiting.waits, len(site.asked)) == (True, count)
    assert "another 120 minutes" in waiting.problem
    assert visitor.stored_locations(address) == (f"{site.base}/one",)


def test_a_site_is_asked_for_one_thing_at_a_time(site: Site, visitor: WebClient) -> None:
    busy, most = [], []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        busy.append(handler.path)
        most.append(len(busy))
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(rss("one"))
        busy.remove(handler.path)

    feeds = [f"{site.base}/feed{number}" for number in range(5)]
    for feed in feeds:
        site.answers[feed.removeprefix(site.base)] = answer
        visitor.follow(Subscription(address=feed))
    assert len(refreshed(visitor, *feeds)) == 5
    assert max(most) == 1


def test_refreshing_can_be_stopped(site: Site, visitor: WebClient) -> None:
    stop = Event()
    feeds = [site.gives(f"/feed{number}", rss("one")) for number in range(4)]
    for feed in feeds:
        visitor.follow(Subscription(address=feed))
    asked = visitor.refresh(feeds, stop)
    next(asked)
    stop.set()
    assert len(list(asked)) < 3


def test_one_article_of_two_feeds_is_one_article(site: Site, visitor: WebClient) -> None:
    first = visitor.fetch_locations(site.gives("/feed1", rss("one")))
    again = visitor.fetch_locations(site.gives("/feed2", rss("one?utm_medium=rss")))
    assert first == again


def test_a_damaged_state_is_no_feed(folders: AppPaths) -> None:
    feeds = Subscriptions(folders.feeds)
    feeds.put(Subscription(address="https://harbour.example/feed"))
    (path,) = folders.feeds.iterdir()
    path.write_bytes(b"{")
    assert feeds.get("https://harbour.example/feed") is None


def test_all_of_a_page_is_there_without_the_network(site: Site, visitor: WebClient) -> None:
    page = PAGE.replace("<article>", "<nav>Tides and times</nav><article>")
    (address,) = visitor.fetch_locations(site.gives("/a", page.encode()))
    assert "Tides" not in visitor.stored_article(address).text
    site.answers.clear()
    assert "Tides" in visitor.whole_page(address).text


def test_the_settings_say_where_the_article_is(site: Site, folders: AppPaths) -> None:
    page = PAGE.replace("</article>", "</article><div class='x story'><p>The other one.</p></div>")
    address = site.gives("/a", page.encode())
    visitor = WebClient(folders, (("127.0.0.1", "div.story"),))
    assert visitor.stored_article(*visitor.fetch_locations(address)).text == "The other one."


def test_what_an_export_brought_without_its_text_is_fetched_if_it_is_public(
    site: Site, visitor: WebClient
) -> None:
    with pytest.raises(SourceError, match="not typed by you"):
        visitor.article(site.gives("/a", PAGE.encode()))
    assert site.asked == []


def test_a_feed_that_is_empty_is_followed_all_the_same(site: Site, visitor: WebClient) -> None:
    address = site.gives("/feed", rss())
    assert visitor.fetch_locations(address) == (address,)
    assert "not fetched yet" in visitor.describe(address).problem
    site.gives("/feed", rss("one"))
    (found,) = refreshed(visitor, address)
    assert found.new == (f"{site.base}/one",)


def test_what_cannot_be_kept_is_said(site: Site, folders: AppPaths, visitor: WebClient) -> None:
    folders.data.mkdir(parents=True)
    folders.pages.write_text("in the way", encoding="utf-8")
    for address in (site.gives("/a", PAGE.encode()), site.gives("/feed", rss("one"))):
        with pytest.raises(SourceError, match="cannot be stored"):
            visitor.fetch_locations(address)


@pytest.mark.parametrize("link", ["", "<link>/log</link>", "<link>/</link>"])
def test_entries_without_an_address_of_their_own_all_come(
    site: Site, visitor: WebClient, link: str
) -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>{n}</guid><title>Change {n}</title>{link}"
        f"<description>Text of change {n}.</description></item>"
        for n in range(5)
    )
    feed = f"<rss version='2.0'><channel><title>Log</title><link>/</link>{items}</channel></rss>"
    found = visitor.fetch_locations(site.gives("/feed", feed.encode()))
    asked = len(site.asked)
    assert [visitor.article(place).text for place in found] == [
        f"Text of change {n}." for n in range(5)
    ]
    assert len(site.asked) == asked


def test_a_feed_keeps_the_name_and_tags_of_the_list_that_it_came_with(
    site: Site, folders: AppPaths, visitor: WebClient
) -> None:
    address = site.gives("/feed", rss("1"))
    visitor.follow(Subscription(address=address, name="My name", tags=("tech",)))
    (result,) = refreshed(visitor, address)
    assert result.feed.shown_title == "My name"
    kept = Subscriptions(folders.feeds).get(address)
    assert kept is not None
    assert (kept.name, kept.title, kept.tags) == ("My name", "Harbour", ("tech",))


def test_the_charset_of_the_server_counts_for_a_feed(site: Site, visitor: WebClient) -> None:
    feed = "<rss><channel><item><title>Привет</title></item></channel></rss>"
    kind = "application/rss+xml; charset=koi8-r"
    address = site.gives("/feed", feed.encode("koi8-r"), kind)
    (location,) = visitor.fetch_locations(address)
    assert visitor.stored_article(location).title == "Привет"
