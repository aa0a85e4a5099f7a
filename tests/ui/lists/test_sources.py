from dataclasses import replace

from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.source_tree import SourceNode
from tuireader.ui.lists.sources import SourceTreeModel


def node(key: str, depth: int = 0, *, unread: int = 0, is_parent: bool = False) -> SourceNode:
    return SourceNode(
        key=key,
        label=key.title(),
        locations=frozenset(),
        unread=unread,
        depth=depth,
        is_parent=is_parent,
    )


TREE = (node("all", unread=1200), node("feeds", is_parent=True), node("a", 1), node("news"))


def tree() -> SourceTreeModel:
    model = SourceTreeModel()
    model.show(TREE, 0)
    return model


def listed(model: SourceTreeModel) -> list[str]:
    return [each.key for each in model.listed]


def test_a_collapsed_node_hides_what_is_below_it_and_the_cursor_stays_on_its_node() -> None:
    model = tree()
    model.expand(TREE[1], expanded=False)
    assert model.arrange(3) == 2
    assert listed(model) == ["all", "feeds", "news"]
    model.expand(TREE[1])
    assert model.arrange(2) == 3


def test_the_cursor_stays_near_when_its_node_is_gone() -> None:
    model = tree()
    assert model.show(TREE[:2], 3) == 1


def test_the_way_up_leads_to_the_node_that_is_around() -> None:
    model = tree()
    assert model.parent(2) == 1
    assert model.parent(3) == 3


def test_a_row_has_the_name_and_the_number_of_unread_articles() -> None:
    model = tree()
    rows = ["".join(text for text, _ in model.rows(index, 24)[0]) for index in range(4)]
    assert rows == [
        "  All            1,200 ",
        "▾ Feeds                ",
        "    A                  ",
        "  News                 ",
    ]


def test_for_a_screen_reader_a_row_has_words_for_its_signs() -> None:
    model = tree()
    model.is_spoken = True
    model.expand(TREE[1], expanded=False)
    model.arrange(0)
    rows = ["".join(text for text, _ in model.rows(index, 30)[0]).split() for index in range(3)]
    assert rows == [["All", "1,200", "unread"], ["Feeds", "collapsed"], ["News"]]


def test_a_book_is_collapsed_at_first_and_has_its_title_and_progress() -> None:
    read = ReadingProgress(location="b", furthest=50, length=200)
    book = replace(node("book", unread=2, is_parent=True), book=read, article="b#contents")
    model = SourceTreeModel()
    model.name_of = lambda each: f"The {each.label}"
    nodes = (book, node("chapter", 1))
    model.show(nodes, 0)
    assert listed(model) == ["book"]
    assert "".join(text for text, _ in model.rows(0, 24)[0]) == "▸ The Book       25% 2 "
    model.expand(book)
    model.show(nodes, 0)
    assert listed(model) == ["book", "chapter"]


def test_a_paused_feed_is_marked() -> None:
    model = SourceTreeModel()
    model.show([replace(node("feed", unread=3), is_paused=True)], 0)
    assert "".join(text for text, _ in model.rows(0, 24)[0]) == "  Feed        paused 3 "
