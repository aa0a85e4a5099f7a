"""Merging another notebook, or another copy of this one: of two versions the newer is kept."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuireader.notebook.journal.line_format import JournalLine, RecordEdit, to_json
from tuireader.notebook.journal.state import JournalState
from tuireader.notebook.journal.tinydb_storage import JournalStorage
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.schema import migrate_record, sanitized_record, validation_error
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.notebook.undo import INTERNAL_TABLES, Record, UndoLog, rewrite_records

_ONE_A_LOCATION = frozenset({SOURCES, READINGS})
_MAX_ID_DIGITS = 60


@dataclass(slots=True)
class MergeSummary:
    """What a merge would change, counted by table, and what it skips."""

    new: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    """Records that exist here and were changed later there."""
    newer_here: int = 0
    """Records that were changed later here, and stay as they are."""
    same: int = 0
    deleted_here: int = 0
    """Records that are skipped because they were deleted here."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """The records that are not valid: for each its place, "bookmarks 3", and the reason."""

    @property
    def is_empty(self) -> bool:
        """Whether the merge would change nothing."""
        return not (self.new or self.newer)


class Merge:
    """A merge of another notebook's tables; the notebook is unchanged until `take` is called.

    `summary` counts the changes.
    """

    def __init__(
        self,
        storage: JournalStorage,
        undo_log: UndoLog,
        tables: Mapping[str, Any],
        *,
        revive: bool = True,
    ) -> None:
        """Compare the tables of another notebook with this one, and count the changes.

        Args:
            storage: The storage of this notebook.
            undo_log: Its undo steps.
            tables: The other tables, in the form of `Notebook.tables`.
            revive: Whether records that were deleted here are added again.
        """
        self._storage = storage
        self._undo_log = undo_log
        self._tables = tables
        self._revive = revive
        self.summary = MergeSummary()
        with storage.journal.mutex:
            storage.journal.refresh()
            self._edits()

    def take(self, label: str) -> None:
        """Save the new and newer records as one undo step; nothing if there are none.

        `label` says in the past tense what was done. Raises NotebookError if they cannot be saved;
        then nothing is.
        """
        if not self.summary.is_empty:
            with self._storage.transaction():
                rewrite_records(self._storage, self._undo_log, label, self._edits())

    def _edits(self) -> list[RecordEdit]:
        """Return the edits to make, counted again; the caller must hold the journal's mutex."""
        self.summary = MergeSummary()
        return [edit for table in self._tables for edit in self._table_edits(table)]

    def _table_edits(self, table: str) -> Iterator[RecordEdit]:
        """Yield the edits of one table, and count them in the summary."""
        if table in INTERNAL_TABLES:
            return
        records = self._tables[table]
        if not isinstance(records, Mapping):
            self.summary.skipped.append((table, "it is not a table"))
            return
        here = self._storage.records(table)
        record_ids = _numbers_by_location(here) if table in _ONE_A_LOCATION else {}
        for key, found in records.items():
            where = f"{table} {key}"
            if not (key.isascii() and key.isdecimal() and len(key) < _MAX_ID_DIGITS):
                self.summary.skipped.append((where, "its id is not a number"))
            elif flaw := validation_error(table, found):
                self.summary.skipped.append((where, flaw))
            else:
                record = sanitized_record(migrate_record(table, found))
                record_id = int(key)
                if record_id not in here:
                    record_id = record_ids.get(str(record.get("location")), record_id)
                yield from self._edit(table, record_id, here.get(record_id), record)

    def _edit(
        self, table: str, record_id: int, known: bytes | None, record: Record
    ) -> Iterator[RecordEdit]:
        """Yield the edit for one record if it is new or newer than the one here; else nothing.

        `known` is the JSON of the record here, None if there is none.
        """
        if known is None:
            if not self._revive and record_id in self._storage.journal.state.gone.get(table, ()):
                self.summary.deleted_here += 1
                return
            self.summary.new[table] += 1
        else:
            ours = _decoded(known)
            if str(record["updated"]) == str(ours.get("updated", "")) or (
                _content(ours) == _content(record)
            ):
                self.summary.same += 1
                return
            if str(record["updated"]) <= str(ours.get("updated", "")):
                self.summary.newer_here += 1
                return
            self.summary.newer[table] += 1
        yield RecordEdit(table, record_id, to_json(record))


def tables_in_journal(lines: Iterable[JournalLine]) -> dict[str, dict[str, Any]]:
    """Return the tables that a journal's lines result in, by name and record id.

    A record that is not a JSON object is None.
    """
    return {
        table: {str(record_id): _decoded(doc) or None for record_id, doc in records.items()}
        for table, records in JournalState.of(lines).tables.items()
    }


def _numbers_by_location(records: Mapping[int, bytes]) -> dict[str, int]:
    """Return the record ids by location."""
    found = {record_id: _decoded(doc) for record_id, doc in records.items()}
    return {str(record.get("location")): record_id for record_id, record in found.items()}


def _decoded(doc: bytes) -> Record:
    """Return the record in a JSON text; an empty one if it is not a valid object."""
    try:
        record = json.loads(doc)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without its time stamps, which are not compared."""
    return {name: what for name, what in record.items() if name not in {"created", "updated"}}
