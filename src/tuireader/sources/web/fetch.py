"""Fetches one URL, with limits on size, time and redirects, from the public internet only.

Also tells the file type of a response from its first bytes and its Content-Type.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tuireader import __version__
from tuireader.domain.errors import SourceError, missing_extra
from tuireader.sources.filetype import (
    FILETYPE_HEAD_SIZE,
    FileType,
    filetype_of,
    filetype_of_file,
    filetype_of_name,
)
from tuireader.sources.web.resolver import Peer, Resolver, Route, is_public
from tuireader.sources.web.url import Url, join, parse_url

if TYPE_CHECKING:
    from socket import socket

    from urllib3.response import BaseHTTPResponse

    from tuireader.sources.web.connections import ConnectionDeadline


_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_TIMED_OUT = "the site took too long to respond"
_STATUS_REASONS = {
    401: "the site asks for a password",
    403: "the site refuses access",
    404: "page not found",
    410: "the site has removed the page",
    429: "too many requests; the site asks to wait",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Limits of one fetch; FetchError is raised where one is exceeded."""

    size: int = 20_000_000
    """Bytes, after decompression."""
    seconds: float = 30.0
    """For the whole fetch, redirects included."""
    timeout: float = 15.0
    """Seconds to wait for a connection, or for the next bytes."""
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """The response to a fetch, after redirects."""

    address: str
    """The URL that the last redirect led to."""
    status: int
    """The HTTP status: 200, or 304 if nothing has changed."""
    data: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The response headers, by their names in lower case."""
    moved: bool = False
    """Whether all redirects to `address` were permanent."""
    inner: bool = False
    """Whether any host on the way was in the reader's own machine or network."""

    @property
    def charset(self) -> str:
        """The charset in the Content-Type header; empty if it names none."""
        found = self.headers.get("content-type", "").lower().partition("charset=")[2]
        return found.partition(";")[0].strip(" '\"")


class FetchError(SourceError):
    """A URL could not be fetched.

    `wait` is the site's Retry-After header: seconds, an HTTP date, or "".
    """

    def __init__(self, location: str, reason: str, wait: str = "") -> None:
        """Take the location and reason of a SourceError, and the Retry-After header."""
        super().__init__(location, reason)
        self.wait = wait


def fetch(
    address: str,
    *,
    typed: str = "",
    headers: Mapping[str, str] | None = None,
    limits: FetchLimits | None = None,
    deadline: "ConnectionDeadline | None" = None,
) -> FetchResult:
    """Fetch a URL, following redirects.

    Args:
        address: The URL.
        typed: The URL that the reader typed, if any. Only its host and port may be in the
            reader's own network, and only until a public site was contacted.
        headers: More request headers, such as those of a conditional request.
        limits: Limits on size, time and redirects.
        deadline: Lets another thread end the fetch.

    Raises SourceError for a URL that is refused, FetchError if the site fails to respond.
    """
    with missing_extra("web", address):
        from tuireader.sources.web.connections import ConnectionDeadline, connection_deadline  # noqa: PLC0415 - an extra
    limits, deadline = limits or FetchLimits(), deadline or ConnectionDeadline()
    allowed_inner = parse_url(typed).site if typed else None
    first = url = parse_url(address)
    resolver, until = Resolver(), time.monotonic() + limits.seconds
    moved, inner = True, False
    for _ in range(limits.redirects + 1):
        with connection_deadline(deadline, until - time.monotonic()):
            route = resolver.route(url, may_be_inner=url.site == allowed_inner)
            response = _request(route, resolver, headers or {}, limits, deadline)
        target = _location(response)
        if response.status not in _REDIRECTS or not target:
            return replace(response, moved=moved and url != first, inner=inner or response.inner)
        inner = inner or response.inner
        moved = moved and response.status in {301, 308}
        allowed_inner = allowed_inner if response.inner else None
        url = _redirect_target(url, target)
    raise SourceError(address, f"more than {limits.redirects} redirects")


def _location(response: FetchResult) -> str:
    """Return the Location header of a redirect, "" if it is missing.

    UTF-8 bytes in it are decoded, as browsers do.
    """
    target = response.headers.get("location", "")
    try:
        return target.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return target


def _redirect_target(url: Url, target: str) -> Url:
    """Return the URL that `target`, the Location header of a redirect, leads to.

    Raises SourceError if that URL is refused.
    """
    try:
        return join(url, target)
    except SourceError as error:
        # The target is not quoted, because it may be written to deceive.
        reason = f"it redirects to an address that is refused: {error.reason}"
        raise SourceError(str(url), reason) from error


def _request(
    route: Route,
    resolver: Resolver,
    headers: Mapping[str, str],
    limits: FetchLimits,
    deadline: "ConnectionDeadline",
) -> FetchResult:
    """Send one request to a route's peer, which `resolver` keeps; return the response."""
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 - an extra
    from urllib3.util import Timeout  # noqa: PLC0415 - an extra

    from tuireader.sources.web.connections import pool  # noqa: PLC0415 - an extra

    sent = {
        "User-Agent": f"tuireader/{__version__}",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
        **headers,
    }
    url = route.url
    connected, peer = _connect(route, limits, deadline)
    resolver.pin(url, peer)
    try:
        with connected, pool(url, connected) as connections:
            response = connections.urlopen(
                "GET",
                url.target,
                headers=sent,
                redirect=False,
                preload_content=False,
                timeout=Timeout(connect=limits.timeout, read=limits.timeout),
            )
            try:
                found = _read_response(str(url), response, limits, deadline)
            finally:
                response.close()
    except (HTTPError, OSError, ValueError) as error:
        raise FetchError(str(url), _failure_reason(error, deadline)) from error
    return replace(found, inner=not is_public(peer.ip))


