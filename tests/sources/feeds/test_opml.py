from io import BytesIO

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.feed_list import read_feed_list
from tuireader.sources.feeds.opml import write_opml
from tuireader.sources.web.subscriptions import Subscription

FEEDS = (
    Subscription(
        address="https://harbour.example/feed?a=1&b=2",
        name='Harbour "News" <1>',
        tags=("Science/Sea", "tech"),
    ),
    Subscription(address="http://tides.example/rss", name="Tides"),
)


def read(text: str, encoding: str = "utf-8") -> list[Subscription | SourceError]:
    return list(read_feed_list(BytesIO(text.encode(encoding)), "feeds.opml"))


def test_what_is_written_is_read_again() -> None:
    assert read(write_opml(FEEDS)) == list(FEEDS)


def test_feeds_are_found_in_folders_and_ill_formed_lists() -> None:
    (feed,) = read(
        "<opml><body><outline text='News'><outline text='A & B' XMLURL='https://a.example/f?a&b'>"
    )
    assert feed == Subscription(address="https://a.example/f?a&b", name="A & B", tags=("News",))


def test_what_is_commented_out_is_no_part_of_the_list() -> None:
    (feed,) = read(
        "<opml><body><!-- <outline xmlUrl='https://c.example/'/> -->"
        "<outline text='Off' isComment='true'><outline xmlUrl='https://b.example/'/></outline>"
        "<outline text='&amp;#8220;A&amp;#8221;' xmlUrl='https://a.example/'/></body></opml>"
    )
    assert feed == Subscription(address="https://a.example/", name="“A”")


def test_a_feed_in_two_folders_comes_once_with_both_as_tags() -> None:
    feed = "<outline text='A' xmlUrl='feed://a.example/f' category='/x/y,z'/>"
    (found,) = read(
        f"<opml><body><outline text='1'>{feed}</outline><outline text='2'>{feed}</outline>"
        "</body></opml>"
    )
    assert found == Subscription(
        address="http://a.example/f", name="A", tags=("1", "x/y", "z", "2")
    )


def test_a_list_in_an_older_encoding_is_read() -> None:
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><opml><body>'
        "<outline text='Café “oui”' xmlUrl='https://a.example/'/></body></opml>"
    )
    (feed,) = read(text, "cp1252")
    assert isinstance(feed, Subscription)
    assert feed.name == "Café “oui”"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "feed", "javascript:1", "http://"])
def test_what_is_no_address_of_the_web_is_named(address: str) -> None:
    (error,) = read(f"<opml><body><outline xmlUrl='{address}'/></body></opml>")
    assert isinstance(error, SourceError)


def test_entities_are_refused() -> None:
    with pytest.raises(SourceError, match="entities"):
        read('<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>')


def test_a_list_without_feeds_says_so() -> None:
    with pytest.raises(SourceError, match="no feed"):
        read("<opml><body/></opml>")


def test_a_folder_is_written_once_with_the_folders_in_it() -> None:
    feeds = [
        Subscription(address=f"https://{number}.example/feed", name=str(number), tags=tags)
        for number, tags in enumerate((("News",), (), ("News/Deep",), ("News",), ("Sea/Deep",)))
    ]
    written = write_opml(feeds)
    assert written.count('text="News"') == 1
    assert written.count('text="Deep"') == 2
    found = [feed for feed in read(written) if isinstance(feed, Subscription)]
    assert sorted(found, key=lambda feed: feed.name) == feeds
