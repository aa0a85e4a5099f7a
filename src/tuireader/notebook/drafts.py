"""Drafts: notes that are not saved yet, and the files that editors write."""

import codecs
import contextlib
import datetime as dt
import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tuireader.domain.anchor import Anchor
from tuireader.domain.bookmark import Citation
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.disk_reserve import DiskReserve
from tuireader.notebook.journal.log_file import error_reason, read_range
from tuireader.notebook.serialization import (
    anchor_from_record,
    anchor_record,
    citation_from_record,
    citation_record,
)
from tuireader.paths import replace_file
from tuireader.text.sanitize import sanitize

DRAFT, SAVED, FILE = ".json", ".saved", ".md"
"""The endings of a draft, of its record after its text was saved, and of the editor's file."""

REMEMBERED = dt.timedelta(days=30)
"""How long the record of a draft is kept after its text was saved."""


@dataclass(frozen=True, slots=True)
class DraftSubject:
    """The article and passage that a draft is about.

    The passage is found again by its anchor after the text has changed.
    """

    article: Citation
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """A note that was begun and is not saved.

    `key` identifies what it is about; `written` is when it was last changed.
    """

    key: str
    text: str
    written: dt.datetime
    subject: DraftSubject | None = None
    """The passage that it is about.

    None if the key identifies a bookmark, or in older versions a range.
    """
    file: str | None = None
    """The last known content of the editor's file; None if there is no such file."""


class Drafts:
    """A folder of drafts, each under a key chosen by the caller.

    File names are hashes of the keys, so that no key leads outside the folder.
    """

    def __init__(self, folder: Path, reserve: DiskReserve | None = None) -> None:
        """Give access to the drafts in a folder, which need not exist yet.

        `reserve` is disk space that is used if the disk is full; None if there is no reserve.
        """
        self.folder = folder
        self._reserve = reserve

    def save(self, key: str, text: str, subject: DraftSubject | None = None) -> None:
        """Save the text of a draft, replacing the previous draft with this key.

        `subject` is the passage that it is about, if the key does not identify it. Raises
        NotebookError if it cannot be saved.
        """
        before = self._record(_name(key))
        self._keep(key, text, subject, before.file if before else None)

    def get(self, key: str) -> str:
        """Return the text of the draft with a key; "" if there is none."""
        draft = self._draft(_name(key))
        return draft.text if draft else ""

    def drop(self, key: str) -> None:
        """Delete the draft with a key, if any; its editor file is kept if it was changed.

        No error is raised if a file cannot be deleted.
        """
        name = _name(key)
        record = self._record(name)
        with contextlib.suppress(OSError):
            if record is None or record.file is None:
                self._path(name, DRAFT).unlink()
                return
            if self._path(name, DRAFT).exists():
                self._path(name, DRAFT).replace(self._path(name, SAVED))
            self._remove_file(name, record.file)

    def all(self) -> tuple[NoteDraft, ...]:
        """Return all drafts, oldest first; empty if there are none.

        Files that are not drafts, or are damaged, are ignored.
        """
        names = {path.stem for end in (DRAFT, FILE) for path in self.folder.glob(f"*{end}")}
        found = [draft for name in names if (draft := self._draft(name))]
        return tuple(sorted(found, key=lambda draft: draft.written))

    def texts(self) -> dict[str, str]:
        """Return the texts of all drafts by key, oldest first; empty if there are none."""
        return {draft.key: draft.text for draft in self.all()}

    def open_file(self, key: str, text: str, subject: DraftSubject | None, *, saved: bool) -> Path:
        """Write a text to a file for an external editor, and return the path of the file.

        Raises NotebookError if the file cannot be written.

        Args:
            key: The key of the draft.
            text: The text to edit.
            subject: The passage that it is about, if the key does not identify it.
            saved: Whether the text is in the notebook already, so that it is only a draft when
                the editor has changed it.
        """
        name, held = _name(key), sanitize(text).strip()
        path = self._path(name, FILE)
        self._keep(key, text, subject, held, SAVED if saved else DRAFT)
        with contextlib.suppress(NotebookError):
            if read_note(path) == held:
                return path
        with contextlib.suppress(OSError):
            path.rmdir()
        self._write(path, f"{held}\n".encode() if held else b"")
        return path

    def take_file(self, key: str) -> str:
        """Return the content of the editor's file, and update the draft with it.

        The draft is unchanged if the file is empty. Raises NotebookError if the file does not
        exist, or the draft cannot be written.
        """
        name = _name(key)
        held = read_note(self._path(name, FILE))
        draft = self._draft(name)
        if draft is not None and held and held != draft.file:
            self._keep(key, draft.text, draft.subject, held)
        return held

    def close_file(self, key: str) -> None:
        """Delete the file of a key whose editor could not be started, unless it was changed."""
        name = _name(key)
        record = self._record(name)
        if record is not None and record.file is not None:
            with contextlib.suppress(OSError):
                self._remove_file(name, record.file)
                self._path(name, SAVED).unlink()

    def delete_expired(self, now: dt.datetime) -> None:
        """Delete records of notes that were saved before `REMEMBERED`, counted from `now`.

        A record whose editor file has been changed since is kept.
        """
        for path in self.folder.glob(f"*{SAVED}"):
            record = _read(path)
            if record is not None and now - record.written > REMEMBERED:
                with contextlib.suppress(OSError):
                    if self._draft(path.stem) is None:
                        self._remove_file(path.stem, record.file)
                        path.unlink()

    def _draft(self, name: str) -> NoteDraft | None:
        """Return a draft, with what the editor has written; None if there is none.

        A text that is completely saved is no draft. `name` is the file name without extension.
        """
        draft = _read(self._path(name, DRAFT))
        record = draft or _read(self._path(name, SAVED))
        if record is None or record.file is None:
            return draft
        path = self._path(name, FILE)
        try:
            text = merge_note_texts(record.text, record.file, read_note(path))
            written = _written(path)
        except (NotebookError, OSError):
            return draft
        return draft if text == record.text else replace(record, text=text, written=written)

    def _record(self, name: str) -> NoteDraft | None:
        """Return what is stored under a file name: a draft, or the record of a saved note.

        None if there is neither.
        """
        return _read(self._path(name, DRAFT)) or _read(self._path(name, SAVED))

    def _keep(
        self, key: str, text: str, subject: DraftSubject | None, file: str | None, end: str = DRAFT
    ) -> None:
        """Write the record of a draft, or with `SAVED` as `end` the record of a saved note.

        `file` is the content of the editor's file, None if there is none. Raises NotebookError if
        it cannot be written.
        """
        record: dict[str, Any] = {"v": 1, "key": key, "text": text}
        if subject is not None:
            record["article"] = citation_record(subject.article)
            record["anchor"] = anchor_record(subject.anchor)
        if file is not None:
            record["file"] = file
        name = _name(key)
        self._write(self._path(name, end), json.dumps(record).encode("ascii"))
        with contextlib.suppress(OSError):
            self._path(name, SAVED if end == DRAFT else DRAFT).unlink()

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file; if the disk is full, use the disk reserve.

        Raises NotebookError if it cannot be written.
        """

        def write() -> None:
            replace_file(path, data, private=True)

        spend: Callable[[Callable[[], None]], None]
        spend = self._reserve.spend if self._reserve else lambda save: save()
        try:
            spend(write)
        except OSError as error:
            raise NotebookError(
                f"The draft was not saved, because {error_reason(error)}."
            ) from error

    def _remove_file(self, name: str, held: str | None) -> None:
        """Delete the editor's file and its backup, unless the content is not `held` any more."""
        path = self._path(name, FILE)
        with contextlib.suppress(NotebookError):
            if read_note(path) == held:
                path.unlink()
                path.with_name(f"{path.name}~").unlink(missing_ok=True)

    def _path(self, name: str, end: str) -> Path:
        """Return the path of the file with a name and an ending: `DRAFT`, `SAVED` or `FILE`."""
        return self.folder / f"{name}{end}"


