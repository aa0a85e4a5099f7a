"""Reads Hypothesis exports: a list of annotations, each with its page and quoted text."""

from dataclasses import replace
from typing import Any

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    list_or_empty,
    parse_moment,
    tag_names,
    web_address,
)
from tuireader.importers.model import ImportedItems, Skipped


def is_hypothesis(first: Any) -> bool:
    """Return whether the first entry of a JSON list is a Hypothesis annotation."""
    return isinstance(first, dict) and "uri" in first and "target" in first


def read_hypothesis(entries: list[Any]) -> ImportedItems:
    """Read the annotated pages; an annotation without quoted text is a note on the whole page."""
    pages: dict[str, ImportItem] = {}
    for number, entry in enumerate(entries, 1):
        address = web_address(entry.get("uri")) if isinstance(entry, dict) else ""
        if not address:
            yield Skipped(f"entry {number}", "its page has no web address")
            continue
        page = pages.get(address) or ImportItem(title=_title(entry) or address, address=address)
        note, tags = clean_text_of(entry.get("text")), tag_names(list_or_empty(entry.get("tags")))
        quote = _quote(entry)
        if quote:
            highlight = Highlight(
                words=clean_text_of(quote.get("exact")),
                prefix=str(quote.get("prefix") or ""),
                suffix=str(quote.get("suffix") or ""),
                note=note,
                tags=tags,
                created=parse_moment(entry.get("created")),
            )
            page = replace(page, highlights=(*page.highlights, highlight))
        elif entry.get("references"):
            yield Skipped(f"entry {number}", "it is a reply to an annotation")
        else:
            both = "\n\n".join(filter(None, [page.note, note]))
            page = replace(page, note=both, tags=tag_names([*page.tags, *tags]))
        pages[address] = page
    yield from pages.values()


def _title(entry: dict[str, Any]) -> str:
    """Return the title of an annotation's page; empty if it has none."""
    document = entry.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    return next(
        (clean_line_of(title) for title in list_or_empty(titles) if clean_line_of(title)),
        clean_line_of(titles),
    )


def _quote(entry: dict[str, Any]) -> dict[str, Any] | None:
    """Return the text quote selector of an annotation; None if it has none."""
    for target in list_or_empty(entry.get("target")):
        for selector in list_or_empty(target.get("selector")) if isinstance(target, dict) else ():
            if isinstance(selector, dict) and clean_text_of(selector.get("exact")):
                return selector
    return None
