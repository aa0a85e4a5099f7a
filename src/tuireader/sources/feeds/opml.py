"""Reads and writes OPML, the exchange format for lists of feeds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.document import parse_document
from tuireader.sources.feeds.list_entry import FeedListEntry, listed_feed
from tuireader.sources.feeds.titles import title_of_rss
from tuireader.sources.stated_encoding import decode_stated
from tuireader.sources.web.subscriptions import Subscription

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEED_TYPES = frozenset({"rss", "rss1", "rss2", "atom", "feed"})


def parse_opml(data: bytes, location: str) -> Iterator[FeedListEntry]:
    """Yield the feeds of an OPML list in order, and an error for each invalid address.

    The folders that a feed is in, and its categories, become its tags. Outlines with `isComment`
    are left out. `location` is the path that errors name. Raises SourceError if the list cannot be
    read.
    """
    try:
        root, _ = parse_document(decode_stated(data), location)
    except SourceError as error:
        raise SourceError(location, error.reason.replace("feed", "list of feeds")) from error
    stack: list[tuple[Iterator[_Element], str]] = [(iter(root), "")]
    while stack:
        elements, folder = stack[-1]
        element = next(elements, None)
        if element is None:
            stack.pop()
            continue
        if not isinstance(element.tag, str):
            continue
        attributes = {str(name).lower(): str(value).strip() for name, value in element.items()}
        if attributes.get("iscomment", "").lower() == "true":
            continue
        title = title_of_rss(attributes.get("text") or attributes.get("title") or "")
        address = _address(attributes)
        if address:
            yield listed_feed(address, title, (folder, *_categories(attributes)))
        is_folder = _is_outline(element) and not address
        inner = "/".join(filter(None, (folder, title.replace("/", "-")))) if is_folder else folder
        stack.append((iter(element), inner))


def _is_outline(element: "_Element") -> bool:
    """Return whether an element is an outline, in any namespace."""
    return str(element.tag).rpartition("}")[2].lower() == "outline"


def _address(attributes: dict[str, str]) -> str:
    """Return the address of the feed that an outline names; empty if it names none.

    `attributes` are those of the outline, by their names in lower case.
    """
    if attributes.get("xmlurl"):
        return attributes["xmlurl"]
    return attributes.get("url", "") if attributes.get("type", "").lower() in _FEED_TYPES else ""


def _categories(attributes: dict[str, str]) -> Iterator[str]:
    """Return the names in an outline's `category`: comma-separated, with slashes in between.

    Nothing if it has none.
    """
    for category in attributes.get("category", "").split(","):
        yield category.strip().strip("/")


def write_opml(feeds: Iterable[Subscription]) -> str:
    """Return the feeds as an OPML 2.0 document, each in the folder that its first tag names.

    A feed without tags is in no folder; no feeds give an empty list. Each folder is written once,
    where its first feed is.
    """
    top = _Folder()
    for feed in feeds:
        folder = top
        for level in filter(None, (feed.tags[0] if feed.tags else "").split("/")):
            folder = folder.subfolder(level)
        folder.content.append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head><title>tuireader</title></head>",
        "<body>",
        *top.lines(),
        "</body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines)


@dataclass(slots=True)
class _Folder:
    """A folder while a list is written."""

    name: str = ""
    content: list["Subscription | _Folder"] = field(default_factory=list)
    """Its feeds and folders, in the order in which they are written."""
    folders: dict[str, "_Folder"] = field(default_factory=dict)
    """The folders in it by name."""

    def subfolder(self, name: str) -> "_Folder":
        """Return the folder in this one with a name; it is created if there is none."""
        if name not in self.folders:
            self.folders[name] = _Folder(name)
            self.content.append(self.folders[name])
        return self.folders[name]

    def lines(self) -> Iterator[str]:
        """Yield the lines of what is in the folder."""
        for each in self.content:
            if isinstance(each, _Folder):
                yield f'<outline text="{escape(each.name)}" title="{escape(each.name)}">'
                yield from each.lines()
                yield "</outline>"
            else:
                yield _outline(each)


def _outline(feed: Subscription) -> str:
    """Return the outline of a feed."""
    title, address = escape(feed.shown_title), escape(feed.address)
    # The folder says what the first tag is.
    others = ",".join(tag.replace(",", " ") for tag in feed.tags[1:])
    category = f' category="{escape(others)}"' if others else ""
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{address}"{category}/>'
