"""Which kind of source a file is, by its name and its first bytes."""

import re
from enum import StrEnum

from tuireader.sources.prolog import behind_remarks, root_at

HEAD = 512
"""Bytes that are enough to tell a kind by."""


class Kind(StrEnum):
    """A kind of source that is read here."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    COLLECTION = "collection"
    BOOK = "e-book"
    PDF = "PDF"
    PAGE = "HTML page"
    WEB_ARCHIVE = "web archive"
    FEED = "feed"
    SUBSCRIPTIONS = "list of feeds"


SEVERAL = frozenset({Kind.COLLECTION, Kind.BOOK, Kind.WEB_ARCHIVE, Kind.FEED})
"""The kinds that hold several articles in one file, each called `path#id`."""

ENDINGS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".jsonl": Kind.COLLECTION,
    ".json": Kind.COLLECTION,
    ".epub": Kind.BOOK,
    ".pdf": Kind.PDF,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
    ".warc": Kind.WEB_ARCHIVE,
    ".warc.gz": Kind.WEB_ARCHIVE,
    ".arc": Kind.WEB_ARCHIVE,
    ".arc.gz": Kind.WEB_ARCHIVE,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".rdf": Kind.FEED,
    ".xml": Kind.FEED,
    ".opml": Kind.SUBSCRIPTIONS,
}
_MAY_BE_A_FEED = frozenset({Kind.FEED, Kind.SUBSCRIPTIONS, Kind.COLLECTION, Kind.PAGE})
_LONGEST_ENDING = max(map(len, ENDINGS))
_BOM = b"\xef\xbb\xbf"
_PAGE = re.compile(r"<!doctype\s+html|<html", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.ASCII)
_JSON_FEED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{[^{\[]*jsonfeed\.org\\?/version", re.DOTALL)
_SUBSCRIPTIONS = re.compile(r"<opml[\s>]", re.IGNORECASE)
_BOOK = b"mimetypeapplication/epub+zip"
_ARCHIVES = (b"WARC/", b"filedesc://")


def kind_named(path: str) -> Kind | None:
    """The kind that a file's name says; None if its ending says none of those read here."""
    name = path[path.rfind("/") + 1 :].lower()
    at = name.rfind(".", max(0, len(name) - _LONGEST_ENDING))
    before = name.rfind(".", max(0, len(name) - _LONGEST_ENDING), max(at, 0))
    if before >= 0 and (kind := ENDINGS.get(name[before:])):
        return kind
    return ENDINGS.get(name[at:]) if at >= 0 else None


def kind_of(path: str, head: bytes) -> Kind | None:
    """The kind of a file: what its first bytes say for certain, else what its name says.

    None for bytes that are compressed or packed in another way than is read here.
    """
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return Kind.BOOK if _BOOK in head or kind_named(path) is Kind.BOOK else None
    if head.startswith(_ARCHIVES):
        return Kind.WEB_ARCHIVE
    if head.startswith(b"\x1f\x8b"):
        return Kind.WEB_ARCHIVE if _unpacked(head).startswith(_ARCHIVES) else None
    named = kind_named(path)
    if named in _MAY_BE_A_FEED:
        return _feed_kind(head) or named or Kind.TEXT
    return named or Kind.TEXT


def kind_of_stream(head: bytes) -> Kind:
    """The kind of what came in without a name; plain text if nothing else is certain."""
    found = kind_of("", head)
    if found is Kind.TEXT and (feed := _feed_kind(head)):
        return feed
    if found is Kind.TEXT and _is_record(head):
        return Kind.COLLECTION
    if found is Kind.TEXT and _is_page(head):
        return Kind.PAGE
    if found is Kind.TEXT and head.startswith((b"---\n", b"---\r\n", b"# ")):
        return Kind.MARKDOWN
    return found or Kind.TEXT


def _feed_kind(head: bytes) -> Kind | None:
    text = _ascii(head)
    at = root_at(text)
    if _FEED.match(text, at) or _JSON_FEED.match(head):
        return Kind.FEED
    return Kind.SUBSCRIPTIONS if _SUBSCRIPTIONS.match(text, at) else None


def _is_page(head: bytes) -> bool:
    text = _ascii(head)
    return _PAGE.match(text, behind_remarks(text)) is not None


def _ascii(head: bytes) -> str:
    """The bytes as text, each that is not ASCII as a sign that means nothing in markup."""
    return head.removeprefix(_BOM).decode("ascii", "replace")


def ending_of(kind: Kind) -> str:
    """The ending that a file of the kind has."""
    return next(ending for ending, ends in ENDINGS.items() if ends is kind)


def _is_record(head: bytes) -> bool:
    """Whether it begins with a line of a collection."""
    line = head.removeprefix(_BOM).lstrip()
    return line.startswith(b'{"') and b'"text"' in line


def _unpacked(head: bytes) -> bytes:
    import zlib  # noqa: PLC0415 - only for what is compressed

    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""
