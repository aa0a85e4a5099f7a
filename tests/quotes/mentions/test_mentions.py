"""Names, pronouns and descriptions, and the entities they refer to."""

import pytest

from tuireader.domain.article import Article
from tuireader.quotes.mentions.mention import Mention, MentionKind
from tuireader.quotes.parsed_article import ParsedArticle


def parsed(text: str, language: str = "en") -> ParsedArticle:
    """The text parsed; a quotation at its end is needed for that."""
    return ParsedArticle(
        Article(location="", text=f"{text}\n\n“No.”", language=language), pause=lambda: None
    )


def mentions(text: str, kind: MentionKind, language: str = "en") -> list[Mention]:
    paragraphs = parsed(text, language).paragraphs
    return [mention for mention in paragraphs[0].mentions if mention.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday Mr Reed met Anna Roe.", ["Reed", "Anna Roe"]),
        ("The party adviser Tom Reed left.", ["Tom Reed"]),
        ("Prime Minister Jane Holt left.", ["Jane Holt"]),
        ("We met Pak Sung-ho and Ludwig van Berg.", ["Pak Sung-ho", "Ludwig van Berg"]),
        ("It was Carlos de la Vega who called.", ["Carlos de la Vega"]),
        ("We met J. T. Reed Jr.", ["J. T. Reed Jr."]),
        ("The Bank of England rose.", ["Bank of England"]),
        ("Reed’s plan failed.", ["Reed"]),
    ],
)
def test_names_are_found_without_their_titles(text: str, expected: list[str]) -> None:
    found = mentions(text, MentionKind.NAME)
    assert [" ".join(mention.words) for mention in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A senior State Department official left.", "A senior State Department official"),
        ("Then the mayor of York left.", "the mayor of York"),
        ("A spokesman for the mill said no.", "A spokesman for the mill"),
        ("Officials said no.", "Officials"),
    ],
)
def test_descriptions_are_found_with_what_follows_their_noun(text: str, expected: str) -> None:
    found = mentions(text, MentionKind.DESCRIPTION)
    assert [text[mention.start : mention.end] for mention in found] == [expected]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Tom Reed bakes. Reed is old.", "Reed", "Tom Reed"),
        ("Pak Sung-ho fled. Mr Pak is old.", "Pak", "Pak Sung-ho"),
        ("Mary-Ann Holt bakes. Mary-Ann is old.", "Mary-Ann", "Mary-Ann Holt"),
        ("Tom Reed bakes. Thomas J. Reed is old. Reed left.", "Reed", "Tom Reed"),
    ],
)
def test_a_short_name_stands_for_the_fullest(text: str, word: str, expected: str) -> None:
    parsed_article = parsed(text)
    (*_, last) = (
        mention for mention in parsed_article.paragraphs[0].mentions if mention.words == (word,)
    )
    assert parsed_article.entities.of_name(last).name.endswith(expected.rsplit(" ", maxsplit=1)[-1])
    assert len(parsed_article.entities.of_name(last).words) > 1


def test_a_possessor_ahead_of_a_name_is_not_part_of_it() -> None:
    found = mentions("Trump’s adviser Anna Roe left.", MentionKind.NAME)
    assert [" ".join(mention.words) for mention in found] == ["Trump", "Anna Roe"]
