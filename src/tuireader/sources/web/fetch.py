"""Fetches one address: bounded in size, time and redirects, and kept to the public web.

Which kind of source a site's answer is: by its bytes, else by what the site calls it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tuireader import __version__
from tuireader.domain.errors import SourceError
from tuireader.sources.extras import missing_extra
from tuireader.sources.filetype import (
    HEAD,
    FileType,
    filetype_of,
    filetype_of_name,
    filetype_of_stream,
)
from tuireader.sources.web.public_addresses import is_public
from tuireader.sources.web.resolver import Peer, Resolver, Route
from tuireader.sources.web.url import Url, join, parse_url

if TYPE_CHECKING:
    from socket import socket

    from urllib3.response import BaseHTTPResponse

    from tuireader.sources.web.connections import ConnectionDeadline


_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_TOO_LONG = "the site took too long"
_REASONS = {
    401: "the site asks for a password",
    403: "the site refuses to give it",
    404: "the site has no such page",
    410: "the site says that it is gone for good",
    429: "the site asks to be left alone for a while",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How much is fetched at the most."""

    size: int = 20_000_000
    """Bytes, unpacked."""
    seconds: float = 30.0
    """For the whole of it, redirects too."""
    pause: float = 15.0
    """Seconds that a site may keep silent."""
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """What a site answered."""

    address: str
    """Where it was found in the end."""
    status: int
    """200, or 304 if nothing has changed."""
    data: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in small letters."""
    moved: bool = False
    """Whether the site says that it is at `address` for good."""
    inner: bool = False
    """Whether some of the way to it was in the reader's own machine or network."""

    @property
    def charset(self) -> str:
        """The charset that the site states; empty if none."""
        found = self.headers.get("content-type", "").lower().partition("charset=")[2]
        return found.partition(";")[0].strip(" '\"")


class FetchError(SourceError):
    """An address could not be fetched; `wait` is how many seconds the site asks for, or ""."""

    def __init__(self, location: str, reason: str, wait: str = "") -> None:
        """As a SourceError, with the site's Retry-After."""
        super().__init__(location, reason)
        self.wait = wait


def fetch(
    address: str,
    *,
    typed: str = "",
    headers: Mapping[str, str] | None = None,
    bounds: FetchLimits | None = None,
    leash: "ConnectionDeadline | None" = None,
) -> FetchResult:
    """What is at the address.

    `typed` is what the reader typed: its host and port may be in his own network, unless a
    public site leads there; all others must be public. The leash lets another thread end it.
    Raises SourceError with the reason.
    """
    with missing_extra("web", address):
        from tuireader.sources.web.connections import ConnectionDeadline, connection_deadline  # noqa: PLC0415 - an extra
    bounds, leash = bounds or FetchLimits(), leash or ConnectionDeadline()
    own = parse_url(typed).site if typed else None
    first = url = parse_url(address)
    resolver, until = Resolver(), time.monotonic() + bounds.seconds
    moved, inner = True, False
    for _ in range(bounds.redirects + 1):
        with connection_deadline(leash, until - time.monotonic()):
            route = resolver.route(url, may_be_inner=url.site == own)
            answer = _ask(route, resolver, headers or {}, bounds, leash)
        target = _location(answer)
        if answer.status not in _REDIRECTS or not target:
            return replace(answer, moved=moved and url != first, inner=inner or answer.inner)
        inner = inner or answer.inner
        moved = moved and answer.status in {301, 308}
        own = own if answer.inner else None
        url = _redirected(url, target)
    raise SourceError(address, f"it leads on more than {bounds.redirects} times")


def _location(answer: FetchResult) -> str:
    """Where a redirect leads; bytes that are UTF-8 are read as such, as browsers do."""
    target = answer.headers.get("location", "")
    try:
        return target.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return target


def _redirected(url: Url, target: str) -> Url:
    try:
        return join(url, target)
    except SourceError as error:
        # The target is not repeated: it may be made to be misread.
        reason = f"it redirects to an address that is not fetched: {error.reason}"
        raise SourceError(str(url), reason) from error


