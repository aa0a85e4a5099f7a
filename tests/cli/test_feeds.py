from pathlib import Path

import pytest
from cli.shell import Shell
from http_site import Site

ENTRY = (
    '<rss version="2.0"><channel><title>Harbour</title>'
    "<item><guid>one</guid><title>One</title><link>/one</link></item></channel></rss>"
)


@pytest.fixture
def feed(site: Site, shell: Shell) -> str:
    """A feed of one article in the library."""
    address = site.gives("/feed", ENTRY.encode())
    assert shell("feeds", "add", address) == 0
    return address


def test_a_feed_is_listed_with_its_unread_articles(shell: Shell, feed: str) -> None:
    (record,) = shell.json("feeds", "--json")
    assert record == {
        "address": feed,
        "name": "Harbour",
        "folder": None,
        "articles": 1,
        "unread": 1,
        "paused": False,
    }
    assert shell("mark", "read", feed) == 0
    assert shell("feeds") == 0
    assert shell.out == f"     0 of      1  Harbour · {feed}\n"


def test_the_name_and_the_folder_of_a_feed_go_out_with_the_list(shell: Shell, feed: str) -> None:
    assert shell("feeds", "rename", feed, "The port") == 0
    assert shell("feeds", "move", feed, "News/Sea") == 0
    assert shell("list", "--opml") == 0
    assert '<outline text="Sea" title="Sea">' in shell.out
    assert 'text="The port"' in shell.out
    assert shell("feeds", "rename", feed, "") == 0
    (record,) = shell.json("feeds", "--json")
    assert (record["name"], record["folder"]) == ("Harbour", "News/Sea")


def test_a_feed_of_a_list_keeps_its_name_and_folder_when_its_address_is_added(
    shell: Shell, site: Site, tmp_path: Path
) -> None:
    address = site.gives("/feed", ENTRY.encode())
    outline = f'<outline text="Sea"><outline text="The port" xmlUrl="{address}"/></outline>'
    file = tmp_path / "feeds.opml"
    file.write_text(f"<opml><body>{outline}</body></opml>", encoding="utf-8")
    assert shell("add", file) == 0
    assert shell("feeds", "add", address) == 0
    (record,) = shell.json("feeds", "--json")
    assert (record["name"], record["folder"], record["articles"]) == ("The port", "Sea", 1)


def test_a_paused_feed_is_refreshed_only_when_it_is_named(
    shell: Shell, feed: str, site: Site
) -> None:
    assert shell("feeds", "pause", feed) == 0
    site.asked.clear()
    assert shell("sync") == 0
    assert site.asked == []
    assert shell("feeds", "refresh", feed) == 0
    assert len(site.asked) == 1
    assert shell("feeds", "resume", feed) == 0
    assert shell("sync") == 0
    assert len(site.asked) == 2


def test_a_starred_article_stays_when_its_feed_is_removed(shell: Shell, feed: str) -> None:
    (entry,) = shell.json("list", "--json")
    assert shell("star", entry["location"]) == 0
    assert shell("feeds", "remove", feed) == 0
    assert shell.out == "1 feed removed, except 1 article with your notes or stars.\n"
    assert [each["location"] for each in shell.json("list", "--json")] == [entry["location"]]
    assert shell.json("feeds", "--json") == []


def test_what_is_not_a_feed_or_not_an_action_is_told(shell: Shell) -> None:
    for words in ((), ("list",)):
        assert shell("feeds", *words) == 0
        assert shell.out.startswith("No feeds yet.")
    assert shell("feeds", "pause", "https://a.example/feed") == 1
    assert "it is not a feed in your library" in shell.err
    assert shell("feeds", "paint", "https://a.example/feed") == 2
    assert "Use: list, add ADDRESS" in shell.err
