"""Reads Pocket exports: tables of articles (CSV), pages of links (HTML), and highlights (JSON)."""

import re

from tuireader.domain.import_item import ImportItem
from tuireader.importers.bookmarks import read_netscape
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import linked_entries, tag_names
from tuireader.importers.highlights import highlights_in

_PAGE = re.compile(r"<title>\s*Pocket Export", re.IGNORECASE)


def _read_table(file: ExportFile) -> ImportedItems:
    """Read a table of articles (CSV): yield one item for each; tags are separated by "|".

    Rows without a web address are yielded as `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        row, address = found
        row.ignore("cursor")
        yield ImportItem(
            title=row.line("title") or address,
            address=address,
            added=row.moment("time_added"),
            tags=tag_names(row.line("tags").split("|")),
            read=row.line("status") == "archive",
        )
        yield from row.left_out()


def _read_highlights(file: ExportFile) -> ImportedItems:
    """Read a list of highlights (JSON): yield one item for each article with its highlights.

    The other fields of these articles are in the tables of the same export.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        highlights, left_out = highlights_in(entry, "highlights")
        title = entry.line("title") or address
        yield ImportItem(title=title, address=address, highlights=tuple(highlights))
        yield from left_out
        yield from entry.left_out()


def _has_highlights(file: ExportFile) -> bool:
    """Return whether a JSON list has articles with quotes, as Pocket's `annotations` files do."""
    if not {"url", "highlights"} <= file.first_keys or len(file.first_keys) > 4:
        return False
    highlights = file.entries[0]["highlights"]
    first = highlights[0] if isinstance(highlights, list) and highlights else None
    return isinstance(first, dict) and "quote" in first


FORMATS = (
    ExportFormat(
        service="Pocket",
        kind="CSV",
        recognises=lambda file: {"title", "url", "time_added"} <= file.columns,
        read=_read_table,
    ),
    ExportFormat(
        service="Pocket",
        kind="HTML",
        recognises=lambda file: bool(_PAGE.search(file.head)),
        read=read_netscape,
    ),
    ExportFormat(service="Pocket", kind="JSON", recognises=_has_highlights, read=_read_highlights),
)
