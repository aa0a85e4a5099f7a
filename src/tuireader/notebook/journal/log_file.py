"""The log file of the journal: opening, reading and appending."""

import contextlib
import errno
import os
from pathlib import Path

from tuireader import paths
from tuireader.paths import resolve_link
from tuireader.text.sanitize import sanitize_line

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file has reached the largest size that is allowed",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "its folder is not writable",
    errno.EPERM: "its folder is not writable",
    errno.EISDIR: "a folder has its name",
    errno.EIO: "the disk reports an error",
}


def error_reason(error: OSError) -> str:
    """Return why a file operation failed, as a clause for a message: "the disk is full"."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error)).lower()


def broken_link_reason(path: Path) -> str:
    """Return why a symbolic link leads to no file, as a clause.

    "" if it leads to a file that exists or can be created, or if `path` is no symbolic link.
    """
    if not path.is_symlink():
        return ""
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "it is a symbolic link that leads to itself"
        target = resolve_link(path)
        if not target.parent.is_dir():
            shown = sanitize_line(str(target))
            return f"it is a symbolic link to “{shown}”, whose folder does not exist"
    return ""


def read_range(descriptor: int, start: int, end: int) -> bytes:
    """Return the bytes of an open file from `start` to `end`.

    Fewer if the file is shorter; b"" if nothing is in the range.
    """
    parts = []
    while start < end:
        part = os.pread(descriptor, end - start, start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


_TAIL_LENGTH = 64
"""How many bytes before the read position are remembered, to recognise the file by them."""
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
"""The errors that say that a file may not be written."""
_Identity = tuple[int, int, int, int]


class FlushError(OSError):
    """A flush failed: it is unknown whether the written bytes reached the disk."""


class LogFile:
    """An append-only file that other processes also append to, or replace by another file."""

    def __init__(self, path: Path) -> None:
        """Prepare the file at `path`; it is not opened yet."""
        self.path = path
        self.size = 0
        """The file's length in bytes when it was last checked."""
        self._descriptor = -1
        self._end = 0
        self._last = b""
        self._seen: _Identity | None = None

    @property
    def is_open(self) -> bool:
        """Whether the file is open."""
        return self._descriptor >= 0

    def is_unchanged(self) -> bool:
        """Return whether the file is as it was when it was last read (one `stat` call).

        True also if there was and is no file.
        """
        return self._identity() == self._seen

    def open(self) -> None:
        """Open the file that has the path now, with the read position at its start.

        Raises OSError if it does not exist or cannot be read.
        """
        self.close()
        self._descriptor = self._open_descriptor()

    def open_at_end(self) -> None:
        """Open the file that has the path now, with the read position at its end.

        Raises OSError if it does not exist or cannot be read.
        """
        self.open()
        size = os.fstat(self._descriptor).st_size
        self._end = max(0, size - _TAIL_LENGTH)
        last = self.read_next(None)
        self.advance(last, len(last))

    @property
    def end(self) -> int:
        """The read position: how many bytes from the start were accepted with `advance`."""
        return self._end

    def is_same_file(self, descriptor: int) -> bool:
        """Return whether an open file is the one that is open here; False if none is."""
        return self.is_open and os.path.sameopenfile(self._descriptor, descriptor)

    def duplicate(self) -> int:
        """Return a second descriptor of the file, which the caller must close."""
        return os.dup(self._descriptor)

    def read_since(self, start: int) -> bytes:
        """Return the bytes from the offset `start` to the read position; b"" if none."""
        return read_range(self._descriptor, start, self._end)

    def read_next(self, most: int | None) -> bytes:
        """Return up to `most` bytes after the read position, or all if it is None.

        The read position stays; b"" at the end of the file.
        """
        end = os.fstat(self._descriptor).st_size
        return read_range(
            self._descriptor, self._end, end if most is None else min(end, self._end + most)
        )

    def read_appended(self) -> bytes | None:
        """Return the bytes after the read position; None if the file must be read anew.

        That is the case if it was replaced or truncated, or was not read yet.
        """
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

    def advance(self, data: bytes, length: int) -> None:
        """Advance the read position by `length` bytes of the `data` that was just read.

        The rest of `data` is a torn line, which is not complete yet; the file must be open.
        """
        taken = data[:length]
        self._end += length
        self._last = (self._last + taken[-_TAIL_LENGTH:])[-_TAIL_LENGTH:]
        self.size = self._end + len(data) - length
        identity = _identity_of(os.fstat(self._descriptor))
        self._seen = (*identity[:2], self.size, identity[3])

    def torn_line(self) -> bytes:
        """Return the bytes after the last complete line, from an interrupted write; b"" if none."""
        if self._descriptor < 0:
            return b""
        return read_range(self._descriptor, self._end, self.size)

    def append(self, line: bytes) -> None:
        """Append a line and flush it to the disk; the caller must hold the write lock.

        A torn line is ended first. Raises OSError if it was not written; the file is then as
        before. Raises FlushError if the line was removed again, but it is unknown what is on the
        disk.
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
        self._last = line[-_TAIL_LENGTH:]
        self._seen = _identity_of(os.fstat(self._descriptor))

    def close(self) -> None:
        """Close the file and forget the read position; nothing if it is closed."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._seen = -1, None
        self._end, self._last, self.size = 0, b"", 0

    def _flush(self) -> None:
        """Flush the file, and raise FlushError if that fails."""
        try:
            paths.flush_file(self._descriptor)
        except OSError as error:
            raise FlushError(error.errno, error.strerror) from error

    def _open_descriptor(self) -> int:
        """Return a descriptor of the file; a read-only one if it may not be written.

        A file that is missing may be created by another window in the meantime. Opened for reading
        only then, nothing could be saved in it.
        """
        try:
            return os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError as error:
            if error.errno not in _READ_ONLY:
                raise
            return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)

    def _identity(self) -> _Identity | None:
        """Return what identifies the file that has the path now; None if there is none."""
        try:
            return _identity_of(os.stat(self.path))  # noqa: PTH116 - half as long as Path.stat
        except OSError:
            return None


def _identity_of(status: os.stat_result) -> _Identity:
    """Return device, inode, size and modification time: together they identify a file's content."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
