"""Reads the file of a note that the reader's own editor has written, whatever it left there."""

import codecs
import os
import stat
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.file_access import error_reason, read_range
from tuireader.text.sanitize import sanitize

LARGEST = 10 << 20
"""Bytes; a larger file is no note."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_note(path: Path) -> str:
    """The note in the file, cleaned, without blank lines around it.

    Raises NotebookError if there is no file, or something else than a file: a folder, a link, or a
    pipe, which is never opened because that could wait forever.
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
    if not stat.S_ISREG(status.st_mode):
        raise NotebookError(f"The editor left {_kind(status.st_mode)} in the place of the note.")
    if status.st_size > LARGEST:
        raise NotebookError("The editor left a file of more than 10 MB, which is no note.")


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    return "a named pipe" if stat.S_ISFIFO(mode) else "a special file"


def _decoded(data: bytes) -> str:
    """The text in UTF-8, in UTF-16 with a byte order mark, or else in Windows-1252."""
    if data.startswith(_UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def joined(ours: str, before: str, now: str) -> str:
    """What a note holds when both the program and the editor may have changed it.

    `before` is what both had last. Where both changed it, both texts are kept, one below the other.
    An empty file changes nothing: an editor that fails while it saves leaves one.
    """
    mine = ours.strip()
    if not now or now == before:
        return ours
    if mine == before or mine in now:
        return now
    return ours if now in mine else f"{mine}\n\n{now}"
