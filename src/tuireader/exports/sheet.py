"""Records as a table for a spreadsheet: CSV that no spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from tuireader.domain.cleaning import clean
from tuireader.exports.records import Record

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with: a spreadsheet would calculate it.

See https://owasp.org/www-community/attacks/CSV_Injection.
"""


def write_sheet(records: Iterable[Record], columns: Sequence[str], stream: TextIO) -> int:
    """Write a heading and a row for each record, as they come; how many rows.

    A cell whose text begins like a formula gets an apostrophe before it, which a
    spreadsheet takes for the sign of a text; lists are joined by a semicolon.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for record in records:
        count += 1
        writer.writerow([_cell(record[column]) for column in columns])
    return count


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = clean("; ".join(value) if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
