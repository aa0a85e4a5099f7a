"""Restoring the notebook to an earlier time, as one undoable change on top of all others."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import backups
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.log_file import error_reason
from tuireader.notebook.journal.state import JournalState
from tuireader.notebook.journal.tinydb_storage import JournalStorage
from tuireader.notebook.schema import migrate_record
from tuireader.notebook.undo import INTERNAL_TABLES, UndoLog, rewrite_records


class Restoration:
    """A restoration of an earlier state; the notebook is unchanged until `make` is called."""

    def __init__(
        self,
        storage: JournalStorage,
        undo_log: UndoLog,
        then: JournalState,
        *,
        last: dt.datetime,
        whole: bool,
    ) -> None:
        """Compare the notebook with an earlier state, and count the differences.

        Args:
            storage: The storage of the notebook.
            undo_log: Its undo steps.
            then: The earlier state.
            last: The time of that state.
            whole: Whether the file that the state was read from is undamaged.
        """
        self.last = last
        """The time that is restored; earlier than requested if nothing is known in between."""
        self.is_intact = whole
        """Whether the file that it is read from is undamaged."""
        self.restored: Counter[str] = Counter()
        """Records that were deleted since and come back, by table."""
        self.deleted: Counter[str] = Counter()
        """Records that were added since and are deleted, by table."""
        self.changed: Counter[str] = Counter()
        self._storage = storage
        self._undo_log = undo_log
        self._then = then
        with storage.journal.mutex:
            storage.journal.refresh()
            self._edits()

    @property
    def is_empty(self) -> bool:
        """Whether the notebook is as it was then, so that nothing would change."""
        return not (self.restored or self.deleted or self.changed)

    def make(self, label: str) -> None:
        """Back up the journal, then restore the state as one undo step; nothing if it is empty.

        `label` says in the past tense what was done. Raises NotebookError if it cannot be saved;
        then nothing has changed.
        """
        journal = self._storage.journal
        with self._storage.transaction():
            edits = self._edits()
            if not edits:
                return
            try:
                backups.create_backup(journal.path, journal.ids, journal.path.read_bytes())
            except OSError as error:
                raise NotebookError(
                    "Nothing was changed, because the present notebook could not be backed up: "
                    f"{error_reason(error)}."
                ) from error
            rewrite_records(self._storage, self._undo_log, label, edits)

    def _edits(self) -> list[RecordEdit]:
        """Return the edits to make, counted again; the caller must hold the journal's mutex."""
        for counter in (self.restored, self.deleted, self.changed):
            counter.clear()
        here = self._storage.journal.state
        tables = [
            *self._then.tables,
            *(name for name in here.tables if name not in self._then.tables),
        ]
        stamp = now()
        return [
            edit
            for table in tables
            if table not in INTERNAL_TABLES
            for edit in self._table_edits(table, self._then, here, stamp)
        ]

    def _table_edits(
        self, table: str, then: JournalState, here: JournalState, stamp: str
    ) -> Iterator[RecordEdit]:
        """Yield the edits that turn a table of the state `here` into the one of `then`.

        They are counted; `stamp` is the time stamp that the records get.
        """
        was, is_now = then.tables.get(table, {}), here.tables.get(table, {})
        for record_id in is_now:
            if record_id not in was:
                self.deleted[table] += 1
                yield RecordEdit(table, record_id, None)
        for record_id, doc in was.items():
            if doc == (known := is_now.get(record_id)):
                continue
            record = json.loads(doc)
            if not isinstance(record, dict):
                continue
            record = migrate_record(table, record)
            if known is None:
                self.restored[table] += 1
            elif _content(json.loads(known)) == _content(record):
                continue
            else:
                self.changed[table] += 1
            # Copies of the file from before the restoration must not count as newer.
            yield RecordEdit(table, record_id, to_json({**record, "updated": stamp}))


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without the time of its last update, which is not compared."""
    return {name: what for name, what in record.items() if name != "updated"}
