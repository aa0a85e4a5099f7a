"""Addresses that others choose do not lead into the reader's own machine or network."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from http_site import Site

from tuireader.__main__ import main
from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.sources.open import article_locations, open_article
from tuireader.sources.web.client import WebClient
from tuireader.sources.web.fetch import FetchLimits, fetch
from tuireader.sources.web.subscriptions import Subscription
from tuireader.sources.web.url import canonical_url

QUICK = FetchLimits(timeout=30, seconds=60, redirects=3)
REFUSED = "not typed by you"
PUBLIC = "93.184.216.34"

FORMS = {
    "plainly": "http://127.0.0.1:{port}/",
    "encrypted": "https://127.0.0.1:{port}/",
    "without a scheme": "//127.0.0.1:{port}/",
    "scheme in capitals": "HTTP://127.0.0.1:{port}/",
    "one slash": "http:/127.0.0.1:{port}/",
    "no slash": "http:127.0.0.1:{port}/",
    "three slashes": "http:///127.0.0.1:{port}/",
    "three slashes without a scheme": "///127.0.0.1:{port}/",
    "backslash before the typed host": "http://127.0.0.1:{port}\\@{typed}/x",
    "two backslashes before it": "http://127.0.0.1:{port}\\\\@{typed}/x",
    "slash and backslash before it": "http://127.0.0.1:{port}/\\@{typed}/x",
    "backslashes for slashes": "http:\\\\127.0.0.1:{port}/",
    "backslashes without a scheme": "\\\\127.0.0.1:{port}/",
    "slash and backslash": "/\\127.0.0.1:{port}/",
    "backslash and slash": "\\/127.0.0.1:{port}/",
    "typed host as the user": "http://{typed}@127.0.0.1:{port}/",
    "user and password": "http://user:word@127.0.0.1:{port}/",
    "typed host behind the user": "http://127.0.0.1:{port}@{typed}/",
    "two users": "http://a@127.0.0.1:{port}@{typed}/",
    "fragment before the typed host": "http://127.0.0.1:{port}#@{typed}/",
    "query before it": "http://127.0.0.1:{port}?@{typed}/",
    "semicolon before it": "http://127.0.0.1:{port};@{typed}/",
    "blank before it": "http://127.0.0.1:{port} @{typed}/",
    "tab before it": "http://127.0.0.1:{port}\t@{typed}/",
    "tab in the host": "http://127.0.\t0.1:{port}/",
    "tab in the scheme": "ht\ttp://127.0.0.1:{port}/",
    "form feed before the host": "http://\f127.0.0.1:{port}/",
    "blank before the port": "http://127.0.0.1 :{port}/",
    "two ports": "http://127.0.0.1:{port}:80/",
    "port with noughts": "http://127.0.0.1:000{port}/",
    "port out of range": "http://127.0.0.1:{beyond}/",
    "ideographic full stops": "http://127\u30020\u30020\u30021:{port}/",
    "full-width full stops": "http://127\uff0e0\uff0e0\uff0e1:{port}/",
    "half-width full stops": "http://127\uff610\uff610\uff611:{port}/",
    "full-width digits": "http://\uff11\uff12\uff17.0.0.1:{port}/",
    "full-width at sign": "http://127.0.0.1:{port}\uff20{typed}/",
    "trailing dot": "http://127.0.0.1.:{port}/",
    "decimal": "http://2130706433:{port}/",
    "octal": "http://0177.0.0.01:{port}/",
    "octal in one": "http://017700000001:{port}/",
    "hexadecimal": "http://0x7f.0x0.0x0.0x1:{port}/",
    "hexadecimal in one": "http://0x7F000001:{port}/",
    "two parts": "http://127.1:{port}/",
    "three parts": "http://127.0.1:{port}/",
    "mixed parts": "http://0x7f.1:{port}/",
    "nought": "http://0:{port}/",
    "all noughts": "http://0.0.0.0:{port}/",
    "another loopback address": "http://127.8.9.10:{port}/",
    "IPv6": "http://[::1]:{port}/",
    "IPv6 in full": "http://[0:0:0:0:0:0:0:1]:{port}/",
    "IPv6 without brackets": "http://::1:{port}/",
    "any IPv6": "http://[::]:{port}/",
    "IPv4-mapped": "http://[::ffff:127.0.0.1]:{port}/",
    "IPv4-mapped, hexadecimal": "http://[::FFFF:7f00:1]:{port}/",
    "IPv4-compatible": "http://[::127.0.0.1]:{port}/",
    "IPv4-translated": "http://[::ffff:0:127.0.0.1]:{port}/",
    "NAT64": "http://[64:ff9b::127.0.0.1]:{port}/",
    "NAT64 of a site": "http://[64:ff9b:1::7f00:1]:{port}/",
    "6to4": "http://[2002:7f00:1::]:{port}/",
    "ISATAP": "http://[2606:4700::5efe:127.0.0.1]:{port}/",
    "scope": "http://[::1%25lo]:{port}/",
    "scope, plainly": "http://[::1%lo]:{port}/",
    "percent-encoded dots": "http://127%2e0%2e0%2e1:{port}/",
    "percent-encoded digits": "http://%31%32%37.0.0.1:{port}/",
    "percent-encoded slash": "http://127.0.0.1:{port}%2f@{typed}/",
    "percent-encoded nought": "http://127.0.0.1%00.news.example:{port}/",
    "localhost": "http://localhost:{port}/",
    "localhost in capitals": "http://LOCALHOST:{port}/",
    "localhost with a dot": "http://localhost.:{port}/",
    "localhost in circles": "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:{port}/",
    "below localhost": "http://app.localhost:{port}/",
    "name of an inner host": "http://inner.example:{port}/",
    "name with an inner address too": "http://mixed.example:{port}/",
    "name with a mapped address": "http://mapped.example:{port}/",
}
"""Ways to write an address of the inner server, which the site that was typed answers with."""


class Inner:
    """A server on loopback that was not typed; a connection to it waits here until it is seen."""

    def __init__(self) -> None:
        self.servers = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.servers[0].getsockname()[1]
        for family, host in ((socket.AF_INET6, "::1"), (socket.AF_INET, "127.8.9.10")):
            with suppress(OSError):  # not every system has it
                self.servers.append(socket.create_server((host, self.port), family=family))
        for server in self.servers:
            server.setblocking(False)

    @property
    def was_reached(self) -> bool:
        for server in self.servers:
            with suppress(BlockingIOError):
                server.accept()[0].close()
                return True
        return False

    def close(self) -> None:
        for server in self.servers:
            server.close()


class Internet:
    """Names and public hosts that the tests have: they are served by servers on loopback."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, list[list[str]]] = {}
        """What a name leads to, the first time it is looked up, the second time, and so on."""
        self.served: dict[str, int] = {}
        """The port on loopback at which a public IP address is served; 0 if it answers nobody."""
        self.looked_up: list[str] = []
        real, internet = socket.getaddrinfo, self

        def getaddrinfo(host: str, port: int, *rest: object, **more: object) -> list[Any]:
            self.looked_up.append(host)
            answers = self.names.get(host)
            if answers is None:
                return real(host, port, *rest, **more)  # type: ignore[arg-type]  # handed on
            peers = answers.pop(0) if len(answers) > 1 else answers[0]
            kinds = [socket.AF_INET6 if ":" in peer else socket.AF_INET for peer in peers]
            return [
                (kind, socket.SOCK_STREAM, 6, "", (peer, port))
                for kind, peer in zip(kinds, peers, strict=True)
            ]

        class Socket(socket.socket):
            """Reaches public addresses at loopback, as translation in a network does."""

            dialled: tuple[str, int] | None = None

            def connect(self, address: Any) -> None:
                served = internet.served.get(address[0])
                if served is None:
                    return super().connect(address)
                if not served:
                    raise ConnectionRefusedError
                self.dialled = address
                return super().connect(("127.0.0.1", served))

            def getpeername(self) -> tuple[str, int]:
                return self.dialled or super().getpeername()

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        monkeypatch.setattr(socket, "socket", Socket)


