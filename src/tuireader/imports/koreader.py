"""KOReader: the JSON of its exporter, and the `metadata.*.lua` beside a book."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tuireader.domain.imported import Highlight, Item
from tuireader.imports.fields import colour_of, line_of, list_of, moment_of, text_of
from tuireader.imports.values import Found, Skipped


def is_koreader(value: Any) -> bool:
    """Whether a JSON document is one of KOReader's exporter."""
    return isinstance(value, dict) and (
        isinstance(value.get("documents"), list)
        or ("entries" in value and ("md5sum" in value or "title" in value))
    )


def read_koreader(value: dict[str, Any]) -> Found:
    """The books with their highlights."""
    for number, book in enumerate(list_of(value.get("documents")) or [value], 1):
        if not isinstance(book, dict) or not line_of(book.get("title")):
            yield Skipped(f"book {number}", "it has no title")
            continue
        entries = [given for given in list_of(book.get("entries")) if isinstance(given, dict)]
        marked = (given for given in entries if given.get("sort", "highlight") == "highlight")
        found = filter(None, (_highlight(given, given.get("time")) for given in marked))
        yield Item(
            title=line_of(book.get("title")),
            author=line_of(book.get("author")),
            highlights=tuple(found),
        )


def read_sidecar(table: dict[Any, Any]) -> Found:
    """The one book of a `metadata.*.lua`, with its state."""
    said = _table(table.get("doc_props")) or _table(table.get("stats"))
    title = line_of(said.get("title")) or line_of(_table(table.get("stats")).get("title"))
    if not title:
        yield Skipped("the book", "it has no title")
        return
    annotations = _values(table.get("annotations"))
    if annotations:
        marked = (given for given in annotations if given.get("drawer"))
        highlights = [_highlight(given, given.get("datetime")) for given in marked]
    else:
        highlights = [*_older(table)]
    yield Item(
        title=title,
        author=line_of(said.get("authors") or said.get("author")).replace("\\n", ", "),
        language=line_of(said.get("language"))[:2],
        note=text_of(_table(table.get("summary")).get("note")),
        read=_table(table.get("summary")).get("status") == "complete",
        highlights=tuple(filter(None, highlights)),
    )


def _highlight(given: dict[Any, Any], moment: Any) -> Highlight | None:
    words = text_of(given.get("text"))
    if not words:
        return None
    page = given.get("pageno") or given.get("page")
    parts = (line_of(given.get("chapter")), f"page {page}" if isinstance(page, int) else "")
    return Highlight(
        words=words,
        note=text_of(given.get("note")),
        colour=colour_of(given.get("color")),
        created=moment_of(moment),
        where=", ".join(filter(None, parts)),
    )


def _older(table: dict[Any, Any]) -> Iterator[Highlight]:
    """Highlights as KOReader kept them before 2024: by page, their notes in the bookmarks."""
    notes: dict[str, str] = {}
    for mark in _values(table.get("bookmarks")):
        words, note = text_of(mark.get("notes")), text_of(mark.get("text"))
        if words and note and words not in note:
            notes[words] = note
    for page in _table(table.get("highlight")).values():
        for given in _values(page):
            if found := _highlight(given, given.get("datetime")):
                yield replace(found, note=notes.get(found.words, ""))


def _table(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _values(value: Any) -> list[dict[Any, Any]]:
    return [given for given in _table(value).values() if isinstance(given, dict)]
