import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.model import Feed
from tuireader.sources.feeds.parser import parse_feed
from tuireader.sources.web.page_store import page_article

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def rss(*items: str, head: str = "") -> Feed:
    inside = "".join(f"<item>{item}</item>" for item in items)
    text = (
        f"<rss version='2.0' {NAMESPACES}><channel><title>F</title>{head}{inside}</channel></rss>"
    )
    return parse_feed(text.encode(), "f", "https://a.example/feed")


def atom(*entries: str, head: str = "") -> Feed:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{head}{inside}</feed>'
    return parse_feed(text.encode(), "f", "https://a.example/feed")


def text_of(feed: Feed) -> str:
    return page_article(feed.items[0].item, "f").text


def test_undeclared_entities_of_html_are_characters() -> None:
    feed = rss(
        "<title>Caf&eacute; in Z&uuml;rich & more</title><description>go&ucirc;t</description>"
    )
    assert feed.items[0].item.title == "Café in Zürich & more"
    assert (text_of(feed), feed.warning) == ("goût", "")


def test_a_document_type_with_parameter_entities_is_read() -> None:
    dtd = '<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "x" "http://a.example/x.ent">%HTMLlat1;]>'
    feed = parse_feed(
        f"{dtd}<rss><channel><item><title>&eacute;</title></item></channel></rss>".encode(), "f"
    )
    assert feed.items[0].item.title == "é"


@pytest.mark.parametrize(
    ("authors", "author"),
    [
        ("<dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>", "Ann, Bob"),
        ("<author>ann@a.example (Ann Moor)</author>", "Ann Moor"),
        ("<author>Ann Moor &lt;ann@a.example&gt;</author>", "Ann Moor"),
        ("<itunes:author>Ann</itunes:author>", "Ann"),
        ("<dc:creator><![CDATA[Zo&euml; <b>Moor</b>]]></dc:creator>", "Zoë Moor"),
        ("<author>ann@a.example</author>", "ann@a.example"),
    ],
)
def test_all_authors_are_named(authors: str, author: str) -> None:
    assert rss(f"<title>A</title>{authors}").items[0].item.author == author


def test_the_authors_of_an_atom_feed_are_those_of_entries_without() -> None:
    names = "<author><name>Ann</name></author><author><name>Bob</name></author>"
    feed = atom(
        "<title>A</title>", f"<title>B</title>{names}", head="<author><name>Cy</name></author>"
    )
    assert [entry.item.author for entry in feed.items] == ["Cy", "Ann, Bob"]


@pytest.mark.parametrize(
    "part",
    [
        (
            "<media:group><media:description type='plain'>One.\n\nTwo &amp; three."
            "</media:description></media:group>"
        ),
        "<itunes:summary>One.\n\nTwo &amp; three.</itunes:summary>",
        "<content:encoded><![CDATA[<p>One.</p><p>Two &amp; three.</p>]]></content:encoded>",
        (
            "<description>teaser</description>"
            "<dc:description>&lt;p>One.&lt;p>Two &amp;amp; three.</dc:description>"
        ),
    ],
)
def test_the_text_is_found_wherever_it_stands(part: str) -> None:
    assert text_of(rss(f"<title>A</title>{part}")) == "One.\n\nTwo & three."


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<content type="text">1 &lt; 2\nnext</content>', "1 < 2\nnext"),
        ('<content type="html">&lt;b>bold&lt;/b></content>', "bold"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A</p><p>B</p></div></content>',
            "A\n\nB",
        ),
        (
            '<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>A</x:p><x:p>B</x:p></x:div></content>',
            "A\n\nB",
        ),
        ('<content mode="base64" type="text/html">PHA+T25lPC9wPg==</content>', "One"),
        ('<content type="image/png">iVBORw0KGgo=</content><summary>words</summary>', "words"),
    ],
)
def test_content_is_read_as_its_type_says(content: str, text: str) -> None:
    assert text_of(atom(f"<title>A</title>{content}")) == text


def test_the_first_page_of_several_alternate_links_is_the_address() -> None:
    links = (
        '<link rel="self" href="https://a.example/self"/>'
        '<link rel="alternate" type="application/json" href="https://a.example/json"/>'
        '<link rel="alternate" type="text/html" href="/page"/>'
        '<link rel="alternate" type="text/html" hreflang="de" href="https://a.example/de"/>'
    )
    assert atom(f"<title>A</title>{links}").items[0].item.address == "https://a.example/page"


