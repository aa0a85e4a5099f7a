"""Bookmarks: Netscape files of browsers and Pocket, Pinboard, and browsers' own JSON."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from tuireader.domain.import_item import ImportItem
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    is_true,
    list_or_empty,
    parse_moment,
    tag_names,
    web_address,
)
from tuireader.importers.model import ImportedItems, Skipped

_ROOTS = frozenset(
    {"bookmarks", "bookmarks bar", "bookmarks toolbar", "bookmarks menu", "other bookmarks"}
)
_DEEPEST = 100


def is_pinboard(first: Any) -> bool:
    """Return whether the first entry of a JSON list is in Pinboard's format."""
    return isinstance(first, dict) and {"href", "description"} <= first.keys()


def read_pinboard(entries: list[Any]) -> ImportedItems:
    """Read the bookmarks of a Pinboard export; those marked "to read" are unread."""
    for number, entry in enumerate(entries, 1):
        address = web_address(entry.get("href")) if isinstance(entry, dict) else ""
        if not address:
            yield Skipped(f"entry {number}", "it has no web address")
            continue
        yield ImportItem(
            title=clean_line_of(entry.get("description")) or address,
            address=address,
            tags=tag_names(clean_line_of(entry.get("tags")).split()),
            note=clean_text_of(entry.get("extended")),
            added=parse_moment(entry.get("time")),
            read=not is_true(entry.get("toread")),
        )


def has_web_address(first: Any) -> bool:
    """Return whether a JSON list's first entry has a web address; a title is not required."""
    return isinstance(first, dict) and bool(
        web_address(first.get("url")) or web_address(first.get("article__url"))
    )


def read_link_list(entries: list[Any]) -> ImportedItems:
    """Read a JSON list of links from an unknown service, by common field names."""
    for number, entry in enumerate(entries, 1):
        given = entry if isinstance(entry, dict) else {}
        address = web_address(given.get("url")) or web_address(given.get("article__url"))
        if not address:
            yield Skipped(f"entry {number}", "it has no web address")
            continue
        tags = given.get("tags")
        title = given.get("title") or given.get("name") or given.get("article__title")
        moment = (given.get(name) for name in ("created_at", "createdAt", "created", "date_added"))
        yield ImportItem(
            title=clean_line_of(title) or address,
            address=address,
            tags=tag_names(tags.split(",") if isinstance(tags, str) else list_or_empty(tags)),
            note=clean_text_of(given.get("description")),
            added=next(filter(None, map(parse_moment, moment)), None),
            read=is_true(given.get("archive", given.get("read", False))),
        )


def read_browser_json(root: dict[str, Any]) -> ImportedItems:
    """Read the bookmarks in Firefox's or Chrome's JSON; folder names become tags."""
    tops = root.get("roots")
    waiting: list[tuple[Any, tuple[str, ...]]] = [
        (node, ()) for node in (tops.values() if isinstance(tops, dict) else (root,))
    ]
    while waiting:
        node, folders = waiting.pop(0)
        if not isinstance(node, dict):
            continue
        address = web_address(node.get("url")) or web_address(node.get("uri"))
        title = clean_line_of(node.get("name") or node.get("title"))
        if address:
            own = clean_line_of(node.get("tags")).split(",")
            yield ImportItem(
                title=title or address, address=address, tags=tag_names([*folders, *own])
            )
        elif len(folders) < _DEEPEST:
            below = list_or_empty(node.get("children"))
            deep = node.get("id") not in {"1", "2", "3"} and not node.get("root")
            inside = (*folders, title) if deep and title else folders
            waiting[:0] = [(child, inside) for child in below]


def read_netscape(text: str) -> ImportedItems:
    """Read a Netscape bookmark file, or Pocket's HTML export; folder names become tags."""
    parser = _Netscape()
    for start in range(0, len(text), 100_000):
        parser.feed(text[start : start + 100_000])
        yield from parser.taken()
    parser.close()
    yield from parser.taken(last=True)


class _Netscape(HTMLParser):
    """Collects links with the names of their folders."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[ImportItem | Skipped] = []
        self._folders: list[str] = []
        self._heading: str | None = None
        self._link: dict[str, str] | None = None
        self._words: list[str] = []
        self._noting = False
        self._read = False
        self._count = 0

    def taken(self, *, last: bool = False) -> Iterator[ImportItem | Skipped]:
        """Return the complete links; the last is held back, as its description may follow."""
        ready = self._found if last else self._found[:-1]
        self._found = self._found[len(ready) :]
        yield from ready

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start a link, a folder heading or a description."""
        self._end_note()
        if tag == "a":
            self._link = {name: value or "" for name, value in attrs}
            self._words = []
        elif tag in {"h1", "h3"}:
            self._heading, self._words = tag, []
        elif tag == "dd":
            self._noting, self._words = True, []

    def handle_endtag(self, tag: str) -> None:
        """End a link, a folder heading or a folder."""
        self._end_note()
        words = clean_line_of("".join(self._words))
        if tag == "a" and self._link is not None:
            self._add(self._link, words)
            self._link = None
        elif tag == "h1":
            self._read = words.casefold() == "read archive"
            self._heading = None
        elif tag == "h3":
            self._folders.append("" if words.casefold() in _ROOTS else words)
            self._heading = None
        elif tag == "dl" and self._folders:
            self._folders.pop()

    def handle_data(self, data: str) -> None:
        if self._link is not None or self._heading or self._noting:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_note()

    def _end_note(self) -> None:
        """Add the collected description to the last link."""
        if not self._noting:
            return
        self._noting = False
        note = clean_text_of("".join(self._words))
        last = self._found[-1] if self._found else None
        if note and isinstance(last, ImportItem):
            self._found[-1] = replace(last, note=note)

    def _add(self, link: dict[str, str], words: str) -> None:
        """Add a link, or the reason why it is skipped."""
        self._count += 1
        address = web_address(link.get("href"))
        if not address:
            self._found.append(Skipped(f"link {self._count}", "it has no web address"))
            return
        self._found.append(
            ImportItem(
                title=words or address,
                address=address,
                tags=tag_names([*self._folders, *link.get("tags", "").split(",")]),
                added=parse_moment(link.get("add_date") or link.get("time_added")),
                read=self._read or link.get("toread") == "0",
            )
        )
