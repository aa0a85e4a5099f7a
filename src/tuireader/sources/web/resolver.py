"""Looks up hosts, and lets connections be made only to IP addresses of the public internet."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.sources.web.url import Url


@dataclass(frozen=True, slots=True)
class Peer:
    """An IP address and port of a host, with its family, as the socket library takes them."""

    family: int
    address: tuple[Any, ...]

    @property
    def ip(self) -> str:
        """The IP address as text."""
        return str(self.address[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The checked IP addresses that a connection for a URL may be made to."""

    url: Url
    peers: tuple[Peer, ...]
    may_be_inner: bool
    """Whether they may be in the reader's own network, because the reader typed the site."""

    def allows(self, ip: str) -> bool:
        """Return whether an IP address is one that was looked up and checked."""
        if not (self.may_be_inner or is_public(ip)):
            return False
        return ip_address(ip) in {ip_address(peer.ip) for peer in self.peers}


class Resolver:
    """Looks up each site once, so that its address cannot change during a fetch (DNS rebinding)."""

    def __init__(self) -> None:
        self._peers: dict[tuple[str, int], tuple[Peer, ...]] = {}

    def route(self, url: Url, *, may_be_inner: bool) -> Route:
        """Return the checked IP addresses of a URL's site, the same for each call.

        `may_be_inner` tells whether they may be in the reader's own network. Raises SourceError if
        the host is unknown, or if it is in that network and may not be.
        """
        if not may_be_inner and is_inner_host(url):
            raise private_address_error(str(url))
        peers = self._peers.get(url.site) or _look_up(url)
        if not may_be_inner and not all(is_public(peer.ip) for peer in peers):
            raise private_address_error(str(url))
        self._peers[url.site] = peers
        return Route(url=url, peers=peers, may_be_inner=may_be_inner)

    def pin(self, url: Url, peer: Peer) -> None:
        """Use only this peer for the URL's site from now on, since it accepted a connection."""
        self._peers[url.site] = (peer,)


def _look_up(url: Url) -> tuple[Peer, ...]:
    """Return the peers that the system knows for a URL's host.

    Raises SourceError if the host is unknown.
    """
    if url.has_ip:
        peer = Peer(socket.AF_INET, url.site)
        return (Peer(socket.AF_INET6, (*url.site, 0, 0)) if ":" in url.host else peer,)
    try:
        found = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise SourceError(str(url), "no such host, or no network")
    return tuple(dict.fromkeys(Peer(family, address) for family, *_, address in found))


# `is_global` alone is not enough: it differs between patch releases of Python.
_INNER_4 = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
_UNICAST_6 = IPv6Network("2000::/3")
"""The range that is assigned for the public internet."""
_INNER_6 = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "3fff::/20"))
"""Reserved ranges inside it: Teredo, other special purposes, and documentation."""
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = 0x00005EFE
"""The first half of an ISATAP interface identifier."""
_ISATAP_UNIQUE = 0x02005EFE
"""The same with the bit that marks a globally unique identifier."""


def is_public(peer: str) -> bool:
    """Return whether an IP address is on the public internet; False if it is not one.

    An IPv6 address that embeds an IPv4 address is judged by that one. IPv4-compatible and
    IPv4-translated addresses, Teredo addresses and those with a scope are never public.
    """
    try:
        found = ip_address(peer)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_public_4(found)
    if found.scope_id is not None:
        return False
    embedded = _embedded_ipv4(found)
    if embedded is not None:
        return _is_public_4(embedded)
    if found not in _UNICAST_6 or any(found in network for network in _INNER_6):
        return False
    tunnelled = _isatap(found)
    return found.is_global and (tunnelled is None or _is_public_4(tunnelled))


def is_inner_host(url: Url) -> bool:
    """Return whether a URL's host is local by its name or IP address alone, without a lookup."""
    if url.host == "localhost" or url.host.endswith(".localhost"):
        return True
    return url.has_ip and not is_public(url.host)


def private_address_error(address: str) -> SourceError:
    """Return the error for a local address that the reader did not type."""
    reason = "it leads to your own machine or network and was not typed by you"
    return SourceError(address, reason)


def _is_public_4(found: IPv4Address) -> bool:
    """Return whether an IPv4 address is on the public internet."""
    return found.is_global and not any(found in network for network in _INNER_4)


def _embedded_ipv4(found: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for (NAT64, mapped or 6to4).

    None if it stands for none.
    """
    if found in _NAT64:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour


def _isatap(found: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside an ISATAP address; None for other addresses."""
    if int(found) >> 32 & 0xFFFFFFFF in {_ISATAP, _ISATAP_UNIQUE}:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return None
