"""Reads karakeep (Hoarder) exports: bookmarks of links and texts, with lists (JSON)."""

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import (
    Entry,
    clean_line_of,
    is_record,
    list_or_empty,
    paragraphs,
    tag_names,
    web_address,
)
from tuireader.importers.highlights import highlights_in

_TITLE = 80
"""The longest title, in code points, that is taken from the words of a text without one."""


def _read(file: ExportFile) -> ImportedItems:
    """Read an export (JSON): yield one item for each bookmark.

    The names of lists become tags; a saved text becomes the note of an item without address.
    Bookmarks with neither are yielded as `Skipped`.
    """
    lists = {
        str(given.get("id")): clean_line_of(given.get("name"))
        for given in list_or_empty(file.fields.get("lists"))
        if is_record(given)
    }
    for number, given in enumerate(file.entries, 1):
        entry = Entry(given if is_record(given) else {})
        content = entry.get("content")
        held = Entry(content if is_record(content) else {})
        address, text = web_address(held.get("url")), held.text("text")
        if not address and not text:
            yield Skipped(f"entry {number}", "it is a file that the export does not hold")
            continue
        held.ignore("type", "title")
        names = [lists.get(str(each), "") for each in list_or_empty(entry.get("lists"))]
        entry.ignore("modifiedAt")
        highlights, left_out = highlights_in(entry, "highlights")
        yield ImportItem(
            title=entry.line("title") or held.line("title") or address or _first_words(text),
            address=address,
            note=paragraphs(entry.text("note"), text),
            tags=tag_names([*entry.tags("tags"), *names]),
            starred=entry.flag("favourited"),
            added=entry.moment("createdAt"),
            read=entry.flag("archived"),
            highlights=tuple(highlights),
        )
        yield from left_out
        yield from entry.left_out()
        yield from held.left_out()


def _first_words(text: str) -> str:
    """Return the first line of a text as a title, shortened at a word with "…"."""
    line = clean_line_of(text.split("\n", 1)[0])
    return line if len(line) <= _TITLE else f"{line[:_TITLE].rpartition(' ')[0] or line[:_TITLE]}…"


FORMATS = (
    ExportFormat(
        service="karakeep",
        kind="JSON",
        recognises=lambda file: (
            isinstance(file.fields.get("bookmarks"), list)
            and {"createdAt", "content"} <= file.first_keys
        ),
        read=_read,
    ),
)
