"""The records of another notebook, or of another copy of this one: the newer of two is kept."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuireader.notebook import validation
from tuireader.notebook.journal.line_format import JournalLine, RecordEdit, to_json
from tuireader.notebook.journal.state import JournalState
from tuireader.notebook.journal.tinydb_storage import JournalStorage
from tuireader.notebook.migrations import migrate_record
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.notebook.undo import INTERNAL_TABLES, Record, UndoLog, rewrite_records

_ONE_A_LOCATION = frozenset({SOURCES, READINGS})
_LONGEST_NUMBER = 60


@dataclass(slots=True)
class MergeSummary:
    """What a merge brings, counted by table, and what it leaves out."""

    new: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    """Records that are here too, and were changed later there."""
    newer_here: int = 0
    """Records that were changed later here, and so stay."""
    same: int = 0
    deleted_here: int = 0
    """Records that are left out because they were deleted here."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """What cannot be a record: where it stands, and why."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.newer)


class Merge:
    """What another notebook's tables would change here; nothing is changed before it is taken."""

    def __init__(
        self,
        storage: JournalStorage,
        undo_log: UndoLog,
        tables: Mapping[str, Any],
        *,
        revive: bool = True,
    ) -> None:
        """Tables are as TinyDB keeps them; what was deleted here comes back only to `revive` it."""
        self._storage = storage
        self._undo_log = undo_log
        self._tables = tables
        self._revive = revive
        self.gain = MergeSummary()
        with storage.journal.mutex:
            storage.journal.refresh()
            self._edits()

    def take(self, label: str) -> None:
        """Keep what is new or newer: one step of undo, on the disk when it returns.

        NotebookError if it cannot be saved; then nothing of it is.
        """
        if not self.gain.is_empty:
            with self._storage.transaction():
                rewrite_records(self._storage, self._undo_log, label, self._edits())

    def _edits(self) -> list[RecordEdit]:
        """What is to be written, counted anew; needs the journal's mutex."""
        self.gain = MergeSummary()
        return [edit for table in self._tables for edit in self._table_edits(table)]

    def _table_edits(self, table: str) -> Iterator[RecordEdit]:
        if table in INTERNAL_TABLES:
            return
        records = self._tables[table]
        if not isinstance(records, Mapping):
            self.gain.skipped.append((table, "it is no table"))
            return
        here = self._storage.records(table)
        numbers = _numbers_by_location(here) if table in _ONE_A_LOCATION else {}
        for key, found in records.items():
            where = f"{table} {key}"
            if not (key.isascii() and key.isdecimal() and len(key) < _LONGEST_NUMBER):
                self.gain.skipped.append((where, "its id is no number"))
            elif flaw := validation.validation_error(table, found):
                self.gain.skipped.append((where, flaw))
            else:
                record = validation.sanitized_record(migrate_record(table, found))
                number = int(key)
                if number not in here:
                    number = numbers.get(str(record.get("location")), number)
                yield from self._edit(table, number, here.get(number), record)

    def _edit(
        self, table: str, number: int, known: bytes | None, record: Record
    ) -> Iterator[RecordEdit]:
        if known is None:
            if not self._revive and number in self._storage.journal.state.gone.get(table, ()):
                self.gain.deleted_here += 1
                return
            self.gain.new[table] += 1
        else:
            ours = _decoded(known)
            if str(record["updated"]) == str(ours.get("updated", "")) or (
                _content(ours) == _content(record)
            ):
                self.gain.same += 1
                return
            if str(record["updated"]) <= str(ours.get("updated", "")):
                self.gain.newer_here += 1
                return
            self.gain.newer[table] += 1
        yield RecordEdit(table, number, to_json(record))


def tables_in_journal(lines: Iterable[JournalLine]) -> dict[str, dict[str, Any]]:
    """What a journal's lines add up to, as TinyDB keeps tables; None for what is no record."""
    return {
        table: {str(number): _decoded(doc) or None for number, doc in records.items()}
        for table, records in JournalState.of(lines).tables.items()
    }


def _numbers_by_location(records: Mapping[int, bytes]) -> dict[str, int]:
    found = {number: _decoded(doc) for number, doc in records.items()}
    return {str(record.get("location")): number for number, record in found.items()}


def _decoded(doc: bytes) -> Record:
    try:
        record = json.loads(doc)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without when it was written, which alone is no difference."""
    return {name: what for name, what in record.items() if name not in {"created", "updated"}}
