"""urllib3's private names that `sources/web/connections.py` relies on."""

import inspect
import socket
from importlib.metadata import version

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from tuireader.sources.web.connections import URLLIB3_CHECKED, pool
from tuireader.sources.web.url import parse_url

CHANGED = (
    f"urllib3 {version('urllib3')} no longer opens its sockets in HTTPConnection._new_conn(), as "
    f"{URLLIB3_CHECKED} did: adapt sources/web/connections.py, or fetches bypass the peer check"
)


def test_urllib3_still_opens_its_sockets_where_we_override_it() -> None:
    for kind in (HTTPConnection, HTTPSConnection):
        method = getattr(kind, "_new_conn", None)
        assert method is not None, CHANGED
        assert list(inspect.signature(method).parameters) == ["self"], CHANGED
    for pools in (urllib3.HTTPConnectionPool, urllib3.HTTPSConnectionPool):
        assert hasattr(pools, "ConnectionCls"), CHANGED


def test_a_pool_uses_the_socket_that_it_was_given_and_opens_none() -> None:
    ours, theirs = socket.socketpair()
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    with ours, theirs, pool(parse_url("http://harbour.example/pier"), ours) as connections:
        theirs.sendall(answer)
        # The name does not resolve: a connection of urllib3's own would fail.
        assert connections.urlopen("GET", "/pier", redirect=False).data == b"ok", CHANGED
        assert theirs.recv(1_000).startswith(b"GET /pier HTTP/1.1\r\n")
