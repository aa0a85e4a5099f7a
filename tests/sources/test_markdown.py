import datetime as dt
from io import BytesIO

import pytest

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.sources.markdown.reader import read_markdown
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


def test_raw_html_is_read_as_html() -> None:
    article = read("# S\n\n<p align='center'>Some <b>bold</b> text</p>\n\nand <i>more</i>.\n")
    assert article.text == "S\n\nSome bold text\n\nand more."
    assert [(mark.passage.of(article.text), mark.kind) for mark in article.emphases] == [
        ("bold", "strong"),
        ("more", "em"),
    ]


def test_a_comment_is_not_shown() -> None:
    assert read("One.\n\n<!-- not\n\nthis -->\n\nTwo <!-- nor this -->words. %%nor%%\n").text == (
        "One.\n\nTwo words."
    )


@pytest.mark.parametrize("tag", ["title", "script", "select", "plaintext", "textarea", "style"])
def test_an_unclosed_tag_hides_no_words(tag: str) -> None:
    text = f"The <{tag}> element comes first.\n\nAll that follows is kept.\n"
    assert read(text).text == text.strip()


def test_a_footnote_is_a_place_that_its_mark_leads_to() -> None:
    article = read("A note[^1], another[^long].\n\n[^1]: First.\n[^long]: Last.\n[^x]: Unused.\n")
    assert article.text == "A note[1], another[2].\n\n---\n\n1. First.\n2. Last.\n3. Unused."
    link = article.links[0]
    assert (link.target, link.passage.of(article.text)) == ("", "[1]")
    offset = article.offset_of(link.place)
    assert offset is not None
    assert article.text[offset:].startswith("1. First.")


def test_tasks_show_whether_they_are_done() -> None:
    assert read("- [x] bread\n- [ ] salt\n\n  and more\n").text == "• ☑ bread\n• ☐ salt\nand more"


def test_code_that_begins_an_item_keeps_its_number() -> None:
    assert read("1. ```\n   code\n   ```\n2. two\n").text == "1. code\n\n2. two"


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[[Old pier]]", "Old pier"),
        ("[[Old pier|the pier]]", "the pier"),
        ("[[Old pier#History]]", "Old pier > History"),
        ("[[#History]]", "History"),
        ("![[pier.png|300]]", "pier.png"),
        ("[[foo] bar](http://a.example)", "[foo] bar"),
    ],
)
def test_a_wiki_link_shows_its_words(link: str, words: str) -> None:
    assert read(f"See {link} now.\n").text == f"See {words} now."


def test_marked_words_lose_their_marks() -> None:
    assert read("Some ==marked *words*== where a == b == c.\n").text == (
        "Some marked words where a == b == c."
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("> [!NOTE]\n> Careful.\n", "Note\n\nCareful."),
        ("> [!tip]- Of *use*\n> Careful.\n", "Of use\n\nCareful."),
        ('!!! warning "Watch out"\n    Careful.\n', "Watch out\n\nCareful."),
        (":::note\nCareful.\n:::\n", "Note\n\nCareful."),
        ("Term\n: What it means\n", "Term\n\nWhat it means"),
    ],
)
def test_call_outs_and_definitions_are_paragraphs(source: str, text: str) -> None:
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Then $x^2$ grows.", "Then x^2 grows."),
        ("From $5 (or C$7) to US$9.", "From $5 (or C$7) to US$9."),
        ("$$\n\\int_0^1 x\n$$", "\\int_0^1 x"),
    ],
)
def test_math_is_shown_as_tex_and_money_as_money(source: str, text: str) -> None:
    assert read(source).text == text


def test_attributes_of_a_heading_are_no_words() -> None:
    article = read("# The pier {#top .wide}\n\nBack to [the top](#top).\n\n{: .lead}\n")
    assert article.text == "The pier\n\nBack to the top."
    assert article.offset_of("top") == 0


@pytest.mark.parametrize(
    "front",
    [
        '+++\ntitle = "The pier"\ndate = 2024-09-04T10:00:00Z\nauthors = ["Ida Brand"]\n+++\n',
        '{"title": "The pier", "date": "2024-09-04", "author": {"name": "Ida Brand"}}\n',
        "---\ntitle: >-\n  The\n  pier\npublished: 2024-09-04\nauthor:\n  - name: Ida Brand\n...\n",
        "---\ntitle: The pier\nauthor: '[[Ida Brand]]'\ndate: 2024-09-04\nbad: : x: [\n---\n",
        "% The pier\n% Ida Brand\n% 4 September 2024\n",
    ],
)
def test_front_matter_of_every_kind_is_read(front: str) -> None:
    article = read(f"{front}\nText.\n")
    assert (article.title, article.date, article.author, article.text) == (
        "The pier",
        dt.date(2024, 9, 4),
        "Ida Brand",
        "Text.",
    )


def test_the_address_in_front_matter_is_what_a_citation_names() -> None:
    article = read("---\nsource: https://pier.example/a\nlang: en-GB\n---\nText.\n")
    assert (article.source, article.language, article.outlet) == (
        "https://pier.example/a",
        "en",
        "",
    )


def test_aliases_in_front_matter_do_not_multiply() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    article = read(f"---\na0: &a0 [x]\n{levels}authors: *a11\n---\nText.\n")
    assert article.text == "Text."


def test_a_table_becomes_rows() -> None:
    assert blocks(read("|a|b|\n|-|-|\n|1|2|\n")) == [(BlockKind.CODE, 0, "a  b\n1  2")]


def test_entities_bring_no_control_characters() -> None:
    assert read("a&#x202e;b&#27;c\n").text == "ab\ufffdc"


@pytest.mark.parametrize(
    "text",
    [">" * 5_000 + " deep", "".join(f"{' ' * depth}- x\n" for depth in range(300))],
)
def test_what_is_nested_too_deep_is_read_as_plain_text(text: str) -> None:
    assert read(text).text


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Pier\ndate: 2019-05\n---\n",
        '+++\ntitle = "Pier"\ndate = "May 2019"\n+++\n',
        "% Pier\n% Ida Brand\n% May 2019\n",
    ],
)
def test_the_month_of_front_matter_stays_a_month(front: str) -> None:
    assert str(read(f"{front}\nWords.\n").date) == "2019-05"
