from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import work

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import joins_previous
from tuireader.layout.cursor_stops import is_stop, nearest_stop
from tuireader.layout.flow import Flow
from tuireader.layout.motions import MOTIONS, CursorSurface, Motion, paragraph, row_move, sentence

K = BlockKind
PARTS = ["One here. Two there!  Three? ", "日本語。テキスト", "- an item of it", "* * *", "x" * 50]
PARTS += [
    "👩\u200d👩\u200d👧 and e\u0301.",
    "a line\n\n  another",
    "",
    " ",
    "It’s well-known, he said.",
]
FORWARD = [name for name in MOTIONS if name.endswith(("next", "down", "forward", "end", "right"))]
BACKWARD = [name for name in MOTIONS if name.endswith(("previous", "up", "back", "start", "left"))]
FORWARD += ["bottom"]
BACKWARD += ["top"]


def ground_of(
    *parts: tuple[BlockKind, str] | str, width: int = 40, height: int = 8
) -> CursorSurface:
    blocks, offset, texts = [], 0, []
    for part in parts:
        kind, text = (K.PARAGRAPH, part) if isinstance(part, str) else part
        blocks.append(Block(kind, offset, offset + len(text), 1))
        texts.append(text)
        offset += len(text) + 2
    article = Article(location="/here", text="\n\n".join(texts), blocks=Blocks(blocks))
    return CursorSurface(article, Flow(article.text, article.blocks, width), height)


@st.composite
def grounds(draw: st.DrawFn) -> CursorSurface:
    kinds = st.sampled_from([K.PARAGRAPH, K.HEADING, K.LIST_ITEM, K.RULE, K.CODE])
    parts = draw(st.lists(st.tuples(kinds, st.sampled_from(PARTS)), max_size=6))
    return ground_of(*parts, width=draw(st.integers(2, 30)), height=draw(st.integers(1, 9)))


def standing(ground: CursorSurface, data: st.DataObject) -> int:
    offset = data.draw(st.integers(0, len(ground.article.text)))
    return nearest_stop(ground, ground.flow.row(ground.flow.position_of(offset)).start, 1)


def can_stand(ground: CursorSurface, offset: int) -> bool:
    text = ground.article.text
    row = ground.flow.row(ground.flow.position_of(offset))
    if not any(is_stop(row) for _, row in ground.flow.rows_from((0, 0), 1000)):
        return True
    whole = not 0 < offset < len(text) or not joins_previous(text, offset)
    return is_stop(row) and (offset == row.start or row.start <= offset < row.end) and whole


@given(grounds(), st.data(), st.sampled_from(sorted(MOTIONS)), st.integers(1, 4))
def test_a_motion_leads_to_a_place_on_the_text_in_its_own_direction(
    ground: CursorSurface, data: st.DataObject, name: str, count: int
) -> None:
    offset = standing(ground, data)
    target = MOTIONS[name](ground, offset, count)
    assert 0 <= target <= len(ground.article.text)
    assert can_stand(ground, target)
    if name in FORWARD:
        assert target >= offset
    if name in BACKWARD:
        assert target <= offset


@given(grounds(), st.data(), st.sampled_from(sorted(MOTIONS)))
def test_a_count_is_as_many_motions(ground: CursorSurface, data: st.DataObject, name: str) -> None:
    if "row" in name or "page" in name or "half" in name:
        return
    offset = standing(ground, data)
    thrice = offset
    for _ in range(3):
        thrice = MOTIONS[name](ground, thrice, 1)
    assert MOTIONS[name](ground, offset, 3) == thrice


@given(grounds(), st.data())
def test_right_visits_every_place_and_left_leads_back(
    ground: CursorSurface, data: st.DataObject
) -> None:
    offset = standing(ground, data)
    following = MOTIONS["right"](ground, offset, 1)
    if following > offset:
        assert MOTIONS["left"](ground, following, 1) == offset
    assert not any(
        nearest_stop(ground, at, 1) == at and not joins_previous(ground.article.text, at)
        for at in range(offset + 1, following)
    )


@given(grounds(), st.data(), st.integers(-9, 9), st.integers(0, 30))
def test_moving_by_rows_ends_on_text(
    ground: CursorSurface, data: st.DataObject, rows: int, column: int
) -> None:
    offset = standing(ground, data)
    target = row_move(ground, offset, rows, column)
    assert can_stand(ground, target)
    assert (target - offset) * rows >= 0


def walk(ground: CursorSurface, name: str, offset: int = 0) -> list[int]:
    places = [offset]
    while (target := MOTIONS[name](ground, places[-1], 1)) != places[-1]:
        places.append(target)
    return places


def words_at(ground: CursorSurface, places: list[int]) -> list[str]:
    return [ground.article.text[place:].split()[0] for place in places]


