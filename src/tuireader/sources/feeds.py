"""Parses feeds (RSS, Atom, RDF and JSON Feed), from files and from the web."""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any, BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.import_item import ImportItem
from tuireader.sources.extras import missing_extra
from tuireader.sources.html.page import link_target
from tuireader.sources.limits import check_attributes
from tuireader.sources.tags import without_tags
from tuireader.sources.web.page_store import page_article
from tuireader.text.sanitize import sanitize_line

LARGEST_FEED = 20_000_000
"""The largest feed that is read, in bytes."""

MOST_ENTRIES = 20_000
"""Entries of a feed that is read; about 4,000 a second are, and feeds have hundreds."""
_DECLARED = 10_000
_MOST_READ = 2
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
_LANGUAGE = re.compile(rb"<(?:\w+:)?language>\s*([A-Za-z]{2})\b")
_DATED = re.compile(
    rb"<(?:\w+:)?(?:pubDate|date|published|updated|issued|modified|created)\b"
    rb"|\"date_(?:published|modified)\"",
    re.IGNORECASE,
)
_FULL_TAGS = ("<p", "<br", "<div")
_FULL = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A feed entry: its id within the feed, and its article as far as the feed contains it."""

    id: str
    item: ImportItem
    whole: bool
    """Whether the feed contains the article's full text rather than a teaser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed.

    Its title, its entries in order, and a warning (a clause) if it is ill-formed.
    """

    title: str
    items: tuple[FeedItem, ...]
    warning: str = ""


def parse_feed(data: bytes, location: str, address: str = "") -> Feed:
    """Parse a feed; an ill-formed one gives the entries that can be read, and a warning.

    Args:
        data: The feed as bytes.
        location: The path or URL that errors name.
        address: The URL that relative links are resolved against.

    Raises SourceError if it is not a feed, or declares XML entities.
    """
    if b"<!ENTITY" in data[:_DECLARED].replace(b"\0", b""):
        raise SourceError(location, "it declares XML entities, which are refused")
    with missing_extra("feeds", location):
        import fastfeedparser  # noqa: PLC0415 - an extra, and 60 ms
    check_attributes(data.replace(b"\0", b"").decode("latin-1"), location)
    try:
        found = fastfeedparser.parse(data)
    except _BROKEN as error:
        raise SourceError(location, "not a readable feed") from error
    if len(found.entries) > MOST_ENTRIES:
        raise SourceError(location, f"it has more than {MOST_ENTRIES:,} entries")
    title = sanitize_line(_text(found.feed.get("title")))
    language = _language(data) or _text(found.feed.get("language"))[:2].lower()
    # The library takes an entry's id for its date if there is no date.
    dated = _DATED.search(data) is not None
    items: dict[str, FeedItem] = {}
    for number, entry in enumerate(found.entries, 1):
        made = _item(entry, number, address, title, language)
        if not dated:
            made = replace(made, item=replace(made.item, date=None))
        items.setdefault(made.id, made)
    return Feed(title=title, items=tuple(items.values()), warning=_ill_formed(data))


def feed_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Return the ids of a feed file's entries; raise SourceError if it has none."""
    feed = _parse_file(stream, path)
    if not feed.items:
        raise SourceError(path, "the feed has no entries")
    yield from (entry.id for entry in feed.items)


def feed_warning(stream: BinaryIO, path: str) -> str:
    """Return what is wrong with a readable feed file, as a clause; empty if it is well-formed."""
    return _parse_file(stream, path).warning


def read_entry(stream: BinaryIO, path: str, name: str) -> Article:
    """Return the article of one entry of a feed file.

    Raise SourceNotFoundError for an unknown id.
    """
    entry = _entry(stream, path, name)
    return page_article(entry.item, f"{path}#{name}")


def describe_entry(stream: BinaryIO, path: str, name: str) -> ListEntry:
    """Return one entry's list entry; raise SourceNotFoundError for an unknown id."""
    item = _entry(stream, path, name).item
    return ListEntry(
        location=f"{path}#{name}", title=item.title, outlet=item.outlet, date=item.date
    )


