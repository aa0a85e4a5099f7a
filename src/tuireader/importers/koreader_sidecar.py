"""Reads KOReader's files beside a book, `metadata.*.lua`, of the present and older versions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut
from tuireader.importers.fields import (
    clean_line_of,
    clean_text_of,
    nearest_colour,
    parse_moment,
    position_of,
)
from tuireader.importers.lua_table import parse_lua_table
from tuireader.text.sanitize import sanitize_line

_RETURNS_TABLE = re.compile(r"\A(?:\s*--[^\n]*\n)*\s*return\s*\{")
_PATH_COMMENT = re.compile(r"\A\s*--\s*(/[^\n]+)")
_SIDECAR = re.compile(r"metadata\.\w+\.lua(?:\.old)?$")
_AUTO_TEXT = re.compile(
    r"[^\n\d]{0,40}\[?\d{0,9}\]?\d{0,9} (.*) @ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.DOTALL
)
"""The text that KOReader gives to a bookmark, in all languages: page, words, time."""
_ENGINES = ("", "_rolling", "_paging")
"""The endings of table names; a book opened both as text and as pages has several."""


def _read(file: ExportFile) -> ImportedItems:
    """Read the file: yield the item of its book. Raises SourceError if it cannot be parsed."""
    try:
        return _read_table(parse_lua_table(file.text), file)
    except ValueError as error:
        raise SourceError(file.path, f"it cannot be read: {error}") from error


def _read_table(table: dict[Any, Any], file: ExportFile) -> ImportedItems:
    """Yield the item of a book with its highlights, and what is left out.

    Highlights that the tables of an older and a newer version both have are taken once.
    """
    about = [_table(table.get(name)) for name in ("doc_props", "custom_props", "stats")]
    found: dict[tuple[str, str], Highlight] = {}
    bookmarks = 0
    for highlight in _all_highlights(table):
        if highlight.words or highlight.note:
            known = found.get((highlight.words, _stamp(highlight)))
            note = highlight.note or (known.note if known else "")
            found[highlight.words, _stamp(highlight)] = replace(highlight, note=note)
        else:
            bookmarks += 1
    if bookmarks:
        yield LeftOut("page bookmark", bookmarks)
    summary = _table(table.get("summary"))
    yield from _left_out(table, summary)
    yield ImportItem(
        title=_stated(about, "title") or _file_name(table, file),
        author=_authors(_stated(about, "authors", "author")),
        language=_stated(about, "language")[:2],
        note=clean_text_of(summary.get("note")),
        read=summary.get("status") == "complete",
        highlights=tuple(found.values()),
    )


def _stamp(highlight: Highlight) -> str:
    """Return what distinguishes highlights of the same words: their time, else their position."""
    return highlight.created.isoformat() if highlight.created else highlight.position


def _left_out(table: dict[Any, Any], summary: dict[Any, Any]) -> Iterator[LeftOut]:
    """Yield the data in the file that is not imported: rating, status and progress.

    `table` is the whole file, `summary` the table in it with what the user says of the book.
    """
    if summary.get("rating"):
        yield LeftOut("rating")
    if summary.get("status") not in {None, "", "complete", "new"}:
        yield LeftOut("reading status")
    progress = table.get("percent_finished")
    if isinstance(progress, int | float) and 0 < progress < 1:
        yield LeftOut("reading progress")


def _stated(about: list[dict[Any, Any]], *names: str) -> str:
    """Return the first of some fields that one of the tables has; "" if none has.

    "N/A", which KOReader writes for unknown values, does not count.
    """
    found = (clean_text_of(table.get(name)) for table in about for name in names)
    return next((text for text in found if text and text != "N/A"), "")


def _authors(given: str) -> str:
    """Return the authors, given on a line each, as one line with commas; "" for none."""
    names = (sanitize_line(name) for name in given.replace("\\n", "\n").split("\n"))
    return ", ".join(filter(None, names))


def _file_name(table: dict[Any, Any], file: ExportFile) -> str:
    """Return the name of the book's file without its ending; "Untitled" if it is unknown."""
    comment = _PATH_COMMENT.match(file.head)
    path = clean_line_of(table.get("doc_path")) or (comment[1] if comment else "")
    if path.endswith(".lua") or not path:
        folder = PurePosixPath(file.path).parent
        path = folder.name.removesuffix(".sdr") + ".book" if folder.suffix == ".sdr" else file.path
    name = PurePosixPath(path).name
    return sanitize_line(PurePosixPath(_SIDECAR.sub("", name)).stem) or "Untitled"


