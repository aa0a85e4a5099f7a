"""Bookmarks and readings as records, and back; fields that are not known here are left alone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tuireader.domain.anchor import Anchor, MatchMethod, Placement
from tuireader.domain.article import Article
from tuireader.domain.bookmark import Bookmark, Citation, Colour, ReadingProgress
from tuireader.text.sanitize import sanitize, sanitize_line

SCHEMA = 1
"""The version of a record's fields, kept in each as `v`."""

_COLOURS = {str(colour): colour for colour in Colour}


@dataclass(frozen=True, slots=True)
class StoredBookmark:
    """A bookmark and what the notebook alone knows of it."""

    bookmark: Bookmark
    trashed: str = ""
    """When it was put into the trash, RFC 3339; empty if it was not."""
    attached: Anchor | None = None
    """Where the reader attached it by hand after its words had changed."""
    seen: str = ""
    """The hash of the newest text in which it was looked for."""
    left: str = ""
    """The hash of the text in which it was not found and in which the reader left it so."""
    origin: str = ""
    """What it was in the program that it was imported from; empty if it was kept here."""

    @property
    def search_anchor(self) -> Anchor | None:
        """What it is looked for by in a new text."""
        return self.attached or self.bookmark.anchor


def citation_record(article: Article | Citation) -> dict[str, Any]:
    """What a citation says, as it is kept with a passage."""
    return {
        "location": article.location,
        "title": article.title,
        "outlet": article.outlet,
        "date": article.date.isoformat() if article.date else None,
        "author": article.author,
        "source": article.source,
    }


def citation_from_record(record: Mapping[str, Any]) -> Citation:
    """The citation of a record; KeyError, TypeError or ValueError if it is none."""
    return Citation(
        location=str(record["location"]),
        title=str(record.get("title", "")),
        outlet=str(record.get("outlet", "")),
        date=dt.date.fromisoformat(record["date"]) if record.get("date") else None,
        author=str(record.get("author", "")),
        source=str(record.get("source", "")),
    )


def new_bookmark_record(article: Article | Citation, anchor: Anchor | None) -> dict[str, Any]:
    """The record of a passage that is kept now, to which nothing was added yet."""
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


def stored_bookmark(number: int, record: Mapping[str, Any]) -> StoredBookmark:
    """The bookmark of a record; KeyError, TypeError or ValueError if it is none."""
    article = record["article"]
    placement = record.get("placement")
    return StoredBookmark(
        Bookmark(
            id=number,
            article=citation_from_record(article),
            anchor=anchor_from_record(record.get("anchor")),
            note=str(record.get("note", "")),
            tags=tuple(str(tag) for tag in record.get("tags", ())),
            colour=_colour_of(record.get("colour")),
            speaker=str(record.get("speaker", "")),
            placement=placement_from_record(placement) if placement else None,
            orphan=bool(record.get("orphan")),
            created=dt.datetime.fromisoformat(record["created"]),
            updated=dt.datetime.fromisoformat(record["updated"]),
        ),
        trashed=str(record.get("trashed") or ""),
        attached=anchor_from_record(record.get("attached")),
        seen=str(record.get("seen", "")),
        left=str(record.get("left", "")),
        origin=str(record.get("origin", "")),
    )


def edited_fields(
    *,
    note: str | None = None,
    tags: Iterable[str] | None = None,
    colour: Colour | None = None,
    speaker: str | None = None,
) -> dict[str, Any]:
    """The fields of what a reader adds to a passage, cleaned; only those that are given."""
    fields: dict[str, Any] = {}
    if note is not None:
        fields["note"] = sanitize(note)
    if tags is not None:
        fields["tags"] = list(dict.fromkeys(filter(None, map(sanitize_line, tags))))
    if colour is not None:
        fields["colour"] = str(colour)
    if speaker is not None:
        fields["speaker"] = sanitize_line(speaker)
    return fields


def anchor_record(anchor: Anchor) -> dict[str, Any]:
    """The anchor as it is kept for good."""
    return asdict(anchor)


def placement_record(placement: Placement | None) -> dict[str, Any] | None:
    """The placement as it is kept beside the anchor."""
    return {**asdict(placement), "how": str(placement.how)} if placement else None


def placement_from_record(record: Mapping[str, Any]) -> Placement:
    """The placement of a record."""
    return Placement(
        text_hash=str(record["text_hash"]),
        start=int(record["start"]),
        end=int(record["end"]),
        how=MatchMethod(record["how"]),
        score=float(record["score"]),
        words=str(record.get("words", "")),
    )


def progress_from_record(_number: int, record: Mapping[str, Any]) -> ReadingProgress:
    """The reading of a record; KeyError, TypeError or ValueError if it is none."""
    return ReadingProgress(
        location=str(record["location"]),
        offset=int(record["offset"]),
        furthest=int(record["furthest"]),
        length=int(record["length"]),
        done=bool(record.get("done")),
    )


def anchor_from_record(record: Mapping[str, Any] | None) -> Anchor | None:
    """The anchor of a record; None if there is none."""
    if not record:
        return None
    return Anchor(
        text_hash=str(record["text_hash"]),
        start=int(record["start"]),
        end=int(record["end"]),
        exact=str(record["exact"]),
        prefix=str(record.get("prefix", "")),
        suffix=str(record.get("suffix", "")),
        block=int(record.get("block", 0)),
        heading=str(record.get("heading", "")),
    )


def _colour_of(name: Any) -> Colour:
    """The colour of that name; none for one that only a newer version knows."""
    return _COLOURS.get(name, Colour.NONE)
