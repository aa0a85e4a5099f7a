from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.errors import SourceError
from tuireader.sources.web.url import Url, join, parse_url

HOSTS = {
    "News.Example": "news.example",
    "news.example.": "news.example",
    "bücher.example": "xn--bcher-kva.example",
    "a_b.example": "a_b.example",
    "2130706433": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "0x7f000001": "127.0.0.1",
    "0X7F.1": "127.0.0.1",
    "0177.0.0.1": "127.0.0.1",
    "127.1": "127.0.0.1",
    "127.0.1": "127.0.0.1",
    "127.0.0.1.": "127.0.0.1",
    "127。0．0｡1": "127.0.0.1",
    "１２７.0.0.1": "127.0.0.1",
    "127․0․0․1": "127.0.0.1",
    "0": "0.0.0.0",
    "0x": "0.0.0.0",
    "4294967295": "255.255.255.255",
    "8.8.2056": "8.8.8.8",
    "[::1]": "::1",
    "[0:0:0:0:0:0:0:1]": "::1",
    "[2001:DB8::A]": "2001:db8::a",
    "ⓛocalhost": "localhost",
}
"""Hosts as they may be written, and what they mean."""

REFUSED = (
    *(r"http://a.example:1\@b.example/", r"http:\\a.example/", "http://a.example/\\b"),
    *("http://a\t.example/", "http://a.example/\n", "ht\ntp://a.example/", "http://a.example/\x00"),
    *(
        "http://a.example/\x85",
        "http://a.example/\u2028",
        "http://a .example/",
        "http://a.example :1/",
    ),
    *("http://a@b.example/", "http://a:b@c.example/", "http://@a.example/"),
    *("http:/a.example/", "http:a.example", "http:///a.example/", "//a.example/", "a.example", ""),
    *(
        "http://",
        "http:///",
        "http://./",
        "http://a..example/",
        "http://.a.example/",
        "http://:80/",
    ),
    *("http://a.example:0/", "http://a.example:65536/", "http://a.example:-1/"),
    *("http://a.example:8o/", "http://a.example:٨٠/", "http://a.example:1:2/"),
    *("http://a%2eexample/", "http://a.example%00/", "http://%31%32%37.0.0.1/"),
    *("http://256.0.0.1/", "http://1.2.3.4.5/", "http://08.0.0.1/", "http://0x1g.0.0.1/"),
    *("http://4294967296/", "http://1.2.3.256/", "http://a.1/", "http://1..2/", "http://1_0.1/"),
    *("http://[::1/", "http://[::1]x/", "http://[::1]:x/", "http://::1/", "http://[]/"),
    *("http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[v1.a]/", "http://[1.2.3.4]/"),
    *("http://a＠b.example/", "http://a／b.example/", "http://a℀b.example/", "http://xn--a\u00a0/"),
    *(f"http://{'a' * 64}.example/", f"http://{'a.' * 127}example/", f"http://{'ä' * 64}.example/"),
    *("file:///etc/passwd", "ftp://a.example/", "javascript:1", "gopher://a.example/"),
)


@pytest.mark.parametrize(("written", "host"), HOSTS.items())
def test_a_host_is_read_as_browsers_read_it(written: str, host: str) -> None:
    assert parse_url(f"http://{written}:81/a").site == (host, 81)


@pytest.mark.parametrize("address", REFUSED)
def test_what_programs_read_differently_is_refused(address: str) -> None:
    with pytest.raises(SourceError):
        parse_url(address)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("HTTP://a.example", Url(scheme="http", host="a.example", port=80)),
        ("https://a.example?b", Url(scheme="https", host="a.example", port=443, target="/?b")),
        ("http://a.example:/b", Url(scheme="http", host="a.example", port=80, target="/b")),
        (
            "http://a.example:0081#!/b",
            Url(scheme="http", host="a.example", port=81, fragment="#!/b"),
        ),
        ("http://a.example/b@c:1", Url(scheme="http", host="a.example", port=80, target="/b@c:1")),
        ("http://a.example//b/c", Url(scheme="http", host="a.example", port=80, target="//b/c")),
        (" http://a.example/b c ", Url(scheme="http", host="a.example", port=80, target="/b c")),
    ],
)
def test_an_address_has_its_parts(address: str, url: Url) -> None:
    assert parse_url(address) == url
    assert parse_url(str(url)) == url


@pytest.mark.parametrize(
    ("reference", "joined"),
    [
        ("/c", "http://a.example:81/c"),
        ("c?d", "http://a.example:81/x/c?d"),
        ("?d#e", "http://a.example:81/x/y?d"),
        ("", "http://a.example:81/x/y"),
        ("../c@d", "http://a.example:81/c@d"),
        ("//b.example/c", "http://b.example/c"),
        ("HTTPS://b.example", "https://b.example/"),
    ],
)
def test_a_redirect_is_joined_to_where_it_came_from(reference: str, joined: str) -> None:
    assert str(join(parse_url("http://a.example:81/x/y#z"), reference)) == joined


@given(st.text(max_size=30))
def test_a_redirect_that_names_no_host_stays_on_its_site(reference: str) -> None:
    base = parse_url("http://a.example:81/x/y")
    try:
        url = join(base, f"/x{reference}")
    except SourceError:
        return
    assert url.site == base.site


@given(st.text(alphabet="ab.1@:/\\?#[]%x0 \t。１＠", max_size=20))
def test_an_address_that_is_taken_is_read_the_same_by_others(rest: str) -> None:
    try:
        url = parse_url(f"http://{rest}")
    except SourceError:
        return
    assert parse_url(str(url)) == url
    other = urlsplit(str(url))
    assert (other.hostname, other.port or 80, other.username) == (*url.site, None)


def test_a_very_long_host_is_refused() -> None:
    with pytest.raises(SourceError):
        parse_url(f"http://{'ä' * 1_000_000}/")
    with pytest.raises(SourceError):
        parse_url(f"http://{'1.' * 1_000_000}/")
