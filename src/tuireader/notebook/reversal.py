"""Undo and redo of a step's records: what has changed since the step stays as it is.

A step holds an edit for each record, with the fields before and after it. An edit that
inserted a record holds its fingerprint, because the record itself is in its table.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tinydb.table import Document, Table

from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB

Fields = dict[str, Any]

FINGERPRINT = "left"
"""Where an edit has the fingerprint of the record that it inserted."""

_STAMPS = frozenset({"updated", "v"})
_DERIVED: Mapping[str, frozenset[str]] = {
    "bookmarks": frozenset({"article", "placement", "orphan", "seen"}),
    "sources": frozenset({"opened"}),
}
"""Fields that the program sets while an article is open, and sets again when they are missing.
A change of them is no reason to keep a record."""

_UNIQUE: Mapping[str, str] = {"sources": "location", "readings": "location", "marks": "letter"}
"""Tables with one record for each value of a field: a second record would hide the first."""

_ABSENT = object()


def fingerprint(table: str, record: Mapping[str, Any]) -> str:
    """A short text that tells whether the reader's data in a record has changed."""
    ignored = _STAMPS | _derived(table)
    content = {name: value for name, value in record.items() if name not in ignored}
    data = json.dumps(content, sort_keys=True).encode("ascii")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def inserted(table: str, number: int, record: Mapping[str, Any]) -> Fields:
    """The edit of a step that inserted the record."""
    # The record is in its table; undo takes it from there into the step.
    return {**_edit(table, number, None, {}), FINGERPRINT: fingerprint(table, record)}


def updated(table: str, number: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> Fields:
    """The edit of a step that changed the record from one to the other."""
    names = [name for name in {**before, **after} if _differs(name, before, after)]
    return _edit(table, number, _only(before, names), _only(after, names))


def deleted(table: str, number: int, record: Mapping[str, Any]) -> Fields:
    """The edit of a step that deleted the record."""
    return _edit(table, number, dict(record), None)


class Reversal:
    """A step while it is undone or redone, record by record."""

    def __init__(self, database: JournalDB, *, undone: bool) -> None:
        """All of it is done inside one transaction."""
        self.left: set[tuple[str, str]] = set()
        """The records that stay as they are, in whole or in part, because they changed since."""
        self._database = database
        self._undone = undone
        self._now, self._then = ("after", "before") if undone else ("before", "after")
        self._unique = _UniqueValues(database)

    def make(self, edits: Iterable[Mapping[str, Any]]) -> list[Fields]:
        """Turn the edits; what was turned, in their order, which can be turned back."""
        order = [dict(edit) for edit in edits]
        if self._undone:
            order.reverse()
        turned = [done for edit in order if (done := self._reversed(edit))]
        if self._undone:
            turned.reverse()
        return turned

    def _reversed(self, edit: Fields) -> Fields | None:
        """The edit as it was turned; None if its record stays as it is."""
        name, number = edit["table"], int(edit["id"])
        table = self._database.table(name)
        found = table.get(doc_id=number)
        record = dict(found) if isinstance(found, dict) else None
        if edit[self._now] is None:
            done = self._insert(table, number, edit, record)
        elif record is None:
            done = None
        elif edit[self._then] is None:
            done = self._remove(table, number, edit, record)
        else:
            done = self._change(table, number, edit, record)
        if done is None:
            self.left.add((name, edit["id"]))
        return done

    def _insert(
        self, table: Table, number: int, edit: Fields, record: Fields | None
    ) -> Fields | None:
        wanted = edit[self._then]
        if record is not None or self._unique.has(table.name, wanted):
            return None
        table.insert(Document({**wanted, "updated": now()}, doc_id=number))
        self._unique.add(table.name, wanted, 1)
        return edit

    def _remove(self, table: Table, number: int, edit: Fields, record: Fields) -> Fields | None:
        known = edit[self._now]
        left = edit.get(FINGERPRINT) if self._undone else fingerprint(table.name, known)
        # Steps of earlier versions and schemas have no fingerprint.
        if left not in {None, fingerprint(table.name, record)}:
            return None
        table.remove(doc_ids=[number])
        self._unique.add(table.name, record, -1)
        return {**edit, self._now: record}

    def _change(self, table: Table, number: int, edit: Fields, record: Fields) -> Fields | None:
        known, wanted = edit[self._now], edit[self._then]
        derived = _derived(table.name)
        names = [name for name in known | wanted if name not in _STAMPS]
        changed = {name for name in names if _differs(name, known, record)}
        turning = [name for name in names if name not in changed or name in derived]
        if not any(name not in derived for name in turning):
            return None
        if changed - derived:
            self.left.add((table.name, edit["id"]))

        def change(fields: Any) -> None:
            for name in turning:
                fields.pop(name, None)
            if changed & derived:
                # It was placed in another text since, and is to be looked for there again.
                fields.pop("seen", None)
            fields.update(_only(wanted, turning), updated=now())

        table.update(change, doc_ids=[number])
        sides = {side: _only(edit[side], turning) for side in ("before", "after")}
        return {**edit, **sides}


class _UniqueValues:
    """The values of the fields that only one record of a table may have."""

    def __init__(self, database: JournalDB) -> None:
        self._database = database
        self._tables: dict[str, Counter[object]] = {}

    def has(self, table: str, record: Mapping[str, Any]) -> bool:
        """Whether another record has the value of this one."""
        name = _UNIQUE.get(table)
        if name is None:
            return False
        if table not in self._tables:
            documents = self._database.storage.records(table).values()
            self._tables[table] = Counter(json.loads(doc).get(name) for doc in documents)
        return self._tables[table][record.get(name)] > 0

    def add(self, table: str, record: Mapping[str, Any], count: int) -> None:
        """Note that a record was inserted, or removed with a negative count."""
        if table in self._tables:
            self._tables[table][record.get(_UNIQUE[table])] += count


def _edit(table: str, number: int, before: Fields | None, after: Fields | None) -> Fields:
    # Ids are text in JSON: 128 bits are more than most of its readers can count.
    return {"table": table, "id": str(number), "before": before, "after": after}


def _derived(table: str) -> frozenset[str]:
    return _DERIVED.get(table, frozenset())


def _differs(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one.get(name, _ABSENT) != other.get(name, _ABSENT))


def _only(record: Mapping[str, Any], names: Iterable[str]) -> Fields:
    return {name: record[name] for name in names if name in record}
