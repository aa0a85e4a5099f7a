"""Articles, quotations and passages as plain records."""

import datetime as dt
import json

from tuireader.domain.anchor import anchor_of
from tuireader.domain.article import Article, Link, Passage
from tuireader.domain.article_list import ListEntry
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.bookmark import Bookmark, Citation, Colour, ReadingProgress
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.exporters.records import (
    article_name,
    article_record,
    bookmark_record,
    entry_record,
    quote_record,
)

TEXT = "“We sail,” Ada Moor said. “At noon.”"
ARTICLE = Article(
    location="/texts/ferry.txt",
    text=TEXT,
    blocks=Blocks([Block(BlockKind.PARAGRAPH, 0, len(TEXT))]),
    title="The ferry",
    date=dt.date(2024, 9, 4),
    links=(Link(Passage(1, 8), "https://harbour.example"),),
)
NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


def test_an_article_gives_its_text_and_the_marks_over_it() -> None:
    record = article_record(ARTICLE)
    assert record["text"] == TEXT
    assert record["blocks"] == [{"kind": "paragraph", "start": 0, "end": len(TEXT), "level": 0}]
    assert record["links"] == [
        {"start": 1, "end": 8, "target": "https://harbour.example", "place": None}
    ]
    assert record["date"] == "2024-09-04"
    assert record["outlet"] is None
    assert json.loads(json.dumps(record)) == record


def test_the_places_of_a_quotation_lead_to_its_words() -> None:
    quote = Quote(
        spans=(Passage(1, 9), Passage(27, 35)),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED,
        speaker="Ada Moor",
        mention=Passage(11, 19),
        cue=Passage(20, 24),
    )
    assert quote_record(quote, TEXT, "ferry") == {
        "article": "ferry",
        "start": 1,
        "end": 35,
        "spans": [[1, 9], [27, 35]],
        "text": "“We sail … At noon.”",
        "speaker": "Ada Moor",
        "mention": "Ada Moor",
        "cue": "said",
        "kind": "direct",
        "confidence": "named",
        "probability": 1.0,
        "polarity": "said",
        "unattributed": False,
        "corrected": None,
    }


def test_a_quotation_in_one_piece_has_one_span_and_an_unknown_speaker_is_null() -> None:
    quote = Quote(spans=(Passage(27, 35),), kind=QuoteKind.PARTIAL, confidence=Confidence.UNKNOWN)
    record = quote_record(quote, TEXT, "ferry")
    assert record["spans"] == [[27, 35]]
    assert record["text"] == "“At noon.”"
    assert (record["speaker"], record["mention"], record["cue"]) == (None, None, None)


def test_an_article_of_a_collection_is_named_by_its_id() -> None:
    assert article_name("/texts/all.jsonl#wire/12#a") == "wire/12#a"
    assert article_name("/texts/a#b.txt") == "/texts/a#b.txt"


def test_an_article_never_opened_is_new() -> None:
    record = entry_record(ListEntry(location="/a", title="A"), None, 0)
    assert (record["state"], record["progress"], record["kept"]) == ("new", 0.0, 0)


def test_progress_says_how_far_an_article_was_read() -> None:
    entry = ListEntry(location="/a", title="A", date=dt.date(2024, 9, 4))
    half = entry_record(entry, ReadingProgress(location="/a", furthest=50, length=100), 2)
    assert (half["state"], half["progress"], half["kept"]) == ("started", 0.5, 2)
    assert half["date"] == "2024-09-04"
    whole = entry_record(entry, ReadingProgress(location="/a", done=True), 2)
    assert whole["state"] == "read"


def test_a_kept_passage_gives_all_that_was_added_to_it() -> None:
    bookmark = Bookmark(
        id=7,
        article=Citation(location="/a", title="A"),
        anchor=anchor_of(ARTICLE, Passage(1, 8)),
        note="At last.",
        tags=("sea", "time"),
        colour=Colour.GREEN,
        speaker="Ada Moor",
        created=NOW,
        updated=NOW,
    )
    record = bookmark_record(bookmark)
    assert record["text"] == "We sail"
    assert (record["start"], record["end"]) == (1, 8)
    assert record["tags"] == ["sea", "time"]
    assert (record["colour"], record["speaker"], record["orphan"]) == ("green", "Ada Moor", False)
    assert record["source"] == "/a"
    assert record["created"] == "2026-01-02T03:04:05+00:00"
    assert json.loads(json.dumps(record)) == record


def test_a_note_on_a_whole_article_has_no_words_and_no_place() -> None:
    citation = Citation(location="/a", title="A")
    record = bookmark_record(
        Bookmark(id=1, article=citation, anchor=None, note="Read.", created=NOW, updated=NOW)
    )
    assert (record["text"], record["start"], record["end"]) == (None, None, None)
    assert record["note"] == "Read."