def _connect(
    route: Route, limits: FetchLimits, deadline: "ConnectionDeadline"
) -> "tuple[socket, Peer]":
    """Connect to a site; return the socket, and the peer that accepted.

    Raises FetchError if none does in time.
    """
    from tuireader.sources.web.connections import connect  # noqa: PLC0415 - an extra

    try:
        return connect(route, limits.timeout, deadline)
    except TimeoutError as error:
        raise FetchError(str(route.url), _TIMED_OUT) from error
    except OSError as error:
        reason = _TIMED_OUT if deadline.ended else "the site does not respond"
        raise FetchError(str(route.url), reason) from error


def _read_response(
    address: str, response: "BaseHTTPResponse", limits: FetchLimits, deadline: "ConnectionDeadline"
) -> FetchResult:
    """Read a response's headers and its body, up to the size limit.

    The body of a redirect or of a 304 is not read. Raises FetchError for an error status.
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    status = response.status
    if status in _REDIRECTS or status == 304:
        return FetchResult(address=address, status=status, headers=headers)
    if status >= 400:
        reason = _STATUS_REASONS.get(status, f"the site responded with HTTP error {status}")
        raise FetchError(address, reason, headers.get("retry-after", ""))
    pieces, size = [], 0
    while piece := response.read1(_CHUNK, decode_content=True):
        size += len(piece)
        if size > limits.size:
            most = limits.size / 1_000_000
            raise FetchError(address, f"it is larger than {most:g} MB")
        pieces.append(piece)
    if deadline.ended:
        raise FetchError(address, _TIMED_OUT)
    return FetchResult(address=address, status=status, data=b"".join(pieces), headers=headers)


def _failure_reason(error: Exception, deadline: "ConnectionDeadline") -> str:
    """Return why a request failed, as a clause.

    `deadline` tells whether the time was over.
    """
    from urllib3 import exceptions  # noqa: PLC0415 - an extra

    # Base classes come after their subclasses.
    reasons = (
        (exceptions.LocationValueError, "not a valid address"),
        (exceptions.TimeoutError, _TIMED_OUT),
        (exceptions.SSLError, "its certificate is not trusted"),
        (exceptions.DecodeError, "the response is compressed incorrectly"),
    )
    if deadline.ended:
        return _TIMED_OUT
    broken = "the connection was lost"
    return next((reason for kind, reason in reasons if isinstance(error, kind)), broken)


_FILE_TYPES = {
    "text/plain": FileType.TEXT,
    "text/markdown": FileType.MARKDOWN,
    "application/pdf": FileType.PDF,
    "application/epub+zip": FileType.BOOK,
    "application/warc": FileType.WEB_ARCHIVE,
    "application/jsonl": FileType.COLLECTION,
    "application/x-ndjson": FileType.COLLECTION,
    "application/jsonlines": FileType.COLLECTION,
    "text/vtt": FileType.TRANSCRIPT,
    "application/x-subrip": FileType.TRANSCRIPT,
    "application/srt": FileType.TRANSCRIPT,
    "message/rfc822": FileType.MAIL,
    "application/mbox": FileType.MAIL,
    "application/x-mimearchive": FileType.SAVED_PAGE,
    "multipart/related": FileType.SAVED_PAGE,
    "application/x-webarchive": FileType.SAVED_PAGE,
    "application/rss+xml": FileType.FEED,
    "application/atom+xml": FileType.FEED,
    "application/rdf+xml": FileType.FEED,
    "application/feed+json": FileType.FEED,
}
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_GENERIC_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
_BY_NAME = frozenset(
    {
        FileType.COLLECTION,
        FileType.MARKDOWN,
        FileType.TEXT,
        FileType.TRANSCRIPT,
        FileType.MAIL,
        FileType.SAVED_PAGE,
    }
)
_ZIP = b"PK\x03\x04"


def filetype_of_response(found: FetchResult) -> FileType:
    """Return the file type of a response, from its first bytes, its Content-Type and its URL.

    It is PAGE if none of them says otherwise.
    """
    head = found.data[:FILETYPE_HEAD_SIZE]
    media_type = found.headers.get("content-type", "").partition(";")[0].strip().lower()
    stated, named = _FILE_TYPES.get(media_type), filetype_of_name(urlsplit(found.address).path)
    if head.startswith(_ZIP) and FileType.BOOK in {stated, named}:
        return FileType.BOOK
    kind = filetype_of_file("", BytesIO(found.data)) or FileType.TEXT
    if kind is not FileType.TEXT or filetype_of("", head) is None:
        return FileType.PAGE if kind is FileType.MARKDOWN and media_type in _PAGE_TYPES else kind
    if media_type in _GENERIC_TYPES and named in _BY_NAME:
        return named
    return stated or FileType.PAGE
