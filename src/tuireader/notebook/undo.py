"""Undo and redo: each change of the reader's data is saved together with its undo step.

A step has a label in the past tense, which says what was done: "bookmarked “…”".
"""

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from tuireader.text.messages import in_marks
from tuireader.text.sanitize import sanitize_line

STEPS = 1000
"""How many changes can be undone."""

LARGE_STEP = 100_000
"""Bytes from which a step takes long: it has about 500 records, and takes 30 ms."""

Pause = Callable[[], None]
"""A function that is called many times a second; it raises an exception to stop."""


def no_pause() -> None:
    """Do nothing."""


_NAME = "history"

_UNDONE = b'"undone":'
_IS_UNDONE = b'"undone":true'


class UndoStep:
    """A change while it is being made, over any number of records; see `UndoLog.step`."""

    def __init__(self, database: JournalDB, label: str) -> None:
        """Begin a change; `label` says in the past tense what is done."""
        self.label = label
        self.edits: list[dict[str, Any]] = []
        self._database = database

    def insert(self, table: str, record: Mapping[str, Any]) -> int:
        """Insert a record, with the fields that every record has, and return its id."""
        stamp = now()
        full = {"v": SCHEMA, "created": stamp, "updated": stamp, **record}
        record_id = self._database.table(table).insert(full)
        self.edits.append(reversal.insert_edit(table, record_id, full))
        return record_id

    def update(self, table: str, record_id: int, fields: Mapping[str, Any]) -> bool:
        """Set fields of a record, and return whether any of them differed.

        Raises NotebookError if there is no such record.
        """
        record = self._database.table(table).get(doc_id=record_id)
        if record is None:
            raise NotebookError("Not saved: it was deleted from the notebook.")
        edit = reversal.update_edit(table, record_id, record, {**record, **fields})
        if edit["after"]:
            changed = {**edit["after"], "updated": now()}
            self._database.table(table).update(changed, doc_ids=[record_id])
            self.edits.append(edit)
        return bool(edit["after"])

    def delete(self, table: str, record_id: int) -> None:
        """Delete a record; nothing if it does not exist."""
        record = self._database.table(table).get(doc_id=record_id)
        if record is not None:
            self._database.table(table).remove(doc_ids=[record_id])
            self.edits.append(reversal.delete_edit(table, record_id, record))


