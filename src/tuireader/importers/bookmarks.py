"""Reads bookmarks: Netscape files of browsers and other services, browsers' JSON, Pinboard."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
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
    clean_line_of,
    clean_text_of,
    linked_entries,
    list_or_empty,
    parse_moment,
    tag_names,
    web_address,
)

_ROOTS = frozenset(
    {"bookmarks", "bookmarks bar", "bookmarks toolbar", "bookmarks menu", "other bookmarks"}
)
_DEEPEST = 100
_FROM_1601_TO_1970 = 11_644_473_600
"""Seconds between the beginnings of the two clocks."""
_NETSCAPE = re.compile(r"<!DOCTYPE NETSCAPE-Bookmark-file", re.IGNORECASE)
_USED = frozenset({"href", "tags", "add_date", "time_added", "toread", "data-important"})
_UNUSED = {"icon", "icon_uri", "last_modified", "last_visit", "last_charset", "target", "class"}
_NOUNS = {
    "shortcuturl": "keyword",
    "feedurl": "feed address",
    "private": "sharing setting",
    "data-cover": "cover",
}
_IGNORED_VALUE = re.compile(r"(?:0|false)?$")


def _read_pinboard(file: ExportFile) -> ImportedItems:
    """Read a Pinboard export (JSON): yield one item for each bookmark.

    Bookmarks that are not marked "to read" are read. Those without a web address are yielded as
    `Skipped`.
    """
    for found in linked_entries(file, "href"):
        if isinstance(found, Skipped):
            yield found
            continue
        entry, address = found
        entry.ignore("meta")
        yield ImportItem(
            title=entry.line("description") or address,
            address=address,
            tags=tag_names(entry.line("tags").split()),
            note=entry.text("extended"),
            added=entry.moment("time"),
            read=not entry.flag("toread"),
        )
        yield from entry.left_out({"shared": "sharing setting"})


def _read_browser_json(file: ExportFile) -> ImportedItems:
    """Read the bookmarks of Firefox or Chrome (JSON): yield one item for each.

    The names of folders become tags; nodes without a web address are ignored.
    """
    root = file.fields
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
                title=title or address,
                address=address,
                tags=tag_names([*folders, *own]),
                added=_browser_time(node),
            )
            if node.get("keyword"):
                yield LeftOut("keyword")
        elif len(folders) < _DEEPEST:
            below = list_or_empty(node.get("children"))
            deep = str(node.get("id")) not in {"1", "2", "3"} and not node.get("root")
            inside = (*folders, title) if deep and title else folders
            waiting[:0] = [(child, inside) for child in below]


def _browser_time(node: dict[str, Any]) -> dt.datetime | None:
    """Return when a bookmark was added; None if the node states no valid time.

    Browsers write microseconds since 1970 (Firefox) or 1601 (Chrome).
    """
    if "dateAdded" in node:
        return parse_moment(node["dateAdded"])
    given = clean_line_of(node.get("date_added"))
    since_1601 = int(given[:20]) if given.isdecimal() else 0
    return parse_moment(since_1601 / 1_000_000 - _FROM_1601_TO_1970) if since_1601 else None


def read_netscape(file: ExportFile, *, sections: bool = False) -> ImportedItems:
    """Read a Netscape bookmark file, or the HTML of Pocket or Instapaper.

    Yields one item for each link. The names of folders become tags, and with `sections` the
    headings of sections too; links without a web address are yielded as `Skipped`.
    """
    text = file.text
    parser = _Netscape(sections=sections)
    for start in range(0, len(text), 100_000):
        parser.feed(text[start : start + 100_000])
        yield from parser.taken()
    parser.close()
    yield from parser.taken(last=True)
    yield from parser.left_out


class _Netscape(HTMLParser):
    """A parser that collects the links of a bookmark file, with the names of their folders."""

    def __init__(self, *, sections: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._sections = sections
        self._section = ""
        self._found: list[ImportItem | Skipped] = []
        self.left_out: list[LeftOut] = []
        self._folders: list[str] = []
        self._heading: str | None = None
        self._link: dict[str, str] | None = None
        self._words: list[str] = []
        self._noting = False
        self._read = self._starred = False
        self._count = 0

    def taken(self, *, last: bool = False) -> Iterator[ImportItem | Skipped]:
        """Yield the complete links that were not yielded yet.

        The newest link is held back unless `last` is true, because its description may follow.
        """
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
            state = words.casefold()
            self._read = state in {"read archive", "archive"}
            is_folder = self._sections and state not in {"unread", "archive"}
            self._starred = self._sections and state == "starred"
            self._section = words if is_folder and not self._starred else ""
            self._heading = None
        elif tag == "h3":
            self._folders.append("" if words.casefold() in _ROOTS else words)
            self._heading = None
        elif tag == "dl" and self._folders:
            self._folders.pop()

    def handle_data(self, data: str) -> None:
        """Collect the text of a link, heading or description."""
        if self._link is not None or self._heading or self._noting:
            self._words.append(data)

    def close(self) -> None:
        """Finish the last description."""
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
        """Add a link with its attributes and its text, or `Skipped` if it has no web address."""
        self._count += 1
        address = web_address(link.get("href"))
        if not address:
            self._found.append(Skipped(f"link {self._count}", NO_ADDRESS))
            return
        for name, value in link.items():
            if value and name not in _USED | _UNUSED and not _IGNORED_VALUE.match(value):
                self.left_out.append(LeftOut(_NOUNS.get(name, name[:40])))
        self._found.append(
            ImportItem(
                title=words or address,
                address=address,
                tags=tag_names([self._section, *self._folders, *link.get("tags", "").split(",")]),
                added=parse_moment(link.get("add_date") or link.get("time_added")),
                starred=self._starred or link.get("data-important") == "true",
                read=self._read or link.get("toread") == "0",
            )
        )


FORMATS = (
    ExportFormat(
        service="Pinboard",
        kind="JSON",
        recognises=lambda file: {"href", "description"} <= file.first_keys,
        read=_read_pinboard,
    ),
    ExportFormat(
        service="a browser",
        programs="bookmarks of browsers and of other services",
        kind="JSON",
        recognises=lambda file: (
            "roots" in file.fields
            or file.fields.get("root") == "placesRoot"
            or file.fields.get("type") == "text/x-moz-place-container"
        ),
        read=_read_browser_json,
    ),
    ExportFormat(
        service="a browser",
        programs="bookmarks of browsers and of other services",
        kind="HTML",
        recognises=lambda file: bool(_NETSCAPE.search(file.head)),
        read=read_netscape,
    ),
)
