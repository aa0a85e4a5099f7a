"""Records of older schemas brought up to the present one, a pure function for each step and table.

A function is given a record or a part of one, as steps of undo hold them, and so must
leave alone what is not there. What it makes of a record is saved when a notebook is opened.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import backups
from tuireader.notebook.journal.file_access import error_reason
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.tinydb_storage import JournalStorage
from tuireader.notebook.reversal import FINGERPRINT

Fields = dict[str, Any]
Step = Mapping[str, Callable[[Fields], Fields]]

STEPS: tuple[Step, ...] = ()
"""From schema 1 to 2, from 2 to 3, and so on; a table that is not named keeps its fields."""

_UNDO_TABLE = "history"
_MIGRATED = (
    "The notebook was brought up to date for this version of tuireader; "
    "as it was before, it is kept in the folder “history”."
)


def migrate_record(table: str, record: Fields, steps: Sequence[Step] = STEPS) -> Fields:
    """The record as the newest schema has it; the same object if it is that or newer.

    What never was a record of its schema stays as it is, too.
    """
    version = _version_of(record)
    if not 0 < version <= len(steps):
        return record
    try:
        if table == _UNDO_TABLE:
            fields = {
                **record,
                "edits": [_reversed(edit, version, steps) for edit in record["edits"]],
            }
        else:
            fields = _apply_steps(table, record, version, steps)
    except (KeyError, TypeError, ValueError, AttributeError):
        return record
    return {**fields, "v": len(steps) + 1}


def migrate_notebook(storage: JournalStorage, steps: Sequence[Step] = STEPS) -> None:
    """Bring all records up to date in one change, after a copy of the file; never an error.

    Where nothing can be saved they are brought up to date in memory alone.
    """
    journal = storage.journal
    with journal.mutex:
        if not steps or not any(_edits(storage, steps)):
            return
        try:
            with storage.transaction():
                edits = list(_edits(storage, steps))
                backups.create_backup(journal.path, journal.ids, journal.path.read_bytes())
                for table, number, doc in edits:
                    if number is not None:
                        storage.stage(table, {number: doc})
        except (OSError, NotebookError) as error:
            journal.state.apply(list(_edits(storage, steps)))
            reason = error_reason(error) if isinstance(error, OSError) else journal.refusal
            journal.tell(
                "The notebook was brought up to date for this window only, because "
                f"{reason or 'another window is writing to it'}; on the disk it is as it was."
            )
        else:
            journal.tell(_MIGRATED)


def _edits(storage: JournalStorage, steps: Sequence[Step]) -> Iterator[RecordEdit]:
    newest = b'{"v":%d,' % (len(steps) + 1)
    for table, records in list(storage.journal.state.tables.items()):
        for number, doc in list(records.items()):
            if doc.startswith(newest):
                continue
            record = json.loads(doc)
            if not isinstance(record, dict):
                continue
            after = migrate_record(table, record, steps)
            if after is not record:
                yield RecordEdit(table, number, to_json(after))


def _apply_steps(table: str, fields: Fields, version: int, steps: Sequence[Step]) -> Fields:
    for step in steps[version - 1 :]:
        if table in step:
            fields = step[table](dict(fields))
    return fields


def _reversed(edit: Fields, version: int, steps: Sequence[Step]) -> Fields:
    """One record's part in a step of undo, both of its sides brought up to date."""
    turned = dict(edit)
    for side in ("before", "after"):
        fields = edit[side]
        if fields and "v" in fields:
            turned[side] = migrate_record(edit["table"], fields, steps)
        elif fields:
            turned[side] = _apply_steps(edit["table"], fields, version, steps)
    if any(edit["table"] in step for step in steps[version - 1 :]):
        # It was of the record as the older schema had it, which is not known any more.
        turned.pop(FINGERPRINT, None)
    return turned


def _version_of(record: Fields) -> int:
    version = record.get("v")
    return version if type(version) is int else 0
