"""The journal: a change is acknowledged only when it is on the disk, and nothing is overwritten.

A writer takes the lock, applies what others appended, appends one line and flushes it; only then
does the state in memory change. Readers take no lock: they apply what was appended since they last
looked.
"""

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.disk_reserve import DiskReserve
from tuireader.notebook.journal.ids import IdGenerator, now
from tuireader.notebook.journal.line_format import RecordEdit, encode_line
from tuireader.notebook.journal.lock import LOCK_TIMEOUT, WriteLock, lock_path
from tuireader.notebook.journal.log_file import FlushError, LogFile, error_reason
from tuireader.notebook.journal.replica import Replica, Snapshot
from tuireader.notebook.journal.state import JournalState
from tuireader.paths import AtomicFile

_NO_RESERVE_TABLES = frozenset({"readings"})
"""Tables for which the disk reserve is not used: a reading position can be saved again later."""


class Journal:
    """An append-only file of transactions, and the state that they result in."""

    def __init__(self, path: Path, timeout: float = LOCK_TIMEOUT) -> None:
        """Prepare the journal; nothing is read yet (`recovery.open_journal` does that).

        `timeout` is how many seconds to wait for another window that is writing.
        """
        self.path = path
        self._timeout = timeout
        self.mutex = threading.RLock()
        self.notices: list[str] = []
        self.readonly_reason = ""
        """Why nothing can be saved, as a clause; "" if saving works."""
        self.lock = WriteLock(lock_path(path))
        self.reserve = DiskReserve(path.parent, self.notices.append)
        self._replica = Replica(path, self.add_notice, self.disable_saving)
        self._is_final = False
        self._is_locked = self._closed = False

    @property
    def state(self) -> JournalState:
        """The state of the notebook in memory, as of the last `refresh` or change."""
        return self._replica.state

    @property
    def file(self) -> LogFile:
        """The file of the journal; it is closed while there is none."""
        return self._replica.file

    @property
    def ids(self) -> IdGenerator:
        """The generator of new record ids."""
        return self._replica.ids

    @property
    def revision(self) -> int:
        """A number that grows with every change, of this and other windows."""
        return self._replica.revision

    @property
    def is_damaged(self) -> bool:
        """Whether damaged lines were found in the file."""
        return self._replica.is_damaged

    def read(self) -> bool:
        """Load the file for the first time.

        Returns False if it has content but no valid line. Raises OSError if it cannot be read; a
        missing file counts as empty.
        """
        return self._replica.read()

    def refresh(self) -> None:
        """Apply what other windows wrote; if nothing changed, this costs one `stat` call.

        If the file cannot be read, a notice is added and no error is raised.
        """
        with self.mutex:
            if self._is_locked or self._closed or self.file.is_unchanged():
                return
            try:
                if not self._replica.catch_up(locked=False):
                    # If another window is writing, the next refresh tries again.
                    with contextlib.suppress(NotebookError), self.exclusive(timeout=0.0):
                        pass
            except OSError as error:
                reason = error_reason(error)
                self.add_notice(f"The notebook's file cannot be read again: {reason}.")

    @contextlib.contextmanager
    def exclusive(self, timeout: float | None = None) -> Iterator[None]:
        """Hold the write lock in a `with` block, with the changes of other windows applied.

        May be nested. `timeout` is how many seconds to wait for the lock; None stands for the
        journal's own. Raises NotebookError if it cannot be taken or nothing can be saved.
        """
        with self.mutex:
            if self._is_locked:
                yield
                return
            if self._is_final:
                raise self._error(self.readonly_reason)
            with contextlib.ExitStack() as held:
                try:
                    held.enter_context(
                        self.lock.held(self._timeout if timeout is None else timeout)
                    )
                    self._is_locked = True
                    held.callback(setattr, self, "_is_locked", False)
                    self._replica.catch_up(locked=True)
                except OSError as error:
                    raise self._error(error_reason(error)) from error
                if self._is_final:
                    raise self._error(self.readonly_reason)
                yield

    def append(self, edits: Sequence[RecordEdit]) -> None:
        """Write the edits as one transaction, and return when it is on the disk.

        Raises NotebookError with the reason if it cannot be saved; then nothing has changed, in
        memory or in the file. If the disk is full, the disk reserve is used.
        """
        is_vital = any(edit.table not in _NO_RESERVE_TABLES for edit in edits)
        with self.exclusive():
            try:
                if is_vital:
                    self.reserve.spend(lambda: self._write(edits))
                else:
                    self._write(edits)
            except FlushError as error:
                # A second flush that succeeds would prove nothing (PostgreSQL's fsyncgate, 2018).
                self.disable_saving(error_reason(error))
                raise self._error(error_reason(error)) from error
            except OSError as error:
                raise self._error(error_reason(error)) from error
            self._replica.apply_own(edits)
            self.readonly_reason = ""
            try:
                self._replica.catch_up(locked=True)
            except OSError as error:
                raise self._error(error_reason(error)) from error

    def _write(self, edits: Sequence[RecordEdit]) -> None:
        """Append a line with the edits, creating the file if needed."""
        if not self.file.size:
            self.rewrite()
        self._replica.quarantine_torn_line()
        self.file.append(encode_line(edits, now()))

    def rewrite(self) -> None:
        """Replace the file by a new one with the whole state; the caller must hold the write lock.

        A new notebook gets its first line this way. Raises OSError if it cannot be written.
        """
        self._replica.rewrite()

    def snapshot(self) -> Snapshot:
        """Return a snapshot of the state, which the caller must close.

        Raises NotebookError if another window is writing.
        """
        with self.exclusive(timeout=0.0):
            return self._replica.snapshot()

    def exchange(self, draft: AtomicFile, snapshot: Snapshot) -> bool:
        """Replace the file by one made from a snapshot, with the lines appended since.

        Returns False if the file was replaced by others in the meantime. Raises NotebookError or
        OSError if it fails; then nothing has changed. `draft` is the new file, not yet in place.
        """
        with self.exclusive(timeout=0.0):
            return self._replica.exchange(draft, snapshot)

    def quarantine_torn_line(self) -> None:
        """Quarantine the remains of an interrupted write, if there are any.

        Nothing is done if another window is writing, or the journal is read-only.
        """
        if self.file.torn_line() and not self.readonly_reason:
            with contextlib.suppress(NotebookError), self.exclusive(timeout=0.0):
                self._replica.quarantine_torn_line()

    def check_writable(self) -> None:
        """Set `readonly_reason` if nothing can be written in the journal's folder."""
        try:
            self.lock.open()
            if not os.access(self.path.parent, os.W_OK):
                self.readonly_reason = "its folder is not writable"
        except OSError as error:
            self.readonly_reason = error_reason(error)

    def add_notice(self, sentence: str) -> None:
        """Add a notice for the user, unless it is "" or was added before."""
        if sentence and sentence not in self.notices:
            self.notices.append(sentence)

    def disable_saving(self, reason: str) -> None:
        """Reject all saving from now on; `reason` says why, as a clause."""
        self.readonly_reason, self._is_final = reason, True

    def close(self) -> None:
        """Close the files; the state in memory can still be read."""
        with self.mutex:
            self.file.close()
            self.lock.close()
            self._closed = True
            self.disable_saving("it is closed")

    def _error(self, reason: str) -> NotebookError:
        """Return the error for a change that was not saved; `reason` says why, as a clause."""
        return NotebookError(f"This was not saved in the notebook, because {reason}.")
