"""The notebook's journal: nothing is acknowledged before it is on the disk, or ever overwritten.

A writer holds the lock, takes in what others appended, appends one line and flushes it; only
then does memory change. Readers take no lock: they take in what was appended since they last
looked.
"""

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.disk_reserve import DiskReserve
from tuireader.notebook.journal.file_access import error_reason
from tuireader.notebook.journal.ids import IdGenerator, now
from tuireader.notebook.journal.line_format import RecordEdit, encode_line
from tuireader.notebook.journal.lock import PATIENCE, WriteLock, lock_path
from tuireader.notebook.journal.log_file import FlushError, LogFile
from tuireader.notebook.journal.replica import Replica, Snapshot
from tuireader.notebook.journal.state import JournalState
from tuireader.paths import AtomicFile

_CAN_WAIT = frozenset({"readings"})
"""Tables for whose records the reserve is not spent: how far something was read."""


class Journal:
    """Changes, appended to a file one line each, and the state that they add up to."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """Nothing is read yet; `upkeep.open_journal` does that.

        `patience` is how many seconds it waits for another window that is writing.
        """
        self.path = path
        self._patience = patience
        self.mutex = threading.RLock()
        self.notices: list[str] = []
        self.refusal = ""
        """Why nothing can be saved, as a clause; empty if it can."""
        self.lock = WriteLock(lock_path(path))
        self.reserve = DiskReserve(path.parent, self.notices.append)
        self._replica = Replica(path, self.tell, self.refuse)
        self._final = False
        self._inside = self._closed = False

    @property
    def fold(self) -> JournalState:
        """The state."""
        return self._replica.fold

    @property
    def file(self) -> LogFile:
        """The open file."""
        return self._replica.file

    @property
    def ids(self) -> IdGenerator:
        """Where new ids come from."""
        return self._replica.ids

    @property
    def revision(self) -> int:
        """A number that grows with every change."""
        return self._replica.revision

    @property
    def harmed(self) -> bool:
        """Whether lines of the file are damaged."""
        return self._replica.harmed

    def read(self) -> bool:
        """Read the file for the first time; False if it holds something, but not one line.

        OSError if it cannot be read at all; a file that is not there is empty.
        """
        return self._replica.read()

    def refresh(self) -> None:
        """Take in what other windows wrote since; one `stat` if that is nothing."""
        with self.mutex:
            if self._inside or self._closed or self.file.unchanged():
                return
            try:
                if not self._replica.take_in(locked=False):
                    # Whoever writes just now takes in the same; there will be another look.
                    with contextlib.suppress(NotebookError), self.exclusive(patience=0.0):
                        pass
            except OSError as error:
                reason = error_reason(error)
                self.tell(f"The notebook's file cannot be read again: {reason}.")

    @contextlib.contextmanager
    def exclusive(self, patience: float | None = None) -> Iterator[None]:
        """Keep all others from writing, having taken in what they wrote; NotebookError if not."""
        with self.mutex:
            if self._inside:
                yield
                return
            if self._final:
                raise self._unsaved(self.refusal)
            with contextlib.ExitStack() as held:
                try:
                    held.enter_context(
                        self.lock.held(self._patience if patience is None else patience)
                    )
                    self._inside = True
                    held.callback(setattr, self, "_inside", False)
                    self._replica.take_in(locked=True)
                except OSError as error:
                    raise self._unsaved(error_reason(error)) from error
                if self._final:
                    raise self._unsaved(self.refusal)
                yield

    def append(self, edits: Sequence[RecordEdit]) -> None:
        """Make the edits as one change, whole or not at all; return when it is on the disk.

        NotebookError says why not; then nothing has changed, in memory or in the file.
        """
        is_vital = any(edit.table not in _CAN_WAIT for edit in edits)
        with self.exclusive():
            try:
                if is_vital:
                    self.reserve.spend(lambda: self._write(edits))
                else:
                    self._write(edits)
            except FlushError as error:
                # A second flush that succeeds would prove nothing (PostgreSQL's fsyncgate, 2018).
                self.refuse(error_reason(error))
                raise self._unsaved(error_reason(error)) from error
            except OSError as error:
                raise self._unsaved(error_reason(error)) from error
            self._replica.made(edits)
            self.refusal = ""
            try:
                self._replica.take_in(locked=True)
            except OSError as error:
                raise self._unsaved(error_reason(error)) from error

    def _write(self, edits: Sequence[RecordEdit]) -> None:
        if not self.file.size:
            self.rewrite()
        self._replica.keep_torn_end()
        self.file.append(encode_line(edits, now()))

    def rewrite(self) -> None:
        """Put a new file with all that is known in the place of the old; OSError if it cannot be.

        Needs the lock; a notebook that is new gets its first line that way.
        """
        self._replica.rewrite()

    def snapshot(self) -> Snapshot:
        """What is known now; NotebookError if another window is writing just then."""
        with self.exclusive(patience=0.0):
            return self._replica.snapshot()

    def exchange(self, draft: AtomicFile, snapshot: Snapshot) -> bool:
        """Put a file made of a snapshot in the place, with what came since.

        False if the file is another by now. NotebookError or OSError if it cannot be;
        then nothing has changed.
        """
        with self.exclusive(patience=0.0):
            return self._replica.exchange(draft, snapshot)

    def settle(self) -> None:
        """Set a torn end aside if there is one and no other window is writing it just now."""
        if self.file.torn_end() and not self.refusal:
            with contextlib.suppress(NotebookError), self.exclusive(patience=0.0):
                self._replica.keep_torn_end()

    def check(self) -> None:
        """Find out whether anything can be saved here."""
        try:
            self.lock.open()
            if not os.access(self.path.parent, os.W_OK):
                self.refusal = "its folder is not writable"
        except OSError as error:
            self.refusal = error_reason(error)

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the reader, once."""
        if sentence and sentence not in self.notices:
            self.notices.append(sentence)

    def refuse(self, reason: str) -> None:
        """Refuse to save from now on, for the reason given as a clause."""
        self.refusal, self._final = reason, True

    def close(self) -> None:
        """Let the files go; what is in memory can still be read."""
        with self.mutex:
            self.file.forget()
            self.lock.close()
            self._closed = True
            self.refuse("it is closed")

    def _unsaved(self, reason: str) -> NotebookError:
        return NotebookError(f"This was not saved in the notebook, because {reason}.")
