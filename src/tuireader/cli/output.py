"""How commands print: nothing of an article's reaches the terminal but its words.

Records of the notebook, counted in words.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper

from tuireader.cli.parser import Form
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.json_records import Record
from tuireader.paths import AppPaths
from tuireader.text.sanitize import sanitize, sanitize_line

# JSON escapes C0 by itself. DEL, C1, bidi controls, lone surrogates and the two line
# separators that line-reading programs split at stand only inside strings, and so can be escaped
# afterwards. A file's name is then given whole, and harmless.
_UNPRINTED = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def prepare_output() -> None:
    """Make standard output and error able to take any character; JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_text(text: str = "") -> None:
    """Print a text, and a line end, without what a terminal would obey."""
    sys.stdout.write(sanitize(text) + "\n")


def print_error(error: TuiReaderError | OSError) -> None:
    """Print what went wrong in one line on standard error."""
    message = str(error)
    if isinstance(error, OSError):
        message = f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror}"
    with suppress(OSError):  # where nothing can be said, the exit status still tells
        sys.stderr.write(f"tuireader: {sanitize_line(message)}\n")


@dataclass(slots=True)
class ErrorCounter:
    """Counts what went wrong with single sources while a command goes on with the others."""

    count: int = 0
    before: Callable[[], None] | None = None
    """Called before a line is printed: what else writes there makes room."""

    def __call__(self, error: TuiReaderError) -> None:
        """Print the error and count it."""
        self.count += 1
        if self.before is not None:
            self.before()
        print_error(error)

    def note(self, error: TuiReaderError) -> None:
        """Print what the reader should know, though nothing failed."""
        if self.before is not None:
            self.before()
        print_error(error)

    @property
    def status(self) -> int:
        """The exit status: 1 if anything went wrong."""
        return 1 if self.count else 0


def to_json(record: Record, indent: int | None = None) -> str:
    """A record as JSON in which no character is raw that a terminal or a line reader obeys."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(record: Record) -> None:
    """Print one record as one JSON document."""
    _write_json(to_json(record, indent=2) + "\n")


def print_records(records: Iterable[Record], form: Form) -> int:
    """Print records as they come: a line each, or one JSON list; how many there were."""
    count = 0
    for record in records:
        count += 1
        if form is Form.JSONL:
            _write_json(to_json(record) + "\n")
        else:
            _write_json((",\n" if count > 1 else "[\n") + to_json(record))
    if form is not Form.JSONL:
        _write_json("\n]\n" if count else "[]\n")
    return count


def _write_json(text: str) -> None:
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.encoding.lower() != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def exit_status_for(error: TuiReaderError | OSError) -> int:
    """End a command that cannot go on; a reader of its output that has gone is no failure."""
    gone = isinstance(error, BrokenPipeError)
    if not gone:
        print_error(error)
    try:
        sys.stdout.flush()
    except OSError:
        _abandon()
    return 0 if gone else 1


def _abandon() -> None:
    """Let nothing more be written to a standard output that takes no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def warn_of_settings(folders: AppPaths) -> None:
    """Print what in the settings is not used on standard error."""
    from tuireader.app.article_loader import selector_warnings  # noqa: PLC0415 - slow, and not for `help`
    from tuireader.domain.errors import SettingsError  # noqa: PLC0415 - as above
    from tuireader.settings import load_settings  # noqa: PLC0415 - as above

    settings = load_settings(folders.settings)
    for warning in (*settings.warnings, *selector_warnings(settings, folders)):
        print_error(SettingsError(warning))


_NAMES = {
    "bookmarks": ("passage or note", "passages and notes"),
    "sources": ("article of the list", "articles of the list"),
    "readings": ("place of reading", "places of reading"),
    "corrections": ("correction", "corrections"),
}
_OTHERS = ("other record", "other records")


def count_by_table(counts: Mapping[str, int]) -> str:
    """How many there are of each table, as a reader calls them."""
    others = sum(count for table, count in counts.items() if table not in _NAMES)
    parts = [(counts.get(table, 0), names) for table, names in _NAMES.items()]
    return ", ".join(
        f"{count} {names[count > 1]}" for count, names in [*parts, (others, _OTHERS)] if count
    )
