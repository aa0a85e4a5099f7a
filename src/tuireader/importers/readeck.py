"""Reads Readeck exports: a list of bookmarks with labels and annotations (JSON)."""

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import (
    STARRED,
    linked_entries,
    list_or_empty,
    nearest_colour,
    parse_day,
    tag_names,
    unique_names,
)


def _read(file: ExportFile) -> ImportedItems:
    """Read the bookmarks: marked ones are starred, archived ones are read."""
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        highlights = []
        for given in entry.records("annotations", "highlights"):
            highlights.append(
                Highlight(
                    words=given.text("text"),
                    note=given.text("note"),
                    colour=nearest_colour(given.line("color")),
                    created=given.moment("created"),
                )
            )
            given.ignore("start_selector", "end_selector", "start_offset", "end_offset")
            yield from given.left_out()
        entry.ignore("site", "state", "loaded", "resources", "document_type", "updated", "type")
        entry.ignore("has_article", "is_deleted", "links", "errors", "text_direction")
        starred = STARRED if entry.flag("is_marked") else ""
        yield ImportItem(
            title=entry.line("title") or address,
            address=address,
            author=", ".join(unique_names(list_or_empty(entry.get("authors")))),
            outlet=entry.line("site_name"),
            date=parse_day(entry.get("published")),
            language=entry.line("lang")[:2],
            note=entry.text("note"),
            tags=tag_names([*entry.tags("labels"), starred]),
            added=entry.moment("created"),
            read=entry.flag("is_archived"),
            highlights=tuple(highlights),
        )
        yield from entry.left_out()


FORMATS = (
    ExportFormat(
        service="Readeck",
        kind="JSON",
        recognises=lambda file: {"url", "labels", "is_archived"} <= file.first_keys,
        read=_read,
    ),
)
