from io import BytesIO

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.opml import read_opml, write_opml
from tuireader.sources.web.feed_sync import Subscription

FEEDS = (
    Subscription(address="https://harbour.example/feed?a=1&b=2", title='Harbour "News" <1>'),
    Subscription(address="http://tides.example/rss", title="Tides"),
)


def read(text: str) -> list[Subscription | SourceError]:
    return list(read_opml(BytesIO(text.encode()), "feeds.opml"))


def test_what_is_written_is_read_again() -> None:
    assert read(write_opml(FEEDS)) == list(FEEDS)


def test_feeds_are_found_in_folders_and_ill_formed_lists() -> None:
    (feed,) = read(
        "<opml><body><outline text='News'><outline text='A & B' XMLURL='https://a.example/f'>"
    )
    assert isinstance(feed, Subscription)
    assert feed.address == "https://a.example/f"


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
