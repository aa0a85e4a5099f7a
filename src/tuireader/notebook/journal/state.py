"""What the lines of a journal add up to: every table's records, as the JSON last written.

The state that a file's lines add up to, read in pieces and without an object for each line.

This is how a large notebook is opened fast. The first line that is not exactly as this program
writes it ends the fast way: from there on `lines.scan` looks, which finds all that is good.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from zlib import crc32

from tuireader.notebook.journal.line_format import (
    CHECKED,
    JournalLine,
    RecordEdit,
    ScanResult,
    decode_line,
    format_version,
    scan_lines,
)
from tuireader.notebook.journal.log_file import LogFile

_DELETED = b"null"
_RECENT = 500


class JournalState:
    """The state after a number of edits; a record stays undecoded until it is asked for."""

    __slots__ = ("gone", "recent", "tables", "versions")

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, bytes]] = {}
        """Table by name, record by id, in the order in which they were first written."""
        self.versions: dict[str, int] = {}
        """A number for each table that grows by one with each edit."""
        self.recent: dict[str, deque[int | None]] = {}
        """What the last edits of each table were about; None for the whole table."""
        self.gone: dict[str, set[int]] = {}
        """What was deleted, so that an old copy of the file cannot bring it back."""

    @classmethod
    def of(cls, lines: Iterable[JournalLine]) -> Self:
        """The state after all edits of the lines."""
        fold = cls()
        for line in lines:
            fold.make(line.edits)
        return fold

    def apply(self, edits: Sequence[RecordEdit]) -> None:
        """Make the edits, in order."""
        for table, number, _ in edits:
            self.versions[table] = self.versions.get(table, 0) + 1
            self.recent.setdefault(table, deque(maxlen=_RECENT)).append(number)
        self.make(edits)

    def put(self, table: str, number: int, doc: bytes) -> None:
        """Give a record its JSON, or delete it with "null", while a file is read."""
        records = self.tables.get(table)
        if records is None:
            records = self.tables[table] = {}
        if doc != _DELETED:
            records[number] = doc
        elif records.pop(number, None) is not None:
            self.gone.setdefault(table, set()).add(number)

    def make(self, edits: Iterable[RecordEdit]) -> None:
        """Make the edits while a file is read, when nobody looks yet."""
        tables = self.tables
        for table, number, doc in edits:
            if number is None:
                dropped = tables.pop(table, {}) if doc is None else {}
                self.gone.setdefault(table, set()).update(dropped)
                if doc is not None:
                    tables.setdefault(table, {})
                continue
            records = tables.get(table)
            if records is None:
                records = tables[table] = {}
            if doc is not None:
                records[number] = doc
            elif records.pop(number, None) is not None:
                self.gone.setdefault(table, set()).add(number)

    def changed_since(self, table: str, version: int | None) -> list[int] | None:
        """The records that the edits since that version were about; None if that is not known."""
        count = self.versions.get(table, 0) - (version or 0)
        recent = self.recent.get(table, ())
        if version is None or count > len(recent):
            return None
        changed = list(recent)[len(recent) - count :]
        known = [number for number in changed if number is not None]
        return known if len(known) == len(changed) else None

    def follow(self, earlier: "JournalState") -> None:
        """Stand in the place of an earlier state: all versions grow, what was deleted stays so."""
        for table, numbers in earlier.gone.items():
            self.gone.setdefault(table, set()).update(numbers)
        self.recent.clear()
        for table in [*self.tables, *earlier.versions]:
            versions = self.versions.get(table, 0), earlier.versions.get(table, 0)
            self.versions[table] = max(versions) + 1

    def size(self) -> int:
        """The bytes of all records."""
        return sum(sum(map(len, records.values())) for records in self.tables.values())

    def lacking_in(self, other: "JournalState") -> list[RecordEdit]:
        """What has to be written into the other so that it holds all that is known here.

        Nothing counts as deleted because it is absent, only because it was deleted.
        """
        edits = []
        for table, records in self.tables.items():
            others = other.tables.get(table, {})
            for number, doc in records.items():
                theirs = others.get(number)
                if theirs is None:
                    if number not in other.gone.get(table, ()):
                        edits.append(RecordEdit(table, number, doc))
                elif theirs != doc and _updated(theirs) <= _updated(doc):
                    edits.append(RecordEdit(table, number, doc))
        edits.extend(
            RecordEdit(table, number, None)
            for table, numbers in self.gone.items()
            for number in numbers
            if number in other.tables.get(table, {}) and number not in self.tables.get(table, {})
        )
        return edits


def edits_for_tables(tables: Mapping[str, Mapping[int, bytes]]) -> Iterator[RecordEdit]:
    """The edits that make these tables out of nothing."""
    for table, records in tables.items():
        if not records:
            yield RecordEdit(table, None, b"{}")
        for number, doc in records.items():
            yield RecordEdit(table, number, doc)


def _updated(doc: bytes) -> str:
    """When the record was last changed: RFC 3339 in UTC, which sorts as text."""
    value = json.loads(doc)
    return str(value.get("updated", "")) if isinstance(value, dict) else ""


_PIECE = 4 << 20
_USUAL = re.compile(
    rb'\{"crc":"([0-9a-f]{8})","at":"[0-9TZ:.+-]{0,40}",'
    rb'"sizes":\[(\d{1,10}(?:,\d{1,10})*)\],"edits":\['
    rb'\{"t":"([ !#-\[\]-~]*)","id":"(-?\d{1,60})","doc":'
)
_EDIT = re.compile(rb'\{"t":"([ !#-\[\]-~]*)","id":"(-?\d{1,60})","doc":')


_TO_EDITS = len(b'],"edits":[')


@dataclass(slots=True)
class LoadResult:
    """What was found in a file."""

    fold: JournalState = field(default_factory=JournalState)
    generations: tuple[int, ...] = ()
    """What the first line that names any names."""
    format: int = 0
    """What the first line says of its layout; 0 if that is nothing."""
    lines: int = 0
    rest: bytes = b""
    """What followed the last line that was taken the fast way."""
    found: ScanResult = field(default_factory=lambda: ScanResult((), (), 0))
    """What was found in the rest."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it but white space."""
        return not self.lines and not self.rest.strip()


