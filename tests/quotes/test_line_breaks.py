"""Texts whose lines are broken: soft hyphens within words, and hard-wrapped paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.quotes.engine import extract, extract_all
from tuireader.quotes.quoted_spans import paragraphs_of
from tuireader.quotes.speaker_names import names_in_article

SENTENCE = "Ada Moor came to the quay. “The boat is late today,” Moor said."


def in_lines(text: str) -> Article:
    """Return an article with a block for each line, as a collection's is read."""
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    lines = [(start, start + len(text[start:].split("\n", maxsplit=1)[0])) for start in starts]
    blocks = Blocks(Block(BlockKind.PARAGRAPH, *line) for line in lines if line[0] < line[1])
    return Article(location="", text=text, language="en", blocks=blocks)


def said(article: Article) -> list[tuple[str, str]]:
    return [
        (quote.speaker, span.of(article.text)) for quote in extract(article) for span in quote.spans
    ]


@given(st.sets(st.integers(1, len(SENTENCE) - 1)), st.sampled_from("\u00ad\u200b\u2060"))
def test_invisible_characters_change_no_quotation(places: set[int], invisible: str) -> None:
    text = "".join(invisible * (at in places) + letter for at, letter in enumerate(SENTENCE))
    article = Article(location="", text=text, language="en")
    ((speaker, words),) = said(article)
    assert speaker == "Ada Moor"
    assert words.replace(invisible, "") == "The boat is late today,"
    assert not {words[0], words[-1]} & {invisible}


def test_names_and_unattributed_words_are_free_of_soft_hyphens() -> None:
    text = "Ada Moor\u00ad read “The Long\u00ad Boat” aloud. “It is\u00ad good,” said Moor."
    article = Article(location="", text=text, language="en")
    assert names_in_article(article).people[0] == "Ada Moor"
    assert [span.of(text) for quote in extract_all(article) for span in quote.spans] == [
        "The Long\u00ad Boat",
        "It is\u00ad good,",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moor came.\n\n“We waited for the boat since\nthe morning,” said Moor. “We\ngo home.”",
        "Ada Moor said that\n“we have waited for the boat since\nthe morning” and left.",
    ],
)
def test_a_quotation_may_go_over_the_lines_of_a_hard_wrapped_paragraph(text: str) -> None:
    found = said(in_lines(text))
    assert found
    assert {speaker for speaker, _ in found} == {"Ada Moor"}
    assert any("boat since\nthe morning" in words for _, words in found)


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Ada Moor came to the quay.\n“The boat is late.”\nShe left.\nthe end"
    assert len(list(paragraphs_of(in_lines(text)))) == 4
