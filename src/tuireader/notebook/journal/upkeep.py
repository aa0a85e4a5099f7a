"""Opening a journal: whatever is found, nothing is lost by it."""

import contextlib
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import damage, files, generations
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.lines import scan
from tuireader.notebook.journal.lock import PATIENCE
from tuireader.notebook.journal.recovery import recover

_PATIENCE = 1.0


def open_journal(path: Path, patience: float = PATIENCE) -> Journal:
    """The journal of that name, its file read; never an error: what is amiss is in its notices.

    A symbolic link is followed once: all that lies beside the journal lies beside its target.
    """
    journal = Journal(files.followed(path), patience)
    if flaw := files.flaw_of_link(path):
        journal.refuse(flaw)
        journal.tell(f"The notebook's file cannot be read or written, because {flaw}.")
        return journal
    journal.check()
    try:
        readable, reason = journal.read(), "not one line of it makes sense"
    except OSError as error:
        readable, reason = False, files.reason_of(error)
    was = "" if readable else _set_aside(journal, reason)
    restored = not journal.file.size and _restore(journal)
    if restored:
        was = was or "The notebook's file was empty"
        journal.tell(f"{was}; its newest copy was put in its place.")
    elif was:
        journal.tell(f"{was}; there was no copy, and a new one was begun.")
    journal.settle()
    recover(journal)
    if journal.refusal and not journal.notices:
        journal.tell(
            f"The notebook can be read, but nothing can be saved in it, because {journal.refusal}."
        )
    return journal


def repair(path: Path) -> None:
    """Write the journal anew from all that is good in it; the old file stays as a generation.

    NotebookError or OSError if it cannot be done; then the file is as it was.
    """
    journal = open_journal(path)
    try:
        with journal.exclusive():
            if journal.file.size:
                generations.keep(journal.path, journal.ids, journal.path.read_bytes())
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
            kept = damage.keep_file(journal.path)
    except (OSError, NotebookError):
        journal.refuse(f"its file cannot be read ({reason}) and cannot be set aside")
        journal.tell(
            f"The notebook cannot be read ({reason}); it was left as it is, "
            "and nothing can be saved now."
        )
        return ""
    return f"The notebook could not be read ({reason}) and is kept as “{damage.FOLDER}/{kept.name}”"


def _restore(journal: Journal) -> bool:
    """Put the newest copy with a line in the place of a file that is empty or gone; if it was."""
    restored = False
    copies = generations.generations(journal.path)
    if not copies or journal.refusal:
        return restored
    with contextlib.suppress(OSError, NotebookError), journal.lock.held(_PATIENCE):
        if not journal.path.exists() or not journal.path.stat().st_size:
            held = (data for copy in copies if scan(data := copy.read_bytes()).lines)
            data = next(held, b"")
            if data:
                files.write_atomically(journal.path, data)
                restored = True
        journal.read()
    return restored
