"""Fetches one address: bounded in size, time and redirects, and kept to the public web."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tuireader import __version__
from tuireader.domain.errors import SourceError
from tuireader.sources.extras import needed
from tuireader.sources.web.addresses import origin, refuse_private

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

    from tuireader.sources.web.connections import Leash

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
class Bounds:
    """How much is fetched at the most."""

    size: int = 20_000_000
    """Bytes, unpacked."""
    seconds: float = 30.0
    """For the whole of it, redirects too."""
    pause: float = 15.0
    """Seconds that a site may keep silent."""
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
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
    bounds: Bounds | None = None,
    leash: "Leash | None" = None,
) -> Fetched:
    """What is at the address.

    `typed` is what the reader typed: its site may be in his own network, all others
    must be public. The leash lets another thread end it. Raises SourceError with the reason.
    """
    with needed("web", address):
        from tuireader.sources.web.connections import Leash, leashed  # noqa: PLC0415 - an extra
    bounds = bounds or Bounds()
    own = origin(typed) if typed else None
    leash = leash or Leash()
    asked, moved, until = _plain(address), True, time.monotonic() + bounds.seconds
    for _ in range(bounds.redirects + 1):
        only_public = origin(asked) != own
        if only_public:
            refuse_private(asked)
        with leashed(leash, until - time.monotonic(), only_public=only_public):
            answer = _ask(asked, headers or {}, bounds, leash)
        target = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not target:
            return Fetched(
                address=asked,
                status=answer.status,
                data=answer.data,
                headers=answer.headers,
                moved=moved and asked != _plain(address),
            )
        moved = moved and answer.status in {301, 308}
        try:
            asked = _plain(urljoin(asked, target).partition("#")[0])
        except ValueError as error:
            raise SourceError(address, "it leads to no address that makes sense") from error
    raise SourceError(address, f"it leads on more than {bounds.redirects} times")


def _plain(address: str) -> str:
    """The address with a host that holds other letters written as the network has it."""
    host = origin(address)[1]
    if host.isascii():
        return address
    try:
        return address.replace(host, host.encode("idna").decode("ascii"), 1)
    except UnicodeError as error:
        raise SourceError(address, "it is no address that makes sense") from error


def _ask(address: str, headers: Mapping[str, str], bounds: Bounds, leash: "Leash") -> Fetched:
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 - an extra
    from urllib3.util import Timeout  # noqa: PLC0415 - an extra

    from tuireader.sources.web.connections import pool  # noqa: PLC0415 - an extra

    said = {
        "User-Agent": f"tuireader/{__version__}",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
        **headers,
    }
    try:
        with pool() as manager:
            answer = manager.request(
                "GET",
                address,
                headers=said,
                redirect=False,
                preload_content=False,
                timeout=Timeout(connect=bounds.pause, read=bounds.pause),
            )
            try:
                return _answered(address, answer, bounds, leash)
            finally:
                answer.close()
    except (HTTPError, OSError, ValueError) as error:
        raise FetchError(address, _why(error, leash)) from error


def _answered(address: str, answer: "BaseHTTPResponse", bounds: Bounds, leash: "Leash") -> Fetched:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    status = answer.status
    if status in _REDIRECTS or status == 304:
        return Fetched(address=address, status=status, headers=headers)
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
    return Fetched(address=address, status=status, data=b"".join(pieces), headers=headers)


def _why(error: Exception, leash: "Leash") -> str:
    from urllib3 import exceptions  # noqa: PLC0415 - an extra

    # The kinds of the kinds before them stand behind them.
    reasons = (
        (exceptions.LocationValueError, "it is no address that makes sense"),
        (exceptions.NameResolutionError, "there is no site of that name, or no network"),
        (exceptions.NewConnectionError, "the site does not answer"),
        (exceptions.TimeoutError, _TOO_LONG),
        (exceptions.SSLError, "its certificate cannot be trusted"),
        (exceptions.DecodeError, "what the site sends is packed wrongly"),
    )
    if leash.ended:
        return _TOO_LONG
    broken = "the connection broke off"
    return next((words for kind, words in reasons if isinstance(error, kind)), broken)
