"""Opening a journal and making it small again: whatever is found, nothing is lost by it."""

import contextlib
import datetime as dt
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook import damage, files, generations
from tuireader.notebook.journal import Journal

_WORTH_IT = 4 * 1024 * 1024
_AROUND_A_RECORD = 160
_PATIENCE = 1.0
_A_DAY = dt.timedelta(days=1)


def open_journal(path: Path) -> Journal:
    """The journal of that name, its file read; never an error: what is amiss is in its notices."""
    journal = Journal(path)
    journal.check()
    try:
        readable, reason = journal.read(), "not one line of it makes sense"
    except OSError as error:
        readable, reason = False, files.reason_of(error)
    if not readable:
        _set_aside(journal, reason)
    if not journal.file.size:
        _restore(journal)
    journal.settle()
    if journal.refusal and not journal.notices:
        journal.tell(
            f"The notebook can be read, but nothing can be saved in it, because {journal.refusal}."
        )
    return journal


def compact(journal: Journal) -> None:
    """Drop what was overwritten, if that is most of a large file; the old file stays in history.

    If it cannot be done now, all stays as it is.
    """
    if journal.file.size <= _WORTH_IT or journal.refusal:
        return
    records = sum(map(len, journal.fold.tables.values()))
    live = journal.fold.size() + records * _AROUND_A_RECORD
    if journal.file.size <= 2 * live:
        return
    with contextlib.suppress(OSError, NotebookError), journal.exclusive(patience=0.0):
        generations.keep(journal.path, journal.ids, journal.path.read_bytes())
        journal.rewrite()
        generations.rotate(journal.path, dt.datetime.now(dt.UTC))


def repair(path: Path) -> None:
    """Write the journal anew from all that is good in it; the old file stays as a generation.

    NotebookError or OSError if it cannot be done; then the file is as it was.
    """
    journal = open_journal(path)
    try:
        with journal.exclusive():
            if journal.file.size:
                generations.keep(path, journal.ids, path.read_bytes())
                journal.rewrite()
    finally:
        journal.close()


def keep_copy(journal: Journal) -> None:
    """Keep a second copy of the file if the newest is older than a day and it has grown since.

    If it cannot be done now, all stays as it is. Takes no lock: an end that another window
    is writing just then is a torn end of the copy, and costs it nothing that was saved.
    """
    now = dt.datetime.now(dt.UTC)
    copies = generations.generations(journal.path)
    if journal.refusal or not journal.file.size:
        return
    if copies and now - generations.moment_of(copies[0]) < _A_DAY:
        return
    with contextlib.suppress(OSError):
        data = journal.path.read_bytes()
        if not copies or copies[0].stat().st_size != len(data):
            generations.keep(journal.path, journal.ids, data)
            generations.rotate(journal.path, now)


def _set_aside(journal: Journal, reason: str) -> None:
    """Move a file away that cannot be read, so that it is kept and work can go on."""
    try:
        with journal.lock.held(_PATIENCE):
            with contextlib.suppress(OSError):
                if journal.read():
                    return
            kept = damage.keep_file(journal.path)
    except (OSError, NotebookError):
        journal.refuse(f"its file cannot be read ({reason}) and cannot be set aside")
        journal.tell(
            f"The notebook cannot be read ({reason}); it was left as it is, "
            "and nothing can be saved now."
        )
    else:
        journal.tell(
            f"The notebook could not be read ({reason}); it is kept as "
            f"“{damage.FOLDER}/{kept.name}”, and a new one was begun."
        )


def _restore(journal: Journal) -> None:
    """Put the newest copy in the place of a file that is empty or gone, if there is a copy."""
    copies = generations.generations(journal.path)
    if not copies or journal.refusal:
        return
    with contextlib.suppress(OSError, NotebookError), journal.lock.held(_PATIENCE):
        if not journal.path.exists() or not journal.path.stat().st_size:
            files.write_atomically(journal.path, copies[0].read_bytes())
            journal.tell("The notebook's file was empty; its newest copy was put in its place.")
        journal.read()
