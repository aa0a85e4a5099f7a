"""The journal as a TinyDB storage: a transaction is one line of the journal.

Reads return the state of the journal; nothing is cached. `JournalTable` writes only the records
that changed. Stock tables and middleware write all records; what changed is then found by
comparison.
"""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table
from tinydb.utils import LRUCache

from tuireader.notebook.journal.compaction import maintain
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.lock import LOCK_TIMEOUT
from tuireader.notebook.journal.recovery import open_journal


class JournalStorage(Storage):
    """A TinyDB storage that keeps its tables in an append-only journal."""

    def __init__(self, path: Path | str, timeout: float = LOCK_TIMEOUT) -> None:
        """Open the journal; it is created with the first change.

        `timeout` is how many seconds a change waits for another window that is writing.
        """
        self.journal = open_journal(Path(path), timeout)
        self._staged: dict[str, dict[int, bytes | None]] | None = None
        self._handed_out: dict[str, dict[int, bytes]] = {}

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the whole database, decoded, as stock TinyDB expects it; None if it is empty."""
        with self.journal.mutex:
            self._handed_out = self.copy()
            return {
                table: {str(record_id): json.loads(doc) for record_id, doc in records.items()}
                for table, records in self._handed_out.items()
            } or None

    def copy(self) -> dict[str, dict[int, bytes]]:
        """Return a copy of all tables by name: the JSON of each record by id."""
        with self.journal.mutex:
            self.journal.refresh()
            return {name: dict(records) for name, records in self.journal.state.tables.items()}

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Save the records that differ from the last `read`; changes of other windows stay.

        Raises NotebookError if they cannot be saved.
        """
        with self.journal.exclusive():
            edits = [
                RecordEdit(table, None, None) for table in self._handed_out if table not in data
            ]
            for table, documents in data.items():
                edits += self._differences(table, documents)
            if edits:
                self.journal.append(edits)

    def close(self) -> None:
        """Compact and back up the journal if that is due, and close it.

        Nothing can be saved afterwards; no error is raised.
        """
        with self.journal.mutex:
            maintain(self.journal)
            self.journal.close()

    def staged(self, table: str) -> Iterable[int]:
        """Return the ids of a table's records with changes that are not saved yet.

        Empty outside a transaction. Only for the thread that runs the transaction.
        """
        return tuple((self._staged or {}).get(table, ()))

    def record(self, table: str, record_id: int) -> bytes | None:
        """Return a record's JSON, with unsaved changes; None if there is no such record."""
        with self.journal.mutex:
            if self._staged is not None and record_id in self._staged.get(table, {}):
                return self._staged[table][record_id]
            return self.journal.state.tables.get(table, {}).get(record_id)

    def records(self, table: str) -> dict[int, bytes]:
        """Return a copy of a table: the JSON of each record by id, with unsaved changes.

        Empty if there is no such table.
        """
        with self.journal.mutex:
            records = dict(self.journal.state.tables.get(table, {}))
            for record_id, doc in (self._staged or {}).get(table, {}).items():
                records.pop(record_id, None) if doc is None else records.update({record_id: doc})
            return records

    def shared_records(self, table: str) -> dict[int, bytes]:
        """Return a table like `records`, but without copying it.

        It must not be changed, and is valid only while the journal's mutex is held.
        """
        if self._staged and self._staged.get(table):
            return self.records(table)
        return self.journal.state.tables.get(table, {})

    def version(self, table: str) -> int:
        """Return a number that grows whenever the table changes; 0 before the first change."""
        return self.journal.state.versions.get(table, 0)

    def changed_since(self, table: str, version: int | None) -> list[int] | None:
        """Return the ids of records that changed since a version of the table.

        None if that is not known any more, or `version` is None.
        """
        return self.journal.state.changed_since(table, version)

    @contextlib.contextmanager
    def transaction(self, timeout: float | None = None) -> Iterator[None]:
        """Save all changes made inside a `with` block as one transaction.

        If the block raises an exception, nothing is saved. May be nested. `timeout` is how many
        seconds to wait for another window; None stands for the usual time. Raises NotebookError if
        the changes cannot be saved.
        """
        with self.journal.exclusive(timeout):
            if self._staged is not None:
                yield
                return
            self._staged = {}
            try:
                yield
                self._save_staged()
            finally:
                self._staged = None

    def stage(self, table: str, changes: Mapping[int, bytes | None]) -> None:
        """Set the JSON that records get when the transaction ends; None deletes a record.

        Raises RuntimeError outside a transaction.
        """
        if self._staged is None:
            raise RuntimeError("Changes are staged inside a transaction only.")
        self._staged.setdefault(table, {}).update(changes)

    def _save_staged(self) -> None:
        """Append the staged changes as one line, without those that change nothing."""
        edits = []
        for table, changes in (self._staged or {}).items():
            known = self.journal.state.tables.get(table)
            if known is None and not changes:
                edits.append(RecordEdit(table, None, b"{}"))
            edits += [
                RecordEdit(table, record_id, doc)
                for record_id, doc in changes.items()
                if doc != (known or {}).get(record_id)
            ]
        if edits:
            self.journal.append(edits)

    def _differences(self, table: str, documents: Mapping[Any, Any]) -> Iterator[RecordEdit]:
        """Yield the edits that turn the table of the last `read` into the given documents."""
        before = self._handed_out.get(table, {})
        after = {int(record_id): to_json(doc) for record_id, doc in documents.items()}
        if not after and table not in self._handed_out:
            yield RecordEdit(table, None, b"{}")
        for record_id, doc in after.items():
            if before.get(record_id) != doc:
                yield RecordEdit(table, record_id, doc)
        for record_id in before:
            if record_id not in after:
                yield RecordEdit(table, record_id, None)