def load_journal(file: LogFile) -> LoadResult:
    """Open the file anew and take in all of it; OSError if it is not there or unreadable."""
    file.begin()
    loaded, size = LoadResult(), _PIECE
    data = file.read_next(size)
    loaded.format = format_version(data[:1024])
    while data:
        end = _take_lines(data, loaded)
        file.took(data[:end], end)
        if end:
            size = _PIECE
        elif len(data) < size or b"\n" in data:
            break
        else:
            size *= 2
        data = file.read_next(size)
    loaded.rest = file.read_next(None)
    loaded.found = scan_lines(loaded.rest)
    for line in loaded.found.lines:
        loaded.fold.make(line.edits)
        loaded.generations = loaded.generations or line.generations
    loaded.lines += len(loaded.found.lines)
    file.took(loaded.rest, loaded.found.end)
    return loaded


def _take_lines(data: bytes, loaded: LoadResult) -> int:
    """Take in the whole lines at the beginning of the data, and say where they end."""
    at, usual, fold = 0, _USUAL.match, loaded.fold
    tables: dict[bytes, dict[int, bytes]] = {}
    while (stop := data.find(b"\n", at)) >= 0:
        head = usual(data, at)
        if head is None or not _take_edits(data, head, stop, fold, tables):
            # The first line of a file has another head, for example.
            line = decode_line(data, at, stop)
            if line is None or line.end != stop:
                break
            fold.make(line.edits)
            tables.clear()
            loaded.generations = loaded.generations or line.generations
        loaded.lines += 1
        at = stop + 1
    return at


def _take_edits(
    data: bytes,
    head: re.Match[bytes],
    stop: int,
    fold: JournalState,
    tables: dict[bytes, dict[int, bytes]],
) -> bool:
    """Make the edits of a line whose checksum agrees; False if something is not as usual."""
    crc, sizes, name, number = head.groups()
    if crc32(data[head.start() + CHECKED : stop]) != int(crc, 16):
        return False
    begin, at = head.end(), head.end(2) + _TO_EDITS
    # All of them first: a line that turns out to be unusual is made in another way, and once.
    edits = []
    for size in sizes.split(b","):
        if not begin:
            found = _EDIT.match(data, at)
            if found is None:
                return False
            name, number = found.groups()
            begin = found.end()
        at += int(size)
        edits.append((name, number, data[begin : at - 1]))
        begin, at = 0, at + 1
    if at != stop - 1:
        return False
    for name, number, doc in edits:
        if doc == b"null" or (records := tables.get(name)) is None:
            table = str(name, "ascii")
            fold.put(table, int(number), doc)
            tables[name] = fold.tables.setdefault(table, {})
        else:
            records[int(number)] = doc
    return True
