import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.chunks import MAX_CHUNK, ChunkIndex

PIECES = ["word " * 900, "x" * 9000, "one line\n" * 700, "日" * 5000, "e\u0301" * 4000, "short", ""]


def blocks_of(parts: list[str]) -> tuple[str, Blocks]:
    blocks, offset = [], 0
    for part in parts:
        blocks.append(Block(BlockKind.PARAGRAPH, offset, offset + len(part)))
        offset += len(part) + 2
    return "\n\n".join(parts), Blocks(blocks)


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), min_size=1, max_size=6),
    st.data(),
)
def test_pieces_follow_one_another_and_hold_their_offsets(
    parts: list[str], data: st.DataObject
) -> None:
    text, blocks = blocks_of(parts)
    units = ChunkIndex(text, blocks)
    pieces = [units.piece(number) for number in range(units.count)]
    assert [piece.start for piece in pieces if piece.leads] == list(blocks.starts())
    seen = 0
    for piece in pieces:
        assert piece.start <= piece.end <= piece.start + MAX_CHUNK
        assert text[seen : piece.start].strip() == ""
        assert piece.block == blocks.index_at(piece.start) or not parts[piece.block]
        seen = piece.end
    assert seen == len(text)
    offset = data.draw(st.integers(0, max(0, len(text) - 1)))
    piece = pieces[units.at(offset)]
    assert piece.start <= offset
    assert offset < piece.end or not text[piece.end : offset + 1].strip()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("word " * 5000, " ", "w"),
        ("a line of words\n" * 2000, "s", "a"),
        ("e\u0301" * 10_000, "\u0301", "e"),
        ("👩\u200d👩\u200d👧" * 4000, "👧", "👩"),
    ],
)
def test_a_piece_ends_after_a_line_a_blank_or_a_grapheme(
    text: str, before: str, after: str
) -> None:
    units = ChunkIndex(text, Blocks())
    for number in range(1, units.count):
        assert text[units.piece(number).start] == after
        assert text[units.piece(number - 1).end - 1] == before


def test_an_empty_text_is_one_unit() -> None:
    units = ChunkIndex("", Blocks())
    assert units.count == 1
    assert units.piece(0)[:3] == (0, 0, 0)
    assert units.at(0) == 0
