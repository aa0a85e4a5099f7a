"""Conversion of bookmarks, citations, anchors and progress to records and back.

Unknown fields of a record are left alone.
"""

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from tuireader.domain.anchor import Anchor, MatchMethod, Placement
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import (
    Bookmark,
    Citation,
    Colour,
    KeptQuotation,
    ReadingProgress,
)
from tuireader.domain.dates import parse_date
from tuireader.domain.quote import Polarity
from tuireader.domain.tags import unique_tags
from tuireader.text.sanitize import sanitize, sanitize_line

SCHEMA = 1
"""The version of the fields of a record, stored in each as `v`."""

_COLOURS = {str(colour): colour for colour in Colour}
_RARE_FIELDS = frozenset({"attached", "seen", "left", "origin", "imported"})
"""Fields that few bookmarks have; see `StoredBookmark`."""


@dataclass(frozen=True, slots=True)
class StoredBookmark:
    """A bookmark with the internal fields of the notebook."""

    bookmark: Bookmark
    trashed: str = ""
    """When it was moved to the trash, RFC 3339; "" if it was not."""
    attached: Anchor | None = None
    """The anchor of the place that the user attached it to; None if not attached by hand."""
    seen: str = ""
    """The hash of the newest text that was searched for it; "" if none was."""
    left: str = ""
    """The hash of the text in which the user accepted it as an orphan; "" if not accepted."""
    origin: str = ""
    """Its id in the service it was imported from; "" if it was made here."""
    imported: str = ""
    """Hashes of the notes that were imported, separated by spaces."""

    @property
    def search_anchor(self) -> Anchor | None:
        """The anchor that is searched in a new text; None for a note on the whole article."""
        return self.attached or self.bookmark.anchor


def citation_record(article: Article | Citation) -> dict[str, Any]:
    """Return the fields of a citation as a record that JSON can represent."""
    return {
        "location": article.location,
        "title": article.title,
        "outlet": article.outlet,
        "date": article.date.isoformat() if article.date else None,
        "author": article.author,
        "source": article.source,
    }


def record_location(record: Mapping[str, Any]) -> str:
    """Return the location of the article that a record of any table belongs to; "" for none."""
    article = record.get("article")
    return str((article if isinstance(article, dict) else record).get("location", ""))


def citation_from_record(record: Mapping[str, Any]) -> Citation:
    """Return the citation in a record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    get = record.get
    return _citation(
        str(record["location"]),
        str(get("title", "")),
        str(get("outlet", "")),
        get("date") or "",
        str(get("author", "")),
        str(get("source", "")),
    )


@lru_cache(maxsize=512)
def _citation(  # noqa: PLR0917 - the key of the cache
    location: str, title: str, outlet: str, date: str, author: str, source: str
) -> Citation:
    """Return the citation of an article, which all of its bookmarks share."""
    return Citation(
        location=sys.intern(location),
        title=sys.intern(title),
        outlet=sys.intern(outlet),
        date=parse_date(date) if date else None,
        author=author,
        source=source,
    )


def new_bookmark_record(article: Article | Citation, anchor: Anchor | None) -> dict[str, Any]:
    """Return the record of a new bookmark without note, tags, colour and speaker.

    If `anchor` is None, it is a note on the whole article.
    """
    return {
        "article": citation_record(article),
        "anchor": anchor_record(anchor) if anchor else None,
        "note": "",
        "tags": [],
        "colour": "",
        "speaker": "",
        "placement": None,
        "orphan": False,
        "trashed": None,
    }


def stored_bookmark(record_id: int, record: Mapping[str, Any]) -> StoredBookmark:
    """Return the bookmark in a record with this id.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    get = record.get
    tags, quotation, placement = get("tags"), get("quotation"), get("placement")
    bookmark = Bookmark(
        id=record_id,
        article=citation_from_record(record["article"]),
        anchor=anchor_from_record(get("anchor")),
        note=str(get("note", "")),
        tags=unique_tags(map(str, tags)) if tags else (),
        colour=_COLOURS.get(get("colour", ""), Colour.NONE),
        speaker=str(get("speaker", "")),
        quotation=quotation_from_record(quotation) if quotation else None,
        position=str(get("position", "")),
        placement=placement_from_record(placement) if placement else None,
        orphan=bool(get("orphan")),
        created=dt.datetime.fromisoformat(record["created"]),
        updated=dt.datetime.fromisoformat(record["updated"]),
    )
    if _RARE_FIELDS.isdisjoint(record):
        return StoredBookmark(bookmark, str(get("trashed") or ""))
    return StoredBookmark(
        bookmark,
        trashed=str(get("trashed") or ""),
        attached=anchor_from_record(get("attached")),
        seen=str(get("seen", "")),
        left=str(get("left", "")),
        origin=str(get("origin", "")),
        imported=str(get("imported", "")),
    )


