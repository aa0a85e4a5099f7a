"""The check of a notebook's folder, and its repair.

Nothing is deleted but a crash's temporary files.
"""

import contextlib
import json
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from glob import escape
from pathlib import Path

from tuireader.notebook.drafts import DRAFT, FILE, SAVED
from tuireader.notebook.journal import quarantine
from tuireader.notebook.journal.backups import FOLDER as HISTORY
from tuireader.notebook.journal.backups import create_backup, is_intact, list_backups
from tuireader.notebook.journal.ids import IdGenerator
from tuireader.notebook.journal.line_format import (
    FORMAT,
    all_lines_valid,
    encode_line,
    format_version,
    scan_lines,
)
from tuireader.notebook.journal.lock import lock_path
from tuireader.notebook.journal.log_file import broken_link_reason, error_reason
from tuireader.notebook.journal.recovery import repair_journal
from tuireader.notebook.journal.state import JournalState
from tuireader.notebook.journal.sync_folders import conflict_copies, sync_folder_notice
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.merge import Merge, tables_in_journal
from tuireader.notebook.text_store import TextStore
from tuireader.notebook.undo import INTERNAL_TABLES, UndoLog
from tuireader.paths import replace_file, resolve_link
from tuireader.text.messages import counted
from tuireader.text.sanitize import sanitize_line

_SUBFOLDERS = ("texts", "drafts", HISTORY, quarantine.FOLDER, "pages", "feeds", "stdin")
_TEMPORARY_NAME = re.compile(r"\..+\.(?:[0-9a-f]{16}|[a-z0-9_]{8})")
_EDITOR_FILE_NAME = re.compile(r"[0-9a-f]{32}\.md")
_A_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The result of checking or repairing one thing, such as a file.

    `subject` names it, `ok` says whether it is in order, and `message` is a sentence for the user.
    """

    subject: str
    ok: bool
    message: str
    is_note: bool = False
    """Whether it is only information, neither good nor bad."""


def check_notebook(journal: Path, folders: Iterable[Path] = ()) -> Iterator[CheckResult]:
    """Check every line, backup, text and draft of a notebook; nothing is changed.

    Yields results while checking; problems are results that are not `ok`, no errors.

    Args:
        journal: The path of the journal.
        folders: The program's folders, which only their owner should be able to access.
    """
    file = resolve_link(journal)
    yield _check_journal(journal, file)
    if (lock := lock_path(file)).is_symlink():
        message = "It is a symbolic link, so nothing can be saved; --repair removes the link."
        yield CheckResult(subject=lock.name, ok=False, message=message)
    yield from _check_backups(file)
    for copy in conflict_copies(file):
        yield _check_conflict_copy(file, copy)
    for subject, kind in FILE_KINDS.items():
        paths, bad = kind(journal)
        yield _summarize(subject, [path.name for path in bad], len(paths))
    folders = list(folders)
    for folder in exposed_folders(folders):
        message = f"{folder} is readable by other users."
        yield CheckResult(subject="folders", ok=False, message=message)
    if left := leftover_files(journal, folders, time.time()):
        files_left = counted(len(left), "file")
        message = f"{files_left} left incomplete by a crash; --repair deletes them."
        yield CheckResult(subject="leftovers", ok=True, message=message, is_note=True)
    places = dict.fromkeys([journal.parent, file.parent])
    aside = sum(1 for place in places for _ in (place / quarantine.FOLDER).glob("*"))
    if aside:
        message = f"{counted(aside, 'damaged item')} kept."
        yield CheckResult(subject=quarantine.FOLDER, ok=True, message=message, is_note=True)
    for message in dict.fromkeys(
        message for place in places for message in sync_folder_notice(place)
    ):
        yield CheckResult(subject="folders", ok=True, message=message, is_note=True)


def _check_journal(path: Path, file: Path) -> CheckResult:
    """Return the result for the journal; a notebook without one is in order.

    `file` is the target of `path` if that is a symbolic link, else the same.
    """
    if flaw := broken_link_reason(path):
        return CheckResult(
            subject=path.name, ok=False, message=f"It cannot be read, because {flaw}."
        )
    if path.exists():
        return _check_lines(path, path.name)
    if list_backups(file):
        message = "The file is missing; the newest backup is restored when the notebook is opened."
        return CheckResult(subject=path.name, ok=False, message=message)
    return CheckResult(subject=path.name, ok=True, message="Nothing saved yet.")


def _check_backups(journal: Path) -> Iterator[CheckResult]:
    """Yield a result for each backup; nothing if there are none.

    A damaged one is only information as long as another is intact.
    """
    found = [
        _check_lines(copy, f"{copy.parent.name}/{copy.name}") for copy in list_backups(journal)
    ]
    is_one_whole = any(each.ok for each in found)
    rest = (
        "Other backups are intact."
        if is_one_whole
        else "No backup is intact; --repair creates one."
    )
    for each in found:
        message = f"{each.message} {rest}"
        if each.ok:
            yield each
        else:
            yield replace(each, ok=is_one_whole, message=message, is_note=is_one_whole)


def _check_lines(path: Path, name: str) -> CheckResult:
    """Return the result for the lines and records of a journal or backup.

    `name` is its name in the result. A file of a newer version is in order.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"It cannot be read: {error_reason(error)}."
        return CheckResult(subject=name, ok=False, message=message)
    if format_version(data[:1024]) > FORMAT:
        message = "It was written by a newer version of tuireader and is read-only here."
        return CheckResult(subject=name, ok=True, message=message)
    found = scan_lines(data)
    records = JournalState.of(found.lines).tables.values()
    broken = sum(not _is_record(doc) for table in records for doc in table.values())
    amiss = {
        "damaged": len(found.damaged),
        "with a flipped bit, which is corrected when read": found.mended,
        "incomplete": int(bool(data[found.end :].strip())),
    }
    parts = [f"{counted(count, 'line')} {how}" for how, count in amiss.items() if count]
    if broken:
        parts.append(f"{counted(broken, 'record')} not a JSON object")
    if not data.strip():
        parts.append("it is empty")
    good = f"{counted(len(found.lines), 'line')}, {counted(sum(map(len, records)), 'record')}"
    return CheckResult(subject=name, ok=not parts, message="; ".join([good, *parts]) + ".")