def _name(key: str) -> str:
    """Return the file name of a draft, without extension: a hash of its key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _written(path: Path) -> dt.datetime:
    """Return when a file was last written, in UTC."""
    return dt.datetime.fromtimestamp(path.stat().st_mtime_ns / 1e9, dt.UTC)


def _read(path: Path) -> NoteDraft | None:
    """Return the draft in a file; None if the file does not exist or is damaged."""
    try:
        record = json.loads(path.read_bytes())
        file = record.get("file")
        return NoteDraft(
            key=str(record["key"]),
            text=str(record["text"]),
            written=_written(path),
            subject=_subject_of(record),
            file=str(file) if file is not None else None,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _subject_of(record: Mapping[str, Any]) -> DraftSubject | None:
    """Return the subject in a draft's record; None if it has no anchor."""
    anchor = anchor_from_record(record.get("anchor"))
    return DraftSubject(citation_from_record(record["article"]), anchor) if anchor else None


LARGEST = 10 << 20
"""The largest file that is read as a note, in bytes."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_note(path: Path) -> str:
    """Return the note in a file, sanitized and without white space around it.

    Raises NotebookError if there is no file, if it is too large, or if it is a folder, a symbolic
    link or a pipe. A pipe is not opened, because that could block for ever.
    """
    try:
        _require_file(path.lstat())
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            _require_file(status)
            data = read_range(descriptor, 0, status.st_size)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise NotebookError("The editor removed the file of the note.") from None
    except OSError as error:
        raise NotebookError(
            f"The editor's file {path} cannot be read: {error_reason(error)}."
        ) from error
    return sanitize(_decoded(data)).strip()


def _require_file(status: os.stat_result) -> None:
    """Raise NotebookError unless it is a regular file of acceptable size."""
    if not stat.S_ISREG(status.st_mode):
        raise NotebookError(f"The editor left {_kind(status.st_mode)} instead of the note.")
    if status.st_size > LARGEST:
        raise NotebookError(
            "The editor left a file of more than 10 MB, which is too large for a note."
        )


def _kind(mode: int) -> str:
    """Return the kind of file that a mode stands for, in words for a message."""
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    return "a named pipe" if stat.S_ISFIFO(mode) else "a special file"


def _decoded(data: bytes) -> str:
    """Decode text in UTF-8, in UTF-16 with a byte order mark, or else in Windows-1252."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def merge_note_texts(ours: str, before: str, now: str) -> str:
    """Return the text of a note that the program and the editor may both have changed.

    If both changed it, both texts are kept, one below the other. An empty file changes nothing,
    because an editor that fails while saving leaves one.

    Args:
        ours: The text that the program has.
        before: The last text that both had.
        now: The text in the editor's file.
    """
    mine = ours.strip()
    if not now or now == before:
        return ours
    if mine == before or mine in now:
        return now
    return ours if now in mine else f"{mine}\n\n{now}"
