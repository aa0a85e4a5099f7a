"""Reads GoodLinks exports: a list of links with highlights (JSON)."""

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import linked_entries, tag_names
from tuireader.importers.highlights import highlights_in


def _read(file: ExportFile) -> ImportedItems:
    """Read a list of links (JSON): yield one item for each with its highlights.

    Links with a time of reading are read. Those without a web address are yielded as `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        highlights, left_out = highlights_in(entry, "highlights")
        read_at = entry.get("readAt")
        yield ImportItem(
            title=entry.line("title") or address,
            address=address,
            author=entry.line("author"),
            note=entry.text("note"),
            tags=tag_names(entry.tags("tags")),
            starred=entry.flag("starred"),
            added=entry.moment("addedAt"),
            read=bool(read_at) and read_at != "0",
            highlights=tuple(highlights),
        )
        yield from left_out
        yield from entry.left_out()


FORMATS = (
    ExportFormat(
        service="GoodLinks",
        kind="JSON",
        recognises=lambda file: {"url", "addedAt"} <= file.first_keys,
        read=_read,
    ),
)
