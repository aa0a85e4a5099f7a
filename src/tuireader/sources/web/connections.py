"""Connections whose peer is checked before anything is sent, and that end at a deadline.

This is the only module that uses a private name of urllib3: `HTTPConnection._new_conn`, which
opens the socket. It was checked against the version in `URLLIB3_CHECKED`;
`tests/sources/web/test_connections.py` fails if an upgrade changes it.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from ssl import SSLContext, create_default_context
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from tuireader.sources.web.resolver import Peer, Route, private_address_error
from tuireader.sources.web.url import Url

URLLIB3_CHECKED = "2.8.0"
"""The version of urllib3 whose `_new_conn` was read."""


class ConnectionDeadline:
    """Shuts down connections at a deadline, or when another thread calls `end()`."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self.ended = False
        """Whether the connections were shut down."""

    def hold(self, connected: socket.socket) -> None:
        """Put a connected socket under this deadline; shut it down now if it has passed."""
        self._sockets.append(connected.dup())
        if self.ended:
            self.end()

    def end(self) -> None:
        """Shut down the connections now; a read that is waiting returns at once."""
        self.ended = True
        for connected in self._sockets:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Forget the connections without shutting them down."""
        for connected in self._sockets:
            connected.close()
        self._sockets.clear()


def connect(
    route: Route, timeout: float, deadline: ConnectionDeadline
) -> tuple[socket.socket, Peer]:
    """Connect to the first peer of a route that accepts; return the socket and that peer.

    Args:
        route: The site's IP addresses that were looked up and checked.
        timeout: Seconds to wait for each peer.
        deadline: Shuts the connection down when it passes.

    Raises:
        TimeoutError: The deadline has passed.
        OSError: No peer accepts the connection.
        SourceError: The connection is to an address that the route does not allow.
    """
    problem = OSError("the host has no address")
    for peer in route.peers:
        if deadline.ended:
            raise TimeoutError
        try:
            connected = socket.socket(peer.family, socket.SOCK_STREAM)
        except OSError as error:
            problem = error
            continue
        try:
            connected.settimeout(timeout)
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
        deadline.hold(connected)
        return connected, peer
    raise problem


class _HttpConnection(HTTPConnection):
    """An HTTP connection over `connected`, a socket that was connected and checked before."""

    def __init__(self, *args: Any, connected: socket.socket, **more: Any) -> None:
        super().__init__(*args, **more)
        self._connected = connected

    def _new_conn(self) -> socket.socket:
        """Return the connected socket, where urllib3 would open one."""
        return self._connected


class _HttpsConnection(HTTPSConnection):
    """An HTTPS connection over `connected`, a socket that was connected and checked before."""

    def __init__(self, *args: Any, connected: socket.socket, **more: Any) -> None:
        super().__init__(*args, **more)
        self._connected = connected

    def _new_conn(self) -> socket.socket:
        """Return the connected socket, where urllib3 would open one."""
        return self._connected


class _HttpPool(urllib3.HTTPConnectionPool):
    """A urllib3 pool of one HTTP connection."""

    ConnectionCls = _HttpConnection


class _HttpsPool(urllib3.HTTPSConnectionPool):
    """A urllib3 pool of one HTTPS connection."""

    ConnectionCls = _HttpsConnection


@lru_cache(maxsize=1)
def _ssl_context() -> SSLContext:
    """Return a TLS context that trusts the certificates of the system and of Mozilla.

    Mozilla's are added because some systems have none.
    """
    import certifi  # noqa: PLC0415 - only needed when a connection is made

    context = create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def pool(url: Url, connected: socket.socket) -> urllib3.HTTPConnectionPool:
    """Return a urllib3 pool that uses one connected socket for one request, and no proxy."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    if url.scheme == "http":
        return _HttpPool(host, url.port, retries=False, connected=connected)
    return _HttpsPool(
        host, url.port, retries=False, connected=connected, ssl_context=_ssl_context()
    )


@contextmanager
def connection_deadline(deadline: ConnectionDeadline, seconds: float) -> Iterator[None]:
    """Run a block whose connections are shut down after some seconds.

    `deadline` holds the connections; they are released at the end of the block.
    """
    timer = threading.Timer(seconds, deadline.end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        deadline.release()
