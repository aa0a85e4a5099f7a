"""Opening a journal: repair what is damaged, recover lost records from backups, lose nothing.

The lines of a backup are lines of the journal too, or were before it was compacted. A damaged
record therefore becomes what the last valid line says about it, in whichever file that line is;
lines of the journal take precedence.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import backups, quarantine
from tuireader.notebook.journal.backups import list_backups
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.line_format import (
    FORMAT,
    JournalLine,
    RecordEdit,
    all_lines_valid,
    format_version,
    scan_lines,
)
from tuireader.notebook.journal.lock import LOCK_TIMEOUT
from tuireader.notebook.journal.log_file import broken_link_reason, error_reason
from tuireader.paths import replace_file, resolve_link

_LOCK_TIMEOUT = 1.0
"""The time limit for waiting for another window during a repair, in seconds."""
_NOT_RECOVERED = frozenset({"history"})
"""Tables that are not recovered.

Undo steps depend on the order of lines, which that would break.
"""

_RecordKey = tuple[str, int]


class _Event(NamedTuple):
    """The record in the last line about it, as JSON, and the line's time; None for a deletion."""

    at: str
    doc: bytes | None


def recover_damaged_lines(journal: Journal) -> None:
    """Recover the records of damaged lines from backups; never raises an error.

    Nothing is done if no line is damaged. If nothing can be saved, or another window is writing,
    the journal stays as it is. A notice says what was recovered.
    """
    if journal.readonly_reason or not (journal.is_damaged or journal.file.torn_line().strip()):
        return
    try:
        with journal.exclusive(_LOCK_TIMEOUT):
            edits = _lost_edits(journal)
            if edits:
                journal.append(edits)
    except (OSError, NotebookError):
        return
    back = sum(edit.doc is not None for edit in edits)
    if back:
        what = "One record" if back == 1 else f"{back} records"
        journal.add_notice(f"{what} lost through damage came back from a backup.")


def _lost_edits(journal: Journal) -> list[RecordEdit]:
    """Return the edits in backups that the journal lacks and no valid line supersedes.

    Empty if there are none.
    """
    lines = scan_lines(journal.path.read_bytes()).lines
    last, known = _last_events(lines), _all_events(lines)
    found: dict[_RecordKey, _Event] = {}
    for copied, whole in _copies(journal):
        for which, event in _last_events(copied).items():
            newest = max(last.get(which, _Event("", None)).at, found.get(which, event).at)
            if (*which, event.at) not in known and event.at >= newest:
                found[which] = event
        if whole:
            break
    return [
        RecordEdit(table, record_id, event.doc)
        for (table, record_id), event in found.items()
        if journal.state.tables.get(table, {}).get(record_id) != event.doc
    ]


def _last_events(lines: Sequence[JournalLine]) -> dict[_RecordKey, _Event]:
    """Return the last event of each record, by table and id."""
    events: dict[_RecordKey, _Event] = {}
    for line in lines:
        for table, record_id, doc in line.edits:
            if table in _NOT_RECOVERED:
                continue
            if record_id is not None:
                events[table, record_id] = _Event(line.at, doc)
            elif doc is None:
                dropped = {which: _Event(line.at, None) for which in events if which[0] == table}
                events.update(dropped)
    return events


def _all_events(lines: Sequence[JournalLine]) -> set[tuple[str, int, str]]:
    """Return the table, id and time stamp of each edit in the lines."""
    return {
        (edit.table, edit.id, line.at)
        for line in lines
        for edit in line.edits
        if edit.id is not None
    }


def _copies(journal: Journal) -> Iterator[tuple[Sequence[JournalLine], bool]]:
    """Yield the valid lines of each backup, newest first, and whether it has no others.

    Backups that cannot be read, or have no valid line, are left out.
    """
    for copy in list_backups(journal.path):
        try:
            data = copy.read_bytes()
        except OSError:
            continue
        lines = scan_lines(data).lines
        if lines and format_version(data[:1024]) <= FORMAT:
            yield lines, all_lines_valid(data)


def open_journal(path: Path, timeout: float = LOCK_TIMEOUT) -> Journal:
    """Open a journal and read it; never raises an error, but adds notices about problems.

    A symbolic link is followed once: the files beside the journal are then beside its target.
    `timeout` is how many seconds a change waits for another window that is writing.
    """
    journal = Journal(resolve_link(path), timeout)
    if flaw := broken_link_reason(path):
        journal.disable_saving(flaw)
        journal.add_notice(f"The notebook's file cannot be read or written, because {flaw}.")
        return journal
    journal.check_writable()
    try:
        readable, reason = journal.read(), "it has no valid line"
    except OSError as error:
        readable, reason = False, error_reason(error)
    was = "" if readable else _quarantine_unreadable(journal, reason)
    restored = not journal.file.size and _restore_backup(journal)
    if restored:
        was = was or "The notebook's file was empty"
        journal.add_notice(f"{was}; its newest backup was restored.")
    elif was:
        journal.add_notice(f"{was}; there was no backup, so a new notebook was created.")
    journal.quarantine_torn_line()
    recover_damaged_lines(journal)
    if journal.readonly_reason and not journal.notices:
        journal.add_notice(
            "The notebook can be read, but nothing can be saved in it, "
            f"because {journal.readonly_reason}."
        )
    return journal


def repair_journal(path: Path) -> None:
    """Rewrite a journal from its valid lines; the old file is kept as a backup.

    Raises NotebookError or OSError if that fails; the file is then unchanged.
    """
    journal = open_journal(path)
    try:
        with journal.exclusive():
            if journal.file.size:
                backups.create_backup(journal.path, journal.ids, journal.path.read_bytes())
                journal.rewrite()
    finally:
        journal.close()


def _quarantine_unreadable(journal: Journal, reason: str) -> str:
    """Quarantine a journal that cannot be read, so that work can continue.

    Returns the first half of a notice; "" if the notice was added already, or nothing was moved.
    `reason` says why it cannot be read, as a clause.
    """
    try:
        with journal.lock.held(_LOCK_TIMEOUT):
            with contextlib.suppress(OSError):
                if journal.read():
                    return ""
            kept = quarantine.quarantine_file(journal.path)
    except (OSError, NotebookError):
        journal.disable_saving(f"its file cannot be read ({reason}) and cannot be moved away")
        journal.add_notice(
            f"The notebook cannot be read ({reason}); its file was left unchanged, "
            "and nothing can be saved."
        )
        return ""
    place = f"{quarantine.FOLDER}/{kept.name}"
    return f"The notebook could not be read ({reason}) and is kept as “{place}”"


def _restore_backup(journal: Journal) -> bool:
    """Replace a missing or empty journal by the newest backup with a valid line.

    Returns whether that was done; False if the journal is read-only or there is no such backup.
    """
    restored = False
    copies = backups.list_backups(journal.path)
    if not copies or journal.readonly_reason:
        return restored
    with contextlib.suppress(OSError, NotebookError), journal.lock.held(_LOCK_TIMEOUT):
        if not journal.path.exists() or not journal.path.stat().st_size:
            held = (data for copy in copies if scan_lines(data := copy.read_bytes()).lines)
            data = next(held, b"")
            if data:
                replace_file(journal.path, data, private=True)
                restored = True
        journal.read()
    return restored
