"""Room that is kept on the disk, so that what was just typed is saved even when it is full."""

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
"""Beside the journal."""

SIZE = 1 << 20
"""Bytes, really allocated; enough for thousands of notes."""

GIVEN_UP = (
    "The disk is full: what you wrote is saved in the room that was kept for this, "
    "but free some space before you write much more."
)
"""What the reader is told when the reserve was used."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskReserve:
    """A file that holds nothing but room; it is made again when there is enough."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        """Nothing is made yet; `tell` is told when the room was used."""
        self._path = folder / FILE
        self._tell = tell
        self._is_there = False

    def make(self) -> None:
        """Make it if it is not there, and as much again stays free; else let it be."""
        if self._is_there:
            return
        with contextlib.suppress(OSError):
            if not self._is_whole() and self._free() >= 2 * SIZE:
                with AtomicFile(self._path) as draft:
                    draft.allocate(SIZE)
                    draft.replace()
            self._is_there = self._is_whole()

    def spend(self, save: Callable[[], T]) -> T:
        """Save; if the disk is full, give the room up and save again. Raises what saving does."""
        try:
            saved = save()
        except (OSError, NotebookError) as error:
            if not _is_full(error) or not self._give_up():
                raise
            saved = save()
            self._tell(GIVEN_UP)
        else:
            self.make()
        return saved

    def _give_up(self) -> bool:
        """Whether there is more room than before; another window may have made it."""
        was_there, self._is_there = self._is_there, False
        try:
            self._path.unlink()
        except OSError:
            return was_there
        return True

    def _is_whole(self) -> bool:
        """Whether it is there; what a symbolic link leads to would not be given up with it."""
        if not self._path.exists():
            return False
        status = self._path.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size >= SIZE

    def _free(self) -> int:
        room = os.statvfs(self._path.parent)
        return room.f_bavail * room.f_frsize


def _is_full(error: BaseException) -> bool:
    """Whether it was not written for want of room; after a failed flush nothing is certain."""
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and not isinstance(cause, FlushError) and cause.errno in _FULL
