"""Reads and writes OPML, the exchange format for lists of feeds."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.files import LARGEST_FEED
from tuireader.sources.html.parser import parse_xml
from tuireader.sources.web.feed_sync import Subscription
from tuireader.sources.web.url import parse_url


def read_opml(stream: BinaryIO, location: str) -> Iterator[Subscription | SourceError]:
    """Return the feeds of an OPML list in order, and an error for each address that is not valid.

    Raises SourceError if the list cannot be read, or has no feeds.
    """
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        raise SourceError(location, f"it is larger than {LARGEST_FEED // 1_000_000} MB")
    found = False
    for outline in parse_xml(data, location).iter("{*}outline"):
        attributes = {str(name).lower(): str(value).strip() for name, value in outline.items()}
        if not attributes.get("xmlurl"):
            continue
        found = True
        try:
            parse_url(attributes["xmlurl"])
        except SourceError as error:
            yield error
        else:
            title = attributes.get("title") or attributes.get("text") or ""
            yield Subscription(address=attributes["xmlurl"], title=title)
    if not found:
        raise SourceError(location, "it contains no feeds")


def write_opml(feeds: Iterable[Subscription]) -> str:
    """Return the feeds as an OPML 2.0 document."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head><title>tuireader</title></head>",
        "<body>",
    ]
    for feed in feeds:
        title, address = escape(feed.title or feed.address), escape(feed.address)
        lines.append(f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{address}"/>')
    return "\n".join([*lines, "</body>", "</opml>", ""])