def test_entries_without_a_link_all_come() -> None:
    items = [f"<title>{n}</title><description>Text {n}.</description>" for n in range(5)]
    feed = rss(*items)
    assert len({entry.id for entry in feed.items}) == 5
    assert {entry.item.address for entry in feed.items} == {""}


@pytest.mark.parametrize("same", ["<guid>g</guid>", "<link>https://a.example/log</link>"])
def test_entries_that_share_an_id_or_a_link_all_come(same: str) -> None:
    items = [f"<title>{n}</title>{same}<description>Text {n}.</description>" for n in range(5)]
    assert len({entry.id for entry in rss(*items).items}) == 5
    assert len(rss(items[0], items[0]).items) == 1


def test_an_id_that_is_an_address_is_preferred_to_a_shared_link() -> None:
    items = [
        f"<title>{n}</title><link>https://a.example/</link><guid>https://a.example/{n}</guid>"
        for n in range(2)
    ]
    found = rss(*items).items
    assert [entry.item.address for entry in found] == ["https://a.example/0", "https://a.example/1"]
    assert not any(entry.shares_address for entry in found)


def test_relative_links_follow_the_base_in_the_document() -> None:
    feed = atom(
        '<title>A</title><content type="html" xml:base="https://b.example/d/">'
        "&lt;a href='x'>there&lt;/a></content>"
    )
    (link,) = page_article(feed.items[0].item, "f").links
    assert link.target == "https://b.example/d/x"


def test_a_channel_definition_file_is_a_feed() -> None:
    feed = parse_feed(
        b'<CHANNEL HREF="http://a.example/"><TITLE>C</TITLE><ITEM HREF="http://a.example/1"'
        b' LASTMOD="2003-12-31T10:14Z"><TITLE>One</TITLE><ABSTRACT>Words.</ABSTRACT></ITEM>'
        b"</CHANNEL>",
        "f",
    )
    (entry,) = feed.items
    assert (entry.item.address, str(entry.item.date)) == ("http://a.example/1", "2003-12-31")


@pytest.mark.parametrize("piece", ["<a>", "<![CDATA[", "<!--", "&", "&a", "<", "<a b='", "<item>"])
def test_hostile_feeds_are_read_or_refused(piece: str) -> None:
    for start in ("<rss><channel><item><title>A", "<rss><channel><item><author>", ""):
        try:
            parse_feed((start + piece * 20_000).encode(), "f")
        except SourceError:
            continue


def test_html_that_is_not_escaped_is_read_and_the_next_entries_come() -> None:
    feed = rss(
        "<title>A <b>bold</b> one</title><description>Text<br>more <p>para</p> & such"
        " <img src='x'> end &amp; all</description>",
        "<title>B</title>",
    )
    assert [entry.item.title for entry in feed.items] == ["A bold one", "B"]
    assert " ".join(text_of(feed).split()) == "Text more para & such end & all"


def test_what_a_program_warns_of_before_the_feed_is_no_part_of_it() -> None:
    warning = "\n<br />\n<b>Warning</b>: no such file in <b>/x</b> on line 3<br />\n"
    feed = "<?xml version='1.0'?><rss><channel><item><title>A</title></item></channel></rss>"
    assert parse_feed((warning + feed).encode(), "f").items[0].item.title == "A"


def test_an_entry_that_is_cut_off_has_the_text_that_came() -> None:
    feed = "<rss><channel><item><title>A</title><description><![CDATA[<p>Words that we"
    assert text_of(parse_feed(feed.encode(), "f")) == "Words that we"


def test_namespaces_that_are_not_declared_are_told_by_their_usual_prefix() -> None:
    feed = (
        "<rss><channel><item><title>A</title><dc:creator>Ann</dc:creator>"
        "<content:encoded><![CDATA[<p>One</p><p>Two</p>]]></content:encoded></item></channel></rss>"
    )
    found = parse_feed(feed.encode(), "f")
    assert (text_of(found), found.items[0].item.author) == ("One\n\nTwo", "Ann")


def test_empty_elements_in_xhtml_do_not_swallow_what_follows() -> None:
    inside = '<p>A<script/><a name="x"/> b</p><p/>C<br/>D'
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{inside}</div>'
    found = atom(f'<title>A</title><content type="xhtml">{div}</content>')
    assert text_of(found) == "A b\n\nC\nD"


def test_an_entry_without_a_title_is_called_after_its_first_sentence() -> None:
    item = rss("<description>&lt;p&gt;The U.S. ferry left late. Nobody said why.</description>")
    assert item.items[0].item.title == "The U.S. ferry left late."
