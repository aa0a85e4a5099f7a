"""Quotations and what is nobody's words together, and the names of an article."""

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.quotes.engine import extract, extract_all
from tuireader.quotes.speaker_names import (
    NamesInArticle,
    is_whole_name,
    names_in_article,
    speaker_choices,
)

PARTS = (
    "“We sail at noon,” said Ada Moor.",
    "The play is called “The Tin Orchard” and runs on.",
    "“Not in this weather.” Bela Quist looked out.",
    "She called it a “safe” boat.",
    "Nobody sailed.",
)


def article(text: str) -> Article:
    return Article(location="/quay.txt", text=text)


def test_what_is_nobodys_words_is_marked() -> None:
    quay = article(f"{PARTS[0]}\n\n{PARTS[1]}")
    assert [(quote.spans[0].of(quay.text), quote.unattributed) for quote in extract_all(quay)] == [
        ("We sail at noon,", False),
        ("The Tin Orchard", True),
    ]


@given(st.lists(st.sampled_from(PARTS), max_size=6))
def test_the_others_change_nothing_about_the_quotations(parts: list[str]) -> None:
    quay = article("\n\n".join(parts))
    said = tuple(quote for quote in extract_all(quay) if not quote.unattributed)
    assert said == extract(quay)


def test_the_people_of_an_article_are_named_first() -> None:
    quay = article(f"{PARTS[0]} The Harbour Board met in Oslo. Ms Moor left. Moor came back.")
    assert names_in_article(quay) == NamesInArticle(("Ada Moor",), ("Harbour Board",))


def test_an_article_without_quotation_marks_names_nobody() -> None:
    assert names_in_article(article("Ada Moor left.")) == NamesInArticle()


def test_the_credits_of_pictures_name_nobody() -> None:
    text = "“We sail,” said Ada Voss.\n\nAnna Quist on the quay - A. MOOR/HARBOUR PICTURES"
    blocks = Blocks(
        [
            Block(BlockKind.PARAGRAPH, 0, 25),
            Block(BlockKind.CAPTION, 27, len(text)),
        ]
    )
    found = names_in_article(Article(location="/quay.txt", text=text, blocks=blocks))
    assert found == NamesInArticle(people=("Ada Voss", "Anna Quist"))
    prose = article("“We sail,” said Ada Voss.\n\nPhoto: Getty Images / EPA-EFE")
    assert names_in_article(prose) == NamesInArticle(people=("Ada Voss",))


def test_a_clause_is_no_name_in_a_script_without_spaces() -> None:
    assert [
        name
        for name in ("毛宁", "中国外交部", "毛宁在例行记者会上表示", "住民の女性")
        if is_whole_name(name)
    ] == [
        "毛宁",
        "中国外交部",
        "住民の女性",
    ]


def test_people_are_offered_before_bodies_and_descriptions() -> None:
    text = (
        "“We sail at noon,” said the harbour master. “It is late,” said Ada Moor.\n\n"
        "“It is late,” said Ada Moor of the Harbour Board. Bela Quist looked on in Oslo."
    )
    quotes = extract(article(text))
    names = NamesInArticle(people=("Bela Quist", "Ada Moor"), bodies=("Harbour Board",))
    assert speaker_choices(quotes, names) == (
        "Ada Moor",
        "Bela Quist",
        "Harbour Board",
        "the harbour master",
    )
