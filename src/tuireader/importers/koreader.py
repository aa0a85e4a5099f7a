"""Reads KOReader exports: the exporter's JSON, and the `metadata.*.lua` beside a book.

Lua tables are parsed as data; no code in them is run.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    list_or_empty,
    nearest_colour,
    parse_moment,
)
from tuireader.importers.model import ImportedItems, Skipped


def is_koreader(value: Any) -> bool:
    """Return whether a JSON document is from KOReader's exporter."""
    return isinstance(value, dict) and (
        isinstance(value.get("documents"), list)
        or ("entries" in value and ("md5sum" in value or "title" in value))
    )


def read_koreader(value: dict[str, Any]) -> ImportedItems:
    """Read the books with their highlights."""
    for number, book in enumerate(list_or_empty(value.get("documents")) or [value], 1):
        if not isinstance(book, dict) or not clean_line_of(book.get("title")):
            yield Skipped(f"book {number}", "it has no title")
            continue
        entries = [given for given in list_or_empty(book.get("entries")) if isinstance(given, dict)]
        marked = (given for given in entries if given.get("sort", "highlight") == "highlight")
        found = filter(None, (_highlight(given, given.get("time")) for given in marked))
        yield ImportItem(
            title=clean_line_of(book.get("title")),
            author=clean_line_of(book.get("author")),
            highlights=tuple(found),
        )


def read_sidecar(table: dict[Any, Any]) -> ImportedItems:
    """Read the book of a `metadata.*.lua`, with its highlights and whether it was read."""
    properties = _table(table.get("doc_props")) or _table(table.get("stats"))
    title = clean_line_of(properties.get("title")) or clean_line_of(
        _table(table.get("stats")).get("title")
    )
    if not title:
        yield Skipped("the book", "it has no title")
        return
    annotations = _values(table.get("annotations"))
    if annotations:
        marked = (given for given in annotations if given.get("drawer"))
        highlights = [_highlight(given, given.get("datetime")) for given in marked]
    else:
        highlights = [*_highlights_before_2024(table)]
    yield ImportItem(
        title=title,
        author=clean_line_of(properties.get("authors") or properties.get("author")).replace(
            "\\n", ", "
        ),
        language=clean_line_of(properties.get("language"))[:2],
        note=clean_text_of(_table(table.get("summary")).get("note")),
        read=_table(table.get("summary")).get("status") == "complete",
        highlights=tuple(filter(None, highlights)),
    )


def _highlight(given: dict[Any, Any], moment: Any) -> Highlight | None:
    """Return a highlight; None if it has no text."""
    words = clean_text_of(given.get("text"))
    if not words:
        return None
    page = given.get("pageno") or given.get("page")
    parts = (clean_line_of(given.get("chapter")), f"page {page}" if isinstance(page, int) else "")
    return Highlight(
        words=words,
        note=clean_text_of(given.get("note")),
        colour=nearest_colour(given.get("color")),
        created=parse_moment(moment),
        where=", ".join(filter(None, parts)),
    )


def _highlights_before_2024(table: dict[Any, Any]) -> Iterator[Highlight]:
    """Read highlights in the format before 2024: by page, with their notes in the bookmarks."""
    notes: dict[str, str] = {}
    for mark in _values(table.get("bookmarks")):
        words, note = clean_text_of(mark.get("notes")), clean_text_of(mark.get("text"))
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


DEEPEST = 60

_TOKEN = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:"
    r'(?P<string>"(?:[^"\\]|\\.)*+")|(?P<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)'
    r"|(?P<word>[A-Za-z_]\w*)|(?P<sign>[{}\[\]=,;]))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(\d{1,3}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "", "v": "", "\n": "\n"}
_WORDS = {"true": True, "false": False, "nil": None}


def parse_lua_table(text: str) -> dict[Any, Any]:
    """Parse the Lua table that a text returns.

    Raise ValueError if it is not a table of plain values.
    """
    start = re.search(r"\breturn\s*(?=\{)", text)
    if not start:
        raise ValueError("it returns no table")
    value = _LuaParser(text, start.end()).value(0)
    if not isinstance(value, dict):
        raise ValueError("it returns no table")  # noqa: TRY004 - the text is wrong, not a caller
    return value


class _LuaParser:
    """A recursive parser of Lua values."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at

    def value(self, depth: int) -> Any:
        """Parse the next value; `depth` is the number of open tables."""
        kind, word = self._next()
        if kind == "string":
            return _unescaped(word[1:-1])
        if kind == "number":
            return float(word) if "." in word or "e" in word else int(word[:30])
        if kind == "word" and word in _WORDS:
            return _WORDS[word]
        if word == "{" and depth < DEEPEST:
            return self._table(depth)
        raise ValueError("not a table of plain values")

    def _table(self, depth: int) -> dict[Any, Any]:
        """Parse a table, behind its opening brace."""
        found: dict[Any, Any] = {}
        while True:
            before = self._at
            kind, word = self._next()
            if word == "}" and kind == "sign":
                return found
            if word in {",", ";"} and kind == "sign":
                continue
            if word == "[" and kind == "sign":
                key = self.value(depth + 1)
                self._expect("]")
                self._expect("=")
            elif kind == "word" and word not in _WORDS:
                key = word
                self._expect("=")
            else:
                self._at = before
                key = len(found) + 1
            value = self.value(depth + 1)
            if isinstance(key, str | int | float):
                found[key] = value

    def _expect(self, sign: str) -> None:
        if self._next()[1] != sign:
            raise ValueError(f"“{sign}” is missing")

    def _next(self) -> tuple[str, str]:
        """Return the kind and text of the next token; raise ValueError at the end."""
        found = _TOKEN.match(self._text, self._at)
        if not found or not found.lastgroup:
            raise ValueError("it is cut off")
        self._at = found.end()
        return found.lastgroup, found[found.lastgroup]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    return chr(int(escape) % 256) if escape.isdecimal() else _ESCAPES.get(escape, escape)
