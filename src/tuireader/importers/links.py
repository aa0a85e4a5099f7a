"""Reads lists of links of unknown services, by common names of fields: JSON, CSV, plain text."""

import re
from dataclasses import replace

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut, Skipped
from tuireader.importers.fields import (
    Entry,
    clean_line_of,
    linked_entries,
    tag_names,
    web_address,
)
from tuireader.importers.highlights import highlights_in

SERVICE = "a list of links"
_PROGRAMS = "lists of links of any service"

_ADDRESS = ("url", "link", "href", "uri", "article__url", "given_url", "resolved_url")
_TITLE = ("title", "name", "article__title", "resolved_title", "given_title")
_NOTE = ("note", "notes", "comment", "description", "memo")
_TAGS = ("tags", "labels", "keywords", "folder", "collection")
_ADDED = (
    *("added", "added_at", "addedat", "date_added", "dateadded", "time_added", "saved_at"),
    *("savedat", "created", "created_at", "createdat", "createdAt", "savedAt", "addedAt"),
    *("dateAdded", "date", "timestamp", "time", "creation date", "creation_date"),
)
_READ = ("archive", "archived", "is_archived", "isArchived", "read", "is_read", "isRead")
_STARRED = ("starred", "favorite", "favourite", "is_favorite", "is_starred", "isFavorite")
_HIGHLIGHT = ("highlight", "annotation", "quote", "selection")
_HIGHLIGHTS = ("highlights", "annotations", *_HIGHLIGHT)
_LINE = re.compile(
    r"(?:(?:[-*+]|\d{1,4}[.)])[ \t]{1,8})?(?:\[([^\]\n]*)\]\()?(https?://[^\s)]+)\)?(.*)$"
)


def _read(file: ExportFile) -> ImportedItems:
    """Read a list of links (JSON or CSV): yield one item for each, with its highlights.

    Fields are found by their usual names; others are left out. Entries without a web address are
    yielded as `Skipped`.
    """
    for found in linked_entries(file, *_ADDRESS):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        html = entry.text("html", "content")
        html = html if "<" in html else ""
        highlights, left_out = highlights_in(entry, *_HIGHLIGHTS)
        own_note = entry.text(*_NOTE)
        if len(highlights) == 1 and not highlights[0].note and _is_one_annotation(entry):
            highlights, own_note = [replace(highlights[0], note=own_note)], ""
        yield ImportItem(
            title=entry.line(*_TITLE) or address,
            address=address,
            author=entry.line("author", "byline"),
            outlet=entry.line("site_name", "publisher", "domain_name"),
            tags=tag_names(entry.tags(*_TAGS)),
            starred=entry.flag(*_STARRED),
            note=own_note,
            added=entry.moment(*_ADDED),
            read=entry.flag(*_READ),
            html=html,
            highlights=tuple(highlights),
        )
        yield from left_out
        yield from entry.left_out()


def _is_one_annotation(entry: Entry) -> bool:
    """Return whether an entry is about one highlight, so that its note belongs to that."""
    has_highlight = any(isinstance(entry.get(name), str) for name in _HIGHLIGHT)
    return has_highlight and not entry.text("description", "memo")


def _read_lines(file: ExportFile) -> ImportedItems:
    """Read a text with one address a line: yield one item for each.

    Other lines that are not blank are left out.
    """
    for line in file.text.split("\n"):
        found = _LINE.match(line.strip())
        if found:
            address = web_address(found[2])
            after = clean_line_of(found[3]).lstrip("|–—:- ")
            yield ImportItem(title=clean_line_of(found[1]) or after or address, address=address)
        elif line.strip():
            yield LeftOut("line without an address")


def _is_list_of_addresses(file: ExportFile) -> bool:
    """Return whether at least three quarters of the first 50 lines are addresses.

    False for JSON and HTML, and if there is no address.
    """
    if file.json is not None or "<" in file.head[:200]:
        return False
    lines = [line.strip() for line in file.head.split("\n")[:50] if line.strip()]
    found = sum(bool(_LINE.match(line)) for line in lines)
    return found > 0 and found * 4 >= 3 * len(lines)


def _has_links(file: ExportFile) -> bool:
    """Return whether the first entry of a JSON list has a web address."""
    first = file.entries[0] if file.entries else None
    return isinstance(first, dict) and any(web_address(first.get(name)) for name in _ADDRESS)


FORMATS = (
    ExportFormat(
        service=SERVICE, programs=_PROGRAMS, kind="JSON", recognises=_has_links, read=_read
    ),
    ExportFormat(
        service=SERVICE,
        programs=_PROGRAMS,
        kind="CSV",
        recognises=lambda file: len(file.columns) > 1 and bool(file.columns & set(_ADDRESS)),
        read=_read,
    ),
    ExportFormat(
        service=SERVICE,
        programs=_PROGRAMS,
        kind="text",
        recognises=_is_list_of_addresses,
        read=_read_lines,
    ),
)
