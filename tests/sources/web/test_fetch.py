import gzip
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from http_site import Site

from tuireader.domain.errors import SourceError
from tuireader.sources.web.connections import ConnectionDeadline
from tuireader.sources.web.fetch import FetchLimits, fetch

QUICK = FetchLimits(size=100_000, redirects=3)
IMPATIENT = FetchLimits(seconds=0.6, timeout=0.3)


def fetched(address: str, limits: FetchLimits = QUICK) -> Any:
    return fetch(address, typed=address, limits=limits)


def test_a_page_is_fetched_with_its_charset(site: Site) -> None:
    found = fetched(site.gives("/a", b"words", "text/html; charset=ISO-8859-1"))
    assert (found.data, found.charset, found.status) == (b"words", "iso-8859-1", 200)
    _, asked = site.asked[0]
    assert asked["user-agent"].startswith("tuireader/")
    assert "cookie" not in asked
    assert "referer" not in asked


def test_a_redirect_on_the_same_site_is_followed(site: Site) -> None:
    site.gives("/new", b"here")
    found = fetched(site.gives("/old", b"", status=301, Location="/new"))
    assert (found.data, found.moved, found.address) == (b"here", True, f"{site.base}/new")


def test_a_ring_of_redirects_ends(site: Site) -> None:
    site.gives("/b", b"", status=302, Location="/a")
    with pytest.raises(SourceError, match="more than 3 redirects"):
        fetched(site.gives("/a", b"", status=302, Location="/b"))
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.example/", "javascript:1", "data:text/html,x"]
)
def test_a_redirect_leads_nowhere_but_to_the_web(site: Site, target: str) -> None:
    with pytest.raises(SourceError, match="refused"):
        fetched(site.gives("/a", b"", status=302, Location=target))


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:1", "[::1]:1", "10.0.0.1", "0.0.0.0"])
def test_a_redirect_does_not_lead_into_the_readers_own_network(site: Site, host: str) -> None:
    with pytest.raises(SourceError, match="your own machine or network"):
        fetched(site.gives("/a", b"", status=302, Location=f"http://{host}/"))


def test_what_was_not_typed_must_be_public(site: Site) -> None:
    with pytest.raises(SourceError, match="not typed by you"):
        fetch(site.gives("/a", b"secret"))
    assert site.asked == []


def test_what_is_too_large_is_refused_whatever_its_length_says(site: Site) -> None:
    with pytest.raises(SourceError, match=r"larger than 0\.1 MB"):
        fetched(site.gives("/a", b"x" * 200_000))


def test_a_bomb_is_refused(site: Site) -> None:
    packed = gzip.compress(b"0" * 50_000_000)
    assert len(packed) < 100_000
    with pytest.raises(SourceError, match="larger than"):
        fetched(site.gives("/a", packed, Content_Encoding="gzip"), FetchLimits(size=100_000))


def test_what_is_packed_is_unpacked(site: Site) -> None:
    address = site.gives("/a", gzip.compress(b"words"), Content_Encoding="gzip")
    assert fetched(address).data == b"words"


def test_what_is_packed_wrongly_is_refused(site: Site) -> None:
    with pytest.raises(SourceError, match="compressed incorrectly"):
        fetched(site.gives("/a", b"no gzip at all", Content_Encoding="gzip"))


def test_a_site_that_keeps_silent_is_not_waited_for(site: Site) -> None:
    def silent(_handler: BaseHTTPRequestHandler) -> None:
        site.closing.wait(5)

    site.answers["/a"] = silent
    with pytest.raises(SourceError, match="took too long"):
        fetched(f"{site.base}/a", IMPATIENT)


def test_a_site_that_dribbles_is_not_waited_for(site: Site) -> None:
    def dribble(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not site.closing.wait(0.02):
            handler.wfile.write(b".")

    site.answers["/a"] = dribble
    with pytest.raises(SourceError, match="took too long"):
        fetched(f"{site.base}/a", IMPATIENT)


def test_a_connection_that_breaks_off_is_told(site: Site) -> None:
    with pytest.raises(SourceError, match="connection was lost"):
        fetched(site.gives("/a", b"half", Content_Length="1000"))


def test_a_fetch_can_be_ended_from_elsewhere(site: Site) -> None:
    deadline = ConnectionDeadline()

    def wait(_handler: BaseHTTPRequestHandler) -> None:
        deadline.end()
        site.closing.wait(5)

    site.answers["/a"] = wait
    with pytest.raises(SourceError, match="too long"):
        fetch(f"{site.base}/a", typed=f"{site.base}/a", deadline=deadline)


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "page not found"), (429, "too many requests"), (500, "500")]
)
def test_errors_of_the_site_are_said_in_words(site: Site, status: int, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        fetched(site.gives("/a", b"", status=status))


def test_nobody_there_is_said() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(SourceError, match="does not respond"):
            fetched(address)


class QuietServer(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Print no traceback: the client hangs up."""


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parents[2] / "self_signed.pem")
    server = QuietServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        with pytest.raises(SourceError, match="certificate is not trusted"):
            fetched(f"https://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("address", ["http://a b/", "http://[::1/", "http://:80/", "http://x:y/"])
def test_what_is_no_address_says_so(address: str) -> None:
    with pytest.raises(SourceError):
        fetched(address)


def test_a_name_in_other_letters_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def getaddrinfo(host: str, *_more: object, **_and: object) -> list[object]:
        asked.append(host)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(SourceError):
        fetch("http://bücher.example/", limits=IMPATIENT)
    assert asked[0] == "xn--bcher-kva.example"
