"""Lists of feeds: OPML, and newsboat's `urls` file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.files import LARGEST_FEED
from tuireader.sources.feeds.list_entry import FeedListEntry
from tuireader.sources.feeds.newsboat import parse_urls
from tuireader.sources.feeds.opml import parse_opml

if TYPE_CHECKING:
    from tuireader.sources.web.subscriptions import Subscription


def read_feed_list(stream: BinaryIO, location: str) -> Iterator[FeedListEntry]:
    """Yield the feeds of a list in order, each once, and an error for each invalid entry.

    Args:
        stream: The open file, OPML or newsboat's `urls`.
        location: The path that errors name.

    Raises SourceError if the list is too large, cannot be read or has no feeds.
    """
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        raise SourceError(location, f"it is larger than {LARGEST_FEED // 1_000_000} MB")
    is_markup = data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
    found = tuple((parse_opml if is_markup else parse_urls)(data, location))
    if not found:
        raise SourceError(location, "it contains no feeds")
    yield from _each_once(found)


def _each_once(found: Iterable[FeedListEntry]) -> Iterator[FeedListEntry]:
    """Return the entries, each feed once; one that is listed several times has all their tags."""
    feeds: dict[str, Subscription] = {}
    for entry in found:
        if isinstance(entry, SourceError):
            continue
        first = feeds.setdefault(entry.address, entry)
        tags = dict.fromkeys((*first.tags, *entry.tags))
        feeds[entry.address] = replace(first, name=first.name or entry.name, tags=tuple(tags))
    for entry in found:
        if isinstance(entry, SourceError):
            yield entry
        elif merged := feeds.pop(entry.address, None):
            yield merged
