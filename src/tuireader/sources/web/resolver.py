"""Looks up hosts, and decides which of their IP addresses a connection may be made to."""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.sources.web.public_addresses import is_inner_host, is_public, private_address_error
from tuireader.sources.web.url import Url


@dataclass(frozen=True, slots=True)
class Peer:
    """An IP address and port of a host, as the socket library takes them."""

    family: int
    address: tuple[Any, ...]

    @property
    def ip(self) -> str:
        """The IP address as text."""
        return str(self.address[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The IP addresses that a connection for a URL may be made to."""

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
        """Return the route to a URL's site.

        Raises SourceError if the host is unknown, or private where `may_be_inner` is false.
        """
        if not may_be_inner and is_inner_host(url):
            raise private_address_error(str(url))
        peers = self._peers.get(url.site) or _look_up(url)
        if not may_be_inner and not all(is_public(peer.ip) for peer in peers):
            raise private_address_error(str(url))
        self._peers[url.site] = peers
        return Route(url=url, peers=peers, may_be_inner=may_be_inner)

    def pin(self, url: Url, peer: Peer) -> None:
        """Use only this peer for the URL's site from now on."""
        self._peers[url.site] = (peer,)


def _look_up(url: Url) -> tuple[Peer, ...]:
    """Return the peers of a URL's host; raise SourceError if it has none."""
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
