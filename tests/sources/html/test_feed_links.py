import pytest

from tuireader.sources.html.page import feed_link_in

ADDRESS = "https://harbour.example/news/ferry"


@pytest.mark.parametrize(
    ("head", "feed"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2">',
            "https://harbour.example/feed?a=1&b=2",
        ),
        (
            "<LINK TYPE='application/atom+xml' HREF='atom.xml' REL='home alternate'/>",
            "https://harbour.example/news/atom.xml",
        ),
        (
            "<link rel=alternate type=application/feed+json href=https://feeds.example/j>",
            "https://feeds.example/j",
        ),
        ('<link rel="stylesheet" type="text/css" href="/style.css">', ""),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', ""),
        ('<link rel="alternate" type="application/rss+xml">', ""),
        ('<link rel="alternate" hreflang="de" href="/de">', ""),
        ("", ""),
    ],
)
def test_the_feed_that_a_page_names_is_found(head: str, feed: str) -> None:
    page = f"<html><head>{head}</head><body>Words.</body></html>"
    assert feed_link_in(page.encode(), ADDRESS) == feed


def test_a_feed_of_comments_is_not_the_feed_of_the_articles() -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="{}" href="/{}">'
    page = link.format("Comments on Late ferry", "c") + link.format("Harbour News", "news")
    assert feed_link_in(page.encode(), ADDRESS) == "https://harbour.example/news"