def _check_conflict_copy(journal: Path, copy: Path) -> CheckResult:
    """Return the result for a conflict copy; in order if the journal lacks nothing of it."""
    try:
        here, there = (
            JournalState.of(scan_lines(path.read_bytes()).lines) for path in (journal, copy)
        )
    except OSError as error:
        message = f"It cannot be read: {error_reason(error)}."
        return CheckResult(subject=copy.name, ok=False, message=message)
    lacking = sum(
        edit.doc is not None and edit.table not in INTERNAL_TABLES
        for edit in there.edits_missing_in(here)
    )
    if not lacking:
        message = "Another copy of the notebook, with nothing new."
        return CheckResult(subject=copy.name, ok=True, message=message)
    message = f"Another copy of the notebook, with {counted(lacking, 'new or newer record')}; "
    message += "--repair merges them."
    return CheckResult(subject=copy.name, ok=False, message=message)


def exposed_folders(folders: Iterable[Path]) -> list[Path]:
    """Return those of the user's folders that other users can access; empty if none.

    The home folder and folders that do not exist are left out.
    """
    found = []
    for folder in dict.fromkeys(folders):
        try:
            status = folder.stat()
        except OSError:
            continue
        if status.st_mode & 0o077 and status.st_uid == os.geteuid() and folder != Path.home():
            found.append(folder)
    return found


def leftover_files(journal: Path, folders: Iterable[Path], now: float) -> list[Path]:
    """Return temporary files that crashes left in the program's folders, sorted by path.

    Only files older than a day; empty if there are none. `folders` are the program's folders; `now`
    is the time in seconds since the epoch.
    """
    data, file = journal.parent, resolve_link(journal)
    within = [path for name in _SUBFOLDERS for path in (data / name).rglob(".*")]
    if file.parent != data:
        # The folder of a linked journal may contain other files: only our subfolders are searched.
        beside = (HISTORY, quarantine.FOLDER)
        within += [path for name in beside for path in (file.parent / name).rglob(".*")]
    within += [path for folder in folders if folder != data for path in folder.rglob(".*")]
    found = []
    for path in dict.fromkeys([*file.parent.glob(f".{escape(file.name)}.*"), *within]):
        with contextlib.suppress(OSError):
            status = path.lstat()
            old = now - status.st_mtime > _A_DAY
            if _TEMPORARY_NAME.fullmatch(path.name) and stat.S_ISREG(status.st_mode) and old:
                found.append(path)
    return sorted(found)


def _find_texts(journal: Path) -> tuple[list[Path], list[Path]]:
    """Return the paths of all stored texts, and of those that are damaged."""
    texts = TextStore(journal.parent / "texts")
    paths = sorted((journal.parent / "texts").glob("*/*.json"))
    return paths, [path for path in paths if texts.load(path.stem) is None]


def _find_drafts(journal: Path) -> tuple[list[Path], list[Path]]:
    """Return the paths of all drafts and editor files, and of those that are damaged.

    An editor file without a draft counts as damaged.
    """
    folder = journal.parent / "drafts"
    records = sorted([*folder.glob(f"*{DRAFT}"), *folder.glob(f"*{SAVED}")])
    bad = [path for path in records if not _is_draft(path)]
    known = {path.stem for path in records} - {path.stem for path in bad}
    # An editor file without its record: nothing says what it is about.
    edited = [
        path for path in sorted(folder.glob(f"*{FILE}")) if _EDITOR_FILE_NAME.fullmatch(path.name)
    ]
    alone = [path for path in edited if path.stem not in known]
    return [*records, *alone], [*bad, *alone]


