"""The journal as a TinyDB storage: a transaction is one line of it, or none.

What is read is what the lines add up to; nothing is cached. `JournalTable` hands
over only what changed; stock tables and middleware hand over the whole, and what
changed is found by comparison.

TinyDB's table over a journal: what an updater touches, and nothing else, is what is saved.
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
from tuireader.notebook.journal.lock import PATIENCE
from tuireader.notebook.journal.recovery import open_journal


class JournalStorage(Storage):
    """Keeps TinyDB's tables in an append-only journal."""

    def __init__(self, path: Path | str, patience: float = PATIENCE) -> None:
        """Open the journal at the path; `patience` is how many seconds it waits for a writer."""
        self.journal = open_journal(Path(path), patience)
        self._staged: dict[str, dict[int, bytes | None]] | None = None
        self._handed_out: dict[str, dict[int, bytes]] = {}

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The whole database, decoded, as stock TinyDB wants it; None if there is no table."""
        with self.journal.mutex:
            self.journal.refresh()
            self._handed_out = {
                table: dict(records) for table, records in self.journal.fold.tables.items()
            }
            return {
                table: {str(number): json.loads(doc) for number, doc in records.items()}
                for table, records in self._handed_out.items()
            } or None

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Save what differs from what `read` last gave; other windows' changes stay."""
        with self.journal.exclusive():
            edits = [
                RecordEdit(table, None, None) for table in self._handed_out if table not in data
            ]
            for table, documents in data.items():
                edits += self._differences(table, documents)
            if edits:
                self.journal.append(edits)

    def close(self) -> None:
        """Make the journal small if that is worth it, and let it go."""
        with self.journal.mutex:
            maintain(self.journal)
            self.journal.close()

    def staged(self, table: str) -> Iterable[int]:
        """The table's records with changes that are not on the disk yet; for their own thread."""
        return tuple((self._staged or {}).get(table, ()))

    def record(self, table: str, number: int) -> bytes | None:
        """One record's JSON, None if there is none."""
        with self.journal.mutex:
            if self._staged is not None and number in self._staged.get(table, {}):
                return self._staged[table][number]
            return self.journal.fold.tables.get(table, {}).get(number)

    def records(self, table: str) -> dict[int, bytes]:
        """All of a table's records as JSON, as they are at this moment."""
        with self.journal.mutex:
            records = dict(self.journal.fold.tables.get(table, {}))
            for number, doc in (self._staged or {}).get(table, {}).items():
                records.pop(number, None) if doc is None else records.update({number: doc})
            return records

    def shared_records(self, table: str) -> dict[int, bytes]:
        """As `records`, not to be changed, and for as long as the mutex is held."""
        if self._staged and self._staged.get(table):
            return self.records(table)
        return self.journal.fold.tables.get(table, {})

    def version(self, table: str) -> int:
        """A number that grows whenever the table changes."""
        return self.journal.fold.versions.get(table, 0)

    def changed_since(self, table: str, version: int | None) -> list[int] | None:
        """The records that have changed since that version; None if that is not known."""
        return self.journal.fold.changed_since(table, version)

    @contextlib.contextmanager
    def transaction(self, patience: float | None = None) -> Iterator[None]:
        """Make all that is saved inside one change; what is raised inside leaves no trace.

        `patience` is how many seconds it waits for another window, if not as long as usual.
        """
        with self.journal.exclusive(patience):
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
        """Note what a table's records become when the transaction ends; None deletes one."""
        if self._staged is None:
            raise RuntimeError("Changes are staged inside a transaction only.")
        self._staged.setdefault(table, {}).update(changes)

    def _save_staged(self) -> None:
        edits = []
        for table, changes in (self._staged or {}).items():
            known = self.journal.fold.tables.get(table)
            if known is None and not changes:
                edits.append(RecordEdit(table, None, b"{}"))
            edits += [
                RecordEdit(table, number, doc)
                for number, doc in changes.items()
                if doc != (known or {}).get(number)
            ]
        if edits:
            self.journal.append(edits)

    def _differences(self, table: str, documents: Mapping[Any, Any]) -> Iterator[RecordEdit]:
        before = self._handed_out.get(table, {})
        after = {int(number): to_json(doc) for number, doc in documents.items()}
        if not after and table not in self._handed_out:
            yield RecordEdit(table, None, b"{}")
        for number, doc in after.items():
            if before.get(number) != doc:
                yield RecordEdit(table, number, doc)
        for number in before:
            if number not in after:
                yield RecordEdit(table, number, None)