class NoCache(LRUCache[Any, Any]):
    """A query cache that stores nothing, because other windows change the data too."""

    def set(self, key: Any, value: Any) -> None:
        """Store nothing."""


class LazyDocuments(Mapping[str, Any]):
    """The documents of one table by id, each decoded when it is accessed."""

    def __init__(self, storage: JournalStorage, table: str) -> None:
        """Give access to one table of a storage."""
        self._storage = storage
        self._table = table

    def __getitem__(self, key: str) -> Any:
        """Return the document with an id; raise KeyError if there is none."""
        doc = self._storage.record(self._table, int(key))
        if doc is None:
            raise KeyError(key)
        return json.loads(doc.decode("ascii"))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the current ids."""
        return map(str, self._storage.records(self._table))

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._storage.records(self._table))

    def items(self) -> Any:
        """Yield the current ids and documents."""
        for record_id, doc in self._storage.records(self._table).items():
            yield str(record_id), json.loads(doc.decode("ascii"))


class CopyOnWrite(MutableMapping[int, Any]):
    """A table for a TinyDB updater to change; it records which documents were touched."""

    def __init__(self, storage: JournalStorage, table: str) -> None:
        """Give access to one table of a storage, without changes yet."""
        self._storage = storage
        self._table = table
        self._touched: dict[int, Any] = {}
        self._gone: set[int] = set()

    def __getitem__(self, key: int) -> Any:
        """Return the document with an id, which may be changed in place.

        Raises KeyError if there is none.
        """
        if key in self._touched:
            return self._touched[key]
        doc = None if key in self._gone else self._storage.record(self._table, key)
        if doc is None:
            raise KeyError(key)
        return self._touched.setdefault(key, json.loads(doc.decode("ascii")))

    def __setitem__(self, key: int, value: Any) -> None:
        """Set a document."""
        self._touched[key] = value
        self._gone.discard(key)

    def __delitem__(self, key: int) -> None:
        """Remove the document with an id; raise KeyError if there is none."""
        if key not in self:
            raise KeyError(key)
        self._touched.pop(key, None)
        self._gone.add(key)

    def __contains__(self, key: object) -> bool:
        """Return whether there is a document with the id, without decoding it."""
        if not isinstance(key, int) or key in self._gone:
            return False
        return key in self._touched or self._storage.record(self._table, key) is not None

    def __iter__(self) -> Iterator[int]:
        """Iterate over all ids."""
        known = self._storage.records(self._table)
        yield from (key for key in known if key not in self._gone)
        yield from [key for key in self._touched if key not in known]

    def __len__(self) -> int:
        """Return the number of documents."""
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove all documents."""
        self._touched.clear()
        self._gone.update(self._storage.records(self._table))

    def changes(self) -> dict[int, bytes | None]:
        """Return the new JSON of each touched record; None for one that was removed.

        Empty if none was touched.
        """
        changes: dict[int, bytes | None] = dict.fromkeys(self._gone)
        changes.update((key, to_json(doc)) for key, doc in self._touched.items())
        return changes


TINYDB_VERSION = "4.9"
"""The version of TinyDB that the private names below were checked against."""

TINYDB_PRIVATE_NAMES: Mapping[str, tuple[str, ...]] = {
    "_read_table": ("self",),
    "_update_table": ("self", "updater"),
    "_get_next_id": ("self",),
}
"""The private methods of TinyDB's `Table` that `JournalTable` overrides, and their parameters."""


class JournalTable(Table):
    """A TinyDB table that appends each change as one line, with UUIDv7s as record ids.

    This class and `JournalDB` are the only places that use private names of TinyDB.
    """

    query_cache_class = NoCache
    _storage: JournalStorage

    def _read_table(self) -> Mapping[str, Any]:  # type: ignore[override]  # TinyDB says dict
        """Return the table's documents, decoded when they are accessed."""
        self._storage.journal.refresh()
        return LazyDocuments(self._storage, self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        """Let TinyDB's updater change the table, and save what it touched."""
        with self._storage.transaction():
            view = CopyOnWrite(self._storage, self.name)
            updater(view)
            self._storage.stage(self.name, view.changes())

    def _get_next_id(self) -> int:
        """Return a UUIDv7 as the next record id."""
        return self._storage.journal.ids.next()


class JournalDB(TinyDB):
    """A TinyDB database whose tables are kept in a journal."""

    table_class = JournalTable
    _storage: JournalStorage

    def __init__(self, path: Path, timeout: float = LOCK_TIMEOUT) -> None:
        """Open the journal at a path; it is created with the first change.

        `timeout` is how many seconds a change waits for another window that is writing.
        """
        super().__init__(path, timeout, storage=JournalStorage)

    @property
    def storage(self) -> JournalStorage:
        """The storage, which gives access to the journal."""
        return self._storage
