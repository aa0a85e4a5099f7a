import pytest

from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.paragraphs import (
    LONGEST,
    ParagraphParser,
    TextBlock,
    line_groups,
    wrap_width,
)

PROSE = """\
The harbour master had counted boats for thirty years, and in all
of that time nobody had asked him for the number. He kept it in a
green book under the window, next to the tide table and the jar
in which he put the coins that strangers left on the counter."""


def pieces_of(text: str) -> list[TextBlock]:
    lines = text.split("\n")
    setter = ParagraphParser(wrap_width(lines))
    return [piece for group in line_groups(lines) for piece in setter.pieces(group)]


def kinds(text: str) -> list[BlockKind]:
    return [piece.kind for piece in pieces_of(text)]


def test_a_hard_wrapped_paragraph_becomes_one() -> None:
    assert [piece.text for piece in pieces_of(PROSE)] == [PROSE.replace("\n", " ")]


def test_verse_keeps_its_lines() -> None:
    verse = "The tide comes in,\nThe tide goes out,\nAnd nobody asks\nWhat it was about."
    found = pieces_of(verse)
    assert [piece.text for piece in found] == verse.split("\n")
    assert [piece.tight for piece in found] == [False, True, True, True]


@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_verse_keeps_its_indents(indent: str) -> None:
    verse = [
        "He wrote the days that winter in his ledger",
        "    The days with a careful and patient hand",
        "And what he had counted, he counted gladly",
        "        For nobody ever came back to the land",
    ]
    found = pieces_of("\n".join(f"{indent}{line}" for line in verse))
    assert [piece.text for piece in found] == verse
    assert pieces_of(f"{PROSE}\n\n{PROSE}\n\n" + "\n".join(verse))[2:] == found


def test_verse_in_a_wrapped_text_keeps_its_lines() -> None:
    found = pieces_of(f"{PROSE}\n\n{PROSE}\n\n{PROSE}\n\nA short line\nAnd one more line")
    assert [piece.text for piece in found[3:]] == ["A short line", "And one more line"]


def test_a_paragraph_may_begin_with_an_indent() -> None:
    text = "\n".join(f"    {PROSE}" for _ in range(4))
    assert [piece.text for piece in pieces_of(text)] == [PROSE.replace("\n", " ")] * 4


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "A line that is far too long to be anything but a paragraph. " * 4
    assert [piece.tight for piece in pieces_of(f"{line}\n{line}")] == [False, False]


def test_list_items_keep_their_marks_and_join_their_lines() -> None:
    found = pieces_of("- bread and\n  butter\n- salt\n  - fine salt\n1. first\n2) second")
    assert {piece.kind for piece in found} == {BlockKind.LIST_ITEM}
    assert [piece.text for piece in found] == [
        "- bread and butter",
        "- salt",
        "- fine salt",
        "1. first",
        "2) second",
    ]
    assert [piece.level for piece in found] == [0, 0, 1, 0, 0]


def test_quoted_lines_lose_their_marks() -> None:
    assert pieces_of("> > deep words") == [TextBlock(BlockKind.BLOCKQUOTE, "deep words", 1)]


def test_rules_are_rules() -> None:
    assert kinds("---\n\n***\n\n* * *\n\n_____") == [BlockKind.RULE] * 4


def test_what_is_indented_is_code_only_if_it_looks_like_code() -> None:
    assert kinds("    x = f(1)\n    return x;") == [BlockKind.CODE]
    assert kinds("    He went on\n    And on") == [BlockKind.PARAGRAPH] * 2


def test_a_fence_holds_code_across_blank_lines() -> None:
    found = pieces_of("before\n\n```python\nx = 1\n\ny = 2\n```\n\nafter")
    assert [piece.text for piece in found] == ["before", "x = 1", "y = 2", "after"]


def test_a_table_keeps_its_rows_together() -> None:
    table = "| a | b |\n| 1 | 2 |"
    assert pieces_of(table) == [TextBlock(BlockKind.CODE, table)]


def test_an_underlined_line_is_a_heading() -> None:
    assert pieces_of("The pier\n========") == [TextBlock(BlockKind.HEADING, "The pier", 1)]


def test_chinese_lines_are_joined_without_a_blank() -> None:
    line = "一二三四五六七八九十" * 4
    assert pieces_of("\n".join([line] * 5))[0].text == line * 5


def test_very_many_lines_are_cut_into_stanzas() -> None:
    found = list(line_groups(["a line"] * (LONGEST + 1)))
    assert [len(group.lines) for group in found] == [LONGEST, 1]
    assert found[1].continued
