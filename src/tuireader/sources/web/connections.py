"""Connections whose peer is checked before anything is sent to it, and that end in time."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from ssl import SSLContext, create_default_context
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from tuireader.sources.web.public_addresses import private_address_error
from tuireader.sources.web.resolver import Peer, Route
from tuireader.sources.web.url import Url


class ConnectionDeadline:
    """Ends the connections that were made under it when the time is up, or when it is told to."""

    def __init__(self) -> None:
        self._held: list[socket.socket] = []
        self.ended = False

    def hold(self, connected: socket.socket) -> None:
        """Let a connection be ended by this leash."""
        self._held.append(connected.dup())
        if self.ended:
            self.end()

    def end(self) -> None:
        """End the connections now; a read that waits returns at once."""
        self.ended = True
        for held in self._held:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        """Forget the connections."""
        for held in self._held:
            held.close()
        self._held.clear()


def dial(route: Route, seconds: float, leash: ConnectionDeadline) -> tuple[socket.socket, Peer]:
    """Connect to the first peer of a route that answers, and say which one that was.

    Raises OSError if none does, and SourceError if the connection led elsewhere.
    """
    problem = OSError("there is no peer")
    for peer in route.peers:
        if leash.ended:
            raise TimeoutError
        try:
            connected = socket.socket(peer.family, socket.SOCK_STREAM)
        except OSError as error:
            problem = error
            continue
        try:
            connected.settimeout(seconds)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connected.connect(peer.address)
            allowed = route.allows(str(connected.getpeername()[0]))
        except OSError as error:
            connected.close()
            problem = error
            continue
        if not allowed:
            connected.close()
            raise private_address_error(str(route.url))
        leash.hold(connected)
        return connected, peer
    raise problem


class _Plain(HTTPConnection):
    """Speaks over the connection that was made and checked, and makes none itself."""

    def __init__(self, *args: Any, connected: socket.socket, **more: Any) -> None:
        super().__init__(*args, **more)
        self._connected = connected

    def _new_conn(self) -> socket.socket:
        return self._connected


class _Secure(HTTPSConnection):
    """The same, encrypted."""

    def __init__(self, *args: Any, connected: socket.socket, **more: Any) -> None:
        super().__init__(*args, **more)
        self._connected = connected

    def _new_conn(self) -> socket.socket:
        return self._connected


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Secure


@lru_cache(maxsize=1)
def _trusted() -> SSLContext:
    """The system's certificates and those of Mozilla, for some systems have none."""
    import certifi  # noqa: PLC0415 - a file is read only where a connection is made

    context = create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def pool(url: Url, connected: socket.socket) -> urllib3.HTTPConnectionPool:
    """A pool of the one connection to a site, for one request; no proxy is asked."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    if url.scheme == "http":
        return _PlainPool(host, url.port, retries=False, connected=connected)
    return _SecurePool(host, url.port, retries=False, connected=connected, ssl_context=_trusted())


@contextmanager
def connection_deadline(leash: ConnectionDeadline, seconds: float) -> Iterator[None]:
    """Connections that the leash holds are ended after so many seconds."""
    timer = threading.Timer(seconds, leash.end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        leash.let_go()
