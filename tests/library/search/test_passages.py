import datetime as dt

import pytest

from tuireader.domain.article import Passage
from tuireader.library.query.parser import parse_query
from tuireader.library.search.documents import IndexedQuotation, StoredArticle
from tuireader.library.search.passages import (
    FoundPassage,
    PassageKind,
    best_passages,
    query_words,
    title_marks,
)

TODAY = dt.date(2026, 11, 29)
TEXT = (
    "The ferry left the quay at noon. It rained.\n\n"
    "“We wait for the ferry,” said Ada Moor. The Straße was empty, the ferries full."
)
SPOKEN = Passage(TEXT.index("We wait"), TEXT.index(",” said"))
ARTICLE = StoredArticle(
    text=TEXT,
    notes=("Check the\nferry times.",),
    quotations=(IndexedQuotation(spans=(SPOKEN,), speaker="Ada Moor"),),
)


def found(query: str, limit: int = 9, context: int = 0) -> list[tuple[str, str, list[str]]]:
    words = query_words(parse_query(query, TODAY))
    return [
        (each.kind, each.text, [mark.of(each.text) for mark in each.marks])
        for each in best_passages(words, ARTICLE, limit, context)
    ]


def test_a_word_is_found_in_sentences_quotations_and_notes_which_are_told_apart() -> None:
    assert found("ferry") == [
        ("text", "The ferry left the quay at noon.", ["ferry"]),
        ("quotation", "“We wait for the ferry,” said Ada Moor.", ["ferry"]),
        ("note", "Check the ferry times.", ["ferry"]),
    ]


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("strasse", ["Straße"]),
        ("ferri*", ["ferri"]),
        ("*ree*", []),
        ("*mpt*", ["mpt"]),
        ('"was empty the ferries"', ["was empty, the ferries"]),
        ("ferries -noon", ["ferries"]),
        ("outlet:post", []),
    ],
)
def test_the_words_of_a_query_are_marked(query: str, marks: list[str]) -> None:
    assert [mark for _, _, each in found(query) for mark in each] == marks


def test_a_speaker_and_words_that_are_said_are_found_in_quotations_only() -> None:
    assert found("speaker:moor") == [("quotation", "“We wait for the ferry”", [])]
    assert found("said:ferry speaker:moor") == [("quotation", "“We wait for the ferry”", ["ferry"])]
    assert found("speaker:brandt said:ferry") == []


def test_the_passages_with_most_words_are_preferred_and_stay_in_order() -> None:
    assert [text for _, text, _ in found("quay or noon or wait or ferry", limit=2)] == [
        "The ferry left the quay at noon.",
        "“We wait for the ferry,” said Ada Moor.",
    ]


def test_sentences_around_are_added() -> None:
    assert found("noon", context=1)[0][1] == "The ferry left the quay at noon. It rained."


def test_a_passage_says_where_its_words_are() -> None:
    words = query_words(parse_query("ferry", TODAY))
    (first, second, note) = words.passages(ARTICLE)
    assert TEXT[first.start :].startswith("ferry left")
    assert TEXT[second.start :].startswith("ferry,”")
    assert second == FoundPassage(
        kind=PassageKind.QUOTATION,
        text=second.text,
        marks=second.marks,
        start=second.start,
        speaker="Ada Moor",
    )
    assert note.start == -1


def test_words_are_marked_in_titles() -> None:
    words = query_words(parse_query("title:late -ferry", TODAY))
    assert title_marks(words, "The ferry is late") == (Passage(13, 17),)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("北京的制裁", "制裁"),
        ("서울에서 만났다", "서울"),
        ("Müller sagt", "mueller"),
        ("१२३ दिल्ली में", "दिल्ली"),
        ("مُحَمَّد", "محمد"),
        ("Ri Il-gyu said", '"ri il gyu"'),
    ],
)
def test_words_are_marked_in_every_language(text: str, query: str) -> None:
    words = query_words(parse_query(query, TODAY))
    (passage,) = words.passages(StoredArticle(text=text))
    assert passage.marks
