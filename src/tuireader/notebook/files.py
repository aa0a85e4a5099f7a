"""Files that are either there whole or not at all."""

import contextlib
import errno
import fcntl
import os
import secrets
from pathlib import Path

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file may not grow any further",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "its folder may not be written to",
    errno.EPERM: "its folder may not be written to",
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
    """Make the folder, open to its owner only, if it is not there; OSError if it cannot be."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Put the data in the file's place; after a crash the old or the new is there, whole."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            write_all(descriptor, data, 0)
            flush(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
        flush_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


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
