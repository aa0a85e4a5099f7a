from tuireader.sources.feeds.list_entry import LeftOutError
from tuireader.sources.feeds.newsboat import parse_urls
from tuireader.sources.web.subscriptions import Subscription


def test_tags_and_titles_of_a_urls_file_are_kept() -> None:
    found = parse_urls(
        b"# newsboat\n\n"
        b'https://a.example/feed.xml tech "science fiction" "~My \\"own\\" name" # a comment\n'
        b'"https://b.example/rss" "!" ~B\n',
        "urls",
    )
    assert list(found) == [
        Subscription(
            address="https://a.example/feed.xml",
            name='My "own" name',
            tags=("tech", "science fiction"),
        ),
        Subscription(address="https://b.example/rss", name="B"),
    ]


def test_queries_and_programs_are_left_out_with_a_reason() -> None:
    data = b'"query:Unread:unread = \\"yes\\""\nexec:~/bin/feed\nfilter:~/f:https://a.example/\nx\n'
    *left_out, bad = parse_urls(data, "urls")
    assert [isinstance(error, LeftOutError) for error in (*left_out, bad)] == [True] * 3 + [False]
    assert "line 1: a query feed" in str(left_out[0])
