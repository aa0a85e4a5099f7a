"""Reads Linkwarden exports: collections with their links (JSON)."""

from typing import Any

from tuireader.domain.import_item import ImportItem
from tuireader.importers.export import (
    NO_ADDRESS,
    ExportFile,
    ExportFormat,
    ImportedItems,
    LeftOut,
    Skipped,
)
from tuireader.importers.fields import (
    Entry,
    clean_line_of,
    is_record,
    list_or_empty,
    tag_names,
)
from tuireader.importers.highlights import highlights_in

_NO_COLLECTION = "unorganized"
_DEEPEST = 20


def _read(file: ExportFile) -> ImportedItems:
    """Read an export (JSON): yield one item for each link, in the order of the collections.

    The names of collections become tags; pinned links are starred.
    """
    pinned = {
        str(link.get("id"))
        for link in list_or_empty(file.fields.get("pinnedLinks"))
        if is_record(link)
    }
    collections = list(filter(is_record, list_or_empty(file.fields.get("collections"))))
    by_id = {str(collection.get("id")): collection for collection in collections}
    for collection in collections:
        name = clean_line_of(collection.get("name"))
        if clean_line_of(collection.get("description")):
            yield LeftOut("collection description")
        if feeds := list_or_empty(collection.get("rssSubscriptions")):
            yield LeftOut("feed subscription", len(feeds))
        for number, link in enumerate(list_or_empty(collection.get("links")), 1):
            entry = Entry(link if is_record(link) else {})
            yield from _link(entry, f"link {number} of “{name}”", _path(collection, by_id), pinned)


def _path(collection: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[str]:
    """Return the names of a collection and those that contain it, the outermost first.

    `by_id` has all collections. Empty for the collection of unsorted links.
    """
    names: list[str] = []
    current: dict[str, Any] | None = collection
    while current is not None and len(names) < _DEEPEST:
        names.insert(0, clean_line_of(current.get("name")))
        current = by_id.get(str(current.get("parentId")))
    return [name for name in names if name.casefold() != _NO_COLLECTION]


def _link(entry: Entry, where: str, path: list[str], pinned: set[str]) -> ImportedItems:
    """Yield the item of a link with its highlights, and what is left out.

    Args:
        entry: The fields of the link.
        where: Its place in the export, to be stated if it is skipped.
        path: The names of its collections.
        pinned: The ids of the links that are starred.
    """
    address = entry.address("url")
    if not address:
        kind = entry.line("type")
        is_file = kind not in {"", "url", "link"}
        yield Skipped(
            where, "it is a file that the export does not hold" if is_file else NO_ADDRESS
        )
        return
    starred = str(entry.get("id")) in pinned or bool(list_or_empty(entry.get("pinnedBy")))
    entry.ignore("type", "collectionId", "updatedAt", "lastPreserved", "createdById")
    highlights, left_out = highlights_in(entry, "highlights", "highlight")
    yield ImportItem(
        title=entry.line("name", "title") or address,
        address=address,
        note=entry.text("description"),
        tags=tag_names([*path, *entry.tags("tags")]),
        starred=starred,
        added=entry.moment("importDate", "createdAt"),
        highlights=tuple(highlights),
    )
    yield from left_out
    yield from entry.left_out({"image": "picture", "pdf": "PDF copy", "preview": "preview picture"})


def _recognises(file: ExportFile) -> bool:
    """Return whether a JSON document has collections, the first of which has a list of links."""
    collections = list_or_empty(file.fields.get("collections"))
    first = collections[0] if collections else None
    return is_record(first) and isinstance(first.get("links"), list)


FORMATS = (ExportFormat(service="Linkwarden", kind="JSON", recognises=_recognises, read=_read),)
