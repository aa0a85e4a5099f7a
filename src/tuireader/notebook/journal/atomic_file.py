"""Files that are either there whole or not at all."""

import contextlib
import errno
import fcntl
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from tuireader.paths import make_private_folder
from tuireader.text.sanitize import sanitize_line

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file may not grow any further",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "its folder may not be written to",
    errno.EPERM: "its folder may not be written to",
    errno.EISDIR: "a folder has its name",
    errno.EIO: "the disk reports an error",
}


def reason_of(error: OSError) -> str:
    """Why it failed, as a clause in plain words."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error)).lower()


def flush(descriptor: int) -> None:
    """Return when the file's bytes are on the disk.

    On macOS `fsync` leaves them in the drive's cache; only F_FULLFSYNC does not.
    """
    if hasattr(fcntl, "F_FULLFSYNC"):  # pragma: no cover - macOS
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fdatasync(descriptor)


def flush_folder(folder: Path) -> None:
    """Return when the names in the folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make the folder and what is lacking above it, open to its owner only; OSError if not."""
    if not folder.is_dir():
        make_private_folder(folder)


def followed(path: Path) -> Path:
    """The file that a symbolic link leads to, over any number of links; else the path itself."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def flaw_of_link(path: Path) -> str:
    """Why there can be no file where a symbolic link leads, as a clause; empty if there can be."""
    if not path.is_symlink():
        return ""
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "it is a symbolic link that leads to itself"
        target = followed(path)
        if not target.parent.is_dir():
            shown = sanitize_line(str(target))
            return f"it is a symbolic link to “{shown}”, whose folder is not there"
    return ""


_AT_ONCE = 2 << 20
"""Bytes that are flushed at once: other files' flushes wait for them."""


class AtomicFile:
    """A new file that is to take another's place; unless it does, nothing of it stays."""

    def __init__(self, path: Path) -> None:
        """Begin it beside the file; OSError if that cannot be."""
        make_folder(path.parent)
        self._path = path
        self._draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        self._descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._size = self._flushed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close it, and remove it if it was not put in the place."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            with contextlib.suppress(OSError):
                self._draft.unlink()

    def write(self, data: bytes) -> None:
        """Add to it."""
        write_all(self._descriptor, data, self._size)
        self._size += len(data)
        if self._size - self._flushed > _AT_ONCE:
            self.flush()

    def allocate(self, size: int) -> None:
        """Have the disk set so many bytes aside for it."""
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(self._descriptor, 0, size)
        else:  # pragma: no cover - macOS
            self.write(bytes(size))

    def flush(self) -> None:
        """Return when all that was added is on the disk."""
        flush(self._descriptor)
        self._flushed = self._size

    def put(self) -> None:
        """Put it in the file's place; after a crash the old or the new is there, whole."""
        self.flush()
        self._draft.replace(self._path)
        os.close(self._descriptor)
        self._descriptor = -1
        flush_folder(self._path.parent)


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put the data, or its pieces, in the file's place, all or nothing.

    A symbolic link stays one: the file that it leads to is replaced.
    """
    with AtomicFile(followed(path)) as draft:
        for piece in (data,) if isinstance(data, bytes) else data:
            draft.write(piece)
        draft.put()


def write_all(descriptor: int, data: bytes, offset: int) -> None:
    """Write all of the data at the offset, however the system splits it."""
    left = memoryview(data)
    while left:
        written = os.pwrite(descriptor, left, offset)
        left, offset = left[written:], offset + written


def read_all(descriptor: int, start: int, end: int) -> bytes:
    """The bytes of the file from start to end, fewer if it is shorter."""
    parts = []
    while start < end:
        part = os.pread(descriptor, end - start, start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
