"""A cache of a table's records as domain values, each decoded at most once until it changes."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from tuireader.notebook.journal.tinydb_storage import JournalStorage

T = TypeVar("T")
_OnChange = Callable[[int, bytes | None, bytes | None], None]
_OnReplace = Callable[[int, T | None, T | None], None]
_INVALID = (KeyError, TypeError, ValueError, AttributeError)
"""The errors of a record that is not valid."""
_raw_decode = json.JSONDecoder().raw_decode


def _decoded(doc: bytes) -> Any:
    """Return the value of a record's JSON; this is `json.loads` for what the program writes."""
    text = doc.decode("ascii")
    value, end = _raw_decode(text)
    return value if end == len(text) else json.loads(text)


class LazyTable(Generic[T]):
    """The values of a table by record id, each decoded when it is needed.

    Records that cannot be decoded are left out, and a notice is added.
    """

    def __init__(
        self,
        storage: JournalStorage,
        table: str,
        decode: Callable[[int, Mapping[str, Any]], T],
        on_change: _OnChange,
    ) -> None:
        """Create the cache; nothing is read yet.

        Args:
            storage: The storage of the notebook.
            table: The name of the table.
            decode: Returns the value of an id and a record, or raises KeyError, TypeError or
                ValueError.
            on_change: Called for every change with the id and the record's JSON before and
                after it; None means that there was or is no record.
        """
        self._storage = storage
        self._table = table
        self._decode = decode
        self._on_change = on_change
        self._version: int | None = None
        self._docs: dict[int, bytes] = {}
        self._values: dict[int, T | None] = {}
        self._tentative: set[int] = set()
        """The ids that were read from a transaction that may still fail."""

    def get(self, record_id: int) -> T | None:
        """Return the value with an id; None if there is none or it cannot be decoded."""
        with self._storage.journal.mutex:
            self.refresh()
            return self.get_cached(record_id)

    def all(self) -> dict[int, T]:
        """Return all values by id, in the order in which they were first written.

        Records that cannot be decoded are left out.
        """
        with self._storage.journal.mutex:
            self.refresh()
            known = self.get_cached
            return {
                record_id: value
                for record_id in self._docs
                if (value := known(record_id)) is not None
            }

    def get_uncached(self, record_id: int) -> T | None:
        """Return the value with an id as of the last `refresh`, without caching it.

        None if there is none or it cannot be decoded. It saves memory in long scans.
        """
        doc = self._docs.get(record_id)
        if doc is None or record_id in self._values:
            return self._values.get(record_id)
        return self.decode_record(record_id, doc)

    def get_cached(self, record_id: int) -> T | None:
        """Return the value with an id as of the last `refresh`.

        None if there is none or it cannot be decoded. The caller must hold the journal's mutex.
        """
        try:
            return self._values[record_id]
        except KeyError:
            doc = self._docs.get(record_id)
            if doc is None:
                return None
            value = self._values[record_id] = self.decode_record(record_id, doc)
            return value

    def decode_together(self, record_ids: Iterable[int]) -> None:
        """Decode the records with these ids for `get_cached`, which is faster than one by one.

        The caller must hold the journal's mutex.
        """
        docs, values = self._docs, self._values
        missing = [each for each in record_ids if each not in values and each in docs]
        try:
            records, _ = _raw_decode(f"[{b','.join(map(docs.__getitem__, missing)).decode()}]")
            if len(records) == len(missing):
                decoded = [self._decode(*pair) for pair in zip(missing, records, strict=True)]
                values.update(zip(missing, decoded, strict=True))
        except _INVALID:
            # One of them is not valid: `get_cached` tells which.
            return

    def refresh(self) -> None:
        """Apply all changes, of this and other windows.

        The caller must hold the journal's mutex.
        """
        self._storage.journal.refresh()
        if self._tentative:
            tentative, self._tentative = self._tentative, set()
            self._apply(tentative)
        version = self._storage.version(self._table)
        if version != self._version:
            changed = self._storage.changed_since(self._table, self._version)
            if changed is None:
                self._apply_all(self._storage.records(self._table))
            else:
                self._apply(changed)
            self._version = version
        if staged := self._storage.staged(self._table):
            self._apply(staged)
            self._tentative.update(staged)

    def _apply(self, record_ids: Iterable[int]) -> None:
        """Apply the changes of the records with these ids."""
        record_of, table = self._storage.record, self._table
        for record_id in record_ids:
            doc, before = record_of(table, record_id), self._docs.get(record_id)
            if doc is before:
                continue
            if doc is None:
                del self._docs[record_id]
            else:
                self._docs[record_id] = doc
            if doc != before:
                self._values.pop(record_id, None)
                self._on_change(record_id, before, doc)

    def _apply_all(self, records: dict[int, bytes]) -> None:
        """Replace all records of the table, reporting those that differ."""
        before, self._docs = self._docs, records
        changed = self._on_change
        for record_id in before.keys() - records.keys() if before else ():
            self._values.pop(record_id, None)
            changed(record_id, before[record_id], None)
        for record_id, doc in records.items():
            if doc != (was := before.get(record_id)):
                self._values.pop(record_id, None)
                changed(record_id, was, doc)

    def decode_record(self, record_id: int, doc: bytes) -> T | None:
        """Return the value in a record's JSON; None, with a notice, if it cannot be decoded."""
        try:
            return self._decode(record_id, _decoded(doc))
        except _INVALID:
            self._storage.journal.add_notice(
                "Some records of the notebook have a form that this version of tuireader "
                "does not know; they are kept, but not shown."
            )
            return None


class IndexedTable(LazyTable[T]):
    """A `LazyTable` that decodes each record at once, for indexes by a field of the value."""

    def __init__(
        self,
        storage: JournalStorage,
        table: str,
        decode: Callable[[int, Mapping[str, Any]], T],
        on_replace: _OnReplace[T],
    ) -> None:
        """Create the cache, with the parameters of `LazyTable`.

        `on_replace` is called for every change with the id and the value before and after it; None
        means that there was or is none.
        """
        super().__init__(storage, table, decode, self._replace)
        self._on_replace = on_replace
        self._before: dict[int, T | None] = {}

    def _replace(self, record_id: int, _before: bytes | None, doc: bytes | None) -> None:
        """Decode a changed record and report the values before and now."""
        before = self._before.pop(record_id, None)
        now = None
        if doc is not None:
            now = self._before[record_id] = self.get_cached(record_id)
        self._on_replace(record_id, before, now)
