"""OPML: lists of feeds, as readers of feeds exchange them."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds import LARGEST_FEED
from tuireader.sources.html.parser import parse_xml
from tuireader.sources.web.feed_sync import Subscription
from tuireader.sources.web.url import parse_url


def read_opml(stream: BinaryIO, location: str) -> Iterator[Subscription | SourceError]:
    """The feeds of a list in order; an error for each that is no address of the web.

    Raises SourceError if it cannot be read, or names no feed.
    """
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        raise SourceError(location, f"it is larger than {LARGEST_FEED // 1_000_000} MB")
    found = False
    for outline in parse_xml(data, location).iter("{*}outline"):
        said = {str(name).lower(): str(value).strip() for name, value in outline.items()}
        if not said.get("xmlurl"):
            continue
        found = True
        try:
            parse_url(said["xmlurl"])
        except SourceError as error:
            yield error
        else:
            title = said.get("title") or said.get("text") or ""
            yield Subscription(address=said["xmlurl"], title=title)
    if not found:
        raise SourceError(location, "it names no feed")


def write_opml(feeds: Iterable[Subscription]) -> str:
    """The list as an OPML 2.0 document."""
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
