from pathlib import Path

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.parser import parse_feed
from tuireader.sources.open import article_locations, open_article, read_list_entry

WORDS = "<p>The ferry left an hour late, “and nobody said why”, said Ada Moor.</p>" * 20
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Harbour News</title><language>en-GB</language>"
    "<item><guid>1</guid><title>Late ferry</title><link>/ferry</link><author>Ida Strand</author>"
    "<pubDate>Wed, 04 Sep 2024 10:00:00 GMT</pubDate><description>A teaser.</description>"
    f"<content:encoded><![CDATA[{WORDS}]]></content:encoded></item>"
    "<item><guid>2</guid><title>Only a teaser</title><link>https://harbour.example/2</link>"
    "<description>Words that tease.</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Tides</title><entry><id>t1</id>'
    "<title>High water</title><link href='https://tides.example/1'/><updated>2024-09-04T10:00:00Z"
    "</updated><content type='html'>&lt;p&gt;At noon.&lt;/p&gt;</content></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    "<channel><title>Old</title></channel><item><title>From 1999</title>"
    "<link>https://old.example/</link><description>Still here.</description></item></rdf:RDF>"
)
JSON = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Lamps", "items": [{"id": "1",'
    ' "url": "https://lamps.example/1", "title": "A lamp", "content_html": "<p>It burns.</p>"}]}'
)


@pytest.mark.parametrize(
    ("name", "feed", "title"),
    [
        ("a.xml", RSS, "Late ferry"),
        ("a.rss", RSS, "Late ferry"),
        ("a.atom", ATOM, "High water"),
        ("a.xml", RDF, "From 1999"),
        ("a.json", JSON, "A lamp"),
    ],
)
def test_every_kind_of_feed_gives_its_entries(
    tmp_path: Path, name: str, feed: str, title: str
) -> None:
    path = tmp_path / name
    path.write_text(feed, encoding="utf-8")
    first, *_ = article_locations(str(path))
    article = open_article(first)
    assert article.title == title == read_list_entry(first).title
    assert article.text
    assert article.location == first
    assert article.source.startswith("http") or name == "a.rss" or feed is RSS


def test_what_a_feed_knows_of_an_article_is_kept() -> None:
    feed = parse_feed(RSS.encode(), "f", "https://harbour.example/feed")
    full, teaser = feed.items
    assert (feed.title, feed.warning) == ("Harbour News", "")
    assert (full.item.author, full.item.outlet) == ("Ida Strand", "Harbour News")
    assert (str(full.item.date), full.item.language) == ("2024-09-04", "en")
    assert full.item.address == "https://harbour.example/ferry"
    assert (full.whole, teaser.whole) == (True, False)


def test_an_ill_formed_feed_gives_what_it_has_and_warns() -> None:
    broken = RSS.replace("</channel></rss>", "<item><title>Cut off &nbsp; he")
    feed = parse_feed(broken.encode(), "f")
    assert [entry.item.title for entry in feed.items][:2] == ["Late ferry", "Only a teaser"]
    assert "ill-formed" in feed.warning


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY x "aaaa">']
)
def test_xml_entities_are_refused(entity: str) -> None:
    bad = RSS.replace("<rss", f"<!DOCTYPE rss [{entity}]><rss", 1).replace("Late ferry", "&x;")
    for data in (bad.encode(), bad.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")):
        with pytest.raises(SourceError, match="entities"):
            parse_feed(data, "f")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"]
)
def test_an_entry_leads_nowhere_but_to_the_web(target: str) -> None:
    feed = parse_feed(RSS.replace("https://harbour.example/2", target).encode(), "f")
    assert feed.items[1].item.address == ""


@pytest.mark.parametrize("data", [b"", b"<rss></rss>", b"{}", b'{"version": "x", "items": {}}'])
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a readable feed"):
        parse_feed(data, "f")


def test_an_id_is_not_taken_for_a_date() -> None:
    feed = (
        "<rss version='2.0'><channel><item><guid>7-10</guid><title>A</title></item></channel></rss>"
    )
    assert parse_feed(feed.encode(), "f").items[0].item.date is None


def test_an_entry_without_words_shows_its_title(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(RSS.replace("Words that tease.", "&lt;img src='a.png'&gt;"), encoding="utf-8")
    *_, entry = article_locations(str(path))
    assert open_article(entry).text == "Only a teaser"


def test_an_entry_is_of_the_file_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    for words in ("The first words.", "What was written later."):
        item = f"<item><guid>a</guid><title>A</title><description>{words}</description></item>"
        path.write_text(f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>")
        (location,) = article_locations(str(path))
        for _ in range(2):
            assert words in open_article(location).text
