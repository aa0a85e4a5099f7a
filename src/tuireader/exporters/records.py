"""Records of articles, quotations, speakers and bookmarks, as JSON and CSV output has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Confidence, Quote
from tuireader.sources.own_exports import NOTE_TYPE, RECORD_TYPE_FIELD

if TYPE_CHECKING:
    from tuireader.domain.article import Article, Passage
    from tuireader.domain.article_list import ListEntry
    from tuireader.domain.bookmark import Bookmark, ReadingProgress
    from tuireader.domain.dates import ArticleDate
    from tuireader.quotes.speakers import Speaker

Record = dict[str, Any]
"""Field names and JSON values. An unknown value is None; a field is never left out for it."""


def article_record(article: Article) -> Record:
    """Return the JSON record of an article, with its extracted text and its blocks and links.

    Offsets are code points of the text. Unknown values are None.
    """
    return {
        "location": article.location,
        "title": article.title,
        "date": _iso_date(article.date),
        "outlet": article.outlet or None,
        "author": article.author or None,
        "language": article.language or None,
        "source": article.source or article.location,
        "also_at": list(article.also_at),
        "left_out": article.left_out,
        "notices": list(article.notices),
        "text": article.text,
        "blocks": [
            {"kind": block.kind.value, "start": block.start, "end": block.end, "level": block.level}
            for block in article.blocks
        ],
        "links": [
            {
                "start": link.passage.start,
                "end": link.passage.end,
                "target": link.target or article.location,
                "place": link.place or None,
            }
            for link in article.links
        ],
        "pages": [{"number": page.name, "start": page.offset} for page in article.pages],
    }


def article_name(location: str) -> str:
    """Return an article's name in output: its id in a `.jsonl` collection, else its location."""
    return location.rpartition(".jsonl#")[2] or location


def quote_record(quote: Quote, text: str, article: str, pages: str = "") -> Record:
    """Return the JSON record of a quotation.

    `text` is as `quotation_text` sets it; `spans` are the offsets of its pieces, without the marks.

    Args:
        quote: The quotation; its offsets are code points of the text.
        text: The text of its article.
        article: The name of its article (`article_name`).
        pages: The pages that it is on; "" if its source has none: the field is then left out.
    """
    record: Record = {"article": article, "start": quote.start, "end": quote.end}
    if pages:
        record["pages"] = pages
    return record | {
        "spans": [[span.start, span.end] for span in quote.spans],
        "text": quotation_text(quote.spans, text),
        "speaker": quote.speaker or None,
        "mention": _words_of(quote.mention, text),
        "cue": _words_of(quote.cue, text),
        "kind": quote.kind.value,
        "confidence": quote.confidence.value,
        "probability": round(quote.probability, 3),
        "polarity": quote.polarity.value,
        "unattributed": quote.unattributed,
        "corrected": _corrected(quote),
    }


def _corrected(quote: Quote) -> Record | None:
    """Return how a quotation was found before the reader corrected it, as a record.

    None if it was not corrected; `with_another` says that it follows the correction of another
    quotation; the found offsets, speaker and confidence are None if the reader
    added the quotation.
    """
    if quote.confidence is not Confidence.BY_YOU:
        return None
    found = quote.found
    return {
        "dismissed": quote.dismissed,
        "with_another": bool(quote.follows),
        "added": found is None,
        "start": found.start if found else None,
        "end": found.end if found else None,
        "speaker": (found.speaker or None) if found else None,
        "confidence": found.confidence.value if found else None,
    }


def speaker_record(speaker: Speaker) -> Record:
    """Return the JSON record of a speaker.

    It has the name, the numbers of quotations and articles, other forms of the name (`variants`),
    and whether the speaker is known by a description only (`described`).
    """
    return {
        "speaker": speaker.name,
        "quotes": speaker.quotes,
        "articles": speaker.articles,
        "variants": list(speaker.variants),
        "described": speaker.described,
    }


def read_state(reading: ReadingProgress | None) -> str:
    """Return how far an article was read, in one word: "new", "started" or "read".

    `reading` is None if the article was never opened, which is "new".
    """
    if reading is None or not (reading.furthest or reading.done):
        return "new"
    return "read" if reading.finished else "started"


def entry_record(
    entry: ListEntry, reading: ReadingProgress | None, kept: int, also_at: tuple[str, ...] = ()
) -> Record:
    """Return the JSON record of an article in the library.

    Args:
        entry: Its entry in the article list.
        reading: How far it was read; None if it was not opened.
        kept: The number of its bookmarks.
        also_at: Other locations of the article; () if there are none.
    """
    return {
        "location": entry.location,
        "title": entry.title,
        "outlet": entry.outlet or None,
        "date": _iso_date(entry.date),
        "state": read_state(reading),
        "progress": round(reading.progress, 4) if reading else 0.0,
        "kept": kept,
        "starred": reading is not None and reading.starred,
        "tags": list(reading.tags) if reading else [],
        "also_at": list(also_at),
        "problem": entry.problem or None,
    }


def bookmark_record(bookmark: Bookmark) -> Record:
    """Return the JSON record of a bookmark.

    Text and offsets (code points of the newest text) are None for a note on a whole article. The
    text of a quotation is as it is written; `exact` has all words from `start` to `end`, and
    `spans` where its pieces are, [] for a passage that is none. The note is "" if there is none;
    other unknown values are None.
    """
    article, quotation = bookmark.article, bookmark.quotation
    placed = bookmark.anchor is not None
    spans = quotation.spans if quotation else ()
    return {
        RECORD_TYPE_FIELD: NOTE_TYPE,
        "id": str(bookmark.id),
        "text": bookmark.written if placed else None,
        "exact": bookmark.words if placed else None,
        "spans": [[bookmark.start + span.start, bookmark.start + span.end] for span in spans],
        "cue": (quotation.cue or None) if quotation else None,
        "polarity": quotation.polarity.value if quotation else None,
        "note": bookmark.note,
        "tags": list(bookmark.tags),
        "colour": bookmark.colour.value or None,
        "speaker": bookmark.speaker or None,
        "orphan": bookmark.orphan,
        "altered": bookmark.placement.words if bookmark.placement and bookmark.altered else None,
        "title": article.title,
        "outlet": article.outlet or None,
        "date": _iso_date(article.date),
        "author": article.author or None,
        "source": article.source or article.location,
        "location": article.location,
        "start": bookmark.start if placed else None,
        "end": bookmark.end if placed else None,
        "position": bookmark.position or None,
        "created": bookmark.created.isoformat(),
        "updated": bookmark.updated.isoformat(),
    }


def _iso_date(date: ArticleDate | None) -> str | None:
    """Return a date in ISO 8601, as far as it is known; None for None."""
    return date.isoformat() if date else None


def _words_of(passage: Passage | None, text: str) -> str | None:
    """Return the words of a passage of `text`; None if the passage is None."""
    return passage.of(text) if passage else None