def _ask(
    route: Route,
    resolver: Resolver,
    headers: Mapping[str, str],
    bounds: FetchLimits,
    leash: "ConnectionDeadline",
) -> FetchResult:
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 - an extra
    from urllib3.util import Timeout  # noqa: PLC0415 - an extra

    from tuireader.sources.web.connections import pool  # noqa: PLC0415 - an extra

    said = {
        "User-Agent": f"tuireader/{__version__}",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
        **headers,
    }
    url = route.url
    connected, peer = _connected(route, bounds, leash)
    resolver.pin(url, peer)
    try:
        with connected, pool(url, connected) as connections:
            answer = connections.urlopen(
                "GET",
                url.target,
                headers=said,
                redirect=False,
                preload_content=False,
                timeout=Timeout(connect=bounds.pause, read=bounds.pause),
            )
            try:
                found = _answered(str(url), answer, bounds, leash)
            finally:
                answer.close()
    except (HTTPError, OSError, ValueError) as error:
        raise FetchError(str(url), _why(error, leash)) from error
    return replace(found, inner=not is_public(peer.ip))


def _connected(
    route: Route, bounds: FetchLimits, leash: "ConnectionDeadline"
) -> "tuple[socket, Peer]":
    from tuireader.sources.web.connections import dial  # noqa: PLC0415 - an extra

    try:
        return dial(route, bounds.pause, leash)
    except TimeoutError as error:
        raise FetchError(str(route.url), _TOO_LONG) from error
    except OSError as error:
        reason = _TOO_LONG if leash.ended else "the site does not answer"
        raise FetchError(str(route.url), reason) from error


def _answered(
    address: str, answer: "BaseHTTPResponse", bounds: FetchLimits, leash: "ConnectionDeadline"
) -> FetchResult:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    status = answer.status
    if status in _REDIRECTS or status == 304:
        return FetchResult(address=address, status=status, headers=headers)
    if status >= 400:
        reason = _REASONS.get(status, f"the site answers with error {status}")
        raise FetchError(address, reason, headers.get("retry-after", ""))
    pieces, size = [], 0
    while piece := answer.read1(_CHUNK, decode_content=True):
        size += len(piece)
        if size > bounds.size:
            most = bounds.size / 1_000_000
            raise FetchError(address, f"it is larger than {most:g} MB, which is refused")
        pieces.append(piece)
    if leash.ended:
        raise FetchError(address, _TOO_LONG)
    return FetchResult(address=address, status=status, data=b"".join(pieces), headers=headers)


def _why(error: Exception, leash: "ConnectionDeadline") -> str:
    from urllib3 import exceptions  # noqa: PLC0415 - an extra

    # The kinds of the kinds before them stand behind them.
    reasons = (
        (exceptions.LocationValueError, "it is no address that makes sense"),
        (exceptions.TimeoutError, _TOO_LONG),
        (exceptions.SSLError, "its certificate cannot be trusted"),
        (exceptions.DecodeError, "what the site sends is packed wrongly"),
    )
    if leash.ended:
        return _TOO_LONG
    broken = "the connection broke off"
    return next((words for kind, words in reasons if isinstance(error, kind)), broken)


_TYPES = {
    "text/plain": FileType.TEXT,
    "text/markdown": FileType.MARKDOWN,
    "application/pdf": FileType.PDF,
    "application/epub+zip": FileType.BOOK,
    "application/warc": FileType.WEB_ARCHIVE,
    "application/jsonl": FileType.COLLECTION,
    "application/x-ndjson": FileType.COLLECTION,
    "application/jsonlines": FileType.COLLECTION,
    "application/rss+xml": FileType.FEED,
    "application/atom+xml": FileType.FEED,
    "application/rdf+xml": FileType.FEED,
    "application/feed+json": FileType.FEED,
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_UNSURE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
_BY_NAME = frozenset({FileType.COLLECTION, FileType.MARKDOWN, FileType.TEXT})
_PACKED = b"PK\x03\x04"


def filetype_of_response(found: FetchResult) -> FileType:
    """The kind of what was fetched; a page if nothing says anything else."""
    head = found.data[:HEAD]
    said = found.headers.get("content-type", "").partition(";")[0].strip().lower()
    stated, named = _TYPES.get(said), filetype_of_name(urlsplit(found.address).path)
    if head.startswith(_PACKED) and FileType.BOOK in {stated, named}:
        return FileType.BOOK
    kind = filetype_of_stream(head)
    if kind is not FileType.TEXT or filetype_of("", head) is None:
        return FileType.PAGE if kind is FileType.MARKDOWN and said in _PAGES else kind
    if said in _UNSURE and named in _BY_NAME:
        return named
    return stated or FileType.PAGE
