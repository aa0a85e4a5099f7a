"""What `doctor --repair` mends: nothing is deleted but what a crash left unfinished."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from tuireader.domain.cleaning import clean_line
from tuireader.domain.plurals import counted
from tuireader.notebook.checkup import KINDS, Finding, examine, leftovers, open_folders
from tuireader.notebook.history import History
from tuireader.notebook.journal import damage, files
from tuireader.notebook.journal.generations import generations, holds_whole_lines, keep
from tuireader.notebook.journal.ids import Ids
from tuireader.notebook.journal.lines import FORMAT, format_of, is_whole, line_of, scan
from tuireader.notebook.journal.lock import lock_path
from tuireader.notebook.journal.surroundings import conflict_copies
from tuireader.notebook.journal.table import JournalDB
from tuireader.notebook.journal.upkeep import repair
from tuireader.notebook.merging import Merge, tables_of


def mend(journal: Path, folders: Iterable[Path]) -> Iterator[Finding]:
    """Mend what can be mended, and tell of each thing that was done, or could not be.

    NotebookError or OSError if the notebook's file cannot be written anew.
    """
    folders, file = list(folders), files.followed(journal)
    for folder in open_folders(folders):
        says = f"{folder} is its owner's alone now."
        yield _tried("folders", says, partial(folder.chmod, 0o700))
    if (lock := lock_path(file)).is_symlink():
        yield _tried(lock.name, "The link in its place was removed.", lock.unlink)
    if not next(examine(journal)).well:
        repair(journal)
        says = "It was written anew from all that is good; as it was, it is kept in “history”."
        yield Finding(what=journal.name, well=True, says=says)
    yield from _mend_copies(file)
    for copy in conflict_copies(file):
        yield _taken_over(file, copy)
    for what, kind in KINDS.items():
        for path in kind(journal)[1]:
            says = f"“{path.name}” is not whole; it is kept in the folder “{damage.FOLDER}” now."
            yield _tried(what, says, partial(damage.keep_file, journal, path))
    for path in leftovers(journal, folders, time.time()):
        yield _tried("leftovers", f"“{path.name}” was removed.", path.unlink)


def _mend_copies(journal: Path) -> Iterator[Finding]:
    """Put flipped bits right, and keep a new copy if none is whole."""
    for copy in generations(journal):
        if (data := _put_right(copy)) is not None:
            says = f"Flipped bits in “{copy.name}” were put right."
            yield _tried("history", says, partial(files.write_atomically, copy, data))
    copies = generations(journal)
    if copies and not any(map(holds_whole_lines, copies)) and holds_whole_lines(journal):
        says = "A new copy was kept, as none was whole; the others stay as they are."
        yield _tried("history", says, lambda: keep(journal, Ids(), journal.read_bytes()))


def _put_right(copy: Path) -> bytes | None:
    """A copy's bytes without its flipped bits; None if it has none, or other damage as well."""
    try:
        data = copy.read_bytes()
    except OSError:
        return None
    if is_whole(data) or format_of(data[:1024]) > FORMAT:
        return None
    found = scan(data)
    right = b"".join(line_of(line.edits, line.at, line.generations) for line in found.lines)
    return right if found.mended and len(right) - len(data) in {0, 1} else None


def _taken_over(journal: Path, copy: Path) -> Finding:
    """Take what a conflict copy has that is lacking, in one step of undo, and set it aside."""
    try:
        tables = tables_of(scan(copy.read_bytes()).lines)
        with JournalDB(journal) as database:
            merge = Merge(database.storage, History(database), tables, revive=False)
            merge.take(f"took over what “{clean_line(copy.name)}” had")
        damage.keep_file(journal, copy)
    except OSError as error:
        says = f"It could not be taken over: {files.reason_of(error)}."
        return Finding(what=copy.name, well=False, says=says)
    count = sum([*merge.gain.new.values(), *merge.gain.newer.values()])
    them = "it" if count == 1 else "them"
    says = f"{counted(count, 'record')} came into the notebook; u in the reader takes {them} back. "
    if not count:
        says = "It had nothing that was lacking. "
    says += f"It is kept in the folder “{damage.FOLDER}” now."
    return Finding(what=copy.name, well=True, says=says)


def _tried(what: str, says: str, act: Callable[[], object]) -> Finding:
    try:
        act()
    except OSError as error:
        says = f"It could not be mended: {files.reason_of(error)}."
        return Finding(what=what, well=False, says=says)
    return Finding(what=what, well=True, says=says)
