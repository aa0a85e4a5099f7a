"""What the lines of a journal add up to: every table's records, as the JSON last written."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from tuireader.notebook.journal.lines import Edit, Line

_DELETED = b"null"
_RECENT = 500


class Fold:
    """The state after a number of edits; a record stays undecoded until it is asked for."""

    __slots__ = ("gone", "recent", "tables", "versions")

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, bytes]] = {}
        """Table by name, record by id, in the order in which they were first written."""
        self.versions: dict[str, int] = {}
        """A number for each table that grows by one with each edit."""
        self.recent: dict[str, deque[int | None]] = {}
        """What the last edits of each table were about; None for the whole table."""
        self.gone: dict[str, set[int]] = {}
        """What was deleted, so that an old copy of the file cannot bring it back."""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """The state after all edits of the lines."""
        fold = cls()
        for line in lines:
            fold.make(line.edits)
        return fold

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make the edits, in order."""
        for table, number, _ in edits:
            self.versions[table] = self.versions.get(table, 0) + 1
            self.recent.setdefault(table, deque(maxlen=_RECENT)).append(number)
        self.make(edits)

    def put(self, table: str, number: int, doc: bytes) -> None:
        """Give a record its JSON, or delete it with "null", while a file is read."""
        records = self.tables.get(table)
        if records is None:
            records = self.tables[table] = {}
        if doc != _DELETED:
            records[number] = doc
        elif records.pop(number, None) is not None:
            self.gone.setdefault(table, set()).add(number)

    def make(self, edits: Iterable[Edit]) -> None:
        """Make the edits while a file is read, when nobody looks yet."""
        tables = self.tables
        for table, number, doc in edits:
            if number is None:
                dropped = tables.pop(table, {}) if doc is None else {}
                self.gone.setdefault(table, set()).update(dropped)
                if doc is not None:
                    tables.setdefault(table, {})
                continue
            records = tables.get(table)
            if records is None:
                records = tables[table] = {}
            if doc is not None:
                records[number] = doc
            elif records.pop(number, None) is not None:
                self.gone.setdefault(table, set()).add(number)

    def changed_since(self, table: str, version: int | None) -> list[int] | None:
        """The records that the edits since that version were about; None if that is not known."""
        count = self.versions.get(table, 0) - (version or 0)
        recent = self.recent.get(table, ())
        if version is None or count > len(recent):
            return None
        changed = list(recent)[len(recent) - count :]
        known = [number for number in changed if number is not None]
        return known if len(known) == len(changed) else None

    def follow(self, earlier: "Fold") -> None:
        """Stand in the place of an earlier state: all versions grow, what was deleted stays so."""
        for table, numbers in earlier.gone.items():
            self.gone.setdefault(table, set()).update(numbers)
        self.recent.clear()
        for table in [*self.tables, *earlier.versions]:
            versions = self.versions.get(table, 0), earlier.versions.get(table, 0)
            self.versions[table] = max(versions) + 1

    def size(self) -> int:
        """The bytes of all records."""
        return sum(sum(map(len, records.values())) for records in self.tables.values())

    def lacking_in(self, other: "Fold") -> list[Edit]:
        """What has to be written into the other so that it holds all that is known here.

        Nothing counts as deleted because it is absent, only because it was deleted.
        """
        edits = []
        for table, records in self.tables.items():
            others = other.tables.get(table, {})
            for number, doc in records.items():
                theirs = others.get(number)
                if theirs is None:
                    if number not in other.gone.get(table, ()):
                        edits.append(Edit(table, number, doc))
                elif theirs != doc and _updated(theirs) <= _updated(doc):
                    edits.append(Edit(table, number, doc))
        edits.extend(
            Edit(table, number, None)
            for table, numbers in self.gone.items()
            for number in numbers
            if number in other.tables.get(table, {}) and number not in self.tables.get(table, {})
        )
        return edits


def edits_of(tables: Mapping[str, Mapping[int, bytes]]) -> Iterator[Edit]:
    """The edits that make these tables out of nothing."""
    for table, records in tables.items():
        if not records:
            yield Edit(table, None, b"{}")
        for number, doc in records.items():
            yield Edit(table, number, doc)


def _updated(doc: bytes) -> str:
    """When the record was last changed: RFC 3339 in UTC, which sorts as text."""
    value = json.loads(doc)
    return str(value.get("updated", "")) if isinstance(value, dict) else ""
