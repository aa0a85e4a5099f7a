"""Validation and sanitizing of records from outside, before they are stored and shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from tuireader.domain.anchor import Anchor
from tuireader.notebook import serialization
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.corrections import TABLE as CORRECTIONS
from tuireader.notebook.corrections import correction_from_record
from tuireader.notebook.journal.line_format import to_json
from tuireader.notebook.migrations import migrate_record
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.text.sanitize import sanitize

_NAMES = frozenset({"location", "source"})
"""Fields with a file name or address, which must not be changed."""

_LONGEST = 2**31
"""More code points than any text has."""


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
    """Return a value with control sequences removed from all texts except file names."""
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
    """Raise an error unless the fields that every record has are valid."""
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


def _check_location(record: Mapping[str, Any]) -> None:
    """Raise an error unless a record has a location."""
    if not isinstance(record["location"], str) or not record["location"]:
        raise TypeError


def _check_tags(tags: Any) -> None:
    """Raise TypeError unless tags are a list of texts; which tags they are is no matter here."""
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
}
