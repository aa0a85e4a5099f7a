"""What damaged lines have cost, taken from the newest copies of the notebook's file.

A copy's lines are lines of the file as well, or were before it was compacted. So each record
is what the last good line says of it, wherever that line is; lines of the file come first.

Opening a journal: whatever is found, nothing is lost by it.
"""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import backups, quarantine
from tuireader.notebook.journal.backups import generations
from tuireader.notebook.journal.file_access import broken_link_reason, error_reason
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.line_format import (
    FORMAT,
    JournalLine,
    RecordEdit,
    all_lines_valid,
    format_version,
    scan_lines,
)
from tuireader.notebook.journal.lock import PATIENCE
from tuireader.paths import replace_file, resolve_link

_PATIENCE = 1.0
_OWN = frozenset({"history"})
"""What can be undone is in the order of its lines, which a record that comes later would break."""

_Known = tuple[str, int]


class _Event(NamedTuple):
    at: str
    doc: bytes | None


def recover_damaged_lines(journal: Journal) -> None:
    """Write into the file what it lost, if lines of it are damaged; never an error.

    Where nothing can be saved, or another window is writing just now, all stays as it is.
    """
    if journal.refusal or not (journal.harmed or journal.file.torn_end().strip()):
        return
    try:
        with journal.exclusive(_PATIENCE):
            edits = _lost(journal)
            if edits:
                journal.append(edits)
    except (OSError, NotebookError):
        return
    back = sum(edit.doc is not None for edit in edits)
    if back:
        what = "One record" if back == 1 else f"{back} records"
        journal.tell(f"{what} that the damage had cost came back from a copy of the notebook.")


def _lost(journal: Journal) -> list[RecordEdit]:
    """The edits of copies that no good line of the file makes or comes after."""
    lines = scan_lines(journal.path.read_bytes()).lines
    last, known = _last_events(lines), _all_events(lines)
    found: dict[_Known, _Event] = {}
    for copied, whole in _copies(journal):
        for which, event in _last_events(copied).items():
            newest = max(last.get(which, _Event("", None)).at, found.get(which, event).at)
            if (*which, event.at) not in known and event.at >= newest:
                found[which] = event
        if whole:
            break
    return [
        RecordEdit(table, number, event.doc)
        for (table, number), event in found.items()
        if journal.fold.tables.get(table, {}).get(number) != event.doc
    ]


def _last_events(lines: Sequence[JournalLine]) -> dict[_Known, _Event]:
    """What the last of the lines that is about it makes of each record, and when."""
    events: dict[_Known, _Event] = {}
    for line in lines:
        for table, number, doc in line.edits:
            if table in _OWN:
                continue
            if number is not None:
                events[table, number] = _Event(line.at, doc)
            elif doc is None:
                dropped = {which: _Event(line.at, None) for which in events if which[0] == table}
                events.update(dropped)
    return events


def _all_events(lines: Sequence[JournalLine]) -> set[tuple[str, int, str]]:
    """Which records the lines are about, and when."""
    return {
        (edit.table, edit.id, line.at)
        for line in lines
        for edit in line.edits
        if edit.id is not None
    }


def _copies(journal: Journal) -> Iterator[tuple[Sequence[JournalLine], bool]]:
    """The good lines of each copy, the newest first, and whether it has no others."""
    for copy in generations(journal.path):
        try:
            data = copy.read_bytes()
        except OSError:
            continue
        lines = scan_lines(data).lines
        if lines and format_version(data[:1024]) <= FORMAT:
            yield lines, all_lines_valid(data)


def open_journal(path: Path, patience: float = PATIENCE) -> Journal:
    """The journal of that name, its file read; never an error: what is amiss is in its notices.

    A symbolic link is followed once: all that lies beside the journal lies beside its target.
    """
    journal = Journal(resolve_link(path), patience)
    if flaw := broken_link_reason(path):
        journal.refuse(flaw)
        journal.tell(f"The notebook's file cannot be read or written, because {flaw}.")
        return journal
    journal.check()
    try:
        readable, reason = journal.read(), "not one line of it makes sense"
    except OSError as error:
        readable, reason = False, error_reason(error)
    was = "" if readable else _set_aside(journal, reason)
    restored = not journal.file.size and _restore(journal)
    if restored:
        was = was or "The notebook's file was empty"
        journal.tell(f"{was}; its newest copy was put in its place.")
    elif was:
        journal.tell(f"{was}; there was no copy, and a new one was begun.")
    journal.settle()
    recover_damaged_lines(journal)
    if journal.refusal and not journal.notices:
        journal.tell(
            f"The notebook can be read, but nothing can be saved in it, because {journal.refusal}."
        )
    return journal


def repair_journal(path: Path) -> None:
    """Write the journal anew from all that is good in it; the old file stays as a generation.

    NotebookError or OSError if it cannot be done; then the file is as it was.
    """
    journal = open_journal(path)
    try:
        with journal.exclusive():
            if journal.file.size:
                backups.keep_generation(journal.path, journal.ids, journal.path.read_bytes())
                journal.rewrite()
    finally:
        journal.close()


def _set_aside(journal: Journal, reason: str) -> str:
    """Move a file away that cannot be read, so that it is kept and work can go on.

    What happened, for a sentence that says how it goes on; empty if that is said, or nothing did.
    """
    try:
        with journal.lock.held(_PATIENCE):
            with contextlib.suppress(OSError):
                if journal.read():
                    return ""
            kept = quarantine.quarantine_file(journal.path)
    except (OSError, NotebookError):
        journal.refuse(f"its file cannot be read ({reason}) and cannot be set aside")
        journal.tell(
            f"The notebook cannot be read ({reason}); it was left as it is, "
            "and nothing can be saved now."
        )
        return ""
    place = f"{quarantine.FOLDER}/{kept.name}"
    return f"The notebook could not be read ({reason}) and is kept as “{place}”"


def _restore(journal: Journal) -> bool:
    """Put the newest copy with a line in the place of a file that is empty or gone; if it was."""
    restored = False
    copies = backups.generations(journal.path)
    if not copies or journal.refusal:
        return restored
    with contextlib.suppress(OSError, NotebookError), journal.lock.held(_PATIENCE):
        if not journal.path.exists() or not journal.path.stat().st_size:
            held = (data for copy in copies if scan_lines(data := copy.read_bytes()).lines)
            data = next(held, b"")
            if data:
                replace_file(journal.path, data, private=True)
                restored = True
        journal.read()
    return restored
