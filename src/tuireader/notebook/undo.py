"""Undo and redo: each change to the reader's data is saved in one line with what it undoes.

Whole records put in the place of others, or away, as one change that can be undone.

What a change is called when it is undone: "kept “…”".
"""

import contextlib
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tinydb.table import Document

from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import NotebookError
from tuireader.notebook import reversal
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.line_format import RecordEdit
from tuireader.notebook.journal.tinydb_storage import JournalDB, JournalStorage
from tuireader.notebook.serialization import SCHEMA
from tuireader.text.sanitize import sanitize_line

STEPS = 1000
"""How many changes can be undone."""

_NAME = "history"


class UndoStep:
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
        self.edits.append(reversal.inserted(table, number, full))
        return number

    def update(self, table: str, number: int, fields: Mapping[str, Any]) -> bool:
        """Set the fields that differ; whether any did. NotebookError if there is no such record."""
        record = self._database.table(table).get(doc_id=number)
        if record is None:
            raise NotebookError("This was not saved, because it is no longer in the notebook.")
        edit = reversal.updated(table, number, record, {**record, **fields})
        if edit["after"]:
            changed = {**edit["after"], "updated": now()}
            self._database.table(table).update(changed, doc_ids=[number])
            self.edits.append(edit)
        return bool(edit["after"])

    def delete(self, table: str, number: int) -> None:
        """Remove the record if it is there."""
        record = self._database.table(table).get(doc_id=number)
        if record is not None:
            self._database.table(table).remove(doc_ids=[number])
            self.edits.append(reversal.deleted(table, number, record))


class UndoLog:
    """The changes that can be undone, the newest last; those undone can be redone."""

    def __init__(self, database: JournalDB) -> None:
        self._database = database
        self._table = database.table(_NAME)

    @contextlib.contextmanager
    def step(self, label: str, group: str = "") -> Iterator[UndoStep]:
        """Save all that is done with the step as one change that can be undone.

        One of the same group as the newest adds to it: they are undone together.
        """
        storage = self._database.storage
        with storage.transaction():
            step = UndoStep(self._database, label)
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

        What was changed since in another way stays as it is, and the label says so.
        NotebookError if that is all of it; then the change can no longer be undone.
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

    def _add(self, step: UndoStep, group: str) -> None:
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
            turn = reversal.Reversal(self._database, undone=undone)
            edits = turn.make(found["edits"])
            if edits:
                turned = {"edits": edits, "undone": undone, "updated": now()}
                self._table.update(turned, doc_ids=[found.doc_id])
            else:
                self._table.remove(doc_ids=[found.doc_id])
        if not edits:
            what = "undone" if undone else "redone"
            raise NotebookError(
                f"What was {label} has been changed since in another way, so it was not {what}."
            )
        return f"{label}{_exception(len(turn.left))}"

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


def _exception(left: int) -> str:
    """What a label ends with if so many records stayed as they are."""
    if not left:
        return ""
    count = "one record that has" if left == 1 else f"{left} records that have"
    return f", except {count} changed since"


Record = dict[str, Any]

INTERNAL_TABLES = frozenset({"history"})
"""Tables that are the program's own: what can be undone is never taken from elsewhere."""


def rewrite_records(
    storage: JournalStorage, undo_log: UndoLog, label: str, edits: Iterable[RecordEdit]
) -> None:
    """Make the edits in one line, with a step of undo; the label says in the past what was done.

    NotebookError if it cannot be saved; then nothing of it is.
    """
    with undo_log.step(label) as step:
        for table, number, doc in edits:
            if number is not None:
                before = storage.record(table, number)
                storage.stage(table, {number: doc})
                _note(step, table, number, _decoded(before), _decoded(doc))


def _note(
    step: UndoStep, table: str, number: int, before: Record | None, after: Record | None
) -> None:
    if before is not None and after is not None:
        step.edits.append(reversal.updated(table, number, before, after))
    elif after is not None:
        step.edits.append(reversal.inserted(table, number, after))
    elif before is not None:
        step.edits.append(reversal.deleted(table, number, before))


def _decoded(doc: bytes | None) -> Record | None:
    return None if doc is None else dict(json.loads(doc))


_LONGEST = 40
_CHANGES = {
    "note": "changed the note on {}",
    "tags": "changed the tags of {}",
    "colour": "changed the colour of {}",
    "speaker": "changed the speaker of {}",
}


def quoted_words(words: str) -> str:
    """The first words, in quotation marks."""
    line = sanitize_line(words[: 4 * _LONGEST])
    if len(line) > _LONGEST or len(words) > 4 * _LONGEST:
        line = f"{line[:_LONGEST].rstrip()}…"
    return f"“{line}”"


def bookmark_label(marks: Sequence[Bookmark]) -> str:
    """One bookmark by its words, or how many there are."""
    if len(marks) != 1:
        return f"{len(marks)} passages"
    words = marks[0].words or marks[0].note
    return quoted_words(words) if words else "a note"


def change_label(fields: Iterable[str]) -> str:
    """What changing these fields is called, with a gap for the bookmark."""
    known = [name for name in fields if name in _CHANGES]
    return _CHANGES[known[0]] if len(known) == 1 else "changed {}"
