"""Undo and redo: each change to the reader's data is saved in one line with what it undoes."""

import contextlib
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from tinydb.table import Document

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.table import JournalDB
from tuireader.notebook.records import SCHEMA

STEPS = 1000
"""How many changes can be undone."""

_NAME = "history"
_NOT_UNDONE = frozenset({"updated", "placement", "orphan"})


class Step:
    """One change while it is being made, over any number of records."""

    def __init__(self, database: JournalDB, label: str) -> None:
        """The label says what is done in the past tense: “kept …”."""
        self.label = label
        self.edits: list[dict[str, Any]] = []
        self._database = database

    def insert(self, table: str, record: Mapping[str, Any]) -> int:
        """Add a record, with the fields that every record has; its id."""
        stamp = now()
        full = {"v": SCHEMA, "created": stamp, "updated": stamp, **record}
        number = self._database.table(table).insert(full)
        # What it is stands in its table; only undoing takes it from there into the step.
        self._note(table, number, None, {})
        return number

    def update(self, table: str, number: int, fields: Mapping[str, Any]) -> bool:
        """Set the fields that differ; whether any did. NotebookError if there is no such record."""
        record = self._database.table(table).get(doc_id=number)
        if record is None:
            raise NotebookError("This was not saved, because it is no longer in the notebook.")
        after = {
            name: value
            for name, value in fields.items()
            if name not in record or record[name] != value
        }
        if after:
            self._database.table(table).update({**after, "updated": now()}, doc_ids=[number])
            before = {name: record[name] for name in after if name in record}
            self._note(table, number, before, after)
        return bool(after)

    def delete(self, table: str, number: int) -> None:
        """Remove the record if it is there."""
        record = self._database.table(table).get(doc_id=number)
        if record is not None:
            self._database.table(table).remove(doc_ids=[number])
            self._note(table, number, dict(record), None)

    def _note(
        self, table: str, number: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        # Ids are text in JSON: 128 bits are more than most of its readers can count.
        self.edits.append({"table": table, "id": str(number), "before": before, "after": after})


class History:
    """The changes that can be undone, the newest last; those undone can be redone."""

    def __init__(self, database: JournalDB) -> None:
        self._database = database
        self._table = database.table(_NAME)

    @contextlib.contextmanager
    def step(self, label: str, group: str = "") -> Iterator[Step]:
        """Save all that is done with the step as one change that can be undone.

        One of the same group as the newest adds to it: they are undone together.
        """
        storage = self._database.storage
        with storage.transaction():
            step = Step(self._database, label)
            begun = self._newest_of(group) if group else None
            if begun is not None:
                step.edits = [dict(edit) for edit in begun["edits"]]
            yield step
            if begun is not None:
                fields = {"edits": step.edits, "label": step.label, "updated": now()}
                self._table.update(fields, doc_ids=[begun.doc_id])
            elif step.edits:
                self._add(step, group)

    def undo(self) -> str | None:
        """Take the newest change back; its label, None if there is none.

        NotebookError if what it changed was changed again in another way; then
        nothing is overwritten, and the change can no longer be undone.
        """
        return self._turn(undone=True)

    def redo(self) -> str | None:
        """Make the change again that was undone last; as `undo`."""
        return self._turn(undone=False)

    def forget(self, label: str, moment: dt.datetime) -> None:
        """Drop the steps with labels that begin so and that were made before the moment."""
        begun = b'"label":"%b' % label.encode("ascii")
        old = [
            number
            for number, doc in self._database.storage.shared_records(_NAME).items()
            if begun in doc and dt.datetime.fromisoformat(json.loads(doc)["created"]) < moment
        ]
        if old:
            self._table.remove(doc_ids=old)

    def _newest_of(self, group: str) -> Document | None:
        """The newest step, if it is of that group and stands."""
        for number in reversed(self._database.storage.shared_records(_NAME)):
            record = self._table.get(doc_id=number)
            is_of_group = record is not None and record.get("group") == group
            return record if is_of_group and record and not record["undone"] else None
        return None

    def _add(self, step: Step, group: str) -> None:
        numbers = self._database.storage.shared_records(_NAME)
        dropped = list(islice(numbers, max(0, len(numbers) + 1 - STEPS)))
        for number in reversed(numbers):
            record = self._table.get(doc_id=number)
            if record is None or not record["undone"]:
                break
            dropped.append(number)
        if dropped:
            self._table.remove(doc_ids=dropped)
        self._table.insert(
            {
                "v": SCHEMA,
                "created": now(),
                "updated": now(),
                "label": step.label,
                "edits": step.edits,
                "undone": False,
                **({"group": group} if group else {}),
            }
        )

    def _turn(self, *, undone: bool) -> str | None:
        """Undo the last step that stands, or redo the first that does not."""
        self._database.storage.journal.refresh()
        with self._database.storage.transaction():
            found = self._next(undone=undone)
            if found is None:
                return None
            label = str(found["label"])
            edits = [dict(edit) for edit in found["edits"]]
            order = reversed(edits) if undone else edits
            swaps = [_Swap(self._database, edit, undone=undone) for edit in order]
            if possible := all(swap.is_possible() for swap in swaps):
                for swap in swaps:
                    swap.make()
                turned = {"edits": edits, "undone": undone, "updated": now()}
                self._table.update(turned, doc_ids=[found.doc_id])
            else:
                self._table.remove(doc_ids=[found.doc_id])
        if not possible:
            what = "undone" if undone else "redone"
            raise NotebookError(
                f"What was {label} has been changed since in another way, so it was not {what}."
            )
        return label

    def _next(self, *, undone: bool) -> Document | None:
        first = None
        for number in reversed(self._database.storage.records(_NAME)):
            record = self._table.get(doc_id=number)
            if record is None:
                continue
            if not record["undone"]:
                return record if undone else first
            first = record
        return None if undone else first


class _Swap:
    """One record's part in undoing or redoing a step."""

    def __init__(self, database: JournalDB, edit: dict[str, Any], *, undone: bool) -> None:
        self._edit = edit
        self._table = database.table(edit["table"])
        self._number = int(edit["id"])
        sides = edit["before"], edit["after"]
        self._wanted, self._expected = sides if undone else reversed(sides)

    def is_possible(self) -> bool:
        """Whether the record still is as the step left it, in all that the step changed."""
        record = self._table.get(doc_id=self._number)
        if record is None or self._expected is None:
            return record is None and self._expected is None
        return all(
            record.get(name) == value
            for name, value in self._expected.items()
            if name not in _NOT_UNDONE
        )

    def make(self) -> None:
        """Give the record its other side."""
        if self._wanted is None:
            # What the other side was is kept in the step, whole, to come back as it was.
            side = "after" if self._expected is self._edit["after"] else "before"
            self._edit[side] = dict(self._table.get(doc_id=self._number) or {})
            self._table.remove(doc_ids=[self._number])
        elif self._expected is None:
            self._table.insert(Document({**self._wanted, "updated": now()}, doc_id=self._number))
        else:
            self._table.update(self._changed, doc_ids=[self._number])

    def _changed(self, record: Any) -> None:
        for name in self._expected:
            record.pop(name, None)
        record.update(self._wanted, updated=now())
