"""Reads Instapaper exports: a table of articles with selections, folders and tags (CSV)."""

import json
import re

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.bookmarks import read_netscape
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import linked_entries, list_or_empty, tag_names

_STATES = frozenset({"unread", "archive", "starred", ""})


def _read(file: ExportFile) -> ImportedItems:
    """Read a table of articles (CSV): yield one item for each.

    A selection becomes a highlight, a folder of the user a tag. Rows without a web address are
    yielded as `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        row, address = found
        folder, state = row.line("folder"), row.line("folder").casefold()
        selection, added = row.text("selection"), row.moment("timestamp")
        tags = [*_json_list(row.line("tags")), "" if state in _STATES else folder]
        yield ImportItem(
            title=row.line("title") or address,
            address=address,
            added=added,
            tags=tag_names(tags),
            starred=state == "starred",
            read=state == "archive",
            highlights=(Highlight(words=selection, created=added),) if selection else (),
        )
        yield from row.left_out()


def _json_list(text: str) -> list[object]:
    """Return a JSON list, or text with commas, as a list; empty for "" and other JSON values."""
    try:
        return list_or_empty(json.loads(text)) if text else []
    except (ValueError, RecursionError):
        return list(text.split(","))


_PAGE = re.compile(r"<title>\s*Instapaper", re.IGNORECASE)

FORMATS = (
    ExportFormat(
        service="Instapaper",
        kind="HTML",
        recognises=lambda file: bool(_PAGE.search(file.head)),
        read=lambda file: read_netscape(file, sections=True),
    ),
    ExportFormat(
        service="Instapaper",
        kind="CSV",
        recognises=lambda file: {"url", "title", "selection", "folder"} <= file.columns,
        read=_read,
    ),
)
