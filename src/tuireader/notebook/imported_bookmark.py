"""The records of imported bookmarks: their fields, their changes, and the order of their ids."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.bookmark import Bookmark, position_number
from tuireader.domain.import_item import Highlight
from tuireader.domain.tags import unique_tags


@dataclass(slots=True, kw_only=True)
class ImportedBookmark:
    """A highlight, or a note on a whole article, ready to be saved."""

    record: dict[str, Any]
    moment: str = ""
    """When it was made in the other program, in the format of records; "" if unknown."""
    text: Article | None = None
    """The text that its anchor belongs to; None if it is not known."""


def added_fields(known: Bookmark, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a bookmark that change when imported values are added to it.

    `given` has the imported note, tags, colour and position. Empty if they add nothing; existing
    values are never replaced by others.
    """
    note, tags = given.get("note", ""), given.get("tags", ())
    fields: dict[str, Any] = {}
    if note and note not in known.note:
        grown = known.note and known.note in note
        fields["note"] = note if grown else "\n\n".join(filter(None, [known.note, note]))
    together = unique_tags((*known.tags, *tags))
    if together != known.tags:
        fields["tags"] = list(together)
    if given.get("colour") and not known.colour:
        fields["colour"] = given["colour"]
    if given.get("position") and not known.position:
        fields["position"] = given["position"]
    return fields


def note_digest(given: Mapping[str, Any]) -> str:
    """Return a short hash of an imported note with its tags.

    It tells in a later import whether they have changed; `given` has the record fields.
    """
    told = "\0".join((given.get("note", ""), *given.get("tags", ())))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def position_field(highlight: Highlight) -> dict[str, str]:
    """Return the record field with a highlight's position; empty if it has none."""
    return {"position": highlight.position} if highlight.position else {}


def created_field(moment: dt.datetime | None) -> dict[str, str]:
    """Return the record field with the time at which something was made elsewhere.

    Empty if the time is None or in the future.
    """
    if moment is None or moment > dt.datetime.now(dt.UTC):
        return {}
    utc = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return {"created": utc.replace("+00:00", "Z")}


def insertion_order(marks: Sequence[ImportedBookmark]) -> Iterator[ImportedBookmark]:
    """Yield imported bookmarks in the order in which they are to be inserted.

    Ids grow with time, and lists show the newest first. Bookmarks that have positions, or were made
    at the same time, are therefore inserted from the end of their source, so that lists show them
    in its order.
    """
    sources: dict[str, list[ImportedBookmark]] = {}
    last_first = list(reversed(marks))
    for mark in sorted(last_first, key=lambda mark: mark.moment):
        sources.setdefault(mark.record["article"]["location"], []).append(mark)
    for group in sorted(sources.values(), key=lambda group: group[-1].moment):
        yield from sorted(group, key=lambda mark: -position_number(mark.record.get("position", "")))
