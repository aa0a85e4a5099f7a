"""Reads annotations that calibre's library or viewer exports (JSON)."""

from dataclasses import replace
from typing import Any

from tuireader.domain.bookmark import Colour
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut
from tuireader.importers.fields import (
    Entry,
    clean_line_of,
    is_record,
    list_or_empty,
    nearest_colour,
    position_of,
    unique_names,
)

_TYPES = frozenset({"calibre_annotation_collection", "calibre_highlights"})


def _read(file: ExportFile) -> ImportedItems:
    """Read an export of annotations: yield one item for each book with its highlights.

    Annotations without a title belong to a book with the name of the file. Removed annotations are
    ignored, page bookmarks are left out.
    """
    books: dict[tuple[str, str], ImportItem] = {}
    given = file.fields.get("annotations") or file.fields.get("highlights")
    for each in filter(is_record, list_or_empty(given)):
        inner = each.get("annotation")
        annotation = Entry(inner if is_record(inner) else each)
        if annotation.flag("removed"):
            continue
        if annotation.line("type") not in {"", "highlight"}:
            yield LeftOut("page bookmark")
            continue
        title = clean_line_of(each.get("title")) or _book_name(each) or file.stem or "Untitled"
        author = ", ".join(unique_names(list_or_empty(each.get("authors"))))
        book = books.get((title, author)) or ImportItem(title=title, author=author)
        highlight = _highlight(annotation)
        if highlight.words or highlight.note:
            book = replace(book, highlights=(*book.highlights, highlight))
        books[title, author] = book
        annotation.ignore("title", "authors", "start_cfi", "end_cfi", "spine_name", "spine_index")
        annotation.ignore("book_id", "format", "user", "user_type", "annotation", "searchable_text")
        yield from annotation.left_out()
    yield from books.values()


def _book_name(given: dict[str, Any]) -> str:
    """Return a title made from the book's number in calibre's library; "" if it has none."""
    number = given.get("book_id")
    return f"calibre book {number}" if isinstance(number, int) else ""


def _highlight(annotation: Entry) -> Highlight:
    """Return an annotation as a highlight, with the headings above it as its position."""
    style, headings = annotation.get("style"), annotation.get("toc_family_titles")
    return Highlight(
        words=annotation.text("highlighted_text"),
        note=annotation.text("notes"),
        colour=_colour(style if is_record(style) else {}),
        created=annotation.moment("timestamp"),
        position=position_of(chapter=", ".join(unique_names(list_or_empty(headings)))),
    )


def _colour(style: dict[str, Any]) -> Colour:
    """Return the colour of a style; NONE for an underline or an unknown colour."""
    if style.get("kind", "color") != "color":
        return Colour.NONE
    own = style.get("background-color") or style.get("light")
    return nearest_colour(own or style.get("which"))


FORMATS = (
    ExportFormat(
        service="calibre",
        kind="JSON",
        recognises=lambda file: str(file.fields.get("type")) in _TYPES,
        read=_read,
    ),
)
