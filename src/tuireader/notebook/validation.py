"""What a record from outside has to be made of so that it can be kept and shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tuireader.domain.anchor import Anchor
from tuireader.notebook import serialization
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.corrections import TABLE as CORRECTIONS
from tuireader.notebook.corrections import correction_of
from tuireader.notebook.journal.line_format import to_json
from tuireader.notebook.migrations import migrate_record
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.text.sanitize import sanitize

_NAMES = frozenset({"location", "source"})
"""Fields that name a file or an address, and so have to stay as they are."""

_LONGEST = 2**31
"""More code points than any text has."""


def validation_error(table: str, record: Any) -> str:
    """Why the record cannot be one of that table, as a clause; empty if it can be.

    Of a newer schema, and of a table that is not known here, only the frame is looked at.
    """
    if not isinstance(record, dict):
        return "it is no record"
    try:
        to_json(record)
        _check_frame(record)
        if record["v"] <= serialization.SCHEMA and table in _CHECKS:
            _CHECKS[table](migrate_record(table, record))
    except KeyError as error:
        return f"it has no “{sanitize(str(error.args[0]))}”"
    except RecursionError:
        return "it is nested too deep"
    except (TypeError, ValueError, AttributeError, OverflowError):
        return "one of its fields has a value of the wrong kind"
    return ""


def sanitized_record(value: Any) -> Any:
    """The value without what a terminal would obey, in all of its texts but names of files."""
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
    if type(record["v"]) is not int:
        raise TypeError
    for name in ("created", "updated"):
        if dt.datetime.fromisoformat(record[name]).tzinfo is None:
            raise ValueError


def _check_bookmark(record: Mapping[str, Any]) -> None:
    kept = serialization.stored_bookmark(0, record)
    _check_location(record["article"])
    for anchor in (kept.bookmark.anchor, kept.attached):
        _check_anchor(anchor)
    if kept.bookmark.placement is not None:
        _check_range(kept.bookmark.placement.start, kept.bookmark.placement.end)


def _check_correction(record: Mapping[str, Any]) -> None:
    _check_location(record["article"])
    correction_of(0, record)
    for name in ("anchor", "extent"):
        _check_anchor(serialization.anchor_from_record(record.get(name)))


def _check_source(record: Mapping[str, Any]) -> None:
    _check_location(record)
    serialization.citation_from_record(record)
    if record.get("opened") is not None:
        dt.datetime.fromisoformat(record["opened"])


def _check_progress(record: Mapping[str, Any]) -> None:
    _check_location(record)
    reading = serialization.progress_from_record(0, record)
    for offset in (reading.offset, reading.furthest, reading.length):
        _check_range(0, offset)


def _check_location(record: Mapping[str, Any]) -> None:
    if not isinstance(record["location"], str) or not record["location"]:
        raise TypeError


def _check_anchor(anchor: Anchor | None) -> None:
    if anchor is not None:
        _check_range(anchor.start, anchor.end)
        if anchor.end - anchor.start != len(anchor.exact):
            raise ValueError


def _check_range(start: int, end: int) -> None:
    if not 0 <= start <= end <= _LONGEST:
        raise ValueError


_CHECKS: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    BOOKMARKS: _check_bookmark,
    CORRECTIONS: _check_correction,
    SOURCES: _check_source,
    READINGS: _check_progress,
}
