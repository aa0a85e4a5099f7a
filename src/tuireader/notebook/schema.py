"""The schema of the notebook: what a valid record has, and the migrations of older notebooks."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tuireader.domain.anchor import Anchor
from tuireader.domain.errors import NotebookError
from tuireader.notebook import serialization
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.corrections import TABLE as CORRECTIONS
from tuireader.notebook.corrections import correction_from_record
from tuireader.notebook.journal import backups
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.log_file import error_reason
from tuireader.notebook.journal.tinydb_storage import JournalStorage
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.reversal import FINGERPRINT
from tuireader.notebook.saved_searches import TABLE as LISTS
from tuireader.notebook.saved_searches import saved_search_from_record
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.text.sanitize import sanitize

_NAMES = frozenset({"location", "source"})
"""Fields with a file name or address, whose characters must be kept exactly."""

_LONGEST = 2**31
"""A number of code points that no text reaches."""


def validation_error(table: str, record: Any) -> str:
    """Return why a record is not valid for a table, as a clause; "" if it is valid.

    For newer schemas and unknown tables, only the fields that every record has are checked.
    """
    if not isinstance(record, dict):
        return "it is not a record"
    try:
        to_json(record)
        _check_frame(record)
        if record["v"] <= serialization.SCHEMA and table in _CHECKS:
            _CHECKS[table](migrate_record(table, record))
    except KeyError as error:
        return f"it has no “{sanitize(str(error.args[0]))}”"
    except RecursionError:
        return "it is nested too deeply"
    except (TypeError, ValueError, AttributeError, OverflowError):
        return "one of its fields has a value of the wrong kind"
    return ""


def sanitized_record(value: Any) -> Any:
    """Return a JSON value with control sequences removed from its texts, at any depth.

    File names and addresses are unchanged.
    """
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, list):
        return [sanitized_record(each) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name in _NAMES else sanitized_record(each) for name, each in value.items()
        }
    return value


def _check_frame(record: Mapping[str, Any]) -> None:
    """Raise an error unless the fields that every record has (schema, times) are valid."""
    if type(record["v"]) is not int:
        raise TypeError
    for name in ("created", "updated"):
        if dt.datetime.fromisoformat(record[name]).tzinfo is None:
            raise ValueError


def _check_bookmark(record: Mapping[str, Any]) -> None:
    """Raise an error unless a bookmark's record is valid."""
    stored = serialization.stored_bookmark(0, record)
    _check_location(record["article"])
    _check_tags(record.get("tags", []))
    for anchor in (stored.bookmark.anchor, stored.attached):
        _check_anchor(anchor)
    if stored.bookmark.placement is not None:
        _check_range(stored.bookmark.placement.start, stored.bookmark.placement.end)


def _check_correction(record: Mapping[str, Any]) -> None:
    """Raise an error unless a correction's record is valid."""
    _check_location(record["article"])
    correction_from_record(0, record)
    for name in ("anchor", "extent"):
        _check_anchor(serialization.anchor_from_record(record.get(name)))


def _check_source(record: Mapping[str, Any]) -> None:
    """Raise an error unless a source's record is valid."""
    _check_location(record)
    serialization.citation_from_record(record)
    if record.get("opened") is not None:
        dt.datetime.fromisoformat(record["opened"])


def _check_progress(record: Mapping[str, Any]) -> None:
    """Raise an error unless a progress record is valid."""
    _check_location(record)
    reading = serialization.progress_from_record(0, record)
    for offset in (reading.offset, reading.furthest, reading.length):
        _check_range(0, offset)


def _check_list(record: Mapping[str, Any]) -> None:
    """Raise an error unless a saved search's record is valid."""
    if not isinstance(record["name"], str) or not isinstance(record["query"], str):
        raise TypeError
    saved_search_from_record(0, record)


def _check_location(record: Mapping[str, Any]) -> None:
    """Raise an error unless a record has a location."""
    if not isinstance(record["location"], str) or not record["location"]:
        raise TypeError


def _check_tags(tags: Any) -> None:
    """Raise TypeError unless tags are a list of strings; their form is not checked."""
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise TypeError


def _check_anchor(anchor: Anchor | None) -> None:
    """Raise an error unless an anchor's range is valid and as long as its words."""
    if anchor is not None:
        _check_range(anchor.start, anchor.end)
        if anchor.end - anchor.start != len(anchor.exact):
            raise ValueError


def _check_range(start: int, end: int) -> None:
    """Raise ValueError unless a range of code points is valid."""
    if not 0 <= start <= end <= _LONGEST:
        raise ValueError


_CHECKS: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    BOOKMARKS: _check_bookmark,
    CORRECTIONS: _check_correction,
    SOURCES: _check_source,
    READINGS: _check_progress,
    LISTS: _check_list,
}


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
    """Return a record in the newest schema; the same object if it is not older.

    An invalid record is returned unchanged. `steps` are the migrations, as in `STEPS`.
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

    If nothing can be saved, they are migrated in memory only. A notice says what was done; without
    older records nothing is. `steps` are the migrations, as in `STEPS`.
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
    """Yield the edits that migrate all records of older schemas; nothing if there are none."""
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
    """Return the fields of a record of a schema `version` after all later steps."""
    for step in steps[version - 1 :]:
        if table in step:
            fields = step[table](dict(fields))
    return fields


def _reversed(edit: Fields, version: int, steps: Sequence[Step]) -> Fields:
    """Return an edit of an undo step with the fields before and after it migrated.

    `version` is the schema of the step.
    """
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
