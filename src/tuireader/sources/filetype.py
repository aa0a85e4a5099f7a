"""File types, recognised by a file's name and first bytes."""

import re
from enum import StrEnum
from io import SEEK_END
from typing import BinaryIO

from tuireader.sources.documents.kinds import DOCUMENT_ENDINGS, document_kind_of
from tuireader.sources.html.scanner import behind_remarks, root_at
from tuireader.text.lazy_pattern import lazy_pattern

FILETYPE_HEAD_SIZE = 2_048
"""Bytes at the start of a file that are enough to recognise its type."""


class FileType(StrEnum):
    """A file type that tuireader reads; its value is the name that messages use.

    TEXT is plain text, PAGE is HTML, PRESS is the export of a press database, ZIPPED is a zip
    archive of pages, SUBSCRIPTIONS is a list of feeds, and DOCUMENT is any of the kinds in
    `documents.kinds`.
    """

    TEXT = "text"
    MARKDOWN = "Markdown"
    COLLECTION = "collection"
    BOOK = "e-book"
    PDF = "PDF"
    PAGE = "HTML page"
    WEB_ARCHIVE = "web archive"
    FEED = "feed"
    SUBSCRIPTIONS = "list of feeds"
    MAIL = "mail"
    SAVED_PAGE = "saved page"
    ZIPPED = "zip archive"
    TRANSCRIPT = "transcript"
    PRESS = "press export"
    DOCUMENT = "document"


SEVERAL = frozenset(
    {
        FileType.COLLECTION,
        FileType.BOOK,
        FileType.WEB_ARCHIVE,
        FileType.FEED,
        FileType.MAIL,
        FileType.ZIPPED,
        FileType.PRESS,
    }
)
"""The containers: file types that hold several articles, each named `path#id`."""

