import json

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.parser import parse_feed
from tuireader.sources.web.page_store import page_article


def feed_with(**item: object) -> bytes:
    version = "https://jsonfeed.org/version/1.1"
    feed = {"items": [item], "authors": [{"name": "Cy"}], "title": "T", "version": version}
    return json.dumps(feed).encode()


def test_plain_text_keeps_its_lines_and_brackets() -> None:
    data = feed_with(id=7, content_text="First.\nSecond.\n\nA <word> & more.")
    (entry,) = parse_feed(data, "f").items
    assert page_article(entry.item, "f").text == "First.\nSecond.\n\nA <word> & more."
    assert (entry.item.author, entry.item.outlet) == ("Cy", "T")


def test_the_date_is_as_stated_and_the_address_is_absolute() -> None:
    data = feed_with(
        id="1", url="/1", content_html="<p>A</p>", date_published="2024-07-03T23:00:00-07:00"
    )
    (entry,) = parse_feed(data, "f", "https://a.example/feed.json").items
    assert (str(entry.item.date), entry.item.address) == ("2024-07-03", "https://a.example/1")


@pytest.mark.parametrize("data", [b"{", b'{"items": 1}', b"{}", b'{"a":' * 50_000])
def test_what_is_no_json_feed_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a readable feed"):
        parse_feed(data, "f")
