"""Disk space that is reserved in advance, so that a note can be saved when the disk is full."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.log_file import FlushError
from tuireader.paths import AtomicFile

T = TypeVar("T")

FILE = "reserve"
"""The name of the reserve file; it is in the journal's folder."""

SIZE = 1 << 20
"""The size of the reserve in bytes, allocated on the disk; enough for thousands of notes."""

SPENT_NOTICE = (
    "The disk is full. Your text was saved in reserved space; "
    "free some disk space before you write more."
)
"""The notice after the reserve was used."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskReserve:
    """A file that only occupies disk space, and is deleted when the space is needed."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        """Prepare the reserve in a folder; nothing is allocated yet.

        `tell` is called with a notice for the user when the reserve was used.
        """
        self._path = folder / FILE
        self._tell = tell
        self._is_there = False

    def make(self) -> None:
        """Allocate the reserve if it is missing and the disk has twice its size free.

        No error is raised if that fails.
        """
        if self._is_there:
            return
        with contextlib.suppress(OSError):
            if not self._is_allocated() and self._free() >= 2 * SIZE:
                with AtomicFile(self._path) as draft:
                    draft.allocate(SIZE)
                    draft.replace()
            self._is_there = self._is_allocated()

    def spend(self, save: Callable[[], T]) -> T:
        """Call `save` and return its result; if the disk is full, free the reserve and try again.

        Raises what `save` raises. After a success the reserve is allocated if it is missing.
        """
        try:
            saved = save()
        except (OSError, NotebookError) as error:
            if not _is_full(error) or not self._release():
                raise
            saved = save()
            self._tell(SPENT_NOTICE)
        else:
            self.make()
        return saved

    def _release(self) -> bool:
        """Delete the reserve, and return whether that freed space.

        True also if another process deleted it first.
        """
        was_there, self._is_there = self._is_there, False
        try:
            self._path.unlink()
        except OSError:
            return was_there
        return True

    def _is_allocated(self) -> bool:
        """Return whether the reserve exists.

        A symbolic link would free nothing and does not count.
        """
        if not self._path.exists():
            return False
        status = self._path.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size >= SIZE

    def _free(self) -> int:
        """Return the free space of the disk in bytes."""
        room = os.statvfs(self._path.parent)
        return room.f_bavail * room.f_frsize


def _is_full(error: BaseException) -> bool:
    """Return whether an error means that the disk is full.

    A failed flush does not count: after it nothing is certain.
    """
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and not isinstance(cause, FlushError) and cause.errno in _FULL