def edited_fields(
    *,
    note: str | None = None,
    tags: Iterable[str] | None = None,
    colour: Colour | None = None,
    speaker: str | None = None,
) -> dict[str, Any]:
    """Return the record fields of the given values, sanitized; values of None are left out."""
    fields: dict[str, Any] = {}
    if note is not None:
        fields["note"] = sanitize(note)
    if tags is not None:
        fields["tags"] = list(unique_tags(tags))
    if colour is not None:
        fields["colour"] = str(colour)
    if speaker is not None:
        fields["speaker"] = sanitize_line(speaker)
    return fields


def quotation_record(quotation: KeptQuotation) -> dict[str, Any]:
    """Return what is kept of a quotation as a record."""
    return {
        "text": quotation.text,
        "spans": [[span.start, span.end] for span in quotation.spans],
        "cue": quotation.cue,
        "polarity": quotation.polarity.value,
    }


def quotation_from_record(record: Mapping[str, Any] | None) -> KeptQuotation | None:
    """Return what a record keeps of a quotation; None for None or an empty record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    if not record:
        return None
    spans = tuple(Passage(int(start), int(end)) for start, end in record["spans"])
    if not spans:
        raise ValueError
    return KeptQuotation(
        text=str(record["text"]),
        spans=spans,
        cue=str(record.get("cue", "")),
        polarity=Polarity(record.get("polarity", Polarity.SAID)),
    )


def anchor_record(anchor: Anchor) -> dict[str, Any]:
    """Return an anchor as a record."""
    return asdict(anchor)


def placement_record(placement: Placement | None) -> dict[str, Any] | None:
    """Return a placement as a record; None for None."""
    return {**asdict(placement), "how": str(placement.how)} if placement else None


def placement_from_record(record: Mapping[str, Any]) -> Placement:
    """Return the placement in a record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    return Placement(
        text_hash=str(record["text_hash"]),
        start=int(record["start"]),
        end=int(record["end"]),
        how=MatchMethod(record["how"]),
        score=float(record["score"]),
        words=str(record.get("words", "")),
    )


def progress_from_record(_record_id: int, record: Mapping[str, Any]) -> ReadingProgress:
    """Return the progress in a record.

    Records without `done` are from a version for which an article was read when its end had been on
    the screen. Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    furthest, length = int(record["furthest"]), int(record["length"])
    return ReadingProgress(
        location=str(record["location"]),
        offset=int(record["offset"]),
        furthest=furthest,
        length=length,
        done=bool(record.get("done", 0 < length <= furthest)),
        starred=bool(record.get("starred")),
        corrected=bool(record.get("corrected")),
        hidden=bool(record.get("hidden")),
        # Before "opened" was stored, what was open had a length.
        opened=str(record.get("opened", (record.get("updated") or "") if length else "")),
    )


def anchor_from_record(record: Mapping[str, Any] | None) -> Anchor | None:
    """Return the anchor in a record; None for None or an empty record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    if not record:
        return None
    get = record.get
    return Anchor(
        text_hash=sys.intern(str(record["text_hash"])),
        start=int(record["start"]),
        end=int(record["end"]),
        exact=str(record["exact"]),
        prefix=str(get("prefix", "")),
        suffix=str(get("suffix", "")),
        block=int(get("block", 0)),
        heading=str(get("heading", "")),
    )
