"""Reads feed files: the ids of their entries, and an entry's article."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.feeds.model import Feed, FeedItem
from tuireader.sources.feeds.parser import parse_feed
from tuireader.sources.parsed_files import ParsedFiles
from tuireader.sources.web.page_store import page_article

LARGEST_FEED = 20_000_000
"""The largest feed that is read, in bytes."""


def feed_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Return the ids of a feed file's entries in order; raise SourceError if it has none.

    `path` is the path of the open file `stream`; the same holds for the other functions here.
    """
    feed = _parse_file(stream, path)
    if not feed.items:
        raise SourceError(path, "the feed has no entries")
    yield from (entry.id for entry in feed.items)


def feed_warning(stream: BinaryIO, path: str) -> str:
    """Return what is wrong with a feed file, as a clause; empty if it is well-formed.

    Raises SourceError if it cannot be read at all.
    """
    return _parse_file(stream, path).warning


def read_entry(stream: BinaryIO, path: str, name: str) -> Article:
    """Return the article of the entry with an id.

    Raises SourceNotFoundError if the feed has no such entry, SourceError if it cannot be read.
    """
    entry = _entry(stream, path, name)
    return page_article(entry.item, f"{path}#{name}")


def describe_entry(stream: BinaryIO, path: str, name: str) -> ListEntry:
    """Return the list entry of the feed's entry with an id.

    Raises the errors of `read_entry`.
    """
    item = _entry(stream, path, name).item
    return ListEntry(
        location=f"{path}#{name}", title=item.title, outlet=item.outlet, date=item.date
    )


def _entry(stream: BinaryIO, path: str, name: str) -> FeedItem:
    """Return the entry with an id; raise SourceNotFoundError if there is none."""
    found = _FEEDS.of(stream, path).entries.get(name)
    if found is None:
        raise SourceNotFoundError(f"{path}#{name}", "no such entry in the feed")
    return found


@dataclass(frozen=True, slots=True)
class _ParsedFeed:
    """A parsed feed, and its entries by id."""

    feed: Feed
    entries: dict[str, FeedItem]


def _parse_file(stream: BinaryIO, path: str) -> Feed:
    """Parse a feed file; raise SourceError if it is too large or not a feed."""
    return _FEEDS.of(stream, path).feed


def _read(stream: BinaryIO, path: str) -> _ParsedFeed:
    """Parse a feed file.

    Raises SourceError, which names `path`, if it is too large or not a feed.
    """
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        raise SourceError(path, f"it is larger than {LARGEST_FEED // 1_000_000} MB")
    feed = parse_feed(data, path)
    return _ParsedFeed(feed, {entry.id: entry for entry in feed.items})


_FEEDS = ParsedFiles(_read)
