"""Reads Readwise exports: highlights (CSV, JSON), and the documents of Readwise Reader (CSV)."""

import re
from dataclasses import replace

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut, Skipped
from tuireader.importers.fields import (
    Entry,
    linked_entries,
    nearest_colour,
    paragraphs,
    position_of,
    tag_names,
)

_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_UNKNOWN = "Untitled"


def _read_highlights(file: ExportFile) -> ImportedItems:
    """Read a table of highlights (CSV): yield one item for each book with all of its highlights.

    A note without words and position is a note on the book. Rows with neither words nor a note are
    yielded as `Skipped`.
    """
    books: dict[tuple[str, str], ImportItem] = {}
    for number, given in file.rows():
        if isinstance(given, Skipped):
            yield given
            continue
        row = Entry(given)
        title = row.line("book title") or file.stem or _UNKNOWN
        author = row.line("book author")
        row.ignore("amazon book id")
        book = books.get((title, author)) or ImportItem(title=title, author=author)
        book = replace(book, tags=tag_names([*book.tags, *row.tags("document tags")]))
        highlight = _highlight_of_row(row)
        if highlight.words or (highlight.note and highlight.position):
            book = replace(book, highlights=(*book.highlights, highlight))
        elif highlight.note:
            book = replace(book, note=paragraphs(book.note, highlight.note))
        else:
            yield Skipped(f"line {number}", "it has no text")
        books[title, author] = book
        yield from row.left_out()
    yield from books.values()


def _highlight_of_row(row: Entry) -> Highlight:
    """Return the highlight of a row; its words are "" if the row has only a note."""
    return Highlight(
        words=row.text("highlight"),
        note=row.text("note"),
        tags=row.tags("tags"),
        colour=nearest_colour(row.line("color")),
        created=row.moment("highlighted at"),
        position=_position(row.line("location type"), row.line("location")),
    )


def _position(kind: str, number: str) -> str:
    """Return a position in words; "" if `number` is "" or, for an order, "0".

    `kind` is "page", "location" or "order".
    """
    if kind in {"page", "location"}:
        return position_of(**{kind: number})
    return f"{kind} {number}".strip() if number and number != "0" else ""


def _read_books(file: ExportFile) -> ImportedItems:
    """Read the JSON of Readwise's interface: yield one item for each book; no title: `Skipped`."""
    for number, given in enumerate(file.entries, 1):
        book = Entry(given if isinstance(given, dict) else {})
        address = book.address("source_url", "unique_url")
        title = book.line("title", "readable_title") or address
        if not title:
            yield Skipped(f"entry {number}", "it has no title")
            continue
        book.ignore("user_book_id", "readwise_url", "asin", "readable_title", "external_id")
        highlights = []
        for each in book.records("highlights"):
            if each.flag("is_deleted"):
                continue
            number_of = each.get("location")
            highlights.append(
                Highlight(
                    words=each.text("text"),
                    note=each.text("note"),
                    tags=each.tags("tags"),
                    colour=nearest_colour(each.line("color")),
                    created=each.moment("highlighted_at", "created_at"),
                    position=_position(
                        each.line("location_type"), str(number_of) if number_of else ""
                    ),
                )
            )
            each.ignore("book_id", "url", "readwise_url", "end_location", "external_id")
            yield from each.left_out()
        yield ImportItem(
            title=title,
            address=address,
            author=book.line("author"),
            tags=book.tags("book_tags", "tags"),
            note=book.text("document_note"),
            highlights=tuple(highlights),
        )
        yield from book.left_out()


def _read_reader(file: ExportFile) -> ImportedItems:
    """Read the documents of Readwise Reader (CSV): yield one item for each.

    Documents in its archive are read. Rows without a web address are yielded as `Skipped`.
    """
    for found in linked_entries(file, "url"):
        if isinstance(found, Skipped):
            yield found
            continue
        row, address = found
        tags = row.line("document tags")
        quoted = [first or second for first, second in _QUOTED.findall(tags)]
        place = row.line("location").casefold()
        if place not in {"", "archive"}:
            yield LeftOut("location")
        row.ignore("seen")
        yield ImportItem(
            title=row.line("title") or address,
            address=address,
            tags=tag_names(quoted or tags.strip("[]").split(",")),
            added=row.moment("saved date"),
            read=place == "archive",
        )
        yield from row.left_out()


FORMATS = (
    ExportFormat(
        service="Readwise",
        kind="CSV",
        recognises=lambda file: {"highlight", "book title"} <= file.columns,
        read=_read_highlights,
    ),
    ExportFormat(
        service="Readwise",
        kind="JSON",
        recognises=lambda file: {"user_book_id", "highlights"} <= file.first_keys,
        read=_read_books,
    ),
    ExportFormat(
        service="Readwise Reader",
        kind="CSV",
        recognises=lambda file: {"url", "saved date", "reading progress"} <= file.columns,
        read=_read_reader,
    ),
)
