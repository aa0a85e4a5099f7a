"""Reads Evernote exports: notes and clipped pages (ENEX)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut
from tuireader.importers.fields import (
    clean_line_of,
    parse_moment,
    tag_names,
    text_of_html,
    web_address,
)
from tuireader.sources.html.parser import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_EXPORT = re.compile(r"<en-export\b|<!DOCTYPE en-export", re.IGNORECASE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$")
_PROLOG = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?", re.IGNORECASE)
_MEDIA = re.compile(r"<en-(?:media|crypt|todo)\b[^<>]*>", re.IGNORECASE)
_NOUNS = {
    "resource": "attachment",
    "task": "task",
    "reminder-time": "reminder date",
    "reminder-done-time": "reminder date",
    "latitude": "place on the map",
}


def _read(file: ExportFile) -> ImportedItems:
    """Read an ENEX file: yield one item for each note.

    A clipped page becomes an article with its content, any other note an item without address whose
    text is its note. Raises SourceError if the XML is not valid.
    """
    root = parse_xml(file.data, file.path)
    for note in root.iter("note"):
        attributes = note.find("note-attributes")
        address = web_address(_field(attributes, "source-url")) if attributes is not None else ""
        html = _MEDIA.sub("", _PROLOG.sub("", _field(note, "content"), count=1))
        title = clean_line_of(_field(note, "title")) or address or "Untitled"
        author = clean_line_of(_field(attributes, "author")) if attributes is not None else ""
        yield ImportItem(
            title=title,
            address=address,
            author=author if address else "",
            added=_moment(_field(note, "created")),
            tags=tag_names(tag.text or "" for tag in note.findall("tag")),
            html=html if address else "",
            note="" if address else text_of_html(html),
        )
        yield from _left_out(note)


def _field(parent: "_Element | None", name: str) -> str:
    """Return the stripped text of a child element; "" if it, or `parent`, does not exist."""
    found = parent.find(name) if parent is not None else None
    return (found.text or "").strip() if found is not None else ""


def _left_out(note: "_Element") -> Iterator[LeftOut]:
    """Yield the attachments, tasks, reminders and places of a note as left out."""
    for element in note.iter(*_NOUNS):
        if element is not note:
            yield LeftOut(_NOUNS[element.tag])


def _moment(stamp: str) -> dt.datetime | None:
    """Parse a time such as 20240301T101112Z, which is in UTC; None if it is not one."""
    found = _STAMP.match(stamp)
    return parse_moment("{}-{}-{}T{}:{}:{}+00:00".format(*found.groups())) if found else None


FORMATS = (
    ExportFormat(
        service="Evernote",
        kind="ENEX",
        recognises=lambda file: bool(_EXPORT.search(file.head)),
        read=_read,
    ),
)
