"""Reads web archives (WARC and ARC, compressed or not): the pages in them, and their articles."""

import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.html.page import read_page
from tuireader.sources.plaintext.reader import read_text
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord


MAX_PAGE_SIZE = 20_000_000
"""The largest page in bytes; a larger record is reported and skipped."""

_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_TYPES = frozenset({"response", "resource", "conversion"})


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of a web archive, as the server sent it."""

    offset: int
    """The byte offset of its record in the file, which is the page's id."""
    address: str
    kind: str
    """Its media type: HTML, XHTML or plain text."""
    data: bytes
    charset: str = ""
    """The charset that the server stated; empty if none."""


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that cannot be read: its byte offset, and why, as a clause."""

    offset: int
    reason: str


def read_pages(stream: BinaryIO) -> Iterator[WebPage | BrokenRecord]:
    """Yield the pages of an archive in order, and the records that cannot be read.

    Records that are not pages, such as pictures and failed requests, are passed over; an empty
    archive gives nothing. What follows damage that cannot be skipped is one broken record.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - an extra

    class Records(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
        """warcio's iterator, which does not print about incomplete records."""

        INC_RECORD = ""

    logging.getLogger("warcio").setLevel(logging.ERROR)
    offset = stream.tell()
    try:
        # HTTP headers are parsed below, within limits.
        found = Records(stream, no_record_parse=True, arc2warc=True)
        for record in found:
            page = _page(record) if record.rec_type in _TYPES else None
            offset = found.get_record_offset()
            if isinstance(page, str):
                yield BrokenRecord(offset, page)
            elif page is not None:
                yield replace(page, offset=offset)
    except _failures() as error:
        yield BrokenRecord(offset, _reason_of(error))


def page_at(stream: BinaryIO, location: str, offset: str) -> WebPage:
    """Return the page whose record starts at a byte offset, or the first one behind it.

    Args:
        stream: The open archive.
        location: The article's location, which errors name.
        offset: The offset in decimal digits, as in the page's id.

    Raises SourceNotFoundError if no record starts there or no page follows, SourceError if it
    cannot be read.
    """
    if not offset.isdecimal() or len(offset) > 15:
        raise _not_found(location)
    stream.seek(int(offset))
    try:
        found = next(read_pages(stream), None)
    except OSError as error:
        raise _not_found(location) from error
    if found is None:
        raise _not_found(location)
    if isinstance(found, BrokenRecord):
        raise SourceError(location, found.reason)
    return found


def _not_found(location: str) -> SourceNotFoundError:
    """Return the error for a page that is not in the archive."""
    return SourceNotFoundError(location, "no such page in the archive")


def _page(record: "ArcWarcRecord") -> "WebPage | str | None":
    """Return the page in a record; None if it is no page, a clause if it cannot be read."""
    headers = record.rec_headers
    address = sanitize_line(
        headers.get_header("WARC-Target-URI") or headers.get_header("uri") or ""
    )
    data = record.raw_stream.read(MAX_PAGE_SIZE + 1)
    if len(data) > MAX_PAGE_SIZE:
        return f"a record is larger than {MAX_PAGE_SIZE // 1_000_000} MB"
    kind = headers.get_header("Content-Type") or ""
    if record.rec_type == "response" and address.startswith("http"):
        response = _http_body(data)
        if not isinstance(response, tuple):
            return response
        kind, data = response
    kind, _, parameters = kind.lower().partition(";")
    if kind.strip() not in _KINDS or not data.strip():
        return None
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'")
    return WebPage(0, address, kind.strip(), data, charset)


def _http_body(data: bytes) -> tuple[str, bytes] | str | None:
    """Return the media type with its parameters, and the body, of an HTTP response.

    None if it is no successful response; the reason as a clause if its body cannot be read.
    """
    from warcio.bufferedreaders import ChunkedDataReader  # noqa: PLC0415 - an extra
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415 - an extra

    body = BytesIO(data)
    try:
        http = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2"]).parse(body)
        if not http.get_statuscode().startswith("2"):
            return None
        if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
            body = BytesIO(ChunkedDataReader(body).read())
        expanded = _decompressed(body.read(), (http.get_header("Content-Encoding") or "").lower())
    except _failures():
        return "a record has an unreadable HTTP response"
    if isinstance(expanded, str):
        return expanded
    return http.get_header("Content-Type") or "", expanded


def _decompressed(data: bytes, encoding: str) -> bytes | str:
    """Return the decompressed data, or the reason why that fails, as a clause.

    `encoding` is the Content-Encoding header, empty for none. Data that is not compressed, though
    the header says so, is returned as it is: some archives store it decompressed.
    """
    if encoding in {"gzip", "x-gzip", "deflate"}:
        for window in (47, -15):
            try:
                data = zlib.decompressobj(window).decompress(data, MAX_PAGE_SIZE + 1)
            except zlib.error:
                continue
            break
        if len(data) > MAX_PAGE_SIZE:
            return f"a page expands to more than {MAX_PAGE_SIZE // 1_000_000} MB"
    elif encoding not in {"", "identity", "none"} and not data.lstrip().startswith(b"<"):
        return f"a page is compressed with “{sanitize_line(encoding)}”, which is not supported"
    return data


def _failures() -> tuple[type[Exception], ...]:
    """Return the exceptions that a damaged archive raises."""
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415 - an extra
    from warcio.statusandheaders import StatusAndHeadersParserException  # noqa: PLC0415 - an extra

    return ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, EOFError, ValueError


def _reason_of(error: Exception) -> str:
    """Return the reason for an exception of the archive library, as a clause."""
    if "non-chunked gzip" in str(error):
        return "it is compressed as a whole and not record by record, which is not supported"
    return "a record is damaged, and nothing after it can be read"


_PLAIN = "text/plain"


def archive_page_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Yield the ids of an archive's pages in order: their byte offsets in decimal digits.

    Raises SourceError, which names `path`, if there are none.
    """
    reason = "it contains no pages"
    found = False
    for page in read_pages(stream):
        if isinstance(page, WebPage):
            found = True
            yield str(page.offset)
        else:
            reason = page.reason
    if not found:
        raise SourceError(path, reason)


def broken_archive_records(stream: BinaryIO) -> Iterator[BrokenRecord]:
    """Yield the records of an archive that cannot be read; nothing if all can."""
    for page in read_pages(stream):
        if isinstance(page, BrokenRecord):
            yield page


def read_archive_page(stream: BinaryIO, path: str, name: str) -> Article:
    """Return the article of one page of an archive.

    `path` is the path of the archive, `name` the page's id, as `archive_page_ids` yields it. Raises
    SourceNotFoundError if there is no such page, SourceError if it cannot be read.
    """
    location = f"{path}#{name}"
    page = page_at(stream, location, name)
    if page.kind == _PLAIN:
        article = read_text(BytesIO(page.data), location)
        return replace(article, source=page.address)
    return read_page(page.data, location, address=page.address, charset=page.charset)
