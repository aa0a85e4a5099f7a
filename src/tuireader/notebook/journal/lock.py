"""The write lock of a notebook: a lock on a file.

The system releases it when the process that holds it ends.
"""

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

_OWNER_LENGTH = 51
"""The length in bytes of the line that names the process holding the lock."""
LOCK_TIMEOUT = 10.0
"""The default time limit for waiting for another window that is writing, in seconds."""


def lock_path(journal: Path) -> Path:
    """Return the path of the lock file of a journal; it is in the journal's folder."""
    return journal.with_name(f"{journal.name}.lock")


class WriteLock:
    """The lock that lets one process at a time write to a notebook.

    Its file also names the process that held the lock last.
    """

    def __init__(self, path: Path) -> None:
        """Prepare a lock with the given lock file; the file is not opened yet."""
        self._path = path
        self._descriptor = -1

    def open(self) -> None:
        """Open the lock file, creating it and its folder if needed; nothing if it is open.

        Raises OSError if it cannot be opened, or if it is a symbolic link.
        """
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
        """Close the lock file; nothing if it is closed."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    @contextlib.contextmanager
    def held(self, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
        """Hold the lock in a `with` block, waiting up to `timeout` seconds for it.

        Raises OSError if the lock file cannot be opened, and NotebookError if another process keeps
        the lock for longer than that.
        """
        self.open()
        self._take(timeout)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _take(self, timeout: float) -> None:
        """Acquire the lock, retrying after random pauses that grow from 1 to 20 milliseconds.

        Raises NotebookError after `timeout` seconds.
        """
        deadline, pause = time.monotonic() + timeout, 0.001
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise NotebookError(
                        f"Another window is writing to the notebook ({self._owner()}), "
                        "so this was not saved; try again."
                    ) from None
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - not for secrecy
                pause = min(pause * 2, 0.02)
            else:
                break
        # This is only used in the message above, so it need not be flushed, or succeed.
        with contextlib.suppress(OSError):
            self._write_owner()

    def _write_owner(self) -> None:
        """Write this process's id and host into the lock file, unless it contains anything else."""
        status = os.fstat(self._descriptor)
        content = os.pread(self._descriptor, _OWNER_LENGTH, 0)
        is_ours = status.st_size == _OWNER_LENGTH and content[:10].strip().isdigit()
        line = f"{os.getpid():<10}{_host_name():<40}\n".encode()
        if stat.S_ISREG(status.st_mode) and content != line and (is_ours or not content):
            os.pwrite(self._descriptor, line, 0)

    def _owner(self) -> str:
        """Return which process held the lock last, for a message; "unknown" if not stated."""
        words = os.pread(self._descriptor, _OWNER_LENGTH, 0).decode(errors="replace").split()
        return f"process {words[0]} on {words[1]}" if len(words) == 2 else "unknown"


def _host_name() -> str:
    """Return the machine's name in at most 40 printable ASCII characters; "?" if none is left."""
    name = "".join(
        letter for letter in socket.gethostname() if letter.isascii() and letter.isprintable()
    )
    return name.replace(" ", "")[:40] or "?"
