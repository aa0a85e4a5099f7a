"""An open file that only ever grows, how far it was read, and whether it still is that file."""

import contextlib
import os
from pathlib import Path

from tuireader import paths
from tuireader.notebook.journal.file_access import read_range

_LAST = 64
_Identity = tuple[int, int, int, int]


class FlushError(OSError):
    """The bytes were written, and whether they are on the disk is unknown."""


class LogFile:
    """The file that bears a name; another may be put in its place at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        """Its length when it was last looked at, in bytes."""
        self._descriptor = -1
        self._end = 0
        self._last = b""
        self._seen: _Identity | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a file that was read."""
        return self._descriptor >= 0

    def unchanged(self) -> bool:
        """Whether the file is as it was last seen; costs one `stat`."""
        return self._identity() == self._seen

    def begin(self) -> None:
        """Open what bears the name now; OSError if it is not there or unreadable."""
        self.forget()
        self._descriptor = self._opened()

    def begin_at_end(self) -> None:
        """Open what bears the name now, and take all of it for taken in."""
        self.begin()
        size = os.fstat(self._descriptor).st_size
        self._end = max(0, size - _LAST)
        last = self.read_next(None)
        self.took(last, len(last))

    @property
    def end(self) -> int:
        """How much of it was taken in."""
        return self._end

    def is_file(self, descriptor: int) -> bool:
        """Whether the descriptor is of the same file."""
        return self.is_open and os.path.sameopenfile(self._descriptor, descriptor)

    def duplicate(self) -> int:
        """Another descriptor of the file, which is the caller's to close."""
        return os.dup(self._descriptor)

    def taken_since(self, start: int) -> bytes:
        """What was taken in behind a place."""
        return read_range(self._descriptor, start, self._end)

    def read_next(self, most: int | None) -> bytes:
        """What follows what was taken in, so many bytes of it at the most."""
        end = os.fstat(self._descriptor).st_size
        return read_range(
            self._descriptor, self._end, end if most is None else min(end, self._end + most)
        )

    def read_appended(self) -> bytes | None:
        """What was appended since; None if this is not the file that was read, only longer."""
        identity = self._identity()
        if self._seen is None or identity is None or identity[:2] != self._seen[:2]:
            return None
        if identity[2] < self._end:
            return None
        start = self._end - len(self._last)
        data = read_range(self._descriptor, start, identity[2])
        if not data.startswith(self._last):
            return None
        return data[len(self._last) :]

    def took(self, data: bytes, length: int) -> None:
        """Note how much of the data that was just read was taken in; the rest is a torn end."""
        taken = data[:length]
        self._end += length
        self._last = (self._last + taken[-_LAST:])[-_LAST:]
        self.size = self._end + len(data) - length
        identity = _identity_of(os.fstat(self._descriptor))
        self._seen = (*identity[:2], self.size, identity[3])

    def torn_end(self) -> bytes:
        """What follows the last line that was taken in: a writer died there."""
        if self._descriptor < 0:
            return b""
        return read_range(self._descriptor, self._end, self.size)

    def append(self, line: bytes) -> None:
        """Append and flush to the disk; needs the lock.

        OSError if it was not written; then the file is as before. FlushError if
        it was taken back but what the disk has is unknown.
        """
        if self.size > self._end or (self._end and not self._last.endswith(b"\n")):
            line = b"\n" + line
        try:
            paths.write_at(self._descriptor, line, self.size)
            self._flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self.size)
            raise
        self._end = self.size = self.size + len(line)
        self._last = line[-_LAST:]
        self._seen = _identity_of(os.fstat(self._descriptor))

    def forget(self) -> None:
        """Let the file go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._seen = -1, None
        self._end, self._last, self.size = 0, b"", 0

    def _flush(self) -> None:
        try:
            paths.flush_file(self._descriptor)
        except OSError as error:
            raise FlushError(error.errno, error.strerror) from error

    def _opened(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)

    def _identity(self) -> _Identity | None:
        try:
            return _identity_of(os.stat(self.path))  # noqa: PTH116 - half as long as Path.stat
        except OSError:
            return None


def _identity_of(status: os.stat_result) -> _Identity:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
