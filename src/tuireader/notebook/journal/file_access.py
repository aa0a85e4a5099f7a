"""Low-level file access of the notebook: positioned reads, and file errors in plain words."""

import errno
import os
from pathlib import Path

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
    """Return why a file operation failed, as a clause: "the disk is full"."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error)).lower()


def broken_link_reason(path: Path) -> str:
    """Return why a symbolic link cannot lead to a file, as a clause; "" if it can, or is none."""
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
    """Return the bytes of an open file from `start` to `end`; fewer if the file is shorter."""
    parts = []
    while start < end:
        part = os.pread(descriptor, end - start, start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
