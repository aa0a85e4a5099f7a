from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.ui.text_pane.viewport import Viewport


def viewport_of(paragraphs: Any, width: Any = 40, height: Any = 5) -> Any:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(words)))
        at += len(words) + 2
    view = Viewport(30)
    view.show(Article(location="a.txt", text=text, blocks=Blocks(blocks)))
    view.resize(width, height, 30)
    return view


def test_it_begins_at_the_top() -> None:
    view = viewport_of([f"Paragraph {n}." for n in range(50)])
    assert view.rows()[0][1].start == 0
    assert len(view.rows()) == 5


def test_scrolling_never_leaves_the_last_page_half_empty() -> None:
    view = viewport_of([f"Paragraph {n}." for n in range(50)])
    view.scroll_by(10_000)
    assert len(view.rows()) == 5
    assert view.seen().end == len(view.text)


def test_revealing_a_place_on_the_screen_does_not_scroll() -> None:
    view = viewport_of([f"Paragraph {n}." for n in range(50)], height=20)
    assert not view.reveal(view.text.index("Paragraph 3"))
    assert view.reveal(view.text.index("Paragraph 40"))
    assert view.text.index("Paragraph 40") in view.seen()


def test_another_width_keeps_the_place() -> None:
    view = viewport_of(["word " * 200, "Here it is.", "word " * 200])
    place = view.text.index("Here")
    view.reveal(place, centre=True)
    top = view.rows()[0][1].start
    view.resize(70, 5, 60)
    assert view.rows()[0][1].start <= top <= view.seen().end


def test_the_offset_under_a_cell_is_that_of_its_character() -> None:
    view = viewport_of(["Harbours freeze."])
    left = view.text_column.left + 1
    assert view.offset_under(left, 1) == 0
    assert view.offset_under(left + 4, 1) == 4
    assert view.offset_under(left + 60, 9) == len(view.text) - 1


def test_a_resize_to_the_same_size_keeps_a_blank_row_at_the_top() -> None:
    view = viewport_of([f"Paragraph {n}." for n in range(50)])
    for rows in (7, 1):
        view.scroll_by(rows)
        before = view.rows()
        view.resize(40, 5, 30)
        assert view.rows() == before


def test_more_of_an_article_keeps_the_rows_on_the_screen() -> None:
    paragraphs = [f"Paragraph {n}." for n in range(50)]
    whole = viewport_of(paragraphs).article
    view = viewport_of(paragraphs[:30])
    for rows in (7, 1):
        view.scroll_by(rows)
        before = view.rows()
        view.show_more(whole)
        assert view.rows() == before
