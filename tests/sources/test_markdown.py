import datetime as dt
from io import BytesIO

import pytest

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.sources.markdown import read_markdown
from tuireader.sources.plaintext.reader import no_pause


def read(text: str) -> Article:
    return read_markdown(BytesIO(text.encode()), "/shelf/pier.md", no_pause)


def blocks(article: Article) -> list[tuple[BlockKind, int, str]]:
    return [
        (block.kind, block.level, article.text[block.start : block.end]) for block in article.blocks
    ]


def test_markup_goes_and_blocks_stay() -> None:
    article = read(
        "# The *pier*\n\nIt is\nold.\n\n- bread\n  1. rye\n- salt\n\n"
        "> quoted\n\n---\n\n```\nx = 1\n```\n"
    )
    assert blocks(article) == [
        (BlockKind.HEADING, 1, "The pier"),
        (BlockKind.PARAGRAPH, 0, "It is old."),
        (BlockKind.LIST_ITEM, 0, "• bread"),
        (BlockKind.LIST_ITEM, 1, "1. rye"),
        (BlockKind.LIST_ITEM, 0, "• salt"),
        (BlockKind.BLOCKQUOTE, 0, "quoted"),
        (BlockKind.RULE, 0, "---"),
        (BlockKind.CODE, 0, "x = 1"),
    ]
    assert article.title == "The pier"


def test_links_and_emphases_are_passages_of_the_text() -> None:
    article = read("- See [the **old** pier](http://pier.example/a) and `code`\n")
    (link,) = article.links
    assert (link.passage.of(article.text), link.target) == (
        "the old pier",
        "http://pier.example/a",
    )
    assert [(mark.passage.of(article.text), mark.kind) for mark in article.emphases] == [
        ("old", "strong"),
        ("code", "code"),
    ]


def test_offsets_hold_behind_a_line_break() -> None:
    article = read("one  \ntwo *three*\n")
    assert article.text == "one\ntwo three"
    assert article.emphases[0].passage.of(article.text) == "three"


def test_front_matter_is_read_and_taken_out() -> None:
    article = read(
        '---\ntitle: "The pier"\ndate: 2024-09-04\nauthors:\n  - Ida Brand\n  - Jo Lund\n'
        "outlet: Harbour News\n---\n\nText.\n"
    )
    assert (article.title, article.date) == ("The pier", dt.date(2024, 9, 4))
    assert (article.author, article.outlet) == ("Ida Brand, Jo Lund", "Harbour News")
    assert article.text == "Text."


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert blocks(read("---\n\nText.\n\n---\n"))[0] == (BlockKind.RULE, 0, "---")


def test_a_picture_is_shown_by_its_description() -> None:
    assert blocks(read("![The old pier](pier.png)\n")) == [(BlockKind.CAPTION, 0, "The old pier")]


def test_raw_html_is_shown_literally() -> None:
    assert read("<b onclick='x'>bold</b>\n").text == "<b onclick='x'>bold</b>"


def test_a_table_becomes_rows() -> None:
    assert blocks(read("|a|b|\n|-|-|\n|1|2|\n")) == [(BlockKind.CODE, 0, "a | b\n1 | 2")]


def test_entities_bring_no_control_characters() -> None:
    assert read("a&#x202e;b&#27;c\n").text == "ab\ufffdc"


@pytest.mark.parametrize(
    "text",
    [">" * 5_000 + " deep", "".join(f"{' ' * depth}- x\n" for depth in range(300))],
)
def test_what_is_nested_too_deep_is_read_as_plain_text(text: str) -> None:
    assert read(text).text
