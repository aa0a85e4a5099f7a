"""The state of a notebook: every table's records as the JSON that was last written.

Loading a large journal is fast because its lines are read in pieces, without an object for each
line. The first line that is not exactly as this program writes it ends the fast path; from there on
`scan_lines` is used, which finds every valid line.
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
"""How many edits of each table are remembered, to answer `changed_since`."""


class JournalState:
    """The tables after a number of edits; records stay JSON until they are asked for."""

    __slots__ = ("gone", "recent", "tables", "versions")

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, bytes]] = {}
        """The records by table name and id, in the order in which they were first written."""
        self.versions: dict[str, int] = {}
        """A number for each table, which grows by one with each edit."""
        self.recent: dict[str, deque[int | None]] = {}
        """The ids of the last edits of each table; None for an edit of the whole table."""
        self.gone: dict[str, set[int]] = {}
        """The ids of deleted records, so that an old copy of the file cannot bring them back."""

    @classmethod
    def of(cls, lines: Iterable[JournalLine]) -> Self:
        """Return the state that the edits of these lines result in; empty without lines."""
        state = cls()
        for line in lines:
            state.load(line.edits)
        return state

    def apply(self, edits: Sequence[RecordEdit]) -> None:
        """Apply edits in order, and record them for `changed_since`.

        Each raises the version of its table.
        """
        for table, record_id, _ in edits:
            self.versions[table] = self.versions.get(table, 0) + 1
            self.recent.setdefault(table, deque(maxlen=_RECENT)).append(record_id)
        self.load(edits)

    def load_record(self, table: str, record_id: int, doc: bytes) -> None:
        """Set a record's JSON while a file is loaded, or delete the record if it is b"null"."""
        records = self.tables.get(table)
        if records is None:
            records = self.tables[table] = {}
        if doc != _DELETED:
            records[record_id] = doc
        elif records.pop(record_id, None) is not None:
            self.gone.setdefault(table, set()).add(record_id)

    def load(self, edits: Iterable[RecordEdit]) -> None:
        """Apply edits while a file is loaded, without recording them for `changed_since`."""
        tables = self.tables
        for table, record_id, doc in edits:
            if record_id is None:
                dropped = tables.pop(table, {}) if doc is None else {}
                self.gone.setdefault(table, set()).update(dropped)
                if doc is not None:
                    tables.setdefault(table, {})
                continue
            records = tables.get(table)
            if records is None:
                records = tables[table] = {}
            if doc is not None:
                records[record_id] = doc
            elif records.pop(record_id, None) is not None:
                self.gone.setdefault(table, set()).add(record_id)

    def changed_since(self, table: str, version: int | None) -> list[int] | None:
        """Return the ids of the records that were edited since a version of the table.

        None if that is not known: too many edits, an edit of the whole table, or no `version`.
        """
        count = self.versions.get(table, 0) - (version or 0)
        recent = self.recent.get(table, ())
        if version is None or count > len(recent):
            return None
        changed = list(recent)[len(recent) - count :]
        known = [record_id for record_id in changed if record_id is not None]
        return known if len(known) == len(changed) else None

    def succeed(self, earlier: "JournalState") -> None:
        """Become the successor of an earlier state.

        All versions grow, and the records deleted there stay deleted.
        """
        for table, record_ids in earlier.gone.items():
            self.gone.setdefault(table, set()).update(record_ids)
        self.recent.clear()
        for table in [*self.tables, *earlier.versions]:
            versions = self.versions.get(table, 0), earlier.versions.get(table, 0)
            self.versions[table] = max(versions) + 1

    def size(self) -> int:
        """Return the total size of all records' JSON in bytes."""
        return sum(sum(map(len, records.values())) for records in self.tables.values())

    def edits_missing_in(self, other: "JournalState") -> list[RecordEdit]:
        """Return the edits that bring another state up to date with this one; empty if none.

        A record counts as deleted only if it was deleted, not because it is absent. Of two versions
        of a record, the one that was updated later is kept.
        """
        edits = []
        for table, records in self.tables.items():
            others = other.tables.get(table, {})
            for record_id, doc in records.items():
                theirs = others.get(record_id)
                if theirs is None:
                    if record_id not in other.gone.get(table, ()):
                        edits.append(RecordEdit(table, record_id, doc))
                elif theirs != doc and _updated(theirs) <= _updated(doc):
                    edits.append(RecordEdit(table, record_id, doc))
        edits.extend(
            RecordEdit(table, record_id, None)
            for table, record_ids in self.gone.items()
            for record_id in record_ids
            if record_id in other.tables.get(table, {})
            and record_id not in self.tables.get(table, {})
        )
        return edits


