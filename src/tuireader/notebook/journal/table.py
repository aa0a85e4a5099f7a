"""TinyDB's table over a journal: what an updater touches, and nothing else, is what is saved."""

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Table
from tinydb.utils import LRUCache

from tuireader.notebook.journal.lines import to_json
from tuireader.notebook.journal.lock import PATIENCE
from tuireader.notebook.journal.storage import JournalStorage


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


class JournalTable(Table):
    """A TinyDB table that saves a change in one line, and gives each record a UUIDv7."""

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
