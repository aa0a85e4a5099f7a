"""Parses feeds (RSS, Atom, RDF, CDF and JSON Feed) into entries with articles."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.sources.feeds.dates import DayParser
from tuireader.sources.feeds.json_feed import read_json_feed
from tuireader.sources.feeds.model import Feed, FeedItem, RawEntry, RawFeed
from tuireader.sources.feeds.xml_feed import read_xml_feed
from tuireader.sources.html.page import link_target
from tuireader.sources.html.scanner import parts_of, without_tags
from tuireader.sources.plaintext.title import first_sentence
from tuireader.sources.stated_encoding import decode_stated
from tuireader.text.sanitize import sanitize_line

MOST_ENTRIES = 20_000
"""Entries of a feed that is read; feeds have hundreds."""
_FULL_TAGS = ("<p", "<br", "<div")
_FULL = 1_000
_HEAD = 2_000
"""Code points of an entry without a title in which its first sentence is looked for."""


def parse_feed(data: bytes, location: str, address: str = "", charset: str = "") -> Feed:
    """Parse a feed; an ill-formed one gives the entries that can be read, and a warning.

    Args:
        data: The feed as bytes.
        location: The path or URL that errors name.
        address: The URL that relative links are resolved against.
        charset: The charset that the server stated; empty if there is none.

    Raises SourceError if it is not a feed, declares XML entities or has too many entries.
    """
    text = decode_stated(data, charset)
    is_json = text.lstrip().startswith("{")
    raw = (read_json_feed if is_json else read_xml_feed)(text, location, address)
    if len(raw.entries) > MOST_ENTRIES:
        raise SourceError(location, f"it has more than {MOST_ENTRIES:,} entries")
    return Feed(title=raw.title, items=tuple(_items(raw, address)), warning=raw.warning)


def _items(raw: RawFeed, address: str) -> Iterator[FeedItem]:
    """Yield the entries with unique ids; an entry that is repeated is left out.

    `address` is the URL that relative links are resolved against.
    """
    links = _links(raw)
    shared = Counter(links)
    ids = Counter(entry.id for entry in raw.entries)
    # An entry at the address of the site shares it with what the site shows next.
    shared[raw.link] += 1
    day = DayParser()
    seen = set[str]()
    for entry, link in zip(raw.entries, links, strict=True):
        html = _longest(entry)
        guid = entry.id if ids[entry.id] == 1 else ""
        guid = guid or (link if shared[link] == 1 else "") or _fingerprint(entry, html)
        name = hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        if name in seen:
            continue
        seen.add(name)
        target = link_target(address, link) if link else ""
        title = entry.title or first_sentence(_words(html[:_HEAD])) or target or "Untitled"
        language = (entry.language or raw.language)[:2].lower()
        item = ImportItem(
            title=title,
            address=target,
            author=", ".join(entry.authors),
            outlet=raw.title,
            date=day.parse(entry.date),
            language=language if language.isascii() and language.isalpha() else "",
            html=html if _has_words(html) else escape(title),
        )
        whole = len(html) > _FULL and (
            html != entry.summary or any(tag in html for tag in _FULL_TAGS)
        )
        yield FeedItem(id=name, item=item, whole=whole, shares_address=shared[link] > 1)


def _links(raw: RawFeed) -> list[str]:
    """Return the address of each entry in order; "" for an entry without one.

    If entries share an address, an id that is an address takes its place.
    """
    shared = Counter([raw.link, *(entry.link for entry in raw.entries)])
    known = Counter(_without_fragment(entry.permalink) for entry in raw.entries)
    return [
        entry.permalink
        if entry.permalink
        and shared[entry.link] > 1
        and known[_without_fragment(entry.permalink)] == 1
        else entry.link
        for entry in raw.entries
    ]


def _without_fragment(address: str) -> str:
    """Return an address without its fragment."""
    return address.partition("#")[0]


def _fingerprint(entry: RawEntry, html: str) -> str:
    """Return a string that differs between the entries of a feed that have no id of their own.

    `html` is the entry's content.
    """
    return f"{entry.id}\n{entry.link}\n{entry.title}\n{html}"


def _longest(entry: RawEntry) -> str:
    """Return the content of an entry with the most text, as HTML; the first of equal ones.

    Empty if it has none.
    """
    best, length = "", 0
    for html in entry.contents:
        if len(html) > length and (words := len(without_tags(html, ""))) > length:
            best, length = html, words
    return best


def _has_words(html: str) -> bool:
    """Return whether HTML has anything but tags and white space."""
    return any(sanitize_line(unescape(words)) for words, _ in parts_of(html) if words.strip())


def _words(html: str) -> str:
    """Return the text of HTML in one line."""
    return sanitize_line(unescape(without_tags(html, " "))).strip()