class UndoLog:
    """The undo steps, of which the newest `STEPS` are kept; undone ones can be redone."""

    def __init__(self, database: JournalDB) -> None:
        """Give access to the undo steps of a database."""
        self._database = database
        self._table = database.table(_NAME)

    @contextlib.contextmanager
    def step(self, label: str, group: str = "") -> Iterator[UndoStep]:
        """Save everything done with the yielded step in a `with` block as one undo step.

        An empty step is not saved. Raises NotebookError if nothing can be saved.

        Args:
            label: What is done, in the past tense.
            group: If the newest step has the same group, this one is added to it; "" for none.
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

    def undo(self, pause: Pause = no_pause) -> str | None:
        """Undo the newest change and return its label; None if there is none.

        Records that were changed since are left unchanged, and the label says so. Raises
        NotebookError if that applies to all of them; the change can then no longer be undone.
        `pause` is called before each record; if it raises, nothing is undone.
        """
        return self._reverse(pause, undone=True)

    def redo(self, pause: Pause = no_pause) -> str | None:
        """Redo the change that was undone last and return its label; None if there is none.

        Changed records are treated as in `undo`, and so is `pause`.
        """
        return self._reverse(pause, undone=False)

    def size_of_next(self, *, undone: bool) -> int:
        """Return how much is stored of the next change to undo, in bytes; 0 if there is none.

        That grows with its records. It is the next change to redo if `undone` is false.
        """
        storage, first = self._database.storage, 0
        with storage.journal.mutex:
            for doc in reversed(storage.shared_records(_NAME).values()):
                # Not decoded, because it may have a hundred thousand records.
                if not doc.startswith(_IS_UNDONE, doc.rfind(_UNDONE)):
                    return len(doc) if undone else first
                first = len(doc)
        return 0 if undone else first

    def delete_expired(self, label: str, moment: dt.datetime) -> None:
        """Delete the steps made before `moment` whose labels begin with `label` (ASCII)."""
        begun = b'"label":"%b' % label.encode("ascii")
        old = [
            record_id
            for record_id, doc in self._database.storage.shared_records(_NAME).items()
            if begun in doc and dt.datetime.fromisoformat(json.loads(doc)["created"]) < moment
        ]
        if old:
            self._table.remove(doc_ids=old)

    def _newest_of(self, group: str) -> Document | None:
        """Return the newest step if it has the group and is not undone, else None."""
        for record_id in reversed(self._database.storage.shared_records(_NAME)):
            record = self._table.get(doc_id=record_id)
            is_of_group = record is not None and record.get("group") == group
            return record if is_of_group and record and not record["undone"] else None
        return None

    def _add(self, step: UndoStep, group: str) -> None:
        """Save a new step; delete undone steps, and the oldest beyond `STEPS`."""
        record_ids = self._database.storage.shared_records(_NAME)
        dropped = list(islice(record_ids, max(0, len(record_ids) + 1 - STEPS)))
        for record_id in reversed(record_ids):
            record = self._table.get(doc_id=record_id)
            if record is None or not record["undone"]:
                break
            dropped.append(record_id)
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

    def _reverse(self, pause: Pause, *, undone: bool) -> str | None:
        """Undo the newest step, or redo the one undone last if `undone` is false.

        Returns its label, or None if there is no such step. `pause` is called before each record.
        """
        self._database.storage.journal.refresh()
        with self._database.storage.transaction():
            found = self._next(undone=undone)
            if found is None:
                return None
            label = str(found["label"])
            reversing = reversal.Reversal(self._database, undone=undone)
            edits = reversing.apply(found["edits"], pause)
            if edits:
                turned = {"edits": edits, "undone": undone, "updated": now()}
                self._table.update(turned, doc_ids=[found.doc_id])
            else:
                self._table.remove(doc_ids=[found.doc_id])
        if not edits:
            what = "undone" if undone else "redone"
            raise NotebookError(f"Not {what}, because it has been changed since: {label}.")
        return f"{label}{_unchanged_suffix(len(reversing.skipped))}"

    def _next(self, *, undone: bool) -> Document | None:
        """Return the next step to undo, or to redo if `undone` is false; None if there is none."""
        first = None
        for record_id in reversed(self._database.storage.records(_NAME)):
            record = self._table.get(doc_id=record_id)
            if record is None:
                continue
            if not record["undone"]:
                return record if undone else first
            first = record
        return None if undone else first


def _unchanged_suffix(left: int) -> str:
    """Return the end of a label that says how many records were left unchanged; "" for 0."""
    if not left:
        return ""
    count = "one record that has" if left == 1 else f"{left} records that have"
    return f", except {count} changed since"


Record = dict[str, Any]

INTERNAL_TABLES = frozenset({"history"})
"""Tables that are not merged, restored or recovered: undo steps belong to one notebook."""


def rewrite_records(
    storage: JournalStorage, undo_log: UndoLog, label: str, edits: Iterable[RecordEdit]
) -> None:
    """Save edits as one transaction and one undo step.

    `label` says in the past tense what was done. Edits of whole tables are ignored. Raises
    NotebookError if they cannot be saved; then nothing is.
    """
    with undo_log.step(label) as step:
        for table, record_id, doc in edits:
            if record_id is not None:
                before = storage.record(table, record_id)
                storage.stage(table, {record_id: doc})
                _note(step, table, record_id, _decoded(before), _decoded(doc))


def _note(
    step: UndoStep, table: str, record_id: int, before: Record | None, after: Record | None
) -> None:
    """Add the edit that leads from one version of a record to another to a step.

    None stands for no record.
    """
    if before is not None and after is not None:
        step.edits.append(reversal.update_edit(table, record_id, before, after))
    elif after is not None:
        step.edits.append(reversal.insert_edit(table, record_id, after))
    elif before is not None:
        step.edits.append(reversal.delete_edit(table, record_id, before))


def _decoded(doc: bytes | None) -> Record | None:
    """Return the record in a JSON text; None for None."""
    return None if doc is None else dict(json.loads(doc))


_LONGEST = 40
_CHANGES = {
    "note": "changed the note on {}",
    "tags": "changed the tags of {}",
    "colour": "changed the colour of {}",
    "speaker": "changed the speaker of {}",
}
"""The labels of changes of one field."""


def quoted_words(words: str) -> str:
    """Return the first 40 code points of a text, for a label.

    They are in quotation marks, unless the text begins with one.
    """
    line = sanitize_line(words[: 4 * _LONGEST])
    if len(line) > _LONGEST or len(words) > 4 * _LONGEST:
        line = f"{line[:_LONGEST].rstrip()}…"
    return in_marks(line)


def bookmark_label(bookmarks: Sequence[Bookmark]) -> str:
    """Return a label for bookmarks: the words of a single one, or how many there are."""
    if len(bookmarks) != 1:
        return f"{len(bookmarks)} bookmarks"
    words = bookmarks[0].written or bookmarks[0].note
    return quoted_words(words) if words else "a note"


def change_label(fields: Iterable[str]) -> str:
    """Return the label for a change of these fields, with `{}` for the bookmark."""
    known = [name for name in fields if name in _CHANGES]
    return _CHANGES[known[0]] if len(known) == 1 else "changed {}"
