import pytest

from tuireader.domain.blocks import Block, BlockKind
from tuireader.layout.margins import blanks_between, margins_of, quote_prefix

ITEM, QUOTE = BlockKind.LIST_ITEM, BlockKind.BLOCKQUOTE


@pytest.mark.parametrize(
    ("kind", "level", "indent", "prefix"),
    [
        (BlockKind.HEADING, 1, 0, ""),
        (BlockKind.PARAGRAPH, 0, 0, ""),
        (BlockKind.CAPTION, 0, 2, ""),
        (BlockKind.CODE, 0, 2, ""),
        (ITEM, 0, 0, ""),
        (ITEM, 2, 4, ""),
        (ITEM, 9, 8, ""),
        (QUOTE, 0, 0, "│ "),
        (QUOTE, 2, 0, "│ │ │ "),
        (QUOTE, 9, 0, "│ │ │ │ "),
    ],
)
def test_a_kind_of_block_has_its_margins(
    kind: BlockKind, level: int, indent: int, prefix: str
) -> None:
    margins = margins_of("some words", Block(kind, 0, 10, level), 40)
    assert (margins.indent, margins.prefix) == (indent, prefix)
    assert margins.room == 40 - indent - len(prefix)


@pytest.mark.parametrize("kind", list(BlockKind))
@pytest.mark.parametrize("width", [1, 9, 10, 11, 14, 17])
def test_nesting_leaves_ten_cells_to_the_text(kind: BlockKind, width: int) -> None:
    for level in range(7):
        margins = margins_of("12. words", Block(kind, 0, 9, level), width)
        assert margins.room >= min(width, 10)
        assert margins.indent + len(margins.prefix) + margins.hang + margins.room == width


@pytest.mark.parametrize(
    ("text", "hang"),
    [
        ("• one", 2),
        ("- one", 2),
        ("1. one", 3),
        ("12.  one", 5),
        ("a) one", 3),
        ("(iv) one", 5),
        ("one", 0),
        ("-one", 0),
        ("- ", 0),
        ("2024 was", 0),
    ],
)
def test_a_list_item_hangs_by_its_mark(text: str, hang: int) -> None:
    margins = margins_of(text, Block(ITEM, 0, len(text)), 40)
    assert (margins.hang, margins.mark) == (hang, hang)


def test_blank_rows_part_blocks() -> None:
    paragraph, item = Block(BlockKind.PARAGRAPH, 0, 1), Block(ITEM, 0, 1)
    assert blanks_between(paragraph, paragraph) == 1
    assert blanks_between(item, item) == 0
    assert blanks_between(paragraph, item) == blanks_between(item, paragraph) == 1
    assert blanks_between(paragraph, Block(BlockKind.HEADING, 0, 1, 2)) == 2
    assert blanks_between(paragraph, Block(BlockKind.HEADING, 0, 1, 3)) == 1


def test_the_bars_go_on_between_two_block_quotes() -> None:
    assert quote_prefix(Block(QUOTE, 0, 1, 1), Block(QUOTE, 0, 1, 0), 40) == "│ "
    assert not quote_prefix(Block(BlockKind.PARAGRAPH, 0, 1), Block(QUOTE, 0, 1), 40)
