"""What somebody did not say, and what he is only alleged to have said."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.domain.quote import Polarity
from tuireader.quotes.engine import extract
from tuireader.quotes.speakers import speakers_in


def polarity(text: str, language: str = "en") -> str:
    """Return the polarity of the only quotation of a text."""
    (quote,) = extract(Article(location="", text=text, language=language))
    return quote.polarity.value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ada Moor did not say “the port is closed for good” on Monday."),
        ("en", "Ada Moor never said that “the port is closed for good”."),
        ("en", "Ada Moor refused to say “the port is closed for good”."),
        ("en", "Ada Moor denied saying “the port is closed for good”."),
        ("en", "Ada Moor should have said “the port is closed for good”."),
        ("en", "Nobody on the pier said “the port is closed for good”."),
        ("en", "“The port is closed for good,” Ada Moor never said."),
        ("de", "Anna Moor sagte nie: „Der Hafen bleibt zu.“"),
        ("de", "Anna Moor hat nicht gesagt: „Der Hafen bleibt zu.“"),
        ("de", "Niemand sagte: „Der Hafen bleibt zu.“"),
        ("fr", "Anne Morel n’a jamais dit : « Le port est fermé. »"),
        ("fr", "Anne Morel n’a pas déclaré que « le port est fermé pour toujours »."),
        ("es", "Ana Moreno nunca dijo: «El puerto está cerrado»."),
        ("es", "Ana Moreno no ha dicho que «el puerto está cerrado»."),
        ("pt", "Ana Moreira não disse: “O porto está fechado.”"),
        ("it", "Anna Moro non ha detto: «Il porto è chiuso»."),
        ("nl", "Anna de Moor zei nooit: “De haven is dicht.”"),
        ("da", "Anna Moor sagde aldrig: »Havnen er lukket.«"),
    ],
)
def test_denied_words_are_not_said(language: str, text: str) -> None:
    assert polarity(text, language) == Polarity.NOT_SAID


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ada Moor allegedly said “the port is closed for good”."),
        ("en", "Ada Moor is said to have told him: “The port is closed.”"),
        ("de", "Anna Moor hat angeblich gesagt: „Der Hafen bleibt zu.“"),
        ("es", "Ana Moreno supuestamente dijo: «El puerto está cerrado»."),
    ],
)
def test_hearsay_is_alleged(language: str, text: str) -> None:
    assert polarity(text, language) == Polarity.ALLEGED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ada Moor said: “The port is not closed.”"),
        ("en", "“The port is not closed,” said Ada Moor, who did not stay."),
        ("en", "Ada Moor not only said “the port is open for good”, she meant it."),
        ("en", "Ada Moor did not think that “the port will close”."),
        ("en", "He did not know her. Ada Moor said: “The port is open.”"),
        ("en", "Ada Moor said nobody came and “the port is open to all”."),
        ("de", "Anna Moor sagte nicht nur: „Der Hafen bleibt offen.“"),
        ("fr", "« Le port n’est pas fermé », a dit Anne Morel."),
        ("es", "Ana Moreno dijo que no: «El puerto está abierto»."),
    ],
)
def test_what_is_said_stays_said(language: str, text: str) -> None:
    assert polarity(text, language) == Polarity.SAID


def _listed() -> Iterator[object]:
    """Yield the sentences of `polarity.toml` with their language and polarity."""
    data = tomllib.loads(Path(__file__).with_name("polarity.toml").read_text("utf-8"))
    for language, kinds in data.items():
        for key, texts in kinds.items():
            for text in texts:
                yield pytest.param(language, key.replace("_", " "), text, id=f"{key}: {text}")


@pytest.mark.parametrize(("language", "expected", "text"), list(_listed()))
def test_each_sentence_has_its_polarity(language: str, expected: str, text: str) -> None:
    assert polarity(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nobody on the board said “stop the works now” when the water came.",
        "No minister has said “stop the works now” so far.",
        "Neither of the two said “stop the works now”.",
    ],
)
def test_what_nobody_said_has_no_speaker(text: str) -> None:
    (quote,) = extract(Article(location="", text=text, language="en"))
    assert (quote.speaker, quote.mention, quote.polarity) == ("", None, Polarity.NOT_SAID)


def test_denied_words_count_for_no_speaker() -> None:
    text = "Ada Moor never said “the port is closed for good”. “It is open,” said Ada Moor."
    found = extract(Article(location="", text=text, language="en"))
    assert [speaker.quotes for speaker in speakers_in(found, text)] == [1]