ENDINGS = {
    ".txt": FileType.TEXT,
    ".text": FileType.TEXT,
    ".md": FileType.MARKDOWN,
    ".markdown": FileType.MARKDOWN,
    ".jsonl": FileType.COLLECTION,
    ".json": FileType.COLLECTION,
    ".epub": FileType.BOOK,
    ".pdf": FileType.PDF,
    ".html": FileType.PAGE,
    ".htm": FileType.PAGE,
    ".xhtml": FileType.PAGE,
    ".warc": FileType.WEB_ARCHIVE,
    ".warc.gz": FileType.WEB_ARCHIVE,
    ".arc": FileType.WEB_ARCHIVE,
    ".arc.gz": FileType.WEB_ARCHIVE,
    ".rss": FileType.FEED,
    ".atom": FileType.FEED,
    ".rdf": FileType.FEED,
    ".xml": FileType.FEED,
    ".opml": FileType.SUBSCRIPTIONS,
    ".eml": FileType.MAIL,
    ".emlx": FileType.MAIL,
    ".mbox": FileType.MAIL,
    ".mbx": FileType.MAIL,
    ".mht": FileType.SAVED_PAGE,
    ".mhtml": FileType.SAVED_PAGE,
    ".webarchive": FileType.SAVED_PAGE,
    ".zip": FileType.ZIPPED,
    ".maff": FileType.ZIPPED,
    ".htmlz": FileType.ZIPPED,
    ".vtt": FileType.TRANSCRIPT,
    ".srt": FileType.TRANSCRIPT,
    **dict.fromkeys(DOCUMENT_ENDINGS, FileType.DOCUMENT),
}
_MAY_BE_A_FEED = frozenset(
    {FileType.FEED, FileType.SUBSCRIPTIONS, FileType.COLLECTION, FileType.PAGE}
)
_MAX_ENDING_LENGTH = max(map(len, ENDINGS))
_BOM = b"\xef\xbb\xbf"
_PAGE = lazy_pattern(r"<!doctype\s+html|<html", re.IGNORECASE)
_FEED = lazy_pattern(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]", re.ASCII)
_JSON_FEED = lazy_pattern(
    rb"(?<!\\)\"version\"\s{0,20}:\s{0,20}\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version"
)
_JSON_FEED_WITHIN = 65_536
"""Bytes at the start and at the end of a JSON file in which its version is searched."""
_PRESS_START = lazy_pattern(
    rb"\s{0,400}(?:HD|SE|CLM|_{20}|User Name:|(?:Page|Seite|Do[ck]ument) \d"
    rb"|\d{1,5} (?:of|von|de|di|van|sur) \d)"
)
_WORD_COUNT = lazy_pattern(rb"^\d[\d.,]{0,6} [^\s\d]{3,9}\r?$", re.MULTILINE)
"""The line "320 words" above an article of Factiva, in any language."""
_FEED_URLS = lazy_pattern(rb"(?:\"?(?:https?|feed)://|\"?(?:query|exec|filter):)\S")
_SUBSCRIPTIONS = lazy_pattern(r"<opml[\s>]", re.IGNORECASE)
_BOOK = b"mimetypeapplication/epub+zip"
_ARCHIVES = (b"WARC/", b"filedesc://")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDLE = (b"BOOKMOBI", b"TEXtREAd")
_OTHER_ARCHIVES = (
    b"BZh91AY&SY",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
"""The first bytes of bzip2, xz, Zstandard, 7z and RAR, which are not read."""


def filetype_of_name(path: str) -> FileType | None:
    """Return the file type of a path's extension; None for an unknown or no extension.

    Case is ignored, and so is a final ".gz", except in ".warc.gz" and ".arc.gz".
    """
    name = path[path.rfind("/") + 1 :].lower()
    if name.endswith(".gz") and not name.endswith((".warc.gz", ".arc.gz")):
        name = name.removesuffix(".gz")
    at = name.rfind(".", max(0, len(name) - _MAX_ENDING_LENGTH))
    before = name.rfind(".", max(0, len(name) - _MAX_ENDING_LENGTH), max(at, 0))
    if before >= 0 and (kind := ENDINGS.get(name[before:])):
        return kind
    return ENDINGS.get(name[at:]) if at >= 0 else None


def filetype_of(path: str, head: bytes) -> FileType | None:
    """Return the type of a file: by its first bytes if they are conclusive, else by its name.

    Args:
        path: The path of the file; empty if it has no name.
        head: Its first `FILETYPE_HEAD_SIZE` bytes, or all if it has fewer.

    Returns None for an archive or compressed file of an unsupported kind, and TEXT if neither the
    name nor the bytes are known.
    """
    if head.startswith((b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", *_ARCHIVES)):
        return _type_by_signature(path, head)
    if head.startswith((_OLE, *_OTHER_ARCHIVES)) or head[60:68] in _KINDLE:
        return None
    return _type_of_text(path, head)


def _type_by_signature(path: str, head: bytes) -> FileType | None:
    """Return the type of a file that begins as a PDF, a zip or gzip file or a web archive.

    None for a zip or gzip file that is not supported.
    """
    if head.startswith(b"%PDF-"):
        return FileType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed_type(path, head)
    if head.startswith(b"\x1f\x8b"):
        return FileType.WEB_ARCHIVE if _unpacked(head).startswith(_ARCHIVES) else None
    return FileType.WEB_ARCHIVE


def _packed_type(path: str, head: bytes) -> FileType | None:
    """Return the type of a zip archive: an e-book, a document, or an archive of pages.

    None if neither its first bytes nor its name says which.
    """
    if _BOOK in head:
        return FileType.BOOK
    if document_kind_of(path, head):
        return FileType.DOCUMENT
    named = filetype_of_name(path) if path else FileType.ZIPPED
    return named if named in {FileType.BOOK, FileType.ZIPPED} else None


_MAIL_HEADERS = ("from", "to", "subject", "date", "mime-version", "message-id", "received")
_MAIL_START = lazy_pattern(rb"(?:From [^\r\n]{1,200}\r?\n)?[!-9;-~]{1,60}:[ \t\r\n]")
_PAGE_START = lazy_pattern(rb"^(?:Snapshot-)?Content-Location:|<Saved by ", re.MULTILINE)
_CUE = lazy_pattern(rb"\d{1,6}\r?\n\d\d:\d\d:\d\d[,.]\d{1,3} --> ")
_TRANSCRIPT_JSON = lazy_pattern(
    rb"\"(?:segments|utterances)\"\s{0,20}:\s{0,20}\[\s{0,60}\{[^{}]{0,2000}\"(?:startTime|start|end)\""
)


def _type_of_lines(head: bytes) -> FileType | None:
    """Return the type of data that begins as mail, a saved page or a transcript.

    None for other data.
    """
    head = head.removeprefix(_BOM)
    if head.startswith((b"WEBVTT\n", b"WEBVTT\r", b"WEBVTT ", b"WEBVTT\t")) or _CUE.match(head):
        return FileType.TRANSCRIPT
    if head.startswith(b"bplist00") and b"WebMainResource" in head:
        return FileType.SAVED_PAGE
    if not _MAIL_START.match(head):
        return None
    lines = head.decode("latin-1").lower().splitlines()
    named = {line.partition(":")[0] for line in lines} & set(_MAIL_HEADERS)
    if len(named) < 3 or not named & {"mime-version", "message-id", "received"}:
        return None
    return FileType.SAVED_PAGE if _PAGE_START.search(head) else FileType.MAIL


def _type_of_text(path: str, head: bytes) -> FileType:
    """Return the type of a file whose first bytes are not those of a PDF or an archive."""
    named = filetype_of_name(path)
    if named is None and path.endswith("urls") and _lists_urls(path, head):
        return FileType.SUBSCRIPTIONS
    if named in _MAY_BE_A_FEED:
        return _feed_kind(head) or _document_or_page(path, head, named) or named
    if named is FileType.DOCUMENT or head.startswith(b"{\\rtf"):
        return FileType.DOCUMENT if document_kind_of(path, head) else FileType.TEXT
    if named is None:
        return _type_of_lines(head) or _type_of_content(path, head)
    is_other = named is FileType.ZIPPED or (named is FileType.TEXT and _is_page(head))
    return (FileType.TEXT if named is FileType.ZIPPED else FileType.PAGE) if is_other else named


def _document_or_page(path: str, head: bytes, named: FileType) -> FileType | None:
    """Return PAGE or DOCUMENT for a file that is named like a feed but begins as one of those.

    `named` is the type that its name stands for. None if it is not FEED, or the file is neither.
    """
    if named is not FileType.FEED:
        return None
    if _is_page(head):
        return FileType.PAGE
    return FileType.DOCUMENT if document_kind_of(path, head) else None


def _type_of_content(path: str, head: bytes) -> FileType:
    """Return the type of a text whose name is unknown, by its first bytes; TEXT if unsure.

    The path is empty for data without a name: only then may it be Markdown.
    """
    if feed := _feed_kind(head):
        return feed
    if _is_record(head):
        return FileType.COLLECTION
    if _is_page(head):
        return FileType.PAGE
    if document_kind_of("", head):
        return FileType.DOCUMENT
    # In a file with a name of its own, a line with "#" is a comment more often.
    is_markdown = not path and head.startswith((b"---\n", b"---\r\n", b"# "))
    return FileType.MARKDOWN if is_markdown else FileType.TEXT


def filetype_of_file(path: str, file: BinaryIO, head: bytes = b"") -> FileType | None:
    """Return the type of an open file, and rewind it.

    Args:
        path: Its path; empty to decide by the content only.
        file: The open file, which must be seekable.
        head: Its first bytes if they were read already; empty to read them.

    Returns None for an archive or compressed file of an unsupported kind; without a path, TEXT.
    """
    if not head:
        file.seek(0)
        head = file.read(FILETYPE_HEAD_SIZE)
    found = filetype_of(path, head) if path else filetype_of_stream(head)
    if found in {FileType.COLLECTION, FileType.TEXT} and _starts_object(head):
        found = _type_of_object(file) or found
    elif may_be_press_export(found, head) and _is_press_export(file):
        found = FileType.PRESS
    file.seek(0)
    return found


def may_be_press_export(kind: FileType | None, head: bytes) -> bool:
    """Return whether a file must be searched for the export of a press database.

    True for each page and each Word or Rich Text document, and for a text (`kind` TEXT) that begins
    like an export; False for other types and for None. `head` is the file's first bytes.
    """
    if kind is FileType.DOCUMENT:
        return head.startswith((b"PK\x03\x04", b"{\\rtf"))
    if kind is not FileType.TEXT:
        return kind is FileType.PAGE
    if _PRESS_START.match(head) or b"opyright" in head or head.startswith(b"\x1f\x8b"):
        return True
    return _WORD_COUNT.search(head) is not None


def _is_press_export(file: BinaryIO) -> bool:
    """Return whether a file is the export of a press database; read as much as is needed."""
    from tuireader.sources.press.export import is_export_file  # noqa: PLC0415 - not on the start path

    return is_export_file(file)


def _starts_object(head: bytes) -> bool:
    """Return whether data starts with "{", behind a byte order mark and white space."""
    return head.removeprefix(_BOM).lstrip().startswith(b"{")


def _type_of_object(file: BinaryIO) -> FileType | None:
    """Return FEED or TRANSCRIPT for a JSON file that is one; None for other JSON files.

    The position in the file is changed. The version of a JSON Feed may be at its start or end.
    """
    file.seek(0)
    head = file.read(_JSON_FEED_WITHIN)
    if _JSON_FEED.search(head):
        return FileType.FEED
    if _TRANSCRIPT_JSON.search(head):
        return FileType.TRANSCRIPT
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - _JSON_FEED_WITHIN))
    return FileType.FEED if _JSON_FEED.search(file.read(_JSON_FEED_WITHIN)) else None


def filetype_of_stream(head: bytes) -> FileType:
    """Return the file type of data without a name, by its first bytes; TEXT if unsure."""
    return filetype_of("", head) or FileType.TEXT


def _feed_kind(head: bytes) -> FileType | None:
    """Return FEED or SUBSCRIPTIONS for data that starts as a feed or an OPML list; else None."""
    text = _ascii(head)
    at = root_at(text)
    if _FEED.match(text, at) or (_starts_object(head) and _JSON_FEED.search(head)):
        return FileType.FEED
    return FileType.SUBSCRIPTIONS if _SUBSCRIPTIONS.match(text, at) else None


def _lists_urls(path: str, head: bytes) -> bool:
    """Return whether a file is newsboat's list of feeds: named `urls`, a URL in its first line.

    Blank lines and comments before that line are passed over.
    """
    if path[path.rfind("/") + 1 :] != "urls":
        return False
    lines = (line.strip() for line in head.removeprefix(_BOM).splitlines())
    first = next((line for line in lines if line and not line.startswith(b"#")), b"")
    return _FEED_URLS.match(first) is not None


def _is_page(head: bytes) -> bool:
    """Return whether data starts like an HTML page, behind comments and white space."""
    text = _ascii(head)
    return _PAGE.match(text, behind_remarks(text)) is not None


def _ascii(head: bytes) -> str:
    """Return bytes decoded as ASCII without a byte order mark; other bytes become U+FFFD."""
    return head.removeprefix(_BOM).decode("ascii", "replace")


def extension_of(kind: FileType) -> str:
    """Return the usual extension of a file type, such as ".epub".

    Raises StopIteration for a type that no extension stands for, such as PRESS.
    """
    return next(ending for ending, ends in ENDINGS.items() if ends is kind)


def _is_record(head: bytes) -> bool:
    """Return whether data starts with a JSON object with a field "text", as in a collection."""
    line = head.removeprefix(_BOM).lstrip()
    return line.startswith(b'{"') and b'"text"' in line


def _unpacked(head: bytes) -> bytes:
    """Return the first bytes of gzip data expanded; empty if it is damaged."""
    import zlib  # noqa: PLC0415 - only for what is compressed

    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""
