"""Which addresses may be asked: what the reader typed, and the public web."""

import ipaddress
import socket
from urllib.parse import urlsplit

from tuireader.domain.errors import SourceError

_SCHEMES = frozenset({"http", "https"})
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses in IPv6 clothes, RFC 6052."""


def origin(address: str) -> tuple[str, str, int]:
    """Scheme, host and port; raises SourceError for what is no address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise SourceError(address, "it is no address that makes sense") from error
    if parts.scheme.lower() not in _SCHEMES:
        raise SourceError(address, f"“{parts.scheme}:” is refused; only http and https are fetched")
    if not parts.hostname:
        raise SourceError(address, "it is no address that makes sense")
    return parts.scheme.lower(), parts.hostname.lower(), port or _PORTS[parts.scheme.lower()]


def is_public(peer: str) -> bool:
    """Whether an IP address is one of the public internet."""
    try:
        found = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _TRANSLATED:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        else:
            found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def refuse_private(address: str) -> None:
    """Raises SourceError if a name leads into the reader's own machine or network."""
    _, host, port = origin(address)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(address, "there is no site of that name, or no network") from error
    if not all(is_public(str(peer[0])) for *_, peer in found):
        raise private(address)


def private(address: str) -> SourceError:
    """The error of an address in the reader's own network that he did not type."""
    reason = "it leads into your own machine or network, and was not typed by you: refused"
    return SourceError(address, reason)
