"""People and bodies with similar names."""

from tuireader.domain.article import Article
from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.parsed_article import ParsedArticle


def entities_in(text: str) -> Entities:
    article = Article(location="x", text=f"{text}\n\n“No,” said Zoe Quell.\n", language="en")
    return ParsedArticle(article, lambda: None).entities


def names_in(text: str) -> set[str]:
    return {entity.name for entity in entities_in(text).all()} - {"Zoe Quell"}


def test_two_bodies_with_the_same_first_and_last_word_stay_two() -> None:
    assert names_in("The Bank of New Holm lent. The Bank of Holm did not lend.") == {
        "Bank of New Holm",
        "Bank of Holm",
    }


def test_a_person_without_the_middle_name_is_the_same() -> None:
    assert names_in("Ada Mary Moor sails. Ada Moor stays.") == {"Ada Mary Moor"}


def test_a_body_is_not_whoever_has_its_last_word_as_surname() -> None:
    assert "Holm Council" in names_in("Holm Council met. Vera Council spoke.")
