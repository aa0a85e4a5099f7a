import pytest

from tuireader.sources.files import is_address
from tuireader.sources.web.url import canonical_url, http_address


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("feed://a.example/f?x", "http://a.example/f?x"),
        ("feed:https://a.example/f", "https://a.example/f"),
        ("FEED://a.example/", "http://a.example/"),
        ("https://a.example/feed:x", "https://a.example/feed:x"),
    ],
)
def test_the_schemes_of_feeds_stand_for_http(address: str, url: str) -> None:
    assert http_address(address) == url
    assert is_address(address)
    assert canonical_url(address) == url


@pytest.mark.parametrize("name", ["feed", "feed:", "feed:me.txt", "feeds/a.txt"])
def test_other_names_are_no_addresses(name: str) -> None:
    assert not is_address(name)
    assert http_address(name) == name
