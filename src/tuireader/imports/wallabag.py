"""wallabag: a list of articles with their content, tags and annotations (version 2 and 1)."""

from collections.abc import Iterator
from typing import Any

from tuireader.domain.imported import Highlight, Item
from tuireader.imports.fields import (
    address_of,
    day_of,
    is_true,
    line_of,
    list_of,
    moment_of,
    tags_of,
    text_of,
)
from tuireader.imports.values import Found, Skipped


def is_wallabag(first: Any) -> bool:
    """Whether an entry of a JSON list is one of wallabag's, of version 1 or 2."""
    return (
        isinstance(first, dict)
        and "url" in first
        and bool({"is_archived", "is_read"} & first.keys())
    )


def read_wallabag(entries: list[Any]) -> Found:
    """The articles, with their content where the export has it."""
    for number, entry in enumerate(entries, 1):
        address = ""
        if isinstance(entry, dict):
            address = address_of(entry.get("origin_url")) or address_of(entry.get("url"))
        if not address:
            yield Skipped(f"entry {number}", "its address is none of the web")
            continue
        tags = entry.get("tags")
        authors = tags_of(list_of(entry.get("published_by")))
        yield Item(
            title=line_of(entry.get("title")) or address,
            address=address,
            author=", ".join(authors),
            outlet=line_of(entry.get("domain_name")),
            date=day_of(entry.get("published_at")),
            language=line_of(entry.get("language"))[:2],
            read=is_true(entry.get("is_archived", entry.get("is_read"))),
            tags=tags_of(tags.split(",") if isinstance(tags, str) else list_of(tags)),
            added=moment_of(entry.get("created_at")),
            html=entry["content"] if isinstance(entry.get("content"), str) else "",
            highlights=tuple(_annotations(list_of(entry.get("annotations")))),
        )


def _annotations(given: list[Any]) -> Iterator[Highlight]:
    for annotation in given:
        if isinstance(annotation, dict) and (words := text_of(annotation.get("quote"))):
            yield Highlight(
                words=words,
                note=text_of(annotation.get("text")),
                created=moment_of(annotation.get("created_at")),
            )
