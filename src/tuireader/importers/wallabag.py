"""Reads wallabag exports: articles with content, tags and annotations (JSON, versions 1 and 2)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import (
    NO_ADDRESS,
    ExportFile,
    ExportFormat,
    ImportedItems,
    Skipped,
)
from tuireader.importers.fields import (
    Entry,
    is_record,
    list_or_empty,
    parse_day,
    tag_names,
    unique_names,
)
from tuireader.sources.html.parser import parse_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STEP = re.compile(r"/([a-z][a-z0-9]*)(?:\[(\d{1,5})\])?", re.IGNORECASE)
_CONTEXT = 64


def _read(file: ExportFile) -> ImportedItems:
    """Read an export (JSON): yield one item for each article with its content, if present.

    Entries without a web address are yielded as `Skipped`.
    """
    for number, given in enumerate(file.entries, 1):
        entry = Entry(given if is_record(given) else {})
        address = entry.address("origin_url", "url", "given_url")
        if not address:
            yield Skipped(f"entry {number}", NO_ADDRESS)
            continue
        entry.ignore("origin_url", "url", "given_url", "hashed_url", "hashed_given_url", "mimetype")
        entry.ignore("updated_at", "archived_at", "starred_at", "is_public", "http_status")
        entry.ignore("reading_time", "user_name", "user_email", "headers", "_links", "uid")
        content = entry.get("content")
        html = content if isinstance(content, str) else ""
        yield ImportItem(
            title=entry.line("title") or address,
            address=address,
            author=", ".join(unique_names(list_or_empty(entry.get("published_by")))),
            outlet=entry.line("domain_name"),
            date=parse_day(entry.get("published_at")),
            language=entry.line("language")[:2],
            read=entry.flag("is_archived", "is_read"),
            tags=tag_names(entry.tags("tags")),
            starred=entry.flag("is_starred"),
            added=entry.moment("created_at"),
            html=html,
            highlights=tuple(_highlights(list(entry.records("annotations")), html, address)),
        )
        yield from entry.left_out({"preview_picture": "preview picture"})


def _highlights(annotations: list[Entry], html: str, address: str) -> Iterator[Highlight]:
    """Yield the annotations of an article as highlights.

    The text around each is taken from the content (`html`), if its range can be resolved. `address`
    is the article's, for messages.
    """
    content = _AnnotatedContent(html, address) if annotations and html else None
    for given in annotations:
        words = given.text("quote")
        before, after = "", ""
        ranges = list_or_empty(given.get("ranges"))
        if words and content and ranges and is_record(ranges[0]):
            before, after = content.around(ranges[0])
        yield Highlight(
            words=words,
            note=given.text("text"),
            created=given.moment("created_at"),
            prefix=before,
            suffix=after,
        )


class _AnnotatedContent:
    """The content of an article, in which the ranges of annotations are resolved.

    A range has the paths of two elements and an offset in each.
    """

    def __init__(self, html: str, address: str) -> None:
        """Parse the content; if that fails, no range can be resolved.

        `address` is the article's, for messages.
        """
        self._root: HtmlElement | None = None
        self._starts: dict[HtmlElement, int] = {}
        self._text = ""
        try:
            self._root = parse_html(f"<body>{html}</body>", address).find("body")
        except SourceError:
            return
        if self._root is not None:
            self._text = self._indexed(self._root)

    def around(self, given: dict[str, Any]) -> tuple[str, str]:
        """Return the text before and after a range, at most 64 code points each.

        Both are "" if the range cannot be resolved. `given` has start, startOffset, end and
        endOffset.
        """
        start = self._offset(given.get("start"), given.get("startOffset"))
        end = self._offset(given.get("end"), given.get("endOffset"))
        if start is None or end is None or not 0 <= start <= end <= len(self._text):
            return "", ""
        return self._text[max(0, start - _CONTEXT) : start], self._text[end : end + _CONTEXT]

    def _indexed(self, root: "HtmlElement") -> str:
        """Return the text of the content, and store where each element starts in it."""
        from lxml.etree import iterwalk  # noqa: PLC0415 - 15 ms, only for annotated articles

        parts: list[str] = []
        length = 0
        for kind, node in iterwalk(root, events=("start", "end", "comment", "pi")):
            if kind == "start":
                self._starts[node] = length
            text = (node.text if kind == "start" else node.tail) or ""
            parts.append(text)
            length += len(text)
        return "".join(parts)

    def _offset(self, path: Any, offset: Any) -> int | None:
        """Return the offset in the whole text of an offset in an element.

        `path` is the XPath of the element. None if there is no such place.
        """
        node: HtmlElement | None = self._root
        if node is None or not isinstance(path, str) or not str(offset).isdecimal():
            return None
        for tag, number in _STEP.findall(path[:500]):
            same = list(node.iterchildren(tag.lower()))
            place = int(number or 1) - 1
            if not 0 <= place < len(same):
                return None
            node = same[place]
        return self._starts[node] + int(str(offset)[:10])


def _recognises(file: ExportFile) -> bool:
    """Return whether the first entry is an article with a state, as in version 1 or 2."""
    return "url" in file.first_keys and bool({"is_archived", "is_read"} & file.first_keys)


FORMATS = (ExportFormat(service="wallabag", kind="JSON", recognises=_recognises, read=_read),)