class NoCache(LRUCache[Any, Any]):
    """A query cache that keeps nothing: other windows write too, and results are the caller's."""

    def set(self, key: Any, value: Any) -> None:
        """Keep nothing."""


class LazyDocuments(Mapping[str, Any]):
    """The documents of one table by id, each decoded anew when it is asked for."""

    def __init__(self, storage: JournalStorage, table: str) -> None:
        self._storage = storage
        self._table = table

    def __getitem__(self, key: str) -> Any:
        """One document."""
        doc = self._storage.record(self._table, int(key))
        if doc is None:
            raise KeyError(key)
        return json.loads(doc.decode("ascii"))

    def __iter__(self) -> Iterator[str]:
        """All ids as they are now."""
        return map(str, self._storage.records(self._table))

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._storage.records(self._table))

    def items(self) -> Any:
        """All documents as they are now, with their ids."""
        for number, doc in self._storage.records(self._table).items():
            yield str(number), json.loads(doc.decode("ascii"))


class CopyOnWrite(MutableMapping[int, Any]):
    """What an updater is handed in place of the table's dict; it remembers what was touched."""

    def __init__(self, storage: JournalStorage, table: str) -> None:
        self._storage = storage
        self._table = table
        self._touched: dict[int, Any] = {}
        self._gone: set[int] = set()

    def __getitem__(self, key: int) -> Any:
        """One document, which may be changed in place."""
        if key in self._touched:
            return self._touched[key]
        doc = None if key in self._gone else self._storage.record(self._table, key)
        if doc is None:
            raise KeyError(key)
        return self._touched.setdefault(key, json.loads(doc.decode("ascii")))

    def __setitem__(self, key: int, value: Any) -> None:
        """Put a document."""
        self._touched[key] = value
        self._gone.discard(key)

    def __delitem__(self, key: int) -> None:
        """Remove a document."""
        if key not in self:
            raise KeyError(key)
        self._touched.pop(key, None)
        self._gone.add(key)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a document; does not decode it."""
        if not isinstance(key, int) or key in self._gone:
            return False
        return key in self._touched or self._storage.record(self._table, key) is not None

    def __iter__(self) -> Iterator[int]:
        """All ids."""
        known = self._storage.records(self._table)
        yield from (key for key in known if key not in self._gone)
        yield from [key for key in self._touched if key not in known]

    def __len__(self) -> int:
        """How many documents there are."""
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove all documents."""
        self._touched.clear()
        self._gone.update(self._storage.records(self._table))

    def changes(self) -> dict[int, bytes | None]:
        """What each touched record becomes; None for one that is removed."""
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
        self._storage.journal.refresh()
        return LazyDocuments(self._storage, self.name)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction():
            view = CopyOnWrite(self._storage, self.name)
            updater(view)
            self._storage.stage(self.name, view.changes())

    def _get_next_id(self) -> int:
        return self._storage.journal.ids.next()


class JournalDB(TinyDB):
    """TinyDB with journal tables in a journal storage."""

    table_class = JournalTable
    _storage: JournalStorage

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """Open the journal at the path; `patience` is how many seconds it waits for a writer."""
        super().__init__(path, patience, storage=JournalStorage)

    @property
    def storage(self) -> JournalStorage:
        """The storage, and through it the journal."""
        return self._storage
