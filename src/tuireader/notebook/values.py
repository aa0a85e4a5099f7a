"""A table's records as values of the domain, each decoded once for as long as it stays the same."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from tuireader.notebook.storage import JournalStorage

T = TypeVar("T")
_Replaced = Callable[[int, T | None, T | None], None]


class Values(Generic[T]):
    """The values of one table by id; one that cannot be decoded is left out and told of."""

    def __init__(
        self,
        storage: JournalStorage,
        table: str,
        decode: Callable[[int, Mapping[str, Any]], T],
        replaced: _Replaced[T],
    ) -> None:
        """Decode raises KeyError, TypeError or ValueError for a record of an unknown form.

        `replaced` is told of every change: the id, the value before and the value now.
        """
        self._storage = storage
        self._table = table
        self._decode = decode
        self._replaced = replaced
        self._version: int | None = None
        self._known: dict[int, tuple[bytes, T | None]] = {}

    def get(self, number: int) -> T | None:
        """The value with that id; None if there is none."""
        with self._storage.journal.mutex:
            self.refresh()
            return self._known.get(number, (b"", None))[1]

    def all(self) -> dict[int, T]:
        """All values as they are now, in the order in which they were first written."""
        with self._storage.journal.mutex:
            self.refresh()
            return {
                number: value for number, (_, value) in self._known.items() if value is not None
            }

    def refresh(self) -> None:
        """Take in what has changed; needs the journal's mutex, as all that `replaced` feeds."""
        self._storage.journal.refresh()
        if self._storage.is_staged(self._table):
            # These may still come to nothing, so that nothing here is certain after it.
            self._version = None
            self._take(self._known.keys() | self._storage.records(self._table).keys())
            return
        version = self._storage.version(self._table)
        if version == self._version:
            return
        changed = self._storage.changed_since(self._table, self._version)
        if changed is None:
            records = self._storage.records(self._table)
            changed = [*(number for number in self._known if number not in records), *records]
        self._take(changed)
        self._version = version

    def _take(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            doc = self._storage.record(self._table, number)
            before = self._known.get(number, (None, None))
            if doc is before[0]:
                continue
            now = None if doc is None else self._value_of(number, doc)
            if doc is None:
                del self._known[number]
            else:
                self._known[number] = doc, now
            self._replaced(number, before[1], now)

    def _value_of(self, number: int, doc: bytes) -> T | None:
        try:
            return self._decode(number, json.loads(doc.decode("ascii")))
        except (KeyError, TypeError, ValueError, AttributeError):
            self._storage.journal.tell(
                "Some records of the notebook are of a kind that this version of tuireader "
                "does not know; they are kept, but not shown."
            )
            return None