def test_word_motions_take_words_as_vim_does() -> None:
    ground = ground_of("He said: “It’s well-known.”", (K.RULE, "* * *"), "End of it")
    starts = walk(ground, "word_forward")
    assert words_at(ground, starts[:-1]) == [
        "He",
        "said:",
        ":",
        "“It’s",
        "It’s",
        "well-known.”",
        ".”",
        "End",
        "of",
        "it",
    ]
    ends = walk(ground, "word_end")
    assert "".join(ground.article.text[place] for place in ends) == "Hed:“sn”dft"
    last = len(ground.article.text) - 1
    assert walk(ground, "word_back", last)[1:] == starts[:-1][::-1]


def test_sentences_are_stepped_through_over_blocks_and_rules() -> None:
    ground = ground_of("One here. Two.", (K.RULE, "***"), "Three? Four.", (K.RULE, "***"))
    places = walk(ground, "sentence_next")
    assert words_at(ground, places[:-1]) == ["One", "Two.", "Three?", "Four."]
    assert walk(ground, "sentence_previous", places[-1])[1:] == places[:-1][::-1]


def test_the_start_of_a_sentence_comes_before_the_one_before() -> None:
    ground = ground_of("One here. Two there.")
    assert MOTIONS["sentence_previous"](ground, 14, 1) == 10
    assert MOTIONS["sentence_previous"](ground, 14, 2) == 0


def test_paragraphs_and_headings_are_stepped_through_without_rules() -> None:
    ground = ground_of(
        (K.HEADING, "Title"), "First one", (K.RULE, "***"), "Second", (K.HEADING, "Part"), "Third"
    )
    places = walk(ground, "paragraph_next")
    assert words_at(ground, places[:-1]) == ["Title", "First", "Second", "Part", "Third"]
    assert places[-1] == len(ground.article.text) - 1
    assert walk(ground, "paragraph_previous", places[-1])[1:] == places[:-1][::-1]
    assert words_at(ground, walk(ground, "heading_next", 9)) == ["rst", "Part"]
    assert words_at(ground, walk(ground, "heading_previous", places[-1])) == ["d", "Part", "Title"]


def test_row_motions_keep_the_column_that_is_given() -> None:
    ground = ground_of("a long first row\nno\nand a long third")
    assert row_move(ground, 9, 1, 9) == 18
    assert row_move(ground, 18, 1, 9) == 29
    assert row_move(ground, 29, -2, 9) == 9
    assert row_move(ground, 9, -1, 3) == 9


def test_a_blank_row_or_a_rule_is_jumped_over() -> None:
    ground = ground_of("first", (K.RULE, "***"), "second", (K.RULE, "***"))
    second = ground.article.text.index("second")
    assert MOTIONS["row_down"](ground, 2, 1) == second + 2
    assert MOTIONS["row_up"](ground, second + 2, 1) == 2
    assert MOTIONS["page_down"](ground, 2, 9) == second + 2
    assert MOTIONS["row_down"](ground, second, 1) == second


def test_pages_have_two_rows_in_common_and_halves_are_half_a_screen() -> None:
    ground = ground_of("\n".join(["row"] * 40), height=10)
    assert MOTIONS["page_down"](ground, 0, 1) == 8 * 4
    assert MOTIONS["half_down"](ground, 0, 2) == 10 * 4
    assert MOTIONS["page_up"](ground, 39 * 4, 1) == 31 * 4
    assert MOTIONS["half_up"](ground, 39 * 4, 1) == 34 * 4


def test_the_ends_of_rows_and_text_are_its_graphemes() -> None:
    ground = ground_of("one e\u0301 two", (K.RULE, "***"), width=6)
    assert MOTIONS["row_end"](ground, 0, 1) == 4
    assert MOTIONS["row_start"](ground, 4, 1) == 0
    assert MOTIONS["bottom"](ground, 0, 1) == 9
    assert MOTIONS["top"](ground, 9, 1) == 0


def test_text_objects_are_the_sentence_and_the_paragraph() -> None:
    ground = ground_of("One here. Two there. ", "Three.")
    text = ground.article.text
    assert sentence(ground, 12).of(text) == "Two there."
    assert paragraph(ground, 12).of(text) == "One here. Two there."


@pytest.mark.parametrize("name", sorted(MOTIONS))
def test_no_motion_fails_in_an_empty_article(name: str) -> None:
    article = Article(location="/here", text="")
    assert MOTIONS[name](CursorSurface(article, Flow("", article.blocks, 40), 10), 0, 3) == 0


@pytest.mark.parametrize("piece", ["a", "一", "a b "])
def test_a_motion_in_a_very_long_line_is_done_at_once(piece: str) -> None:
    def move(motion: Motion, text: str) -> None:
        article = Article(location="/here", text=text)
        motion(CursorSurface(article, Flow(text, article.blocks, 72), 40), len(text) // 2, 1)

    for motion in MOTIONS.values():
        assert work(partial(move, motion), piece * 1_000_000) < 100_000
