import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cursor_stops import CursorSurface
from tuireader.layout.flow import Flow
from tuireader.layout.places import (
    matching_mark,
    numbered_paragraph,
    percent_place,
    with_marks,
    with_space,
    word_passage,
)


def ground(*texts: str) -> CursorSurface:
    text, blocks = "\n\n".join(texts), []
    offset = 0
    for part in texts:
        kind = BlockKind.RULE if part == "* * *" else BlockKind.PARAGRAPH
        blocks.append(Block(kind, offset, offset + len(part)))
        offset += len(part) + 2
    article = Article(location="/here", text=text, blocks=Blocks(blocks))
    return CursorSurface(article, Flow(text, article.blocks, 40), 10)


def test_paragraphs_are_numbered_from_one_and_rules_do_not_count() -> None:
    surface = ground("one", "* * *", "two", "three")
    starts = [surface.article.text.index(word) for word in ("one", "two", "three")]
    assert [numbered_paragraph(surface, number) for number in (1, 2, 3)] == starts
    assert numbered_paragraph(surface, 99) == starts[-1]


def test_a_percentage_is_of_the_whole_text() -> None:
    surface = ground("x" * 100, "y" * 98)
    assert percent_place(surface, 50) == 100 + 2
    assert percent_place(surface, 25) == 50
    assert percent_place(surface, 999) == 199


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a (b [c] d) e", [(2, 10), (5, 7)]),
        ("“Yes,” she said, “come.”", [(0, 5), (17, 23)]),
        ("„Ja“ und «oui»", [(0, 3), (9, 13)]),
        ('"One" and "two"', [(0, 4), (10, 14)]),
    ],
)
def test_marks_lead_to_those_that_belong_to_them(text: str, pairs: list[tuple[int, int]]) -> None:
    surface = ground(text)
    for opening, closing in pairs:
        assert matching_mark(surface, opening) == closing
        assert matching_mark(surface, closing) == opening


def test_before_a_mark_the_next_one_is_taken_and_without_any_nothing_moves() -> None:
    assert matching_mark(ground("said (so)"), 0) == 8
    assert matching_mark(ground("nothing here"), 3) == 3


@given(st.text('([{“”)]} "a', max_size=40), st.integers(0, 40))
def test_going_to_the_matching_mark_twice_returns(text: str, offset: int) -> None:
    surface = ground(text + "a")
    there = matching_mark(surface, min(offset, len(text)))
    assert matching_mark(surface, matching_mark(surface, there)) == there


def test_a_word_is_taken_whole_from_any_of_its_letters() -> None:
    surface = ground("It’s well-known here")
    text = surface.article.text
    for offset in range(5, 15):
        assert word_passage(surface, offset).of(text) == "well-known"
    assert word_passage(surface, 4).of(text) == " "


def test_quotation_marks_around_words_are_taken_with_them() -> None:
    surface = ground("He said “Yes” then")
    assert with_marks(surface, Passage(9, 12)).of(surface.article.text) == "“Yes”"
    assert with_marks(surface, Passage(3, 7)).of(surface.article.text) == "said"


def test_the_space_after_a_unit_belongs_to_it_or_else_that_before() -> None:
    surface = ground("He said  yes. No", "Then")
    text = surface.article.text
    said = text.index("said")
    assert with_space(surface, Passage(said, said + 4), across=False).of(text) == "said  "
    assert with_space(surface, Passage(9, 12), across=False).of(text) == "  yes"
    assert with_space(surface, Passage(7, 9), across=False).of(text) == "  yes"
    assert with_space(surface, Passage(14, 16), across=False).of(text) == " No"
    assert with_space(surface, Passage(0, 16), across=True).of(text) == "He said  yes. No\n\n"
    assert with_space(surface, Passage(18, 22), across=True).of(text) == "\n\nThen"
