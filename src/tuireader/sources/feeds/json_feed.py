"""Reads JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.model import RawEntry, RawFeed
from tuireader.sources.feeds.titles import html_of_text, title_of_text
from tuireader.sources.html.page import link_target
from tuireader.text.sanitize import sanitize_line


def read_json_feed(text: str, location: str, address: str) -> RawFeed:
    """Return a JSON Feed as it is stated; fields that it lacks are empty.

    Args:
        text: The feed.
        location: The path or URL that errors name.
        address: The URL that relative links are resolved against; may be empty.

    Raises SourceError if it is not a JSON Feed.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(location, "not a readable feed") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise SourceError(location, "not a readable feed")
    authors = tuple(_authors(found))
    entries = (_entry(item, address, authors) for item in items if isinstance(item, dict))
    return RawFeed(
        title=title_of_text(_string(found, "title")),
        link=_string(found, "home_page_url"),
        language=_string(found, "language"),
        entries=tuple(entries),
    )


def _entry(item: Mapping[str, Any], address: str, authors: tuple[str, ...]) -> RawEntry:
    """Return an entry as the feed states it.

    Args:
        item: The JSON object of the entry.
        address: The URL that relative links are resolved against.
        authors: The feed's authors, for an entry that names none.
    """
    text = _string(item, "content_text")
    html = _string(item, "content_html")
    summary = html_of_text(_string(item, "summary"))
    return RawEntry(
        title=title_of_text(_string(item, "title")),
        id=_string(item, "id"),
        link=link_target(address, _string(item, "url") or _string(item, "external_url")),
        authors=tuple(_authors(item)) or authors,
        date=_string(item, "date_published") or _string(item, "date_modified"),
        language=_string(item, "language"),
        summary=summary,
        contents=tuple(filter(None, (html, html_of_text(text), summary))),
    )


def _authors(given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names in `authors`, or in the `author` of version 1; nothing if none is stated."""
    several = given.get("authors")
    for author in several if isinstance(several, list) else [given.get("author")]:
        if isinstance(author, dict) and (name := sanitize_line(_string(author, "name"))):
            yield name


def _string(given: Mapping[str, Any], name: str) -> str:
    """Return a field's string; a number as its digits; empty for a missing or other value."""
    value = given.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
