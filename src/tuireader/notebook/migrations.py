"""Migration of records to the present schema, by one pure function for each step and table.

A function is given a record, or a part of one as undo steps have it, and must ignore missing
fields. Its results are saved when a notebook is opened.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import backups
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.log_file import error_reason
from tuireader.notebook.journal.tinydb_storage import JournalStorage
from tuireader.notebook.reversal import FINGERPRINT

Fields = dict[str, Any]
Step = Mapping[str, Callable[[Fields], Fields]]

STEPS: tuple[Step, ...] = ()
"""The steps from schema 1 to 2, 2 to 3 and so on.

Tables that a step does not name are unchanged.
"""

_UNDO_TABLE = "history"
_MIGRATED = (
    "The notebook was converted for this version of tuireader; "
    "a backup of the old one is in the folder “history”."
)


def migrate_record(table: str, record: Fields, steps: Sequence[Step] = STEPS) -> Fields:
    """Return a record in the newest schema; the same object if it is that or newer.

    Invalid records are returned unchanged, too.
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
    """Migrate all records in one transaction, after a backup; never raises an error.

    If nothing can be saved, they are migrated in memory only.
    """
    journal = storage.journal
    with journal.mutex:
        if not steps or not any(_edits(storage, steps)):
            return
        try:
            with storage.transaction():
                edits = list(_edits(storage, steps))
                backups.create_backup(journal.path, journal.ids, journal.path.read_bytes())
                for table, record_id, doc in edits:
                    if record_id is not None:
                        storage.stage(table, {record_id: doc})
        except (OSError, NotebookError) as error:
            journal.state.apply(list(_edits(storage, steps)))
            reason = error_reason(error) if isinstance(error, OSError) else journal.readonly_reason
            journal.add_notice(
                "The notebook was converted for this window only, because "
                f"{reason or 'another window is writing to it'}; the file is unchanged."
            )
        else:
            journal.add_notice(_MIGRATED)


def _edits(storage: JournalStorage, steps: Sequence[Step]) -> Iterator[RecordEdit]:
    """Yield the edits that migrate all records of older schemas."""
    newest = b'{"v":%d,' % (len(steps) + 1)
    for table, records in list(storage.journal.state.tables.items()):
        for record_id, doc in list(records.items()):
            if doc.startswith(newest):
                continue
            record = json.loads(doc)
            if not isinstance(record, dict):
                continue
            after = migrate_record(table, record, steps)
            if after is not record:
                yield RecordEdit(table, record_id, to_json(after))


def _apply_steps(table: str, fields: Fields, version: int, steps: Sequence[Step]) -> Fields:
    """Return the fields of a record after all steps from a version on."""
    for step in steps[version - 1 :]:
        if table in step:
            fields = step[table](dict(fields))
    return fields


def _reversed(edit: Fields, version: int, steps: Sequence[Step]) -> Fields:
    """Return one record's edit in an undo step with both of its sides migrated."""
    turned = dict(edit)
    for side in ("before", "after"):
        fields = edit[side]
        if fields and "v" in fields:
            turned[side] = migrate_record(edit["table"], fields, steps)
        elif fields:
            turned[side] = _apply_steps(edit["table"], fields, version, steps)
    if any(edit["table"] in step for step in steps[version - 1 :]):
        # The fingerprint was computed from the fields of the older schema.
        turned.pop(FINGERPRINT, None)
    return turned


def _version_of(record: Fields) -> int:
    """Return the schema version of a record; 0 if it has none."""
    version = record.get("v")
    return version if type(version) is int else 0
