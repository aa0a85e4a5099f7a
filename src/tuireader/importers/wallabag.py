"""Reads wallabag exports: articles with content, tags and annotations (versions 1 and 2)."""

from collections.abc import Iterator
from typing import Any

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    is_true,
    list_or_empty,
    parse_day,
    parse_moment,
    tag_names,
    unique_names,
    web_address,
)
from tuireader.importers.model import ImportedItems, Skipped


def is_wallabag(first: Any) -> bool:
    """Return whether the first entry of a JSON list is in wallabag's format, version 1 or 2."""
    return (
        isinstance(first, dict)
        and "url" in first
        and bool({"is_archived", "is_read"} & first.keys())
    )


def read_wallabag(entries: list[Any]) -> ImportedItems:
    """Read the articles, with their content if the export has it."""
    for number, entry in enumerate(entries, 1):
        address = ""
        if isinstance(entry, dict):
            address = web_address(entry.get("origin_url")) or web_address(entry.get("url"))
        if not address:
            yield Skipped(f"entry {number}", "it has no web address")
            continue
        tags = entry.get("tags")
        authors = unique_names(list_or_empty(entry.get("published_by")))
        yield ImportItem(
            title=clean_line_of(entry.get("title")) or address,
            address=address,
            author=", ".join(authors),
            outlet=clean_line_of(entry.get("domain_name")),
            date=parse_day(entry.get("published_at")),
            language=clean_line_of(entry.get("language"))[:2],
            read=is_true(entry.get("is_archived", entry.get("is_read"))),
            tags=tag_names(tags.split(",") if isinstance(tags, str) else list_or_empty(tags)),
            added=parse_moment(entry.get("created_at")),
            html=entry["content"] if isinstance(entry.get("content"), str) else "",
            highlights=tuple(_annotations(list_or_empty(entry.get("annotations")))),
        )


def _annotations(given: list[Any]) -> Iterator[Highlight]:
    """Return the annotations that quote text, as highlights."""
    for annotation in given:
        if isinstance(annotation, dict) and (words := clean_text_of(annotation.get("quote"))):
            yield Highlight(
                words=words,
                note=clean_text_of(annotation.get("text")),
                created=parse_moment(annotation.get("created_at")),
            )
