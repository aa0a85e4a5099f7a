"""The note file of an external editor: reading it safely, and merging it with the draft."""

import codecs
import os
import stat
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.file_access import error_reason, read_range
from tuireader.text.sanitize import sanitize

LARGEST = 10 << 20
"""The largest file that is read as a note, in bytes."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_note(path: Path) -> str:
    """Return the note in a file, sanitized, without blank lines around it.

    Raises NotebookError if there is no file, or if it is a folder, a link or a pipe. A pipe is not
    opened, because that could block for ever.
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
    """Raise NotebookError if it is not a regular file of acceptable size."""
    if not stat.S_ISREG(status.st_mode):
        raise NotebookError(f"The editor left {_kind(status.st_mode)} instead of the note.")
    if status.st_size > LARGEST:
        raise NotebookError(
            "The editor left a file of more than 10 MB, which is too large for a note."
        )


def _kind(mode: int) -> str:
    """Return what kind of file a mode describes, for a message."""
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

    `before` is the last text that both had. If both changed it, both texts are kept, one below the
    other. An empty file changes nothing, because an editor that fails while saving leaves one.
    """
    mine = ours.strip()
    if not now or now == before:
        return ours
    if mine == before or mine in now:
        return now
    return ours if now in mine else f"{mine}\n\n{now}"
