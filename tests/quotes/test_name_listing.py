"""Quotations and what is nobody's words together, and the names of an article."""

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.quotes.engine import extract, extract_all, names_in_article

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
    assert names_in_article(quay)[0] == "Ada Moor"


def test_an_article_without_quotation_marks_names_nobody() -> None:
    assert names_in_article(article("Ada Moor left.")) == ()
