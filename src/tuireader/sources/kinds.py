"""Which kind of source a file is, by its name and its first bytes."""

import re
from enum import StrEnum

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


SEVERAL = frozenset({Kind.COLLECTION, Kind.BOOK, Kind.WEB_ARCHIVE})
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
}
_LONGEST_ENDING = max(map(len, ENDINGS))
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!doctype\s+html|<html)",
    re.IGNORECASE | re.DOTALL,
)
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
    return kind_named(path) or Kind.TEXT


def kind_of_stream(head: bytes) -> Kind:
    """The kind of what came in without a name; plain text if nothing else is certain."""
    found = kind_of("", head)
    if found is Kind.TEXT and _is_record(head):
        return Kind.COLLECTION
    if found is Kind.TEXT and _PAGE.match(head):
        return Kind.PAGE
    if found is Kind.TEXT and head.startswith((b"---\n", b"---\r\n", b"# ")):
        return Kind.MARKDOWN
    return found or Kind.TEXT


def ending_of(kind: Kind) -> str:
    """The ending that a file of the kind has."""
    return next(ending for ending, ends in ENDINGS.items() if ends is kind)


def _is_record(head: bytes) -> bool:
    """Whether it begins with a line of a collection."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return line.startswith(b'{"') and b'"text"' in line


def _unpacked(head: bytes) -> bytes:
    import zlib  # noqa: PLC0415 - only for what is compressed

    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""
