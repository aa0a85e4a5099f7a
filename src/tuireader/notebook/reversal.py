"""Undo and redo of a step's records; what has changed since the step is left unchanged.

A step has an edit for each record, with the fields before and after it. An edit that inserted a
record has its fingerprint, because the record itself is in its table.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tinydb.table import Document, Table

from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB

Fields = dict[str, Any]

FINGERPRINT = "left"
"""The key of an edit under which the fingerprint of the inserted record is stored."""

_STAMPS = frozenset({"updated", "v"})
"""Fields that change with every save."""
_DERIVED: Mapping[str, frozenset[str]] = {
    "bookmarks": frozenset({"article", "placement", "orphan", "seen"}),
    "sources": frozenset({"opened"}),
}
"""Fields that the program sets while an article is open, and sets again if they are missing.

A change of them is not a reason to keep a record.
"""

_UNIQUE: Mapping[str, str] = {"sources": "location", "readings": "location", "marks": "letter"}
"""Tables with one record for each value of a field; a second one would hide the first."""

_ABSENT = object()


def fingerprint(table: str, record: Mapping[str, Any]) -> str:
    """Return a short hash of the user's data in a record, without what the program derives."""
    ignored = _STAMPS | _derived(table)
    content = {name: value for name, value in record.items() if name not in ignored}
    data = json.dumps(content, sort_keys=True).encode("ascii")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def insert_edit(table: str, record_id: int, record: Mapping[str, Any]) -> Fields:
    """Return the edit that an undo step stores for a record that was inserted."""
    # The record is in its table; undo moves it from there into the step.
    return {**_edit(table, record_id, None, {}), FINGERPRINT: fingerprint(table, record)}


