"""Surnames with a slip in their spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tuireader.domain.article import Article
from tuireader.quotes.coreference.spelling import is_misspelt
from tuireader.quotes.engine import extract

WORDS = some.text("abcdeMORQ", max_size=12)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Buchtman", "Buchtmann"),
        ("Bauchtman", "Buchtmann"),
        ("Water", "Waters"),
        ("Holst", "Holmt"),
    ],
)
def test_a_letter_more_less_or_another_is_a_slip(word: str, name: str) -> None:
    assert is_misspelt(word, name)


@pytest.mark.parametrize(
    ("word", "name"),
    [("Moor", "Moore"), ("Quist", "Quist"), ("Barnes", "Carnes"), ("Harper", "Harlow")],
)
def test_short_and_really_different_names_are_not(word: str, name: str) -> None:
    assert not is_misspelt(word, name)


@given(WORDS, WORDS)
def test_it_is_the_same_the_other_way_round(word: str, name: str) -> None:
    assert is_misspelt(word, name) == is_misspelt(name, word)


def speakers(text: str) -> list[str]:
    return [quote.speaker for quote in extract(Article(location="x", text=text, language="en"))]


def test_a_misspelt_surname_is_the_person_named_in_full() -> None:
    assert speakers(
        "Lydia Quistmann runs the ferry. “It sails at noon today,” Ms Quistman said.\n"
    ) == ["Lydia Quistmann"]


def test_two_people_whose_short_names_are_alike_stay_two() -> None:
    assert speakers(
        "Ada Moor and Tom Moore run the ferry.\n\n“It sails at noon today,” Mr Moore said.\n\n"
        "“It sails at two today,” Ms Moor said.\n"
    ) == ["Tom Moore", "Ada Moor"]
