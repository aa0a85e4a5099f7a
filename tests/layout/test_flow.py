from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from work import work

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.drawn_row import drawn_pieces
from tuireader.layout.flow import Flow, Position, Row

K = BlockKind
PARTS = ["word " * 12, "日本語のテキスト。", "- an item of a list that goes on", "* * *", "x" * 50]
PARTS += ["👩\u200d👩\u200d👧 and e\u0301 🇩🇪", "a line\n\n  another", "", "words " * 1400]


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    parts = draw(st.lists(st.sampled_from(PARTS), max_size=8))
    blocks, offset = [], 0
    for part in parts:
        kind = draw(st.sampled_from(list(K)))
        blocks.append(Block(kind, offset, offset + len(part), draw(st.integers(0, 6))))
        offset += len(part) + 2
    return Flow("\n\n".join(parts), Blocks(blocks), draw(st.integers(2, 60)))


def every_row(flow: Flow) -> list[tuple[Position, Row]]:
    return flow.rows_from(flow.first, 100_000)


def text_of(flow: Flow) -> str:
    return flow._units.text


def drawn(flow: Flow) -> list[str]:
    text = text_of(flow)
    return [" " * r.indent + r.prefix + text[r.start : r.end] for _, r in every_row(flow)]


@given(flows())
def test_rows_hold_everything_but_blanks_in_order_and_fit(flow: Flow) -> None:
    text, seen = text_of(flow), 0
    for _, row in every_row(flow):
        assert seen <= row.start <= row.end
        assert not text[seen : row.start].strip()
        assert row.kind is not None or row.start == row.end
        if row.kind is not K.RULE:
            drawn = "".join(piece.text for piece in drawn_pieces(text, row.shape))
            words = row.prefix + (drawn if row.window else text[row.start : row.end])
            assert row.indent + cell_len(words.replace("\t", " ")) <= flow.width
        seen = row.end
    assert not text[seen:].strip()


@given(flows())
def test_stepping_on_and_back_are_inverse(flow: Flow) -> None:
    rows = every_row(flow)
    assert rows[0][0] == flow.first
    assert rows[-1][0] == flow.last
    for (position, row), (following, _) in pairwise(rows):
        assert flow.row(position) == row
        assert flow.after(position) == following
        assert flow.before(following) == position
    for number, (position, _) in enumerate(rows[:50]):
        assert flow.after(flow.first, number) == position
        assert flow.before(position, number) == flow.first
        assert flow.distance(flow.first, position, 1000) == number
        assert flow.distance(position, flow.first, 1000) == -number
        assert flow.distance(flow.first, position, 7) == min(number, 7)
    assert flow.after(flow.last, 5) == flow.last
    assert flow.before(flow.first, 5) == flow.first


@given(flows(), st.data())
def test_an_offset_is_on_the_row_that_is_given_for_it(flow: Flow, data: st.DataObject) -> None:
    text = text_of(flow)
    offset = data.draw(st.integers(0, len(text)))
    position = flow.position_of(offset)
    row = flow.row(position)
    assert row.kind is not None
    held = [at for at, r in every_row(flow) if r.kind and r.start <= offset < r.end]
    assert held in ([], [position])
    if row.kind is K.RULE or not held:
        return
    column = flow.column_of(offset)
    assert column <= flow.width
    found = flow.offset_at(position, column)
    assert flow.column_of(found) <= column
    assert row.start <= found < row.end


@given(flows(), st.integers(2, 60))
def test_another_width_gives_what_a_new_flow_gives(flow: Flow, width: int) -> None:
    fresh = Flow(text_of(flow), flow.blocks, width)
    assert every_row(flow.reflowed(width)) == every_row(fresh)
    assert every_row(flow) == every_row(Flow(text_of(flow), flow.blocks, flow.width))


@given(flows(), st.integers(0, 20), st.integers(1, 30))
def test_a_screen_is_a_stretch_of_all_rows(flow: Flow, skipped: int, height: int) -> None:
    rows = every_row(flow)
    assert (
        flow.rows_from(flow.after(flow.first, skipped), height)
        == (rows[min(skipped, len(rows) - 1) :][:height])
    )


def test_an_article_is_laid_out_with_its_margins() -> None:
    parts = [
        (K.HEADING, 1, "The ferry"),
        (K.PARAGRAPH, 0, "It leaves when it is full, and not before."),
        (K.LIST_ITEM, 0, "1. The first boat leaves at dawn"),
        (K.LIST_ITEM, 1, "- or when the fog lifts"),
        (K.HEADING, 2, "The crew"),
        (K.BLOCKQUOTE, 0, "Nobody asked us about it."),
        (K.BLOCKQUOTE, 0, "Nobody."),
        (K.RULE, 0, "***"),
        (K.CAPTION, 0, "The quay - AGENCY"),
    ]
    blocks, offset = [], 0
    for kind, level, part in parts:
        blocks.append(Block(kind, offset, offset + len(part), level))
        offset += len(part) + 2
    flow = Flow("\n\n".join(part for *_, part in parts), Blocks(blocks), 24)
    assert drawn(flow) == [
        "The ferry",
        "",
        "It leaves when it is",
        "full, and not before.",
        "",
        "1. The first boat leaves",
        "   at dawn",
        "  - or when the fog",
        "    lifts",
        "",
        "",
        "The crew",
        "",
        "│ Nobody asked us about",
        "│ it.",
        "│ ",
        "│ Nobody.",
        "",
        "***",
        "",
        "  The quay - AGENCY",
    ]


def test_an_empty_text_is_one_empty_row() -> None:
    flow = Flow("", Blocks(), 40)
    assert flow.first == flow.last == flow.position_of(0) == (0, 0)
    assert [(row.start, row.end) for _, row in every_row(flow)] == [(0, 0)]
    assert flow.offset_at((0, 0), 5) == flow.column_of(0) == 0


def test_a_text_without_blocks_is_one_paragraph() -> None:
    flow = Flow("one two", Blocks(), 3)
    assert [(row.kind, row.start) for _, row in every_row(flow)] == [
        (K.PARAGRAPH, 0),
        (K.PARAGRAPH, 4),
    ]


def test_a_column_beyond_the_row_is_its_last_grapheme() -> None:
    flow = Flow("one e\u0301\u0301 two", Blocks(), 5)
    assert flow.offset_at((0, 0), 40) == 4
    assert flow.offset_at((0, 0), 2) == 2


@pytest.mark.parametrize("piece", ["a", "some words ", "日"])
def test_any_place_of_a_very_long_line_is_found_at_once(piece: str) -> None:
    text = piece * 2_000_000
    flow = Flow(text, Blocks(), 72)
    position = flow.position_of(len(text) // 2)
    assert len(flow.rows_from(position, 40)) == 40
    assert flow.last[0] > 200

    def show(text: str) -> None:
        flow = Flow(text, Blocks(), 72)
        flow.rows_from(flow.position_of(len(text) // 2), 40)

    assert work(show, text) < 100_000


def test_the_rows_of_few_units_are_kept() -> None:
    text = "word\n\n" * 3000
    blocks = Blocks(Block(K.PARAGRAPH, start, start + 4) for start in range(0, len(text), 6))
    flow = Flow(text, blocks, 40)
    flow.rows_from(flow.first, 5000)
    assert len(flow._rows) <= 600
