"""Exports: one file as importers see it, the formats that recognise it, and what they read."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.text.sanitize import sanitize_line

NO_ADDRESS = "it has no web address"
LARGEST = 200_000_000
"""The largest export in bytes."""
HEAD = 5_000
"""Code points at the start of a text in which a format is recognised."""
_LARGEST_FIELD = 50_000_000
_LISTS = ("rows", "bookmarks", "items", "links", "articles", "annotations", "results", "list")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that cannot be imported.

    Where it is in the export ("entry 3"), and why not, a clause.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that an export holds and that is not imported: a noun, and how many."""

    noun: str
    count: int = 1


ImportedItems = Iterator[ImportItem | Skipped | LeftOut]

Row = Mapping[str, str]
"""The fields of a CSV row by their column names, in lower case."""


@dataclass(frozen=True, slots=True)
class ServiceExport:
    """A recognised export: the service's name, and its items, which are read lazily."""

    service: str
    items: ImportedItems


@dataclass(frozen=True, slots=True)
class NotebookExport:
    """An exported notebook of tuireader: its stored records by table and id."""

    tables: Mapping[str, Any]
    damaged: tuple[Skipped, ...] = ()


class ExportFile:
    """One file of an export. It is decoded and parsed once, when that is first asked for."""

    def __init__(self, data: bytes, path: str, members: Mapping[str, bytes] | None = None) -> None:
        """Take a file.

        Args:
            data: Its bytes.
            path: Its path, which errors name; for a member of an archive with its path inside.
            members: All files of the same archive or folder by their paths in it.
        """
        self.data = data
        self.path = path
        self.members = members or {}

    @property
    def stem(self) -> str:
        """The name of the file without its ending; a title for what has none."""
        return sanitize_line(PurePath(self.path).stem)

    def member_text(self, name: str) -> str:
        """Return the text of another file of the archive; empty if there is none."""
        data = self.members.get(name)
        return "" if data is None else decode_text(data, f"{self.path}: {name}")

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF file."""
        return self.data.startswith(b"%PDF-")

    @cached_property
    def text(self) -> str:
        """The decoded text, not sanitized; empty for a PDF file.

        Raises SourceError if the file is not text.
        """
        return "" if self.is_pdf else decode_text(self.data, self.path).lstrip("\ufeff")

    @cached_property
    def head(self) -> str:
        """The start of the text."""
        return self.text[:HEAD]

    @cached_property
    def json(self) -> Any:
        """The JSON document; None if the text does not begin like one.

        Raises SourceError if it is not valid.
        """
        if self.head.lstrip()[:1] not in {"[", "{"}:
            return None
        try:
            return json.loads(self.text)
        except RecursionError as error:
            raise SourceError(self.path, "nested too deeply") from error
        except ValueError as error:
            raise SourceError(self.path, "not valid JSON") from error

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The JSON document if it is an object, else an empty one."""
        return self.json if isinstance(self.json, dict) else {}

    @cached_property
    def entries(self) -> list[Any]:
        """The list of the JSON document: the document itself, or a list in one of its fields."""
        if isinstance(self.json, list):
            return self.json
        lists = (self.fields.get(name) for name in _LISTS)
        return next((list(found) for found in lists if isinstance(found, list)), [])

    @property
    def first_keys(self) -> frozenset[str]:
        """The field names of the first entry of the JSON list; empty if there is none."""
        first = self.entries[0] if self.entries else None
        return frozenset(first) if isinstance(first, dict) else frozenset()

    @cached_property
    def columns(self) -> frozenset[str]:
        """The column names of a CSV file, in lower case; empty if it has none."""
        if self.json is not None:
            return frozenset()
        try:
            start = io.StringIO(self.text[:10_000], newline=None)
            header = next(csv.reader(start, delimiter=self._delimiter), [])
        except csv.Error:
            return frozenset()
        return frozenset(sanitize_line(name).casefold() for name in header)

    @cached_property
    def _delimiter(self) -> str:
        """The character between the columns: the most frequent one in the line of their names."""
        header = self.head.lstrip("\r\n").partition("\n")[0]
        return max(",;\t", key=header.count)

    def rows(self) -> Iterator[tuple[int, Row | Skipped]]:
        """Return each row of a CSV file, or why it is not valid, with the number of its last line.

        Rows without any text are passed over.
        """
        csv.field_size_limit(_LARGEST_FIELD)
        lines = csv.reader(io.StringIO(self.text, newline=None), delimiter=self._delimiter)
        names: list[str] = []
        while True:
            try:
                row = next(lines, None)
            except csv.Error:
                yield lines.line_num, Skipped(f"line {lines.line_num}", "not a valid CSV row")
                continue
            if row is None:
                return
            if not names:
                names = [sanitize_line(name).casefold() for name in row]
            elif len(row) < 2 <= len(names):
                if any(map(str.strip, row)):
                    where = f"line {lines.line_num}"
                    yield lines.line_num, Skipped(where, "it has too few columns")
            elif any(map(str.strip, row)):
                yield lines.line_num, dict(zip(names, row, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format of exports: whose it is, in which kind of file, and how it is read."""

    service: str
    """The name of the program or service, as messages and the documentation say it."""
    kind: str
    """The kind of file, such as "CSV"."""
    programs: str = ""
    """The names of the programs, for the documentation, if `service` is not a name."""
    recognises: Callable[[ExportFile], bool]
    read: Callable[[ExportFile], ImportedItems]
