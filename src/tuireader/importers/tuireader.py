"""Reads tuireader's own exports: notebooks as JSON or as a journal, and lists of notes."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tuireader.domain.anchor import Anchor
from tuireader.domain.errors import SourceError
from tuireader.importers.export import NotebookExport, Skipped
from tuireader.importers.fields import list_or_empty, tag_names
from tuireader.notebook.journal.line_format import FORMAT, OPENING, format_version, scan_lines
from tuireader.notebook.merge import tables_in_journal
from tuireader.notebook.serialization import (
    SCHEMA,
    citation_from_record,
    new_bookmark_record,
    quotation_from_record,
)
from tuireader.sources.own_exports import NOTE_TYPE, RECORD_TYPE_FIELD

_TABLES = ("bookmarks", "corrections", "readings", "sources")


def is_notebook(value: Any) -> bool:
    """Return whether a JSON document is an exported notebook.

    It has at least one table of a notebook, or is an empty object.
    """
    return value == {} or (
        isinstance(value, dict) and any(_is_table(value.get(name)) for name in _TABLES)
    )


def is_journal(data: bytes) -> bool:
    """Return whether the content of a file begins like a notebook's journal."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(OPENING)


def read_journal(data: bytes, path: str) -> NotebookExport:
    """Return the records of a notebook from the content of its journal, or of a backup.

    Damaged lines are listed in the result. `path` names the file in the SourceError that is raised
    if a newer version of tuireader wrote it.
    """
    if format_version(data[:1024]) > FORMAT:
        raise SourceError(path, "it was written by a newer version of tuireader")
    found = scan_lines(data)
    lines = [(start, data.count(b"\n", 0, start) + 1) for start, _ in found.damaged]
    damaged = [Skipped(f"line {number}", "it is damaged") for _, number in lines]
    return NotebookExport(tables_in_journal(found.lines), tuple(damaged))


def notes_in(text: str) -> NotebookExport | None:
    """Return the notes in an export of notes (JSON or JSON Lines).

    None if the text is no such export. Invalid entries are listed in the result as damaged. The
    context and text hash of a passage, which the export lacks, are added when the article is
    opened; until then the passage is pending, as imported highlights are.
    """
    if not _is_list_of_notes(text):
        return None
    notes: dict[str, Any] = {}
    skipped = []
    for where, value in _entries(text):
        try:
            notes[value["id"]] = _bookmark_of(value)
        except (KeyError, TypeError, ValueError):
            skipped.append(Skipped(where, "not a note exported by tuireader"))
    return NotebookExport({"bookmarks": notes}, tuple(skipped))


def _is_list_of_notes(text: str) -> bool:
    """Return whether the first JSON value of a text is an exported note; False if invalid."""
    try:
        first, _ = json.JSONDecoder().raw_decode(text.lstrip("[ \t\r\n"))
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.get(RECORD_TYPE_FIELD) == NOTE_TYPE


def _entries(text: str) -> Iterator[tuple[str, Any]]:
    """Yield each entry of a JSON list or of JSON Lines, with its place such as "line 3".

    An entry that is not valid JSON is None.
    """
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        entries = None
    if isinstance(entries, list):
        for number, entry in enumerate(entries, 1):
            yield f"entry {number}", entry
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (ValueError, RecursionError):
                yield f"line {number}", None


def _bookmark_of(note: Any) -> dict[str, Any]:
    """Return the notebook's record of an exported note.

    Raises KeyError, TypeError or ValueError if it is not one.
    """
    if note[RECORD_TYPE_FIELD] != NOTE_TYPE:
        raise TypeError
    words, start = note["text"], note["start"]
    anchor = None
    if words is not None:
        exact = str(note.get("exact") or words)
        anchor = Anchor(text_hash="", start=start, end=start + len(exact), exact=exact)
    named = {name: "" if value is None else value for name, value in note.items()}
    added: dict[str, Any] = {name: named[name] for name in ("note", "colour", "speaker")}
    if note.get("spans"):
        added["quotation"] = {
            "text": words,
            "spans": [[first - start, last - start] for first, last in note["spans"]],
            "cue": named.get("cue", ""),
            "polarity": named.get("polarity", "said"),
        }
        quotation_from_record(added["quotation"])
    if named.get("position"):
        added["position"] = str(named["position"])
    return {
        **new_bookmark_record(citation_from_record(named), anchor),
        **added,
        "tags": list(tag_names(list_or_empty(note["tags"]))),
        "v": SCHEMA,
        "created": _stamp_of(note["created"]),
        "updated": _stamp_of(note["updated"]),
        "orphan": anchor is not None,
    }


def _stamp_of(moment: str) -> str:
    """Return an ISO 8601 time as a time stamp of the notebook, in UTC.

    Raises TypeError or ValueError if it is not one.
    """
    utc = dt.datetime.fromisoformat(moment).astimezone(dt.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _is_table(table: Any) -> bool:
    """Return whether a value is a TinyDB table: a mapping by record id, or empty."""
    return isinstance(table, Mapping) and (not table or any(str(key).isdecimal() for key in table))
