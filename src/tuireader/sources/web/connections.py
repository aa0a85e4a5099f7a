"""Connections whose peer is looked at before anything is said to it, and that end in time."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from ssl import SSLContext, create_default_context
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from tuireader.sources.web.addresses import is_public, private


class Leash:
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


class _Peer(threading.local):
    leash: Leash | None = None
    only_public: bool = True


_PEER = _Peer()


def _looked_at(connected: socket.socket, host: str) -> socket.socket:
    """The connection; what a name leads to may have changed since it was asked for."""
    if _PEER.only_public and not is_public(str(connected.getpeername()[0])):
        connected.close()
        raise private(host)
    if _PEER.leash is not None:
        _PEER.leash.hold(connected)
    return connected


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _looked_at(super()._new_conn(), self.host)


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _looked_at(super()._new_conn(), self.host)


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


def pool() -> urllib3.PoolManager:
    """A pool of such connections, of which each is used once."""
    manager = urllib3.PoolManager(maxsize=1, retries=False, ssl_context=_trusted())
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    return manager


@contextmanager
def leashed(leash: Leash, seconds: float, *, only_public: bool) -> Iterator[Any]:
    """Connections of this thread are ended after so many seconds, and may be to anyone or not."""
    timer = threading.Timer(seconds, leash.end)
    timer.daemon = True
    timer.start()
    _PEER.leash, _PEER.only_public = leash, only_public
    try:
        yield
    finally:
        timer.cancel()
        _PEER.leash, _PEER.only_public = None, True
        leash.let_go()
