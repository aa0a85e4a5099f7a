"""Reads Readeck exports: a list of bookmarks with labels and annotations (JSON)."""

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import (
    linked_entries,
    list_or_empty,
    parse_day,
    tag_names,
    unique_names,
)
from tuireader.importers.highlights import highlights_in


def _read(file: ExportFile) -> ImportedItems:
    """Read a list of bookmarks (JSON): yield one item for each with its highlights.

    Marked ones are starred, archived ones are read. Entries without a web address are yielded as
    `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        highlights, left_out = highlights_in(entry, "annotations", "highlights")
        entry.ignore("site", "state", "loaded", "resources", "document_type", "updated", "type")
        entry.ignore("has_article", "is_deleted", "links", "errors", "text_direction")
        yield ImportItem(
            title=entry.line("title") or address,
            address=address,
            author=", ".join(unique_names(list_or_empty(entry.get("authors")))),
            outlet=entry.line("site_name"),
            date=parse_day(entry.get("published")),
            language=entry.line("lang")[:2],
            note=entry.text("note"),
            tags=tag_names(entry.tags("labels")),
            starred=entry.flag("is_marked"),
            added=entry.moment("created"),
            read=entry.flag("is_archived"),
            highlights=tuple(highlights),
        )
        yield from left_out
        yield from entry.left_out()


FORMATS = (
    ExportFormat(
        service="Readeck",
        kind="JSON",
        recognises=lambda file: {"url", "labels", "is_archived"} <= file.first_keys,
        read=_read,
    ),
)
