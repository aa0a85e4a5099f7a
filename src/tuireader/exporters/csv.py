"""Records as a table for a spreadsheet: CSV that no spreadsheet takes for a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from tuireader.exporters.json_records import Record
from tuireader.text.sanitize import sanitize

_FORMULA = frozenset("=+-@\u2212")
"""What a formula begins with; full-width and other forms of these count too.

See https://owasp.org/www-community/attacks/CSV_Injection.
"""
_CONTROLS = ("\t", "\r", "\n")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category that show nothing."""
_WITHOUT_WIDTH = frozenset({"Cc", "Cf", "Cn", "Me", "Mn"})


def write_csv(records: Iterable[Record], columns: Sequence[str], stream: TextIO) -> int:
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
    text = sanitize("; ".join(value) if isinstance(value, list) else str(value))
    return f"'{text}" if _begins_formula(text) else text


def _begins_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula.

    Some drop white space and characters without a width before they look at it.
    """
    if text.startswith(_CONTROLS):
        return True
    shown = (letter for letter in text if not _is_passed_over(letter))
    first = unicodedata.normalize("NFKC", next(shown, ""))
    return first[:1] in _FORMULA


def _is_passed_over(letter: str) -> bool:
    """Whether a letter takes no room, or is white space."""
    is_blank = letter.isspace() or letter in _BLANK
    return is_blank or unicodedata.category(letter) in _WITHOUT_WIDTH
