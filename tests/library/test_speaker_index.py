"""Who speaks in the library, and where."""

from dataclasses import replace

from tuireader.domain.article import Article, Passage
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind
from tuireader.library.speaker_index import SpeakerIndex
from tuireader.quotes.engine import extract


def chorus(*texts: str) -> SpeakerIndex:
    found = SpeakerIndex()
    for number, text in enumerate(texts):
        article = Article(location=f"/{number}", text=text, title=f"Article {number}")
        found.add(article, extract(article))
    return found


def test_a_speaker_leads_to_the_first_words_in_each_article() -> None:
    found = chorus(
        "“We sail at noon today,” Ada Moor said. “We always have.”",
        "“Not in this weather,” said Bela Quist.",
        "“We sail tomorrow,” said Ada Moor.",
    )
    ada = found.speakers()[0]
    assert (ada.name, ada.articles) == ("Ada Moor", 2)
    places = found.of(ada)
    assert [one.location for one in places] == ["/0", "/2"]
    assert places[0].words.startswith("“We sail at noon")
    assert places[1].start == 1


def test_a_surname_alone_leads_to_nobody_whom_its_article_does_not_name() -> None:
    found = chorus("“We sail,” said Ada Moor.", "“We do not sail,” said Moor.")
    places = {who.name: [one.location for one in found.of(who)] for who in found.speakers()}
    assert places == {"Ada Moor": ["/0"], "Moor": ["/1"]}


def test_a_surname_alone_leads_to_the_person_whom_its_article_names() -> None:
    article = Article(location="/1", text="A word with Ada Moor. “We do not sail,” said Moor.")
    quote = Quote(
        spans=(Passage(23, 38),),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED,
        speaker="Moor",
    )
    found = chorus("“We sail,” said Ada Moor.")
    found.add(article, [quote, replace(quote, polarity=Polarity.NOT_SAID)])
    (ada,) = found.speakers()
    assert [(one.name, one.quotes) for one in found.of(ada)] == [("Ada Moor", 1), ("Moor", 1)]


def test_a_surname_of_two_is_the_place_of_neither() -> None:
    found = chorus(
        "“We sail,” said Ada Moor. Moor smiled.",
        "“We stay,” said Bela Moor.",
        "“We wait,” said Moor.",
    )
    by_name = {who.name: found.of(who) for who in found.speakers()}
    assert [one.location for one in by_name["Ada Moor"]] == ["/0"]
    assert [one.location for one in by_name["Moor"]] == ["/2"]
