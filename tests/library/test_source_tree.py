from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.source_tree import (
    FollowedFeed,
    SourceNode,
    source_tree,
    visible_nodes,
)

PLACES = ("/news/a.txt", "/news/deep/b.txt", "/news/sea.epub#1", "/news/sea.epub#2", "/lone.txt")
FEED = FollowedFeed(
    address="https://a.example/feed",
    title="A",
    folder="Science/Physics",
    entries=("https://a.example/1", "https://a.example/2"),
)


def tree(*read: str, **states: ReadingProgress) -> dict[str, SourceNode]:
    readings = {place: ReadingProgress(location=place, done=True) for place in read}
    readings |= {state.location: state for state in states.values()}
    nodes = source_tree(
        (*PLACES, *FEED.entries), readings, ("/lone.txt", FEED.address, "/news"), [FEED]
    )
    return {node.key: node for node in nodes}


def test_the_tree_has_a_node_for_each_source_and_group() -> None:
    nodes = tree()
    assert [(node.depth, node.label) for node in nodes.values()] == [
        (0, "All articles"),
        (0, "Unread"),
        (0, "Starred"),
        (0, "Feeds"),
        (1, "Science"),
        (2, "Physics"),
        (3, "A"),
        (0, "news"),
        (1, "sea.epub"),
        (0, "Single articles"),
    ]


def test_each_node_counts_its_unread_articles() -> None:
    nodes = tree("/news/a.txt", "/news/sea.epub#1", "https://a.example/1")
    assert (nodes["all"].unread, len(nodes["all"].locations)) == (4, 7)
    assert (nodes["unread"].unread, len(nodes["unread"].locations)) == (4, 4)
    assert nodes["source /news"].unread == 2
    assert nodes["book /news/sea.epub"].unread == 1
    assert nodes["folder Science"].unread == 1
    assert nodes["feeds"].locations == frozenset(FEED.entries)


def test_hidden_articles_are_in_no_node() -> None:
    nodes = tree(hidden=ReadingProgress(location="/lone.txt", hidden=True))
    assert "singles" not in nodes
    assert len(nodes["all"].locations) == 6


def test_stars_and_tags_have_nodes_of_their_own() -> None:
    nodes = tree(
        one=ReadingProgress(location="/lone.txt", starred=True, tags=("Sea", "boats")),
        two=ReadingProgress(location="/news/a.txt", tags=("sea",)),
    )
    assert nodes["starred"].locations == {"/lone.txt"}
    assert nodes["tag sea"].locations == {"/lone.txt", "/news/a.txt"}
    assert nodes["tags"].is_parent


def test_articles_of_no_source_are_samples() -> None:
    nodes = source_tree(["/samples/1.txt"], {}, (), ())
    assert nodes[-1].label == "Samples"


def test_what_is_below_a_collapsed_node_is_not_visible() -> None:
    nodes = tree().values()
    visible = [node.label for node in visible_nodes(nodes, {"folder Science"}.__contains__)]
    assert "Science" in visible
    assert "Physics" not in visible
    assert "news" in visible


BOOK = tuple(f"/books/sea.epub#{name}" for name in ("contents", "1", "2"))


def test_a_book_has_its_chapters_below_it_and_knows_how_far_it_was_read() -> None:
    read = {BOOK[1]: ReadingProgress(location=BOOK[1], done=True)}
    for source in ("/books", "/books/sea.epub"):
        nodes = source_tree((*BOOK, "/books/a.jsonl#1"), read, (source, "/books/a.jsonl"), [])
        [book] = [node for node in nodes if node.book]
        chapters = [node for node in nodes if node.key.startswith("chapter")]
        assert (book.article, book.unread) == (BOOK[0], 2)
        assert book.book is not None
        assert book.book.progress == 0.5
        assert [node.article for node in chapters] == [BOOK[1], BOOK[2]]
        assert {node.depth for node in chapters} == {book.depth + 1}


def test_an_article_of_two_sources_is_below_both() -> None:
    nodes = source_tree(PLACES, {}, ("/news", "/news/deep"), [])
    found = {node.source: len(node.locations) for node in nodes if node.source}
    assert found == {"/news": 4, "/news/deep": 1}
