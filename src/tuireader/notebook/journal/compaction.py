"""The journal made small, and copied, while windows use it: nothing is lost, and nobody waits.

The smaller file is written beside the old one from what was known at a moment, without the lock
and in small pieces. The lock is held only while what was appended meanwhile is added to it and it
takes the other's place. If anything comes in between, all stays as it is.
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
from tuireader.notebook.journal.file_access import read_range
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.replica import Snapshot
from tuireader.paths import AtomicFile

Pause = Callable[[], None]

_MUCH = 4 * 1024 * 1024
_SHARE = 0.25
"""How much more than what is in it a file may hold, if that is more than the bytes above."""
_AROUND_A_RECORD = 160
_A_DAY = dt.timedelta(days=1)
_PIECE = 256 * 1024
_LINES = 100


def _at_once() -> None:
    """No pause."""


def maintain(journal: Journal, pause: Pause = _at_once) -> None:
    """Make the journal small and keep a second copy of it, if either is worth it.

    The pause is called after each piece of work, and may raise to end it.
    """
    compact_journal(journal, pause)
    back_up(journal, pause)
    _sweep(journal)


def compact_journal(journal: Journal, pause: Pause = _at_once) -> None:
    """Drop what was overwritten, if that is much; the old file is kept as a copy."""
    if journal.refusal or not _is_worth_it(journal):
        return
    with contextlib.suppress(OSError, NotebookError):
        snapshot = journal.snapshot()
        try:
            old = _pieces(snapshot.descriptor, snapshot.end, pause)
            backups.keep_generation(journal.path, journal.ids, old)
            _write_anew(journal, snapshot, pause)
        finally:
            snapshot.close()
        backups.delete_old_generations(journal.path, dt.datetime.now(dt.UTC))


def back_up(journal: Journal, pause: Pause = _at_once) -> None:
    """Keep a second copy of the file if the newest is older than a day and it has grown since.

    It takes no lock: an end that another window is writing just then is a torn end of the
    copy, and costs it nothing that was saved.
    """
    if journal.refusal or not journal.file.size:
        return
    now = dt.datetime.now(dt.UTC)
    copies = backups.generations(journal.path)
    if copies and now - backups.generation_time(copies[0]) < _A_DAY:
        return
    with contextlib.suppress(OSError), journal.path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if not copies or copies[0].stat().st_size != size:
            backups.keep_generation(journal.path, journal.ids, _pieces(file.fileno(), size, pause))
            backups.delete_old_generations(journal.path, now)


def _sweep(journal: Journal) -> None:
    """Remove what a process left that died while it wrote a file, a day ago or more."""
    before = time.time() - _A_DAY.total_seconds()
    with contextlib.suppress(OSError):
        for draft in journal.path.parent.glob(f".{escape(journal.path.name)}.*"):
            if draft.stat().st_mtime < before:
                draft.unlink()


def _is_worth_it(journal: Journal) -> bool:
    if journal.file.size <= _MUCH:
        return False
    with journal.mutex:
        records = sum(map(len, journal.fold.tables.values()))
        live = journal.fold.size() + records * _AROUND_A_RECORD
    return journal.file.size - live > max(_MUCH, live * _SHARE)


def _write_anew(journal: Journal, snapshot: Snapshot, pause: Pause) -> None:
    with AtomicFile(journal.path) as draft:
        lines = snapshot.lines()
        while piece := b"".join(islice(lines, _LINES)):
            draft.write(piece)
            pause()
        # What is under the lock then is little, and soon flushed.
        draft.flush()
        journal.exchange(draft, snapshot)


def _pieces(descriptor: int, end: int, pause: Pause) -> Iterator[bytes]:
    """The file up to there."""
    for start in range(0, end, _PIECE):
        yield read_range(descriptor, start, min(end, start + _PIECE))
        pause()
