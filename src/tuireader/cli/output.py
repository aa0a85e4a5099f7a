"""What commands print: records, text, warnings, and the progress line of a long command."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, Self, TypeVar

from tuireader.cli.presentation import is_quiet, is_verbose
from tuireader.text.sanitize import sanitize, sanitize_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rich.progress import Progress as RichProgress

    from tuireader.domain.errors import TuiReaderError
    from tuireader.exporters.records import Record
    from tuireader.paths import AppPaths


_CLOSED_STREAMS = (
    ("stdin", os.O_RDONLY, "r"),
    # Opened for reading, so that a command whose output is lost fails.
    ("stdout", os.O_RDONLY, "w"),
    ("stderr", os.O_WRONLY, "w"),
)
"""Each standard stream, how the null device is opened in its place, and the stream's mode."""

_LINES_AT_ONCE = 256
"""Lines that are checked for control characters and written at once."""


class Form(StrEnum):
    """The form in which a command prints: for people (PLAIN), or for other programs.

    The value is the name of the command-line option; PLAIN has none.
    """

    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    OPML = "opml"


def replace_closed_streams() -> None:
    """Open the null device in place of each standard stream that the caller closed, as by `>&-`.

    Otherwise the next file that is opened, perhaps the notebook, would get its descriptor.
    """
    for descriptor, (name, flags, mode) in enumerate(_CLOSED_STREAMS):
        if getattr(sys, name) is not None:
            continue
        opened = os.open(os.devnull, flags)
        if opened != descriptor:
            os.dup2(opened, descriptor)
            os.close(opened)
        stream = os.fdopen(
            descriptor, mode, encoding="utf-8", errors="backslashreplace", closefd=False
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def prepare_output() -> None:
    """Let standard output and error escape characters that their encoding does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_text(text: str = "") -> None:
    """Print a text and a line break, without control characters except line breaks and tabs."""
    sys.stdout.write(sanitize(text) + "\n")


def print_error(error: TuiReaderError | OSError) -> None:
    """Print an error as one line on standard error; if that fails, do nothing."""
    message = str(error)
    if isinstance(error, OSError):
        message = f"{error.filename}: {error.strerror}" if error.filename else f"{error.strerror}"
    with suppress(OSError):  # the exit status still tells
        sys.stderr.write(f"tuireader: {sanitize_line(message)}\n")


def print_lines(lines: Iterable[str]) -> int:
    """Print lines as `print_text` does, several at a time, and return their number."""
    count = 0
    waiting = iter(lines)
    while batch := list(islice(waiting, _LINES_AT_ONCE)):
        count += len(batch)
        text = "\n".join(batch)
        if sanitize(text) is not text:
            text = "\n".join(map(sanitize, batch))
        sys.stdout.write(f"{text}\n")
    return count


def print_summary(text: str) -> None:
    """Print what a command has done, unless --quiet was given."""
    if not is_quiet():
        print_text(text)


def print_detail(text: str) -> None:
    """Print a detail in one line on standard error, if --verbose was given."""
    if is_verbose():
        with suppress(OSError):  # as for an error
            sys.stderr.write(f"tuireader: {sanitize_line(text)}\n")


def print_notice(notice: str) -> None:
    """Print a sentence about how a text was read, in one line on standard error.

    Nothing is printed if --quiet was given.
    """
    if is_quiet():
        return
    with suppress(OSError):  # as for an error
        sys.stderr.write(f"tuireader: {sanitize_line(notice)}\n")


@dataclass(slots=True)
class ErrorCounter:
    """Prints and counts the errors of single sources while a command continues with the others.

    It is called with each error.
    """

    count: int = 0
    """How many errors were printed."""
    before: Callable[[], None] | None = None
    """Called before a line is printed, to clear a progress line; None for nothing."""

    def __call__(self, error: TuiReaderError) -> None:
        """Print an error in one line on standard error, and count it."""
        self.count += 1
        self.note(error)

    def note(self, message: TuiReaderError) -> None:
        """Print a warning about a source that did not fail; it is not counted."""
        if self.before is not None:
            self.before()
        print_error(message)

    @property
    def status(self) -> int:
        """The exit status: 1 if there was an error, else 0."""
        return 1 if self.count else 0


def print_json(record: Record) -> None:
    """Print a record as an indented JSON document, with a line break at the end."""
    from tuireader.exporters.record_formats import to_json  # noqa: PLC0415 - not for --version

    print_document((to_json(record, indent=2), "\n"))


def print_records(records: Iterable[Record], form: Form, columns: Sequence[str] = ()) -> int:
    """Print records one by one, in one of the formats of records, and return their number.

    `form` is JSON, JSONL or CSV. `columns` are the fields that a CSV table has; other forms ignore
    them.
    """
    from tuireader.exporters.record_formats import RECORD_FORMATS  # noqa: PLC0415 - not for --version

    count = 0

    def counted_records() -> Iterator[Record]:
        nonlocal count
        for count, record in enumerate(records, 1):  # noqa: B007 - the count is returned
            yield record

    (record_format,) = (each for each in RECORD_FORMATS if each.name == form)
    print_document(record_format.write(counted_records(), columns))
    return count


def print_document(parts: Iterable[str]) -> None:
    """Print a document part by part as UTF-8, whatever the locale's encoding is.

    The parts are not sanitized, and no line break is added.
    """
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.encoding.lower() != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")
    for part in parts:
        sys.stdout.write(part)


def exit_status_for(error: TuiReaderError | OSError) -> int:
    """Print the error that ended a command, and return the exit status: 1.

    For a closed pipe it is 0 and nothing is printed: the program that reads the output has enough.
    """
    is_pipe_closed = isinstance(error, BrokenPipeError)
    if not is_pipe_closed:
        print_error(error)
    try:
        sys.stdout.flush()
    except OSError:
        _discard_output()
    return 0 if is_pipe_closed else 1


def _discard_output() -> None:
    """Send what standard output still holds to the null device, so that exiting cannot fail."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def print_settings_warnings(folders: AppPaths) -> None:
    """Print a line on standard error for each setting that is invalid and ignored."""
    if not folders.settings.exists():
        return
    from tuireader.app.article_loader import selector_warnings  # noqa: PLC0415 - slow, and not for `help`
    from tuireader.domain.errors import SettingsError  # noqa: PLC0415 - as above
    from tuireader.settings import load_settings  # noqa: PLC0415 - as above

    settings = load_settings(folders.settings)
    for warning in (*settings.warnings, *selector_warnings(settings, folders)):
        print_error(SettingsError(warning))


_TABLES = {
    "bookmarks": ("bookmark or note", "bookmarks and notes"),
    "sources": ("source", "sources"),
    "readings": ("reading position", "reading positions"),
    "corrections": ("correction", "corrections"),
}
"""The tables of the notebook that a user knows: what one record and several are called."""

_OTHER_TABLES = ("other record", "other records")


def count_by_table(counts: Mapping[str, int]) -> str:
    """Return how many records each table has, as "1 correction, 2 library entries".

    `counts` has the number of records by the name of the table. Tables that a user does not know
    are counted together. "" if there are no records.
    """
    others = sum(count for table, count in counts.items() if table not in _TABLES)
    parts = [(counts.get(table, 0), names) for table, names in _TABLES.items()]
    return ", ".join(
        f"{count:,} {names[count > 1]}"
        for count, names in [*parts, (others, _OTHER_TABLES)]
        if count
    )


Item = TypeVar("Item")

_INTERVAL = 0.2
"""Seconds between two updates of the progress line at least."""

_DELAY = 1.0
"""Seconds after which the progress line is shown: what is quicker needs none."""


class Progress:
    """Counts items in one line on standard error; shows nothing if that is not a terminal.

    A context manager, which clears the line at the end. Anything else that is printed in the same
    terminal must be printed after `clear`.
    """

    def __init__(
        self,
        noun: str,
        *,
        shown: bool = True,
        total: Callable[[], int | None] = lambda: None,
    ) -> None:
        """Start at 0.

        Args:
            noun: What the items are called, in the plural.
            shown: Whether to show the line, false if the output itself goes to the terminal. With
                --quiet and --verbose it is never shown.
            total: Returns how many items there will be, or None if that is not known. It is called
                only if the line is shown.
        """
        self.count = 0
        self._noun = noun
        self._total = total
        self._shown = shown and sys.stderr.isatty() and not (is_quiet() or is_verbose())
        self._begun = self._last = time.monotonic()
        self._bar: RichProgress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.clear()

    def expect(self, total: Callable[[], int | None]) -> None:
        """Set what returns how many items there will be, before the first is counted."""
        self._total = total

    def step(self, name: str = "") -> None:
        """Count one item; the line shows the end of its name, unless that is ""."""
        self.count += 1
        rate = self.count / max(0.001, time.monotonic() - self._begun)
        line = f"{self.count:,} {self._noun} · {rate:,.0f} per second"
        self.show(f"{line} · {sanitize_line(name)[-40:]}" if name else line)

    def show(self, line: str) -> None:
        """Show a line, unless the last one was shown less than 0.2 seconds ago.

        Does nothing in the first second, and if standard error is not a terminal.
        """
        now = time.monotonic()
        if not self._shown or now - self._last < _INTERVAL or now - self._begun < _DELAY:
            return
        self._last = now
        if self._bar is None:
            self._bar = _started_bar(self._total())
        self._bar.update(self._bar.task_ids[0], completed=self.count, line=line)
        self._bar.refresh()

    def clear(self) -> None:
        """Clear the line, before something else is printed; does nothing if none is shown."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items unchanged, and count each one after the caller has used it."""
        for item in items:
            yield item
            self.step()


def _started_bar(total: int | None) -> RichProgress:
    """Return a progress bar that is on the screen; `total` is the number of items, if known."""
    from rich import progress  # noqa: PLC0415 - 60 ms, only for what takes long
    from rich.console import Console  # noqa: PLC0415 - the same

    words = progress.TextColumn("{task.fields[line]}", markup=False)
    columns = [progress.BarColumn(bar_width=20), words]
    if total is not None:
        columns.append(progress.TimeRemainingColumn())
    bar = progress.Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task("", total=total, line="")
    bar.start()
    return bar
