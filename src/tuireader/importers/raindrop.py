"""Reads Raindrop.io exports: a table of bookmarks with highlights and folders (CSV)."""

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import linked_entries, tag_names
from tuireader.importers.highlights import labelled_highlights

_NO_FOLDERS = frozenset({"unsorted", "trash", "all"})


def _read(file: ExportFile) -> ImportedItems:
    """Read a table of bookmarks (CSV): yield one item for each with its highlights.

    The names of folders become tags. Rows without a web address are yielded as `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        row, address = found
        folders = [folder.strip() for folder in row.line("folder").split("/")]
        yield ImportItem(
            title=row.line("title") or address,
            address=address,
            note=row.text("note"),
            added=row.moment("created"),
            tags=tag_names(
                [
                    *(folder for folder in folders if folder.casefold() not in _NO_FOLDERS),
                    *row.tags("tags"),
                ]
            ),
            starred=row.flag("favorite"),
            highlights=tuple(labelled_highlights(row.text("highlights"))),
        )
        yield from row.left_out()


FORMATS = (
    ExportFormat(
        service="Raindrop.io",
        kind="CSV",
        recognises=lambda file: {"url", "folder", "excerpt", "created"} <= file.columns,
        read=_read,
    ),
)
