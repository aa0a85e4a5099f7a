"""The formats that records are printed in: JSON, JSON Lines and CSV.

`RECORD_FORMATS` is the only list of them. To add a format, add its function and one entry.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tuireader.exporters.records import Record
from tuireader.text.sanitize import sanitize


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFormat:
    """A format that lists of records are written in, such as JSON Lines."""

    name: str
    """The command-line option without its dashes, and the extension of files."""
    help: str
    """What the option does, for the help."""
    write: Callable[[Iterable[Record], Sequence[str]], Iterator[str]]
    """Return the document in parts, which are complete lines as far as possible.

    Takes the records, which are read one at a time, and the fields that a table has as
    columns; formats that write whole records ignore these.
    """


def to_json(record: Record, indent: int | None = None) -> str:
    """Return a record as JSON, with all characters escaped that a terminal would interpret.

    The separators U+2028 and U+2029, at which some programs end a line, are escaped too. `indent`
    is the number of spaces a level; None puts all on one line. There is no line break at the end.
    """
    text = _encoder(indent).encode(record)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


# Cached, because a list of a library has a hundred thousand records.
@cache
def _encoder(indent: int | None) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, indent=indent)


# JSON escapes C0 itself. The others (DEL, C1, bidi controls, line separators and lone
# surrogates) occur only inside strings, so they can be escaped in the finished text.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def _json(records: Iterable[Record], _columns: Sequence[str]) -> Iterator[str]:
    """Yield the records as one JSON list with a record a line; "[]" if there are none."""
    before = "[\n"
    for record in records:
        yield before + to_json(record)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _json_lines(records: Iterable[Record], _columns: Sequence[str]) -> Iterator[str]:
    """Yield each record as one line of JSON; nothing if there are none."""
    for record in records:
        yield to_json(record) + "\n"


def _csv(records: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    """Yield the records as the lines of a CSV table, after a heading with the columns.

    Each record must have a field for each of `columns`. Lists are joined by semicolons. Text that a
    spreadsheet may take for a formula gets an apostrophe before it, by which spreadsheets mark
    text.
    """
    row = io.StringIO()
    writer = csv.writer(row, lineterminator="\n")
    writer.writerow(columns)
    yield row.getvalue()
    for record in records:
        row.seek(0)
        row.truncate()
        writer.writerow([_cell(record[column]) for column in columns])
        yield row.getvalue()


JSON = RecordFormat(name="json", help="Print one JSON document", write=_json)
JSONL = RecordFormat(name="jsonl", help="Print one JSON record per line", write=_json_lines)
CSV = RecordFormat(name="csv", help="Print a table for a spreadsheet", write=_csv)
RECORD_FORMATS = (JSON, JSONL, CSV)


_FORMULA = frozenset("=+-@\u2212")
"""The characters that a formula begins with; full-width and other forms of them count too.

See https://owasp.org/www-community/attacks/CSV_Injection.
"""
_CONTROLS = ("\t", "\r", "\n")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their Unicode category that are shown as blanks."""
_ZERO_WIDTH = frozenset({"Cc", "Cf", "Cn", "Me", "Mn"})
"""Unicode categories of characters that take no room."""


def _cell(value: Any) -> str | int | float:
    """Return a field's value as a cell: "" for None, "yes" or "no" for a bool, numbers unchanged.

    A list of texts is joined by semicolons; anything else becomes text, protected from being taken
    for a formula.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = sanitize("; ".join(value) if isinstance(value, list) else str(value))
    return f"'{text}" if _may_be_formula(text) else text


def _may_be_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula; false for "".

    Some spreadsheets ignore white space and zero-width characters at its start, so these are
    skipped.
    """
    if text.startswith(_CONTROLS):
        return True
    visible = (letter for letter in text if not _is_invisible(letter))
    first = unicodedata.normalize("NFKC", next(visible, ""))
    return first[:1] in _FORMULA


def _is_invisible(letter: str) -> bool:
    """Return whether a character (`letter`) is not seen: it has no width, or is white space."""
    is_blank = letter.isspace() or letter in _BLANK
    return is_blank or unicodedata.category(letter) in _ZERO_WIDTH
