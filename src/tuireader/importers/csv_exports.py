"""Reads CSV exports: Pocket, Instapaper, Readwise, and plain lists of links."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    list_or_empty,
    nearest_colour,
    parse_moment,
    tag_names,
    web_address,
)
from tuireader.importers.model import ImportedItems, ServiceExport, Skipped

Row = Mapping[str, str]

_LARGEST_FIELD = 50_000_000
_BAD_ADDRESS = "it has no web address"


def read_csv_export(text: str) -> ServiceExport | None:
    """Return the export in a CSV file, recognised by its column names; None if they are unknown."""
    try:
        header = next(csv.reader(io.StringIO(text[:10_000], newline=None)), [])
    except csv.Error:
        return None
    columns = {clean_line_of(name).casefold() for name in header}
    for service, needed, read in _SERVICES:
        if needed <= columns:
            return ServiceExport(service, read(_rows(text)))
    return None


def _rows(text: str) -> Iterator[tuple[int, Row | str]]:
    """Return each row, or the reason why it is not valid, with the number of its last line."""
    csv.field_size_limit(_LARGEST_FIELD)
    lines = csv.reader(io.StringIO(text, newline=None))
    names: list[str] = []
    while True:
        try:
            row = next(lines, None)
        except csv.Error:
            yield lines.line_num, "not a valid CSV row"
            continue
        if row is None:
            return
        if not names:
            names = [clean_line_of(name).casefold() for name in row]
        elif len(row) < 2 <= len(names):
            if any(map(str.strip, row)):
                yield lines.line_num, "it has too few columns"
        else:
            yield lines.line_num, dict(zip(names, row, strict=False))


def _pocket(rows: Iterator[tuple[int, Row | str]]) -> ImportedItems:
    """Read Pocket's rows, each an article."""
    for number, row in rows:
        if isinstance(row, str):
            yield Skipped(f"line {number}", row)
        elif not (address := web_address(row["url"])):
            yield Skipped(f"line {number}", _BAD_ADDRESS)
        else:
            yield ImportItem(
                title=clean_line_of(row.get("title")) or address,
                address=address,
                added=parse_moment(row.get("time_added")),
                tags=tag_names(row.get("tags", "").split("|")),
                read=row.get("status") == "archive",
            )


def _instapaper(rows: Iterator[tuple[int, Row | str]]) -> ImportedItems:
    """Read Instapaper's rows: a selection becomes a highlight, a custom folder a tag."""
    for number, row in rows:
        if isinstance(row, str):
            yield Skipped(f"line {number}", row)
        elif not (address := web_address(row["url"])):
            yield Skipped(f"line {number}", _BAD_ADDRESS)
        else:
            folder = clean_line_of(row.get("folder"))
            own = folder.casefold() in {"unread", "archive", "starred", ""}
            selection = clean_text_of(row.get("selection"))
            added = parse_moment(row.get("timestamp"))
            yield ImportItem(
                title=clean_line_of(row.get("title")) or address,
                address=address,
                added=added,
                tags=tag_names([*_json_list(row.get("tags", "")), "" if own else folder]),
                read=folder.casefold() == "archive",
                highlights=(Highlight(words=selection, created=added),) if selection else (),
            )


def _links(rows: Iterator[tuple[int, Row | str]]) -> ImportedItems:
    """Read the rows of a table of links from an unknown service."""
    for number, row in rows:
        if isinstance(row, str):
            yield Skipped(f"line {number}", row)
        elif not (address := web_address(row["url"])):
            yield Skipped(f"line {number}", _BAD_ADDRESS)
        else:
            yield ImportItem(
                title=clean_line_of(row.get("title")) or address,
                address=address,
                tags=tag_names(row.get("tags", "").split(",")),
                note=clean_text_of(row.get("note")),
            )


def _readwise(rows: Iterator[tuple[int, Row | str]]) -> ImportedItems:
    """Read Readwise's rows, each a highlight; those of one book, which may be apart, are merged."""
    books: dict[tuple[str, str], ImportItem] = {}
    for number, row in rows:
        if isinstance(row, str):
            yield Skipped(f"line {number}", row)
            continue
        title, author = clean_line_of(row["book title"]), clean_line_of(row.get("book author"))
        note, words = clean_text_of(row.get("note")), clean_text_of(row["highlight"])
        if not title or not (words or note):
            yield Skipped(f"line {number}", "it has no book title or no text")
            continue
        known = books.get((title, author)) or ImportItem(title=title, author=author)
        known = replace(
            known, tags=tag_names([*known.tags, *row.get("document tags", "").split(",")])
        )
        if not words:
            known = replace(known, note="\n\n".join(filter(None, [known.note, note])))
        else:
            highlight = Highlight(
                words=words,
                note=note,
                tags=tag_names(row.get("tags", "").split(",")),
                colour=nearest_colour(row.get("color")),
                created=parse_moment(row.get("highlighted at")),
                where=" ".join(
                    filter(None, (clean_line_of(row.get(k)) for k in ("location type", "location")))
                ),
            )
            known = replace(known, highlights=(*known.highlights, highlight))
        books[title, author] = known
    yield from books.values()


def _json_list(text: str) -> list[object]:
    """Return a JSON list, or text separated by commas, as a list."""
    try:
        return list_or_empty(json.loads(text)) if text.strip() else []
    except (ValueError, RecursionError):
        return list(text.split(","))


_SERVICES = (
    ("Readwise", {"highlight", "book title"}, _readwise),
    ("Instapaper", {"url", "title", "selection", "folder"}, _instapaper),
    ("Pocket", {"title", "url", "time_added"}, _pocket),
    ("a list of links", {"url"}, _links),
)
