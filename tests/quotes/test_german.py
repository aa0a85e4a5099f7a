"""Nouns and names, cases and word order where every noun has a capital."""

import pytest

from tuireader.domain.article import Article
from tuireader.quotes.engine import extract
from tuireader.quotes.mentions.mention import MentionKind
from tuireader.quotes.parsed_article import ParsedArticle


def speakers(text: str) -> list[str]:
    return [quote.speaker for quote in extract(Article(location="", text=text, language="de"))]


def names(text: str) -> list[str]:
    article = Article(location="", text=f"{text}\n\n„Nein.“", language="de")
    mentions = ParsedArticle(article, pause=lambda: None).paragraphs[0].mentions
    return [
        " ".join(mention.words)
        for mention in mentions
        if mention.kind is MentionKind.NAME and not (mention.common_noun or mention.non_subject)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am Montag traf Anna Berg den Minister.", ["Anna Berg"]),
        ("Die Regierung lehnte den Vorschlag ab.", []),
        ("Die Rolle der Parteien ist bekannt.", []),
        ("Der Rücktritt kam spät. Zum Rücktritt Bergs schwieg sie.", []),
        ("Illegale Geschäfte waren die Folge.", []),
        ("Die Reise Ursula von der Heides endete.", ["Ursula von der Heides"]),
        ("Bundeskanzlerin Anna Berg kam.", ["Anna Berg"]),
        ("Relativierend sprach Anna Berg.", ["Anna Berg"]),
    ],
)
def test_nouns_are_no_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In einem Interview sagte die Ministerin Anna Berg am Montag: „Es regnet.“", "Anna Berg"),
        (
            "Als Antwort auf den Brief sagte ein Sprecher der Bahn: „Es regnet.“",
            "ein Sprecher der Bahn",
        ),
        ("Der örtlichen Zeitung sagte Anna Berg: „Es regnet.“", "Anna Berg"),
        ("Im Rundfunk hatte Anna Berg gestern erklärt: „Es regnet.“", "Anna Berg"),
        ("„Es regnet“, so die Grünen.", "die Grünen"),
        ("Wie Anna Berg mitteilte, sei die Lage „überaus ernst“.", "Anna Berg"),
        ("Der Bäcker Ulf Prange fügte hinzu: „Es regnet.“", "Ulf Prange"),
        ("Dem Bericht zufolge ist die Lage „überaus ernst“.", "Dem Bericht"),
        ("In der Mitteilung der Polizei heißt es: „Es regnet.“", "der Mitteilung der Polizei"),
        ("Anna Berg nannte den Vorschlag einen „Fehler“.", "Anna Berg"),
        ("Anna Berg wies die Vorwürfe als „haltlos“ zurück.", "Anna Berg"),
    ],
)
def test_the_speaker_is_the_subject_wherever_it_stands(text: str, expected: str) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg berichtete im Fachblatt „Neue Bäckerei“ davon.",
        "Die Firma „Teig und Zeit“ zieht um, sagte Anna Berg.",
        "Das Schiff „Rosa“ fuhr ab.",
    ],
)
def test_the_name_of_a_thing_is_nobodys(text: str) -> None:
    assert speakers(text) == []


def test_a_reported_sentence_goes_on_with_its_speaker() -> None:
    text = "Anna Berg sagte, die Brücke sei alt. Sie müsse „so bald wie möglich“ erneuert werden."
    assert speakers(text) == ["Anna Berg"]


def test_a_genitive_is_its_bearer() -> None:
    text = "Die Rede Anna Bergs war kurz. „Es regnet“, sagte Anna Berg. „Genug“, so Berg."
    assert speakers(text) == ["Anna Berg", "Anna Berg"]
