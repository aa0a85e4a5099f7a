"""Feeds: RSS, Atom, RDF and JSON Feed, as files and as what comes from the web."""

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
"""Bytes; a larger feed is refused."""
MOST_ENTRIES = 20_000
"""Each is an article that is read by itself, some 4,000 a second; feeds have hundreds."""
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
    """An entry of a feed: its id in it, and what the feed gives of the article."""

    id: str
    item: ImportItem
    whole: bool
    """Whether the feed has the article's full text, and no teaser of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its title, its entries in their order, and what was wrong with it, as a clause."""

    title: str
    items: tuple[FeedItem, ...]
    warning: str = ""


def parse_feed(data: bytes, location: str, address: str = "") -> Feed:
    """What a feed holds; links are joined to the address that it came from.

    An ill-formed feed gives the entries that can be read. Raises SourceError if it
    declares XML entities, or is no feed.
    """
    if b"<!ENTITY" in data[:_DECLARED].replace(b"\0", b""):
        raise SourceError(location, "it declares XML entities, which are refused")
    with missing_extra("feeds", location):
        import fastfeedparser  # noqa: PLC0415 - an extra, and 60 ms
    check_attributes(data.replace(b"\0", b"").decode("latin-1"), location)
    try:
        found = fastfeedparser.parse(data)
    except _BROKEN as error:
        raise SourceError(location, "it is no feed that can be read") from error
    if len(found.entries) > MOST_ENTRIES:
        raise SourceError(location, f"it has more than {MOST_ENTRIES:,} entries")
    title = sanitize_line(_text(found.feed.get("title")))
    language = _language(data) or _text(found.feed.get("language"))[:2].lower()
    # Where there is no date the library takes an entry's id for one.
    dated = _DATED.search(data) is not None
    items: dict[str, FeedItem] = {}
    for number, entry in enumerate(found.entries, 1):
        made = _item(entry, number, address, title, language)
        if not dated:
            made = replace(made, item=replace(made.item, date=None))
        items.setdefault(made.id, made)
    return Feed(title=title, items=tuple(items.values()), warning=_ill_formed(data))


def feed_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """The ids of a feed file's entries; raises SourceError if it has none."""
    feed = _of_file(stream, path)
    if not feed.items:
        raise SourceError(path, "there is no entry in this feed")
    yield from (entry.id for entry in feed.items)


def feed_warning(stream: BinaryIO, path: str) -> str:
    """What is wrong with a feed file whose entries can be read, as a clause; mostly empty."""
    return _of_file(stream, path).warning


def read_entry(stream: BinaryIO, path: str, name: str) -> Article:
    """The article of one entry of a feed file; SourceNotFoundError if there is none of that id."""
    entry = _entry(stream, path, name)
    return page_article(entry.item, f"{path}#{name}")


def describe_entry(stream: BinaryIO, path: str, name: str) -> ListEntry:
    """One entry's line in a list; errors as above."""
    item = _entry(stream, path, name).item
    return ListEntry(
        location=f"{path}#{name}", title=item.title, outlet=item.outlet, date=item.date
    )


def _entry(stream: BinaryIO, path: str, name: str) -> FeedItem:
    found = _read_once(stream, path).entries.get(name)
    if found is None:
        raise SourceNotFoundError(f"{path}#{name}", "there is no such entry in the feed")
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A feed that was read, and its entries by their ids."""

    feed: Feed
    entries: dict[str, FeedItem]


_LAST_READ: dict[tuple[str, int, int, int, int], _Read] = {}
"""The feeds that were read last, by their files and the state of these."""


def _of_file(stream: BinaryIO, path: str) -> Feed:
    return _read_once(stream, path).feed


def _read_once(stream: BinaryIO, path: str) -> _Read:
    """The feed of a file, which is read once for all of its entries while it does not change."""
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


def _read(stream: BinaryIO, path: str) -> _Read:
    data = stream.read(LARGEST_FEED + 1)
    if len(data) > LARGEST_FEED:
        raise SourceError(path, f"it is larger than {LARGEST_FEED // 1_000_000} MB")
    feed = parse_feed(data, path)
    return _Read(feed, {entry.id: entry for entry in feed.items})


def _item(entry: Any, number: int, address: str, outlet: str, language: str) -> FeedItem:
    link = link_target(address, _text(entry.get("link")))
    teaser = _text(entry.get("description"))
    contents = [_text(part.get("value")) for part in entry.get("content") or () if part]
    html = max([*contents, teaser], key=len)
    whole = len(html) > _FULL and (html != teaser or any(tag in html for tag in _FULL_TAGS))
    guid = _text(entry.get("id")) or link or f"{number}"
    named = (
        sanitize_line(_text(entry.get("title"))) or _beginning(html) or link or f"Entry {number}"
    )
    item = ImportItem(
        title=named,
        address=link,
        author=sanitize_line(_text(entry.get("author"))),
        outlet=outlet,
        date=_day(_text(entry.get("published")) or _text(entry.get("updated"))),
        language=language if language.isalpha() else "",
        html=html if _words(html) else escape(named),
    )
    name = hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return FeedItem(id=name, item=item, whole=whole)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _language(data: bytes) -> str:
    """What an RSS channel says of its language; the library does not tell."""
    found = _LANGUAGE.search(data[:_DECLARED])
    return found[1].decode("ascii").lower() if found else ""


def _beginning(html: str) -> str:
    """The first words of an entry that has no title."""
    return " ".join(_words(html[:400]).split()[:10])


def _words(html: str) -> str:
    return sanitize_line(unescape(without_tags(html, " "))).strip()


def _day(said: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(said).date()
    except ValueError:
        return None


def _ill_formed(data: bytes) -> str:
    """What to say of a feed that is not well-formed; empty if it is, or is JSON."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return ""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "it is ill-formed; what could be read of it is here"
    return ""
