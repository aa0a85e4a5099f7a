"""Reads Omnivore exports: lists of articles, with files for their content and highlights."""

import re
from collections.abc import Mapping
from typing import Any

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    list_or_empty,
    parse_day,
    parse_moment,
    tag_names,
    web_address,
)
from tuireader.importers.model import ImportedItems, Skipped

ArchiveFiles = Mapping[str, str]
"""Other files of the archive by their paths, such as `content/SLUG.html`."""

_QUOTED = re.compile(r"(?:^> ?.*\n?)+", re.MULTILINE)


def is_omnivore(first: Any) -> bool:
    """Return whether the first entry of a JSON list is in Omnivore's format."""
    return isinstance(first, dict) and {"slug", "url", "state"} <= first.keys()


def read_omnivore(entries: list[Any], files: ArchiveFiles) -> ImportedItems:
    """Read the articles with their labels, state, content and highlights."""
    for number, entry in enumerate(entries, 1):
        address = web_address(entry.get("url")) if isinstance(entry, dict) else ""
        if not address:
            yield Skipped(f"entry {number}", "it has no web address")
            continue
        slug = clean_line_of(entry.get("slug"))
        own = [_highlight(given) for given in list_or_empty(entry.get("highlights"))]
        aside = _from_markdown(files.get(f"highlights/{slug}.md", ""))
        yield ImportItem(
            title=clean_line_of(entry.get("title")) or address,
            address=address,
            author=clean_line_of(entry.get("author")),
            date=parse_day(entry.get("publishedAt")),
            read=clean_line_of(entry.get("state")).casefold() == "archived",
            tags=tag_names(list_or_empty(entry.get("labels"))),
            added=parse_moment(entry.get("savedAt")),
            html=files.get(f"content/{slug}.html", ""),
            highlights=tuple(found for found in own if found) or aside,
        )


def _highlight(given: Any) -> Highlight | None:
    """Return a highlight; None if it has no text."""
    if not isinstance(given, dict) or not clean_text_of(given.get("quote")):
        return None
    return Highlight(
        words=clean_text_of(given.get("quote")),
        note=clean_text_of(given.get("annotation")),
        tags=tag_names(list_or_empty(given.get("labels"))),
        prefix=str(given.get("prefix") or ""),
        suffix=str(given.get("suffix") or ""),
        created=parse_moment(given.get("createdAt")),
    )


def _from_markdown(text: str) -> tuple[Highlight, ...]:
    """Return the block quotations of a highlights file, with the notes and tags below each."""
    found = []
    quotes = list(_QUOTED.finditer(text))
    for number, quote in enumerate(quotes):
        end = quotes[number + 1].start() if number + 1 < len(quotes) else len(text)
        words = "\n".join(line.lstrip("> ").rstrip() for line in quote[0].splitlines())
        words = words.partition(" [⤴️](")[0]
        note = text[quote.end() : end]
        tags = tag_names(re.findall(r"(?:^|\s)#([\w-]+)", note))
        note = re.sub(r"(?:^|(?<=\s))#[\w-]+", "", note).strip()
        if words.strip():
            found.append(Highlight(words=words.strip(), note=clean_text_of(note), tags=tags))
    return tuple(found)