def _entry(stream: BinaryIO, path: str, name: str) -> FeedItem:
    """Return the entry with an id; raise SourceNotFoundError if there is none."""
    found = _read_once(stream, path).entries.get(name)
    if found is None:
        raise SourceNotFoundError(f"{path}#{name}", "no such entry in the feed")
    return found


@dataclass(frozen=True, slots=True)
class _ParsedFeed:
    """A parsed feed, and its entries by id."""

    feed: Feed
    entries: dict[str, FeedItem]


_LAST_READ: dict[tuple[str, int, int, int, int], _ParsedFeed] = {}
"""The feeds that were parsed last, by path and file state."""


def _parse_file(stream: BinaryIO, path: str) -> Feed:
    """Parse a feed file; raise SourceError if it is too large or not a feed."""
    return _read_once(stream, path).feed


def _read_once(stream: BinaryIO, path: str) -> _ParsedFeed:
    """Parse a feed file, or return the parsed feed if the file has not changed since."""
    try:
        state = os.fstat(stream.fileno())
    except OSError:
        return _read(stream, path)
    stamp = path, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
    if stamp not in _LAST_READ:
        found = _read(stream, path)
        while len(_LAST_READ) >= _MOST_READ:
            del _LAST_READ[next(iter(_LAST_READ))]
        _LAST_READ[stamp] = found
    return _LAST_READ[stamp]


def _read(stream: BinaryIO, path: str) -> _ParsedFeed:
    """Parse a feed file; raise SourceError if it is too large or not a feed."""
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        raise SourceError(path, f"it is larger than {LARGEST_FEED // 1_000_000} MB")
    feed = parse_feed(data, path)
    return _ParsedFeed(feed, {entry.id: entry for entry in feed.items})


def _item(entry: Any, number: int, address: str, outlet: str, language: str) -> FeedItem:
    """Return one entry; `number` is its place in the feed, from 1."""
    link = link_target(address, _text(entry.get("link")))
    teaser = _text(entry.get("description"))
    contents = [_text(part.get("value")) for part in entry.get("content") or () if part]
    html = max([*contents, teaser], key=len)
    whole = len(html) > _FULL and (html != teaser or any(tag in html for tag in _FULL_TAGS))
    guid = _text(entry.get("id")) or link or f"{number}"
    title_or_words = (
        sanitize_line(_text(entry.get("title"))) or _first_words(html) or link or f"Entry {number}"
    )
    item = ImportItem(
        title=title_or_words,
        address=link,
        author=sanitize_line(_text(entry.get("author"))),
        outlet=outlet,
        date=_day(_text(entry.get("published")) or _text(entry.get("updated"))),
        language=language if language.isalpha() else "",
        html=html if _words(html) else escape(title_or_words),
    )
    name = hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return FeedItem(id=name, item=item, whole=whole)


def _text(value: Any) -> str:
    """Return a string without surrounding white space; empty for any other value."""
    return value.strip() if isinstance(value, str) else ""


def _language(data: bytes) -> str:
    """Return the language of an RSS channel, which the library does not report; empty if none."""
    found = _LANGUAGE.search(data[:_DECLARED])
    return found[1].decode("ascii").lower() if found else ""


def _first_words(html: str) -> str:
    """Return the first ten words of an entry, as the title of one that has none."""
    return " ".join(_words(html[:400]).split()[:10])


def _words(html: str) -> str:
    """Return the words of HTML as one line."""
    return sanitize_line(unescape(without_tags(html, " "))).strip()


def _day(value: str) -> dt.date | None:
    """Parse an ISO date; None if it is not one."""
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _ill_formed(data: bytes) -> str:
    """Return the warning for a feed that is not well-formed XML; empty if it is, or is JSON."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return ""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "the feed is ill-formed; some entries may be missing"
    return ""
