"""Compaction and backup of the journal while windows use it, without making them wait.

The smaller file is written beside the old one from a snapshot, in small pieces and without the
lock. The lock is held only while the lines that were appended in the meantime are added and the new
file takes the place of the old one. If anything goes wrong, the old file stays.
"""

import contextlib
import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from glob import escape
from itertools import islice

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import backups
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.log_file import read_range
from tuireader.notebook.journal.replica import Snapshot
from tuireader.paths import AtomicFile

Pause = Callable[[], None]

_MIN_WASTE = 4 * 1024 * 1024
"""A file is compacted only if it is larger than this, and wastes more than this (bytes)."""
_MAX_WASTE_SHARE = 0.25
"""The share of the live data that a file may waste, if that is more than the bytes above."""
_LINE_OVERHEAD = 160
"""The approximate size of a line without its record, in bytes."""
_DAY = dt.timedelta(days=1)
_PIECE = 256 * 1024
"""The size of the pieces in which a file is copied, in bytes."""
_LINES = 100
"""How many lines of a compacted file are written at once."""


def _no_pause() -> None:
    """Do nothing between two pieces of work."""


def maintain(journal: Journal, pause: Pause = _no_pause) -> None:
    """Compact the journal and back it up, if either is due.

    Nothing is done if it is read-only or the disk is full; no error is raised. `pause` is called
    after each piece of work, and may raise an exception to cancel it.
    """
    compact_journal(journal, pause)
    back_up(journal, pause)
    _delete_leftovers(journal)


def compact_journal(journal: Journal, pause: Pause = _no_pause) -> None:
    """Remove overwritten records from the journal if they waste much space.

    The old file is kept as a backup. If that fails, the journal is unchanged, and no error is
    raised.
    """
    if journal.readonly_reason or not _should_compact(journal):
        return
    with contextlib.suppress(OSError, NotebookError):
        snapshot = journal.snapshot()
        try:
            old = _read_pieces(snapshot.descriptor, snapshot.end, pause)
            backups.create_backup(journal.path, journal.ids, old)
            _write_compacted(journal, snapshot, pause)
        finally:
            snapshot.close()
        backups.prune_backups(journal.path, dt.datetime.now(dt.UTC))


def back_up(journal: Journal, pause: Pause = _no_pause) -> None:
    """Create a backup if the newest is older than a day and the journal has changed since.

    This takes no lock: a line that another window is writing may be torn in the backup, but it was
    not acknowledged yet. No error is raised.
    """
    if journal.readonly_reason or not journal.file.size:
        return
    now = dt.datetime.now(dt.UTC)
    copies = backups.list_backups(journal.path)
    if copies and now - backups.backup_time(copies[0]) < _DAY:
        return
    with contextlib.suppress(OSError), journal.path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if not copies or copies[0].stat().st_size != size:
            backups.create_backup(
                journal.path, journal.ids, _read_pieces(file.fileno(), size, pause)
            )
            backups.prune_backups(journal.path, now)


def _delete_leftovers(journal: Journal) -> None:
    """Delete temporary files that interrupted processes left more than a day ago."""
    before = time.time() - _DAY.total_seconds()
    with contextlib.suppress(OSError):
        for draft in journal.path.parent.glob(f".{escape(journal.path.name)}.*"):
            if draft.stat().st_mtime < before:
                draft.unlink()


def _should_compact(journal: Journal) -> bool:
    """Return whether the journal wastes enough space to be compacted."""
    if journal.file.size <= _MIN_WASTE:
        return False
    with journal.mutex:
        records = sum(map(len, journal.state.tables.values()))
        live = journal.state.size() + records * _LINE_OVERHEAD
    return journal.file.size - live > max(_MIN_WASTE, live * _MAX_WASTE_SHARE)


def _write_compacted(journal: Journal, snapshot: Snapshot, pause: Pause) -> None:
    """Write the compacted journal from a snapshot, and put it in place of the old one.

    If the file was replaced in the meantime, it is left as it is.
    """
    with AtomicFile(journal.path) as draft:
        lines = snapshot.lines()
        while piece := b"".join(islice(lines, _LINES)):
            draft.write(piece)
            pause()
        # Little is left to flush while the lock is held.
        draft.flush()
        journal.exchange(draft, snapshot)


def _read_pieces(descriptor: int, end: int, pause: Pause) -> Iterator[bytes]:
    """Yield the content of an open file up to the offset `end`, in pieces."""
    for start in range(0, end, _PIECE):
        yield read_range(descriptor, start, min(end, start + _PIECE))
        pause()
