"""Who says a quotation, where offices, descriptions and dropped subjects hide it."""

import pytest

from tuireader.domain.article import Article
from tuireader.quotes.attribution.linker import SpanLinker
from tuireader.quotes.attribution.model import load_weights
from tuireader.quotes.parsed_article import ParsedArticle


def speakers(text: str, language: str = "en") -> list[str]:
    article = Article(location="x", text=text, language=language)
    linker = SpanLinker(ParsedArticle(article, lambda: None), load_weights())
    return [span.speaker for span in linker.attribute_spans()]


@pytest.mark.parametrize(
    "text",
    [
        # An office with the letters of a body is no name.
        "HBA director Ada Moor met the crews.\n\n“The sea is rough,” the HBA Director said.\n",
        "“The sea is rough today,” the company’s CEO, Ada Moor, told the crews.\n",
        # Whoever a possessive names does not speak.
        "Tom Hollis' lawyer Ada Moor described the delay as “not unexpected”.\n",
        # Party, office and name are one phrase.
        "Democratic presidential candidate Ada Moor said the fare was “a scandal”.\n",
        "Deputy Director of Public Harbours Eva-Ada Moor said: “The sea is rough today.”\n",
        # A description counts for the person it stands for.
        "Ada Moor is the mayor. Tom Reed lost. The mayor thanked Reed. “It was close,” she said.\n",
    ],
)
def test_the_bearer_of_an_office_speaks(text: str) -> None:
    (speaker,) = speakers(text)
    assert speaker.endswith("Moor")


def test_whoever_is_named_second_after_a_preposition_is_seldom_meant() -> None:
    assert speakers(
        "Tom Reed is compared with the likes of Jan Prell and Max Quist. The 23-year-old is calm."
        " “I like the pressure of it,” he said.\n"
    ) == ["Tom Reed"]


def test_a_description_in_the_genitive_is_resolved() -> None:
    assert speakers(
        "Der SPD-Politiker Tom Berg sprach im Hafen von Grellenbach.\n\n"
        "Nach Meinung des SPD-Politikers sei der Kai „nicht mehr zu retten“.\n",
        "de",
    ) == ["Tom Berg"]


def test_a_dropped_subject_is_the_person_described_just_before() -> None:
    assert speakers(
        "«O barco chegou tarde ao porto», disse uma vizinha do cais.\n\n"
        "«Ninguém nos avisou de nada», diz em áudio.\n",
        "pt",
    ) == ["uma vizinha do cais", "uma vizinha do cais"]


def test_a_noun_for_what_is_said_names_its_author() -> None:
    assert speakers(
        "Il sindaco Aldo Ferri ha visto il porto. L'elogio di Ferri: «Un lavoro davvero bello».\n",
        "it",
    ) == ["Aldo Ferri"]
