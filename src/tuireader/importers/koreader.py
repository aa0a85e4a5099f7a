"""Reads the files of KOReader's exporter: JSON, Markdown."""

import re
from collections.abc import Iterator

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut, Skipped
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    is_record,
    list_or_empty,
    position_of,
)
from tuireader.importers.koreader_sidecar import highlight_of
from tuireader.importers.local_dates import parse_local_moment

_ENTRY = re.compile(r"^### ([^\n]*) @ ([^\n]*)$", re.MULTILINE)
"""The heading of a highlight: its page, behind a word in the device's language, and its time."""
_BOOK = re.compile(r"^# (?P<title>[^\n]+)\n+##### (?P<author>[^\n]*)$", re.MULTILINE)
_CHAPTER = re.compile(r"^## ([^\n]*)$", re.MULTILINE)
_STYLES = (
    *(("**_", "_**"), ("**", "**"), ("==", "=="), ("++", "++"), ("~~", "~~"), ("<u>", "</u>")),
    ("*", "*"),
)


def _read_json(file: ExportFile) -> ImportedItems:
    """Read the exporter's JSON: yield one item for each book with its highlights.

    A book with neither a title nor highlights is yielded as `Skipped`; page bookmarks without a
    note are left out.
    """
    for number, book in enumerate(list_or_empty(file.fields.get("documents")) or [file.json], 1):
        if not is_record(book):
            yield Skipped(f"book {number}", "not a book of KOReader")
            continue
        highlights, bookmarks = [], 0
        for given in filter(is_record, list_or_empty(book.get("entries"))):
            found = highlight_of(given, given.get("time"))
            if given.get("sort", "highlight") == "bookmark" and not found.note:
                bookmarks += 1
            elif found.words or found.note:
                highlights.append(found)
        if bookmarks:
            yield LeftOut("page bookmark", bookmarks)
        path = clean_line_of(book.get("file")).rpartition("/")[2]
        title = clean_line_of(book.get("title")) or path.rpartition(".")[0] or path
        if title or highlights:
            yield ImportItem(
                title=title or file.stem or "Untitled",
                author=clean_line_of(book.get("author")),
                highlights=tuple(highlights),
            )
        else:
            yield Skipped(f"book {number}", "it has no title and no highlights")


def _is_json(file: ExportFile) -> bool:
    """Return whether a JSON document is from KOReader's exporter."""
    has_books = isinstance(file.fields.get("documents"), list)
    is_book = "entries" in file.fields and bool({"md5sum", "title", "file"} & file.fields.keys())
    return has_books or is_book


def _read_markdown(file: ExportFile) -> ImportedItems:
    """Read the exporter's Markdown: yield one item for each book with its highlights."""
    books = list(_BOOK.finditer(file.text))
    for number, book in enumerate(books):
        end = books[number + 1].start() if number + 1 < len(books) else len(file.text)
        author = clean_line_of(book["author"])
        yield ImportItem(
            title=clean_line_of(book["title"]),
            author="" if author == "N/A" else author,
            highlights=tuple(_markdown_entries(file.text[book.end() : end])),
        )


def _markdown_entries(text: str) -> Iterator[Highlight]:
    """Yield the highlights of a book; in its text, a note follows the words after a rule.

    Entries with neither words nor a note are ignored.
    """
    chapter = ""
    entries = list(_ENTRY.finditer(text))
    for found in _CHAPTER.finditer(text[: entries[0].start() if entries else len(text)]):
        chapter = clean_line_of(found[1])
    for number, entry in enumerate(entries):
        end = entries[number + 1].start() if number + 1 < len(entries) else len(text)
        body, following = text[entry.end() : end], chapter
        for found in _CHAPTER.finditer(body):
            following = clean_line_of(found[1])
            body = body[: found.start()]
            break
        words, _, note = _without_link(body).partition("\n---\n")
        highlight = Highlight(
            words=clean_text_of(_without_style(words.strip())),
            note=clean_text_of(note),
            created=parse_local_moment(entry[2]),
            position=position_of(chapter=chapter, page=clean_line_of(entry[1]).rpartition(" ")[2]),
        )
        if highlight.words or highlight.note:
            yield highlight
        chapter = following


def _without_link(body: str) -> str:
    """Return the text of an entry without the link into the book, if one ends it."""
    before, _, last = body.rstrip().rpartition("\n")
    return before if last.startswith("[") and "](<file://" in last else body


def _without_style(words: str) -> str:
    """Return a highlight's words without the Markdown that marks its style."""
    for before, after in _STYLES:
        is_marked = words.startswith(before) and words.endswith(after)
        if is_marked and len(words) > len(before) + len(after):
            return words[len(before) : -len(after)]
    return words


FORMATS = (
    ExportFormat(service="KOReader", kind="JSON", recognises=_is_json, read=_read_json),
    ExportFormat(
        service="KOReader",
        kind="Markdown",
        recognises=lambda file: bool(_BOOK.search(file.head)) and bool(_ENTRY.search(file.head)),
        read=_read_markdown,
    ),
)