@pytest.fixture
def inner() -> Iterator[Inner]:
    running = Inner()
    yield running
    running.close()


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    made = Internet(monkeypatch)
    made.names["inner.example"] = [["127.0.0.1"]]
    made.names["mixed.example"] = [[PUBLIC, "127.0.0.1"]]
    made.names["mapped.example"] = [["::ffff:127.0.0.1"]]
    return made


@pytest.fixture
def visitor(tmp_path: Path) -> WebClient:
    return WebClient(AppPaths.find(str(tmp_path / "data"), {}))


@pytest.fixture
def written(site: Site, inner: Inner) -> Callable[[str], str]:
    """Writes an address of the inner server in one of the forms."""

    def write(form: str) -> str:
        typed = site.base.removeprefix("http://")
        return FORMS[form].format(port=inner.port, beyond=inner.port + 65_536, typed=typed)

    return write


def redirects(site: Site, path: str, target: str) -> str:
    """Let a path redirect to a target, byte by byte as it is; its address."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 302 Found\r\nLocation: " + target.encode() + b"\r\n\r\n")

    site.answers[path] = answer
    return f"{site.base}{path}"


@pytest.mark.usefixtures("internet")
@pytest.mark.parametrize("form", FORMS)
def test_a_redirect_does_not_reach_the_inner_network(
    site: Site, inner: Inner, written: Callable[[str], str], form: str
) -> None:
    address = redirects(site, "/a", written(form))
    with pytest.raises(SourceError) as refused:
        fetch(address, typed=address, limits=QUICK)
    assert not inner.was_reached
    assert "\\" not in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.usefixtures("internet")
@pytest.mark.parametrize("form", FORMS)
def test_an_entry_of_a_feed_does_not_reach_the_inner_network(
    site: Site, inner: Inner, visitor: WebClient, written: Callable[[str], str], form: str
) -> None:
    link = escape(written(form).replace("\f", ""))
    feed = (
        '<rss version="2.0"><channel><title>Harbour</title><item><guid>1</guid><title>One</title>'
        f"<description>Teaser.</description><link>{link}</link></item></channel></rss>"
    )
    for entry in visitor.fetch_locations(site.gives("/feed", feed.encode())):
        with suppress(SourceError):
            visitor.article(entry)
    assert not inner.was_reached


def test_the_second_redirect_is_checked_as_the_first_is(site: Site, inner: Inner) -> None:
    redirects(site, "/b", f"http://127.0.0.1:{inner.port}/")
    address = redirects(site, "/a", "/b")
    with pytest.raises(SourceError, match=REFUSED):
        fetch(address, typed=address, limits=QUICK)
    assert not inner.was_reached


def test_the_site_that_was_typed_is_the_same_in_other_forms(site: Site) -> None:
    port = site.server.server_port
    site.gives("/b", b"words")
    address = redirects(site, "/a", f"//0x7f.1:{port}/b")
    assert fetch(address, typed=address).data == b"words"


def test_a_typed_inner_site_is_allowed_at_its_own_port_and_name_only(
    site: Site, inner: Inner
) -> None:
    for target in (f"http://localhost:{site.server.server_port}/b", f"//127.0.0.1:{inner.port}"):
        address = redirects(site, "/a", target)
        with pytest.raises(SourceError, match=REFUSED):
            fetch(address, typed=address)
    assert [path for path, _ in site.asked] == ["/a", "/a"]
    assert not inner.was_reached


def test_a_typed_ipv6_address_is_asked() -> None:
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this system has no IPv6")
    with server:
        address = f"http://[::1]:{server.getsockname()[1]}/"
        with pytest.raises(SourceError, match="too long"):
            fetch(canonical_url(address), typed=address, limits=FetchLimits(timeout=0.1))
        connected, _ = server.accept()
        with connected:
            assert connected.recv(1000).startswith(b"GET / HTTP/1.1\r\nHost: [::1]:")


def test_a_public_site_does_not_lead_back_to_the_inner_site_that_was_typed(
    site: Site, internet: Internet
) -> None:
    internet.names["news.example"] = [[PUBLIC]]
    internet.served[PUBLIC] = site.server.server_port
    address = redirects(site, "/a", "http://news.example/b")
    redirects(site, "/b", f"{site.base}/c")
    site.gives("/c", b"secret")
    with pytest.raises(SourceError, match=REFUSED):
        fetch(address, typed=address)
    assert [path for path, _ in site.asked] == ["/a", "/b"]


def test_a_name_is_looked_up_once_in_a_fetch(site: Site, inner: Inner, internet: Internet) -> None:
    internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    internet.served[PUBLIC] = site.server.server_port
    redirects(site, "/a", f"http://news.example:{inner.port}/b")
    site.gives("/b", b"words")
    for typed in ("", f"http://news.example:{inner.port}/a"):
        internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
        internet.looked_up.clear()
        found = fetch(f"http://news.example:{inner.port}/a", typed=typed, limits=QUICK)
        assert (found.data, found.inner, internet.looked_up) == (b"words", False, ["news.example"])
    assert not inner.was_reached


def test_a_site_with_several_addresses_is_asked_only_where_it_was_reached(
    site: Site, inner: Inner, internet: Internet
) -> None:
    name = f"news.example:{inner.port}"
    internet.names["news.example"] = [[PUBLIC, "127.0.0.1"]]
    internet.served[PUBLIC] = site.server.server_port

    def answer(handler: BaseHTTPRequestHandler) -> None:
        internet.served[PUBLIC] = 0
        handler.wfile.write(f"HTTP/1.0 302 x\r\nLocation: http://{name}/b\r\n\r\n".encode())

    site.answers["/a"] = answer
    with pytest.raises(SourceError, match="does not respond"):
        fetch(f"http://{name}/a", typed=f"http://{name}/a", limits=QUICK)
    assert not inner.was_reached


def test_a_connection_that_ends_elsewhere_than_it_was_made_to_is_refused(
    site: Site, internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    internet.names["news.example"] = [[PUBLIC]]
    internet.served[PUBLIC] = site.server.server_port
    monkeypatch.setattr(socket.socket, "getpeername", lambda _socket: ("127.0.0.1", 80))
    with pytest.raises(SourceError, match=REFUSED):
        fetch("http://news.example/a", limits=QUICK)
    assert site.asked == []


def test_no_proxy_is_asked(site: Site, inner: Inner, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{inner.port}")
    assert fetch(site.gives("/a", b"words"), typed=site.base).data == b"words"
    assert not inner.was_reached


def test_a_feed_that_was_public_is_not_followed_into_the_inner_network(
    site: Site, inner: Inner, internet: Internet, visitor: WebClient
) -> None:
    feed = b'<rss version="2.0"><channel><title>A</title><item><guid>1</guid><title>B</title>'
    feed += b"<description>Teaser.</description><link>/b</link></item></channel></rss>"
    site.gives("/feed", feed)
    address = f"http://news.example:{inner.port}/feed"
    internet.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    internet.served[PUBLIC] = site.server.server_port
    (entry,) = visitor.fetch_locations(address)
    (found,) = visitor.refresh([address], Event())
    assert REFUSED in found.problem
    assert REFUSED in visitor.article(entry).text
    assert not inner.was_reached


def test_an_inner_feed_that_was_typed_goes_on_being_asked(
    site: Site, internet: Internet, visitor: WebClient
) -> None:
    internet.names["news.example"] = [[PUBLIC]]
    internet.served[PUBLIC] = site.server.server_port
    feed = site.gives("/feed", b'<rss version="2.0"><channel><title>A</title></channel></rss>')
    for address in (feed, redirects(site, "/outside", "http://news.example/feed")):
        visitor.fetch_locations(address)
        (found,) = visitor.refresh([address], Event())
        assert found.problem == ""
    assert [path for path, _ in site.asked] == ["/feed"] * 2 + ["/outside", "/feed"] * 2


def test_a_list_of_feeds_does_not_lead_into_the_inner_network_until_it_is_typed(
    site: Site, visitor: WebClient
) -> None:
    item = "<item><guid>1</guid><title>B</title><description>Words.</description></item>"
    feed = f'<rss version="2.0"><channel><title>A</title>{item}</channel></rss>'
    address = site.gives("/feed", feed.encode())
    visitor.follow(Subscription(address=address, public=True))
    (found,) = visitor.refresh([address], Event())
    assert (REFUSED in found.problem, site.asked) == (True, [])
    assert len(visitor.fetch_locations(address)) == 1
    assert len(visitor.subscriptions([address])[0].entries) == 1


def test_a_page_does_not_propose_a_feed_in_the_inner_network(
    site: Site, inner: Inner, visitor: WebClient
) -> None:
    page = "<html><head>{}</head><body><p>" + "The ferry left the harbour late. " * 20 + "</p>"
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    for number, (href, proposed) in enumerate(
        (
            (f"http://127.0.0.1:{inner.port}/feed", ""),
            (f"http://localhost:{inner.port}/feed", ""),
            (f"http://127.0.0.1:{inner.port}\\@news.example/feed", ""),
            ("http://news.example/feed", "http://news.example/feed"),
            ("/feed", f"{site.base}/feed"),
        )
    ):
        data = page.format(link.format(href)).encode()
        (address,) = visitor.fetch_locations(site.gives(f"/{number}", data))
        assert visitor.feed_linked_by(address) == proposed
    assert not inner.was_reached


def test_nothing_that_a_page_or_a_book_refers_to_is_fetched(
    site: Site, inner: Inner, visitor: WebClient, make_epub: Callable[..., Path], tmp_path: Path
) -> None:
    there = f"http://127.0.0.1:{inner.port}/"
    head = (
        f'<base href="{there}"/><link rel="canonical" href="{there}c"/><link rel="stylesheet"'
        f' href="{there}s"/><meta http-equiv="refresh" content="0; url={there}r"/>'
        f'<meta property="og:url" content="{there}o"/><script src="{there}j"></script>'
    )
    body = (
        "<p>" + "The ferry left the harbour late, they said. " * 20 + "</p>"
        f'<img src="{there}i"/><iframe src="{there}f"></iframe><object data="{there}d"></object>'
        f'<p style="background: url({there}u)">The last words of it.</p><a href="{there}a">A</a>'
    )
    page = f"<html><head><title>Late</title>{head}</head><body>{body}</body></html>"
    doctype = f'<!DOCTYPE html [<!ENTITY % x SYSTEM "{there}e"> %x;]>'
    saved = tmp_path / "page.html"
    saved.write_text(page, encoding="utf-8")
    external = tmp_path / "doctype.html"
    external.write_text(doctype + page, encoding="utf-8")
    book = make_epub({"one.xhtml": head + body}, others={"OEBPS/two.xhtml": doctype + page})
    for path in (saved, external, book):
        for location in article_locations(str(path)):
            with suppress(SourceError):
                assert open_article(location).text
    (address,) = visitor.fetch_locations(site.gives("/a", page.encode()))
    assert "The last words" in visitor.whole_page(address).text
    assert not inner.was_reached


def test_a_typed_address_that_programs_read_differently_is_refused(
    site: Site,
    inner: Inner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(tmp_path / "data"))
    typed = site.base.removeprefix("http://")
    assert main(["add", "--json", f"http://127.0.0.1:{inner.port}\\@{typed}/a"]) == 1
    (failed,) = json.loads(capsys.readouterr().out)["failed"]
    assert "backslash" in failed["reason"]
    assert (site.asked, inner.was_reached) == ([], False)