def edits_for_tables(tables: Mapping[str, Mapping[int, bytes]]) -> Iterator[RecordEdit]:
    """Yield the edits that create these tables, given by name and record id, from nothing.

    A table without records is one edit of the whole table.
    """
    for table, records in tables.items():
        if not records:
            yield RecordEdit(table, None, b"{}")
        for record_id, doc in records.items():
            yield RecordEdit(table, record_id, doc)


def _updated(doc: bytes) -> str:
    """Return the time stamp at which a record was last updated; "" if unknown."""
    value = json.loads(doc)
    return str(value.get("updated", "")) if isinstance(value, dict) else ""


_PIECE = 4 << 20
"""The size of the pieces in which a journal is read, in bytes."""
_USUAL = re.compile(
    rb'\{"crc":"([0-9a-f]{8})","at":"[0-9TZ:.+-]{0,40}",'
    rb'"sizes":\[(\d{1,10}(?:,\d{1,10})*)\],"edits":\['
    rb'\{"t":"([ !#-\[\]-~]*)","id":"(-?\d{1,60})","doc":'
)
"""The beginning of a line as this program writes it, up to the first record."""
_EDIT = re.compile(rb'\{"t":"([ !#-\[\]-~]*)","id":"(-?\d{1,60})","doc":')


_TO_EDITS = len(b'],"edits":[')


@dataclass(slots=True)
class LoadResult:
    """The result of loading a journal."""

    state: JournalState = field(default_factory=JournalState)
    generations: tuple[int, ...] = ()
    """The generations that the first line names."""
    format: int = 0
    """The format version that the first line names; 0 if it names none."""
    lines: int = 0
    rest: bytes = b""
    """The bytes after the last line that was read the fast way."""
    found: ScanResult = field(default_factory=lambda: ScanResult((), (), 0))
    """The result of scanning `rest`."""

    @property
    def is_blank(self) -> bool:
        """Whether the file has only white space, or nothing."""
        return not self.lines and not self.rest.strip()


def load_journal(file: LogFile) -> LoadResult:
    """Open a journal file and load all of it; damaged lines are left out.

    They are in `LoadResult.found`. Raises OSError if the file does not exist or cannot be read.
    """
    file.open()
    loaded, size = LoadResult(), _PIECE
    data = file.read_next(size)
    loaded.format = format_version(data[:1024])
    while data:
        end = _load_lines(data, loaded)
        file.advance(data[:end], end)
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
        loaded.state.load(line.edits)
        loaded.generations = loaded.generations or line.generations
    loaded.lines += len(loaded.found.lines)
    file.advance(loaded.rest, loaded.found.end)
    return loaded


def _load_lines(data: bytes, loaded: LoadResult) -> int:
    """Load the complete lines at the beginning of the data, and return where they end.

    0 if there is none; loading stops at a line that is not valid.
    """
    at, usual, state = 0, _USUAL.match, loaded.state
    tables: dict[bytes, dict[int, bytes]] = {}
    while (stop := data.find(b"\n", at)) >= 0:
        head = usual(data, at)
        if head is None or not _load_edits(data, head, stop, state, tables):
            # The first line of a file, for example, has more fields.
            line = decode_line(data, at, stop)
            if line is None or line.end != stop:
                break
            state.load(line.edits)
            tables.clear()
            loaded.generations = loaded.generations or line.generations
        loaded.lines += 1
        at = stop + 1
    return at


def _load_edits(
    data: bytes,
    head: re.Match[bytes],
    stop: int,
    state: JournalState,
    tables: dict[bytes, dict[int, bytes]],
) -> bool:
    """Load the edits of a line; return False if its form is unusual or its checksum wrong.

    Then nothing is loaded. `head` is the match of `_USUAL`, `stop` the end of the line; `tables`
    caches the tables by their encoded names.
    """
    crc, sizes, name, record_id = head.groups()
    if crc32(data[head.start() + CHECKED : stop]) != int(crc, 16):
        return False
    begin, at = head.end(), head.end(2) + _TO_EDITS
    # Collect all edits first: a line with an unusual form must not be applied in part.
    edits = []
    for size in sizes.split(b","):
        if not begin:
            found = _EDIT.match(data, at)
            if found is None:
                return False
            name, record_id = found.groups()
            begin = found.end()
        at += int(size)
        edits.append((name, record_id, data[begin : at - 1]))
        begin, at = 0, at + 1
    if at != stop - 1:
        return False
    for name, record_id, doc in edits:
        if doc == b"null" or (records := tables.get(name)) is None:
            table = str(name, "ascii")
            state.load_record(table, int(record_id), doc)
            tables[name] = state.tables.setdefault(table, {})
        else:
            records[int(record_id)] = doc
    return True
