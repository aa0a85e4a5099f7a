"""A table's records as values of the domain, decoded once for as long as they stay the same."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from tuireader.notebook.storage import JournalStorage

T = TypeVar("T")


class Values(Generic[T]):
    """The values of one table by id; one that cannot be decoded is left out and told of."""

    def __init__(
        self, storage: JournalStorage, table: str, decode: Callable[[int, Mapping[str, Any]], T]
    ) -> None:
        """Decode raises KeyError, TypeError or ValueError for a record of an unknown form."""
        self._storage = storage
        self._table = table
        self._decode = decode
        self._version = -1
        self._known: dict[int, tuple[bytes, T]] = {}
        self._values: dict[int, T] = {}

    @property
    def version(self) -> int:
        """A number that grows whenever the table changes, by this window or another."""
        self._storage.journal.refresh()
        return self._storage.version(self._table)

    def all(self) -> Mapping[int, T]:
        """All values as they are now, in the order in which they were first written."""
        with self._storage.journal.mutex:
            version = self.version
            if self._storage.in_transaction or version != self._version:
                self._rebuild()
                self._version = -1 if self._storage.in_transaction else version
            return self._values

    def _rebuild(self) -> None:
        known, strange = {}, 0
        for number, doc in self._storage.records(self._table).items():
            before = self._known.get(number)
            if before is not None and before[0] is doc:
                known[number] = before
                continue
            try:
                known[number] = doc, self._decode(number, json.loads(doc))
            except (KeyError, TypeError, ValueError, AttributeError):
                strange += 1
        self._known = known
        self._values = {number: value for number, (_, value) in known.items()}
        if strange:
            self._storage.journal.tell(
                "Some records of the notebook are of a kind that this version of tuireader "
                "does not know; they are kept, but not shown."
            )
