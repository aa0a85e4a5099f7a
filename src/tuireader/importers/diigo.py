"""Reads Diigo exports: a table of bookmarks (CSV), and the JSON of its interface."""

import re
from collections.abc import Iterator

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import (
    Entry,
    clean_text_of,
    linked_entries,
    list_or_empty,
    paragraphs,
    tag_names,
)
from tuireader.importers.highlights import labelled_highlights

_TAG = re.compile(r'"([^"]+)"|([^\s,]+)')


def _read(file: ExportFile) -> ImportedItems:
    """Read an export of bookmarks (CSV or JSON): yield one item for each bookmark.

    Description and comments become its note. Entries without a web address are `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        tags = entry.line("tags")
        names = tags.split(",") if "," in tags else [a or b for a, b in _TAG.findall(tags)]
        entry.ignore("updated_at")
        yield ImportItem(
            title=entry.line("title") or address,
            address=address,
            note=paragraphs(entry.text("description", "desc"), *_comments(entry.get("comments"))),
            tags=tag_names(names),
            added=entry.moment("created_at"),
            read=entry.line("readlater").casefold() == "no",
            highlights=tuple(_highlights(entry)),
        )
        yield from entry.left_out({"shared": "sharing setting", "user": "user name"})


def _highlights(entry: Entry) -> Iterator[Highlight]:
    """Yield the annotations of a bookmark; nothing if it has none.

    They are one labelled text in CSV, and objects in JSON.
    """
    given = entry.get("annotations")
    if isinstance(given, str):
        yield from labelled_highlights(clean_text_of(given))
        return
    for each in entry.records("annotations"):
        yield Highlight(
            words=each.text("content"),
            note=paragraphs(*_comments(each.get("comments"))),
            created=each.moment("created_at"),
        )


def _comments(value: object) -> list[str]:
    """Return the texts of comments, given as one text or as objects; empty if there are none."""
    if isinstance(value, str):
        return [clean_text_of(value)]
    return [
        clean_text_of(each.get("content"))
        for each in list_or_empty(value)
        if isinstance(each, dict)
    ]


FORMATS = (
    ExportFormat(
        service="Diigo",
        kind="CSV",
        recognises=lambda file: {"url", "annotations", "comments"} <= file.columns,
        read=_read,
    ),
    ExportFormat(
        service="Diigo",
        kind="JSON",
        recognises=lambda file: {"url", "annotations", "readlater"} <= file.first_keys,
        read=_read,
    ),
)