def update_edit(
    table: str, record_id: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Fields:
    """Return the edit that an undo step stores for a record that was changed.

    `before` and `after` are the whole record; only fields that differ are stored.
    """
    names = [name for name in {**before, **after} if _differs(name, before, after)]
    return _edit(table, record_id, _only(before, names), _only(after, names))


def delete_edit(table: str, record_id: int, record: Mapping[str, Any]) -> Fields:
    """Return the edit that an undo step stores for a record that was deleted."""
    return _edit(table, record_id, dict(record), None)


class Reversal:
    """The undo or redo of one step, record by record."""

    def __init__(self, database: JournalDB, *, undone: bool) -> None:
        """Prepare the undo of a step, or its redo if `undone` is false.

        The caller must be in a transaction.
        """
        self.skipped: set[tuple[str, str]] = set()
        """The records that stay unchanged, in whole or in part, because they changed since."""
        self._database = database
        self._undone = undone
        self._now, self._then = ("after", "before") if undone else ("before", "after")
        self._unique = _UniqueValues(database)

    def apply(self, edits: Iterable[Mapping[str, Any]], pause: Callable[[], None]) -> list[Fields]:
        """Reverse edits; return those that were made, in order, to be reversed again later.

        Edits of records that have changed since are left out, and these records added to `skipped`.
        `pause` is called before each edit; it may raise to stop.
        """
        order = [dict(edit) for edit in edits]
        if self._undone:
            order.reverse()
        reversed_edits = []
        for edit in order:
            pause()
            if done := self._reversed(edit):
                reversed_edits.append(done)
        if self._undone:
            reversed_edits.reverse()
        return reversed_edits

    def _reversed(self, edit: Fields) -> Fields | None:
        """Reverse one edit and return what was done; None if its record is left unchanged."""
        name, record_id = edit["table"], int(edit["id"])
        table = self._database.table(name)
        found = table.get(doc_id=record_id)
        record = dict(found) if isinstance(found, dict) else None
        if edit[self._now] is None:
            done = self._insert(table, record_id, edit, record)
        elif record is None:
            done = None
        elif edit[self._then] is None:
            done = self._remove(table, record_id, edit, record)
        else:
            done = self._change(table, record_id, edit, record)
        if done is None:
            self.skipped.add((name, edit["id"]))
        return done

    def _insert(
        self, table: Table, record_id: int, edit: Fields, record: Fields | None
    ) -> Fields | None:
        """Insert a record again and return the edit.

        None if it exists already, or if another record has its unique value.
        """
        wanted = edit[self._then]
        if record is not None or self._unique.has(table.name, wanted):
            return None
        table.insert(Document({**wanted, "updated": now()}, doc_id=record_id))
        self._unique.add(table.name, wanted, 1)
        return edit

    def _remove(self, table: Table, record_id: int, edit: Fields, record: Fields) -> Fields | None:
        """Delete a record and return the edit; None if the user's data in it has changed."""
        known = edit[self._now]
        left = edit.get(FINGERPRINT) if self._undone else fingerprint(table.name, known)
        # Steps of earlier versions and schemas have no fingerprint.
        if left not in {None, fingerprint(table.name, record)}:
            return None
        table.remove(doc_ids=[record_id])
        self._unique.add(table.name, record, -1)
        return {**edit, self._now: record}

    def _change(self, table: Table, record_id: int, edit: Fields, record: Fields) -> Fields | None:
        """Set the fields of a record back and return the edit with the fields that were set.

        None if all of them have changed since.
        """
        known, wanted = edit[self._now], edit[self._then]
        derived = _derived(table.name)
        names = [name for name in known | wanted if name not in _STAMPS]
        changed = {name for name in names if _differs(name, known, record)}
        names_to_set = [name for name in names if name not in changed or name in derived]
        has_data = any(name not in derived for name in names)
        if has_data and not any(name not in derived for name in names_to_set):
            return None
        if changed - derived:
            self.skipped.add((table.name, edit["id"]))

        def change(fields: Any) -> None:
            """Restore the fields that the undone step had set."""
            for name in names_to_set:
                fields.pop(name, None)
            if changed & derived:
                # It was anchored in another text since, and must be searched there again.
                fields.pop("seen", None)
            fields.update(_only(wanted, names_to_set), updated=now())

        table.update(change, doc_ids=[record_id])
        sides = {side: _only(edit[side], names_to_set) for side in ("before", "after")}
        return {**edit, **sides}


class _UniqueValues:
    """The values of fields that only one record of a table may have."""

    def __init__(self, database: JournalDB) -> None:
        """Prepare the values; tables are read when they are first needed."""
        self._database = database
        self._tables: dict[str, Counter[object]] = {}

    def has(self, table: str, record: Mapping[str, Any]) -> bool:
        """Return whether a record in the table has the same unique value as `record`.

        False for tables without unique values.
        """
        name = _UNIQUE.get(table)
        if name is None:
            return False
        if table not in self._tables:
            documents = self._database.storage.records(table).values()
            self._tables[table] = Counter(json.loads(doc).get(name) for doc in documents)
        return self._tables[table][record.get(name)] > 0

    def add(self, table: str, record: Mapping[str, Any], count: int) -> None:
        """Update the values after a record was inserted (`count` 1) or deleted (-1)."""
        if table in self._tables:
            self._tables[table][record.get(_UNIQUE[table])] += count


def _edit(table: str, record_id: int, before: Fields | None, after: Fields | None) -> Fields:
    """Return one edit as an undo step stores it; None before or after means no record."""
    # Ids are strings in JSON, because most JSON parsers cannot represent 128-bit integers.
    return {"table": table, "id": str(record_id), "before": before, "after": after}


def _derived(table: str) -> frozenset[str]:
    """Return the fields of a table that the program derives; empty if there are none."""
    return _DERIVED.get(table, frozenset())


def _differs(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether a field differs between two records; a missing one differs from any value."""
    return bool(one.get(name, _ABSENT) != other.get(name, _ABSENT))


def _only(record: Mapping[str, Any], names: Iterable[str]) -> Fields:
    """Return those fields of a record that are named; missing ones are left out."""
    return {name: record[name] for name in names if name in record}
