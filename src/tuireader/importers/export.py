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
"""How many code points at the start of a text are examined to recognise its format."""
_LARGEST_FIELD = 50_000_000
_LISTS = ("rows", "bookmarks", "items", "links", "articles", "annotations", "results", "list")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry of an export that cannot be imported.

    `where` is its place in the export, such as "entry 3"; `reason` says why, as a clause.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Data of an export that is not imported.

    `noun` names it in the singular, such as "page bookmark"; `count` is how many there are.
    """

    noun: str
    count: int = 1


ImportedItems = Iterator[ImportItem | Skipped | LeftOut]
"""What a format yields when it reads an export, in any order.

Articles and books (`ImportItem`), entries that cannot be imported (`Skipped`), and data that is
left out (`LeftOut`).
"""

Row = Mapping[str, str]
"""The fields of a CSV row by their column names, in lower case."""


@dataclass(frozen=True, slots=True)
class ServiceExport:
    """A recognised export of another service.

    `service` is its name; `items` are read from the file while they are iterated, once.
    """

    service: str
    items: ImportedItems


@dataclass(frozen=True, slots=True)
class NotebookExport:
    """An exported notebook of tuireader.

    `tables` has its records by table name and id; `damaged` lists the entries that cannot be read.
    """

    tables: Mapping[str, Any]
    damaged: tuple[Skipped, ...] = ()


class ExportFile:
    """A file of an export. It is decoded and parsed when that is first needed, and only once."""

    def __init__(self, data: bytes, path: str, members: Mapping[str, bytes] | None = None) -> None:
        """Prepare a file; nothing is decoded yet.

        Args:
            data: The content of the file.
            path: The path of the file, for messages; for a member of an archive, the archive's
                path and its own.
            members: All files of the same archive or folder by their paths in it; None for a
                single file.
        """
        self.data = data
        self.path = path
        self.members = members or {}

    @property
    def stem(self) -> str:
        """The file name without its ending, to be used as a title if there is no other."""
        return sanitize_line(PurePath(self.path).stem)

    def member_text(self, name: str) -> str:
        """Return the decoded text of another file of the same archive or folder.

        `name` is its path there. "" if there is no such file; raises SourceError if it is not text.
        """
        data = self.members.get(name)
        return "" if data is None else decode_text(data, f"{self.path}: {name}")

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF file."""
        return self.data.startswith(b"%PDF-")

    @cached_property
    def text(self) -> str:
        """The decoded text, not sanitized; "" for a PDF file.

        Raises SourceError if the file is not text.
        """
        return "" if self.is_pdf else decode_text(self.data, self.path).lstrip("\ufeff")

    @cached_property
    def head(self) -> str:
        """The first `HEAD` code points of the text; "" for a PDF file."""
        return self.text[:HEAD]

    @cached_property
    def json(self) -> Any:
        """The parsed JSON document; None if the text does not begin with "[" or "{".

        Raises SourceError if it is not valid JSON, or is nested too deeply.
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
        """The JSON document if it is an object; an empty dictionary for anything else."""
        return self.json if isinstance(self.json, dict) else {}

    @cached_property
    def entries(self) -> list[Any]:
        """The list of entries in the JSON document; empty if there is none.

        It is the document itself, or the first of its usual fields that is a list.
        """
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
        """The column names of a CSV file, in lower case.

        Empty for JSON, and if the first line is not valid CSV. A text of another kind has its first
        line as one or more names.
        """
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
        """Yield each row of a CSV file, with the number of its last line from 1.

        A row that is not valid is yielded as `Skipped`. The line of column names and blank rows are
        left out.
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
    """A format of exports: whose it is, how it is recognised and how it is read.

    `recognises` returns whether a file has this format. `read` yields its items, and raises
    SourceError if the file is damaged.
    """

    service: str
    """The name of the program or service, for messages and the documentation."""
    kind: str
    """The kind of file, such as "CSV"."""
    programs: str = ""
    """The programs that write it, for the documentation; "" if `service` names it."""
    recognises: Callable[[ExportFile], bool]
    read: Callable[[ExportFile], ImportedItems]