FILE_KINDS: Mapping[str, Callable[[Path], tuple[list[Path], list[Path]]]] = {
    "texts": _find_texts,
    "drafts": _find_drafts,
}
"""The kinds of files that are checked one by one.

For each, a function that is given the journal's path and returns all files and the damaged ones.
"""


def _is_record(doc: bytes) -> bool:
    """Return whether a record's JSON is an object."""
    try:
        return isinstance(json.loads(doc), dict)
    except ValueError:
        return False


def _is_draft(path: Path) -> bool:
    """Return whether a file contains a draft."""
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(record, dict) and {"key", "text"} <= record.keys()


def _summarize(subject: str, bad: list[str], count: int) -> CheckResult:
    """Return the result for the files of one kind.

    `bad` are the names of damaged files, `count` is the number of all.
    """
    message = f"{count - len(bad)} intact"
    if bad:
        message += f"; damaged: {', '.join(bad)}"
    return CheckResult(subject=subject, ok=not bad, message=f"{message}.")


def repair_notebook(journal: Path, folders: Iterable[Path]) -> Iterator[CheckResult]:
    """Repair what can be repaired, and yield a result for each repair, done or failed.

    Yields nothing if nothing needs repair. `journal` and `folders` are as for `check_notebook`.
    Raises NotebookError or OSError if the journal cannot be rewritten.
    """
    folders, file = list(folders), resolve_link(journal)
    for folder in exposed_folders(folders):
        message = f"{folder} is now accessible to its owner only."
        yield _repair_result("folders", message, partial(folder.chmod, 0o700))
    if (lock := lock_path(file)).is_symlink():
        yield _repair_result(lock.name, "The symbolic link was removed.", lock.unlink)
    if not next(check_notebook(journal)).ok:
        repair_journal(journal)
        message = "It was rewritten without the damage; a backup of the old file is in “history”."
        yield CheckResult(subject=journal.name, ok=True, message=message)
    yield from _repair_backups(file)
    for copy in conflict_copies(file):
        yield _merge_conflict_copy(file, copy)
    for subject, kind in FILE_KINDS.items():
        for path in kind(journal)[1]:
            message = f"“{path.name}” is damaged; it was moved to the folder “{quarantine.FOLDER}”."
            yield _repair_result(
                subject, message, partial(quarantine.quarantine_file, journal, path)
            )
    for path in leftover_files(journal, folders, time.time()):
        yield _repair_result("leftovers", f"“{path.name}” was deleted.", path.unlink)


def _repair_backups(journal: Path) -> Iterator[CheckResult]:
    """Correct flipped bits in the backups, and create a backup if none is intact.

    Yields a result for each repair.
    """
    for copy in list_backups(journal):
        if (data := _without_flipped_bits(copy)) is not None:
            message = f"Flipped bits in “{copy.name}” were corrected."
            yield _repair_result(
                "history", message, partial(replace_file, copy, data, private=True)
            )
    copies = list_backups(journal)
    if copies and not any(map(is_intact, copies)) and is_intact(journal):
        message = "A new backup was created, because none was intact; the others were kept."
        yield _repair_result(
            "history", message, lambda: create_backup(journal, IdGenerator(), journal.read_bytes())
        )


def _without_flipped_bits(copy: Path) -> bytes | None:
    """Return a backup's content with flipped bits corrected.

    None if it has no flipped bit, has other damage too, or cannot be read.
    """
    try:
        data = copy.read_bytes()
    except OSError:
        return None
    if all_lines_valid(data) or format_version(data[:1024]) > FORMAT:
        return None
    found = scan_lines(data)
    right = b"".join(encode_line(line.edits, line.at, line.generations) for line in found.lines)
    return right if found.mended and len(right) - len(data) in {0, 1} else None


def _merge_conflict_copy(journal: Path, copy: Path) -> CheckResult:
    """Merge a conflict copy into the journal as one undo step, and quarantine it."""
    try:
        tables = tables_in_journal(scan_lines(copy.read_bytes()).lines)
        with JournalDB(journal) as database:
            merge = Merge(database.storage, UndoLog(database), tables, revive=False)
            merge.take(f"merged “{sanitize_line(copy.name)}”")
        quarantine.quarantine_file(journal, copy)
    except OSError as error:
        message = f"It could not be merged: {error_reason(error)}."
        return CheckResult(subject=copy.name, ok=False, message=message)
    count = sum([*merge.summary.new.values(), *merge.summary.newer.values()])
    message = f"{counted(count, 'record')} merged; press u in the reader to undo. "
    if not count:
        message = "It had nothing new. "
    message += f"It was moved to the folder “{quarantine.FOLDER}”."
    return CheckResult(subject=copy.name, ok=True, message=message)


def _repair_result(subject: str, message: str, act: Callable[[], object]) -> CheckResult:
    """Call `act` to repair something, and return the result.

    `message` describes what was done; if OSError is raised, the result is not `ok`.
    """
    try:
        act()
    except OSError as error:
        message = f"It could not be repaired: {error_reason(error)}."
        return CheckResult(subject=subject, ok=False, message=message)
    return CheckResult(subject=subject, ok=True, message=message)
