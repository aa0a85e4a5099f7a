"""Notebooks that tuireader wrote: as TinyDB keeps its tables, or as the journal that they are."""

from collections.abc import Mapping
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.imports.values import Skipped, Tables
from tuireader.notebook.journal.lines import FORMAT, OPENING, format_of, scan
from tuireader.notebook.merging import tables_of

_TABLES = ("bookmarks", "corrections", "readings", "sources")


def is_notebook(value: Any) -> bool:
    """Whether a JSON document has one of a notebook's tables, by number; an empty one has none."""
    return value == {} or (
        isinstance(value, dict) and any(_is_table(value.get(name)) for name in _TABLES)
    )


def is_journal(data: bytes) -> bool:
    """Whether a file begins as a notebook's own file does."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(OPENING)


def read_journal(data: bytes, path: str) -> Tables:
    """What the lines of a notebook's own file, or of a copy of it, add up to."""
    if format_of(data[:1024]) > FORMAT:
        raise SourceError(path, "it was written by a newer version of tuireader")
    found = scan(data)
    lines = [(start, data.count(b"\n", 0, start) + 1) for start, _ in found.damaged]
    damaged = [Skipped(f"line {number}", "it is damaged") for _, number in lines]
    return Tables(tables_of(found.lines), tuple(damaged))


def _is_table(table: Any) -> bool:
    return isinstance(table, Mapping) and (not table or any(str(key).isdecimal() for key in table))