def _all_highlights(table: dict[Any, Any]) -> Iterator[Highlight]:
    """Yield the highlights of all format versions in a file.

    Page bookmarks are yielded as highlights without words.
    """
    for engine in _ENGINES:
        yield from _highlights_before_2024(
            _table(table.get(f"highlight{engine}")), _values(table.get(f"bookmarks{engine}"))
        )
    for engine in _ENGINES:
        for given in _values(table.get(f"annotations{engine}")):
            is_bookmark = not given.get("drawer") and not given.get("pos0")
            found = highlight_of(given, given.get("datetime"))
            yield replace(found, words="") if is_bookmark else found


def highlight_of(given: dict[Any, Any], moment: Any) -> Highlight:
    """Return an annotation of KOReader as a highlight.

    `given` has its fields; `moment` is when it was made, in a form that `parse_moment` accepts.
    """
    page = given.get("pageref") or given.get("pageno") or given.get("page")
    is_page = isinstance(page, int | str) and not str(page).startswith("/")
    return Highlight(
        words=clean_text_of(given.get("text")),
        note=clean_text_of(given.get("note")),
        colour=nearest_colour(given.get("color")),
        created=parse_moment(moment),
        position=position_of(
            chapter=clean_line_of(given.get("chapter")), page=page if is_page else ""
        ),
    )


def _highlights_before_2024(
    pages: dict[Any, Any], bookmarks: list[dict[Any, Any]]
) -> Iterator[Highlight]:
    """Yield the highlights in the format before 2024, page bookmarks without words.

    Args:
        pages: The table "highlight": the highlights of each page.
        bookmarks: The table "bookmarks", which also has an entry for each highlight. In it,
            "notes" has the words, and "text" the user's note or a text that KOReader generated.
    """
    by_time: dict[str, str] = {}
    by_words: dict[str, str] = {}
    seen: set[str] = set()
    for mark in bookmarks:
        words, note = clean_text_of(mark.get("notes")), _own_note(mark)
        stamp = clean_line_of(mark.get("datetime"))
        if mark.get("highlighted"):
            by_time[stamp], by_words[words] = note, note
        elif mark.get("highlighted") is None and words:
            by_words[words] = note
    for page, given in ((page, each) for page, each in pages.items() if isinstance(each, dict)):
        for each in _values(given):
            stamp = clean_line_of(each.get("datetime"))
            found = highlight_of({"page": page, **each}, stamp)
            seen |= {found.words, stamp}
            yield replace(found, note=by_time.get(stamp) or by_words.get(found.words, ""))
    for mark in bookmarks:
        stamp, words = clean_line_of(mark.get("datetime")), clean_text_of(mark.get("notes"))
        if stamp not in seen and words not in seen:
            found = highlight_of({**mark, "text": words, "note": _own_note(mark)}, stamp)
            yield found if mark.get("highlighted") else replace(found, words="")


def _own_note(mark: dict[Any, Any]) -> str:
    """Return the user's note in a bookmark of the old format.

    "" if KOReader generated the text. If the user edited the words in that text, it is a note.
    """
    note, words = clean_text_of(mark.get("text")), clean_text_of(mark.get("notes"))
    made = _AUTO_TEXT.fullmatch(note)
    note = made[1].strip() if made else note
    return "" if "".join(note.split()) == "".join(words.split()) else note


def _table(value: Any) -> dict[Any, Any]:
    """Return a value that is a Lua table; an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def _values(value: Any) -> list[dict[Any, Any]]:
    """Return those values of a Lua table that are tables; empty for any other value."""
    return [given for given in _table(value).values() if isinstance(given, dict)]


FORMATS = (
    ExportFormat(
        service="KOReader",
        kind="metadata.*.lua",
        recognises=lambda file: bool(_RETURNS_TABLE.match(file.text)),
        read=_read,
    ),
)
