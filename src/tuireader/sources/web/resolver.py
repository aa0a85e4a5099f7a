"""Looks up hosts, and says to which of their IP addresses a connection may be made."""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.sources.web.public_addresses import is_inner_host, is_public, private_address_error
from tuireader.sources.web.url import Url


@dataclass(frozen=True, slots=True)
class Peer:
    """An IP address and port that a host was found at, as the socket library takes it."""

    family: int
    address: tuple[Any, ...]

    @property
    def ip(self) -> str:
        """The IP address."""
        return str(self.address[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a connection to a site may lead."""

    url: Url
    peers: tuple[Peer, ...]
    may_be_inner: bool
    """Whether it may lead into the reader's own network, because he typed the site."""

    def allows(self, ip: str) -> bool:
        """Whether a connection may be to an IP address: only to one that was found and checked."""
        if not (self.may_be_inner or is_public(ip)):
            return False
        return ip_address(ip) in {ip_address(peer.ip) for peer in self.peers}


class Resolver:
    """Looks up each site once, so that a name cannot change where it leads during a fetch."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], tuple[Peer, ...]] = {}

    def route(self, url: Url, *, may_be_inner: bool) -> Route:
        """The way to a site; SourceError if it is not found, or leads where it may not."""
        if not may_be_inner and is_inner_host(url):
            raise private_address_error(str(url))
        peers = self._found.get(url.site) or _looked_up(url)
        if not may_be_inner and not all(is_public(peer.ip) for peer in peers):
            raise private_address_error(str(url))
        self._found[url.site] = peers
        return Route(url=url, peers=peers, may_be_inner=may_be_inner)

    def pin(self, url: Url, peer: Peer) -> None:
        """Connect to a site only where it was reached from now on."""
        self._found[url.site] = (peer,)


def _looked_up(url: Url) -> tuple[Peer, ...]:
    if url.has_ip:
        peer = Peer(socket.AF_INET, url.site)
        return (Peer(socket.AF_INET6, (*url.site, 0, 0)) if ":" in url.host else peer,)
    try:
        found = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise SourceError(str(url), "there is no site of that name, or no network")
    return tuple(dict.fromkeys(Peer(family, address) for family, *_, address in found))
