"""Writers take turns: a lock on a file, which the system lets go when its holder dies."""

import contextlib
import errno
import fcntl
import os
import random
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.paths import make_private_folder

_LINE = 51
"""Bytes of the line that says who holds the lock."""
PATIENCE = 10.0
"""Seconds that a writer waits for another window to finish writing."""


def lock_path(journal: Path) -> Path:
    """The lock's file, beside the journal."""
    return journal.with_name(f"{journal.name}.lock")


class WriteLock:
    """The lock of one notebook; its file also says who held it last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def open(self) -> None:
        """Open the lock's file, making it and its folder if need be; OSError if it cannot be."""
        if self._descriptor < 0:
            make_private_folder(self._path.parent)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            try:
                self._descriptor = os.open(self._path, flags, 0o600)
            except OSError as error:
                if error.errno != errno.ELOOP:
                    raise
                reason = "its lock file is a symbolic link; remove the link"
                raise OSError(errno.ELOOP, reason) from error

    def close(self) -> None:
        """Let the lock's file go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    @contextlib.contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock; OSError if it cannot be opened, NotebookError if another keeps it."""
        self.open()
        self._take(patience)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _take(self, patience: float) -> None:
        """Wait for the lock: at first for a millisecond, then ever longer, by chance."""
        deadline, pause = time.monotonic() + patience, 0.001
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise NotebookError(
                        f"Another window is writing to the notebook ({self._holder()}), "
                        "so this was not saved; try again."
                    ) from None
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - not for secrecy
                pause = min(pause * 2, 0.02)
            else:
                break
        # Only read to word the message above, so it need not be flushed, nor succeed.
        with contextlib.suppress(OSError):
            self._sign()

    def _sign(self) -> None:
        """Write who holds the lock, but never over content that is something else."""
        status = os.fstat(self._descriptor)
        content = os.pread(self._descriptor, _LINE, 0)
        is_ours = status.st_size == _LINE and content[:10].strip().isdigit()
        line = f"{os.getpid():<10}{_host():<40}\n".encode()
        if stat.S_ISREG(status.st_mode) and content != line and (is_ours or not content):
            os.pwrite(self._descriptor, line, 0)

    def _holder(self) -> str:
        words = os.pread(self._descriptor, _LINE, 0).decode(errors="replace").split()
        return f"process {words[0]} on {words[1]}" if len(words) == 2 else "unknown"


def _host() -> str:
    name = "".join(
        letter for letter in socket.gethostname() if letter.isascii() and letter.isprintable()
    )
    return name.replace(" ", "")[:40] or "?"
